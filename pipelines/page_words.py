"""What pages of each kind say: wordings by which pipelines.classify tells errors, blocks, redirects and standing pages.

A wording alone decides only where the page holds hardly any prose: bulletins speak of errors and firewalls too.
"""

from __future__ import annotations

import regex

CHALLENGE = regex.compile(
    r"document\.cookie\s*=.{0,1500}?(?:location\.reload|location\.href\s*=|location\.replace|location\s*=)"
    r"|cf_chl_opt|_cf_chl|challenge-platform|grecaptcha\.render",
    regex.DOTALL,
)
SCRIPTED_MOVE = regex.compile(
    r"(?:window|document|top|self)?\.?location(?:\.href)?\s*=\s*['\"]|location\.(?:replace|assign)\s*\(\s*['\"]"
)
BLOCKED = regex.compile(
    r"thông báo từ chối truy cập|từ chối truy cập|truy cập (?:của bạn )?(?:đã )?bị (?:chặn|từ chối)|bạn đã bị chặn"
    r"|access(?: has been| is)? denied|request (?:was |has been )?(?:blocked|rejected)|requested url was rejected"
    r"|attention required.{0,3}\| cloudflare|just a moment|checking (?:if the site|your browser)|verify(?:ing)? you are"
    r" (?:a )?human|are you a robot|xác (?:minh|nhận|thực) (?:rằng )?bạn (?:là người|không phải)"
    r"|(?:nhập|giải|complete the) (?:mã )?(?:re)?captcha"
    r"|enable javascript and cookies|unusual traffic|too many requests|bị tường lửa|incapsula incident",
    regex.IGNORECASE,
)
_CODE = (
    r"(?:lỗi|error|http)?\s*(?:40[0-9]|410|50[0-4])(?:\.\d)?"
    r"(?:\s*[-–:|.]?\s*(?:not found|error|forbidden|page|trang|không|internal|bad|service|lỗi|file|unauthorized)"
    r".{0,60})?"
)
ERROR_TITLE = regex.compile(
    rf"^(?:trạng thái|status|lỗi|error|{_CODE}|(?:page |file )?not found|server error.{{0,40}}|thông báo lỗi"
    r"|oops.{0,20}"
    r"|không tìm thấy(?: trang| nội dung| dữ liệu| bài viết)?|trang không tồn tại|không tồn tại"
    r"|internal server error|bad request|service unavailable|bad gateway|forbidden|runtime error)$",
    regex.IGNORECASE,
)
ERROR_LINE = regex.compile(
    r"^(?:(?:the )?requested (?:resource|url|page).{0,80}(?:not found|could not be found).{0,20}"
    r"|.{0,20}tài nguyên.{0,30}không (?:được )?tìm thấy.{0,10}"
    r"|(?:rất tiếc|xin lỗi)?.{0,10}trang (?:web )?(?:bạn|mà bạn|này|quý vị).{0,40}không (?:được )?(?:tồn tại|tìm thấy)"
    r".{0,60}"
    r"|trang không tồn tại.{0,40}"
    r"|(?:rất tiếc|xin lỗi)?.{0,15}không tìm thấy (?:trang|nội dung|đường dẫn|bài viết|dữ liệu|tài nguyên).{0,60}"
    r"|(?:đã )?(?:có|xảy ra) (?:một )?lỗi (?:xảy ra|trong quá trình|hệ thống|khi).{0,80}"
    r"|hệ thống đang gặp vấn đề.{0,80}|liên kết .{0,30}(?:không tồn tại|đã bị xóa|bị hỏng).{0,60}"
    r"|bài viết (?:này )?(?:không (?:còn )?tồn tại|đã (?:bị |được )?(?:xóa|gỡ)).{0,60}"
    r"|(?:rất tiếc|xin lỗi)?.{0,15}(?:bài viết|nội dung|trang|tin tức|thông tin) (?:mà )?(?:bạn|quý vị|quý khách)"
    r".{0,40}(?:không (?:còn )?tồn tại|không còn|đã (?:bị )?(?:xóa|gỡ|chuyển|di chuyển|thay đổi)).{0,100}"
    r"|.{0,30}page (?:you.{0,40}|can'?t be |was |could )?not (?:be )?found.{0,60}"
    rf"|{_CODE}|server error in .{{0,40}} application.?|not found\.?)$",
    regex.IGNORECASE,
)
MAINTENANCE = regex.compile(
    r"\b(?:website|web|trang|cổng|hệ thống|máy chủ|dịch vụ|chức năng|chuyên mục|site)\b.{0,80}"
    r"\b(?:đang|tạm (?:dừng|ngừng|ngưng))\b.{0,40}\b(?:bảo trì|bảo dưỡng|nâng cấp)\b"
    r"|under (?:scheduled )?maintenance|down for maintenance",
    regex.IGNORECASE,
)
RESTRICTED = regex.compile(
    r"phát hiện .{0,20}truy cập bất thường|truy cập (?:bất thường|của (?:bạn|quý vị)).{0,80}\bbị\b.{0,20}"
    r"(?:hạn chế|chặn|khóa|từ chối)|(?:quyền )?truy cập.{0,30}tạm thời bị (?:hạn chế|chặn|khóa)",
    regex.IGNORECASE,
)
"""What a closed door says. A bulletin tells of such things too: only where nothing of an article stands by."""
SPEAKS_TO_READER = regex.compile(r"\b(?:bạn|quý vị|quý khách)\b", regex.IGNORECASE)
MOVED = regex.compile(
    r"^(?:object moved|document moved|30[1278]\b.{0,40}|moved permanently|moved temporarily|redirecting.{0,40}|found$)",
    regex.IGNORECASE,
)
HOME_NAME = regex.compile(r"^(?:trang chủ|trang nhất|home|home ?page|trang chính)\b", regex.IGNORECASE)
HOME_PATH = regex.compile(r"^/?(?:index|default|home|trang-chu|trangchu|main)?(?:\.\w{2,5})?/?$", regex.IGNORECASE)
STATIC_NAME = regex.compile(
    r"^(?:giới thiệu|chức năng|nhiệm vụ|cơ cấu|sơ đồ tổ chức|bộ máy|lịch sử|lãnh đạo|ban lãnh đạo|điều khoản"
    r"|chính sách (?:bảo mật|riêng tư)|về chúng tôi|tầm nhìn|sứ mệnh|đường dây nóng|hướng dẫn sử dụng|about"
    r"|quy chế hoạt động|tổng quan)\b",
    regex.IGNORECASE,
)
CONTACT_NAME = regex.compile(
    r"^(?:liên hệ|thông tin liên hệ|contact(?: us)?|góp ý|gửi câu hỏi|đặt câu hỏi)\b", regex.IGNORECASE
)
INTRODUCTION = regex.compile(r"^(?:giới thiệu(?: chung)?|về chúng tôi|about(?: us)?)$", regex.IGNORECASE)
LOGIN_NAME = regex.compile(r"^(?:đăng nhập|log ?in|sign ?in)\b", regex.IGNORECASE)
NAMES_THE_PATH = regex.compile(
    r"(?:breadcrumbs?|bạn đang (?:ở|xem|đứng)(?: đây| tại)?|vị trí(?: hiện tại)?|đường dẫn|you are here)\s*:?\s*",
    regex.IGNORECASE,
)
MAP_NAME = regex.compile(r"^(?:sơ đồ (?:cổng|trang|web\w*|site)|site ?map)\b", regex.IGNORECASE)
CONTACT_LINE = regex.compile(
    r"@|\b(?:điện thoại|đt|tel|fax|email|e-mail|hotline|địa chỉ|website|phone|address)\b\s*[:.]", regex.IGNORECASE
)
NUMBERED = regex.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[a-zđâêô][.)]|Điều \d+|[IVX]{1,4}[.)]|[A-E]\.)\s*", regex.IGNORECASE
)
EVENT = regex.compile(
    r"^(?:[^.]{0,60}[-–—:]\s*)?(?:(?:vào |từ )?(?:sáng|chiều|tối|trưa|đêm|rạng sáng)(?: nay| qua)?[ ,(]"
    r"|(?:trong |vào )?(?:các |hai |\d+ )?ngày \d|hôm nay"
    r"|vừa qua|mới đây|vào lúc|nhân dịp|nhân kỷ niệm|thực hiện kế hoạch|hưởng ứng|trong khuôn khổ"
    r"|on the (?:morning|afternoon))",
    regex.IGNORECASE,
)
DAY = regex.compile(r"\b\d{1,2}\s*[/-]\s*\d{1,2}\b|\bngày\s+\d{1,2}\s+tháng\b", regex.IGNORECASE)
PREFIXED = regex.compile(
    r"^\(?(?:QĐND|QK\d|ĐCSVN|TTXVN|VOV|CAND|[\w.]+\.vn|\p{Lu}{2,6})[^\p{L}]{0,3}(?:Online)?\)?\s*[-–—:]\s"
)
SEARCH = regex.compile(
    r"search|keyword|tim-?_?kiem|timkiem|query|tukhoa|từ khóa|\bq\b|(?:^|\s)s(?:\s|$)|captcha"
    r"|mail(?:ing)?list|newsletter",
    regex.IGNORECASE,
)

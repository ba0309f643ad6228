"""Is a line of plain text a picture's caption? Wording (C01-C08 of reference/junk_lines.tsv) weighed with its place.

Plain text has no figure around a caption, so one sentence may be either. A caption is one short sentence in the
present about what a picture shows: who (rank, name, posts; or a group) does a thing that can be photographed. It has
no time or place adverbial in front, and mostly repeats what a paragraph beside it tells.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from pipelines.line_rules import rule_for
from pipelines.reference import table
from pipelines.text import fold

MAX_WORDS = 48
_CREDITED = ("C05", "C06")
_WORDED = ("C01", "C02", "C08", "C09")
_SENTENCE_END = regex.compile(r"[.!?…](?:[”\"»’')]*)(?=\s|$)")
_ABBREVIATED = regex.compile(r"\b(?:TS|PGS|GS|ThS|BS|TP|Tp|ĐD|DS|KS|Th\.S|P|Q|đ|\p{Lu})\.$")

_DEED = (
    r"chủ trì|chủ tọa|điều hành|phát biểu|trình bày|báo cáo|kết luận|quán triệt|giao nhiệm vụ|khai mạc|bế mạc|"
    r"trao|tặng|chúc mừng|chúc thọ|thăm|kiểm tra|tham quan|động viên|tiếp|chào|bắt tay|trò chuyện|trao đổi|"
    r"cắt băng|dâng hương|dâng hoa|viếng|thắp hương|chụp ảnh|đón|gắn|ký|bàn giao|trồng cây|phát lệnh|ra lệnh|xem|"
    r"hướng dẫn|giới thiệu|khám|tư vấn|phẫu thuật|thực hiện|luyện tập|huấn luyện|diễn tập|thi|biểu diễn|thảo luận|"
    r"bỏ phiếu|biểu quyết|tham gia|hiến máu|duyệt|nhận|công bố|truy điệu|giúp|vận chuyển|chứng kiến|dự|tham dự|"
    r"theo dõi|ra mắt|đặt câu hỏi|thực hành|bắn|cơ động|tuần tra|phục vụ|thi đấu|tranh tài|múa|hát|chạy|đo|tiêm|lái|"
    r"cứu|chữa cháy|dập lửa|trồng|gói|nấu|thu hoạch|sơ cứu|băng bó|canh gác|xếp hàng|chờ|tập|học|đọc|phát quà|"
    r"trao quà|bị thu giữ"
)
_DEED_RE = regex.compile(rf"\b(?:{_DEED})\b")
_TELLING = regex.compile(
    r"\b(?:đã|sẽ|yêu cầu|đề nghị|khẳng định|nhấn mạnh|cho biết|cho rằng|cho hay|ghi nhận|đánh giá|biểu dương|nêu rõ|"
    r"chỉ rõ|chỉ ra|đề xuất|kiến nghị|lưu ý|bày tỏ|thống nhất|xác định|nhất trí|mong muốn|chia sẻ|thông báo|là|"
    r"gồm|khai|thừa nhận|đang được|ai nấy|phấn khởi|trở nên|lan tỏa|góp phần|nhằm|nên|quen)\b"
)
"""Verbs of a paragraph that reports: no picture shows somebody demanding. They count before the first deed."""
_GROUP = regex.compile(
    r"^(?:Các|Những|Toàn thể|Đông đảo)?\s*"
    r"(?:đại biểu|đồng chí|thủ trưởng|lãnh đạo|chỉ huy|cán bộ|chiến sĩ|chiến sỹ|bộ đội|đoàn viên|hội viên|nhân viên|"
    r"y,? bác sĩ|y,? bác sỹ|bác sĩ|điều dưỡng|học viên|sĩ quan|lực lượng|đoàn công tác|đoàn đại biểu|ban giám đốc|"
    r"ban tổ chức|người dân|nhân dân|bệnh nhân|phụ nữ|thanh niên|tập thể|cá nhân|vận động viên|thí sinh|tổ công tác)\b",
    regex.IGNORECASE,
)
_PICTURE_WORD = regex.compile(
    r"^(?:Quang cảnh|Toàn cảnh|Khung cảnh|Một góc|Hình ảnh|Ảnh (?:minh họa|tư liệu|lưu niệm|chụp|trên|dưới|bên)|"
    r"(?:Các )?(?:đối tượng|bị can|nghi phạm|nghi can)|Tang vật|Hiện trường|Tiết mục)\b",
    regex.IGNORECASE,
)
_POSITION = regex.compile(
    r"\((?:bìa|đứng|ngồi|hàng|bên|thứ|ngoài cùng|giữa|người|áo|đeo|cầm)\b[^()]{2,40}\)|\btừ (?:trái|phải) sang\b",
    regex.IGNORECASE,
)
"""Who of the people in a picture is meant: said in captions only."""
_ABSTRACT = regex.compile(
    r"^(?:Ảnh hưởng|Kết quả|Công tác|Phong trào|Nhiệm vụ|Hoạt động|Việc|Đây|Đó|Điều|Tỷ lệ|Chất lượng|Nhận thức|"
    r"Tình hình|Chương trình|Hội nghị|Hội thi|Hội thảo|Buổi|Kế hoạch|Nghị quyết|Thời gian|Tổng|Số|Ngoài|Nhờ|Do|Vì|Khi|"
    r"Nếu|Tuy|Mặc dù|Dịp|Hiện|Nay|Nội dung|Mục tiêu|Đơn vị|Cục|Bệnh viện|Quân khu|Bộ|Sở|Ban|Đảng ủy|Nhiều|Mỗi|Một số|"
    r"Có|Được|Chúng tôi|Chúng ta|Anh|Chị|Ông|Bà|Tôi|Nguồn|Không|Đã|Đang|Sẽ|Thế|Vậy|Nhưng|Và|Hỏi|Đáp|Trả lời|Điểm|"
    r"Thành phố|Toàn|Vụ án|Vụ việc|Nơi nhận)\b"
)
"""Subjects and openings of a telling sentence: no picture shows a result, an effect or `we`."""
_ADVERBIAL = regex.compile(
    r"^(?:Sáng|Chiều|Trưa|Tối|Đêm|Rạng sáng|Ngày|Hôm|Vừa qua|Mới đây|Tại|Trong|Theo|Trước|Sau|Từ|Đến|Cùng|Đồng thời|"
    r"Bên cạnh|Nhân|Qua|Phát biểu|Tham dự|Dự|Kết luận|Báo cáo|Thay mặt|Đặc biệt|Để|Nhằm|Với|Thực hiện|Xác định|Về)\b"
)


_CAME = regex.compile(r"\b(?:chủ trì|chủ tọa|dự|tham dự|chỉ đạo)\b")


def _ranks() -> str:
    names = {row["rank"] for row in table("ranks")}
    names |= {v.strip() for row in table("ranks") for v in row["variants"].split(";") if v.strip()}
    return "|".join(sorted((n for n in names if "(" not in n), key=lambda n: (-len(n), n)))


_TITLES = (
    r"Đồng chí|đồng chí|Ông|Bà|Bác sĩ|Bác sỹ|BS\S*|Tiến sĩ|TS\S*|Thạc sĩ|ThS\S*|PGS\S*|GS\S*|Giáo sư|Dược sĩ|TTND|TTƯT"
)
_PERSON = regex.compile(
    rf"^(?:(?:{_TITLES})[.,]?\s+)*(?:(?P<rank>{_ranks()})[.,]?\s+)?(?:(?:{_TITLES})[.,]?\s+)*"
    rf"(?P<name>\p{{Lu}}\p{{L}}*(?:\s\p{{Lu}}\p{{L}}*){{1,5}})"
)


def sentences(text: str) -> int:
    """How many sentences a line ends in; initials and abbreviated titles do not end one. 0: no full stop at all."""
    return sum(1 for end in _SENTENCE_END.finditer(text) if not _ABBREVIATED.search(text[: end.start() + 1]))


def wording(text: str) -> str | None:
    """The rule by which a line is worded like a caption, wherever it stands.

    C01, C02, C05, C06, C08, C09, `position`: sure; C03 (a person), `group`, `deed`: where the place agrees
    """
    if len(text.split()) > MAX_WORDS:
        return None
    credited = rule_for(text, among=_CREDITED)
    if credited and sentences(text) <= 2:
        return credited.id
    if sentences(text) > 1:
        return None
    worded = rule_for(text, among=_WORDED)
    if worded:
        return worded.id
    if _POSITION.search(text) and len(text.split()) <= 30:
        return "position"
    if _PICTURE_WORD.match(text) and len(text.split()) <= 25 and not _TELLING.search(text):
        return "C01"
    if _ADVERBIAL.match(text) or ":" in text:
        return None
    if not _shows_a_deed(text):
        return None
    if named_person(text):
        return "C03"
    if _GROUP.match(text) and len(text.split()) <= 30:
        return "group"
    return "deed" if len(text.split()) <= 14 and text[:1].isupper() and not _ABSTRACT.match(text) else None


def _shows_a_deed(text: str) -> bool:
    """Whether the first verb we know is one that a picture can show."""
    deed, telling = _DEED_RE.search(text), _TELLING.search(text)
    return deed is not None and (telling is None or deed.start() < telling.start())


def named_person(text: str) -> str | None:
    """The name a line starts with, after rank and titles; None where it starts with neither rank nor title."""
    person = _PERSON.match(text)
    if person is None or (person.start("name") == 0 and person["rank"] is None):
        return None
    return person["name"]


def repeats(text: str, paragraph: str) -> bool:
    """Whether a paragraph tells the same (C04): it holds the line as a sentence, or nearly all its word pairs."""
    words = fold(text).rstrip(". ").split()
    there = fold(paragraph)
    if len(words) >= 5 and " ".join(words) in there:
        return True
    pairs = list(pairwise(words))
    shared = sum(f"{a} {b}" in there for a, b in pairs)
    return len(pairs) >= 8 and shared / len(pairs) >= 0.8


def tells_who_came(text: str) -> bool:
    """A line that introduces who chaired or attended: right after the lead that is news, not a caption."""
    return _CAME.search(text) is not None

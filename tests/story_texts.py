"""Bulletins in Vietnamese, our own writing, that tests/test_stories.py reprints, edits, cuts and retells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from pipelines.normalize.story_text import StoryText


def bulletin(
    name: str, title: str, *paragraphs: str, lead: str = "", published_on: date | None = date(2023, 7, 8)
) -> StoryText:
    bulletin_id = sha256(name.encode()).hexdigest()[:16]
    return StoryText(bulletin_id, title, lead, "\n\n".join(paragraphs), published_on)


def also(text: StoryText, name: str, **changes: object) -> StoryText:
    """The same text as another bulletin, with changes."""
    return replace(text, bulletin_id=sha256(name.encode()).hexdigest()[:16], **changes)  # type: ignore[arg-type]


CONFERENCE = bulletin(
    "conference",
    "Lữ đoàn 971 sơ kết công tác quân sự, quốc phòng 6 tháng đầu năm 2023",
    "Sáng 7-7, Lữ đoàn 971 tổ chức hội nghị sơ kết công tác quân sự, quốc phòng 6 tháng đầu năm, triển khai nhiệm vụ"
    " 6 tháng cuối năm 2023. Đại tá Nguyễn Khắc Thụ, Lữ đoàn trưởng chủ trì hội nghị. Dự hội nghị có Thượng tá Trần Nhật"
    " Khuê, Chính ủy Lữ đoàn cùng 126 đại biểu đại diện các cơ quan, đơn vị.",
    "Báo cáo tại hội nghị do Trung tá Phạm Hữu Lẫm trình bày nêu rõ, 6 tháng qua, Lữ đoàn đã duy trì nghiêm chế độ sẵn"
    " sàng chiến đấu, tổ chức huấn luyện cho 1.250 lượt cán bộ, chiến sĩ, kết quả kiểm tra có 98,5% đạt yêu cầu, trong"
    " đó 76,2% khá, giỏi; giúp nhân dân xã Suối Cạn 420 ngày công làm đường, thu hoạch 15 ha lúa.",
    "Tham luận tại hội nghị, các đại biểu tập trung làm rõ những cách làm hay, những việc còn chậm và nguyên nhân; đồng"
    " thời kiến nghị trên quan tâm hơn đến nhà ở của quân nhân chuyên nghiệp, nhất là ở các đơn vị đóng quân phân tán.",
    "Phát biểu kết luận hội nghị, Đại tá Nguyễn Khắc Thụ ghi nhận, biểu dương kết quả mà cán bộ, chiến sĩ Lữ đoàn đạt"
    " được; đồng thời yêu cầu cấp ủy, chỉ huy các cấp tiếp tục bám sát thực tiễn, nói đi đôi với làm, khắc phục dứt điểm"
    " những khâu yếu, mặt yếu đã được chỉ ra, tổ chức tốt diễn tập vòng tổng hợp vào ngày 15-9 tới.",
    "Dịp này, Lữ đoàn tặng Giấy khen cho 12 tập thể và 28 cá nhân có thành tích xuất sắc.",
)

NEXT_YEAR = bulletin(
    "next year",
    "Lữ đoàn 971 sơ kết công tác quân sự, quốc phòng 6 tháng đầu năm 2024",
    "Chiều 3-7, Lữ đoàn 971 tổ chức hội nghị sơ kết công tác quân sự, quốc phòng 6 tháng đầu năm, triển khai nhiệm vụ"
    " 6 tháng cuối năm 2024. Đại tá Nguyễn Khắc Thụ, Lữ đoàn trưởng chủ trì hội nghị. Dự hội nghị có Thượng tá Lê Duy"
    " Bách, Chính ủy Lữ đoàn cùng 98 đại biểu đại diện các cơ quan, đơn vị.",
    "Báo cáo tại hội nghị do Trung tá Phạm Hữu Lẫm trình bày nêu rõ, 6 tháng qua, Lữ đoàn đã duy trì nghiêm chế độ sẵn"
    " sàng chiến đấu, tổ chức huấn luyện cho 1.310 lượt cán bộ, chiến sĩ, kết quả kiểm tra có 99,1% đạt yêu cầu, trong"
    " đó 78% khá, giỏi; giúp nhân dân xã Khe Vàng 515 ngày công làm đường, thu hoạch 22 ha lúa.",
    "Tham luận tại hội nghị, các đại biểu tập trung làm rõ những cách làm hay, những việc còn chậm và nguyên nhân; đồng"
    " thời kiến nghị trên quan tâm hơn đến nhà ở của quân nhân chuyên nghiệp, nhất là ở các đơn vị đóng quân phân tán.",
    "Phát biểu kết luận hội nghị, Đại tá Nguyễn Khắc Thụ ghi nhận, biểu dương kết quả mà cán bộ, chiến sĩ Lữ đoàn đạt"
    " được; đồng thời yêu cầu cấp ủy, chỉ huy các cấp tiếp tục bám sát thực tiễn, nói đi đôi với làm, khắc phục dứt điểm"
    " những khâu yếu, mặt yếu đã được chỉ ra, tổ chức tốt diễn tập vòng tổng hợp vào ngày 20-9 tới.",
    "Dịp này, Lữ đoàn tặng Giấy khen cho 9 tập thể và 31 cá nhân có thành tích xuất sắc.",
    published_on=date(2024, 7, 4),
)

BLOOD = bulletin(
    "blood",
    "Lữ đoàn 971 hiến máu tình nguyện đợt I",
    "Ngày 5-7, tại Nhà văn hóa trung tâm, Lữ đoàn 971 phối hợp với Bệnh viện Huyết học tỉnh tổ chức Ngày hội hiến máu"
    " tình nguyện với sự tham gia của 450 cán bộ, chiến sĩ. Đại tá Nguyễn Khắc Thụ, Lữ đoàn trưởng dự và động viên các"
    " tình nguyện viên.",
    "Ngay từ sáng sớm, lực lượng tình nguyện đã có mặt đông đủ để làm thủ tục, khám sàng lọc và hiến máu theo từng khung"
    " giờ. Kết thúc ngày hội, ban tổ chức tiếp nhận 387 đơn vị máu, tăng 42 đơn vị so với đợt trước. Nhiều quân nhân"
    " đã hiến máu từ 5 lần trở lên, sẵn sàng có mặt khi bệnh viện cần máu khẩn cấp.",
)

PROVINCE = bulletin(
    "province",
    "Công an tỉnh Hòa Giang ra quân tấn công trấn áp tội phạm",
    "Sáng ngày 12/12/2023, tại Quảng trường 20-10, Công an tỉnh Hòa Giang tổ chức Lễ ra quân thực hiện cao điểm tấn công"
    " trấn áp tội phạm, bảo đảm an ninh, trật tự Tết Nguyên đán Giáp Thìn. Đại tá Vũ Trọng Nghị, Giám đốc Công an tỉnh"
    " phát lệnh ra quân. Tham gia lễ ra quân có 650 cán bộ, chiến sĩ và 72 phương tiện.",
    "Phát biểu tại buổi lễ, Đại tá Vũ Trọng Nghị nhấn mạnh, thực hiện kế hoạch của Bộ Công an, các đơn vị phải chủ động"
    " nắm chắc tình hình, phát hiện và xử lý nghiêm các hành vi buôn bán pháo nổ, hàng giả, gian lận thương mại; tăng"
    " cường tuần tra trên các tuyến trọng điểm, không để xảy ra đua xe trái phép và ùn tắc giao thông kéo dài.",
    "Ngay sau lễ phát lệnh, các lực lượng đã diễu hành qua các tuyến phố chính, đồng loạt triển khai các tổ công tác"
    " xuống địa bàn. Người dân cần báo tin về tội phạm gọi số điện thoại trực ban 0269.3812.345.",
    published_on=date(2023, 12, 12),
)

OTHER_PROVINCE = bulletin(
    "other province",
    "Công an tỉnh Bắc Sông ra quân tấn công trấn áp tội phạm",
    "Sáng ngày 14/12/2023, tại Quảng trường 3-2, Công an tỉnh Bắc Sông tổ chức Lễ ra quân thực hiện cao điểm tấn công"
    " trấn áp tội phạm, bảo đảm an ninh, trật tự Tết Nguyên đán Giáp Thìn. Đại tá Hoàng Gia Điềm, Giám đốc Công an tỉnh"
    " phát lệnh ra quân. Tham gia lễ ra quân có 480 cán bộ, chiến sĩ và 55 phương tiện.",
    "Phát biểu tại buổi lễ, Đại tá Hoàng Gia Điềm nhấn mạnh, thực hiện kế hoạch của Bộ Công an, các đơn vị phải chủ động"
    " nắm chắc tình hình, phát hiện và xử lý nghiêm các hành vi buôn bán pháo nổ, hàng giả, gian lận thương mại; tăng"
    " cường tuần tra trên các tuyến trọng điểm, không để xảy ra đua xe trái phép và ùn tắc giao thông kéo dài.",
    "Ngay sau lễ phát lệnh, các lực lượng đã diễu hành qua các tuyến phố chính, đồng loạt triển khai các tổ công tác"
    " xuống địa bàn. Người dân cần báo tin về tội phạm gọi số điện thoại trực ban 0204.3666.123.",
    published_on=date(2023, 12, 14),
)

RELEASE = bulletin(
    "release",
    "Bộ Y tế khuyến cáo phòng bệnh sốt xuất huyết",
    "Theo báo cáo của hệ thống giám sát, từ đầu năm 2023 đến ngày 25/6, cả nước ghi nhận 36.812 trường hợp mắc sốt xuất"
    " huyết, trong đó 8 trường hợp tử vong. So với cùng kỳ năm trước, số mắc giảm 41,3%, tuy nhiên đang vào mùa mưa, số"
    " mắc có xu hướng gia tăng tại các tỉnh, thành phố phía Nam.",
    "Để chủ động phòng, chống dịch, Cục Y tế dự phòng khuyến cáo người dân: đậy kín tất cả các dụng cụ chứa nước để muỗi"
    " không vào đẻ trứng; hằng tuần thả cá hoặc lau rửa các dụng cụ chứa nước lớn; thu gom, hủy các vật phế thải trong"
    " nhà và xung quanh nhà như chai, lọ, mảnh chai, vỏ dừa, lốp xe hỏng; ngủ màn, mặc quần áo dài phòng muỗi đốt ngay cả"
    " ban ngày; khi bị sốt đến ngay cơ sở y tế để được khám và tư vấn điều trị, không tự ý điều trị tại nhà.",
    "Tiến sĩ Đặng Bá Lương, Phó Cục trưởng Cục Y tế dự phòng cho biết, chiến dịch diệt lăng quăng, bọ gậy sẽ được triển"
    " khai đồng loạt tại 63 tỉnh, thành phố từ ngày 10/7.",
    published_on=date(2023, 7, 1),
)

RELEASE_OTHER_LEAD = bulletin(
    "release, other lead",
    "Mùa mưa đến, đừng chủ quan với muỗi vằn",
    "Những cơn mưa đầu mùa đã làm dịu cái nắng gắt, nhưng cũng là lúc muỗi vằn sinh sôi trong từng chum vại, lọ hoa"
    " của mỗi gia đình. Ngành y tế vừa phát đi khuyến cáo tới người dân.",
    *RELEASE.body.split("\n\n")[0:],
    published_on=date(2023, 7, 3),
)

OTHER_MEDICAL = bulletin(
    "medical",
    "Bệnh viện Quân y 268 khám bệnh, cấp thuốc miễn phí tại xã Nà Luông",
    "Sáng 8-7, Bệnh viện Quân y 268 phối hợp với Đồn Biên phòng Nà Luông tổ chức khám bệnh, cấp thuốc miễn phí cho nhân"
    " dân xã Nà Luông. Đoàn đã khám, siêu âm, điện tim cho 320 lượt người, phát hiện 27 trường hợp tăng huyết áp cần theo"
    " dõi, cấp thuốc trị giá 85 triệu đồng và hướng dẫn bà con cách phòng các bệnh thường gặp khi chuyển mùa.",
)

ALL = (CONFERENCE, NEXT_YEAR, BLOOD, PROVINCE, OTHER_PROVINCE, RELEASE, OTHER_MEDICAL)
"""No two tell the same story."""

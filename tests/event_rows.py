"""Short bulletins of our own writing with what a careful reader takes from them, for tests/test_events.py.

One line of a text is one line of the bulletin: `# ` title, `* ` caption, else body. `{…}` a person with rank and name, `[…]` an
organization; the same words later are the same one. Seen from 8 July 2023 unless told.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """end: None means the same as `start`. roles: `role name` each. type: None: there is no event."""

    text: str
    type: str | None
    start: str | None = None
    end: str | None = None
    part: str | None = None
    place: str | None = None
    organizer: str | None = None
    subtype: str | None = None
    mode: str | None = None
    roles: tuple[str, ...] | None = None
    topic: str | None = None


EVENTS = [
    # conferences
    Row("Sáng 5/7/2023, tại Hà Nội, [Cục Quân y] tổ chức Hội nghị sơ kết công tác quân y 6 tháng đầu năm 2023. {Đại tá Lê Chí Dũng}, Cục trưởng chủ trì hội nghị.",
        "hội nghị sơ kết", "2023-07-05", None, "sáng", "Hà Nội", "Cục Quân y", roles=("chair Lê Chí Dũng",), topic="công tác quân y 6 tháng đầu năm 2023"),
    Row("# Tổng kết công tác hậu cần năm 2022\nQK2 – Chiều 8-7, [Đảng ủy Quân khu] tổ chức Hội nghị (trực tiếp kết hợp với trực tuyến) tổng kết công tác hậu cần năm 2022, triển khai nhiệm vụ năm 2023.",
        "hội nghị tổng kết", "2023-07-08", None, "chiều", None, "Đảng ủy Quân khu", "hội nghị triển khai", "hybrid", topic="công tác hậu cần năm 2022"),
    Row("# Hội nghị Đảng ủy Sư đoàn phiên 6 tháng đầu năm\nNgày 4/7, [Đảng ủy Sư đoàn 5] tổ chức hội nghị phiên 6 tháng đầu năm 2023.\n* Quang cảnh hội nghị.",
        "hội nghị đảng ủy phiên", "2023-07-04", organizer="Đảng ủy Sư đoàn 5"),
    Row("Ngày 6/7, tại Hội trường Sư đoàn 5, [Đảng ủy Sư đoàn 5] tổ chức Hội nghị ra nghị quyết lãnh đạo nhiệm vụ 6 tháng cuối năm. {Đại tá Phạm Văn Long}, Bí thư Đảng ủy chủ trì hội nghị.",
        "hội nghị đảng ủy phiên", "2023-07-06", place="Hội trường Sư đoàn 5", organizer="Đảng ủy Sư đoàn 5", roles=("chair Phạm Văn Long",)),
    Row("# Công an tỉnh Nghệ An rút kinh nghiệm công tác bảo vệ kỳ thi\nSáng 3/7, [Công an tỉnh Nghệ An] tổ chức hội nghị rút kinh nghiệm công tác bảo vệ Kỳ thi tốt nghiệp THPT năm 2023.",
        "hội nghị rút kinh nghiệm", "2023-07-03", None, "sáng", None, "Công an tỉnh Nghệ An"),
    Row("Ngày 5/7/2023, [Quân khu 7] tổ chức Hội nghị Quân chính 6 tháng đầu năm 2023. {Trung tướng Nguyễn Trường Thắng}, Tư lệnh Quân khu chủ trì hội nghị. {Thiếu tướng Lê Xuân Thế} báo cáo kết quả thực hiện nhiệm vụ tại hội nghị.",
        "hội nghị quân chính", "2023-07-05", organizer="Quân khu 7", roles=("chair Nguyễn Trường Thắng", "report Lê Xuân Thế")),
    Row("Chiều 6/7, [Bộ Tư lệnh Quân khu 2] tổ chức hội nghị triển khai nhiệm vụ huấn luyện giai đoạn 2.\n* Các đại biểu dự hội nghị.",
        "hội nghị triển khai", "2023-07-06", None, "chiều", None, "Bộ Tư lệnh Quân khu 2"),
    Row("Sáng nay, [Đảng ủy Công an Trung ương] tổ chức Hội nghị trực tuyến toàn quốc học tập, quán triệt Nghị quyết Trung ương 7 khóa XIII.",
        "hội nghị quán triệt", "2023-07-08", None, "sáng", None, "Đảng ủy Công an Trung ương", mode="online"),
    Row("# Công bố quyết định về công tác cán bộ\nSáng 7/7, tại trụ sở Bộ, [Bộ Y tế] tổ chức Hội nghị công bố quyết định bổ nhiệm Cục trưởng [Cục Quản lý Dược].",
        "hội nghị cán bộ", "2023-07-07", None, "sáng", "trụ sở Bộ", "Bộ Y tế"),
    Row("Từ ngày 3 đến 5/7, [Phòng Hậu cần] khai mạc lớp tập huấn cán bộ nấu ăn tại Trung đoàn 31.",
        "hội nghị tập huấn", "2023-07-03", "2023-07-05", place="Trung đoàn 31", organizer="Phòng Hậu cần"),
    Row("Trong 2 ngày (5 và 6/7/2023), [Cục Chính trị Quân khu 9] tổ chức tập huấn công tác tuyên huấn năm 2023.",
        "hội nghị tập huấn", "2023-07-05", "2023-07-06", organizer="Cục Chính trị Quân khu 9"),
    Row("Trong 2 ngày 5 và 6/7, tại Đà Nẵng, [Cục Cứu hộ - Cứu nạn] tổ chức Hội nghị tập huấn nghiệp vụ tìm kiếm cứu nạn.",
        "hội nghị tập huấn", "2023-07-05", "2023-07-06", place="Đà Nẵng", organizer="Cục Cứu hộ - Cứu nạn"),
    Row("Sáng 5/7, [Bộ Chỉ huy quân sự tỉnh Lào Cai] tổ chức hội nghị giao ban tháng 6, triển khai nhiệm vụ tháng 7.",
        "hội nghị giao ban", "2023-07-05", None, "sáng", None, "Bộ Chỉ huy quân sự tỉnh Lào Cai", "hội nghị triển khai"),
    Row("Ngày 5/7, [Bộ Tư lệnh Cảnh sát biển] tổ chức hội nghị hiệp đồng bảo vệ biển, đảo năm 2023.", "hội nghị hiệp đồng", "2023-07-05", organizer="Bộ Tư lệnh Cảnh sát biển"),
    Row("Chiều 4/7, tại huyện Củ Chi, Đoàn đại biểu Quốc hội Thành phố tổ chức hội nghị tiếp xúc cử tri sau Kỳ họp thứ 5.", "hội nghị tiếp xúc cử tri", "2023-07-04", None, "chiều", "huyện Củ Chi"),
    Row("Ngày 4/7, [Tổng công ty 28] tổ chức Hội nghị khách hàng năm 2023 tại Thành phố Hồ Chí Minh.", "hội nghị khách hàng", "2023-07-04", place="Thành phố Hồ Chí Minh", organizer="Tổng công ty 28"),
    Row("Sáng 6-7, tại Hà Nội, [Bệnh viện Trung ương Quân đội 108] tổ chức Hội nghị khoa học thường niên lần thứ 28.\n* Quang cảnh hội nghị.", "hội nghị khoa học", "2023-07-06", None, "sáng", "Hà Nội", "Bệnh viện Trung ương Quân đội 108"),
    Row("Ngày 5/7, [Sở Y tế Nghệ An] tổ chức hội nghị về công tác phòng, chống dịch sốt xuất huyết. {Ông Lê Văn Sỹ} chủ trì hội nghị.", "hội nghị", "2023-07-05", organizer="Sở Y tế Nghệ An", topic="công tác phòng, chống dịch sốt xuất huyết"),
    Row("# Họp Ban Chỉ đạo 35\nSáng 5/7, [Ban Chỉ đạo 35] họp đánh giá kết quả công tác quý II.", "hội nghị", "2023-07-05", None, "sáng", None, "Ban Chỉ đạo 35"),
    Row("Sáng 5/7, [Cục Tài chính] tổ chức tổng kết công tác tài chính năm 2022.", "hội nghị tổng kết", "2023-07-05", None, "sáng", None, "Cục Tài chính", topic="công tác tài chính năm 2022"),
    # workshops, competitions, congresses
    Row("Hội thảo khoa học “Nghệ thuật quân sự trong Chiến dịch Tây Nguyên” đã diễn ra sáng 5/7 tại Thành phố Buôn Ma Thuột. {Thượng tướng Trần Quang Phương} chủ trì hội thảo.",
        "hội thảo", "2023-07-05", None, "sáng", "Thành phố Buôn Ma Thuột", roles=("chair Trần Quang Phương",)),
    Row("Chiều 5/7, [Báo Quân đội nhân dân] tổ chức tọa đàm “Tuổi trẻ với chuyển đổi số”.", "hội thảo", "2023-07-05", None, "chiều", None, "Báo Quân đội nhân dân"),
    Row("Sáng 3/7, [Sư đoàn 309] khai mạc Hội thi cán bộ huấn luyện giỏi năm 2023.\n* Quang cảnh khai mạc hội thi.", "hội thi", "2023-07-03", None, "sáng", None, "Sư đoàn 309"),
    Row("# Bế mạc Hội thao quân sự, thể thao\nSau 3 ngày tranh tài, chiều 5/7, [Quân đoàn 3] đã tổ chức bế mạc Hội thao quân sự năm 2023.", "hội thi", "2023-07-03", "2023-07-05", None, None, "Quân đoàn 3"),
    Row("Tối 6/7, tại Nhà hát Quân đội, [Tổng cục Chính trị] tổ chức Lễ khai mạc Hội diễn nghệ thuật quần chúng toàn quân.", "hội thi", "2023-07-06", None, "tối", "Nhà hát Quân đội", "Tổng cục Chính trị"),
    Row("Ngày 6/7, [Đoàn cơ sở Trung đoàn 31] tổ chức Đại hội đại biểu nhiệm kỳ 2023-2028.\n* {Thiếu tá Vũ Hải} phát biểu chỉ đạo tại đại hội.", "đại hội", "2023-07-06", organizer="Đoàn cơ sở Trung đoàn 31", roles=("direct Vũ Hải",)),
    # ceremonies
    Row("Sáng 5/7, tại Quảng trường Hồ Chí Minh, [Quân khu 4] long trọng tổ chức Lễ kỷ niệm 75 năm Ngày truyền thống (15/10/1945 - 15/10/2020) và đón nhận Huân chương Bảo vệ Tổ quốc hạng Nhất.",
        "lễ kỷ niệm", "2023-07-05", None, "sáng", "Quảng trường Hồ Chí Minh", "Quân khu 4", "lễ đón nhận"),
    Row("Chiều 7/7, [Bộ Công an] tổ chức Lễ công bố và trao quyết định điều động Giám đốc Công an tỉnh.", "lễ công bố quyết định", "2023-07-07", None, "chiều", None, "Bộ Công an"),
    Row("Sáng 7/7, [Công an tỉnh Lào Cai] tổ chức Lễ công bố, trao quyết định thăng cấp bậc hàm cho 120 cán bộ, chiến sĩ.", "lễ trao quân hàm", "2023-07-07", None, "sáng", None, "Công an tỉnh Lào Cai"),
    Row("Sáng 7/7, [Bộ Chỉ huy quân sự tỉnh Lào Cai] tổ chức Lễ bàn giao nhiệm vụ Chỉ huy trưởng. {Thiếu tướng Trịnh Văn Quyết} dự và chỉ đạo buổi lễ.", "lễ bàn giao", "2023-07-07", None, "sáng", None, "Bộ Chỉ huy quân sự tỉnh Lào Cai", roles=("direct Trịnh Văn Quyết",)),
    Row("Ngày 7/7, [Bộ đội Biên phòng Hà Giang] bàn giao Nhà đại đoàn kết cho gia đình ông Giàng A Páo tại xã Phó Bảng, huyện Đồng Văn.", "lễ bàn giao", "2023-07-07", place="xã Phó Bảng, huyện Đồng Văn", organizer="Bộ đội Biên phòng Hà Giang"),
    Row("Sáng 1/7, [Cục Chính trị] tổ chức Lễ phát động đợt thi đua cao điểm.", "lễ phát động", "2023-07-01", None, "sáng", None, "Cục Chính trị"),
    Row("# Trung đoàn 31 ra quân huấn luyện năm 2023\nSáng 1/3/2023, [Trung đoàn 31] tổ chức Lễ ra quân huấn luyện năm 2023.", "lễ ra quân", "2023-03-01", None, "sáng", None, "Trung đoàn 31"),
    Row("Ngày 5/7, [Học viện Quân y] khai giảng khóa đào tạo bác sĩ quân y.", "lễ khai giảng", "2023-07-05", organizer="Học viện Quân y"),
    Row("Sáng 5/7, [Trường Quân sự Quân khu 3] tổ chức Lễ bế giảng lớp đào tạo sĩ quan dự bị. {Đại tá Đỗ Văn Bình} trao bằng tốt nghiệp cho học viên.", "lễ bế giảng", "2023-07-05", None, "sáng", None, "Trường Quân sự Quân khu 3", roles=("award Đỗ Văn Bình", "attend Đỗ Văn Bình")),
    Row("Tối 5/7, [Lữ đoàn 950] tổ chức lễ đón nhận danh hiệu Anh hùng Lực lượng vũ trang nhân dân.", "lễ đón nhận", "2023-07-05", None, "tối", None, "Lữ đoàn 950"),
    Row("Sáng 6/7, Đoàn đại biểu [Bộ Quốc phòng] đã đến đặt vòng hoa, dâng hương tưởng niệm các Anh hùng liệt sĩ tại Nghĩa trang liệt sĩ quốc gia Vị Xuyên.", "lễ dâng hương", "2023-07-06", None, "sáng", "Nghĩa trang liệt sĩ quốc gia Vị Xuyên"),
    Row("Sáng 6/7, [Ủy ban nhân dân tỉnh Quảng Trị] tổ chức Lễ truy điệu và an táng hài cốt liệt sĩ.", "lễ truy điệu", "2023-07-06", None, "sáng", None, "Ủy ban nhân dân tỉnh Quảng Trị"),
    Row("Ngày 6/7, tại thị xã Sơn Tây, [Binh chủng Công binh] tổ chức lễ khánh thành Nhà truyền thống.", "lễ khánh thành", "2023-07-06", place="thị xã Sơn Tây", organizer="Binh chủng Công binh"),
    Row("# Khởi công xây dựng Bệnh viện đa khoa\nSáng 6/7, [Sở Xây dựng] khởi công xây dựng Bệnh viện đa khoa khu vực.", "lễ khánh thành", "2023-07-06", None, "sáng", None, "Sở Xây dựng"),
    Row("Sáng 5/7, [Cục Hậu cần] và [Công ty TNHH MTV 20] tổ chức Lễ ký kết hợp đồng cung cấp quân trang.\n* {Đại tá Lê Chí Dũng} ký kết hợp đồng.", "lễ ký kết", "2023-07-05", None, "sáng", None, "Cục Hậu cần", roles=("sign Lê Chí Dũng", "attend Lê Chí Dũng")),
    # visits, inspections, exercises
    Row("# Đại tướng Phan Văn Giang thăm, làm việc tại Quân khu 9\nSáng 5/7, {Đại tướng Phan Văn Giang}, Bộ trưởng [Bộ Quốc phòng] đã đến thăm và làm việc tại [Quân khu 9]. Cùng đi có {Thượng tướng Huỳnh Chiến Thắng}.",
        "thăm và làm việc", "2023-07-05", None, "sáng", "Quân khu 9", roles=("attend Phan Văn Giang", "attend Huỳnh Chiến Thắng")),
    Row("Ngày 6/7, đoàn công tác [Tổng cục Hậu cần] do {Thiếu tướng Nguyễn Hùng Thắng} làm trưởng đoàn đã kiểm tra công tác hậu cần tại [Sư đoàn 5].",
        "kiểm tra", "2023-07-06", place="Sư đoàn 5", organizer="Tổng cục Hậu cần", roles=("chair Nguyễn Hùng Thắng",)),
    Row("# Kiểm tra công tác sẵn sàng chiến đấu tại Lữ đoàn 164\nSáng 4/7, {Trung tướng Hà Thọ Bình}, Tư lệnh [Quân khu 4] đến kiểm tra công tác sẵn sàng chiến đấu tại [Lữ đoàn 164].", "kiểm tra", "2023-07-04", None, "sáng", "Lữ đoàn 164"),
    Row("Từ ngày 28/6 đến 1/7, [Quân khu 1] tổ chức diễn tập chỉ huy - cơ quan một bên hai cấp.", "diễn tập", "2023-06-28", "2023-07-01", organizer="Quân khu 1"),
    Row("# Huyện Ea Súp hoàn thành diễn tập khu vực phòng thủ\nTrong 3 ngày, từ 3 đến 5/7/2023, tại huyện Ea Súp, tỉnh Đắk Lắk đã diễn ra cuộc diễn tập khu vực phòng thủ huyện năm 2023.", "diễn tập", "2023-07-03", "2023-07-05", place="huyện Ea Súp, tỉnh Đắk Lắk"),
    # outreach, blood, recruitment, meetings
    Row("Ngày 5/7, [Đồn Biên phòng Thanh Thủy] phối hợp với [Trường THCS Thanh Thủy] tổ chức tuyên truyền pháp luật cho 300 học sinh.", "tuyên truyền", "2023-07-05", organizer="Đồn Biên phòng Thanh Thủy"),
    Row("Ngày 6/7, [Bệnh viện Quân y 175] tổ chức khám bệnh, cấp thuốc miễn phí cho 500 người dân xã Thạnh An.", "khám bệnh, cấp thuốc miễn phí", "2023-07-06", organizer="Bệnh viện Quân y 175"),
    Row("Sáng 6/7, [Đoàn Thanh niên Bộ Công an] tổ chức Ngày hội hiến máu tình nguyện với sự tham gia của 600 đoàn viên.", "hiến máu", "2023-07-06", None, "sáng", None, "Đoàn Thanh niên Bộ Công an"),
    Row("# Hơn 500 cán bộ, chiến sĩ hiến máu tình nguyện\nNgày 6/7, tại Nhà văn hóa Quân khu, [Quân khu 3] tổ chức chương trình hiến máu tình nguyện năm 2023.", "hiến máu", "2023-07-06", place="Nhà văn hóa Quân khu", organizer="Quân khu 3"),
    Row("Chiều 7/7, [Bộ Tư lệnh Thủ đô Hà Nội] tổ chức gặp mặt cán bộ cao cấp nghỉ hưu.", "gặp mặt", "2023-07-07", None, "chiều", None, "Bộ Tư lệnh Thủ đô Hà Nội"),
    Row("Chiều 6/7, tại Hà Nội, {Thượng tướng Hoàng Xuân Chiến}, Thứ trưởng [Bộ Quốc phòng] tiếp Đại sứ Australia {Andrew Goledzinowski}.", "tiếp đoàn", "2023-07-06", None, "chiều", "Hà Nội", roles=("receive Hoàng Xuân Chiến", "attend Andrew Goledzinowski")),
    Row("Sáng 5/2/2023, tại Quảng trường 26/3, huyện Củ Chi tổ chức Lễ giao, nhận quân năm 2023.\n* Quang cảnh buổi lễ.", "tuyển quân", "2023-02-05", None, "sáng", "Quảng trường 26/3, huyện Củ Chi"),
    # a year that is written is the text's, one that is not is counted; no date, no guess
    Row("# Hội nghị tổng kết phong trào thi đua\n[Cụm thi đua số 9] vừa tổ chức Hội nghị tổng kết phong trào thi đua năm 2022. Dự hội nghị có đại biểu [Cục Tổ chức] ([Tổng cục Chính trị]); [Bộ Tham mưu] ([Tổng cục Hậu cần]).",
        "hội nghị tổng kết", organizer="Cụm thi đua số 9", roles=("attend Cục Tổ chức", "attend Bộ Tham mưu")),
    Row("Vừa qua, [Trung đoàn 95] tổ chức Hội thi bếp ăn giỏi.\n* Chấm thi tại hội thi.", "hội thi", organizer="Trung đoàn 95"),
    Row("Dự hội nghị có lãnh đạo các cơ quan.\n* {Thiếu tướng Huỳnh Tấn Hùng} phát biểu chỉ đạo hội nghị.\nPhát biểu kết luận hội nghị, {Thiếu tướng Huỳnh Tấn Hùng} ghi nhận kết quả.",
        "hội nghị", roles=("direct Huỳnh Tấn Hùng", "conclude Huỳnh Tấn Hùng")),
    Row("{Trung tướng Phạm Quang Cử} chủ trì Hội nghị.\nTheo báo cáo Tổng kết phong trào thi đua “Vì an ninh Tổ quốc” năm 2018, trên cơ sở bám sát Chỉ thị, các đơn vị đã phối hợp.",
        "hội nghị tổng kết", roles=("chair Phạm Quang Cử",), topic="phong trào thi đua “Vì an ninh Tổ quốc” năm 2018"),
    # misleading days
    Row("Ngày 6/7, [Bệnh viện 19-8] tổ chức Hội nghị triển khai Quyết định số 12/QĐ-BCA ngày 3/7/2023 của [Bộ Công an].", "hội nghị triển khai", "2023-07-06", organizer="Bệnh viện 19-8"),
    Row("Thực hiện Kế hoạch số 15 ngày 12/6/2023, sáng 6/7, [Sư đoàn 2] tổ chức hội nghị sơ kết giữa nhiệm kỳ.", "hội nghị sơ kết", "2023-07-06", None, "sáng", None, "Sư đoàn 2"),
    Row("Nhân kỷ niệm 76 năm Ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2023), ngày 7/7, {Đại tá Lê Chí Dũng} đã đến thăm, tặng quà gia đình chính sách tại xã Ea Súp.", "thăm và làm việc", "2023-07-07", place="xã Ea Súp"),
    Row("# Sắp diễn ra Hội thao quân đội\nTừ ngày 15 đến 20/7/2023, tại Quân khu 5 sẽ tổ chức Hội thao thể dục thể thao toàn quân. Ban tổ chức Hội thao đã họp.", "hội thi", "2023-07-15", "2023-07-20", place="Quân khu 5"),
    # no year, and no publication to count it from: the event is there, its day is not; see test_events
    Row("# {Trung tướng Lê Đức Thái} thăm, chúc Tết bộ đội\nSáng 6/7, {Trung tướng Lê Đức Thái}, Tư lệnh [Bộ đội Biên phòng] thăm, chúc Tết cán bộ, chiến sĩ tại [Đồn Biên phòng Bát Mọt].",
        "thăm và làm việc", "2023-07-06", None, "sáng", "Đồn Biên phòng Bát Mọt", roles=("attend Lê Đức Thái",)),
    Row("# Đông Giang: bồi dưỡng nghiệp vụ hòa giải\nTrong 02 ngày 5 và 6/7/2023, [Sở Tư pháp] đã tổ chức bồi dưỡng nghiệp vụ hòa giải ở cơ sở bằng hình thức trực tuyến.",
        "hội nghị tập huấn", "2023-07-05", "2023-07-06", organizer="Sở Tư pháp", mode="online"),
    Row("Sáng 5-7, tại Hội trường tầng 3, [Trường Cao đẳng Y tế Trường Thành] đã diễn ra Lễ tốt nghiệp và trao bằng cho 318 tân cao đẳng.",
        "lễ bế giảng", "2023-07-05", None, "sáng", "Hội trường tầng 3, Trường Cao đẳng Y tế Trường Thành", "Trường Cao đẳng Y tế Trường Thành"),
    Row("QĐND - Chiều 5-7, [Học viện Chính trị] tổ chức Hội thảo khoa học với chủ đề “Văn hóa quân sự”. Đồng chủ trì hội thảo có {Trung tướng Nguyễn Văn Bạo}; {Thiếu tướng Lê Văn Duy}. {Đại tá Vũ Hải} trình bày báo cáo đề dẫn tại hội thảo.",
        "hội thảo", "2023-07-05", None, "chiều", None, "Học viện Chính trị", roles=("chair Nguyễn Văn Bạo", "chair Lê Văn Duy", "report Vũ Hải")),
    Row("Ngày 5/7, [Sở Y tế] tổ chức hội nghị triển khai công tác y tế học đường. Tham dự có lãnh đạo [Sở Giáo dục và Đào tạo], [Sở Tài chính]; {Bà Lê Thị Hoa}, Phó Giám đốc [Sở Nội vụ]. Kết luận hội nghị, {Ông Trần Bình} đề nghị các đơn vị khẩn trương thực hiện.",
        "hội nghị triển khai", "2023-07-05", organizer="Sở Y tế", roles=("attend Sở Giáo dục và Đào tạo", "attend Sở Tài chính", "attend Lê Thị Hoa", "conclude Trần Bình")),
    Row("Hội thi “Xe tốt” do [Cục Kỹ thuật Quân khu 4] tổ chức đã khai mạc sáng 6/7 tại [Lữ đoàn 414].", "hội thi", "2023-07-06", None, "sáng", "Lữ đoàn 414", "Cục Kỹ thuật Quân khu 4"),
    Row("# Lễ trao Huy hiệu 30 năm tuổi Đảng\nSáng 7/7, [Đảng ủy Bệnh viện 199] tổ chức Lễ trao Huy hiệu 30 năm tuổi Đảng cho 5 đảng viên. {Đại tá Trần Bình} trao Huy hiệu Đảng cho {Đồng chí Lê Thị Hoa}.",
        "lễ đón nhận", "2023-07-07", None, "sáng", None, "Đảng ủy Bệnh viện 199"),
    Row("# Giao lưu kết nghĩa\nTối 7/7, [Sư đoàn 5] và [Trường Đại học Y Dược] tổ chức chương trình giao lưu “Hành quân xanh” tại sân vận động huyện Tân Biên, tỉnh Tây Ninh.", "gặp mặt", "2023-07-07", None, "tối", "sân vận động huyện Tân Biên, tỉnh Tây Ninh", "Sư đoàn 5"),
    Row("Ngày 3/7, Đoàn kiểm tra của [Tổng cục Kỹ thuật] do {Đại tá Lê Chí Dũng} làm trưởng đoàn tiến hành kiểm tra công tác kỹ thuật tại [Kho 708].", "kiểm tra", "2023-07-03", place="Kho 708", roles=("chair Lê Chí Dũng",)),
]  # fmt: skip

REFUSALS = [
    "# Hướng dẫn tổ chức đại hội chi bộ\nĐại hội chi bộ được tổ chức 5 năm một lần. Cấp ủy chuẩn bị văn kiện và nhân sự.",
    "# Quy định mới về nghĩa vụ quân sự\nTừ ngày 1/7/2023, công dân được khám sức khỏe nghĩa vụ quân sự theo Thông tư 105.",
    "# Phòng, chống sốt xuất huyết\nSốt xuất huyết là bệnh truyền nhiễm cấp tính. Cần khám bệnh ngay khi sốt cao. Thường xuyên kiểm tra dụng cụ chứa nước.",
    "# Kiểm tra sức khỏe định kỳ: những điều cần biết\nKiểm tra sức khỏe định kỳ giúp phát hiện sớm bệnh.",
    "# Hiến máu có lợi gì cho sức khỏe?\nHiến máu giúp giảm sắt. Người hiến máu được khám bệnh, tư vấn sức khỏe.",
    "# Đồng chí Trần Văn Trà\n{Thượng tướng Trần Văn Trà} sinh ngày 15/9/1919 tại tỉnh Quảng Ngãi. Năm 1936, đồng chí tham gia Đoàn Thanh niên Dân chủ. Tháng 12/1944, đồng chí dự Hội nghị Xứ ủy.",
    "# Kết quả công tác 6 tháng\n6 tháng đầu năm 2023, [Sư đoàn 5] tổ chức 12 hội nghị, 5 hội thi; kiểm tra 30 lượt đơn vị.",
    "# Nghị quyết Đại hội Đảng bộ lần thứ XI\nNghị quyết Đại hội Đảng bộ Quân đội lần thứ XI xác định ba khâu đột phá.",
    "Hằng năm, [Trung đoàn 31] tổ chức hội thi nấu ăn giỏi. Bếp ăn luôn sạch sẽ.",
    "# Gương người tốt\n{Thiếu tá Vũ Hải} luôn hoàn thành tốt nhiệm vụ, thường xuyên thăm hỏi bộ đội.",
    "# Tăng cường kiểm tra, giám sát trong Đảng\nCông tác kiểm tra, giám sát là một trong những chức năng lãnh đạo của Đảng.",
    "# Ý nghĩa lịch sử của Hội nghị thành lập Đảng\nNgày 3/2/1930, Hội nghị hợp nhất các tổ chức cộng sản đã diễn ra tại Hương Cảng.",
    "# Bộ Quốc phòng trả lời kiến nghị cử tri\nSau hội nghị tiếp xúc cử tri, [Bộ Quốc phòng] nhận được 15 kiến nghị về chế độ.",
    "# Chế độ tập huấn, huấn luyện dân quân tự vệ\nDân quân được tập huấn hằng năm theo Luật Dân quân tự vệ.",
    "# Lịch tiếp công dân tháng 7\nThứ hai, ngày 3/7: {Đại tá Lê Văn A} tiếp công dân tại trụ sở.",
    "# Giá xăng giảm mạnh\nTừ 15h ngày 5/7/2023, giá xăng E5 giảm 200 đồng/lít.",
    "# Quy chế phối hợp giữa các lực lượng\nQuy chế quy định việc tổ chức giao ban, sơ kết, tổng kết giữa các bên.",
    "# Bắt giữ đối tượng tàng trữ ma túy\nSáng 5/7, [Công an huyện Mường Nhé] phát hiện, bắt giữ một đối tượng tàng trữ 2 bánh heroin.",
    "# Tai nạn trên cao tốc\nSáng 5/7, một xe khách va chạm với xe tải trên cao tốc Nội Bài - Lào Cai, 3 người bị thương.",
    "# Bệnh viện cứu sống bệnh nhân ngừng tim\nNgày 5/7, [Bệnh viện Quân y 103] cấp cứu thành công bệnh nhân ngừng tuần hoàn.",
    "# Thời tiết hôm nay\nHôm nay 8/7, Bắc Bộ có mưa rào, nhiệt độ 27-33 độ.",
    "# Những điểm mới của Luật Khám bệnh, chữa bệnh\nLuật có hiệu lực từ ngày 1/1/2024.",
    "# Bài học từ diễn tập\nDiễn tập là hình thức huấn luyện cao nhất. Qua các cuộc diễn tập, bộ đội trưởng thành.",
    "# Thơ: Mùa ra quân\nEm tiễn anh ra quân ngày nắng mới. Đường hành quân rợp bóng cờ bay.",
    "# Danh sách trúng tuyển kỳ thi công chức năm 2023\n1. Nguyễn Văn A. 2. Trần Văn B.",
    "# Dân vận khéo ở Đoàn 379\nNhững năm qua, [Đoàn Kinh tế - Quốc phòng 379] thường xuyên tổ chức khám bệnh cho nhân dân.",
    "# Tàu 631 cứu ngư dân\nĐêm 5-7, [Tàu 631] đã tiếp nhận, sơ cứu và đưa ngư dân vào bờ an toàn.",
    "# Tàu HQ-937 về bến\nSáng 6/7, tàu HQ-937 của [Lữ đoàn 162] cập cảng Ba Sơn an toàn, kết thúc chuyến công tác thay quân.",
    "# Từ 1/7, chủ tịch xã tiếp công dân hai ngày mỗi tháng\nNgày 12/6/2023, [Chính phủ] ban hành Nghị định số 141/2023/NĐ-CP về tiếp công dân.",
    "# Sở Y tế ban hành hướng dẫn\n[Sở Y tế] vừa ban hành hướng dẫn phân tuyến điều trị, sau hội nghị tổng kết năm 2022.",
    "# Thư gửi mẹ từ đảo\nMẹ kính yêu! Hôm qua đơn vị con họp mặt, cả nhà ăn bữa cơm thật vui.",
    "# Người giữ rừng\nMỗi ngày tổ tuần tra đi thăm rừng hơn hai chục cây số.",
    "# Khởi tố 5 bị can\nNgày 5/7, [Công an tỉnh Nghệ An] ra quyết định khởi tố 5 bị can làm giả giấy khám sức khỏe.",
    "",
    "Quang cảnh.",
]  # fmt: skip

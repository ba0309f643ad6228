"""Bulletins of our own writing with what a careful reader takes from them, for tests/test_event_bulletins.py.

The first line is the title, `* ` a caption. All of normalization reads them: nothing is marked.
"""

from __future__ import annotations

from typing import NamedTuple


class Bulletin(NamedTuple):
    """events: `type day` each. roles: `role name` each, of all events."""

    text: str
    published: str
    events: tuple[str, ...]
    roles: tuple[str, ...]


BULLETINS = [
    Bulletin(
        "Bộ CHQS tỉnh Phú Thọ: Khánh thành nhà tình nghĩa tặng hộ nghèo\n"
        "Sáng 12/6, tại khu 4, xã Vân Lĩnh, huyện Thanh Ba, Bộ CHQS tỉnh Phú Thọ phối hợp với UBND huyện tổ chức Lễ khánh thành và bàn giao nhà tình nghĩa tặng gia đình ông Đỗ Văn Tư. Dự lễ có Đại tá Nguyễn Đình Khương, Chính ủy Bộ CHQS tỉnh; đồng chí Lê Thị Hoa, Phó Chủ tịch UBND huyện Thanh Ba; đại diện Sư đoàn 316.\n"
        "Ngôi nhà có diện tích 60 m2, trị giá 120 triệu đồng.\n"
        "* Đại tá Nguyễn Đình Khương cắt băng khánh thành nhà tình nghĩa.\n"
        "Phát biểu tại buổi lễ, Đại tá Nguyễn Đình Khương nhấn mạnh ý nghĩa của việc làm. Thay mặt gia đình, ông Đỗ Văn Tư cảm ơn các đơn vị.",
        "2023-06-13",
        ("lễ khánh thành 2023-06-12",),
        ("attend Lê Thị Hoa", "attend Nguyễn Đình Khương", "speak Nguyễn Đình Khương"),
    ),
    Bulletin(
        "Trung đoàn 95 tổ chức Lễ truy điệu, an táng hài cốt liệt sĩ\n"
        "Ngày 20/7/2024, tại Nghĩa trang liệt sĩ huyện Đức Cơ (Gia Lai), Đảng ủy, UBND, Ủy ban MTTQ tỉnh và Binh đoàn 15 tổ chức Lễ truy điệu, an táng 12 hài cốt liệt sĩ quân tình nguyện Việt Nam hy sinh tại Campuchia. Đến dự có đồng chí Hồ Văn Ninh, Bí thư Tỉnh ủy; Thiếu tướng Hoàng Văn Sĩ, Tư lệnh Binh đoàn 15.\n"
        "Tại buổi lễ, Thiếu tướng Hoàng Văn Sĩ đọc lời điếu. Các đại biểu dâng hương.",
        "2024-07-21",
        ("lễ truy điệu 2024-07-20",),
        ("attend Hoàng Văn Sĩ", "attend Hồ Văn Ninh", "speak Hoàng Văn Sĩ"),
    ),
    Bulletin(
        "Cử tri Sóc Sơn kiến nghị nhiều vấn đề về đất đai\n"
        "Chiều 3/10, Tổ đại biểu Quốc hội đơn vị bầu cử số 10, thành phố Hà Nội tiếp xúc cử tri huyện Sóc Sơn trước Kỳ họp thứ 6, Quốc hội khóa XV. Đại tá Phạm Quang Thạnh, Chủ nhiệm Ủy ban Kiểm tra chủ trì hội nghị. Cử tri Nguyễn Văn Lợi, xã Bắc Sơn kiến nghị đẩy nhanh cấp giấy chứng nhận.\n"
        "Thay mặt Tổ đại biểu, Đại tá Phạm Quang Thạnh giải trình các kiến nghị.",
        "2023-10-04",
        ("hội nghị tiếp xúc cử tri 2023-10-03",),
        ("chair Phạm Quang Thạnh",),
    ),
    Bulletin(
        "Gặp mặt, chúc mừng cán bộ cao cấp nghỉ hưu\n"
        "Chiều 27/12, tại Hà Nội, Thường vụ Đảng ủy Tổng cục Kỹ thuật tổ chức gặp mặt cán bộ cao cấp nghỉ hưu, nghỉ công tác năm 2023. Trung tướng Trần Minh Đạo, Chủ nhiệm Tổng cục Kỹ thuật dự và chủ trì. Cùng dự có Thiếu tướng Lê Văn Hưởng, Chính ủy Tổng cục; các đồng chí trong Thường vụ Đảng ủy.\n"
        "Thay mặt các đồng chí nghỉ hưu, Thiếu tướng Đặng Văn Lãm bày tỏ niềm vinh dự.",
        "2023-12-28",
        ("gặp mặt 2023-12-27",),
        ("attend Lê Văn Hưởng", "chair Trần Minh Đạo", "speak Đặng Văn Lãm"),
    ),
    Bulletin(
        "Công an huyện Văn Bàn tuyên truyền pháp luật cho học sinh\n"
        "Vừa qua, ngày 11/11/2023, Công an huyện Văn Bàn phối hợp với Trường THPT số 1 Văn Bàn tổ chức buổi tuyên truyền, phổ biến pháp luật về giao thông cho gần 900 học sinh. Tại buổi tuyên truyền, Thượng úy Hoàng Minh Tuấn, Phó Đội trưởng Đội Cảnh sát giao thông - trật tự trình bày những quy định mới. Cô giáo Lý Thị Mai, Hiệu trưởng nhà trường cho biết, nhà trường đã ký cam kết với phụ huynh.",
        "2023-11-13",
        ("tuyên truyền 2023-11-11",),
        ("report Hoàng Minh Tuấn", "speak Lý Thị Mai"),
    ),
    Bulletin(
        "Quân khu 9 sơ kết công tác Đảng, công tác chính trị\n"
        "Sáng 28-6, Bộ Tư lệnh Quân khu 9 tổ chức Hội nghị sơ kết công tác Đảng, công tác chính trị 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2024. Hội nghị diễn ra dưới sự chủ trì của Thiếu tướng Chiêm Văn Nhất, Phó Chính ủy Quân khu 9. Tham gia hội nghị có Đại tá Nguyễn Minh Trí, Phó Chủ nhiệm Chính trị Quân khu.\n"
        "Tại hội nghị, Đại tá Nguyễn Minh Trí trình bày báo cáo. Đại tá Trần Văn Đực, Chính ủy Bộ CHQS tỉnh Cà Mau và Thượng tá Lê Hoàng Em, Chính ủy Lữ đoàn 950 tham luận. Đồng chí Phó Chính ủy Quân khu yêu cầu các đơn vị làm tốt công tác.",
        "2024-06-28",
        ("hội nghị sơ kết 2024-06-28",),
        (
            "attend Nguyễn Minh Trí",
            "chair Chiêm Văn Nhất",
            "report Nguyễn Minh Trí",
            "speak Lê Hoàng Em",
            "speak Trần Văn Đực",
        ),
    ),
    Bulletin(
        "Đoàn công tác Bộ Quốc phòng Cuba thăm Học viện Quân y\n"
        "Chiều 15/5, tại Hà Nội, Trung tướng Nguyễn Xuân Kha, Giám đốc Học viện Quân y đã tiếp Đoàn cán bộ quân y Cuba do Đại tá Mario Pérez, Cục trưởng Cục Quân y Cuba dẫn đầu đến chào xã giao.\n"
        "Tại buổi tiếp, Trung tướng Nguyễn Xuân Kha nhiệt liệt chào mừng Đoàn. Đại tá Mario Pérez bày tỏ vui mừng được đến Việt Nam.",
        "2024-05-16",
        ("tiếp đoàn 2024-05-15",),
        ("attend Mario Pérez", "receive Nguyễn Xuân Kha", "speak Mario Pérez", "speak Nguyễn Xuân Kha"),
    ),
    Bulletin(
        "Bệnh viện Quân y 17 khai giảng lớp hồi sức\n"
        "Hôm qua (8/4), Bệnh viện Quân y 17 khai giảng lớp đào tạo hồi sức cấp cứu cho 45 điều dưỡng các bệnh viện trong khu vực. Đại tá, TS, BS Trần Văn Kiên, Giám đốc Bệnh viện dự, phát biểu khai giảng.\n"
        "Thiếu tá, BSCKII Nguyễn Thu Hà, Chủ nhiệm Khoa Hồi sức giới thiệu chương trình. Đại diện học viên, điều dưỡng Lê Thị Thắm hứa học tập tốt.",
        "2024-04-09",
        ("lễ khai giảng 2024-04-08",),
        ("attend Trần Văn Kiên", "report Nguyễn Thu Hà", "speak Lê Thị Thắm", "speak Trần Văn Kiên"),
    ),
    Bulletin(
        "Sở Y tế Lào Cai giao ban trực tuyến tháng 9\n"
        "Ngày 05/9/2023, Sở Y tế Lào Cai tổ chức hội nghị giao ban tháng 9 bằng hình thức trực tuyến tới 9 điểm cầu. BSCKII Hoàng Quốc Hưng, Giám đốc Sở Y tế chủ trì. Các đồng chí Phó Giám đốc Sở: Phạm Bích Vân, Nguyễn Thanh Tùng cùng dự.\n"
        "Theo báo cáo do đồng chí Trần Anh, Chánh Văn phòng Sở trình bày, tháng 8 toàn ngành khám 92.000 lượt. ",
        "2023-09-06",
        ("hội nghị giao ban 2023-09-05",),
        ("attend Nguyễn Thanh Tùng", "attend Phạm Bích Vân", "chair Hoàng Quốc Hưng", "report Trần Anh"),
    ),
    Bulletin(
        "Lữ đoàn 172 đón nhận Huân chương Bảo vệ Tổ quốc\n"
        "Sáng 26/4/2025, tại TP Đà Nẵng, Lữ đoàn 172 Vùng 3 Hải quân long trọng tổ chức Lễ kỷ niệm 50 năm Ngày truyền thống (26/4/1975 - 26/4/2025) và đón nhận Huân chương Bảo vệ Tổ quốc hạng Nhì. Tới dự có Đô đốc Trần Thanh Nghị, Tư lệnh Hải quân; Chuẩn đô đốc Phạm Như Ninh. Thừa ủy quyền của Chủ tịch nước, Đô đốc Trần Thanh Nghị trao Huân chương cho Lữ đoàn.\n"
        "Phát biểu chúc mừng, Đô đốc Trần Thanh Nghị đề nghị Lữ đoàn tiếp tục phát huy.",
        "2025-04-27",
        ("lễ kỷ niệm 2025-04-26",),
        ("attend Phạm Như Ninh", "attend Trần Thanh Nghị", "award Trần Thanh Nghị", "speak Trần Thanh Nghị"),
    ),
    Bulletin(
        "Hội thảo khoa học về y học biển đảo\n"
        "Ngày 22-9, tại Nha Trang, Viện Y học biển phối hợp Bệnh viện Quân y 87 tổ chức hội thảo “Y học biển đảo trong tình hình mới”. GS.TS Nguyễn Trường Thọ, nguyên Viện trưởng Viện Y học biển và Đại tá Nguyễn Anh Tuấn, Giám đốc Bệnh viện Quân y 87 chủ tọa hội thảo. \n"
        "Tại hội thảo, PGS.TS Lê Văn Biên, Học viện Quân y cho rằng cần có mạng lưới cấp cứu trên biển. Theo TS Vũ Hải Nam, Phó Viện trưởng, việc này khó.",
        "2023-09-23",
        ("hội thảo 2023-09-22",),
        ("chair Nguyễn Anh Tuấn", "chair Nguyễn Trường Thọ", "speak Lê Văn Biên"),
    ),
    Bulletin(
        "Công an thành phố Cần Thơ phát động phong trào thi đua\n"
        "Chiều ngày 6/3/2024, Công an thành phố Cần Thơ tổ chức Lễ phát động phong trào thi đua đặc biệt. Thiếu tướng Nguyễn Văn Thiện, Giám đốc Công an thành phố chủ trì; dự lễ có Thượng tá Trần Văn Dương, Phó Giám đốc. Thừa lệnh Giám đốc, Đại tá Lâm Phước Nguyên, Trưởng phòng Công tác chính trị công bố kế hoạch phát động. Đại diện các đơn vị ký giao ước thi đua.",
        "2024-03-07",
        ("lễ phát động 2024-03-06",),
        ("attend Trần Văn Dương", "chair Nguyễn Văn Thiện"),
    ),
    Bulletin(
        "Diễn tập chiến đấu phòng thủ xã Ia Dom năm 2024\n"
        "Trong 2 ngày (18 và 19/9), Ban Chỉ huy quân sự huyện Đức Cơ chỉ đạo xã Ia Dom tổ chức diễn tập chiến đấu phòng thủ năm 2024. Thượng tá Rơ Châm Hyeo, Chỉ huy trưởng Ban CHQS huyện, Trưởng ban Chỉ đạo diễn tập dự và chỉ đạo. Kết thúc diễn tập, Ban Chỉ đạo đã đánh giá đạt loại giỏi.",
        "2024-09-20",
        ("diễn tập 2024-09-18",),
        ("direct Rơ Châm Hyeo",),
    ),
    Bulletin(
        "Kiểm tra công tác tuyển quân tại Quảng Ngãi\n"
        "Đoàn công tác Quân khu 5 do Đại tá Nguyễn Văn Hòa, Phó Tham mưu trưởng Quân khu làm trưởng đoàn vừa kiểm tra công tác tuyển chọn, gọi công dân nhập ngũ năm 2024 tại huyện Mộ Đức. Làm việc với đoàn có đồng chí Phạm Văn Lợi, Chủ tịch UBND huyện. Qua kiểm tra, Đại tá Nguyễn Văn Hòa đánh giá cao kết quả; lưu ý địa phương làm tốt công tác chính sách.",
        "2023-12-12",
        ("kiểm tra None",),
        ("chair Nguyễn Văn Hòa", "receive Phạm Văn Lợi"),
    ),
    Bulletin(
        "Đại hội Chi đoàn Khoa Dược nhiệm kỳ 2024 - 2027\n"
        "Được sự đồng ý của cấp ủy, chiều 17/5/2024, Chi đoàn Khoa Dược, Bệnh viện Trung ương Huế đã tổ chức Đại hội nhiệm kỳ 2024 - 2027. Đến dự và chỉ đạo Đại hội có đồng chí Nguyễn Thanh Xuân, Phó Bí thư Đoàn Bệnh viện. Đồng chí Trần Thị Mai thay mặt Ban Chấp hành trình bày báo cáo tổng kết nhiệm kỳ.",
        "2024-05-18",
        ("đại hội 2024-05-17",),
        ("direct Nguyễn Thanh Xuân", "report Trần Thị Mai"),
    ),
    Bulletin(
        "Thủ trưởng Bộ Tư lệnh thăm, chúc Tết Bệnh viện Quân y 354\n"
        "Nhân dịp chuẩn bị đón Tết Nguyên đán Giáp Thìn, sáng 5/2, Thượng tướng Nguyễn Văn Bình đã đến thăm, chúc Tết cán bộ, nhân viên và bệnh nhân Bệnh viện Quân y 354 (Tổng cục Hậu cần). Cùng đi có Trung tướng Trần Duy Khánh, Chủ nhiệm Tổng cục Hậu cần. Đón tiếp đoàn có Đại tá Lê Việt Phương, Giám đốc Bệnh viện.",
        "2024-02-06",
        ("thăm và làm việc 2024-02-05",),
        ("attend Nguyễn Văn Bình", "attend Trần Duy Khánh", "receive Lê Việt Phương"),
    ),
    Bulletin(
        "Trao quyết định bổ nhiệm Phó Giám đốc Bệnh viện Đa khoa tỉnh Yên Bái\n"
        "Sáng ngày 02/10/2023, tại Bệnh viện Đa khoa tỉnh Yên Bái, Sở Y tế tổ chức công bố và trao Quyết định của Chủ tịch UBND tỉnh về công tác cán bộ. Theo đó, BSCKII Trần Lan Anh, Trưởng khoa Nội, được bổ nhiệm giữ chức Phó Giám đốc Bệnh viện từ ngày 01/10/2023. Bà Lê Thị Hồng Vân, Giám đốc Sở Y tế trao quyết định và tặng hoa chúc mừng BSCKII Trần Lan Anh. Phát biểu nhận nhiệm vụ, BSCKII Trần Lan Anh cảm ơn lãnh đạo Sở.",
        "2023-10-02",
        ("lễ công bố quyết định 2023-10-02",),
        ("attend Lê Thị Hồng Vân", "award Lê Thị Hồng Vân", "receive Trần Lan Anh", "speak Trần Lan Anh"),
    ),
    Bulletin(
        "Bế mạc Hội thao thể dục thể thao Quân khu 4\n"
        "Chiều 24/8, tại Nhà thi đấu đa năng Trường Quân sự Quân khu, Hội thao thể dục thể thao LLVT Quân khu 4 năm 2023 đã bế mạc sau 5 ngày tranh tài. Thiếu tướng Nguyễn Ngọc Hải, Phó Tư lệnh, Tham mưu trưởng Quân khu, Trưởng ban Chỉ đạo phát biểu bế mạc. Đại tá Phan Văn Sỹ trao cờ cho các đội.",
        "2023-08-25",
        ("hội thi 2023-08-20",),
        ("attend Phan Văn Sỹ", "award Phan Văn Sỹ", "conclude Nguyễn Ngọc Hải"),
    ),
    Bulletin(
        "Ký kết Quy chế phối hợp giữa Sư đoàn 3 và Công an tỉnh Lạng Sơn\n"
        "Ngày 14/3, Sư đoàn 3 (Quân khu 1) và Công an tỉnh Lạng Sơn tổ chức hội nghị ký kết quy chế phối hợp. Đại tá Vũ Như Hải, Giám đốc Công an tỉnh; Đại tá Trần Văn Khương, Sư đoàn trưởng Sư đoàn 3 đồng chủ trì.",
        "2024-03-15",
        ("hội nghị hiệp đồng 2024-03-14",),
        ("chair Trần Văn Khương", "chair Vũ Như Hải"),
    ),
    Bulletin(
        "Hiến máu cứu người tại Bệnh viện 199\n"
        "Hưởng ứng Ngày toàn dân hiến máu tình nguyện 7/4, ngày 5/4/2024, Đoàn Thanh niên Bệnh viện 199 tổ chức chương trình hiến máu tình nguyện. Đại tá Trần Quốc Khánh, Giám đốc Bệnh viện tham gia hiến máu. Trung úy Lê Văn Nam cho biết đây là lần thứ 5 anh hiến máu.",
        "2024-04-06",
        ("hiến máu 2024-04-05",),
        ("attend Lê Văn Nam", "attend Trần Quốc Khánh"),
    ),
    Bulletin(
        "Ấm tình quân dân nơi biên giới Mường Lạn\n"
        "Từ sáng sớm, bà con các bản Nong Phụ, Cống đã có mặt đông đủ tại trạm y tế. Trời se lạnh nhưng ai cũng vui.\n"
        "Trong các ngày 4 và 5/11/2023, Bệnh viện Quân y 6 (Cục Hậu cần Quân khu 2) phối hợp với Đồn Biên phòng Mường Lạn khám bệnh, cấp thuốc miễn phí cho 540 người dân xã Mường Lạn, huyện Sốp Cộp. Trung tá, BSCKI Lò Văn Phương, Chủ nhiệm Khoa Khám bệnh cho biết, phần lớn bà con mắc bệnh xương khớp.",
        "2023-11-08",
        ("khám bệnh, cấp thuốc miễn phí 2023-11-04",),
        ("attend Lò Văn Phương",),
    ),
    Bulletin(
        "Hơn 200 vận động viên tranh tài tại Hội thao Công an tỉnh Hà Nam\n"
        "Sau 3 ngày thi đấu sôi nổi, chiều 9/8/2024, Hội thao Công an tỉnh Hà Nam lần thứ VII đã thành công tốt đẹp. Đại tá Tô Anh Đức, Giám đốc Công an tỉnh dự và phát biểu bế mạc.",
        "2024-08-10",
        ("hội thi 2024-08-09",),
        ("attend Tô Anh Đức", "conclude Tô Anh Đức"),
    ),
    Bulletin(
        "Nhiều sáng kiến được áp dụng tại Bệnh viện Quân y 4\n"
        "Ngày 10/5, Hội đồng Khoa học Bệnh viện Quân y 4 tổ chức nghiệm thu 12 sáng kiến, đề tài cấp cơ sở năm 2023. Đại tá Trần Văn Thành, Giám đốc Bệnh viện, Chủ tịch Hội đồng chủ trì.",
        "2023-05-11",
        ("hội nghị khoa học 2023-05-10",),
        ("chair Trần Văn Thành",),
    ),
    Bulletin(
        "Chi bộ Phòng Tham mưu tổ chức sinh hoạt chuyên đề\n"
        "Sáng 2/8, Chi bộ Phòng Tham mưu, Công an tỉnh Lai Châu tổ chức sinh hoạt chuyên đề quý III/2024. Thượng tá Vàng A Khua, Bí thư Chi bộ chủ trì.",
        "2024-08-03",
        (),
        (),
    ),
    Bulletin(
        "Bộ Tư lệnh Thủ đô Hà Nội ra quân huấn luyện năm 2024\n"
        "Sáng nay (4/3), tại Trung đoàn 692, Bộ Tư lệnh Thủ đô Hà Nội tổ chức Lễ ra quân huấn luyện năm 2024. Trung tướng Nguyễn Quốc Dương, Tư lệnh Bộ Tư lệnh Thủ đô Hà Nội dự và phát động thi đua. \n"
        "Đại tá Lưu Nam Tiến, Chính ủy Trung đoàn hưởng ứng phát động thi đua.",
        "2024-03-04",
        ("lễ ra quân 2024-03-04",),
        ("attend Nguyễn Quốc Dương",),
    ),
    Bulletin(
        "Viếng, tưởng niệm các anh hùng liệt sĩ tại Nghĩa trang Vị Xuyên\n"
        "Nhân kỷ niệm 77 năm Ngày Thương binh - Liệt sĩ, ngày 12-7, Đoàn đại biểu Đảng ủy, Bộ Tư lệnh Quân khu 2 do Thiếu tướng Nguyễn Đăng Khôi, Phó Chính ủy Quân khu làm trưởng đoàn đã dâng hương, viếng các anh hùng liệt sĩ tại Nghĩa trang Liệt sĩ quốc gia Vị Xuyên.",
        "2024-07-13",
        ("lễ dâng hương 2024-07-12",),
        ("attend Nguyễn Đăng Khôi",),
    ),
    Bulletin(
        "Tập huấn cấp cứu ngừng tuần hoàn cho quân y đơn vị\n"
        "Từ ngày 15 đến 19-4, tại Trường Cao đẳng Quân y 2, Phòng Quân y, Cục Hậu cần Quân khu 7 tổ chức tập huấn cấp cứu cho 60 quân y tuyến cơ sở. Đại tá Trần Minh Hùng, Trưởng phòng Quân y phát biểu khai mạc. Lên lớp có Thượng tá Nguyễn Văn A.",
        "2024-04-20",
        ("hội nghị tập huấn 2024-04-15",),
        ("speak Trần Minh Hùng",),
    ),
    Bulletin(
        "Hội Phụ nữ Công an tỉnh Sơn La trao 50 suất quà\n"
        "Ngày 8/3, nhân kỷ niệm 114 năm Ngày Quốc tế Phụ nữ, Hội Phụ nữ Công an tỉnh Sơn La đã đến thăm, tặng 50 suất quà cho phụ nữ nghèo xã Chiềng Nơi, huyện Mai Sơn. Thiếu tá Lò Thị Hằng, Chủ tịch Hội cùng đoàn động viên các gia đình.",
        "2024-03-09",
        ("thăm và làm việc 2024-03-08",),
        (),
    ),
    Bulletin(
        "Bệnh viện K đón Đoàn chuyên gia Nhật Bản\n"
        "Sáng 18/9/2023, GS.TS Lê Văn Quý, Giám đốc Bệnh viện K đã có buổi tiếp và làm việc với Đoàn chuyên gia Trung tâm Ung thư Quốc gia Nhật Bản do GS Kenji Sato làm trưởng đoàn.",
        "2023-09-19",
        ("tiếp đoàn 2023-09-18",),
        ("attend Kenji Sato", "receive Lê Văn Quý"),
    ),
    Bulletin(
        "Thông báo kết quả Hội nghị Trung ương 8\n"
        "Chiều 16/10, Đảng ủy Quân chủng Phòng không - Không quân tổ chức hội nghị thông báo nhanh kết quả Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XIII. Trung tướng Vũ Văn Khải, Tư lệnh Quân chủng chủ trì.",
        "2023-10-17",
        ("hội nghị quán triệt 2023-10-16",),
        ("chair Vũ Văn Khải",),
    ),
    Bulletin(
        "Quân khu 1: 45 năm xây dựng và trưởng thành của Trung đoàn 2\n"
        "Ngày 10/10/2023, Trung đoàn 2, Sư đoàn 3 trọng thể tổ chức mít tinh kỷ niệm 75 năm Ngày truyền thống (10/10/1948 - 10/10/2023). Dự có Thiếu tướng Trần Văn Bính, Phó Chính ủy Quân khu.",
        "2023-10-10",
        ("lễ kỷ niệm 2023-10-10",),
        ("attend Trần Văn Bính",),
    ),
    Bulletin(
        "Phấn đấu hoàn thành sớm chỉ tiêu cấp căn cước\n"
        "Phát biểu tại Hội nghị rút kinh nghiệm đợt cao điểm cấp căn cước diễn ra sáng 12/8/2024, Đại tá Nguyễn Tiến Thành, Phó Giám đốc Công an tỉnh Thái Bình yêu cầu công an cấp xã không để sót công dân. Hội nghị do Phòng Cảnh sát quản lý hành chính về trật tự xã hội (PC06) tổ chức.",
        "2024-08-13",
        ("hội nghị rút kinh nghiệm 2024-08-12",),
        ("direct Nguyễn Tiến Thành",),
    ),
    Bulletin(
        "Sư đoàn 10 giao ban báo chí\n"
        "Chiều 20/11/2023, tại Kon Tum, dưới sự chủ trì của Đại tá Phạm Văn Quang, Chính ủy Sư đoàn 10, Sư đoàn tổ chức gặp mặt các cơ quan báo chí.",
        "2023-11-21",
        ("gặp mặt 2023-11-20",),
        ("chair Phạm Văn Quang",),
    ),
    Bulletin(
        "Công ty Dược Hậu Phương ký hợp đồng cung ứng vắc xin\n"
        "Hà Nội, ngày 3/6/2024 – Công ty Cổ phần Dược Hậu Phương và Công ty Sanota (Pháp) ký kết hợp đồng cung ứng 2 triệu liều vắc xin. Ông Lê Đình Phong, Tổng Giám đốc và bà Marie Dupont ký hợp đồng.",
        "2024-06-04",
        ("lễ ký kết 2024-06-03",),
        ("attend Lê Đình Phong", "sign Lê Đình Phong"),
    ),
    Bulletin(
        "Trường Sĩ quan Lục quân 2 bế giảng khóa đào tạo\n"
        "Sáng 26-7, Trường Sĩ quan Lục quân 2 tổ chức Lễ bế giảng, trao bằng tốt nghiệp cho học viên khóa 89. Thượng tướng Phùng Sĩ Đạt, Phó Tổng Tham mưu trưởng dự, chỉ đạo. Dự buổi lễ còn có Thiếu tướng Lương Đình Chung; đại diện lãnh đạo tỉnh Đồng Nai. Thiếu tướng Nguyễn Thế Trung, Hiệu trưởng chủ trì và đọc diễn văn bế giảng.",
        "2024-07-26",
        ("lễ bế giảng 2024-07-26",),
        ("attend Lương Đình Chung", "chair Nguyễn Thế Trung", "direct Phùng Sĩ Đạt", "speak Nguyễn Thế Trung"),
    ),
    Bulletin(
        "Ban CHQS quận Hà Đông tuyển chọn công dân nhập ngũ\n"
        "Sáng 7/12, Hội đồng Nghĩa vụ quân sự quận Hà Đông tổ chức khám tuyển nghĩa vụ quân sự đợt 1 cho 420 công dân. Thượng tá Bùi Quang Vinh, Chỉ huy trưởng Ban CHQS quận kiểm tra công tác khám tuyển.",
        "2023-12-08",
        ("tuyển quân 2023-12-07",),
        (),
    ),
    Bulletin(
        "Đảng bộ Sở Y tế tỉnh Bến Tre quán triệt Nghị quyết\n"
        "Ngày 22 tháng 5 năm 2024, Đảng ủy Sở Y tế tỉnh Bến Tre tổ chức Hội nghị học tập, quán triệt, triển khai Nghị quyết số 42-NQ/TW. Đồng chí Nguyễn Văn Oai, Phó Trưởng Ban Tuyên giáo Tỉnh ủy truyền đạt nội dung Nghị quyết. Đồng chí Ngô Văn Tân, Bí thư Đảng ủy, Giám đốc Sở Y tế dự và phát biểu kết luận.",
        "2024-05-23",
        ("hội nghị quán triệt 2024-05-22",),
        ("attend Ngô Văn Tân", "conclude Ngô Văn Tân", "report Nguyễn Văn Oai"),
    ),
    Bulletin(
        "Chống dịch ở Lũng Cú: thầy thuốc bám bản\n"
        "Ở Lũng Cú những ngày này, các bác sĩ đến từng nhà. Bác sĩ Vàng Mí Dình, Trạm trưởng Trạm Y tế xã kể, có ngày anh đi 20 km. Năm 2023, trạm tiêm cho 300 trẻ.",
        "2024-01-09",
        (),
        (),
    ),
    Bulletin(
        "Cảnh báo thủ đoạn lừa đảo qua mạng\n"
        "Thời gian qua, trên địa bàn tỉnh xảy ra nhiều vụ lừa đảo. Ngày 3/5/2024, Công an huyện Yên Định tiếp nhận đơn của bà Lê Thị Thu. Công an khuyến cáo người dân cảnh giác.",
        "2024-05-06",
        (),
        (),
    ),
    Bulletin(
        "Bắt giữ 2 đối tượng vận chuyển ma túy\n"
        "Hồi 15 giờ ngày 12/4/2024, tại xã Thanh Hưng, Công an huyện Điện Biên phối hợp với Đồn Biên phòng bắt quả tang Giàng A Tủa vận chuyển 2 bánh heroin.",
        "2024-04-13",
        (),
        (),
    ),
    Bulletin(
        "Trưởng ban Ban Dân vận làm việc tại Hà Giang\n"
        "Thực hiện chương trình công tác, ngày 14/3/2024, Đoàn công tác của Ban Dân vận Trung ương do đồng chí Bùi Thị Minh Hằng, Bí thư Trung ương Đảng, Trưởng Ban Dân vận Trung ương làm Trưởng đoàn đã có buổi làm việc với Ban Thường vụ Tỉnh ủy Hà Giang. Tiếp và làm việc với Đoàn có các đồng chí: Thào Hồng Páo, Phó Bí thư Tỉnh ủy; Nguyễn Văn Sơn, Chủ tịch UBND tỉnh.",
        "2024-03-15",
        ("thăm và làm việc 2024-03-14",),
        ("attend Bùi Thị Minh Hằng", "receive Nguyễn Văn Sơn", "receive Thào Hồng Páo"),
    ),
    Bulletin(
        "Cụm thi đua các bệnh viện phía Nam tổng kết năm 2023\n"
        "Sáng 15/12/2023, tại Cần Thơ, Cụm thi đua các bệnh viện Quân đội phía Nam tổ chức hội nghị tổng kết phong trào thi đua Quyết thắng năm 2023 và ký kết giao ước thi đua năm 2024. Đại tá Nguyễn Văn Tình, Giám đốc Bệnh viện Quân y 121, Cụm trưởng chủ trì hội nghị.",
        "2023-12-16",
        ("hội nghị tổng kết 2023-12-15",),
        ("chair Nguyễn Văn Tình",),
    ),
    Bulletin(
        "Động thổ xây dựng Trung tâm Ung bướu\n"
        "Sáng 30/8, tại xã Nghi Liên, Sở Y tế Nghệ An phối hợp Bệnh viện Ung bướu Nghệ An làm lễ động thổ xây dựng Bệnh viện Ung bướu giai đoạn 2. Dự lễ có ông Bùi Đình Lân, Phó Chủ tịch UBND tỉnh; PGS.TS Dương Đình Chiến, Giám đốc Sở Y tế.",
        "2023-08-31",
        ("lễ khánh thành 2023-08-30",),
        ("attend Bùi Đình Lân", "attend Dương Đình Chiến"),
    ),
    Bulletin(
        "Công an phường Bình Hưng Hòa mở lớp dạy bơi\n"
        "Từ ngày 1/6 đến 30/6/2024, Công an phường Bình Hưng Hòa phối hợp với Phường đoàn mở lớp dạy bơi miễn phí.",
        "2024-06-03",
        (),
        (),
    ),
    Bulletin(
        "Đối thoại giữa Giám đốc Công an tỉnh với cán bộ, chiến sĩ\n"
        "Chiều 20/9, Đại tá Lê Khắc Toàn, Giám đốc Công an tỉnh Hà Tĩnh chủ trì Hội nghị đối thoại với đoàn viên thanh niên. Tại hội nghị, Thượng úy Phan Thị Hà, Phó Bí thư Đoàn Thanh niên kiến nghị về nhà ở.",
        "2024-09-21",
        ("gặp mặt 2024-09-20",),
        ("chair Lê Khắc Toàn", "speak Phan Thị Hà"),
    ),
    Bulletin(
        "Trao Huy hiệu 50 năm tuổi Đảng\n"
        "Sáng 3/2, Đảng ủy Bệnh viện Trung ương Quân đội 108 tổ chức Lễ trao Huy hiệu Đảng đợt 3/2. Trung tướng Lê Hữu Tùng, Giám đốc Bệnh viện trao Huy hiệu 50 năm tuổi Đảng cho đồng chí Nguyễn Văn Thạch.",
        "2024-02-03",
        ("lễ đón nhận 2024-02-03",),
        ("attend Lê Hữu Tùng", "award Lê Hữu Tùng", "receive Nguyễn Văn Thạch"),
    ),
    Bulletin(
        "Sư đoàn 395 rút kinh nghiệm huấn luyện\n"
        "Chiều 20/6, Sư đoàn 395 tổ chức hội nghị rút kinh nghiệm huấn luyện giai đoạn 1 năm 2024. Chủ trì hội nghị có Đại tá Bùi Đức Tuyến, Sư đoàn trưởng; Đại tá Nguyễn Văn Sơn, Chính ủy Sư đoàn.\n"
        "Đại tá Lê Hồng Phong, Trung đoàn trưởng Trung đoàn 43 nêu những khó khăn về thao trường; Trung tá Đỗ Văn Hùng, Chính trị viên Tiểu đoàn 7 đề nghị bổ sung vật chất.\n"
        "Đại tá Bùi Đức Tuyến yêu cầu các đơn vị khắc phục ngay.",
        "2024-06-21",
        ("hội nghị rút kinh nghiệm 2024-06-20",),
        ("chair Bùi Đức Tuyến", "chair Nguyễn Văn Sơn", "speak Lê Hồng Phong", "speak Đỗ Văn Hùng"),
    ),
    Bulletin(
        "Lễ trao quân hàm cho sĩ quan Bệnh viện 19-8\n"
        "Sáng 27/6/2024, Bệnh viện 19-8 tổ chức Lễ công bố quyết định thăng cấp bậc hàm năm 2024. Được sự ủy quyền của Bộ trưởng, Thiếu tướng Nguyễn Văn Lộc, Giám đốc Bệnh viện trao quyết định thăng cấp bậc hàm Đại tá cho các đồng chí: Trần Văn Hải, Trưởng khoa Ngoại; Lê Thị Minh, Trưởng phòng Điều dưỡng.\n"
        "Thay mặt các đồng chí được thăng cấp, Đại tá Trần Văn Hải phát biểu cảm ơn. Thượng tá Nguyễn Bá Tùng, Phó Giám đốc chủ trì buổi lễ.",
        "2024-06-28",
        ("lễ trao quân hàm 2024-06-27",),
        ("attend Nguyễn Văn Lộc", "award Nguyễn Văn Lộc", "chair Nguyễn Bá Tùng", "receive Lê Thị Minh", "receive Trần Văn Hải", "speak Trần Văn Hải"),
    ),
    Bulletin(
        "Trung tướng Hoàng Long kiểm tra Lữ đoàn 147\n"
        "Ngày 9/4, Trung tướng Hoàng Long, Phó Chủ nhiệm Tổng cục Chính trị cùng đoàn công tác kiểm tra công tác đảng tại Lữ đoàn 147. Đại tá Phạm Văn Thắng, Lữ đoàn trưởng báo cáo kết quả thực hiện nhiệm vụ. Tham gia đoàn công tác có Đại tá Lê Văn Dũng, Cục trưởng Cục Tuyên huấn.\n"
        "Kết luận buổi kiểm tra, Trung tướng Hoàng Long biểu dương Lữ đoàn.",
        "2024-04-10",
        ("kiểm tra 2024-04-09",),
        ("attend Hoàng Long", "attend Lê Văn Dũng", "conclude Hoàng Long", "report Phạm Văn Thắng"),
    ),
    Bulletin(
        "Đại hội Hội Cựu chiến binh tỉnh Lai Châu\n"
        "Trong 2 ngày 14 - 15/8/2023, Hội Cựu chiến binh tỉnh Lai Châu tổ chức Đại hội đại biểu lần thứ V. Với sự tham dự của đồng chí Giàng Páo Dế, Bí thư Tỉnh ủy; Thượng tướng Bế Xuân Thành, Chủ tịch Hội Cựu chiến binh Việt Nam. Đoàn Chủ tịch gồm các đồng chí: Nguyễn Văn Sơn, Chủ tịch Hội; Lò Văn Pành, Phó Chủ tịch Hội.\n"
        "Đồng chí Giàng Páo Dế phát biểu chỉ đạo Đại hội.",
        "2023-08-16",
        ("đại hội 2023-08-14",),
        ("attend Bế Xuân Thành", "attend Giàng Páo Dế", "chair Lò Văn Pành", "chair Nguyễn Văn Sơn", "direct Giàng Páo Dế"),
    ),
    Bulletin(
        "Bàn giao nhiệm vụ Chỉ huy trưởng Bộ CHQS tỉnh Tây Ninh\n"
        "Chiều 5/1/2024, Quân khu 7 tổ chức lễ bàn giao nhiệm vụ Chỉ huy trưởng Bộ CHQS tỉnh Tây Ninh giữa Đại tá Đặng Sơn Tường và Đại tá Nguyễn Văn Thanh. Thiếu tướng Đặng Văn Lãm, Chính ủy Quân khu chứng kiến buổi lễ.\n"
        "* Đại tá Đặng Sơn Tường và Đại tá Nguyễn Văn Thanh ký biên bản bàn giao.\n"
        "Thiếu tướng Đặng Văn Lãm giao nhiệm vụ cho Đại tá Nguyễn Văn Thanh.",
        "2024-01-06",
        ("lễ bàn giao 2024-01-05",),
        ("attend Nguyễn Văn Thanh", "attend Đặng Sơn Tường", "direct Đặng Văn Lãm", "sign Nguyễn Văn Thanh", "sign Đặng Sơn Tường"),
    ),
    Bulletin(
        "Tọa đàm về chuyển đổi số y tế\n"
        "Ngày 6/10/2023, tại Hà Nội, Báo Sức khỏe và Đời sống tổ chức Tọa đàm “Chuyển đổi số y tế”. Các khách mời: PGS.TS Trần Quý Thịnh, Chủ tịch Hội Tin học y tế; ông Nguyễn Trường Khang, Phó Giám đốc Trung tâm Thông tin y tế quốc gia.\n"
        "PGS.TS Trần Quý Thịnh cho rằng dữ liệu là cốt lõi. Ông Nguyễn Trường Khang chia sẻ, nhiều bệnh viện đã bỏ bệnh án giấy.",
        "2023-10-08",
        ("hội thảo 2023-10-06",),
        ("speak Nguyễn Trường Khang", "speak Trần Quý Thịnh"),
    ),
    Bulletin(
        "Viện Pháp y Quân đội gặp mặt nhân Ngày Thầy thuốc Việt Nam\n"
        "Sáng 26/2, Viện Pháp y Quân đội tổ chức gặp mặt kỷ niệm 69 năm Ngày Thầy thuốc Việt Nam (27/2/1955 - 27/2/2024). Đến dự và chúc mừng có Thiếu tướng Trần Công Trường; đại diện Cục Quân y.\n"
        "Đại tá Nguyễn Văn Hòa, Viện trưởng ôn lại truyền thống vẻ vang của Ngành. Bác sĩ Lê Thị Hạnh, nguyên cán bộ Viện xúc động chia sẻ kỷ niệm.",
        "2024-02-27",
        ("gặp mặt 2024-02-26",),
        ("attend Trần Công Trường", "speak Lê Thị Hạnh", "speak Nguyễn Văn Hòa"),
    ),
    Bulletin(
        "Đại hội Hội Nông dân tỉnh Hà Giang\n"
        "Ngày 9/8/2023, Hội Nông dân tỉnh Hà Giang tổ chức Đại hội đại biểu lần thứ X. Dự và chỉ đạo Đại hội có đồng chí Vàng Seo Pao, Phó Bí thư Tỉnh ủy; ông Lý Minh Đức, Phó Chủ tịch UBND tỉnh. Đại hội vinh dự được đón Thiếu tướng Hoàng Bá Thắng, nguyên Tư lệnh Quân khu 2 và bà Trần Thị Lan, nguyên Chủ tịch Hội.\n"
        "Trước đó, chiều 8/8/2023, đoàn đại biểu dự Đại hội do ông Mai Văn Kiên, Chủ tịch Hội dẫn đầu đã dâng hương tại Nghĩa trang liệt sĩ quốc gia Vị Xuyên.\n"
        "Đại tá Cao Xuân Hùng, Phó Chủ tịch Hội được bầu giữ chức Chủ tịch Hội khóa X.",
        "2023-08-10",
        ("đại hội 2023-08-09", "lễ dâng hương 2023-08-08"),
        (
            "attend Cao Xuân Hùng", "attend Hoàng Bá Thắng", "attend Lý Minh Đức", "attend Mai Văn Kiên",
            "attend Trần Thị Lan", "direct Vàng Seo Pao",
        ),
    ),
    Bulletin(
        "Hội nghị giao ban Bệnh viện Quân y 4\n"
        "Sáng 6/5/2024, Bệnh viện Quân y 4 tổ chức hội nghị giao ban tháng 4. Đại tá Phan Văn Mạnh, Giám đốc Bệnh viện chủ trì.\n"
        "Theo báo cáo của Trung tá Nguyễn Đức Thuận, Trưởng phòng Kế hoạch tổng hợp, Bệnh viện khám cho 9.200 lượt người.\n"
        "Trước đó, Bệnh viện đã tổ chức hội thi tay nghề điều dưỡng.",
        "2024-05-07",
        ("hội nghị giao ban 2024-05-06",),
        ("chair Phan Văn Mạnh", "report Nguyễn Đức Thuận"),
    ),
    Bulletin(
        "Công an tỉnh Hà Nam ra quân bảo vệ Tết\n"
        "Sáng 15/12/2023, Công an tỉnh Hà Nam tổ chức lễ ra quân. Đại tá Tô Anh Dũng, Giám đốc Công an tỉnh dự, phát biểu chỉ đạo.\n"
        "Thượng tá Lê Văn Hòa, Trưởng phòng Cảnh sát giao thông cho biết, đơn vị đã lập 15 tổ công tác.",
        "2023-12-16",
        ("lễ ra quân 2023-12-15",),
        ("direct Tô Anh Dũng",),
    ),
    Bulletin(
        "Trung tướng Đỗ Minh Xương kiểm tra Trung đoàn 43\n"
        "Ngày 3/4/2024, Bộ Tư lệnh Quân khu tổ chức diễn tập tại Trung đoàn 43. Trung tướng Đỗ Minh Xương, Phó Tư lệnh Quân khu đến kiểm tra, chỉ đạo.\n"
        "Trung tá Hà Văn Tú, Trung đoàn trưởng báo cáo quyết tâm chiến đấu. Trung tướng Đỗ Minh Xương tặng quà lưu niệm cho Trung tá Hà Văn Tú.",
        "2024-04-04",
        ("diễn tập 2024-04-03",),
        ("award Đỗ Minh Xương", "direct Đỗ Minh Xương", "report Hà Văn Tú"),
    ),
]  # fmt: skip

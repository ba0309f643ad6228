"""Organizations: what one sentence names, whose it is, what bare heads mean, and above all what is no organization."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.mentions import BulletinText, Organization, Organizations, TextLine
from pipelines.normalize.organizations import find_organizations


def read(*lines: str, **facts: str) -> Organizations:
    places = tuple(TextLine(number, "body", text) for number, text in enumerate(lines))
    return find_organizations(BulletinText(places, **facts))  # type: ignore[arg-type]


def told(found: Organizations) -> list[str]:
    """`Cục Hậu cần < Quân khu 7`, in order of first mention."""
    return [one.name + (f" < {one.parent}" if one.parent else "") for one in found.found]


def one(found: Organizations, name: str) -> Organization:
    (it,) = [each for each in found.found if each.name == name]
    return it


def surfaces(found: Organizations, name: str) -> list[tuple[str, str]]:
    return [(each.surface, each.kind) for each in found.mentions if found.found[each.index].name == name]


# One name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đại tá Bùi Tống Giang, Trưởng phòng Quân y dự.", "Phòng Quân y"),
        ("Trung tâm Y tế dự phòng tỉnh Phú Thọ phối hợp.", "Trung tâm Y tế dự phòng tỉnh Phú Thọ"),
        ("Chủ tịch Hiệp hội Doanh nghiệp Hàn Quốc dự.", "Hiệp hội Doanh nghiệp Hàn Quốc"),
        ("Hội Phụ nữ Đức Thọ dự.", "Hội Phụ nữ Đức Thọ"),
        ("Nguyên Hiệu trưởng Trường Đại học Y khoa Phạm Ngọc Thạch dự.", "Trường Đại học Y khoa Phạm Ngọc Thạch"),
        ("Bác sĩ Lê Hà, Phó Trưởng khoa Nội tim mạch cho biết.", "Khoa Nội tim mạch"),
        ("Chủ nhiệm khoa Ngoại chấn thương phẫu thuật.", "Khoa Ngoại chấn thương"),
        ("Trung tá Võ Lâm, Trưởng ban Tác huấn báo cáo.", "Ban Tác huấn"),
        ("Đồng chí Trưởng ban Dân vận phát biểu.", "Ban Dân vận"),
        ("Thiếu tá Lò A, Phó Trưởng phòng Kế hoạch tổng hợp.", "Phòng Kế hoạch tổng hợp"),
        ("Đồng chí Cục trưởng Y tế phát biểu.", "Cục Y tế"),
        ("Cục trưởng Cục Quân nhu kiểm tra bếp ăn.", "Cục Quân nhu"),
        ("Sư đoàn trưởng Sư đoàn 968 trao quà.", "Sư đoàn 968"),
        ("Bộ trưởng Quốc phòng tiếp khách.", "Bộ Quốc phòng"),
        ("Bộ trưởng Bộ Quốc phòng Phan Văn Giang tiếp khách.", "Bộ Quốc phòng"),
        ("Thứ trưởng Bộ Nội vụ chủ trì.", "Bộ Nội vụ"),
        ("Bộ Lao động - Thương binh và Xã hội ban hành thông tư.", "Bộ Lao động - Thương binh và Xã hội"),
        ("Bộ Văn hóa, Thể thao và Du lịch phối hợp tổ chức.", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Đoàn Bộ Quốc phòng Nhật Bản đến thăm.", "Bộ Quốc phòng Nhật Bản"),
        ("Bộ Ngoại giao Trung Quốc ra thông cáo.", "Bộ Ngoại giao Trung Quốc"),
        ("Tổng cục Công nghiệp Quốc phòng bàn giao sản phẩm.", "Tổng cục Công nghiệp Quốc phòng"),
        ("Tổng cục Hậu cần – Kỹ thuật giao ban.", "Tổng cục Hậu cần - Kỹ thuật"),
        ("Cục Quản lý khám, chữa bệnh thẩm định.", "Cục Quản lý khám, chữa bệnh"),
        ("Cục CSGT ra quân đợt cao điểm.", "Cục Cảnh sát giao thông"),
        (
            "Cục Cảnh sát quản lý hành chính về trật tự xã hội cấp căn cước.",
            "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
        ("Cục Công tác đảng và công tác chính trị hướng dẫn.", "Cục Công tác đảng và công tác chính trị"),
        (
            "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ diễn tập.",
            "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        ),
        ("Phòng CS PCCC&CNCH; Phòng Cảnh sát PCCC và CNCH dập lửa.", "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
        ("Sở Y tế Nghệ An họp báo.", "Sở Y tế Nghệ An"),
        ("Sở GD&ĐT tỉnh Sơn La tổ chức.", "Sở Giáo dục và Đào tạo tỉnh Sơn La"),
        ("Cục Thuế tỉnh Quảng Ninh công khai.", "Cục Thuế tỉnh Quảng Ninh"),
        ("UBND tỉnh Lào Cai ký kết quy chế.", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("Uỷ ban nhân dân tỉnh Lào Cai ký kết.", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("Chủ tịch UBND huyện Quế Phong Lê Văn Giáp dự.", "Ủy ban nhân dân huyện Quế Phong"),
        ("Phó Chủ tịch Thường trực HĐND tỉnh Nghệ An.", "Hội đồng nhân dân tỉnh Nghệ An"),
        ("Bí thư Tỉnh ủy Sơn La Nguyễn Hữu Đông chủ trì.", "Tỉnh ủy Sơn La"),
        ("Đảng ủy Quân sự tỉnh Nghệ An ra nghị quyết.", "Đảng ủy Quân sự tỉnh Nghệ An"),
        ("Bộ CHQS tỉnh Nghệ An ra quân.", "Bộ Chỉ huy quân sự tỉnh Nghệ An"),
        ("Ban CHQS huyện Mường Lát tuyển quân.", "Ban Chỉ huy quân sự huyện Mường Lát"),
        ("Ban CHQS quận 3 giao quân.", "Ban Chỉ huy quân sự quận 3"),
        ("Bộ Chỉ huy BĐBP tỉnh Hà Giang tổ chức.", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Hà Giang"),
        ("Công an TP Hồ Chí Minh khởi tố.", "Công an thành phố Hồ Chí Minh"),
        ("Công an xã Mường Phăng, huyện Điện Biên.", "Công an xã Mường Phăng"),
        ("Bộ Tư lệnh 86 khai mạc hội thao.", "Bộ Tư lệnh 86"),
        ("Bộ Tư lệnh Thủ đô Hà Nội dự.", "Bộ Tư lệnh Thủ đô Hà Nội"),
        ("Bộ Tư lệnh Cảnh sát biển tuyên truyền.", "Bộ Tư lệnh Cảnh sát biển"),
        ("Vùng 3 Hải quân diễn tập.", "Vùng 3 Hải quân"),
        ("Vùng Cảnh sát biển 2 bắt tàu.", "Vùng Cảnh sát biển 2"),
        ("Quân chủng PK-KQ trực sẵn sàng chiến đấu.", "Quân chủng Phòng không - Không quân"),
        ("Binh chủng Tăng thiết giáp huấn luyện.", "Binh chủng Tăng thiết giáp"),
        ("Binh đoàn Trường Sơn làm đường.", "Binh đoàn Trường Sơn"),
        ("Lữ đoàn Hải quân đánh bộ 147 hành quân.", "Lữ đoàn Hải quân đánh bộ 147"),
        ("Chiến sĩ trung đoàn 31 bắn giỏi.", "Trung đoàn 31"),
        ("Trung đoàn Không quân 935 bay đêm.", "Trung đoàn Không quân 935"),
        ("Đoàn KTQP 379 giúp dân.", "Đoàn Kinh tế - Quốc phòng 379"),
        ("Đoàn 871 khám bệnh cho đối tượng chính sách.", "Đoàn 871"),
        ("Đồn Biên phòng Thanh Thủy bắt giữ đối tượng.", "Đồn Biên phòng Thanh Thủy"),
        ("Bệnh viện Chợ Rẫy tiếp nhận 5 bệnh nhân.", "Bệnh viện Chợ Rẫy"),
        ("Bệnh viện Đa khoa tỉnh Hà Tĩnh mổ cấp cứu.", "Bệnh viện Đa khoa tỉnh Hà Tĩnh"),
        ("Bệnh viện Hữu nghị Việt Đức ghép tạng.", "Bệnh viện Hữu nghị Việt Đức"),
        ("BVQY 103 phẫu thuật.", "Bệnh viện Quân y 103"),
        ("Bệnh viện TWQĐ 108 chuyển giao kỹ thuật.", "Bệnh viện Trung ương Quân đội 108"),
        ("Bệnh viện 19.8 khám bệnh.", "Bệnh viện 19-8"),
        ("Bệnh viện 30/4 khám bệnh.", "Bệnh viện 30-4"),
        ("Khoa A12 đón bệnh nhân.", "Khoa A12"),
        ("Trạm Y tế xã Tam Hợp tiêm phòng.", "Trạm Y tế xã Tam Hợp"),
        ("CDC tỉnh Bắc Giang lấy mẫu.", "Trung tâm Kiểm soát bệnh tật tỉnh Bắc Giang"),
        ("Trung tâm Nhiệt đới Việt - Nga nghiên cứu.", "Trung tâm Nhiệt đới Việt - Nga"),
        ("Viện Nghiên cứu Y Dược học Quân sự công bố.", "Viện Nghiên cứu Y Dược học Quân sự"),
        ("Học viện Chính trị quốc gia Hồ Chí Minh bế giảng.", "Học viện Chính trị quốc gia Hồ Chí Minh"),
        ("Trường Sĩ quan Lục quân 1 khai giảng.", "Trường Sĩ quan Lục quân 1"),
        ("Trường Sỹ quan Không quân tuyển sinh.", "Trường Sĩ quan Không quân"),
        ("Trường Đại học Y Hà Nội trao bằng.", "Trường Đại học Y Hà Nội"),
        ("Trường THPT Nguyễn Du, huyện Can Lộc.", "Trường Trung học phổ thông Nguyễn Du"),
        ("Hiệu trưởng Trường THPT Phan Bội Châu Nguyễn Thị Hoa phát biểu.", "Trường Trung học phổ thông Phan Bội Châu"),
        ("Trường Tiểu học và THCS Trường Sa đón cờ.", "Trường Tiểu học và Trung học cơ sở Trường Sa"),
        ("Hội LHPN tỉnh Nghệ An trao quà.", "Hội Liên hiệp Phụ nữ tỉnh Nghệ An"),
        ("Hội CCB huyện Nam Đàn họp mặt.", "Hội Cựu chiến binh huyện Nam Đàn"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh Thanh Hóa.", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Thanh Hóa"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam.", "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam"),
        ("Công ty TNHH MTV 20 sản xuất quân trang.", "Công ty trách nhiệm hữu hạn Một thành viên 20"),
        ("Công ty TNHH Thương mại Dịch vụ An Phú tặng quà.", "Công ty trách nhiệm hữu hạn Thương mại Dịch vụ An Phú"),
        ("Ngân hàng TMCP Quân đội tài trợ.", "Ngân hàng Thương mại cổ phần Quân đội"),
        ("Tập đoàn Công nghiệp - Viễn thông Quân đội khai trương.", "Tập đoàn Công nghiệp - Viễn thông Quân đội"),
        ("Nhà máy Z131 đón khách; ", "Nhà máy Z131"),
        ("Kho K8 kiểm kê.", "Kho K8"),
        ("Công ty 22-12 ra mắt sản phẩm.", "Công ty 22-12"),
        ("Báo Quân đội nhân dân đưa tin.", "Báo Quân đội nhân dân"),
        ("Đài Phát thanh và Truyền hình Nghệ An ghi hình.", "Đài Phát thanh và Truyền hình Nghệ An"),
        ("Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Bắc Giang họp.", "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Bắc Giang"),
        ("Các đơn vị trong Cụm thi đua số 9 ký giao ước.", "Cụm thi đua số 9"),
        ("Ban Dân vận Trung ương hướng dẫn.", "Ban Dân vận Trung ương"),
        ("Thủ trưởng Bộ Tổng Tham mưu dự.", "Bộ Tổng Tham mưu"),
        ("Ủy ban Dân tộc công bố.", "Ủy ban Dân tộc"),
        ("Cục quân nhu kiểm tra bếp ăn.", "Cục Quân nhu"),
        ("Thông tư của Bộ y tế có hiệu lực.", "Bộ Y tế"),
        ("Trung tâm huấn luyện quân sự quốc gia 4 đón đoàn.", "Trung tâm Huấn luyện quân sự quốc gia 4"),
        ("Phòng CSQLHC về TTXH cấp căn cước.", "Phòng Cảnh sát quản lý hành chính về trật tự xã hội"),
        ("CATP Hà Tĩnh truy bắt.", "Công an thành phố Hà Tĩnh"),
        ("Công an TX Hoàng Mai điều tra.", "Công an thị xã Hoàng Mai"),
        ("Khoa Kiểm soát nhiễm khuẩn lập kế hoạch.", "Khoa Kiểm soát nhiễm khuẩn"),
        ("Cục Quản lý xây dựng kiểm tra công trình.", "Cục Quản lý xây dựng"),
        ("Đồn Biên phòng cửa khẩu Bờ Y bàn giao.", "Đồn Biên phòng Cửa khẩu Bờ Y"),
        ("Đồn Biên phòng Yok M’bre phối hợp.", "Đồn Biên phòng Yok M’bre"),
        ("Bộ đội Biên phòng (BĐBP) tỉnh Tây Ninh phối hợp.", "Bộ đội Biên phòng tỉnh Tây Ninh"),
        ("Bộ Tham mưu hải quân họp.", "Bộ Tham mưu Hải quân"),
        ("Công ty cổ phần Đầu tư và Xây dựng Sông Lam ủng hộ.", "Công ty cổ phần Đầu tư và Xây dựng Sông Lam"),
        ("Tặng Báo Nhân Dân Xuân Bính Ngọ.", "Báo Nhân Dân"),
        ("Quân khu 4 Quân đội Hoàng gia Campuchia cử đoàn.", "Quân khu 4 Quân đội Hoàng gia Campuchia"),
        ("Sở Y tế tỉnh Đồng Nai Phan Huy Anh Vũ.", "Sở Y tế tỉnh Đồng Nai"),
    ],
)  # fmt: skip
def test_a_name_is_read_whole_and_no_further(text: str, name: str) -> None:
    assert told(read(text)) == [name]


# No name


@pytest.mark.parametrize(
    "text",
    [
        "Dự hội nghị có lãnh đạo, chỉ huy các cơ quan, đơn vị.",
        "Cấp ủy, chỉ huy các cấp quán triệt nghị quyết.",
        "Ban Tổ chức trao giải Nhất cho đội tuyển.",
        "Phòng, chống dịch bệnh là nhiệm vụ thường xuyên.",
        "Phòng chống ma túy; Phòng bệnh hơn chữa bệnh; phòng họp số 2.",
        "Khoa học công nghệ phát triển; cử nhân Khoa học.",
        "Trường hợp này đã được xử lý.",
        "Trường Sa và Hoàng Sa là của Việt Nam.",
        "Đường Trường Sơn; dãy Trường Sơn.",
        "Đường Trường Chinh, đường Nguyễn Khoa Đăng, phố Trần Hưng Đạo.",
        "Đoàn công tác do Thiếu tướng làm trưởng đoàn.",
        "Đoàn đại biểu Quân sự; Đoàn 15 cán bộ tham quan.",
        "Đoàn Văn Hậu ghi bàn.",
        "Thiếu tá Nguyễn Công Đoàn, Trung tá Trần Sỹ Hội, Đại úy Lê Minh Trường Sơn.",
        "Thiếu tướng Nguyễn Trường Giang kết luận.",
        "Đại tá Trần Đăng Khoa và Thượng tá Vũ Viện.",
        "Ca sĩ Trường Giang; nhạc sĩ Đoàn Chuẩn; Đại tướng Đoàn Khuê.",
        "Hội nghị tổng kết; Hội thảo khoa học; Hội trường lớn; Hội An đón khách.",
        "Bộ đội hành quân; Bộ luật Hình sự; Bộ sưu tập; Bộ phận một cửa; bộ môn Nội.",
        "Ban hành kế hoạch; Ban đầu; Ban ngày; Ban Mê Thuột.",
        "Vùng sâu, vùng xa; Vùng đồng bằng; vùng 3.",
        "Cục diện mới; Cục bộ; Vụ án; Vụ mùa; Sở hữu; Sở chỉ huy.",
        "Khối các đơn vị trực thuộc Bộ trưởng.",
        "Đại đội trưởng và Tiểu đoàn phó báo cáo.",
        "Cục trưởng phát biểu.",
        "Viện dẫn luật; Viện trợ không hoàn lại.",
        "Đài Loan; Đài Bắc; Đài tưởng niệm; Kho báu; Kho tàng; Quỹ đất; Quỹ thời gian.",
        "Số: 1658-NQ/QUTW; Quyết định số 12/QĐ-BQP; Thông tư 07/2016/TT-BQP ngày 5/7.",
        "Văn bản số 45/TCHC-TM và 147/2006/QĐ-TTg.",
        "Một số bệnh viện quá tải. Tại các bệnh viện, giường bệnh thiếu.",
        "Bệnh viện có 500 giường.",
        "Tư lệnh Quân khu kiểm tra.",
        "Đảng ủy các cấp; các đảng ủy, chi bộ; đảng ủy cấp trên.",
        "Đảng bộ trong sạch vững mạnh, chi bộ bốn tốt.",
        "Lực lượng Công an, Quân đội; ngành Công an; Công an các đơn vị, địa phương.",
        "UBND tỉnh, Tỉnh ủy và Công an tỉnh phối hợp.",
        "Toàn ngành Hậu cần; ngành Quân y; công tác Đảng.",
        "Phó Chủ nhiệm Hậu cần; Chủ nhiệm Chính trị; Tham mưu trưởng.",
        "SSCĐ, LLVT, QP-AN, ANTT, KVPT, CBCS, VMTD.",
        "Đội tuyển bóng đá; Đội hình; Đội trưởng.",
        "Báo cáo kết quả; Báo động; Báo hiệu.",
        "Nhà trường chú trọng giáo dục. Trường học an toàn.",
        "Phòng Không gian văn hóa Hồ Chí Minh.",
        "Quân khu, Quân đoàn, Sư đoàn và tương đương.",
        "Thành phố Hồ Chí Minh, tỉnh Nghệ An, huyện đảo Trường Sa.",
        "(QK7 Online) - Ngày 9/1, đoàn đến khảo sát.",
        "Chỉ huy trưởng, Chính ủy Bộ Chỉ huy quân sự tỉnh, thành phố trực thuộc Trung ương.",
        "Chuyên mục Quốc phòng An ninh; hiện trường 300 mét; nhập viện 103 ngày; hội trường 500 chỗ.",
        "Hội thi Trưởng phòng tham mưu kế hoạch, Trưởng phòng kỹ thuật toàn quân.",
        "Viện nghiên cứu; trung tâm huấn luyện; Cục Quản lý; Viện Nghiên cứu.",
        "Bệnh viện Đa khoa tỉnh và Trung tâm Y tế huyện.",
        "Học sinh tiểu học; trường mầm non; trường đại học.",
        "",
        "   ",
    ],
)
def test_what_has_no_name_of_its_own_is_none(text: str) -> None:
    assert told(read(text)) == []


# Several, and owners


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Đảng ủy Quân khu 3 báo cáo lãnh đạo các Quân khu, Quân đoàn; hai Quân khu ký kết.",
            ["Đảng ủy Quân khu 3 < Quân khu 3", "Quân khu 3"],
        ),
        ("Tại Bệnh viện 199, Bộ Y tế tổ chức hội thảo.", ["Bệnh viện 199", "Bộ Y tế"]),
        (
            "Bệnh viện Đa khoa tỉnh Hà Tĩnh quá tải; Bệnh viện Đa khoa tỉnh đã mổ 5 ca.",
            ["Bệnh viện Đa khoa tỉnh Hà Tĩnh"],
        ),
        (
            "Hội phụ nữ Bộ chỉ huy Quân sự thành phố Cần Thơ.",
            [
                "Hội Phụ nữ Bộ Chỉ huy quân sự thành phố Cần Thơ < Bộ Chỉ huy quân sự thành phố Cần Thơ",
                "Bộ Chỉ huy quân sự thành phố Cần Thơ",
            ],
        ),
        ("Cục Hậu cần Quân khu 7 tập huấn.", ["Cục Hậu cần < Quân khu 7", "Quân khu 7"]),
        ("Cục Quân y thuộc Tổng cục Hậu cần.", ["Cục Quân y < Tổng cục Hậu cần", "Tổng cục Hậu cần"]),
        ("Cục Vật tư trực thuộc Tổng cục Kỹ thuật.", ["Cục Vật tư < Tổng cục Kỹ thuật", "Tổng cục Kỹ thuật"]),
        ("Cục Quân y của Tổng cục Hậu cần.", ["Cục Quân y < Tổng cục Hậu cần", "Tổng cục Hậu cần"]),
        ("Cục Tổ chức (Tổng cục Chính trị) dự.", ["Cục Tổ chức < Tổng cục Chính trị", "Tổng cục Chính trị"]),
        ("Cục Chính trị - Quân khu 7.", ["Cục Chính trị < Quân khu 7", "Quân khu 7"]),
        ("Đại biểu Bộ Tham mưu (Tổng cục Hậu cần).", ["Bộ Tham mưu < Tổng cục Hậu cần", "Tổng cục Hậu cần"]),
        (
            "Phòng Tham mưu, Lữ đoàn 950, Quân khu 9.",
            ["Phòng Tham mưu < Lữ đoàn 950", "Lữ đoàn 950 < Quân khu 9", "Quân khu 9"],
        ),
        (
            "Trung đoàn 31, Sư đoàn 309, Quân đoàn 4 ra quân.",
            ["Trung đoàn 31 < Sư đoàn 309", "Sư đoàn 309 < Quân đoàn 4", "Quân đoàn 4"],
        ),
        (
            "Trung đoàn Bộ binh 335 (Sư đoàn 324, Quân khu 4) bắn đạn thật.",
            ["Trung đoàn Bộ binh 335 < Sư đoàn 324", "Sư đoàn 324 < Quân khu 4", "Quân khu 4"],
        ),
        (
            "Khoa Hồi sức cấp cứu Bệnh viện Quân y 175 cứu sống bệnh nhân.",
            ["Khoa Hồi sức cấp cứu < Bệnh viện Quân y 175", "Bệnh viện Quân y 175"],
        ),
        (
            "Phòng PC07 Công an tỉnh Nghệ An dập lửa.",
            ["Phòng PC07 < Công an tỉnh Nghệ An", "Công an tỉnh Nghệ An"],
        ),
        ("Đảng ủy Quân khu 2 họp.", ["Đảng ủy Quân khu 2 < Quân khu 2", "Quân khu 2"]),
        (
            "Ban Thường vụ Đảng ủy Quân khu 2 họp.",
            ["Ban Thường vụ Đảng ủy Quân khu 2 < Đảng ủy Quân khu 2", "Đảng ủy Quân khu 2 < Quân khu 2", "Quân khu 2"],
        ),
        (
            "Ban Thường vụ, Đảng ủy Sư đoàn 5 lãnh đạo.",
            ["Ban Thường vụ Đảng ủy Sư đoàn 5 < Đảng ủy Sư đoàn 5", "Đảng ủy Sư đoàn 5 < Sư đoàn 5", "Sư đoàn 5"],
        ),
        (
            "Đảng uỷ, Bộ Tư lệnh Quân khu 2 chỉ đạo.",
            ["Đảng ủy Quân khu 2 < Quân khu 2", "Bộ Tư lệnh Quân khu 2 < Quân khu 2", "Quân khu 2"],
        ),
        ("Đảng ủy, chỉ huy Trung đoàn 5.", ["Đảng ủy Trung đoàn 5 < Trung đoàn 5", "Trung đoàn 5"]),
        (
            "Bí thư Đảng ủy, Chính ủy Sư đoàn 324 Trần Văn Nam.",
            ["Đảng ủy Sư đoàn 324 < Sư đoàn 324", "Sư đoàn 324"],
        ),
        (
            "Bí thư Đảng ủy, Cục trưởng Cục Quân nhu.",
            ["Đảng ủy Cục Quân nhu < Cục Quân nhu", "Cục Quân nhu"],
        ),
        (
            "Tỉnh ủy, HĐND, UBND tỉnh Nghệ An chúc mừng.",
            ["Tỉnh ủy Nghệ An", "Hội đồng nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An"],
        ),
        (
            "UBND tỉnh Lào Cai và Bộ CHQS tỉnh ký kết.",
            ["Ủy ban nhân dân tỉnh Lào Cai", "Bộ Chỉ huy quân sự tỉnh Lào Cai"],
        ),
        ("Văn phòng Bộ Công an.", ["Văn phòng Bộ Công an < Bộ Công an", "Bộ Công an"]),
        ("Báo Quân khu 2 ra số mới.", ["Báo Quân khu 2 < Quân khu 2", "Quân khu 2"]),
        ("Chủ nhiệm Hậu cần Quân khu 4.", ["Quân khu 4"]),
        (
            "Cục Tổ chức, Cục Cán bộ và Cục Tuyên huấn phối hợp.",
            ["Cục Tổ chức", "Cục Cán bộ", "Cục Tuyên huấn"],
        ),
        (
            "Dự có các cục: Tổ chức, Cán bộ, Tuyên huấn thuộc Tổng cục Chính trị.",
            [
                "Cục Tổ chức < Tổng cục Chính trị", "Cục Cán bộ < Tổng cục Chính trị",
                "Cục Tuyên huấn < Tổng cục Chính trị", "Tổng cục Chính trị",
            ],
        ),
        (
            "Kiểm tra các phòng Tham mưu, Chính trị và Hậu cần của Sư đoàn 309.",
            [
                "Phòng Tham mưu < Sư đoàn 309", "Phòng Chính trị < Sư đoàn 309", "Phòng Hậu cần < Sư đoàn 309",
                "Sư đoàn 309",
            ],
        ),
        ("Các Sư đoàn 15, 302 và 309 thi đua.", ["Sư đoàn 15", "Sư đoàn 302", "Sư đoàn 309"]),
        (
            "các tiểu đoàn 1, 2, 3 thuộc Trung đoàn 88",
            ["Tiểu đoàn 1 < Trung đoàn 88", "Tiểu đoàn 2 < Trung đoàn 88", "Tiểu đoàn 3 < Trung đoàn 88", "Trung đoàn 88"],
        ),
        ("Trung đoàn 5, 302 chiến sĩ nhập ngũ.", ["Trung đoàn 5"]),
        ("Quân khu 1, Quân khu 2 và Quân khu 3 hội thao.", ["Quân khu 1", "Quân khu 2", "Quân khu 3"]),
        ("Trung đoàn 1, Trung đoàn 2, Sư đoàn 9 và Quân khu 5.", ["Trung đoàn 1", "Trung đoàn 2", "Sư đoàn 9", "Quân khu 5"]),
        ("Bí thư Đảng ủy Bệnh viện Trương Hoàng Việt; Bệnh viện 199.", ["Đảng ủy Bệnh viện 199 < Bệnh viện 199", "Bệnh viện 199"]),
        ("Quân ủy Trung ương, Bộ Quốc phòng lãnh đạo.", ["Quân ủy Trung ương", "Bộ Quốc phòng"]),
        (
            "Cơ quan CSĐT Công an quận Đống Đa khởi tố.",
            ["Cơ quan Cảnh sát điều tra < Công an quận Đống Đa", "Công an quận Đống Đa"],
        ),
    ],
)  # fmt: skip
def test_owners_and_lists(text: str, names: list[str]) -> None:
    assert told(read(text)) == names


# Brackets


def test_an_abbreviation_in_brackets_holds_for_the_whole_bulletin() -> None:
    found = read("Tổng cục Xây dựng Nông trại (TCXDNT) họp.", "Chủ nhiệm TCXDNT kết luận; TCXDNT ghi nhận.")
    assert told(found) == ["Tổng cục Xây dựng Nông trại"]
    assert found.found[0].abbreviation == "TCXDNT"
    assert surfaces(found, "Tổng cục Xây dựng Nông trại")[1:] == [("TCXDNT", "abbreviation")] * 3


@pytest.mark.parametrize("bracket", ["(sau đây gọi tắt là TCHC)", "(gọi tắt là TCHC)", "(viết tắt: TCHC)", "(TCHC)"])
def test_definitions_in_their_usual_wordings(bracket: str) -> None:
    found = read(f"Tổng cục Hậu cần {bracket} tổ chức hội nghị.")
    assert told(found) == ["Tổng cục Hậu cần"]
    assert found.found[0].abbreviation == "TCHC"


def test_a_unit_code_in_brackets_is_police() -> None:
    found = read("Bộ Công an giao Cục Ngoại tuyến (B12) chủ trì; B12 đã báo cáo.")
    it = one(found, "Cục Ngoại tuyến")
    assert (it.unit_code, it.sphere, it.parent) == ("B12", "police", "Bộ Công an")
    assert surfaces(found, "Cục Ngoại tuyến") == [
        ("Cục Ngoại tuyến", "name"),
        ("B12", "unit_code"),
        ("B12", "unit_code"),
    ]


def test_a_police_room_is_one_by_name_and_code() -> None:
    found = read("Phòng Cảnh sát kinh tế (PC03) Công an tỉnh Hà Nam vào cuộc.", "Phòng PC03 đã khởi tố.")
    assert told(found) == ["Phòng Cảnh sát kinh tế < Công an tỉnh Hà Nam", "Công an tỉnh Hà Nam"]


@pytest.mark.parametrize(
    "bracket", ["(Hà Nội)", "(năm 2020)", "(12/3)", "(ảnh)", "(KT)", "(Nghệ An)", "(thứ hai từ trái sang)"]
)
def test_other_brackets_say_nothing_of_the_organization(bracket: str) -> None:
    (it,) = read(f"Sư đoàn 968 {bracket} hành quân.").found
    assert (it.parent, it.abbreviation, it.unit_code) == (None, None, None)


# Bare heads


def test_a_bare_head_is_the_one_named_before() -> None:
    found = read("Bệnh viện Chợ Rẫy đón đoàn.", "Bệnh viện Bạch Mai dự.", "Giám đốc Bệnh viện phát biểu.")
    assert surfaces(found, "Bệnh viện Bạch Mai")[-1] == ("Bệnh viện", "alias")


def test_a_bare_head_in_lower_case_is_none_where_there_are_two() -> None:
    found = read("Bệnh viện Chợ Rẫy đón đoàn.", "Bệnh viện Bạch Mai dự.", "Tại bệnh viện, đoàn tặng quà.")
    assert [each.kind for each in found.mentions] == ["name", "name"]


def test_a_bare_head_in_lower_case_is_the_only_one_named() -> None:
    found = read("Bệnh viện Chợ Rẫy đón đoàn.", "Những kết quả bệnh viện đạt được.")
    assert surfaces(found, "Bệnh viện Chợ Rẫy")[-1] == ("bệnh viện", "alias")


def test_a_bare_head_may_come_before_its_only_name() -> None:
    found = read("Hội nghị Đảng ủy bệnh viện", "Đảng ủy Bệnh viện Quân y 7A họp.")
    assert told(found) == ["Đảng ủy Bệnh viện Quân y 7A < Bệnh viện Quân y 7A", "Bệnh viện Quân y 7A"]


@pytest.mark.parametrize(
    "facts",
    [
        {"agency_prefix": "QK2"},
        {"publisher": "Báo Quân khu 2"},
        {"publisher": "Bộ Tư lệnh Quân khu 2"},
        {"agency_prefix": "QK2 Online"},
    ],
)
def test_quan_khu_is_the_publishers_own(facts: dict[str, str]) -> None:
    found = read("Sáng nay, Đảng ủy Quân khu họp.", "Cục Hậu cần đề xuất.", **facts)
    assert told(found) == ["Đảng ủy Quân khu 2 < Quân khu 2", "Quân khu 2", "Cục Hậu cần < Quân khu 2"]
    assert {each.military_region for each in found.found} == {"2"}


def test_quan_khu_is_that_of_a_known_hospital() -> None:
    found = read("Bệnh viện Quân y 120 họp.", "Phó Chủ nhiệm Hậu cần Quân khu dự.")
    assert told(found) == ["Bệnh viện Quân y 120 < Quân khu 9", "Quân khu 9"]


def test_the_publishers_region_comes_before_a_guests() -> None:
    found = read("Quân khu 2 đón đoàn Quân khu 5.", "Tư lệnh Quân khu tiếp đoàn.", agency_prefix="QK2")
    assert surfaces(found, "Quân khu 2")[-1] == ("Quân khu", "alias")


def test_dang_uy_alone_is_the_only_one_named() -> None:
    found = read("Đảng ủy Sư đoàn 5 ra nghị quyết.", "Đảng ủy xác định ba khâu đột phá.")
    assert surfaces(found, "Đảng ủy Sư đoàn 5") == [("Đảng ủy Sư đoàn 5", "name"), ("Đảng ủy", "alias")]


def test_the_committee_of_an_unnamed_unit_stays_out() -> None:
    found = read("Đảng ủy Sư đoàn 5 họp.", "Ủy viên Thường vụ Đảng ủy, Phó Chủ nhiệm Hậu cần Quân khu 7 dự.")
    assert surfaces(found, "Đảng ủy Sư đoàn 5") == [("Đảng ủy Sư đoàn 5", "name")]


# One for all variants


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Bệnh viện 19-8 họp.", "Bệnh viện 19.8 và Bệnh viện 19/8."], ["Bệnh viện 19-8"]),
        (["Tổng cục Hậu cần - Kỹ thuật.", "Tổng cục Hậu cần-Kỹ thuật; TCHC-KT."], ["Tổng cục Hậu cần - Kỹ thuật"]),
        (["Hội Phụ nữ Quân khu 4.", "Hội phụ nữ Quân khu 4."], ["Hội Phụ nữ Quân khu 4 < Quân khu 4", "Quân khu 4"]),
        (["Đảng ủy Khối.", "Đảng uỷ Khối doanh nghiệp."], None),
        (["Trung tâm Kiểm soát bệnh tật tỉnh Bắc Giang (CDC Bắc Giang)."], ["Trung tâm Kiểm soát bệnh tật tỉnh Bắc Giang"]),
        (["Sở Y tế Nghệ An.", "Sở Y tế tỉnh Nghệ An."], ["Sở Y tế tỉnh Nghệ An"]),
        (["CỤC QUÂN Y TỔ CHỨC HỘI NGHỊ TỔNG KẾT", "Cục Quân y họp."], ["Cục Quân y"]),
        (["Cục Quân Y Tổ Chức Hội Nghị Về Công Tác Của Ngành", "Cục Quân y họp."], ["Cục Quân y"]),
        (
            ["BỆNH VIỆN PHỔI NHƯ XUÂN KHÁM BỆNH", "Bệnh viện Phổi Như Xuân khám bệnh."],
            ["Bệnh viện Phổi Như Xuân"],
        ),
        (["BỘ TƯ LỆNH QUÂN KHU 7 KIỂM TRA SƯ ĐOÀN 96"], ["Bộ Tư lệnh Quân khu 7 < Quân khu 7", "Quân khu 7", "Sư đoàn 96"]),
        (["CÔNG AN TỈNH NGHỆ AN KHAI GIẢNG LỚP HUẤN LUYỆN"], ["Công an tỉnh Nghệ An"]),
        (["UBND TỈNH LÀO CAI LÀM VIỆC VỚI BỘ CHQS TỈNH"], ["Ủy ban nhân dân tỉnh Lào Cai", "Bộ Chỉ huy quân sự tỉnh Lào Cai"]),
        (
            ["Phòng Tham mưu Sư đoàn 5 nhận cờ.", "Phòng Tham mưu Sư đoàn 9 nhận bằng khen."],
            ["Phòng Tham mưu < Sư đoàn 5", "Sư đoàn 5", "Phòng Tham mưu < Sư đoàn 9", "Sư đoàn 9"],
        ),
        (["Phòng Quân y họp.", "Phòng Quân y Sư đoàn 9 họp."], ["Phòng Quân y < Sư đoàn 9", "Sư đoàn 9"]),
    ],
)  # fmt: skip
def test_variants_are_one_organization(lines: list[str], names: list[str] | None) -> None:
    if names is not None:
        assert told(read(*lines)) == names


# Kinds, spheres, regions


@pytest.mark.parametrize(
    ("text", "kind", "sphere", "region"),
    [
        ("Quân khu 7", "military region", "army", "7"),
        ("Bộ CHQS tỉnh Nghệ An", "command", "army", "4"),
        ("Bệnh viện Quân y 175", "hospital", "army", None),
        ("Bệnh viện Bạch Mai", "hospital", "health", None),
        ("Bệnh viện 199", "hospital", "police", None),
        ("Công an tỉnh Nghệ An", "police", "police", None),
        ("Phòng Cảnh sát giao thông", "office", "police", None),
        ("UBND tỉnh Lào Cai", "government", "state", None),
        ("Tỉnh ủy Sơn La", "party", "party", None),
        ("Hội Cựu chiến binh tỉnh Sơn La", "mass", "mass", None),
        ("Công ty TNHH MTV 20", "enterprise", None, None),
        ("Đại đội 2", "company", "army", None),
        ("Cụm thi đua số 9", "emulation", None, None),
        ("Đồn Biên phòng Lao Bảo", "post", "army", None),
    ],
)
def test_kind_sphere_and_region(text: str, kind: str, sphere: str | None, region: str | None) -> None:
    (it,) = read(f"Sáng nay, {text} tổ chức hội nghị.").found
    assert (it.kind, it.sphere, it.military_region) == (kind, sphere, region)


# Mentions


def test_the_mention_spans_the_owner_and_the_owner_has_its_own() -> None:
    found = read("Về Cục Hậu cần Quân khu 7 công tác.")
    assert [each.surface for each in found.mentions] == ["Cục Hậu cần Quân khu 7", "Quân khu 7"]


def test_a_post_gives_the_words_of_the_field() -> None:
    assert [each.surface for each in read("Cục trưởng Y tế dự; Trưởng phòng Quân y dự.").mentions] == [
        "Y tế",
        "phòng Quân y",
    ]


def test_bylines_are_left_out() -> None:
    line = TextLine(3, "byline", "Tin, ảnh: Báo Quân khu 2")
    assert find_organizations(BulletinText((line,))) == Organizations()


def test_a_small_bulletin() -> None:
    found = read(
        "SƯ ĐOÀN 968 TỔNG KẾT CÔNG TÁC NĂM 2023",
        "Sáng 12/12, Sư đoàn 968 (Quân khu 4) tổ chức hội nghị. Dự có Đại tá Lê Văn Vỹ, Phó Chính ủy Quân khu; đại diện"
        " các phòng Chính trị, Hậu cần; Bộ CHQS tỉnh Quảng Trị, UBND TP Đông Hà và Bệnh viện Quân y 268 (BVQY 268).",
        "Đảng ủy, chỉ huy Sư đoàn lãnh đạo toàn diện; Trung đoàn 19, Trung đoàn 176 dẫn đầu phong trào thi đua.",
        "Đại tá Trần Thanh Bình, Bí thư Đảng ủy, Chính ủy Sư đoàn kết luận.",
        publisher="Báo Quân khu 4",
    )
    assert told(found) == [
        "Sư đoàn 968 < Quân khu 4", "Quân khu 4", "Phòng Chính trị", "Phòng Hậu cần",
        "Bộ Chỉ huy quân sự tỉnh Quảng Trị", "Ủy ban nhân dân thành phố Đông Hà", "Bệnh viện Quân y 268 < Quân khu 4",
        "Đảng ủy Sư đoàn 968 < Sư đoàn 968", "Trung đoàn 19", "Trung đoàn 176",
    ]  # fmt: skip
    assert one(found, "Bộ Chỉ huy quân sự tỉnh Quảng Trị").military_region == "4"


# Any text

_PIECES = st.sampled_from(
    ["Đảng ủy, ", "Bệnh viện ", "Quân khu ", "Quân khu 7 ", "Cục Hậu cần ", "(", ") ", "TCHC ", "thuộc ", ", ", "và ", "các ", "Trường ", "Nguyễn ", "5 ", "19-8 ", "tỉnh ", "Nghệ An ", "UBND ", "CỤC QUÂN Y ", "H06 ", "trưởng ", "Phòng PC07 ", ": ", "- ", "Hoà ", "\xa0", "\n", "Uỷ ban nhân dân ", "Khoa Nội ", "Chính ủy ", "QK2 "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map("".join))


@settings(deadline=None, max_examples=80)
@given(st.lists(TEXTS, max_size=3), st.text(max_size=12), st.text(max_size=20))
def test_mentions_quote_the_text_and_parents_are_listed(lines: list[str], prefix: str, publisher: str) -> None:
    found = read(*lines, agency_prefix=prefix, publisher=publisher)
    for each in found.mentions:
        assert each.surface == lines[each.line_no][each.start : each.end] != ""
    names = {each.name for each in found.found}
    assert all(each.parent is None or each.parent in names for each in found.found)
    assert {each.index for each in found.mentions} == set(range(len(found.found)))
    assert list(found.mentions) == sorted(found.mentions, key=lambda each: (each.line_no, each.start, -each.end))


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_spelling_of_the_text_changes_nothing(text: str) -> None:
    plain = unicodedata.normalize("NFC", text)
    expected = told(read(plain))
    assert told(read(unicodedata.normalize("NFD", plain))) == expected
    assert told(read(plain.replace(" ", "\u00a0"))) == expected
    assert told(read(plain + "  ")) == expected


@pytest.mark.parametrize(
    "piece", ["Đảng ủy, ", "Bệnh viện ", "Trung tâm Sơ sinh và ", "Sở Y tế ", "Quỹ Vì ", "Cục X (A05, ", "Cục Hậu cần ", "(TCHC) ", "Sư đoàn 1, 2, ", "CỤC ", "tỉnh ", "Cục A B C ", "UBND tỉnh "]
)  # fmt: skip
def test_a_long_hostile_line_takes_time_in_proportion(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(320_000) < 24 * max(seconds(40_000), 0.03)  # eight times the text; in the square it would be 64

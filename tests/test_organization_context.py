"""What only the bulletin tells of an organization: the province, the house, the unit that a bare name belongs to."""

from __future__ import annotations

import pytest

from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.organizations import find_organizations
from tests.test_organizations import told


def read(publisher: str, title: str, *lines: str) -> list[str]:
    places = (TextLine(0, "title", title), *(TextLine(n, "body", text) for n, text in enumerate(lines, 1)))
    return told(find_organizations(BulletinText(places, publisher=publisher)))


# Places


@pytest.mark.parametrize(
    ("publisher", "title", "line", "name"),
    [
        ("Công an tỉnh Hà Tĩnh", "Ra quân", "UBND tỉnh họp.", "Ủy ban nhân dân tỉnh Hà Tĩnh"),
        ("Công an tỉnh Hà Tĩnh", "Ra quân", "Sở Y tế họp.", "Sở Y tế Hà Tĩnh"),
        ("Sở Y tế tỉnh Đắk Lắk", "Kiểm tra", "Sở Y tế họp.", "Sở Y tế tỉnh Đắk Lắk"),
        ("Sở Y tế Thành phố Hồ Chí Minh", "Họp", "Sở Nội vụ dự.", "Sở Nội vụ Thành phố Hồ Chí Minh"),
        ("Báo Quân khu 1", "Bắc Kạn: 780 thanh niên lên đường", "Tỉnh ủy gặp mặt.", "Tỉnh ủy Bắc Kạn"),
        ("Báo Quân khu 4", "Diễn tập ở huyện Con Cuông (Nghệ An)", "Bộ CHQS tỉnh dự.", "Bộ Chỉ huy quân sự tỉnh Nghệ An"),
        ("Báo Quân khu 4", "Diễn tập", "Tại huyện Con Cuông, Công an huyện bảo vệ.", "Công an huyện Con Cuông"),
        ("Báo Quân khu 1", "Giao quân ở huyện Ba Bể", "Chủ tịch UBND huyện Triệu Đình Lâm đọc.", "Ủy ban nhân dân huyện Ba Bể"),
        ("Báo", "Ngày hội ở xã Pa Thơm", "Đảng ủy xã củng cố.", "Đảng ủy xã Pa Thơm"),
        ("Cổng thông tin huyện Đà Bắc", "Họp", "Hội Nông dân huyện tập huấn.", "Hội Nông dân huyện Đà Bắc"),
        ("Công an tỉnh Hà Tĩnh", "Họp", "Tỉnh đoàn tuyên truyền.", "Tỉnh đoàn Hà Tĩnh"),
    ],
)  # fmt: skip
def test_a_bare_place_is_the_one_spoken_of(publisher: str, title: str, line: str, name: str) -> None:
    assert name in read(publisher, title, line)


@pytest.mark.parametrize(
    ("publisher", "lines"),
    [
        ("Bộ Y tế", ("Nhiều đại biểu dự.", "Tỉnh Đắk Nông báo cáo.", "Các Sở tham mưu UBND tỉnh ban hành kế hoạch.")),
        ("Bộ Y tế", ("Sở Y tế 63 tỉnh, thành phố dự.",)),
        ("Báo", ("Tỉnh Nghệ An và tỉnh Hà Tĩnh báo cáo.", "UBND tỉnh ban hành kế hoạch.")),
        ("Báo", ("63/63 Sở Y tế báo cáo tại Sơn La.",)),
    ],
)
def test_of_several_places_none_is_meant(publisher: str, lines: tuple[str, ...]) -> None:
    assert [name for name in read(publisher, "Hội nghị", *lines) if name not in {"Bộ Y tế"}] == []


def test_a_town_is_not_its_province() -> None:
    names = read("", "Bắt giữ", "Công an tỉnh Thanh Hóa và Công an thành phố Thanh Hóa phối hợp; Công an tỉnh chủ trì.")
    assert names == ["Công an tỉnh Thanh Hóa", "Công an thành phố Thanh Hóa"]


def test_a_list_of_provinces_is_not_the_one_spoken_of() -> None:
    names = read("", "Đại hội Đảng bộ tỉnh Yên Bái", "Tỉnh ủy các tỉnh Lào Cai, Phú Thọ dự.", "Tỉnh ủy kết luận.")
    assert names == ["Đảng bộ tỉnh Yên Bái", "Tỉnh ủy Lào Cai", "Tỉnh ủy Phú Thọ", "Tỉnh ủy Yên Bái"]


# Owners


@pytest.mark.parametrize(
    ("publisher", "title", "line", "name"),
    [
        ("Bệnh viện Bạch Mai", "Bệnh viện Bạch Mai họp", "Trưởng khoa Nhi dự.", "Khoa Nhi < Bệnh viện Bạch Mai"),
        ("Bệnh viện Bạch Mai", "Bệnh viện Bạch Mai họp", "Phòng Điều dưỡng dự.", "Phòng Điều dưỡng < Bệnh viện Bạch Mai"),
        (
            "Bệnh viện Bạch Mai", "Bệnh viện Bạch Mai họp",
            "Về phía Bệnh viện Đa khoa tỉnh Hà Giang có bác sĩ Lò A, Trưởng khoa Nhi.",
            "Khoa Nhi < Bệnh viện Đa khoa tỉnh Hà Giang",
        ),
        ("Báo", "Khám bệnh", "Bệnh viện Quân y 121 khám bệnh. Khoa Nội tim mạch siêu âm.", "Khoa Nội tim mạch < Bệnh viện Quân y 121"),
        ("Công an tỉnh Hà Nam", "Công an tỉnh Hà Nam họp", "Phòng Tham mưu dự.", "Phòng Tham mưu < Công an tỉnh Hà Nam"),
        ("Bộ Nội vụ", "Bộ Nội vụ họp", "Vụ Pháp chế dự.", "Vụ Pháp chế < Bộ Nội vụ"),
        ("Báo", "Kiểm tra Lữ đoàn 249", "Nhà xe của Tiểu đoàn 1 xuống cấp.", "Tiểu đoàn 1 < Lữ đoàn 249"),
        ("Báo", "Hội thi", "Ở bếp của Sư đoàn 5, chị Lan, nhân viên Tiểu đoàn 1, Trung đoàn 4 nấu.", "Trung đoàn 4 < Sư đoàn 5"),
        ("Bệnh viện Bạch Mai", "Họp", "Chủ tịch Công đoàn dự.", "Công đoàn Bệnh viện Bạch Mai"),
        ("Trường Đại học Vinh", "Trường Đại học Vinh khai giảng", "Bí thư Đoàn trường dự.", "Đoàn Trường Đại học Vinh < Trường Đại học Vinh"),
        ("Báo", "Họp", "Cục Hậu cần (H07) họp. Trưởng phòng Tham mưu H07 dự.", "Phòng Tham mưu < Cục Hậu cần"),
        ("Báo", "Họp", "Cục An ninh mạng (A05, Bộ Công an) họp.", "Cục An ninh mạng < Bộ Công an"),
    ],
)  # fmt: skip
def test_a_part_belongs_to_the_house(publisher: str, title: str, line: str, name: str) -> None:
    assert name in read(publisher, title, line)


@pytest.mark.parametrize(
    ("publisher", "title", "line", "name"),
    [
        ("Báo", "Hội nghị", "Bệnh viện Bạch Mai họp. Dự có Đại tá Lê A, Trưởng phòng Tham mưu.", "Phòng Tham mưu"),
        ("Báo", "Hội nghị", "Bệnh viện Bạch Mai, Bệnh viện Việt Đức dự.", "Bệnh viện Việt Đức"),
        ("Báo", "Hội thao", "Dự có Lữ đoàn 161, Trung tâm Bảo đảm kỹ thuật 351, Tiểu đoàn 355.", "Tiểu đoàn 355"),
        ("Báo", "Khách thăm", "Đoàn thăm Trường Sĩ quan Lục quân 1, Trung tâm Nhiệt đới Việt - Nga.", "Trung tâm Nhiệt đới Việt - Nga"),
        ("Bệnh viện Bạch Mai", "Hợp tác", "Trung tâm Điều phối quốc gia về ghép bộ phận cơ thể người dự.", "Trung tâm Điều phối quốc gia về ghép bộ phận cơ thể người"),
        ("Báo", "Khám bệnh", "Bệnh viện 199 và Bệnh viện Việt Đức khám bệnh.", "Bệnh viện Việt Đức"),
        ("Báo", "Gặp mặt", "Tại Trường Tiểu học Kim Đồng, ông Tám, cựu chiến sĩ Tiểu đoàn 514, kể.", "Tiểu đoàn 514"),
    ],
)  # fmt: skip
def test_where_two_could_be_meant_no_owner_is_given(publisher: str, title: str, line: str, name: str) -> None:
    assert name in read(publisher, title, line)


def test_an_owner_of_a_list_is_that_of_all() -> None:
    assert read("", "Hội quân", "Sư đoàn 9, Lữ đoàn 25 và Lữ đoàn 26 của Quân khu 8 dự.") == [
        "Sư đoàn 9 < Quân khu 8", "Lữ đoàn 25 < Quân khu 8", "Lữ đoàn 26 < Quân khu 8", "Quân khu 8",
    ]  # fmt: skip


# One for all variants


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Lữ đoàn 214 bắn đạn thật.", "Lữ đoàn Phòng không 214 đạt giỏi."), ["Lữ đoàn Phòng không 214"]),
        (("Sở Y tế Hà Tĩnh dự.", "Giám đốc Sở Y tế tặng Giấy khen."), ["Sở Y tế Hà Tĩnh"]),
        (("Ban Chỉ đạo 138 tỉnh Sơn La họp.", "Thành viên Ban Chỉ đạo 138 dự."), ["Ban Chỉ đạo 138 tỉnh Sơn La"]),
        (
            ("Phòng Cảnh sát giao thông Công an tỉnh Lai Châu ra quân.", "Phòng PC08 xử lý."),
            ["Phòng Cảnh sát giao thông < Công an tỉnh Lai Châu", "Công an tỉnh Lai Châu"],
        ),
        (("Công ty Cổ phần Dược Sông Lam (Solapharma) họp.", "Solapharma tặng quà."), ["Công ty cổ phần Dược Sông Lam"]),
        (("BỆNH VIỆN ĐA KHOA TỈNH PHÚ THỌ MỔ TIM", "Bệnh viện Đa khoa tỉnh Phú Thọ mổ tim."), ["Bệnh viện Đa khoa tỉnh Phú Thọ"]),
        (
            ("ĐẢNG BỘ TRƯỜNG CAO ĐẲNG Y TẾ VĨNH TRÀ ĐẠI HỘI", "Đảng bộ Trường Cao đẳng Y tế Vĩnh Trà đại hội."),
            ["Đảng bộ Trường Cao đẳng Y tế Vĩnh Trà < Trường Cao đẳng Y tế Vĩnh Trà", "Trường Cao đẳng Y tế Vĩnh Trà"],
        ),
        (("LỮ ĐOÀN 572 BÀN GIAO CHỨC VỤ CHÍNH ỦY",), ["Lữ đoàn 572"]),
        (("Ngân hàng TMCP Đại Phú họp.", "Ngân hàng Đại Phú tặng quà."), ["Ngân hàng Thương mại cổ phần Đại Phú"]),
        (
            ("Ngân hàng TMCP Sông Lam (SongLamBank) họp.", "Phó Tổng Giám đốc SongLamBank dự."),
            ["Ngân hàng Thương mại cổ phần Sông Lam"],
        ),
        (("Công ty TNHH Sao Khuê họp.", "Công ty Cổ phần Sao Khuê dự."), ["Công ty trách nhiệm hữu hạn Sao Khuê", "Công ty cổ phần Sao Khuê"]),
    ],
)  # fmt: skip
def test_short_and_long_names_are_one(lines: tuple[str, ...], names: list[str]) -> None:
    assert read("", *lines) == names

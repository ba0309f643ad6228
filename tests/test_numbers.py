"""Quantities: what is read of a number, and above all what is no quantity."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.mentions import Quantity
from pipelines.normalize.numbers import find_quantities


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


def told(text: str) -> list[tuple[object, ...]]:
    return [(q.value, q.value_max, q.unit, q.counts, q.qualifier) for q in find_quantities(text)]


# The reference table: the whole text is the quantity.
REFERENCE = [
    ("98,5%", 98.5, None, "percent", "", "eq"),
    ("trên 98,5%", 98.5, None, "percent", "", "gt"),
    ("0,03%", 0.03, None, "percent", "", "eq"),
    ("100%", 100, None, "percent", "", "eq"),
    ("tăng 12,5%", 12.5, None, "percent", "", "change_up"),
    ("giảm 3,2%", -3.2, None, "percent", "", "change_down"),
    ("1.250", 1250, None, "", "", "eq"),
    ("1.234.567", 1234567, None, "", "", "eq"),
    ("1 000 000 đồng", 1000000, None, "VND", "", "eq"),
    ("25.000 đồng", 25000, None, "VND", "", "eq"),
    ("1,5 tỷ đồng", 1500000000, None, "VND", "", "eq"),
    ("1,2 tỉ đồng", 1200000000, None, "VND", "", "eq"),
    ("120 triệu đồng", 120000000, None, "VND", "", "eq"),
    ("2 tỷ rưỡi", 2500000000, None, "", "", "eq"),
    ("1,5 triệu USD", 1500000, None, "USD", "", "eq"),
    ("1.5 triệu", 1500000, None, "", "", "eq"),
    ("15 ngàn người", 15000, None, "người", "người", "eq"),
    ("gần 2.000 lượt", 2000, None, "lượt", "lượt", "lt"),
    ("khoảng 500 suất quà", 500, None, "suất", "suất quà", "approx"),
    ("30.000 lượt người", 30000, None, "lượt", "lượt người", "eq"),
    ("26 tập thể", 26, None, "tập thể", "tập thể", "eq"),
    ("28 cá nhân", 28, None, "cá nhân", "cá nhân", "eq"),
    ("13 chỉ tiêu", 13, None, "chỉ tiêu", "chỉ tiêu", "eq"),
    ("260 giường", 260, None, "giường", "giường bệnh", "eq"),
    ("224 lượt xem", 224, None, "view", "lượt xem", "eq"),
    ("hai tập thể", 2, None, "tập thể", "tập thể", "eq"),
    ("hai mươi mốt", 21, None, "", "", "eq"),
    ("hai mươi tư", 24, None, "", "", "eq"),
    ("một trăm linh năm", 105, None, "", "", "eq"),
    ("2 vạn", 20000, None, "", "", "eq"),
    ("hàng chục tập thể", 10, None, "tập thể", "tập thể", "vague"),
    ("một nửa", 0.5, None, "ratio", "", "eq"),
    ("9/10 tiêu chí", 9, 10, "tiêu chí", "tiêu chí", "of"),
    ("gấp 2 lần", 2, None, "times", "", "multiplier"),
    ("1.500 m3", 1500, None, "m3", "", "eq"),
    ("2,5 ha", 2.5, None, "ha", "", "eq"),
    ("3 tạ", 300, None, "kg", "", "eq"),
    ("lần thứ tư", 4, None, "ordinal", "", "eq"),
    ("1,250 người", 1250, None, "người", "người", "eq"),
]


@pytest.mark.parametrize(("text", "value", "most", "unit", "counts", "qualifier"), REFERENCE)
def test_the_reference_forms_are_read_whole(text, value, most, unit, counts, qualifier):
    assert find_quantities(text) == [Quantity(value, most, unit, counts, qualifier, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "surface", "value", "most", "unit", "counts", "qualifier"),
    [
        # more, less, about
        ("với hơn 300 cán bộ, chiến sĩ tham gia", "hơn 300 cán bộ, chiến sĩ", 300, None, "cán bộ, chiến sĩ", "cán bộ, chiến sĩ", "gt"),
        ("có ít nhất 5 đồng chí dự", "ít nhất 5 đồng chí", 5, None, "đồng chí", "đồng chí", "gt"),
        ("tối đa 30 học viên", "tối đa 30 học viên", 30, None, "học viên", "học viên", "lt"),
        ("không quá 500 triệu đồng/mô hình", "không quá 500 triệu đồng", 500e6, None, "VND", "", "lt"),
        ("kinh phí ước tính 1,2 tỷ đồng", "ước tính 1,2 tỷ đồng", 1.2e9, None, "VND", "", "approx"),
        ("ước đạt trên 40 tỷ đồng", "ước đạt trên 40 tỷ đồng", 40e9, None, "VND", "", "gt"),
        ("từ 18 tuổi trở lên", "18 tuổi trở lên", 18, None, "tuổi", "tuổi", "gt"),
        ("dưới 3% hộ nghèo", "dưới 3%", 3, None, "percent", "", "lt"),
        ("trên 3 lĩnh vực công tác", "3 lĩnh vực", 3, None, "lĩnh vực", "lĩnh vực", "eq"),
        ("hơn trăm hộ dân", "hơn trăm hộ dân", 100, None, "hộ dân", "hộ dân", "gt"),
        # changes
        ("số vụ giảm 3 vụ so với năm trước", "giảm 3 vụ", -3, None, "vụ", "vụ", "change_down"),
        ("tăng khoảng 5% so với", "tăng khoảng 5%", 5, None, "percent", "", "change_up"),
        ("tăng 10-15%", "tăng 10-15%", 10, 15, "percent", "", "change_up"),
        ("giảm từ 5 đến 7%", "giảm từ 5 đến 7%", -7, -5, "percent", "", "change_down"),
        ("thu ngân sách vượt 15% kế hoạch", "vượt 15%", 15, None, "percent", "", "change_up"),
        ("vượt 120% chỉ tiêu", "vượt 120%", 120, None, "percent", "", "gt"),
        ("đạt và vượt 7 chỉ tiêu", "7 chỉ tiêu", 7, None, "chỉ tiêu", "chỉ tiêu", "eq"),
        ("cao hơn 2,5% so với cùng kỳ", "cao hơn 2,5%", 2.5, None, "percent", "", "change_up"),
        ("giảm còn 4,8% một năm", "4,8%", 4.8, None, "percent", "", "eq"),
        ("chi phí giảm hơn một nửa", "giảm hơn một nửa", -0.5, None, "ratio", "", "change_down"),
        ("lãi suất (-0,5%)", "-0,5%", -0.5, None, "percent", "", "change_down"),
        # ranges
        ("từ 5 đến 7 triệu đồng", "từ 5 đến 7 triệu đồng", 5e6, 7e6, "VND", "", "range"),
        ("từ 500 nghìn đến 1 triệu đồng", "từ 500 nghìn đến 1 triệu đồng", 5e5, 1e6, "VND", "", "range"),
        ("diện tích 3 – 5 ha", "3 – 5 ha", 3, 5, "ha", "", "range"),
        ("mỗi lớp 25-30 học viên", "25-30 học viên", 25, 30, "học viên", "học viên", "range"),
        ("từ 300.000 đến 500.000 đồng", "từ 300.000 đến 500.000 đồng", 3e5, 5e5, "VND", "", "range"),
        ("đạt 5% - 7% mỗi năm", "5% - 7%", 5, 7, "percent", "", "range"),
        ("năng suất 6,5-7 tấn/ha", "6,5-7 tấn/ha", 6500, 7000, "kg/ha", "", "range"),
        # times, shares
        ("cao gấp đôi năm trước", "gấp đôi", 2, None, "times", "", "multiplier"),
        ("tăng gấp rưỡi", "gấp rưỡi", 1.5, None, "times", "", "multiplier"),
        ("gấp hơn 3 lần so với năm 2022", "gấp hơn 3 lần", 3, None, "times", "", "multiplier"),
        ("gấp ba lần", "gấp ba lần", 3, None, "times", "", "multiplier"),
        ("bằng 1,5 lần cùng kỳ", "1,5 lần", 1.5, None, "times", "", "multiplier"),
        ("đã 30 lần hiến máu", "30 lần", 30, None, "lần", "lần", "eq"),
        ("một phần ba quân số", "một phần ba", 1 / 3, None, "ratio", "", "eq"),
        ("hơn 2/3 dân số", "hơn 2/3", 2 / 3, None, "ratio", "", "gt"),
        ("đạt 15/15 xã", "15/15 xã", 15, 15, "xã", "xã", "of"),
        ("bầu với 2.345/2.400 đảng viên", "2.345/2.400 đảng viên", 2345, 2400, "đảng viên", "đảng viên", "of"),
        ("được 91 trên 96 hộ đồng ý", "91 trên 96 hộ", 91, 96, "hộ", "hộ", "of"),
        ("quá nửa số phiếu", "quá nửa", 0.5, None, "ratio", "", "gt"),
        # money, measures
        ("3 tỷ 500 triệu đồng", "3 tỷ 500 triệu đồng", 3.5e9, None, "VND", "", "eq"),
        ("hơn 5 nghìn tỷ đồng", "hơn 5 nghìn tỷ đồng", 5e12, None, "VND", "", "gt"),
        ("trị giá 500.000đ", "500.000đ", 5e5, None, "VND", "", "eq"),
        ("250,000 VNĐ", "250,000 VNĐ", 25e4, None, "VND", "", "eq"),
        ("20 nghìn đô la Mỹ", "20 nghìn đô la Mỹ", 2e4, None, "USD", "", "eq"),
        ("hai triệu ba trăm nghìn đồng", "hai triệu ba trăm nghìn đồng", 2.3e6, None, "VND", "", "eq"),
        ("nửa triệu đồng", "nửa triệu đồng", 5e5, None, "VND", "", "eq"),
        ("thu 15 kg ma túy tổng hợp", "15 kg ma túy tổng hợp", 15, None, "kg", "ma túy tổng hợp", "eq"),
        ("trao hai tấn rưỡi gạo", "hai tấn rưỡi gạo", 2500, None, "kg", "gạo", "eq"),
        ("trồng 300 héc-ta rừng", "300 héc-ta rừng", 300, None, "ha", "rừng", "eq"),
        ("cách bờ 38 hải lý", "38 hải lý", 38, None, "nmi", "", "eq"),
        ("đường dài 42km", "42km", 42, None, "km", "", "eq"),
        ("nhà rộng 48 mét vuông", "48 mét vuông", 48, None, "m2", "", "eq"),
        ("chiếm mười phần trăm", "mười phần trăm", 10, None, "percent", "", "eq"),
        # words
        ("hai nghìn ba trăm người", "hai nghìn ba trăm người", 2300, None, "người", "người", "eq"),
        ("có mười lăm đồng chí", "mười lăm đồng chí", 15, None, "đồng chí", "đồng chí", "eq"),
        ("hai mươi nhăm hộ", "hai mươi nhăm hộ", 25, None, "hộ", "hộ", "eq"),
        ("có năm đồng chí", "năm đồng chí", 5, None, "đồng chí", "đồng chí", "eq"),
        ("hai nghìn năm trăm cây xanh", "hai nghìn năm trăm cây xanh", 2500, None, "cây xanh", "cây xanh", "eq"),
        ("bẩy bệnh nhân", "bẩy bệnh nhân", 7, None, "bệnh nhân", "bệnh nhân", "eq"),
        # vague
        ("vài chục hộ dân", "vài chục hộ dân", 20, None, "hộ dân", "hộ dân", "vague"),
        ("hàng nghìn tấn hàng hóa", "hàng nghìn tấn hàng hóa", 1e6, None, "kg", "hàng hóa", "vague"),
        ("lên tới hàng chục tỷ đồng", "hàng chục tỷ đồng", 1e10, None, "VND", "", "vague"),
        # counted
        ("lập 15 chốt dân quân tại cửa khẩu", "15 chốt dân quân", 15, None, "chốt", "chốt dân quân", "eq"),
        ("gồm 07 đơn vị: Cục Y tế (H06)", "07 đơn vị", 7, None, "đơn vị", "đơn vị", "eq"),
        ("tặng 20 suất quà cho các cháu", "20 suất quà", 20, None, "suất", "suất quà", "eq"),
        ("xảy ra 19 vụ tai nạn giao thông, làm", "19 vụ tai nạn giao thông", 19, None, "vụ", "vụ tai nạn giao thông", "eq"),
        ("xây 3 bể bơi cho học sinh", "3 bể bơi", 3, None, "bể", "bể bơi", "eq"),
        ("- Xây 3 sân khấu cho xã", "3 sân khấu", 3, None, "sân khấu", "sân khấu", "eq"),
        ("thu 28 tang chứng tại nhà", "28 tang chứng", 28, None, "tang chứng", "tang chứng", "eq"),
        ("giúp 1.200 ngày công", "1.200 ngày công", 1200, None, "ngày công", "ngày công", "eq"),
        ("12 tỉnh, thành phố phía Nam", "12 tỉnh, thành phố", 12, None, "tỉnh, thành phố", "tỉnh, thành phố", "eq"),
        ("chia tổ, mỗi tổ 3 người", "3 người", 3, None, "người", "người", "eq"),
        ("tổng số 15 đ/c", "15 đ/c", 15, None, "đ/c", "đ/c", "eq"),
        ("tặng Trường Sa 15 tủ sách", "15 tủ sách", 15, None, "tủ sách", "tủ sách", "eq"),
        ("Đảng uỷ tặng 5 Bằng khen", "5 Bằng khen", 5, None, "Bằng khen", "Bằng khen", "eq"),
        ("cấp 20 suất học bổng toàn phần", "20 suất học bổng", 20, None, "suất", "suất học bổng", "eq"),
        ("quy tập 17 hài cốt liệt sĩ", "17 hài cốt liệt sĩ", 17, None, "hài cốt liệt sĩ", "hài cốt liệt sĩ", "eq"),
        ("sau 9 hoà giải viên cơ sở", "9 hoà giải viên", 9, None, "hòa giải viên", "hoà giải viên", "eq"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_with_its_qualifier_and_what_it_counts(text, surface, value, most, unit, counts, qualifier):
    quantity = only(text)
    assert text[quantity.start : quantity.end] == surface
    assert told(text) == [
        (pytest.approx(value), most if most is None else pytest.approx(most), unit, counts, qualifier)
    ]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("tăng từ 5% lên 7%", ["5%", "7%"]),
        ("3 tập thể, 3 cá nhân", ["3 tập thể", "3 cá nhân"]),
        ("khen thưởng 3 thể, 3 cá nhân", ["3 cá nhân"]),
        ("cho một tập thể và hai cá nhân", ["một tập thể", "hai cá nhân"]),
        ("giảm 3 vụ (15%)", ["giảm 3 vụ", "15%"]),
        ("hai đồng chí, một bệnh nhân", ["hai đồng chí", "một bệnh nhân"]),
        ("Tiểu đoàn 4 tổ chức 2 đợt hiến máu với 500 cán bộ", ["2 đợt", "500 cán bộ"]),
        ("trong 10 năm thực hiện Nghị quyết 623, có 26 tập thể và 28 cá nhân", ["26 tập thể", "28 cá nhân"]),
        ("thu hút 40 đoàn viên13/09/2019", ["40 đoàn viên"]),
        ("đã cứu 8 tàu/56 ngư dân", ["8 tàu", "56 ngư dân"]),
        ("bắt 5 đối tượng, thu 2 kg heroin, 3 khẩu súng", ["5 đối tượng", "2 kg heroin", "3 khẩu súng"]),
    ],
)
def test_several_quantities_are_told_apart(text, surfaces):
    assert [text[q.start : q.end] for q in find_quantities(text)] == surfaces


def test_a_percentage_in_brackets_goes_the_way_of_the_change_before_it():
    assert [q.value for q in find_quantities("giảm 3 vụ (15%)")] == [-3, -15]


@pytest.mark.parametrize(
    "text",
    [
        # names and designations
        "Công nghiệp 4.0", "Bệnh viện 199", "Nghị quyết 623", "COVID-19", "Cục Y tế (H06)", "Quân khu 7 đã", "Sư đoàn 309 tổ chức lễ",
        "Cụm thi đua số 9", "Trường Sa - DK1", "K9", "Tiểu đoàn 4, 5 và 6 tổ chức", "Phòng 5", "Khoa A12", "Trung tâm Huấn luyện 25",
        "Tiểu đoàn Vận tải 5 bao giờ cũng", "tàu Cảnh sát biển 8004 ghé thăm", "Ban Chỉ đạo 389 huyện", "tổ công tác 141", "Đoàn Kinh tế - Quốc phòng 718 khảo sát",
        "Cuộc vận động 50 giai đoạn 2021-2025", "phường 12, quận 3", "quốc lộ 1 qua", "pháo 105 mm", "Windows 11", "5G", "lớp 12",
        "Mái ấm 0 đồng", "gian hàng 0 đồng", "Hai Bà Trưng", "quận Ba Đình", "huyện Năm Căn", "đồng chí Bảy", "© 2024 Sở Y tế",
        # numbers of documents and lists
        "Điều 5", "khoản 2 Điều 15 Luật Thủ đô", "số 15", "Quyết định 147/2006/QĐ-TTg", "28-NQ/TW", "Kế hoạch 15 về", "mục 3", "1. Nội dung",
        # dates, times, durations
        "ngày 24/11/2023", "29/6", "8-7", "04-10-2018", "ngày 20/11 các thầy cô", "năm 2023", "các năm 2022, 2023 cán bộ", "6 năm qua",
        "15 giờ 30 phút", "15h20", "12:30", "trong hai tháng", "mười năm", "hai mươi năm", "thứ 3", "thứ hai", "tháng ba", "trong năm đơn vị",
        "giai đoạn 2013 – 2020", "nhiệm kỳ 2020-2025", "hàng trăm năm", "24/7", "thế kỷ 21", "quý 3", "24/24 giờ", "một tuần", "nửa tháng",
        # phones, addresses, scores
        "ĐT: 0912 345 678", "0912.345.678", "tỷ số 2-1", "thắng 3-1", "12 phố Tràng An", "50 đường Lê Lợi", "số 44 Trần Phú",
        # what could be two numbers, or none
        "1.25.000 đồng", "12,5,3%", "hai trăm ba", "hai triệu ba trăm", "100.00 đồng", "1,250 điểm", "1.50 người", "003 người", "1..250",
        "3 thể", "từ 900 đến 1 triệu đồng", "98,,5%", "2O người", "5-3 người", "10/9 xã",
        # articles, fixed phrases, slogans, counts of nobody
        "một số", "một trong những đơn vị", "một cách", "một đồng chí", "một đơn vị anh hùng", "hai bên đã trao đổi", "hai nước",
        "“Ba khâu đột phá”", '"3 nhất"', "ba mẹ", "vài người", "xóm ba, bốn người", "dăm ba người", "năm hai nghìn không trăm hai mươi ba", "hàng hóa", "hàng trăm, hàng nghìn",
        "4 tại chỗ", "năm học", "năm mới", "55 năm tuổi Đảng", "mấy đồng chí", "nửa đêm", "gấp rút", "mật độ 1.500 con/m2", "15", "2.5", "8,5", "tỷ lệ", "5 years", "Đại hội lần thứ 12",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_none(text):
    assert find_quantities(text) == []


def test_numbers_in_taken_spans_are_not_read():
    text = "có 15 xã và 3 tập thể"
    assert [q.value for q in find_quantities(text)] == [15, 3]
    assert [q.value for q in find_quantities(text, taken=[(3, 8)])] == [3]
    assert [q.value for q in find_quantities(text, taken=[(9, 40), (0, 3)])] == [15]
    assert find_quantities(text, taken=[(0, 22), (3, 5)]) == []  # a date within a document


@pytest.mark.parametrize("text", [row[0] for row in REFERENCE])
def test_spelling_of_the_characters_does_not_matter(text):
    expected = told(text)
    for other in (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0"), text + "  ", text.upper()):
        found = [(q.value, q.value_max, q.unit, q.qualifier) for q in find_quantities(other)]
        assert found == [(value, most, unit, qualifier) for value, most, unit, _, qualifier in expected]


PIECES = st.sampled_from(
    [
        "1",
        "5",
        "15",
        "1.250",
        "1,5",
        "9/10",
        "3-5",
        "trên",
        "hơn",
        "tăng",
        "giảm",
        "từ",
        "đến",
        "gấp",
        "lần",
        "một",
        "hai",
        "ba",
        "năm",
        "mươi",
        "trăm",
        "nghìn",
        "triệu",
        "tỷ",
        "rưỡi",
        "nửa",
        "phần",
        "%",
        "đồng",
        "kg",
        "tấn",
        "ha",
        "người",
        "cán",
        "bộ",
        "chiến",
        "sĩ",
        ",",
        ".",
        "(",
        ")",
        "“",
        "”",
        "và",
        "lượt",
        "suất",
        "quà",
        "Tiểu",
        "đoàn",
        "số",
        "ngày",
        "tháng",
        "hàng",
        "chục",
        "linh",
        "mốt",
        "tư",
        "\n",
        "/",
        "-",
        "đ/c",
        "hoà",
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=16).map(" ".join), st.lists(PIECES, max_size=16).map("".join)
    )
)
def test_any_text_gives_ordered_spans_and_the_same_for_all_spellings(text):
    found = find_quantities(text)
    end = 0
    for quantity in found:
        assert end <= quantity.start < quantity.end <= len(text)
        assert any(character.isalnum() for character in text[quantity.start : quantity.end])
        assert quantity.value_max is None or quantity.value_max >= quantity.value
        assert quantity.counts.strip() == quantity.counts
        end = quantity.end
    assert told(text + "  ") == told(text)
    composed = unicodedata.normalize("NFC", text)
    assert told(unicodedata.normalize("NFD", composed).replace(" ", "\u00a0")) == told(composed)


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1 111 ", "1/", "hai mươi ", "hàng trăm ", "5 đến ", "nghìn tỷ ", "(5%)", "a", " "]
)
def test_long_hostile_lines_are_read_in_a_time_that_grows_with_them(piece):
    text = piece * (200_000 // len(piece))
    spans = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    assert all(before[1] <= after[0] for before, after in pairwise([(0, 0), *spans, (len(text), len(text))]))

"""Official documents in running text: what names one, and what only looks like it."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.documents import find_documents
from pipelines.normalize.mentions import DocumentMention
from pipelines.reference import table


def named(text: str) -> list[tuple[str, str | None]]:
    return [(found.document_type, found.number) for found in find_documents(text)]


def only(text: str, anchor: date | None = None) -> DocumentMention:
    (found,) = find_documents(text, anchor)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        # numbers with letters, of every shape the decree and the Party's guideline know
        ("Nghị quyết số 1658-NQ/QUTW", "Nghị quyết", "1658-NQ/QUTW"),
        ("thực hiện Nghị quyết 28-NQ/TW của Bộ Chính trị", "Nghị quyết", "28-NQ/TW"),
        ("Nghị quyết số 51-NQ/TW, ngày 20/7/2005", "Nghị quyết", "51-NQ/TW"),
        ("Nghị quyết số 20 - NQ/TW", "Nghị quyết", "20-NQ/TW"),
        ("Nghị quyết số 05–NQ/ĐUK", "Nghị quyết", "05-NQ/ĐUK"),
        ("Nghị quyết số 30a/2008/NQ-CP", "Nghị quyết", "30a/2008/NQ-CP"),
        ("Nghị quyết số 128/NQ-CP về thích ứng an toàn", "Nghị quyết", "128/NQ-CP"),
        ("Nghị quyết 37/2022/NQ-HĐND", "Nghị quyết", "37/2022/NQ-HĐND"),
        ("Nghị quyết liên tịch số 01/2019/NQLT-CP-UBTVQH", "Nghị quyết liên tịch", "01/2019/NQLT-CP-UBTVQH"),
        ("Nghị quyết chuyên đề số 765-NQ/QUTW", "Nghị quyết", "765-NQ/QUTW"),
        ("Chỉ thị 05-CT/TW", "Chỉ thị", "05-CT/TW"),
        ("Chỉ thị số 87-CT/QUTW", "Chỉ thị", "87-CT/QUTW"),
        ("Chỉ thị 04/CT-BCA-V01", "Chỉ thị", "04/CT-BCA-V01"),
        ("Kết luận số 01-KL/TW", "Kết luận", "01-KL/TW"),
        ("Quyết định số 147/2006/QĐ-TTg", "Quyết định", "147/2006/QĐ-TTg"),
        ("Quyết định 439/QĐ- TTg", "Quyết định", "439/QĐ-TTg"),
        ("quyết định số 2286/QĐ-BTTM", "Quyết định", "2286/QĐ-BTTM"),
        ("Quy định 08-QĐi/TW", "Quy định", "08-QĐi/TW"),
        ("Quy định số 37-QĐ/TW", "Quy định", "37-QĐ/TW"),
        ("Hướng dẫn 12-HD/BTCTW", "Hướng dẫn", "12-HD/BTCTW"),
        ("Nghị định 46/2014/NĐ-CP", "Nghị định", "46/2014/NĐ-CP"),
        ("Thông tư 07/2016/TT-BQP", "Thông tư", "07/2016/TT-BQP"),
        ("Thông tư số 22/2019/TT-BGD&ĐT", "Thông tư", "22/2019/TT-BGD&ĐT"),
        ("Thông tư liên tịch 01/2015/TTLT-BQP-BCA", "Thông tư liên tịch", "01/2015/TTLT-BQP-BCA"),
        ("Luật số 98/2015/QH13", "Luật", "98/2015/QH13"),
        ("Pháp lệnh 34/LCT", "Pháp lệnh", "34/LCT"),
        ("Pháp lệnh số 02/2020/UBTVQH14", "Pháp lệnh", "02/2020/UBTVQH14"),
        ("Kế hoạch 1122/KH-BQP", "Kế hoạch", "1122/KH-BQP"),
        ("kế hoạch số 55-KH/ĐU", "Kế hoạch", "55-KH/ĐU"),
        ("Chương trình hành động số 12-CTr/TU", "Chương trình", "12-CTr/TU"),
        ("Công văn 1670/BCA-V28", "Công văn", "1670/BCA-V28"),
        ("Công văn hỏa tốc số 3355/UBND-VX", "Công văn", "3355/UBND-VX"),
        ("Công điện 1063/CĐ-TTg", "Công điện", "1063/CĐ-TTg"),
        ("Tờ trình 12/TTr-BYT", "Tờ trình", "12/TTr-BYT"),
        ("Báo cáo số 345/BC-BTL", "Báo cáo", "345/BC-BTL"),
        ("Mệnh lệnh số 02/ML-BQP", "Mệnh lệnh", "02/ML-BQP"),
        ("Chỉ lệnh số 01/CL-TM", "Chỉ lệnh", "01/CL-TM"),
        ("Sắc lệnh 71/SL", "Sắc lệnh", "71/SL"),
        ("Thông báo kết luận số 203-TB/TW", "Thông báo", "203-TB/TW"),
        ("Quy chế phối hợp số 05/QCPH-BĐBP-CA", "Quy chế", "05/QCPH-BĐBP-CA"),
        ("Văn bản số 4321/BQP-TM", "Văn bản", "4321/BQP-TM"),
        ("văn bản số 77/HD-CT", "Hướng dẫn", "77/HD-CT"),
        ("Quyết định số: 15/QĐ-BV", "Quyết định", "15/QĐ-BV"),
        # short numbers
        ("Tổng kết 10 năm thực hiện Nghị quyết 623", "Nghị quyết", "623"),
        ("(sau đây gọi tắt là Nghị quyết 623).", "Nghị quyết", "623"),
        ("triển khai nghị quyết 35 của Bộ Chính trị", "Nghị quyết", "35"),
        ("chỉ tiêu Nghị quyết 623 đã đề ra", "Nghị quyết", "623"),
        ("triển khai Đề án 06 trên địa bàn", "Đề án", "06"),
        ("Tổ công tác Đề án 06 Chính phủ", "Đề án", "06"),
        ("Chỉ thị 05 của Bộ Chính trị", "Chỉ thị", "05"),
        ("Nghị quyết 15 năm 2022 của Quân ủy", "Nghị quyết", "15"),
        ("Nghị định 130 về thi hành Luật Sĩ quan", "Nghị định", "130"),
        ("Chỉ thị số 87 ngày 08/7/2016", "Chỉ thị", "87"),
        ("Quyết định 439 của Thủ tướng Chính phủ", "Quyết định", "439"),
        ("Kế hoạch số 12 của Đảng ủy", "Kế hoạch", "12"),
        ("TỔNG KẾT THỰC HIỆN NGHỊ QUYẾT 623 CỦA QUÂN ỦY", "Nghị quyết", "623"),
        # a type by its letters alone
        ("theo QĐ số 12 của Giám đốc", "Quyết định", "12"),
        ("theo NQ 28-NQ/TW", "Nghị quyết", "28-NQ/TW"),
        ("thực hiện số 05-CT/TW", "Chỉ thị", "05-CT/TW"),
        ("tại số 1670/BCA-V28", "Công văn", "1670/BCA-V28"),
        ("Nghị quyết của Bộ Chính trị số 19-NQ/TW", "Nghị quyết", "19-NQ/TW"),
    ],
)  # fmt: skip
def test_a_document_is_known_by_type_and_number(text, kind, number):
    found = find_documents(text)
    assert (found[0].document_type, found[0].number) == (kind, number)
    assert named(unicodedata.normalize("NFD", text)) == named(text)


@pytest.mark.parametrize(
    "text",
    [
        "các nghị quyết, chỉ thị của Đảng", "Nghị quyết Đại hội Đảng các cấp", "Nghị quyết Đại hội XIII của Đảng",
        "thành lập theo Quyết định của Bộ Công an", "xây dựng kế hoạch, báo cáo tổng kết", "Báo cáo tổng kết năm 2023",
        "Báo cáo 5 kết quả nổi bật", "kế hoạch 5 năm", "Kế hoạch 5 năm 2021-2025", "Quyết định 3 vấn đề quan trọng",
        "Nghị quyết năm 2023", "Nghị quyết 5 năm", "Chỉ thị 10 giờ trước", "Luật 3 nhân tố", "Tiểu đoàn 4", "Cụm thi đua số 9",
        "chương trình 135", "Kế hoạch 2024", "Kế hoạch 10/2023 của đơn vị", "chỉ tiêu Nghị quyết 100%", "Nghị quyết 1.200 người học",
        "quyết định 12 người trúng tuyển", "QUYẾT ĐỊNH 3 VẤN ĐỀ", "NGHỊ QUYẾT 5 NĂM", "kết luận 2 nội dung", "Hướng dẫn 120 hộ dân",
        "Thông tư 3 điều", "nhà số 36, đường Lê Lợi", "số 12/A Lý Nam Đế", "xe biển số 29A-12345", "số 9-QL1", "Giấy phép hoạt động số 118/BQP-GPHĐ", "Giấy phép số 42/GP-BC",
        "quân số khỏe 98,5%", "Luật sư Nguyễn Văn An", "Trường Đại học Luật Hà Nội", "Công ty Luật Minh Khuê", "tuyên truyền pháp luật",
        "QĐ 12 hành quân", "kế hoạch “ba chung”", "hướng dẫn “cầm tay chỉ việc”", "Quyết định “nóng”", "chương trình “Xuân biên phòng ấm lòng dân bản”",
        "chương trình số 5", "Quyết định ngày hôm nay", "Quyết định ngày 20/10/2006", "Nghị quyết Trung ương 8 khóa XI", "Đề án 1 tỷ đồng", "ngày 28-10/2023",
        "COVID-19", "Bệnh viện 19-8", "thông báo 3 lần", "luật 3/4",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_document_is_none(text):
    assert named(text) == []
    assert named(unicodedata.normalize("NFD", text)) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("các Nghị quyết số 18-NQ/TW và 19-NQ/TW", ["18-NQ/TW", "19-NQ/TW"]),
        ("Nghị quyết 28, 29", ["28", "29"]),
        ("Nghị quyết 28, 29 và 30 của Trung ương", ["28", "29", "30"]),
        ("các Chỉ thị số 05, 12 và số 16.", ["05", "12", "16"]),
        ("Nghị định 30/2020/NĐ-CP; 61/2018/NĐ-CP", ["30/2020/NĐ-CP", "61/2018/NĐ-CP"]),
        ("Nghị quyết số 28 và Chỉ thị số 05-CT/TW", ["28", "05-CT/TW"]),
        ("Nghị quyết 28 và 3 chỉ thị", ["28"]),
        ("Nghị quyết 623 và 5 năm thực hiện Chỉ thị 87", ["623", "87"]),
        ("Nghị quyết 28, 29 đồng chí dự", ["28"]),
        ("Nghị quyết số 28, ngày 5/8/2022", ["28"]),
    ],
)
def test_a_list_shares_its_type(text, numbers):
    assert [found.number for found in find_documents(text)] == numbers


def test_members_of_a_list_share_the_issuer_but_not_the_subject():
    first, second = find_documents(
        "các Nghị quyết số 18-NQ/TW và 19-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XII về đổi mới tổ chức bộ máy."
    )
    assert first.issuer == second.issuer == "Ban Chấp hành Trung ương Đảng"
    assert (first.subject, second.subject) == (None, "về đổi mới tổ chức bộ máy")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị quyết 623 của Quân ủy Trung ương về công tác hậu cần", "Quân ủy Trung ương"),
        ("Nghị quyết 623 của Đảng ủy Quân khu và các ý kiến tham luận", "Đảng ủy Quân khu"),
        ("Quyết định 439 của Thủ tướng Chính phủ phê duyệt", "Thủ tướng Chính phủ"),
        ("Chỉ thị số 12 ngày 5/3/2023 của Bộ trưởng Bộ Quốc phòng về kỷ luật", "Bộ trưởng Bộ Quốc phòng"),
        ("Kế hoạch số 12/KH-UBND của UBND tỉnh Lào Cai về", "UBND tỉnh Lào Cai"),
        ("Kế hoạch số 12/KH-UBND của UBND tỉnh về dân vận", "UBND tỉnh"),
        ("Chỉ thị số 4 của Bộ Y tế đã nêu", "Bộ Y tế"),
        ("Thông tư 12 của Bộ Giáo dục và Đào tạo quy định về thi cử", "Bộ Giáo dục và Đào tạo"),
        ("Nghị quyết số 15 của Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
        ("Công văn số 15/BV-KHTH của Bệnh viện Quân y 175 gửi", "Bệnh viện Quân y 175"),
        ("Nghị quyết 28 của Chủ tịch nước phong tặng", "Chủ tịch nước"),
        ("Quyết định số 147/2006/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Nghị định 30/2020/NĐ-CP", "Chính phủ"),
        ("Thông tư 07/2016/TT-BQP", "Bộ Quốc phòng"),
        ("Luật số 98/2015/QH13", "Quốc hội"),
        ("Nghị quyết số 1658-NQ/QUTW", "Quân ủy Trung ương"),
        ("Công văn 1670/BCA-V28", "Bộ Công an"),
        ("Thông tư liên tịch 01/2015/TTLT-BQP-BCA", "Bộ Quốc phòng, Bộ Công an"),
        ("Nghị quyết 28-NQ/TW", None),
        ("Chương trình hành động số 12-CTr/TU", None),
        ("Nghị quyết 623 được quán triệt", None),
        ("Thông tư liên tịch 01/2015/TTLT-BQP-XYZ", None),
        ("Nghị quyết 28 của đơn vị", None),
        ("Nghị quyết số 15 của Hội đồng nhân dân tỉnh Sơn La về", "Hội đồng nhân dân tỉnh Sơn La"),
        ("Nghị quyết số 15 của HĐND Thành phố Hà Nội Quy định mức phạt", "HĐND Thành phố Hà Nội"),
        ("Thông tư số 15 của Bộ Nông nghiệp và Phát triển nông thôn ban hành", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("Kế hoạch số 15 của Bộ Quốc phòng và Bộ Công an về", "Bộ Quốc phòng và Bộ Công an"),
        ("Quyết định số 15 của Ban Chỉ đạo tổng kết 10 năm", None),
        ("Quyết định số 15 của UBND Thành...", None),
    ],
)  # fmt: skip
def test_the_issuer_stands_behind_the_number_or_in_its_letters(text, issuer):
    assert only(text).issuer == issuer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quyết định số 147/2006/QĐ-TTg ngày 20/10/2006 của Thủ tướng", date(2006, 10, 20)),
        ("Chỉ thị số 87 ngày 08/7/2016 của Thường vụ Quân ủy Trung ương", date(2016, 7, 8)),
        ("Nghị quyết số 51-NQ/TW, ngày 20 tháng 7 năm 2005", date(2005, 7, 20)),
        ("Nghị quyết 28-NQ/TW của Bộ Chính trị, ngày 22-9-2008 về", date(2008, 9, 22)),
        ("Kế hoạch 12/KH-BQP (ngày 5/3/2020)", date(2020, 3, 5)),
        ("Chỉ thị 05-CT/TW ngày 15-5", None),
        ("Chỉ thị 05-CT/TW. Ngày 15/5/2016, hội nghị", None),
        ("Chỉ thị 05-CT/TW trong ngày 15/5/2016", None),
        ("Chỉ thị 05-CT/TW từ ngày 15/5/2016", None),
        ("Chỉ thị 05-CT/TW ngày 31/2/2016", None),
    ],
)  # fmt: skip
def test_the_day_of_issue_stands_right_behind_with_its_year(text, day):
    assert only(text).issued_on == day
    assert only(text, date(2023, 5, 20)).issued_on == day


def test_a_year_named_from_the_day_of_publication_counts():
    assert only("Kế hoạch 12/KH-BQP ngày 5/3 năm ngoái", date(2023, 5, 20)).issued_on == date(2022, 3, 5)
    assert only("Kế hoạch 12/KH-BQP ngày 5/3 năm ngoái").issued_on is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Nghị quyết 623 của Quân ủy Trung ương về công tác hậu cần Quân đội đến năm 2020 và những năm tiếp theo (sau đây",
            "về công tác hậu cần Quân đội đến năm 2020 và những năm tiếp theo",
        ),
        ("Nghị quyết 623 về công tác hậu cần đối với kết quả thực hiện", "về công tác hậu cần"),
        ("Thông tư 12 về chính sách đối với người có công.", "về chính sách đối với người có công"),
        ("Chỉ thị 05-CT/TW về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; gắn với", "về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"),
        ("Chỉ thị số 87 về tăng cường phòng, chống tham nhũng, lãng phí, hội nghị thống nhất", "về tăng cường phòng, chống tham nhũng, lãng phí"),
        ("Nghị quyết 28 về nhiệm vụ quân sự, quốc phòng đã được quán triệt", "về nhiệm vụ quân sự, quốc phòng"),
        ("Nghị định 30/2020/NĐ-CP quy định về công tác văn thư, các đơn vị đã thực hiện", "về công tác văn thư"),
        ("Chỉ thị 05-CT/TW “Về đẩy mạnh học tập”", "Về đẩy mạnh học tập"),
        ("Công văn số 335/SYT-NVY V/v đẩy mạnh phòng, chống dịch", "V/v đẩy mạnh phòng, chống dịch"),
        ("Nghị quyết 18-NQ/TW về tháo gỡ điểm nghẽn thể chế, tinh gọn bộ máy", "về tháo gỡ điểm nghẽn thể chế, tinh gọn bộ máy"),
        ("Chỉ thị 87 về xây dựng chính quy – kỷ luật", "về xây dựng chính quy – kỷ luật"),
        ("Nghị định 72 của Chính phủ về quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin trên mạng", None),
        ("Công văn số 15 về việc đề nghị tăng cường các biện...", None),
        ("Nghị quyết 28 được quán triệt", None),
        ("Nghị quyết 28, về dự hội nghị", None),
        ("Nghị quyết 28. Về công tác hậu cần", None),
    ],
)  # fmt: skip
def test_the_subject_ends_with_its_phrase(text, subject):
    assert only(text).subject == subject


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (
            "Đề án “Một số vấn đề tiếp tục đổi mới, sắp xếp tổ chức bộ máy”…",
            "Đề án",
            "Một số vấn đề tiếp tục đổi mới, sắp xếp tổ chức bộ máy",
        ),
        ('đề án "Nâng cao chất lượng giáo dục chính trị"', "Đề án", "Nâng cao chất lượng giáo dục chính trị"),
        ("Kế hoạch «Phòng chống lụt bão năm 2023»", "Kế hoạch", "Phòng chống lụt bão năm 2023"),
    ],
)
def test_a_quoted_title_names_a_document(text, kind, title):
    found = only(text)
    assert (found.document_type, found.number, found.subject) == (kind, None, title)


def test_issuer_and_day_name_a_document():
    found = only("Quyết định ngày 20/10/2006 của Thủ tướng Chính phủ")
    assert (found.number, found.issuer, found.issued_on) == (None, "Thủ tướng Chính phủ", date(2006, 10, 20))


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("Luật Sĩ quan Quân đội nhân dân Việt Nam năm 2014", ["Sĩ quan Quân đội nhân dân Việt Nam"]),
        ("Luật Khám bệnh, chữa bệnh và Luật Dược", ["Khám bệnh, chữa bệnh", "Dược"]),
        ("Luật Phòng, chống tác hại của rượu, bia cho nhân dân", ["Phòng, chống tác hại của rượu, bia"]),
        ("Bộ luật Hình sự", ["Hình sự"]),
        ("Luật Giáo dục quốc phòng và an ninh", ["Giáo dục quốc phòng và an ninh"]),
        ("Pháp lệnh Ưu đãi người có công với cách mạng", ["Ưu đãi người có công với cách mạng"]),
        ("tuyên truyền Luật Bảo vệ công trình khí tượng đến nhân dân", ["Bảo vệ công trình khí tượng"]),
        ("LUẬT NGHĨA VỤ QUÂN SỰ", ["Nghĩa vụ quân sự"]),
        ("thượng tôn luật pháp, luật lệ", []),
        ("LUẬT SƯ NGUYỄN VĂN AN", []),
        ("Luật phòng chống tham nhũng", ["Phòng, chống tham nhũng"]),
        ("Khoa Luật Dân sự", []),
        ("thi hành Luật Quy định mới về đấu thầu", []),
        ("thực hiện Luật Bảo vệ công...", []),
        ("Luật pháp quốc tế", []),
    ],
)  # fmt: skip
def test_laws_are_known_by_their_names(text, laws):
    assert [found.subject for found in find_documents(text)] == laws


def test_a_law_has_its_number_where_that_follows():
    found = only("Bộ luật Hình sự số 100/2015/QH13")
    assert (found.document_type, found.number, found.subject) == ("Bộ luật", "100/2015/QH13", "Hình sự")


def test_the_span_covers_type_and_number():
    text = "Thực hiện\u00a0Nghị\u00a0quyết số\u00a028-NQ/TW của Bộ Chính trị"
    (found,) = find_documents(text)
    assert text[found.start : found.end] == "Nghị\u00a0quyết số\u00a028-NQ/TW"


def test_every_example_of_the_reference_table_that_has_a_number_is_found():
    for row in table("document_types"):
        for example in row["pattern_example"].split("; "):
            wanted = (
                [row["document_type"]]
                if any(map(str.isdecimal, example)) or ("Đề án" in example and "..." not in example)
                else []
            )
            assert [found.document_type for found in find_documents(example)] == wanted, example


PIECES = st.sampled_from(
    ["Nghị quyết", "nghị quyết ", "số ", "28", "-NQ/TW", "/2006/", "QĐ-TTg", " của ", "Bộ Công an", " ngày 5/3/2020", " về ", "công tác", ", ", " và ", "“", "”",
     '"', "Luật ", "Sĩ quan", "Đề án ", "\u00a0", "\n", ".", "(", ")", "QĐ", "Kế hoạch", "12", " năm 2022", "TTLT", "Ủy ban", "uỷ", "İ", "́", "\u200b", "Đ", "Ð", "K", "ﬁ"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_spans_lie_in_the_text_and_spelling_does_not_matter(text):
    found = find_documents(text)
    ends = 0
    for mention in found:
        assert ends <= mention.start < mention.end <= len(text)
        ends = mention.end
    composed = unicodedata.normalize("NFC", text)
    facts = [(m.document_type, m.number, m.issuer, m.issued_on, m.subject) for m in find_documents(composed)]
    for other in (unicodedata.normalize("NFD", composed), composed.replace(" ", "\u00a0"), composed + "  "):
        assert [(m.document_type, m.number, m.issuer, m.issued_on, m.subject) for m in find_documents(other)] == facts


@pytest.mark.parametrize(
    "piece",
    ["Nghị quyết 28, ", "28, ", "“", "Luật A ", "Nghị quyết số 1-A", "-A", "A", "số ", "1/2000", "Nghị quyết 28 của Bộ ", "Nghị quyết 1 về a, b ",
     "Đề án “a ", "của Bộ Công an và ", "ngày 5/3/2020 ", "nghị quyết số nghị quyết "],
)  # fmt: skip
def test_a_hostile_line_is_read_in_time(piece):
    text = (piece * (400_000 // len(piece) + 1))[:400_000]
    started = time.process_time()
    find_documents("Nghị quyết 28" + text)
    find_documents(text)
    assert time.process_time() - started < 6

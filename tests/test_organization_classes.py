"""Classes of names that no table can list: invented commands, ministries, societies, teams; and where names end."""

from __future__ import annotations

import pytest

from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.organizations import find_organizations


def told(*lines: str) -> list[str]:
    """`Cục Hậu cần < Quân khu 7`, in order of first mention."""
    found = find_organizations(BulletinText(tuple(TextLine(n, "body", text) for n, text in enumerate(lines))))
    return [one.name + (f" < {one.parent}" if one.parent else "") for one in found.found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bộ Tư lệnh Vùng biển tổ chức hội nghị.", "Bộ Tư lệnh Vùng biển"),
        ("Thủ trưởng Bộ Tư lệnh Cao nguyên kiểm tra công tác.", "Bộ Tư lệnh Cao nguyên"),
        ("Bộ Tư lệnh Miền Cao khen 3 tập thể.", "Bộ Tư lệnh Miền Cao"),
        ("Bộ Tư lệnh Miền Cao động viên bộ đội.", "Bộ Tư lệnh Miền Cao"),
        ("Bộ Tư lệnh Vùng Tây Bắc kiểm tra.", "Bộ Tư lệnh Vùng Tây Bắc"),
        ("Bộ Tư lệnh Sông Nước trao quà.", "Bộ Tư lệnh Sông Nước"),
        ("Vùng 8 Hải quân tổ chức hội thi.", "Vùng 8 Hải quân"),
        ("Bộ Tài nguyên Miền núi tổng kết.", "Bộ Tài nguyên Miền núi"),
        ("Bộ Kinh tế Biển khen thưởng 3 tập thể.", "Bộ Kinh tế Biển"),
        ("Bộ Phát triển Vùng sâu tổ chức hội nghị.", "Bộ Phát triển Vùng sâu"),
        ("Hội Tim mạch học Tây Nam Bộ tặng Kỷ niệm chương.", "Hội Tim mạch học Tây Nam Bộ"),
        ("Hội Thần kinh học Việt Nam phối hợp.", "Hội Thần kinh học Việt Nam"),
        ("Bệnh viện thành lập Câu lạc bộ “Ngân hàng máu sống” với 85 thành viên.", "Câu lạc bộ Ngân hàng máu sống"),
        ('Câu lạc bộ "Phụ nữ với pháp luật" ra mắt.', "Câu lạc bộ Phụ nữ với pháp luật"),
        (
            "Đội Tuyên truyền, điều tra, giải quyết tai nạn giao thông phân tích các lỗi.",
            "Đội Tuyên truyền, điều tra, giải quyết tai nạn giao thông",
        ),
        (
            "Đội Đăng ký, quản lý phương tiện và sát hạch lái xe làm việc.",
            "Đội Đăng ký, quản lý phương tiện và sát hạch lái xe",
        ),
        ("Trung ương Hội Chữ thập đỏ Việt Nam tặng quà.", "Trung ương Hội Chữ thập đỏ Việt Nam"),
        ("Ban Chấp hành Trung ương Hội Nông dân Việt Nam họp.", "Ban Chấp hành Trung ương Hội Nông dân Việt Nam"),
        ("Hội Cựu chiến binh (CCB) tỉnh Phú Yên tổ chức Đại hội.", "Hội Cựu chiến binh tỉnh Phú Yên"),
        ("Bí thư thứ nhất Đại sứ quán Hàn Quốc tại Việt Nam dự.", "Đại sứ quán Hàn Quốc tại Việt Nam"),
        ("Đại sứ quán Nhật Bản tại buổi lễ đã phát biểu.", "Đại sứ quán Nhật Bản"),
        ("Đại sứ quán Lào tại Hà Nội gửi điện.", "Đại sứ quán Lào tại Hà Nội"),
        ("Trưởng ban Ban Chỉ đạo diễn tập tỉnh Kon Tum kết luận.", "Ban Chỉ đạo diễn tập tỉnh Kon Tum"),
        ("Trung đội dân quân cơ động xã Mô Rai bắn đạn thật.", "Trung đội Dân quân cơ động xã Mô Rai"),
        ("Tiểu đội dân quân thường trực phường Hải Châu.", "Tiểu đội Dân quân thường trực phường Hải Châu"),
        ("Ban CHPTKV 3 – Đức Linh trực sẵn sàng.", "Ban Chỉ huy Phòng thủ khu vực 3 - Đức Linh"),
        ("Tòa án nhân dân khu vực 3 - Cần Thơ xét xử.", "Tòa án nhân dân khu vực 3 - Cần Thơ"),
        ("Viện Kiểm sát nhân dân khu vực 5 truy tố.", "Viện Kiểm sát nhân dân khu vực 5"),
        ("Hải đội Dân quân thường trực Kiên Giang tuần tra.", "Hải đội Dân quân thường trực Kiên Giang"),
        ("Hội đồng thi đua - khen thưởng tỉnh Hà Nam họp.", "Hội đồng thi đua - khen thưởng tỉnh Hà Nam"),
        ("Hội Chữ thập đỏ Hoa Kỳ hỗ trợ.", "Hội Chữ thập đỏ Hoa Kỳ"),
        ("Đoàn công tác của UNDP thăm xã.", "Chương trình Phát triển Liên hợp quốc"),
        ("Trung đoàn 939 Giấy khen cho 3 cá nhân.", "Trung đoàn 939"),
        ("Vụ Hợp tác quốc tế Giấy khen.", "Vụ Hợp tác quốc tế"),
        ("Vụ Kế hoạch xuyên đêm giúp dân.", "Vụ Kế hoạch"),
    ],
)
def test_a_name_of_no_table_is_found_whole_and_ends_before_its_verb(text: str, name: str) -> None:
    assert told(text)[:1] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Tư lệnh Nguyễn Văn Bình phát biểu.",
        "Bộ Tư lệnh Vùng chỉ đạo các đơn vị.",
        "Bộ Quy tắc ứng xử, Bộ Tiêu chí đánh giá, Bộ Chỉ số cải cách hành chính.",
        "Bộ Tài liệu tuyên truyền, Bộ Câu hỏi được gửi.",
        "Bộ Sưu tập ảnh và Bộ Nhận diện thương hiệu ra mắt.",
        "Trung ương Hội tặng Bằng khen.",
        "Nhà văn hóa bản Huồi Lống được khánh thành. Nhà văn hóa thôn 3.",
        "Trung đội dân quân tham gia chữa cháy. Tiểu đội dân quân thường trực trực gác.",
        "Giấy khen, Bằng khen và Thư khen đã được trao.",
        "Câu lạc bộ ra mắt “rất vui”.",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert told(text) == []


def test_a_team_with_a_clause_behind_it_ends_at_the_comma() -> None:
    assert told("Đội Tuyên truyền, điều tra rõ vụ việc.") == ["Đội Tuyên truyền"]
    assert told("Đội Cảnh sát hình sự, điều tra tội phạm, bắt giữ ba người.") == ["Đội Cảnh sát hình sự"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            ("Phòng Tham mưu, Phòng Chính trị và Phòng Hậu cần Sư đoàn 5 dự.",),
            ["Phòng Tham mưu < Sư đoàn 5", "Phòng Chính trị < Sư đoàn 5", "Phòng Hậu cần < Sư đoàn 5", "Sư đoàn 5"],
        ),
        (
            ("đại diện Bộ Tham mưu, Cục Chính trị Quân khu 3 dự.",),
            ["Bộ Tham mưu < Quân khu 3", "Cục Chính trị < Quân khu 3", "Quân khu 3"],
        ),
        (
            ("Phòng Tham mưu Sư đoàn 5, Phòng Chính trị Sư đoàn 3 dự.",),
            ["Phòng Tham mưu < Sư đoàn 5", "Sư đoàn 5", "Phòng Chính trị < Sư đoàn 3", "Sư đoàn 3"],
        ),
        (
            ("Vùng 3 Hải quân tổ chức hội thi.", "Phòng Chính trị Vùng 3 dự; chỉ huy Vùng biểu dương."),
            ["Vùng 3 Hải quân", "Phòng Chính trị < Vùng 3 Hải quân"],
        ),
        (
            ("Cơ quan Hợp tác quốc tế Hàn Quốc (KOICA) do bà Han, Giám đốc Văn phòng KOICA tại Việt Nam dẫn đầu.",),
            [
                "Cơ quan Hợp tác quốc tế Hàn Quốc",
                "Văn phòng Cơ quan Hợp tác quốc tế Hàn Quốc tại Việt Nam < Cơ quan Hợp tác quốc tế Hàn Quốc",
            ],
        ),
    ],
)
def test_an_owner_told_once_is_that_of_all_beside_it(lines: tuple[str, ...], names: list[str]) -> None:
    assert told(*lines) == names


def test_a_party_body_of_a_ward_is_not_that_of_its_hospital() -> None:
    lines = (
        TextLine(0, "body", "Đảng bộ Khoa Hồi sức cấp cứu tổ chức Đại hội."),
        TextLine(1, "body", "Đảng bộ đã lãnh đạo."),
    )
    found = find_organizations(BulletinText(lines, publisher="Bệnh viện Quân y 103"))
    assert "Đảng bộ Bệnh viện Quân y 103" not in [one.name for one in found.found]

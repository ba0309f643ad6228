"""Posts told of a whole list, terms behind posts, and names that run on: people and organizations read together."""

from __future__ import annotations

import pytest

from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people


def posts(text: str) -> list[str]:
    """`A = Phó Giám đốc`, with ` @ its organization` where one is named by the line itself."""
    bulletin = BulletinText(tuple(TextLine(n, "body", line) for n, line in enumerate(text.split("|"))))
    organizations = find_organizations(bulletin)
    people = find_people(bulletin, organizations)
    names = [one.name for one in organizations.found]
    return [
        f"{people.found[post.index].name} = {post.position} @ "
        + ("-" if post.organization is None or post.organization >= len(names) else names[post.organization])
        for post in people.positions
    ]


def names(text: str) -> list[str]:
    bulletin = BulletinText(tuple(TextLine(n, "body", line) for n, line in enumerate(text.split("|"))))
    return [one.name for one in find_organizations(bulletin).found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dự có các Phó Cục trưởng: Đại tá Lê Văn Tám, Đại tá Hồ Thị Mơ.|Cục Quân khí họp.",
            ["Lê Văn Tám = Phó Cục trưởng @ Cục Quân khí", "Hồ Thị Mơ = Phó Cục trưởng @ Cục Quân khí"],
        ),
        (
            "Thượng tá Lò Văn Sơn và Thượng tá Vừ A Lử, đều là Phó Chính ủy Lữ đoàn 82, cùng dự.",
            ["Lò Văn Sơn = Phó Chính ủy @ Lữ đoàn 82", "Vừ A Lử = Phó Chính ủy @ Lữ đoàn 82"],
        ),
        ("Đại úy Cao Minh và Trung úy Lê Tư, Phó Chính ủy Lữ đoàn 82.", ["Lê Tư = Phó Chính ủy @ Lữ đoàn 82"]),
        ("Trung tá Mai Văn Bộ, Trưởng phòng Tài chính.", ["Mai Văn Bộ = Trưởng phòng @ Phòng Tài chính"]),
        (
            "Thiếu tá Y’ Thoan Byă, Đồn trưởng Đồn Biên phòng Ia Lốp dự.",
            ["Y’ Thoan Byă = Đồn trưởng @ Đồn Biên phòng Ia Lốp"],
        ),
        (
            "Trung tá Lưu Quốc Oai, Trưởng Phân trại số 3 Trại giam Ngọc Lý dự.",
            ["Lưu Quốc Oai = Trưởng phân trại @ Phân trại số 3"],
        ),
        ("Trung tá Tạ Lĩnh, quyền Giám thị Trại giam.|Trại giam Ngọc Lý.", ["Tạ Lĩnh = Giám thị @ Trại giam Ngọc Lý"]),
        (
            "Bà Lại Thị Xuân, Thẩm phán cao cấp Tòa án nhân dân cấp cao tại Đà Nẵng dự.",
            ["Lại Thị Xuân = Thẩm phán cao cấp @ Tòa án nhân dân cấp cao tại Đà Nẵng"],
        ),
        (
            "Trung tá Lê Sơn, Phó Chính ủy, phụ trách Chính ủy Sư đoàn 36 dự.",
            ["Lê Sơn = Phó Chính ủy @ Sư đoàn 36", "Lê Sơn = Chính ủy @ Sư đoàn 36"],
        ),
        (
            "Đại tá Lê Bá, nguyên Trung đoàn trưởng ôn lại truyền thống.|Trung đoàn 48 gặp mặt.",
            ["Lê Bá = Trung đoàn trưởng @ Trung đoàn 48"],
        ),
        (
            "Ông Bùi Kiên, Phó Chủ tịch Hội CCB tỉnh khóa VI, nhiệm kỳ 2017 - 2022 được bầu giữ chức Chủ tịch Hội CCB "
            "tỉnh khóa VII.|Hội Cựu chiến binh tỉnh Phú Yên.",
            [
                "Bùi Kiên = Phó Chủ tịch @ Hội Cựu chiến binh tỉnh Phú Yên",
                "Bùi Kiên = Chủ tịch @ Hội Cựu chiến binh tỉnh Phú Yên",
            ],
        ),
    ],
)
def test_who_has_which_post(text: str, expected: list[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ Chỉ huy Quân sự tỉnh Xa-vẳn-na-khẹt (Lào) dự.", ["Bộ Chỉ huy quân sự tỉnh Xa-vẳn-na-khẹt"]),
        ("Em học Trường Mầm non và Tiểu học Hoa Phong Ba.", ["Trường Mầm non và Tiểu học Hoa Phong Ba"]),
        ("Bộ đội biên phòng, hội viên và bà con đã giúp.", []),
        ("Đồng chí Lê An, Ủy viên Ban Thường vụ Tỉnh ủy Nam Định dự.", ["Tỉnh ủy Nam Định"]),
        ("Đại tá Lê An, Viện trưởng Viện Kỹ thuật cơ giới quân sự.", ["Viện Kỹ thuật cơ giới quân sự"]),
        ("Trạm ra-đa 540 trực sẵn sàng.", ["Trạm Ra-đa 540"]),
        (
            "Đội Tuyên truyền, điều tra, giải quyết tai nạn giao thông phân tích lỗi.",
            ["Đội Tuyên truyền, điều tra, giải quyết tai nạn giao thông"],
        ),
    ],
)
def test_where_a_name_ends(text: str, expected: list[str]) -> None:
    assert names(text) == expected

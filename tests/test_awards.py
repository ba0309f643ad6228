"""Awards joined with the organizations and people of their line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.normalize.awards import distinct_awards, find_awards
from pipelines.normalize.mentions import (
    Award,
    Organization,
    OrganizationMention,
    Organizations,
    People,
    Person,
    PersonMention,
)

UNITS = ("Bộ Tư lệnh Quân khu 2", "Quân khu 2", "Bộ Quốc phòng", "Trung đoàn 31", "Sư đoàn 309", "Đảng ủy", "Chính phủ")
NAMES = ("Nguyễn Văn An", "Phạm Đức Duyên", "Lê Thị Bình")
FOUND = tuple(Organization(name, parent="Sư đoàn 309" if name == "Trung đoàn 31" else None) for name in UNITS)


def awards(text: str, zone: str = "body") -> list[Award]:
    """Find the awards of a line in which the units and names above are mentioned wherever they are written."""
    units, persons = [], []
    for index, name in enumerate(UNITS):
        for start in range(len(text)):
            if text.startswith(name, start):
                units.append(OrganizationMention(index, 7, start, start + len(name), name, zone, "name"))
    for index, name in enumerate(NAMES):
        for start in range(len(text)):
            if text.startswith(name, start):
                persons.append(PersonMention(index, 7, start, start + len(name), name, zone, "full"))
    people = People(tuple(map(Person, NAMES)), tuple(persons))
    return find_awards(7, zone, text, Organizations(FOUND, tuple(units)), people)


def told(text: str) -> list[tuple[str, str | None, int | None, int | None, str | None, str | None, str]]:
    return [
        (
            award.award,
            None if award.giver is None else UNITS[award.giver],
            award.groups,
            award.persons,
            None if award.person is None else NAMES[award.person],
            None if award.organization is None else UNITS[award.organization],
            award.status,
        )
        for award in awards(text)
    ]


def test_a_sentence_with_two_awards():
    text = (
        "Tại hội nghị, Bộ Tư lệnh Quân khu 2 đã tặng Bằng khen cho 26 tập thể và 28 cá nhân; đồng thời đề nghị Bộ Quốc "
        "phòng khen thưởng 3 thể, 3 cá nhân vì đã có thành tích xuất sắc trong 10 năm."
    )
    assert told(text) == [
        ("Bằng khen", "Bộ Tư lệnh Quân khu 2", 26, 28, None, None, "given"),
        ("khen thưởng", "Bộ Quốc phòng", None, 3, None, None, "proposed"),
    ]


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("3 tập thể được Bộ Quốc phòng tặng Bằng khen", "Bộ Quốc phòng"),
        ("trao Cờ thi đua của Chính phủ cho 3 tập thể", "Chính phủ"),
        ("Trung tướng Phạm Đức Duyên, Chính ủy Quân khu 2 tặng Bằng khen cho 3 tập thể", None),
        ("Trung tướng Phạm Đức Duyên trao Bằng khen của Bộ Quốc phòng cho 3 tập thể", "Bộ Quốc phòng"),
        ("Hội nghị do Quân khu 2 tổ chức, đồng chí Chủ trì tặng Bằng khen cho 3 tập thể", None),
        ("Trao Bằng khen cho 3 tập thể của Quân khu 2", None),
    ],
)
def test_who_hands_an_award_over_is_not_its_giver(text, giver):
    assert [award[1] for award in told(text)] == [giver]


@pytest.mark.parametrize(
    ("text", "persons", "units"),
    [
        ("trao Huân chương Lao động cho đồng chí Nguyễn Văn An", ["Nguyễn Văn An"], [None]),
        ("tặng Bằng khen cho Nguyễn Văn An và Lê Thị Bình, Quân khu 2", ["Nguyễn Văn An", "Lê Thị Bình"], [None, None]),
        ("trao Huân chương Quân công cho Trung đoàn 31, Sư đoàn 309", [None], ["Trung đoàn 31"]),
        ("Trung đoàn 31 vinh dự được Bộ Quốc phòng tặng Cờ thi đua", [None], ["Trung đoàn 31"]),
        ("Sư đoàn 309 đón nhận Huân chương Quân công", [None], ["Sư đoàn 309"]),
        ("tặng Bằng khen cho 5 cá nhân của Trung đoàn 31", [None], [None]),
        ("tặng Bằng khen cho các tập thể, cá nhân tiêu biểu của Sư đoàn 309", [None], [None]),
        ("Trong năm, đơn vị thuộc Sư đoàn 309 ở miền núi được tặng Bằng khen", [None], [None]),
    ],
)  # fmt: skip
def test_an_award_is_told_for_each_that_gets_it_by_name(text, persons, units):
    assert [(award[4], award[5]) for award in told(text)] == list(zip(persons, units, strict=True))


def test_aims_and_bylines_give_nothing():
    assert awards("Sư đoàn 309 phấn đấu đạt danh hiệu “Đơn vị quyết thắng”") == []
    assert awards("Bộ Quốc phòng tặng Bằng khen cho 3 tập thể", zone="byline") == []
    assert awards("Không có gì ở đây") == []


def test_mentions_of_other_lines_do_not_count():
    text = "Bộ Quốc phòng tặng Bằng khen cho 3 tập thể"
    there = OrganizationMention(2, 3, 0, 13, "Bộ Quốc phòng", "body", "name")
    (award,) = find_awards(7, "body", text, Organizations(FOUND, (there,)), People())
    assert award.giver is None


def test_a_caption_that_repeats_the_text_adds_no_award():
    full = Award("Bằng khen", 0, 26, 28, None, None, "given", 9, 0, 9)
    caption = replace(full, giver=None, groups=None, persons=None, line_no=4)
    other = replace(full, groups=3)
    assert distinct_awards([caption, full, caption, other]) == [full, other]
    assert distinct_awards([]) == []

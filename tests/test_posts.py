"""Whose a post is: which organizations have it, committees that only posts tell of, what the rest of a text says."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.mentions import BulletinText, Organization, OrganizationMention, Organizations, TextLine
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people
from pipelines.normalize.post_owners import fits, head_of
from tests.people_rows import FOUND
from tests.test_people import bulletin, people, told


@pytest.mark.parametrize(
    ("position", "organization", "expected"),
    [
        ("Cục trưởng", "Cục Quân y", True),
        ("Phó Cục trưởng", "Cục Quân y", True),
        ("Phó Giám đốc Thường trực", "Bệnh viện Quân y 4", True),
        ("Giám đốc", "Sở Y tế Nghệ An", True),
        ("Giám đốc", "Cục Quân y", False),
        ("Giám đốc", "Cơ quan Cảnh sát điều tra Công an tỉnh Nghệ An", False),
        ("Giám đốc", "Công an huyện Lai Vung", False),
        ("Trưởng Công an", "Công an huyện Lai Vung", True),
        ("Thứ trưởng", "Bộ Y tế", True),
        ("Thứ trưởng", "Bộ Tư lệnh 86", False),
        ("Bộ trưởng", "Bộ Chỉ huy quân sự tỉnh Nghệ An", False),
        ("Phó Chủ nhiệm Hậu cần", "Quân khu 7", True),
        ("Chủ nhiệm Quân y", "Khoa Nội", False),
        ("Hiệu trưởng", "Trường Tiểu học Nậm Cắn", True),
        ("Viện trưởng", "Bệnh viện Bạch Mai", False),
        ("Hiệu trưởng", "Sohopharma", None),
        ("Trưởng đoàn", "Bộ Y tế", None),
        ("Chính ủy", "Lữ đoàn Pháo binh 572", True),
        ("Tư lệnh", "Sư đoàn 3", False),
        ("Đảng ủy viên", "Đảng ủy Quân khu 2", None),
    ],
)  # fmt: skip
def test_a_post_fits_the_organizations_that_have_such_a_head(position, organization, expected):
    assert fits(position, organization) is expected


def test_a_deputys_post_goes_by_its_heads():
    assert head_of("Phó Chủ tịch Thường trực") == "Chủ tịch"
    assert head_of("Phó Chủ nhiệm Kỹ thuật") == "Chủ nhiệm Chính trị"
    assert head_of("Già làng") == "Già làng"


def test_a_committee_that_only_a_post_tells_of_becomes_an_organization_with_its_place():
    text, given_ = bulletin("Đại tá Lê Thành Đô, Bí thư Đảng ủy, Giám đốc {Công an tỉnh Đồng Tháp} dự.")
    found = find_people(text, given_)
    made = found.organizations.found[len(given_.found)]
    assert (made.name, made.parent, made.kind) == ("Đảng ủy Công an tỉnh Đồng Tháp", "Công an tỉnh Đồng Tháp", "party")
    assert [m.surface for m in found.organizations.mentions] == ["Đảng ủy", "Công an tỉnh Đồng Tháp"]
    assert found.organizations.found[: len(given_.found)] == given_.found


def test_the_office_of_a_post_that_ends_a_line_ends_with_it():
    found, organizations = people("Đồng chí Nguyễn Văn An, Bí thư Đảng ủy, Thủ tướng Lào")
    assert [told.position for told in found.positions] == ["Bí thư", "Thủ tướng Chính phủ"]
    assert organizations.found == ()


def test_without_such_a_post_the_organizations_stay_as_they_were():
    text, given_ = bulletin("Đại tá Lê Thành Đô, Giám đốc {Công an tỉnh Đồng Tháp} dự.")
    assert find_people(text, given_).organizations is given_


def test_a_committee_named_elsewhere_is_that_one():
    found, organizations = people(
        "{Đảng ủy Sư đoàn 3} họp. Đại tá Lê Văn Tâm, Bí thư Đảng ủy, Chính ủy {Sư đoàn 3} chủ trì."
    )
    assert len(organizations.found) == 2
    assert found.positions[0].organization == 0


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the only one, the publisher's, the sentence's
        (("{Trường Sĩ quan X} họp.", "Đại tá Lê Văn An, Hiệu trưởng, chủ trì."), "Hiệu trưởng @ Trường Sĩ quan X"),
        (("{Bệnh viện A} thăm {Bệnh viện B}.", "Bác sĩ Lê Văn An, Giám đốc, nói."), "Giám đốc @ -"),
        (("{Bệnh viện A} họp.", "Tại {Bệnh viện B}, Bác sĩ Lê Văn An, Giám đốc, nói."), "Giám đốc @ Bệnh viện B"),
        (("{Cục Quân y} họp.", "Bác sĩ Lê Văn An, Giám đốc, nói."), "Giám đốc @ -"),
        (("{Cục Quân y} họp.", "Đại tá Lê Văn An, nguyên Cục trưởng, nói."), "former Cục trưởng @ Cục Quân y"),
        (("{Sư đoàn 3} họp.", "Đại tá Lê Văn An, Chính ủy, nói."), "Chính ủy @ Sư đoàn 3"),
        (("{Sư đoàn 3} và {Sư đoàn 5} họp.", "Đại tá Lê Văn An, Chính ủy, nói."), "Chính ủy @ -"),
        (("Đại tá Lê Văn An, Chính ủy {Sư đoàn 3} đến {Sư đoàn 5}.", "Đại tá Lê Văn An, Chính ủy, nói."), "Chính ủy @ Sư đoàn 3"),
        (("{Hội Nông dân} họp.", "Ông Lê Văn An, Chủ tịch, nói."), "Chủ tịch @ -"),
    ],
)  # fmt: skip
def test_a_post_without_organization_is_of_the_one_it_can_only_be_of(lines, expected):
    assert told(*lines).endswith(f" = {expected}")


def test_the_publishers_own_organization_is_spoken_of():
    lines = ("Bệnh viện Nhi Sông Cầu ký kết với Bệnh viện Đa khoa tỉnh Hà Giang.", "Bác sĩ Lê Văn An, Giám đốc, nói.")
    text = BulletinText(
        tuple(TextLine(number, "body", line) for number, line in enumerate(lines, 1)),
        publisher="Bệnh viện Nhi Sông Cầu",
    )
    found = find_people(text, find_organizations(text))
    owner = found.positions[0].organization
    assert owner is not None
    assert found.organizations.found[owner].name == "Bệnh viện Nhi Sông Cầu"


_PIECES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from([text for text, _ in FOUND]).map(lambda text: text.replace("{", "").replace("}", "")),
        st.sampled_from(["Đảng ủy, Giám đốc Công an tỉnh Nghệ An ", "Trưởng ban Chỉ đạo ", "Ông nguyên là ", "(", "về phía ", ". "]),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(_PIECES.map("".join), st.booleans())
def test_posts_of_any_text_point_to_organizations_and_these_to_words(text, decomposed):
    text = unicodedata.normalize("NFD", text) if decomposed else text
    whole = BulletinText((TextLine(1, "body", text), TextLine(2, "caption", text)), publisher=text[:30])
    found = find_people(whole, find_organizations(whole))
    organizations = found.organizations
    for mention in organizations.mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert 0 <= mention.index < len(organizations.found)
    assert all(post.organization is None or post.organization < len(organizations.found) for post in found.positions)
    assert find_people(whole, find_organizations(whole)) == found


@pytest.mark.parametrize(
    "piece",
    ["Đại tá Lê Văn A, Giám đốc Bệnh viện X; ", "về phía Bệnh viện X có ông Lê Văn B, Giám đốc; ", "Ông A, Giám đốc, ",
     "Bí thư Đảng ủy, Giám đốc Công an tỉnh X, ", "Ban Tổ chức làm Trưởng ban ", "Nguyễn Trãi, Giám đốc Sở X; ",
     "đồng chí Chủ tịch Công đoàn, ", "Trưởng phòng 5, ", "Đại tá Lê Văn A, người dân tộc Tày, "],
)  # fmt: skip
def test_a_hostile_line_full_of_organizations_is_read_in_time_that_grows_with_its_length(piece):
    text = piece * (200_000 // len(piece))
    found, mentions = [], []
    for match in re.finditer(r"Bệnh viện X|Sở X|Công an tỉnh X", text):
        found.append(Organization(f"{match[0]} {len(found)}", kind="hospital"))
        place = OrganizationMention(len(found) - 1, 1, match.start(), match.end(), match[0], "body", "name")
        mentions.append(place)
    started = time.process_time()
    find_people(BulletinText((TextLine(1, "body", text),)), Organizations(tuple(found), tuple(mentions)))
    assert time.process_time() - started < 5

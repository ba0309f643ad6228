"""People: names, ranks, titles, posts; who is the same; who is nobody's business."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.mentions import (
    BulletinText,
    Organization,
    OrganizationMention,
    Organizations,
    People,
    TextLine,
)
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_words import TOKEN
from pipelines.normalize.spelling import plain
from tests.people_rows import FOUND, REFUSED

_KINDS = {
    "Quân khu": "military region",
    "Sư đoàn": "division",
    "Đảng ủy": "party",
    "Tỉnh ủy": "party",
    "Vùng": "command",
}


def bulletin(*lines: str, **credits: tuple[str, ...]) -> tuple[BulletinText, Organizations]:
    """A bulletin of lines `zone: text` (body without), its organizations marked by braces as told in people_rows."""
    texts, found, mentions = [], {}, []
    for number, line in enumerate(lines, 1):
        zone, text = re.match(r"(?:(title|caption|byline): )?(.*)\Z", line, re.DOTALL).groups()
        out, open_ = "", []
        for piece in re.split(r"([{}])", text):
            if piece == "{":
                open_.append((len(out), len(mentions)))
                mentions.append(None)
            elif piece == "}":
                start, place = open_.pop()
                surface, _, name = out[start:].partition("=")
                out = out[:start] + surface
                name = name or surface
                kind = next((kind for head, kind in _KINDS.items() if name.startswith(head)), "other")
                index = found.setdefault(name, (len(found), Organization(name, kind=kind)))[0]
                mentions[place] = OrganizationMention(index, number, start, len(out), surface, zone or "body", "name")
            else:
                out += piece
        texts.append(TextLine(number, zone or "body", out))
    return BulletinText(tuple(texts), date(2024, 3, 12), **credits), Organizations(
        tuple(o for _, o in found.values()), tuple(mentions)
    )


def people(*lines: str, **credits: tuple[str, ...]) -> tuple[People, Organizations]:
    text, organizations = bulletin(*lines, **credits)
    found = find_people(text, organizations)
    return found, found.organizations


def told(*lines: str, **credits: tuple[str, ...]) -> str:
    """The people as people_rows writes them."""
    found, organizations = people(*lines, **credits)
    out = []
    for index, person in enumerate(found.found):
        mentions = [mention for mention in found.mentions if mention.index == index]
        ranks = dict.fromkeys(mention.rank for mention in mentions if mention.rank)
        titles = dict.fromkeys(mention.title for mention in mentions if mention.title)
        posts = dict.fromkeys(
            f"{'' if post.status == 'current' else post.status + ' '}{post.position} @ "
            + ("-" if post.organization is None else organizations.found[post.organization].name)
            for post in found.positions
            if post.index == index
        )
        rank, title, post = (
            (f" [{', '.join(ranks)}]" if ranks else ""),
            (f" ({'; '.join(titles)})" if titles else ""),
            "; ".join(posts),
        )
        out.append(person.name + rank + title + (f" = {post}" if post else ""))
    return " + ".join(out)


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_a_person_is_read_with_rank_titles_and_posts(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize("sentence", REFUSED)
def test_nobody_is_read(sentence):
    assert told(sentence) == ""


# Mentions


def kinds(found: People) -> list[tuple[str, str, str]]:
    return [(found.found[mention.index].name, mention.kind, mention.surface) for mention in found.mentions]


def test_short_names_and_posts_alone_speak_of_the_one_person_they_can_mean():
    found, _ = people(
        "title: ĐẠI TÁ NGUYỄN VĂN HẢI THĂM TRUNG ĐOÀN 98",
        "Đại tá Nguyễn Văn Hải, Chủ nhiệm {TCHC=Tổng cục Hậu cần} và Thượng tá Lê Trường Giang dự.",
        "Đại tá Hải nêu rõ. Đồng chí Giang cảm ơn. Đồng chí Chủ nhiệm {TCHC=Tổng cục Hậu cần} nhấn mạnh.",
        "Chủ nhiệm {Tổng cục Hậu cần} yêu cầu. Thiếu tướng Giang không có ở đây. Đồng chí Trường Giang hát.",
        "Nguyễn Văn Hải nói thêm.",
    )
    assert kinds(found) == [
        ("Nguyễn Văn Hải", "full", "ĐẠI TÁ NGUYỄN VĂN HẢI"),
        ("Nguyễn Văn Hải", "full", "Đại tá Nguyễn Văn Hải"),
        ("Lê Trường Giang", "full", "Thượng tá Lê Trường Giang"),
        ("Nguyễn Văn Hải", "short", "Đại tá Hải"),
        ("Lê Trường Giang", "short", "Đồng chí Giang"),
        ("Nguyễn Văn Hải", "title_only", "Đồng chí Chủ nhiệm TCHC"),
        ("Nguyễn Văn Hải", "title_only", "Chủ nhiệm Tổng cục Hậu cần"),
        ("Lê Trường Giang", "short", "Đồng chí Trường Giang"),
        ("Nguyễn Văn Hải", "full", "Nguyễn Văn Hải"),
    ]


def test_what_could_be_two_people_is_nobody():
    found, _ = people(
        "Đại tá Nguyễn Văn Hải, Phó Tư lệnh {Quân khu 2} và Đại tá Trần Minh Hải, Phó Tư lệnh {Quân khu 2} dự.",
        "Đại tá Hải nói. Đồng chí Phó Tư lệnh {Quân khu 2} nói. Các đồng chí Phó Tư lệnh {Quân khu 2} đi.",
    )
    assert [mention.kind for mention in found.mentions] == ["full", "full"]


def test_a_former_holder_is_not_meant_by_the_post():
    found, _ = people(
        "Thiếu tướng Lê Văn An, nguyên Cục trưởng {Cục Quân y} kể. Đồng chí Cục trưởng {Cục Quân y} cảm ơn."
    )
    assert [mention.kind for mention in found.mentions] == ["full"]


def test_one_name_is_one_person_in_any_dress():
    assert (
        told("Đại tá NGUYỄN THÚY HÒA dự.", "Đồng chí Nguyễn Thuý Hoà nói.", "Đại tá Nguyễn Thúy Hòa kết luận.").count(
            "+"
        )
        == 0
    )
    assert (
        told("title: TRUNG TƯỚNG LÊ MINH HƯNG CHỦ TRÌ", "Trung tướng Lê Minh Hưng nói.") == "Lê Minh Hưng [Trung tướng]"
    )
    assert told("Đại tá Trương Hoàng Việt nói.", "Đại tá Hoàng Việt nói thêm.") == "Trương Hoàng Việt [Đại tá]"


def test_a_short_name_that_a_private_person_has_too_is_nobodys():
    found, _ = people("Đại tá Trần Văn Bông tặng nhà cho bà Nguyễn Thị Bông.", "Bà Bông xúc động.")
    assert [mention.kind for mention in found.mentions] == ["full"]


def test_a_suspect_is_left_out_everywhere():
    assert told("Ông Lê Văn Dũng, Giám đốc {Công ty X} trúng thầu.", "Khởi tố bị can Lê Văn Dũng.") == ""


def test_authors_and_photographers_of_the_byline_are_people_by_kind():
    found, _ = people(
        "Đại tá Trần Văn Nam dự.",
        "byline: Tin, ảnh: VŨ HẢI - Minh Hoài",
        authors=("Vũ Hải", "Minh Hoài"),
        photographers=("Vũ Hải",),
    )
    assert kinds(found) == [
        ("Trần Văn Nam", "full", "Đại tá Trần Văn Nam"), ("Vũ Hải", "author", "VŨ HẢI"), ("Vũ Hải", "photographer", "VŨ HẢI"),
    ]  # fmt: skip
    assert found.positions == ()


def test_an_author_that_the_byline_does_not_hold_is_no_mention():
    assert told("Đại tá Trần Văn Nam dự.", authors=("Vũ Hải",)) == "Trần Văn Nam [Đại tá]"


# Whole bulletins

VISIT = (
    "title: THIẾU TƯỚNG VŨ KIM LONG KIỂM TRA CÔNG TÁC HẬU CẦN TẠI {SƯ ĐOÀN 355=Sư đoàn 355}",
    "{QK2=Quân khu 2} - Ngày 12-3, Thiếu tướng Vũ Kim Long, Ủy viên Ban Thường vụ {Đảng ủy Quân khu 2}, Phó Tư lệnh {Quân khu=Quân khu 2} kiểm tra "
    "{Sư đoàn 355} trên đường Nguyễn Huệ, thị trấn Vũ Quang. Cùng đi có Đại tá, TS Lò A Sính, Chủ nhiệm Hậu cần {Quân khu=Quân khu 2}; Thượng tá Đỗ "
    "Thị Hà, Trưởng {phòng Quân nhu=Phòng Quân nhu} và Trung tá Hoàng Nam, Trợ lý {Phòng Doanh trại}.",
    "caption: Thiếu tướng Vũ Kim Long thăm bếp ăn Tiểu đoàn Trần Quốc Toản.",
    "Báo cáo với đoàn, Thượng tá Ngô Đình Bảy – Sư đoàn trưởng cho biết, đơn vị học tập và làm theo tư tưởng Hồ Chí Minh. Bác sĩ Lê Hoa khám cho "
    "bệnh nhân Trần Văn Đông (67 tuổi) và chị Lường Thị Ón.",
    "Phát biểu kết luận, Thiếu tướng Long biểu dương. Đồng chí Phó Tư lệnh {Quân khu=Quân khu 2} yêu cầu đồng chí Bảy sớm khắc phục.",
    "byline: Tin, ảnh: LÊ TÚ",
)  # fmt: skip


def test_a_visit_is_read_whole():
    assert told(*VISIT, authors=("Lê Tú",), photographers=("Lê Tú",)).split(" + ") == [
        "Vũ Kim Long [Thiếu tướng] = Ủy viên Ban Thường vụ @ Đảng ủy Quân khu 2; Phó Tư lệnh @ Quân khu 2",
        "Lò A Sính [Đại tá] (Tiến sĩ) = Chủ nhiệm Hậu cần @ Quân khu 2",
        "Đỗ Thị Hà [Thượng tá] = Trưởng phòng @ Phòng Quân nhu",
        "Hoàng Nam [Trung tá] = Trợ lý @ Phòng Doanh trại",
        "Ngô Đình Bảy [Thượng tá] = Sư đoàn trưởng @ Sư đoàn 355",
        "Lê Hoa (Bác sĩ)",
        "Lê Tú",
    ]
    found, _ = people(*VISIT)
    assert [mention.surface for mention in found.mentions if mention.kind in ("short", "title_only")] == [
        "Thiếu tướng Long", "Đồng chí Phó Tư lệnh Quân khu", "đồng chí Bảy",
    ]  # fmt: skip


def test_a_decision_is_read_whole():
    assert told(
        "Sáng 2-4, {Đảng ủy Quân khu 3} công bố quyết định điều động Đại tá Khúc Thành Dư, Phó Tư lệnh {Quân khu 3} giữ chức vụ Cục trưởng {Cục Dân quân tự vệ}; "
        "bổ nhiệm Đại tá Nguyễn Đức Dũng giữ chức vụ Phó Tư lệnh {Quân khu 3}.",
        "Chúc mừng Đại tá Nguyễn Đức Dũng, đồng chí Bí thư {Đảng ủy Quân khu 3} tin tưởng. Dự lễ có nguyên Tư lệnh {Quân khu 3}, Trung tướng Phạm Hồng Hương.",
    ).split(" + ") == [
        "Khúc Thành Dư [Đại tá] = Phó Tư lệnh @ Quân khu 3; appointed Cục trưởng @ Cục Dân quân tự vệ",
        "Nguyễn Đức Dũng [Đại tá] = appointed Phó Tư lệnh @ Quân khu 3",
        "Phạm Hồng Hương [Trung tướng] = former Tư lệnh @ Quân khu 3",
    ]


def test_with_the_organizations_found_by_rule_nested_owners_and_bare_heads_are_resolved():
    lines = (
        "QK2 - Sáng 8-7, Đảng ủy Quân khu tổ chức hội nghị. Trung tướng Phạm Đức Duyên, Bí thư Đảng ủy, Chính ủy Quân khu chủ trì.",
        "Đại tá Trịnh Văn Minh, Phó Chủ nhiệm Chính trị Cục Hậu cần, Trung tá Lê Văn Sơn, Trưởng phòng Quân y Cục Hậu cần dự.",
        "Kết luận, đồng chí Bí thư Đảng ủy Quân khu yêu cầu làm tốt hơn.",
    )
    text = BulletinText(
        tuple(TextLine(number, "body", line) for number, line in enumerate(lines, 1)),
        agency_prefix="QK2", publisher="Báo Quân khu 2", sphere="army",
    )  # fmt: skip
    organizations = find_organizations(text)
    found = find_people(text, organizations)
    assert [
        (
            found.found[post.index].name,
            post.position,
            post.organization is not None and organizations.found[post.organization].name,
        )
        for post in found.positions
    ] == [
        ("Phạm Đức Duyên", "Bí thư", "Đảng ủy Quân khu 2"),
        ("Phạm Đức Duyên", "Chính ủy", "Quân khu 2"),
        ("Trịnh Văn Minh", "Phó Chủ nhiệm Chính trị", "Cục Hậu cần"),
        ("Lê Văn Sơn", "Trưởng phòng", "Phòng Quân y"),
    ]
    assert [mention.surface for mention in found.mentions if mention.kind == "title_only"] == [
        "đồng chí Bí thư Đảng ủy Quân khu"
    ]


# Properties

_PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from([text for text, _ in FOUND]).map(lambda text: text.replace("{", "").replace("}", "")),
        st.sampled_from(
            [
                "Đại tá ",
                "Nguyễn Văn An",
                ", ",
                "; ",
                " và ",
                "Bí thư ",
                "Đảng ủy ",
                "(",
                ")",
                "nguyên ",
                "GS.TS ",
                "là ",
            ]
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(_PIECES.map("".join))
def test_any_text_is_read_and_quoted(text):
    bulletin_text = BulletinText(
        (TextLine(1, "body", text), TextLine(2, "byline", text)), authors=(text[:20], "Lê Văn An")
    )
    found = find_people(bulletin_text, Organizations())
    assert found == find_people(bulletin_text, Organizations())
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert 0 <= mention.index < len(found.found)
    assert {mention.index for mention in found.mentions} == set(range(len(found.found)))
    assert {post.index for post in found.positions} <= set(range(len(found.found)))


@pytest.mark.parametrize("sentence", [text for text, expected in FOUND if expected])
def test_the_spelling_of_the_same_text_changes_nothing(sentence):
    plain_text, organizations = bulletin(sentence)
    text = plain_text.lines[0].text
    expected = find_people(plain_text, Organizations())
    for other in (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0"), text + "  ", text.replace("Đ", "Ð")):
        found = find_people(BulletinText((TextLine(1, "body", other),)), Organizations())
        assert [unicodedata.normalize("NFC", person.name) for person in found.found] == [
            person.name for person in expected.found
        ]
        assert [(p.position, p.status, p.rank) for p in found.positions] == [
            (p.position, p.status, p.rank) for p in expected.positions
        ]
        for mention in found.mentions:
            assert other[mention.start : mention.end] == mention.surface
    assert organizations


@pytest.mark.parametrize(
    "piece",
    ["Đại tá ", "Nguyễn Văn An, ", "đồng chí ", "Bí thư Đảng ủy, ", "NGUYỄN ", "(", "Đại tá Lê Văn A; ", "các ", "Kay-xỏn-", ". ", "A\u0301",
     "Đại tá Nguyễn Văn An, Phó Tư lệnh và "],
)  # fmt: skip
def test_a_hostile_line_is_read_in_time_that_grows_with_its_length(piece):
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    find_people(BulletinText((TextLine(1, "body", text),)), Organizations())
    assert time.process_time() - started < 8


@settings(max_examples=300)
@given(st.text("aÔ1_ ,.;:()'’-\n", max_size=30))
def test_a_line_is_cut_into_words_and_marks_with_their_places(text: str):
    line = Line(TextLine(1, "body", text), plain(text))
    assert line.words == TOKEN.findall(line.text)
    assert [line.text[line.starts[at] : line.end_of(at)] for at in range(len(line.words))] == line.words

"""From what a survey found to a source file: selectors that hold, cautious words, text the strict reader takes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawlers.drafting.draft import draft_source
from crawlers.drafting.family import family_of
from crawlers.drafting.layout import draft_layout
from crawlers.drafting.naming import clean, id_of, publisher_of, sphere_of
from crawlers.drafting.pages import Opened, opened
from crawlers.drafting.rhythm import rhythm_of
from crawlers.drafting.selectors import selectors_of
from crawlers.drafting.toml_text import Literal, comment, value_text
from crawlers.newsroom import Faults, Newsroom
from crawlers.source import Discover, UrlRules
from crawlers.source_file import source_of
from crawlers.survey.findings import FoundWay, Sampled
from pipelines.html import every, parse
from pipelines.identity import UrlRule
from tests.drafting_samples import NOW, PAGE, bulletin, findings_of, found, golden, looked, way_of

HOME = "https://bao.example.vn/"


def pages_of(texts: list[str], listed: list[date | None] | None = None) -> list[Opened]:
    urls = [f"{HOME}tin/bai-{n}.html" for n in range(len(texts))]
    days = {url: day for url, day in zip(urls, listed or [], strict=False) if day is not None}
    pages, none = opened("x", [Sampled(url, looked(url, text)) for url, text in zip(urls, texts, strict=True)], days)
    assert none == []
    return pages


DAYS = [date(2026, 9, 1) + timedelta(days=3 * n) for n in range(6)]


@pytest.mark.parametrize("kind", ["army-daily", "hospital"])  # tests/adding.py looks at all of them
def test_a_site_whose_names_nobody_knows_gets_a_layout_that_reads_what_is_there(kind: str) -> None:
    room = Newsroom(7, kinds=(kind,), bulletins=24, faults=Faults(broken_from=date(2020, 1, 1)))
    site = room.sites[0]
    findings = findings_of(room, site, pages=6, dated=kind != "hospital")
    drafted = draft_source(findings, "x", site.base_url, now=NOW, allow_private=True)
    gold = golden(room, site)
    wrong = []
    for row, reading in zip(drafted.rows, drafted.layout.readings, strict=True):
        told, read = gold[row.url], reading.bulletin
        assert read is not None
        expected = {"title": told.title, "body": "\n\n".join(told.body), "published_on": told.published_on}
        wrong += [(row.url, name) for name, value in expected.items() if getattr(read, name) != value]
    assert wrong == []
    assert len(drafted.rows) == 6


@pytest.mark.parametrize("kind", ["military-region", "sharepoint"])
def test_a_drafted_file_passes_the_strict_reader_as_it_stands(kind: str) -> None:
    room = Newsroom(5, kinds=(kind,), bulletins=16)
    findings = findings_of(room, room.sites[0], pages=4)
    drafted = draft_source(findings, "x", room.sites[0].base_url, now=NOW, allow_private=True)
    source = source_of("x", tomllib.loads(drafted.text))
    assert source == drafted.source
    assert (source.discover, source.url) == (tuple(way.way for way in findings.ways), findings.url)
    assert (source.status, source.enabled, source.fetch.allow_private) == ("seen", False, True)
    assert all(len(line) <= 120 for line in drafted.text.splitlines() if line.startswith("#"))


def test_selectors_of_a_page_of_no_family_are_found() -> None:
    drafted = draft_layout(pages_of([bulletin(n, day) for n, day in enumerate(DAYS)], [*DAYS]), None)
    assert drafted.layout is not None
    assert (drafted.layout.title, drafted.layout.published, drafted.layout.body) == (
        "h2.ten-tin", "span.luc", "div.than-tin",
    )  # fmt: skip


def test_a_clock_that_shows_one_day_on_all_pages_is_no_date_of_publication() -> None:
    clock = '<div class="gio">Chủ nhật, 01/11/2026</div>'
    texts = [bulletin(n, day, before=clock).replace(f"{day:%d/%m/%Y} 08:30", "") for n, day in enumerate(DAYS)]
    texts = [text.replace("</div></div>", "<p>Tin, ảnh: NGUYỄN VĂN AN</p></div></div>") for text in texts]
    drafted = draft_layout(pages_of(texts), None)
    assert drafted.layout is not None and drafted.layout.published is None


def test_the_day_of_a_related_bulletin_is_not_taken() -> None:
    other = '<div class="ngay-khac">05/05/2026</div>'
    drafted = draft_layout(pages_of([bulletin(n, day, after=other) for n, day in enumerate(DAYS)], [*DAYS]), None)
    assert drafted.layout is not None and drafted.layout.published == "span.luc"


def test_pages_that_say_another_day_than_their_list_are_a_doubt() -> None:
    late = [day + timedelta(days=1) for day in DAYS]
    drafted = draft_layout(pages_of([bulletin(n, day) for n, day in enumerate(DAYS)], [*late]), None)
    assert any("differs between list and page on 6 of 6" in doubt for doubt in drafted.doubts)


def test_a_line_that_the_site_puts_among_the_paragraphs_is_removed() -> None:
    advert = '<p class="moi-doc">Trang tin này là tiếng nói của cán bộ, chiến sĩ toàn lực lượng trên mọi miền của Tổ quốc.</p>'
    drafted = draft_layout(pages_of([bulletin(n, day, body=advert) for n, day in enumerate(DAYS)], [*DAYS]), None)
    assert drafted.layout is not None and drafted.layout.remove == ("p.moi-doc",)
    assert all("Trang tin này" not in (r.bulletin.body or "") for r in drafted.readings if r.bulletin)


def test_two_pages_are_too_few_for_a_layout() -> None:
    drafted = draft_layout(pages_of([bulletin(n, day) for n, day in enumerate(DAYS[:2])]), None)
    assert drafted.layout is None and "only 2 pages" in drafted.why


def test_names_that_a_program_made_are_not_selected() -> None:
    root, _ = parse(
        '<div id="node-18273" class="css-1q2w3e col-md-8 MuiBox__aB3dE9x active"><p class="x-0f3a9c81-b2d4">t</p></div>'
    )
    assert list(selectors_of(every(root, "div")[0])) == []
    assert [s for s in selectors_of(every(root, "p")[0]) if "0f3a" in s] == []


def test_a_family_is_not_told_by_a_few_pages() -> None:
    mark = '<meta name="generator" content="WordPress 6.4">'
    texts = [bulletin(n, day, head=mark if n < 2 else "") for n, day in enumerate(DAYS)]
    family = family_of(pages_of(texts))
    assert family.name is None and family.doubts
    assert family_of(pages_of([bulletin(n, day, head=mark) for n, day in enumerate(DAYS)])).name == "wordpress"


def test_a_generator_that_nobody_knows_is_told_and_not_written() -> None:
    mark = '<meta name="generator" content="Cổng thông tin 3.2">'
    family = family_of(pages_of([bulletin(n, day, head=mark) for n, day in enumerate(DAYS)]))
    assert family.name is None and "Cổng thông tin 3.2" in family.evidence


def days_of(count: int, step: int = 1, end: date = date(2026, 10, 31)) -> list[date]:
    return [end - timedelta(days=step * n) for n in range(count)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (days_of(40), "daily"),
        ([day for day in days_of(60) if day.weekday() < 5], "weekdays"),
        (days_of(10, 7), "weekly"),
        ([date(2026, 10, d) for d in (1, 2, 3, 17, 18, 19, 20, 30)], "irregular"),
        (days_of(5), None),
        ([date(2026, 10, 31)] * 30, None),
        ([], None),
        (days_of(40, end=date(2026, 9, 1)), None),
    ],
)
def test_the_rhythm_follows_from_days(days: list[date], expected: str | None) -> None:
    assert rhythm_of(days, today=date(2026, 11, 1), complete=False).rhythm == expected


def test_the_least_of_a_month_is_half_of_the_poorest_whole_one() -> None:
    days = [*days_of(31), *[date(2026, 9, 3 * n + 1) for n in range(10)], date(2026, 8, 30)]
    assert rhythm_of(days, today=date(2026, 11, 1), complete=False).min_per_month == 5


def test_a_month_that_was_not_looked_at_is_no_evidence() -> None:
    gap = [*days_of(30), *days_of(20, end=date(2026, 3, 20))]
    told = rhythm_of(gap, today=date(2026, 11, 1), complete=False)
    assert told.min_per_month is None and told.since is None


def test_only_a_complete_list_says_since_when() -> None:
    days = days_of(50, 9)
    assert rhythm_of(days, today=date(2026, 11, 1), complete=True).since == date(2025, 1, 1)
    assert rhythm_of(days, today=date(2026, 11, 1), complete=False).since is None


def test_one_section_does_not_say_how_often_the_whole_publisher_writes() -> None:
    section = way_of(f"{HOME}chuyen-muc/", {f"{HOME}tin/{n}": day for n, day in enumerate(days_of(9, 7))})
    whole = replace(way_of(f"{HOME}tin/"), estimate=300)
    alone = draft_source(found(HOME, ways=(section,)), "x", HOME, now=NOW, allow_private=False)
    both = draft_source(found(HOME, ways=(section, whole)), "x", HOME, now=NOW, allow_private=False)
    assert (alone.rhythm.rhythm, alone.rhythm.since) == ("weekly", date(2026, 1, 1))
    assert (both.rhythm.rhythm, both.rhythm.since, both.estimate) == (None, None, 300)


def test_a_way_that_listed_nothing_says_nothing() -> None:
    nothing = replace(way_of(f"{HOME}tin/"), estimate=0)
    sample = (Sampled(f"{HOME}a", looked(f"{HOME}a", bulletin(1, DAYS[0]))),)
    drafted = draft_source(found(HOME, ways=(nothing,), sample=sample), "x", HOME, now=NOW, allow_private=False)
    assert (drafted.rhythm.rhythm, drafted.estimate) == (None, 0)


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("https://www.baoquankhu2.vn/", "baoquankhu2"),
        ("http://127.0.5.1:8460/", "127-0-5-1"),
        ("https://sotttt.hanoi.gov.vn/", "sotttt-hanoi"),
        ("https://vn/", "vn"),
        ("https://[2001:db8::1]/", "2001-db8-1"),
        ("https://---/", "source"),
    ],
)
def test_ids_are_made_of_hosts(home: str, expected: str) -> None:
    assert id_of(home) == expected


def test_a_sphere_is_guessed_only_from_words_that_say_one() -> None:
    assert sphere_of("Báo Quân khu 2", HOME)[0] == "army"
    assert sphere_of("Công an tỉnh Lào Cai", HOME)[0] == "police"
    assert sphere_of("Sở Y tế", "https://soyte.example.vn/")[0] == "province"
    assert sphere_of("Trang tin", "https://tin.example.vn/")[0] is None


def test_a_site_without_a_name_is_called_by_its_host() -> None:
    assert publisher_of(None, [], HOME)[0] == "bao.example.vn"
    assert publisher_of(" Báo\u202e \x1b[31m ", [], HOME)[0] == "Báo [31m"


HOSTILE = "A \"quoted\" \\ text\nwith\x00 lines\x7f, \u202ebidi, 'ticks', ]] # and = signs"


def test_words_of_pages_stay_words_in_the_file() -> None:
    for text in (HOSTILE, "'''", '"""', "\\", "\u2028", "\x1b]0;x\x07", "a\r\nenabled = true"):
        for value in (text, Literal(text)):
            written = f"x = {value_text(value)}"
            assert tomllib.loads(written) == {"x": text}
            assert written.isprintable()
        assert all(line.startswith("# ") and line.isprintable() for line in comment(text, "doubt: "))


def test_a_hostile_site_cannot_write_a_key_of_its_own() -> None:
    evil = 'x"\nenabled = true\n[fetch]\ntls = "unverified" #'
    sample = tuple(
        Sampled(
            f"{HOME}a{n}",
            looked(f"{HOME}a{n}", bulletin(n, day, head=f"<meta property='og:site_name' content='{evil}'>")),
        )
        for n, day in enumerate(DAYS)
    )
    way = FoundWay(Discover("listing", HOME, item='a[title="\\"x"]'), evil, (evil,), (), 1, 4)
    rules = UrlRules(bulletin="^/a'\\d+$", keep_query=(), key=(UrlRule("^/(b)'", "/\\1", "same-page"),))
    findings = found(HOME, ways=(way,), url=rules, sample=sample, title=evil, doubts=(evil,), missing=(evil,))
    drafted = draft_source(findings, "x", HOME, now=NOW, allow_private=False)
    assert (drafted.source.enabled, drafted.source.fetch.tls, drafted.source.discover) == (False, "verify", (way.way,))
    assert drafted.source.url == rules
    assert drafted.source.publisher == clean(evil)


def test_what_no_file_can_hold_is_left_out_and_named() -> None:
    rules = UrlRules("^/tin/", twin=(UrlRule("^/amp(/.*)$", "\\1", "twin"), UrlRule("^/in/(.*)$", "/\\1", "twin")))
    elsewhere = FoundWay(Discover("feed", "https://elsewhere.example.vn/rss"), "", (), (), 1, None)
    drafted = draft_source(found(HOME, ways=(elsewhere,), url=rules), "x", HOME, now=NOW, allow_private=False)
    assert (drafted.source.discover, [rule.pattern for rule in drafted.source.url.twin]) == ((), ["^/in/(.*)$"])
    told = [text for text in drafted.missing if "left out, no file can hold it" in text]
    assert len(told) == 2 and "expected a host of 'hosts'" in " ".join(told)


def test_pages_that_are_no_bulletins_leave_a_file_that_says_so() -> None:
    page = PAGE.format(title="Liên hệ", body="<h1>Liên hệ</h1><p>Điện thoại: 000 000</p>")
    ways = (way_of(f"{HOME}tin/", {f"{HOME}tin/{n}": None for n in range(3)}),)
    findings = found(HOME, ways=ways, sample=(Sampled(f"{HOME}tin/1", looked(f"{HOME}tin/1", page)),))
    drafted = draft_source(findings, "x", HOME, now=NOW, allow_private=False)
    assert drafted.rows == () and drafted.fixtures == () and drafted.source.layouts == ()
    assert any("no page of the sample reads as a bulletin" in text for text in drafted.missing)
    assert "# missing: no page of the sample" in drafted.text
    assert drafted.source.fetch.delay_s == 3.0

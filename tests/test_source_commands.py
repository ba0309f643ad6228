"""`try`, `source check`, `source test`, `source list`: what is said of a publisher, live or from stored pages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from crawlers.discovery.listed import NextPage
from crawlers.fixtures import (
    Difference,
    FixtureError,
    differences,
    draft,
    file_name,
    fixture_folders,
    read_fixtures,
    write_fixtures,
)
from crawlers.looking import Look, RobotsSeen
from crawlers.newsroom import Faults, Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.source import Discover, Expect, Source
from dagster_project.steps import looking, testing
from dagster_project.steps.checking import CannotCheck, Checked, check
from dagster_project.steps.home import open_home, utc_now
from dagster_project.steps.seeing import PageSeen, Seen, WaySeen, newest_child
from dagster_project.steps.verdicts import judged
from pipelines.read import read
from pipelines.records import BantinError, Capture, Reading
from tests.polite_server import Newsroom as Server
from tests.running import bantin

PORT = 8500 + os.getpid() % 20_000
REGION, DAILY = "newsroom-military-region", "newsroom-army-daily"
NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    today = utc_now().date()
    room = Newsroom(11, block="127.4.2", port=PORT, bulletins=20, kinds=("military-region", "army-daily"), start=today)
    with room.serve():
        yield room


@pytest.fixture
def home(newsroom: Newsroom, tmp_path: Path) -> Path:
    newsroom.write_sources(tmp_path / "home" / "sources", 0.05)
    return tmp_path / "home"


def edited(home: Path, source_id: str, *changes: tuple[str, str]) -> None:
    file = home / "sources" / f"{source_id}.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def checked(home: Path, *source_ids: str) -> list[Checked]:
    return check(open_home(home)[0], load_catalog(home), source_ids, utc_now)


# source check, live


def test_a_source_that_works_is_healthy_and_little_was_asked(newsroom: Newsroom, home: Path) -> None:
    edited(home, DAILY, ("enabled   = true", "enabled   = false"))
    newsroom.clear_log()
    answer = bantin(home, "source", "check", "--json")
    (found,) = json.loads(answer.stdout)
    assert (answer.returncode, found["source_id"], found["verdict"]) == (0, REGION, "healthy"), answer.stdout
    assert len(found["ways"]) == 2 and all(way["bulletins"] for way in found["ways"])
    assert [page["kind"] for page in found["pages"]] == ["bulletin"] * 3
    assert all(page["layout"] == "layout[0]" and page["missing"] == [] for page in found["pages"])
    assert found["requests"] == len(newsroom.log()) <= 12
    assert sorted(entry.name for entry in home.iterdir()) == ["crawl", "sources"]
    assert [entry.name for entry in (home / "crawl").iterdir() if ".sqlite" in entry.name][:1] == ["hosts.sqlite"]


def test_each_trouble_has_its_verdict_page_and_cure(newsroom: Newsroom, home: Path) -> None:
    newsroom.faults[DAILY] = Faults(block_page=True)
    edited(home, REGION, ("h3.entry-title > a", "h9.entry-title > a"))
    moving = Server()
    moving.targets.append("http://bao-moi.example/")
    for name, host, address in (
        ("moved", "127.0.0.1", f"{moving.base}/to?0"),
        ("off", "127.4.2.9", "http://127.4.2.9:9/"),
    ):
        (home / "sources" / f"{name}.toml").write_text(
            f'publisher = "Báo"\nhome = "{address}"\nhosts = ["{host}"]\nenabled = true\n'
            f'[fetch]\ndelay_s = 0.05\nallow_private = true\n[[discover]]\nkind = "feed"\nurl = "{address}"\n'
        )
    answer = bantin(home, "source", "check")
    newsroom.faults[DAILY] = Faults()
    moving.close()
    assert answer.returncode == 3
    said = {line.partition(":")[0]: line for line in answer.stdout.splitlines() if line[:1] != " "}
    assert said[DAILY].startswith(f"{DAILY}: blocked: its home is a block page")
    assert said[REGION].startswith(f"{REGION}: rotten: listing ") and "'h9.entry-title > a'" in said[REGION]
    assert said["moved"] == "moved: moved: it leads to bao-moi.example, which is no host of the source"
    assert said["off"] == "off: unreachable: robots.txt could not be reached: connection refused"
    assert answer.stdout.count("  cure: ") == answer.stdout.count("  page: ") == 4
    assert answer.stderr.count("bantin: ") == 4


def test_others_are_not_checked_without_a_contact(home: Path) -> None:
    with pytest.raises(CannotCheck, match=r"bantin\.toml: expected `contact`.*nothing was asked \(qdnd\)"):
        checked(home, "qdnd")


def test_a_source_without_a_host_cannot_be_checked(home: Path) -> None:
    with pytest.raises(CannotCheck, match="source 'local': expected `hosts`"):
        checked(home, REGION, "local")


# The verdict, from what was seen

SOURCE = Source(
    "bao", "Báo", "Báo", home="https://bao.example/", hosts=("bao.example",), rhythm="daily",
    discover=(Discover("feed", "https://bao.example/rss"),), expect=Expect(fields=("title", "published_on")),
)  # fmt: skip
ROBOTS = RobotsSeen("https://bao.example/robots.txt", 200, True, None, None, ())
HOME = Look("https://bao.example/", None, 200, "text/html", b"<html>", NOW)
WAY = WaySeen("feed https://bao.example/rss", "https://bao.example/rss", 200, None, False, 5, 5, date(2026, 11, 1))
PAGE = PageSeen("https://bao.example/a", 200, None, False, "bulletin", "", "Tin", date(2026, 11, 1))
SEEN = Seen(NOW, ROBOTS, HOME, "home", (WAY,), (PAGE, PAGE, PAGE), ())


def test_old_news_are_quiet_and_no_alarm() -> None:
    old = replace(WAY, newest=date(2026, 10, 20)), replace(PAGE, published_on=date(2026, 10, 20))
    verdict = judged(SOURCE, replace(SEEN, ways=(old[0],), pages=(old[1],)))
    assert (verdict.word, verdict.page) == ("quiet", None)
    assert "nothing new since 2026-10-20, 13 days" in verdict.reason
    assert judged(replace(SOURCE, rhythm="weekly"), replace(SEEN, ways=(old[0],), pages=(old[1],))).word == "healthy"


def test_a_day_in_the_future_does_not_make_a_dead_source_healthy() -> None:
    ways = (replace(WAY, newest=date(2027, 1, 1)),)
    pages = (replace(PAGE, published_on=date(2026, 9, 1)),)
    assert judged(SOURCE, replace(SEEN, ways=ways, pages=pages)).word == "quiet"


def test_old_pages_of_a_list_without_days_or_order_are_a_doubt_and_no_quiet() -> None:
    way, page = replace(WAY, newest=None), replace(PAGE, published_on=date(2019, 5, 1))
    verdict = judged(SOURCE, replace(SEEN, ways=(way,), pages=(page, page, page), ordered=False))
    assert (verdict.word, verdict.doubts) == (
        "healthy", ("no list says which bulletins are the newest; those looked at are of 2019-05-01 and before",),
    )  # fmt: skip
    assert judged(SOURCE, replace(SEEN, ways=(way,), pages=(page, page, page))).word == "quiet"


def test_of_sitemaps_without_days_the_last_of_the_bulletins_is_the_newest() -> None:
    index = [NextPage(f"https://bao.example/wp-sitemap-posts-{name}.xml") for name in ("post-1", "post-12", "page-1")]
    assert newest_child(index) == index[1]
    assert newest_child(index[:1]) == index[0]
    assert newest_child([*index, NextPage("https://bao.example/a", modified_at=NOW)]).modified_at == NOW


def test_a_field_that_most_bulletins_lack_is_rot_and_one_bulletin_a_doubt() -> None:
    bad = replace(PAGE, missing=("published_on",), published_on=None)
    rotten = judged(SOURCE, replace(SEEN, pages=(PAGE, bad, bad)))
    assert rotten.word == "rotten" and "lack published_on" in rotten.reason
    assert f"bantin try {PAGE.url} --source bao" in str(rotten.cure)
    healthy = judged(SOURCE, replace(SEEN, pages=(PAGE, PAGE, bad)))
    assert healthy.word == "healthy" and any("without published_on" in doubt for doubt in healthy.doubts)


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        (replace(SEEN, robots=replace(ROBOTS, status=503, usable=False, reason="robots.txt answered 503")), "blocked"),
        (replace(SEEN, robots=replace(ROBOTS, status=None, usable=False, reason="robots.txt could not …")), "unreachable"),
        (replace(SEEN, home=replace(HOME, status=403, payload=b"")), "blocked"),
        (replace(SEEN, home=replace(HOME, status=None, problem="no answer in time")), "unreachable"),
        (replace(SEEN, home=replace(HOME, status=301, refused="…", location="//moi.example/")), "moved"),
        (replace(SEEN, ways=(replace(WAY, status=404, trouble="HTTP 404"),), pages=()), "rotten"),
        (replace(SEEN, ways=(replace(WAY, status=429, trouble="HTTP 429", blocked=True),), pages=()), "blocked"),
        (replace(SEEN, pages=(replace(PAGE, kind="list", kind_rule="list: …"),)), "rotten"),
        (replace(SEEN, pages=(replace(PAGE, kind="login", blocked=True),)), "blocked"),
        (replace(SEEN, home=replace(HOME, status=404)), "healthy"),
    ],
)  # fmt: skip
def test_the_first_thing_that_fails_gives_the_verdict(seen: Seen, word: str) -> None:
    verdict = judged(SOURCE, seen)
    assert verdict.word == word
    assert (verdict.cure is None) is (word == "healthy")


def test_a_source_without_a_way_is_rotten() -> None:
    assert "no [[discover]]" in judged(replace(SOURCE, discover=()), replace(SEEN, ways=(), pages=())).reason


# try


def test_a_page_is_fetched_and_shown_as_show_does_and_nothing_is_stored(newsroom: Newsroom, tmp_path: Path) -> None:
    gold = newsroom.gold(REGION)[-1]
    answer = bantin(tmp_path / "none", "try", gold.url, "--allow-private")
    assert answer.returncode == 0, answer.stderr
    assert "no source has this host; no layout; family wordpress" in answer.stdout
    assert f"  title = {gold.title}" in answer.stdout and "\nLines\n" in answer.stdout
    assert "  kind bulletin: " in answer.stdout
    assert not (tmp_path / "none").exists()


def test_a_page_that_is_no_bulletin_is_shown_and_ends_with_3(newsroom: Newsroom, home: Path) -> None:
    before = sorted(str(path) for path in home.rglob("*"))
    answer = bantin(home, "try", f"{newsroom.sites[0].base_url}/", "--json")
    found = json.loads(answer.stdout)
    assert (answer.returncode, found["source_id"], found["fields"]) == (3, REGION, None)
    assert found["kind"] != "bulletin" and "no bulletin" in answer.stderr
    after = [path for path in sorted(str(path) for path in home.rglob("*")) if "hosts.sqlite" not in path]
    assert after == sorted([*before, str(home / "crawl")])


def test_a_private_address_is_tried_only_if_it_is_meant(newsroom: Newsroom, tmp_path: Path) -> None:
    answer = bantin(tmp_path / "none", "try", f"{newsroom.sites[0].base_url}/")
    assert answer.returncode == 1 and "private address" in answer.stderr and "cure: --allow-private" in answer.stderr


@pytest.mark.parametrize(
    ("url", "source_id", "said"),
    [
        ("file:///etc/passwd", None, "expected an address that begins with http"),
        ("https://bao.example/\x1b[31m", None, "expected an address, found control characters"),
        ("bao.example/tin", None, "expected `contact` in bantin.toml"),
        ("https://me:secret@bao.example/", None, "expected an address without name and password, found one with them"),
        ("http://127.4.2.1/", "qdnd", "expected an address of source 'qdnd'"),
        ("http://127.4.2.1/", "qdn", "no source 'qdn'; did you mean 'qdnd'?"),
    ],
)
def test_what_cannot_be_tried_is_told_before_anybody_is_asked(url: str, source_id: str | None, said: str) -> None:
    with pytest.raises(BantinError) as error:
        looking.try_url(None, load_catalog(None), url, source_id, False, utc_now, print)
    assert said in str(error.value) and "\x1b" not in str(error.value)


# Fixtures


def page(newsroom: Newsroom, number: int) -> tuple[Capture, Reading]:
    site, gold = newsroom.sites[0], newsroom.gold(REGION)[number]
    payload = newsroom.respond(site, Ask("GET", gold.path, "", {}, b"")).body
    capture = Capture(REGION, gold.url, NOW, payload, "text/html; charset=UTF-8", 200)
    source = source_of_home(newsroom)
    return capture, read(capture, family=source.family, layouts=source.layouts)


def source_of_home(newsroom: Newsroom) -> Source:
    import tomllib

    from crawlers.source_file import source_of

    return source_of(REGION, tomllib.loads(newsroom.sites[0].source_toml(0.1)))


def test_a_draft_is_what_the_reader_says_and_reads_back_the_same(newsroom: Newsroom, tmp_path: Path) -> None:
    capture, reading = page(newsroom, -1)
    made = draft(capture, reading)
    index = write_fixtures(tmp_path / REGION, [(made, capture.payload)])
    assert index == tmp_path / REGION / "fixtures.json"
    assert read_fixtures(tmp_path / REGION) == ((made, capture.payload),)
    assert (made.checked, made.kind, made.fields["title"]) == (False, "bulletin", newsroom.gold(REGION)[-1].title)
    assert differences(made, reading) == ()
    other = replace(made, fields={**made.fields, "title": "Khác", "view_count": 7})
    assert [one.field for one in differences(other, reading)] == ["title", "view_count"]
    assert differences(replace(made, kind="list", fields={}), reading) == (Difference("kind", "list", "bulletin"),)


def test_the_command_names_what_reads_otherwise(newsroom: Newsroom, home: Path) -> None:
    folder = home / "sources" / REGION
    (first, one), (second, two) = page(newsroom, -1), page(newsroom, -2)
    made = draft(first, one)
    further = replace(draft(second, two, [made.file]), checked=True)
    write_fixtures(folder, [(made, first.payload), (further, second.payload)])
    whole = bantin(home, "source", "test")
    assert whole.returncode == 0, whole.stderr
    assert (
        whole.stdout == f"{REGION}: 2 of 2 pages read as their fixtures say, 1 of them drafts that nobody has checked\n"
    )
    edited(home, REGION, ('title     = "h1.entry-title"', 'title     = "h1.site-name"'), ("body ", "# body "))
    write_fixtures(folder, [(replace(further, fields={**further.fields, "byline": "PV\x1b[31m"}), second.payload)])
    broken = bantin(home, "source", "test", REGION)
    assert (broken.returncode == 3 and "1 of 2" in broken.stdout) or "0 of 2" in broken.stdout
    assert f"{further.file}: reads otherwise in" in broken.stderr
    assert "\x1b" not in broken.stdout


def test_a_named_source_without_fixtures_is_told(home: Path) -> None:
    (found,) = testing.tested_sources(home, load_catalog(home), [REGION])
    assert (
        found.holes == [str(found.problem)]
        and "expected sources/newsroom-military-region/fixtures.json" in found.holes[0]
    )
    assert testing.tested_sources(home, load_catalog(home), []) == []
    assert fixture_folders(REGION, home) == ()


GOOD = {
    "file": "a.html", "url": "https://bao.example/a", "content_type": "text/html", "fetched_at": "2026-07-31T02:15:00Z",
    "checked": True, "kind": "bulletin", "fields": {"title": "Tin", "published_on": "2026-07-31", "body": ["Một."]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file": "../../etc/passwd"}, r"\[0\]\.file: expected a name"),
        ({"file": ".html"}, r"\[0\]\.file: expected a name"),
        ({"file": "b.html"}, "expected the bytes of a fixture, found: No such file"),
        ({"url": "file:///a"}, r"\[0\]\.url: expected an address"),
        ({"fetched_at": "2026-07-31"}, r"\[0\]\.fetched_at: expected an instant"),
        ({"checked": "yes"}, "expected true or false"),
        ({"kind": "news"}, "expected one of bulletin"),
        ({"kind": "list"}, "expected the fields of a bulletin"),
        ({"titel": "Tin"}, r"\[0\]\.titel: unknown key"),
        ({"fields": {"titel": "Tin"}}, r"unknown field; did you mean 'title'"),
        ({"fields": {"body": "Một."}}, "expected a list of texts"),
        ({"fields": {"published_on": "31/07/2026"}}, "expected a day"),
        ({"fields": {"published_precision": "hour"}}, "expected one of second"),
        ({"fields": {"view_count": "7"}}, "expected a whole number"),
    ],
)
def test_a_fixture_that_says_what_it_may_not_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>Tin</p>")
    (tmp_path / "fixtures.json").write_text(json.dumps([GOOD | change]), encoding="utf-8")
    with pytest.raises(FixtureError, match=said):
        read_fixtures(tmp_path)


@pytest.mark.parametrize("text", ["{}", "[1]", "[{}]", "nothing", "[" * 100_000])
def test_what_is_no_list_of_fixtures_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "fixtures.json").write_text(text, encoding="utf-8")
    with pytest.raises(FixtureError, match=r"fixtures\.json: "):
        read_fixtures(tmp_path)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://bao.example/tin/Hoi-Nghi-123.html", "hoi-nghi-123.html"),
        ("https://bao.example/", "page.html"),
        ("https://bao.example/..%2f..%2fetc", "2f-2fetc.html"),
        ("https://bao.example/tin-tức/đại-hội/", "i-h-i.html"),
        ("https://bao.example/" + "x" * 500, "x" * 60 + ".html"),
        ("https://bao.example/a", "a-1.html"),
    ],
)
def test_a_file_name_is_safe_whatever_the_address(url: str, name: str) -> None:
    assert file_name(url, ["a.html"]) == name


# source list


def test_the_list_has_a_short_line_a_source_and_counts_them(home: Path) -> None:
    whole = bantin(home, "source", "list")
    lines = whole.stdout.splitlines()
    assert whole.returncode == 0 and max(map(len, lines)) <= 100
    assert any("sitemap+listing" in line and line.startswith(REGION) for line in lines)
    assert lines[-1].endswith(" enabled")
    few = bantin(home, "source", "list", "--enabled", "--sphere", "army", "--json")
    found = json.loads(few.stdout)
    assert {one["source"] for one in found} == {REGION, DAILY} and found[0]["ways"] == "sitemap+feed"
    assert list(found[0]) == ["source", "enabled", "sphere", "status", "rhythm", "family", "name", "ways"]
    refused = bantin(home, "source", "list", "--sphere", "navy")
    assert refused.returncode == 2 and "expected one of army, police" in refused.stderr

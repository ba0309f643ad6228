"""Source files: what they may hold, and the sentence for everything they may not."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from crawlers.errors import CrawlersError, SourceFileError, UnknownSource
from crawlers.source import Source
from pipelines.records import Layout

COMPLETE = """
publisher = "Báo Quân khu 9"
sphere    = "army"
home      = "https://example.vn/"
hosts     = ["example.vn", "www.example.vn"]
family    = "wordpress"
status    = "believed"
enabled   = false
since     = 2015-01-01
rhythm    = "daily"

[fetch]
delay_s = 3.0
concurrency = 2
cookies = true
tls = "legacy"
allow_private = false
max_bytes = 1000000
[[discover]]
kind = "sitemap"
url  = "https://example.vn/wp-sitemap.xml"
[[discover]]
kind  = "listing"
url   = "https://example.vn/category/tin-tuc/"
item  = "h3.entry-title > a"
date  = "time.entry-date"
next  = "a.next"
order = "newest-first"
[url]
bulletin   = '^/[a-z0-9-]+/$'
keep_query = []
[[layout]]
valid_from = 2018-01-01
title      = "h1.entry-title"
published  = "span.ngay-dang"
body       = "div.entry-content"
remove     = ["div.share"]
[expect]
min_per_month = 20
fields = ["title", "published_on", "body"]
"""
MINIMAL = 'publisher = "Sở A"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    return tmp_path


def put(home: Path, text: str, name: str = "khac") -> Path:
    file = home / "sources" / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_built_in_file_is_right():
    catalog = load_catalog(None)
    assert catalog.errors == ()
    assert [source.source_id for source in catalog] == sorted(source.source_id for source in catalog)


def test_only_local_files_are_enabled_as_delivered():
    assert [source.source_id for source in load_catalog(None) if source.enabled] == ["local"]


def test_local_has_no_sphere_and_no_hosts():
    local = load_catalog(None).get("local")
    assert (local.sphere, local.hosts, local.home) == (None, (), None)


def test_no_built_in_claims_a_live_check():
    assert all(source.status != "seen" for source in load_catalog(None) if source.source_id != "local")


def test_a_complete_file_is_read_whole(home):
    put(home, COMPLETE)
    source = load_catalog(home).get("khac")
    assert source.facts().name == "Báo Quân khu 9"
    assert source.since == date(2015, 1, 1)
    assert source.layouts == (
        Layout(
            valid_from=date(2018, 1, 1), title="h1.entry-title", published="span.ngay-dang", body="div.entry-content",
            remove=("div.share",),
        ),
    )  # fmt: skip
    assert (source.fetch.tls, source.fetch.concurrency) == ("legacy", 2)
    assert [way.kind for way in source.discover] == ["sitemap", "listing"]
    assert source.key("http://www.example.vn:80/tin/?utm_source=x") == "/tin/"


def test_no_keep_query_is_not_an_empty_one(home):
    put(home, 'publisher = "A"\nhosts = ["a.vn"]\n')
    put(home, 'publisher = "B"\nhosts = ["b.vn"]\n[url]\nkeep_query = []\n', "b")
    catalog = load_catalog(home)
    assert catalog.get("khac").key("https://a.vn/x?id=1") == "/x?id=1"
    assert catalog.get("b").key("https://b.vn/x?id=1") == "/x"


def test_a_file_of_the_home_holds_only_what_differs(home):
    before = load_catalog(None).get("qdnd")
    put(home, "enabled = true\n[fetch]\ndelay_s = 9\n", "qdnd")
    source = load_catalog(home).get("qdnd")
    assert (source.enabled, source.fetch.delay_s, source.fetch.cookies) == (True, 9.0, True)
    assert (source.hosts, source.layouts, source.discover) == (before.hosts, before.layouts, before.discover)


def test_layouts_of_the_home_take_the_place_of_the_built_in(home):
    put(home, '[[layout]]\ntitle = "h2"\n', "qdnd")
    assert load_catalog(home).get("qdnd").layouts == (Layout(title="h2"),)


def test_facts_do_not_move_the_rules_digest_and_rules_do(home):
    def digest(text: str) -> str:
        put(home, text)
        source: Source = load_catalog(home).get("khac")
        return source.rules_digest()

    usual = digest(COMPLETE)
    assert digest("# a comment\n" + COMPLETE.replace("delay_s = 3.0", "delay_s = 4.0")) == usual
    changed = [
        COMPLETE.replace('"wordpress"', '"nukeviet"'),
        COMPLETE.replace('"h1.entry-title"', '"h1"'),
        COMPLETE.replace("valid_from = 2018-01-01", "valid_from = 2018-01-02"),
        COMPLETE.replace("keep_query = []\n", ""),
    ]
    assert len({usual, *map(digest, changed)}) == 5


def test_a_home_without_sources_is_the_built_in_catalog(tmp_path):
    assert len(load_catalog(tmp_path / "none")) == len(load_catalog(None))


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (MINIMAL + "publishr = 1", "publishr", "did you mean 'publisher'"),
        (MINIMAL + "[fetch]\ndelay = 3", "fetch.delay", "did you mean 'delay_s'"),
        (MINIMAL + '[[layout]]\ntitel = "h1"', "layout[0].titel", "did you mean 'title'"),
        ("sphere = 'army'", "publisher", "expected this key, found none"),
        ("publisher = ''", "publisher", "expected text"),
        ("publisher = 3", "publisher", "expected text, found 3"),
        (MINIMAL + "sphere = 'amry'", "sphere", "did you mean 'army'"),
        (MINIMAL + "status = true", "status", "expected one of seen, reported, believed, unknown"),
        (MINIMAL + "rhythm = 'hourly'", "rhythm", "expected one of daily"),
        (MINIMAL + "enabled = 'yes'", "enabled", "expected true or false"),
        (MINIMAL + "since = '2015-01-01'", "since", "without quotes"),
        (MINIMAL + "since = 2015-01-01T00:00:00", "since", "expected a day"),
        (MINIMAL + "hosts = 'a.vn'", "hosts", "expected a list"),
        (MINIMAL + "hosts = ['https://a.vn']", "hosts[0]", "no scheme, port or path"),
        (MINIMAL + "hosts = ['a.vn:80']", "hosts[0]", "no scheme, port or path"),
        (MINIMAL + "hosts = ['A.vn']", "hosts[0]", "lower case"),
        (MINIMAL + "hosts = ['a.vn', 'a.vn']", "hosts[1]", "listed twice"),
        (MINIMAL + "home = 'a.vn'", "home", "begins with http"),
        (MINIMAL + "home = 'http://a.vn:99999/'", "home", "begins with http"),
        (MINIMAL + "hosts = ['a.vn']\nhome = 'https://b.vn/'", "home", "expected a host of 'hosts' (a.vn)"),
        (MINIMAL + "family = 'Word Press'", "family", "expected a family's name"),
        (MINIMAL + "fetch = 3", "fetch", "expected a table"),
        (MINIMAL + "[fetch]\ndelay_s = 0", "fetch.delay_s", "a number over 0"),
        (MINIMAL + "[fetch]\ndelay_s = inf", "fetch.delay_s", "a number over 0"),
        (MINIMAL + "[fetch]\ndelay_s = true", "fetch.delay_s", "a number over 0"),
        (MINIMAL + "[fetch]\nconcurrency = 1.5", "fetch.concurrency", "a whole number from 1"),
        (MINIMAL + "[fetch]\ntls = 'off'", "fetch.tls", "expected one of verify"),
        (MINIMAL + "[discover]\nkind = 'feed'", "discover", "expected tables ([[discover]])"),
        (MINIMAL + "[[discover]]\nkind = 'rss'", "discover[0].kind", "expected one of feed"),
        (
            MINIMAL + "hosts = ['a.vn']\n[[discover]]\nkind = 'listing'\nurl = 'https://a.vn/'",
            "discover[0].item",
            "found none",
        ),
        (
            MINIMAL + "hosts = ['a.vn']\n[[discover]]\nkind = 'feed'\nurl = 'https://b.vn/'",
            "discover[0].url",
            "found 'https",
        ),
        (MINIMAL + "[[discover]]\nkind = 'feed'\nurl = 'http://a.vn/'\nitem = 'a'", "discover[0].item", "no selectors"),
        (MINIMAL + "[url]\nbulletin = '(['", "url.bulletin", "expected a regular expression"),
        (MINIMAL + "[url]\nkeep_query = ['id']\ndrop_query = ['x']", "url.drop_query", "remove one of the two"),
        (MINIMAL + "[[layout]]\ntitle = 'h1['", "layout[0].title", "expected a CSS selector"),
        (MINIMAL + "[[layout]]\ntitle = 'h1::text'", "layout[0].title", "expected a CSS selector"),
        (MINIMAL + "[[layout]]\nremove = 'div'", "layout[0].remove", "expected a list"),
        (
            MINIMAL + "[[layout]]\nvalid_from = 2020-01-01\nvalid_until = 2019-01-01",
            "layout[0].valid_until",
            "not before",
        ),
        (MINIMAL + "[[layout]]\ntitle = 'h1'\n[[layout]]\ntitle = 'h2'", "layout[1]", "shares days with layout[0]"),
        (MINIMAL + "[expect]\nmin_per_month = -1", "expect.min_per_month", "a whole number from 0"),
        (MINIMAL + "[expect]\nfields = ['titel']", "expect.fields[0]", "did you mean 'title'"),
        ("publisher = ", "", "expected TOML"),
        ("a = " + "[" * 5000, "", "expected"),
    ],
)
def test_a_wrong_file_is_refused_by_file_and_key(home, text, key, said):
    file = put(home, text)
    with pytest.raises(SourceFileError) as caught:
        load_catalog(home).get("khac")
    assert caught.value.key == key
    assert str(caught.value).startswith(str(file))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_broken_file_does_not_break_the_others(home):
    put(home, "publisher = ")
    put(home, MINIMAL, "tot")
    catalog = load_catalog(home)
    assert catalog.get("tot").publisher == "Sở A"
    assert [error.source_id for error in catalog.errors] == ["khac"]
    assert "khac" not in [source.source_id for source in catalog]


def test_a_host_belongs_to_one_source_and_the_built_in_keeps_it(home):
    file = put(home, MINIMAL + "hosts = ['www.qdnd.vn']", "aaa")
    catalog = load_catalog(home)
    assert catalog.get("qdnd").hosts
    with pytest.raises(SourceFileError, match="source 'qdnd' has") as caught:
        catalog.get("aaa")
    assert caught.value.file == file


def test_the_file_that_holds_the_wrong_key_is_named(home):
    file = put(home, "enabled = 'yes'", "qdnd")
    with pytest.raises(SourceFileError) as caught:
        load_catalog(home).get("qdnd")
    assert caught.value.file == file


@pytest.mark.parametrize("name", ["Khac", "k_c", "-k", "bài"])
def test_a_file_name_that_is_no_id_is_refused(home, name):
    put(home, MINIMAL, name)
    with pytest.raises(SourceFileError, match="expected a file name of a-z"):
        load_catalog(home).get(name)


def test_a_file_that_is_not_utf_8_is_refused(home):
    (home / "sources" / "khac.toml").write_bytes(b'publisher = "S\xff"')
    with pytest.raises(SourceFileError, match="expected UTF-8, found byte 14"):
        load_catalog(home).get("khac")


def test_a_folder_named_like_a_source_is_refused(home):
    (home / "sources" / "khac.toml").mkdir()
    with pytest.raises(SourceFileError, match="cannot be opened"):
        load_catalog(home).get("khac")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "sources").write_text("")
    with pytest.raises(CrawlersError, match="expected a folder of source files"):
        load_catalog(tmp_path)


def test_an_unknown_source_is_told_apart_from_a_broken_one(home):
    with pytest.raises(UnknownSource, match="did you mean 'qdnd'"):
        load_catalog(home).get("qdn")
    with pytest.raises(UnknownSource, match="`bantin source list` names all"):
        load_catalog(home).get("zzzzzz")


def test_terminal_escapes_of_a_file_do_not_reach_the_screen(home):
    put(home, 'publisher = "A"\nsphere = "\\u001b[31m"\n"\\u001b]0;x" = 1\n')
    with pytest.raises(SourceFileError) as caught:
        load_catalog(home).get("khac")
    assert "\x1b" not in str(caught.value)
    put(home, 'publisher = "A"\n"\\u001b]0;x" = 1\n')
    with pytest.raises(SourceFileError) as caught:
        load_catalog(home).get("khac")
    assert "\x1b" not in str(caught.value)


def test_a_source_may_not_take_the_name_of_the_hosts_pace(home: Path) -> None:
    (home / "sources" / "hosts.toml").write_text('publisher = "Sở A"\n', encoding="utf-8")
    with pytest.raises(SourceFileError, match="is taken"):
        load_catalog(home).get("hosts")


def test_only_this_machine_may_be_asked_without_a_pause(home: Path) -> None:
    for host, fine in (("127.0.9.1", True), ("example.vn", False)):
        (home / "sources" / "quick.toml").write_text(
            f'publisher = "Sở A"\nhosts = ["{host}"]\n[fetch]\ndelay_s = 0\n', encoding="utf-8"
        )
        catalog = load_catalog(home)
        assert ("quick" in {source.source_id for source in catalog}) == fine

"""Golden list of URL keys: a key that moves gives every bulletin of a site a new id."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.identity import ascii_uri, bulletin_id, capture_id, file_url, url_key

HOSTS = ("www.qdnd.vn", "qdnd.vn")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.qdnd.vn/quoc-phong/tin-721206", "/quoc-phong/tin-721206"),
        ("http://qdnd.vn/quoc-phong/tin-721206", "/quoc-phong/tin-721206"),
        ("HTTPS://WWW.QDND.VN:443/quoc-phong/tin-721206", "/quoc-phong/tin-721206"),
        ("https://www.qdnd.vn:8443/quoc-phong/tin-721206", "/quoc-phong/tin-721206"),
        ("https://www.qdnd.vn./a", "/a"),
        ("https://user:word@www.qdnd.vn/a", "/a"),
        ("https://www.qdnd.vn", "/"),
        ("https://www.qdnd.vn/", "/"),
        ("https://www.qdnd.vn/a/", "/a/"),
        ("https://www.qdnd.vn/a#binh-luan", "/a"),
        ("https://www.qdnd.vn/a/../b/./c", "/b/c"),
        ("https://www.qdnd.vn/%7etin", "/~tin"),
        ("https://www.qdnd.vn/a b", "/a%20b"),
        ("https://www.qdnd.vn/b%c3%a0i", "/b%C3%A0i"),
        ("https://www.qdnd.vn/bài", "/b%C3%A0i"),
        ("https://www.qdnd.vn/Tin-A", "/Tin-A"),
        ("https://www.qdnd.vn/a?id=3", "/a?id=3"),
        ("https://www.qdnd.vn/a?b=2&a=1", "/a?a=1&b=2"),
        ("https://www.qdnd.vn/a?id=3&utm_source=zalo&UTM_Medium=x", "/a?id=3"),
        ("https://www.qdnd.vn/a?fbclid=IwAR0&zarsrc=30&gclid=1", "/a"),
        ("https://www.qdnd.vn/a?", "/a"),
        ("https://www.qdnd.vn/a?print", "/a?print="),
        ("https://www.qdnd.vn/a?q=tin%20m%E1%BB%9Bi", "/a?q=tin+m%E1%BB%9Bi"),
        ("https://file.qdnd.vn/a", "//file.qdnd.vn/a"),
        ("https://www.qdnd.vn//file.qdnd.vn/a", "/.//file.qdnd.vn/a"),
        ("file:seeds/000.txt", "seeds/000.txt"),
        ("file:t%C3%B4i%20vi%E1%BA%BFt/a%3F%23.txt", "t%C3%B4i%20vi%E1%BA%BFt/a%3F%23.txt"),
    ],
)
def test_a_url_has_this_key(url, key):
    assert url_key(url, HOSTS) == key


def test_only_the_kept_parameters_stay():
    assert url_key("https://qdnd.vn/a?id=3&page=2&x=1", HOSTS, keep_query=["id"]) == "/a?id=3"
    assert url_key("https://qdnd.vn/a?id=3", HOSTS, keep_query=[]) == "/a"


def test_dropped_parameters_go_and_the_others_stay():
    assert url_key("https://qdnd.vn/a?id=3&view=full", HOSTS, drop_query=["view"]) == "/a?id=3"


def test_a_tracker_that_is_kept_by_name_stays():
    assert url_key("https://qdnd.vn/a?gclid=3", HOSTS, keep_query=["gclid"]) == "/a?gclid=3"


def test_bytes_that_are_no_utf_8_stay_apart():
    assert url_key("https://qdnd.vn/a?q=%E9", HOSTS) != url_key("https://qdnd.vn/a?q=%E8", HOSTS)
    assert url_key("https://qdnd.vn/%E9", HOSTS) != url_key("https://qdnd.vn/%E8", HOSTS)


def test_a_path_that_looks_like_another_host_is_not_its_key():
    assert url_key("https://qdnd.vn//x.vn/a", HOSTS) != url_key("https://x.vn/a", HOSTS)


@pytest.mark.parametrize("url", ["http://[qdnd.vn/a", "http://qdnd.vn:99999/a"])
def test_what_is_no_url_has_no_key(url):
    with pytest.raises(ValueError):
        url_key(url, HOSTS)


@pytest.mark.parametrize(
    ("folder", "name", "url"),
    [
        ("seeds", "a.txt", "file:seeds/a.txt"),
        ("tin bài", "bản tin.html", "file:tin%20b%C3%A0i/b%E1%BA%A3n%20tin.html"),
        ("seeds", "a?id=3.html", "file:seeds/a%3Fid=3.html"),
        ("seeds", "a#b.html", "file:seeds/a%23b.html"),
        ("seeds", "100%.txt", "file:seeds/100%25.txt"),
        ("seeds", "a%3F.txt", "file:seeds/a%253F.txt"),
        ("seeds", "a:b\n.txt", "file:seeds/a%3Ab%0A.txt"),
        ("seeds", "\udcff.txt", "file:seeds/%FF.txt"),
        ("", "a.txt", "file:/a.txt"),
    ],
)
def test_a_file_has_this_url(folder, name, url):
    assert file_url(folder, name) == url
    assert url_key(url) == url.removeprefix("file:")


def test_a_name_typed_on_another_system_is_the_same_url():
    name = "Đại hội Đảng bộ.txt"
    assert file_url("tin bài", unicodedata.normalize("NFD", name)) == file_url("tin bài", name)


def test_two_names_never_share_a_url():
    names = ["a b", "a%20b", "a+b", "a?b", "a%3Fb", "a#b", "A b"]
    assert len({file_url("x", name) for name in names}) == len(names)


@given(st.text(max_size=60))
def test_an_escaped_uri_is_ascii_and_stays_as_it_is(text):
    once = ascii_uri(text)
    assert once.isascii() and not any(letter.isspace() for letter in once)
    assert ascii_uri(once) == once


def test_ids_are_what_contracts_md_says():  # expected values by coreutils' sha256sum
    moment = datetime(2024, 1, 5, 8, 0, 0, 5, tzinfo=UTC)
    assert bulletin_id("local", "seeds/a.txt") == "743cecb03ce0bc53"
    assert capture_id("local", "file:seeds/a.txt", moment, "00" * 32) == "d39a9371d3ce9c3c"


def test_a_capture_id_does_not_depend_on_the_zone_its_instant_is_written_in():
    moment = datetime(2024, 1, 5, 8, 0, tzinfo=UTC)
    there = moment.astimezone(timezone(timedelta(hours=7)))
    assert capture_id("a", "b", moment, "c") == capture_id("a", "b", there, "c")


def test_two_sources_never_share_an_id():
    assert bulletin_id("a", "/x") != bulletin_id("b", "/x")

"""What stands behind "load more": pieces of HTML, JSON, HTML in JSON, and the keys of the source file that say so."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.discovery.fragment import MAX_SIGNS, read_fragment
from crawlers.discovery.listed import Item, ListedPage, NextPage
from crawlers.discovery.numbered import first_request, following, numbered
from crawlers.source import Discover, way_name
from crawlers.source_file import source_of
from crawlers.source_values import Wrong

HOST = "https://bao.example.vn"
URL = f"{HOST}/tin/"
MORE = f"{HOST}/ajax/more?page={{page}}"
PIECES = Discover("fragment", URL, item="li > a", date="time", page_url=MORE)
ITEMS = Discover(
    "fragment", f"{HOST}/api/1", item="json:data.items", date="json:day", next="json:data.more", page_url=MORE
)


def read(answer: Any, way: Discover = ITEMS, url: str | None = None) -> ListedPage:
    payload = (
        answer if isinstance(answer, bytes) else (answer if isinstance(answer, str) else json.dumps(answer)).encode()
    )
    return read_fragment(payload, "application/json", url or MORE, way)


def items(*found: Any, **more: Any) -> dict[str, Any]:
    return {"data": {"items": list(found), **more}}


def urls(page: ListedPage) -> list[str]:
    return [item.url.removeprefix(HOST) for item in page.items]


# --- pieces of HTML


@pytest.mark.parametrize(
    ("piece", "item"),
    [
        ("<li><a href=/a>A</a><time>09/05/2024</time></li>\n<li><a href=b>B</a></li>", "li > a"),
        ("\ufeff <li><a href=/a>A</a><time>09/05/2024</time><li><a href=b>B</a>", "li > a"),
        ("<tr><td><a href=/a>A</a><time>9/5/2024</time></td></tr><tr><td><a href=b>B</a></td></tr>", "td > a"),
        ("<h3><a href=/a>A</a><time>09/05/2024</time></h3> text <h3><a href=b>B</a></h3><script>x</script>", "h3 > a"),
        ("<!-- 2 --><dd><a href=/a>A</a><time>09/05/2024</time></dd><dd><a href=b>B</a></dd>", "dd > a"),
    ],
)
def test_a_piece_of_several_top_elements_is_read_as_part_of_the_page_it_is_put_into(piece: str, item: str) -> None:
    page = read(piece, Discover("fragment", URL, item=item, date="time", page_url=MORE))
    assert page.items == (Item(f"{HOST}/a", date(2024, 5, 9), "listing"), Item(f"{HOST}/tin/b"))
    assert page.problem is None and not page.lost


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_piece_is_decoded_as_other_lists_are(coding: str) -> None:
    payload = "<li><a href=/tin?q=đ>Đoàn công tác đi thăm các cơ quan</a></li>".encode(coding)
    page = read_fragment(payload, f"text/html; charset={coding}", MORE, PIECES)
    assert urls(page) == ["/tin?q=%C4%91"]
    assert urls(read_fragment(gzip.compress(payload), f"text/html; charset={coding}", MORE, PIECES)) == urls(page)


@pytest.mark.parametrize("answer", [b"", b" \r\n", b"\xef\xbb\xbf", b"<!-- no more -->", b"[]", b"null"])
def test_an_answer_of_nothing_is_the_end(answer: bytes) -> None:
    page = read(answer, PIECES)
    assert page.ended and page.blank and page.problem and not page.items


def test_a_piece_without_items_may_be_the_end_and_a_whole_page_or_json_without_them_is_not() -> None:
    words = read("<p>Đã hết tin</p>", PIECES)
    assert words.ended and not words.blank
    unknown = read("0", PIECES)  # what WordPress says of an action that it does not know
    assert unknown.ended and not unknown.blank and not read("0").ended
    for answer, found in [
        ("<html><head><title>Lỗi</title></head><body>500</body></html>", "titled 'Lỗi'"),
        ('<form><input type="password"></form>', "text that begins with"),
        ({"error": "x"}, "say with 'html'"),
        ("<rss><item/></rss>", 'set kind = "feed"'),
    ]:
        page = read(answer, PIECES)
        assert found in (page.problem or "") and not page.ended


# --- JSON


def test_items_of_json_have_an_address_and_a_day() -> None:
    page = read(items(
        {"url": "/a", "day": "2024-05-09T07:00:00+07:00", "title": "A"},
        {"link": "b", "day": "Thứ tư, 08/05/2024"},
        {"href": f"{HOST}/c", "day": None},
        "/d",
        {"url": "/a", "day": "2020-01-01"},
    ))  # fmt: skip
    assert page.items == (
        Item(f"{HOST}/a", date(2024, 5, 9), "listing"),
        Item(f"{HOST}/api/b", date(2024, 5, 8), "listing"),
        Item(f"{HOST}/c"),
        Item(f"{HOST}/d"),
    )
    assert (page.windowed, page.problem, page.lost) == (False, None, ())


@pytest.mark.parametrize(
    "day", [1715212800, 1715212800000, "1715212800", "/Date(1715212800000)/", "/Date(1715212800000+0700)/", 1.7152128e9]
)
def test_seconds_and_milliseconds_since_1970_are_a_day_in_vietnam(day: object) -> None:
    (item,) = read(items({"url": "/a", "day": day})).items
    assert item.published_on == date(2024, 5, 9)


@pytest.mark.parametrize("day", [True, 0, 12345, "x", [1715212800], "5/12/2025 7:20:00 PM", float("inf"), "1900-01-01"])
def test_a_day_that_is_none_or_doubtful_is_none(day: object) -> None:
    (item,) = read(items({"url": "/a", "day": day})).items
    assert item.published_on is None and item.date_origin is None


def test_a_path_inside_the_item_says_which_address_is_its_own() -> None:
    way = Discover("fragment", URL, item="json:@", link="meta.slug")
    page = read([{"url": "/wrong", "meta": {"slug": "/a"}}, {"meta": 1}, {"meta": {"slug": 7}}], way)
    assert urls(page) == ["/a"] and page.notes[0] == "2 items without an address"


@pytest.mark.parametrize(
    ("more", "onward"),
    [
        (True, f"{HOST}/ajax/more?page=4"),
        (7, f"{HOST}/ajax/more?page=7"),
        ("a b&c=/x", f"{HOST}/ajax/more?page=a%20b%26c%3D%2Fx"),
        ("/api/next?c=1", f"{HOST}/api/next?c=1"),
        ("?c=2", f"{HOST}/api/1?c=2"),
        (False, None),
        ("", None),
        (0, None),
        (-1, None),
        (None, None),
    ],
)
def test_next_is_an_address_a_cursor_or_whether_there_is_more(more: object, onward: str | None) -> None:
    pages = following(ITEMS, read(items("/a", more=more)), 2)
    assert [page.url for page in pages] == ([] if onward is None else [onward])


def test_an_answer_that_says_nothing_of_more_ends_the_list_and_is_told() -> None:
    page = read(items("/a"))
    assert page.more is False
    assert page.told == (("the answer says nothing of a next page at 'data.more'", 0),)


def test_html_in_json_is_read_with_css() -> None:
    way = Discover("fragment", URL, item="li > a", html="data.html", next="json:data.more", page_url=MORE)
    page = read({"data": {"html": "<li><a href=a>A</a></li>", "more": 3}}, way)
    assert urls(page) == ["/tin/a"] and page.more == "3"
    pieces = read({"data": {"html": ["<li><a href=a>A</a>", "<li><a href=b>B</a>"], "more": False}}, way)
    assert urls(pieces) == ["/tin/a", "/tin/b"] and pieces.more is False
    assert read({"data": {"html": ""}}, way).blank and read({"data": {"html": None}}, way).blank
    button = "<html><body><ul><li><a href=a>A</a></ul><button>Xem thêm</button></body></html>"
    assert urls(read(button, way, URL)) == ["/tin/a"]  # the page that has the button is HTML itself
    assert "expected JSON, found an HTML page" in (read(button, way).problem or "")


@pytest.mark.parametrize("answer", [items(), {"data": {"items": None}}, [], {}, "", "null", "false"])
def test_an_empty_list_is_the_end(answer: Any) -> None:
    page = read(answer)
    assert page.ended and page.blank and page.problem


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"data": {"rows": [1]}}, "expected a list of items at 'data.items', found nothing in an object with 'data'"),
        ({"error": 1, "m": 2}, "found nothing in an object with 'error', 'm'"),
        ({"data": {"items": {"1": {}}}}, "found an object with '1'"),
        ({"data": {"items": "x" * 99}}, "found str 'xxx"),
        ([1, 2], "in a list of 2"),
        (items({"title": "A"}, {"url": 1}), "expected addresses in 2 items at 'data.items', found none"),
        (items("javascript:alert(1)", "data:text/html,x"), "1 item with a javascript: link"),
        ("<html><title>Đăng nhập</title></html>", "expected JSON, found an HTML page titled 'Đăng nhập'"),
        ('{"data": {"items": ["/a"', "expected JSON, found JSON"),
        ("[" * 100_000, "nested too deep"),
        ("[" + "1," * (MAX_SIGNS + 1) + "1]", "found more"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (gzip.compress(json.dumps(items("/a")).encode(), mtime=0)[:-12], "expected JSON, found a part of it"),
        ('{"\\u001b[2J\\n": 1}', "found nothing in an object with '\\x1b[2J\\n'"),
    ],
)
def test_what_a_path_does_not_find_is_a_problem_that_says_what_came(answer: Any, problem: str) -> None:
    page = read(answer)
    assert problem in (page.problem or "") and not page.ended and not page.items


def test_a_next_page_that_cannot_be_followed_is_a_hole() -> None:
    bare = Discover("fragment", URL, item="json:data.items", next="json:data.more")
    assert "set page_url or post" in read(items("/a", more=True), bare).lost[0]
    for value in ["x" * 501, "a\x00b", "\ud800", {"page": 2}]:
        assert read(items("/a", more=value)).lost, value
    assert "javascript: link" in read(items("/a", more="javascript:x()"), bare).lost[0]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("/a"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["data", "items", "url", "day", "more", "html"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(answer=_JSON)
def test_no_json_raises_and_all_that_is_listed_is_an_address(answer: object) -> None:
    for way in (ITEMS, Discover("fragment", URL, item="a", html="data.html"), Discover("fragment", URL, item="json:@")):
        for value in (answer, items(answer, more=answer), {"data": {"html": answer}}):
            page = read(value, way)
            assert page.problem is None or not page.items
            assert all(item.url.isascii() and item.url.startswith("http") for item in page.items)
            assert all("\n" not in note and len(note) < 400 for note in (*page.notes, *page.lost, page.problem or ""))
            assert all(page.url.isascii() for page in following(way, page, 0))


# --- numbers of pages


def test_the_first_request_is_the_page_itself_or_a_post_to_it() -> None:
    assert first_request(PIECES) == NextPage(URL)
    assert numbered(PIECES, 1) == NextPage(f"{HOST}/ajax/more?page=2")
    from_zero = Discover("fragment", URL, item="a", page_url=MORE, first_page=0)
    assert numbered(from_zero, 1) == NextPage(f"{HOST}/ajax/more?page=0")
    posted = Discover("fragment", URL, item="a", post="action=more&q=%C4%91&page={page}&empty=")
    fields = (("action", "more"), ("q", "đ"), ("page", "1"), ("empty", ""))
    assert first_request(posted) == NextPage(URL, fields)
    both = Discover("fragment", URL, item="a", page_url=f"{HOST}/admin-ajax", post="page={page}", first_page=5)
    assert (first_request(both), numbered(both, 2)) == (NextPage(URL), NextPage(f"{HOST}/admin-ajax", (("page", "6"),)))
    assert numbered(both, 2, "a&b=1") == NextPage(f"{HOST}/admin-ajax", (("page", "a&b=1"),))
    assert numbered(Discover("listing", URL, item="a"), 1) is None


def test_ways_that_page_differently_are_different_ways_and_the_old_ones_keep_their_names() -> None:
    names = {way_name(Discover("fragment", URL, item="a", post=f"c={n}&page={{page}}")) for n in range(3)}
    assert len(names) == 3
    assert way_name(Discover("listing", URL, item="a", next=".n")) == f"listing {URL} (230bf1c9)"


# --- the keys of the source file


def checked(**keys: Any) -> Discover:
    values = {"publisher": "Báo", "hosts": ["bao.example.vn"], "discover": [{"kind": "fragment", "url": URL, **keys}]}
    return source_of("bao", values).discover[0]


def test_a_fragment_is_read_from_a_source_file() -> None:
    way = checked(
        item="json:data.items", link="json:slug", date="json:day", next="json:more", page_url=MORE, first_page=0
    )
    assert (way.item, way.link, way.first_page, way.page_url) == ("json:data.items", "slug", 0, MORE)
    assert checked(item="li > a", html="json:html", next="json:more", post="page={page}").html == "html"
    assert checked(kind="listing", item="li > a", page_url=f"{HOST}/tin/page/{{page}}/").page_url


@pytest.mark.parametrize(
    ("keys", "key", "problem"),
    [
        ({}, "item", "expected the selector"),
        ({"item": "json:a..b"}, "item", "expected a JMESPath"),
        ({"item": "json:"}, "item", "expected a JMESPath"),
        ({"item": "li >> a["}, "item", "expected a CSS selector"),
        ({"item": "a", "date": "json:day"}, "date", "expected a CSS selector as in 'item'"),
        ({"item": "json:a", "date": "time"}, "date", "expected a JMESPath"),
        ({"item": "json:a", "next": "a.next"}, "next", "expected a JMESPath"),
        ({"item": "a", "next": "json:more"}, "next", "set 'html'"),
        ({"item": "json:a", "html": "html"}, "html", "remove one of the two"),
        ({"item": "a", "link": "slug"}, "link", "inside an item of JSON"),
        ({"item": "a", "page_url": f"{HOST}/x?p=2"}, "page_url", "expected {page}"),
        ({"item": "a", "page_url": "https://khac.example.vn/?p={page}"}, "page_url", "expected a host of 'hosts'"),
        ({"item": "a", "page_url": "/x?p={page}"}, "page_url", "begins with http"),
        ({"item": "a", "post": "action=more"}, "post", "expected {page}"),
        ({"item": "a", "post": '{"page": 2}'}, "post", "expected the fields of a form"),
        ({"item": "a", "post": "more"}, "post", "expected the fields of a form"),
        ({"item": "a", "first_page": 1}, "first_page", "there is neither"),
        ({"item": "a", "first_page": -1, "page_url": MORE}, "first_page", "whole number from 0"),
        ({"kind": "listing", "item": "a", "post": "p={page}"}, "post", "only a fragment has it"),
        ({"kind": "listing", "item": "json:a"}, "item", 'only kind = "fragment" reads JSON'),
        ({"kind": "form", "item": "a", "page_url": MORE}, "page_url", "a form is posted again"),
        ({"kind": "feed", "page_url": MORE}, "page_url", "has no selectors and no pages"),
        ({"kind": "sitemap", "first_page": 2}, "first_page", "has no selectors and no pages"),
        ({"item": "a", "pageurl": MORE}, "pageurl", "did you mean 'page_url'?"),
    ],
)
def test_keys_that_do_not_go_together_are_refused_by_name(keys: dict[str, Any], key: str, problem: str) -> None:
    with pytest.raises(Wrong) as wrong:
        checked(**keys)
    assert wrong.value.key == f"discover[0].{key}" and problem in wrong.value.problem

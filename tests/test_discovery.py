"""Pages that list bulletins: what they list, in order, and what is refused. All pages here are our own writing."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.discovery.address import Refused, address
from crawlers.discovery.dates import Days, changed_at
from crawlers.discovery.form import read_form
from crawlers.discovery.listed import MAX_ITEMS, Item, ListedPage
from crawlers.discovery.ways import WAYS
from crawlers.source import Discover

HOST = "https://bao.example.vn"
URL = f"{HOST}/danh-sach"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(
    kind: str, text: str | bytes, content_type: str | None = None, url: str = URL, **selectors: str | None
) -> ListedPage:
    payload = text.encode() if isinstance(text, str) else text
    return WAYS[kind](payload, content_type, url, Discover(kind, url, **selectors))


def urls(page: ListedPage) -> list[str]:
    return [item.url.removeprefix(HOST) for item in page.items]


def urlset(*locs: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    entries = "".join(f"<url><loc>{loc}</loc></url>" for loc in locs)
    return f"{head}<urlset {SITEMAP}>{entries}</urlset>"


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{"".join(items)}</channel></rss>'


# --- addresses


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("/a.htm", f"{HOST}/a.htm"),
        ("//m.example.vn/a", "https://m.example.vn/a"),
        ("a.htm#top", f"{HOST}/a.htm"),
        ("?page=2", f"{HOST}/danh-sach?page=2"),
        (" \n https://bao.example.vn/a\n   -b.htm \t", f"{HOST}/a-b.htm"),
        ("HTTP://Bao.example.vn/a", "http://Bao.example.vn/a"),
        (f"{HOST}/a?x=1&amp;amp;y=2", f"{HOST}/a?x=1&y=2"),
        (f"{HOST}/a?x=1&copy=2", f"{HOST}/a?x=1&copy=2"),
        ("\\tin\\a.aspx?q=a\\b", f"{HOST}/tin/a.aspx?q=a%5Cb"),
        ("/tin tức/đ", f"{HOST}/tin%20t%E1%BB%A9c/%C4%91"),
        ("/u\u031b", f"{HOST}/u%CC%9B"),
        ("/%c3%AA", f"{HOST}/%c3%AA"),
        ("https://báo.vn:8080/a", "https://xn--bo-mia.vn:8080/a"),
        ("/(S(q2ng))/a;jsessionid=1", f"{HOST}/(S(q2ng))/a;jsessionid=1"),
        ("https://[::1]/a", "https://[::1]/a"),
        ("/web/guest?urile=wcm:path:/a", f"{HOST}/web/guest?urile=wcm:path:/a"),
    ],
)
def test_an_address_is_made_absolute_and_otherwise_left_as_it_is(raw: str, url: str) -> None:
    assert address(raw, URL) == url


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "without an address"),
        (" \u200b ", "without an address"),
        ("javascript:void(0)", "javascript: link"),
        ("JavaScript\n:x()", "javascript: link"),
        ("mailto:a@b.vn", "mailto: link"),
        ("tel:+84", "tel: link"),
        ("data:text/html," + "a" * 100_000, "data: link"),
        ("gopher://a/b", "another scheme"),
        ("/" + "a" * 2_000, "2,000 characters"),
        ("/" + "ứ" * 400, "2,000 characters"),
        ("/" + "a" * 50_000, "2,000 characters"),
        ("https://", "malformed"),
        ("http:///a", "malformed"),
        ("https://a:99999/", "malformed"),
        ("https://a:0/", "malformed"),
        ("https://[::1/a", "malformed"),
        ("https://a b.vn/", "malformed"),
        ("https://..vn/", "malformed"),
        ("/a\x00b", "malformed"),
        ("/\ud800", "malformed"),
        ("https://qdnd.example.vn@evil.example/a", "user name"),
        ("/b\ufffdo", "damaged"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(raw: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        address(raw, URL)


@given(st.text(), st.text())
def test_any_address_is_ascii_or_refused(raw: str, host: str) -> None:
    for each in (raw, f"https://{host}/", f"//{host}"):
        try:
            found = address(each, URL)
        except Refused:
            continue
        assert found.isascii() and len(found) <= 2_000 and "#" not in found
        assert address(found, URL) == found


# --- dates


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024", datetime(2023, 12, 31, 17, tzinfo=UTC)),
        ("2024-05", datetime(2024, 4, 30, 17, tzinfo=UTC)),
        ("2024-05-09", datetime(2024, 5, 8, 17, tzinfo=UTC)),
        ("2024-05-09T10:20Z", datetime(2024, 5, 9, 10, 20, tzinfo=UTC)),
        ("2024-05-09T10:20:30+07:00", datetime(2024, 5, 9, 3, 20, 30, tzinfo=UTC)),
        ("2024-05-09T10:20:30.5+0700", datetime(2024, 5, 9, 3, 20, 30, 500000, tzinfo=UTC)),
        ("2024-05-09 10:20:30 +07:00", datetime(2024, 5, 9, 3, 20, 30, tzinfo=UTC)),
        ("2024-05-09T10:20:30", datetime(2024, 5, 9, 3, 20, 30, tzinfo=UTC)),
        ("Thu, 09 May 2024 10:20:30 GMT", datetime(2024, 5, 9, 10, 20, 30, tzinfo=UTC)),
        ("Thu, 9 May 24 10:20:30 EST", datetime(2024, 5, 9, 15, 20, 30, tzinfo=UTC)),
        ("Thu, 09 May 2024 10:20:30 GMT+7", datetime(2024, 5, 9, 3, 20, 30, tzinfo=UTC)),
        ("Thu, 09 May 2024 10:20:30", datetime(2024, 5, 9, 3, 20, 30, tzinfo=UTC)),
        ("09 May 2024 10:20 ICT", datetime(2024, 5, 9, 3, 20, tzinfo=UTC)),
        ("Thu, 09 May 2024 00:00:00 GMT (UTC)", datetime(2024, 5, 9, tzinfo=UTC)),
        ("Thứ sáu, 05/12/2025 - 19:20", datetime(2025, 12, 5, 12, 20, tzinfo=UTC)),
    ],
)
def test_a_moment_of_change_is_read_at_every_precision(text: str, moment: datetime) -> None:
    assert changed_at(text) == moment
    assert changed_at(f" {text}\n").utcoffset() == timedelta(0)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hôm qua",
        "0001-01-01T00:00:00+07:00",
        "1970-01-01",
        "2024-02-30",
        "2024-05-09T25:00:00Z",
        "2024-13",
        "0000",
        "9" * 400,
        "Thu, 09 May 99999 10:20:30 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Thu, 09 May 24 25:20:30 EST",
        "2024-03-27+0708:42:50",
    ],
)
def test_a_moment_that_is_none_or_absurd_is_no_hint(text: str | None) -> None:
    assert changed_at(text) is None


def test_one_impossible_day_shows_that_months_come_first() -> None:
    assert Days(["05/12/2025"]).day("05/12/2025") == date(2025, 12, 5)
    assert Days(["05/12/2025", "12/25/2025"]).day("05/12/2025") is None


def test_a_program_s_am_and_pm_are_believed_only_beside_a_day_over_twelve() -> None:
    text = "12/5/2025 7:20:00 PM"
    assert Days([text], program=True).day(text) is None
    assert Days([text, "25/12/2025 7:20:00 PM"], program=True).day(text) == date(2025, 5, 12)
    assert Days([text]).day("06/01/2016 | 03:30 PM") == date(2016, 1, 6)


@pytest.mark.parametrize("text", ["Thứ bảy, 05/12/2025", "tháng 5/2024", "2024", "5/9/2025 và 6/9/2025", "01/01/1970"])
def test_a_doubtful_day_is_none(text: str) -> None:
    assert Days([text]).day(text) is None


# --- sitemaps


def test_a_sitemap_lists_in_order_each_address_once() -> None:
    page = read("sitemap", urlset("/b", f"\n {HOST}/a \n", f"{HOST}/a#x", "//bao.example.vn/c"))
    assert (urls(page), page.windowed, page.problem, page.notes) == (["/b", "/a", "/c"], False, None, ())


def test_lastmod_is_a_change_and_news_publication_date_a_day() -> None:
    page = read(
        "sitemap",
        f"<urlset {SITEMAP} {NEWS}><url><loc>{URL}</loc><lastmod>2025-01-01</lastmod><news:news>"
        "<news:publication_date>2024-05-08T23:30:00Z</news:publication_date></news:news></url>"
        f"<url><loc>{URL}/2</loc><lastmod>2025-01-01T00:00:00Z</lastmod></url></urlset>",
    )
    changed = datetime(2024, 12, 31, 17, tzinfo=UTC)
    assert page.items[0] == Item(URL, date(2024, 5, 9), "news", changed)
    assert page.items[1] == Item(f"{URL}/2", None, None, datetime(2025, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("declared", [True, False])
def test_prefixes_are_free_and_may_be_undeclared(declared: bool) -> None:
    spaces = 'xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="urn:n"' if declared else ""
    page = read(
        "sitemap",
        f"<s:urlset {spaces}><s:url><s:loc>{HOST}/a</s:loc><n:news><n:publication_date>2024-05-09"
        "</n:publication_date></n:news></s:url></s:urlset>",
    )
    assert page.items == (Item(f"{HOST}/a", date(2024, 5, 9), "news"),)


def test_the_address_of_a_picture_is_none_of_a_page() -> None:
    page = read(
        "sitemap",
        f'<urlset {SITEMAP} xmlns:image="urn:i"><url><loc>/a</loc><image:loc>/b.jpg</image:loc>'
        "<image:image><image:loc>/c.jpg</image:loc></image:image></url></urlset>",
    )
    assert urls(page) == ["/a"]


def test_an_index_gives_all_its_children_and_itself() -> None:
    page = read(
        "sitemap",
        f"<sitemapindex {SITEMAP}><sitemap><loc>{URL}</loc></sitemap><sitemap><loc>/2.xml.gz</loc>"
        "<lastmod>2024-05-09T00:00:00Z</lastmod></sitemap><sitemap><loc>mailto:a@b</loc></sitemap></sitemapindex>",
    )
    assert [(child.url, child.form) for child in page.next_pages] == [(URL, None), (f"{HOST}/2.xml.gz", None)]
    assert page.next_pages[1].modified_at == datetime(2024, 5, 9, tzinfo=UTC)
    assert (page.items, page.notes) == ((), ("1 item with a mailto: link",))


@pytest.mark.parametrize("content_type", [None, "text/html", "application/x-gzip", "text/xml; charset=utf-16"])
def test_a_gzipped_sitemap_is_opened_whatever_its_type(content_type: str | None) -> None:
    assert urls(read("sitemap", gzip.compress(urlset("/a").encode()), content_type)) == ["/a"]


def test_gzip_twice_and_in_members_is_opened() -> None:
    text = urlset("/a", "/b").encode()
    members = gzip.compress(text[:90]) + gzip.compress(text[90:]) + b"\0\0padding"
    assert urls(read("sitemap", gzip.compress(members))) == ["/a", "/b"]


def test_a_cut_gzip_lists_what_came_and_says_that_absence_means_nothing() -> None:
    packed = gzip.compress(urlset(*(f"/tin-{n * n * 7919}" for n in range(5000))).encode())
    page = read("sitemap", packed[: len(packed) // 2])
    assert 500 < len(page.items) < 5000
    assert page.windowed and "end too early" in page.notes[0]
    assert page.items == read("sitemap", gzip.decompress(packed)).items[: len(page.items)]


def test_a_gzip_bomb_is_inflated_no_further_than_the_limit() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (80 * 1024 * 1024), 1)
    assert "cut off before its first entry" in (read("sitemap", bomb).problem or "")
    tags = gzip.compress(b"<urlset>" + b"<a/>" * 15_000_000, 1)
    assert "at most" in (read("sitemap", tags).problem or "")


def test_thousands_of_empty_gzip_members_do_not_stall_it() -> None:
    before = time.process_time()
    assert read("sitemap", gzip.compress(b"") * 500_000).problem
    assert time.process_time() - before < 20


@pytest.mark.parametrize("junk", ["\ufeff", " \n\t", "<br />\n<b>Warning</b>: mysql in /a.php<br />", "﻿ rác "])
def test_junk_before_the_declaration_is_passed_over(junk: str) -> None:
    assert urls(read("sitemap", junk + urlset("/a"))) == ["/a"]


def test_junk_behind_the_root_is_passed_over() -> None:
    page = read("sitemap", urlset("/a") + "<!-- cached --><script>x</script>")
    assert (urls(page), page.windowed, page.notes) == (["/a"], False, ())


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "windows-1258", "no-such-charset"])
def test_valid_utf8_wins_over_a_charset_that_lies(declared: str) -> None:
    page = read("sitemap", urlset("/tin-tức", head=f'<?xml version="1.0" encoding="{declared}"?>'), "text/xml")
    assert urls(page) == ["/tin-t%E1%BB%A9c"]


def test_other_charsets_are_decoded_as_declared() -> None:
    assert urls(read("sitemap", urlset("/tức").encode("utf-16"))) == ["/t%E1%BB%A9c"]
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    assert urls(read("sitemap", urlset("/thông-báo", head=head).encode("latin-1"))) == ["/th%C3%B4ng-b%C3%A1o"]


def test_an_address_with_torn_bytes_is_left_out() -> None:
    page = read("sitemap", urlset("/tức-à-ừ-ứ-ử", "/b", "/t@").encode().replace(b"@", b"\xe1"))
    assert (urls(page)[1:], page.notes) == (["/b"], ("1 item with an address whose characters are damaged",))


def test_ampersands_bare_escaped_and_escaped_twice_are_one() -> None:
    page = read("sitemap", urlset("/a?b=1&c=2", "/a?b=2&amp;c=2", "/a?b=3&amp;amp;c=2", "<![CDATA[/a?b=4&c=2]]>"))
    assert urls(page) == [f"/a?b={n}&c=2" for n in range(1, 5)]
    assert not page.windowed


@pytest.mark.parametrize(
    "body",
    [
        "<url><loc>/a</loc></url><url><loc>/b-1234",
        "<url><loc>/a</loc></url><url><loc>/b</loc>",
        "<url><loc>/a</loc></url",
    ],
)
def test_of_a_cut_document_only_whole_entries_are_listed(body: str) -> None:
    page = read("sitemap", f"<urlset {SITEMAP}>{body}")
    assert (urls(page), page.windowed) == (["/a"], True)
    assert "cut off" in page.notes[0]


@pytest.mark.parametrize("damage", ["/b</lok><x>", "/b</lok>", "/b<![CDATA[", "/b<"])
def test_damage_inside_is_told_and_what_was_read_is_listed(damage: str) -> None:
    page = read("sitemap", urlset("/\x0ba", damage, "/c"))
    assert urls(page)[0] == "/a" and set(urls(page)) <= {"/a", "/b", "/c"}
    assert page.windowed and "damaged XML" in page.notes[0]


def test_an_address_without_an_end_tag_is_left_out() -> None:
    page = read(
        "sitemap", f"<urlset {SITEMAP}><url><loc>/a<lastmod>2024</lastmod></url><url><loc>/b</loc></url></urlset>"
    )
    assert "/a" not in urls(page)
    assert page.windowed


def test_what_is_no_address_of_a_page_is_left_out_and_told() -> None:
    page = read(
        "sitemap",
        urlset("javascript:x", "mailto:a@b", "data:,x", "tel:1", "", "/" + "a" * 2000, "/ok").replace(
            "</urlset>", "<url/><url><loc>/x</loc><loc>/y</loc></url></urlset>"
        ),
    )
    assert urls(page) == ["/ok"]
    assert page.notes == (
        "1 item with a javascript: link",
        "1 item with a mailto: link",
        "1 item with a data: link",
        "1 item with a tel: link",
        "2 items without an address",
        "1 item with an address of more than 2,000 characters",
        "1 item with two addresses",
    )


BOMB = (
    '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", ["&c;", "&x;", "&nothing;"])
def test_entities_of_a_document_are_never_expanded(entity: str) -> None:
    page = read("sitemap", urlset(f"/t?{entity}", "/a", head=f'<?xml version="1.0"?>{BOMB}'))
    assert urls(page) == [f"/t?{entity}", "/a"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<!DOCTYPE html><html><title>404 Không tìm thấy</title><urlset>", "HTML page titled '404 Không tìm thấy'"),
        ('<html><title>Đăng nhập</title><input type="password"></html>', "asks for a password"),
        ("", "empty"),
        ("%PDF-1.7", "PDF"),
        ('{"items": []}', "JSON"),
        ("Service unavailable", "text that begins with 'Service"),
        ("<rss><channel/></rss>", 'kind = "feed"'),
        ("<url><loc>/a</loc></url>", "text that begins with"),
        (b"\x1f\x8bnothing", "gzip"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
    ],
)
def test_what_is_no_sitemap_is_a_problem_that_says_what_came(body: str | bytes, found: str) -> None:
    page = read("sitemap", body)
    assert found in (page.problem or "") and page.items == page.next_pages == ()


def test_an_empty_sitemap_is_no_problem() -> None:
    for body in (urlset(), f"<urlset {SITEMAP}/>"):
        page = read("sitemap", body)
        assert (page.items, page.problem, page.windowed) == ((), None, False)


def test_a_text_file_of_addresses_is_a_sitemap_too() -> None:
    page = read("sitemap", f"\ufeff{HOST}/a\r\n\r\n{HOST}/b\nno address\n", "text/plain")
    assert (urls(page), page.notes) == (["/a", "/b"], ("1 item without an address",))
    assert urls(read("sitemap", urlset("/a"), "text/plain")) == ["/a"]
    packed = gzip.compress("".join(f"{HOST}/{n * n * 7919}\n" for n in range(999)).encode())
    cut = read("sitemap", packed[: len(packed) // 2], None, f"{HOST}/list.txt.gz")
    assert cut.windowed and cut.items == read("sitemap", packed, "text/plain").items[: len(cut.items)]


def test_more_than_the_protocol_allows_is_left_out_and_told() -> None:
    page = read("sitemap", urlset(*(f"/{n}" for n in range(MAX_ITEMS + 2))))
    assert len(page.items) == MAX_ITEMS
    assert page.windowed and page.notes == ("2 items beyond the first 50,000",)
    assert not read("sitemap", urlset(*(f"/{n}" for n in range(MAX_ITEMS)))).windowed


# --- feeds


def test_rss_gives_addresses_and_days_and_is_a_window() -> None:
    page = read(
        "feed",
        rss(
            "<lastBuildDate>Fri, 10 May 2024 08:00:00 +0700</lastBuildDate>",
            "<item><title>A</title><link>/a</link><pubDate>Thu, 09 May 2024 23:30:00 GMT</pubDate></item>",
            "<item><link><![CDATA[ https://bao.example.vn/b?x=1&y=2 ]]></link>"
            "<pubDate>Thứ sáu, 05/12/2025 - 19:20</pubDate></item>",
            "<item><link>/c</link></item>",
        ),
    )
    assert page.items == (
        Item(f"{HOST}/a", date(2024, 5, 10), "listing"),
        Item(f"{HOST}/b?x=1&y=2", date(2025, 12, 5), "listing"),
        Item(f"{HOST}/c"),
    )
    assert (page.windowed, page.next_pages, page.problem) == (True, (), None)


def test_rss_1_and_dublin_core() -> None:
    page = read(
        "feed",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:d="http://purl.org/dc/elements/1.1/"><channel><link>/home</link></channel>'
        '<item rdf:about="/a"><link>/a</link><d:date>2024-05-09T10:00:00+07:00</d:date></item>'
        '<item rdf:about="/b"><title>B</title></item></rdf:RDF>',
    )
    assert page.items == (Item(f"{HOST}/a", date(2024, 5, 9), "listing"), Item(f"{HOST}/b"))


def test_atom_gives_published_as_the_day_and_updated_as_a_change() -> None:
    page = read(
        "feed",
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/tin/"><updated>2024-06-01T00:00:00Z</updated>'
        '<link rel="next" href="/page2"/><entry><link rel="self" href="/x"/><link rel="alternate" type="application/pdf" '
        'href="/p"/><link href="a"/><published>2024-05-09T01:00:00Z</published><updated>2024-05-10T01:00:00Z</updated>'
        '<source><link href="/other"/></source></entry>'
        '<entry><link href="/b"/><updated>2024-05-10T01:00:00Z</updated></entry></feed>',
    )
    changed = datetime(2024, 5, 10, 1, tzinfo=UTC)
    assert page.items == (
        Item(f"{HOST}/tin/a", date(2024, 5, 9), "listing", changed),
        Item(f"{HOST}/b", None, None, changed),
    )


def test_a_guid_is_an_address_only_where_it_says_so() -> None:
    page = read(
        "feed",
        rss(
            f"<item><guid>{HOST}/a</guid></item>",
            f'<item><guid isPermaLink="false">{HOST}/b</guid></item>',
            "<item><guid>721206</guid></item>",
            f"<item><link>https://feeds.example/x</link><feedburner:origLink>{HOST}/c</feedburner:origLink></item>",
            '<item><atom:link rel="self" href="/self"/><link>/d</link></item>',
        ),
    )
    assert (urls(page), page.notes) == (["/a", "/c", "/d"], ("2 items without an address",))


def test_entities_of_html_do_not_break_a_feed() -> None:
    page = read("feed", rss("<item><title>Y&nbsp;t&ecirc; &bogus; R&D</title><link>/a</link></item>"))
    assert (urls(page), page.notes) == (["/a"], ())


@pytest.mark.parametrize(
    "dates",
    [
        ["12/5/2025 7:20:00 PM"],
        ["05/12/2025 10:00", "12/25/2025 10:00"],
        ["2024-03-27+0708:42:50"],
        ["31/02/2024"],
        ["Sun, 09 May 2024 10:00:00 +0700"],
        ["Mon, 01 Jan 0001 00:00:00 GMT"],
        ["Thu, 09 May 2024 08:15:42 +0700"] * 3,
    ],
)
def test_a_doubtful_day_of_a_feed_is_none(dates: list[str]) -> None:
    items = [f"<item><link>/{n}</link><pubDate>{text}</pubDate></item>" for n, text in enumerate(dates)]
    page = read("feed", rss(*items))
    assert {(item.published_on, item.date_origin) for item in page.items} == {(None, None)}
    assert len(page.items) == len(dates)


def test_two_different_days_in_one_item_are_none() -> None:
    stated = "<pubDate>2024-05-09</pubDate><pubDate>2024-05-10</pubDate>"
    assert read("feed", rss(f"<item><link>/a</link>{stated}</item>")).items == (Item(f"{HOST}/a"),)


@pytest.mark.parametrize("body", ["<html><title>Lỗi</title></html>", urlset("/a"), "", "Not found"])
def test_what_is_no_feed_is_a_problem(body: str) -> None:
    page = read("feed", body)
    assert page.problem and page.windowed and page.items == ()


@pytest.mark.parametrize(
    ("feed", "root"),
    [
        (rss(), "rss"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title></feed>', "feed"),
        ("<RDF/>", "RDF"),
    ],
)
def test_a_feed_without_items_is_a_problem_whatever_its_type(feed: str, root: str) -> None:
    page = read("feed", feed, "text/html; charset=utf-8")
    assert page.problem == f"expected items, found a <{root}> without any" and page.windowed


def test_a_cut_feed_never_gives_half_an_address() -> None:
    whole = rss(*(f"<item><link>/tin-{n}00</link></item>" for n in range(3)))
    for end in range(len(whole)):
        assert set(urls(read("feed", whole[:end]))) <= {"/tin-000", "/tin-100", "/tin-200"}


# --- listings

LIST = """<html><body><div id=list>
 <div class=it><a href=/a-1><img></a><h3><a href="/a-1#c">A</a></h3><span class=d>Thứ năm, 09/05/2024</span></div>
 <div class=it><h3><a href=/b-2>B</a></h3><time class=d datetime="2024-05-08T10:00:00+07:00">hôm qua</time></div>
 <div class=it><h3><a href=/c-3>C</a></h3></div>
</div><a class=next href="?page=2">Sau</a></body></html>"""


def test_a_list_gives_items_their_days_and_the_next_page() -> None:
    page = read("listing", LIST, item="h3 > a, a:has(img)", date=".d", next="a.next")
    assert page.items == (
        Item(f"{HOST}/a-1", date(2024, 5, 9), "listing"),
        Item(f"{HOST}/b-2", date(2024, 5, 8), "listing"),
        Item(f"{HOST}/c-3"),
    )
    assert [following.url for following in page.next_pages] == [f"{URL}?page=2"]
    assert (page.windowed, page.problem, page.notes) == (False, None, ())


@pytest.mark.parametrize("item", ["div.it", "h3", "h3 > a", "h3 a, h3"])
def test_item_may_be_the_link_or_what_holds_it(item: str) -> None:
    assert urls(read("listing", LIST, item=item)) == ["/a-1", "/b-2", "/c-3"]


def test_item_may_lie_inside_the_link_and_so_may_its_date() -> None:
    text = "<a href=/a><b class=t>A</b><i>09/05/2024</i></a><a href=/b><b class=t>B</b><i>08/05/2024</i></a>"
    page = read("listing", text, item="b.t", date="i")
    assert [item.published_on for item in page.items] == [date(2024, 5, 9), date(2024, 5, 8)]


SEVERAL = "with links to several addresses; narrow the selector"
TAKEN = "with links to several addresses, of which that of the headline was taken"


def test_an_element_with_links_to_many_addresses_is_left_out_and_may_have_been_a_bulletin() -> None:
    rows = "<p><a href=/a>A</a><a href=/x>X</a><a href=/muc>Mục</a></p><p><a href=/b>B</a></p>"
    page = read("listing", rows, item="p")
    assert (urls(page), page.notes, page.lost) == (["/b"], (f"1 item {SEVERAL}",), (f"1 item {SEVERAL}",))
    assert page.told == ((SEVERAL, 1),)
    pictures = read("listing", "<p><a href=/a><img></a><a href=/x><img></a></p><p><a href=/b>B</a></p>", item="p")
    assert (urls(pictures), pictures.lost) == (["/b"], (f"1 item {SEVERAL}",))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("<li><a href=/anh-1><img></a><a href=/a>A</a></li><li><a href=/b>B</a></li>", ["/a", "/b"]),
        (
            "".join(f"<li><a href=/muc>Mục</a><a href=/{n}>{n}</a><a href=/tac-gia>Ai</a></li>" for n in "abc"),
            ["/a", "/b", "/c"],
        ),
        (
            "".join(f"<li><a href=/m{n}>M</a><h3><a href=/{n}>{n}</a></h3><a href=/y{n}>Y</a></li>" for n in "ab"),
            ["/a", "/b"],
        ),
    ],
)
def test_of_several_addresses_of_an_item_that_of_its_headline_is_taken_and_it_is_told(
    rows: str, found: list[str]
) -> None:
    page = read("listing", f"<ul>{rows}</ul>", item="li")
    assert (urls(page), page.lost, page.windowed) == (found, (), False)
    ((words, items),) = page.told
    assert words == TAKEN and page.notes == (f"{items} item{'s' if items > 1 else ''} {TAKEN}",)


def test_one_date_with_the_month_first_among_days_first_voids_only_itself() -> None:
    dates = ["31/12/2023", "05/12/2023", "12/31/2023", "30/12/2023"]
    rows = "".join(f"<li><a href=/{n}>{n}</a><i>{text}</i></li>" for n, text in enumerate(dates))
    page = read("listing", f"<ul>{rows}</ul>", item="li > a", date="i")
    assert [item.published_on for item in page.items] == [
        date(2023, 12, 31),
        date(2023, 12, 5),
        None,
        date(2023, 12, 30),
    ]
    assert page.told == ()
    mixed = Days(["31/12/2023", "12/31/2023"])  # which of the two is the slip?
    assert mixed.day("31/12/2023") is None


def test_a_list_whose_dates_have_the_month_first_says_so() -> None:
    rows = "<li><a href=/a>A</a><i>12/31/2023</i></li><li><a href=/b>B</a><i>12/05/2023</i></li>"
    page = read("listing", f"<ul>{rows}</ul>", item="li > a", date="i")
    assert [words for words, _ in page.told] == [
        "months before days in the dates of the list: no item has a day from numbers alone"
    ]
    assert page.told[0][1] == 0 and page.lost == ()


def test_links_that_can_be_no_bulletins_are_a_note_and_nothing_else() -> None:
    page = read("listing", "<a href=javascript:x()>A</a><a href=mailto:a@b>B</a><a href=/ok>C</a>", item="a")
    assert len(page.notes) == 2 and page.lost == page.told == ()


def test_what_is_cut_damaged_or_beyond_the_limit_is_lost() -> None:
    packed = gzip.compress(urlset(*(f"/{n * n}" for n in range(5000))).encode())
    assert "end too early" in read("sitemap", packed[: len(packed) // 2]).lost[0]
    assert "damaged XML" in read("sitemap", urlset("/a", "/b").replace("</loc></url><url>", "</lo></url><url>")).lost[0]
    assert read("sitemap", urlset(*(f"/{n}" for n in range(MAX_ITEMS + 1)))).lost == ("1 item beyond the first 50,000",)
    two = urlset("/a").replace("</urlset>", "<url><loc>/x</loc><loc>/y</loc></url></urlset>")
    assert read("sitemap", two).lost == ("1 item with two addresses",)


@pytest.mark.parametrize(
    "row",
    [
        "<div><a href=/a>A</a><a href=/b>B</a><i>09/05/2024</i></div>",  # whose date?
        "<div><a href=/a>A</a><i>09/05/2024</i><i>10/05/2024</i></div><a href=/b>B</a>",
        "<div><a href=/a>A</a><i>Cập nhật</i></div><a href=/b>B</a>",
        "<div><a href=/a>A</a><i>31/02/2024</i></div><a href=/b>B</a>",
        "<div><a href=/a>A</a><i title=2024-05-10>09/05/2024</i></div><a href=/b>B</a>",
        "<div><a href=/a>A</a><i>2 giờ trước</i></div><a href=/b>B</a>",
        "<div><a href=/a>A</a><i>05/09/2024</i></div><div><a href=/b>B</a><i>09/25/2024</i></div>",
        "<div><a href=/a>A</a><i>09/05/2024</i></div><div><a href=/a>A</a><i>10/05/2024</i></div><a href=/b>B</a>",
    ],
)
def test_a_day_that_could_be_another_item_s_or_another_day_is_none(row: str) -> None:
    page = read("listing", row, item="a", date="i")
    assert [(item.published_on, item.date_origin) for item in page.items] == [(None, None)] * 2


def test_a_headline_repeated_without_its_date_keeps_the_date_of_the_list() -> None:
    text = "<h2><a href=/a>A</a></h2><ul><li><a href=/a>A</a><i>09/05/2024</i><li><a href=/b>B</a></ul>"
    assert read("listing", text, item="a", date="i").items[0].published_on == date(2024, 5, 9)


def test_a_date_selector_that_matches_nothing_is_told() -> None:
    assert read("listing", LIST, item="h3 a", date=".gone").notes == ("no date: '.gone' matches nothing",)


def test_base_href_counts() -> None:
    text = "<base href=/tin/><a class=i href=a>A</a><a class=n href=p2>2</a>"
    page = read("listing", text, item=".i", next=".n")
    assert (urls(page), page.next_pages[0].url) == (["/tin/a"], f"{HOST}/tin/p2")
    assert urls(read("listing", "<base href=javascript:x><a href=a>A</a>", item="a")) == ["/a"]


def test_a_nfd_address_stays_nfd() -> None:
    assert urls(read("listing", "<a href='/ta\u0302'>A</a>", item="a")) == ["/ta%CC%82"]


def test_links_that_are_no_bulletins_are_left_out_and_told() -> None:
    text = (
        "".join(f"<a href='{href}'>A</a>" for href in ("#", "", "javascript:void(0)", URL, "tel:1", "/ok")) + "<a>B</a>"
    )
    page = read("listing", text, item="a")
    assert urls(page) == ["/ok"]
    assert page.notes == (
        "3 items without an address",
        "1 item with a javascript: link",
        "1 item that link to the list itself",
        "1 item with a tel: link",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<html><title>Chờ chút</title><p>x", "titled 'Chờ chút'"),
        ('<html><form><input type="password"></form>', "asks for a password"),
        ("<h3><a href=#>A</a></h3>", "none among 1"),
        ("", "empty"),
        ("<rss><channel><item><link>/a</link></item></channel></rss>", 'kind = "feed"'),
        (b"\x89PNG\r\n", "PNG"),
    ],
)
def test_a_page_without_the_list_is_a_problem(text: str | bytes, found: str) -> None:
    page = read("listing", text, item="h3 > a")
    assert found in (page.problem or "") and not page.items and not page.windowed


# --- the next page


def following(pager: str, url: str = URL, kind: str = "listing", selector: str = ".p a") -> str | None:
    page = read(kind, f"<a class=i href=/a>A</a>{pager}", None, url, item=".i", next=selector)
    assert len(page.next_pages) <= 1
    return page.next_pages[0].url.removeprefix(URL) if page.next_pages else None


@pytest.mark.parametrize(
    ("pager", "target"),
    [
        ("<div class=p><a href=?p=2>Sau</a></div>", "?p=2"),
        ("<div class=p><a href=?p=1>1</a><span>2</span><a href=?p=3>3</a><a href=?p=9>Cuối</a></div>", "?p=3"),
        ("<ul class=p><li class=active><a href=#>2</a><li><a href=?p=1>1</a><li><a href=?p=3>3</a></ul>", "?p=3"),
        ("<div class=p><a href=?p=1>1</a><a aria-current=page href=?p=2>2</a><a href=?p=3>3</a></div>", "?p=3"),
        ("<div class=p><a href=?p=9>9</a><b>10</b><a href=?p=11>…</a><a href=?p=40>»</a></div>", "?p=11"),
        ("<div class=p><a href=?p=1>‹</a><a href=?p=1>1</a><b>2</b><a href=?p=3>Trang 3</a></div>", "?p=3"),
        (f"<div class=p><a href={URL}>1</a><a href=?p=2>2</a></div>", "?p=2"),
        ("<div class=p><a rel=prev href=?p=1>x</a><a href=?p=3>y</a></div>", "?p=3"),
        ("<p class=p><a href=?a>First</a><a href=?b>Previous</a><a href=?c>Next</a><a href=?d>Last</a></p>", "?c"),
        ("<p class=p><a href=?a>&lt;&lt;</a><a href=?b>&lt;</a><a href=?c>&gt;</a><a href=?d>&gt;&gt;</a></p>", "?c"),
        ("<p class=p><a href=?a>Trang trước</a><a href=?c>Trang sau</a></p>", "?c"),
        ("<div class=p><a href=?p=2>2</a><a href=?p=3>3</a><i>5</i></div>", "?p=2"),
        ("<div class=p><a href='/danh-sach'>self</a><a href=?p=5>x</a></div>", "?p=5"),
    ],
)
def test_of_several_links_the_following_page_is_taken(pager: str, target: str) -> None:
    assert following(pager) == target


def test_the_page_number_of_the_address_counts_where_the_pager_tells_none() -> None:
    pager = "<div class=p><a href=?page=0>1</a><a href=?page=2>3</a><a href=?page=3>4</a></div>"
    assert following(pager, f"{URL}?page=1") == "?page=2"
    assert following("<div class=p><a href=/p/1>1</a><a href=/p/2>2</a></div>", f"{HOST}/p/2") is None


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "<div class=p><a href='javascript:void(0)'>2</a></div>",
        "<div class=p><a href=#>Sau</a></div>",
        "<div class=p><a href=/danh-sach#x>Sau</a></div>",
        "<div class=p><a href=?p=1>1</a><a href=?p=2>2</a><b>3</b></div>",
        "<div class=p><a href=?p=1>1</a><b>2</b></div>",
        "<div class=p><a rel=prev href=?p=1>Trước</a></div>",
        """<div class=p><a href="javascript:__doPostBack('a','b')">2</a></div>""",
    ],
)
def test_the_last_page_and_links_that_lead_nowhere_have_no_next(pager: str) -> None:
    assert following(pager) is None


def test_a_next_link_that_leads_nowhere_is_told() -> None:
    text = "<a class=i href=/a>A</a><a class=n href='javascript:__doPostBack(1)'>2</a>"
    page = read("listing", text, item=".i", next=".n")
    assert page.notes == ('no next page: link with a javascript: link that posts a form; set kind = "form"',)


# --- forms

FORM = """<html><body><form id=aspnetForm method=post action="./DanhSach.aspx?id=3&amp;x=1">
<input type=hidden name=__EVENTTARGET value=old><input type=hidden name=__EVENTARGUMENT>
<input type=hidden name=__VIEWSTATE value="/wEP+=="><input type=hidden name=__EVENTVALIDATION value=ev>
<input name=ctl00$q value="tìm"><input type=submit name=go value=Go><input type=image name=im><input type=button name=bt>
<input type=file name=fi><input type=reset name=re><input type=checkbox name=c1 checked><input type=checkbox name=c2>
<input type=radio name=r value=1><input type=radio name=r value=2 checked><input name=off disabled value=1><input value=x>
<select name=s><option value=a>A<option selected>B  C</select><select name=s2><option value=first><option></select>
<select name=m multiple><option value=1 selected><option value=2><option value=3 selected></select>
<select name=m0 multiple><option value=1></select><textarea name=t>
x
y</textarea><button name=b value=1>B</button>
<div class=it><a href=/a-1.aspx>A</a></div>
<table class=p><tr><td><span>1</span></td><td><a href="javascript:__doPostBack(&#39;ctl00$grid&#39;,&#39;Page$2&#39;)">2</a></td>
<td><a href="javascript:__doPostBack('ctl00$grid','Page$3')">3</a></td></tr></table></form></body></html>"""


def test_a_postback_becomes_the_form_as_a_browser_would_send_it() -> None:
    page = read("form", FORM, url=f"{HOST}/vn/x.aspx", item=".it a", next=".p a")
    assert urls(page) == ["/a-1.aspx"]
    (following,) = page.next_pages
    assert following.url == f"{HOST}/vn/DanhSach.aspx?id=3&x=1"
    assert following.form == (
        ("__EVENTTARGET", "ctl00$grid"),
        ("__EVENTARGUMENT", "Page$2"),
        ("__VIEWSTATE", "/wEP+=="),
        ("__EVENTVALIDATION", "ev"),
        ("ctl00$q", "tìm"),
        ("c1", "on"),
        ("r", "2"),
        ("s", "B C"),
        ("s2", "first"),
        ("m", "1"),
        ("m", "3"),
        ("t", "x\r\ny"),
    )


@pytest.mark.parametrize(
    "link",
    [
        """<a class=n href=# onclick="__doPostBack('T','A');return false">2</a>""",
        """<a class=n href='javascript:__doPostBack("T", "A")'>2</a>""",
        """<span class=n onclick="javascript:setTimeout('x',0);__doPostBack('T','A')">2</span>""",
        """<a class=n href='javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions("T", "A", true))'>2</a>""",
        """<li class=n><a href="javascript:__doPostBack('T','A')">2</a></li>""",
    ],
)
def test_a_postback_is_found_in_href_and_onclick(link: str) -> None:
    page = read("form", f"<form><a class=i href=/a>A</a>{link}<input name=k value=v></form>", item=".i", next=".n")
    assert page.next_pages[0].url == URL
    assert page.next_pages[0].form == (("__EVENTTARGET", "T"), ("__EVENTARGUMENT", "A"), ("k", "v"))


def test_a_plain_link_works_on_a_form_page() -> None:
    assert following("<div class=p><a href=?p=2>2</a></div>", kind="form") == "?p=2"


@pytest.mark.parametrize(
    "link",
    [
        """<a class=n href="javascript:__doPostBack('T','A')">2</a>""",  # no form
        "<form><a class='n aspNetDisabled'>2</a></form>",
        "<form><a class=n href='javascript:void(0)'>2</a></form>",
        "<form><a class=n href='javascript:__doPostBack(x,y)'>2</a></form>",
        """<form action="javascript:x"><a class=n href="javascript:__doPostBack('T','A')">2</a></form>""",
    ],
)
def test_a_postback_that_cannot_be_sent_is_no_next_page_and_told(link: str) -> None:
    page = read("form", f"<a class=i href=/a>A</a>{link}", item=".i", next=".n")
    assert page.next_pages == ()
    assert page.notes and page.notes[0].startswith("no next page: link with")


def test_the_form_with_the_state_is_posted_where_the_link_fell_out_of_it() -> None:
    text = (
        "<form action=/s><input name=q></form><form action=/f><input type=hidden name=__VIEWSTATE value=v></form>"
        """<a class=i href=/a>A</a><a class=n href="javascript:__doPostBack('T','')">2</a>"""
    )
    (page,) = read("form", text, item=".i", next=".n").next_pages
    assert page.url == f"{HOST}/f"
    assert page.form == (("__EVENTTARGET", "T"), ("__EVENTARGUMENT", ""), ("__VIEWSTATE", "v"))


# --- whatever comes

_PIECES = st.sampled_from(
    ["<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<rss>", "<feed>", "<item>", "</item>", "<entry>",
     "<link>", "</link>", "<link href='/x'/>", "<pubDate>", "</pubDate>", "05/12/2025", "/a", "&", "&amp;", "&nbsp;",
     "<![CDATA[", "]]>", "<!--", "-->", "<a href=/b class=n>", "</a>", "<i>", "</i>", "<a href=?p=2 class=n>2</a>", "<x:y>",
     "<?xml version='1.0'?>", "<!DOCTYPE a [", "<form>", "</form>", "<base href='//['>", "\x00", "\ufffd", "đ", "2024",
     "<a class=n href=\"javascript:__doPostBack('a','b')\">", "<sitemap>", "<sitemapindex>", "xmlns:a='", "'", ">", "<"]
)  # fmt: skip
_PAYLOADS = st.one_of(
    st.binary(),
    st.binary().map(lambda bytes_: gzip.compress(bytes_, mtime=0)),
    st.lists(_PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.lists(_PIECES, max_size=30).map(lambda pieces: ("<urlset>" + "".join(pieces)).encode()),
    st.lists(_PIECES, max_size=30).map(lambda pieces: ("<rss>" + "".join(pieces)).encode("utf-16")),
)


@pytest.mark.parametrize("kind", sorted(WAYS))
@given(payload=_PAYLOADS, content_type=st.none() | st.text())
@example(payload=b"<urlset", content_type=None)
@example(payload=b"<rss>&#0;&#x110000;</rss>", content_type="text/xml; charset=\x00")
@example(payload=b"<feed>" + b"<a>" * 3000 + b"</feed>", content_type=None)
def test_no_page_raises_and_all_answers_stay_within_bounds(kind: str, payload: bytes, content_type: str | None) -> None:
    selectors = {"item": "a", "date": "i", "next": ".n"} if kind in ("listing", "form") else {}
    page = read(kind, payload, content_type, **selectors)
    assert len(page.items) <= MAX_ITEMS and len({item.url for item in page.items}) == len(page.items)
    for item in page.items:
        assert item.url.isascii() and item.url.startswith(("http://", "https://")) and len(item.url) <= 2_000
        assert (item.published_on is None) == (item.date_origin is None)
        assert item.modified_at is None or item.modified_at.tzinfo is not None
    assert page.problem is None or not page.items
    assert all("\n" not in note and len(note) < 400 for note in (*page.notes, page.problem or ""))
    assert kind == "sitemap" or len(page.next_pages) <= 1


def test_a_selector_that_is_none_is_a_problem_not_a_crash() -> None:
    assert "expected a CSS selector" in (read("listing", LIST, item="h3 >> a[").problem or "")
    assert read_form(b"<a href=/a>", None, URL, Discover("form", URL)).problem

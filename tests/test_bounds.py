"""What is taken for a trap, which ports are asked, and how much a list may breed."""

from __future__ import annotations

import pytest
from twisted.internet.defer import succeed
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawlers.addresses import PrivateAddress
from crawlers.bounds import (
    BARREN_PAGES,
    MAX_NEW,
    MAX_NEW_ON_PAGE,
    MAX_SEGMENTS,
    NO_BULLETIN,
    Breeding,
    HeadTooLarge,
    port_of,
    ports_of,
    trap,
)  # fmt: skip
from crawlers.discovery.listed import NextPage
from crawlers.exchange import problem_of
from crawlers.http_message import BadMessage, decoded
from crawlers.resolver import CachingThreadedResolver, GuardedResolver
from crawlers.sighting import Sighting
from crawlers.source import Discover, Source

HOST = "http://bao.example"


@pytest.mark.parametrize(
    "path",
    [
        "/tin-tuc/hoi-nghi-tong-ket-2024.html",
        "/2024/01/01/tin-1.html",
        "/vi/tin-tuc/vi/bai.html",
        "/1/1/1/1/anh.html",
        "/Pages/tin.aspx?ItemID=3&CateID=3&page=3",
        "/tim?the=a&the=b&the=c",
        "/c/portal/login?redirect=%2Fweb%2Fguest%3Fback%3D%252Fhome",
        "/" + "/".join(f"m{n}" for n in range(MAX_SEGMENTS)),
    ],
)
def test_an_address_of_a_page_is_no_trap(path: str) -> None:
    assert trap(HOST + path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bai/en/en/en", "its path repeats itself"),
        ("/bai/en/vi/en/vi/en/", "its path repeats itself"),
        ("/web/a/x/web/a/y/web/a/z", "its path repeats itself"),
        ("/lich/1/1/1/1/1", "its path repeats itself"),
        ("/" + "/".join(f"m{n}" for n in range(MAX_SEGMENTS + 1)), "its path is too deep"),
        ("/tin?page=1&page=1&page=1", "its query repeats itself"),
        ("/tin?" + "&".join(f"p={n}" for n in range(11)), "its query repeats itself"),
        ("/a?r=%2Fa%3Fr%3D%252Fa%253Fr%253D%25252525252Fa", "its query repeats itself"),
    ],
)
def test_an_address_that_repeats_itself_is_a_trap(path: str, reason: str) -> None:
    assert trap(HOST + path) == reason


def test_a_source_is_asked_at_the_ports_of_its_file_and_the_usual_ones() -> None:
    ways = (Discover("feed", "https://bao.example:8443/rss"), Discover("listing", f"{HOST}/", page_url=f"{HOST}:81/"))
    source = Source("bao", "Báo", "Báo", home=f"{HOST}:8080/", hosts=("bao.example",), discover=ways)
    assert ports_of(source) == {80, 443, 8080, 8443, 81}
    assert (port_of(HOST), port_of("https://bao.example/"), port_of(f"{HOST}:99999/")) == (80, 443, None)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"{HOST}/tin/1", None),
        ("https://bao.example/tin/1", None),
        (f"{HOST}:6379/tin/1", "another port"),
        ("http://127.0.0.1/tin/1", "another host"),
        (f"{HOST}/tin/en/en/en", "its path repeats itself"),
    ],
)
def test_what_no_page_of_the_source_may_be_is_excluded(url: str, why: str | None) -> None:
    source = Source("bao", "Báo", "Báo", home=f"{HOST}/", hosts=("bao.example",))
    assert Sighting(source).excluded(url, source.key(url), "2026-11", 1, None) == why


def test_a_page_brings_so_many_new_addresses_and_the_rest_later() -> None:
    breeding, keys = Breeding(), [f"/{n}" for n in range(MAX_NEW_ON_PAGE + 3)]
    left, why = breeding.left_out("listing", keys, set(keys))
    assert left == set(keys[-3:])
    assert why is not None and why.startswith("its list breeds addresses: 5,003 new ones, more than 5,000 on one page")
    assert breeding.left_out("listing", keys, left) == (set(), None)  # the others are known by then


def test_a_sitemap_brings_more_but_no_source_without_end() -> None:
    breeding, keys = Breeding(), [f"/{n}" for n in range(MAX_NEW_ON_PAGE + 3)]
    assert breeding.left_out("sitemap", keys, set(keys)) == (set(), None)
    breeding.new = MAX_NEW - 1
    left, why = breeding.left_out("sitemap", keys, {"/0", "/1"})
    assert left == {"/1"} and why is not None and "more than 1,000,000 in one crawl" in why


def test_a_thousand_print_pages_of_one_bulletin_fill_no_frontier_and_a_sitemap_of_a_moved_site_is_whole() -> None:
    breeding = Breeding()
    room, why = breeding.room_for_others("listing", 9_000)
    assert room == MAX_NEW_ON_PAGE and "9,000, more than 5,000 on one page" in (why or "")
    assert breeding.room_for_others("sitemap", 50_000) == (50_000, None)
    assert breeding.room_for_others("sitemap", MAX_NEW)[0] == MAX_NEW - 55_000
    assert breeding.room_for_others("listing", 1)[0] == 0


def test_a_list_of_what_is_no_bulletin_is_left_after_a_hundred_pages() -> None:
    breeding = Breeding()
    breeding.begin(f"{HOST}/lich")
    for _ in range(BARREN_PAGES - 1):
        breeding.listed([NO_BULLETIN, "another host"])
    assert breeding.barren is None
    breeding.listed([NO_BULLETIN])
    assert breeding.barren == "100 pages in a row list no bulletins"


@pytest.mark.parametrize("reasons", [[NO_BULLETIN, None], [NO_BULLETIN, "before 2024-01-01 (since)"], []])
def test_one_page_that_may_list_a_bulletin_makes_a_list_worth_going_on(reasons: list[str | None]) -> None:
    breeding = Breeding()
    breeding.begin(f"{HOST}/lich")
    for _ in range(BARREN_PAGES - 1):
        breeding.listed([NO_BULLETIN])
    breeding.listed(reasons)
    breeding.listed([NO_BULLETIN])
    assert breeding.barren is None


def test_indexes_within_indexes_are_followed_three_deep() -> None:
    breeding, page = Breeding(), NextPage(f"{HOST}/0")
    breeding.begin(page.url)
    for number in (1, 2, 3):
        (page,), why = breeding.pages("sitemap", page, [NextPage(f"{HOST}/{number}")])
        assert why is None
    assert breeding.pages("sitemap", page, [NextPage(f"{HOST}/4")]) == ((), "indexes within indexes, more than 3 deep")


def test_a_paging_that_leads_into_a_trap_is_not_followed() -> None:
    breeding, start = Breeding(), NextPage(f"{HOST}/tin/en/en")
    breeding.begin(start.url)
    taken, why = breeding.pages("listing", start, [NextPage(f"{HOST}/tin/en/en/en")])
    assert taken == () and why is not None and why.endswith("/tin/en/en/en, but its path repeats itself: a trap?")


def test_a_header_without_end_has_a_name() -> None:
    try:
        raise RuntimeError from ResponseFailed([Failure(HeadTooLarge())])
    except RuntimeError as error:
        assert problem_of(error, 1) == "its header is larger than 262144 bytes"


def test_more_codings_than_anybody_needs_are_refused_whole() -> None:
    assert decoded(b"<p>", ["identity"] * 4, 100) == b"<p>"
    with pytest.raises(BadMessage, match="at most 4 codings, found 5"):
        decoded(b"<p>", ["identity"] * 5, 100)


def test_a_name_that_answers_otherwise_the_second_time_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1"]
    monkeypatch.setattr(
        CachingThreadedResolver, "getHostByName", lambda self, name, timeout=(): succeed(answers.pop(0))
    )
    resolver = GuardedResolver.__new__(GuardedResolver)
    found: list[object] = []
    for _ in range(3):
        resolver.getHostByName("doi-y.example").addBoth(found.append)
    assert found[0] == "93.184.216.34"
    for failure in found[1:]:
        assert isinstance(failure, Failure) and failure.check(PrivateAddress)
    del GuardedResolver.refused["doi-y.example"]

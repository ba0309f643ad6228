"""Stories that the newsroom's sites take over from each other: whole, edited, or their first words."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from crawlers.newsroom import Gold, Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.records import COPIES
from pipelines.read import read
from pipelines.records import Capture

SHARED = 0.3


@pytest.fixture(scope="module")
def room() -> Newsroom:
    """Every kind, ten days on; nothing changes it."""
    room = Newsroom(7, kinds=tuple(KINDS), bulletins=60, shared=SHARED)
    room.advance(10)
    return room


def golds(room: Newsroom, day: date | None = None) -> dict[str, Gold]:
    return {gold.url: gold for site in room.sites for gold in room.gold(site.site_id, day)}


def copies(room: Newsroom, kind: str | None = None) -> list[tuple[Gold, Gold]]:
    """Copies with their originals."""
    every = golds(room)
    return [(g, every[g.copy_of]) for g in every.values() if g.copy_of and kind in (None, g.copy_kind)]


def test_a_share_of_the_bulletins_takes_over_a_story_in_one_of_three_ways(room: Newsroom) -> None:
    made = Counter(gold.copy_kind for gold, _ in copies(room))
    assert set(made) == set(COPIES)
    assert min(made.values()) > 0.2 * made.total()
    able = sum(gold.site_id != room.sites[0].site_id for gold in golds(room).values())
    assert 0.6 * SHARED < made.total() / able <= 1.2 * SHARED


def test_the_original_is_another_sites_own_story_of_the_last_three_days(room: Newsroom) -> None:
    order = [site.site_id for site in room.sites]
    for copy, original in copies(room):
        assert original.copy_of is None and original.copy_kind is None
        assert order.index(original.site_id) < order.index(copy.site_id)
        assert timedelta(0) <= copy.posted_on - original.posted_on <= timedelta(3)
    taken = Counter((copy.site_id, copy.copy_of) for copy, _ in copies(room))
    assert max(taken.values()) == 1


def test_a_newsroom_that_shares_nothing_is_the_one_it_always_was() -> None:
    one, other = Newsroom(7, bulletins=30), Newsroom(7, bulletins=30, shared=0.0)
    assert one.advance(5) == other.advance(5)
    assert golds(one) == golds(other)
    assert not copies(one)


def test_what_is_no_copy_stays_as_it_is_without_sharing() -> None:
    plain, sharing = Newsroom(7, bulletins=60), Newsroom(7, bulletins=60, shared=SHARED)
    for site in plain.sites:
        for one, other in zip(plain.gold(site.site_id), sharing.gold(site.site_id), strict=True):
            assert one.posted_on == other.posted_on
            assert other.copy_of or (one.body, one.byline, one.facts) == (other.body, other.byline, other.facts)


def test_the_same_seed_shares_the_same_on_every_day() -> None:
    one, two = (Newsroom(9, bulletins=40, shared=SHARED) for _ in range(2))
    assert one.advance(6) == two.advance(6)
    assert golds(one) == golds(two)


def test_a_reprint_tells_all_paragraphs_often_under_another_title() -> None:
    found = copies(Newsroom(11, bulletins=120, shared=SHARED), "reprint")
    for copy, original in found:
        assert text(copy).endswith(text(original)) or text(original) in text(copy)
    retitled = sum(copy.title != original.title for copy, original in found)
    assert 0.3 < retitled / len(found) < 0.9
    assert sum((copy.byline or "").startswith("Theo ") for copy, _ in found) > 0.4 * len(found)


def test_an_edited_reprint_leaves_paragraphs_out_and_credits_the_house() -> None:
    for copy, original in copies(Newsroom(11, bulletins=120, shared=SHARED), "edited"):
        paragraphs, told = set(text(original).split("\n")), set(text(copy).split("\n"))
        assert paragraphs - told
        assert len(paragraphs & told) > len(paragraphs) / 2
        assert (copy.byline or "").startswith("Theo ") and not copy.authors


def test_a_teaser_is_title_and_first_words() -> None:
    for copy, original in copies(Newsroom(11, bulletins=120, shared=SHARED), "teaser"):
        (paragraph,) = copy.body
        assert copy.title == original.title and not copy.captions and copy.lead is None
        assert paragraph.endswith("…") and len(paragraph.split()) == 40
        assert text(original).replace("\n", " ").startswith(paragraph.rstrip("…"))


def text(gold: Gold) -> str:
    return "\n".join((*([gold.lead] if gold.lead else []), *gold.body))


def test_facts_of_a_copy_are_those_it_still_tells(room: Newsroom) -> None:
    for copy, original in copies(room):
        told = "\n".join((copy.title, text(copy), *copy.captions)).casefold()
        assert all(fact.surface.casefold() in told for fact in copy.facts)
        if copy.copy_kind == "teaser" and original.version == copy.version == 1:
            assert {fact.kind for fact in copy.facts} <= {fact.kind for fact in original.facts}
            assert len(copy.facts) < len(original.facts)


def test_copy_and_original_are_edited_each_by_itself() -> None:
    room = Newsroom(7, bulletins=60, shared=0.5)
    before = {url: gold.version for url, gold in golds(room).items()}
    room.advance(30)
    moved = [
        (copy.version > before[copy.url], original.version > before[original.url])
        for copy, original in copies(room)
        if copy.url in before
    ]
    assert {(True, False), (False, True)} <= set(moved)


def test_days_go_on_taking_over_stories_and_the_past_stays_as_it_was() -> None:
    room = Newsroom(7, bulletins=60, shared=0.5)
    start, first = room.day, golds(room)
    room.advance(10)
    later = [copy for copy, _ in copies(room) if copy.posted_on > start]
    assert later
    assert golds(room, start) == first


def test_of_a_site_that_moved_the_new_address_is_the_originals() -> None:
    room = Newsroom(7, bulletins=60, shared=SHARED)
    site = room.sites[0].site_id
    before = [copy.copy_of for copy, original in copies(room) if original.site_id == site]
    room.relocate(site, date(2026, 11, 3))
    room.advance(3)
    moved = [original for copy, original in copies(room) if original.site_id == site]
    assert set(before) <= {original.old_url for original in moved}


def test_the_projects_own_reader_reads_copies_off_the_pages_of_every_kind(room: Newsroom, tmp_path: Path) -> None:
    room.write_sources(tmp_path / "sources", delay_s=0.2)
    catalog = load_catalog(tmp_path)
    at = datetime(2026, 11, 12, tzinfo=UTC)
    checked = Counter[str]()
    for copy, _ in copies(room):
        if copy.state not in ("live", "unlisted") or checked[copy.site_id] == 6:
            continue
        checked[copy.site_id] += 1
        source, (path, _, query) = catalog.get(copy.site_id), copy.path.partition("?")
        answer = room.respond(room.site(copy.site_id), Ask("GET", path, query, {}))
        capture = Capture(copy.site_id, copy.url, at, answer.body, answer.content_type, answer.status)
        found = read(capture, layouts=source.layouts, family=source.family).bulletin
        assert found is not None, copy.url
        told = (found.title, tuple((found.body or "").split("\n\n")), found.captions, found.byline, found.authors)
        assert told == (copy.title, copy.body, copy.captions, copy.byline, copy.authors), copy.url
    assert len(checked) == len(KINDS) - 1

"""Which of the ways found are written down: together they show every bulletin, and none is there for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.discovery.listed import Item
from crawlers.survey.findings import FoundWay
from crawlers.survey.home import BY_HAND
from crawlers.survey.lists import ListFound, order_of
from crawlers.survey.machines import Machine

COVERS = 0.97
"""Share of what lists and feeds show that a sitemap must hold, to be taken for whole."""
_FULL = 10
"""Bulletins of one page from which a list of one page may be cut off."""
Key = Callable[[str], str]
IsBulletin = Callable[[str], bool]


@dataclass(slots=True)
class Choice:
    ways: list[FoundWay] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def choose(
    sitemaps: Sequence[Machine], feeds: Sequence[Machine], lists: Sequence[ListFound], is_bulletin: IsBulletin, key: Key
) -> Choice:
    """A sitemap that holds all that lists show, with one list or feed for what is new; else lists of all sections."""
    choice = Choice()
    whole = [machine for machine in sitemaps if not machine.is_news and _bulletins(machine.items, is_bulletin)]
    sitemap = max(whole, key=lambda machine: len(_bulletins(machine.items, is_bulletin)), default=None)
    chosen = _lists(lists, is_bulletin, key, choice)
    shown = {key(item.url): item.url for found in chosen for item in _bulletins(found.items, is_bulletin)}
    for feed in feeds:
        shown |= {key(item.url): item.url for item in _bulletins(feed.items, is_bulletin)}
    agrees, lacking = False, list[str]()
    if sitemap is not None:
        held = {key(item.url) for item in sitemap.items}
        lacking = [url for name, url in shown.items() if name not in held]
        read = bool(sitemap.read or not sitemap.children)
        agrees = read and len(lacking) <= max(1, (1 - COVERS) * len(shown))
        choice.ways.append(_of_sitemap(sitemap, is_bulletin, len(shown), lacking))
    covers = agrees and bool(shown) and sitemap is not None and not sitemap.dead
    best = max(feeds, key=lambda feed: len(_bulletins(feed.items, is_bulletin)), default=None)
    is_fed = best is not None and bool(_bulletins(best.items, is_bulletin))
    paged = [found for found in chosen if found.is_paged]
    if covers:
        chosen = [found for found in paged if found.last][:1] or paged[:1] or ([] if is_fed else chosen[:1])
    elif agrees and is_fed:
        chosen = paged  # of a list of one page absence would seem to say something
    choice.ways += [_of_list(found, is_bulletin) for found in chosen]
    if best is not None and is_fed and (not chosen or not covers):
        choice.ways.append(_of_feed(best, is_bulletin))
    if not choice.ways and sitemaps and (items := _bulletins(sitemaps[0].items, is_bulletin)):
        choice.ways.append(_of_sitemap(sitemaps[0], is_bulletin, len(items), ()))
    choice.doubts += [
        f"left out: sitemap {machine.way.url}, which shows the last days only"
        for machine in sitemaps
        if machine.is_news and machine.way.url not in {found.way.url for found in choice.ways}
    ]
    _judge(choice, agrees, chosen)
    return choice


def _lists(lists: Sequence[ListFound], is_bulletin: IsBulletin, key: Key, choice: Choice) -> list[ListFound]:
    """Without those whose bulletins another shows as well: the larger first."""
    starts = [found for found in lists if not urlsplit(found.way.url).path.strip("/")]
    ranked = sorted(
        lists,
        key=lambda found: (
            found.is_archive, not found.is_paged, found in starts, -(found.estimate or len(found.items) * 1000)
        ),
    )  # fmt: skip
    chosen: list[ListFound] = []
    for found in ranked:
        mine = _bulletins(found.items, is_bulletin)
        if not mine or (chosen and not found.is_paged and found in starts and not chosen[0].is_archive):
            continue  # a start page shows the newest of all sections
        other = next((each for each in chosen if _within(mine, _bulletins(each.items, is_bulletin), key, each)), None)
        if other is None:
            chosen.append(found)
        else:
            choice.doubts.append(f"left out: list {found.way.url}, whose bulletins {other.way.url} shows as well")
    return chosen


def _within(mine: Sequence[Item], theirs: Sequence[Item], key: Key, other: ListFound) -> bool:
    """Whether the other list shows these: of the days of which its pages were read all must be there."""
    held = {key(item.url) for item in theirs}
    days = [item.published_on for item in theirs[: 2 * other.first] if item.published_on is not None]
    judged = [item for item in mine if item.published_on is None or not days or item.published_on > min(days)]
    if not judged or (other.way.order != "newest-first" and len(judged) < len(mine)):
        return False
    missed = sum(key(item.url) not in held for item in judged)
    return missed <= 0.05 * len(judged) and (len(judged) >= 2 or len(mine) <= 2)


def _of_sitemap(machine: Machine, is_bulletin: IsBulletin, shown: int, lacking: Sequence[str]) -> FoundWay:
    items = _bulletins(machine.items, is_bulletin)
    doubts = [f"its part {dead}" for dead in machine.dead[:3]]
    if lacking:
        doubts.append(f"{len(lacking)} of {shown} bulletins on lists are not in it, e.g. {lacking[0][:200]}")
    if machine.read + len(machine.dead) < machine.children:
        doubts.append(f"{machine.read} of its {machine.children} parts were read")
    said = f"named by {machine.named_by}" if machine.named_by != "the usual place" else "found at the usual place"
    of = f" in {machine.read} parts" if machine.children else ""
    evidence = f"{said}; {len(items)} of its {len(machine.items)} addresses{of} look like bulletins"
    estimate = len(items) if machine.read == machine.children else len(items) * machine.children // max(1, machine.read)
    return FoundWay(machine.way, evidence, tuple(doubts), tuple(items), machine.pages, estimate)


def _of_feed(machine: Machine, is_bulletin: IsBulletin) -> FoundWay:
    items = _bulletins(machine.items, is_bulletin)
    evidence = f"named by {machine.named_by}; the newest {len(items)} bulletins"
    way = replace(machine.way, order=order_of([items]))
    return FoundWay(way, evidence, (), tuple(items), machine.pages, len(items))


def _of_list(found: ListFound, is_bulletin: IsBulletin) -> FoundWay:
    items = _bulletins(found.items, is_bulletin)
    if len(found.pages) > 1:
        evidence = f"{len(found.pages)} pages of it were read, {found.first} bulletins on the first"
        evidence += f", {found.last} pages" if found.last else ""
    else:
        evidence = f"its first page was read, {found.first} bulletins" + (
            "; it pages as the others do" if found.is_paged else ""
        )
    doubts = list(found.notes)
    if not found.is_paged:
        doubts.append("no second page was found: only what its one page shows can be had")
    if found.is_paged and found.way.order is None:
        doubts.append("its order is not known, so it is walked to its end every time")
    return FoundWay(found.way, evidence, tuple(doubts), tuple(items), len(found.pages), found.estimate)


def _judge(choice: Choice, agrees: bool, chosen: Sequence[ListFound]) -> None:
    """What is missing for the source to be whole. agrees: a sitemap holds what was seen elsewhere."""
    if not choice.ways:
        choice.missing.append(f"no way of finding bulletins: no sitemap, no feed, no list was found; {BY_HAND}")
    elif not agrees and not any(found.is_paged and not found.is_archive for found in chosen):
        choice.missing.append(
            "paging: only what the first pages of its lists and its feed show can be had, older bulletins cannot; "
            f"{BY_HAND}"
        )
    elif not agrees and (full := _cut_off(chosen)):
        choice.missing.append(
            f"paging of {len(full)} lists, which show a full page and no way on, e.g. {full[0][:200]}; {BY_HAND}"
        )
    if months := [found.way.url for found in chosen if found.is_archive]:
        choice.missing.append(
            f"lists of all times: {len(months)} of those found hold one month or day, e.g. {months[0][:200]}, and each "
            f"new one would have to be added; {BY_HAND}"
        )


def _cut_off(chosen: Sequence[ListFound]) -> list[str]:
    """Lists of one page that show as much as a page of those that go on: there is more behind it in all likelihood."""
    pages = [found.first for found in chosen if found.is_paged]
    full = max(_FULL, min(pages, default=0))
    ends = [found for found in chosen if not found.is_paged and not found.is_archive]
    return [found.way.url for found in ends if found.first >= full]


def _bulletins(items: Sequence[Item], is_bulletin: IsBulletin) -> list[Item]:
    return [item for item in items if is_bulletin(item.url)]

"""The verdict on a live source from what a check saw of it: healthy, quiet, rotten, blocked, moved, unreachable. Pure.

healthy      its lists hold bulletins, the newest ones read as the source file expects
quiet        as healthy, and nothing new for longer than its rhythm lets expect
rotten       its server answers, and our rules find no lists, no bulletins, or not their fields
blocked      it answers, but not us: refused, a block page, or robots.txt
moved        it sends us to a host that the source file does not name
unreachable  no answer, or none that could be trusted
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from crawlers.segment import VIETNAM
from crawlers.source import Source
from dagster_project.steps.seeing import PageSeen, Seen, is_refusal, leads_away

_QUIET = {"daily": 4, "weekdays": 6, "weekly": 15, "irregular": 60}
"""Days without anything new after which a source of that rhythm is quiet; a holiday week may make one so, too."""
_NO_RHYTHM = 60
_LATEST = timedelta(days=1)  # a day later than this is no day of publication


@dataclass(frozen=True, slots=True)
class Verdict:
    """word: one of the six. page: the first that failed; cure: what to do; None where all is well."""

    word: str
    reason: str
    page: str | None = None
    cure: str | None = None
    doubts: tuple[str, ...] = ()


def judged(source: Source, seen: Seen) -> Verdict:
    """The first of these that is so: no robots.txt, no home, a way that fails, bulletins that do not read, silence."""
    found = _robots(source, seen) or _home(source, seen) or _ways(source, seen) or _pages(source, seen)
    if found is not None:
        return found
    doubts = [*seen.left]
    if seen.home is not None and not seen.home.ok:
        doubts.append(f"{seen.home.url}: {seen.home.trouble}")
    for page in seen.pages:
        if page.trouble or page.kind != "bulletin" or page.missing:
            doubts.append(f"{page.url}: {page.words}")
    doubts += [f"{way.way}: its next page was not found" for way in seen.ways if way.paging is False]
    return _rest(source, seen, doubts)


def _robots(source: Source, seen: Seen) -> Verdict | None:
    robots = seen.robots
    if robots.usable:
        return None
    if robots.status is not None:
        cure = "ask again tomorrow; if it stays so, look at it in a browser and write to the publisher"
        return Verdict("blocked", f"{seen.robots_words}; nothing may be asked then", robots.url, cure)
    return Verdict("unreachable", seen.robots_words, robots.url, _reach(source, robots.tls))


def _home(source: Source, seen: Seen) -> Verdict | None:
    home = seen.home
    if home is None:
        return None
    if away := leads_away(source, home):
        return _moved(home.url, away)
    if home.status is None and home.not_allowed is None:
        return Verdict("unreachable", home.trouble or "no answer", home.url, _reach(source, home.tls))
    if seen.home_kind in ("block", "login") or (is_refusal(home) and home.not_allowed is None):
        return _blocked(home.url, home.trouble or f"its home is a {seen.home_kind} page")
    return None


def _ways(source: Source, seen: Seen) -> Verdict | None:
    if not source.discover:
        cure = f"`bantin source add {source.home or 'URL'}`, or write one by hand"
        return Verdict("rotten", "its file has no [[discover]], so no bulletin can be found", source.home, cure)
    failing = [way for way in seen.ways if way.trouble]
    if not failing:
        return None
    way = failing[0]
    others = len(seen.ways) - len(failing)
    said = f"{way.way}: {way.trouble}" + (f" ({others} other ways list bulletins)" if others else "")
    if way.moved_to:
        return _moved(way.url, way.moved_to)
    if way.blocked:
        return _blocked(way.url, said)
    if way.status is None and not others:
        return Verdict("unreachable", said, way.url, _reach(source, None))
    cure = "compare the page with `url`, `item` and [url] bulletin in the source file"
    if way.status is not None and way.status >= 400:
        cure = "find the list's new address on the site and write it into the source file"
    return Verdict("rotten", said, way.url, cure)


def _pages(source: Source, seen: Seen) -> Verdict | None:
    """A verdict where more than half of the bulletins fail for one reason."""
    if not seen.pages:
        return None

    def most(pages: list[PageSeen]) -> PageSeen | None:
        return pages[0] if 2 * len(pages) > len(seen.pages) else None

    if page := most([page for page in seen.pages if page.moved_to]):
        return _moved(page.url, page.moved_to or "")
    if page := most([page for page in seen.pages if page.blocked]):
        return _blocked(page.url, f"its bulletins: {page.words}")
    if page := most([page for page in seen.pages if page.trouble]):
        cure = "look at the page in a browser; if its address is right, ask again later"
        return Verdict("rotten", f"its lists name pages that cannot be had: {page.trouble}", page.url, cure)
    try_it = f"`bantin try {page_url(seen)} --source {source.source_id}` shows how it is read"
    if page := most([page for page in seen.pages if page.kind != "bulletin"]):
        cure = f"{try_it}; correct [url] bulletin or [[layout]]"
        return Verdict("rotten", f"what it lists does not read as bulletins: {page.kind_rule}", page.url, cure)
    lacking = [name for name in source.expect.fields if most([page for page in seen.pages if name in page.missing])]
    if lacking:
        page = next(page for page in seen.pages if lacking[0] in page.missing)
        cure = f"{try_it}; correct [[layout]]"
        return Verdict(
            "rotten", f"its newest bulletins lack {', '.join(lacking)}, which [expect] names", page.url, cure
        )
    return None


def page_url(seen: Seen) -> str:
    """The first bulletin that did not read as one, else the first."""
    bad = (page for page in seen.pages if page.kind != "bulletin" or page.missing)
    return next(bad, seen.pages[0]).url


def _rest(source: Source, seen: Seen, doubts: list[str]) -> Verdict:
    today = seen.at.astimezone(VIETNAM).date()
    days = [way.newest for way in seen.ways] + [page.published_on for page in seen.pages]
    newest = max((day for day in days if day is not None and day <= today + _LATEST), default=None)
    fields = ", ".join(source.expect.fields) or "title and body"
    read = sum(page.kind == "bulletin" for page in seen.pages)
    said = f"{_count(len(seen.ways))} bulletins; {read} of {len(seen.pages)} newest read with {fields}"
    if newest is None:
        doubts.append("no list and no page tells a day: whether it is quiet cannot be known")
        return Verdict("healthy", said, doubts=tuple(doubts))
    age = (today - newest).days
    if age > _patience(source) and not seen.ordered:
        doubts.append(f"no list says which bulletins are the newest; those looked at are of {newest} and before")
        return Verdict("healthy", said, doubts=tuple(doubts))
    if age > (most := _patience(source)):
        reason = f"nothing new since {newest}, {age} days; its rhythm lets expect something within {most}"
        return Verdict("quiet", reason, doubts=tuple(doubts))
    return Verdict("healthy", f"{said}, the newest of {newest}", doubts=tuple(doubts))


def _count(ways: int) -> str:
    return "its way lists" if ways == 1 else f"all {ways} ways list"


def _patience(source: Source) -> int:
    """Days without anything new that are nothing strange: by rhythm, else three times the mean gap of [expect]."""
    if source.rhythm is not None:
        return _QUIET[source.rhythm]
    least = source.expect.min_per_month
    return max(_QUIET["daily"], math.ceil(90 / least)) if least else _NO_RHYTHM


def _moved(url: str, host: str) -> Verdict:
    cure = f"look whether {host} is the publisher's; then add it to `hosts` and correct the addresses of the file"
    return Verdict("moved", f"it leads to {host}, which is no host of the source", url, cure)


def _blocked(url: str, said: str) -> Verdict:
    cure = "look at the page in a browser; a longer delay_s, `cookies`, or a word with the publisher may help"
    return Verdict("blocked", said, url, cure)


def _reach(source: Source, tls: str | None) -> str:
    if tls is not None and source.fetch.tls == "verify":
        return (
            'look at the certificate; [fetch] tls = "legacy" for old servers, "unverified" if you trust it all the same'
        )
    return "look at it in a browser; ask again later, some hosts answer from Vietnam only"

"""The ways of a source held against each other: what one lists and another, which should, does not.

Ways of one kind complete each other (twelve sections, a sitemap and one of the news), so the kinds are compared: all
sitemaps, all list pages, all feeds. Who is to lack something must be known to its end, every way of it. A feed
is only asked what it shows that others lack: it shows the newest, and that it shows no more is no difference.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from crawlers.frontier import Frontier, moment
from crawlers.frontier_lists import FEW, OLDER, Walk
from crawlers.quiet import RESTS
from crawlers.segment import VIETNAM
from pipelines.records import WayDoubt

LAG = timedelta(days=2)
"""Sitemaps are made at night, caches live for hours: what is younger than this may be on one list and not yet on the
other, however long the walks took."""
NEWS = timedelta(days=7)
"""A sitemap whose items all have a day, and the days lie no further apart, is one of the news: it shows the newest."""
EXAMPLES = 3
_OURS = ("waiting", "fetched", "failed")
"""States of what is a bulletin as far as is known: no other host, no page that is none, none that is gone."""


class Path(NamedTuple):
    """All ways of a kind. ways: their names; whole: what each lists is known to its end."""

    kind: str
    ways: tuple[str, ...]
    whole: bool

    @property
    def name(self) -> str:
        """`sitemap https://…`, without what it selects there; of several ways the first, and how many more."""
        more = len(self.ways) - 1
        return " ".join(self.ways[0].split(" ")[:2]) + (f" and {more} more" if more else "")


class _Span(NamedTuple):
    """What a path has to list. oldest: the day from which on it does, None: all days; undated: also what has no day."""

    oldest: str | None
    undated: bool


def compare(frontier: Frontier, ways: Sequence[str], walks: Sequence[Walk], window: str, at: float) -> int:
    """Hold the paths of a source against each other and store what differs. Returns how many of the compared do.

    ways    names of all that the source has
    walks   of this crawl. A path of which a way could not be walked to its end, or was not walked, is not compared:
            what was known of it stays. A list that rests, and was left there, is known from its last whole walk
    window  begins the stop reason of a feed that could be read
    at      unix seconds
    """
    paths = _paths(ways, walks, window)
    kinds = {path.kind for path in paths}
    since = min((walk.started_at for walk in walks), default=at)
    con = frontier.con
    differing = 0
    with frontier.transaction():
        for way_a, way_b in con.execute("select way_a, way_b from way_difference").fetchall():
            if not {way_a, way_b} <= kinds:  # the source has no such ways any more
                con.execute("delete from way_difference where way_a = ? and way_b = ?", (way_a, way_b))
        for a, b in combinations(paths, 2):
            only_a = _lacking(con, a, b, since)
            only_b = _lacking(con, b, a, since)
            if only_a is None and only_b is None:
                continue
            differing += _store(con, a, b, only_a or [], only_b or [], at)
    return differing


def differences(frontier: Frontier) -> Iterator[WayDoubt]:
    """What differs, for the warehouse, by the ways' names. A frontier of an earlier Bantin has none."""
    con = frontier.con
    if con.execute("select 1 from sqlite_master where name = 'way_difference'").fetchone() is None:
        return
    for a, b, name_a, name_b, count_a, count_b, only_a, only_b, examples, since, at in con.execute(
        "select way_a, way_b, name_a, name_b, count_a, count_b, only_a, only_b, examples, since, at"
        " from way_difference order by way_a, way_b"
    ):
        urls_a, urls_b = json.loads(examples)
        left = EXAMPLES - min(len(urls_b), 1)
        told = [
            _sentence(name_a, name_b, only_a, count_a, urls_a[:left]),
            _sentence(name_b, name_a, only_b, count_b, urls_b[: EXAMPLES - len(urls_a[:left])]),
        ]
        yield WayDoubt(f"{a} {b}", "; ".join(filter(None, told)), moment(since), moment(at))


def _sentence(shows: str, lacks: str, only: int, count: int, urls: Iterable[str]) -> str:
    if not only:
        return ""
    named = ", ".join(urls)
    return f"{only} of {count} bulletins that {shows} lists are not on {lacks}" + (f" (e.g. {named})" if named else "")


def _paths(ways: Sequence[str], walks: Sequence[Walk], window: str) -> list[Path]:
    """One of each kind there is: feed, pages, sitemap, in this order."""
    walked = {walk.way: walk for walk in walks}
    found: dict[str, list[str]] = {}
    for way in ways:
        kind = way.partition(" ")[0]
        found.setdefault(kind if kind in ("feed", "sitemap") else "pages", []).append(way)

    def whole(way: str) -> bool:
        walk = walked.get(way)
        if walk is None or walk.complete:
            return walk is not None
        return RESTS in walk.stop_reason or (way.startswith("feed ") and walk.stop_reason.startswith(window))

    return [Path(kind, tuple(of_kind), all(map(whole, of_kind))) for kind, of_kind in sorted(found.items())]


def _lacking(con: sqlite3.Connection, shows: Path, lacks: Path, since: float) -> list[str] | None:
    """URLs, by key, that one path lists and the other should list; None: it cannot be told."""
    if lacks.kind == "feed" or not shows.whole or not lacks.whole:
        return None
    span = _span(con, lacks)
    settled = (datetime.fromtimestamp(since, VIETNAM) - LAG).date().isoformat()
    firm: list[str] = []
    fresh: list[str] = []
    for url, first, last, discovered_at in con.execute(
        "select url, coalesce(listed_date, case when month_rank < 3 then month || '-01' end),"
        " coalesce(listed_date, case when month_rank < 3 then month || '-31' end), discovered_at"
        f" from url where key in ({_keys(shows)}) and key not in ({_keys(lacks)}) and state in {_OURS} order by key",
        (*shows.ways, *lacks.ways),
    ):
        if first is not None:
            if last < settled and (span.oldest is None or first > span.oldest):
                firm.append(url)
        elif span.undated:
            (firm if discovered_at < since - LAG.total_seconds() else fresh).append(url)
    if len(fresh) > FEW and 5 * len(fresh) > _count(con, shows):  # so many are not all of the last two days
        firm = sorted([*firm, *fresh])
    return firm


def _span(con: sqlite3.Connection, path: Path) -> _Span:
    """What a path lists if all is well: where most of its items have a day, nothing older than these, pins apart."""
    days = [
        day
        for (day,) in con.execute(
            f"select listed_date from url where key in ({_keys(path)}) and listed_date is not null order by 1",
            path.ways,
        )
    ]
    count = _count(con, path)
    if path.kind == "sitemap":
        news = 0 < count == len(days) and date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) <= NEWS
        return _Span(days[0] if news else None, not news)
    dated = len(days) >= OLDER and 2 * len(days) >= count
    marks = ",".join("?" * len(path.ways))
    (pages,) = con.execute(f"select count(*) from page where way in ({marks})", path.ways).fetchone()
    return _Span(days[OLDER - 1] if dated else None, pages > len(path.ways))


def _count(con: sqlite3.Connection, path: Path) -> int:
    (found,) = con.execute(
        f"select count(*) from url where key in ({_keys(path)}) and state in {_OURS}", path.ways
    ).fetchone()
    return int(found)


def _keys(path: Path) -> str:
    marks = ",".join("?" * len(path.ways))
    return f"select l.key from listed l join page p using (page) where p.way in ({marks})"


def _store(con: sqlite3.Connection, a: Path, b: Path, only_a: list[str], only_b: list[str], at: float) -> bool:
    """Whether they differ; since when is kept as long as they do."""
    if not only_a and not only_b:
        con.execute("delete from way_difference where way_a = ? and way_b = ?", (a.kind, b.kind))
        return False
    examples = json.dumps([only_a[:EXAMPLES], only_b[:EXAMPLES]])
    con.execute(
        "insert into way_difference values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (way_a, way_b) do update set"
        " name_a = excluded.name_a, name_b = excluded.name_b, count_a = excluded.count_a, count_b = excluded.count_b,"
        " only_a = excluded.only_a, only_b = excluded.only_b, examples = excluded.examples, at = excluded.at",
        (a.kind, b.kind, a.name, b.name, _count(con, a), _count(con, b), len(only_a), len(only_b), examples, at, at),
    )
    return True

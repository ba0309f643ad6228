"""Where every source stands, and why: its frontier's counts, its last crawl and walks of lists, what is held of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from crawlers.archive import segments
from crawlers.catalog import Catalog
from crawlers.errors import CrawlersError
from crawlers.frontier import Frontier, moment, refusal
from crawlers.frontier_lists import Lists, Runs, Walk
from crawlers.rekeying import would_rekey
from crawlers.segment import VIETNAM
from crawlers.sighting import Sighting
from crawlers.source import Source, way_name
from crawlers.states import DUPLICATE, FETCHED, NOT_BULLETIN
from dagster_project.steps.holding import HoldError, held_batches
from dagster_project.steps.home import Home
from dagster_project.steps.upgrading import bulletins_waiting
from pipelines.records import CrawlRun
from warehouse.errors import DamagedDatabase, NoSnapshot
from warehouse.query import open_snapshot, run_query

__all__ = ["VIETNAM", "Disk", "Held", "SourceStatus", "disk", "status"]

_REASONS = 3
_HARMLESS = ("next full walk sees the rest", "a feed shows only the newest")
"""In the reason of a walk that rightly ended before the list did (crawlers/walking.py, crawlers/quiet.py)."""
_GOES_ON = "what was fetched until then is kept, the next crawl goes on"
_CUT_OFF = "its process was killed, the machine went down, or the disk was full"
_BROKE = {
    "CannotWrite": f"the home could not be written to, as on a full disk; {_GOES_ON}",
    "killed": f"its process was killed, or the machine went down; {_GOES_ON}",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A batch that waits for a decision. why: the checks that hold it, in words."""

    batch_id: str
    held_at: datetime
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """urls: state in the frontier → how many. bulletins: in the published snapshot. lists: way → how its walk ended.

    enabled      None: its file is broken or gone, nobody knows
    last_crawl   when the last crawl that ended did so
    why          why that crawl, or a later one that did not end, left something undone; one sentence each
    held         what waits for `bantin hold release` or `drop`; the bulletins are as before it
    upgrade      bulletins of the snapshot that wait for a reader upgrade to be agreed to; said in `why`, too
    raw_bytes    of its closed segments
    health       healthy, quiet, rotten, blocked, moved, unreachable: judged by a later step, None until then
    problem      why it cannot be crawled, or nothing can be said of it: broken source file, damaged frontier
    """

    source_id: str
    enabled: bool | None
    urls: dict[str, int] = field(default_factory=dict)
    bulletins: int = 0
    last_crawl: datetime | None = None
    last_outcome: str | None = None
    lists: dict[str, str] = field(default_factory=dict)
    health: str | None = None
    problem: str | None = None
    why: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    upgrade: int = 0
    raw_bytes: int = 0

    @property
    def known(self) -> int:
        """URLs that lists have ever shown."""
        return sum(self.urls.values())

    @property
    def fetched(self) -> int:
        """URLs whose page is in the archive, whatever it turned out to be."""
        return sum(self.urls.get(state, 0) for state in (FETCHED, NOT_BULLETIN, DUPLICATE))

    @property
    def missing(self) -> int:
        """URLs that are known and not in hand."""
        return self.urls.get("waiting", 0) + self.urls.get("failed", 0)


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: free to us where the home lies, and in its parts."""

    free: int
    raw: int
    bulletins: int
    warehouse: int


def status(home: Home, catalog: Catalog, source_ids: Sequence[str] = ()) -> list[SourceStatus]:
    """Sources that are enabled, broken, held, were crawled or have bulletins; or those named.

    raises  UnknownSource: one that was named has no file
    """
    loaded, broken = _bulletins(home), {error.source_id: error for error in catalog.errors}
    known = {source.source_id: source for source in catalog}
    held, unsure = _held(home)
    upgrades = _upgrades(home, catalog)
    wanted = list(dict.fromkeys(source_ids)) or sorted(
        {*broken, *held, *unsure}
        | {s.source_id for s in catalog if s.enabled or s.source_id in loaded or _file(home, s.source_id).exists()}
    )
    found = []
    for source_id in wanted:
        problems = [str(broken[source_id])] if source_id in broken else []
        if not (source_id in known or source_id in broken):
            if source_id not in {*held, *unsure}:
                catalog.get(source_id)  # says which name was meant
            problems = [f"source '{source_id}' has no source file"]
        problems += [unsure[source_id]] if source_id in unsure else []
        of = _of(home, source_id, known.get(source_id), loaded.get(source_id, 0), held, problems)
        if upgrade := upgrades.get(source_id, 0):
            told = f"{upgrade} bulletins wait for an upgrade of the reader to be agreed to: `bantin read {source_id}`"
            of = replace(of, upgrade=upgrade, why=(*of.why, told))
        found.append(of)
    return found


def disk(home: Home) -> Disk:
    """What there is and what is used. Files that vanish meanwhile count nothing."""
    stat = os.statvfs(home.path)
    parts = (home.raw, home.bulletins, home.warehouse)
    return Disk(stat.f_bavail * stat.f_frsize, *(_size(part.rglob("*")) for part in parts))


def _of(
    home: Home,
    source_id: str,
    source: Source | None,
    bulletins: int,
    held: dict[str, tuple[Held, ...]],
    problems: Sequence[str],
) -> SourceStatus:
    """source None: its file is broken or gone; what its frontier knows is told all the same."""
    file, enabled = _file(home, source_id), source.enabled if source else None
    raw_bytes, waits = _size(segments(home.raw, source_id)), held.get(source_id, ())
    if file.exists():
        try:
            with Frontier(file, read_only=True) as frontier:
                runs = list(Runs(frontier).ended(source_id))
                lists, last = Lists(frontier), runs[-1] if runs else None
                walks = {name: lists.last_walk(name) for name in map(way_name, source.discover if source else ())}
                return SourceStatus(
                    source_id, enabled, frontier.counts(), bulletins,
                    last.ended_at if last else None, last.outcome if last else None,
                    {name: _told(walk) for name, walk in walks.items()},
                    problem="; ".join(problems) or None,
                    why=(*_rules(frontier, source), *_why(home, source_id, frontier, last, walks)), held=waits,
                    raw_bytes=raw_bytes,
                )  # fmt: skip
        except (CrawlersError, sqlite3.Error) as error:
            problems = [*problems, str(refusal(file, error) if isinstance(error, sqlite3.Error) else error)]
    return SourceStatus(
        source_id, enabled, bulletins=bulletins, problem="; ".join(problems) or None, held=waits, raw_bytes=raw_bytes
    )


def _rules(frontier: Frontier, source: Source | None) -> Iterator[str]:
    """What a changed file will do to the keys of what is known."""
    if source is None or frontier.rules in (0, Sighting(source).digest):
        return
    moved, joined = would_rekey(frontier, source)
    if moved:
        yield f"its [url] rules or hosts changed: {moved} keys will move at the next crawl, {joined} rows join another"


def _why(
    home: Home, source_id: str, frontier: Frontier, last: CrawlRun | None, walks: dict[str, Walk | None]
) -> Iterator[str]:
    """What a person would ask after reading how the last crawl ended."""
    unended = frontier.con.execute(
        "select run_id, started_at from run where ended_at is null order by started_at desc limit 1"
    ).fetchone()
    if unended is not None:
        began = f"{moment(unended[1]).astimezone(VIETNAM):%Y-%m-%d %H:%M}"
        if _is_under_way(home, source_id, unended[0]):
            yield f"a crawl is under way since {began}"
        else:
            yield f"the crawl of {began} did not come to its end: {_CUT_OFF}; {_GOES_ON}"
    if last is not None and last.outcome != "done":
        name = last.outcome.removeprefix("failed: ")
        if name in _BROKE:
            yield _BROKE[name]
        elif name != last.outcome:
            yield f"its crawl broke ({name}); {_GOES_ON}. What it printed, or its run in Dagster, says more"
        for url, problem in frontier.con.execute(
            "select url, problem from page where way = 'robots' and problem is not null order by url"
        ):
            yield f"{url}: {problem}; nothing is fetched from this host"
        for walk in walks.values():
            if (
                walk is not None and walk.run_id == last.run_id and not walk.complete
                and not any(words in walk.stop_reason for words in _HARMLESS)
            ):  # fmt: skip
                yield f"{walk.way}: {walk.stop_reason}"
        (suspects,) = frontier.con.execute("select count(*) from suspect").fetchone()
        if suspects:
            yield f"{suspects} URLs are on no list any more: too many for deletions; nothing was concluded yet"
    for reason, count in frontier.con.execute(
        "select coalesce(reason, 'unknown'), count(*) from url where state = 'failed' group by reason"
        f" order by 2 desc, 1 limit {_REASONS}"
    ):
        yield f"{count} failed: {reason}"


def _is_under_way(home: Home, source_id: str, run_id: str) -> bool:
    """Whether the process that signed the source's lock for this run still lives. Nothing is decided by it."""
    try:
        note = json.loads((home.crawl / f"{source_id}.lock").read_text(encoding="utf-8"))
        if not str(note["holder"]).endswith(f"run {run_id}"):
            return False
        os.kill(int(note["process"]), 0)
    except PermissionError:  # somebody else's
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _told(walk: Walk | None) -> str:
    if walk is None:
        return "never walked"
    return f"{walk.items} items on {walk.pages} pages, {walk.unknown} unknown; ended: {walk.stop_reason}"


def _held(home: Home) -> tuple[dict[str, tuple[Held, ...]], dict[str, str]]:
    """(source → what waits of it, source → why that cannot be told)."""
    found: dict[str, tuple[Held, ...]] = {}
    try:
        for batch in held_batches(home):
            said = Held(batch.batch_id, batch.held_at, batch.why)
            found[batch.source_id] = (*found.get(batch.source_id, ()), said)
    except HoldError as error:
        folders = (home.bulletins / "_held").glob("source=*/hold.json")
        return {}, {path.parent.name.removeprefix("source="): str(error) for path in folders}
    return found, {}


def _upgrades(home: Home, catalog: Catalog) -> dict[str, int]:
    try:
        return bulletins_waiting(home, catalog)
    except HoldError:  # decisions.jsonl cannot be read: everything that acts on it says so
        return {}


def _bulletins(home: Home) -> dict[str, int]:
    try:
        with open_snapshot(home.path) as con:
            return dict(run_query(con, "select source_id, count(*) from bulletin group by source_id").rows)
    except (NoSnapshot, DamagedDatabase):
        return {}


def _size(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            found = path.lstat()
        except FileNotFoundError:
            continue
        total += found.st_size if S_ISREG(found.st_mode) else 0
    return total


def _file(home: Home, source_id: str) -> Path:
    return home.crawl / f"{source_id}.sqlite"

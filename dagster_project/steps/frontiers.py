"""The frontiers of a home as the warehouse takes them in, and what the load found about their URLs, written back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from crawlers.aliases import frontier_aliases
from crawlers.catalog import RESERVED, Catalog
from crawlers.errors import CannotWrite, DamagedFrontier, SourceFileError, UnknownSource
from crawlers.frontier import Frontier, refusal
from crawlers.frontier_lists import Lists, Runs
from crawlers.states import DUPLICATE, FETCHED, GONE, NOT_BULLETIN, WAITING
from crawlers.two_ways import differences
from dagster_project.steps.holding import HeldBatch, held_batches, held_files
from dagster_project.steps.home import Home
from pipelines.records import Delisting, FrontierUrl
from warehouse.captured import captured
from warehouse.frontier import FrontierInput, Verdict

T = TypeVar("T")
HELD = "held: "
"""Begins the reason of a URL that waits because its batch does."""
_ANSWERED = (FETCHED, GONE, NOT_BULLETIN, DUPLICATE)


@contextmanager
def frontiers(home: Home, let_in: str | None = None) -> Iterator[list[FrontierInput]]:
    """All frontiers of the home, each as it stood at one instant, whatever a crawl writes meanwhile.

    Of a source whose batch is held, without what the batch would do to bulletins.

    let_in  source whose frontier is handed in whole all the same
    raises  DamagedFrontier
    """
    waiting = {batch.source_id: batch for batch in held_batches(home) if batch.source_id != let_in}
    with ExitStack() as stack:
        found = [_input(path.stem, stack.enter_context(_standing(home, path.stem))) for path in frontier_files(home)]
        yield [
            _without(frontier, home, waiting[frontier.source_id]) if frontier.source_id in waiting else frontier
            for frontier in found
        ]


def frontier_files(home: Home) -> list[Path]:
    """crawl/<source>.sqlite, sorted; not crawl/hosts.sqlite, the pace of hosts."""
    return sorted(path for path in home.crawl.glob("*.sqlite") if path.stem != RESERVED)


@contextmanager
def _standing(home: Home, source_id: str) -> Iterator[Frontier]:
    with Frontier(home.crawl / f"{source_id}.sqlite", read_only=True) as frontier:
        with _told(frontier):
            frontier.con.execute("begin")  # a snapshot, from its first read to the end
            _ = frontier.version
        yield frontier


@contextmanager
def _told(frontier: Frontier) -> Iterator[None]:
    """What SQLite stumbles over, said for people: which file, and the cure."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(frontier.file, error) from error


def _rows(frontier: Frontier, read: Callable[[str], Iterable[T]], source_id: str) -> Iterator[T]:
    with _told(frontier):
        yield from read(source_id)


def _input(source_id: str, frontier: Frontier) -> FrontierInput:
    lists = Lists(frontier)
    return FrontierInput(
        source_id=source_id,
        version=str(frontier.version),
        urls=partial(_rows, frontier, frontier.rows, source_id),
        listing_ids=partial(_rows, frontier, lists.listing_ids, source_id),
        delistings=partial(_rows, frontier, lists.delistings, source_id),
        runs=partial(_rows, frontier, Runs(frontier).ended, source_id),
        aliases=partial(_rows, frontier, partial(frontier_aliases, frontier), source_id),
        way_doubts=partial(_rows, frontier, lambda _: differences(frontier), source_id),
    )


def _without(frontier: FrontierInput, home: Home, batch: HeldBatch) -> FrontierInput:
    """The frontier as the tables may see it while a batch waits.

    URLs whose captures wait, or that were found gone since, wait too: where a bulletin of theirs was loaded before, the
    tables know better and keep it. What lists dropped since is not told. Its version names the batch, so that a
    decision makes the tables take it in again.
    """
    since, reason = batch.since, f"{HELD}{batch.batch_id}"

    def urls() -> Iterator[FrontierUrl]:
        ids = {bulletin_id for bulletin_id, _ in captured(held_files(home, batch))}
        for row in frontier.urls():
            anew = row.last_fetch_at is not None and row.last_fetch_at >= since
            if (row.bulletin_id in ids and row.state in _ANSWERED) or (row.state == GONE and anew):
                yield row._replace(state=WAITING, state_reason=reason)
            else:
                yield row

    def delistings() -> Iterator[Delisting]:
        yield from (told for told in frontier.delistings() if told.at < since)

    return replace(
        frontier,
        version=f"{frontier.version} {HELD}{batch.batch_id} {len(batch.segments)}",
        urls=urls,
        delistings=delistings,
    )


def batch_seen(version: str) -> str | None:
    """Which batch waited when the tables took in a frontier of this version."""
    _, held, rest = version.partition(f" {HELD}")
    return rest.partition(" ")[0] if held else None


def write_back(home: Home, catalog: Catalog, verdicts: Sequence[Verdict]) -> None:
    """Tell the frontiers which fetched URLs are no bulletins, or another's.

    Such a page is visited rarely from then on. A source without a usable file waits.
    """
    found: dict[str, dict[tuple[str, str | None], list[str]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        try:
            key = catalog.get(verdict.source_id).key(verdict.url)
        except (SourceFileError, UnknownSource):
            continue
        found[verdict.source_id][verdict.state, verdict.reason].append(key)
    for source_id, groups in found.items():
        with Frontier(home.crawl / f"{source_id}.sqlite") as frontier:
            for (state, reason), keys in groups.items():
                frontier.mark(keys, state, reason)


def examine(home: Home) -> Iterator[tuple[str, str | None]]:
    """(source, what is wrong with its frontier or None). Every page of the database is looked at."""
    for path in frontier_files(home):
        try:
            with Frontier(path, read_only=True) as frontier, _told(frontier):
                (said,) = frontier.con.execute("pragma quick_check(1)").fetchone()
                _ = frontier.version
            yield path.stem, None if said == "ok" else str(DamagedFrontier(path, said))
        except (DamagedFrontier, CannotWrite) as error:
            yield path.stem, str(error)

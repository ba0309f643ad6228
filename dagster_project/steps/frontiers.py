"""The frontiers of a home as the warehouse takes them in, and what the load found about their URLs, written back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from crawlers.catalog import RESERVED, Catalog
from crawlers.errors import SourceFileError, UnknownSource
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Lists, Runs
from dagster_project.steps.home import Home
from warehouse.frontier import FrontierInput, Verdict


@contextmanager
def frontiers(home: Home) -> Iterator[list[FrontierInput]]:
    """All frontiers of the home, each as it stood at one instant, whatever a crawl writes meanwhile.

    raises  DamagedFrontier
    """
    with ExitStack() as stack:
        yield [_input(path.stem, stack.enter_context(_standing(home, path.stem))) for path in frontier_files(home)]


def frontier_files(home: Home) -> list[Path]:
    """crawl/<source>.sqlite, sorted; not crawl/hosts.sqlite, the pace of hosts."""
    return sorted(path for path in home.crawl.glob("*.sqlite") if path.stem != RESERVED)


@contextmanager
def _standing(home: Home, source_id: str) -> Iterator[Frontier]:
    with Frontier(home.crawl / f"{source_id}.sqlite", read_only=True) as frontier:
        frontier.con.execute("begin")  # a snapshot, from its first read to the end
        yield frontier


def _input(source_id: str, frontier: Frontier) -> FrontierInput:
    lists = Lists(frontier)
    return FrontierInput(
        source_id=source_id,
        version=str(frontier.version),
        urls=partial(frontier.rows, source_id),
        listing_ids=partial(lists.listing_ids, source_id),
        delistings=partial(lists.delistings, source_id),
        runs=partial(Runs(frontier).ended, source_id),
    )


def write_back(home: Home, catalog: Catalog, verdicts: Sequence[Verdict]) -> int:
    """Tell the frontiers which fetched URLs are no bulletins, or another's; returns how many rows changed.

    Such a page is visited rarely from then on. A source without a usable file waits.
    """
    found: dict[str, dict[tuple[str, str | None], list[str]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        try:
            key = catalog.get(verdict.source_id).key(verdict.url)
        except (SourceFileError, UnknownSource):
            continue
        found[verdict.source_id][verdict.state, verdict.reason].append(key)
    changed = 0
    for source_id, groups in found.items():
        with Frontier(home.crawl / f"{source_id}.sqlite") as frontier:
            changed += sum(frontier.mark(keys, state, reason) for (state, reason), keys in groups.items())
    return changed

"""What crawls know besides captures, into the tables that `url` and `bulletin_status` are made of, and into `run`."""

# pyarrow has no types of its own:
# mypy: disable-error-code="attr-defined, name-defined, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pipelines.records import CrawlRun, Delisting, FrontierAlias, FrontierUrl, WayDoubt
from warehouse import sql
from warehouse.arrow import stage
from warehouse.errors import WarehouseError, first_line

_TEXT, _INSTANT, _COUNT = pa.string(), pa.timestamp("us", tz="UTC"), pa.int64()
_URL = pa.schema({
    "bulletin_id": _TEXT, "url": _TEXT, "month": _TEXT, "discovered_at": _INSTANT, "discovered_via": _TEXT,
    "listed_on": _TEXT, "state": _TEXT, "state_reason": _TEXT, "tries": pa.int32(), "last_fetch_at": _INSTANT,
    "next_fetch_at": _INSTANT,
})  # fmt: skip
_ALIAS = pa.schema({"bulletin_id": _TEXT, "url": _TEXT, "reason": _TEXT, "since": _INSTANT})
_LISTING = pa.schema({"bulletin_id": _TEXT})
_DELISTING = pa.schema({
    "place": _COUNT, "bulletin_id": _TEXT, "listed": pa.bool_(), "seen_at": _INSTANT, "evidence": _TEXT,
})  # fmt: skip
_RUN = pa.schema({
    "place": _COUNT, "run_id": _TEXT, "source_id": _TEXT, "command": _TEXT, "started_at": _INSTANT,
    "ended_at": _INSTANT, "outcome": _TEXT, "listed": _COUNT, "discovered": _COUNT, "fetched": _COUNT,
    "not_modified": _COUNT, "gone": _COUNT, "failed": _COUNT,
})  # fmt: skip
_DOUBT = pa.schema({"ways": _TEXT, "detail": _TEXT, "first_seen_at": _INSTANT, "last_seen_at": _INSTANT})


@dataclass(frozen=True, slots=True)
class FrontierInput:
    """What one source's crawl knows, for `load`. The callables are asked once, in the writer's transaction.

    version      changes whenever anything below does; equal to the stored one: nothing below is asked for
    urls         all rows, one a URL key; may be a million, so they are streamed
    listing_ids  bulletin_id of every page that only lists (list page, sitemap, feed, robots.txt, form): no URL of ours
    delistings   append-only history, in order of `at`
    runs         append-only
    aliases      other addresses that lists showed, one a URL
    way_doubts   ways that do not list the same as of today, one a pair
    """

    source_id: str
    version: str
    urls: Callable[[], Iterable[FrontierUrl]]
    listing_ids: Callable[[], Iterable[str]]
    delistings: Callable[[], Iterable[Delisting]]
    runs: Callable[[], Iterable[CrawlRun]]
    aliases: Callable[[], Iterable[FrontierAlias]] = tuple
    way_doubts: Callable[[], Iterable[WayDoubt]] = tuple


class Verdict(NamedTuple):
    """A URL that the crawl fetched for a bulletin and that the load found to be none of its own.

    url     the first requested one, as in table `url`
    state   not_bulletin or duplicate
    reason  as in table `url`
    """

    source_id: str
    url: str
    state: str
    reason: str | None


class MovedFrontiers(NamedTuple):
    """changed: new or of another version than the tables know; left: sources whose frontier is not there any more."""

    changed: list[FrontierInput]
    left: list[str]

    def __bool__(self) -> bool:
        return bool(self.changed or self.left)


def moved_frontiers(con: duckdb.DuckDBPyConnection, frontiers: Sequence[FrontierInput]) -> MovedFrontiers:
    """Which frontiers differ from what the tables were made of. raises WarehouseError: a source twice."""
    here = {frontier.source_id: frontier for frontier in frontiers}
    if len(here) < len(frontiers):
        raise WarehouseError(
            "frontiers", expected="one a source", found=f"{len(frontiers)} of {len(here)} sources",
            now="no table was changed", cure="hand each source's frontier in once",
        )  # fmt: skip
    known = frontier_versions(con)
    changed = [here[source_id] for source_id in sorted(here) if known.get(source_id) != here[source_id].version]
    return MovedFrontiers(changed, sorted(known.keys() - here.keys()))


def frontier_versions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Source → version of the frontier that the tables were made of."""
    return dict(con.execute("select source_id, version from bantin.frontier").fetchall())


def store_frontiers(con: duckdb.DuckDBPyConnection, moved: MovedFrontiers) -> None:
    """Make the bookkeeping tables say what these frontiers say; fills `moved_frontier` and `redelisted`.

    con     a writer's, inside a transaction, after load_temporary.sql
    raises  WarehouseError: a URL key twice, a state nobody knows, a value that must not be missing
    """
    rows = [[frontier.source_id, True] for frontier in moved.changed] + [[source_id, False] for source_id in moved.left]
    if not rows:
        return
    con.executemany("insert into moved_frontier values (?, ?)", rows)
    con.execute(sql.query("frontier_forget"))
    for frontier in moved.changed:
        try:
            _store(con, frontier)
        except (duckdb.ConstraintException, pa.ArrowException) as error:
            raise _odd(frontier, first_line(error)) from error
    con.execute("drop table if exists staged_url; drop table if exists staged_listing")
    con.execute("drop table if exists staged_delisting; drop table if exists staged_run")
    con.execute("drop table if exists staged_alias")
    con.execute("drop table if exists staged_way_doubt")


def verdicts(con: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """What the loaded frontiers do not know yet of URLs they call fetched; to be written back to them.

    Told back or not, the tables say the same: the next load gives these URLs the same rows.
    """
    return [Verdict(*row) for row in con.execute(sql.query("frontier_verdicts")).fetchall()]


def _store(con: duckdb.DuckDBPyConnection, frontier: FrontierInput) -> None:
    con.execute("set variable source_id = $source_id", {"source_id": frontier.source_id})
    stage(con, "staged_url", _URL, frontier.urls())
    twice = con.execute(sql.query("frontier_doubles")).fetchone()
    if twice is not None:
        raise _odd(frontier, f"{twice[0]} twice")
    stage(con, "staged_listing", _LISTING, ((bulletin_id,) for bulletin_id in frontier.listing_ids()))
    stage(con, "staged_delisting", _DELISTING, _placed(frontier.delistings()))
    stage(con, "staged_run", _RUN, _placed(frontier.runs()))
    stage(con, "staged_way_doubt", _DOUBT, frontier.way_doubts())
    stage(con, "staged_alias", _ALIAS, frontier.aliases())
    for name in (
        "frontier_alias", "frontier_urls", "frontier_listing", "frontier_delisting", "frontier_run", "frontier_issue"
    ):  # fmt: skip
        con.execute(sql.query(name))
    con.execute("insert into bantin.frontier values (?, ?)", [frontier.source_id, frontier.version])


def _placed(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Each row after its place: SQL does not keep the order rows came in."""
    return ((place, *row) for place, row in zip(count(), rows, strict=False))


def _odd(frontier: FrontierInput, found: str) -> WarehouseError:
    return WarehouseError(
        f"frontier of {frontier.source_id}", expected="one row a URL key, of a state we know, with its instants",
        found=found, now="no table was changed",
        cure="report it: a crawl wrote what the tables do not take; the other sources load without it",
    )  # fmt: skip

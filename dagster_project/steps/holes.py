"""What a backfill has not brought: each hole by name, and whether the lists it rests on were walked to their end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from crawlers.catalog import Catalog
from crawlers.errors import CrawlersError
from crawlers.states import FAILED, FETCHED, WAITING
from dagster_project.steps.home import Home
from dagster_project.steps.inventory import (
    Inventory,
    MonthCounts,
    first_month,
    from_month,
    inventory,
    opened,
    summed,
)
from warehouse.errors import NoSnapshot
from warehouse.query import open_snapshot

NOT_LOADED = "fetched, not in the published tables yet"
_PUBLISHED = (
    "select bulletin_id, state, state_reason from url"
    " where source_id = $source_id and month between $month_from and $month_until"
)
_Published = dict[str, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Hole:
    """One URL that is known and not in hand. state: waiting or failed, as in table `url`."""

    source_id: str
    month: str
    url: str
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class MonthReport:
    """As MonthCounts; unread: of those held, the ones that the published tables lack or could not read."""

    month: str
    known: int
    held: int
    missing: int
    failed: int
    excluded: int
    unread: int


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Sums of one source. lists: why its inventory may be short, one sentence each."""

    source_id: str
    known: int
    held: int
    missing: int
    failed: int
    excluded: int
    unread: int
    months: tuple[MonthReport, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """month_from None: no month is known. is_whole: no hole, and every list was walked to its end."""

    month_from: str | None
    month_until: str
    sources: tuple[SourceReport, ...]
    holes: tuple[Hole, ...]

    @property
    def is_whole(self) -> bool:
        return not self.holes and not any(source.lists for source in self.sources)


def report(
    home: Home, catalog: Catalog, source_ids: Sequence[str], month_from: str, month_until: str
) -> BackfillReport:
    """Sums and holes of these sources, or of all that are enabled and have a way of discovery. Asks nobody.

    month_from, month_until  of inventory.bounds
    raises  SourceFileError, UnknownSource; DamagedDatabase
    """
    sources = [catalog.get(source_id) for source_id in dict.fromkeys(source_ids)] or [
        source for source in catalog if source.enabled and source.discover
    ]
    told, holes = [], []
    for source in sources:
        known = inventory(home, source, month_from, month_until)
        found = list(_holes(home, known, first_month(source, month_from), month_until))
        told.append(_told(known, [hole for hole, is_held in found if is_held]))
        holes += [hole for hole, _ in found]
    first = from_month(month_from, (month.month for one in told for month in one.months))
    return BackfillReport(first, month_until, tuple(told), tuple(holes))


def _holes(home: Home, known: Inventory, month_from: str, month_until: str) -> Iterator[tuple[Hole, bool]]:
    """(hole, whether its page is in the archive), by month and URL."""
    source_id = known.source.source_id
    if known.problem is not None or not known.months:
        return
    try:
        with opened(home, known.source) as frontier:
            found = [(Hole(source_id, *row), False) for row in frontier.unhad(month_from, month_until)]
            held = [
                (row.bulletin_id, row.month, row.url)
                for row in frontier.rows(source_id)
                if row.state == FETCHED and month_from <= row.month <= month_until
            ]
    except CrawlersError:  # damaged since the counts were read: `lists` names it at the next report
        return
    published = _published(home, source_id, month_from, month_until)
    for bulletin_id, month, url in held:
        state, reason = published.get(bulletin_id, (WAITING, NOT_LOADED))
        if state == WAITING:
            found.append((Hole(source_id, month, url, WAITING, NOT_LOADED), True))
        elif state == FAILED:
            found.append((Hole(source_id, month, url, FAILED, reason), True))
    yield from sorted(found, key=lambda one: (one[0].month, one[0].url))


def _published(home: Home, source_id: str, month_from: str, month_until: str) -> _Published:
    """bulletin_id → (state, reason) of the snapshot; empty before the first publish."""
    try:
        with open_snapshot(home.path) as con:
            rows = con.execute(
                _PUBLISHED, {"source_id": source_id, "month_from": month_from, "month_until": month_until}
            ).fetchall()
    except NoSnapshot:
        return {}
    return {bulletin_id: (state, reason) for bulletin_id, state, reason in rows}


def _told(known: Inventory, unread: Iterable[Hole]) -> SourceReport:
    of_month: dict[str, int] = {}
    for hole in unread:
        of_month[hole.month] = of_month.get(hole.month, 0) + 1
    months = tuple(MonthReport(**asdict(month), unread=of_month.get(month.month, 0)) for month in known.months)
    sums: MonthCounts = summed(known.months)
    return SourceReport(
        known.source.source_id, sums.known, sums.held, sums.missing, sums.failed, sums.excluded,
        sum(of_month.values()), months, tuple(known.holes),
    )  # fmt: skip

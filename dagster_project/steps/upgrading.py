"""A new reader version: what would it say differently, what waits for it, and a person's yes before results are
replaced."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import duckdb

from crawlers.catalog import Catalog
from dagster_project.steps.accepted import ACCEPTED, acceptances, is_agreed
from dagster_project.steps.holding import in_place
from dagster_project.steps.home import Home, Progress
from dagster_project.steps.losses import listed
from dagster_project.steps.reading import Unread, read_all, unread, version_of
from pipelines.records import BantinError
from warehouse.copying import is_left
from warehouse.errors import DamagedDatabase, DamagedResults, NoSnapshot
from warehouse.loaded import bulletins_of, readers
from warehouse.query import open_snapshot
from warehouse.reader_changes import Difference, differences
from warehouse.results import results_info

EXAMPLES_PER_FIELD = 3
EXAMPLE_CHARS = 80


class UpgradeNotDone(BantinError):
    """Results of some segments were replaced by those of another reader, of others not yet."""


@dataclass(frozen=True, slots=True)
class UpgradeDiff:
    """What the current reader says differently of captures that an older one read.

    segments  stale segments; captures: of those, how many are read otherwise
    fields    field → number of captures in which it differs; `kind` and `bulletin_id` are among them, and all fields
              of a page that is no bulletin any more, or is one now
    ids       bulletin ids that captures leave for another, since [url] rules changed
    kinds     `bulletin → list` → captures: what pages are taken for
    examples  at most three a field: field, url, old, new as table reader_change has them, from where they differ
    sources   that have stale segments
    """

    segments: int
    captures: int
    fields: dict[str, int]
    examples: list[dict[str, str | None]]
    from_versions: list[str]
    to_versions: list[str]
    ids: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)


def upgrade_diff(
    home: Home, catalog: Catalog, source_ids: Sequence[str], progress: Progress, jobs: int = 1
) -> UpgradeDiff:
    """Read stale segments with the current reader beside the stored results and compare them field by field.

    raises  DamagedResults, ReadingFailed
    """
    stale = _stale(home, catalog, source_ids)
    folder = _beside(home)
    try:
        fresh = [_in(folder, item) for item in stale]
        read_all(home, fresh, jobs, progress)
        return compared(stale, [item.results for item in fresh])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compared(stale: Sequence[Unread], fresh: Sequence[Path]) -> UpgradeDiff:
    """Stored results against those of the current reader, in the same order. Memory holds one segment's differences."""
    fields: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    examples: list[dict[str, str | None]] = []
    captures, ids = 0, set()
    for item, new in zip(stale, fresh, strict=True):
        for _, of_one in groupby(differences(item.results, new), lambda row: row.capture_id):
            captures += 1
            for row in of_one:
                fields[row.field] += 1
                if row.field == "kind":
                    kinds[f"{row.old} → {row.new}"] += 1
                if row.field == "bulletin_id":
                    ids.add(row.old)
                if fields[row.field] <= EXAMPLES_PER_FIELD:
                    examples.append(_example(row))
    return UpgradeDiff(
        segments=len(stale),
        captures=captures,
        fields=dict(sorted(fields.items())),
        examples=examples,
        from_versions=sorted({item.stale_version or "" for item in stale}),
        to_versions=sorted({version_of(item.source) for item in stale}),
        ids=len(ids),
        kinds=dict(sorted(kinds.items())),
        sources=sorted({item.source.source_id for item in stale}),
    )


def accept(
    home: Home, catalog: Catalog, diff: UpgradeDiff, accepted_at: datetime, jobs: int, progress: Progress
) -> None:
    """Replace the stored results of what the diff was about, and nothing else; table reader_change is the load's.

    The decision is on disk first: killed anywhere, the next `read`, `ingest` or `run` goes on without asking again.
    """
    write_acceptance(home, diff, accepted_at)
    stale = _stale(home, catalog, diff.sources) if diff.sources else []
    given = acceptances(home)
    agreed = [i for i in stale if is_agreed(given, i.source.source_id, i.stale_version or "", version_of(i.source))]
    read_all(home, agreed, jobs, progress)


def write_acceptance(home: Home, diff: UpgradeDiff, accepted_at: datetime) -> None:
    """The yes to what this diff shows."""
    append_decision(
        home,
        {
            "decision": ACCEPTED,
            "at": accepted_at.astimezone(UTC).isoformat(),
            "sources": diff.sources,
            "from": diff.from_versions,
            "to": diff.to_versions,
            "fields": diff.fields,
        },
    )


def bulletins_waiting(home: Home, catalog: Catalog) -> dict[str, int]:
    """Source → bulletins of the snapshot with a capture whose results another reader wrote, and that nobody agreed to
    replace.

    A source without a usable file is left out: nobody knows how it would be read.
    raises  HoldError: decisions.jsonl cannot be read
    """
    try:
        with open_snapshot(home.path) as con:
            return bulletins_of(con, _behind(home, catalog, readers(con)).asked)
    except (NoSnapshot, DamagedDatabase):
        return {}


def refuse_half_done(home: Home, catalog: Catalog, con: duckdb.DuckDBPyConnection) -> None:
    """A load of half an upgrade would call no edit between the halves, and lose for a while what it knew of them.

    con     the writer's; raises UpgradeNotDone, HoldError
    """
    half = _behind(home, catalog, readers(con)).agreed
    if half:
        raise UpgradeNotDone(
            f"{len(half)} segments of an upgrade that was agreed to are not read anew yet ({listed(sorted(half))}): it"
            " was cut off, or is under way. Now: no table was changed. Cure: `bantin read` goes on with it, then"
            " `bantin load`."
        )


class _Behind(NamedTuple):
    """Stems of segments in the tables whose results on disk are not the current reader's: asked: nobody agreed yet."""

    asked: set[str]
    agreed: set[str]


def _behind(home: Home, catalog: Catalog, loaded: Sequence[tuple[str, str, str]]) -> _Behind:
    """loaded: see warehouse.loaded.readers. Looks at the disk only where these are of another reader."""
    now = {source.source_id: version_of(source) for source in catalog}
    odd = [(stem, source_id) for stem, source_id, reader in loaded if now.get(source_id, reader) != reader]
    behind = _Behind(set(), set())
    if odd:
        given, files = acceptances(home), {path.stem: path for path in in_place(home)}
        for stem, source_id in odd:
            version = version_in(files.get(stem))
            if version is not None and version != now[source_id]:
                (behind.agreed if is_agreed(given, source_id, version, now[source_id]) else behind.asked).add(stem)
    return behind


def version_in(results: Path | None) -> str | None:
    """Who wrote these results. None: missing or damaged, so they are read anew without a question."""
    try:
        return results_info(results).reader_version if results else None
    except DamagedResults:
        return None


def append_decision(home: Home, decision: dict[str, object]) -> None:
    """One line of decisions.jsonl, on disk before the call returns."""
    descriptor = os.open(home.decisions, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, (json.dumps(decision, ensure_ascii=False, sort_keys=True) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stale(home: Home, catalog: Catalog, source_ids: Sequence[str]) -> list[Unread]:
    return [item for item in unread(home, catalog, source_ids) if item.stale_version is not None]


def _beside(home: Home) -> Path:
    """A folder of this process; those of killed ones go: they may be as large as all read results."""
    base = home.bulletins / "_upgrade"
    for left in base.glob("*"):
        if is_left(left.name):
            shutil.rmtree(left, ignore_errors=True)
    return base / str(os.getpid())


def _in(folder: Path, item: Unread) -> Unread:
    return replace(item, results=folder / item.results.parent.parent.name / item.results.name)


def _example(row: Difference) -> dict[str, str | None]:
    """The field, its page and what differs, cut to where it begins to differ."""
    old, new = row.old, row.new
    alike = next((n for n, (a, b) in enumerate(zip(old or "", new or "", strict=False)) if a != b), 0)
    skip = max(0, alike - EXAMPLE_CHARS // 4) if max(len(old or ""), len(new or "")) > EXAMPLE_CHARS else 0
    return {"field": row.field, "url": row.url, "old": _short(old, skip), "new": _short(new, skip)}


def _short(value: str | None, skip: int) -> str | None:
    if value is None:
        return None
    return (
        f"{'…' if skip else ''}{value[skip : skip + EXAMPLE_CHARS]}{'…' if len(value) > skip + EXAMPLE_CHARS else ''}"
    )

"""A new reader version: what would it say differently, and a person's yes before the stored results are replaced."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.catalog import Catalog
from dagster_project.steps.home import Home, Progress
from dagster_project.steps.reading import Unread, read_all, unread, version_of
from pipelines.records import Bulletin, CaptureResult
from warehouse.results import read_results

EXAMPLES_PER_FIELD = 3
EXAMPLE_CHARS = 80


@dataclass(frozen=True, slots=True)
class UpgradeDiff:
    """What the current reader says differently of captures that an older one read.

    segments  stale segments; captures: of those, how many are read otherwise
    fields    field → number of captures in which it differs; `kind` and `bulletin_id` are among them
    ids       bulletin ids that captures leave for another, since [url] rules changed
    examples  at most three a field: field, url, old, new
    """

    segments: int
    captures: int
    fields: dict[str, int]
    examples: list[dict[str, str | None]]
    from_versions: list[str]
    to_versions: list[str]
    ids: int = 0


def upgrade_diff(home: Home, catalog: Catalog, source_ids: Sequence[str], progress: Progress) -> UpgradeDiff:
    """Read stale segments with the current reader beside the stored results and compare them field by field."""
    stale = _stale(home, catalog, source_ids)
    folder = _beside(home)
    try:
        fresh = [_in(folder, item) for item in stale]
        read_all(home, fresh, 1, progress)
        pairs = [pair for item, new in zip(stale, fresh, strict=True) for pair in _pairs(item.results, new.results)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    fields: Counter[str] = Counter()
    examples: list[dict[str, str | None]] = []
    touched, ids = 0, set()
    for old, new in pairs:
        differing = _differences(old, new)
        touched += bool(differing)
        ids |= {old.bulletin_id} - {new.bulletin_id}
        for name, (before, after) in differing.items():
            fields[name] += 1
            if fields[name] <= EXAMPLES_PER_FIELD:
                examples.append({"field": name, "url": new.url, "old": _short(before), "new": _short(after)})
    return UpgradeDiff(
        segments=len(stale),
        captures=touched,
        fields=dict(sorted(fields.items())),
        examples=examples,
        from_versions=sorted({item.stale_version or "" for item in stale}),
        to_versions=sorted({version_of(item.source) for item in stale}),
        ids=len(ids),
    )


def accept(
    home: Home, catalog: Catalog, diff: UpgradeDiff, accepted_at: datetime, jobs: int, progress: Progress
) -> None:
    """Replace the stored results and write the decision down, decision first: a killed accept goes on by itself."""
    decision = {
        "decision": "reader-accepted",
        "at": accepted_at.astimezone(UTC).isoformat(),
        "from": diff.from_versions,
        "to": diff.to_versions,
        "fields": diff.fields,
    }
    append_decision(home, decision)
    read_all(home, _stale(home, catalog, ()), jobs, progress)


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
    return home.bulletins / "_upgrade" / str(os.getpid())


def _in(folder: Path, item: Unread) -> Unread:
    return replace(item, results=folder / item.results.parent.parent.name / item.results.name)


def _pairs(old: Path, new: Path) -> list[tuple[CaptureResult, CaptureResult]]:
    stored = {row.capture_id: row for row in read_results(old)}
    return [(stored[row.capture_id], row) for row in read_results(new) if row.capture_id in stored]


def _differences(old: CaptureResult, new: CaptureResult) -> dict[str, tuple[object, object]]:
    before, after = _fields(old), _fields(new)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def _fields(result: CaptureResult) -> dict[str, object]:
    bulletin = result.reading.bulletin
    empty = dict.fromkeys(Bulletin.__dataclass_fields__)
    return {"bulletin_id": result.bulletin_id, "kind": result.reading.kind, **(asdict(bulletin) if bulletin else empty)}


def _short(value: object) -> str | None:
    return None if value in (None, ()) else str(value)[:EXAMPLE_CHARS]

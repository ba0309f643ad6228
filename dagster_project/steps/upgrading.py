"""A new reader version: what would it say differently, and a person's yes before the stored results are replaced."""

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

from crawlers.catalog import Catalog
from dagster_project.steps.accepted import ACCEPTED, acceptances, is_agreed
from dagster_project.steps.home import Home, Progress
from dagster_project.steps.reading import Unread, read_all, unread, version_of
from warehouse.reader_changes import Difference, differences

EXAMPLES_PER_FIELD = 3
EXAMPLE_CHARS = 80


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

    Memory holds one segment's differences at most. raises DamagedResults, ReadingFailed
    """
    stale = _stale(home, catalog, source_ids)
    folder = _beside(home)
    fields: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    examples: list[dict[str, str | None]] = []
    captures, ids = 0, set()
    try:
        fresh = [_in(folder, item) for item in stale]
        read_all(home, fresh, jobs, progress)
        for item, new in zip(stale, fresh, strict=True):
            for _, of_one in groupby(differences(item.results, new.results), lambda row: row.capture_id):
                captures += 1
                for row in of_one:
                    fields[row.field] += 1
                    if row.field == "kind":
                        kinds[f"{row.old} → {row.new}"] += 1
                    if row.field == "bulletin_id":
                        ids.add(row.old)
                    if fields[row.field] <= EXAMPLES_PER_FIELD:
                        examples.append(_example(row))
            new.results.unlink()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
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
    decision = {
        "decision": ACCEPTED,
        "at": accepted_at.astimezone(UTC).isoformat(),
        "sources": diff.sources,
        "from": diff.from_versions,
        "to": diff.to_versions,
        "fields": diff.fields,
    }
    append_decision(home, decision)
    stale = _stale(home, catalog, diff.sources) if diff.sources else []
    given = acceptances(home)
    agreed = [i for i in stale if is_agreed(given, i.source.source_id, i.stale_version or "", version_of(i.source))]
    read_all(home, agreed, jobs, progress)


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

"""Local files through the whole pipeline: archive, read, load, publish. Killed anywhere, the same call goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.catalog import Catalog
from crawlers.intake import IntakeOutcome
from crawlers.intake import ingest as take_in
from dagster_project.steps.holding import holes as held_holes
from dagster_project.steps.home import Clock, Home, Progress
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new
from warehouse.store import refuse_lost_work


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """added, unchanged_files count files and WARC records; new, changed, unchanged count bulletins.

    skipped   files that are no input (other suffix, link, device), by name and with the reason
    not_taken WARC records that hold no page, by type
    holes     what was asked for and is not in or cannot be read, one sentence each; any hole makes the exit status 3
    kinds     captures read now, by page kind
    snapshot  id of the snapshot that shows it; published: whether it was made now
    """

    run_id: str
    source_id: str
    added: int
    unchanged_files: int
    skipped: tuple[str, ...]
    not_taken: dict[str, int]
    holes: tuple[str, ...]
    read: int
    kinds: dict[str, int]
    new: int
    changed: int
    unchanged: int
    failed: int
    snapshot: str | None
    published: bool
    waiting: int


def ingest(
    home: Home,
    catalog: Catalog,
    paths: Sequence[Path],
    source_id: str,
    run_id: str,
    clock: Clock,
    *,
    jobs: int = 1,
    progress: Progress = lambda what, done, total: None,
    on_wait: Callable[[str], None] | None = None,
) -> IngestOutcome:
    """Take files in under `source_id`, read what is unread, load it, publish it."""
    refuse_lost_work(home.path)
    started_at = clock()
    taken = take_in(
        paths,
        home=home.path,
        source=catalog.get(source_id),
        run_id=run_id,
        clock=clock,
        on_progress=lambda done, name: progress("files taken in", done, None),
        on_wait=on_wait,
    )
    reading = read_new(home, catalog, jobs=jobs, progress=progress)
    holes = (
        *_holes(taken),
        *reading.tally.damaged.values(),
        *(f"{failure} (kept in the archive; see table issue)" for failure in reading.tally.failures),
    )
    run = Run(
        run_id, "ingest", started_at, source_id, taken.added, reading.tally.captures, len(holes),
        "done with holes" if holes else "done",
    )  # fmt: skip
    loaded = load_new(home, catalog, run, clock, on_wait)
    published = publish_now(home, catalog, "ingest", clock, on_wait)
    return IngestOutcome(
        run_id=run_id,
        source_id=source_id,
        added=taken.added,
        unchanged_files=taken.unchanged,
        skipped=tuple(f"{s.name} ({s.why})" for s in taken.skipped),
        not_taken=dict(taken.not_taken),
        holes=(*holes, *held_holes(home, loaded.findings)),
        read=reading.tally.captures,
        kinds=reading.tally.kinds,
        new=loaded.new,
        changed=loaded.changed,
        unchanged=loaded.unchanged,
        failed=len(reading.tally.failures),
        snapshot=published.snapshot_id,
        published=published.changed,
        waiting=reading.waiting,
    )


def _holes(taken: IntakeOutcome) -> list[str]:
    return [*map(str, taken.holes), *(doubt.detail for doubt in taken.doubts if doubt.severity == "error")]

"""Local files through the whole pipeline: archive, read, load, publish. Killed anywhere, the same call goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.catalog import Catalog
from crawlers.intake import ingest as take_in
from dagster_project.steps.home import Clock, Home, Progress
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """added … skipped count files and WARC records; new … failed count bulletins and pages.

    holes     what was asked for and is not in, one sentence each; any hole makes the exit status 3
    skipped   files that are no input (other suffix, link, device), by name
    snapshot  id of the snapshot that shows it; published: whether it was made now
    """

    run_id: str
    source_id: str
    added: int
    unchanged_files: int
    skipped: tuple[str, ...]
    holes: tuple[str, ...]
    read: int
    new: int
    changed: int
    unchanged: int
    not_bulletins: int
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
    started_at = clock()
    taken = take_in(
        paths,
        raw=home.raw,
        crawl=home.crawl,
        source=catalog.get(source_id),
        run_id=run_id,
        clock=clock,
        on_progress=lambda done, total: progress("files taken in", done, total),
        on_wait=on_wait,
    )
    reading = read_new(home, catalog, jobs=jobs, progress=progress)
    run = Run(run_id, "ingest", started_at, source_id, taken.added, reading.captures, len(taken.holes))
    loaded = load_new(home, catalog, run, clock)
    published = publish_now(home, "ingest", clock)
    return IngestOutcome(
        run_id=run_id,
        source_id=source_id,
        added=taken.added,
        unchanged_files=taken.unchanged,
        skipped=taken.skipped,
        holes=(*taken.holes, *loaded.failures),
        read=reading.captures,
        new=loaded.new,
        changed=loaded.changed,
        unchanged=loaded.unchanged,
        not_bulletins=loaded.not_bulletins,
        failed=len(loaded.failures),
        snapshot=published.snapshot_id,
        published=published.changed,
        waiting=reading.waiting,
    )

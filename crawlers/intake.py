"""Taking in files that people hand in: saved pages, plain texts, WARCs. They become captures like any other.

What may not come in is never dropped: it becomes an IntakeDoubt in the archive, so that a rebuild sees it too. The same
paths again change nothing, after a killed run too: what is there is told from the archive, not from a log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawlers.archive import index
from crawlers.errors import NothingToIngest
from crawlers.locks import exclusive
from crawlers.recovery import Recovered, recover
from crawlers.segment import SegmentWriter
from crawlers.source import Source
from crawlers.taking import Taking
from crawlers.walk import Hole, Skipped, shown, walk
from pipelines.records import IntakeDoubt


@dataclass(frozen=True, slots=True)
class IntakeOutcome:
    """What an ingest did.

    added, unchanged  captures written; captures the archive already held
    refused           files and records kept out, each with a doubt of severity error
    skipped           files left out on purpose: other kinds, links, hidden ones
    not_taken         WARC records that hold no page, by type: request, metadata, revisit …
    doubts            all met, also those that the archive held from before
    holes             what was named and could not be read
    segments          closed by this run, below `raw/`
    recovered         segments of a killed run that were cut and closed first
    """

    source_id: str
    run_id: str
    files: int
    added: int
    unchanged: int
    refused: int
    skipped: tuple[Skipped, ...]
    not_taken: Mapping[str, int]
    doubts: tuple[IntakeDoubt, ...]
    holes: tuple[Hole, ...]
    segments: tuple[str, ...]
    recovered: tuple[Recovered, ...]

    @property
    def complete(self) -> bool:
        """Whether all that was named came in. False is exit status 3."""
        return not self.holes and not self.refused

    @property
    def nothing_taken(self) -> bool:
        """Whether what was named was there and nothing of it could be read. With a hole, that is exit status 1."""
        return not (self.added or self.unchanged or self.refused)


def ingest(
    paths: Sequence[Path],
    *,
    home: Path,
    source: Source,
    run_id: str,
    clock: Callable[[], datetime],
    on_progress: Callable[[int, str], None] | None = None,
    on_wait: Callable[[str], None] | None = None,
) -> IntakeOutcome:
    """Take files and folders into the archive of the home, as captures of the source.

    clock        aware; a file's `fetched_at` is the moment it is taken in
    on_progress  files done and the name of the one at hand
    on_wait      who else is writing this source; called once, then we wait
    raises       NothingToIngest: no path can be taken; nothing was written then, not even the home. CannotWrite
    """
    raw = home.resolve() / "raw"
    roots, holes = _roots(paths, raw)
    if not roots:
        raise NothingToIngest("; ".join(str(hole) for hole in holes) or "no path was named")
    leave_out = frozenset({home.resolve(), raw})
    lock = home / "crawl" / f"{source.source_id}.lock"
    with exclusive(lock, f"ingest, run {run_id}", clock(), on_wait):
        recovered = recover(raw, source.source_id)
        with SegmentWriter(raw, source.source_id, run_id, clock) as writer:
            taking = Taking(source, writer, index(raw, source), clock, on_progress)
            taking.holes.extend(holes)
            for root in roots:
                for found in walk(root, leave_out):
                    taking.take(found)
        return IntakeOutcome(
            source_id=source.source_id,
            run_id=run_id,
            files=taking.files,
            added=taking.added,
            unchanged=taking.unchanged,
            refused=taking.refused,
            skipped=tuple(taking.skipped),
            not_taken=dict(sorted(taking.not_taken.items())),
            doubts=tuple(taking.doubts),
            holes=tuple(taking.holes),
            segments=tuple(writer.closed),
            recovered=recovered,
        )


def _roots(paths: Sequence[Path], raw: Path) -> tuple[list[Path], list[Hole]]:
    roots: list[Path] = []
    holes: list[Hole] = []
    for path in paths:
        try:
            root = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
            reason = error.strerror if isinstance(error, OSError) else "links in a circle"
            holes.append(Hole(shown(path), f"expected a file or a folder, found none ({reason})"))
            continue
        if root.is_relative_to(raw):
            holes.append(Hole(shown(path), "this home's own archive; it is in already"))
            continue
        first = None if root.is_dir() else next(walk(root, frozenset()))
        if isinstance(first, Hole):
            holes.append(Hole(shown(path), first.why))
        else:
            roots.append(root)
    return roots, holes

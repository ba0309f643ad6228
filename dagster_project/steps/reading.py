"""From WARC segments to read results: a pure function from file to file, resumable like `make`.

Longer than most files here: what is to be read, in which processes, and one segment's way into its file.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

from crawlers.archive import ArchivedRecord, read_segment, segments
from crawlers.catalog import Catalog
from crawlers.errors import DamagedSegment, SourceFileError, UnknownSource
from crawlers.parent import watch_parent
from crawlers.source import Source
from dagster_project.steps.accepted import acceptances, is_agreed
from dagster_project.steps.holding import dropped_stems, held_stems, in_place, kept_out
from dagster_project.steps.home import Home, Progress
from dagster_project.steps.stumbling import read_safely
from pipelines.identity import bulletin_id, capture_id
from pipelines.read import reader_version
from pipelines.records import BantinError, Capture, CaptureResult, Doubt, IntakeDoubt, Reading
from warehouse.errors import DamagedResults
from warehouse.results import results_info, sweep_results, write_results

DAMAGED = "segment-damaged"
"""Rule of the doubt that damage inside a segment of the archive gives."""

POOL_PAYS = 1_000_000
"""Bytes of segments: to read fewer takes less than to start processes for it."""


class ReadingFailed(BantinError):
    """Reading ended before it was done; what was read until then is kept."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A closed segment and where its results belong. stale: it has results, by another reader version."""

    segment: Path
    results: Path
    source: Source
    stale_version: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What reading found: captures by page kind, and those that could not be read (`url: reason`).

    damaged  WARC file of each segment that holds bytes which are no whole record → what is wrong and the cure
    """

    kinds: dict[str, int] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    damaged: dict[str, str] = field(default_factory=dict)

    @property
    def captures(self) -> int:
        return sum(self.kinds.values())

    def __add__(self, other: Tally) -> Tally:
        kinds = {kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0) for kind in {*self.kinds, *other.kinds}}
        return Tally(dict(sorted(kinds.items())), self.failures + other.failures, self.damaged | other.damaged)


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """segments that were read now, and what they hold.

    waiting   segments whose results are by another reader version
    unusable  sources that have captures but no usable source file: their segments wait
    """

    segments: int
    tally: Tally
    waiting: int
    unusable: tuple[str, ...] = ()


def results_path(home: Home, segment: Path, held: Collection[str] = ()) -> Path:
    """raw/<source>/<month>/<stem>.warc.gz → bulletins/source=<source>/month=<month>/<stem>.parquet

    held  stems of segments that wait (`held_stems`): their results belong below bulletins/_held
    """
    month, source = segment.parent.name, segment.parent.parent.name
    base = home.bulletins / "_held" if stem_of(segment) in held else home.bulletins
    return base / f"source={source}" / f"month={month}" / f"{stem_of(segment)}.parquet"


def stem_of(segment: Path) -> str:
    """`local-20261122T0735-1` of `local-20261122T0735-1.warc.gz`."""
    return segment.name.removesuffix(".warc.gz")


def version_of(source: Source) -> str:
    """The reader version by which this source is read now."""
    return reader_version(source.rules_digest())


def unread(home: Home, catalog: Catalog, source_ids: Sequence[str] = ()) -> list[Unread]:
    """Closed segments without results, and those whose results another reader version wrote (stale).

    Those that were dropped stay unread.
    """
    found = []
    held, dropped = held_stems(home), dropped_stems(home)
    for segment in segments(home.raw):
        source_id = segment.parent.parent.name
        if (source_ids and source_id not in source_ids) or stem_of(segment) in dropped:
            continue
        try:
            source = catalog.get(source_id)
        except (SourceFileError, UnknownSource):  # named by `unusable_sources`; the other sources go on
            continue
        results = results_path(home, segment, held)
        if not results.exists():
            found.append(Unread(segment, results, source))
            continue
        try:
            version = results_info(results).reader_version
        except DamagedResults:  # as good as missing: raw is whole, so it is read again
            found.append(Unread(segment, results, source))
            continue
        if version != version_of(source):
            found.append(Unread(segment, results, source, version))
    return found


def read_new(
    home: Home,
    catalog: Catalog,
    source_ids: Sequence[str] = (),
    *,
    jobs: int = 1,
    accept_upgrade: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> ReadOutcome:
    """Read every unread segment. Results of another reader are replaced only with accept_upgrade, or where a person
    agreed to it before and the replacing was cut off.

    raises  HoldError: decisions.jsonl cannot be read
    """
    found = unread(home, catalog, source_ids)
    waiting = [] if accept_upgrade else still_asked(home, found)
    todo = [item for item in found if item not in waiting]
    tally = read_all(home, todo, jobs, progress)
    return ReadOutcome(len(todo), tally, len(waiting), unusable_sources(home, catalog))


def still_asked(home: Home, found: Sequence[Unread]) -> list[Unread]:
    """Of these, those whose results another reader wrote and nobody agreed to replace. raises HoldError"""
    stale = [(item, item.stale_version) for item in found if item.stale_version is not None]
    given = acceptances(home) if stale else []
    return [
        item for item, version in stale
        if not is_agreed(given, item.source.source_id, version, version_of(item.source))
    ]  # fmt: skip


def unusable_sources(home: Home, catalog: Catalog) -> tuple[str, ...]:
    """Sources with archived captures whose source file is missing or broken."""
    usable = {source.source_id for source in catalog}
    return tuple(sorted({segment.parent.parent.name for segment in segments(home.raw)} - usable))


def read_all(home: Home, todo: Sequence[Unread], jobs: int, progress: Progress) -> Tally:
    """Read these segments, several at a time in processes of their own where they are large enough."""
    tally = Tally()
    if todo:
        sweep_results(home.bulletins)
    if not pool_pays(jobs, [item.segment for item in todo]):
        for number, item in enumerate(todo, 1):
            tally += read_one(home.raw, item, progress)
            progress("segments read", number, len(todo))
        return tally
    told: dict[Path, Tally] = {}
    # A segment is read by one process: the largest first, or one of them would go on alone at the end.
    ordered = sorted(todo, key=lambda item: (-item.segment.stat().st_size, item.segment))
    with reading_pool(jobs, "what was read before is kept") as pool:
        for item, one in zip(ordered, pool.map(_read_apart, [home.raw] * len(todo), ordered), strict=True):
            if isinstance(one, str):
                raise ReadingFailed(one)
            told[item.segment] = one
            progress("segments read", len(told), len(todo))
    return sum((told[item.segment] for item in todo), tally)


def pool_pays(jobs: int, segments: Sequence[Path]) -> bool:
    """Whether segments are many and large enough for processes of their own."""
    return jobs > 1 and len(segments) > 1 and sum(path.stat().st_size for path in segments) >= POOL_PAYS


@contextmanager
def reading_pool(jobs: int, now: str, *, fresh: bool = False) -> Iterator[ProcessPoolExecutor]:
    """Processes that read or normalize, gone when the block ends.

    now     what is true after one of them dies
    fresh   they share nothing that is open here
    raises  ReadingFailed: one died
    """
    pool = readers(jobs, fresh=fresh)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise ReadingFailed(
            f"a process that read for this one died, probably killed for lack of memory; {now}. "
            "Set `jobs = 1` in bantin.toml and run the same command again."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def readers(jobs: int, *, fresh: bool = False) -> ProcessPoolExecutor:
    """Processes that read. Ctrl-C is their parent's to answer; killed, it leaves none of them behind."""
    return ProcessPoolExecutor(jobs, get_context("forkserver" if fresh else None), initializer=_begin_apart)


def _begin_apart() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Results are written whole or not at all: to end in the middle loses nothing.
    Thread(target=watch_parent, args=(os.getppid(), lambda: os._exit(1)), daemon=True).start()


def _read_apart(raw: Path, item: Unread) -> Tally | str:
    """`read_one` in another process. An error comes back as its text: not every exception survives the way."""
    try:
        return read_one(raw, item)
    except BantinError as error:
        return str(error)
    except Exception as error:
        return (
            f"raw/{item.segment.relative_to(raw).as_posix()}: reading it failed ({type(error).__name__}: {error}); "
            "what was read of other segments is kept"
        )


def read_one(raw: Path, item: Unread, progress: Progress = lambda what, done, total: None) -> Tally:
    """Read one segment into its results file."""
    kinds: Counter[str] = Counter()
    failures: list[str] = []
    damaged: dict[str, str] = {}

    def rows() -> Iterator[CaptureResult]:
        for record in _records(raw, item.segment, damaged):
            if record.capture is None:
                continue
            row = result(record, record.capture, item.source)
            kinds[row.reading.kind] += 1
            if row.reading.failure is not None:
                failures.append(f"{row.url}: {row.reading.failure}")
            progress("captures read", kinds.total(), None)
            yield row

    write_results(item.results, rows(), _intake_doubts(raw, item), version_of(item.source), stem_of(item.segment))
    return Tally(dict(kinds), tuple(failures), damaged)


def result(record: ArchivedRecord, capture: Capture, source: Source) -> CaptureResult:
    """One archived capture, read by the current reader under its source's rules."""
    key = source.key(capture.url)
    return CaptureResult(
        capture_id=capture_id(capture.source_id, capture.url, capture.fetched_at, record.payload_sha256),
        bulletin_id=bulletin_id(capture.source_id, key),
        source_id=capture.source_id,
        url=capture.url,
        url_key=key,
        final_url=capture.final_url,
        fetched_at=capture.fetched_at,
        http_status=capture.http_status,
        content_type=capture.content_type,
        payload_sha256=record.payload_sha256,
        size=len(capture.payload),
        origin=capture.origin,
        warc_file=record.warc_file,
        warc_offset=record.warc_offset,
        reader_version=version_of(source),
        reading=_told(
            _unblamed(record, read_safely(capture, source.family, source.layouts, source.learned)), source, capture.url
        ),
    )


def _unblamed(record: ArchivedRecord, reading: Reading) -> Reading:
    """A list that nothing can be read of is no failure here: its walk has judged it, and the last page may be empty."""
    return replace(reading, failure=None) if record.role else reading


def _told(reading: Reading, source: Source, url: str) -> Reading:
    """What the load is to know of the address: its key is another's by a [url] rule (`url-twin`, `url-moved` …)."""
    reason = source.rule_reason(url)
    if reason is None:
        return reading
    doubt = Doubt(f"url-{reason}", "info", f"its key is that of {source.key(url)}")
    return replace(reading, doubts=(*reading.doubts, doubt))


def _records(raw: Path, segment: Path, damaged: dict[str, str]) -> Iterator[ArchivedRecord]:
    """Records of a segment. Damage ends it quietly here: it goes into `damaged`, and `_intake_doubts` stores it."""
    try:
        yield from read_segment(segment, raw)
    except DamagedSegment as error:
        damaged[error.warc_file] = str(error)


def _intake_doubts(raw: Path, item: Unread) -> list[IntakeDoubt]:
    """What intake wrote down in the segment, and damage of the segment itself."""
    doubts: list[IntakeDoubt] = []
    last = None
    try:
        for record in read_segment(item.segment, raw):
            if record.doubt is not None:
                doubts.append(record.doubt)
                last = record.doubt.seen_at
            elif record.capture is not None:
                last = record.capture.fetched_at
    except DamagedSegment as error:
        seen_at = last or datetime.strptime(f"{item.segment.parent.name}+0000", "%Y-%m%z").astimezone(UTC)
        doubts.append(IntakeDoubt(item.source.source_id, None, DAMAGED, "error", str(error), seen_at))
    return doubts


def all_results(home: Home) -> list[Path]:
    """Every results file a load takes in, sorted; held and dropped batches and temporary files are not among them."""
    without = kept_out(home)
    return [path for path in in_place(home) if path.stem not in without]

"""Is every capture that the tables name still in the archive? All else is made of raw: a loss is never silent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crawlers.archive import read_segment, segments
from crawlers.errors import DamagedSegment
from dagster_project.steps.holding import held_batches, held_files
from dagster_project.steps.home import Clock, Home
from dagster_project.steps.reading import DAMAGED, Unread, all_results, stem_of
from pipelines.records import BantinError
from warehouse.errors import DamagedDatabase, DamagedResults, NoSnapshot
from warehouse.loaded import stored_segments
from warehouse.query import open_snapshot
from warehouse.results import results_info
from warehouse.store import work_file, writer

_NAMED = 10


class LostCaptures(BantinError):
    """Segments of the archive are gone or damaged; going on would drop what was read of them from the tables."""


def named_by_tables(home: Home, clock: Clock) -> dict[str, int]:
    """WARC files that the tables were made of, see `stored_segments`; of work.duckdb, else of the snapshot."""
    if work_file(home.path).exists():
        try:
            with writer(home.path, "rebuild", clock) as con:
                return stored_segments(con)
        except DamagedDatabase:
            pass
    return named_by_snapshot(home)


def named_by_snapshot(home: Home) -> dict[str, int]:
    """The same, of the published snapshot; empty where there is none that can be read."""
    try:
        with open_snapshot(home.path) as con:
            return stored_segments(con)
    except (NoSnapshot, DamagedDatabase):
        return {}


def missing(home: Home, named: Mapping[str, int]) -> dict[str, str]:
    """WARC file → what is wrong: it is gone, or ends before a record that the tables or the read results name."""
    found: dict[str, str] = {}
    there = {stem_of(path) for path in segments(home.raw)}
    for name, offset in named.items():
        path = home.raw / name
        if stem_of(path) not in there or ("/" in name and not path.is_file()):
            found[name] = f"raw/{name}: the segment is missing"
        elif "/" in name and path.stat().st_size <= offset:
            found[name] = f"raw/{name}: expected a record at byte {offset}, found {path.stat().st_size} bytes"
    for results in orphans(home):
        name = _warc_file(home, results)
        if name not in found and stem_of(home.raw / name) not in found:
            found[name] = f"raw/{name}: the segment is missing, its read results are there"
    return dict(sorted(found.items()))


def orphans(home: Home) -> list[Path]:
    """Read results whose segment is gone, those that wait among them."""
    waiting = [path for batch in held_batches(home) for path in held_files(home, batch)]
    return [path for path in [*all_results(home), *waiting] if not (home.raw / _warc_file(home, path)).is_file()]


def damage(home: Home) -> dict[str, str]:
    """WARC file → what is wrong inside it. Reads the whole archive and checks every record's digest."""
    found: dict[str, str] = {}
    for path in segments(home.raw):
        name = path.relative_to(home.raw).as_posix()
        try:
            for _ in read_segment(path, home.raw):
                pass
        except DamagedSegment as error:
            found[name] = str(error)
        except OSError as error:
            found[name] = f"raw/{name}: cannot be read: {error.strerror or error}"
    return found


def is_known(item: Unread, what: str) -> bool:
    """Whether this damage was there when the stored results were written: then nothing more is lost by it."""
    try:
        doubts = results_info(item.results).intake_doubts
    except DamagedResults:
        return False
    return any(doubt.rule == DAMAGED and doubt.detail == what for doubt in doubts)


def refuse_unread(home: Home, loaded: Mapping[str, int]) -> None:
    """A load without the results of a segment that is in the tables would take its bulletins out.

    loaded  stem of each segment in the tables → its captures (warehouse.loaded.loaded_stems)
    raises  LostCaptures: names them; cure `bantin read` where the segment is there
    """
    unread = sorted(loaded.keys() - {path.name.removesuffix(".parquet") for path in all_results(home)})
    if not unread:
        return
    there = {stem_of(path) for path in segments(home.raw)}
    waiting, lost = [s for s in unread if s in there], [s for s in unread if s not in there]
    if lost:
        raise LostCaptures(
            f"{len(lost)} segments are in the tables, but neither their WARC file nor their read results are in this "
            f"home: {listed(lost)}. Now: no table was changed. Cure: put raw/ back from a backup; or, to give up what "
            "they hold, `bantin rebuild --accept-loss`."
        )
    raise LostCaptures(
        f"read results of {len(waiting)} segments that are in the tables are missing: {listed(waiting)}. "
        "Now: no table was changed. Cure: `bantin read` (a source that waits needs its source file first), then "
        "`bantin load`."
    )


def listed(names: list[str], between: str = ", ") -> str:
    """The first names, and how many more."""
    return between.join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _warc_file(home: Home, results: Path) -> str:
    source, month = results.parent.parent.name.removeprefix("source="), results.parent.name.removeprefix("month=")
    return f"{source}/{month}/{results.name.removesuffix('.parquet')}.warc.gz"

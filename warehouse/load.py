"""Read results and frontiers into tables. The tables are a function of *all* of them: which keys a new, changed or
vanished file or a changed frontier touches is computed again from all their captures, never from the previous answer.
Ten part-loads give what one gives.

Longer than most files here: one transaction, its steps in the order they are done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.records import SourceFacts
from warehouse import sql
from warehouse.digest import table_columns
from warehouse.frontier import FrontierInput, MovedFrontiers, moved_frontiers, store_frontiers
from warehouse.groups import find_groups
from warehouse.judging import Finding, Judged, Judging, judge, judge_tables, ordered, refuse_harmful
from warehouse.loaded import blame, by_segment, record_files, set_files
from warehouse.normalizing import Mapper, NormalizeOutcome, normalize_new
from warehouse.reader_changes import Acceptance, ReaderChanges
from warehouse.results import ResultsInfo, results_info
from warehouse.sources import store_sources

_INSERTS = (
    "load_versions", "load_capture", "load_url_alias", "load_view_count", "load_bulletin_version",
    "load_bulletin_status", "load_bulletin", "load_bulletin_line", "load_field_evidence", "load_image",
    "load_attachment", "load_issue",
)  # fmt: skip
"""Run where a touched key has captures, after `url`: a duplicate or a page that only lists is no bulletin."""
_TEMPORARY = (
    "file_key", "touched", "redelisted", "moved_frontier", "changed_segment", "seen", "redirected", "asked", "judged",
    "counted_source", "version", "status_turn", "before", "after", "moved_source", "to_count", "counted", "known_count",
    "same_group", "same_anew", "same_touched", "aside", "ending", "met", "elsewhere", "passed_anew", "delisting_before",
    "moved",
)  # fmt: skip
_SEEN_OFTEN = ("last_seen_at", "view_count")
_TOLD_LATER = ("story_id", "duplicate_of")
"""Set by the finding of stories, over all bulletins: no change of the bulletin's own."""


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What one load did.

    new, changed, unchanged, removed  bulletins among the touched ones; changed: their row differs, last_seen_at and
                                      view_count apart
    captures  captures that were in no table before
    files     results files that were new, changed or vanished
    failed    captures of new and changed files that could not be read
    gone      URLs captured anew whose latest answer is 404 or 410
    frontiers  frontiers that were new, changed or not there any more; with files 0 and this 0, nothing was done
    findings  of the checks, by source; empty where nothing was judged
    held      sources of which a batch is held: by this load, or still
    normalized  versions of bulletins whose mentions were found; anew: of these, found by another normalizer before
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    captures: int = 0
    files: int = 0
    failed: int = 0
    gone: int = 0
    frontiers: int = 0
    findings: tuple[Finding, ...] = ()
    held: tuple[str, ...] = ()
    normalized: int = field(default=0, compare=False)
    anew: int = field(default=0, compare=False)

    def __add__(self, other: LoadOutcome) -> LoadOutcome:
        """Of two loads, the later one second."""
        return LoadOutcome(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged,
            self.removed + other.removed, self.captures + other.captures, self.files + other.files,
            self.failed + other.failed, self.gone + other.gone, self.frontiers + other.frontiers,
            other.findings, other.held, self.normalized + other.normalized, self.anew + other.anew,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Work:
    """What one transaction merges. fresh, paths: segment → file, of the changed ones and of all."""

    fresh: dict[str, Path]
    vanished: Sequence[str]
    moved: MovedFrontiers
    paths: dict[str, Path]
    infos: dict[Path, ResultsInfo]
    acceptances: Sequence[Acceptance] = ()
    reread: bool = False

    def __bool__(self) -> bool:
        return bool(self.fresh or self.vanished or self.moved or self.reread)


def load(
    con: duckdb.DuckDBPyConnection,
    results: Sequence[Path],
    sources: Sequence[SourceFacts],
    frontiers: Sequence[FrontierInput] = (),
    judging: Judging | None = None,
    acceptances: Sequence[Acceptance] = (),
    mapper: Mapper = map,
) -> LoadOutcome:
    """Bring the tables up to what read results and frontiers say; the same again changes nothing.

    One transaction; with `judging` one more before it where there is something that is not judged: segments that were
    read anew (a person accepted the new reader), that vanished, or that a person released.

    con        a writer's (warehouse.store.writer)
    results    *all* results files of the home that are not held back; a file that was loaded and is missing here is
               taken out of the tables
    sources    *all* sources known; a source with captures that is missing here gets a row with its id as name
    frontiers  *all* frontiers of the home; one that was loaded and is missing here is taken out, its runs stay
    judging    None: whatever comes is loaded
    acceptances  of reader upgrades, in their order; for reader_change
    mapper     runs normalization over versions, see warehouse.normalizing
    raises     DamagedResults; two files of one segment, an odd frontier: WarehouseError; what a frontier's callables
               raise; HarmfulBatch, where judged. What was to be judged is then not in the tables.
    """
    work = _work(con, results, frontiers, acceptances)
    outcome = LoadOutcome()
    if judging is not None:
        accepted, work = _parted(con, work, judging)
        if accepted:
            outcome = _commit(con, accepted, sources, None, mapper)
    return outcome + _commit(con, work, sources, judging, mapper)


def weigh(
    con: duckdb.DuckDBPyConnection, results: Sequence[Path], frontiers: Sequence[FrontierInput], judging: Judging
) -> Judged:
    """What `load` would do and find; no table is changed. Arguments and errors are its own, but for HarmfulBatch."""
    work = _work(con, results, frontiers)
    con.execute("begin")
    try:
        return _merge(con, work, judging)[1]
    finally:
        with suppress(duckdb.Error):
            con.execute("rollback")


def _work(
    con: duckdb.DuckDBPyConnection, results: Sequence[Path], frontiers: Sequence[FrontierInput],
    acceptances: Sequence[Acceptance] = (),
) -> _Work:  # fmt: skip
    """What is new, changed or gone since the tables were made."""
    infos = {path: results_info(path) for path in results}
    paths = by_segment(infos)
    known = dict(con.execute("select segment, digest from bantin.loaded_result").fetchall())
    fresh = {segment: paths[segment] for segment in sorted(paths) if known.get(segment) != infos[paths[segment]].digest}
    vanished = sorted(known.keys() - paths.keys())
    reread = bool(_one(con, "select count(*) from bantin.reread"))
    return _Work(fresh, vanished, moved_frontiers(con, frontiers), paths, infos, acceptances, reread)


def _parted(con: duckdb.DuckDBPyConnection, work: _Work, judging: Judging) -> tuple[_Work, _Work]:
    """(what a person accepted or an upgrade wants, what is to be judged)."""
    known = {segment for (segment,) in con.execute("select segment from bantin.loaded_result").fetchall()}
    free = {segment for segment in work.fresh if segment in known or segment in judging.released}
    let_in = [frontier for frontier in work.moved.changed if frontier.source_id in judging.released_frontiers]
    judged = [frontier for frontier in work.moved.changed if frontier.source_id not in judging.released_frontiers]
    accepted = replace(
        work, fresh={segment: path for segment, path in work.fresh.items() if segment in free},
        moved=MovedFrontiers(let_in, work.moved.left),
    )  # fmt: skip
    rest = replace(
        work, fresh={segment: path for segment, path in work.fresh.items() if segment not in free}, vanished=(),
        moved=MovedFrontiers(judged, []), reread=False,
    )  # fmt: skip
    return accepted, rest


def _commit(
    con: duckdb.DuckDBPyConnection, work: _Work, sources: Sequence[SourceFacts], judging: Judging | None, mapper: Mapper
) -> LoadOutcome:
    """One transaction. raises HarmfulBatch, after it was rolled back"""
    outcome, judged, normalized = LoadOutcome(), Judged((), {}), NormalizeOutcome()
    con.execute("begin")
    try:
        if work:
            outcome, judged = _merge(con, work, judging)
        elif judging is not None:
            judged = Judged(ordered(judge_tables(con, judging)), {})
        if judging is not None:
            refuse_harmful(judged, judging.exempt)
        store_sources(con, sources)
        normalized = normalize_new(con, mapper)
        con.execute("commit")
    except BaseException as error:
        with suppress(duckdb.Error):  # a full disk has ended the connection already
            con.execute("rollback")
        if isinstance(error, duckdb.Error):
            blame(work.paths.values(), error)
        raise
    for table in _TEMPORARY:
        con.execute(f"drop table if exists temp.{table}")
    return replace(outcome, findings=judged.findings, normalized=normalized.versions, anew=normalized.anew)


def _merge(con: duckdb.DuckDBPyConnection, work: _Work, judging: Judging | None) -> tuple[LoadOutcome, Judged]:
    fresh, vanished, moved, paths = work.fresh, work.vanished, work.moved, work.paths
    con.execute(sql.query("load_temporary"))
    con.execute("insert into changed_segment select unnest($segments)", {"segments": [*fresh, *vanished]})
    if judging is not None:
        con.execute(sql.query("judge_delistings"), {"sources": [frontier.source_id for frontier in moved.changed]})
    store_frontiers(con, moved)
    needed = _judge(con, fresh, paths)
    captures = _one(
        con,
        "select count(*) from (select capture_id from seen union all select capture_id from aside)"
        " where capture_id not in (select capture_id from capture)",
    )
    _remember(con, "before")
    changes = ReaderChanges(con, fresh, work.infos, work.acceptances)
    changes.before()
    con.execute(sql.query("load_forget"))
    con.execute(sql.query("load_url"))
    for name in _INSERTS if needed else ():
        con.execute(sql.query(name))
    changes.after()
    con.execute(sql.query("load_coverage"))
    record_files(con, fresh, work.infos)
    con.execute(sql.query("load_intake_issue"))
    _count_boilerplate(con, needed, paths)
    names = [str(path) for path in fresh.values()]
    failed = _one(
        con, "select count(*) from seen where failure is not null and list_contains($files, filename)", {"files": names}
    )
    _remember(con, "after")
    counts = con.execute(sql.query("load_counts")).fetchone()
    assert counts is not None
    files, frontiers = len(fresh) + len(vanished), len(moved.changed) + len(moved.left)
    new, changed, unchanged, removed, gone = counts
    outcome = LoadOutcome(new, changed, unchanged, removed, captures, files, failed, gone, frontiers)
    return outcome, judge(con, judging, names) if judging is not None else Judged((), {})


def _judge(con: duckdb.DuckDBPyConnection, fresh: dict[str, Path], paths: dict[str, Path]) -> list[Path]:
    """Decide which keys are touched (`touched`), their captures (`seen`), and what becomes of addresses (`judged`).

    returns  the files that hold the captures of the touched keys
    """
    if fresh:
        set_files(con, "result_files", fresh.values())
        con.execute(sql.query("load_file_keys"))
    con.execute(sql.query("load_touched"))
    needed = _see(con, fresh, paths)
    con.execute("delete from bantin.read_url where bulletin_id in (select bulletin_id from touched)")
    if needed:
        con.execute(sql.query("load_reads"))
    con.execute(sql.query("load_redirected"))
    if _one(con, "select (select count(*) from met) + (select count(*) from bantin.same)"):
        find_groups(con)
        con.execute(sql.query("load_same"))
    con.execute(sql.query("load_elsewhere"))
    con.execute("insert into touched select bulletin_id, false from same_touched")
    con.execute(sql.query("load_judged"))
    if _one(con, sql.query("load_relinked")) + _one(con, "select count(*) from same_touched"):
        needed = _see(con, fresh, paths)
    con.execute("delete from bantin.passed_on")
    con.execute("insert into bantin.passed_on select bulletin_id, target from elsewhere")
    if needed:
        con.execute(sql.query("load_passed_on"))
        if _one(con, "select count(*) from bantin.same where bulletin_id in (select bulletin_id from touched)"):
            con.execute(sql.query("load_joined"))
    return needed


def _see(con: duckdb.DuckDBPyConnection, fresh: dict[str, Path], paths: dict[str, Path]) -> list[Path]:
    """Fill `seen` from the files that hold captures of the touched keys, and return these."""
    kept = con.execute(sql.query("load_kept_segments")).fetchall()
    needed = [*fresh.values(), *(paths[segment] for (segment,) in kept)]
    set_files(con, "result_files", needed)
    con.execute(sql.query("load_seen" if needed else "load_seen_none"))
    if needed and _one(con, "select count(*) from seen where contains(doubts::varchar, 'url-twin')"):
        con.execute(sql.query("load_twins"))
    return needed


def _remember(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """A temporary table of what the touched bulletins say now; compared within this load only, so any hash will do."""
    columns = ", ".join(
        f'"{column}"' for column in table_columns(con)["bulletin"] if column not in (*_SEEN_OFTEN, *_TOLD_LATER)
    )
    con.execute(
        f"create or replace temp table {name} as select bulletin_id, source_id, capture_id, reader_version,"
        f" hash({columns}) as digest, status, title is null as no_title, body is null as no_body"
        " from bulletin where bulletin_id in (select bulletin_id from touched)"
    )


def _count_boilerplate(con: duckdb.DuckDBPyConnection, touched: Sequence[Path], paths: dict[str, Path]) -> None:
    """Count furniture of the bulletins that came; all of a source anew where one of its bulletins changed or went.

    touched  the files that hold the captures of the touched keys
    """
    con.execute(sql.query("load_moved_source"))
    segments = con.execute(
        "select segment from bantin.loaded_result where list_has_any("
        "source_ids, (select coalesce(list(source_id), []) from moved_source where not grown)) order by segment"
    ).fetchall()
    files = {*touched, *(paths[segment] for (segment,) in segments)}
    if files:
        set_files(con, "source_files", sorted(files))
        con.execute(sql.query("load_boilerplate"))


def _one(con: duckdb.DuckDBPyConnection, statement: str, values: dict[str, Any] | None = None) -> int:
    row = con.execute(statement, values).fetchone()
    assert row is not None
    return int(row[0])

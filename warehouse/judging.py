"""Is what a load brought of a source what its publisher says, or a mishap of the site or of ours? Judged by result: the
tables before and after, inside the load's transaction.

Conservative on purpose: what is held stays out of the tables until a person decides, so a check fails only where most
of a batch is wrong. Fewer than FEW bulletins prove nothing; *most* is more than half.

Longer than most files here: the checks, their thresholds and what they say stand together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from statistics import median
from typing import Any, NamedTuple

import duckdb

from pipelines.records import BantinError
from warehouse import sql

CHECKS = (
    "sums_reconcile", "month_minimum", "required_fields", "date_plausibility", "duplicate_share", "mass_loss",
)  # fmt: skip
TABLE_CHECKS = frozenset({"sums_reconcile"})
"""Their failure is a fault of the tables: the snapshot should keep serving, but no batch is to blame or held."""
BATCH_CHECKS = frozenset({"required_fields", "date_plausibility", "duplicate_share", "mass_loss"})

FEW = 10
"""Bulletins that must be concerned, and that make a history: nine of nine may be chance, or a publisher's tidy day."""
RARELY = 0.1
"""A field that a tenth of the earlier bulletins lacked is one that the publisher sometimes leaves out."""
FIELDS = ("title", "body")
"""Looked at where the source file's [expect] names none: without these a page is no bulletin."""
DAYS_THAT_VARY = 3
MONTHS_OF_HISTORY = 6
"""From half a year on, a month is compared with the source's own months: fewer than QUIET of the median is a doubt."""
QUIET = 0.25
EARLIEST = date(1945, 1, 1)
"""No publisher of ours is older; a date before it is misread."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one source.

    check     one of CHECKS
    blocking  where it fails, the last snapshot should keep serving; see TABLE_CHECKS for who is held
    words     one sentence with the numbers
    """

    source_id: str
    check: str
    passed: bool
    blocking: bool
    words: str
    figures: dict[str, int | float | str]

    @property
    def holds(self) -> bool:
        """Whether it holds the batch."""
        return not self.passed and self.check in BATCH_CHECKS


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a source file expects of its bulletins: [expect], and the day from which it has any."""

    source_id: str
    min_per_month: int | None = None
    fields: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """How a load is judged.

    today               in Vietnam; months before its month are complete
    released            segments that a person let in: they are loaded first, unjudged
    released_frontiers  sources whose frontier is loaded with them
    exempt              sources whose batch is held already: nothing more of them can be
    """

    today: date
    expectations: Sequence[Expectation] = ()
    released: frozenset[str] = frozenset()
    released_frontiers: frozenset[str] = frozenset()
    exempt: frozenset[str] = frozenset()


class Effect(NamedTuple):
    """What a batch does to the bulletins of its source.

    since    first instant of what it brought: of a capture, or of a list that dropped a bulletin; None: none of these
    changed  bulletins whose row differs, without those lost
    lost     that were live and are not any more, or have no title or body left
    came     bulletins that show a capture of the batch
    live     bulletins that were live before it
    """

    since: datetime | None = None
    new: int = 0
    changed: int = 0
    lost: int = 0
    came: int = 0
    live: int = 0


class Judged(NamedTuple):
    """findings: ordered by source and CHECKS; effects: source → what this load did to it."""

    findings: tuple[Finding, ...]
    effects: dict[str, Effect]


class HarmfulBatch(BantinError):
    """Batches that would harm the tables; nothing was loaded. The caller sets them aside and loads again."""

    def __init__(self, judged: Judged, sources: tuple[str, ...]) -> None:
        """sources: whose batches these are."""
        self.judged, self.sources = judged, sources
        words = "; ".join(f.words for f in judged.findings if f.holds and f.source_id in sources)
        super().__init__(f"{words}. Now: no table was changed. Cure: `bantin load` holds the batch and loads the rest.")


def refuse_harmful(judged: Judged, exempt: Collection[str]) -> None:
    """raises HarmfulBatch: a check failed that holds a batch, of a source that is not exempt"""
    harmful = dict.fromkeys(f.source_id for f in judged.findings if f.holds and f.source_id not in exempt)
    if harmful:
        raise HarmfulBatch(judged, tuple(harmful))


def judge(con: duckdb.DuckDBPyConnection, judging: Judging, files: Collection[str]) -> Judged:
    """Compare the tables with what they were. Inside the load's transaction, after the merge, before the commit.

    files   names of the new files of read results
    """
    con.execute(sql.query("judge_moved"))
    rows = con.execute(sql.query("judge_effect"), {"files": list(files)}).fetchall()
    effects = {source_id: Effect(*figures) for source_id, *figures in rows}
    expected = {expectation.source_id: expectation for expectation in judging.expectations}
    moved = {source_id: effect for source_id, effect in effects.items() if effect.came or effect.lost or effect.changed}
    findings = [
        *(_mass_loss(source_id, effect) for source_id, effect in moved.items()),
        *_required_fields(con, moved, expected),
        *_date_plausibility(con, moved, expected),
        *_duplicate_share(con, moved),
        *judge_tables(con, judging),
    ]
    return Judged(ordered(findings), effects)


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By source, then as in CHECKS."""
    return tuple(sorted(findings, key=lambda finding: (finding.source_id, CHECKS.index(finding.check))))


def judge_tables(con: duckdb.DuckDBPyConnection, judging: Judging) -> list[Finding]:
    """What can be said of every source with coverage, whatever moved."""
    return [*_sums_reconcile(con), *_month_minimum(con, judging)]


def _most(part: int, whole: int) -> bool:
    return whole >= FEW and 2 * part > whole


def _mass_loss(source_id: str, effect: Effect) -> Finding:
    failed = effect.lost >= FEW and 2 * effect.lost > effect.live
    words = (
        f"{source_id}: {effect.lost} of {effect.live} live bulletins would be gone, missing or without title or body"
    )
    return Finding(source_id, "mass_loss", not failed, True, words, {"lost": effect.lost, "live": effect.live})


def _required_fields(
    con: duckdb.DuckDBPyConnection, moved: dict[str, Effect], expected: dict[str, Expectation]
) -> Iterator[Finding]:
    came = _lacking(con, "judge_came", [source_id for source_id, effect in moved.items() if effect.came >= FEW])
    wanted = {source_id: _fields(expected.get(source_id)) for source_id in moved}
    doubtful = {
        source_id: [field for field in wanted[source_id] if _most(*came[source_id][field])] for source_id in came
    }
    earlier = _lacking(con, "judge_earlier", [source_id for source_id, fields in doubtful.items() if fields])
    for source_id, effect in moved.items():
        bad = []
        for field in doubtful.get(source_id, ()):
            lacked, there = earlier.get(source_id, {}).get(field, (0, 0))
            named = source_id in expected and field in expected[source_id].fields
            if (lacked < RARELY * there) if there >= FEW else named:
                bad.append(field)
        figures: dict[str, int | float | str] = {f"without_{name}": came[source_id][name][0] for name in bad}
        told = ", ".join(f"{came[source_id][name][0]} have no {name}" for name in bad) or "none lacks most of a field"
        words = f"{source_id}: of {effect.came} new or changed bulletins {told}"
        yield Finding(source_id, "required_fields", not bad, True, words, {"bulletins": effect.came, **figures})


def _fields(expectation: Expectation | None) -> tuple[str, ...]:
    return expectation.fields if expectation is not None and expectation.fields else FIELDS


def _lacking(
    con: duckdb.DuckDBPyConnection, told: str, source_ids: Sequence[str]
) -> dict[str, dict[str, tuple[int, int]]]:
    """Source → field → (bulletins that lack it, bulletins). told: the query that says which bulletins."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    if source_ids:
        con.execute(sql.query(told))
        for source_id, field, bulletins, lacking in con.execute(
            sql.query("judge_lacking"), {"sources": list(source_ids)}
        ).fetchall():
            found[source_id][field] = (lacking, bulletins)
        con.execute("drop view temp.told")
    return found


def _date_plausibility(
    con: duckdb.DuckDBPyConnection, moved: dict[str, Effect], expected: dict[str, Expectation]
) -> Iterator[Finding]:
    asked = [source_id for source_id, effect in moved.items() if effect.new >= FEW]
    since = {source_id: _since(expected.get(source_id)) for source_id in asked}
    rows: dict[str, tuple[Any, ...]] = {}
    if asked:
        found = con.execute(sql.query("judge_dates"), {"sources": asked, "since": [since[s] for s in asked]}).fetchall()
        rows = {row[0]: row[1:] for row in found}
    for source_id in moved:
        if source_id not in rows:
            words = f"{source_id}: too few new bulletins were fetched to judge their days"
            yield Finding(source_id, "date_plausibility", True, True, words, {"new": 0})
            continue
        new, late, early, first_on, last_on, dated, months, of_others = rows[source_id]
        failed = _most(late + early, new)
        words = (
            f"{source_id}: of {new} new bulletins {late} are dated after the day they were first seen, {early} before"
        )
        words += f" {since[source_id]}"
        one_day = dated == new and first_on == last_on and months >= DAYS_THAT_VARY and _most(of_others, new)
        if one_day:
            count, days = con.execute(sql.query("judge_days"), {"source_id": source_id}).fetchall()[0]
            if count >= FEW and days >= DAYS_THAT_VARY:
                failed = True
                words += f"; all are dated {first_on}, though their addresses are of {months} months"
        figures: dict[str, int | float | str] = {"new": new, "too_late": late, "too_early": early}
        yield Finding(source_id, "date_plausibility", not failed, True, words, figures)


def _since(expectation: Expectation | None) -> date:
    return max(EARLIEST, expectation.since) if expectation is not None and expectation.since else EARLIEST


def _duplicate_share(con: duckdb.DuckDBPyConnection, moved: dict[str, Effect]) -> Iterator[Finding]:
    asked = [source_id for source_id, effect in moved.items() if effect.new >= FEW]
    alike = _same(con, "judge_look_alikes", asked)
    exact = _same(con, "judge_duplicates", [source_id for source_id, found in alike.items() if _most(*found)])
    for source_id in moved:
        same, new = exact.get(source_id) or alike.get(source_id, (0, 0))
        words = f"{source_id}: of {new} new bulletins {same} look like another one"
        if source_id in exact:
            words = f"{source_id}: of {new} new bulletins {same} have the very body of another one"
        elif source_id not in alike:
            words = f"{source_id}: too few new bulletins were fetched to judge their bodies"
        failed = source_id in exact and _most(same, new)
        yield Finding(source_id, "duplicate_share", not failed, True, words, {"new": new, "same_body": same})


def _same(con: duckdb.DuckDBPyConnection, query: str, source_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Source → (bulletins that say what another says, bulletins)."""
    if not source_ids:
        return {}
    rows = con.execute(sql.query(query), {"sources": list(source_ids)}).fetchall()
    return {source_id: (same, new) for source_id, new, same in rows}


def _sums_reconcile(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for source_id, months, discovered, odd, first_odd, hollow in con.execute(sql.query("judge_sums")).fetchall():
        words = f"{source_id}: {discovered} addresses in {months} months are the sum of their parts, and what is loaded"
        words += " has its bulletin"
        if odd or hollow:
            words = (
                f"{source_id}: in {odd} of {months} months{f', first {first_odd},' if odd else ''} the parts do not add"
                f" up to what was discovered; {hollow} addresses count as loaded and have no bulletin"
            )
        figures: dict[str, int | float | str] = {
            "months": months, "discovered": discovered, "odd_months": odd, "without_bulletin": hollow,
        }  # fmt: skip
        yield Finding(source_id, "sums_reconcile", not (odd or hollow), True, words, figures)


def _month_minimum(con: duckdb.DuckDBPyConnection, judging: Judging) -> Iterator[Finding]:
    """Complete months, of which nothing is missing, with too few bulletins. A doubt for a person: it holds nothing."""
    expected = {expectation.source_id: expectation for expectation in judging.expectations}
    loaded: dict[str, dict[str, int]] = {}
    for source_id, month, count in con.execute(
        sql.query("judge_months"), {"month": f"{judging.today:%Y-%m}"}
    ).fetchall():
        months = loaded.setdefault(source_id, {})
        expectation = expected.get(source_id)
        since = expectation.since if expectation is not None else None
        if month is not None and (since is None or month >= f"{since:%Y-%m}"):
            months[month] = count
    for source_id, months in loaded.items():
        expectation = expected.get(source_id)
        least = (expectation.min_per_month if expectation is not None else None) or 0
        usual = median(months.values()) if len(months) >= MONTHS_OF_HISTORY else 0
        wanted = max(least, ceil(QUIET * usual))
        few = [month for month, count in months.items() if count < wanted]
        named = ", ".join(f"{month} ({months[month]})" for month in few[-_NAMED:])
        why = f"a quarter of its median of {usual:g}" if wanted > least else "as its file expects"
        bound = f"fewer than {wanted} bulletin{'' if wanted == 1 else 's'} ({why})"
        words = f"{source_id}: {len(months)} complete months, " + (
            f"{len(few)} of them with {bound}, the last: {named}"
            if few
            else f"none with {bound}"
            if wanted
            else "too few to compare"
        )
        figures: dict[str, int | float | str] = {"months": len(months), "too_few": len(few), "expected": wanted}
        yield Finding(source_id, "month_minimum", not few, False, words, figures)

"""Backfills from the command line: plan what a range of months takes, run it through Dagster, report its holes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.cli_look import print_rows
from dagster_project.command import (
    HomeOption,
    JsonOption,
    catalog_of,
    fail,
    new_run_id,
    notice,
    on_wait,
    open_for_reading,
    open_for_writing,
    say,
    say_holes,
)
from dagster_project.display import visible
from dagster_project.progress import progress
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from dagster_project.steps.estimating import Range
    from dagster_project.steps.holes import BackfillReport
    from dagster_project.steps.planning import BackfillPlan

backfill_app = typer.Typer(no_args_is_help=True, help="Fetch what is missing of past months: plan, run, report.")

_SHOWN = 50
_REST = "--json names all"
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="ID", help="Only this source; may be given again.")
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="M", help="First month, 2026-01; default: `since`, else all known.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="M", help="Last month; default: this one, in Vietnam.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.add_typer(backfill_app, name="backfill")


@backfill_app.command("plan")
def backfill_plan(
    source: SourceOption = None,
    month_from: FromOption = None,
    month_until: ToOption = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: plan from what is known already.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What a backfill takes: pages, requests, bytes, hours.  Example: bantin backfill plan --from 2025-01 --to 2025-12

    Walks lists that nobody walked for 20 hours, and fetches a few pages of a source whose page sizes are not known;
    they are kept. Each number is a range; `unknown` where nothing was measured.
    """
    from dagster_project.steps.planning import plan

    first, last = _months(month_from, month_until)
    where = open_for_writing(home, make=False)
    catalog = catalog_of(where)
    with progress(quiet=as_json) as report:
        found = plan(
            where, catalog, source or [], first, last, utc_now, new_run_id(),
            offline=offline, say=notice, progress=report, on_wait=on_wait,
        )  # fmt: skip
    unusable = [] if source else [f"{error.source_id}: not planned, see above" for error in catalog.errors]
    if as_json:
        say(_with_bounds(found), as_json=True)
    else:
        say_plan(found)
    say_holes([*found.holes, *unusable], _REST)


@backfill_app.command("run")
def backfill_run(
    source: SourceOption = None,
    month_from: FromOption = None,
    month_until: ToOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch what is missing or failed, month by month, resumable.  Example: bantin backfill run --from 2025-01

    Through Dagster, recorded there; newest month first. The daily job goes first. Nothing is fetched twice.
    """
    from dagster_project import launching

    first, last = _months(month_from, month_until)
    where = open_for_writing(home, make=False)
    with progress(quiet=as_json) as report:
        done = launching.backfill(
            where, source or [], first, last, utc_now, quiet=as_json, progress=report, on_wait=on_wait
        )
    if as_json:
        say(done, as_json=True)
    else:
        for row in done.months:
            print(
                f"{row.month}: {visible(', '.join(row.sources))}: {row.fetched} fetched, {row.requests} requests,"
                f" {row.bytes} bytes; {visible(row.outcome)}"
            )
        months = f"{len(done.months)} month{'' if len(done.months) == 1 else 's'}"
        print(f"{months}: {done.fetched} fetched, {done.requests} requests, {done.bytes} bytes")
    say_holes(done.holes, _REST)


@backfill_app.command("report")
def backfill_report(
    source: SourceOption = None,
    month_from: FromOption = None,
    month_until: ToOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is still missing of these months, by name.  Example: bantin backfill report --source qdnd --from 2025-01

    Asks nobody. Exit status 3 where anything is missing, or where a list was never walked to its end.
    """
    from dagster_project.steps.holes import report

    first, last = _months(month_from, month_until)
    where = open_for_reading(home)
    catalog = catalog_of(where)
    found = report(where, catalog, source or [], first, last)
    if as_json:
        say({**_with_bounds(found), "is_whole": found.is_whole}, as_json=True)
    else:
        say_report(found)
    unusable = [] if source else [f"{error.source_id}: not reported, see above" for error in catalog.errors]
    told = [text for one in found.sources for text in one.lists]
    unread = sum(one.unread for one in found.sources)
    if missing := len(found.holes) - unread:
        told.append(f"{_count(missing, 'URL is', 'URLs are')} missing; `bantin backfill run` asks again")
    if unread:
        told.append(f"{_count(unread, 'page', 'pages')} fetched, not in the tables; `bantin read`, `load`, `publish`")
    say_holes([*told, *unusable], _REST)


def say_plan(found: BackfillPlan) -> None:
    """Source by source, month by month, then the sum in words."""
    columns = ("source", "known", "held", "missing", "failed", "excluded", "to fetch", "requests", "bytes", "hours",
               "sizes from")  # fmt: skip
    print_rows(
        columns,
        [
            (
                s.source_id, s.known, s.held, s.missing, s.failed, s.excluded, s.pages, _range(s.requests),
                _range(s.bytes, percent=True), _hours(s.hours), f"{s.sample} pages",
            )
            for s in found.sources
        ],
    )  # fmt: skip
    _months_table(found.sources, ("known", "held", "missing", "failed"))
    total = found.total
    print(
        f"{found.month_from or '…'} to {found.month_until}: {total.held} of {total.known} held,"
        f" {total.excluded} excluded;"
        f" {_count(total.pages, 'page', 'pages')} to fetch"
    )
    print(f"  requests  {_range(total.requests, percent=True)}")
    print(f"  bytes     {_range(total.bytes, percent=True)}")
    print(
        f"  hours     {_hours(total.hours)} at the polite rate, the sources of a month side by side"
        f" (the longest source {_hours(total.hours_longest_source)},"
        f" one after another {_hours(total.hours_one_by_one)})"
    )


def say_report(found: BackfillReport) -> None:
    """Sums by source and month, then the first holes by name."""
    columns = ("known", "held", "unread", "missing", "failed", "excluded")
    print_rows(("source", *columns), [(s.source_id, *(getattr(s, name) for name in columns)) for s in found.sources])
    _months_table(found.sources, columns)
    for hole in found.holes[:_SHOWN]:
        why = f" ({visible(hole.reason)})" if hole.reason else ""
        print(f"{hole.source_id} {hole.month} {hole.state}{why}: {visible(hole.url)}")
    if len(found.holes) > _SHOWN:
        print(f"… and {len(found.holes) - _SHOWN} more; {_REST}")
    if found.is_whole:
        print(f"{found.month_from or '…'} to {found.month_until}: no hole")


def _months_table(sources: Sequence[Any], columns: Sequence[str]) -> None:
    rows = [(s.source_id, m.month, *(getattr(m, name) for name in columns)) for s in sources for m in s.months]
    if rows:
        print_rows(("source", "month", *columns), rows)


def _months(month_from: str | None, month_until: str | None) -> tuple[str, str]:
    """Checked; a month that is none is wrong use."""
    from dagster_project.steps.inventory import BadMonth, bounds

    try:
        return bounds(month_from, month_until, utc_now)
    except BadMonth as error:
        fail(str(error), status=2)


def _with_bounds(found: Any) -> dict[str, Any]:
    """Its fields, the months under the names of the options."""
    value = asdict(found)
    return {"from": value.pop("month_from"), "to": value.pop("month_until"), **value}


def _range(found: Range | None, *, percent: bool = False) -> str:
    if found is None:
        return "unknown"
    if found.high is None:
        return f"at least {found.low:,.0f}" if found.low else "unknown"
    told = f"{found.low:,.0f}" if found.low == found.high else f"{found.low:,.0f} to {found.high:,.0f}"
    return told + (f" (± {100 * found.width:.0f} %)" if percent and found.width else "")


def _hours(found: Range | None) -> str:
    if found is None:
        return "unknown"
    if found.high is None:
        return f"at least {found.low:.1f}" if found.low >= 0.1 else "unknown"
    if found.high < 0.1:
        return "under 0.1" if found.high else "0"
    low, high = f"{found.low:.1f}", f"{found.high:.1f}"
    return low if low == high else f"{low} to {high}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"

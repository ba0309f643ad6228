"""Commands around the crawl: crawl, status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dagster_project.cli_look import print_rows
from dagster_project.command import (
    DONE_WITH_HOLES,
    HomeOption,
    JsonOption,
    catalog_of,
    fail,
    new_run_id,
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
    from dagster_project.steps.crawling import CrawlOutcome
    from dagster_project.steps.demo import DemoOutcome, Question
    from dagster_project.steps.status import SourceStatus

_DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.command()(crawl)
    app.command()(status)


def crawl(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Default: all enabled sources.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, help="Fetch only bulletins dated from this day on; lists are walked whole."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Fetch only bulletins dated up to this day.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many pages of each source.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Discover and fetch what is due, politely; interrupted or killed, run it again.  Example: bantin crawl --limit 20

    Fetches only; `bantin read`, `load` and `publish` bring what came into the warehouse. No live site was ever crawled
    from where this was developed: look at the first results of a source with care.
    """
    from dagster_project.steps import crawling

    if since is not None and until is not None and until < since:
        fail(f"--until {until:%Y-%m-%d}: expected a day not before --since {since:%Y-%m-%d}", status=2)
    where = open_for_writing(home, make=False)
    catalog = catalog_of(where)
    broke: crawling.CrawlBroke | None = None
    with progress(quiet=as_json) as report:
        try:
            outcome = crawling.crawl(
                where, catalog, sources or [], new_run_id(), utc_now,
                since=since.date() if since else None, until=until.date() if until else None, limit=limit,
                progress=report, on_wait=on_wait,
            )  # fmt: skip
        except crawling.CrawlBroke as error:  # the other sources have done their work all the same
            outcome, broke = error.outcome, error
    if as_json:
        say(outcome, as_json=True)
    else:
        say_crawl(outcome)
    if broke is not None:
        raise broke
    unusable = [] if sources else [f"{error.source_id}: not crawled, see above" for error in catalog.errors]
    say_holes([*outcome.holes, *unusable])


def say_crawl(outcome: CrawlOutcome) -> None:
    """A line for each source."""
    for source in outcome.sources:
        if source.rekeyed:
            moved, joined = f"{source.rekeyed} keys moved", f"{source.joined} rows joined another"
            print(f"{source.source_id}: its rules changed: {moved}, {joined}")
        print(
            f"{source.source_id}: {source.listed} listed, {source.discovered} new; {source.fetched} fetched"
            f" ({source.unchanged} unchanged), {source.not_modified} not modified, {source.gone} gone,"
            f" {source.failed} failed, {source.excluded} excluded"
            + (f", {source.adopted} adopted from a killed crawl" if source.adopted else "")
            + f"; {visible(source.outcome)}"
        )


def say_demo(outcome: DemoOutcome, answers: Sequence[Question], home: Path) -> None:
    """What the crawl did, whether all of it is in, and three questions with their answers."""
    say_crawl(outcome.crawl)
    print(f"read: {', '.join(f'{count} {kind}' for kind, count in outcome.kinds.items()) or 'nothing new'}")
    print(f"loaded: {outcome.new} new bulletins, {outcome.changed} changed; snapshot {outcome.snapshot}\n")
    print_rows(outcome.coverage_columns, outcome.coverage)
    for number, answer in enumerate(answers, 1):
        print(f'\n{number}. {answer.words}\n   bantin --home {home} sql "{answer.sql}"\n')
        print_rows(answer.columns, answer.rows)


def status(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Only these sources.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where every source stands and why: URLs by state, last crawl, lists, what is held.  Example: bantin status"""
    from crawlers.catalog import load_catalog
    from dagster_project.steps.status import VIETNAM, disk
    from dagster_project.steps.status import status as look

    where = open_for_reading(home)
    found = look(where, load_catalog(where.path), sources or [])
    if as_json:
        say(found, as_json=True)
    else:
        columns = ("source", "enabled", "bulletins", "listed URLs", "fetched", "waiting", "failed", "gone", "excluded",
                   "last crawl", "outcome", "held")  # fmt: skip
        print_rows(
            columns,
            [
                (
                    s.source_id, {True: "yes", False: "no", None: "unknown"}[s.enabled], s.bulletins, s.known,
                    s.fetched, s.urls.get("waiting", 0), s.urls.get("failed", 0), s.urls.get("gone", 0),
                    s.urls.get("excluded", 0),
                    f"{s.last_crawl.astimezone(VIETNAM):%Y-%m-%d %H:%M}" if s.last_crawl else None, s.last_outcome,
                    len(s.held),
                )
                for s in found
            ],
        )  # fmt: skip
        for s in found:
            _say_why(s)
        for way, told in ((f"{s.source_id}: {way}", told) for s in found for way, told in s.lists.items()):
            print(f"{visible(way)}: {visible(told)}")
        space = disk(where)
        print(
            f"disk: {_size(space.free)} free; raw {_size(space.raw)}, read results {_size(space.bulletins)}, warehouse"
            f" {_size(space.warehouse)}"
        )
    if broken := [s.source_id for s in found if s.problem]:
        fail(f"not usable, or not to be told of: {', '.join(broken)}", status=DONE_WITH_HOLES)


def _say_why(of: SourceStatus) -> None:
    """What is wrong with a source, a line each."""
    told = [f"problem: {of.problem}"] if of.problem else []
    told += of.why
    for batch in of.held:
        told.append(
            f"held as {batch.batch_id}: {'; '.join(batch.why)}; `bantin hold release {batch.batch_id}` lets it in,"
            f" `bantin hold drop {batch.batch_id}` does not"
        )
    for line in told:
        print(f"{visible(of.source_id)}: {visible(line)}")


def _size(bytes_: int) -> str:
    """`3.2 GB`."""
    value, unit = float(bytes_), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"

"""Commands that need Dagster: run, the daily job by hand, and dev, its web UI with the schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dagster_project.command import HomeOption, JsonOption, catalog_of, fail, notice, open_for_writing, say, say_holes
from dagster_project.display import visible
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from dagster_project.outcomes import RunOutcome


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.command()(run)
    app.command()(dev)


def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Default: all enabled sources.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The daily job now: crawl, read, load, publish what is due, recorded in Dagster.  Example: bantin run

    What schedules do while `bantin dev` runs. A source that fails fails alone and is named; killed, run it again.
    Publishes at most every `publish_every` minutes (bantin.toml).
    """
    from dagster_project import launching

    where = open_for_writing(home, make=False)
    catalog = catalog_of(where)
    done = launching.daily_run(where, sources or [], utc_now, quiet=as_json)
    if as_json:
        say(done, as_json=True)
    else:
        say_run(done)
    unusable = [] if sources else [f"{error.source_id}: not crawled, see above" for error in catalog.errors]
    if not done.succeeded:
        for hole in (*done.holes, *done.findings):
            notice(hole)
        fail(f"{done.problem}; what was fetched and loaded until then is kept, the last snapshot keeps answering")
    say_holes([*done.holes, *done.findings, *unusable])


def say_run(done: RunOutcome) -> None:
    """A line for each source, then the tables."""
    for source_id, counts in done.sources.items():
        print(f"{source_id}: {counts['fetched']} fetched, {counts['requests']} requests, {counts['bytes']} bytes")
    print(f"loaded: {done.new} new bulletins, {done.changed} changed, {done.removed} removed")
    print(f"snapshot: {visible(done.snapshot)}" if done.snapshot else "snapshot: not renewed")
    print(f"run {done.run_id} in Dagster (`bantin dev` shows it)")


def dev(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of the web UI, on this machine only.")] = 3000,
    home: HomeOption = None,
) -> None:
    """Dagster's web UI, its daemon and the daily schedules, until Ctrl-C.  Example: bantin dev --port 3000

    The schedules run as long as this does. Without an enabled source they do nothing. The UI has no password: it
    listens on 127.0.0.1 only.
    """
    from dagster_project import serving

    where = open_for_writing(home)
    catalog_of(where)
    notice(f"the web UI comes up at http://127.0.0.1:{port} in a quarter of a minute; Ctrl-C ends it")
    code = serving.serve(where, port)
    if code:
        fail(f"dagster ended with status {code}; see its lines above. Is port {port} taken? `--port` names another")

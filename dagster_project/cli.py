"""The `bantin` command. A command parses, calls one step, prints one fact; heavy imports wait until they are needed."""

from __future__ import annotations

import errno
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dagster_project import (
    cli_backfill,
    cli_crawl,
    cli_dagster,
    cli_hold,
    cli_learn,
    cli_look,
    cli_source,
    cli_source_add,
    cli_try,
)
from dagster_project.command import (
    HomeOption,
    JsonOption,
    YesOption,
    announce,
    any_stdout,
    catalog_of,
    fail,
    global_home,
    new_run_id,
    notice,
    on_wait,
    open_for_writing,
    say,
    say_holes,
)
from dagster_project.progress import progress
from dagster_project.steps.home import settings, utc_now

app = typer.Typer(
    name="bantin",
    help="Bulletins of Vietnamese official publishers: fetched, cleaned, and kept in a DuckDB warehouse.",
    epilog='Start with:  bantin demo   then:  bantin --home demo-data sql "select title, published_on from bulletin"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli_look.register(app)
cli_source.register(app)
cli_source_add.register(cli_source.source_app)
cli_try.register(app)
cli_learn.register(app)
cli_crawl.register(app)
cli_backfill.register(app)
cli_dagster.register(app)
cli_hold.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as version_of

        typer.echo(f"bantin {version_of('bantin')}")
        raise typer.Exit


@app.callback()
def _common(
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="BANTIN_HOME", help="Folder that holds everything (default: ./data)."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    if home is not None:
        global_home(home)


@app.command()
def demo(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Crawl the bundled, simulated publishers and ask three questions of them.  Example: bantin demo

    Three sites on loopback, no network. Its own home is ./demo-data unless --home names another; a home that holds any
    other source is refused.
    """
    from dagster_project.steps import demo as step

    where = open_for_writing(home, default=Path("demo-data"))
    newsroom = step.prepare(where)
    with progress(quiet=as_json) as report:
        outcome = step.run(where, newsroom, new_run_id(), utc_now, settings(where).jobs, report, on_wait)
    answers = list(step.questions(where))
    if as_json:
        say({"demo": outcome, "questions": answers}, as_json=True)
    else:
        cli_crawl.say_demo(outcome, answers, where.path)
    say_holes(outcome.holes)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help=".html, .txt, .warc(.gz), or folders of these.")],
    source: Annotated[str, typer.Option(help="The source these files belong to.")] = "local",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take local files in: archive, read, load and publish them.  Example: bantin ingest pages/ --source local

    The same bytes again change nothing. Links are not followed; files of other kinds are counted and named.
    """
    from dagster_project.steps import ingesting

    where = open_for_writing(home)
    with progress(quiet=as_json) as report:
        outcome = ingesting.ingest(
            where, catalog_of(where), paths, source, new_run_id(), utc_now,
            jobs=settings(where).jobs, progress=report, on_wait=on_wait,
        )  # fmt: skip
    if as_json:
        say(outcome, as_json=True)
    else:
        cli_look.say_ingest(outcome)
    say_holes(outcome.holes)


@app.command()
def read(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Only these sources.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
    yes: YesOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read archived captures that have no result yet.  Example: bantin read --dry-run

    After an upgrade of the reader: shows which fields would change, asks, then replaces the results.
    """
    from dagster_project.steps import reading, upgrading

    where = open_for_writing(home, make=False)
    catalog = catalog_of(where)
    ids = sources or []
    for source_id in ids:
        catalog.get(source_id)
    with progress(quiet=as_json) as report:
        if not dry_run:
            outcome = reading.read_new(where, catalog, ids, jobs=settings(where).jobs, progress=report)
        diff = upgrading.upgrade_diff(where, catalog, ids, report, settings(where).jobs)
    if dry_run:
        todo = [item for item in reading.unread(where, catalog, ids) if item.stale_version is None]
        say({"unread_segments": len(todo), "upgrade": diff}, as_json=as_json)
        return
    accepted = bool(diff.segments) and (yes or (not as_json and _agrees(diff)))
    if accepted:
        with progress(quiet=as_json) as report:
            upgrading.accept(where, catalog, diff, utc_now(), settings(where).jobs, report)
    shown = {} if diff.segments and not (yes or as_json) else {"upgrade": diff}  # it was, with the question
    say({"read": outcome, **shown, "upgrade_accepted": accepted}, as_json=as_json)
    if accepted and not as_json:
        notice("the tables follow with `bantin load` and `bantin publish`, or the next `bantin run`")
    say_holes([*outcome.tally.damaged.values(), *outcome.tally.failures])


def _agrees(diff: object) -> bool:
    say({"upgrade": diff}, as_json=False)
    return sys.stdin.isatty() and typer.confirm("Replace the stored results with these?")


@app.command()
def load(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Merge what has been read into the tables; safe to run again.  Example: bantin load --home data"""
    from dagster_project.steps import loading
    from dagster_project.steps.holding import holes

    where = open_for_writing(home, make=False)
    run = loading.Run(new_run_id(), "load", utc_now())
    outcome = loading.load_new(where, catalog_of(where), run, utc_now, on_wait)
    failing = [finding.words for finding in outcome.findings if not finding.passed]
    told = {**asdict(outcome), "findings": failing, "held": list(outcome.held)}
    say(outcome if as_json else told, as_json=as_json)
    say_holes(holes(where, outcome.findings))


@app.command()
def publish(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Make the snapshot show what the tables hold.  Example: bantin publish"""
    from dagster_project.steps import loading

    where = open_for_writing(home, make=False)
    say(loading.publish_now(where, catalog_of(where), "publish", utc_now, on_wait), as_json=as_json)


@app.command()
def rebuild(
    accept: Annotated[
        bool, typer.Option("--accept", help="Replace the tables even if they come out different.")
    ] = False,
    accept_loss: Annotated[
        bool,
        typer.Option("--accept-loss", help="Replace them even if segments of the archive are missing or damaged."),
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the tables anew from the archived bytes and compare.  Example: bantin rebuild

    Replaces the old tables only if every digest is equal, or with --accept. Where captures are lost, --accept is not
    enough: put raw/ back from a backup, or give them up with --accept-loss. Needs no network.
    """
    from dagster_project.steps import rebuilding

    where = open_for_writing(home, make=False)
    with progress(quiet=as_json) as report:
        outcome = rebuilding.rebuild(
            where, catalog_of(where), utc_now,
            accept=accept, accept_loss=accept_loss, jobs=settings(where).jobs, progress=report,
        )  # fmt: skip
    say(outcome, as_json=as_json)
    if not outcome.replaced:
        fail(
            "the rebuilt tables differ from the stored ones "
            f"({', '.join(outcome.differing_tables) or 'nothing to compare with'}); nothing was replaced. "
            "Look at the differences above, then repeat with --accept."
        )
    say_holes(outcome.lost)


INTERRUPTED = 130


def main() -> None:
    """Entry point: errors for people go to stderr as they are, exit status 1; a closed pipe ends in silence."""
    from pipelines.records import BantinError

    any_stdout()
    try:
        try:
            app()
        except SystemExit as end:  # how typer always ends; it swallows closed pipes and Ctrl-C
            if isinstance(end.__context__, BrokenPipeError):
                raise end.__context__ from None
            if end.code == INTERRUPTED:
                raise KeyboardInterrupt from None
            sys.stdout.flush()
            raise
    except BantinError as error:
        announce(error)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        _interrupted()
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise
        _interrupted()
    except OSError as error:
        if error.filename is None:  # stdout it was: what is still buffered for it has nowhere to go at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if error.errno == errno.EPIPE:  # `bantin sql … | head`
            raise SystemExit(0) from None
        notice(
            f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}; what was committed is kept. "
            "Make room or set the permissions, then run the same command again."
        )
        raise SystemExit(1) from None


def _interrupted() -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # pressed twice: the sentence still comes out whole
    notice("interrupted; what was committed is kept, run the same command again to go on")
    raise SystemExit(INTERRUPTED) from None


if __name__ == "__main__":
    main()

"""`bantin hold`: batches that wait, and what a person decides of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.cli_look import print_rows
from dagster_project.command import (
    HomeOption,
    JsonOption,
    YesOption,
    catalog_of,
    fail,
    on_wait,
    open_for_reading,
    open_for_writing,
    say,
)
from dagster_project.display import visible
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from dagster_project.steps.holding import HeldBatch

hold_app = typer.Typer(no_args_is_help=True, help="Batches that would harm the tables: list, release, drop.")
BatchArgument = Annotated[str, typer.Argument(metavar="BATCH", help="As `bantin hold list` names it.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.add_typer(hold_app, name="hold")
    hold_app.command("list")(list_batches)
    hold_app.command()(release)
    hold_app.command()(drop)


def list_batches(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Batches that wait, why, and what letting them in would do.  Example: bantin hold list"""
    from dagster_project.steps.holding import held_batches

    batches = [_shown(batch) for batch in held_batches(open_for_reading(home))]
    if as_json:
        say(batches, as_json=True)
    elif not batches:
        print("no batch is held")
    else:
        columns = ("batch", "source", "since", "segments", "captures", "lost", "changed", "new")
        print_rows(columns, [[b["batch_id"], b["source_id"], b["since"], len(b["segments"]), b["captures"],
                              *b["release_would"].values()] for b in batches])  # fmt: skip
        for batch in batches:
            for words in batch["why"]:
                print(f"{batch['batch_id']}: {visible(words)}")


def release(batch: BatchArgument, yes: YesOption = False, home: HomeOption = None) -> None:
    """Let a batch in as it is; the next load takes it.

    Example: bantin hold release bao-vi-du-20261122T073500000000
    """
    from dagster_project.steps import deciding

    where = open_for_writing(home, make=False)
    _agree(deciding.find(where, batch), "Let it in", yes)
    done = deciding.release(where, catalog_of(where), batch, utc_now, on_wait)
    print(
        f"{done.batch_id} is released: {len(done.segments)} segments of {done.source_id} are among its read results"
        " again, the tables are as before. Next: `bantin load`, `bantin publish`."
    )


def drop(batch: BatchArgument, yes: YesOption = False, home: HomeOption = None) -> None:
    """Never load a batch; its captures stay in raw/, and the next crawl asks again for its pages.

    Example: bantin hold drop bao-vi-du-20261122T073500000000
    """
    from dagster_project.steps import deciding

    where = open_for_writing(home, make=False)
    _agree(deciding.find(where, batch), "Drop it", yes)
    done = deciding.drop(where, catalog_of(where), batch, utc_now, on_wait)
    print(
        f"{done.batch_id} is dropped: {done.captures} captures of {done.source_id} stay in raw/ and are not loaded, the"
        f" tables are as before. Next: `bantin crawl {done.source_id}` asks for these pages again; then `bantin read`,"
        " `bantin load`, `bantin publish`."
    )


def _agree(held: HeldBatch, question: str, yes: bool) -> None:
    """Returns if a person wants it; else says that nothing was done, and ends."""
    if yes:
        return
    if not sys.stdin.isatty():
        fail(f"{held.batch_id}: --yes is needed where nobody can be asked; nothing was changed", status=2)
    say(_shown(held), as_json=False)
    if not typer.confirm(f"{question}?"):
        print(f"{held.batch_id} waits as before")
        raise typer.Exit


def _shown(batch: HeldBatch) -> dict[str, Any]:
    effect = batch.effect
    return {
        "batch_id": batch.batch_id,
        "source_id": batch.source_id,
        "held_at": batch.held_at,
        "since": batch.since,
        "segments": list(batch.segments),
        "captures": batch.captures,
        "release_would": {"lost": effect.lost, "changed": effect.changed, "new": effect.new},
        "why": list(batch.why),
    }

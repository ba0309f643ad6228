"""`bantin learn`: the lines of a site that stand inside its articles, shown before the list is written."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.command import (
    HomeOption,
    JsonOption,
    YesOption,
    catalog_of,
    fail,
    home_words,
    open_for_writing,
    say,
    say_holes,
)
from dagster_project.display import visible
from dagster_project.progress import progress
from dagster_project.steps.home import settings, utc_now

if TYPE_CHECKING:
    from dagster_project.steps.learning import Proposal
    from pipelines.records import LearnedLine

_SHOWN_REFUSED = 10


def register(app: typer.Typer) -> None:
    """Add this command to `bantin`."""
    app.command()(learn)


def learn(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="The source whose archive is looked through.")],
    forget: Annotated[
        list[str] | None,
        typer.Option("--forget", metavar="LINE", help="Id or text of a learned line: take it out for good."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference; write nothing.")] = False,
    yes: YesOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn the lines that are the site's own wherever its articles print them.  Example: bantin learn baoquankhu2

    Shows what comes into boilerplate/ID.json and what goes, and asks. Learned lines stay stored, as junk; `bantin read
    ID` then says what that changes.
    """
    from dagster_project.steps import learning

    where = open_for_writing(home, make=False)
    catalog = catalog_of(where)
    if forget:
        proposal = learning.forget(where, catalog, source_id, forget)
    else:
        with progress(quiet=as_json) as report:
            proposal = learning.propose(where, catalog, source_id, settings(where).jobs, report)
    if not as_json:
        _say(proposal)
    asked = proposal.is_change and sys.stdin.isatty() and not (as_json or yes or dry_run)
    agreed = proposal.is_change and not dry_run and (yes or (asked and typer.confirm("Write this list?")))
    file = learning.accept(where, proposal, utc_now()) if agreed else None
    if as_json:
        say(_as_json(proposal, file), as_json=True)
    elif file is not None:
        print(f"written: {visible(str(file))}")
        command = f"bantin {home_words(where.path)}read {source_id}"
        print(f"Next: {visible(command)}   (says what the list changes, and asks)")
    elif not proposal.is_change:
        print("nothing to write: the list says this already")
    if file is None and proposal.is_change and not dry_run:
        if asked:
            fail("nothing was written")
        fail("nothing was written: there is nobody to ask; cure: run the same command with --yes", status=2)
    say_holes(proposal.damaged, rest="`bantin doctor` names all")


def _say(proposal: Proposal) -> None:
    if proposal.layouts:
        layouts = ", ".join(f"{name} ({n})" for name, n in proposal.layouts[:5])
        print(
            f"{proposal.source_id}: {proposal.bulletins} bulletins in {proposal.captures} captures; {visible(layouts)}"
        )
    for sign, lines in (("+", proposal.added), ("-", proposal.removed)):
        for line in lines:
            print(f"{sign} {line.line_id} {visible(line.text)}")
            print(f"    {visible(_evidence(line))}")
    print(f"{len(proposal.added)} added, {len(proposal.removed)} removed, {len(proposal.kept)} kept")
    for text in proposal.newly_forgotten:
        print(f"never to be learned again: {visible(text)}")
    if proposal.refused:
        print(f"repeated and not learned ({len(proposal.refused)}):")
    for one in proposal.refused[:_SHOWN_REFUSED]:
        print(f"  {one.pages} pages, {one.zone}: {visible(one.text[:60])}: {one.why}")


def _evidence(line: LearnedLine) -> str:
    place = line.path or "the article itself"
    return (
        f"{line.rule}; {line.zone} of {line.layout}, in {place}; {line.pages} of {line.of} bulletins, "
        f"{line.first_day} to {line.last_day}; {line.example}"
    )


def _as_json(proposal: Proposal, written: Path | None) -> dict[str, Any]:
    def shown(lines: tuple[LearnedLine, ...]) -> list[dict[str, Any]]:
        return [{"id": line.line_id, **asdict(line)} for line in lines]

    return {
        "source_id": proposal.source_id,
        "bulletins": proposal.bulletins,
        "captures": proposal.captures,
        "layouts": [{"layout": name, "bulletins": n} for name, n in proposal.layouts],
        "added": shown(proposal.added),
        "removed": shown(proposal.removed),
        "kept": shown(proposal.kept),
        "forgotten": proposal.now.forgotten,
        "refused": proposal.refused,
        "damaged": proposal.damaged,
        "written": str(written) if written else None,
    }

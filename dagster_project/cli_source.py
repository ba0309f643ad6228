"""Commands on sources: list, show, enable, disable, check, test. `source_app` holds them all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dagster_project.cli_look import print_rows
from dagster_project.command import (
    DONE_WITH_HOLES,
    HomeOption,
    JsonOption,
    fail,
    home_path,
    notice,
    on_wait,
    open_for_writing,
    say,
    say_holes,
)
from dagster_project.display import visible
from dagster_project.progress import progress
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from crawlers.catalog import Catalog
    from crawlers.source import Source
    from dagster_project.steps.checking import Checked
    from dagster_project.steps.testing import Tested

source_app = typer.Typer(no_args_is_help=True, help="Sources: list, show, add, enable, disable, check, test.")
_WIDTH, _LEAST = 100, 12
"""Columns of a line of the list; least of them for the publisher's name, which is cut to what is left."""
_IdArgument = Annotated[str, typer.Argument(metavar="ID")]
_IdsArgument = Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Only these sources.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.add_typer(source_app, name="source")


@source_app.command("list")
def source_list(
    enabled: Annotated[bool, typer.Option("--enabled", help="Only those that crawls may ask.")] = False,
    sphere: Annotated[str | None, typer.Option(help="Only this sphere: army, police, ministry …")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """All sources, built in and your own, one a line.  Example: bantin source list --sphere army

    ways: how its bulletins are found; `bantin source show ID` tells all of a source.
    """
    from crawlers.source import SPHERES

    if sphere is not None and sphere not in SPHERES:
        fail(f"--sphere {sphere}: expected one of {', '.join(SPHERES)}", status=2)
    catalog = _catalog(home)
    chosen = [s for s in catalog if (s.enabled or not enabled) and sphere in (None, s.sphere)]
    columns = ("source", "enabled", "sphere", "status", "rhythm", "family", "name", "ways")
    if as_json:
        rows = [
            (s.source_id, "yes" if s.enabled else "no", s.sphere, s.status, s.rhythm, s.family, s.name, _ways(s))
            for s in chosen
        ]
        say([dict(zip(columns, row, strict=True)) for row in rows], as_json=True)
    else:
        _say_list(chosen, len(catalog), len(catalog.errors))
    for error in catalog.errors:
        notice(str(error))
    if catalog.errors:
        raise typer.Exit(DONE_WITH_HOLES)


def _say_list(sources: list[Source], known: int, broken: int) -> None:
    from rich.cells import cell_len, set_cell_size

    rows = [("source", "enabled", "sphere", "status", "rhythm", "ways")]
    for s in sources:
        rows.append(
            (s.source_id, "yes" if s.enabled else "no", s.sphere or "-", s.status, s.rhythm or "-", _ways(s) or "-")
        )
    widths = [max(cell_len(row[i]) for row in rows) for i in range(len(rows[0]))]
    left = max(_LEAST, _WIDTH - sum(widths) - 2 * len(widths))
    for row, name in zip(rows, ("publisher", *(visible(s.name) for s in sources)), strict=True):
        short = name if cell_len(name) <= left else set_cell_size(name, left - 1).rstrip() + "…"
        print("  ".join([*(set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True)), short]))
    on = sum(s.enabled for s in sources)
    shown = f"{len(sources)} sources" if len(sources) == known else f"{len(sources)} of {known} sources"
    print(f"{shown}, {on} enabled{f', {broken} with a broken file' if broken else ''}")


def _ways(source: Source) -> str:
    """`sitemap+feed`, in the order of the file; `listing x3`."""
    kinds = [way.kind for way in source.discover]
    return "+".join(f"{kind} x{kinds.count(kind)}" if kinds.count(kind) > 1 else kind for kind in dict.fromkeys(kinds))


@source_app.command("show")
def source_show(source_id: _IdArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Everything a source file says, defaults included.  Example: bantin source show qdnd"""
    say(_catalog(home).get(source_id), as_json=as_json)


@source_app.command("enable")
def source_enable(source_id: _IdArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Let crawls ask this publisher's server.  Example: bantin source enable baoquankhu2"""
    _switch(source_id, True, home, as_json)


@source_app.command("disable")
def source_disable(source_id: _IdArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Crawl this source no more; what is known of it stays.  Example: bantin source disable baoquankhu2"""
    _switch(source_id, False, home, as_json)


def _switch(source_id: str, enabled: bool, home: HomeOption, as_json: bool) -> None:
    from crawlers.switch import set_enabled

    where = open_for_writing(home)
    file, changed = set_enabled(where.path, source_id, enabled)
    word = "enabled" if enabled else "disabled"
    if as_json:
        say({"source_id": source_id, "enabled": enabled, "changed": changed, "file": str(file)}, as_json=True)
    elif changed:
        print(f"{visible(source_id)} {word} in {visible(str(file))}")
    else:
        print(f"{visible(source_id)} was {word} already", file=sys.stdout)


@source_app.command("check")
def source_check(sources: _IdsArgument = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The truth about live sources in a minute: lists, newest bulletins, fields.  Example: bantin source check qdnd

    About twelve requests a source, at its own pace; nothing is stored. Without ID all enabled sources; a disabled one
    may be named. Verdicts: healthy, quiet, rotten, blocked, moved, unreachable.
    """
    from dagster_project.steps import checking, looking

    where, catalog = looking.home_and_catalog(home_path(home))
    with progress(quiet=as_json) as report:
        found = checking.check(where, catalog, sources or [], utc_now, report, on_wait)
    if as_json:
        say(found, as_json=True)
    else:
        for checked in found:
            _say_checked(checked)
    errors = [] if sources else [str(error) for error in catalog.errors]
    say_holes([*(f"{c.source_id}: {c.verdict}: {c.reason}" for c in found if not c.well), *errors])


def _say_checked(checked: Checked) -> None:
    print(f"{checked.source_id}: {checked.verdict}: {visible(checked.reason)}")
    if checked.page:
        print(f"  page: {visible(checked.page)}")
    if checked.cure:
        print(f"  cure: {visible(checked.cure)}")
    print(f"  robots.txt: {visible(checked.robots)}; {checked.requests} requests")
    for way in checked.ways:
        print(f"  {visible(way.way)}: {visible(way.words)}")
    for page in checked.pages:
        print(f"  {visible(page.url)}: {visible(page.words)}")
        if page.title:
            print(f"    {page.published_on or 'no day'}  {visible(page.title)[:90]}")
    for doubt in checked.doubts:
        print(f"  doubt: {visible(doubt)}")


@source_app.command("test")
def source_test(sources: _IdsArgument = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Read the stored fixtures of sources by today's rules and compare; no network.  Example: bantin source test qdnd

    Fixtures: `sources/ID/fixtures.json` of the home and the pages beside it. Drafts are compared too.
    """
    from dagster_project.steps import looking, testing

    where, catalog = looking.home_and_catalog(home_path(home))
    found = testing.tested_sources(where.path if where else None, catalog, sources or [])
    if as_json:
        say(found, as_json=True)
    else:
        for tested in found:
            _say_tested(tested)
        if not found:
            print("no source has fixtures")
    errors = [] if sources else [str(error) for error in catalog.errors]
    say_holes([*(hole for tested in found for hole in tested.holes), *errors])


def _say_tested(tested: Tested) -> None:
    drafts = sum(not page.checked for page in tested.pages)
    told = f", {drafts} of them drafts that nobody has checked" if drafts else ""
    as_said = sum(not page.differences for page in tested.pages)
    print(f"{tested.source_id}: {as_said} of {len(tested.pages)} pages read as their fixtures say{told}")
    rows = [
        (page.file, one.field, one.expected, one.found) for page in tested.pages for one in page.differences
    ]  # fmt: skip
    if rows:
        print_rows(("fixture", "field", "expected", "found"), rows)


def _catalog(home: HomeOption) -> Catalog:
    from crawlers.catalog import load_catalog

    path = home_path(home)
    return load_catalog(path if path.is_dir() else None)

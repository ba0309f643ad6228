"""`bantin source add`: from an address to a source file, shown before it is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.command import (
    HomeOption,
    JsonOption,
    YesOption,
    fail,
    home_path,
    home_words,
    notice,
    on_wait,
    open_for_writing,
    say,
    say_holes,
)
from dagster_project.display import visible, visible_lines, write_rows
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from crawlers.drafting.storing import Written
    from crawlers.drafting.wanted import Wanted
    from dagster_project.steps.adding import Added


def source_add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The publisher's start page.")],
    source_id: Annotated[str | None, typer.Option("--id", help="Its id; else made of its host.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Its server may be in a private network, or this machine.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file; write nothing.")] = False,
    yes: YesOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at a publisher's site and draft its source file.  Example: bantin source add https://baoquankhu2.vn/

    Asks at most 60 addresses of the site, politely, robots.txt first, and nobody else. The source stays disabled.
    """
    from crawlers.drafting.storing import write
    from crawlers.drafting.wanted import wanted
    from dagster_project.steps import adding, looking

    where = looking.some_home(home_path(home))
    what = wanted(where.path if where else None, url, source_id, allow_private)
    if not as_json:
        _say_before(what, adding.BUDGET)
    added = adding.look(where, what, utc_now, (lambda _: None) if as_json else notice, on_wait)
    if not as_json:
        _say_found(added)
    asked = sys.stdin.isatty() and not (as_json or yes or dry_run)
    agreed = yes or (asked and typer.confirm(f"Write sources/{added.drafted.source_id}.toml and its fixtures?"))
    written = write(open_for_writing(home).path, added.drafted) if agreed and not dry_run else None
    if as_json:
        say(_as_json(added, written), as_json=True)
    elif written is not None:
        _say_written(added, written)
    if written is None and not (dry_run or asked):
        fail("nothing was written: there is nobody to ask; cure: run the same command with --yes", status=2)
    if written is None and asked:
        fail("nothing was written")
    say_holes(added.drafted.missing, rest="the file names all")


def _say_before(wanted: Wanted, budget: int) -> None:
    minutes = budget * wanted.delay_s / 60
    long = f"{minutes:.0f} minutes" if minutes >= 1.5 else "a minute" if minutes >= 0.5 else "half a minute"
    notice(
        f"looking at {wanted.host}: at most {budget} requests, one every {wanted.delay_s:g} s, so up to {long} and the "
        "time its server takes"
    )


def _say_found(added: Added) -> None:
    found, drafted = added.findings, added.drafted
    print(f"{visible(drafted.source.publisher)}: {visible(found.home)}, {found.requests} requests\n")
    print("Ways of finding its bulletins:" if found.ways else "No way of finding its bulletins.")
    for way in found.ways:
        reach = f", reaches about {way.estimate}" if way.estimate is not None else ""
        print(f"  {way.way.kind:<8} {visible(way.way.url)}: {len(way.items)} on {way.pages_seen} pages read{reach}")
    layout = drafted.layout
    facts = {
        "bulletins' addresses": found.url.bulletin or "no rule",
        "family": f"{drafted.family.name or 'none'} ({drafted.family.evidence})",
        "layout": layout.why if layout.layout is None else f"{', '.join(_fields(added))}: {layout.why}",
        "rhythm": f"{drafted.rhythm.rhythm or 'unknown'} ({drafted.rhythm.evidence})",
        "would collect": f"about {drafted.estimate} bulletins" if drafted.estimate is not None else "unknown",
    }
    for name, value in facts.items():
        print(f"{name}: {visible(value)}")
    for doubt in drafted.doubts:
        print(f"doubt: {visible(doubt)}")
    if drafted.rows:
        print("\nThe sample, as it reads with this file:")
        rows = [(row.published_on, row.listed_on, row.words, row.title, row.url) for row in drafted.rows]
        write_rows(("date", "date on lists", "words", "title", "url"), rows, "table", sys.stdout)
    print(f"\nsources/{drafted.source_id}.toml\n\n{visible_lines(drafted.text)}")


def _fields(added: Added) -> list[str]:
    layout = added.drafted.layout.layout
    names = ("title", "published", "lead", "body", "caption", "byline", "section", "view_count", "remove")
    return [name for name in names if layout is not None and getattr(layout, name)]


def _say_written(added: Added, written: Written) -> None:
    source_id = added.drafted.source_id
    print(f"written: {visible(str(written.file))}")
    if written.fixtures is not None:
        print(f"fixtures: {visible(str(written.fixtures))} ({len(added.drafted.fixtures)} pages, drafts)")
    named = home_words(written.file.parent.parent)
    print("Next: read the file, then")
    for command in (f"source test {source_id}", f"source enable {source_id}", f"crawl {source_id}"):
        print(f"  bantin {visible(named)}{command}")


def _as_json(added: Added, written: Written | None) -> dict[str, Any]:
    found, drafted = added.findings, added.drafted
    return {
        "source_id": drafted.source_id,
        "written": str(written.file) if written else None,
        "fixtures": str(written.fixtures) if written and written.fixtures else None,
        "requests": found.requests,
        "ways": [
            {"way": way.way, "items": len(way.items), "pages": way.pages_seen, "estimate": way.estimate}
            for way in found.ways
        ],
        "url": found.url,
        "family": drafted.family,
        "layout": drafted.layout.layout,
        "rhythm": drafted.rhythm,
        "estimate": drafted.estimate,
        "doubts": drafted.doubts,
        "missing": drafted.missing,
        "sample": drafted.rows,
        "text": drafted.text,
    }


def register(app: typer.Typer) -> None:
    """Add `add` to the `source` commands."""
    app.command("add")(source_add)

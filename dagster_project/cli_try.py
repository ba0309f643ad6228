"""The command try: one page of a live site, fetched and read, nothing stored."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.cli_look import tell_fields, tell_lines, tell_media
from dagster_project.command import DONE_WITH_HOLES, HomeOption, JsonOption, fail, home_path, on_wait, say
from dagster_project.display import visible
from dagster_project.steps.home import utc_now

if TYPE_CHECKING:
    from dagster_project.steps.looking import Tried


def register(app: typer.Typer) -> None:
    """Add this command to `bantin`."""
    app.command("try")(try_page)


def try_page(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of one page.")],
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Read it by the rules of this source, not of the host's.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask also where the address is in a private network.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch and read one page, store nothing.  Example: bantin try https://baoquankhu2.vn/mot-bai-viet/

    robots.txt and the pace of its host are kept to. Needs no home, but its `contact` where others are asked.
    """
    from dagster_project.steps import looking

    where, catalog = looking.home_and_catalog(home_path(home))
    tried = looking.try_url(where, catalog, url, source, allow_private, utc_now, on_wait)
    if as_json:
        say(tried_as_json(tried), as_json=True)
    else:
        _tell_tried(tried)
    if tried.page.reading.kind != "bulletin":
        fail(f"{tried.page.look.url}: no bulletin: {tried.page.reading.kind_rule}", status=DONE_WITH_HOLES)


def _tell_tried(tried: Tried) -> None:
    look, reading = tried.page.look, tried.page.reading
    led = f"\n  led to {visible(look.final_url)}" if look.final_url else ""
    print(f"{visible(look.url)}{led}")
    print(f"  HTTP {look.status}, {visible(look.content_type or 'no content type')}, {len(look.payload)} bytes")
    by = f"source {tried.source_id}" if tried.source_id else "no source has this host"
    print(f"  {by}; {tried.page.layout or 'no layout'}; family {tried.page.family or 'unknown'}")
    print(f"  kind {reading.kind}: {visible(reading.kind_rule)}")
    if reading.bulletin is not None:
        tell_fields([asdict(row) for row in reading.evidence], asdict(reading.bulletin))
    tell_lines([line._asdict() for line in reading.lines])
    tell_media([asdict(image) for image in reading.images], [asdict(file) for file in reading.attachments])
    for doubt in reading.doubts:
        print(f"\nDoubt ({doubt.severity}, {visible(doubt.rule)}): {visible(doubt.detail)}")


def tried_as_json(tried: Tried) -> dict[str, Any]:
    """The JSON of `try`: the answer without its bytes, what was used to read it, and what was read."""
    look, reading = tried.page.look, tried.page.reading
    return {
        "url": look.url,
        "final_url": look.final_url,
        "status": look.status,
        "content_type": look.content_type,
        "bytes": len(look.payload),
        "fetched_at": look.fetched_at,
        "source_id": tried.source_id,
        "layout": tried.page.layout,
        "family": tried.page.family,
        "requests": tried.requests,
        "kind": reading.kind,
        "kind_rule": reading.kind_rule,
        "fields": None if reading.bulletin is None else asdict(reading.bulletin),
        "evidence": [asdict(row) for row in reading.evidence],
        "lines": [line._asdict() for line in reading.lines],
        "images": [asdict(image) for image in reading.images],
        "attachments": [asdict(file) for file in reading.attachments],
        "doubts": [asdict(doubt) for doubt in reading.doubts],
    }

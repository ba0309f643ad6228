"""What `bantin show` prints of the people, organizations, events, documents and copies of a bulletin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster_project.display import visible

if TYPE_CHECKING:
    from dagster_project.steps.showing import Shown


def tell_mentions(shown: Shown) -> None:
    """Who, what, when, where: one line each, with the lines of the bulletin that say it."""
    if shown.people:
        print("\nPeople")
    for row in shown.people:
        told = ", ".join(filter(None, [row["rank"], row["title"], *(row["posts"] or [])]))
        print(f"  {visible(row['full_name'])}: {visible(told) or 'no rank or post'}  {_lines(row)}")
    if shown.organizations:
        print("\nOrganizations")
    for row in shown.organizations:
        short = ", ".join(filter(None, (row["abbreviation"], row["unit_code"])))
        owner = f" of {visible(row['parent'])}" if row["parent"] else ""
        print(f"  {visible(row['name'])}{f' ({visible(short)})' if short else ''}{owner}  {_lines(row)}")
    if shown.events:
        print("\nEvents")
    for row in shown.events:
        day = row["start_date"] or "day not told"
        until = f" to {row['end_date']}" if row["end_date"] != row["start_date"] else ""
        print(
            f"  {row['event_type']}, {day}{until}: {visible(row['topic'] or 'topic not told')}  line {row['line_no']}"
        )
        for name in ("place", "mode", "organizer"):
            if row[name]:
                print(f"    {name}: {visible(row[name])}")
        if row["participants"]:
            print("    " + visible("; ".join(row["participants"])))
    if shown.documents:
        print("\nDocuments")
    for row in shown.documents:
        issuer = f" ({visible(row['issuer'])})" if row["issuer"] else ""
        told = " ".join(filter(None, (row["document_type"], row["number"], row["subject"])))
        print(f"  {visible(told)}{issuer}  {_lines(row)}")
    for row in shown.copies:
        print(
            f"\nSame story: {row['kind']} {row['bulletin_id']} of {visible(row['source_id'])}: {visible(row['reason'])}"
        )


def _lines(row: dict[str, Any]) -> str:
    return f"line{'s' * (len(row['lines']) > 1)} {', '.join(map(str, row['lines']))}"

"""Whether a page without items is the one behind the last, or a list that broke in the middle. Pure."""

from __future__ import annotations

FULL = 10
"""Items: a first page of so many is seldom the whole list."""


def doubt_of_end(found: str, *, blank: bool, place: int, held: int, behind: int, first: int, paging: str) -> str | None:
    """Why the end of a list is not believed; None: it is.

    found   what came instead of items
    blank   it says beyond doubt that there is nothing
    place   of the page, from 0; the first one is never the end
    held    items of this page when it was last read, behind: of the next one
    first   items of the first page
    """
    if held and behind:
        return (
            f"page {place + 1} held {held} items and is empty now, and {behind} were behind it: believed the next time"
        )
    if place == 1 and not blank and not held and first >= FULL:
        return f"its second page shows no items ({found}): is {paging} right?"
    return None

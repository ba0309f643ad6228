"""Whether a newest-first list may be left at its first page today: its publisher rests, nothing is pinned on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawlers.frontier import Frontier
from crawlers.segment import VIETNAM

HORIZON = timedelta(days=14)  # older than this nothing moves on a newest-first list but by the weekly full walk
RESTS = "the next full walk sees the rest"
"""In the stop reason of a list that rightly was left before its end."""
# Of a URL that no list gave a day, the 31st of its month: whatever its day is, it is not later. Days compare as text.
_DAY = "coalesce(listed_date, month || '-31')"


def quiet(frontier: Frontier, way: str, keys: Sequence[str], now: datetime) -> str | None:
    """Why the list need not be followed behind its first page; None: it must be.

    keys  all that the first page lists, each of them known before; not empty
    Items that are pinned on top hide new ones on the next page. But then they are no newer than what stands below them,
    and that is known: whoever asks has read the whole list in the last days.
    """
    days = [day for (day,) in frontier.of_keys(_DAY, keys)]
    horizon = (now.astimezone(VIETNAM) - HORIZON).date().isoformat()
    if len(days) < len(keys) or max(days) >= horizon or max(days) != _newest_day(frontier, way):
        return None
    return f"nothing new, and the first page is all older than {HORIZON.days} days; {RESTS}"


def _newest_day(frontier: Frontier, way: str) -> str | None:
    """Latest day of what all pages of a way listed when they were last read."""
    found: tuple[str | None] = frontier.con.execute(
        f"select max({_DAY}) from page join listed using (page) join url on url.key = listed.key where way = ?", (way,)
    ).fetchone()
    return found[0]

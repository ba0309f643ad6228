"""Dates as Vietnamese offices write them: the only date grammar of the project.

Day always before month; a month over 12 or a day that does not exist is no date, never one with its parts swapped.
`date_words` cuts the text, `date_grammar` has the rules, `date_values` the calendar, `dateline` reads one moment.
Sources: Decree 30/2020/NĐ-CP, Annex I (datelines: leading zero for days under 10, months 1 and 2), and usage.
"""

from __future__ import annotations

from datetime import date

from pipelines.normalize.date_grammar import read_dates
from pipelines.normalize.date_values import VIETNAM, DateMention
from pipelines.normalize.dateline import Moment, PastDay, latest_past_day, metadata_moment, publication_moment

__all__ = [
    "VIETNAM",
    "DateMention",
    "Moment",
    "PastDay",
    "find_dates",
    "latest_past_day",
    "metadata_moment",
    "publication_moment",
]


def find_dates(text: str, anchor: date | None = None) -> list[DateMention]:
    """Every date, time, period and duration a text mentions, in order of position, never overlapping.

    text     any text, e.g. a bulletin's body; NFD, fullwidth digits and no-break spaces are read as what they look like
    anchor   the publication day, in Vietnam: `8-7` is the last 8 July at or before it (with `tới` the next one), and
             `hôm nay`, `quý III`, `năm ngoái` are counted from it. Without it such forms are left out
    left out what only looks like a date: numbers of documents (28-NQ/TW), names (Bệnh viện 19-8), ratios, scores,
             impossible days, and days or months that could be two different ones
    """
    return read_dates(text, anchor)[0]

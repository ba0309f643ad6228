"""What stories are told from: the text of a bulletin, and what is known about its publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StoryText:
    """The columns of `bulletin` that hold its words, '' where it has none, and its day of publication, if known."""

    bulletin_id: str
    title: str
    lead: str
    body: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What tells the original among bulletins of one story.

    published_at   aware; None where no clock time is known
    first_seen_at  aware
    publisher      e.g. `Báo Quân khu 2`
    agency_prefix  e.g. `QK2`, as the text starts with
    credit         whom the text itself names as its source (story_credits.credit_of), e.g. `TTXVN`
    length         syllables or words of title, lead and body
    """

    bulletin_id: str
    first_seen_at: datetime
    published_on: date | None = None
    published_at: datetime | None = None
    publisher: str = ""
    agency_prefix: str | None = None
    credit: str | None = None
    length: int = 0

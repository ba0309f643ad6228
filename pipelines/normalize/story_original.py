"""Which of several bulletins that tell one story was likely the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.normalize.dates import VIETNAM
from pipelines.normalize.story_credits import is_house
from pipelines.normalize.story_text import StoryFacts

_LONGER = 0.9
"""Share of the longest text from which a text counts as of full length: copies differ in a caption or a byline."""

Answer = tuple[list[StoryFacts], str]


def original_of(members: Sequence[StoryFacts]) -> tuple[str, str]:
    """The bulletin_id of the likely original, and why.

    Each question leaves those it speaks for, until one is left: published first (those of an unknown day stay in);
    whom others credit; who credits nobody else; who has a prefix of its own house; full length; seen first.
    """
    left = sorted(members, key=lambda its: its.bulletin_id)
    reasons = list[str]()
    for question in (_published_first, _credited, _credits_nobody, _own_prefix, _full_length, _seen_first):
        kept, reason = question(left)
        if kept and len(kept) < len(left):
            left = kept
            reasons.append(reason)
        if len(left) == 1:
            break
    if len(left) > 1:
        reasons.append("smallest bulletin_id of equals")
    return left[0].bulletin_id, "; ".join(reasons) or "the only one with the whole text"


def _published_first(members: Sequence[StoryFacts]) -> Answer:
    days = [day for its in members if (day := _day(its)) is not None]
    if not days:
        return [], ""
    first = min(days)
    kept = [its for its in members if _day(its) in (first, None)]
    instants = [its.published_at for its in kept if its.published_at is not None]
    if len(instants) == len(kept):
        earliest = min(instants)
        when = earliest.astimezone(VIETNAM).isoformat()
        return [its for its in kept if its.published_at == earliest], f"published first, {when}"
    doubt = ", or on an unknown day" if any(_day(its) is None for its in kept) else ""
    return kept, f"published first, on {first.isoformat()}{doubt}"


def _day(its: StoryFacts) -> date | None:
    if its.published_on is not None or its.published_at is None:
        return its.published_on
    return its.published_at.astimezone(VIETNAM).date()


def _credited(members: Sequence[StoryFacts]) -> Answer:
    named = [(house, its) for its in members for house in _houses(its)]
    kept = [its for its in members if any(by is not its and is_house(house, its.publisher) for house, by in named)]
    return kept, "credited by another"


def _credits_nobody(members: Sequence[StoryFacts]) -> Answer:
    kept = [its for its in members if all(is_house(house, its.publisher) for house in _houses(its))]
    return kept, "credits no other house"


def _own_prefix(members: Sequence[StoryFacts]) -> Answer:
    kept = [its for its in members if its.agency_prefix and is_house(its.agency_prefix, its.publisher)]
    return kept, "starts with the prefix of its own house"


def _full_length(members: Sequence[StoryFacts]) -> Answer:
    longest = max(its.length for its in members)
    return [its for its in members if its.length >= _LONGER * longest], "longer text"


def _seen_first(members: Sequence[StoryFacts]) -> Answer:
    first = min(its.first_seen_at for its in members)
    return [its for its in members if its.first_seen_at == first], "seen first"


def _houses(its: StoryFacts) -> list[str]:
    return [house for house in (its.credit, its.agency_prefix) if house]

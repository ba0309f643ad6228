"""Whether two bulletins tell one story: a reprint, an edited reprint or a teaser, and why.

Unlike texts share up to 6 % of their shingles, copies 85 % and more; but what the same unit writes about another event
on the same template shares 50 to 80 %, as much as an edited copy does. There the particulars decide (particulars.py),
and the days: a reprint appears within days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipelines.normalize.particulars import (
    DAY,
    KINDS,
    NAME,
    Agreement,
    Particulars,
    agreement,
    missing,
    missing_of_title,
    particulars,
)
from pipelines.normalize.shingles import shingles, syllables
from pipelines.normalize.sketches import HEAD, near, too_little
from pipelines.normalize.story_text import StoryText

REPRINT, EDITED, TEASER = "reprint", "edited", "teaser"
_OF_ALL = "of the shingles shared"
_SHARED = {REPRINT: _OF_ALL, EDITED: _OF_ALL, TEASER: "of the teaser in the head of the other text"}
SAME = 0.85
"""Jaccard of a reprint: another title, byline or prefix, a sentence more or less."""
CHANGED = 0.4
"""Jaccard of an edited reprint: a third of the sentences changed on a text of the same length gives about .5."""
IDENTICAL = 0.95
"""Jaccard of what is published again after more than a month."""
CUT = 0.75
"""Share of a shorter version that is in the longer one, half of it in its head: who cuts keeps how the story starts."""
TEASER_MOST, TEASER_SHARE = 100, 0.7
"""Shingles of a teaser; share of them in the head of the text it stands for, which is at least twice as long."""
OTHER_SHARE, OTHER_SHARE_OF_KIND, OTHER_SHARE_OF_OTHER_DAY = 0.25, 0.34, 0.1
"""Share of places where both texts tell something else, from which they tell two events: of all places, of those of one
kind, and of all where no day agrees and one differs."""
OVERLAP = 0.5
"""Share of the figures, days and names of one text that an edited copy has, wherever it tells them."""
SHORT = 60
"""Shingles under which one phrase of the house may be all a text says: its title must tell the same, too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bulletins of one story.

    one, other  bulletin_ids; of a teaser `one` is the teaser, else the smaller comes first
    kind        reprint, edited, teaser
    similarity  Jaccard of the three-syllable shingles; of a teaser the share of its own in the other's head
    days        between the publications; None: one is unknown
    why         the evidence, in words
    """

    one: str
    other: str
    kind: str
    similarity: float
    days: int | None
    why: str


@dataclass(frozen=True, slots=True)
class _Features:
    """every: shingles; told: those of lead and body; title: its syllables."""

    text: StoryText
    every: frozenset[int]
    told: frozenset[int]
    title: frozenset[str]


def compare(one: StoryText, other: StoryText) -> Pair | None:
    """None: two stories, or too little text to tell. The order of the two does not matter."""
    mine, theirs = _features(one), _features(other)
    if mine is None or theirs is None or one.bulletin_id == other.bulletin_id:
        return None
    shared = len(mine.every & theirs.every)
    jaccard = shared / (len(mine.every) + len(theirs.every) - shared)
    soon = near(one.published_on, other.published_on)
    if not soon and jaccard < IDENTICAL:
        return None
    small, large = sorted((mine, theirs), key=lambda its: (len(its.told), its.text.bulletin_id))
    kind, similarity = _kind(small, large, jaccard)
    if kind is None:
        return None
    why = f"{similarity:.0%} {_SHARED[kind]}"
    if jaccard < 1:  # otherwise every figure is the same, too
        extract, whole = _particulars(small.text), _particulars(large.text)
        found = agreement(extract, whole)
        if kind == TEASER:
            if any(found.other.values()) or not _all_told(extract, whole):
                return None
        elif _tell_two_events(found, soon, jaccard):
            return None
        why = f"{why}; {_agreeing(found)}"
    first, second = small.text.bulletin_id, large.text.bulletin_id
    if kind != TEASER:
        first, second = sorted((first, second))
    days = abs((one.published_on - other.published_on).days) if one.published_on and other.published_on else None
    return Pair(first, second, kind, round(similarity, 3), days, why)


@lru_cache(maxsize=1024)  # pairs come by bulletin; some 60 MB
def _features(text: StoryText) -> _Features | None:
    title, lead, body = (syllables(part) for part in (text.title, text.lead, text.body))
    told = shingles((lead, body))
    if too_little(lead, body, told):
        return None
    return _Features(
        text,
        every=frozenset(told | shingles((title,))),
        told=frozenset(told),
        title=frozenset(title),
    )


@lru_cache(maxsize=1024)
def _head(text: StoryText) -> frozenset[int]:
    """Shingles of the title and of the first syllables."""
    title, lead, body = (syllables(part) for part in (text.title, text.lead, text.body))
    return frozenset(shingles((title, lead[:HEAD], body[:HEAD])))


@lru_cache(maxsize=1024)
def _particulars(text: StoryText) -> Particulars:
    return particulars(text.title, (text.lead, text.body))


def _kind(small: _Features, large: _Features, jaccard: float) -> tuple[str | None, float]:
    shared = len(small.told & large.told)
    if len(small.told) <= TEASER_MOST and 2 * len(small.told) <= len(large.told):
        share = len(small.told & _head(large.text)) / len(small.told)
        return (TEASER if share >= TEASER_SHARE else None), share
    if len(large.told) < SHORT and not _titles_agree(small, large):
        return None, jaccard
    if jaccard >= CHANGED:
        return (REPRINT if jaccard >= SAME else EDITED), jaccard
    if shared < CUT * len(small.told):
        return None, jaccard
    head = _head(large.text)
    return (EDITED if 2 * len(small.told & head) >= min(len(small.told), len(head)) else None), jaccard


def _titles_agree(one: _Features, other: _Features) -> bool:
    """Half of the words of the shorter; a missing title agrees with any."""
    return 2 * len(one.title & other.title) >= min(len(one.title), len(other.title))


def _all_told(teaser: Particulars, whole: Particulars) -> bool:
    """Whether the text tells every figure and day of the teaser, and every name but one, which may be cut off.

    Of its title also the names: `Sư đoàn 391` above the stock lead of a house is another event.
    """
    names = [its[0] == NAME for its in missing(teaser, whole)]
    return all(names) and len(names) <= 1 and not missing_of_title(teaser, whole)


def _tell_two_events(found: Agreement, soon: bool, jaccard: float) -> bool:
    """Whether what differs between the two is more than an editor changes; after a month he changes nothing."""
    same, other = sum(found.same.values()), sum(found.other.values())
    if other and not soon:
        return True
    if other > OTHER_SHARE * (same + other):
        return True
    if found.other[DAY] and not found.same[DAY] and other > OTHER_SHARE_OF_OTHER_DAY * (same + other):
        return True
    if any(found.other[kind] > max(1, OTHER_SHARE_OF_KIND * (found.same[kind] + found.other[kind])) for kind in KINDS):
        return True
    return jaccard < SAME and found.overlap is not None and found.overlap < OVERLAP


def _agreeing(found: Agreement) -> str:
    told = ", ".join(
        f"{found.same[of]} of {found.same[of] + found.other[of]} {of}s"
        for of in KINDS
        if found.same[of] + found.other[of]
    )
    differing = f"; other: {found.example}" if found.example else ""
    return f"the same in the same words: {told or 'none'}{differing}"

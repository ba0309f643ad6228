"""Does a bulletin agree with itself? Sums, counts of lists, weekdays, events after their own publication.

A failed check changes no value: it is a doubt that a person may look at. Each rule speaks only where both sides are
told in one sentence, so that what merely looks like a sum is not called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import regex

from pipelines.normalize.mentions import BulletinText, Event, Quantity
from pipelines.normalize.spelling import plain
from pipelines.records import Doubt

if TYPE_CHECKING:
    from pipelines.normalize.bulletin import LineFinds

_SENTENCE_END = regex.compile(r"[.!?…](?=\s+\p{Lu}|\s*$)")
_PARTS_FOLLOW = regex.compile(r"\b(?:trong đó|gồm|bao gồm|cụ thể)\b", regex.IGNORECASE)
_MAY_FOLLOW = ("trong đó", "gồm", "cụ thể")
_NOT_ALL = regex.compile(
    r"\b(?:như|nhất là|đặc biệt|chủ yếu|tiêu biểu|riêng|hơn|trên|khoảng|gần|v\.v|…|\.\.\.)", regex.IGNORECASE
)
"""Parts told as examples make no sum."""
_LIST = regex.compile(
    r"\b(?:gồm|bao gồm|là)\b(?: có)?[^:.;]{0,90}:\s*(?P<items>(?:[^.;:]|(?<=\d)\.(?=\d)){3,1500})",
    regex.IGNORECASE,
)
"""A full stop between digits ends no list: Bệnh viện 19.8."""
_ITEM = regex.compile(r",\s+|\s+và\s+|\s*;\s*")
_OPEN_END = regex.compile(r"(?:…|\.\.\.|v\.v)\.?\s*$")


def check(bulletin: BulletinText, lines: Sequence[LineFinds], events: Sequence[Event]) -> tuple[Doubt, ...]:
    """Doubts, rules: parts-and-total, list-and-count, event-after-publication, weekday-mismatch."""
    found = [*_sums(lines), *_lists(lines), *_weekdays(lines), *_late_events(bulletin.published_on, events)]
    return tuple(dict.fromkeys(found))


def _sums(lines: Sequence[LineFinds]) -> Iterator[Doubt]:
    """`13 chỉ tiêu, trong đó đạt 7 chỉ tiêu, chưa thực hiện 3 chỉ tiêu, có 3 chỉ tiêu chưa đạt`: 7 + 3 + 3 = 13.

    Parts of the total's own noun in its sentence behind `trong đó`. Two that add up to less need not be all there are;
    three are taken for all.
    """
    for finds in lines:
        text = finds.line.text
        if not finds.quantities or not _may_tell_parts(text):
            continue
        for start, end in _sentences(text):
            here = [
                q for q in finds.quantities if start <= q.start and q.end <= end and q.qualifier == "eq" and q.counts
            ]
            split = _PARTS_FOLLOW.search(text, start, end)
            if split is None or _NOT_ALL.search(text, split.start(), end):
                continue
            totals = [q for q in here if q.end <= split.start()]
            if not totals:
                continue
            total = totals[-1]
            parts = [q for q in here if q.start >= split.end() and _same_noun(q.counts, total.counts)]
            added = sum(part.value for part in parts)
            if (len(parts) >= 2 and added > total.value) or (len(parts) >= 3 and added != total.value):
                told = " + ".join(f"{part.value:g}" for part in parts)
                yield Doubt(
                    "parts-and-total", "warning",
                    f"line {finds.line.line_no}: {told} {total.counts} are {added:g}, not {total.value:g}:"
                    f" {text[total.start : end][:200]}",
                )  # fmt: skip


def _may_tell_parts(text: str) -> bool:
    """Whether the words before parts are there: most lines have none, and this is far cheaper than their pattern."""
    low = plain(text).low
    return any(words in low for words in _MAY_FOLLOW)


def _lists(lines: Sequence[LineFinds]) -> Iterator[Doubt]:
    """`gồm 07 đơn vị: A, B, C …` lists as many as it says, unless it ends in `…`."""
    for finds in lines:
        text = finds.line.text
        if not finds.quantities or ":" not in text:
            continue
        for match in _LIST.finditer(text):
            items = match["items"]
            counted = [q for q in finds.quantities if match.start() <= q.start and q.end <= match.start("items")]
            if len(counted) != 1 or counted[0].qualifier != "eq" or _OPEN_END.search(items) or not _whole(counted[0]):
                continue
            listed = [item for item in _ITEM.split(_without_brackets(items)) if item.strip()]
            told = int(counted[0].value)
            if (
                2 <= told <= 40
                and len(listed) >= 2
                and all(len(item.split()) <= 14 for item in listed)
                and len(listed) not in _could_be(listed, told)
            ):
                yield Doubt(
                    "list-and-count", "warning",
                    f"line {finds.line.line_no}: {told} {counted[0].counts} are told, {len(listed)} listed:"
                    f" {match[0][:200]}",
                )  # fmt: skip


def _could_be(listed: Sequence[str], told: int) -> range:
    """How many items a list of so many may have: a comma or `và` inside a name (`khám, chữa bệnh`) adds one each."""
    inside = sum(not item.strip()[:1].isupper() and not item.strip()[:1].isdigit() for item in listed)
    return range(told, told + inside + 1)


def _weekdays(lines: Sequence[LineFinds]) -> Iterator[Doubt]:
    for finds in lines:
        for mention in finds.dates:
            if mention.weekday_mismatch:
                words = finds.line.text[mention.start : mention.end]
                yield Doubt(
                    "weekday-mismatch", "warning", f"line {finds.line.line_no}: {words!r} is another day of the week"
                )


def _late_events(published_on: date | None, events: Sequence[Event]) -> Iterator[Doubt]:
    """Reported as held, on a day after the report was published: one of the two days is wrong, or it was announced."""
    for event in events:
        if published_on and event.start_date and event.start_date > published_on:
            yield Doubt(
                "event-after-publication", "warning",
                f"line {event.line_no}: {event.event_type} on {event.start_date}, published on {published_on}",
            )  # fmt: skip


def _same_noun(one: str, other: str) -> bool:
    """`chỉ tiêu` and `chỉ tiêu chủ yếu`."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return long == short or long.startswith(f"{short} ")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _without_brackets(text: str) -> str:
    return regex.sub(r"\([^()]*\)", "", text)


def _whole(quantity: Quantity) -> bool:
    return float(quantity.value).is_integer()

"""What the lines of a plain text say of its fields, once each line has its role (pipelines/plain.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import regex

from pipelines.plain_head import last_crumb, stamp_of
from pipelines.publication import date_candidate
from pipelines.records import Candidate, Line

_CLOCK_TICK = regex.compile(r"(?<!T)\b\d{1,2}:\d{2}:\d{2}")
_WEEKDAY_FIRST = regex.compile(r"^(?:Thứ\s|Chủ nhật|CN,|T[2-7],|Hôm nay)", regex.I)
_SECTION_OF_INVITATION = regex.compile(r"chuyên mục\s+(?P<section>\p{Lu}.{2,60}?)\s+(?:xem|đón|để|theo dõi)\b")
_DIGITS = regex.compile(r"\d[\d.,]*")


def candidates_of(lines: Sequence[Line], fetched_at: datetime) -> tuple[tuple[Candidate, ...], dict[str, str]]:
    """Candidates of title, dates, views and section; and, by field, why there is none.

    fetched_at  aware; a date after it is refused
    """
    found: list[Candidate] = []
    missing: dict[str, str] = {}
    title = [line for line in lines if line.role == "title"]
    if title:
        text = " ".join(line.text for line in title)
        found.append(Candidate("title", text, "line", f"line {title[0].line_no}: {title[0].rule}", 10))
    else:
        first = lines[0]
        missing["title"] = (
            f"no heading above the first paragraph; line {first.line_no} is {first.role}: “{first.text[:80]}”"
        )
    for line in lines:
        found.extend(_of_line(line, lines, fetched_at))
    if not any(c.field == "published_on" for c in found):
        missing["published_on"] = "no line states a publication date; dates inside the text are dates of what is told"
    return tuple(found), missing


def _of_line(line: Line, lines: Sequence[Line], fetched_at: datetime) -> list[Candidate]:
    where = f"line {line.line_no}: {line.text[:200]}"
    if line.rule in ("J05", "J06"):
        clock = date_candidate("published_on", line.text, "site clock", where, 90, "", fetched_at)
        return [clock.but_refused("a site clock shows the moment of the visit, not of publication")]
    if line.role in ("published", "view_count") or line.rule == "J08":
        stamp = stamp_of(line.text, fetched_at)
        found = stamp.candidates if stamp else ()
        if not found and line.role == "view_count" and (digits := _DIGITS.search(line.text)):
            found = (Candidate("view_count", regex.sub(r"\D", "", digits[0]), "line", where, 10),)
        return [_believed(replace(candidate, evidence=where), line, lines) for candidate in found]
    if line.rule == "J28" and (crumb := last_crumb(line.text)):
        return [Candidate("section", crumb, "breadcrumb", where, 15)]
    if line.role == "section":
        return [Candidate("section", line.text, "line", where, 20)]
    if line.rule == "J16" and (section := _SECTION_OF_INVITATION.search(line.text)):
        return [Candidate("section", section["section"], "invitation", where, 30)]
    return []


def _believed(candidate: Candidate, line: Line, lines: Sequence[Line]) -> Candidate:
    """A bare date beside the title dates the bulletin; one that may be a site clock does not; a label always does."""
    if candidate.field != "published_on" or candidate.refused or candidate.basis == "label":
        return candidate
    content = [other for other in lines if other.role not in ("junk", "view_count")]
    on_top = line is content[0] and _WEEKDAY_FIRST.match(line.text)
    if _CLOCK_TICK.search(line.text):
        return candidate.but_refused("shows seconds: looks like a site clock")
    if on_top:
        return candidate.but_refused("first line with a weekday: a site clock and a date look alike here")
    return candidate


def tags_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the tag lines (`Từ khóa: …`) list, in order."""
    tagged = (line.text.partition(":")[2] for line in lines if line.rule == "J26")
    return tuple(tag.strip(" .") for text in tagged for tag in regex.split(r"[,;#]", text) if tag.strip(" ."))

"""What the lines of a plain text say of its fields, once each line has its role (pipelines/plain.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import regex

from pipelines.publication import date_candidate
from pipelines.records import Candidate, Line

_CLOCK_TICK = regex.compile(r"\d{1,2}:\d{2}:\d{2}")
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
    if line.rule == "J07":
        return [date_candidate("published_on", line.text, "label", where, 20, "label", fetched_at)]
    if line.rule == "J08":
        return [date_candidate("updated_at", line.text, "label", where, 20, "label", fetched_at)]
    if line.rule in ("J05", "J06"):
        clock = date_candidate("published_on", line.text, "site clock", where, 90, "", fetched_at)
        return [replace(clock, refused="a site clock shows the moment of the visit, not of publication")]
    if line.rule == "date-line":
        return [_date_line_candidate(line, lines, where, fetched_at)]
    if line.role == "view_count" and (digits := _DIGITS.search(line.text)):
        return [Candidate("view_count", regex.sub(r"\D", "", digits[0]), "line", where, 10)]
    if line.rule == "J28" and (crumb := _last_crumb(line.text)):
        return [Candidate("section", crumb, "breadcrumb", where, 15)]
    if line.role == "section":
        return [Candidate("section", line.text, "line", where, 20)]
    if line.rule == "J16" and (section := _SECTION_OF_INVITATION.search(line.text)):
        return [Candidate("section", section["section"], "invitation", where, 30)]
    return []


def _last_crumb(text: str) -> str | None:
    """`Trang chủ » Tin hoạt động` → `Tin hoạt động`; a lone menu word names no section."""
    crumbs = [crumb.strip() for crumb in regex.split(r"[›»>/|]", text) if crumb.strip()]
    if len(crumbs) < 2 and not crumbs[0].lower().startswith("tin "):
        return None
    return (
        crumbs[-1]
        if crumbs[-1].lower() not in ("trang chủ", "trang nhất", "liên hệ", "tìm kiếm", "đăng nhập")
        else None
    )


def _date_line_candidate(line: Line, lines: Sequence[Line], where: str, fetched_at: datetime) -> Candidate:
    """A bare date line beside the title dates the bulletin; one at the very top that looks like a clock may not."""
    candidate = date_candidate("published_on", line.text, "date line", where, 30, "dateline", fetched_at)
    on_top = line.line_no == 1 and _WEEKDAY_FIRST.match(line.text)
    labelled = any(other.rule == "J07" for other in lines)
    if _CLOCK_TICK.search(line.text) or (on_top and labelled):
        return replace(candidate, refused="looks like a site clock")
    if on_top:
        return replace(
            candidate, refused="first line with a weekday: a site clock and a publication date look alike here"
        )
    return candidate


def tags_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the tag lines (`Từ khóa: …`) list, in order."""
    tagged = (line.text.partition(":")[2] for line in lines if line.rule == "J26")
    return tuple(tag.strip(" .") for text in tagged for tag in regex.split(r"[,;#]", text) if tag.strip(" ."))

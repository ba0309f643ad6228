"""The lines around an article's title: dates, counters, credit lines, leads, and clocks that only look like dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import regex

from pipelines.families import liferay
from pipelines.line_rules import matches
from pipelines.normalize.dates import VIETNAM
from pipelines.publication import date_candidate
from pipelines.records import Candidate

_DATE_LIKE = regex.compile(
    r"(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}(?!\d)|\btháng\s+\d{1,2}|(?<!\d)\d{4}-\d{2}-\d{2}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+\d{4}",
    regex.IGNORECASE,
)
_VIEWS = regex.compile(
    r"(?:(?:số\s+)?lượt\s+(?:xem|đọc|truy cập)|view count|(?:số\s+)?lần xem|đã xem|views?|lượt truy cập)\s*:?\s*"
    r"(?P<after>\d[\d.,]*)(?!\s*/)|(?<![\d/:])(?P<before>\d[\d.,]*)\s*(?:lượt\s+(?:xem|đọc|truy cập)|views?\b|lần xem)",
    regex.IGNORECASE,
)
_PUBLISHED = regex.compile(
    r"^(?:ngày đăng|ngay dang|đăng ngày|đăng lúc|ngày xuất bản|xuất bản(?: ngày| lúc)?"
    r"|publish(?:ed)?(?: date| on)?|posted on"
    r"|ngày phát hành|thời gian đăng|ngày tạo|ngày viết)(?:\s+tin)?\s*:?\s*",
    regex.IGNORECASE,
)
_LONGEST_LABELLED = 60
"""`Ngày đăng: 12/05/2024 - Người đăng: …` is a label; a sentence that starts with a day is none."""
_UPDATED = regex.compile(
    r"\b(?:ngày cập nhật|cập nhật(?: lúc| lần cuối| ngày)?|updated|last modified)\b\s*:?", regex.IGNORECASE
)
_CLOCK_SECONDS = regex.compile(r"\d{1,2}:\d{2}:\d{2}")
_ONLY_STAMP = regex.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+"
    r"|hits?|thứ\s+\S+|chủ\s+nhật|ngày|lúc|vào|giờ|gmt|ict|am|pm|sa|ch|utc|tháng|năm|phút|h|giây|đăng|tin"
    r"|hôm nay|cập nhật"
    r"|\(|\)|\+7|\+07:00|\+0700|[\d\s/.,:|–—_+\[\]-]|posted|by|on)++$",
    regex.IGNORECASE,
)
_PARTS = regex.compile(r"\s*[|•]\s*|\s+[-–—]\s+")
MAX_STAMP = 140


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a date or counter line says: its role, the rule, and the candidates read from it."""

    role: str
    rule: str
    candidates: tuple[Candidate, ...]


def looks_dated(text: str) -> bool:
    return len(text) <= MAX_STAMP and _DATE_LIKE.search(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line is nothing but a date, a clock or a counter, and so no title."""
    if len(text) > MAX_STAMP:
        return False
    bare = _VIEWS.sub("", text)
    if _ONLY_STAMP.match(bare) or not bare.strip(" |-–:"):
        return True
    return looks_dated(bare) and _labelled(bare) is not None


def _labelled(text: str) -> str | None:
    """What follows a publication label, or None where there is no label, or a whole sentence after it."""
    label = _PUBLISHED.match(text)
    return text[label.end() :] if label and len(text) - label.end() <= _LONGEST_LABELLED else None


def is_clock(text: str, before_title: bool, fetched_at: datetime) -> bool:
    """A site's clock: worded as one above the title, or showing seconds of the day the page was fetched."""
    if matches("J06", text) or (before_title and matches("J05", text)):
        return True
    return _CLOCK_SECONDS.search(text) is not None and _is_day_of(text, fetched_at)


def _is_day_of(text: str, fetched_at: datetime) -> bool:
    today = date_candidate("published_on", text, "clock", text, 99, "dateline", fetched_at)
    return today.value[:10] == fetched_at.astimezone(VIETNAM).date().isoformat()


def read_stamp(text: str, fetched_at: datetime, rank: int, believed: bool) -> Stamp | None:
    """A line of dates and counters near a title, or None if the line says something else.

    rank      of a bare date line; a labelled one ranks before it
    believed  the markup itself says that this line is a date, so that other words beside it do no harm
    """
    if len(text) > MAX_STAMP:
        return None
    found: list[Candidate] = []
    rest = text
    if split := liferay.stamp(text):
        rest, counted = split
        if counted:
            found.append(_views(counted, text))
    elif (views := _VIEWS.search(text)) is not None:
        found.append(_views(views["after"] or views["before"], text))
        rest = (text[: views.start()] + " " + text[views.end() :] if not text[: views.start()].strip(" |-–:") else
                text[: views.start()])  # fmt: skip
    updated = _UPDATED.search(rest)
    if updated is not None and _DATE_LIKE.search(rest[updated.end() :]):
        found.append(_date("updated_at", rest[updated.end() :], "label", text, 20, fetched_at))
        rest = rest[: updated.start()]
    rest = _stamp_part(rest.strip(" |-–—:;,•()"))
    dated = _DATE_LIKE.search(rest) is not None
    bare = _labelled(rest) if dated else None
    if bare is not None:
        found.append(_date("published_on", bare, "label", text, min(rank, 20), fetched_at))
        return Stamp("published", "J07", tuple(found))
    if dated and (believed or _ONLY_STAMP.match(rest)):
        found.append(_date("published_on", rest, "dateline", text, rank, fetched_at))
        return Stamp("published", "date-line", tuple(found))
    if rest and (dated or len(rest) > 25) and not believed:
        return None
    if any(c.field == "updated_at" for c in found):
        return Stamp("junk", "J08", tuple(found))
    if found:
        return Stamp("view_count", "J03" if matches("J03", text) else "J04", tuple(found))
    return None


def _stamp_part(text: str) -> str:
    """`Phòng Tuyên truyền | 13/05/2024` → the date: the only part that is a date line by itself; else all of it."""
    if len(text) > 100 or _ONLY_STAMP.match(text) or _PUBLISHED.match(text):
        return text
    dated = [part for part in _PARTS.split(text) if _DATE_LIKE.search(part)]
    return dated[0] if len(dated) == 1 and _ONLY_STAMP.match(dated[0]) else text


def _views(digits: str, text: str) -> Candidate:
    return Candidate("view_count", regex.sub(r"\D", "", digits), "line", text[:300], 20)


def _date(field: str, text: str, method: str, evidence: str, rank: int, fetched_at: datetime) -> Candidate:
    stamp = text.strip(" |-–—:;,•()").replace(" | ", " ")
    basis = "label" if method == "label" else "dateline"
    candidate = date_candidate(field, stamp, method, evidence, rank, basis, fetched_at)
    inner = _DATE_LIKE.findall(stamp)
    if candidate.refused is not None and candidate.precision == "" and len(inner) == 1:
        again = date_candidate(field, inner[0], method, evidence, rank, basis, fetched_at)
        if again.precision:
            return again
    return candidate


def refused_date(text: str, reason: str, fetched_at: datetime) -> Candidate:
    """A date that must not win, kept as evidence with its reason."""
    candidate = date_candidate("published_on", text, "line", text, 90, "dateline", fetched_at)
    return replace(candidate, refused=reason)

"""What stands above the first paragraph of a plain text: section, title, date line, counter, credit line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import regex

from pipelines import bylines, captions
from pipelines.article_head import Stamp, read_stamp
from pipelines.plain_lines import FULL_STOP, RawLine, Roles
from pipelines.publication import date_candidate
from pipelines.records import Doubt
from pipelines.reference import table

_TITLE_WORDS = range(2, 61)
_PLACE = regex.compile(r"^\p{Lu}[\p{L} .-]{1,40},\s*(?=(?:ngày|Ngày)\s+\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$)")
_NO_TITLE = regex.compile(
    r"^(?:Hỏi|Đáp|Trả lời|Câu hỏi|Thứ (?:hai|ba|tư|năm|sáu|bảy)|Chủ nhật|Ngày|Kính gửi)\b[^:]{0,20}:"
    r"|^[-+•*]\s|^\d+[.)]\s",
    regex.IGNORECASE,
)
"""Members of a list or of a dialogue; a title is neither."""


_LABEL = regex.compile(r"^(?:Được đăng|Đã đăng|Đăng|Đăng tải)(?: ngày| lúc| vào)*\s*:\s*", regex.IGNORECASE)
_ISO = regex.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*$")
_WRITTEN_BY = regex.compile(r"^(?:by|posted by|bởi|đăng bởi)\s+(?P<who>\S.{0,40})$", regex.IGNORECASE)


def stamp_of(text: str, fetched_at: datetime) -> Stamp | None:
    """A date or counter line; a place in front of the date (`Hà Nội, ngày 5 …`) belongs to it."""
    if _ISO.match(text):
        date = date_candidate("published_on", text, "date line", text, 30, "dateline", fetched_at, machine=True)
        return Stamp("published", "date-line", (date,))
    return read_stamp(_LABEL.sub("Ngày đăng: ", _PLACE.sub("", text)), fetched_at, 30, believed=False)


def mark_head(head: Sequence[RawLine], roles: Roles, doubts: list[Doubt], fetched_at: datetime) -> None:
    """Give each line above the first paragraph its role. The title is the first heading that is no kicker."""
    for r in head:
        if roles.get(r.number) == ("junk", "J28") and last_crumb(r.text):
            roles[r.number] = ("section", "J28")
    free = [r for r in head if r.number not in roles]
    dated: list[int] = []
    for r in list(free):
        if stamp := stamp_of(r.text, fetched_at):
            roles[r.number] = (stamp.role, stamp.rule)
            dated += [r.number] if stamp.role == "published" else []
        elif by := _WRITTEN_BY.match(r.text):
            named = bool(bylines.people(by["who"])[0])
            roles[r.number] = ("byline", "J11") if named else ("junk", "cms-account")
        elif bylines.credit_rule(r.text, r.raw) in ("J11", "J12", "J13"):
            roles[r.number] = ("byline", bylines.credit_rule(r.text, r.raw) or "")
        else:
            continue
        free.remove(r)
    title = _title_of(free, dated)
    for r in free:
        if r in title:
            roles[r.number] = ("title", "first heading that is no kicker")
        elif title and r.number < title[0].number:
            short = len(r.text.split()) <= 8
            roles[r.number] = ("section", "short heading above the title") if short else ("junk", "head-unplaced")
        elif bylines.credit_rule(r.text, r.raw) and r is free[-1] and len(r.text.split()) <= 5:
            roles[r.number] = ("byline", bylines.credit_rule(r.text, r.raw) or "")
        elif rule := captions.wording(r.text):
            roles[r.number] = ("caption", rule)
        elif r.text.endswith((*FULL_STOP, ":")) or _NO_TITLE.match(r.text) or title:
            roles[r.number] = ("body", "short line above the first long paragraph")
        else:
            roles[r.number] = ("junk", "head-unplaced")
        if roles[r.number][1] == "head-unplaced":
            detail = f"line {r.number} above the first paragraph has no known role"
            doubts.append(Doubt("head-unplaced", "warning", detail))


def _title_of(free: Sequence[RawLine], dated: Sequence[int]) -> list[RawLine]:
    """The lines of the title: the first heading that is no kicker, with what a line break cut off.

    dated  numbers of date lines; where a heading stands above the first of them, none below it is the title
    """
    headings = [r for r in free if may_be_title(r.text)]
    above = [r for r in headings if dated and r.number < dated[0]]
    headings = above or headings
    if not headings:
        return []
    at = 0
    while at + 1 < len(headings) and _is_kicker(headings[at], headings[at + 1]):
        at += 1
    group = [headings[at]]
    if at and _names_a_document(headings[at - 1].text, group[0].text):
        group.insert(0, headings[at - 1])
    for before in reversed(headings[:at]):
        shouted = before.text.isupper() and group[0].text.isupper()
        if before.number != group[0].number - 1 or group[0].gap or not shouted:
            break
        group.insert(0, before)
    by_number = {r.number: r for r in free}
    while (follower := by_number.get(group[-1].number + 1)) is not None and _continues(group[-1], follower):
        group.append(follower)
    return group


def may_be_title(text: str) -> bool:
    """Whether a line has the form of a heading: some words, no full stop, no member of a list or dialogue."""
    words = text.split()
    return (
        len(words) in _TITLE_WORDS
        and text[:1] == text[:1].upper()
        and not text.endswith((".", ",", ";", ":", "./."))
        and not _NO_TITLE.match(text)
    )


def _is_kicker(r: RawLine, following: RawLine) -> bool:
    """A short line above a longer heading: section or series, not the title."""
    words, more = len(r.text.split()), len(following.text.split())
    shouted = r.text.isupper() and not following.text.isupper()
    return words <= 6 and more > words and (words <= 4 or shouted or more >= 2 * words)


def _continues(r: RawLine, following: RawLine) -> bool:
    """A title broken over two lines: no blank between, the second half in capitals too or in lower case."""
    if following.gap or following.text.endswith(FULL_STOP):
        return False
    return following.text[:1].islower() or (r.text.isupper() and following.text.isupper())


def _names_a_document(above: str, title: str) -> bool:
    """`THÔNG BÁO` above `Về việc …`: type and subject of an official text (Decree 30/2020/NĐ-CP, Annex I)."""
    return above in _document_types() and title.startswith(("Về ", "V/v", "VỀ "))


@cache
def _document_types() -> frozenset[str]:
    return frozenset(row["document_type"].upper() for row in table("document_types")) | {"THÔNG BÁO", "GIẤY MỜI"}


def last_crumb(text: str) -> str | None:
    """`Trang chủ » Tin hoạt động` → `Tin hoạt động`; a lone menu word names no section."""
    crumbs = [crumb.strip() for crumb in regex.split(r"[›»>/|]", text) if crumb.strip()]
    if len(crumbs) < 2 and not crumbs[0].lower().startswith("tin "):
        return None
    return (
        crumbs[-1]
        if crumbs[-1].lower() not in ("trang chủ", "trang nhất", "liên hệ", "tìm kiếm", "đăng nhập")
        else None
    )

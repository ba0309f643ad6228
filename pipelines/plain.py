"""Plain text as a crawl extracted it: lines without markup. Roles come from wording *and* place.

The zones of such a text are the head (section, title, date line), the prose, and the tail (credit line, furniture).
Every non-blank line gets exactly one role and the rule that gave it; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import regex

from pipelines import bylines, captions
from pipelines.line_rules import rule_for
from pipelines.plain_fields import candidates_of, tags_of
from pipelines.plain_head import mark_head, may_be_title, stamp_of
from pipelines.plain_lines import FULL_STOP, RawLine, Roles, is_prose, raw_lines
from pipelines.records import Doubt, Draft, Line, Unreadable
from pipelines.text import fold

_RESIDUE = ("J01", "J02", "J31", "J33")
_CERTAIN = ("J18", "J19", "J20", "J22", "J37", "J39", "J41", "J42", "J43")
_WIDGETS = ("J17", "J21", "J23", "J25", "J28", "J29", "J30", "J35", "J36")
_RELATED = ("J24", "J40")
_QUESTION = regex.compile(r"^(?:Hỏi|Câu hỏi|Bạn đọc hỏi)\b", regex.IGNORECASE)
_ENDS_IN_DATE = regex.compile(r"\D\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:\s*[-,]?\s*\d{1,2}[:h]\d{2})?\)?$")
_TAG_LIST = regex.compile(r"^(?:Từ khóa|Từ khoá|Tags?)\s*:", regex.IGNORECASE)


def read_plain(text: str, *, fetched_at: datetime) -> Draft:
    """The lines of a plain-text bulletin with their roles, and what they say of title, dates, byline, views, section.

    text        decoded (pipelines.text.decode)
    fetched_at  aware; a date after it is refused
    raises      Unreadable: not one paragraph of prose, so it is no bulletin
    """
    lines = raw_lines(text)
    roles: Roles = {}
    doubts: list[Doubt] = []
    _mark_certain(lines, roles, fetched_at)
    _mark_invitations(lines, roles)
    end = _end_of_telling(lines, roles)
    prose = [r for r in lines[:end] if r.number not in roles and is_prose(r.text)]
    if len(prose) > 1 and _is_long_title(prose[0], lines, fetched_at):
        del prose[0]
    if not prose:
        raise Unreadable(f"expected at least one paragraph of prose, found {len(lines)} short lines")
    first, last = prose[0].number, prose[-1].number
    mark_head([r for r in lines if r.number < first], roles, doubts, fetched_at)
    _mark_tail([r for r in lines if r.number > last], roles, end, fetched_at)
    title = fold(" ".join(r.text for r in lines if roles.get(r.number, ("",))[0] == "title"))
    _mark_captions([r for r in lines if r.number >= first], roles, prose, title)
    for r in lines:
        roles.setdefault(r.number, ("body", "prose" if is_prose(r.text) else "between-paragraphs"))
    told = tuple(Line(r.number, *roles[r.number], r.text) for r in lines)
    candidates, missing = candidates_of(told, fetched_at)
    return Draft(told, candidates, missing, tuple(doubts), tags_of(told))


def _is_long_title(first: RawLine, lines: Sequence[RawLine], fetched_at: datetime) -> bool:
    """Whether the first line, as long as a sentence, is a heading: right below it stands the day of publication."""
    if first is not lines[0] or len(lines) < 2 or not may_be_title(first.text):
        return False
    below = stamp_of(lines[1].text, fetched_at)
    return below is not None and below.role == "published"


def _mark_certain(lines: Sequence[RawLine], roles: Roles, fetched_at: datetime) -> None:
    """What its wording alone settles: editor residue, counters, clocks, date labels, comment forms, widgets."""
    after_residue = False
    for r in lines:
        if rule := rule_for(r.text, _RESIDUE):
            roles[r.number] = ("junk", rule.id)
            after_residue = rule.id == "J02" or (after_residue and rule.id == "J33")
            continue
        if after_residue and r.gap <= 1 and len(r.text.split()) <= 80:
            roles[r.number] = ("caption", "C07")
        elif rule := rule_for(r.text, ("J03", "J04", "J38")):
            roles[r.number] = ("view_count", rule.id)
        elif rule_for(r.text, ("J05",)) or (r.text.startswith("Hôm nay") and _is_widget(r.text)):
            roles[r.number] = ("junk", "J05" if rule_for(r.text, ("J05",)) else "J06")
        elif rule_for(r.text, ("J07", "J08")) and (stamp := stamp_of(r.text, fetched_at)):
            roles[r.number] = (stamp.role, stamp.rule)
        elif (rule := rule_for(r.text, _CERTAIN)) or ((rule := rule_for(r.text, _WIDGETS)) and _is_widget(r.text)):
            roles[r.number] = ("junk", rule.id)
        elif rule_for(r.text, ("J26",)) and _is_tag_list(r.text):
            roles[r.number] = ("junk", "J26")
        after_residue = False


def _is_widget(text: str) -> bool:
    """Button and menu words are short and no sentence; `Giới thiệu với đoàn, Đại tá …` is prose."""
    return len(text) <= 80 and not text.endswith((".", "…")) and len(text.split()) <= 12


def _is_tag_list(text: str) -> bool:
    """`Từ khóa: …` always; `Chủ đề: …` only as a list: `Chủ đề: “…” được chọn cho năm nay.` is a sentence."""
    return _TAG_LIST.match(text) is not None or (not text.endswith(FULL_STOP) and len(text.split()) <= 20)


def _end_of_telling(lines: Sequence[RawLine], roles: Roles) -> int:
    """How many lines may tell something: from a comment form or a related list on, none does.

    A related heading in the middle (`Xem thêm`) ends nothing if whole paragraphs follow it.
    """
    told = [i for i, r in enumerate(lines) if r.number not in roles and is_prose(r.text)]
    for i, r in enumerate(lines):
        if not told or i < told[0]:
            continue
        form = roles.get(r.number, ("", ""))[1] in ("J17", "J18", "J19", "J41")
        if form and not any(_QUESTION.match(before.text) for before in lines[:i]):
            return i
        related = rule_for(r.text, _RELATED) is not None and len(r.text) <= 60
        listed = i + 1 < len(lines) and all(_is_related_item(x.text) for x in lines[i : i + 2])
        if (related or listed) and not any(_is_paragraph(lines[j].text) for j in told if j > i):
            return i
    return len(lines)


def _is_related_item(text: str) -> bool:
    """`Hội nghị tổng kết công tác hậu cần (01/02/2024)`: another bulletin's title with its date."""
    return 4 <= len(text.split()) <= 30 and _ENDS_IN_DATE.search(text) is not None and captions.sentences(text) == 0


def _is_paragraph(text: str) -> bool:
    return len(text.split()) >= 20 and text.endswith(FULL_STOP)


def _mark_invitations(lines: Sequence[RawLine], roles: Roles) -> None:
    """`* Mời bạn đọc vào chuyên mục …` below the last paragraph; one that invites the reader to sea is prose."""
    for r in reversed(lines):
        if rule_for(r.text, ("J16",)):
            roles.setdefault(r.number, ("junk", "J16"))
        elif r.number not in roles and _is_paragraph(r.text):
            return


def _mark_captions(rest: Sequence[RawLine], roles: Roles, prose: Sequence[RawLine], title: str) -> None:
    """Caption-worded lines are captions where the place agrees: beside another one, or told again by a paragraph.

    title  folded; under a picture it may stand once more
    """
    worded = {r.number: rule for r in rest if r.number not in roles and (rule := captions.wording(r.text))}
    told = [r for r in prose if r.number not in worded and r.number not in roles]
    spaced = any(r.gap for r in rest)
    for r in rest:
        rule = worded.get(r.number)
        if title and r.number not in roles and fold(r.text).rstrip(". ") == title:
            roles[r.number] = ("caption" if r.text.endswith(".") else "junk", "repeated-title")
            continue
        if rule is None or (told and r.number < told[0].number):
            continue
        if rule in ("C03", "group", "deed"):
            place = _why_caption(r, rule, told, worded, roles, spaced)
            if place is None:
                continue
            rule += place
        roles[r.number] = ("caption", rule)


def _why_caption(
    r: RawLine, rule: str, told: Sequence[RawLine], worded: dict[int, str], roles: Roles, spaced: bool
) -> str | None:
    """Where a line that shows a deed stands decides; None: it tells something of its own."""
    name = captions.named_person(r.text)
    if any(captions.repeats(r.text, other.text) for other in told):
        return "+C04"
    if name and any(name in other.text for other in told):
        return "+named"
    beside = (r.number - 1, r.number + 1)
    if any(roles.get(n, ("",))[0] == "caption" or worded.get(n, "deed") != "deed" for n in beside):
        return "+beside"
    words = len(r.text.split())
    before = max((other.number for other in told if other.number < r.number), default=0)
    after = min((other.number for other in told if other.number > r.number), default=0)
    if (before == told[0].number and captions.tells_who_came(r.text)) or (spaced and not r.gap) or words > 22:
        return None
    between = r.number - 1 == before and r.number + 1 == after  # alone between two paragraphs that are longer
    long = all(len(other.text.split()) >= 2 * words for other in told if other.number in (before, after))
    return "+between" if (between and long and rule != "C03") or not r.text.endswith(FULL_STOP) else None


def _mark_tail(tail: Sequence[RawLine], roles: Roles, end: int, fetched_at: datetime) -> None:
    """Below the last paragraph: credit lines, then furniture. From a comment form or related list on, all is junk."""
    signed, credited = False, True
    for r in tail:
        if r.number > end:
            roles.setdefault(r.number, ("junk", "after-furniture"))
            continue
        if r.number in roles:
            continue
        if rule_for(r.text, _RELATED) and len(r.text) <= 60:
            end = r.number
            roles[r.number] = ("junk", "J24")
        elif signed or (signed := bylines.is_post(r.text)):  # `GIÁM ĐỐC`, then the name: signed, not written by
            roles[r.number] = ("body", "signature")
        elif stamp := stamp_of(r.text, fetched_at):
            roles[r.number] = (stamp.role, stamp.rule)
        elif credit := bylines.credit_rule(r.text, r.raw):
            roles[r.number] = ("byline", credit)
        elif rule := rule_for(r.text, ("J27",)):
            roles[r.number] = ("junk", rule.id)
        elif captions.wording(r.text) or r.text.endswith(FULL_STOP) or r.text.startswith(("-", "+", "•")):
            continue
        elif credited and len(r.text.split()) <= 8 and r.text[:1].isupper() and not r.text.endswith(":"):
            roles[r.number] = ("byline", "last-line")  # a unit, a pen name: set where credits are set
            credited = False
        elif len(r.text.split()) <= 4:
            roles[r.number] = ("junk", "tail-unplaced")
        credited = credited and roles.get(r.number, ("caption",))[0] in ("byline", "caption", "published")

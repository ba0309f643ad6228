"""Plain text as a crawl extracted it: lines without markup. Roles come from wording *and* place.

One idea, one file: the zones of such a text (head, prose, tail) and what each kind of line means in each zone.
Every non-blank line gets exactly one role and the rule that gave it; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import regex

from pipelines import bylines, captions
from pipelines.line_rules import rule_for
from pipelines.normalize.dates import publication_moment
from pipelines.plain_fields import candidates_of, tags_of
from pipelines.records import Doubt, Draft, Line, Unreadable
from pipelines.reference import table
from pipelines.text import split_lines, tidy_line

_END = (".", "!", "?", "…", ":", ";", "”", '"', "./.", ",", ")")
_FULL_STOP = (".", "…", "./.", "!", ".”", '."')
_RESIDUE = ("J01", "J02", "J31", "J33")
_CERTAIN = ("J16", "J18", "J19", "J20", "J22", "J26")
_WIDGETS = ("J17", "J18", "J19", "J20", "J21", "J22", "J23", "J25", "J28", "J29", "J30", "J35", "J36")
_TITLE_WORDS = range(3, 61)
_DATE_LINE = regex.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\btháng\b.*\bnăm\b|\d{4}-\d{2}-\d{2}", regex.I)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A non-blank line before it has a role. gap: blank lines in front of it."""

    number: int
    raw: str
    text: str
    gap: int


def read_plain(text: str, *, fetched_at: datetime) -> Draft:
    """The lines of a plain-text bulletin with their roles, and what they say of title, dates, byline, views, section.

    text        decoded (pipelines.text.decode)
    fetched_at  aware; a date after it is refused
    raises      Unreadable: not one paragraph of prose, so it is no bulletin
    """
    raws = _raw_lines(text)
    roles: dict[int, tuple[str, str]] = {}
    doubts: list[Doubt] = []
    _mark_certain(raws, roles)
    prose = [r for r in raws if r.number not in roles and is_prose(r.text)]
    if not prose:
        raise Unreadable(f"expected at least one paragraph of prose, found {len(raws)} short lines")
    head = [r for r in raws if r.number < prose[0].number]
    inner = [r for r in raws if prose[0].number <= r.number <= prose[-1].number]
    tail = [r for r in raws if r.number > prose[-1].number]
    _mark_head(head, roles, doubts)
    _mark_tail(tail, roles)
    _mark_captions(inner + tail, roles, prose)
    for r in raws:
        roles.setdefault(r.number, ("body", "prose" if is_prose(r.text) else "between-paragraphs"))
    lines = tuple(Line(r.number, *roles[r.number], r.text) for r in raws)
    candidates, missing = candidates_of(lines, fetched_at)
    return Draft(lines, candidates, missing, tuple(doubts), tags_of(lines))


def _raw_lines(text: str) -> list[_Raw]:
    raws: list[_Raw] = []
    gap = 0
    for raw in split_lines(text):
        tidy = tidy_line(raw)
        if tidy:
            raws.append(_Raw(len(raws) + 1, raw.replace("\u00a0", " "), tidy, gap))
            gap = 0
        else:
            gap += 1
    return raws


def is_prose(text: str) -> bool:
    """A paragraph: long, or a sentence that ends like one. What is prose is never page furniture."""
    words = len(text.split())
    return (
        words >= 40
        or (words >= 14 and text.endswith(_END))
        or (words >= 8 and text.endswith(_FULL_STOP) and len(text) >= 60)
    )


def _mark_certain(raws: Sequence[_Raw], roles: dict[int, tuple[str, str]]) -> None:
    """What its wording alone settles: editor residue, counters, clocks, labels, invitations, comment forms, widgets."""
    after_residue = False
    for r in raws:
        if rule := rule_for(r.text, _RESIDUE):
            roles[r.number] = ("junk", rule.id)
            after_residue = rule.id == "J02" or (after_residue and rule.id == "J33")
            continue
        if after_residue and r.gap <= 1 and len(r.text.split()) <= 80:
            roles[r.number] = ("caption", "C07")
        elif rule := rule_for(r.text, ("J03", "J04")):
            roles[r.number] = ("view_count", rule.id)
        elif rule := rule_for(r.text, ("J05",)):
            roles[r.number] = ("junk", rule.id)
        elif rule_for(r.text, ("J06",)) and len(r.text) <= 60 and not r.text.endswith("."):
            roles[r.number] = ("junk", "J06")
        elif (rule := rule_for(r.text, ("J07", "J08"))) and len(r.text) <= 120 and _states_a_date(r.text):
            roles[r.number] = ("published" if rule.id == "J07" else "junk", rule.id)
        elif (rule := rule_for(r.text, _CERTAIN)) or ((rule := rule_for(r.text, _WIDGETS)) and _is_widget(r.text)):
            roles[r.number] = ("junk", rule.id)
        after_residue = False


def _states_a_date(text: str) -> bool:
    try:
        publication_moment(text)
    except Unreadable:
        return False
    return True


def _is_widget(text: str) -> bool:
    """Button and menu words are short and no sentence; `Giới thiệu với đoàn, Đại tá …` is prose."""
    return len(text) <= 80 and not text.endswith((".", "…")) and len(text.split()) <= 12


def _mark_head(head: Sequence[_Raw], roles: dict[int, tuple[str, str]], doubts: list[Doubt]) -> None:
    """Above the first paragraph: section, date line, title. The title is the last heading-like group of lines."""
    free = [r for r in head if r.number not in roles]
    for r in list(free):
        if len(r.text) <= 100 and _DATE_LINE.search(r.text) and _is_date_line(r.text):
            roles[r.number] = ("published", "date-line")
            free.remove(r)
        elif bylines.credit_rule(r.text, r.raw) in ("J11", "J12", "J13"):
            roles[r.number] = ("byline", bylines.credit_rule(r.text, r.raw) or "")
            free.remove(r)
    titles = [r for r in free if _may_be_title(r.text) or r.text.isupper()]
    title = _title_of(titles)
    for r in free:
        if r in title:
            roles[r.number] = ("title", "last heading above the first paragraph")
        elif title and r.number < title[0].number and len(r.text.split()) <= 8:
            roles[r.number] = ("section", "short heading above the title")
        elif rule := captions.wording(r.text):
            roles[r.number] = ("caption", rule)
        elif r.text.endswith(_FULL_STOP):
            roles[r.number] = ("body", "short sentence above the first paragraph")
        else:
            roles[r.number] = ("junk", "head-unplaced")
            doubts.append(
                Doubt("head-unplaced", "warning", f"line {r.number} above the first paragraph has no known role")
            )


def _is_date_line(text: str) -> bool:
    """The line says a date and hardly anything else (a place, a weekday, a clock time, a counter)."""
    if not _states_a_date(text):
        return False
    rest = regex.sub(
        r"[\d\W_]+|GMT|AM|PM|năm|tháng|ngày|thứ \w+|chủ nhật|lúc|giờ|phút|lượt xem", " ", text, flags=regex.I
    )
    return len(rest.split()) <= 4


def _may_be_title(text: str) -> bool:
    words = text.split()
    return (
        len(words) in _TITLE_WORDS and text[:1] in text[:1].upper() and not text.endswith((".", ",", ";", ":", "./."))
    )


def _title_of(titles: Sequence[_Raw]) -> list[_Raw]:
    """The last heading, or the two last where a title in capitals was broken over lines without a blank between."""
    if not titles:
        return []
    last = titles[-1]
    if len(last.text.split()) <= 4 and len(titles) > 1 and len(titles[-2].text.split()) > 6:
        last = titles[-2]
    group = [last]
    for r in reversed(titles[: titles.index(last)]):
        broken = group[0].gap == 0 and r.text.isupper() and last.text.isupper()
        if r.number == group[0].number - 1 and (broken or _names_a_document(r.text, last.text)):
            group.insert(0, r)
        else:
            break
    return group


def _names_a_document(above: str, title: str) -> bool:
    """`THÔNG BÁO` above `Về việc …`: type and subject of an official text (Decree 30/2020/NĐ-CP, Annex I)."""
    types = {row["document_type"].upper() for row in table("document_types")} | {"THÔNG BÁO", "THƯ KÊU GỌI", "GIẤY MỜI"}
    return above in types and title.startswith(("Về ", "V/v", "VỀ "))


def _mark_captions(rest: Sequence[_Raw], roles: dict[int, tuple[str, str]], prose: Sequence[_Raw]) -> None:
    """Caption-worded lines are captions where the place agrees: beside another one, or told again by a paragraph."""
    worded = {r.number: rule for r in rest if r.number not in roles and (rule := captions.wording(r.text))}
    told = [r for r in prose if r.number not in worded]
    spaced = any(r.gap for r in rest)
    for r in rest:
        rule = worded.get(r.number)
        if rule is None or (told and r.number < told[0].number):
            continue
        if rule in ("C03", "group"):
            beside = any(roles.get(n, ("",))[0] == "caption" or n in worded for n in (r.number - 1, r.number + 1))
            place = _why_caption(r, told, beside, spaced)
            if place is None:
                continue
            rule += place
        roles[r.number] = ("caption", rule)


def _why_caption(r: _Raw, told: Sequence[_Raw], beside: bool, spaced: bool) -> str | None:
    """Where a line that names people and a deed stands decides; None: it tells something no paragraph tells."""
    name = captions.named_person(r.text)
    if any(captions.repeats(r.text, other.text) for other in told):
        return "+C04"
    if name and any(name in other.text for other in told):
        return "+named"
    if beside:
        return "+beside"
    after_lead = bool(told) and r.number == told[0].number + 1
    if (after_lead and captions.tells_who_came(r.text)) or (spaced and not r.gap) or len(r.text.split()) > 22:
        return None
    return "+alone"


def _mark_tail(tail: Sequence[_Raw], roles: dict[int, tuple[str, str]]) -> None:
    """Below the last paragraph: credit line, then furniture. From a related-list heading on, all is junk."""
    dropped_from, signed = "", False
    for r in tail:
        if dropped_from:
            roles[r.number] = ("junk", dropped_from)
        elif r.number in roles:
            continue
        elif rule_for(r.text, ("J24",)) and len(r.text) <= 60:
            dropped_from = "J24"
            roles[r.number] = ("junk", "J24")
        elif signed or (signed := bylines.is_post(r.text)):  # `GIÁM ĐỐC`, then the name: signed, not written by
            roles[r.number] = ("body", "signature")
        elif credit := bylines.credit_rule(r.text, r.raw):
            roles[r.number] = ("byline", credit)
        elif len(r.text) <= 60 and _DATE_LINE.search(r.text) and _is_date_line(r.text):
            roles[r.number] = ("published", "date-line")
        elif rule := rule_for(r.text, ("J27",)):
            roles[r.number] = ("junk", rule.id)
        elif not r.text.endswith(_END) and len(r.text.split()) <= 4 and not r.text.startswith(("-", "+", "•")):
            roles[r.number] = ("junk", "tail-unplaced")

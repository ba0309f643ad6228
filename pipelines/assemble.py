"""From a draft to a bulletin: one candidate of each field wins, and each field can say why, or why it is NULL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter

import regex

from pipelines.bylines import people, photographers_of_caption
from pipelines.caption_lines import captions_of, without_end_mark
from pipelines.line_rules import line_rules
from pipelines.normalize.dates import latest_past_day
from pipelines.publication import implausible
from pipelines.records import Bulletin, Candidate, Draft, Evidence, Line, of_roles
from pipelines.text import language_of

_PREFIX = regex.compile(
    r"^(?P<prefix>\((?:[\p{Lu}\d]{2,8}|[\p{L}\d]+ ?(?:Online|online)|[\w]+(?:\.\w+)+|HNM|TG)\)|"
    r"(?:QĐND|QK\d{1,2}\p{Lu}?|QĐ\d{1,2}|QPVN|HQVN|BĐBP|BPVN|PK-KQ|CSB|ĐCSVN|TTXVN|VOV|VTV|CAND|ANTV|ANTĐ|BVPL|BHQ|BCA|BQP)"
    r"(?: (?:Online|online))?)"
    r"\s*[-–—:]?\s*[-–—:]\s+(?=\S)"
)
_PARENTHESISED_PREFIX = regex.compile(
    r"^(?P<prefix>\((?:QK\d|[\p{L}]+) Online\)|\([\w]+(?:\.\w+)+\))\s*(?:[-–—:]\s*)?(?=\p{Lu})"
)
_READ_OFF = frozenset(("lead", "body", "byline", "caption"))
"""Roles whose lines give fields."""
_Lines = Mapping[str, Sequence[Line]]
"""The lines of each of these roles, in page order."""
_ORDER = attrgetter("field", "candidate_no")
_WITHHELD = "a value was found and refused: "


def assemble(draft: Draft, fetched_at: datetime) -> tuple[Bulletin, tuple[Evidence, ...]]:
    """The bulletin a draft describes, and the evidence of every field.

    The lead is the block with role `lead`; without one it repeats the first paragraph. Body paragraphs are joined by
    a blank line. The agency prefix (`QK2 –`) leaves the first text block, an end mark (`./.`) becomes a full stop.
    """
    chosen, evidence = _choose(c for c in draft.candidates if c.field != "author")
    lines: dict[str, list[Line]] = {role: [] for role in _READ_OFF}
    for line in of_roles(draft.lines, _READ_OFF):
        lines[line.role].append(line)
    leads, paragraphs = ([without_end_mark(line.text) for line in lines[role]] for role in ("lead", "body"))
    first = _first_told(lines)
    prefix = None
    if first is not None:
        prefix, rest = _agency_prefix(first.text)
        (leads if first.role == "lead" else paragraphs)[0] = without_end_mark(rest)
    leads, paragraphs = list(filter(None, leads)), list(filter(None, paragraphs))
    captions = tuple(dict.fromkeys(text for _, text in captions_of(lines["caption"])))
    byline, authors, photographers = _credits(lines["byline"], captions)
    authors, author_evidence = _authors(draft, byline, authors)
    body = "\n\n".join(paragraphs) or None
    lead = "\n\n".join(leads) or (paragraphs[0] if paragraphs else None)
    published = chosen.get("published_on")
    published_on, published_at = _moment(published)
    title = chosen["title"].value if "title" in chosen else None
    not_before = None if published_on else _not_before(title, lead, paragraphs, captions, fetched_at, evidence)
    updated = chosen.get("updated_at")
    bulletin = Bulletin(
        title=title,
        lead=lead,
        body=body,
        captions=captions,
        byline=byline,
        authors=authors,
        photographers=photographers,
        section=chosen["section"].value if "section" in chosen else None,
        tags=tuple(dict.fromkeys(draft.tags)),
        agency_prefix=prefix,
        published_at=published_at,
        published_on=published_on,
        published_precision=published.precision if published else None,
        published_basis=published.basis if published else None,
        published_not_before=not_before,
        updated_at=_moment(updated)[1] if updated else None,
        view_count=int(chosen["view_count"].value) if "view_count" in chosen else None,
        language=language_of(" ".join(filter(None, (title, *leads, *paragraphs)))),
        word_count=sum(text.count(" ") + 1 for text in paragraphs),  # single blanks, as in all lines
    )
    evidence += author_evidence + _line_evidence(draft, lines, bulletin) + _reasons_of_nulls(draft, bulletin, evidence)
    return bulletin, tuple(sorted(evidence, key=_ORDER))


def _choose(candidates: Iterable[Candidate]) -> tuple[dict[str, Candidate], list[Evidence]]:
    """Of each field the candidate with the smallest rank that is not refused; the first of equals."""
    of_field: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        of_field.setdefault(candidate.field, []).append(candidate)
    chosen: dict[str, Candidate] = {}
    evidence: list[Evidence] = []
    for name, ordered in of_field.items():
        ordered.sort(key=attrgetter("rank"))
        winner = next((c for c in ordered if c.refused is None), None)
        if winner is not None:
            chosen[name] = winner
        for number, candidate in enumerate(ordered, 1):
            evidence.append(
                Evidence(
                    name, number, candidate.value[:2000], candidate.method, candidate.evidence[:300],
                    candidate is winner, _reason(candidate, winner),
                )
            )  # fmt: skip
    return chosen, evidence


def _reason(candidate: Candidate, winner: Candidate | None) -> str:
    if candidate.refused is not None:
        return f"refused: {candidate.refused}"
    if candidate is winner:
        return f"best ranked of those not refused ({candidate.method}, rank {candidate.rank})"
    assert winner is not None
    same = "agrees with" if candidate.value == winner.value else "differs from"
    return f"{same} the chosen {winner.method}, ranked after it ({candidate.rank} > {winner.rank} or later)"


def _first_told(lines: _Lines) -> Line | None:
    """The first line that is lead or paragraph."""
    firsts = [lines[role][0] for role in ("lead", "body") if lines[role]]
    return min(firsts, key=attrgetter("line_no"), default=None)


def _agency_prefix(text: str) -> tuple[str | None, str]:
    """(agency, text without it): `QK2 – Sáng 8-7` → `QK2`, `Sáng 8-7`."""
    for pattern in (_PREFIX, _PARENTHESISED_PREFIX, line_rules()["J34"].pattern):
        if match := pattern.match(text):
            return match[1].strip("()"), text[match.end() :]
    return None, text


def _moment(candidate: Candidate | None) -> tuple[date | None, datetime | None]:
    """(day, instant UTC) of a date candidate; the instant only where a clock time is known."""
    if candidate is None:
        return None, None
    if len(candidate.value) == 10:
        return date.fromisoformat(candidate.value), None
    instant = datetime.fromisoformat(candidate.value)
    return instant.date(), instant.astimezone(UTC)


def _not_before(
    title: str | None,
    lead: str | None,
    paragraphs: list[str],
    captions: tuple[str, ...],
    fetched_at: datetime,
    evidence: list[Evidence],
) -> date | None:
    """The latest day the text speaks of as past: a lower bound for an unknown publication day."""
    best = None
    for text in dict.fromkeys(filter(None, (title, lead, *paragraphs, *captions))):
        past = latest_past_day(text)
        if past and implausible(past.day, fetched_at) is None and (best is None or past.day > best[0].day):
            best = (past, text)
    if best is None:
        return None
    past, text = best
    shown = text[max(0, past.start - 40) : past.end + 60]
    reason = "latest day the text speaks of as past; the publication day itself is unknown"
    evidence.append(Evidence("published_not_before", 1, past.day.isoformat(), "text", shown, True, reason))
    return past.day


def _credits(lines: Iterable[Line], captions: Iterable[str]) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    printed = list(dict.fromkeys(line.text.strip(" |-–—•·,;") for line in lines))
    authors: list[str] = []
    photographers: list[str] = []
    for text in printed:
        writers, cameras = people(text)
        authors += writers
        photographers += cameras
    for caption in captions:
        photographers += photographers_of_caption(caption)
    return "; ".join(printed) or None, tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(photographers))


def _authors(draft: Draft, byline: str | None, credited: tuple[str, ...]) -> tuple[tuple[str, ...], list[Evidence]]:
    """Credit lines name the authors; machine-written names count where none does, and only if they are people's."""
    evidence: list[Evidence] = []
    if credited:
        evidence.append(
            Evidence("authors", 1, ", ".join(credited), "credits", byline or "", True, "names of the credit lines")
        )
    found: list[str] = []
    for candidate in (c for c in draft.candidates if c.field == "author"):
        names = people(candidate.value)[0]
        refused = candidate.refused or ("" if names else "names no person")
        reason = (
            f"refused: {refused}" if refused else "a credit line names the authors" if credited else "machine-written"
        )
        used = reason == "machine-written"
        found += names if used else ()
        evidence.append(
            Evidence("authors", len(evidence) + 1, candidate.value, candidate.method, candidate.evidence, used, reason)
        )
    return credited or tuple(dict.fromkeys(found)), evidence


def _line_evidence(draft: Draft, lines: _Lines, bulletin: Bulletin) -> list[Evidence]:
    """Fields read off line roles: the lines are their evidence."""
    found = []
    for name, role, shown in (
        ("byline", "byline", bulletin.byline),
        ("captions", "caption", f"{len(lines['caption'])} lines" if bulletin.captions else None),
        ("body", "body", f"{len(lines['body'])} lines" if bulletin.body else None),
        ("lead", "lead" if lines["lead"] else "body", bulletin.lead),
    ):
        if shown is None:
            continue
        told = lines[role][:1] if name == "lead" else lines[role]
        rules = ", ".join(dict.fromkeys([line.rule for line in told]))
        numbers = ", ".join([str(line.line_no) for line in told[:40]])
        reason = "printed as its own block" if role == "lead" else f"role {role} by {rules}"[:300]
        found.append(Evidence(name, 1, shown[:2000], "line roles", f"lines {numbers}", True, reason))
    if bulletin.photographers:
        names, reason = ", ".join(bulletin.photographers), "names of credit lines and captions"
        found.append(Evidence("photographers", 1, names, "credits", bulletin.byline or "", True, reason))
    if bulletin.tags:
        found.append(
            Evidence("tags", 1, ", ".join(bulletin.tags), "tag lines and metadata", "", True, "listed as tags")
        )
    if bulletin.language:
        reason = "told from the words of title, lead and body; lang attributes are not trusted"
        number = 1 + sum(c.field == "language" for c in draft.candidates)
        found.append(Evidence("language", number, bulletin.language, "words", "", True, reason))
    if bulletin.agency_prefix:
        first = _first_told(lines)
        assert first is not None
        found.append(Evidence("agency_prefix", 1, bulletin.agency_prefix, "line", first.text[:80], True, "J34"))
    if bulletin.published_at and bulletin.published_on:
        instant = bulletin.published_at.isoformat(timespec="seconds").replace("+00:00", "Z")
        reason = "the chosen publication date states a clock time"
        found.append(Evidence("published_at", 1, instant, "published_on", "", True, reason))
    return found


_NOTHING_FOUND = {
    "title": "no heading was found",
    "lead": "there is no paragraph",
    "body": "no line has role body",
    "captions": "no line is a caption",
    "byline": "no line is a credit line",
    "authors": "no credit line and no metadata names a person as author",
    "photographers": "no credit line or caption names a photographer",
    "section": "no breadcrumb, heading or metadata names a section",
    "tags": "no line or metadata lists tags",
    "agency_prefix": "the first paragraph starts with no agency prefix",
    "published_on": "no place states a publication date",
    "published_not_before": "the text speaks of no full calendar day as past",
    "updated_at": "no place states when the page was changed",
    "view_count": "no counter is printed",
    "language": "too little text, or neither clearly Vietnamese nor English",
}


def _reasons_of_nulls(draft: Draft, bulletin: Bulletin, evidence: list[Evidence]) -> list[Evidence]:
    """candidate_no 0 for each empty field: why it is NULL."""
    reasons = {**_NOTHING_FOUND, **draft.missing}
    reasons["published_at"] = (
        "the publication date is known to the day only" if bulletin.published_on else "no publication date is known"
    )
    reasons["published_precision"] = reasons["published_basis"] = "no publication date is known"
    if bulletin.published_on:
        reasons["published_not_before"] = "the publication date itself is known"
    refused = {e.field: e for e in reversed(evidence) if e.reason.startswith("refused: ")}
    out = []
    for name, reason in reasons.items():
        if getattr(bulletin, name) not in (None, ()):
            continue
        if (first := refused.get(name)) is not None:
            reason = f"{reason}; {_WITHHELD}“{first.value}” ({first.reason.removeprefix('refused: ')})"  # noqa: PLW2901
        out.append(Evidence(name, 0, None, "", "", False, reason))
    return out

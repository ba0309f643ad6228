"""From a draft to a bulletin: one candidate of each field wins, and each field can say why, or why it is NULL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import regex

from pipelines.bylines import people, photographers_of_caption
from pipelines.caption_lines import captions_of, without_end_mark
from pipelines.line_rules import line_rules
from pipelines.normalize.dates import latest_past_day
from pipelines.publication import implausible
from pipelines.records import Bulletin, Candidate, Draft, Evidence, Line
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
"""Roles whose lines give fields; a page has three times as many others."""
_WITHHELD = "a value was found and refused: "


def assemble(draft: Draft, fetched_at: datetime) -> tuple[Bulletin, tuple[Evidence, ...]]:
    """The bulletin a draft describes, and the evidence of every field.

    The lead is the block with role `lead`; without one it repeats the first paragraph. Body paragraphs are joined by
    a blank line. The agency prefix (`QK2 –`) leaves the first text block, an end mark (`./.`) becomes a full stop.
    """
    chosen, evidence = _choose([c for c in draft.candidates if c.field != "author"])
    lines = [line for line in draft.lines if line.role in _READ_OFF]
    told = [line for line in lines if line.role in ("lead", "body")]
    prefix, first_no = _agency_prefix(told)
    clean = {line.line_no: _clean(line.text, prefix if line.line_no == first_no else None) for line in told}
    paragraphs = [clean[line.line_no] for line in told if line.role == "body" and clean[line.line_no]]
    leads = [clean[line.line_no] for line in told if line.role == "lead" and clean[line.line_no]]
    captions = tuple(dict.fromkeys(text for _, text in captions_of(lines)))
    byline, authors, photographers = _credits(lines, captions)
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
        word_count=len((body or "").split()),
    )
    evidence += author_evidence + _line_evidence(draft, lines, bulletin) + _reasons_of_nulls(draft, bulletin, evidence)
    return bulletin, tuple(sorted(evidence, key=lambda e: (e.field, e.candidate_no)))


def _choose(candidates: Sequence[Candidate]) -> tuple[dict[str, Candidate], list[Evidence]]:
    """Of each field the candidate with the smallest rank that is not refused; the first of equals."""
    chosen: dict[str, Candidate] = {}
    evidence: list[Evidence] = []
    for name in dict.fromkeys(c.field for c in candidates):
        ordered = sorted((c for c in candidates if c.field == name), key=lambda c: c.rank)
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


def _agency_prefix(told: Iterable[Line]) -> tuple[str | None, int | None]:
    for line in told:
        match = _PREFIX.match(line.text) or _PARENTHESISED_PREFIX.match(line.text)
        known = line_rules()["J34"].pattern.match(line.text)
        if match:
            return match["prefix"].strip("()"), line.line_no
        if known:
            return known[1].strip("()"), line.line_no
        return None, None
    return None, None


def _clean(text: str, prefix: str | None) -> str:
    """A paragraph for `body`: without agency prefix, `./.` as a full stop."""
    if prefix is not None:
        for pattern in (_PREFIX, _PARENTHESISED_PREFIX, line_rules()["J34"].pattern):
            stripped = pattern.sub("", text, count=1)
            if stripped != text:
                text = stripped
                break
    return without_end_mark(text)


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


def _credits(lines: Sequence[Line], captions: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    printed = list(dict.fromkeys(line.text.strip(" |-–—•·,;") for line in lines if line.role == "byline"))
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


def _line_evidence(draft: Draft, read_off: Sequence[Line], bulletin: Bulletin) -> list[Evidence]:
    """Fields read off line roles: the lines are their evidence."""
    sources = {"byline": ("byline",), "captions": ("caption",), "body": ("body",)}
    sources["lead"] = ("lead",) if any(line.role == "lead" for line in read_off) else ("body",)
    found = []
    for name, roles in sources.items():
        lines = [line for line in read_off if line.role in roles]
        if not lines or getattr(bulletin, name) in (None, ()):
            continue
        lines = lines[:1] if name == "lead" else lines
        rules = ", ".join(dict.fromkeys(line.rule for line in lines))
        numbers = ", ".join(str(line.line_no) for line in lines[:40])
        value = {"byline": bulletin.byline, "lead": bulletin.lead}.get(name)
        reason = "printed as its own block" if roles == ("lead",) else f"role {roles[0]} by {rules}"[:300]
        found.append(
            Evidence(name, 1, (value or f"{len(lines)} lines")[:2000], "line roles", f"lines {numbers}", True, reason)
        )
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
        first = next(line for line in read_off if line.role in ("lead", "body"))
        found.append(Evidence("agency_prefix", 1, bulletin.agency_prefix, "line", first.text[:80], True, "J34"))
    if bulletin.published_at and bulletin.published_on:
        found.append(
            Evidence(
                "published_at", 1, bulletin.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "published_on", "", True,
                "the chosen publication date states a clock time",
            )
        )  # fmt: skip
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
    out = []
    for name, reason in reasons.items():
        if getattr(bulletin, name) not in (None, ()):
            continue
        refused = [e for e in evidence if e.field == name and e.reason.startswith("refused: ")]
        if refused:
            reason = f"{reason}; {_WITHHELD}“{refused[0].value}” ({refused[0].reason.removeprefix('refused: ')})"  # noqa: PLW2901
        out.append(Evidence(name, 0, None, "", "", False, reason))
    return out

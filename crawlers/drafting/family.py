"""Which CMS family a site is of, as far as its pages tell: the reader's own recognition, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.drafting.pages import Opened
from pipelines.article import ByName
from pipelines.families.known import FAMILIES, recognise
from pipelines.text import tidy_line

NEARLY_ALL = 0.9
"""Share of the sample on which something must hold to be called a rule of the site."""

_FORM_MARKS = (b"__VIEWSTATE", b"__doPostBack")


@dataclass(frozen=True, slots=True)
class FoundFamily:
    """name: of pipelines.families.known.FAMILIES, None: none of them. evidence, doubts: sentences for comments."""

    name: str | None
    evidence: str
    doubts: tuple[str, ...] = ()


def family_of(pages: Sequence[Opened]) -> FoundFamily:
    """The family that nearly all pages are of. A source file names one only where it would help the reader: a family it
    does not know changes nothing, so a mere hint is told in words."""
    votes: Counter[str] = Counter()
    generators: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for page in pages:
        generator = tidy_line(page.meta.first("generator"))[:60]
        named = ByName(page.page)
        family = recognise(generator, named, None)
        if generator:
            generators[generator] += 1
        if family is not None:
            votes[family.name] += 1
            signs.update(sign for sign in family.signs if sign in named)
    total = len(pages)
    if not votes:
        return FoundFamily(None, _hint(pages, generators) or "no mark of a known CMS family")
    name, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if count < NEARLY_ALL * total:
        told = ", ".join(f"{family} on {n}" for family, n in sorted(votes.items()))
        return FoundFamily(None, f"no one family: {told} of {total} pages", (f"pages of several families: {told}",))
    return FoundFamily(name, _evidence(name, generators, signs, total))


def _evidence(name: str, generators: Counter[str], signs: Counter[str], total: int) -> str:
    family = next(family for family in FAMILIES if family.name == name)
    told = [
        f"generator `{text}` on {n} of {total} pages"
        for text, n in generators.most_common(1)
        if family.generator and text.lower().startswith(family.generator)
    ]
    told += [f"`{sign}` on {n} of {total} pages" for sign, n in sorted(signs.items(), key=lambda s: (-s[1], s[0]))[:3]]
    return ", ".join(told)


def _hint(pages: Sequence[Opened], generators: Counter[str]) -> str:
    """What is seen that no family of the reader is."""
    told = [f"generator `{text}` on {n} of {len(pages)} pages" for text, n in generators.most_common(1)]
    forms = sum(any(mark in page.capture.payload for mark in _FORM_MARKS) for page in pages)
    if forms:
        told.append(f"ASP.NET WebForms on {forms} of {len(pages)} pages")
    return ", ".join(told) + ", no family the reader knows" if told else ""

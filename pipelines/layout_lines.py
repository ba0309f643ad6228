"""What the layout of a source says about the lines of a page. A selector that does not match once says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from lxml.html import HtmlElement

from pipelines.article_head import read_stamp
from pipelines.blocks import PageText
from pipelines.html import every, line, only
from pipelines.metadata import names_account
from pipelines.normalize.dates import VIETNAM
from pipelines.publication import date_candidate
from pipelines.records import Candidate, Doubt, Layout, Unreadable

_MOST_CREDIT_LINES = 4


@dataclass(slots=True)
class Fixed:
    """roles: line → (role, rule), stronger than any other rule.  removed: what `remove` takes out, lines or not."""

    roles: dict[int, tuple[str, str]] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    removed: set[HtmlElement] = field(default_factory=set)


def layout_on(layouts: Iterable[Layout], fetched_at: datetime) -> Layout | None:
    """The layout valid on the day of a capture; of several the one that began last."""
    day = fetched_at.astimezone(VIETNAM).date()
    valid = [layout for layout in layouts if (layout.valid_from or date.min) <= day <= (layout.valid_until or date.max)]
    return max(valid, key=lambda layout: layout.valid_from or date.min, default=None)


def fixed_lines(root: HtmlElement, page: PageText, layout: Layout | None, fetched_at: datetime) -> Fixed:
    """Roles and candidates of all selectors but `title` and `body`, which pipelines.article asks itself."""
    fixed = Fixed()
    if layout is None:
        return fixed
    for selector in layout.remove:
        for element in _matched(root, selector, fixed):
            fixed.removed.add(element)
            for at in _lines_of(page, element):
                fixed.roles[at] = ("junk", "layout-remove")
    if layout.caption is not None:
        for element in _matched(root, layout.caption, fixed):
            for at in _lines_of(page, element):
                fixed.roles.setdefault(at, ("caption", "layout"))
    for role in ("lead", "byline", "section", "published", "view_count"):
        selector = getattr(layout, role)
        if selector is None:
            continue
        try:
            elements = _credit_lines(root, selector) if role == "byline" else [only(root, selector)]
        except Unreadable as error:
            fixed.doubts.append(Doubt(f"layout-{role}", "warning", str(error)))
            continue
        texts = [line(element) for element in elements]
        if not any(texts):
            fixed.doubts.append(Doubt(f"layout-{role}", "warning", f"{selector!r} holds no text"))
            continue
        for element, text in zip(elements, texts, strict=True):
            _value(role, text, fixed, fetched_at)
            for at in _lines_of(page, element):
                account = role == "byline" and names_account(text)
                fixed.roles[at] = ("junk", "cms-account") if account else (role, "layout")
    return fixed


def _credit_lines(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements of a byline: one, or a few side by side, as where writer and source have a line each."""
    found = every(root, selector)
    beside = 1 < len(found) <= _MOST_CREDIT_LINES and all(
        after is before.getnext() for before, after in pairwise(found)
    )
    return found if beside else [only(root, selector)]


def _matched(root: HtmlElement, selector: str, fixed: Fixed) -> list[HtmlElement]:
    try:
        return every(root, selector)
    except Unreadable as error:
        fixed.doubts.append(Doubt("layout-selector", "warning", str(error)))
        return []


def _value(role: str, text: str, fixed: Fixed, fetched_at: datetime) -> None:
    if role == "section":
        fixed.candidates.append(Candidate("section", text, "layout", text[:300], 5))
    elif role in ("published", "view_count"):
        stamp = read_stamp(text, fetched_at, 5, believed=True)
        found = stamp.candidates if stamp is not None else ()
        for c in found:
            fixed.candidates.append(
                Candidate(c.field, c.value, "layout", c.evidence, 5, c.basis, c.precision, c.refused)
            )
        if role == "published" and not any(c.field == "published_on" for c in found):
            fixed.candidates.append(date_candidate("published_on", text, "layout", text, 5, "label", fetched_at))


def _lines_of(page: PageText, element: HtmlElement) -> Iterable[int]:
    """Lines of an element; of an inline element only the lines that hold nothing else."""
    if element in page.spans:
        return range(*page.spans[element])
    text = line(element)
    return [at for at, found in enumerate(page.lines) if found.text == text and _within(found.element, element)]


def _within(inner: HtmlElement, outer: HtmlElement) -> bool:
    element: HtmlElement | None = inner
    while element is not None and element is not outer:
        element = element.getparent()
    return element is outer

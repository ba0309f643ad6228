"""The section of an article as the page prints it: the last category of a breadcrumb, or a label above the title.

In this order: a breadcrumb that the markup calls so, the element that the family calls so, a path of links from the
start page that stands above the title, a short label above the title that is also an entry of the page's menu.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from pipelines.article import Place
from pipelines.article_head import is_stamp
from pipelines.article_lines import Role, Told
from pipelines.article_title import is_box_title, key, tokens
from pipelines.blocks import BlockLine, PageText
from pipelines.families.family import Family
from pipelines.html import line as text_of
from pipelines.marks import Mark
from pipelines.metadata import is_home, last_category
from pipelines.page_words import NAMES_THE_PATH
from pipelines.prose import Weights
from pipelines.records import Candidate

_SEPARATOR = regex.compile(r"\s*[»>›/|→]\s*|\s+[-–—•:]{1,2}\s+")
_CRUMB_SEPARATOR = regex.compile(r"\s*[»>›/|→]\s*")
_LABEL = regex.compile(r"^(?:Chuyên mục|Danh mục|Thể loại|Category|Mục)\s*:\s*", regex.IGNORECASE)
_CATEGORY_NAME = regex.compile(
    r"(?:^|[-_ ])(?:cat|cate|category|chuyen-?_?muc|section)(?:-?_?(?:label|name|title|link))?(?:[-_ ]|$)",
    regex.IGNORECASE,
)
_LONGEST, _SHORT = 60, 40
_PAGE = regex.compile(r"^(?:https?://[^/]+)?/?[^/?#]+|[?&]\w+=")
_ABOVE = 6
_HEADLINE = 25
_BY_LABEL = "label above the title"
_BETWEEN = " »>›/|→-–—•:"
_MAX_LINKS = 12
_LONGEST_PATH = 5  # more is a menu in one line


def section_of(
    page: PageText, weights: Weights, place: Place, told: Told, family: Family | None
) -> tuple[list[Candidate], list[Role]]:
    """The candidate, and the roles with its line as `section`; no candidate where no place or several tell one."""
    title = page.text_of(place.title) if place.title else _meta_title(told)
    for find in (_breadcrumb, _of_family, _path, _label):
        found = find(page, weights, place, family)
        if found is None:
            continue
        nearer = _label(page, weights, place, family, only_named=True) if find is _breadcrumb else None
        if nearer is not None and nearer[0][0][0] not in dict(found[0]):
            found = nearer  # breadcrumbs of portals often end at `Tin tức`, above all categories
        crumbs, how, rank = found
        name = last_category([crumb for crumb, _ in crumbs], title)
        if name is None or len(name) > _LONGEST:
            continue
        at = next(at for crumb, at in reversed(crumbs) if crumb == name)
        roles = list(told.roles)
        bare = _LABEL.sub("", page.lines[at].text).strip(" |-–•·:")
        if bare == name and roles[at][0] in ("furniture", "junk"):
            roles[at] = ("section", how, roles[at][2])
        evidence = " > ".join(crumb for crumb, _ in crumbs)[:300]
        return [Candidate("section", name, how, evidence, rank)], roles
    return [], told.roles


Found = tuple[list[tuple[str, int]], str, int] | None
"""(crumb, line) from the start page on; how they were found; rank."""


def _meta_title(told: Told) -> str:
    return next((c.value for c in told.candidates if c.field == "title"), "")


def _breadcrumb(page: PageText, weights: Weights, place: Place, family: Family | None) -> Found:
    crumbs: list[tuple[str, int]] = []
    first = mark = outer = None
    for at, line in enumerate(page.lines[: place.body[0]]):
        if line.mark is not mark:
            mark = line.mark
            outer = _outermost(mark)
        if outer is None or (first is not None and outer.element is not first):
            continue
        named = [p for p in _parts(line) if not NAMES_THE_PATH.fullmatch(p) and not is_stamp(p)]
        if named:
            first = outer.element
            crumbs += [(part, at) for part in named]
    return (crumbs, "breadcrumb", 25) if crumbs else None


def _outermost(mark: Mark | None) -> Mark | None:
    found = None
    while mark is not None:
        if mark.kind == "breadcrumb":
            found = mark
        mark = mark.parent
    return found


def _parts(line: BlockLine) -> list[str]:
    parts = (part.strip(" |-–•·:") for part in _CRUMB_SEPARATOR.split(NAMES_THE_PATH.sub("", line.text)))
    return [part for part in parts if part]


def _of_family(page: PageText, weights: Weights, place: Place, family: Family | None) -> Found:
    if family is None or not family.section:
        return None
    found = []
    for at in range(place.scope[0], place.body[0]):
        line = page.lines[at]
        parent = line.element.getparent()
        around = [*tokens(line.element), *(tokens(parent) if parent is not None else ())]
        if len(line.text) <= _LONGEST and not family.section.isdisjoint(around):
            found.append(at)
    if len(found) != 1:  # a page of several categories has no one section
        return None
    return [(_LABEL.sub("", page.lines[found[0]].text), found[0])], f"{family.name} section", 26


def _above(page: PageText, place: Place) -> Iterator[int]:
    """Lines above the title, nearest first, up to the first that is a headline of something else."""
    if place.title is None:
        return
    for at in range(place.title[0] - 1, max(-1, place.title[0] - 1 - _ABOVE), -1):
        line = page.lines[at]
        if line.linked and len(line.text) >= _HEADLINE and len(_links(line)) < 2:
            return
        yield at


def _links(line: BlockLine) -> list[str]:
    found = (text_of(link) for link in islice(line.block.iter("a"), _MAX_LINKS))
    return [text for text in found if text and text in line.text]


def _path(page: PageText, weights: Weights, place: Place, family: Family | None) -> Found:
    """A line of links from the start page, or of two links and more with a sign between them."""
    for at in _above(page, place):
        line = page.lines[at]
        if not line.link_chars or len(line.text) > 200:
            continue
        links = _links(line)
        parts = [part for part in _SEPARATOR.split(NAMES_THE_PATH.sub("", line.text)) if part]
        if len(links) >= 2 and (len(parts) < 2 or not _without(line.text, links).strip(_BETWEEN)):
            parts = links  # a sign, a picture or nothing at all stands between them
        if (
            not 2 <= len(parts) <= _LONGEST_PATH
            or _SEPARATOR.search(line.text + " ", len(line.text) - 1)
            or any(len(part) > _LONGEST for part in parts[:-1])
        ):
            continue
        if is_home(parts[0]) or (len(links) >= 2 and links[0] == parts[0] and _SEPARATOR.search(line.text)):
            return [(part, at) for part in parts], "path above the title", 27
    return None


def _without(text: str, links: list[str]) -> str:
    for link in links:
        text = text.replace(link, "", 1)
    return text


def _is_entry(page: PageText, at: int) -> bool:
    """Whether a linked line is one of several of one kind, as in a menu that nothing marks."""
    line = page.lines[at]
    beside = (page.lines[i] for i in (at - 1, at + 1) if 0 <= i < len(page.lines))
    return line.linked and any(
        other.linked
        and other.block.tag == line.block.tag
        and other.block.get("class") == line.block.get("class")
        and len(other.text) <= _LONGEST
        for other in beside
    )


def _next_to_title(page: PageText, place: Place) -> list[int]:
    """The two lines above the title, nearest first, dates and counters left out."""
    return list(islice((at for at in _above(page, place) if not is_stamp(page.lines[at].text)), 2))


def _leads_on(href: str) -> bool:
    """Whether a link leads to a page below the start page."""
    return not href.startswith(("#", "javascript:", "mailto:", "tel:")) and bool(_PAGE.search(href))


def _entries(page: PageText, before: int) -> set[str]:
    """Texts of links above a line, as keys: those of a line each, and those of menus in one line."""
    found = set()
    for other in page.lines[:before]:
        if other.linked:
            found.add(key(other.text))
        if other.link_chars and len(other.text) > _LONGEST // 2:
            found |= {key(text) for text in _links(other)}
    return found


def _label(page: PageText, weights: Weights, place: Place, family: Family | None, only_named: bool = False) -> Found:
    """A short line above the title that the menu has too, or that links to what its markup calls a category.

    only_named  the latter alone
    """
    for at in _above(page, place):
        line = page.lines[at]
        text = _LABEL.sub("", line.text).strip(" |-–•·:")
        kinds = weights.kinds(line.mark)
        if not 2 < len(text) <= _LONGEST or is_home(text) or is_stamp(text) or kinds & {"nav", "hidden", "popup"}:
            continue
        around = f"{line.element.get('class') or ''} {line.block.get('class') or ''}"
        named = _CATEGORY_NAME.search(around) is not None and not _is_entry(page, at)
        if _LABEL.match(line.text) or (named and (line.linked or at in _next_to_title(page, place))):
            return [(text, at)], _BY_LABEL, 28
        if only_named:
            continue
        alone = line.block.tag != "li" and len(_links(line)) < 2 and not _is_entry(page, at)
        if alone and key(text) in _entries(page, at):
            return [(text, at)], "menu entry above the title", 28
        if alone and line.block.tag in ("h1", "h2", "h3") and is_box_title(around):
            return [(text, at)], "title of the box", 29
        if (
            alone
            and line.linked
            and len(text) <= _SHORT
            and at in _next_to_title(page, place)[:1]
            and _leads_on(line.href)
        ):
            return [(text, at)], "link above the title", 29
    return None

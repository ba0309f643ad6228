"""The printed title of an article: which heading before its body it is, and whether the metadata say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex
from lxml.html import HtmlElement

from pipelines.article_head import is_dated_stamp, is_stamp
from pipelines.blocks import PageText
from pipelines.families.family import Family
from pipelines.html import only
from pipelines.marks import Mark, names_of
from pipelines.metadata import Metadata, is_site_name, title_parts
from pipelines.prose import BESIDE, CHROME, Weights
from pipelines.records import Doubt, Layout, Unreadable

_HEADING = {"h1": 4, "h2": 3, "h3": 2, "h4": 1}
_SAID, _SAID_AGAIN = 5, 2
"""Points of a line that the metadata give as title; of one further up, since `<title>` also names the site."""
_BESIDE_STAMP = 1.2
_ACROSS_MENU = 5
_LINKS_OF_MENU = 5
_LONGEST_STAR = 4  # `1`, `2` … of a rating, `In`
_OF_SITE = -4
_LONGEST_ENTRY = 40
_TITLE_NAME = re.compile(r"title|tieu-?_?de|headline|tieude|subject\b|ten-?bai|\bname\b", re.IGNORECASE)
_BOX_TITLE = re.compile(
    r"(?:portlet|box|block|module|widget|cate?(?:gory)?|section|panel|site|sidebar|tab)-?_?(?:title|name|heading)",
    re.IGNORECASE,
)
"""What names the title of a box of the page, which may be the section."""
_TITLE_BEFORE = 60
_LARGE = frozenset(("4", "5", "6", "7", "+1", "+2", "+3"))  # of `<font size>`; 3 is that of the text
_CONTAINER = re.compile(r"(?:\A|(?<=\w_))(?:ctl\d+|dnn_ctr\d+)_")
_OWN_ID = re.compile(r"_([A-Za-z](?:[^\W_]|_(?![A-Za-z]))*)\Z")
"""An id of ASP.NET: the names of its containers, then its own. Two patterns, for one would try each against each."""
_TOLD = regex.compile(
    r"(?:(?:ngày đăng|đăng (?:lúc|ngày)|cập nhật(?: lúc)?|thứ \p{L}+|chủ nhật|ngày)\s*:?,?\s*)*(?:lúc\s*)?"
    r"\d{1,2}[:h/.-]\d{1,2}",
    regex.IGNORECASE,
)
_MONTH = re.compile(r"\(?tháng\s+\d{1,2}\D{1,8}\d{4}\)?", re.IGNORECASE)
"""What stands above a calendar."""
_FIRST_WORDS = 24
_WORDS = re.compile(r"\w+")
_WORD = re.compile(r"[^\W_]+")  # letters and digits; a third faster than to take out what is none with `regex`


@dataclass(frozen=True, slots=True)
class StatedTitle:
    """What the metadata give as title, as keys: the headline, the whole `<title>` and its parts."""

    headline: str
    whole: str
    parts: tuple[str, ...]
    site: str

    @staticmethod
    def of(meta: Metadata) -> StatedTitle:
        parts = tuple(part for part in map(key, title_parts(meta.title)) if len(part) > 8)
        return StatedTitle(key(meta.headline), key(meta.title), parts, key(meta.site))

    def is_said_by(self, text: str) -> bool:
        """Whether a printed text is this title; a long one may be cut off by what follows it in `<title>`."""
        titles = (self.headline, self.whole, *self.parts)
        first = key(text[:_FIRST_WORDS])
        if not any(title.startswith(first) for title in titles):  # most texts: paragraphs that begin with other words
            return False
        printed = key(text)
        if not printed or printed == self.site or is_site_name(text):
            return False
        return printed in titles or (len(printed) > 20 and self.whole.startswith(printed))

    def is_site(self, text: str) -> bool:
        """Whether a text is the site's name, or begins as names of sites do."""
        return is_site_name(text) or has_key(text, self.site)


def is_box_title(names: str) -> bool:
    """Whether class and id name the title of a box of the page."""
    return _BOX_TITLE.search(names) is not None


def key(text: str) -> str:
    """Text to compare titles by: letters and digits only, one case."""
    return " ".join(_WORD.findall(text)).casefold()


def has_key(text: str, wanted: str) -> bool:
    """Whether `key` of a text is this; a paragraph is none of a title's length, so its first words are asked first."""
    return wanted.startswith(key(text[:_FIRST_WORDS])) and key(text) == wanted


def tokens(element: HtmlElement) -> list[str]:
    """Class names, and the id with `#`, lower case: how families name their elements."""
    found = (element.get("class") or "").lower().split()
    if identifier := element.get("id"):
        found.append("#" + identifier.lower())
        if "_" in identifier and (own := _own_id(identifier)) is not None:
            found.append("#" + own.lower())
    return found


def _own_id(identifier: str) -> str | None:
    """`Title` of `ctl00_Main_ctl02_Title`; None: no container is named."""
    own = _OWN_ID.search(identifier)
    if own is None or _CONTAINER.search(identifier, 0, own.start() + 1) is None or not _WORDS.fullmatch(identifier):
        return None
    return own[1]


def heading_of_page(page: PageText, weights: Weights, stated: StatedTitle) -> int | None:
    """The line of the only `<h1>` or `<h2>` that is the title the metadata give, and no link."""
    found = [
        at
        for at, line in enumerate(page.lines)
        if (line.block.tag in ("h1", "h2") or line.block.get("role") == "heading")
        and not line.linked
        and not weights.kinds(line.mark) & CHROME
        and stated.is_said_by(line.text)
    ]
    return found[0] if len(found) == 1 else None


def heading_within(page: PageText, span: tuple[int, int]) -> int | None:
    """The heading within lines that a date or counter follows, no link, with paragraphs below it; None where there is
    none or several."""
    found = [
        at
        for at in range(*span)
        if page.lines[at].block.tag in _HEADING and not page.lines[at].linked and _is_told(page, at + 1)
    ]
    return found[0] if len(found) == 1 else None


def _is_told(page: PageText, at: int) -> bool:
    """Whether a line that begins with a date of publication or change stands here, whatever else is in it."""
    return at < len(page.lines) and _TOLD.match(page.lines[at].text) is not None


def printed_title(
    root: HtmlElement,
    page: PageText,
    stated: StatedTitle,
    family: Family | None,
    layout: Layout | None,
    body: tuple[int, int],
    doubts: list[Doubt],
) -> tuple[tuple[int, int], str, bool, bool] | None:
    """(lines, how, confirmed by metadata, is a link) of the printed title."""
    if layout is not None and layout.title is not None:
        try:
            element = only(root, layout.title)
            if element in page.spans:
                span = page.spans[element]
                return span, "layout", stated.is_said_by(page.text_of(span)), False
            at = next((i for i, line in enumerate(page.lines) if line.element is element), None)
            if at is not None:
                return (at, at + 1), "layout", stated.is_said_by(page.lines[at].text), False
            doubts.append(Doubt("layout-title", "warning", f"{layout.title!r} holds no text of its own"))
        except Unreadable as error:
            doubts.append(Doubt("layout-title", "warning", str(error)))
    best, best_score = None, 1.5
    start, end = body
    said = False
    around: dict[int, bool] = {}  # marks by id → whether they stand around or beside articles
    for at in reversed(range(max(0, start - _TITLE_BEFORE), min(end, start + 4))):
        line = page.lines[at]
        if not 8 <= len(line.text) <= 400:
            continue
        if id(line.mark) not in around:
            around[id(line.mark)] = not foreign(page, line.mark, body).isdisjoint(CHROME | BESIDE)
        if around[id(line.mark)]:
            continue
        if is_stamp(line.text):
            continue
        span, heading, how = _heading(page, at, family)
        if span[0] != at:
            continue
        text = page.text_of(span)
        confirmed = stated.is_said_by(text)
        if line.linked and not confirmed:
            continue
        below = range(span[1], span[1] + (3 if heading >= _HEADING["h1"] else 2))  # a subtitle may stand between
        stamped = bool(heading) and any(_is_stamped(page, near) for near in below)
        score = heading - 0.08 * max(0, start - at) - (1.5 if at > start and not stamped else 0)
        across = bool(heading) and _is_across_menu(page, span[1], start) and key(text) != stated.headline
        if across:
            score -= _ACROSS_MENU
        if confirmed and not across:
            score += _SAID_AGAIN if said else _SAID
            said = True
        elif stated.is_site(text):
            score += _OF_SITE
        elif len(text) <= _LONGEST_ENTRY and key(text) in _menu(page):
            score -= 2
        score += _BESIDE_STAMP if stamped else 0
        if score >= best_score:
            best, best_score = (span, how, confirmed, line.linked), score
    return best if best is not None else _above_stamp(page, stated, start)


def _above_stamp(page: PageText, stated: StatedTitle, start: int) -> tuple[tuple[int, int], str, bool, bool] | None:
    """Where nothing looks like a title: the line below or above a date or counter, right above the paragraphs."""
    for at in range(min(start + 1, len(page.lines) - 1), max(-1, start - 5), -1):
        line = page.lines[at]
        near = _is_stamped(page, at + 1) or (at > 0 and is_stamp(page.lines[at - 1].text))
        if near and not is_stamp(line.text) and not line.text.endswith((".", ":", ";")):
            shaped = 15 <= len(line.text) <= 250 and not line.linked and not stated.is_site(line.text)
            return ((at, at + 1), "line beside the date", False, False) if shaped else None
    return None


def _is_across_menu(page: PageText, after: int, start: int) -> bool:
    """Whether a menu, or another box of links, stands between a line and the paragraphs."""
    links = (line for line in page.lines[after:start] if line.linked and len(line.text) > _LONGEST_STAR)
    return sum(line.mark is None or line.mark.kind not in ("share", "rating") for line in links) > _LINKS_OF_MENU


def _menu(page: PageText) -> frozenset[str]:
    """Short links of the page's menus, as keys."""
    if page.menu is None:
        found = (line for line in page.lines if line.linked and len(line.text) <= _LONGEST_ENTRY)
        page.menu = frozenset(key(line.text) for line in found if line.mark is not None and line.mark.kind == "nav")
    return page.menu


def _is_stamped(page: PageText, at: int) -> bool:
    if at >= len(page.lines):
        return False
    text = page.lines[at].text
    return is_dated_stamp(text) and not _MONTH.fullmatch(text)


def _heading(page: PageText, at: int, family: Family | None) -> tuple[tuple[int, int], float, str]:
    """(lines, score, how): how much of a heading the element around a line is. Only elements of at most three lines."""
    line = page.lines[at]
    span, best, how = (at, at + 1), 0.0, "line"
    element: HtmlElement | None = line.element
    for _ in range(5):
        if element is None:
            break
        around = page.spans.get(element)
        if around is not None and around[1] - around[0] > 3:
            break
        score: float = _HEADING.get(str(element.tag), 0)
        found = str(element.tag) if score else ""
        if not score and element.get("role") == "heading":
            score, found = _HEADING.get(f"h{element.get('aria-level') or 2}", 1), "role heading"
        if family is not None and not family.title.isdisjoint(tokens(element)):
            score, found = score + 3, f"{family.name} title"
        elif _TITLE_NAME.search(names := names_of(element)):
            of_box = is_box_title(names)
            score, found = score - 1 if of_box else score + 2, found or "title class"
        elif not score and element.tag in ("strong", "b", "center") and element is line.element:
            score, found = 0.9, "bold line"
        elif not score and element.tag == "font" and (element.get("size") or "").strip() in _LARGE:
            score, found = 1.5, "large line"
        if score > best:
            best, how = score, found
            if around is not None:
                span = around
        element = element.getparent()
    return span, best, how


def foreign(page: PageText, mark: Mark | None, body: tuple[int, int]) -> frozenset[str]:
    """Kinds of the marks around a line that do not also stand around the article's body."""
    kinds = set()
    while mark is not None:
        span = page.spans.get(mark.element)
        if span is None or not (span[0] <= body[0] and body[1] <= span[1]):
            kinds.add(mark.kind)
        mark = mark.parent
    return frozenset(kinds)

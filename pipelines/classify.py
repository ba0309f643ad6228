"""What kind of page this is, before anything is read from it. Evidence is counted and told in words.

Not the address, not single words decide, but structure: what stands in the main area once menus, header, footer,
side boxes, pop-ups and comment forms are left out.

Longer than most: the kinds are told in one order, where each may count on the ones before it not holding.
"""

from __future__ import annotations

from itertools import compress
from operator import attrgetter, itemgetter
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from pipelines import page_words as words
from pipelines.article import BARE_NOTICE, Place
from pipelines.article_lines import Told
from pipelines.blocks import Field, PageText
from pipelines.line_rules import heads_others
from pipelines.listing_items import Items
from pipelines.metadata import Metadata, title_parts
from pipelines.prose import Weights

_SAYS_NO_ERROR = frozenset(("nav", "footer", "hidden", "popup", "related", "aside"))
_OUT = frozenset(("header", "nav", "footer", "popup", "aside", "comments", "hidden", "rating", "related"))
_PARAGRAPH, _ARTICLE_PROSE = 80, 500
_LONG_MESSAGE = 2_000
_BELOW = 20
_HEADS = ("h1", "h2", "h3")
_TOLD = frozenset(("body", "lead"))
_TEXT, _ROLE = attrgetter("text"), itemgetter(0)
ENOUGH = 4
"""Points of article evidence from which a page with prose is a bulletin rather than a static page."""


def stub_kind(root: HtmlElement, page: PageText, meta: Metadata, http_status: int | None) -> tuple[str, str] | None:
    """Kinds that show before any article is looked for: redirect stubs, block pages, bare error pages."""
    visible = sum(map(len, map(_TEXT, page.lines)))
    said = page.text_of((0, len(page.lines)))[:3000] if visible < 6000 else ""
    scripts = " ".join(s.text or "" for s in root.iter("script") if not s.get("src"))[:50_000] if visible < 600 else ""
    if visible < 600 and (found := words.CHALLENGE.search(scripts)):
        return "block", f"block: script challenge ({found[0][:30]!r}…), {visible} characters of text"
    opening = " ".join(line.text for line in page.lines[:6])[:600] if visible >= 600 else said
    if visible < 2500 and not meta.articles and (found := words.BLOCKED.search(f"{meta.title} {opening}")):
        return "block", f"block: says {found[0][:60]!r}, {visible} characters of text"
    if http_status in (401, 403, 429) and visible < 2500:
        return "block", f"block: status {http_status}, {visible} characters of text"
    if visible < 600:
        first = page.lines[0].text if page.lines else ""
        if regex.search(r"url\s*=", meta.refresh, regex.IGNORECASE):
            return "redirect", f"redirect: meta refresh to {meta.refresh[:80]!r}, {visible} characters of text"
        if visible < 300 and len(scripts) < 4000 and (moved := _scripted_move(root, scripts)):
            return "redirect", f"redirect: script {moved!r}, {visible} characters of text"
        if words.MOVED.match(first) or words.MOVED.match(meta.title) or http_status in (301, 302, 303, 307, 308):
            return "redirect", f"redirect: {(first or meta.title)[:60]!r}, {visible} characters of text"
    if http_status is not None and http_status >= 400:
        return "error", f"error: status {http_status}"
    return None


def _scripted_move(root: HtmlElement, scripts: str) -> str | None:
    body = root.find("body")
    handlers = (body.get("onload") or "") if body is not None else ""
    found = words.SCRIPTED_MOVE.search(scripts) or words.SCRIPTED_MOVE.search(handlers)
    return found[0] if found else None


def by_layout(page: PageText, weights: Weights, place: Place | None, told: Told | None) -> tuple[str, str] | None:
    """A bulletin where the source's layout picked title and paragraphs, and those tell enough to be no message of the
    server; None: it is to be looked at more closely."""
    if place is None or told is None or place.how != "layout" or place.title_how != "layout":
        return None
    if not told.near and not told.count("published"):
        return None
    prose = _told_prose(page, told)
    if prose < _ARTICLE_PROSE or _error_heading(page, weights) is not None:
        return None
    return "bulletin", f"bulletin: title and paragraphs by the source's layout, {prose} characters"


def classify(
    page: PageText,
    weights: Weights,
    meta: Metadata,
    place: Place | None,
    told: Told | None,
    items: Items,
    url: str,
) -> tuple[str, str]:
    """(kind, rule with evidence) of a page that is no stub."""
    prose = _main_prose(page, weights)
    name = _page_name(page, meta, place)
    points, reasons = _article_points(page, meta, place, told, name)
    told_prose = _told_prose(page, told)
    if found := _error(page, weights, meta, items, points, prose, told_prose):
        return found
    evidence = f"{points} points ({', '.join(reasons) or 'none'})"
    listed = _is_list(items, place, points, told_prose)
    fields = _main_fields(page, weights, place)
    passwords = sum(f.kind == "password" for f in fields)
    inputs = [f for f in fields if f.kind not in ("password", "radio", "checkbox") and not words.SEARCH.search(f.name)]
    start_page = _is_root(url) and items.count + items.beside >= 6
    strong = place is not None and points >= ENOUGH and not listed and not start_page
    if passwords == 1 and len(inputs) <= 3 and told_prose < _ARTICLE_PROSE and _asks_to_log_in(page, meta):
        return "login", f"login: one password field and a heading that says so, {told_prose} characters of paragraphs"
    if passwords and not strong and items.count < 6 and prose < 400:
        if passwords == 1 and len(inputs) <= 3:
            return "login", f"login: one password field, {prose:.0f} characters of prose, no article"
        return "form", f"form: {len(inputs)} inputs and {passwords} password fields in the main area"
    asks = len(inputs) >= 3 and (any(f.kind == "textarea" for f in inputs) or len(inputs) >= 4)
    question = words.CONTACT_NAME.match(name) is not None and told_prose < _ARTICLE_PROSE
    if asks and (len(inputs) >= 10 or question or (items.count < 6 and (not strong or prose < 300))):
        return "form", f"form: {len(inputs)} inputs in the main area, {prose:.0f} characters of prose"
    if strong:
        return "bulletin", f"bulletin: {evidence}"
    if not listed and words.CONTACT_NAME.match(name) and _contacts(page, weights):
        return "form", f"form: page {name[:40]!r} of addresses and numbers"
    if found := _list_or_home(meta, items, url, name, listed, prose):
        return found
    if place is not None and prose >= 40:
        return "static", f"static: prose without the marks of a bulletin, {evidence}"
    if items.links >= 10 and (words.MAP_NAME.match(name) or prose < 40):
        return "list", f"list: {items.links} links and no prose in the main area"
    return "static", f"static: {prose:.0f} characters of prose, {items.links} links in the main area, {evidence}"


def _asks_to_log_in(page: PageText, meta: Metadata) -> bool:
    headings = (line.text for line in page.lines if line.block.tag in ("h1", "h2", "h3", "legend"))
    return any(words.LOGIN_NAME.match(text) for text in (meta.title, *headings))


def _main_prose(page: PageText, weights: Weights) -> float:
    return weights.sums[-1]


def _error(
    page: PageText, weights: Weights, meta: Metadata, items: Items, points: int, prose: float, told_prose: int
) -> tuple[str, str] | None:
    """An error or block page in full chrome: it says so in its title or main lines, and tells nothing else."""
    parts = title_parts(meta.title)
    if parts and words.ERROR_TITLE.match(parts[0]) and prose < 800:
        return "error", f"error: title {meta.title[:80]!r}, {prose:.0f} characters of prose"
    if told_prose < _LONG_MESSAGE and (says := _error_heading(page, weights)):
        return "error", f"error: its heading says {says[:80]!r}, {prose:.0f} characters of prose"
    headed = any(line.block.tag in _HEADS and words.ERROR_TITLE.match(line.text) for line in page.lines)
    if points >= 6 or (prose * (1 - items.share) >= 500 and not headed):
        return None
    for line in page.lines:
        if line.linked or not 8 <= len(line.text) <= 200 or weights.kinds(line.mark) & _SAYS_NO_ERROR:
            continue
        certain = line.block.tag in _HEADS or words.SPEAKS_TO_READER.search(line.text)
        if not certain and items.count + items.beside >= 6:
            continue
        if words.ERROR_LINE.match(line.text):
            return "error", f"error: says {line.text[:80]!r}, {prose:.0f} characters of prose"
        if points < ENOUGH and words.RESTRICTED.search(line.text):
            return "block", f"block: says {line.text[:80]!r}, {prose:.0f} characters of prose"
        if points < ENOUGH and words.MAINTENANCE.search(line.text):
            return "error", f"error: under maintenance, says {line.text[:80]!r}, {prose:.0f} characters of prose"
    return None


def _error_heading(page: PageText, weights: Weights) -> str | None:
    """The first heading, if it is a message of the server; a number may as well open a title (`404 trang …`)."""
    for line in page.lines:
        if not line.linked and line.block.tag == "h1" and not weights.kinds(line.mark) & _SAYS_NO_ERROR:
            return line.text if words.ERROR_LINE.match(line.text) and not line.text[0].isdigit() else None
    return None


def _article_points(
    page: PageText, meta: Metadata, place: Place | None, told: Told | None, name: str
) -> tuple[int, list[str]]:
    """How much speaks for an article, and what. name: what the page calls itself."""
    if place is None or told is None:
        return 0, []
    found: list[tuple[int, str]] = []
    if place.title:
        found.append((1, f"title by {place.title_how}"))
        if place.confirmed:
            found.append((1, "title as in metadata"))
    if "published" in told.near:
        found.append((3, "date beside the title"))
    elif "updated" in told.near:
        found.append((3, "last change beside the title"))
    if "view_count" in told.near:
        found.append((2, "counter beside the title"))
    if _others_below(page, place):
        found.append((2, "others listed below"))
    if any(c.basis == "metadata" and c.field == "published_on" for c in told.candidates):
        found.append((3, "publication date in metadata"))
    if meta.articles:
        found.append((2, "JSON-LD article"))
    if meta.first("og:type").lower() == "article":
        found.append((1, "og:type article"))
    if place.how in ("layout", "itemprop"):
        found.append((2, f"body by {place.how}"))
    elif place.how.startswith("family") and place.how not in {"family liferay", "family wordpress"}:
        found.append((1, f"body by {place.how}"))
    if told.count("byline"):
        found.append((2, "credit line"))
    if told.count("lead"):
        found.append((1, "lead block"))
    if captions := told.count("caption"):
        found.append((min(2, captions), "captions"))
    body = [page.lines[at].text for at, role in enumerate(told.roles) if role[0] in ("body", "lead")]
    if any(words.EVENT.match(text) and words.DAY.search(text[:120]) for text in body[:2]):
        found.append((3, "opens with a dated event"))
    elif any(words.EVENT.match(text) or words.PREFIXED.match(text) for text in body[:2]):
        found.append((2, "opens with an event"))
    classes = set(meta.body_classes.split())
    if classes & {"single", "single-post"}:
        found.append((3, "body class single"))
    elif classes & {"page", "page-template", "archive", "category", "home", "blog"}:
        found.append((-2, "body class of another page"))
    dated = any("date" in reason for _, reason in found)
    if not dated and len(body) >= 4 and sum(bool(words.NUMBERED.match(text)) for text in body) * 2 > len(body):
        found.append((-2, "mostly numbered clauses"))
    if words.STATIC_NAME.match(name):
        found.append((-3, "named like a standing page"))
        if any(words.INTRODUCTION.match(text) for text in _crumbs(page)):
            found.append((-9, "stands below the introduction"))
    return sum(p for p, _ in found), [f"{name} {p:+d}" for p, name in found]


def _others_below(page: PageText, place: Place) -> bool:
    """Whether a heading such as `Các tin khác` stands below the paragraphs and links follow it."""
    end = place.body[1]
    for at in range(end, min(len(page.lines), end + _BELOW)):
        if heads_others(page.lines[at].text):
            return any(line.linked for line in page.lines[at + 1 : at + 4])
    return False


def _told_prose(page: PageText, told: Told | None) -> int:
    """Characters of whole sentences in the paragraphs that were found, links left out."""
    if told is None:
        return 0
    lines = compress(page.lines, map(_TOLD.__contains__, map(_ROLE, told.roles)))
    return sum([len(line.text) for line in lines if len(line.text) >= _PARAGRAPH and not line.link_chars])


def _is_list(items: Items, place: Place | None, points: int, prose: int) -> bool:
    """Whether the prose of the main area belongs to items rather than to one article."""
    if prose >= _ARTICLE_PROSE and points >= ENOUGH and items.share < 0.2 and not items.entries:
        return False  # whatever is linked around it
    if place is not None and place.how == BARE_NOTICE and points >= ENOUGH:
        return False
    if items.entries and points < 6:
        return True
    if place is not None and place.several >= 3 and not place.confirmed:
        return True
    if place is not None and place.linked and items.share >= 0.5:
        return True
    if items.count >= 3 and items.share >= 0.6:
        return True
    if items.count and items.share >= 0.6 and items.dated and (place is None or not place.title or place.linked):
        return True
    return items.count >= 8 and points < 6 and (place is None or not place.confirmed or items.share >= 0.4)


def _list_or_home(
    meta: Metadata, items: Items, url: str, name: str, listed: bool, prose: float
) -> tuple[str, str] | None:
    counted = f"{items.count} headlines, {items.dated} dated, boxes {list(items.boxes[:8])}, {items.share:.0%} of prose"
    classes = set(meta.body_classes.split())
    root_page = _is_root(url) or _is_root(meta.canonical) or _is_root(meta.first("og:url"))
    many = items.count + items.beside >= 6 or items.links >= 20
    if many and not words.MAP_NAME.match(name):
        if root_page or "home" in classes or words.HOME_NAME.match(name):
            return "home", f"home: named or addressed as the start page, {counted}"
        if len(items.boxes) >= 4 and items.boxes[0] <= 0.5 * sum(items.boxes) and not classes & {"archive", "category"}:
            return "home", f"home: several boxes of headlines, none leading, {counted}"
    if items.entries:
        return "list", f"list: {items.entries} dated entries of one shape"
    if listed or (items.count >= 3 and prose < 200) or words.MAP_NAME.match(name):
        return "list", f"list: {counted}"
    if classes & {"archive", "category", "blog", "tag"} and items.count:
        return "list", f"list: body class, {counted}"
    return None


def _is_root(url: str) -> bool:
    if not url.startswith(("http://", "https://")):
        return False
    parts = urlsplit(url)
    return bool(words.HOME_PATH.match(parts.path)) and not parts.query


def _page_name(page: PageText, meta: Metadata, place: Place | None) -> str:
    """What the page calls itself: its last crumb, its printed title, or the start of its `<title>`."""
    for line in page.lines:
        if not line.linked and line.mark is not None and line.mark.kind == "breadcrumb" and len(line.text) > 3:
            name = regex.split(r"\s*[»>›/|]\s*", line.text)[-1]
            if name and not words.HOME_NAME.match(name) and not words.NAMES_THE_PATH.fullmatch(name):
                return name
    if place is not None and place.title is not None:
        return page.text_of(place.title)
    parts = title_parts(meta.title)
    return parts[0] if parts else ""


def _crumbs(page: PageText) -> list[str]:
    return [line.text for line in page.lines if line.mark is not None and line.mark.kind == "breadcrumb"]


def _contacts(page: PageText, weights: Weights) -> bool:
    """Whether most lines of the main area are addresses, numbers and e-mails."""
    main = [line for line in page.lines if not weights.kinds(line.mark) & (_OUT | {"breadcrumb", "share"})]
    told = [line.text for line in main if not line.linked and len(line.text) > 12]
    contact = sum(bool(words.CONTACT_LINE.search(text)) for text in told)
    return contact >= 2 and sum(map(len, told)) < 3000


def _main_fields(page: PageText, weights: Weights, place: Place | None) -> list[Field]:
    """Inputs of the main area: not of menus, pop-ups, side boxes or comment forms."""
    return [f for f in page.fields if not _own_kinds(f, weights) & _OUT and not _comment_form(f)]


def _own_kinds(found: Field, weights: Weights) -> frozenset[str]:
    return weights.kinds(found.mark)


def _comment_form(found: Field) -> bool:
    form = found.form
    names = f"{form.get('id') or ''} {form.get('class') or ''} {form.get('action') or ''}" if form is not None else ""
    return bool(
        regex.search(r"comment|binh-?luan|phan-?hoi|login|dang-?nhap|search|tim-?kiem", f"{names} ", regex.IGNORECASE)
    ) and (found.kind != "password")

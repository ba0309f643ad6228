"""What a page says about itself to machines: JSON-LD, OpenGraph, meta tags, microdata. Sorted into candidates.

None of it is trusted blindly: accounts of the CMS are no authors, a site's name is no title, and a family known to
write wrong dates has them refused (pipelines/families).

Longer than most: the four vocabularies give one set of fields, and which goes before which is told in one place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import regex
from lxml.html import HtmlElement

from pipelines.blocks import PageText
from pipelines.html import line
from pipelines.publication import date_candidate
from pipelines.records import Candidate
from pipelines.text import tidy_line

_MAX_SCRIPT = 400_000
_MAX_NODES = 2_000
_ARTICLE_TYPES = regex.compile(r"Article$|^(?:BlogPosting|Report)$")
_CMS_ACCOUNT = regex.compile(
    r"(?:admin\w*|administrator|root|user\d*|editor\d*|webmaster|host|super\s?user|superadmin|test\d*|portal"
    r"|quản trị(?: viên)?|quản trị hệ thống|ban biên tập|bbt|bientap\w*|biên tập viên)"
    r"(?:[\s._-]+(?:admin\w*|user\d*|account|\d+))*",
    regex.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+(?:[-–—|»:•]{1,2}\s+|[|»]\s*)|[|»]\s*")
_NAMES = regex.compile(r"\s*[,;:/|&]\s*|\s+[-–—]\s+|\s+và\s+")
_RDFA = {"dc:created": "published_on", "schema:datecreated": "published_on", "schema:datepublished": "published_on",
         "dc:modified": "updated_at", "schema:datemodified": "updated_at"}  # fmt: skip
"""Properties as Drupal writes them: `property="dc:date dc:created" content="2021-11-04T10:12:00+07:00"`."""
_SEVERAL = 30  # several sections in one value: the one that the page prints goes before
_HOME = regex.compile(r"^(?:trang chủ|trang nhất|home|home page|trang chính)$", regex.IGNORECASE)
_SITE_NAME = regex.compile(
    r"(?:cổng|trang) (?:thông tin|tin) (?:điện tử|tổng hợp)\b|cổng ttđt\b|website\b|cổng dịch vụ công"
    r"|trang (?:chủ|nhất|web)\b|báo điện tử\b",
    regex.IGNORECASE,
)
_MOST_WORDS = 12
_TELLS = regex.compile(
    r"\b(?:khai trương|ra mắt|nâng cấp|chính thức|thông báo|tạm (?:ngừng|dừng)|bảo trì|hoạt động|đi vào|tổ chức"
    r"|cập nhật|đạt|được|có|sẽ|đã|đang|bị|tuyển|đổi|là|vừa|mới)\b",
    regex.IGNORECASE,
)
_TECHNICAL = regex.compile(
    r"(?:(?:xem )?chi tiết(?: (?:tin|bài(?: viết)?|tin tức|nội dung))?|tin chi tiết|xem tin|detail|news detail)$",
    regex.IGNORECASE,
)
"""Crumbs that name the template, not a category."""
_JUST_SYMBOLS = regex.compile(r"^[^\p{L}\d]+$")


@dataclass(slots=True)
class Metadata:
    """meta: property, name or itemprop (lower case) → contents in order.  articles: JSON-LD nodes of article types.

    crumbs  names of a JSON-LD BreadcrumbList;  types: all JSON-LD types;  base: of the first `<base href>`
    """

    title: str = ""
    lang: str = ""
    canonical: str = ""
    base: str = ""
    refresh: str = ""
    body_classes: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    articles: list[Mapping[str, Any]] = field(default_factory=list)
    crumbs: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)

    def first(self, *names: str) -> str:
        for name in names:
            if values := self.meta.get(name):
                return values[0]
        return ""

    @property
    def headline(self) -> str:
        """The title as JSON-LD or OpenGraph gives it, without the site's name at its end."""
        for article in self.articles:
            if isinstance(article.get("headline"), str):
                return tidy_line(article["headline"])
        return without_site(self.first("og:title"), self.site)

    @property
    def site(self) -> str:
        return self.first("og:site_name", "application-name", "apple-mobile-web-app-title")


def without_site(title: str, site: str) -> str:
    """`Title - Site` → `Title`, where the site's name is known and something else is left."""
    if site and title.casefold().endswith(site.casefold()):
        rest = title[: -len(site)].rstrip(" -–—|»:•")
        return rest or title
    return title


def is_site_name(text: str) -> bool:
    """Whether a text is a site's name by its words, `Cổng thông tin điện tử huyện A`, and tells nothing of it."""
    return _SITE_NAME.match(text) is not None and len(text.split()) <= _MOST_WORDS and not _TELLS.search(text)


def title_parts(title: str) -> list[str]:
    """The parts of a `<title>`: `Bulletin - Section - Site` → three."""
    return [part.strip() for part in _SEPARATOR.split(title) if part.strip()]


def is_cms_account(name: str) -> bool:
    """`admin admin`, `Administrator`: whoever typed it in, not who wrote it."""
    return _CMS_ACCOUNT.fullmatch(name.strip()) is not None


def is_editors(text: str) -> bool:
    """`Ban Biên tập` alone on a line is printed as a credit, though it names nobody."""
    return text.strip().casefold() in ("ban biên tập", "bbt")


def names_account(text: str) -> bool:
    """Whether all names of a credit are accounts of the CMS, or one of several words, which reads like a person's."""
    names = [name for name in map(str.strip, _NAMES.split(text)) if name]
    accounts = [name for name in names if is_cms_account(name)]
    return bool(accounts) and (len(accounts) == len(names) or any(name.isascii() and " " in name for name in accounts))


def collect(root: HtmlElement) -> Metadata:
    """Read the head (and JSON-LD anywhere) in one pass. Broken JSON-LD is passed over: other places say the same."""
    found = Metadata(lang=root.get("lang") or "")
    for element in root.iter("meta", "title", "link", "script", "body", "base"):
        tag = element.tag
        if tag == "meta":
            _meta(element, found)
        elif tag == "title":
            found.title = found.title or line(element)
        elif tag == "link":
            if (element.get("rel") or "").lower() == "canonical":
                found.canonical = element.get("href") or ""
        elif tag == "base":
            found.base = found.base or element.get("href") or ""
        elif tag == "body":
            found.body_classes = (element.get("class") or "").lower()
        elif "ld+json" in (element.get("type") or ""):
            _json_ld(element.text or "", found)
    return found


def _meta(element: HtmlElement, found: Metadata) -> None:
    content = element.get("content")
    if content is None:
        return
    if (element.get("http-equiv") or "").lower() == "refresh":
        found.refresh = found.refresh or content
        return
    content = tidy_line(content[:5000])
    if not content:
        return
    for kind in ("property", "name", "itemprop"):
        if name := element.get(kind):
            found.meta.setdefault(name.lower(), []).append(content)


def _json_ld(script: str, found: Metadata) -> None:
    if len(script) > _MAX_SCRIPT:
        return
    try:
        data = json.loads(script.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data):
        types = node.get("@type")
        names = [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
        found.types.update(names)
        if any(_ARTICLE_TYPES.search(name) for name in names):
            found.articles.append(node)
        elif "BreadcrumbList" in names and not found.crumbs:
            found.crumbs = list(_crumb_names(node))


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every object that can be a thing of its own: top level, lists, @graph, mainEntity. Iterative and bounded."""
    todo, seen = [data], 0
    while todo and seen < _MAX_NODES:
        node = todo.pop(0)
        seen += 1
        if isinstance(node, list):
            todo.extend(node[:200])
        elif isinstance(node, dict):
            yield node
            todo.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _crumb_names(node: Mapping[str, Any]) -> Iterator[str]:
    items = node.get("itemListElement")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            inner = item.get("item")
            name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
            if isinstance(name, str) and tidy_line(name):
                yield tidy_line(name)


def _names(value: Any) -> Iterator[str]:
    """Names of persons: a string, a Person, or a list of them. Organizations are publishers, not authors."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield tidy_line(item)
        elif isinstance(item, dict) and item.get("@type") != "Organization":
            name = item.get("name")
            yield from _names(name if isinstance(name, str | list) else [])


def candidates(found: Metadata, page: PageText, fetched_at: datetime, distrusted: str | None) -> list[Candidate]:
    """Candidates of all fields the page states for machines.

    distrusted  why this page's machine-readable dates are refused (a family's known bug), else None
    """
    out: list[Candidate] = []
    out += _titles(found)
    out += _dates(found, page, fetched_at, distrusted)
    out += _authors(found, page)
    out += _sections(found)
    if found.lang:
        lang = found.lang.split("-")[0].lower()
        reason = "the lang attribute of these sites lies too often; the language is told from the text"
        out.append(Candidate("language", lang, "html-lang", found.lang[:300], 50, refused=reason))
    return out


def _titles(found: Metadata) -> Iterator[Candidate]:
    for article in found.articles:
        if isinstance(article.get("headline"), str) and tidy_line(article["headline"]):
            headline = tidy_line(article["headline"])
            yield Candidate("title", headline, "json-ld", headline[:300], 30)
    if og := found.first("og:title"):
        yield Candidate("title", without_site(og, found.site), "opengraph", og[:300], 35, refused=_no_title(og, found))
    if found.title:
        parts = title_parts(found.title)
        value = without_site(found.title, found.site) if found.site else (parts[0] if parts else found.title)
        refused = _no_title(found.title, found)
        yield Candidate("title", value, "title-tag", found.title[:300], 60, refused=refused)


def _no_title(text: str, found: Metadata) -> str | None:
    if (found.site and text.casefold() == found.site.casefold()) or (
        is_site_name(text) and not _SEPARATOR.search(text)
    ):
        return "it is the site's name"
    return None


def _dates(found: Metadata, page: PageText, fetched_at: datetime, distrusted: str | None) -> Iterator[Candidate]:
    stated: list[tuple[str, str, str, int]] = []
    for article in found.articles:
        stated.append(("published_on", str(article.get("datePublished") or ""), "json-ld datePublished", 10))
        stated.append(("updated_at", str(article.get("dateModified") or ""), "json-ld dateModified", 10))
    for name, rank in (("article:published_time", 11), ("datepublished", 12), ("pubdate", 13), ("dc.date.issued", 14)):
        stated += [("published_on", value, f"meta {name}", rank) for value in found.meta.get(name, ())[:1]]
    for name, rank in (("article:modified_time", 11), ("datemodified", 12), ("lastmod", 13), ("og:updated_time", 14)):
        stated += [("updated_at", value, f"meta {name}", rank) for value in found.meta.get(name, ())[:1]]
    for element in page.stated:
        name = (element.get("itemprop") or "").lower()
        if element.get("content") and (rdfa := _RDFA.get((element.get("property") or "").lower().split(" ")[-1])):
            stated.append((rdfa, element.get("content") or "", f"property {element.get('property')}"[:60], 15))
        if name in ("datepublished", "datemodified") and element.tag != "meta":
            value = element.get("datetime") or element.get("content") or line(element)[:100]
            field_name = "published_on" if name == "datepublished" else "updated_at"
            stated.append((field_name, value, f"itemprop {name}", 15))
    seen = set()
    for field_name, value, method, rank in stated:
        text = tidy_line(value)
        if not text or (field_name, text, method) in seen:
            continue
        seen.add((field_name, text, method))
        candidate = date_candidate(field_name, text, method, text, rank, "metadata", fetched_at, machine=True)
        yield _refuse(candidate, distrusted if field_name == "published_on" else None)


def _refuse(candidate: Candidate, reason: str | None) -> Candidate:
    return candidate if reason is None or candidate.refused is not None else candidate.but_refused(reason)


def _authors(found: Metadata, page: PageText) -> Iterator[Candidate]:
    stated: list[tuple[str, str, int]] = []
    for article in found.articles:
        stated += [(name, "json-ld author", 10) for name in _names(article.get("author"))]
    for element in page.stated:
        if (element.get("itemprop") or "").lower() == "author":
            stated.append((tidy_line(element.get("content") or line(element)), "itemprop author", 15))
    for name in ("article:author", "author", "dc.creator"):
        stated += [(value, f"meta {name}", 20) for value in found.meta.get(name, ())]
    seen = set()
    for value, method, rank in stated:
        if value and value not in seen:
            seen.add(value)
            yield Candidate("author", value, method, value[:300], rank, refused=_no_author(value, found))


def _no_author(name: str, found: Metadata) -> str | None:
    folded = name.casefold()
    names = {value.casefold() for value in (found.site, found.first("copyright"), found.first("source")) if value}
    publishers = [a["publisher"].get("name") for a in found.articles if isinstance(a.get("publisher"), dict)]
    names |= {p.casefold() for p in publishers if isinstance(p, str)}
    if names_account(name):
        return "an account of the CMS, not a person"
    if folded in names or folded.split(".")[0] in {n.split(".")[0] for n in names}:
        return "the site's own name"
    if "http" in folded or "@" in folded or "." in name.strip(".") or " " not in name:
        return "not a person's name"
    return None


def _sections(found: Metadata) -> Iterator[Candidate]:
    for article in found.articles:
        section = article.get("articleSection")
        names = list(_names(section)) if section else []
        if names:
            rank = 15 if len(names) == 1 and "," not in names[0] else _SEVERAL
            yield Candidate("section", names[-1], "json-ld articleSection", ", ".join(names)[:300], rank)
    for name in ("article:section", "articlesection"):
        if value := found.first(name):
            yield Candidate("section", value, f"meta {name}", value[:300], 16 if "," not in value else _SEVERAL)
    if crumb := last_category(found.crumbs, found.headline or found.title):
        yield Candidate("section", crumb, "json-ld BreadcrumbList", " > ".join(found.crumbs)[:300], 18)


def is_home(name: str) -> bool:
    """Whether a crumb is the start page."""
    return _HOME.match(name) is not None


def last_category(crumbs: list[str], title: str) -> str | None:
    """The last crumb that is neither the start page nor the page's own title."""
    own = title.casefold()
    named = [c for c in crumbs if not _HOME.match(c) and not _JUST_SYMBOLS.match(c) and not _TECHNICAL.match(c)]
    while (
        named
        and own
        and ((own.startswith(named[-1].casefold()) and len(named[-1]) > 30) or named[-1].casefold() == own)
    ):
        named.pop()
    return named[-1] if named else None

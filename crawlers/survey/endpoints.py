"""Addresses behind "load more": what attributes and scripts of a page name, with {page} where the number stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from urllib.parse import urljoin

import regex
from lxml.html import HtmlElement

from crawlers.survey.asking import Page
from crawlers.survey.machines import bears

PAGE = "{page}"
MOST = 5
"""Templates of one page that are tried."""
_MAX_SCRIPT = 400_000
_MAX_STRINGS = 4_000
_PAGED_QUERY = regex.compile(
    r"([?&](?:page|pageindex|page_index|pageno|page_no|pagenumber|p|trang|paged|cur|index)=)(\d{0,4})(?=&|$)",
    regex.IGNORECASE,
)
_PAGED_PATH = regex.compile(r"((?:^|/)(?:trang|page|p)[-/])(\d{1,4}|$)(?=[./?]|$)", regex.IGNORECASE)
_HOLDER = regex.compile(r"\$?\{(?:page|trang|p|0|pageindex)\}|__page__|%page%|:page\b|\[page\]", regex.IGNORECASE)
_STRING = regex.compile(
    r"""(?P<q>["'`])(?P<text>(?:https?:)?/[^"'`\s<>\\]{1,300})(?P=q)
        (?P<tail>(?:\s{0,3}\+\s{0,3}(?:[\w.$]{1,40}(?:\([^()"']{0,40}\))?|["'`][^"'`\s<>\\]{0,100}["'`])){0,8}+)""",
    regex.VERBOSE,
)
_ASSIGNED = regex.compile(r"\b([A-Za-z_$][\w$]{0,40}+)\s{0,3}[=:]\s{0,3}[\"']?([\w-]{1,40}+)[\"']?\s{0,3}[,;}]")
_TIMEOUT_S = 2.0
_PART = regex.compile(r"""["'`](?P<text>[^"'`]*)["'`]|(?P<name>[\w.$]+(?:\([^()]*\))?)""")
_PAGE_NAME = regex.compile(r"page|trang|^(?:p|i|n|idx|index)$", regex.IGNORECASE)
_VALUE = regex.compile(r"[\w-]{1,40}")
_LIKELY = regex.compile(
    r"timeline|paging|load-?more|viewmore|ajax|api|list|article|news|tin|bai|zone|cate", regex.IGNORECASE
)
_NEVER = regex.compile(
    r"comment|binh-?luan|search|tim-?kiem|login|banner|quang-?cao|\.(?:js|css|png|jpe?g|gif|svg)\b", regex.IGNORECASE
)


def templates_of(page: Page) -> list[str]:
    """Absolute addresses with one `{page}`, likely ones first."""
    if page.root is None:
        return []
    values = _values(page.root)
    found: dict[str, None] = {}
    for raw in islice(
        (*_of_attributes(page.root), *_of_scripts(page.root, values), *_of_family(page, values)), _MAX_STRINGS
    ):
        template = _template(raw)
        if template is not None and not _NEVER.search(template):
            absolute = urljoin(page.base, template.replace(PAGE, "0PAGE0")).replace("0PAGE0", PAGE)
            found[absolute] = None
    return sorted(found, key=lambda template: _LIKELY.search(template) is None)[:MOST]


def _template(raw: str) -> str | None:
    """None: there is no one place for the number of a page."""
    text = _HOLDER.sub(PAGE, raw)
    if PAGE not in text:
        text = _PAGED_QUERY.sub(lambda found: found[1] + PAGE, text)
    if PAGE not in text:
        text = _PAGED_PATH.sub(lambda found: found[1] + PAGE, text)
    return text if text.count(PAGE) == 1 and "{" not in text.replace(PAGE, "") else None


def _of_attributes(root: HtmlElement) -> Iterator[str]:
    for element in islice(root.iter("a", "div", "button", "ul", "section", "input", "span"), 20_000):
        for name, value in element.attrib.items():
            if (
                str(name).startswith("data-")
                and 2 < len(value) < 400
                and "/" in value
                and not value.startswith("data:")
            ):
                yield value.strip()


def _of_scripts(root: HtmlElement, values: dict[str, str]) -> Iterator[str]:
    """Strings of inline scripts, joined with what is added to them as far as its value stands on the page."""
    for script in root.iter("script"):
        if script.get("src"):
            continue
        for found in _found(_STRING, script.text):
            joined = found["text"]
            for part in _PART.finditer(found["tail"]):
                if part["text"] is not None:
                    joined += part["text"]
                elif _PAGE_NAME.search(part["name"]):
                    joined += PAGE
                else:
                    value = values.get(_bare(part["name"]))
                    joined += value if value is not None else "{?}"
            zone = _zone(values)
            yield joined.replace("{0}", zone).replace("{1}", PAGE) if zone and "{1}" in joined else joined


def _of_family(page: Page, values: dict[str, str]) -> Iterator[str]:
    """What a CMS is known to answer, where its script is not on the page: the zone stands there."""
    zone = _zone(values)
    if zone is not None:
        for template, family in _known():
            if bears(page, family):
                yield template.replace("{zone}", zone)


def _zone(values: dict[str, str]) -> str | None:
    return next((values[name] for name in ("hdzoneid", "zoneid", "zone") if name in values), None)


def _values(root: HtmlElement) -> dict[str, str]:
    """Of data attributes, hidden inputs and plain assignments of scripts, by their bare names; the first counts."""
    found: dict[str, str] = {}
    for element in islice(root.iter("a", "div", "button", "ul", "section", "input"), 20_000):
        for name, value in element.attrib.items():
            if str(name).startswith("data-") and _VALUE.fullmatch(value):
                found.setdefault(_bare(str(name)[5:]), value)
        if element.tag == "input" and (element.get("type") or "").lower() == "hidden":
            name, value = element.get("id") or element.get("name") or "", element.get("value") or ""
            if name and _VALUE.fullmatch(value):
                found.setdefault(_bare(name), value)
    for script in root.iter("script"):
        for assigned in _found(_ASSIGNED, script.text):
            found.setdefault(_bare(assigned[1]), assigned[2])
    return found


def _found(pattern: regex.Pattern[str], text: str | None) -> Iterator[regex.Match[str]]:
    """All matches, as far as they are found in good time: a script may be written to make that long."""
    try:
        yield from pattern.finditer((text or "")[:_MAX_SCRIPT], timeout=_TIMEOUT_S)
    except TimeoutError:
        return


def _bare(name: str) -> str:
    """`self.zoneId`, `zone-id` and `zone_id` are one."""
    return name.rpartition(".")[2].partition("(")[0].replace("-", "").replace("_", "").lower()


@cache
def _known() -> tuple[tuple[str, str], ...]:
    text = (files(__package__) / "endpoints.tsv").read_text(encoding="utf-8")
    return tuple((template, family) for template, family, _ in (row.split("\t") for row in text.splitlines()[1:]))

"""CSS selectors a person would write for an element: short, of names that look made by people and stay.

No name with a long number, a GUID or a hash in it; no name that says how something looks. What a selector picks on
other pages is for the caller to try.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from lxml.html import HtmlElement

_NAME = regex.compile(r"[A-Za-z_][A-Za-z0-9_-]{1,59}")
_PASSING = regex.compile(
    r"\d{3}|[0-9a-f]{8}[-_][0-9a-f]{4}|(?:css|jsx|sc|styled|emotion|svelte)-|__[A-Za-z0-9]{5,}$"
    r"|(?=[a-z0-9-]*\d)[a-z0-9]*(?:[a-z]\d+){2}[a-z0-9]*$",
    regex.IGNORECASE,
)
_LOOKS = regex.compile(
    r"(?:active|current|first|last|odd|even|clearfix|clear|row|container(?:-fluid)?|wrap(?:per)?|inner|block|left|right"
    r"|hidden|show|fade|bold|italic|strong|justify|center|lazy(?:load(?:ed)?)?|img-(?:fluid|responsive)|hentry|post"
    r"|(?:col|mb|mt|ml|mr|my|mx|pb|pt|pl|pr|py|px|m|p|w|h|d|fs|fw|font|text|bg|border|rounded|float|pull|align|flex|grid|gap"
    r"|order|position|display|overflow|z|is|has|js|wow|animated|type|status|category|tag|format|theme|has)-.*)",
    regex.IGNORECASE,
)
_TELLING = regex.compile(
    r"title|tieu-?_?de|headline|date|time|ngay|publish|content|noi-?_?dung|body|sapo|summary|lead|hometext|tom-?_?tat|"
    r"caption|chu-?_?thich|author|tac-?_?gia|section|chuyen-?_?muc|view|luot|article|detail|entry",
    regex.IGNORECASE,
)
_ABOVE = 6
MOST = 24
"""Selectors of one element that are tried."""


def selectors_of(element: HtmlElement) -> Iterator[str]:
    """Selectors that pick this element, the best first, at most MOST."""
    own = list(_own(element))
    found = dict.fromkeys(selector for _, selector in own)
    tag = str(element.tag)
    shorts = [selector for _, selector in own if not selector.startswith("#")][:2]
    above = element.getparent()
    for _ in range(_ABOVE):
        if above is None or above.tag in ("body", "html"):
            break
        for anchor in [selector for _, selector in _own(above)][:2]:
            anchor = anchor if anchor.startswith("#") else _without_tag(anchor)  # noqa: PLW2901
            found.update(dict.fromkeys(f"{anchor} {short}" for short in shorts))
            found[f"{anchor} {tag}"] = None
            if above is element.getparent():
                found[f"{anchor} > {tag}"] = None
        above = above.getparent()
    for number, selector in enumerate(found):
        if number >= MOST:
            return
        yield selector


def class_selectors(element: HtmlElement) -> list[str]:
    """`tag.class` of each of its classes that may be written into a file: for what stands on a page many times."""
    return [selector for _, selector in _own(element) if "." in selector]


def _own(element: HtmlElement) -> list[tuple[int, str]]:
    """(cost, selector) of the names the element itself has, cheapest first."""
    tag = str(element.tag)
    found = []
    names = [
        name for name in (element.get("class") or "").split()[:12] if _lasting(name) and not _LOOKS.fullmatch(name)
    ]
    found += [(0 if _TELLING.search(name) else 2, f"{tag}.{name}") for name in dict.fromkeys(names)]
    identifier = element.get("id") or ""
    if _lasting(identifier):
        found.append((1, f"#{identifier}"))
    if (kind := element.get("itemprop") or "").isalpha():
        found.append((3, f'{tag}[itemprop="{kind}"]'))
    if tag == "h1":
        found.append((4, "h1"))
    return sorted(found, key=lambda item: item[0])


def _lasting(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and _PASSING.search(name) is None


def _without_tag(selector: str) -> str:
    """`div.post-head` → `.post-head`: above, the name says enough."""
    tag, dot, name = selector.partition(".")
    return f".{name}" if dot and tag in ("div", "section", "article", "main") else selector

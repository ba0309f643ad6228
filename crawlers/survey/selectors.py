"""A short CSS selector that picks the links of a list and nothing else on its page. Tried, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex
from lxml.html import HtmlElement

from crawlers.discovery.listing import link_of
from crawlers.survey.links import Link, is_stable, stable_names
from pipelines.html import every
from pipelines.records import Unreadable

_UP = 6
"""Elements above a link that are looked at."""
_MOST = 400
_NEEDED = 0.98
_ENOUGH = 0.75
_TRIED = 40
_HEADING = regex.compile(r"(?:^| )h[1-6](?:\.|$| )")


def item_selector(
    root: HtmlElement, wanted: Sequence[Link], others: Iterable[Link], accept: Callable[[str], bool] | None = None
) -> str | None:
    """The shortest selector that matches (nearly) all wanted links and (nearly) none of the others.

    wanted   links of the list, one a bulletin
    others   links to bulletins in other boxes of the page
    accept   asked of the best few, e.g. whether another page is read by it as well
    returns  None: no combination of tags and stable classes tells them apart
    """
    positive = {id(link.element) for link in wanted}
    negative = {id(link.element) for link in others} - positive
    targets = {link.url for link in wanted}
    by_id = {id(link.element): link.url for link in wanted}
    ranked: list[tuple[float, int, int, str]] = []
    for at, selector in enumerate(list(dict.fromkeys(_candidates([link.element for link in wanted])))[:_MOST]):
        try:
            matches = every(root, selector)
        except Unreadable:
            continue
        links = {id(link) for match in matches for link in link_of(match)}
        hit = {by_id[found] for found in links & positive}
        recall = len(hit) / max(1, len(targets))
        precision = 1 - len(links & negative) / max(1, len(links))
        score = min(recall, _NEEDED) * min(precision, _NEEDED) ** 2
        if score >= _ENOUGH:
            ranked.append((-score, _cost(selector), at, selector))
    fit = (selector for *_, selector in sorted(ranked)[:_TRIED])
    return next((selector for selector in fit if accept is None or accept(selector)), None)


def date_selectors(root: HtmlElement, links: Sequence[Link], is_dated: Callable[[HtmlElement], bool]) -> list[str]:
    """Selectors of elements beside the links that tell a day, most often found first."""
    counts: dict[str, int] = {}
    for link in links[:60]:
        item = _item_of(link.element, {other.url for other in links}, links)
        found: set[str] = set()
        for element in item.iter():
            if isinstance(element, HtmlElement) and isinstance(element.tag, str) and is_dated(element):
                found.update(_simple(element))
        for selector in found:
            counts[selector] = counts.get(selector, 0) + 1
    enough = [selector for selector, count in counts.items() if count * 2 >= min(len(links), 60)]
    return sorted(enough, key=lambda selector: (-counts[selector], _cost(selector), selector))


def _item_of(element: HtmlElement, urls: set[str], links: Sequence[Link]) -> HtmlElement:
    """The largest element around a link that holds no other item of the list."""
    mine = {id(link.element): link.url for link in links}
    own = mine.get(id(element))
    best = element
    for around in element.iterancestors():
        if not isinstance(around, HtmlElement) or around.tag in ("body", "html"):
            break
        if any(mine.get(id(other), own) != own for other in around.iter("a")):
            break
        best = around
    return best


def named(element: HtmlElement) -> list[str]:
    """`tag.class` for each stable class, and the tag alone."""
    tag = str(element.tag)
    return [*(f"{tag}.{name}" for name in stable_names(element)), tag]


def _simple(element: HtmlElement) -> Iterator[str]:
    """An element's own selectors, and below its parent where its tag says nothing."""
    own = named(element)
    yield from own[:-1]
    if element.tag == "time":
        yield "time"
    parent = element.getparent()
    if isinstance(parent, HtmlElement):
        for above in named(parent)[:-1]:
            yield f"{above} > {own[-1]}"


def _candidates(elements: Sequence[HtmlElement]) -> Iterator[str]:
    """From the first, middle and last link; classes of all of them are likely in each."""
    for element in {0: elements[0], 1: elements[len(elements) // 2], 2: elements[-1]}.values() if elements else ():
        own = named(element)
        yield from own[:-1]
        above: list[HtmlElement] = []
        for around in element.iterancestors():
            if not isinstance(around, HtmlElement) or around.tag in ("body", "html") or len(above) == _UP:
                break
            above.append(around)
        path = str(element.tag)
        for depth, around in enumerate(above):
            names = named(around)[:-1]
            identifier = around.get("id") or ""
            if is_stable(identifier) and not identifier.startswith(("ctl", "yui", "p_p_id", "portlet", "dnn")):
                names.append(f"#{identifier}")
            for name in names:
                yield f"{name} > {path}" if depth == 0 else f"{name} {path.rsplit(' > ', 1)[-1]}"
                yield f"{name} > {path}"
                for mine in own[:-1]:
                    yield f"{name} {mine}"
                if depth:
                    yield f"{name} {' > '.join(path.split(' > ')[-2:])}"
            path = f"{around.tag} > {path}"


def _cost(selector: str) -> int:
    """Less is better: few steps, and a heading or the link itself rather than a way down from far above."""
    steps = selector.replace(" > ", " ").count(" ")
    heading = _HEADING.search(selector) is not None
    return steps * 10 + len(selector) // 8 + (5 if "#" in selector else 0) - 12 * heading - 2 * (" > " in selector)

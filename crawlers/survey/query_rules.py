"""What of an address names the bulletin: parameters to keep, one page under several paths. Each compared.

Two links with one text are a guess; that both pages have one title, or that a page without a parameter is no bulletin,
is what makes it a rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import regex

from crawlers.survey.asking import Asker, Page
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.seen import Seen
from crawlers.survey.shapes import taken_apart
from crawlers.survey.twins import target
from pipelines.identity import SAME_PAGE, TRACKERS, UrlRule

_LONG_TEXT = 4
"""Words from which two links with one text may be one bulletin; `Xem thêm` is everybody's."""


def keep_query(asker: Asker, seen: Seen, urls: BulletinUrls) -> tuple[tuple[str, ...] | None, list[str]]:
    """(keep_query, evidence). None: no address of a bulletin has a query, so nothing is known."""
    with_query = [url for url in urls.only(seen.urls) if urlsplit(url).query]
    names = [name for name, _ in Counter(n for url in with_query for n, _ in _query(url)).most_common(12)]
    names = [name for name in names if name.lower() not in TRACKERS and not name.startswith("utm_")]
    if not names:
        return None, []
    needed = [name for name in names if _names_pages(name, names, with_query, seen)]
    for url in with_query[:3]:
        bare = _without(url, names)
        page, alone = asker.page(url), asker.page(bare)
        if page is None or alone is None or not page.is_bulletin:
            continue
        if alone.is_bulletin and _same(page, alone):
            return (), [f"{target(bare)} is the same bulletin with and without its query ({', '.join(names)})"]
        if not needed:
            needed = names[:1]
        kept = _only(url, needed)
        if kept != url and (lean := asker.page(kept)) is not None and not (lean.is_bulletin and _same(page, lean)):
            needed = names  # it does not answer without the others
        what = "another page" if alone.is_answered else alone.reason
        dropped = [name for name in names if name not in needed]
        told = f"without {', '.join(needed)} the address of a bulletin is {what}"
        return tuple(needed), [told + (f"; {', '.join(dropped)} may be left out" if dropped else "")]
    return (tuple(needed) if needed else None), []


def _names_pages(name: str, names: Sequence[str], urls: Sequence[str], seen: Seen) -> bool:
    """Whether pages with other texts have other values, and those with one text mostly one."""
    by_text: dict[str, set[str]] = {}
    by_value: dict[str, set[str]] = {}
    for url in urls:
        value, text = dict(_query(url)).get(name), seen.texts.get(url, "")
        if value is None or len(text.split()) < _LONG_TEXT:
            continue
        by_text.setdefault(text, set()).add(value)
        by_value.setdefault(value, set()).add(text)
    if len(by_text) < 3:
        return False
    alone = sum(len(values) == 1 for values in by_text.values())
    told = sum(len(texts) == 1 for texts in by_value.values())
    return alone * 10 >= 9 * len(by_text) and told * 10 >= 9 * len(by_value)


def key_rules(
    asker: Asker, seen: Seen, urls: BulletinUrls, kept: tuple[str, ...] | None
) -> tuple[list[UrlRule], list[str]]:
    """[[url.key]] where bulletins stand under several paths with one last segment (or one kept parameter)."""
    groups: dict[tuple[str, ...], dict[str, str]] = {}
    for url in urls.only(seen.texts):
        address, text = taken_apart(url), seen.texts[url]
        if address is None or len(text.split()) < _LONG_TEXT or not address.folders:
            continue
        query = tuple(value for name, value in _query(url) if kept and name in kept)
        last = address.last if address.shape.kind != "word" else ""
        if last or query:
            groups.setdefault((last, *query, text), {}).setdefault(address.path, url)
    several = [list(paths.values()) for paths in groups.values() if len(paths) >= 2]
    for one, two, *_ in several[:3]:
        first, second = asker.page(one), asker.page(two)
        if first is None or second is None or not (first.is_bulletin and second.is_bulletin and _same(first, second)):
            continue
        rule = _key_rule([url for found in several for url in found], kept)
        if rule is not None:
            return [rule], [
                f"{len(several)} bulletins were seen under two paths, e.g. {target(one)} and {target(two)}: "
                "one page, so its last part is the key"
            ]
    return [], []


def _key_rule(found: Sequence[str], kept: tuple[str, ...] | None) -> UrlRule | None:
    """Folders that differ are left out of the key; what is the same stays."""
    addresses = [address for url in found if (address := taken_apart(url)) is not None]
    depth = addresses[0].shape.depth
    if any(address.shape.depth != depth for address in addresses):
        return UrlRule(r"^/(?:[^/?]+/)+([^/?]+/?)$", r"/\1", SAME_PAGE)
    pattern, to, group = "^", "", 0
    for at in range(depth - 1):
        values = {address.folders[at] for address in addresses}
        if len(values) == 1:
            literal = values.pop()
            pattern, to = (
                pattern + "/" + regex.escape(literal, special_only=True, literal_spaces=True),
                f"{to}/{literal}",
            )
        else:
            pattern += "/[^/?]+"
    if "\\" in to:
        return None
    if addresses[0].shape.kind == "word":
        names = "&".join(
            rf"{regex.escape(name, special_only=True, literal_spaces=True)}=([^&]*)" for name in sorted(kept or ())
        )
        filled = "&".join(rf"{name}=\{group + n}" for n, name in enumerate(sorted(kept or ()), 1))
        return UrlRule(rf"{pattern}/[^/?]+\?{names}$", f"{to}/?{filled}", SAME_PAGE)
    return UrlRule(rf"{pattern}/([^/?]+/?)$", rf"{to}/\1", SAME_PAGE)


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _without(url: str, names: Iterable[str]) -> str:
    dropped = frozenset(names)
    split = urlsplit(url)
    left = urlencode([(name, value) for name, value in _query(url) if name not in dropped])
    return urlunsplit((split.scheme, split.netloc, split.path, left, ""))


def _only(url: str, names: Iterable[str]) -> str:
    kept = frozenset(names)
    return _without(url, [name for name, _ in _query(url) if name not in kept])


def _same(one: Page, two: Page) -> bool:
    return bool(one.title) and one.title == two.title

"""Where in a JSON answer the bulletins are: JMESPaths to the list, to an item's address and day, to what comes next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import regex

from crawlers.discovery.dates import Days

_MAX_CHARS = 4_000_000
_MAX_DEPTH = 6
_MAX_NODES = 20_000
_PLAIN = regex.compile(r"[A-Za-z_]\w{0,60}")
_NEXT = regex.compile(r"(?:has_?)?(?:next|more)(?:_?(?:page|link|url))?|load_?more", regex.IGNORECASE)
_HTML = regex.compile(r"<a\s[^>]*href", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JsonList:
    """item, link, date, next: JMESPaths; link None: the item is the address itself. html: of a text that is HTML."""

    item: str | None
    link: str | None = None
    date: str | None = None
    next: str | None = None
    html: str | None = None


def json_list(text: str, base: str, is_bulletin: Callable[[str], bool]) -> JsonList | None:
    """The largest list of bulletins in an answer. None: it is no JSON, or has none."""
    if len(text) > _MAX_CHARS:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    best: tuple[int, JsonList] | None = None
    for path, value in _nodes(data):
        if isinstance(value, str) and path and _HTML.search(value[:100_000]):
            best = best or (0, JsonList(None, html=path))
        if not isinstance(value, list) or not value:
            continue
        found = _read(path or "@", value, base, is_bulletin)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return None
    following = next((name for name in data if _NEXT.fullmatch(name)), None) if isinstance(data, dict) else None
    return JsonList(best[1].item, best[1].link, best[1].date, following, best[1].html)


def _read(path: str, items: list[Any], base: str, is_bulletin: Callable[[str], bool]) -> tuple[int, JsonList] | None:
    if all(isinstance(item, str) for item in items):
        count = sum(_is(item, base, is_bulletin) for item in items)
        return (count, JsonList(path)) if count * 2 > len(items) else None
    objects = [item for item in items if isinstance(item, dict)]
    names = list(dict.fromkeys(name for item in objects[:50] for name in list(item)[:60] if _PLAIN.fullmatch(name)))
    counts = {name: sum(_is(item.get(name), base, is_bulletin) for item in objects) for name in names}
    link = max(names, key=lambda name: counts[name], default=None)
    if link is None or counts[link] * 2 <= len(items):
        return None
    days = {name: _days([item.get(name) for item in objects]) for name in names}
    best = max(names, key=lambda name: days[name])
    return counts[link], JsonList(path, link, best if days[best] * 10 >= 8 * len(objects) else None)


def _is(value: Any, base: str, is_bulletin: Callable[[str], bool]) -> bool:
    return isinstance(value, str) and 3 < len(value) < 1000 and is_bulletin(urljoin(base, value))


def _days(values: list[Any]) -> int:
    texts = [value for value in values if isinstance(value, str) and 6 <= len(value) <= 60]
    read = Days(texts, program=True)
    return sum(read.day(text) is not None for text in texts)


def _nodes(data: Any) -> Iterator[tuple[str, Any]]:
    """(path, value) of what plain names lead to, level by level."""
    level: list[tuple[str, Any]] = [("", data)]
    seen = 0
    for _ in range(_MAX_DEPTH):
        below: list[tuple[str, Any]] = []
        for path, value in level:
            yield path, value
            if isinstance(value, dict):
                for name, child in value.items():
                    seen += 1
                    if _PLAIN.fullmatch(name) and seen < _MAX_NODES:
                        below.append((f"{path}.{name}" if path else name, child))
        level = below

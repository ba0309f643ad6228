"""Which shapes of addresses are bulletins: pages of each are asked for and read, and what they share is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import regex

from crawlers.survey.asking import Asker, Page
from crawlers.survey.folders import Place, kinds, no_news, pairs, without
from crawlers.survey.links import without_session
from crawlers.survey.seen import Seen
from crawlers.survey.shapes import Address, Shape, grouped, pattern_of, taken_apart

_TRIED_SHAPES = 7
_TRIED_OF_ONE = 3
_FEW = 2
_WORDS = 4
_JUDGED, _LEFT_TO_JUDGE = 4, 30
"""Folders of one shape of which pages are read to tell them from bulletins; requests that must be left for that."""
_MANY, _RARE = 10, 3
"""Where so many addresses have a shape of bulletins, one of so few is no shape."""
_VISIT, _SESSION = r"(?:/\([^/]*\))?", r"(?:;[^/]*)?"
TWIN_WORDS = frozenset(("print", "in-bai", "ban-in", "savefile", "sendmail", "amp", "in"))


@dataclass(slots=True)
class BulletinUrls:
    """What is known of addresses of bulletins so far.

    good      shapes of which pages were read as bulletins
    pages     those pages, by address
    refused   pages of candidate shapes that are none
    needed    parameters without which the address of a program (`/chi-tiet.aspx`) is no bulletin
    pattern   of the path, anchored; None: no shape is known
    """

    good: list[Shape] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    refused: dict[str, Page] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    pattern: str | None = None
    _programs: frozenset[str] = frozenset()
    _compiled: regex.Pattern[str] | None = None
    _tried: set[Shape] = field(default_factory=set)
    _others: dict[Shape, set[Place]] = field(default_factory=dict)

    @property
    def left_out(self) -> list[str]:
        """Folders of which pages have the shape of bulletins and are none, nor lists, or are no news by their name."""
        lists = {place for shape in self.good for place in self._folders_of_lists(shape)}
        return sorted({place[1] for folders in self._others.values() for place in folders - lists})

    def is_one(self, url: str) -> bool:
        """Whether an address has the shape of bulletins."""
        if self._compiled is None:
            return False
        split = urlsplit(without_session(url))
        if self._compiled.search(split.path) is None:
            return False
        if split.path not in self._programs:
            return True
        if self._others and not {(-1, pair) for pair in pairs(url)}.isdisjoint(
            set[Place]().union(*self._others.values())
        ):
            return False
        return self.needed <= {name for name, _ in parse_qsl(split.query, keep_blank_values=True)}

    def identity(self, url: str) -> str:
        """What tells one bulletin from another: the path, with the parameters without which it is none."""
        split = urlsplit(without_session(url))
        own = self.needed if split.path in self._programs else frozenset()
        named = sorted(pair for pair in parse_qsl(split.query) if pair[0] in own) if own else ()
        return split.path + "".join(f"?{name}={value}" for name, value in named)

    def only(self, urls: Iterable[str]) -> list[str]:
        return [url for url in dict.fromkeys(urls) if self.is_one(url)]

    def learn(self, asker: Asker, seen: Seen, say: Callable[[str], None]) -> None:
        """Try shapes that were not tried yet, most promising first, until they are through; then make the rule anew."""
        groups = grouped(url for url in seen.urls if not is_twin(url))
        ranked = sorted(groups, key=lambda shape: -_promise(groups[shape], seen))
        for shape in ranked[:_TRIED_SHAPES]:
            known = any(len(groups.get(good, ())) >= _MANY for good in self.good)
            if shape in self._tried or _promise(groups[shape], seen) < 1 or (known and len(groups[shape]) < _RARE):
                continue
            self._tried.add(shape)
            if self._holds(asker, groups[shape]):
                self.good.append(shape)
        self.induce(seen)
        if self.pattern is not None:
            say(f"     bulletins: {self.pattern}")

    def _holds(self, asker: Asker, addresses: list[Address]) -> bool:
        """Whether most of a few pages are bulletins; or, if some are, those below one folder (`/tin`, not `/tag`).

        Folders that hold documents, pictures, another language are told apart by name, some others by a page of them.
        """
        shape, others = addresses[0].shape, no_news(addresses)
        news = without(addresses, others)
        good, bad = self._read(asker, _spread(news, _TRIED_OF_ONE))
        if good and len(good) <= len(bad):
            fit = {address.folders[:1] for address in good} - {address.folders[:1] for address in bad}
            alike = [address for address in news if address.folders[:1] in fit and address not in good]
            more, none = self._read(asker, _spread(alike, _FEW))
            good = good if len(more) > len(none) else []
        if good:
            self._others[shape] = others | self._judged(asker, news)
        return bool(good)

    def _judged(self, asker: Asker, addresses: list[Address]) -> set[Place]:
        """Folders of which no page that is read is a bulletin; the larger ones are looked at."""
        found: set[Place] = set()
        groups = sorted(kinds(addresses).items(), key=lambda item: -len(item[1]))
        unread = [(place, mine) for place, mine in groups if not any(a.url in self.pages for a in mine)]
        for place, mine in unread[:_JUDGED]:
            if len(mine) >= _RARE and asker.left > _LEFT_TO_JUDGE:
                good, bad = self._read(asker, [mine[0], mine[-1]])
                if bad and not good:
                    found.add(place)
        return found

    def _read(self, asker: Asker, addresses: list[Address]) -> tuple[list[Address], list[Address]]:
        """Those that are bulletins and those that are none, until the matter is clear."""
        good: list[Address] = []
        bad: list[Address] = []
        for address in addresses:
            if abs(len(good) - len(bad)) >= _FEW:
                break
            page = asker.page(address.url)
            if page is None:
                break
            if page.look.not_allowed:
                continue
            (good if page.is_bulletin else bad).append(address)
            (self.pages if page.is_bulletin else self.refused)[address.url] = page
        return good, bad

    def induce(self, seen: Seen) -> None:
        """Make the rule from all addresses of the shapes that hold."""
        groups = grouped(url for url in seen.urls if not is_twin(url))
        sections = seen.sections()
        parts: dict[str, None] = {}
        needed: set[str] | None = None
        programs: set[str] = set()
        for shape in self.good:
            known = [a for a in groups.get(shape, ()) if a.url not in self.refused] or grouped(self.pages).get(
                shape, []
            )
            others = self._others.get(shape, set()) | no_news(known) | self._folders_of_lists(shape)
            self._others[shape] = others
            mine = without(known, others)
            if mine:
                never: dict[int, set[str]] = {}
                for at, name in others:
                    never.setdefault(at, set()).add(name)
                parts[pattern_of(mine, sections, never)] = None
            if shape.query:
                needed = set(shape.query) if needed is None else needed & set(shape.query)
                programs |= {address.path for address in mine}
        if parts:
            made = [*parts]
            one = made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"
            self.pattern = f"^{_VISIT if seen.sessions else ''}{one}{_SESSION if seen.sessions else ''}$"
            self._compiled = regex.compile(self.pattern)
        self.needed, self._programs = frozenset(needed or ()), frozenset(programs if needed else ())

    def _folders_of_lists(self, shape: Shape) -> set[Place]:
        """First folders (`tag`) of which addresses of this shape are lists, and none that was read is a bulletin."""
        lists = (
            url for url, page in self.refused.items() if page.is_answered and page.reading.kind in ("list", "home")
        )
        found = {(0, address.folders[0]) for address in grouped(lists).get(shape, ()) if address.folders}
        good = {address.folders[:1] for url in self.pages if (address := taken_apart(url)) is not None}
        return {place for place in found if (place[1],) not in good}


def is_twin(url: str) -> bool:
    """Whether an address calls itself another form of a page: to print, to send, to save, AMP."""
    return not TWIN_WORDS.isdisjoint(urlsplit(url).path.lower().split("/"))


def _promise(addresses: list[Address], seen: Seen) -> float:
    """How likely a shape is one of bulletins; under 1: not worth a request."""
    shape = addresses[0].shape
    texts = [text for address in addresses if (text := seen.texts.get(address.url))]
    headed = sum(len(text.split()) >= _WORDS for text in texts)
    listed = sum(address.url in seen.listed for address in addresses)
    worded = sum(address.words >= _WORDS for address in addresses)
    numbered = shape.numbered or any(any(map(str.isdecimal, value)) for a in addresses for value in _values(a.url))
    if shape.kind == "word" and not numbered:
        return 0.0
    return min(headed, 60) + min(worded, 30) / 2 + min(listed, 60) / 2 - (len(texts) - headed) / 4


def _values(url: str) -> list[str]:
    return [value for _, value in parse_qsl(urlsplit(url).query)]


def _spread(addresses: list[Address], most: int) -> list[Address]:
    """So many of them, from different folders and places of the list."""
    by_folder: dict[tuple[str, ...], list[Address]] = {}
    for address in addresses:
        by_folder.setdefault(address.folders, []).append(address)
    folders = sorted(by_folder.values(), key=len, reverse=True)
    chosen: dict[str, Address] = {}
    for turn in range(most):
        for mine in folders[:most]:
            at = (0, len(mine) // 2, len(mine) - 1)[min(turn, 2)]
            if len(chosen) < most:
                chosen.setdefault(mine[at].url, mine[at])
    return list(chosen.values())

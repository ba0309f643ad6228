"""Which lines inside articles are the site's own, learned from where they stand on how many of its pages.

A line is learned if its *place* sets it apart, never for its text alone: bulletins repeat whole sentences. The rules:

    own-place-words  a place that holds nothing but such lines, and words about the site itself: on 60 % of the pages
    own-box          a box of its own before or after the paragraphs, whatever it says: on 95 % of the pages
    own-line         a named line of its own there that is no sentence: on 95 % of the pages
    edge-words       a line like a paragraph, but after all of them, and words about the site: on 90 % of the pages, for
                     two months; above the paragraphs a column may open with such words each week

A place is a line's own if at most one page in twenty has anything else there. Pages are those of the layout between the
first and the last day of the line, so a redesign does not count against it. Captions, credit lines, titles, leads and
whatever names a person are never learned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

import regex

from pipelines.bylines import credit_rule, people
from pipelines.line_places import ABOVE, AMONG, JOIN, TAIL, zones
from pipelines.records import LearnedLine
from pipelines.repetition import Page, Pages, Repetition

LEAST_PAGES = 20
"""Bulletins of a layout, copies once, from which on something can be learned; and that must show a line."""
MOST_LINES = 200
"""Lines of one list; of more the most seen are kept: a page is looked through for all of them."""

_OTHERS = 0.05
_SHARES = {"own-place-words": 0.6, "own-box": 0.95, "own-line": 0.95, "edge-words": 0.9}
_SPREAD = {"own-place-words": (10, 14), "own-box": (15, 30), "own-line": (15, 30), "edge-words": (20, 60)}
"""Different days, and days from the first to the last: a campaign, a series or a week of one event is shorter."""
RULES = tuple(_SHARES)

_BOXES = frozenset((
    "article", "aside", "dl", "div", "fieldset", "figure", "footer", "form", "header", "nav", "ol", "section", "table",
    "ul",
))  # fmt: skip
_LINES = frozenset(("p", "span", "small", "address", "a", "em", "i"))
_SITE = regex.compile(
    r"bản quyền|ghi rõ nguồn|dẫn nguồn|phát hành lại|đăng lại|sao chép|copyright|©|all rights reserved|\bISSN\b"
    r"|giấy phép|mã QR|\bQR\b|tải ứng dụng|ứng dụng di động|trên ứng dụng|app store|google play|hotline|đường dây nóng"
    r"|điện thoại\s*:|\bĐT\s*:|\bfax\b|e-?mail|thư điện tử|hòm thư|địa chỉ\s*:|t(?:òa|oà) soạn"
    r"|(?:trang|cổng) (?:thông tin|tin) điện tử|website|\bweb\b|https?://|\bwww\.|\.vn\b|fanpage|facebook|zalo|youtube"
    r"|tiktok|telegram|đăng ký (?:nhận|kênh|theo dõi)|nhận bản tin|bản tin điện tử|gửi ý kiến"
    r"|ý kiến (?:của bạn|bạn đọc|độc giả|góp ý)|góp ý"
    r"|chia sẻ bài|theo dõi (?:chúng tôi|báo|trang|kênh)|cơ quan chủ quản|chịu trách nhiệm|\S@\S+\.\w"
    r"|(?<!\d)(?:0|\+84)[\d .-]{8,13}(?!\d)|\b1[89]00[ .]?\d{4,6}",
    regex.IGNORECASE,
)
_SENTENCE_END = (".", "…", "!", "?")
_NAME_WORDS = 8


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that many pages show and that was not learned. why: in words."""

    layout: str
    zone: str
    text: str
    pages: int
    why: str


@dataclass(frozen=True, slots=True)
class Learned:
    """layouts: name → bulletins, copies once.  lines, refused: sorted; refused: the most seen of each layout."""

    layouts: dict[str, int]
    lines: tuple[LearnedLine, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether any layout has the pages to learn from."""
        return any(count >= LEAST_PAGES for count in self.layouts.values())


def learn(seen: Repetition, forgotten: Collection[str] = ()) -> Learned:
    """The lines of all layouts that are the site's own. The order in which pages came plays no part.

    forgotten  texts that a person said are not
    """
    layouts = seen.layouts()
    lines: list[LearnedLine] = []
    refused: list[Refused] = []
    for name, pages in layouts.items():
        if len(pages.pages) >= LEAST_PAGES:
            one = _Layout(name, pages, seen, forgotten)
            lines += one.learned()
            refused += one.refused()
    kept = sorted(lines, key=lambda line: (-line.pages, line.place))[:MOST_LINES]
    return Learned(
        {name: len(pages.pages) for name, pages in layouts.items()},
        tuple(sorted(kept, key=lambda line: line.place)),
        tuple(refused),
    )


def speaks_of_site(text: str) -> bool:
    """Whether a line has words about the site, the paper or how to reach it."""
    return _SITE.search(text) is not None


@dataclass(slots=True)
class _Seen:
    """One text at one path and zone."""

    pages: int = 0
    days: set[date] = field(default_factory=set)
    example: str = ""


_Key = tuple[int, str, int]
"""Number of a path, zone, text."""
_SHOWN_REFUSED = 20


class _Layout:
    """The pages of one layout, and what their lines come to."""

    def __init__(self, name: str, pages: Pages, seen: Repetition, forgotten: Collection[str]) -> None:
        self.name, self.pages, self.texts, self.paths = name, pages, seen.texts, seen.paths
        self.forgotten = frozenset(forgotten)
        self.places = [tuple(_named_places(path)) for path in seen.paths]
        counts = Counter(text for page in pages.pages for text in set(_open_texts(page)))
        self.repeated = {text for text, n in counts.items() if n >= LEAST_PAGES and text in self.texts}
        self.others = self._others()
        self.why: dict[int, Refused] = {}

    def learned(self) -> list[LearnedLine]:
        """A zone ends at the outermost paragraph that is not itself learned. So what was refused counts as paragraph in
        the next round; the texts become fewer, and it ends."""
        texts = self.repeated
        while True:
            tallied = self._tally(texts)
            amid = self._amid(tallied)
            ordered = sorted(tallied, key=lambda key: (self.paths[key[0]], key[1:]))
            lines = [line for key in ordered if (line := self._judged(key, tallied[key], amid)) is not None]
            mine = {line.text for line in lines}
            left = {text for text in texts if self.texts[text] in mine}
            if left == texts or not left:
                self.why = {number: one for number, one in self.why.items() if one.text not in mine}
                return lines
            texts = left

    def refused(self) -> list[Refused]:
        """What was not learned of what many pages show; ask after `learned`."""
        return sorted(self.why.values(), key=lambda one: (-one.pages, one.text))[:_SHOWN_REFUSED]

    def _others(self) -> dict[str, float]:
        """Of each named place the share of its pages that show something there which is not repeated."""
        held: Counter[str] = Counter()
        other: Counter[str] = Counter()
        for page in self.pages.pages:
            held.update({place for path in page.paths for place in self.places[path]})
            varying = (
                path
                for at, path in enumerate(page.paths)
                if page.texts[at] not in self.repeated and not page.is_junk(at)
            )
            other.update({place for path in varying for place in self.places[path]})
        return {place: other[place] / n for place, n in held.items()}

    def _tally(self, texts: Collection[int]) -> dict[_Key, _Seen]:
        found: dict[_Key, _Seen] = defaultdict(_Seen)
        for page in self.pages.pages:
            at_all = [at for at, text in enumerate(page.texts) if text in texts]
            if not at_all:
                continue
            told = [page.is_told(at) and page.texts[at] not in texts for at in range(len(page.texts))]
            where = zones(told)
            for key in {(page.paths[at], where[at], page.texts[at]) for at in at_all if not page.is_junk(at)}:
                one = found[key]
                one.pages += 1
                one.days.add(page.day)
                one.example = one.example or page.url
        return found

    def _amid(self, tallied: Mapping[_Key, _Seen]) -> dict[str, float]:
        """Of each named place the share of its lines that stand between paragraphs."""
        amid: Counter[str] = Counter()
        held: Counter[str] = Counter()
        for (path, zone, _), one in tallied.items():
            for place in self.places[path]:
                held[place] += one.pages
                amid[place] += one.pages * (zone == AMONG)
        return {place: amid[place] / n for place, n in held.items()}

    def _judged(self, key: _Key, one: _Seen, amid: Mapping[str, float]) -> LearnedLine | None:
        path, zone, number = key
        text = self.texts[number]
        if one.pages < LEAST_PAGES:
            return None
        rule = self._rule(path, zone, text, amid)
        first, last = min(one.days), max(one.days)
        of = self.pages.between(first, last)
        why = self._why_not(key, one, rule, of)
        if why is not None:
            before = self.why.get(number)
            if before is None or before.pages < one.pages:
                self.why[number] = Refused(self.name, zone, text, one.pages, why)
            return None
        assert rule is not None
        return LearnedLine(self.name, self.paths[path], zone, text, rule, one.pages, of, first, last, one.example)

    def _rule(self, path: int, zone: str, text: str, amid: Mapping[str, float]) -> str | None:
        own = next((place for place in self.places[path] if self.others[place] <= _OTHERS), None)
        words = speaks_of_site(text)
        kind = _tag(own) if own is not None else ""
        if own is not None and words and (zone != AMONG or kind in _BOXES):
            return "own-place-words"
        if own is not None and zone != AMONG and amid[own] <= _OTHERS:
            if kind in _BOXES:
                return "own-box"
            if kind in _LINES and not text.rstrip('"”’)»').endswith(_SENTENCE_END):
                return "own-line"
        return "edge-words" if words and zone == TAIL else None

    def _why_not(self, key: _Key, one: _Seen, rule: str | None, of: int) -> str | None:
        path, zone, number = key
        text = self.texts[number]
        if text in self.forgotten:
            return "forgotten: a person said that it is no boilerplate"
        if role := self.pages.own.get((path, number)):
            return f"a {role} on some page"
        if credit_rule(text) or (len(text.split()) <= _NAME_WORDS and any(people(text))):
            return "may be a credit line"
        if rule is None:
            return "stands where paragraphs stand" if zone == AMONG else "its place is that of paragraphs, too"
        if one.pages < _SHARES[rule] * of:
            return f"on {one.pages} of {of} pages of its time; {rule} asks {_SHARES[rule]:.0%}"
        days, spread = _SPREAD[rule]
        lasted = (max(one.days) - min(one.days)).days
        if len(one.days) < days or lasted < spread:
            return f"on {len(one.days)} days within {lasted}; {rule} asks {days} within {spread} or more"
        return None


def _open_texts(page: Page) -> Iterator[int]:
    return (text for at, text in enumerate(page.texts) if page.is_open(at))


def _named_places(path: str) -> Iterator[str]:
    """The elements around a line that have a name, as paths, outermost first."""
    above = ABOVE if path.startswith(ABOVE) else ""
    for place in accumulate(path.removeprefix(ABOVE).split(JOIN), lambda outer, inner: f"{outer}{JOIN}{inner}"):
        if "." in place.rpartition(JOIN)[2]:
            yield above + place


def _tag(place: str) -> str:
    return place.removeprefix(ABOVE).rpartition(JOIN)[2].partition(".")[0]

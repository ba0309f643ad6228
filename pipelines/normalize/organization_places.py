"""The place a bare `tỉnh`, `huyện`, `xã` means: the publisher's, else the only one, else the last one of its line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.normalize.mentions import TextLine
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_names import Named, parts
from pipelines.normalize.organization_phrases import ethnic_surnames
from pipelines.normalize.organization_tables import CAPITAL, provinces, surnames
from pipelines.normalize.organization_words import NameReader, heads_in
from pipelines.normalize.phrase_patterns import word_tree
from pipelines.normalize.spelling import lower, modern

_KINDS = ("tỉnh", "thành phố", "thị xã", "huyện", "quận", "xã", "phường", "thị trấn", "đặc khu")
_PLACE = re.compile(rf"({'|'.join(_KINDS)}) (\S.*)", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?<!\w)([Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu) "
    rf"({CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,2}})"
)
# `xã Hòa Bình`, `đường Cao Bằng`: named like a province
_OTHER_KIND = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|thôn|bản|ấp|khu phố|tổ dân phố|đường|phố|cầu|chợ|sông|núi|ga|trường) $"
)
_NATIONAL = re.compile(r"(?:Bộ|Chính phủ|Quốc hội|Báo (?:Quân đội|Nhân|Công an) )")
_LEAD = 2  # lines of which the bulletin is about: title and first paragraph


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){word_tree(provinces())}(?!\w)")


class _Known(NamedTuple):
    """Of one kind: the publisher's, the only one, all as (line, start, name), the only one of title and lead."""

    of_publisher: str | None
    only: str | None
    named: list[tuple[int, int, str]]
    lead: str | None


class Places:
    """The places of one bulletin."""

    def __init__(self, publisher: Line | None, lines: Sequence[Line]) -> None:
        self.publisher, self.lines = publisher, lines
        self.named: dict[str, list[tuple[int, int, str]]] = {}  # kind → (line, start, name) in organizations
        self.known: dict[str, _Known] = {}
        self.written: dict[str, list[tuple[int, int, str]]] | None = None

    def remember(self, names: Iterable[Named]) -> None:
        """The places in names of organizations."""
        for name in names:
            place = _PLACE.match(name.place) if name.place and not name.plural else None
            if place:
                self.named.setdefault(place[1].lower(), []).append((name.line, name.start, place[2]))

    def spoken_of(self, kind: str, line: int, start: int) -> str | None:
        """The name of the one a bare `kind` at this place means; None: not told, or one of several."""
        if kind not in self.known:
            self.known[kind] = self._known(kind)
        of_publisher, only, named, lead = self.known[kind]
        if of_publisher:
            return of_publisher
        if only:
            return only if self._is_about(only, line) else None
        before = bisect_left(named, (line, start, "")) - 1
        return named[before][2] if before >= 0 and named[before][0] == line else lead

    def _known(self, kind: str) -> _Known:
        """What is known of a kind, found once for a bulletin."""
        written = self._written().get(kind, [])
        named = self.named.get(kind, []) or written
        if not named and kind == "tỉnh" and not self._is_national():
            named = self._bare_provinces()
        if kind == "tỉnh":  # abroad is not meant where one of ours is told: `tỉnh Bô-ly-khăm-xay (Lào)`
            written = [one for one in written if one[2].lower() in provinces()] or written
            ours = [one for one in named if one[2].lower() in provinces()]
            named = ours or [one for one in written if one[2].lower() in provinces()] or named
        different = {name for _, _, name in named}
        lead = {name for at, _, name in written if at < _LEAD}
        return _Known(
            self._of_the_publisher(kind),
            next(iter(different)) if len(different) == 1 else None,
            sorted(named),
            next(iter(lead)) if len(lead) == 1 else None,
        )

    def province(self, line: int, start: int) -> str | None:
        """The province spoken of, as the name of one of its departments has it: `Hà Tĩnh`, `Thành phố Hồ Chí Minh`."""
        if "thành phố" not in self.known:
            self.known["thành phố"] = self._known("thành phố")
        city = self.known["thành phố"].of_publisher
        name = city if city and city.lower() in provinces() else self.spoken_of("tỉnh", line, start)
        return f"Thành phố {name}" if name == "Hồ Chí Minh" else name

    def _is_about(self, place: str, line: int) -> bool:
        """Whether a bulletin of a body of the whole country is about the place: told in its lead or in this line."""
        if not self._is_national():
            return True
        return any(place in one.text for one in (*self.lines[:_LEAD], self.lines[line]))

    def _is_national(self) -> bool:
        return self.publisher is not None and _NATIONAL.match(self.publisher.text) is not None

    def _of_the_publisher(self, kind: str) -> str | None:
        if self.publisher is None:
            return None
        written = _IN_TEXT.search(self.publisher.text)
        if written and written[1].lower() == kind:
            return _ends_at_province(written[2])
        province = _province().search(self.publisher.low) if kind == "tỉnh" and not written else None
        return self.publisher.text[slice(*province.span())] if province else None

    def _written(self) -> dict[str, list[tuple[int, int, str]]]:
        if self.written is None:
            self.written = {}
            for index, line in enumerate(self.lines):
                if not line.flat:
                    for found in _IN_TEXT.finditer(line.text):
                        if found[2].count(" ") > 1 and _is_persons(found[1], found[2]):
                            continue  # `Chủ tịch UBND huyện Triệu Đình Lâm`
                        place = (index, found.start(), _ends_at_province(found[2]))
                        self.written.setdefault(found[1].lower(), []).append(place)
        return self.written

    def _bare_provinces(self) -> list[tuple[int, int, str]]:
        """Provinces named without `tỉnh`: `Bắc Kạn: 780 thanh niên nhập ngũ`, `huyện Con Cuông (Nghệ An)`."""
        found: list[tuple[int, int, str]] = []
        for index, line in enumerate(self.lines[: 2 * _LEAD]):
            if line.flat:
                continue
            for province in _province().finditer(line.low):
                if line.text[province.start()].isupper() and not _OTHER_KIND.search(line.low, 0, province.start()):
                    found.append((index, province.start(), line.text[slice(*province.span())]))
        return found


def _is_persons(kind: str, name: str) -> bool:
    """Whether a name of three words behind `huyện` is rather a person's; communes are named after people."""
    low = modern(lower(name))
    words = low.split(" ")
    ethnic = not ethnic_surnames().isdisjoint(("".join(words[:2]), " ".join(words[:2])))
    return kind.lower() not in {"xã", "phường"} and (words[0] in surnames() or ethnic) and low not in provinces()


def _ends_at_province(name: str) -> str:
    """`Nghệ An Nguyễn` is Nghệ An."""
    words = name.split(" ")
    for count in (3, 2):
        if len(words) > count and " ".join(words[:count]).lower() in provinces():
            return " ".join(words[:count])
    return name


@lru_cache(maxsize=64)
def publisher_names(publisher: str) -> tuple[Line | None, tuple[Named, ...]]:
    """The publisher's name as a line, and the organizations in it, each before its owner: the same for a source."""
    lines = read_lines((TextLine(0, "title", publisher[:200]),)) if publisher else []
    if not lines:
        return None, ()
    names = NameReader(lines[0], 0, {}).names(heads_in(lines)[0])
    return lines[0], tuple(part for name in names for part in parts(name))

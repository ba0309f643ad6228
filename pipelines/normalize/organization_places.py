"""The place a bare `tỉnh`, `huyện`, `xã` means: the publisher's, else the only one, else the last one of its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pipelines.normalize.mentions import TextLine
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import CAPITAL, provinces, surnames, trie
from pipelines.normalize.organization_words import NameReader
from pipelines.normalize.spelling import lower, modern

_KINDS = ("tỉnh", "thành phố", "thị xã", "huyện", "quận", "xã", "phường", "thị trấn")
_PLACE = re.compile(rf"({'|'.join(_KINDS)}) (\S.*)", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?<!\w)([Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường) "
    rf"({CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,2}})"
)
_POST_BEFORE = re.compile(r"(?:[Cc]hủ tịch|[Bb]í thư|[Tt]rưởng)(?!\w)[^,.;]{0,25}$")
_NATIONAL = re.compile(r"(?:Bộ|Chính phủ|Quốc hội|Báo (?:Quân đội|Nhân|Công an) )")
_LEAD = 2  # lines of which the bulletin is about: title and first paragraph


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){trie(provinces())}(?!\w)")


class Places:
    """The places of one bulletin."""

    def __init__(self, publisher: Line | None, lines: Sequence[Line]) -> None:
        self.publisher, self.lines = publisher, lines
        self.named: dict[str, list[tuple[int, int, str]]] = {}  # kind → (line, start, name) in organizations
        self.written: dict[str, list[tuple[int, int, str]]] | None = None

    def remember(self, names: Iterable[Named]) -> None:
        """The places in names of organizations."""
        for name in names:
            place = _PLACE.match(name.place)
            if place:
                self.named.setdefault(place[1].lower(), []).append((name.line, name.start, place[2]))

    def spoken_of(self, kind: str, line: int, start: int) -> str | None:
        """The name of the one a bare `kind` at this place means; None: not told, or one of several."""
        known = self._of_the_publisher(kind)
        if known:
            return known
        written = self._written().get(kind, [])
        named = self.named.get(kind, []) or written
        if not named and kind == "tỉnh":
            named = self._bare_provinces()
        different = {name for _, _, name in named}
        before = [name for at, place, name in named if at == line and place < start]
        if len(different) == 1:
            (one,) = different
            return one if self._is_about(one, line) else None
        if before:
            return before[-1]
        lead = {name for at, _, name in written if at < _LEAD}
        return next(iter(lead)) if len(lead) == 1 else None

    def _is_about(self, place: str, line: int) -> bool:
        """Whether a bulletin of a body of the whole country is about the place: told in its lead or in this line."""
        if self.publisher is None or not _NATIONAL.match(self.publisher.text):
            return True
        return any(place in one.text for one in (*self.lines[:_LEAD], self.lines[line]))

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
                        if _is_a_person(line.text, found):
                            continue
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
                if line.text[province.start()].isupper():
                    found.append((index, province.start(), line.text[slice(*province.span())]))
        return found


def _is_a_person(text: str, found: re.Match[str]) -> bool:
    """`Chủ tịch UBND huyện Trần Văn Tùng`: three words behind a post, a surname first."""
    words = found[2].split(" ")
    if len(words) != 3 or modern(lower(words[0])) not in surnames():
        return False
    return _POST_BEFORE.search(text, max(0, found.start() - 40), found.start()) is not None


def _ends_at_province(name: str) -> str:
    """`Nghệ An Nguyễn` is Nghệ An."""
    words = name.split(" ")
    for count in (3, 2):
        if len(words) > count and " ".join(words[:count]).lower() in provinces():
            return " ".join(words[:count])
    return name


def publisher_names(publisher: str) -> tuple[Line | None, list[Named]]:
    """The publisher's name as a line, and the organizations in it, outermost first."""
    lines = read_lines((TextLine(0, "title", publisher[:200]),)) if publisher else []
    return (lines[0], NameReader(lines[0], 0).names()) if lines else (None, [])

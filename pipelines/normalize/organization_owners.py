"""Whose a unit is that is named without its owner: `Khoa Nhi` in a hospital's bulletin is one of that hospital.

Only kinds of units that always belong to another of a certain kind; where two could be meant, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_links import Links
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import known

_HIGHER_SCHOOL = re.compile(
    r"(?:Trường (?:Đại học|Cao đẳng|Sĩ quan|Quân sự|Trung cấp|Chính trị)|Học viện|Đại học)(?!\w)"
)
_OF_A_PROVINCE = re.compile(
    r"Công an (?:tỉnh|thành phố (?:Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Huế|Hồ Chí Minh))", re.IGNORECASE
)
# Head → kinds of its owners.
_OWNERS: dict[str, tuple[str, ...]] = {
    "Khoa": ("hospital", "school"),
    "Phòng khám": ("hospital", "school"),
    "Phòng": ("hospital", "school", "department", "police", "division", "brigade", "enterprise"),
    "Trung tâm": ("hospital", "school"),
    "Vụ": ("ministry",),
    "Cục": ("ministry",),
    "Cơ quan Cảnh sát điều tra": ("police",),
    "Trung đoàn": ("division",),
    "Tiểu đoàn": ("regiment", "brigade", "school"),
    "Đại đội": ("battalion", "regiment", "brigade", "school"),
    "Trung đội": ("company",),
    "Tiểu đội": ("company",),
}
_ONLY_ONE = frozenset(("Khoa", "Phòng khám"))  # also of the only one that the whole text names
_ONLY_ITS_OWN = frozenset(("Vụ", "Cục"))  # of the publisher or nobody
_ONLY_TOLD = frozenset(("Phòng", "Trung tâm"))  # guests have them too: only of the publisher or one introduced
_ONE_SENTENCE = frozenset(("Trung đoàn", "Tiểu đoàn", "Đại đội", "Trung đội", "Tiểu đội"))
_NEAR = 40  # names; farther ones belong to another matter
_SENTENCE_END = re.compile(r"[.;] ")
_OF_ALL = re.compile(r"(?i)quốc gia|trung ương|vùng|khu vực")
_INTRODUCED = re.compile(r"(?i)(?:về phía|thay mặt|đại diện(?: lãnh đạo)?|tại|phía) (?:các )?$")
_BESIDE = re.compile(r"\)?[,;]?(?: và| cùng)? ?")


class Owners:
    """Gives owners to the names of one bulletin."""

    def __init__(self, links: Links, lines: Sequence[Line]) -> None:
        self.links, self.lines = links, lines
        self.resolved: list[Named] = []
        self.candidates: dict[tuple[tuple[str, ...], bool], dict[str, tuple[str, set[int]]]] = {}
        self.given: set[str] = set()  # told again without owner they are still the same

    def give(self, resolved: list[Named]) -> list[Named]:
        """The names with the owners that the bulletin lets them have."""
        self.resolved = resolved
        told = {self.links.keys[name.known_as] for name in resolved if name.owned_by}
        line, before = -1, 0  # of the name, and how many names stand before its line
        given: list[tuple[Named, str]] = []
        for n, name in enumerate(resolved):
            if name.line != line:
                line, before = name.line, n
            kinds = _OWNERS.get(name.head.words)
            if kinds and name.owned_by is None and name.own and not name.place:
                key = self.links.keys[name.known_as]
                if key not in told and (owner := self._owner(name, key, kinds, resolved[before:n])):
                    given.append((name, owner))
        for name, owner in given:
            name.owned_by = owner
        return resolved

    def _owner(self, one: Named, key: str, kinds: tuple[str, ...], before: list[Named]) -> str | None:
        head = one.head.words
        fact = known().get(key)
        if (fact and fact.parent) or (head == "Trung tâm" and _OF_ALL.search(one.known_as)):
            return None
        house = self._house(kinds)
        if head in _ONLY_ITS_OWN:
            return house
        near = self._near(one, kinds, before)
        if near and ((house is None and head not in _ONLY_TOLD) or self._introduced(near)):
            self.given.add(key)
            return near.known_as
        if key in self.given:
            return None
        if house or head in _ONLY_TOLD:
            return house
        for in_title in (True, False) if head in _ONLY_ONE else (True,):
            names = self._candidates(kinds, in_title)
            if len(names) > _NEAR:
                return None
            apart = {one.line} if head in _ONE_SENTENCE else set()
            fitting = [words for words, lines in names.values() if lines - apart]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _house(self, kinds: tuple[str, ...]) -> str | None:
        """The publisher's own of these kinds."""
        for name, kind in self.links.house:
            if kind in kinds and _fits(name, kind):
                return name
        return None

    def _candidates(self, kinds: tuple[str, ...], in_title: bool) -> dict[str, tuple[str, set[int]]]:
        """Those of these kinds that the title or the whole text names, with the lines that name them."""
        found = self.candidates.get((kinds, in_title))
        if found is None:
            found = self.candidates[kinds, in_title] = {}
            for other in self.resolved:
                if _fitting(other, kinds) and (not in_title or self.lines[other.line].place.zone == "title"):
                    found.setdefault(self.links.keys[other.known_as], (other.known_as, set()))[1].add(other.line)
        return found

    def _near(self, one: Named, kinds: tuple[str, ...], before: list[Named]) -> Named | None:
        """The last one of these kinds before it in its line, unless it stands in a list with others."""
        head = one.head.words
        last = before[-1] if before else None
        another = last and last.owned_by != one.known_as and (head in _ONE_SENTENCE or last.head.words not in _OWNERS)
        if last and another and self._is_beside(last, one):
            return None  # one of a list
        for other in reversed(before[-_NEAR:]):
            if _fitting(other, kinds) and other.full <= one.start:
                between = self._between(other, one)
                closed = between.startswith(")") and not self.lines[one.line].text.startswith(")", one.start - 1)
                sentence = head in _ONE_SENTENCE and (closed or _SENTENCE_END.search(between))
                return None if sentence or self._is_beside(other, one) else other
        return None

    def _between(self, one: Named, other: Named) -> str:
        return self.lines[one.line].text[max(one.full, other.start - 1000) : other.start]

    def _is_beside(self, one: Named, other: Named) -> bool:
        return _BESIDE.fullmatch(self._between(one, other)) is not None

    def _introduced(self, other: Named) -> bool:
        text = self.lines[other.line].text
        return _INTRODUCED.search(text, max(0, other.start - 30), other.start) is not None


def _fitting(one: Named, kinds: tuple[str, ...]) -> bool:
    return one.head.kind in kinds and not one.plural and _fits(one.known_as, one.head.kind)


def _fits(words: str, kind: str) -> bool:
    if kind == "school":
        return _HIGHER_SCHOOL.match(words) is not None
    return kind != "police" or _OF_A_PROVINCE.match(words) is not None

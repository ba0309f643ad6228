"""Whose a unit is that is named without its owner: `Khoa Nhi` in a hospital's bulletin is one of that hospital.

Only kinds of units that always belong to another of a certain kind; where two could be meant, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_links import Links, Resolved

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
    "Phòng": ("hospital", "school", "department", "police", "division", "brigade"),
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
_ONLY_ONE = frozenset(("Khoa", "Phòng khám", "Tiểu đoàn"))  # also of the only one that the whole text names
_ONLY_ITS_OWN = frozenset(("Vụ", "Cục"))  # of the publisher or nobody
_ONE_SENTENCE = frozenset(("Trung đoàn", "Tiểu đoàn", "Đại đội", "Trung đội", "Tiểu đội"))
_OF_ALL = re.compile(r"(?i)quốc gia|trung ương|vùng|khu vực")
_INTRODUCED = re.compile(r"(?i)(?:về phía|thay mặt|đại diện(?: lãnh đạo)?|tại|phía) (?:các )?$")
_BESIDE = re.compile(r"[,;]?(?: và| cùng)? ?")


class Owners:
    """Gives owners to the names of one bulletin."""

    def __init__(self, links: Links, lines: Sequence[Line]) -> None:
        self.links, self.lines = links, lines

    def give(self, resolved: list[Resolved]) -> list[Resolved]:
        """The names with the owners that the bulletin lets them have."""
        told = {self.links.key(one.words) for one in resolved if one.owner}
        by_line: dict[int, list[Resolved]] = {}
        given: set[str] = set()  # told again without owner they are still the same
        out = []
        for one in resolved:
            before = by_line.setdefault(one.name.line, [])
            kinds = _OWNERS.get(one.name.head.words)
            if kinds and one.owner is None and one.name.own and self.links.key(one.words) not in told:
                owner = self._owner(one, kinds, before, resolved, given)
                out.append(one._replace(owner=owner) if owner else one)
            else:
                out.append(one)
            before.append(one)
        return out

    def _owner(
        self,
        one: Resolved,
        kinds: tuple[str, ...],
        before: list[Resolved],
        resolved: list[Resolved],
        given: set[str],
    ) -> str | None:
        head = one.name.head.words
        if one.name.place or one.name.base or (head == "Trung tâm" and _OF_ALL.search(one.words)):
            return None
        house = next((name for name, kind in self.links.house if kind in kinds and _fits(name, kind)), None)
        if head in _ONLY_ITS_OWN:
            return house
        near = self._near(one, kinds, before)
        if near and (house is None or self._introduced(near)):
            given.add(self.links.key(one.words))
            return near.words
        if self.links.key(one.words) in given:
            return None
        if house:
            return house
        for title in (True, False) if head in _ONLY_ONE else (True,):
            names = {
                self.links.key(other.words): other.words
                for other in resolved
                if (not title or self.lines[other.name.line].place.zone == "title")
                and _fitting(other, kinds)
                and not (head in _ONE_SENTENCE and other.name.line == one.name.line)
            }
            if len(names) == 1:
                return next(iter(names.values()))
            if names:
                return None
        return None

    def _near(self, one: Resolved, kinds: tuple[str, ...], before: list[Resolved]) -> Resolved | None:
        """The last one of these kinds before it in its line, unless the two stand side by side in a list."""
        for other in reversed(before):
            if _fitting(other, kinds) and other.name.full <= one.name.start:
                between = self.lines[one.name.line].text[other.name.full : one.name.start]
                if _BESIDE.fullmatch(between):
                    return None
                if one.name.head.words in _ONE_SENTENCE and re.search(r"[.;] ", between):
                    return None
                return other
        return None

    def _introduced(self, other: Resolved) -> bool:
        text = self.lines[other.name.line].text
        return _INTRODUCED.search(text, max(0, other.name.start - 30), other.name.start) is not None


def _fitting(one: Resolved, kinds: tuple[str, ...]) -> bool:
    return one.name.head.kind in kinds and not one.name.plural and _fits(one.words, one.name.head.kind)


def _fits(words: str, kind: str) -> bool:
    if kind == "school":
        return _HIGHER_SCHOOL.match(words) is not None
    return kind != "police" or _OF_A_PROVINCE.match(words) is not None

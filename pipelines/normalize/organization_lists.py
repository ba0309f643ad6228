"""Lists of organizations: a head said once for several, one owner behind all of them."""

from __future__ import annotations

import re

from pipelines.normalize.organization_chains import Chains
from pipelines.normalize.organization_names import Named, without_kind
from pipelines.normalize.organization_phrases import BEGINS
from pipelines.normalize.organization_tables import Head, key, known

_NUMBERS_ON = re.compile(r"(, (?:và )?| và | & )(\d{1,4}[A-ZĐ]?)(?![\w%]|[.,/-]\d)")
_FIRST_NUMBER = re.compile(r":? (\d{1,4}[A-ZĐ]?)(?![\w%]|[./-]\d)(?=(?:,| và|, và| &) \d)")
_COLON = re.compile(r":? ")
_AND = re.compile(r", | và |; | - ")
_BETWEEN = re.compile(r",|,? ?(?:và|cùng|với|cùng với)")
_LISTED = frozenset(("field", "proper", "club"))  # grammars of heads said once for several fields
_PARTS = frozenset(("Phòng", "Ban", "Khoa", "Trung tâm", "Cục"))
_PLACES = re.compile(r" (?:các|những|hai|ba|bốn|năm|\d+) (tỉnh|huyện|thành phố|xã|phường|quận|thị xã):? ")
_NEXT_PLACE = re.compile(r"(?:, (?:và )?| và | - )(?:(tỉnh|huyện|thành phố|xã|phường|quận|thị xã) )?")


class Lists(Chains):
    """Lists."""

    def share_owners(self, names: list[Named]) -> None:
        """`Sư đoàn 3, Lữ đoàn 210 và Lữ đoàn 575 của Quân khu 1`: all of them are of that Quân khu."""
        for n in range(len(names) - 1, 0, -1):
            name, before = names[n], names[n - 1]
            if self._is_shared(before, name):
                before.owner, before.shared = name.owner, True
                continue
            if not name.of or name.owner is None or before.owner or before.own == "" or not _is_part(before):
                continue
            lower = _is_part(name) and 0 < before.head.level < name.owner.head.level
            if lower and _BETWEEN.fullmatch(self.low[before.full : name.start].strip()):
                before.owner, before.of = name.owner, True

    def _is_shared(self, before: Named, name: Named) -> bool:
        """`Phòng Tham mưu, Phòng Chính trị Sư đoàn 5`, `Bộ Tham mưu, Cục Chính trị Quân khu`: the owner of both."""
        owner = name.owner
        if owner is None or before.owner or before.own == "" or before.head.owner != "after" or before.plural:
            return False
        if before.head.level != name.head.level or not 0 < name.head.level < owner.head.level or before.place:
            return False
        if owner.start != name.end + 1 and not name.shared:
            return False
        fact = known().get(key(before.own))
        if fact and fact.parent:
            return False
        return before.line == name.line and _BETWEEN.fullmatch(self.low[before.full : name.start].strip()) is not None

    def _are_many(self, i: int) -> bool:
        """Whether what `_PLACES` begins with may stand here."""
        first = self.low[i : i + 1]
        return first in {"c", "n", "h", "b"} or first.isdecimal()

    def _at_places(self, i: int, end: int, head: Head) -> list[Named] | None:
        """`Bộ CHQS các tỉnh: Long An, Tây Ninh`, `Công an các huyện Lấp Vò và Lai Vung`."""
        found = _PLACES.match(self.low, end)
        if found is None:
            return None
        kind, at = found[1], found.end()
        names: list[Named] = []
        while self.chars[at].isupper() and self.owner_head_at(at) is None:
            stop = self.capitals_at(at, False, True)
            if stop is None:
                break
            place = f"{kind} {self.text[at:stop]}"
            name = self._named(at if names else i, stop, head, f"{head.words} {without_kind(head, place)}")
            name.place, name.plural = place, True
            names.append(name)
            more = _NEXT_PLACE.match(self.low, stop)
            if more is None:
                break
            kind, at = more[1] or kind, more.end()
        return names if len(names) > 1 else None

    def list_at(self, i: int, head: Head, end: int) -> list[Named] | None:
        """`các cục: Tổ chức, Cán bộ và Tuyên huấn`, `các Sư đoàn 5, 302 và 309`: a head said once for several."""
        if head.owner == "in" and self._are_many(end + 1) and (places := self._at_places(i, end, head)):
            return places
        if head.grammar == "unit" and head.kind != "emulation":
            names = self._at_numbers(i, end, head)
        elif head.grammar in _LISTED and self.is_plural(i):
            names = self._at_fields(end, head)
        else:
            return None
        if len(names) < 2:
            return None
        self.attach(names[-1], 0)
        for name in names:
            name.plural = True
            name.owner = names[-1].owner
        return names

    def _at_numbers(self, i: int, end: int, head: Head) -> list[Named]:
        """`Sư đoàn 5, 302 và 309`; none where it is not clear that numbers of units follow."""
        first = _FIRST_NUMBER.match(self.text, end)
        more = _NUMBERS_ON.match(self.text, first.end()) if first else None
        if first is None or more is None:
            return []
        names = [self._named(i, first.end(), head, f"{head.words} {first[1]}")]
        at = first.end()
        while more:
            names.append(self._named(more.start(2), more.end(), head, f"{head.words} {more[2]}"))
            at = more.end()
            more = _NUMBERS_ON.match(self.text, at)
        return names if self.is_plural(i) or self.closes(at) else []

    def _at_fields(self, end: int, head: Head) -> list[Named]:
        """`các cục: Tổ chức, Cán bộ và Tuyên huấn`."""
        names: list[Named] = []
        colon = _COLON.match(self.text, end)
        if colon is None:
            return names
        at = colon.end()
        self.listing = True
        while self.chars[at].isupper() and (self.phrase_at(at) or [0, ""])[1] in BEGINS:
            stop = self.grow(at - 1, head)
            if stop is None:
                break
            names.append(self._named(at, stop, head, self._own(head, at, stop)))
            separator = _AND.match(self.low, stop)
            at = separator.end() if separator else stop
            if separator is None or (self.owner_head_at(at) and self.phrase_at(at) is None):
                break
        return names


def _is_part(name: Named) -> bool:
    return name.head.grammar == "unit" or name.head.words in _PARTS

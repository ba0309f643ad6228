"""Lists of organizations: a head said once for several, one owner behind all of them."""

from __future__ import annotations

import re

from pipelines.normalize.organization_chains import Chains
from pipelines.normalize.organization_names import Named, without_kind
from pipelines.normalize.organization_phrases import BEGINS
from pipelines.normalize.organization_tables import Head, key, known

PLURAL = ("các ", "hai ", "ba ", "bốn ", "những ", "nhiều ", "mỗi ", "một số ", "từng ", *(f"{n} " for n in range(10)))

_NUMBERS_ON = re.compile(r"(, (?:và )?| và | & )(\d{1,4}[A-ZĐ]?)(?![\w%]|[.,/-]\d)")
_FIRST_NUMBER = re.compile(r":? (\d{1,4}[A-ZĐ]?)(?![\w%]|[./-]\d)")
_COLON = re.compile(r":? ")
_AND = re.compile(r", | và |; | - ")
_BETWEEN = re.compile(r",|,? ?(?:và|cùng|với|cùng với)")
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

    def _at_places(self, i: int, end: int, head: Head) -> list[Named] | None:
        """`Bộ CHQS các tỉnh: Long An, Tây Ninh`, `Công an các huyện Lấp Vò và Lai Vung`."""
        found = _PLACES.match(self.low, end) if head.owner == "in" else None
        if found is None:
            return None
        kind, at = found[1], found.end()
        names: list[Named] = []
        while self.text[at : at + 1].isupper() and self.owner_head_at(at) is None:
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

    def list_at(self, i: int) -> list[Named] | None:
        """`các cục: Tổ chức, Cán bộ và Tuyên huấn`, `các Sư đoàn 5, 302 và 309`: a head said once for several."""
        found = self.head_at(i)
        if found is None or self.flat:
            return None
        head, end = found
        places = self._at_places(i, end, head)
        if places:
            return places
        plural = self.low.endswith(PLURAL, 0, i)
        names: list[Named] = []
        if head.grammar == "unit" and head.kind != "emulation":
            first = _FIRST_NUMBER.match(self.text, end)
            if first is None:
                return None
            at = first.end()
            names.append(self._named(i, at, head, f"{head.words} {first[1]}"))
            while more := _NUMBERS_ON.match(self.text, at):
                names.append(self._named(more.start(2), more.end(), head, f"{head.words} {more[2]}"))
                at = more.end()
            if len(names) < 2 or not (plural or self.closes(at)):
                return None
        elif plural and head.grammar in {"field", "proper", "club"}:
            colon = _COLON.match(self.text, end)
            if colon is None:
                return None
            at = colon.end()
            self.listing = True
            while self.text[at : at + 1].isupper() and (self.phrase_at(at) or [0, ""])[1] in BEGINS:
                stop = self.grow(at - 1, head)
                if stop is None:
                    break
                names.append(self._named(at, stop, head, self._own(head, at, stop)))
                separator = _AND.match(self.low, stop)
                at = separator.end() if separator else stop
                if separator is None or (self.owner_head_at(at) and self.phrase_at(at) is None):
                    break
            if len(names) < 2:
                return None
        else:
            return None
        self.attach(names[-1], 0)
        for name in names:
            name.plural = True
            name.owner = names[-1].owner
        return names


def _is_part(name: Named) -> bool:
    return name.head.grammar == "unit" or name.head.words in _PARTS

"""One rule for each other way names are made: numbered units, fields of work, proper names, schools, societies.

The `grammar` of a head in reference/organization_heads.tsv is the name of its rule here or in organization_bodies.py.
"""

from __future__ import annotations

import re

from pipelines.normalize.organization_bodies import Bodies
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_phrases import BEGINS, COUNTED, NUMBER
from pipelines.normalize.organization_tables import Head

_REGION = re.compile(r" (?:[1-5] (?:hải quân|cảnh sát biển)|cảnh sát biển [1-5])(?!\w)")
_REGION_NUMBER = re.compile(r" [1-5](?![\w%/.,-]*\d)")
_ROOM = re.compile(r" ((?:P[ACHVKX]|[ABCKHXV])\d{2})(?!\w)")
_FOREIGN = re.compile(r" quân đội (?:hoàng gia campuchia|nhân dân lào)(?!\w)")
_NO_SOCIETY = re.compile(r" (?:an|xuân|báo xuân|lim|gióng|đền|chùa|làng|thánh|song|vật)(?!\w)")
_WITH_OWNER = re.compile(r"(?: ?\(|, | (?:thuộc|của) | )")


class Grammar(Bodies):
    """The rules of the heads."""

    def _none(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return None

    def _only(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return self._bare(start, end, head)

    def _unit(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Sư đoàn 5`, `Trung đoàn Bộ binh 1`, `Cụm thi đua số 9`, `Binh đoàn Hương Giang`."""
        at = end
        if self.text[at : at + 1] == " " and (phrase := self.phrase_at(at + 1)) and phrase[1] in BEGINS:
            at = phrase[0]
            while self.text[at : at + 1] == " " and self.text[at + 1 : at + 2].isupper() and not self.flat:
                more = self.phrase_at(at + 1)  # Lữ đoàn Đặc công Hải quân 126
                if more is None or more[1] not in BEGINS or self.owner_head_at(at + 1):
                    break
                at = more[0]
        number = NUMBER.match(self.text, at + 1) if self.text[at : at + 1] == " " else None
        if number:
            stop = number.end()
            after = self.phrase_at(stop + 1) if self.text[stop : stop + 1] == " " else None
            branch = after is not None and after[1] == "noun" and " " in self.low[stop + 1 : after[0]]
            if after and branch and self.text[stop + 1].isupper() and not self.flat:
                stop = after[0]
            foreign = _FOREIGN.match(self.low, stop)
            stop = foreign.end() if foreign else stop
            return self._named(start, stop, head, self._own(head, end, stop))
        if head.kind in {"military region", "emulation"} or self.flat:
            return self._bare(start, end, head)
        if at > end and self.text[end + 1].isupper():
            run = None
            if (
                self.text[at : at + 1] == " "
                and self.owner_head_at(at + 1) is None
                and (self.province_at(at + 1) or not self.stops_at(at + 1))
            ):
                place = self.kind_of_place_at(at + 1)  # Trung đội Dân quân cơ động xã Vĩnh Hải
                run = self.place_end(place, False) if place else self.capitals_at(at + 1, False)
            return self._named(start, run or at, head, self._own(head, end, run or at))
        if at == end and self.text[end : end + 1] == " " and head.kind not in {"other"}:
            run = self.capitals_at(end + 1, True)
            if run and self.person_at(end + 1) and self.begins_person(end + 1) and self.has_post():
                run = None  # `Chủ nhiệm Chính trị Lữ đoàn Phạm Đình Tâm`
            if run and (not self.head_at(end + 1) or self.islands_at(end + 7)) and " " in self.text[end + 1 : run]:
                return self._named(start, run, head, self._own(head, end, run))
        return self._bare(start, end, head)

    def _vung(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        found = _REGION.match(self.low, end)
        if found:
            return self._named(start, found.end(), head, self._own(head, end, found.end()))
        found = _REGION_NUMBER.match(self.low, end)
        if found is None:
            return None if self.flat else self._bare(start, end, head)
        return self._named(start, found.end(), head, self._own(head, end, found.end()))

    def _doan(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đoàn 871`, `Đoàn Trường Cao đẳng Bắc Kạn`; delegations and people named Đoàn are none."""
        if self.low.startswith((" trường ", " trường,"), end) and not self.flat and not self.islands_at(end + 7):
            name = self._named(start, end, head._replace(owner="in", kind="mass", level=0), head.words)
            name.owner = self._owner_at(end + 1, depth)
            if name.owner is None:
                return None
            name.full = name.owner.full
            return name
        number = NUMBER.match(self.text, end + 1)
        if number is None or self.text[end] != " " or not (number[0][-1].isdecimal() and len(number[0]) > 1):
            return None
        if COUNTED.match(self.low, number.end()):
            return None
        return self._named(start, number.end(), head, self._own(head, end, number.end()))

    def _store(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        number = NUMBER.match(self.text, end + 1) if stop is None and self.text[end : end + 1] == " " else None
        stop = number.end() if number else stop
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else None

    def _team(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đội Cảnh sát giao thông - trật tự`, `Đội Quy tập 584`; `Đội 2` where its owner is told."""
        if self.flat or self.text[end : end + 1] != " ":
            return None
        if self.low.startswith(" k", end) or self.text[end + 1 : end + 2].isupper():
            phrase = self.phrase_at(end + 1)
            if self.low.startswith(" k", end) or phrase or self.whole_word(end + 1):
                return self._store(start, end, head, depth)
        elif self.low.startswith((" cảnh sát", " quy tập", " chữa cháy"), end):
            return self._store(start, end, head, depth)
        return self._numbered(start, end, head)

    def _numbered(self, start: int, end: int, head: Head) -> Named | None:
        """`Phòng 5, Cục …`, `Đội 2 Công an …`: a number is a name only with the owner behind it."""
        number = NUMBER.match(self.text, end + 1) if self.text[end : end + 1] == " " else None
        if number is None or not number[0].isdecimal():
            return None
        link = _WITH_OWNER.match(self.text, number.end())
        owner = self.owner_head_at(link.end()) if link else None
        if owner is None or owner[0].level <= head.level:
            return None
        return self._named(start, number.end(), head, self._own(head, end, number.end()))

    def _staff(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Bộ Tham mưu`, of a service by its name: `Bộ Tham mưu Hải quân`."""
        phrase = self.phrase_at(end + 1) if self.text[end : end + 1] == " " and not self.flat else None
        stop = phrase[0] if phrase and phrase[1] == "noun" else end
        return self._named(start, stop, head, self._own(head, end, stop))

    def _coded(self, start: int, end: int, head: Head) -> Named | None:
        """`Phòng PC07`, `Cục C06`."""
        code = _ROOM.match(self.text, end)
        if code is None:
            return None
        name = self._named(start, code.end(), head, f"{head.words} {code[1]}")
        name.code = code[1]
        return name

    def _ministry(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else self._bare(start, end, head)

    def _field(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        coded = self._coded(start, end, head) if head.words in {"Phòng", "Cục"} else None
        if coded:
            return coded
        stop = self.grow(end, head)
        if stop is None:
            numbered = self._numbered(start, end, head) if head.words in {"Phòng", "Ban"} else None
            return numbered or self._bare(start, end, head)
        return self._grown(start, end, stop, head)

    def _hoi(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Societies: `Hội Hồi sức cấp cứu và Chống độc Việt Nam`; `Hội Lim`, `Hội nghị` are none."""
        if self.flat or not self.text[end + 1 : end + 2].isupper() or _NO_SOCIETY.match(self.low, end):
            return None
        name = self._proper(start, end, head, depth) if not self.stops_at(end + 1) else None
        return None if name is None or name.own.count(" ") < 2 else name

    def _school(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        if self.islands_at(end):
            return None
        return self._proper(start, end, head, depth)

    def _proper(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        if stop is None:
            owner = self._owner_at(end + 1, depth) if head.kind in {"press", "other"} else None
            name = self._bare(start, end, head)
            if owner and self.text[end] == " ":  # Báo Quân khu 2
                name.own, name.owner, name.full = head.words, owner, owner.full
            return name
        name = self._grown(start, end, stop, head)
        if head.owner == "in" and self.text[stop : stop + 1] == " ":
            name.owner = self._owner_at(stop + 1, depth)
            name.full = name.owner.full if name.owner else stop
        branch = name.own.find(" Chi nhánh ")
        if branch > 0 and name.owner is None:  # of the bank, which is not named elsewhere
            name.head = head._replace(owner="after")
            of = self._named(start, start, head, name.own[:branch].rstrip(" -"))
            of.end = of.full = min(stop, self.low.rfind(" chi nhánh", start, stop))
            name.owner = of
        return name

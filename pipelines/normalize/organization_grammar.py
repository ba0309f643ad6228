"""One rule for each way names are made: numbered units, fields of work, proper names, bodies named after their owner.

The `grammar` of a head in reference/organization_heads.tsv is the name of its rule here. Each gets the start and end of
the head, and gives the name; `own` empty: the head stands alone; None: no organization.
One file: the rules call each other, since the owner of a name is a name again.
"""

from __future__ import annotations

import re

from pipelines.normalize.organization_growth import Growth
from pipelines.normalize.organization_names import Named, place_words, sentence_case, without_kind
from pipelines.normalize.organization_phrases import BEGINS, COUNTED, ISLANDS, NUMBER, PLACE
from pipelines.normalize.organization_tables import Head

_REGION = re.compile(r" (?:[1-5] (?:hải quân|cảnh sát biển)|cảnh sát biển [1-5])(?!\w)")
_REGION_NUMBER = re.compile(r" [1-5](?![\w%/.,-]*\d)")
_ROOM = re.compile(r" ((?:P[ACHVKX]|[ABCKHXV])\d{2})(?!\w)")
# Grammars of names whose first word behind the head has a capital, also where a text writes `Cục quân nhu`.
_CAPITAL_FIRST = frozenset(("field", "ministry", "proper", "unit", "store", "school", "staff"))
_TEAM = re.compile(r" (\d{1,2})(?:, | \(| thuộc )")
_STAYS_SMALL = ("số ", "một thành viên")
_OF_LAND = re.compile(r" (?:việt nam|tỉnh|thành phố)(?!\w)")
_FOREIGN = re.compile(r" quân đội (?:hoàng gia campuchia|nhân dân lào)(?!\w)")
_BASIC = re.compile(r" cơ sở(?= )")
_SHARED = re.compile(r"(?:,| và| -|, và) (?:(?:chỉ huy|thủ trưởng|lãnh đạo|ban giám đốc|ban giám hiệu|thường trực) )?")
# Heads of the unit itself: `Bí thư Đảng ủy, Chính ủy Quân khu` is secretary of the committee of that Quân khu.
_ITS_HEAD = re.compile(
    r", (?:phó )?(?:chính ủy|tư lệnh|giám đốc|chính trị viên|chỉ huy trưởng|hiệu trưởng|viện trưởng|cục trưởng"
    r"|chủ nhiệm(?= tổng cục)|sư đoàn trưởng|lữ đoàn trưởng|trung đoàn trưởng|tiểu đoàn trưởng|chính ủy) "
)
_ITS_POST = re.compile(r", (?:phó |nguyên )?(?:chủ nhiệm|trưởng|bí thư|giám đốc|tham mưu|chủ tịch|chính ủy|tư lệnh)")


class Grammar(Growth):
    """The rules of the heads."""

    def _named(self, start: int, end: int, head: Head, own: str) -> Named:
        return Named(self.index, start, end, end, head, own)

    def _bare(self, start: int, end: int, head: Head) -> Named:
        return self._named(start, end, head, "")

    def _own(self, head: Head, start: int, end: int) -> str:
        """The name as organizations write it: capital head, its other words as printed."""
        words = self.text[start:end].strip()
        if words and self.flat:
            words = sentence_case(words)
        if (
            head.grammar in _CAPITAL_FIRST
            and not words.startswith(("số ", "một thành viên"))
            and head.words != "Hội đồng"
        ):
            words = words[:1].upper() + words[1:]
        return f"{head.words} {words}".strip()

    def _none(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return None

    def _only(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return self._bare(start, end, head)

    def _unit(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Sư đoàn 5`, `Trung đoàn Bộ binh 1`, `Cụm thi đua số 9`, `Binh đoàn Hương Giang`."""
        at = end
        if self.text[at : at + 1] == " " and (phrase := self.phrase_at(at + 1)) and phrase[1] in BEGINS:
            at = phrase[0]
        number = NUMBER.match(self.text, at + 1) if self.text[at : at + 1] == " " else None
        if number:
            stop = number.end()
            after = self.phrase_at(stop + 1) if self.text[stop : stop + 1] == " " else None
            if after and self.text[stop + 1].isupper() and after[1] == "noun" and not self.flat:
                stop = after[0]
            foreign = _FOREIGN.match(self.low, stop)
            stop = foreign.end() if foreign else stop
            return self._named(start, stop, head, self._own(head, end, stop))
        if head.kind in {"military region", "emulation"} or self.flat:
            return self._bare(start, end, head)
        if at > end and self.text[end + 1].isupper():
            run = self.capitals_at(at + 1, False) if self.text[at : at + 1] == " " else None
            if run and not self.owner_head_at(at + 1):  # Trung đoàn Cảnh sát cơ động Đông Nam
                at = run
            return self._named(start, at, head, self._own(head, end, at))
        if at == end and self.text[end : end + 1] == " " and head.kind not in {"other"}:
            run = self.capitals_at(end + 1, True)
            if (
                run
                and (not self.head_at(end + 1) or ISLANDS.match(self.low, end + 7))
                and " " in self.text[end + 1 : run]
            ):
                return self._named(start, run, head, self._own(head, end, run))
        return self._bare(start, end, head)

    def _vung(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        found = _REGION.match(self.low, end)
        if found:
            return self._named(start, found.end(), head, self._own(head, end, found.end()))
        found = _REGION_NUMBER.match(self.low, end)
        return self._named(start, found.end(), head, self._own(head, end, found.end())) if found else None

    def _doan(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đoàn 871`, `Đoàn Trường Đại học Vinh`; delegations and people named Đoàn are none."""
        if self.low.startswith((" trường ", " học viện "), end) and self.text[end + 1].isupper() and not self.flat:
            school = self._owner_at(end + 1, depth)
            if school and school.own:
                name = self._named(start, end, head._replace(owner="in", kind="mass", sphere="mass"), "Đoàn")
                name.owner, name.full = school, school.full
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
        if self.flat:
            return None
        if not self.low.startswith((" cảnh sát", " quy tập", " chữa cháy", " k"), end):
            number = _TEAM.match(self.text, end)  # `Đội 2, Phòng Cảnh sát giao thông`
            if number is None or self.owner_head_at(number.end()) is None:
                return None
            stop = end + 1 + len(number[1])
            return self._named(start, stop, head, self._own(head, end, stop))
        return self._store(start, end, head, depth)

    def _alone(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """A whole name, which a place or an owner makes that of a part."""
        name = self._named(start, end, head, head.words)
        if head.owner == "in":
            self._complement(name, depth)
        return name

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
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else self._bare(start, end, head)

    def _hoi(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Hội Y học Việt Nam`: a field of science, or any of the whole land or a province; events are none."""
        phrase = self.phrase_at(end + 1) if self.text[end : end + 1] == " " and not self.flat else None
        if phrase and self.text[end + 1].isupper() and _OF_LAND.match(self.low, phrase[0]):
            return self._proper(start, end, head, depth)
        if not self.low.startswith(
            (" y ", " y học", " khoa học", " kỹ thuật", " đông y", " văn học", " hữu nghị"), end
        ):
            return None
        return self._proper(start, end, head, depth)

    def _office(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Văn phòng Bộ Công an`: named by its owner alone."""
        name = self._named(start, end, head, head.words)
        self._complement(name, depth)
        if name.owner is None and name.end == end:
            return None
        return name

    def _school(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        if ISLANDS.match(self.low, end):
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
        name = self._named(start, stop, head, self._own(head, end, stop))
        if head.owner == "in" and self.text[stop : stop + 1] == " ":
            name.owner = self._owner_at(stop + 1, depth)
            name.full = name.owner.full if name.owner else stop
        return name

    def _steering(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Ban Chỉ đạo 35`, `Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh`."""
        stop = self.grow(end, head)
        if stop is None or head.words != "Ban Chỉ đạo":
            return None
        name = self._named(start, stop, head, self._own(head, end, stop))
        self._complement(name, depth)
        return name

    def _owner(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đảng ủy Quân khu 2`, `Bộ Tư lệnh Công binh`, `Huyện ủy Quế Phong`, `Đảng ủy, chỉ huy Trung đoàn 5`."""
        name = self._named(start, end, head, head.words)
        if self.text[end : end + 1] == " " and not self.owner_head_at(end + 1):
            number = NUMBER.match(self.text, end + 1)
            phrase = self.phrase_at(end + 1)
            below = _BASIC.match(self.low, end)
            if below and self.owner_head_at(below.end() + 1):
                name.end = below.end()
            elif number and head.words in {"Bộ Tư lệnh", "Chi bộ", "Bộ Chỉ huy"}:
                name.end = number.end()
            elif phrase and phrase[1] == "body" and head.sphere == "party":  # Đảng ủy các cơ quan Đảng tỉnh
                name.end = phrase[0]
            elif phrase and (self.text[end + 1].isupper()) and phrase[1] not in {"form", "body"}:
                name.end = self.grow(end, head) or end
            if name.end > end:
                name.own = self._own(head, end, name.end)
                name.full = name.end
        self._complement(name, depth)
        if name.end == end and name.owner is None:
            shared = self._shared_owner(head, end, depth)
            if shared and shared.head.owner == "in" and not shared.owner and (shared.place or shared.scope):
                name.scope, name.place = shared.scope, shared.place
                name.own = f"{head.words} {without_kind(head, shared.place)}" if shared.place else head.words
            elif shared:
                name.own, name.owner = head.words, shared
            elif _ITS_POST.match(self.low, end) and head.words == "Đảng ủy":
                return None  # of the unit of that post, which is not named here
            elif head.alias != "full":
                name.own = ""
        return name

    def _shared_owner(self, first: Head, end: int, depth: int) -> Named | None:
        """The owner that stands behind a second body: `Đảng uỷ, Bộ Tư lệnh Quân khu`."""
        its_head = _ITS_HEAD.match(self.low, end)
        if its_head:
            return self._owner_at(its_head.end(), depth)
        shared = _SHARED.match(self.low, end)
        if shared is None:
            return None
        second = self.owner_head_at(shared.end())
        if second is None or second[0].alias != "yes":
            plain_words = shared[0].strip(" ,-") not in {"", "và"}
            return self._owner_at(shared.end(), depth) if plain_words else None
        if second[0].owner == "in" and second[0].grammar == "owner":
            other = self.name_at(shared.end(), depth + 1)
            if other is None:
                return None
            if first.words in {"Ban Thường vụ", "Ban Chấp hành", "Thường trực"}:
                return other
            return other.owner or (other if other.scope or other.place else None)
        return self._owner_at(shared.end(), depth) if shared[0].strip(" ,-") not in {"", "và"} else None

    def _complement(self, name: Named, depth: int) -> None:
        """What makes a name of an owner-head: place, owner, or the people's name of a place."""
        end = name.end
        again = f" ({name.head.words.lower()})"
        if self.low.startswith(again, end):  # Bộ đội Biên phòng (BĐBP) tỉnh
            end += len(again)
        if self.text[end : end + 1] != " ":
            return
        i = end + 1
        place = PLACE.match(self.low, i)
        if place and self.head_at(i) is None:
            run = self.province_at(place.end() + 1) if self.flat else self.place_name_at(place.end() + 1)
            if run:
                name.place = place_words(self.text[i:run]) if self.flat else self.text[i:run]
                name.own += " " + without_kind(name.head, name.place)
                name.end = name.full = run
            elif self.is_spoken_of(place.end()):
                name.scope, name.end, name.full = place[0].lower(), place.end(), place.end()
            return
        owner = self._owner_at(i, depth)
        if owner:
            name.owner, name.full = owner, owner.full
            return
        if self.owner_head_at(i):
            return
        run = self.province_at(i) or (None if self.flat else self.capitals_at(i, False))
        if run and name.head.grammar in {"owner", "alone", "steering"} and name.head.words != "Bộ Tư lệnh":
            name.own += " " + sentence_case(self.text[i:run]) if self.flat else self.text[end:run]
            name.end = name.full = run

    def _owner_at(self, i: int, depth: int) -> Named | None:
        if self.text[i : i + 1] == " " or self.owner_head_at(i) is None:
            return None
        return self.name_at(i, depth + 1)

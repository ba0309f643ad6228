"""One rule for each way names are made: numbered units, fields of work, proper names, bodies named after their owner.

The `grammar` of a head in reference/organization_heads.tsv is the name of its rule here. Each gets the start and end of
the head, and gives the name; `own` empty: the head stands alone; None: no organization.
One file: the rules call each other, since the owner of a name is a name again.
"""

from __future__ import annotations

import re

from pipelines.normalize.organization_growth import Growth
from pipelines.normalize.organization_names import Named, place_words, sentence_case, without_kind
from pipelines.normalize.organization_phrases import BEGINS, COUNTED, NUMBER, WORD
from pipelines.normalize.organization_tables import Head

_REGION = re.compile(r" (?:[1-5] (?:hải quân|cảnh sát biển)|cảnh sát biển [1-5])(?!\w)")
_REGION_NUMBER = re.compile(r" [1-5](?![\w%/.,-]*\d)")
_ROOM = re.compile(r" ((?:P[ACHVKX]|[ABCKHXV])\d{2})(?!\w)")
# Grammars of names whose first word behind the head has a capital, also where a text writes `Cục quân nhu`.
_CAPITAL_FIRST = frozenset(("field", "ministry", "proper", "unit", "store", "school", "staff"))
_FOREIGN = re.compile(r" quân đội (?:hoàng gia campuchia|nhân dân lào)(?!\w)")
_BASIC = re.compile(r" cơ sở(?= )")
_SECTOR = re.compile(r" ngành(?= )")
# Party bodies of a block of offices: `Đảng ủy các cơ quan Đảng tỉnh`.
_BLOCK = re.compile(
    r" (?:khối (?:các )?(?:cơ quan(?: (?:và|-) doanh nghiệp)?|doanh nghiệp)|các cơ quan(?: dân chính)? đảng)"
    r"(?: (?:trung ương|cơ quan trung ương))?(?!\w)"
)
_SCOPE = re.compile(r" (tỉnh|huyện|thành phố|thị xã|xã|phường|quận)(?!\w)")
_NO_SOCIETY = re.compile(r" (?:an|xuân|báo xuân|lim|gióng|đền|chùa|làng|thánh|song|vật)(?!\w)")
_WITH_OWNER = re.compile(r"(?: ?\(|, | (?:thuộc|của) | )")
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
        if head.grammar in _CAPITAL_FIRST and not words.startswith("số ") and head.words != "Hội đồng":
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
            while self.text[at : at + 1] == " " and self.text[at + 1 : at + 2].isupper() and not self.flat:
                more = self.phrase_at(at + 1)  # Lữ đoàn Đặc công Hải quân 126
                if more is None or more[1] not in BEGINS or self.owner_head_at(at + 1):
                    break
                at = more[0]
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
            run = None
            if self.text[at : at + 1] == " " and self.owner_head_at(at + 1) is None and not self.stops_at(at + 1):
                run = self.capitals_at(at + 1, False)  # Trung đoàn Cảnh sát cơ động Đông Nam
            return self._named(start, run or at, head, self._own(head, end, run or at))
        if at == end and self.text[end : end + 1] == " " and head.kind not in {"other"}:
            run = self.capitals_at(end + 1, True)
            if run and self.person_at(end + 1) and self.begins_person(end + 1) and self.has_post():
                run = None  # `Chủ nhiệm Chính trị Lữ đoàn Phạm Đình Tâm`
            if (
                run
                and (not self.head_at(end + 1) or self.islands_at(end + 7))
                and " " in self.text[end + 1 : run]
            ):
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
        if stop is None:
            numbered = self._numbered(start, end, head) if head.words in {"Phòng", "Ban"} else None
            return numbered or self._bare(start, end, head)
        return self._grown(start, end, stop, head)

    def _grown(self, start: int, end: int, stop: int, head: Head) -> Named:
        """A name of the head's words and those to `stop`, with a bare `tỉnh` behind it: of the one spoken of."""
        name = self._named(start, stop, head, self._own(head, end, stop))
        if self.base_end < stop:
            name.base = self._own(head, end, self.base_end)
        return name

    def _hoi(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Societies: `Hội Hồi sức cấp cứu và Chống độc Việt Nam`; `Hội Lim`, `Hội nghị` are none."""
        if self.flat or not self.text[end + 1 : end + 2].isupper() or _NO_SOCIETY.match(self.low, end):
            return None
        name = self._proper(start, end, head, depth) if not self.stops_at(end + 1) else None
        return None if name is None or name.own.count(" ") < 2 else name

    def _office(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Văn phòng Bộ Công an`: named by its owner alone."""
        name = self._named(start, end, head, head.words)
        self._complement(name, depth)
        if name.owner is None and name.end == end:
            return None
        return name

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

    def _steering(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Ban Chỉ đạo 35`, `Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh`, `Ban Quản lý Khu kinh tế tỉnh`."""
        stop = self.grow(end, head)
        if stop is None or head.words not in {"Ban Chỉ đạo", "Ban Quản lý"}:
            return None
        name = self._grown(start, end, stop, head)
        self._complement(name, depth)
        return name

    def _owner(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đảng ủy Quân khu 2`, `Bộ Tư lệnh Công binh`, `Huyện ủy Quế Phong`, `Đảng ủy, chỉ huy Trung đoàn 5`."""
        name = self._named(start, end, head, head.words)
        if self.text[end : end + 1] == " " and not self.owner_head_at(end + 1):
            number = NUMBER.match(self.text, end + 1)
            phrase = self.phrase_at(end + 1)
            below, block, sector = (found.match(self.low, end) for found in (_BASIC, _BLOCK, _SECTOR))
            if block and head.kind == "party":
                name.end = block.end()
            elif sector:
                name.end = self.grow(sector.end(), head) or end
            elif below and self.owner_head_at(below.end() + 1):
                name.end = below.end()
            elif number and head.words in {"Bộ Tư lệnh", "Chi bộ", "Bộ Chỉ huy", "Bệnh xá"}:
                name.end = number.end()
            elif phrase and (self.text[end + 1].isupper()) and phrase[1] != "form":
                name.end = self.grow(end, head) or end
            if name.end > end:
                name.own = self._own(head, end, name.end)
                name.full = name.end
        self._complement(name, depth)
        if name.end == end and name.owner is None:
            shared = self._shared_owner(head, end, depth)
            of_place = shared is not None and shared.head.kind in {"party", "government", "mass"}
            if shared and of_place and not shared.owner and (shared.place or shared.scope):
                name.scope, name.place = shared.scope, shared.place
                name.own = f"{head.words} {without_kind(head, shared.place)}" if shared.place else head.words
            elif shared:
                name.own, name.owner = head.words, shared
            elif head.words == "Đảng ủy" and (post := _ITS_POST.match(self.low, end)):
                name.owner = self._owner_of_post(post.end(), depth)
                if name.owner is None:
                    return None  # of the unit of that post, which is not named here
                name.own = head.words
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

    def _owner_of_post(self, i: int, depth: int) -> Named | None:
        """The unit of the post that goes on at `i`: `Đảng ủy, Chủ nhiệm Chính trị Quân khu 5`."""
        for _ in range(6):
            word = WORD.match(self.text, i + 1) if self.text[i : i + 1] == " " else WORD.match(self.text, i)
            if word is None:
                return None
            if word.start() > i and (head := self.owner_head_at(word.start())) and head[0].level >= 40:
                return self._owner_at(word.start(), depth)
            i = word.end()
        return None

    def _complement(self, name: Named, depth: int) -> None:
        """What makes a name of an owner-head: place, owner, or the people's name of a place."""
        end = name.end
        again = f" ({name.head.words.lower()})"
        if self.low.startswith(again, end):  # Bộ đội Biên phòng (BĐBP) tỉnh
            end += len(again)
        if self.text[end : end + 1] != " ":
            return
        i = end + 1
        place = self.kind_of_place_at(i)
        if place:
            run = self.place_end(place, self.has_post())
            if run:
                name.place = place_words(self.text[i:run]) if self.flat else self.text[i:run]
                name.own += " " + without_kind(name.head, name.place)
                name.end = name.full = run
            elif _SCOPE.match(self.low, i - 1) and self.scope_ends(place.end()):
                name.scope, name.end, name.full = place[0], place.end(), place.end()
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

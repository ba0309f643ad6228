"""Bodies named after their owner: `Đảng ủy Quân khu 2`, `Bộ Tư lệnh Công binh`, `Huyện ủy Quế Phong`."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.normalize.organization_growth import Growth
from pipelines.normalize.organization_names import KIND_OF_PLACE, Named, place_words, sentence_case, without_kind
from pipelines.normalize.organization_phrases import NUMBER, WORD
from pipelines.normalize.organization_tables import Head

# Grammars of names whose first word behind the head has a capital, also where a text writes `Cục quân nhu`.
_CAPITAL_FIRST = frozenset(("field", "ministry", "proper", "unit", "store", "school", "staff"))
_BASIC = re.compile(r" cơ sở(?= )")
_SECTOR = re.compile(r" ngành(?= )")
# Party bodies of a block of offices: `Đảng ủy các cơ quan Đảng tỉnh`.
_BLOCK = re.compile(
    r" (?:khối (?:các )?(?:cơ quan(?: (?:và|-) doanh nghiệp)?|doanh nghiệp)|các cơ quan(?: dân chính)? đảng)"
    r"(?: (?:trung ương|cơ quan trung ương))?(?!\w)"
)
_AGAIN = re.compile(r" \(([^()]{2,60})\)")  # the name's abbreviation, written out by organization_lines.py
_PRINTED = re.compile(
    r" \([A-ZĐ][A-ZĐ&-]{1,7}\)(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu|Việt Nam)(?!\w))"
)
_ZONE = re.compile(r" khu vực \d{1,2}(?![\w/.,]*\d)")  # of a court, a defence command, since July 2025
_NUMBERED = frozenset(("Bộ Tư lệnh", "Chi bộ", "Bộ Chỉ huy"))
PARTY_OFFICES = frozenset((
    "Ban Tổ chức", "Ban Tuyên giáo", "Ban Tuyên giáo và Dân vận", "Ban Dân vận", "Ban Nội chính",
))  # fmt: skip
"""Offices of a party committee, known with its name; those of a unit (`Ban Tổ chức, Phòng Chính trị`) are its parts."""
_OF_A_ZONE = re.compile(r"[Kk]hu vực \d{1,2}$")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
SCOPE = re.compile(r" (tỉnh|huyện|thành phố|thị xã|xã|phường|quận|đặc khu|thị trấn)(?!\w)")
_WITH_OWNER = re.compile(r"(?: ?\(|, | (?:thuộc|của) | )")
_SHARED = re.compile(r"(?:,| và| -|, và) (?:(?:chỉ huy|thủ trưởng|lãnh đạo|ban giám đốc|ban giám hiệu|thường trực) )?")
# Heads of the unit itself: `Bí thư Đảng ủy, Chính ủy Quân khu` is secretary of the committee of that Quân khu.
_ITS_HEAD = re.compile(
    r", (?:phó )?(?:chính ủy|tư lệnh|giám đốc|chính trị viên|chỉ huy trưởng|hiệu trưởng|viện trưởng|cục trưởng"
    r"|chủ nhiệm(?= tổng cục)|sư đoàn trưởng|lữ đoàn trưởng|trung đoàn trưởng|tiểu đoàn trưởng|chính ủy) "
)
_ITS_POST = re.compile(
    r", (?:phó |nguyên )?(?:(?:bộ|thứ) trưởng|chủ nhiệm|trưởng|bí thư|giám đốc|tham mưu|chủ tịch|chính ủy|tư lệnh"
    r"|viện trưởng|chánh án|hiệu trưởng|tổng giám đốc|cục trưởng|tổng cục trưởng|vụ trưởng|chánh thanh tra)"
)
_OF_A_HEAD = re.compile(r", (?:phó |nguyên )?(?:viện trưởng|chánh án|hiệu trưởng)(?!\w)")  # `Viện` here begins no name
# A deputy of a branch sits in the committee of its office or of the unit: `Đảng ủy, Phó Chủ nhiệm Hậu cần Quân khu`.
_TWO_SEATS = re.compile(r", phó chủ nhiệm (?:chính trị|hậu cần|kỹ thuật|quân y|quân lực)")


class Bodies(Growth):
    """Bodies with their owner or place."""

    def _named(self, start: int, end: int, head: Head, own: str) -> Named:
        return Named(self.index, start, end, end, head, own)

    def _bare(self, start: int, end: int, head: Head) -> Named | None:
        """A head alone, where that may mean the organization spoken of."""
        return self._named(start, end, head, "") if head.alias == "yes" else None

    def _own(self, head: Head, start: int, end: int) -> str:
        """The name as organizations write it: capital head, its other words as printed."""
        words = self.text[start:end].strip()
        if not words:
            return head.words
        if self.flat:
            words = sentence_case(words)
        if words[0].islower() and head.grammar in _CAPITAL_FIRST and head.words != "Hội đồng":
            words = words if words.startswith("số ") else words[0].upper() + words[1:]
        return f"{head.words} {words}"

    def _owner(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đảng ủy Quân khu 2`, `Bộ Tư lệnh Công binh`, `Huyện ủy Quế Phong`, `Đảng ủy, chỉ huy Trung đoàn 5`."""
        name = self._named(start, end, head, head.words)
        command = self._command_end(end + 1) if head.words == "Bộ Tư lệnh" else None
        if command:
            name.end = name.full = command
            name.own = self._own(head, end, command)
        elif self.chars[end] == " " and not self.owner_head_at(end + 1):
            if head.kind == "party" and (block := _BLOCK.match(self.low, end)):
                name.end = block.end()
            elif sector := _SECTOR.match(self.low, end):
                name.end = self.grow(sector.end(), head) or end
            elif (below := _BASIC.match(self.low, end)) and self.owner_head_at(below.end() + 1):
                name.end = below.end()
            elif head.words in _NUMBERED and (number := NUMBER.match(self.text, end + 1)):
                name.end = number.end()
            elif self.chars[end + 1].isupper() and (self.phrase_at(end + 1) or ("", "form"))[1] != "form":
                name.end = self.grow(end, head) or end
            if name.end > end:
                name.own = self._own(head, end, name.end)
                name.full = name.end
        self._complement(name, depth)
        if name.owner is not None and name.own in PARTY_OFFICES and name.owner.head.kind == "party":
            name.head = replace(head, owner="in")  # Ban Tổ chức Tỉnh ủy Nghệ An
        if name.owner is not None and _OF_A_ZONE.search(name.own):
            name.head = replace(head, owner="after")  # Tòa án quân sự Khu vực 1 Quân khu 3
        if name.end == end and name.owner is None:
            shared = None if _OF_A_HEAD.match(self.low, end) else self._shared_owner(head, end, depth)
            of_place = shared is not None and shared.head.kind in {"party", "government", "mass"}
            kind = KIND_OF_PLACE.get(head.words)
            if shared and kind:  # a Tỉnh ủy is of a tỉnh, whatever stands behind it
                of_place = kind in {shared.scope, shared.place.partition(" ")[0]}
                shared = shared if of_place else None
            if shared and of_place and not shared.owner and (shared.place or shared.scope):
                name.scope, name.place = shared.scope, shared.place
                name.own = f"{head.words} {without_kind(head, shared.place)}" if shared.place else head.words
            elif shared:
                name.own, name.owner = head.words, shared
            elif head.words == "Đảng ủy" and _TWO_SEATS.match(self.low, end):
                return None
            elif head.words in {"Đảng ủy", "Đảng đoàn", "Ban cán sự đảng"} and (post := _ITS_POST.match(self.low, end)):
                name.owner = self._owner_of_post(post.end(), depth, any_body=head.words != "Đảng ủy")
                if name.owner is None:
                    return None  # of the unit of that post, which is not named here
                name.own = head.words
                if head.words == "Đảng ủy" and name.owner.head.kind in {
                    "government",
                    "mass",
                }:  # Đảng ủy, Chủ tịch UBND xã Tân Hưng
                    name.scope, name.place = name.owner.scope, name.owner.place
                    name.own, name.owner = f"{head.words} {name.place}".strip(), None
            elif head.alias != "full":
                name.own = ""
        return name

    def _command_end(self, i: int) -> int | None:
        """End of a command's words that no table knows: `Bộ Tư lệnh Vùng biển`, `… Miền Cao`; None: other words."""
        if self.flat or not self.chars[i].isupper() or self.text[i - 1] != " " or self.stops_at(i):
            return None
        other = self.owner_head_at(i)
        if (other and not (other[0].words == "Vùng" and self.open_region_at(other[1]))) or self.phrase_at(i):
            return None
        if self.kind_of_place_at(i) or self.province_at(i) or self.begins_person(i):
            return None
        return self.whole_word(i) or self.capitals_at(i, True)

    def _shared_owner(self, first: Head, end: int, depth: int) -> Named | None:
        """The owner that stands behind a second body: `Đảng uỷ, Bộ Tư lệnh Quân khu`."""
        its_head = _ITS_HEAD.match(self.low, end)
        if its_head:
            return self._owner_at(its_head.end(), depth)
        shared = _SHARED.match(self.low, end)
        if shared is None:
            return None
        second = self.owner_head_at(shared.end())
        beside = second is not None and second[0].grammar == "alone" and second[0].kind == "mass"
        if second is None or (second[0].alias != "yes" and not beside):
            plain_words = shared[0].strip(" ,-") not in {"", "và"}
            return self._owner_at(shared.end(), depth) if plain_words else None
        if second[0].owner == "in" and (second[0].grammar == "owner" or beside):
            other = self.name_at(shared.end(), depth + 1)
            if other is None:
                return None
            if first.words in {"Ban Thường vụ", "Ban Chấp hành", "Thường trực"}:
                return other
            return other.owner or (other if other.scope or other.place else None)
        return self._owner_at(shared.end(), depth) if shared[0].strip(" ,-") not in {"", "và"} else None

    def _owner_of_post(self, i: int, depth: int, any_body: bool = False) -> Named | None:
        """The unit or commune of the post that goes on at `i`: `Đảng ủy, Chủ nhiệm Chính trị Quân khu 5`.

        any_body: also a society, a ministry: `Đảng đoàn, Chủ tịch Hội Nông dân tỉnh`
        """
        for _ in range(6):
            word = WORD.match(self.text, i + 1) if self.chars[i] == " " else WORD.match(self.text, i)
            if word is None:
                return None
            head = self.owner_head_at(word.start()) if word.start() > i else None
            if head and head[0].level >= 40:
                return self._owner_at(word.start(), depth)
            if head and head[0].kind in {"government", "mass"}:
                body = self._owner_at(word.start(), depth)
                of_commune = body and (body.scope or body.place).lower().startswith(_COMMUNES)
                return body if of_commune or any_body else None
            i = word.end()
        return None

    def _complement(self, name: Named, depth: int) -> None:
        """What makes a name of an owner-head: place, owner, or the people's name of a place."""
        end = name.end
        if self.text.startswith(" (", end):
            again = _AGAIN.match(self.low, end)
            if again and self.low[name.start : end].endswith(again[1]):  # Hội Cựu chiến binh (CCB) tỉnh
                end = again.end()
            elif printed := _PRINTED.match(self.text, end):  # Đoàn đại biểu Quốc hội (ĐBQH) tỉnh
                end = printed.end()
        if self.chars[end] != " ":
            return
        i = end + 1
        zone = _ZONE.match(self.low, end) if name.head.grammar == "owner" else None
        if zone:
            stop = zone.end()
            if self.text.startswith(" - ", stop) and (run := self.capitals_at(stop + 3, False, True)):
                stop = run  # Ban Chỉ huy Phòng thủ khu vực 2 - Long Thành
            name.own += self.text[end:stop]
            name.end = name.full = stop
            return
        place = self.kind_of_place_at(i)
        if place:
            run = self.place_end(place, self.has_post())
            if run:
                name.place = place_words(self.text[i:run]) if self.flat else self.text[i:run]
                name.own += " " + without_kind(name.head, name.place)
                name.end = name.full = run
            elif SCOPE.match(self.low, i - 1) and self.scope_ends(place.end()):
                name.scope, name.end, name.full = place[0], place.end(), place.end()
            return
        owner = self._owner_at(i, depth)
        if owner:
            name.owner, name.full = owner, owner.full
            return
        if self.owner_head_at(i):
            return
        if not (self.flat or self.chars[i].isupper()):
            return
        country = self.country_at(i) if name.head.kind == "mass" and self.chars[i].isupper() else None
        run = country or (self.province_at(i) if self.flat else self.capitals_at(i, False))
        if run and name.head.grammar in {"owner", "alone", "steering"} and name.head.words != "Bộ Tư lệnh":
            name.own += " " + sentence_case(self.text[i:run]) if self.flat else self.text[end:run]
            name.end = name.full = run

    def _owner_at(self, i: int, depth: int) -> Named | None:
        if self.chars[i] == " " or self.owner_head_at(i) is None:
            return None
        return self.name_at(i, depth + 1)

    def _numbered(self, start: int, end: int, head: Head) -> Named | None:
        """`Phòng 5, Cục …`, `Đội 2 Công an …`: a number is a name only with the owner behind it."""
        number = NUMBER.match(self.text, end + 1) if self.chars[end] == " " else None
        if number is None or not number[0].isdecimal():
            return None
        link = _WITH_OWNER.match(self.text, number.end())
        owner = self.owner_head_at(link.end()) if link else None
        if owner is None or owner[0].level <= head.level:
            return None
        return self._named(start, number.end(), head, self._own(head, end, number.end()))

"""One rule for each way names are made: numbered units, fields of work, proper names, bodies named after their owner.

The `grammar` of a head in reference/organization_heads.tsv is the name of its rule, here or in organization_units.py,
organization_bodies.py. Each gets the start and end of the head, and gives the name; `own` empty: the head stands alone;
None: no organization.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import CAPITAL, COUNTRY, Head
from pipelines.normalize.organization_units import Units

_ROOM = re.compile(r" ((?:P[ACHVKX]|[ABCKHXV])\d{2})(?!\w)")
_NO_SOCIETY = re.compile(r" (?:an|xuân|báo xuân|lim|gióng|đền|chùa|làng|thánh|song|vật)(?!\w)")


_SCHOOL_FORM = re.compile(
    r"trường (?:mầm non|mẫu giáo|tiểu học|trung học(?: cơ sở| phổ thông)?|phổ thông|đại học|cao đẳng)"
)
_NUMBER_AGAIN = re.compile(r" \(([^()]{2,60})\) (\d{1,4}[a-zđ]?)(?![\w%]|[/.,]\d)")
_AREA = re.compile(rf" khu vực {CAPITAL}\w*(?: {CAPITAL}\w*){{0,3}}")
_QUOTED = re.compile(r" [\"“]([^\W\d_][^\"“”.;:!?\n]{2,60})[\"”]")
_VILLAGE = re.compile(
    r" (?:(?:cộng đồng )?(?:các )?(?:bản|thôn|xóm|ấp|buôn|làng|khu phố|tổ dân phố|khóm|sóc|phum|plei))(?!\w)"
)
_SEAT = re.compile(rf" tại {COUNTRY.pattern}")
_IN_CITY = re.compile(r" tại (?:thành phố |tp\.? ?)?(?=\w)")
_BRANCH = re.compile(r" (?:- )?[Cc]hi nhánh (?:tỉnh |thành phố )?")


class Grammar(Units):
    """The rules of the heads."""

    def _none(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return None

    def _only(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return self._bare(start, end, head)

    def _alone(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """A whole name, which a place or an owner makes that of a part."""
        name = self._named(start, end, head, head.words)
        branch = _BRANCH.match(self.text, end)
        run = self.capitals_at(branch.end(), False, True) if branch else None
        if run:  # Ngân hàng Nhà nước Chi nhánh Thanh Hóa
            whole = self._named(start, run, replace(head, owner="after"), self._own(head, end, run))
            whole.owner = name
            return whole
        if head.owner == "in":
            self._complement(name, depth)
            if name.owner is not None and head.kind == "command":  # Ban Chỉ huy Bộ đội Biên phòng, Bộ CHQS tỉnh …
                name.head = replace(head, owner="after")
        return name

    def _staff(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Bộ Tham mưu`, of a service by its name: `Bộ Tham mưu Hải quân`."""
        phrase = self.phrase_at(end + 1) if self.chars[end] == " " and not self.flat else None
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
        name = self._grown(start, end, stop, head)
        if head.words == "Hội đồng":  # Hội đồng thi đua - khen thưởng Quân khu 4
            self._complement(name, depth)
        return name

    def _grown(self, start: int, end: int, stop: int, head: Head) -> Named:
        """A name of the head's words and those to `stop`, with a bare `tỉnh` behind it: of the one spoken of."""
        name = self._named(start, stop, head, self._own(head, end, stop))
        if self.base_end < stop:
            name.base = self._own(head, end, self.base_end)
        return name

    def _hoi(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Societies: `Hội Hồi sức cấp cứu và Chống độc Việt Nam`; `Hội Lim`, `Hội nghị` are none."""
        if self.flat or _NO_SOCIETY.match(self.low, end):
            return None
        if self.has_post() and self.ends_here(end) and not self.phrase_at(end + 1):
            return self._bare(start, end, head)  # `Phó Chủ tịch Hội`
        if not self.chars[end + 1].isupper():
            return None
        name = self._proper(start, end, head, depth) if not self.stops_at(end + 1) else None
        return None if name is None or name.own.count(" ") < 2 else name

    def _office(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Văn phòng Bộ Công an`: named by its owner alone."""
        name = self._named(start, end, head, head.words)
        self._complement(name, depth)
        if name.owner is None and name.end == end:
            return None
        if name.owner and name.owner.head.grammar == "agency" and (seat := _SEAT.match(self.low, name.full)):
            name.seat, name.full = self.text[name.full : seat.end()], seat.end()
        return name

    def _school(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        if self.islands_at(end):
            return None
        name = self._proper(start, end, head, depth)
        if name is None or name.scope or name.owner or not _SCHOOL_FORM.fullmatch(name.own.lower()):
            return name
        return None if not self.flat and not self.kind_of_place_at(name.end + 1) else name

    def _club(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Clubs and funds, also with their name in quotes: `Câu lạc bộ “Ngân hàng máu sống”`."""
        quoted = _QUOTED.match(self.text, end)
        if quoted is None or self.flat:
            return self._proper(start, end, replace(head, grammar="proper"), depth)
        return self._named(start, quoted.end(), head, f"{head.words} {quoted[1]}")

    def _house(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Nhà văn hóa Lao động tỉnh`; that of a village is a place, no organization."""
        if self.low.startswith(" trung tâm", end) and self.text[end + 1].islower():
            return None  # Nhà văn hóa trung tâm, of the town
        return (
            None if _VILLAGE.match(self.low, end) else self._proper(start, end, replace(head, grammar="proper"), depth)
        )

    def _central(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Trung ương Hội Nông dân Việt Nam`: the head ends with that of the society."""
        last = self.low.rfind(" ", start, end) + 1
        society = self.name_at(last, depth + 1) if self.flat or self.text[last].isupper() else None
        if society is None or society.own == "" or society.scope or society.owner:
            return None
        before = head.words[: head.words.rfind(" ")]
        return self._named(start, society.end, head, f"{before} {society.own}")

    def _embassy(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đại sứ quán Hàn Quốc tại Việt Nam`: its country, and the land or city it is in."""
        country = COUNTRY.match(self.low, end + 1) if self.chars[end] == " " else None
        stop = country.end() if country else self.grow(end, replace(head, grammar="proper"))
        if stop is None:
            return None
        seat = _SEAT.match(self.low, stop)
        city = _IN_CITY.match(self.low, stop) if seat is None else None
        if seat:
            stop = seat.end()
        elif city and (run := self.capitals_at(city.end(), False)):
            stop = run
        return self._named(start, stop, head, self._own(head, end, stop))

    def _agency(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Agencies of another country: `Cơ quan Hợp tác quốc tế Hàn Quốc`."""
        country = COUNTRY.match(self.low, end + 1) if self.chars[end] == " " else None
        if country is None:
            return None
        stop = country.end()
        if area := _AREA.match(self.text, stop):
            stop = area.end()  # Lục quân Hoa Kỳ khu vực Thái Bình Dương
        return self._named(start, stop, head, self._own(head, end, stop))

    def _proper(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        if stop is None:
            owner = self._owner_at(end + 1, depth) if head.kind in {"press", "other"} else None
            if owner is None or self.text[end] != " ":
                return self._bare(start, end, head)
            name = self._named(start, end, head, head.words)  # Báo Quân khu 2
            name.owner, name.full = owner, owner.full
            return name
        name = self._grown(start, end, stop, head)
        again = _NUMBER_AGAIN.match(self.low, stop) if self.text.startswith(" (", stop) else None
        if again and self.low[start:stop].endswith(again[1]):  # Bệnh viện Quân y (BVQY) 37
            name.own = f"{name.own} {self.text[slice(*again.span(2))]}"
            stop = name.end = name.full = again.end()
        if head.owner == "in" and self.chars[stop] == " ":
            name.owner = self._owner_at(stop + 1, depth)
            name.full = name.owner.full if name.owner else stop
        branch = name.own.find(" Chi nhánh ")
        if branch > 0 and name.owner is None:  # of the bank, which is not named elsewhere
            name.head = replace(head, owner="after")
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

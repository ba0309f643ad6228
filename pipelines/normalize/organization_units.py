"""Units and teams: by number, arm, work: `Trung đoàn Bộ binh 1`, `Vùng 3 Hải quân`, `Đội Cảnh sát giao thông`."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.normalize.organization_bodies import Bodies
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_phrases import BEGINS, COUNTED, NUMBER
from pipelines.normalize.organization_tables import CAPITAL, Head

_REGION = re.compile(r" (\d{1,2})(?: (?:hải quân|cảnh sát biển))(?!\w)| cảnh sát biển \d{1,2}(?!\w)")
_REGION_NUMBER = re.compile(r" [1-9](?![\w%/.,-]*\d)")
_FOREIGN = re.compile(r" quân đội (?:hoàng gia campuchia|nhân dân lào)(?!\w)")


_MILITIA = re.compile(
    r" (?:dân quân(?: tự vệ)?|tự vệ)(?: (?:cơ động|thường trực|tại chỗ|biển|nữ|phòng không|pháo binh|công binh"
    r"|trinh sát|thông tin|phòng hóa|y tế|súng máy phòng không(?: 12,7 ?mm)?|cối(?: 60| 82)?(?: ?mm)?)){0,2}(?!\w)"
)
# What police teams do, as their names list it in small letters: `Đội Tuyên truyền, điều tra, giải quyết …`.
_DOES = (
    "(?:tuyên truyền|điều tra|giải quyết|xử lý|tuần tra|kiểm soát|hướng dẫn|đăng ký|quản lý|phòng ngừa|phòng, chống"
    "|đấu tranh|khám nghiệm|sát hạch|cấp|bảo vệ|dẫn đoàn|hỗ trợ|tham mưu|tổng hợp|trật tự|cứu nạn|cứu hộ|chữa cháy"
    "|thẩm định|huấn luyện|kiểm tra|tiếp nhận|khắc phục|thống kê|truy nã|truy tìm|phản ứng nhanh)"
)
_ON = (
    "(?:về|vi phạm|tai nạn|trật tự|an toàn|giao thông|phương tiện|giấy phép|lái xe|đường bộ|đường thủy|đường sắt"
    "|cơ động|tội phạm|hành chính|xã hội|ma túy|kinh tế|hình sự|cháy nổ|cháy|nổ|hiện trường|vụ việc"
    "|án|đối tượng|cư trú|dân cư"
    "|tệ nạn|môi trường|buôn lậu|pháp luật|công cộng|chức vụ|tham nhũng|môn|biển số|xe)"
)
_DEEDS = re.compile(rf"(?:,| và) {_DOES}((?: (?:và )?{_ON})*(?: số \d{{1,2}})?)(?!\w)")


# `Tàu 016-Quang Trung`, `tàu HQ-937`, `Tàu Cảnh sát biển 8004`, `tàu INS Kamorta`; not `tàu 67`, `tàu cá NA 2274 TS`.
_SHIP = re.compile(
    r" (?:(?:(?:HQ|KN|BP|CN|SAR|VSC|Cảnh sát biển|Kiểm ngư|Hải quân|Biên phòng|Trường Sa|Vạn Hoa)(?: ?- ?| ))?\d{3,5}"
    rf"(?: ?[-–] ?{CAPITAL}\w*(?: {CAPITAL}\w*){{0,3}})?"
    rf"|(?:Trường Sa|Vạn Hoa|Hải quân) \d{{2}}"
    rf"|(?:INS|USS|USNS|HMAS|HMS|HMNZS|JS|ROKS|HTMS|KRI|BRP|FNS|CCGS|USCGC) {CAPITAL}\w*(?: {CAPITAL}\w*){{0,2}})"
    r"(?![\w%]|[.,/]\d)"
)


class Units(Bodies):
    """Units and teams."""

    def _ship(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """Ships of the navy, the coast guard, fisheries control, by hull number or name."""
        ship = None if self.flat else _SHIP.match(self.text, end)
        if ship is None or COUNTED.match(self.low, ship.end()) or self.low.startswith((" tấn", " cv"), ship.end()):
            return None
        name = self._named(start, ship.end(), head, self._own(head, end, ship.end()))
        number, dash, _ = name.own.partition("-")
        if dash and number[-1:].isdecimal():
            name.base = number  # a bare `Tàu 016` is the Tàu 016-Quang Trung of the text
        elif not number[4:5].isdecimal() and number.rpartition(" ")[2].isdecimal():
            name.base = f"{head.words} {number.rpartition(' ')[2]}"  # or the Tàu Cảnh sát biển 8004
        return name

    def _unit(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Sư đoàn 5`, `Trung đoàn Bộ binh 1`, `Cụm thi đua số 9`, `Binh đoàn Hương Giang`."""
        at = end
        if self.chars[at] == " " and (phrase := self.phrase_at(at + 1)) and phrase[1] in BEGINS:
            if phrase[1] != "noun" and self.text[at + 1].islower():
                return self._bare(start, end, head)  # `Lữ đoàn tổ chức 6 trận địa`
            at = phrase[0]
            while self.chars[at] == " " and self.chars[at + 1].isupper() and not self.flat:
                more = self.phrase_at(at + 1)  # Lữ đoàn Đặc công Hải quân 126
                if more is None or more[1] not in BEGINS or self.owner_head_at(at + 1):
                    break
                at = more[0]
        number = NUMBER.match(self.text, at + 1) if self.chars[at] == " " else None
        if number and not self.text[start].isupper() and COUNTED.match(self.low, number.end()):
            return None  # cả tiểu đội 7 người
        if number:
            stop = self._branch_end(number.end())
            foreign = self.low.startswith(" quân đội", stop) and _FOREIGN.match(self.low, stop)
            stop = foreign.end() if foreign else stop
            return self._named(start, stop, head, self._own(head, end, stop))
        if head.kind in {"military region", "emulation"} or self.flat:
            return self._bare(start, end, head)
        militia = _MILITIA.match(self.low, end) if head.level <= 30 else None
        if militia:
            return self._militia(start, end, militia.end(), head, depth)
        if at > end and self.text[end + 1].isupper():
            run = None
            if self.chars[at] == " " and self.owner_head_at(at + 1) is None and not self.stops_at(at + 1):
                place = self.kind_of_place_at(at + 1)  # Đội Dân quân xã Vĩnh Hải
                run = self.place_end(place, False) if place else self.capitals_at(at + 1, False)
            return self._named(start, run or at, head, self._own(head, end, run or at))
        if at == end and self.chars[end] == " " and head.kind not in {"other"}:
            run = self.capitals_at(end + 1, True)
            if run and self.begins_person(end + 1) and self.has_post():
                run = None  # `Chủ nhiệm Chính trị Lữ đoàn Phạm Đình Tâm`
            if run and (not self.head_at(end + 1) or self.islands_at(end + 7)) and " " in self.text[end + 1 : run]:
                return self._named(start, run, head, self._own(head, end, run))
        return self._bare(start, end, head)

    def _branch_end(self, i: int) -> int:
        """End of the branch behind a unit's number, if there is one: `Tiểu đoàn 2 Cảnh sát cơ động`."""
        if self.flat or self.chars[i] != " " or not self.chars[i + 1].isupper():
            return i
        branch = self.phrase_at(i + 1)
        if branch is None or branch[1] != "noun" or " " not in self.low[i + 1 : branch[0]]:
            return i
        return i if self.owner_head_at(i + 1) else branch[0]  # Phân trại số 3 Trại giam Ngọc Lý

    def _militia(self, start: int, end: int, stop: int, head: Head, depth: int) -> Named | None:
        """`Trung đội dân quân cơ động xã Mô Rai`: a name only with its place or owner."""
        name = self._named(start, stop, head, f"{head.words} {self.text[end + 1].upper()}{self.text[end + 2 : stop]}")
        self._complement(name, depth)
        province = self.province_at(stop + 1) if name.end == stop and self.chars[stop] == " " else None
        if province:
            name.own += self.text[stop:province]
            name.end = name.full = province
        return name if name.place or name.scope or name.owner or province else None

    def _vung(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        found = _REGION.match(self.low, end)
        if found:
            name = self._named(start, found.end(), head, self._own(head, end, found.end()))
            name.base = f"Vùng {found[1]}" if found[1] else ""  # a bare `Vùng 3` is the Vùng 3 Hải quân of the text
            return name
        found = _REGION_NUMBER.match(self.low, end)
        if found is None:
            return None if self.flat else self._bare(start, end, head)
        return self._named(start, found.end(), head, self._own(head, end, found.end()))

    def _doan(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đoàn 871`, `Đoàn Trường Cao đẳng Bắc Kạn`; delegations and people named Đoàn are none."""
        if self.low.startswith((" trường ", " trường,"), end) and not self.flat and not self.islands_at(end + 7):
            name = self._named(start, end, replace(head, owner="in", kind="mass", level=0), head.words)
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

    def _with_deeds(self, start: int, end: int, head: Head, phrase: tuple[int, str] | None) -> Named | None:
        """A team whose name lists its work: `Đội Tuyên truyền, điều tra, giải quyết tai nạn giao thông`."""
        first = phrase[0] if phrase else self.whole_word(end + 1)
        if first is None or self.low.startswith("cảnh sát", end + 1):
            return None
        stop = at = first
        while (more := _DEEDS.match(self.low, at)) and self.text[at : more.end()].islower():
            at = more.end()
            stop = at if more[1] else stop
        if stop == first:
            return None
        return self._named(start, stop, head, self._own(head, end, stop))

    def _store(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        number = NUMBER.match(self.text, end + 1) if stop is None and self.chars[end] == " " else None
        stop = number.end() if number else stop
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else None

    def _team(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đội Cảnh sát giao thông - trật tự`, `Đội Quy tập 584`; `Đội 2` where its owner is told."""
        if self.flat or self.chars[end] != " ":
            return None
        if self.low.startswith(" k", end) or self.chars[end + 1].isupper():
            phrase = self.phrase_at(end + 1)
            if self.low.startswith(" k", end) or phrase or self.whole_word(end + 1):
                return self._with_deeds(start, end, head, phrase) or self._store(start, end, head, depth)
        elif self.low.startswith((" cảnh sát", " quy tập", " chữa cháy"), end):
            return self._store(start, end, head, depth)
        return self._numbered(start, end, head)

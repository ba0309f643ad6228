"""The names of organizations in one line: where each begins and ends, and whose it is as the line says it.

One file: the rules of the kinds of names call each other, since the owner of a name is a name again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_tables import (
    CAPITAL,
    Head,
    head_pattern,
    heads_by_words,
    known_by_head,
    name_words,
    provinces,
    surnames,
)
from pipelines.normalize.spelling import lower
from pipelines.reference import table

DEEPEST = 6  # owners of owners

_WORD = re.compile(r"[^\W_]+(?:[&/'’][^\W_]+)?")
_NUMBER = re.compile(r"(?:số )?(?:\d{1,4}[A-ZĐ]?|[A-ZĐ]{1,2}\d{1,4}|[IVX]{1,4})(?![\w%]|[.,/-]\d)")
_DAY_NAME = re.compile(r"\d{1,2}[-./]\d{1,2}(?![\w%]|[.,/-]\d)")  # Bệnh viện 19-8
_NUMBERS_ON = re.compile(r"(, (?:và )?| và | & )(\d{1,4}[A-ZĐ]?)(?![\w%]|[.,/-]\d)")
_PLACE = re.compile(
    r"(?:tỉnh|thành phố|thủ đô|thị xã|thị trấn|huyện đảo|huyện|quận|phường|xã|đặc khu|tp\.?)(?!\w)", re.IGNORECASE
)
_CAPITALS = re.compile(rf"{CAPITAL}\w*(?:[ -]{CAPITAL}\w*)*")
_LINK = re.compile(r" ?\(| (?:thuộc|trực thuộc|của) | - |, | ")
_ROOM = re.compile(r" ((?:P[ACHVKX]|[ABCKHXV])\d{2})(?!\w)")
_CODE = re.compile(r" ?\(([A-Z]{1,2}\d{2})\)")
_AND = re.compile(r", | và |; | - ")
_SHARED = re.compile(r"(?:,| và| -|, và) (?:(?:chỉ huy|thủ trưởng|lãnh đạo|ban giám đốc|ban giám hiệu|thường trực) )?")
# Heads of the unit itself: `Bí thư Đảng ủy, Chính ủy Quân khu` is secretary of the committee of that Quân khu.
_ITS_HEAD = re.compile(
    r", (?:phó )?(?:chính ủy|tư lệnh|giám đốc|chính trị viên|chỉ huy trưởng|hiệu trưởng|viện trưởng|cục trưởng"
    r"|chủ nhiệm(?= tổng cục)|sư đoàn trưởng|lữ đoàn trưởng|trung đoàn trưởng|tiểu đoàn trưởng|chính ủy) "
)
_PLURAL = re.compile(r"(?:các|hai|ba|bốn|những|nhiều|mỗi|một số|từng|\d) $")
_POST = re.compile(
    r"(?:giám đốc|trưởng|phó|bí thư|chủ nhiệm|chủ tịch|chính ủy|tư lệnh|thường vụ|chính trị viên|biên tập) (?:sở )?$"
)
_NO_NAME = frozenset("văn").union(
    [
        "đại",
        "thượng",
        "trung",
        "thiếu",
        "đồng",
        "ông",
        "bà",
        "anh",
        "chị",
        "gs",
        "pgs",
        "ts",
        "ths",
        "bs",
        "bsckii",
        "bscki",
        "nghị",
        "chỉ",
        "quyết",
        "hội",
        "lễ",
    ]
)
# What may follow a name. A lower-case word that is not among them makes the name unsure.
FOLLOWS = frozenset(
    [
        "và",
        "với",
        "của",
        "cho",
        "tại",
        "ở",
        "trong",
        "ngoài",
        "trên",
        "dưới",
        "từ",
        "đến",
        "về",
        "vào",
        "ra",
        "là",
        "có",
        "được",
        "bị",
        "đã",
        "đang",
        "sẽ",
        "vừa",
        "mới",
        "luôn",
        "cũng",
        "phải",
        "cần",
        "nên",
        "không",
        "chưa",
        "chỉ",
        "do",
        "bởi",
        "theo",
        "sau",
        "trước",
        "khi",
        "để",
        "nhằm",
        "như",
        "hoặc",
        "hay",
        "cùng",
        "đồng",
        "các",
        "những",
        "này",
        "đó",
        "nói",
        "gồm",
        "bao",
        "thuộc",
        "trực",
        "tổ",
        "phối",
        "báo",
        "phát",
        "chủ",
        "dự",
        "tham",
        "kiểm",
        "thăm",
        "tặng",
        "trao",
        "nhận",
        "đón",
        "tiếp",
        "làm",
        "giao",
        "yêu",
        "đề",
        "quyết",
        "triển",
        "thực",
        "hoàn",
        "lãnh",
        "quán",
        "tăng",
        "duy",
        "bảo",
        "đẩy",
        "thường",
        "xác",
        "khẳng",
        "đánh",
        "ghi",
        "biểu",
        "nêu",
        "thông",
        "công",
        "kết",
        "phê",
        "ban",
        "ký",
        "khai",
        "tổng",
        "sơ",
        "mở",
        "điều",
        "gửi",
        "đưa",
        "cử",
        "năm",
        "nhiệm",
        "khóa",
        "lần",
        "ngày",
        "sáng",
        "chiều",
        "tối",
        "hiện",
        "trân",
        "đại",
        "họp",
        "tuyên",
        "vận",
        "hướng",
        "hỗ",
        "giúp",
        "khám",
        "cấp",
        "cứu",
        "huấn",
        "xây",
        "vững",
        "mạnh",
        "tiếp",
        "trình",
        "chúc",
        "cảm",
        "ghi",
        "bày",
        "gặp",
        "lập",
        "lấy",
        "mà",
        "mang",
        "một",
        "hai",
        "ba",
        "bốn",
        "nhiều",
        "mỗi",
        "mọi",
        "nơi",
        "nhân",
        "nhất",
        "nhấn",
        "nhằm",
        "phục",
        "qua",
        "quyên",
        "ra",
        "sẵn",
        "sinh",
        "số",
        "sử",
        "tập",
        "thành",
        "thay",
        "thi",
        "thống",
        "thăm",
        "tiến",
        "tiêu",
        "tìm",
        "tích",
        "toàn",
        "trao",
        "tới",
        "tuyển",
        "từng",
        "và",
        "vẫn",
        "vì",
        "việc",
        "xuất",
        "ý",
        "đảm",
        "đạt",
        "đầu",
        "đặt",
        "đăng",
        "đi",
        "đón",
        "đóng",
        "đồng",
        "đơn",
        "gắn",
        "giai",
        "giám",
        "giành",
        "giới",
        "hết",
        "hằng",
        "hàng",
        "họ",
        "khen",
        "khẩn",
        "kịp",
        "lại",
        "lên",
        "liên",
        "lực",
        "mời",
        "nắm",
        "nay",
        "nghe",
        "nghiên",
        "ngay",
        "nhanh",
        "nhập",
        "nhờ",
        "nỗ",
        "phân",
        "phấn",
        "phụ",
        "phòng",
        "quản",
        "rà",
        "rất",
        "sáp",
        "soạn",
        "suy",
        "sửa",
        "thì",
        "thu",
        "thuyết",
        "tranh",
        "trả",
        "trẻ",
        "trồng",
        "truy",
        "truyền",
        "tuyên",
        "tuần",
        "tư",
        "tổng",
        "vinh",
        "xem",
        "xét",
        "xin",
        "yêu",
        "ủng",
        "ứng",
        "chăm",
        "chia",
        "chịu",
        "chiến",
        "chính",
        "chuẩn",
        "chuyển",
        "chào",
        "chú",
        "chủ",
        "chấp",
        "chất",
        "chúng",
        "cao",
        "cán",
        "căn",
        "cố",
        "dành",
        "dẫn",
        "diễn",
        "dâng",
        "đào",
        "đoàn",
        "bàn",
        "bằng",
        "biên",
        "bố",
        "bồi",
        "bổ",
        "bước",
        "bên",
        "an",
        "anh",
        "áp",
        "góp",
        "gây",
        "đối",
        "đợt",
        "quy",
        "quê",
        "rút",
        "hợp",
        "hôm",
        "hội",
        "hưởng",
        "hành",
        "hy",
        "khởi",
        "khắc",
        "khánh",
        "kiên",
        "kiến",
        "kêu",
        "lan",
        "lưu",
    ]
)


@cache
def _rank_words() -> frozenset[str]:
    return frozenset(row["rank"].lower() for row in table("ranks"))


@dataclass(slots=True)
class Named:
    """One place where a line names an organization.

    start, end  the name's own words; `full`: the end with its owner behind it, for a mention
    own         its own words, with capital head; '' a bare head
    place       its `tỉnh Nghệ An`. scope: a bare `tỉnh`: the one spoken of
    owner       the name that follows as its owner; link: what stands between
    kind        name, alias, unit_code
    """

    line: int
    start: int
    end: int
    full: int
    head: Head
    own: str
    place: str = ""
    scope: str = ""
    owner: Named | None = None
    code: str | None = None
    lower: bool = False
    plural: bool = False


class NameReader:
    """Reads one line. `index`: its place among the lines."""

    def __init__(self, line: Line, index: int, learned: Mapping[str, Iterable[str]] | None = None) -> None:
        self.line = line
        self.text, self.low, self.flat = line.text, line.low, line.flat
        self.index = index
        self.learned = learned or {}
        self.outer = 0  # start of the name being read, its owners' included

    def names(self) -> list[Named]:
        """Outermost names, in order of place, never overlapping."""
        found: list[Named] = []
        done = 0
        text, flat = self.text, self.flat
        for trigger in head_pattern().finditer(self.low):
            start = trigger.start()
            if start < done or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
                continue
            if not (flat or text[start].isupper() or heads_by_words()[trigger[0]].lower):
                continue
            self.outer = start
            group = self.list_at(start) or [self.name_at(start)]
            for name in group:
                if name is not None:
                    found.append(name)
                    done = max(done, name.full)
        return found

    # Heads

    def head_at(self, i: int) -> tuple[Head, int] | None:
        """The longest head whose words begin here, with its end."""
        found = head_pattern().match(self.low, i)
        return (heads_by_words()[found[0]], found.end()) if found else None

    def owner_head_at(self, i: int) -> tuple[Head, int] | None:
        """A head that may begin an owner's name: with a capital, or of those written small."""
        found = self.head_at(i)
        if found is None or not (self.flat or self.text[i].isupper() or found[0].lower):
            return None
        return found

    # Names

    def name_at(self, i: int, depth: int = 0, no_person: bool = False) -> Named | None:
        """The name whose head begins here."""
        found = self.head_at(i)
        if found is None or depth > DEEPEST:
            return None
        head, end = found
        small = not (self.flat or self.text[i].isupper())
        if small and not head.lower:
            return None
        if depth == 0 and not small and " " not in head.words and self._in_a_persons_name(i):
            return None
        if self.low.startswith((" trưởng", " phó"), end) and not self.text[end + 7 : end + 8].isalnum():
            return self._after_post(head, end, depth)
        if self.low.startswith("-", end):
            return None
        name = self._learned_at(i, end, head) if self.flat else None
        if name is None:
            read = getattr(self, "_" + head.grammar)
            name = read(i, end, head, depth)
        if name is None:
            return None
        if name.own == "" and (head.alias != "yes" or not self._ends_here(name.end)):
            return None
        if small and name.own == "" and _PLURAL.search(self.low, max(0, i - 8), i):
            return None
        name.lower = small
        if head.owner == "after" or name.owner is None:
            self._attach(name, depth)
        return name

    def _learned_at(self, i: int, end: int, head: Head) -> Named | None:
        """In a line without case: a name that other lines or the table know."""
        word = _FIRST.match(self.low, i)
        first = word[0] if word else ""
        names = [*self.learned.get(first, ()), *known_by_head().get(first, ())]
        for name in sorted(names, key=len, reverse=True):
            stop = i + len(name)
            if stop > end and self.low.startswith(name, i) and not self.text[stop : stop + 1].isalnum():
                return self._named(i, stop, head, self._own(head, end, stop))
        return None

    def _named(self, start: int, end: int, head: Head, own: str) -> Named:
        return Named(self.index, start, end, end, head, own)

    def _bare(self, start: int, end: int, head: Head) -> Named:
        return self._named(start, end, head, "")

    def _own(self, head: Head, start: int, end: int) -> str:
        """The name as organizations write it: capital head, its other words as printed."""
        words = self.text[start:end]
        if words and self.flat:
            words = sentence_case(words)
        return (head.words + " " + words.strip()).strip()

    def _after_post(self, head: Head, end: int, depth: int) -> Named | None:
        """`Cục trưởng Y tế` names `Cục Y tế`; `Cục trưởng Cục Y tế` is left to the second head."""
        if not self.low.startswith(" trưởng ", end) or head.grammar not in {"field", "ministry", "proper"}:
            return None
        start = end + len(" trưởng ")
        if self.head_at(start) and self.phrase_at(start) is None:
            return None
        phrase = self.phrase_at(start)
        if phrase is None or not self.text[start : start + 1].isupper() or phrase[1] == "form":
            return None
        stop = self.grow(start - 1, head)
        if stop is None:
            return None
        name = self._named(start, stop, head, self._own(head, start, stop))
        self._attach(name, depth)
        return name

    # One rule for each grammar of organization_heads.tsv

    def _none(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return None

    def _only(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        return self._bare(start, end, head)

    def _unit(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Sư đoàn 5`, `Trung đoàn Bộ binh 1`, `Cụm thi đua số 9`, `Binh đoàn Hương Giang`."""
        at = end
        if self.text[at : at + 1] == " " and (phrase := self.phrase_at(at + 1)) and phrase[1] in {"noun", "act"}:
            at = phrase[0]
        number = _NUMBER.match(self.text, at + 1) if self.text[at : at + 1] == " " else None
        if number:
            stop = number.end()
            after = self.phrase_at(stop + 1) if self.text[stop : stop + 1] == " " else None
            if after and self.text[stop + 1].isupper() and after[1] == "noun" and not self.flat:
                stop = after[0]
            return self._named(start, stop, head, self._own(head, end, stop))
        if head.kind in {"military region", "emulation"} or self.flat:
            return self._bare(start, end, head)
        if at > end and self.text[end + 1].isupper():
            return self._named(start, at, head, self._own(head, end, at))
        if at == end and self.text[end : end + 1] == " " and head.kind not in {"other"}:
            run = self.capitals_at(end + 1, True)
            if (
                run
                and (not self.head_at(end + 1) or _ISLANDS.match(self.low, end + 7))
                and " " in self.text[end + 1 : run]
            ):
                return self._named(start, run, head, self._own(head, end, run))
        return self._bare(start, end, head)

    def _vung(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        found = re.compile(r" (?:[1-5] (?:hải quân|cảnh sát biển)|cảnh sát biển [1-5])(?!\w)").match(self.low, end)
        if found:
            return self._named(start, found.end(), head, self._own(head, end, found.end()))
        found = re.compile(r" [1-5](?![\w%/.,-]*\d)").match(self.low, end)
        return self._named(start, found.end(), head, self._own(head, end, found.end())) if found else None

    def _doan(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """`Đoàn 871`; delegations and people named Đoàn are none."""
        number = _NUMBER.match(self.text, end + 1)
        if number is None or self.text[end] != " " or not (number[0][-1].isdecimal() and len(number[0]) > 1):
            return None
        if _COUNTED.match(self.low, number.end()):
            return None
        return self._named(start, number.end(), head, self._own(head, end, number.end()))

    def _store(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        number = _NUMBER.match(self.text, end + 1) if stop is None and self.text[end : end + 1] == " " else None
        stop = number.end() if number else stop
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else None

    def _team(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        if not self.low.startswith((" cảnh sát", " quy tập", " k"), end) or self.flat:
            return None
        return self._store(start, end, head, depth)

    def _alone(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        """A whole name, which a place or an owner makes that of a part."""
        name = self._named(start, end, head, head.words)
        if head.owner == "in":
            self._complement(name, depth)
        elif head.words == "Bộ Tham mưu" and self.flat:
            return name
        return name

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
        coded = self._coded(start, end, head)
        if coded:
            return coded
        stop = self.grow(end, head)
        return self._named(start, stop, head, self._own(head, end, stop)) if stop else self._bare(start, end, head)

    def _hoi(self, start: int, end: int, head: Head, depth: int) -> Named | None:
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
        if _ISLANDS.match(self.low, end):
            return None
        return self._proper(start, end, head, depth)

    def _proper(self, start: int, end: int, head: Head, depth: int) -> Named | None:
        stop = self.grow(end, head)
        if stop is None:
            return self._bare(start, end, head)
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
            number = _NUMBER.match(self.text, end + 1)
            phrase = self.phrase_at(end + 1)
            below = _BASIC.match(self.low, end)
            if below and self.owner_head_at(below.end() + 1):
                name.end = below.end()
            elif number and head.words in {"Bộ Tư lệnh", "Chi bộ", "Bộ Chỉ huy"}:
                name.end = number.end()
            elif phrase and (self.text[end + 1].isupper()) and phrase[1] != "form":
                name.end = self.grow(end, head) or end
            if name.end > end:
                name.own = self._own(head, end, name.end)
                name.full = name.end
        self._complement(name, depth)
        if name.end == end and name.owner is None:
            shared = self._shared_owner(head, end, depth)
            if shared and shared.head.owner == "in" and not shared.owner and (shared.place or shared.scope):
                name.scope, name.place = shared.scope, shared.place
                name.own = f"{head.words} {_without_kind(head, shared.place)}" if shared.place else head.words
            elif shared:
                name.own, name.owner = head.words, shared
            elif _ITS_POST.match(self.low, end) and head.words == "Đảng ủy":
                return None  # of the unit of that post, which is not named here
            else:
                name.own = ""
        return name

    def _shared_owner(self, first: Head, end: int, depth: int) -> Named | None:
        """The owner that stands behind a second body: `Đảng uỷ, Bộ Tư lệnh Quân khu`."""
        its_head = _ITS_HEAD.match(self.low, end)
        if its_head:
            return self._owner_at(its_head.end(), depth)
        shared = _SHARED.match(self.low, end)
        if shared is None or depth > 2:
            return None
        second = self.owner_head_at(shared.end())
        if second is None or not second[0].alias == "yes":
            plain_words = shared[0].strip(" ,-") not in {"", "và"}
            return self._owner_at(shared.end(), depth) if plain_words else None
        if second[0].owner == "in" and second[0].grammar == "owner":
            other = self.name_at(shared.end(), depth + 3)
            if other is None:
                return None
            if first.words in {"Ban Thường vụ", "Ban Chấp hành", "Thường trực"}:
                return other
            return other.owner or (other if other.scope or other.place else None)
        return self._owner_at(shared.end(), depth) if shared[0].strip(" ,-") not in {"", "và"} else None

    # Parts

    def _complement(self, name: Named, depth: int) -> None:
        """What makes a name of an owner-head: place, owner, or the people's name of a place."""
        end = name.end
        if self.text[end : end + 1] != " ":
            return
        i = end + 1
        place = _PLACE.match(self.low, i)
        if place and self.head_at(i) is None:
            run = self.capitals_at(place.end() + 1, False, True) if not self.flat else self.province_at(place.end() + 1)
            if run is None and (number := re.compile(r" \d{1,2}(?![\w/])").match(self.text, place.end())):
                run = number.end()
            if run:
                name.place = place_words(self.text[i:run]) if self.flat else self.text[i:run]
                name.own += " " + _without_kind(name.head, name.place)
                name.end = name.full = run
            elif self._ends_here(place.end()):
                name.scope, name.end, name.full = place[0].lower(), place.end(), place.end()
            return
        owner = self._owner_at(i, depth)
        if owner:
            name.owner, name.full = owner, owner.full
            return
        run = self.province_at(i) or (None if self.flat else self.capitals_at(i, False))
        if run and name.head.grammar in {"owner", "alone", "steering"} and name.head.words != "Bộ Tư lệnh":
            name.own += " " + sentence_case(self.text[i:run]) if self.flat else self.text[end:run]
            name.end = name.full = run

    def _owner_at(self, i: int, depth: int) -> Named | None:
        if self.text[i : i + 1] == " " or self.owner_head_at(i) is None:
            return None
        return self.name_at(i, depth + 1)

    def _attach(self, name: Named, depth: int) -> None:
        """What follows a name: its unit code, its owner."""
        if name.own == "" or name.owner is not None:
            return
        code = _CODE.match(self.text, name.end)
        if code:
            name.code = code[1]
        at = code.end() if code else name.end
        link = _LINK.match(self.text, at)
        if link is None or depth > DEEPEST - 1:
            return
        i = link.end()
        if self.owner_head_at(i) is None:
            return
        between = link[0].strip()
        owner = self.name_at(i, depth + 1)
        if owner is None:
            return
        higher = owner.head.level > name.head.level or (name.head.level == 0 and owner.head.owner == "after")
        if between == "(":
            if not self.text.startswith(")", owner.full) or owner.own == name.own or not higher:
                return
            name.owner = owner
        elif between in {"thuộc", "trực thuộc", "của"} or (between == "" and higher):
            if owner.head.level and owner.head.level <= name.head.level:
                return
            name.owner, name.full = owner, owner.full
        elif (
            between in {",", "-"}
            and higher
            and name.head.level
            and name.head.grammar != "alone"
            and owner.own
            and not owner.lower
        ):
            if between == "," and not self._is_chain(name, owner):
                return
            name.owner = owner

    def _is_chain(self, name: Named, owner: Named) -> bool:
        """Whether `A, B` is a unit with its owner, and not two members of a list."""
        last = owner
        while last.owner is not None:
            last = last.owner
        after = re.compile(r",? (?:và|cùng|với) |, ").match(self.low, last.full)
        if after and self.owner_head_at(after.end()):
            return False
        before = self.low[max(0, name.start - 2) : name.start]
        return (
            before != ", "
            or name.head.grammar == "unit"
            or not self.low[: name.start - 2].endswith(tuple("0123456789"))
        )

    def list_at(self, i: int) -> list[Named] | None:
        """`các cục: Tổ chức, Cán bộ và Tuyên huấn`, `các Sư đoàn 5, 302 và 309`: a head said once for several."""
        found = self.head_at(i)
        if found is None or self.flat:
            return None
        head, end = found
        plural = _PLURAL.search(self.low, max(0, i - 8), i) is not None
        names: list[Named] = []
        if head.grammar == "unit" and head.kind != "emulation":
            first = re.compile(r":? (\d{1,4}[A-ZĐ]?)(?![\w%]|[./-]\d)").match(self.text, end)
            if first is None:
                return None
            at = first.end()
            names.append(self._named(i, at, head, f"{head.words} {first[1]}"))
            while more := _NUMBERS_ON.match(self.text, at):
                names.append(self._named(more.start(2), more.end(), head, f"{head.words} {more[2]}"))
                at = more.end()
            if len(names) < 2 or not (plural or self._closes(at)):
                return None
        elif plural and head.grammar in {"field", "proper"}:
            colon = re.compile(r":? ").match(self.text, end)
            if colon is None:
                return None
            at = colon.end()
            while self.text[at : at + 1].isupper() and (self.phrase_at(at) or [0, ""])[1] in {"noun", "act"}:
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
        self._attach(names[-1], 0)
        for name in names:
            name.plural = True
            name.owner = names[-1].owner
        return names

    # Small questions

    def _in_a_persons_name(self, i: int) -> bool:
        """`Nguyễn Trường Giang`, `Trần Đăng Khoa`: a surname at most two words before, with nothing between."""
        before = _NAME_BEFORE.search(self.text, max(0, i - 24), i)
        return before is not None and any(
            lower(word) in surnames() and word not in {"Phó", "Công", "Quân"} for word in before[0].split()
        )

    def grow(self, end: int, head: Head) -> int | None:
        """End of the words that make a name behind its head (which ends at `end`); None: nothing makes one."""
        text, low, proper = self.text, self.low, head.grammar in {"proper", "school", "store", "hoi"}
        stop, before, unknown = end, "", 0
        while text[stop : stop + 1] in {" ", "-"} and stop - end < 140:
            dash = 3 if text.startswith(" - ", stop) else 1 if text[stop] == "-" else 0
            i = stop + (dash or 1)
            if dash and before not in {"noun", "act"} and not (before == "unknown" and text.endswith("Việt", 0, stop)):
                break
            word = _WORD.match(text, i)
            if word is None:
                break
            capital = self.flat or text[i].isupper()
            phrase = self.phrase_at(i)
            if before and capital and (other := self.owner_head_at(i)) and (not phrase or other[1] >= phrase[0]):
                break
            if phrase and not (dash and (not capital or phrase[1] not in {"noun", "act", "tail"})):
                cls = phrase[1]
                if self.flat and before and cls != "tail" and before not in {"act", "form"}:
                    break
                if (
                    (capital and cls != "form")
                    or (cls == "form" and (proper or before == "form"))
                    or (cls == "tail" and (before or proper))
                    or (
                        cls == "noun"
                        and (before == "act" or (proper and not before and cls == "noun" and _LOW_START.match(low, i)))
                    )
                    or (cls in {"task", "noun"} and head.grammar == "steering")
                ):
                    stop, before = phrase[0], cls
                    continue
            if (dash and before != "unknown") or before == "place":
                break
            if proper or head.grammar in {"steering", "owner"} or head.words in {"Cục", "Tổng cục"}:
                number = (_DAY_NAME.match(text, i) if before in {"", "form"} else None) or _NUMBER.match(text, i)
                if number and (
                    before in {"", "form"} or self._ends_here(number.end()) or self.owner_head_at(number.end() + 1)
                ):
                    stop, before = number.end(), "number"
                    continue
            place = _PLACE.match(low, i)
            if (
                place
                and head.words not in {"Bộ", "Tổng cục"}
                and head.kind not in {"military region", "service", "ward"}
            ):
                run = self.province_at(place.end() + 1) if self.flat else self.capitals_at(place.end() + 1, False, True)
                if run and (before or proper):
                    stop, before = run, "place"
                    continue
                break
            if not capital:
                if before == "unknown" and unknown == 1 and word[0] not in FOLLOWS:
                    pair = self._pair(stop)
                    if pair:
                        stop, before = pair, "noun"
                        continue
                    if unknown == 1:
                        return None
                break
            province = self.province_at(i)
            if province and (before or proper):
                stop, before = province, "place"
                continue
            if self.flat or (low[i : word.end()] in _NO_NAME and before):
                break
            if (head.grammar == "school" or head.words == "Bộ") and not before:
                break
            if head.grammar == "ministry":
                run = self.capitals_at(i, False) if low.startswith(_COUNTRIES, i) else None
                if before and run:
                    stop = run
                break
            person = low[i : word.end()] in surnames() and self._person_at(i)
            if person and head.grammar == "school" and before in {"form", "noun"}:
                run = self.capitals_at(i, True)
                if run:
                    return run
            if person and (before or _POST.search(low, max(0, self.outer - 40), self.outer)):
                break
            if (
                head.grammar in {"field", "office"}
                and not before
                and head.words in {"Phòng", "Ban", "Khoa", "Vụ", "Hội đồng"}
            ):
                pair = self._pair(word.end())
                if pair is None:
                    return None
                stop, before = pair, "noun"
                continue
            stop, before, unknown = word.end(), "unknown", unknown + 1
        if (
            before == "unknown"
            and unknown == 1
            and text[stop : stop + 1] == " "
            and text[stop + 1 : stop + 2].islower()
        ):
            word = _WORD.match(text, stop + 1)
            if word and word[0] not in FOLLOWS and not self._ends_here(stop):
                return None
        return stop if before and before != "form" and (before != "tail" or stop > end) else None

    def _pair(self, i: int) -> int | None:
        """End of up to three lower-case words up to one that may follow a name: second halves of unknown words."""
        for _ in range(3):
            word = _WORD.match(self.text, i + 1) if self.text[i : i + 1] == " " else None
            if word is None or not word[0].islower() or word[0] in FOLLOWS:
                return None
            i = word.end()
            if self.text[i : i + 1] == " " and self.text[i + 1 : i + 2].islower() and self.phrase_at(i + 1):
                return None
            if self._ends_here(i):
                return i
        return None

    def phrase_at(self, i: int) -> tuple[int, str] | None:
        """The longest name words that begin here: their end and class."""
        word = _FIRST.match(self.low, i)
        if word is None:
            return None
        for words, cls in name_words().get(word[0], ()):
            end = i + len(words)
            if self.low.startswith(words, i) and not self.text[end : end + 1].isalnum():
                return end, cls
        return None

    def province_at(self, i: int) -> int | None:
        word = _FIRST.match(self.low, i)
        if word is None or not (self.flat or self.text[i].isupper()):
            return None
        for name in _provinces_by_first().get(word[0], ()):
            end = i + len(name)
            if self.low.startswith(name, i) and not self.text[end : end + 1].isalnum():
                return end
        return None

    def capitals_at(self, i: int, any_name: bool, place: bool = False) -> int | None:
        """End of a run of capitalised words that is a place's (or any) name; a person's name behind it is left out."""
        known_place = self.province_at(i)
        if known_place:
            return known_place
        run = _CAPITALS.match(self.text, i)
        if run is None:
            return None
        words = list(_WORD.finditer(self.text, i, run.end()))
        for n, word in enumerate(words):
            if n and (self.owner_head_at(word.start()) or self.low[word.start() : word.end()] in _NO_NAME):
                words = words[:n]
                break
        low = [self.low[word.start() : word.end()] for word in words]
        if not place and not any_name and low[0] in surnames() and len(low) > 1:
            return None
        if low[0] in _NO_NAME and not place:
            return None
        if len(words) > 3:
            cuts = [n for n in (2, 3, 1) if n < len(low) and low[n] in surnames() and 2 <= len(low) - n <= 4]
            if cuts:  # the commonest surname: `Phan Bội Châu` + `Nguyễn Thị Hoa`
                words = words[: min(cuts, key=lambda n: surnames()[low[n]])]
        return words[min(len(words), 5) - 1].end() if words else None

    def _person_at(self, i: int) -> bool:
        """Whether a surname and one to three further capitalised words stand here."""
        run = _CAPITALS.match(self.text, i)
        return run is not None and run[0].count(" ") >= 1 and self.province_at(i) is None

    def _ends_here(self, i: int) -> bool:
        """Whether a name can end here: punctuation, the end, a capital or a word that follows names."""
        after = self.text[i : i + 1]
        if after != " ":
            return not after.isalnum() and after not in {"%", "_"}
        word = _WORD.match(self.text, i + 1)
        return word is None or self.flat or word[0][0].isupper() or word[0] in FOLLOWS

    def _closes(self, i: int) -> bool:
        """Whether a list of numbers ends here and nothing is counted by the last: `Sư đoàn 5, 302 chiến sĩ`."""
        after = self.text[i : i + 1]
        if after != " ":
            return after in {"", ".", ",", ";", ":", ")", "("}
        return self.owner_head_at(i + 1) is not None or self.low.startswith(("thuộc ", "của ", "trực thuộc "), i + 1)


KIND_OF_PLACE = {"Tỉnh ủy": "tỉnh", "Huyện ủy": "huyện", "Quận ủy": "quận", "Thị ủy": "thị xã", "Thành ủy": "thành phố"}
_BASIC = re.compile(r" cơ sở(?= )")
_ISLANDS = re.compile(r" (?:sa|sơn)(?!\w)")  # Trường Sa, Trường Sơn
_NAME_BEFORE = re.compile(rf"(?:(?<!\w){CAPITAL}\w{{0,6}} )?(?<!\w){CAPITAL}\w{{0,6}} $")
_FIRST = re.compile(r"[^\W_]+")
_ITS_POST = re.compile(r", (?:phó |nguyên )?(?:chủ nhiệm|trưởng|bí thư|giám đốc|tham mưu|chủ tịch|chính ủy|tư lệnh)")
_COUNTED = re.compile(r" (?:đại biểu|người|cán bộ|công tác|do|gồm|thành viên|khách|doanh nghiệp)")
_LOW_START = re.compile(
    r"đa khoa|quân y|quân dân y|dã chiến|trung ương|mầm non|tiểu học|cổ phần|y học|đại học|cao đẳng"
)
_COUNTRIES = (
    "lào", "campuchia", "cam-pu-chia", "trung quốc", "nga", "liên bang nga", "hoa kỳ", "mỹ", "nhật bản", "hàn quốc", "ấn độ",
    "cuba", "belarus", "thái lan", "indonesia", "singapore", "malaysia", "philippines", "australia", "anh", "pháp", "đức",
    "việt nam",
)  # fmt: skip


@cache
def _provinces_by_first() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in provinces():
        found.setdefault(_FIRST.match(name)[0], []).append(name)  # type: ignore[index]
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def _without_kind(head: Head, place: str) -> str:
    """`Tỉnh ủy` of `tỉnh Nghệ An` is `Tỉnh ủy Nghệ An`."""
    kind = KIND_OF_PLACE.get(head.words)
    return place[len(kind) + 1 :] if kind and place.lower().startswith(kind + " ") else place


def sentence_case(words: str) -> str:
    """Capitals of a line wholly in capitals taken back: known words begin with one capital, places have them all."""
    out, low = [], words.lower()
    i = 0
    while i < len(low):
        word = _FIRST.match(low, i)
        if word is None:
            out.append(low[i])
            i += 1
            continue
        place = next((name for name in _provinces_by_first().get(word[0], ()) if low.startswith(name, i)), None)
        phrase = next((item for item, _ in name_words().get(word[0], ()) if low.startswith(item, i)), None)
        if place:
            out.append(place.title())
            i += len(place)
        elif phrase:
            out.append(phrase[0].upper() + phrase[1:])
            i += len(phrase)
        else:
            out.append(words[i : word.end()] if any(c.isdigit() for c in word[0]) else word[0].capitalize())
            i = word.end()
    return "".join(out)


def place_words(words: str) -> str:
    """`TỈNH NGHỆ AN` → `tỉnh Nghệ An`."""
    kind, _, name = words.partition(" ")
    if kind.lower() in {"thành", "thị"}:
        second, _, name = name.partition(" ")
        kind = f"{kind} {second}"
    return kind.lower() + " " + sentence_case(name)

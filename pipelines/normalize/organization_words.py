"""The names of organizations in one line: where each begins and ends, and whose it is as the line says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipelines.normalize.organization_grammar import Grammar
from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_phrases import BEGINS
from pipelines.normalize.organization_tables import CAPITAL, FIRST, Head, head_pattern, heads_by_words, known_by_head

DEEPEST = 6  # owners of owners

_NUMBERS_ON = re.compile(r"(, (?:và )?| và | & )(\d{1,4}[A-ZĐ]?)(?![\w%]|[.,/-]\d)")
_FIRST_NUMBER = re.compile(r":? (\d{1,4}[A-ZĐ]?)(?![\w%]|[./-]\d)")
_COLON = re.compile(r":? ")
_LINK = re.compile(r" ?\(| (?:thuộc|trực thuộc|của) | - |, | ")
_OF_CODE = re.compile(r" ([A-Z]{1,2}\d{2})(?!\w)")
_CODE = re.compile(r" ?\(([A-Z]{1,2}\d{2})\)")
_AND = re.compile(r", | và |; | - ")
_HAS_NAME = re.compile(rf"{CAPITAL}|\d")
_SCOPE = re.compile(r" (tỉnh|huyện|thành phố|thị xã|xã|phường|quận)(?!\w)")
_BARE_LIST = re.compile(r"(?:các|những) (?:[^\W\d]+(?: [^\W\d]+){0,2}, )+$")
# Words that end in the same syllable as a head: `quốc phòng`, `hiện trường`, `nhập viện`.
_COMPOUND = {
    "phòng": ("quốc ", "biên ", "dự ", "dân ", "văn ", "đề ", "căn ", "tiền ", "hải "),
    "trường": (
        "hiện ", "hội ", "công ", "thị ", "môi ", "quảng ", "lập ", "chiến ", "ngư ", "nông ", "thao ", "lâm ", "nhà ",
    ),
    "khoa": ("đa ", "nha ", "chuyên ", "ngoại ", "nhi ", "sản "),
    "viện": ("nhập ", " ra ", "xuất ", "nằm ", "thư ", "cứu ", "vào "),
    "vụ": ("chức ", "nhiệm ", "phục ", "nghĩa ", "dịch ", "nghiệp ", "công ", "đặc ", "nội "),
    "bộ": ("cán ", "nội ", "toàn ", "đồng ", "cục ", "đảng "),
    "ban": ("giao ", "địa "),
    "sở": ("cơ ", "trụ ", "hội "),
    "hội": ("xã ", "cơ ", "quốc ", "đại "),
    "báo": ("thông ", "tình "),
}  # fmt: skip
_PLACES = re.compile(r" các (tỉnh|huyện|xã|phường|quận):? ")
_AT = re.compile(r"(?:^|[.,;:] )tại $")
_OTHERS = re.compile(r" (?:cấp (?:trên|dưới|ủy)|các |cơ sở|khác|bạn|mình|trực thuộc các|nào|địa phương)")
_LIST_GOES_ON = re.compile(r",? (?:và|cùng|với) |, ")
_PLURAL = ("các ", "hai ", "ba ", "bốn ", "những ", "nhiều ", "mỗi ", "một số ", "từng ", *(f"{n} " for n in range(10)))


class NameReader(Grammar):
    """Reads one line. learned: first syllable → names that other lines hold, for lines without case."""

    def __init__(self, line: Line, index: int, learned: Mapping[str, Iterable[str]] | None = None) -> None:
        super().__init__(line, index)
        self.learned = learned or {}
        self.last: Named | None = None  # the name before the one being read
        self.read: dict[int, Named | None] = {}

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
            group = self.list_at(start)
            if group is None:
                name = self.name_at(start)
                group = [name] if name else []
            for name in group:
                found.append(name)
                self.last = name
                done = max(done, name.full)
        return found

    def name_at(self, i: int, depth: int = 0) -> Named | None:
        """The name whose head begins here. Each place is read once: chains of owners would be read over and over."""
        if i in self.read:
            return self.read[i]
        name = self._name_at(i, depth)
        if depth <= DEEPEST // 2:  # what stands deeper may be cut short
            self.read[i] = name
        return name

    def _name_at(self, i: int, depth: int) -> Named | None:
        found = self.head_at(i)
        if found is None or depth > DEEPEST:
            return None
        head, end = found
        small = not (self.flat or self.text[i].isupper())
        if small and not head.lower:
            return None
        if (small or self.flat) and self.low.endswith(_COMPOUND.get(self.low[i:end].split(" ", 1)[0], ()), 0, i):
            return None
        if depth == 0 and not small and " " not in head.words and self.in_a_persons_name(i, head.words):
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
        if name.own == "" and (head.alias != "yes" or not self.ends_here(name.end)):
            return None
        if name.own == "" and not self.flat and _OTHERS.match(self.low, name.end):
            return None
        if small and name.own and name.owner is None and not _HAS_NAME.search(self.text, i, name.end):
            return None
        if name.own == "" and not self.flat and (self.low.endswith(_PLURAL, 0, i) or self._in_a_bare_list(i)):
            return None
        if name.own and not name.place and not name.scope and name.owner is None:
            self._place_spoken_of(name)
        name.lower = small
        if head.owner == "after" or name.owner is None:
            self._attach(name, depth)
        return name

    def _in_a_bare_list(self, i: int) -> bool:
        """`các Quân khu, Quân đoàn, Binh chủng`: any of them."""
        return self.low.endswith(", ", 0, i) and _BARE_LIST.search(self.low, max(0, i - 60), i) is not None

    def _place_spoken_of(self, name: Named) -> None:
        """`Bệnh viện Đa khoa tỉnh`: of the one spoken of."""
        place = _SCOPE.match(self.low, name.end)
        if place is None or self.flat or self.head_at(place.start(1)) is not None:
            return
        if self.is_spoken_of(place.end()):
            name.scope, name.end, name.full = place[1], place.end(), place.end()

    def _learned_at(self, i: int, end: int, head: Head) -> Named | None:
        """In a line without case: a name that other lines or the table know."""
        word = FIRST.match(self.low, i)
        first = word[0] if word else ""
        for name in (*self.learned.get(first, ()), *known_by_head().get(first, ())):
            stop = i + len(name)
            if stop > end and self.low.startswith(name, i) and not self.text[stop : stop + 1].isalnum():
                return self._named(i, stop, head, self._own(head, end, stop))
        return None

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

    def _attach(self, name: Named, depth: int) -> None:
        """What follows a name: its unit code, its owner."""
        if name.own == "" or name.owner is not None:
            return
        code = _CODE.match(self.text, name.end)
        if code:
            name.code = code[1]
        at = code.end() if code else name.end
        of_code = _OF_CODE.match(self.text, at)
        if of_code:  # `Phòng Tham mưu H01`
            name.owner_code, name.full = of_code[1], of_code.end()
            return
        link = _LINK.match(self.text, at)
        if link is None or depth > DEEPEST - 1:
            return
        i = link.end()
        if self.owner_head_at(i) is None:
            return
        between = link[0].strip()
        before, self.last = self.last, name
        owner = self.name_at(i, depth + 1)
        self.last = before
        if owner is None:
            return
        higher = owner.head.level > name.head.level or (name.head.level == 0 and owner.head.owner == "after")
        if between == "(":
            if not self.text.startswith(")", _chain_end(owner)) or owner.own == name.own or not higher:
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
            and name.head.owner != "in"
            and owner.own
            and not owner.lower
        ):
            if between == "," and not self._is_chain(name, owner):
                return
            name.owner = owner

    def _is_chain(self, name: Named, owner: Named) -> bool:
        """Whether `A, B` is a unit with its owner, and not two members of a list."""
        if name.head.grammar != "unit" and _AT.search(self.low, max(0, name.start - 6), name.start):
            return False  # `Tại Bệnh viện 199, Bộ Công an tổ chức …`
        after = _LIST_GOES_ON.match(self.low, _chain_end(owner))
        if after and self.owner_head_at(after.end()):
            return False
        before = self.last
        beside = before is not None and before.end + 2 == name.start and self.text[before.end] == ","
        return not (beside and before and before.head.level == name.head.level)

    def list_at(self, i: int) -> list[Named] | None:
        """`các cục: Tổ chức, Cán bộ và Tuyên huấn`, `các Sư đoàn 5, 302 và 309`: a head said once for several."""
        found = self.head_at(i)
        if found is None or self.flat:
            return None
        head, end = found
        plural = self.low.endswith(_PLURAL, 0, i)
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
        elif plural and head.grammar in {"field", "proper"}:
            colon = _COLON.match(self.text, end)
            if colon is None:
                return None
            at = colon.end()
            while self.text[at : at + 1].isupper() and (self.phrase_at(at) or [0, ""])[1] in BEGINS:
                stop = self.grow(at - 1, head, alone=True)
                if stop is None:
                    break
                names.append(self._named(at, stop, head, self._own(head, at, stop)))
                separator = _AND.match(self.low, stop)
                at = separator.end() if separator else stop
                if separator is None or (self.owner_head_at(at) and self.phrase_at(at) is None):
                    break
            if len(names) < 2:
                return None
        elif head.grammar == "owner":
            return self._of_places(i, end, head)
        else:
            return None
        self._attach(names[-1], 0)
        for name in names:
            name.plural = True
            name.owner = names[-1].owner
        return names

    def _of_places(self, i: int, end: int, head: Head) -> list[Named] | None:
        """`Bộ CHQS các tỉnh: Long An, Tây Ninh và Bình Phước`."""
        kind = _PLACES.match(self.low, end)
        if kind is None:
            return None
        names: list[Named] = []
        start, at = i, kind.end()
        while (run := self.capitals_at(at, True, True)) is not None:
            name = self._named(start, run, head, f"{head.words} {kind[1]} {self.text[at:run]}")
            name.place = f"{kind[1]} {self.text[at:run]}"
            names.append(name)
            more = _AND.match(self.low, run)
            if more is None or self.owner_head_at(more.end()) or not self.text[more.end() : more.end() + 1].isupper():
                break
            start = at = more.end()
        return names if len(names) > 1 else None


def _chain_end(name: Named) -> int:
    """Where the last of its owners ends."""
    end = name.full
    for _ in range(2 * DEEPEST):
        if name.owner is None:
            break
        name = name.owner
        end = max(end, name.full)
    return end

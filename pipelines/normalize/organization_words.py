"""The names of organizations in one line: where each begins and ends, and whose it is as the line says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipelines.normalize.organization_bodies import SCOPE
from pipelines.normalize.organization_chains import DEEPEST
from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_lists import PLURAL, Lists
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import CAPITAL, FIRST, Head, head_pattern, heads_by_words, known_by_head

_HAS_NAME = re.compile(rf"{CAPITAL}|\d")
_BARE_LIST = re.compile(r"(?:các|những) (?:[^\W\d]+(?: [^\W\d]+){0,2}, )+$")
# `báo Công an xã, phường gần nhất`: any of them
_ANY_OF = re.compile(
    r"(?: ?[,/] ?| hoặc | hay | và )(?:xã|phường|thị trấn|huyện|quận|thị xã|đặc khu|thành phố)"
    r"(?= *[,.;)]| (?:gần|nơi|trên|đã|có|là|và|hoặc))| (?:gần nhất|nơi (?:gần|cư trú))"
)
_MANY = re.compile(r" (?:các|của các|\d+) (?:tỉnh|thành|địa)")
_CENTRAL = frozenset(("trung ương đảng", "ban chấp hành trung ương đảng", "bch trung ương đảng"))
_MEMBER = ("ủy viên ", "uv ", "ủy viên dự khuyết ")
_INNER = frozenset(("ban thường vụ", "ban chấp hành", "btv", "bch"))
# A deputy chief of a branch sits in the committee of its office or of the unit: `Đảng ủy` alone does not tell which.
_TWO_COMMITTEES = re.compile(r", phó chủ nhiệm \w+(?: \w+){0,3} (?:quân|binh|sư|lữ|trung) ")
_OTHERS = re.compile(r" (?:cấp (?:trên|dưới|ủy)|các |cơ sở|khác|bạn|mình|trực thuộc các|nào|địa phương)")


class NameReader(Lists):
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
            small = not (flat or text[start].isupper() or heads_by_words()[trigger[0]].lower)
            if small and not self.low.endswith("trưởng ", 0, start):
                continue
            if trigger[0] in _CENTRAL and self.low.endswith(_MEMBER, 0, start):
                continue  # a post of its own, without organization
            if (
                trigger[0] in {"văn phòng", "thanh tra"}
                and self.low.endswith("chánh ", 0, start)
                and self.low.startswith((" bộ", " ủy ban nhân dân", ",", " ("), trigger.end())
            ):
                continue  # `Chánh Văn phòng Bộ Tư pháp` is a post of the Bộ
            if not flat and trigger[0] in _INNER and self.low.endswith(("ủy viên ", "uv "), 0, start):
                continue  # `Ủy viên Ban Thường vụ Tỉnh ủy Nam Định` is a post and Tỉnh ủy Nam Định
            self.outer = start
            group = self.list_at(start)
            if group is None:
                name = self.name_at(start)
                group = [name] if name else []
            for name in group:
                found.append(name)
                self.last = name
                done = max(done, name.full)
        self.share_owners(found)
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
        if (small and not head.lower and not self.low.endswith("trưởng ", 0, i)) or self.second_half_at(i, head.words):
            return None
        if depth == 0 and not small and " " not in head.words and self.in_a_persons_name(i, head.words):
            return None
        if self.low.startswith((" trưởng", " phó"), end) and not self.text[end + 7 : end + 8].isalnum():
            return self._after_post(head, end, depth)
        if self.low.startswith("-", end):
            return None
        plural = self.low.endswith(PLURAL, 0, i)
        self.listing = plural
        name = self._learned_at(i, end, head) if self.flat else None
        if name is None:
            read = getattr(self, "_" + head.grammar)
            name = read(i, end, head, depth)
        if name is None:
            return None
        if name.own == "" and (head.alias != "yes" or not self.ends_here(name.end)):
            return None
        if name.own == "" and _TWO_COMMITTEES.match(self.low, name.end) and self.low.endswith("thường vụ ", 0, i):
            return None
        if self.text.startswith("Bộ đội biên phòng", i) and not (name.place or name.scope or name.owner):
            return None  # its men: `Bộ đội biên phòng, hội viên và bà con đã giúp`
        if name.own == "" and not self.flat and _OTHERS.match(self.low, name.end):
            return None
        if small and name.own and name.owner is None and not _HAS_NAME.search(self.text, i, name.end):
            return None
        if name.scope and _ANY_OF.match(self.low, name.end):
            return None
        if name.own == "" and not self.flat and (plural or self._in_a_bare_list(i)):
            return None
        if name.own and not name.place and not name.scope and name.owner is None:
            self._place_spoken_of(name)
        many = plural or _MANY.match(self.low, name.end)
        if many and head.words == "Sở" and not (name.place or name.scope or name.base or name.owner):
            return None  # 63 Sở Y tế
        if (
            head.words == "Hội đồng"
            and not (name.scope or name.owner or self.flat)
            and not _HAS_NAME.search(name.own[8:])
        ):
            return None  # hội đồng quản trị, Hội đồng kỷ luật
        name.lower = small
        if head.owner == "after" or name.owner is None:
            self.attach(name, depth)
        return name

    def _in_a_bare_list(self, i: int) -> bool:
        """`các Quân khu, Quân đoàn, Binh chủng`: any of them."""
        return self.low.endswith(", ", 0, i) and _BARE_LIST.search(self.low, max(0, i - 60), i) is not None

    def _place_spoken_of(self, name: Named) -> None:
        """`Bệnh viện Đa khoa tỉnh`: of the one spoken of."""
        place = SCOPE.match(self.low, name.end)
        if place is None or self.flat:
            return
        capital = self.text[place.end() + 1 : place.end() + 2].isupper()
        if self.kind_of_place_at(place.start(1)) and (self.has_post() or not capital):
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
        self.attach(name, depth)
        return name

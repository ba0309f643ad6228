"""The names of organizations in one line: where each begins and ends, and whose it is as the line says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipelines.normalize.organization_bodies import SCOPE
from pipelines.normalize.organization_chains import DEEPEST
from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_lists import Lists
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import (
    CAPITAL,
    FIRST,
    Head,
    head_behind,
    head_pattern,
    heads_by_words,
    known_by_head,
)

_HAS_NAME = re.compile(rf"{CAPITAL}|\d")
_BARE_LIST = re.compile(r"(?:các|những) (?:[^\W\d]+(?: [^\W\d]+){0,2}, )+$")
# `báo Công an xã, phường gần nhất`: any of them
_ANY_OF = re.compile(
    r"(?: ?[,/] ?| hoặc | hay | và )(?:xã|phường|thị trấn|huyện|quận|thị xã|đặc khu|thành phố)"
    r"(?= *[,.;)]| (?:gần|nơi|trên|đã|có|là|và|hoặc))| (?:gần nhất|nơi (?:gần|cư trú))"
)
_SCOPE_BEGINS = frozenset((" tỉ", " hu", " th", " xã", " ph", " qu", " đặ"))
"""What `SCOPE` begins with."""
_MANY = re.compile(r" (?:các|của các|\d+) (?:tỉnh|thành|địa)")
_CENTRAL = frozenset(("trung ương đảng", "ban chấp hành trung ương đảng", "bch trung ương đảng"))
_MEMBER = ("ủy viên ", "uv ", "ủy viên dự khuyết ")
_INNER = frozenset(("ban thường vụ", "ban chấp hành", "btv", "bch"))
_OF_A_CHIEF = frozenset(("văn phòng", "thanh tra"))
_OF_THE_CHIEF = (" bộ", " ủy ban nhân dân", ",", " (")
_PARTS_OF_POSTS = _CENTRAL | _INNER | _OF_A_CHIEF
# A deputy chief of a branch sits in the committee of its office or of the unit: `Đảng ủy` alone does not tell which.
_TWO_COMMITTEES = re.compile(r", phó chủ nhiệm \w+(?: \w+){0,3} (?:quân|binh|sư|lữ|trung) ")
_OTHERS = re.compile(r" (?:cấp (?:trên|dưới|ủy)|các |cơ sở|khác|bạn|mình|trực thuộc các|nào|địa phương)")

_Places = list[tuple[int, int, str, Head]]
"""Where heads begin and end in a line, in which words."""


def heads_in(lines: Sequence[Line]) -> list[_Places]:
    """Of each line the heads that may begin a name, in order of place.

    Most heads stand behind blanks, for which `re` is fastest; only lines with one behind another mark are searched for
    those too.
    """
    found: list[_Places] = [[] for _ in lines]
    common, marked = [], []
    at_place = head_pattern().match
    for index, line in enumerate(lines):
        for start in line.marks:
            if at_place(line.low, start):
                marked.append(index)
                break
        else:
            common.append(index)
    _find_heads(head_behind(" "), lines, common, found)
    if marked:
        _find_heads(head_behind(r"\W"), lines, marked, found)
    return found


def _find_heads(pattern: re.Pattern[str], lines: Sequence[Line], indexes: list[int], found: list[_Places]) -> None:
    """Searches lines all at once, each behind a blank of its own."""
    heads = heads_by_words()
    rest = iter(indexes)
    begin = end = 0  # of the line
    for match in pattern.finditer("".join([f"\n {lines[index].low}" for index in indexes])):
        start = match.start()
        while start >= end:
            line = lines[index := next(rest)]
            text, low, flat, places = line.text, line.low, line.flat, found[index]
            begin, end = end + 2, end + 2 + len(low)
        start += 1 - begin
        words = match[0][1:]
        head = heads[words]
        if head.lower or text[start].isupper() or flat or (low[start - 2] == "g" and low.endswith("trưởng ", 0, start)):
            places.append((start, match.end() - begin, words, head))


class NameReader(Lists):
    """Reads one line."""

    def names(self, heads: _Places) -> list[Named]:
        """The outermost names that begin with these heads, in order of place, never overlapping."""
        found: list[Named] = []
        done = 0
        for start, end, words, head in heads:
            if start < done:
                continue
            if words in _PARTS_OF_POSTS and self._is_of_a_post(words, start, end):
                continue
            self.outer = start
            self.head_place, self.head = start, (head, end)  # what `head_at` would look for again
            group = None if self.flat else self.list_at(start, head, end)
            if group is None:
                name = self.read[start] if start in self.read else self._name_at(start, 0)
                if name is None:
                    continue
                group = [name]
            found += group
            self.last = group[-1]
            done = group[-1].full
        if len(found) > 1:
            self.share_owners(found)
        return found

    def _is_of_a_post(self, words: str, start: int, end: int) -> bool:
        """Whether the head belongs to the post before it: `Ủy viên Ban Chấp hành`."""
        if words in _CENTRAL:
            return self.low.endswith(_MEMBER, 0, start)  # a post of its own, without organization
        if words in _INNER:  # `Ủy viên Ban Thường vụ Tỉnh ủy Nam Định` is a post and Tỉnh ủy Nam Định
            return not self.flat and self.low.endswith(("ủy viên ", "uv "), 0, start)
        # `Chánh Văn phòng Bộ Tư pháp` is a post of the Bộ
        return self.low.endswith("chánh ", 0, start) and self.low.startswith(_OF_THE_CHIEF, end)

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
        text, chars, low, flat = self.text, self.chars, self.low, self.flat
        small = not (flat or text[i].isupper())
        if small and not head.lower and not low.endswith("trưởng ", 0, i):
            return None
        if " " not in head.words and self._is_of_another_word(i, head, small, depth):
            return None
        after = low[end : end + 2]
        if after and after[0] == "-":
            return None
        if after in {" t", " p"} and low.startswith(("trưởng", "phó"), end + 1) and not chars[end + 7].isalnum():
            return self._after_post(head, end, depth)
        self.start, self.listing = i, False
        name = self._learned_at(i, end, head) if flat else None
        if name is None:
            name = _rules()[head.grammar](self, i, end, head, depth)
        if name is None:
            return None
        if name.own == "":
            if not self._means_one(name, i):
                return None
        elif small and name.owner is None and not _HAS_NAME.search(text, i, name.end):
            return None
        if name.scope:
            if _ANY_OF.match(low, name.end):
                return None
        elif name.owner is None and not name.place:
            if head.words == "Bộ đội Biên phòng" and text.startswith("Bộ đội biên phòng", i):
                return None  # its men: `Bộ đội biên phòng, hội viên và bà con đã giúp`
            if name.own and not flat and low[name.end : name.end + 3] in _SCOPE_BEGINS:
                self._place_spoken_of(name)
        if head.words == "Sở" and not (name.place or name.scope or name.base or name.owner):
            if self.is_plural(i) or _MANY.match(low, name.end):
                return None  # 63 Sở Y tế
        elif head.words == "Hội đồng" and not (name.scope or name.owner or flat or _HAS_NAME.search(name.own[8:])):
            return None  # hội đồng quản trị, Hội đồng kỷ luật
        name.lower = small
        if head.owner == "after" or name.owner is None:
            self.attach(name, depth)
        return name

    def _is_of_another_word(self, i: int, head: Head, small: bool, depth: int) -> bool:
        """Whether a head of one syllable is the second half of a word, or a person's name."""
        if not (small or self.flat or (i and self.text[self.text.rfind(" ", 0, i - 1) + 1].isupper())):
            return False  # either has a capital before one with a capital
        if self.second_half_at(i, head.words):
            return True
        return depth == 0 and not small and self.in_a_persons_name(i, head.words)

    def _means_one(self, name: Named, i: int) -> bool:
        """Whether a bare head may mean the organization spoken of, and not any."""
        if name.head.alias != "yes" or not self.ends_here(name.end):
            return False
        if _TWO_COMMITTEES.match(self.low, name.end) and self.low.endswith("thường vụ ", 0, i):
            return False
        return self.flat or not (_OTHERS.match(self.low, name.end) or self.is_plural(i) or self._in_a_bare_list(i))

    def _in_a_bare_list(self, i: int) -> bool:
        """`các Quân khu, Quân đoàn, Binh chủng`: any of them."""
        return self.low.endswith(", ", 0, i) and _BARE_LIST.search(self.low, max(0, i - 60), i) is not None

    def _place_spoken_of(self, name: Named) -> None:
        """`Bệnh viện Đa khoa tỉnh`: of the one spoken of."""
        place = SCOPE.match(self.low, name.end)
        if place is None:
            return
        capital = self.chars[place.end() + 1].isupper()
        if self.kind_of_place_at(place.start(1)) and (self.has_post() or not capital):
            name.scope, name.end, name.full = place[1], place.end(), place.end()

    def _learned_at(self, i: int, end: int, head: Head) -> Named | None:
        """In a line without case: a name that other lines or the table know."""
        word = FIRST.match(self.low, i)
        first = word[0] if word else ""
        for name in (*self.learned.get(first, ()), *known_by_head().get(first, ())):
            stop = i + len(name)
            if stop > end and self.low.startswith(name, i) and not self.chars[stop].isalnum():
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
        if phrase is None or not self.chars[start].isupper() or phrase[1] == "form":
            return None
        stop = self.grow(start - 1, head)
        if stop is None:
            return None
        name = self._named(start, stop, head, self._own(head, start, stop))
        self.attach(name, depth)
        return name


@cache
def _rules() -> dict[str, Callable[[NameReader, int, int, Head, int], Named | None]]:
    """Grammar of a head → the rule that reads its names."""
    return {head.grammar: getattr(NameReader, f"_{head.grammar}") for head in heads_by_words().values()}

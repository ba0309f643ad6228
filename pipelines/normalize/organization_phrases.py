"""What stands at a place of a line: heads, name words, places, people."""

from __future__ import annotations

import re

from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import (
    CAPITAL,
    FIRST,
    Head,
    follows,
    head_pattern,
    heads_by_words,
    name_words,
    name_words_pattern,
    provinces_by_first,
    surnames,
)
from pipelines.normalize.spelling import lower

WORD = re.compile(r"[^\W_]+(?:[&/'’][^\W_]+)?")
NUMBER = re.compile(r"(?:số )?(?:\d{1,4}[A-ZĐ]?|[A-ZĐ]{1,2}\d{1,4}|[IVX]{1,4})(?![\w%]|[.,/-]\d)")
# What numbers count: `Đoàn 15 cán bộ`, `Bệnh viện Quân y 5 năm qua`.
COUNTED = re.compile(
    r" (?:đại biểu|người|cán bộ|công tác|do|gồm|thành viên|khách|doanh nghiệp|năm|tháng|ngày|giờ|tuần|lần|tuổi|lượt"
    r"|suất|giường|bệnh nhân|chiến sĩ|đồng chí|học viên|nhân viên|bác sĩ|triệu|tỷ|tỉ|nghìn|ca|trường hợp|tập thể"
    r"|cá nhân)(?!\w)"
)
ISLANDS = re.compile(r" (?:sa|sơn)(?!\w)")  # behind Trường
PLACE = re.compile(
    r"(?:tỉnh|thành phố|thủ đô|thị xã|thị trấn|huyện đảo|huyện|quận|phường|xã|đảo|vùng|thôn|bản|đặc khu|tp\.?)(?!\w)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(rf"{CAPITAL}\w*(?:[ -]{CAPITAL}\w*)*")
# Words with a capital that are in no name: ranks, titles, forms of address, events.
NO_NAME = frozenset((
    "đại", "thượng", "trung", "thiếu", "đồng", "ông", "bà", "anh", "chị", "gs", "pgs", "ts", "ths", "bs", "bsckii",
    "bscki", "nghị", "chỉ", "quyết", "hội", "lễ",
))  # fmt: skip
_NAME_BEFORE = re.compile(rf"(?:(?<!\w){CAPITAL}\w{{0,6}} )?(?<!\w){CAPITAL}\w{{0,6}} $")


_NO_GIVEN_NAME = frozenset(("Bộ", "Cục", "Ban", "Sở", "Vụ", "Báo"))
_NO_HEAD: tuple[Head, int] | None = None

POST = re.compile(
    r"(?:giám đốc|trưởng|phó|bí thư|chủ nhiệm|chủ tịch|chính ủy|tư lệnh|thường vụ|chính trị viên|biên tập) (?:sở )?$"
)
_OTHER_PLACES = re.compile(
    r" (?:hội|đội|viên|lộ|lỵ|ủy|đoàn|thành|khác|nào|bạn|trực thuộc)(?!\w)"
    r"|,? (?:tỉnh|thành phố|huyện|quận|thị|xã|phường)(?!\w)"
)
_PLACE_NUMBER = re.compile(r"\d{1,2}(?![\w/])")
# Classes of name words that may begin a name.
BEGINS = frozenset(("noun", "act", "open"))


class Phrases:
    """A line, and the questions the grammar asks of it. Positions are those of the line's `text`."""

    def __init__(self, line: Line, index: int) -> None:
        self.text, self.low, self.flat = line.text, line.low, line.flat
        self.index = index  # of the line
        self.head_place, self.head = -1, _NO_HEAD
        self.outer = 0  # start of the name being read, its owners' included

    def name_at(self, i: int, depth: int = 0) -> Named | None:
        """The name whose head begins here."""
        raise NotImplementedError

    def head_at(self, i: int) -> tuple[Head, int] | None:
        """The longest head whose words begin here, with its end."""
        if i != self.head_place:  # asked several times in a row
            found = head_pattern().match(self.low, i)
            self.head_place, self.head = i, (heads_by_words()[found[0]], found.end()) if found else None
        return self.head

    def owner_head_at(self, i: int) -> tuple[Head, int] | None:
        """A head that may begin an owner's name: with a capital, or of those written small."""
        found = self.head_at(i)
        if found is None or not (self.flat or self.text[i].isupper() or found[0].lower):
            return None
        return found

    def in_a_persons_name(self, i: int, head: str) -> bool:
        """`Nguyễn Trường Giang`, `Trần Đăng Khoa`: a surname at most two words before, with nothing between."""
        if head in _NO_GIVEN_NAME or not self.text[self.text.rfind(" ", 0, max(0, i - 1)) + 1].isupper():
            return False
        before = _NAME_BEFORE.search(self.text, max(0, i - 24), i)
        return before is not None and any(
            lower(word) in surnames() and word not in {"Phó", "Công", "Quân"} for word in before[0].split()
        )

    def phrase_at(self, i: int) -> tuple[int, str] | None:
        """The longest name words that begin here: their end and class."""
        found = name_words_pattern().match(self.low, i)
        return (found.end(), name_words()[found[0]]) if found else None

    def province_at(self, i: int) -> int | None:
        word = FIRST.match(self.low, i)
        if word is None or not (self.flat or self.text[i].isupper()):
            return None
        for name in provinces_by_first().get(word[0], ()):
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
        words = list(WORD.finditer(self.text, i, run.end()))
        for n, word in enumerate(words):
            owner = n and self.owner_head_at(word.start()) and not ISLANDS.match(self.low, word.end())
            if n and (owner or self.low[word.start() : word.end()] in NO_NAME):
                words = words[:n]
                break
        low = [self.low[word.start() : word.end()] for word in words]
        if not place and not any_name and low[0] in surnames() and len(low) > 1:
            return None
        if low[0] in NO_NAME and not place:
            return None
        if len(words) > 3:
            cuts = [n for n in (2, 3, 1) if n < len(low) and low[n] in surnames() and 2 <= len(low) - n <= 4]
            if cuts:  # the commonest surname: `Phan Bội Châu` + `Nguyễn Thị Hoa`
                words = words[: min(cuts, key=lambda n: surnames()[low[n]])]
        return words[min(len(words), 5) - 1].end() if words else None

    def place_name_at(self, i: int) -> int | None:
        """End of the name behind `tỉnh`, `huyện` …: capitalised words, or the number of a ward; a person's is none."""
        number = _PLACE_NUMBER.match(self.text, i)
        if number:
            return number.end()
        run = _CAPITALS.match(self.text, i)
        if run and run[0].count(" ") >= 2 and self.province_at(i) is None:
            first = self.low[i : i + run[0].index(" ")]
            if first in surnames() and POST.search(self.low, max(0, self.outer - 40), self.outer):
                return None  # `Chủ tịch UBND huyện Nguyễn Hoài Nam`
        return self.capitals_at(i, False, True)

    def is_spoken_of(self, i: int) -> bool:
        """Whether a bare `tỉnh` that ends here is the one spoken of: not `xã hội`, `tỉnh, thành phố`."""
        after = self.text[i : i + 2]
        if after[:1].isalnum():
            return False
        if after[:1] == " " and after[1:].isupper():  # a person: `Chủ tịch UBND huyện Nguyễn Hoài Nam`
            word = FIRST.match(self.low, i + 1)
            return word is not None and word[0] in surnames() and self.place_name_at(i + 1) is None
        return _OTHER_PLACES.match(self.low, i) is None

    def person_at(self, i: int) -> bool:
        """Whether a surname and one to three further capitalised words stand here."""
        run = _CAPITALS.match(self.text, i)
        return run is not None and run[0].count(" ") >= 1 and self.province_at(i) is None

    def ends_here(self, i: int) -> bool:
        """Whether a name can end here: punctuation, the end, a capital or a word that follows names."""
        after = self.text[i : i + 1]
        if after != " ":
            return not after.isalnum() and after not in {"%", "_"}
        word = WORD.match(self.text, i + 1)
        return word is None or self.flat or word[0][0].isupper() or self.follows(i + 1)

    def follows(self, i: int) -> bool:
        """Whether a word that may follow a name begins here."""
        return follows().match(self.low, i) is not None

    def closes(self, i: int) -> bool:
        """Whether a list of numbers ends here and nothing is counted by the last: `Sư đoàn 5, 302 chiến sĩ`."""
        after = self.text[i : i + 1]
        if after != " ":
            return after in {"", ".", ",", ";", ":", ")", "("}
        return self.owner_head_at(i + 1) is not None or self.low.startswith(("thuộc ", "của ", "trực thuộc "), i + 1)

    def pair_at(self, i: int) -> int | None:
        """End of up to three lower-case words up to one that may follow a name: second halves of unknown words."""
        for _ in range(3):
            word = WORD.match(self.text, i + 1) if self.text[i : i + 1] == " " else None
            if word is None or not word[0].islower() or self.follows(i + 1):
                return None
            i = word.end()
            if self.text[i : i + 1] == " " and self.text[i + 1 : i + 2].islower() and self.phrase_at(i + 1):
                return None
            if self.ends_here(i):
                return i
        return None

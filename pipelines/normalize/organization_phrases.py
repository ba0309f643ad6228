"""What stands at a place of a line: heads, name words, places, people.

Longer than most: one class, asked by every reader of names; its answers at a place build on each other.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache

from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import (
    CAPITAL,
    COUNTRY,
    FIRST,
    Head,
    clause_verbs,
    follows,
    head_pattern,
    heads_by_words,
    name_words,
    name_words_pattern,
    provinces_by_first,
    small_heads,
    surnames,
)
from pipelines.normalize.phrases import ends_name
from pipelines.normalize.spelling import lower, modern
from pipelines.reference import table

WORD = re.compile(r"[^\W_]+(?:[&/'’][^\W_]+)?")
NUMBER = re.compile(r"(?:số )?(?:\d{1,4}[A-ZĐ]?|[A-ZĐ]{1,2}\d{1,4}|[IVX]{1,4})(?![\w%]|[.,/-]\d)")
# What numbers count: `Đoàn 15 cán bộ`, `Bệnh viện Quân y 5 năm qua`.
COUNTED = re.compile(
    r" (?:đại biểu|người|cán bộ|công tác|do|gồm|thành viên|khách|doanh nghiệp|năm|tháng|ngày|giờ|tuần|lần|tuổi|lượt"
    r"|suất|giường|bệnh nhân|chiến sĩ|đồng chí|học viên|nhân viên|bác sĩ|triệu|tỷ|tỉ|nghìn|ca|trường hợp|tập thể"
    r"|cá nhân|đơn vị|phần quà|túi|bộ|chiếc|hộ|xã)(?!\w)"
)
_HOLDS = re.compile(
    r"tổ chức +(?:Đại hội|Hội (?:nghị|thi|thảo|thao|diễn)|Lễ|Ngày hội|Cuộc thi|Diễn đàn|Chương trình)(?!\w)"
)
"""The verb, in small letters: `Công đoàn Bệnh viện tổ chức Đại hội`."""
_PARTS_OF_THE_LAND = (" bắc ", " nam ", " trung ", "đông nam ", "tây nam ")  # Bắc Trung Bộ
_LANDS = frozenset(("biển", "trời", "cao", "sâu", "núi", "đồng", "duyên", "ven", "thềm", "đảo", "rừng"))
ISLANDS = re.compile(r" (?:sa|sơn)(?!\w)")  # behind Trường
PLACE = re.compile(
    r"(?:tỉnh(?! (?:lỵ|lị|táo|đội))|thành phố|thủ đô|thị xã|thị trấn|huyện đảo|xã đảo|huyện(?! (?:lỵ|lị|đội))|quận"
    r"|phường|xã(?! (?:hội|viên|luận|giao|đội))|đảo|thôn|bản|đặc khu|tp\.?)(?!\w)"
)
_SMALL_KINDS = frozenset(("đảo", "thôn", "bản"))  # with a capital they are other words: Nhật Bản
REGION = re.compile(r"(?:vùng|miền|khu vực|liên khu|bản|thôn|ấp|buôn|khu phố|tổ dân phố|khu công nghiệp)(?= )")
REGION_WORDS = frozenset(("vùng", "miền", "khu", "liên", "bản", "thôn", "ấp", "buôn", "tổ"))  # it begins with one
_PAIR = re.compile(r"(?:phòng, chống|khám, chữa|phòng, ngừa|tìm kiếm, cứu|tìm kiếm, quy)(?!\w)")
_PLACE_NUMBER = re.compile(r" \d{1,2}(?![\w/])")
_CAPITALS = re.compile(rf"{CAPITAL}\w*(?:['’]\w+)?(?:[ -]{CAPITAL}\w*(?:['’]\w+)?)*")
# A place abroad as it sounds: `Bô-ly-khăm-xay`, `Xa-vẳn-na-khẹt`.
_HYPHENATED = re.compile(rf"{CAPITAL}\w{{0,6}}(?:-[^\W\d_]{{1,6}}){{1,6}}(?![\w-])")
# What is in no name though it has a capital: ranks, titles, posts, forms of address, events, papers.
_STOP = re.compile(
    r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|(?:thượng|trung|hạ) sĩ|chuẩn úy|(?:phó |chuẩn )?đô đốc|đồng chí"
    r"|nghị (?:quyết|định)|quyết định|chỉ thị|thông tư|(?:kế hoạch|hướng dẫn|báo cáo|công điện) số|lễ|ngày|ông|bà"
    r"|hội (?:nghị|thảo|thi|thao|trường|đàm|diễn)|bác sĩ|dược sĩ|thạc sĩ|tiến sĩ|giáo sư|gs|pgs|ts|ths|bs\w*"
    r"|ds\w*|cn\w*|phó|giám đốc|trưởng|chủ (?:tịch|nhiệm|trì)|bí thư|tư lệnh|chính (?:ủy|trị viên)|hiệu (?:trưởng|phó)"
    r"|tham mưu trưởng|(?:viện|cục|vụ|tổng|bộ|thứ|đội|đồn|trạm|đảng|tổ) (?:trưởng|bí thư)|tổng giám đốc|đại biểu"
    r"|đại diện|(?:giấy|bằng|thư) khen|giấy (?:chứng|mời)|hu(?:ân|y) chương|kỷ niệm chương|cờ (?:thi đua|truyền thống)"
    r"|danh hiệu|không gian|đoàn (?:công tác|đại biểu|chủ tịch|kiểm tra)|điều dưỡng trưởng|thường (?:trực|vụ)"
    r"|ngành|người)(?!\w)"
)
# Words of two syllables of which the second is also a head.
_SECOND_HALVES = {
    "vụ": "chức nhiệm dịch phục nghĩa công sự đặc học thời nghiệp tạp vũ giáo",
    "phòng": "quốc văn dự biên hải tiền đề phường căn phần chi hàng nhà",
    "ban": "ủy công trực địa mới",
    "bộ": "cán đảng cục nội toàn tiến đồng nam bắc trung liên bách phân tuyên tản đi thuộc",
    "sở": "cơ trụ công xứ hội",
    "khoa": "đa y chuyên nha nhi sản nội ngoại bách đăng phân",
    "đoàn": "sư quân lữ trung tiểu binh công phái lập tập liên hải tỉnh thành huyện giáo bộ",
    "hội": "đại quốc xã lễ cơ dạ vũ ngày giáo hiệp công hợp",
    "viện": "bệnh học nhập xuất chuyển phân thư nhạc trạm tòa thành nằm ra vào",
    "trường": "môi nhà thị hội quảng công hiện thao nông lập tăng lâm chiến sở trung tường khai ngư chính bãi thương",
    "đội": "quân bộ hải chi trung tiểu phân biệt đồng khẩu",
    "báo": "thông cảnh dự tình tố điện khai bích loan mật hung quả",
    "cục": "kết bố đại chi tổng",
    "trạm": "dừng sân",
    "kho": "khô chìa cá",
    "vùng": "chân khu tiểu",
    "quỹ": "thủ công thời",
    "xưởng": "công phân",
}
_JOINED = {head.capitalize(): frozenset(before.split()) for head, before in _SECOND_HALVES.items()}
_NAME_BEFORE = re.compile(rf"(?:(?<!\w){CAPITAL}\w{{0,6}} )?(?<!\w){CAPITAL}\w{{0,6}} $")


_MIDDLE_NAMES = ("Văn ", "Thị ")
_MIDDLE = re.compile(rf"(?<!\w){CAPITAL}\w* (?:Văn|Thị) $")  # no name ends with it: `Kiều Văn Bộ`
_NO_GIVEN_NAME = frozenset(("Bộ", "Cục", "Ban", "Sở", "Vụ", "Báo"))

# Classes of name words that may begin a name.
BEGINS = frozenset(("noun", "act", "open"))


# Before a head: several are meant.
_PLURAL = ("các ", "hai ", "ba ", "bốn ", "những ", "nhiều ", "mỗi ", "một số ", "từng ", *(f"{n} " for n in range(10)))


_PAST_THE_END = "\0" * 8


class Phrases(ABC):
    """A line, and the questions the grammar asks of it. Positions are those of the line's `text`.

    learned  first syllable → names that other lines hold, for lines without case
    chars  the text with something behind it that is no letter, digit or mark: one character of it is read faster than
           a slice that may be empty
    """

    head_place = -1  # where a head was last looked for
    head: tuple[Head, int] | None = None
    outer = 0  # start of the name being read, its owners' included

    def __init__(self, line: Line, index: int, learned: Mapping[str, Iterable[str]]) -> None:
        self.line, self.index, self.learned = line, index, learned
        self.read: dict[int, Named | None] = {}  # place → the name whose head begins there
        self.text, self.low, self.flat = line.text, line.low, line.flat
        self.chars = line.text + _PAST_THE_END

    @property
    def titled(self) -> bool:
        """Whether the line is the bulletin's title."""
        return self.line.place.zone == "title"

    @abstractmethod
    def name_at(self, i: int, depth: int = 0) -> Named | None:
        """The name whose head begins here."""

    def head_at(self, i: int) -> tuple[Head, int] | None:
        """The longest head whose words begin here, with its end."""
        if i != self.head_place:  # asked several times in a row
            found = head_pattern().match(self.low, i)
            self.head_place, self.head = i, (heads_by_words()[found[0]], found.end()) if found else None
        return self.head

    def owner_head_at(self, i: int) -> tuple[Head, int] | None:
        """A head that may begin an owner's name: with a capital, or of those written small."""
        if not (self.flat or self.chars[i].isupper() or self.low[i : i + 3] in small_heads()):
            return None  # as most words here
        found = self.head_at(i)
        if found is None or not (self.flat or self.text[i].isupper() or found[0].lower):
            return None
        if found[0].grammar == "agency" and not COUNTRY.match(self.low, found[1] + 1):
            return None  # `Bộ Tư lệnh Hải quân`
        return found

    def is_plural(self, i: int) -> bool:
        """Whether the words before say that a head here stands for several: `các cục`."""
        return self.low.endswith(_PLURAL, 0, i)

    def in_a_persons_name(self, i: int, head: str) -> bool:
        """`Nguyễn Trường Giang`, `Trần Đăng Khoa`: a surname at most two words before, with nothing between."""
        if self.text.endswith(_MIDDLE_NAMES, 0, i) and _MIDDLE.search(self.text, max(0, i - 20), i):
            return True
        if head in _NO_GIVEN_NAME or not self.text[self.text.rfind(" ", 0, max(0, i - 1)) + 1].isupper():
            return False
        before = _NAME_BEFORE.search(self.text, max(0, i - 24), i)
        return before is not None and any(
            lower(word) in surnames() and word not in {"Phó", "Công", "Quân"} for word in before[0].split()
        )

    def phrase_at(self, i: int) -> tuple[int, str] | None:
        """The longest name words that begin here: their end and class."""
        found = name_words_pattern().match(self.low, i)
        if found is None:
            return None
        words = found[0]
        if words[0] == "t" and words.startswith("tổ chức") and _HOLDS.match(self.text, i):
            return None
        return found.end(), name_words()[words]

    def province_at(self, i: int) -> int | None:
        word = FIRST.match(self.low, i)
        if word is None or not (self.flat or self.text[i].isupper()):
            return None
        for name in provinces_by_first().get(word[0], ()):
            end = i + len(name)
            if self.low.startswith(name, i) and not self.chars[end].isalnum():
                return end
        return None

    def country_at(self, i: int) -> int | None:
        """End of a country; none where the name goes on: `Đức Thọ` is a district."""
        country = COUNTRY.match(self.low, i)
        return country.end() if country and not self.chars[country.end() + 1].isupper() else None

    def stops_at(self, i: int) -> bool:
        """Whether words stand here that are in no name though they have a capital: a rank, a post, an event."""
        return _STOP.match(self.low, i) is not None

    def capitals_at(self, i: int, any_name: bool, place: bool = False) -> int | None:
        """End of a run of capitalised words that is a place's (or any) name; a person's name behind it is left out."""
        known_place = self.province_at(i)
        if known_place:
            return known_place
        foreign = _HYPHENATED.match(self.text, i) if place else None
        if foreign:
            return foreign.end()
        run = _CAPITALS.match(self.text, i)
        if run is None or (self.stops_at(i) and not place):
            return None
        words = list(WORD.finditer(self.text, i, run.end()))
        for n, word in enumerate(words):
            if n and (self._ends_capitals(word, place) or self.stops_at(word.start())):
                words = words[:n]
                break
        low = [self.low[word.start() : word.end()] for word in words]
        if not place and not any_name and low[0] in surnames() and len(low) > 1:
            return None
        if len(words) > 3:
            cuts = [n for n in (2, 3, 1) if n < len(low) and low[n] in surnames() and 2 <= len(low) - n <= 4]
            if cuts:  # the commonest surname: `Phan Bội Châu` + `Nguyễn Thị Hoa`
                words = words[: min(cuts, key=lambda n: surnames()[low[n]])]
            elif place and len(words) > 4 and low[3] in {"văn", "thị"}:
                words = words[:2]  # `Huyện ủy Khánh Sơn Mấu Văn Phi`
        return words[min(len(words), 5) - 1].end() if words else None

    def _ends_capitals(self, word: re.Match[str], place: bool) -> bool:
        """Whether an organization's name begins with this word; the second syllable of a place may be a head too."""
        owner = self.owner_head_at(word.start())
        if owner is None or self.islands_at(word.end()):
            return False
        if owner[0].words == "Bộ" and self.low.endswith(_PARTS_OF_THE_LAND, 0, word.start()):
            return False
        if place and " " not in owner[0].words:
            behind = self.chars[word.end() + 1]
            return behind.isdecimal() or self.phrase_at(word.end() + 1) is not None
        return True

    def kind_of_place_at(self, i: int) -> re.Match[str] | None:
        """`tỉnh`, `xã` …; not where another organization begins with it."""
        kind = PLACE.match(self.low, i)
        if kind is None or self.head_at(i) or (kind[0] in _SMALL_KINDS and self.text[i].isupper()):
            return None
        return kind

    def place_end(self, kind: re.Match[str], post: bool) -> int | None:
        """End of the name of a place behind `tỉnh`, `Quận` …; None: the place spoken of, or a person follows.

        post: whether a post stands before, so that a name of three or four words is rather a person's:
              `Chủ tịch UBND huyện Triệu Đình Lâm`
        """
        if self.chars[kind.end()] != " ":
            return None
        i = kind.end() + 1
        if self.flat:
            return self.province_at(i)
        if kind[0] in {"quận", "phường"} and (number := _PLACE_NUMBER.match(self.text, kind.end())):
            return number.end()
        run = self.capitals_at(i, False, True)
        if run and post and self._is_persons(i):
            return None
        number = _PLACE_NUMBER.match(self.text, run) if run and kind[0] in {"xã", "phường"} else None
        if number and self.ends_here(number.end()) and not COUNTED.match(self.low, number.end()):
            return number.end()  # xã Sơn Kim 1
        return run

    def _is_persons(self, i: int) -> bool:
        run = _CAPITALS.match(self.text, i)
        words = WORD.findall(self.low, i, run.end()) if run else []
        if not 3 <= len(words) <= 4 or " ".join(words[:2]) in _not_names() or self.province_at(i) is not None:
            return False
        return words[0] in surnames() or not ethnic_surnames().isdisjoint(("".join(words[:2]), " ".join(words[:2])))

    def verb_at(self, i: int) -> bool:
        """Whether a verb in small letters begins here that no name has behind an unknown word: `kiểm tra`, `khen`."""
        return clause_verbs().match(self.text, i) is not None

    def open_region_at(self, end: int) -> bool:
        """Whether a `Vùng` that ends here is a stretch of land or sea: `Vùng biển`, `Vùng Tây Bắc`, not `Vùng 3`."""
        word = WORD.match(self.text, end + 1) if self.chars[end] == " " and not self.flat else None
        if word is None or not word[0].isalpha() or self.low.startswith("cảnh sát", end + 1):
            return False
        if self.owner_head_at(end + 1) or self.stops_at(end + 1) or self.province_at(end + 1):
            return False
        return word[0] in _LANDS or word[0][0].isupper()

    def islands_at(self, end: int) -> bool:
        """Whether a `Trường` that ends here is that of Trường Sa."""
        return ISLANDS.match(self.low, end) is not None

    def second_half_at(self, i: int, words: str) -> bool:
        """Whether the head is the second half of a word: `Quảng trường`, `CHỨC VỤ`."""
        before = _JOINED.get(words)
        if before is None or self.text[i - 1 : i] != " ":
            return False
        start = self.low.rfind(" ", i - 9 if i > 9 else 0, i - 1) + 1
        if not self.flat and self.text[i].isupper() and not self.text[start].isupper():
            return False
        return self.low[start : i - 1].lstrip('“"(') in before

    def small_run(self, i: int, limit: int, careful: bool = True) -> int | None:
        """End of the words in small letters behind the blank at `i`, up to one that begins the next phrase.

        careful: also up to one that may follow a name, though names have it too
        """
        end = None
        previous = self.low[self.low.rfind(" ", 0, i) + 1 : i]
        for _ in range(limit):
            if self.chars[i] == "," and _PAIR.match(self.low, i - len(previous)):
                i += 1
            word = WORD.match(self.text, i + 1) if self.chars[i] == " " else None
            if word is None or not word[0].islower() or ends_name(previous, word[0]):
                break
            if (careful and (word[0] in follows() or self.verb_at(i + 1))) or self.kind_of_place_at(i + 1):
                break
            previous, i = word[0], word.end()
            end = i
        return end

    def person_at(self, i: int) -> bool:
        """Whether a surname and one to three further capitalised words stand here."""
        run = _CAPITALS.match(self.text, i)
        return run is not None and run[0].count(" ") >= 1 and self.province_at(i) is None

    def person_words(self, i: int) -> int:
        """How many words with a capital stand here."""
        run = _CAPITALS.match(self.text, i)
        return run[0].count(" ") + 1 if run else 0

    def ends_here(self, i: int) -> bool:
        """Whether a name can end here: punctuation, the end, a capital or a word that follows names."""
        after = self.chars[i]
        if after != " ":
            return not after.isalnum() and after not in {"%", "_"}
        word = WORD.match(self.text, i + 1)
        return word is None or self.flat or word[0][0].isupper() or word[0] in follows() or self.verb_at(i + 1)

    def scope_ends(self, i: int) -> bool:
        """Whether a bare `tỉnh` that ends here is the one spoken of: no name follows that this line cannot show."""
        word = WORD.match(self.text, i + 1) if self.flat and self.chars[i] == " " else None
        return word is None or self.low[word.start() : word.end()] in follows()

    def closes(self, i: int) -> bool:
        """Whether a list of numbers ends here and nothing is counted by the last: `Sư đoàn 5, 302 chiến sĩ`."""
        after = self.chars[i]
        if after != " ":
            return i >= len(self.text) or after in {".", ",", ";", ":", ")", "("}
        return self.owner_head_at(i + 1) is not None or self.low.startswith(("thuộc ", "của ", "trực thuộc "), i + 1)


@cache
def ethnic_surnames() -> frozenset[str]:
    """Those that are written in two words, too, which no place begins with: Rah Lan, Rơ Châm."""
    return frozenset(modern(lower(row["surname"])) for row in table("ethnic_surnames") if len(row["surname"]) > 5)


@cache
def _not_names() -> frozenset[str]:
    """Places whose first word is also a surname."""
    return frozenset(modern(lower(row["words"])) for row in table("not_names"))

"""How far the words of a name go behind its head: a walk word by word, each step by one rule.

Official spelling writes the first syllable of each word of a name large (`Trung tâm Sơ sinh`, `Cục Hậu cần`): a small
syllable right behind a large one is the other half of its word, unless it is a word that begins the next phrase. Words
of reference/name_words.tsv are known whole, so that nothing is glued to them and small words may follow.

Longer than most: one walk, and each rule of a step looks at what the steps before it took.
"""

from __future__ import annotations

import re

from pipelines.normalize.organization_joints import Joints, Walk
from pipelines.normalize.organization_phrases import BEGINS, COUNTED, NUMBER, REGION, REGION_WORDS, WORD
from pipelines.normalize.organization_tables import CAPITAL, COUNTRY, Head, follows, heroes, key, known, surnames
from pipelines.normalize.phrases import ALWAYS_FUNCTION_WORDS, FUNCTION_WORDS, ends_name

LONGEST = 140  # characters
_NO_PLACE = frozenset(("military region", "service", "ward", "ministry", "general department"))
# Heads before which an unknown word with a capital is mostly no name: it must be a whole word of two syllables or more.
_DOUBTFUL = frozenset(("Phòng", "Ban", "Khoa", "Vụ", "Hội đồng"))
_COMMON = 16  # surnames this common begin a person's name even inside a run of capitals
_LEGAL_FORMS = frozenset(("Công ty cổ phần", "Công ty trách nhiệm hữu hạn"))  # `… Bệnh viện Thiện Nhân` is their name
_DAY_NAME = re.compile(r"\d{1,2}[-./]\d{1,2}(?![\w%]|[.,/-]\d)")  # Bệnh viện 19-8
_BRANCH_NUMBER = re.compile(r"số \d{1,2}(?![\w%/.,]*\d)")
_CODE = re.compile(r"[A-Z]{1,2}\d{2}(?!\w)")
_LOW_START = re.compile(
    r"đa khoa|quân y|quân dân y|dã chiến|cửa khẩu|trung ương|mầm non|mẫu giáo|tiểu học|trung học|phổ thông|cổ phần"
    r"|y học|đại học|cao đẳng|trung cấp|nghề"
)
_SCIENCE = re.compile(
    r" học(?=$|[,.;:)(\n]| (?:và|-|việt|lâm|can|tỉnh|thành|quốc|trẻ|đã|tổ|tặng|phối|miền|khu|nhi|là|của|về|tại)(?!\w)"
    r"| (?:đông|tây|nam|bắc|hà|trung) )"
)
_OF_MINISTERS = re.compile(r"(?:bộ|thứ) trưởng (?:thường trực )?bộ$")
# `Vụ Pháp chế tổng hợp đầy đủ 117 ý kiến`: a verb here, which `Phòng Kế hoạch tổng hợp` has as a noun.
_VERB = re.compile(
    r"(?:tổng hợp|kế hoạch|bảo vệ|quản lý|đào tạo|điều trị) (?:đầy đủ|các|những|ý kiến|báo cáo|số liệu|kết quả|"
    r"danh sách|tình hình|trình|và (?:trình|báo|đề)|\d)"
)
_LOWER_FIELDS = frozenset(("field", "ministry", "proper"))
_OTHERWISE = re.compile(  # that often stand behind a head in lower case and are not its name
    r"(?:chính quy|tham mưu|lịch sử|thông tin|chính sách|đối ngoại|cán bộ|sản xuất|nội trú|sức khỏe|trẻ em"
    r"|bệnh lý)(?!\w)"
)
# what wards do, too: `Trưởng khoa Khám bệnh siêu âm cho người dân`
_TREATS = re.compile(r"(?:siêu âm|xét nghiệm|nội soi|cấp cứu|phẫu thuật|tiêm chủng|tư vấn|điều trị)(?!\w)")
_NAMED = re.compile(rf"{CAPITAL}|\d")
_ABOUT = re.compile(r" về (?=\w)")
_JOINING = frozenset("v&-")  # first characters of what joins two words of a name
_ENDING = FUNCTION_WORDS - {"về", "tổ"}  # `về dân số`, `tổ dân phố` may go on
_ALWAYS_ENDING = _ENDING & ALWAYS_FUNCTION_WORDS
_IN_NO_NAME = frozenset((
    "các", "những", "của", "đã", "sẽ", "được", "cho", "tại", "với", "để", "cùng", "cũng", "là", "có", "thì", "do",
    "không", "rất", "vừa", "đang",
))  # fmt: skip
_NATIONAL = re.compile(r"(?:quốc gia|trung ương|chính phủ)$")


class Growth(Joints):
    """The walk."""

    start = 0  # of the name being read
    listing = False  # whether a list is being read
    base_end = 0  # of the last name that grew: where the words before its place end

    def grow(self, end: int, head: Head) -> int | None:
        """End of the words that make a name behind its head (which ends at `end`); None: nothing makes one."""
        walk = Walk(head, end, end)
        while walk.stop - end < LONGEST and self._step(walk):
            pass
        if walk.lower and walk.before != "tail" and not _NAMED.search(self.text, end, walk.stop):
            return None
        if walk.before in {"", "form", "open"}:
            return None
        if walk.before == "run" and walk.runs == 1 and not self._may_end(walk):
            return None
        self.base_end = walk.base or walk.stop
        return walk.stop

    def _may_end(self, walk: Walk) -> bool:
        """Whether a name of one word with a capital ends here; a department's has a second half in small letters."""
        if walk.head.grammar == "field" and self.chars[walk.stop + 1].islower():
            return self.text[walk.stop] != " "
        return self.ends_here(walk.stop)

    def _step(self, walk: Walk) -> bool:
        """One step further, if the next words are the name's."""
        text, chars, stop = self.text, self.chars, walk.stop
        i = stop + 1
        joint, first = chars[stop], chars[i]
        if joint == "-":
            return self.over_dash(walk, i)
        if joint != " ":
            return False
        if first in _JOINING:
            if text.startswith(("và ", "& "), i):  # `các cục Tổ chức và Cán bộ`: rather goes on with a list
                listed = self.listing or self.is_plural(self.start)
                return not listed and self.over_and(walk, text.index(" ", i) + 1)
            if first == "-":
                return text.startswith(" ", i + 1) and self.over_dash(walk, i + 2)
        if not first.isalnum():
            return False
        capital = self.flat or first.isupper()
        if walk.before == "noun" and first in "hH" and _SCIENCE.match(self.low, stop):
            return walk.to(stop + len(" học"), "noun")  # Hội Tim mạch học
        phrase = self.phrase_at(i)
        own = walk.before == "form" or (not walk.before and (phrase or walk.head.words in _LEGAL_FORMS))
        if capital and not own and self.owner_begins(i, phrase):
            return False
        branch = (
            _BRANCH_NUMBER.match(self.low, i)
            if walk.before in {"place", "run"} and walk.head.kind == "hospital"
            else None
        )
        if branch:
            return walk.to(branch.end(), "number")  # Bệnh viện Sản Nhi Bắc Ninh số 2
        if phrase and self._takes(walk, phrase[1], capital, i):
            return self._known(walk, i, phrase)
        if walk.before == "place" or (phrase and self.flat and walk.before):
            return False
        if first == "s" or first.isdecimal() or (capital and not chars[i + 1].islower()):  # số 5, 5, A5, IV
            number = self._number_at(walk, i)
            if number:
                return walk.to(number, "number")
        if walk.head.kind not in _NO_PLACE:
            kind = self.kind_of_place_at(i)
            if kind:
                run = self.place_end(kind, self.has_post())
                named = walk.before or (
                    walk.proper and walk.head.words != "Trung tâm"
                )  # cách trung tâm xã Ia Rưng 40 km
                return bool(run and named) and walk.to(run or 0, "place")
        return self._capital(walk, i) if capital else self._small(walk, i)

    def _known(self, walk: Walk, i: int, phrase: tuple[int, str]) -> bool:
        """Over words of the table, and the small syllables that make their last word a longer one.

        `Nhi đồng` behind Nhi, `Phẫu thuật Tim mạch` behind `Phẫu thuật Tim`.
        """
        end, cls = phrase
        if self.flat or not self.text[i].isupper() or self.chars[end] != " ":
            return walk.to(end, cls)
        last = self.low.rfind(" ", i, end) + 1
        if last > i and self.text[last].isupper() and (longer := self.phrase_at(last)) and longer[0] > end:
            return walk.to(*longer)
        if cls == "noun" and last == 0:
            more = self.small_at(end)
            if more and self.stops_clearly(more) and self.phrase_at(end + 1) is None:
                return walk.to(more, "word")
        return walk.to(end, cls)

    def _takes(self, walk: Walk, cls: str, capital: bool, i: int) -> bool:
        """Whether name words of the class go on with the name."""
        if self.flat and walk.before and cls != "tail" and walk.before not in {"act", "open", "form"}:
            return False
        if cls == "form":
            return walk.proper or walk.before == "form"
        if capital:
            return walk.before != "place"
        if _VERB.match(self.low, i) or (walk.before and _TREATS.match(self.low, i)):
            return False
        if cls == "tail":
            return bool(walk.before or walk.proper)
        if walk.head.grammar == "steering" or walk.head.words == "Hội đồng":
            return cls in {"task", "noun"} or (cls == "act" and self.is_task(i))
        if walk.before == "open" and cls in BEGINS:
            return True
        if walk.before:
            return cls == "noun" and (
                walk.before in {"act", "word"}
                or (walk.before == "noun" and (self.firm_at(i) or self._ends_name(walk, i)))
            )
        if walk.proper and cls == "noun" and _LOW_START.match(self.low, i):
            return True
        # `Cục quân nhu`, `Trung tâm huấn luyện quân sự quốc gia 4`
        if not self.text[walk.start - len(walk.head.words)].isupper() or walk.head.grammar not in _LOWER_FIELDS:
            return False
        if cls in {"act", "open"} and walk.head.grammar == "proper":
            walk.lower = True
            return True
        return cls == "noun" and " " in self.low[i : i + 8].strip() and not _OTHERWISE.match(self.low, i)

    def _ends_name(self, walk: Walk, i: int) -> bool:
        """Whether name words in small letters are the last of the name: `Trung tâm Kỹ thuật thông tin tổ chức`."""
        found = self.phrase_at(i)
        return (
            found is not None
            and walk.head.grammar in _LOWER_FIELDS
            and " " in self.low[i : found[0]]
            and not _OTHERWISE.match(self.low, i)
            and (self.chars[found[0]] != " " or self.text[found[0] + 1].islower())
            and (self.ends_here(found[0]) or self.kind_of_place_at(found[0] + 1) is not None)
        )

    def _number_at(self, walk: Walk, i: int) -> int | None:
        head, first = walk.head, walk.before in {"", "form"}
        ward = head.kind == "ward"
        if not (walk.proper or ward or head.grammar in {"steering", "owner"} or head.words in {"Cục", "Tổng cục"}):
            return None
        day_named = first or head.kind == "hospital"  # Bệnh viện Nhi đồng 30-6
        number = (_DAY_NAME.match(self.text, i) if day_named else None) or NUMBER.match(self.text, i)
        if number is None:
            return None
        end = number.end()
        if ward and first and number[0].isdecimal():
            return None
        if first:
            return end
        if COUNTED.match(self.low, end):
            return None
        if (len(number[0]) > 1 and walk.before not in {"run", "place"}) or self.low.endswith("khu vực", 0, walk.stop):
            return end
        return end if self.ends_here(end) or self.owner_head_at(end + 1) else None

    def _headed(self, walk: Walk) -> bool:
        """Whether the head's own post stands before: `Cục trưởng Cục Kỹ thuật hạt nhân`; its name runs to the comma."""
        return (
            walk.before in {"noun", "word"}
            and walk.head.grammar in {"field", "proper"}
            and self.low.endswith(("trưởng ", "giám đốc ", "chủ nhiệm "), 0, walk.start - len(walk.head.words))
        )

    def _small(self, walk: Walk, i: int) -> bool:
        """A small word that no table knows."""
        found = WORD.match(self.low, i)
        word = found[0] if found else ""
        if word in _ALWAYS_ENDING:
            return False
        if word in _ENDING and ends_name(self.low[self.low.rfind(" ", 0, i - 1) + 1 : i - 1], word):
            return False  # as all that is asked below would find
        region = REGION.match(self.low, i) if walk.before and word in REGION_WORDS else None
        if region:
            run = self.capitals_at(region.end() + 1, True)
            return run is not None and walk.to(run, "place")
        if self._headed(walk):
            end = self.small_run(i - 1, 4, careful=False)
            words = self.low[i:end].split() if end is not None and self.chars[end] in {",", ";"} else []
            verb = not words or words[0] in follows() or self.verb_at(i) or not _IN_NO_NAME.isdisjoint(words)
            if end is not None and not verb and len(words) in {2, 4}:
                return walk.to(end, "noun")
        if word == "về" and _ABOUT.match(self.low, walk.stop) and _NATIONAL.search(self.low, walk.start, walk.stop):
            known = self.phrase_at(walk.stop + 4)
            end = known[0] if known else self.small_run(walk.stop + 3, 8, False)
            return end is not None and walk.to(end, "tail")
        if walk.head.grammar == "steering" and walk.before in {"", "task", "tail", "open"}:
            end = self.task_at(i - 1)
            return end is not None and walk.to(end, "task")
        if walk.before in {"noun", "act", "word"} and not self.flat and (end := self.before_a_tail(i - 1)):
            return walk.to(end, "noun")
        if walk.before in {"act", "open"} and not self.flat:  # what it acts on, in words of no table
            end = self.small_run(i - 1, 3)
            if end is None:
                return False
            whole = self.stops_clearly(end) or (walk.before == "open" and self.ends_here(end))
            return whole and walk.to(end, "noun")
        return False

    def _is_no_person(self, walk: Walk, i: int) -> bool:
        """Behind a post: whether the name goes on here though it looks like a person's.

        A school's mostly does, a company's at its start; another where a figure of the past is named, where only two
        words follow of which the first is a rare surname (`Nhà thuốc An Bình`), or a person behind them (`Giám đốc
        Bệnh viện Bạch Mai Đào Xuân Cơ`).
        """
        count = self.person_words(i)
        if walk.head.grammar == "school" or count > 4:
            return True
        words = WORD.findall(self.low, i, i + 40)
        named_after = not walk.before or walk.head.kind in {"hospital", "school"}
        if named_after and " ".join(words[:count]) in heroes():
            return True
        if count == 4 and words[1] in {"thị", "văn"}:
            return False  # Công đoàn Tổng công ty Đàm Thị Lệ Quyên
        rare = surnames().get(words[0], _COMMON) >= _COMMON
        return (rare and count == 2) or (walk.head.kind == "enterprise" and walk.before in {"", "form"})

    def _of_a_ministry(self, walk: Walk, i: int, end: int) -> bool:
        """Whether an unknown word goes on with an unknown ministry: `Bộ Kinh tế Biển`; no other is what it seems."""
        if self.flat or self.titled or self.stops_at(i) or self.province_at(i) or self.begins_person(i):
            return False
        name = f"{walk.head.words} {self.text[walk.start + 1 : walk.stop]}".strip()
        if key(name) in known() or (not walk.before and not _OF_MINISTERS.search(self.low, 0, walk.start)):
            return False
        whole = self.whole_word(i) or (end if self.ends_here(end) and walk.before else None)
        return whole is not None and walk.to(whole, "word")

    def _capital(self, walk: Walk, i: int) -> bool:
        """A word with a capital that is in no table: a place, a person, a name of its own."""
        word = WORD.match(self.text, i)
        if word is None:
            return False
        head, low, end = walk.head, self.low, word.end()
        if head.grammar == "ministry":
            country = COUNTRY.match(low, i)
            if walk.before and country:  # of another country
                walk.stop = country.end()
            return country is None and self._of_a_ministry(walk, i, end)
        province = self.province_at(i)
        if province and (walk.before or walk.proper):
            return walk.to(province, "place")
        abroad = self.country_at(i) if walk.before and head.kind == "mass" else None
        if abroad:  # Hiệp hội Doanh nghiệp Hàn Quốc
            return walk.to(abroad, "place")
        if self.flat or self.stops_at(i) or (head.grammar == "school" and not walk.before):
            return False
        if _CODE.match(self.text, i) and walk.before and not walk.proper:
            return False  # the owner's: `Phòng Tham mưu H01`
        if walk.before == "run":
            if self.has_post() and walk.runs > 1 and self.begins_person(i):
                count, common = self.person_words(i), surnames()[low[i:end]] < _COMMON
                if count <= 4 and (common or (count == 3 and head.kind != "enterprise")):
                    return False
            walk.runs += 1
            return walk.to(end, "run")
        if low[i:end] in surnames() and self.person_at(i):
            if not walk.proper or (self.has_post() and not self._is_no_person(walk, i)):
                return False
            run = self.capitals_at(i, True)
            return run is not None and walk.to(run, "place")
        whole = self.whole_word(i)
        if whole:
            return walk.to(whole, "word")
        if head.words in _DOUBTFUL and not walk.before:
            return False
        if head.kind == "press" and walk.before in {"noun", "tail"}:  # Báo Nhân Dân Xuân
            return False
        walk.runs += 1
        return walk.to(end, "run")

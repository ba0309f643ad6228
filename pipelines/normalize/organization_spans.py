"""How far words of a name reach that no table knows, and whose words begin at a place: owners, people, tasks."""

from __future__ import annotations

import re

from pipelines.normalize.organization_phrases import WORD, Phrases
from pipelines.normalize.organization_tables import follows, surnames
from pipelines.normalize.phrases import FUNCTION_WORDS, ends_name

_POST = re.compile(
    r"(?:giám đốc|trưởng|phó|bí thư|chủ nhiệm|chủ tịch|chính ủy|tư lệnh|thường vụ|chính trị viên|biên tập|trợ lý)"
    r"(?: (?:chính trị|hậu cần|kỹ thuật|hậu cần - kỹ thuật|quân y|quân lực|tác huấn|hành chính|thường trực))?(?: sở)? $"
)
_POST_ENDS = (
    "đốc ", "trưởng ", "phó ", "thư ", "nhiệm ", "tịch ", "ủy ", "lệnh ", "vụ ", "viên ", "tập ", "lý ", "sở ", "trị ",
    "cần ", "thuật ", "y ", "lực ", "huấn ", "chính ", "trực ",
)  # fmt: skip
"""What `_POST` ends with, which is asked first."""
_SYLLABLE = re.compile(  # a syllable of Vietnamese, marks taken for any letter: `Sơ`, not `Viettel`, `FPT`
    r"(?:ngh?|ch|gh|gi|kh|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]{1,3}(?:ch|ng|nh|[cmnpt])?$"
)


_SHORT_HEADS = frozenset(("Ban", "Cục", "Vụ", "Sở", "Phòng", "Khoa"))


class Spans(Phrases):
    """Stretches of a line."""

    def owner_begins(self, i: int, phrase: tuple[int, str] | None) -> bool:
        """Whether here the name of another organization begins: the owner's."""
        other = self.owner_head_at(i)
        if other is None or (phrase and phrase[0] > other[1]):
            return False
        if other[0].grammar == "central" and not self.text[self.text.rfind(" ", i, other[1]) + 1].isupper():
            return False  # Bệnh viện Nhi Trung ương hội chẩn
        if other[0].grammar == "vung" and self.open_region_at(other[1]):
            return False
        if other[0].grammar == "field" and other[0].words in _SHORT_HEADS and not self._begins_a_field(other[1] + 1):
            return False  # Bệnh viện Nhi đồng Ban Mê
        if other[0].grammar == "ship":  # Đồn Biên phòng Rạch Tàu
            return self.text[other[1] + 1 : other[1] + 3].isalnum() and not self.chars[other[1] + 2].islower()
        if other[0].grammar == "doan":  # a surname too
            return self.chars[other[1] + 1].isdecimal()
        return not (other[0].words == "Trường" and (self.islands_at(other[1]) or self._is_a_place_name(other[1])))

    def _begins_a_field(self, i: int) -> bool:
        """Whether what follows may be the work of an office, in known or whole words; not one syllable of a place."""
        return self.phrase_at(i) is not None or not self.chars[i].isupper() or self.whole_word(i) is not None

    def _is_a_place_name(self, i: int) -> bool:
        """Whether one word with a capital follows `Trường` and no word of schools: `Cao đẳng Y tế Trường Thành`."""
        return self.person_words(i + 1) == 1 and self.phrase_at(i + 1) is None

    def firm_at(self, i: int) -> bool:
        """Whether name words in small letters behind a field clearly belong to it: `Lịch sử quốc phòng Việt Nam`."""
        found = self.phrase_at(i)
        if found is None or " " not in self.low[i : found[0]] or self.chars[found[0]] != " ":
            return False
        tail = self.phrase_at(found[0] + 1)
        if tail and tail[1] == "tail":
            return True  # Viện Kỹ thuật cơ giới quân sự
        return self.chars[found[0] + 1].isupper() and not self.stops_at(found[0] + 1)

    def task_at(self, i: int) -> int | None:
        """End of a task of a committee, up to the place it is of: `vận động hiến máu tình nguyện Quận 5`."""
        first = WORD.match(self.low, i + 1)
        end = self.small_run(i, 12) if first and first[0] not in FUNCTION_WORDS else None
        return end if end and self.kind_of_place_at(end + 1) else None

    def is_task(self, i: int) -> bool:
        """Whether an activity is a committee's whole task: a place stands behind it: `diễn tập huyện Sa Thầy`."""
        found = self.phrase_at(i)
        return found is not None and self.chars[found[0]] == " " and bool(self.kind_of_place_at(found[0] + 1))

    def small_at(self, end: int) -> int | None:
        """End of the small syllable behind one that ends at `end`, if it is the other half of its word."""
        word = WORD.match(self.text, end + 1) if self.chars[end] == " " else None
        if word is None or not word[0].islower() or len(word[0]) > 7 or not word[0].isalpha():
            return None
        previous = self.low[self.low.rfind(" ", 0, end) + 1 : end]
        if ends_name(previous, word[0]) or self.kind_of_place_at(end + 1) or self.verb_at(end + 1):
            return None
        return word.end()

    def whole_word(self, i: int) -> int | None:
        """End of the unknown word that begins with a capital: `Sơ sinh`, `Thận nhân tạo`; None: of one syllable."""
        first = WORD.match(self.text, i)
        if first is None or (len(first[0]) > 1 and first[0].isupper()) or not _SYLLABLE.match(first[0].lower()):
            return None
        end = self.small_at(first.end())
        if end is None or self.chars[end] != " " or self.low[first.end() + 1 : end] in follows():
            return end
        if self.phrase_at(end + 1):
            return end
        far = self.small_run(end, 2)  # a third and fourth syllable only where the name clearly ends behind them
        if far is None:
            return end
        one_more = self.low.startswith(" và ", far) and " " not in self.low[end + 1 : far]
        return far if one_more or self.stops_clearly(far) else end

    def before_a_tail(self, i: int) -> int | None:
        """End of up to two unknown small words right before `Quân đội`, an owner, a bracket.

        `Viện Mô phôi lâm sàng Quân đội`, `Khoa Binh chủng hợp thành (Học viện Lục quân)`.
        """
        end = self.small_run(i, 2)
        if end is None or self.chars[end] != " ":
            return None
        tail = self.phrase_at(end + 1) if self.chars[end + 1].isupper() else None
        bracket = self.chars[end + 1] == "("
        return end if (tail and tail[1] == "tail") or bracket or self.owner_head_at(end + 1) else None

    def stops_clearly(self, end: int) -> bool:
        """Whether a name that ends here is followed by a mark, an owner or a place, not by a verb."""
        if self.chars[end] != " ":
            return True
        return self.owner_head_at(end + 1) is not None or self.kind_of_place_at(end + 1) is not None

    def has_post(self) -> bool:
        """Whether a post stands before the name: a person's name may follow it."""
        before = self.outer
        return (
            self.low.endswith(_POST_ENDS, 0, before) and _POST.search(self.low, max(0, before - 40), before) is not None
        )

    def begins_person(self, i: int) -> bool:
        word = WORD.match(self.low, i)
        return word is not None and word[0] in surnames() and self.person_at(i)

    def is_closed(self, end: int) -> bool:
        """Whether a name in small letters ends here: `Kế hoạch và tài chính (H01)`, not `… và tài chính công`."""
        return self.chars[end] != " " or self.ends_here(end)

"""Which small syllables belong to a word with a capital, and which words are rather a person's.

Official spelling writes the first syllable of each word of a name large (`Trung tâm Sơ sinh`, `Cục Hậu cần`): a small
syllable right behind a large one is the other half of its word, unless it begins the next phrase.
"""

from __future__ import annotations

import re

from pipelines.normalize.organization_phrases import WORD, Phrases
from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.phrases import ends_name

_PAIR = re.compile(r"(?:phòng, chống|khám, chữa|phòng, ngừa|tìm kiếm, cứu|tìm kiếm, quy|sửa chữa, cải|cấp, phát)(?!\w)")
_POST = re.compile(
    r"(?:giám đốc|trưởng|phó|bí thư|chủ nhiệm|chủ tịch|chính ủy|tư lệnh|thường vụ|chính trị viên|biên tập|trợ lý)"
    r"(?: (?:chính trị|hậu cần|kỹ thuật|hậu cần - kỹ thuật|quân y|quân lực|tác huấn|hành chính|thường trực))?(?: sở)? $"
)
_SYLLABLE = re.compile(  # a syllable of Vietnamese, marks taken for any letter: `Sơ`, not `Viettel`, `FPT`
    r"(?:ngh?|ch|gh|gi|kh|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]{1,3}(?:ch|ng|nh|[cmnpt])?$"
)


class Syllables(Phrases):
    """Words and people."""

    def small_half_at(self, end: int) -> int | None:
        """End of the small syllable behind one that ends at `end`, if it is the other half of its word."""
        word = WORD.match(self.text, end + 1) if self.text[end : end + 1] == " " else None
        if word is None or not word[0].islower() or len(word[0]) > 7 or not word[0].isalpha():
            return None
        previous = self.low[self.low.rfind(" ", 0, end) + 1 : end]
        if ends_name(previous, word[0]) or self.follows(end + 1) or self.kind_of_place_at(end + 1):
            return None
        return word.end()

    def whole_word(self, i: int) -> int | None:
        """End of the unknown word that begins with a capital: `Sơ sinh`, `Thận nhân tạo`; None: of one syllable."""
        first = WORD.match(self.text, i)
        if first is None or (len(first[0]) > 1 and first[0].isupper()) or not _SYLLABLE.match(first[0].lower()):
            return None
        end = self.small_half_at(first.end())
        if end is None or self.text[end : end + 1] != " ":
            return end
        if self.phrase_at(end + 1):
            return end
        far = self.small_run(end, 2)  # a third and fourth syllable only where the name clearly ends behind them
        if far is None:
            return end
        one_more = self.low.startswith(" và ", far) and " " not in self.low[end + 1 : far]
        return far if one_more or self.stops_clearly(far) else end

    def stops_clearly(self, end: int) -> bool:
        """Whether a name that ends here is followed by a mark, an owner or a place, not by a verb."""
        if self.text[end : end + 1] != " ":
            return True
        return self.owner_head_at(end + 1) is not None or self.kind_of_place_at(end + 1) is not None

    def has_post(self) -> bool:
        """Whether a post stands before the name: a person's name may follow it."""
        return _POST.search(self.low, max(0, self.outer - 40), self.outer) is not None

    def begins_person(self, i: int) -> bool:
        word = WORD.match(self.low, i)
        return word is not None and word[0] in surnames() and self.person_at(i)

    def small_run(self, i: int, limit: int, careful: bool = True) -> int | None:
        """End of the words in small letters behind the blank at `i`, up to one that begins the next phrase.

        careful: also up to one that may follow a name, though names have it too
        """
        end = None
        previous = self.low[self.low.rfind(" ", 0, i) + 1 : i]
        for _ in range(limit):
            pair = _PAIR.match(self.low, i - len(previous)) if self.text[i : i + 1] == "," else None
            if pair:  # phòng, chống; khám, chữa
                i += 1
            word = WORD.match(self.text, i + 1) if self.text[i : i + 1] == " " else None
            if word is None or not word[0].islower() or ends_name(previous, word[0]):
                break
            if (careful and self.follows(i + 1)) or self.kind_of_place_at(i + 1):
                break
            previous, i = word[0], word.end()
            end = i
        return end

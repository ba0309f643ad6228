"""Official documents as a text names them: by number, by quoted title, laws by their name.

Sources: Decree 30/2020/NĐ-CP and Central Office guideline 36-HD/VPTW (types and shapes of numbers);
reference/document_types.tsv, document_words.tsv, document_letters.tsv, document_issuers.tsv, law_names.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipelines.normalize.dates import find_dates
from pipelines.normalize.document_names import law_at
from pipelines.normalize.document_numbers import Number, letters_issuer, letters_type, number_at
from pipelines.normalize.document_words import LAWS, Words, heads, letters, types
from pipelines.normalize.mentions import DocumentMention
from pipelines.normalize.phrases import QUOTES, as_written, is_cut_off, name_end, phrase_end, quotes
from pipelines.normalize.spelling import Plain, plain

_MORE = re.compile(r" ?(?:,|;| và| hoặc|, và) (?:số )?(?=\d)")
_STEP = re.compile(
    r"(?P<day> ?,? ?\(?(?=ngày \d))"
    r"|(?P<issuer>,? của )"
    r"|(?P<session>,? \(?(?:khóa|khoá) [ivxlc\d]+\)?)"
    r"|(?P<about> (?:quy định )?(?=về |v/v ))"
    r"|(?P<title>:? )(?=[“\"«„])"
)
_LICENCE = re.compile("[-/]GP")  # `Giấy phép hoạt động số 118/BQP-GPHĐ` in a page's foot
# Their own name follows in small letters, with no end to be seen: `Ban Chỉ đạo tổng kết 10 năm …`.
_HALF_NAMES = frozenset(
    {"ban chỉ đạo", "hội đồng", "tổ công tác", "ủy ban", "uỷ ban", "ban", "sở", "cục", "ban tổ chức"}
)
_BEHIND = re.compile(r" +(?:chuyên đề )?(?P<no>số ?:? ?(?=\d))?(?P<starts>(?=[\d“\"«„]|ngày \d))?")
_BEHIND_NO = re.compile(r" ?:? ?(?=\d)")
_ITS_NUMBER = re.compile(r",? \(?số (?=\d)")
_FULL_YEAR = re.compile(r"\d{4}|năm|/\d\d\b")


def find_documents(text: str, anchor: date | None = None) -> list[DocumentMention]:
    """Every official document a text names, in order of position, never overlapping.

    text      any text; NFD, fullwidth digits and no-break spaces are read as what they look like
    anchor    publication day, for `ngày 8/7 năm nay`; days without a year stay unknown
    span      from the type to the number, quoted title or name; of later members of a list (`Nghị quyết 28, 29`) the
              number alone
    left out  types without number, name or quoted title (`các nghị quyết, chỉ thị`, `Quyết định của Bộ Công an`); what
              only looks like a number: counts (`Quyết định 3 vấn đề`), durations (`kế hoạch 5 năm`), years
    """
    spelled = plain(text)
    low = spelled.low
    found = heads(spelled)
    return _Reader(spelled, text, low, anchor).read(found) if found else []


@dataclass(slots=True)
class _Tail:
    """What is told behind the number, and where it ends."""

    issuer: str | None = None
    issued_on: date | None = None
    subject: str | None = None
    titled: int = 0  # end of the quoted title, where that stands right behind


class _Reader:
    """One text. `read` goes through it once; what one document has taken no other reads again."""

    def __init__(self, spelled: Plain, given: str, low: str, anchor: date | None) -> None:
        self.spelled, self.text, self.given, self.low, self.anchor = spelled, spelled.text, given, low, anchor
        self.found: list[DocumentMention] = []

    @cached_property
    def quoted(self) -> dict[int, int]:
        """Start and end of what stands in quotes."""
        return dict(quotes(self.text))

    def read(self, places: list[tuple[int, int]]) -> list[DocumentMention]:
        """places: those of the heads"""
        end = 0
        for start, at in places:
            if start < end or self.low[start - 1 : start].isalnum():
                continue
            head = self.low[start:at]
            end = (self._unnamed(start, at) if head == "số" else self._at(head, start, at)) or end
        return self.found

    def _unnamed(self, start: int, at: int) -> int:
        """`số 05-CT/TW`: its letters say what it is. Gives its end, or 0."""
        behind = _BEHIND_NO.match(self.low, at)
        number = number_at(self.text, self.low, behind.end(), "letters", True) if behind else None
        kind = letters_type(number) if number and not _LICENCE.search(number.letters) else None
        return self._numbered(kind, start, [number]) if number and kind else 0

    def _at(self, head: str, start: int, at: int) -> int:
        """Keep the document whose type's words or letters stand here; gives its end, or 0."""
        behind = _BEHIND.match(self.low, at)
        row = types().get(head)
        if behind is None or (behind["starts"] is None and (row is None or row.document_type not in LAWS)):
            return 0
        at, after_no = behind.end(), behind["no"] is not None
        if row is None:  # `QĐ số 12`, `NQ 28-NQ/TW`; `QĐ 12` may be an army corps
            if self.text[start].islower():
                return 0
            number = number_at(self.text, self.low, at, "weak", after_no)
            return self._numbered(letters()[head], start, [number]) if number else 0
        kind = row.document_type
        large = self.text[start].isupper() and not self.text[start + 1 : start + 2].isupper()
        if self.low.startswith("ngày ", at):
            return self._dated(kind, start, at)
        number = number_at(self.text, self.low, at, _rule(row.short, large, after_no), after_no)
        if number is not None:
            if kind == "Văn bản":
                kind = letters_type(number, office=False) or kind
            return self._numbered(kind, start, self._list(number))
        if after_no:
            return 0
        if self.low[at : at + 1] in QUOTES and at in self.quoted:
            return self._titled(kind, start, at, row, large)
        return self._law(kind, start, at) if kind in LAWS else 0

    def _list(self, first: Number) -> list[Number]:
        """The numbers that share a type: `28, 29`, `18-NQ/TW và 19-NQ/TW`."""
        numbers = [first]
        while len(numbers) < 20 and (more := _MORE.match(self.low, numbers[-1].end)):
            rule = "firm" if numbers[-1].letters == "" else "letters"
            number = number_at(self.text, self.low, more.end(), rule, "số " in more[0])
            if number is None:
                break
            numbers.append(number)
        return numbers

    def _numbered(self, kind: str, start: int, numbers: list[Number]) -> int:
        """Keep numbers of one type. They share the issuer; day and subject are the last one's."""
        tail = self._tail(numbers[-1].end)
        for number in numbers:
            last = number is numbers[-1]
            self._keep(
                kind,
                number.printed,
                tail.issuer or letters_issuer(number),
                tail.issued_on if last else None,
                tail.subject if last else None,
                start if number is numbers[0] else number.start,
                max(number.end, tail.titled) if last else number.end,
            )
        return max(numbers[-1].end, tail.titled)

    def _tail(self, at: int) -> _Tail:
        """Issuer, day and subject right behind a number, in whatever order they come."""
        tail = _Tail()
        for _ in range(5):
            step = _STEP.match(self.low, at)
            if step is None:
                break
            if step.lastgroup == "title":
                end = self.quoted.get(step.end())
                if end is None or tail.subject:
                    break
                tail.subject, tail.titled = self._words(step.end() + 1, end - 1), end
                break
            if step.lastgroup == "issuer":
                end = name_end(self.text, self.low, step.end())
                if end == step.end() or tail.issuer or is_cut_off(self.text, end):
                    break
                name = self._words(step.end(), end)
                tail.issuer, at = None if name.lower() in _HALF_NAMES else name, end
            elif step.lastgroup == "day":
                day, end = self._day(step.end())
                if end == 0 or tail.issued_on:
                    break
                tail.issued_on, at = day, end + (self.text[end : end + 1] == ")" and "(" in step[0])
            elif step.lastgroup == "about":
                end = phrase_end(self.text, self.low, step.end())
                if self.text[step.end() : end].count(" ") >= 1:
                    tail.subject = self._words(step.end(), end)
                break
            else:
                at = step.end()
        return tail

    def _day(self, at: int) -> tuple[date | None, int]:
        """The day that starts at `at`, if one does, and its end; None for a day without its year."""
        for mention in find_dates(self.text[at : at + 48], self.anchor or date(2000, 1, 1))[:1]:
            if mention.start or mention.kind != "date" or mention.precision != "day":
                continue
            surface = self.low[at : at + mention.end]
            written = _FULL_YEAR.search(surface)
            relative = "năm" in surface and not any(len(part) == 4 for part in re.findall(r"\d+", surface))
            known = written and not (relative and self.anchor is None)
            return (mention.start_date if known else None), at + mention.end
        return None, 0

    def _dated(self, kind: str, start: int, at: int) -> int:
        """`Quyết định ngày 20/10/2006 của Thủ tướng Chính phủ`: known by issuer and day."""
        day, end = self._day(at)
        if day is None or self.text[start].islower():
            return 0
        tail = self._tail(end)
        if tail.issuer is None:
            return 0
        self._keep(kind, None, tail.issuer, day, tail.subject, start, end)
        return end

    def _titled(self, kind: str, start: int, at: int, row: Words, large: bool) -> int:
        """`Đề án “Một số vấn đề …”`. A few words or a small first letter are a turn of speech in quotes."""
        end = self.quoted[at]
        title = self._words(at + 1, end - 1)
        if row.quoted != "yes" or title.count(" ") < 2 or not (title[0].isupper() or title[0].isdecimal()):
            return 0
        if not large and kind != "Đề án":
            return 0
        tail = self._tail(end)
        self._keep(kind, None, tail.issuer, tail.issued_on, title, start, end)
        return end

    def _law(self, kind: str, start: int, at: int) -> int:
        """`Luật Nghĩa vụ quân sự`, with its number where that follows."""
        end, known = law_at(self.text, self.low, start, at, kind)
        if end == 0:
            return 0
        name = known or self._words(at, end)
        numbered = _ITS_NUMBER.match(self.low, end)
        number = number_at(self.text, self.low, numbered.end(), "letters", True) if numbered else None
        if number is None:
            self._keep(kind, None, None, None, name, start, end)
            return end
        tail = self._tail(number.end)
        self._keep(kind, number.printed, tail.issuer or letters_issuer(number), tail.issued_on, name, start, number.end)
        return number.end

    def _words(self, start: int, end: int) -> str:
        return as_written(self.spelled, self.given, start, end)

    def _keep(
        self, kind: str, number: str | None, issuer: str | None, day: date | None, subject: str | None, start: int,
        end: int,
    ) -> None:  # fmt: skip
        self.found.append(DocumentMention(kind, number, issuer, day, subject, *self.spelled.span(start, end)))


def _rule(short: str, large: bool, after_no: bool) -> str:
    """What a number must look like behind a type: see `number_at`."""
    if short == "firm":
        return "firm"
    if not large:
        return "letters"
    if after_no:
        return "weak"
    return "owned" if short == "weak" else "letters"

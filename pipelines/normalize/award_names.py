"""Awards by their name, and what the sentence says of them. Source: reference/award_names.tsv; Law on Emulation and
Commendation 06/2022/QH15 (titles, orders, medals, pennants, certificates).

One file: whether a name is an award given depends on the verb, and the verb's place says where giver and receiver stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipelines.normalize.award_counts import counts
from pipelines.normalize.phrases import as_written, name_end, quotes
from pipelines.normalize.spelling import Plain, lower, plain
from pipelines.reference import table

Span = tuple[int, int]

_CUES = ("khen", "n chương", "huy ch", "danh hiệu", "cờ ", "chiến sĩ t", "chiến sỹ t", "giải ", "cúp ", "huy hiệu",
         "biểu dương", "tặng ", "ghi công", "niệm chương", "giấy chứng nhận", "tuyên dương")  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[”\"])|\n")
_VERB = re.compile(
    r"(?<![^\W_])(?:tặng thưởng|trao tặng|truy tặng|phong tặng|trao thưởng|khen thưởng|biểu dương|tuyên dương|tặng|trao|"
    r"truy phong|công nhận|đón nhận|nhận|đạt|giành|đoạt|phong)(?![^\W_])(?! (?:đổi|thức|định|xét|thấy|nhiệm|hoa|quà|trào))"
)
_TAKES = frozenset({"đón nhận", "nhận", "đạt", "giành", "đoạt"})
_PROPOSED = re.compile(r"(?<![^\W_])(?:đề nghị|đề xuất|kiến nghị|trình|xét|suy tôn|bình xét|bình chọn|giới thiệu)(?![^\W_])")
_AIM = re.compile(
    r"(?<![^\W_])(?:(?:phấn đấu|quyết tâm|hướng tới|xứng đáng|tiêu chuẩn|sẽ|nếu|chuẩn bị|thủ tục|hồ sơ|đăng ký|mục tiêu|"
    r"chỉ tiêu|tiến tới)(?![^\W_])|(?:nhằm|để|chưa|(?<!phòng )không(?! quân)) [^,]*$)"
)
_HELD = re.compile(r"(?<![^\W_])(?:đã|vinh dự|từng|nhiều lần|nhiều năm|liên tục|trước đó)(?![^\W_])")
_TODAY = re.compile(r"dịp này|tại (?:hội nghị|buổi lễ|lễ|đại hội|chương trình|cuộc|buổi)|nhân dịp")
_BETWEEN_ENDS = re.compile(r"(?<![^\W_])(?:quà|suất|nhà|có|là|gia đình|tiền|hoa|sổ|xe|từng)(?![^\W_])|[;:]")
_ADVERBS = re.compile(
    r"(?:[ ,]+(?:đã|cũng|vừa|còn|đang|được|quyết|định|ký|ra|công|bố|tổ|chức|tiến|hành|long|trọng|trân|vinh|dự|nhất|trí|thống|"
    r"trực|tiếp|tuyên|biểu|dương|khen|thưởng|tặng|trao|và|lễ|xét|xem))+[ ,]*$"
)
_BEHIND_PASSIVE = re.compile(r" (?:đã |vừa )?được (?:trao tặng|trao|tặng)(?: cho)?(?![^\W_])")
_GRADE = re.compile(r" \(?(?:hạng )(?P<grade>nhất|nhì|ba|hai|i{1,3})(?![^\W_])\)?")
_GRADES = {"hai": "Nhì", "i": "Nhất", "ii": "Nhì", "iii": "Ba"}


@dataclass(frozen=True, slots=True)
class AwardName:
    """An award in a text, with what its sentence tells.

    name      canonical: `Huân chương Bảo vệ Tổ quốc hạng Nhì`, `Bằng khen`, `danh hiệu Đơn vị quyết thắng` (quotes
              left out), `giải Nhất`; `khen thưởng`, `biểu dương` where only that is said
    status    given; held (said of the past: `đã được tặng`, `vinh dự được … tặng`); proposed (`đề nghị … tặng`);
              None: not given at all, or an aim (`phấn đấu đạt danh hiệu …`)
    verb      in small letters; None
    groups, persons  how many; None: not told
    givers    where the giver may stand, the surest first: behind `của`; between `được` or `đề nghị` and the verb; the
              subject up to the verb. A giver ends where its stretch ends
    receiver  where those who get it stand: behind `cho`, or the subject of `được tặng`, `đón nhận`; None
    start, end  of the name; all positions are of the text as given, end exclusive
    """

    name: str
    status: str | None
    verb: str | None
    groups: int | None
    persons: int | None
    givers: tuple[Span, ...]
    receiver: Span | None
    start: int
    end: int


def find_award_names(text: str) -> list[AwardName]:
    """Every award a text names, in order of position, never overlapping, also those nobody is given.

    text      any text; quotes “ ” " « » ‘ ’ '
    left out  `Huân chương`, `danh hiệu`, `giải thưởng` without saying which; `công tác khen thưởng`, and `khen thưởng`,
              `biểu dương` without a count; `giải`, `Cúp` without a verb of giving or winning
    """
    spelled = plain(text)
    low = lower(spelled.text).replace("sỹ", "sĩ").replace("kỉ niệm", "kỷ niệm")
    if not any(cue in low for cue in _CUES):
        return []
    return _Sentences(spelled, text, low).read()


class _Sentences:
    """One text, read once from left to right; a name without a verb of its own shares that of the name before it."""

    def __init__(self, spelled: Plain, given: str, low: str) -> None:
        self.spelled, self.text, self.given, self.low = spelled, spelled.text, given, low
        self.quoted = dict(quotes(spelled.text))

    def read(self) -> list[AwardName]:
        names = self._names()
        found: list[AwardName] = []
        last: AwardName | None = None
        ends = [match.end() for match in _SENTENCE_END.finditer(self.low)] + [len(self.low)]
        place, begin = 0, 0
        for index, (start, end, name) in enumerate(names):
            while ends[place] <= start:
                begin, place, last = ends[place], place + 1, None
            stop = ends[place]
            if index + 1 < len(names) and names[index + 1][0] < stop:
                stop = names[index + 1][0]
            award = self._told(name, start, end, begin if last is None else last.end, begin, stop, last)
            if award is not None:
                found.append(award)
                last = award
        return [self._placed(award) for award in found]

    def _placed(self, award: AwardName) -> AwardName:
        """The award with the positions of the text as given."""
        span = self.spelled.span
        start, end = span(award.start, award.end)
        receiver = None if award.receiver is None else span(*award.receiver)
        return replace(award, start=start, end=end, receiver=receiver, givers=tuple(span(*one) for one in award.givers))

    # Names

    def _names(self) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        last = 0
        low, pattern = self.low, _pattern()
        for head in _heads().finditer(low):
            start = head.start()
            if start < last or low[start - 1 : start].isalnum():
                continue
            match = pattern.match(low, start)
            read = self._name(match) if match else None
            if read is not None:
                found.append((start, *read))
                last = read[0]
        return found

    def _name(self, match: re.Match[str]) -> tuple[int, str] | None:
        """End and canonical name of what starts here; None where no certain award does."""
        low, end = self.low, match.end()
        if match["known"]:
            name, grades = _known()[match["known"]]
            before = low[max(0, match.start() - 12) : match.start()]
            if grades == "title" and not match["title"] and not before.endswith(("tặng ", "truy tặng ", "tuyên dương ")):
                return None
            grade = _GRADE.match(low, end) if grades == "yes" else None
            if grade:
                word = grade["grade"]
                return grade.end() - grade[0].endswith(")") * ("(" not in grade[0]), f"{name} hạng {_GRADES.get(word, word.capitalize())}"
            return end, name
        if match["quoted"]:
            at = end
            stop = self.quoted.get(at)
            if stop is None:
                return (end - 1, "Kỷ niệm chương") if match["quoted"].startswith("kỷ") else None
            inside = as_written(self.spelled, self.given, at + 1, stop - 1).strip(" .,;")
            head = match["quoted"].strip()
            return (stop, f"{_HEADS[head]} {inside}") if inside else None
        if match["years"]:
            return end, f"Huy hiệu {int(match['years'])} năm tuổi Đảng"
        if match["prize"]:
            word = match["prize"]
            return end, "giải " + (word.upper() if len(word) == 1 else word.capitalize())
        if match["cup"]:
            return end, "Cúp " + match["cup"]
        if match["token"]:
            return end, "Kỷ niệm chương"
        return end, match["deed"]

    # What the sentence tells

    def _told(
        self, name: str, start: int, end: int, floor: int, begin: int, stop: int, last: AwardName | None
    ) -> AwardName | None:
        low = self.low
        deed = name in {"khen thưởng", "biểu dương"}
        verb, verb_start, verb_end = (name, start, start) if deed else self._verb(floor, start)
        clause = max(low.rfind(";", begin, start), begin - 1) + 1
        behind = self._behind(end)
        owner = self._owner(end)
        after = owner[1] if owner else end
        if verb is None and behind is None:
            if last is None or last.verb is None or low.count(".", last.end, start) or name.startswith(("giải", "Cúp")) and not last.name.startswith(("giải", "Cúp", "Huy chương")):
                return None if name.startswith(("giải", "Cúp")) else AwardName(name, None, None, None, None, (owner,) if owner else (), None, start, end)
            groups, persons = counts(low, after, self._clause_end(after, stop))
            receiver = self._receiver(after, stop)
            givers = (owner,) if owner else last.givers
            passive = last.receiver is not None and last.receiver[1] <= last.start
            return AwardName(name, last.status, last.verb, groups, persons, givers, receiver or (last.receiver if passive else None), start, end)
        if verb is None:
            assert behind is not None
            receiver = (behind, self._clause_end(behind, stop))
            groups, persons = counts(low, *receiver)
            return AwardName(name, "given", "trao", groups, persons, (owner,) if owner else (), receiver, start, end)
        return self._with_verb(name, verb, (verb_start, verb_end), (start, end), clause, stop, owner, deed)

    def _with_verb(
        self, name: str, verb: str, at: Span, place: Span, clause: int, stop: int, owner: Span | None, deed: bool
    ) -> AwardName | None:
        low, (start, end), (verb_start, verb_end) = self.low, place, at
        lead = low[clause:verb_start]
        passive = low.rfind(" được ", max(0, clause - 1, verb_start - 90), verb_start)
        proposed = None
        for proposed in _PROPOSED.finditer(low, max(clause, verb_start - 110), verb_start):  # noqa: B007
            pass
        if proposed and low.count(",", proposed.end(), verb_start) > 2:
            proposed = None
        near = low[max(clause, verb_start - 60) : verb_start]
        clause_end = self._clause_end(owner[1] if owner else end, stop)
        receiver: Span | None
        status: str | None
        givers: list[Span] = [owner] if owner else []
        if passive >= 0 and not proposed:
            status = "held" if _HELD.search(low, max(clause, passive - 30), passive + 1) and not _TODAY.search(lead) else "given"
            givers += self._trimmed(passive + len(" được "), verb_start)
            receiver = next(iter(self._trimmed(clause, passive + 1)), None)
        elif verb in _TAKES:
            status, receiver = "given", next(iter(self._trimmed(clause, verb_start)), None)
        else:
            status = "given"
            receiver = self._receiver(verb_end if deed else (owner[1] if owner else end), stop, verb_end, start)
            if deed:
                receiver = (end, clause_end)
            if proposed:
                givers += self._trimmed(proposed.end(), verb_start)
            else:
                givers += self._trimmed(clause, verb_start)
        if proposed:
            status = "proposed"
        if _AIM.search(near) and not proposed:
            status = None
        if receiver is not None and receiver[1] <= verb_start:
            groups, persons = counts(low, *receiver)
        else:
            groups, persons = counts(low, verb_end, start) if not deed else (None, None)
            if groups is None and persons is None:
                groups, persons = counts(low, end, clause_end)
        if deed and groups is None and persons is None:
            return None
        return AwardName(name, status, verb, groups, persons, tuple(givers), receiver, start, end)

    def _verb(self, floor: int, start: int) -> tuple[str | None, int, int]:
        """The nearest verb before the name, close enough to be its own."""
        nearest = None
        for nearest in _VERB.finditer(self.low, max(floor, start - 110), start):  # noqa: B007
            pass
        if nearest is None or _BETWEEN_ENDS.search(self.low, nearest.end(), start):
            return None, 0, 0
        if nearest[0] == "công nhận" and "danh hiệu" not in self.low[nearest.end() : start + 9]:
            return None, 0, 0
        return nearest[0], nearest.start(), nearest.end()

    def _behind(self, end: int) -> int | None:
        """`Bằng khen được trao cho …`: where those it was given to begin."""
        match = _BEHIND_PASSIVE.match(self.low, end)
        return match.end() if match else None

    def _owner(self, end: int) -> Span | None:
        """The giver behind the name: `Bằng khen của Thủ tướng Chính phủ`."""
        if not self.low.startswith(" của ", end):
            return None
        stop = name_end(self.text, self.low, end + 5)
        return (end + 5, stop) if stop > end + 5 else None

    def _clause_end(self, at: int, stop: int) -> int:
        place = self.low.find(";", at, stop)
        return stop if place < 0 else place

    def _receiver(self, at: int, stop: int, verb_end: int = 0, start: int = 0) -> Span | None:
        """Behind `cho`; else what stands between verb and name (`tặng đồng chí … Huy hiệu …`)."""
        end = self._clause_end(at, stop)
        place = re.compile(r" (?:cho|tới|đến) ").search(self.low, at, min(end, at + 60))
        if place:
            return place.end(), end
        if start - verb_end > 2 and verb_end:
            return next(iter(self._trimmed(verb_end, start)), None)
        return None

    def _trimmed(self, start: int, end: int) -> list[Span]:
        """The stretch without adverbs at its end and blanks around it; none where nothing is left."""
        adverbs = _ADVERBS.search(self.low[max(start, end - 80) : end])
        if adverbs:
            end = max(start, end - 80) + adverbs.start()
        while end > start and self.text[end - 1] in " ,":
            end -= 1
        while start < end and self.text[start] in " ,":
            start += 1
        return [(start, end)] if start < end else []


_HEADS = {"danh hiệu": "danh hiệu", "kỷ niệm chương": "Kỷ niệm chương", "huy hiệu": "Huy hiệu", "giải thưởng": "Giải thưởng", "huy chương": "Huy chương", "cờ": "Cờ"}


@cache
def _known() -> dict[str, tuple[str, str]]:
    return {row["words"]: (row["award"], row["grades"]) for row in table("award_names")}


@cache
def _heads() -> re.Pattern[str]:
    """First words of the names: bare literals, for speed. `_pattern` reads on from there."""
    firsts = {" ".join(words.split()[:2]) for words in _known()}
    firsts |= {"danh hiệu ", "kỷ niệm chương", "huy hiệu ", "giải ", "cúp ", "cờ ", "huy chương ", "khen thưởng", "biểu dương"}
    return re.compile("|".join(map(re.escape, sorted(firsts, key=lambda first: (-len(first), first)))))


@cache
def _pattern() -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, _known()), key=len, reverse=True))
    return re.compile(
        rf"(?P<title>danh hiệu )?(?P<known>{known})(?![^\W_])"
        r"|(?P<quoted>(?:danh hiệu|kỷ niệm chương|huy hiệu|giải thưởng|huy chương|cờ) )(?=[“\"«„‘'])"
        r"|huy hiệu (?P<years>\d\d) năm tuổi đảng(?![^\W_])"
        r"|giải (?P<prize>nhất|nhì|ba|tư|khuyến khích|đặc biệt|a|b|c)(?![^\W_])(?! (?:bài|vấn|câu|toán))"
        r"|cúp (?P<cup>vô địch|vàng|bạc|đồng|luân lưu|lưu niệm)(?![^\W_])"
        r"|(?P<token>kỷ niệm chương)(?![^\W_])"
        r"|(?P<deed>khen thưởng|biểu dương)(?=(?: đột xuất| kịp thời)?(?: cho| đối với)? "
        r"(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) ))"
    )

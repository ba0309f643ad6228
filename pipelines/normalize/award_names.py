"""Awards, and what their sentence says of them: given or only proposed, by whom, to how many.

The verb decides: in `X tặng Bằng khen cho Y` X gives, in `Y được X tặng Bằng khen` and `đề nghị X tặng Y` too.
Positions inside are of the plain spelling, until `find_award_names` turns them into those of the text as given.

One file: where giver and receiver stand is read off the same verb that tells whether anything was given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.normalize.award_counts import competitors, counts, prizes_before
from pipelines.normalize.award_words import DEEDS, is_prize, may_name, names_in
from pipelines.normalize.phrases import name_end
from pipelines.normalize.spelling import Plain, plain
from pipelines.normalize.word_starts import at_word_start, holds_one

Span = tuple[int, int]

_REACH = 400  # characters before a name that are looked at; the subject of its verb stands nearer
_END = r"(?![^\W_])"
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|[.!?…]*(?=\s|$|[”\"]))")
_POINT_END = re.compile(r"\.\.*(?=\s|$|[”\"])")
_VERBS = (
    "tặng thưởng", "trao tặng", "truy tặng", "phong tặng", "trao thưởng", "khen thưởng", "biểu dương", "tuyên dương",
    "tặng", "trao", "truy phong", "công nhận", "đón nhận", "nhận", "đạt", "giành", "đoạt", "phong",
)  # fmt: skip
_VERB = re.compile(rf"{at_word_start(_VERBS)}{_END}(?! (?:đổi|thức|định|xét|thấy|nhiệm|hoa|quà|trào|cách){_END})")
_TAKES = frozenset({"đón nhận", "nhận", "đạt", "giành", "đoạt"})
_PROPOSALS = (
    "đề nghị", "đề xuất", "kiến nghị", "xét", "suy tôn", "bình xét", "bình chọn", "giới thiệu",
    "trình(?<!quá trình)(?<!chương trình)(?<!công trình)(?<!tiến trình)(?<!hành trình)(?<!lộ trình)"
    "(?! bày| diễn| độ)",
)  # fmt: skip
_PROPOSED = re.compile(at_word_start(_PROPOSALS) + _END)
_AIMS = (
    "phấn đấu", "quyết tâm", "hướng tới", "xứng đáng", "tiêu chuẩn", "sẽ", "nếu", "chuẩn bị", "thủ tục", "hồ sơ",
    "đăng ký", "mục tiêu", "chỉ tiêu", "tiến tới",
)  # fmt: skip
_NOT_YET = ("nhằm", "để", "chưa", "không(?<!phòng không)(?! quân)")
_AIM = re.compile(at_word_start([*(aim + _END for aim in _AIMS), *(f"{word} [^,]*$" for word in _NOT_YET)]))
_BEFORE_NOW = re.compile(
    at_word_start(["đã", "vinh dự", "từng", "nhiều lần", "nhiều năm", "liên tục", "trước đó"]) + _END
)
_NOW = re.compile(r"dịp này|tại (?:hội nghị|buổi lễ|lễ|đại hội|chương trình|cuộc|buổi)|nhân dịp")
# What the verb gives, or another clause: the name behind it is not what is given.
_OTHERS = ("quà", "suất", "nhà", "có", "là", "gia đình", "tiền", "hoa", "sổ", "xe", "từng")
_OTHER_OBJECT = re.compile(rf"{at_word_start(_OTHERS)}{_END}|[;:]")
_ADVERB_WORDS = (
    "đã", "cùng", "cũng", "vừa", "còn", "đang", "được", "quyết định", "ký", "ra", "công bố", "tổ chức", "tiến hành",
    "long trọng", "trân trọng", "vinh dự", "nhất trí", "thống nhất", "trực tiếp", "tuyên dương", "biểu dương",
    "khen thưởng", "tặng", "trao", "và", "lễ", "xét", "xem xét",
)  # fmt: skip
_ADVERBS = re.compile(rf"(?:[ ,]+(?:{'|'.join(_ADVERB_WORDS)})(?<!ban tổ chức))+[ ,]*$")
_BEHIND = re.compile(rf" (?:đã |vừa )?(?:được (?:trao tặng|trao|tặng)(?: cho)?|thuộc về){_END}")
_TO = re.compile(r" (?:cho|tới|đến|tặng(?! quà| hoa| thưởng)|thuộc về) ")
_GIVING = (
    r" (?:trao tặng|trao|tặng) (?:thêm )?(?:\d+ )?"
    rf"(?:quà|phần|suất|nhà|tiền|xe|học bổng|hoa|sổ|kinh phí){_END}"
)
_GIFT = re.compile(_GIVING)
_GIFTS = re.compile(rf"(?:,| và|, và){_GIVING}")
_DEED_OBJECT = re.compile(
    r"(?: đột xuất| kịp thời)?(?: cho| đối với)? (?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) )"
)


class AwardName(NamedTuple):
    """An award in a text, with what its sentence tells.

    name      canonical: `Huân chương Bảo vệ Tổ quốc hạng Nhì`, `Bằng khen`, `danh hiệu Đơn vị quyết thắng` (quotes
              left out), `giải Nhất`; `khen thưởng`, `biểu dương` where only that is said
    status    given; held (said of the past: `vinh dự được … tặng`); proposed (`đề nghị … tặng`); None: nobody is said
              to get it, or it is an aim (`phấn đấu đạt danh hiệu …`)
    verb      in small letters; None
    groups, persons  how many; None: not told
    prizes    how many of it (`2 giải Nhì`); None: not told
    competitors  what one prize goes to, groups or persons, where the text says who competes; None
    givers    where the giver may stand, the surest first: behind `của`; between `được` or `đề nghị` and the verb; the
              subject up to the verb. A giver reaches up to the end of its stretch
    receiver  where those who get it stand: behind `cho`, or the subject of `được tặng`, `đón nhận`; None
    start, end  of the name. All positions are code points of the text as given, end exclusive
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
    prizes: int | None = None
    competitors: str | None = None


def find_award_names(text: str) -> list[AwardName]:
    """Every award a text names, in order of position, never overlapping, also those nobody is said to get.

    text      any text; quotes “ ” " « » ‘ ’ '
    left out  `Huân chương`, `danh hiệu`, `giải thưởng` that do not say which; `công tác khen thưởng`, and
              `khen thưởng`, `biểu dương` without a count; places in competitions without a verb of giving or winning
    """
    spelled = plain(text)
    low = spelled.low
    if not may_name(low):
        return []
    low = low.replace("sỹ", "sĩ").replace("kỉ niệm", "kỷ niệm")
    names = names_in(spelled, text, low)
    return _Sentences(spelled, low).read(names) if names else []


class _Sentences:
    """One text. A name without a verb of its own shares that of the name before it in the sentence."""

    def __init__(self, spelled: Plain, low: str) -> None:
        self.spelled, self.text, self.low = spelled, spelled.text, low

    def read(self, names: list[tuple[int, int, str]]) -> list[AwardName]:
        found: list[AwardName] = []
        ending = _SENTENCE_END if holds_one(self.low, ("!", "?", "…", "\n")) else _POINT_END
        ends = [match.end() for match in ending.finditer(self.low)] + [len(self.low)]
        place, begin, last = 0, 0, None
        for index, (start, end, name) in enumerate(names):
            while ends[place] <= start:
                begin, place, last = ends[place], place + 1, None
            follower = names[index + 1][0] if index + 1 < len(names) else ends[place]
            prizes = prizes_before(self.low, start)[0] if is_prize(name) else None
            bare = AwardName(name, None, None, None, None, (), None, start, end, prizes)
            award = self._told(bare, begin, min(ends[place], follower), last)
            if award is not None:
                found.append(award)
                last = award
        return [self._placed(award) for award in self._with_competitors(found)]

    def _with_competitors(self, found: list[AwardName]) -> list[AwardName]:
        """Prizes told by number, with who competes: those behind it or behind the next of its list, else those that
        the whole text names."""
        if not any(award.prizes for award in found):
            return found
        anywhere = competitors(self.low, 0, len(self.low))
        kind, told, next_start = None, list[AwardName](), len(self.low)
        for award in reversed(found):
            stop = self._clause_end(award.end, next_start)
            kind = competitors(self.low, award.end, stop) or (kind if stop == next_start else None)
            if award.name.endswith(" toàn đoàn"):
                kind = "groups"
            who = kind or anywhere
            told.append(award._replace(competitors=who) if who and award.prizes else award)
            next_start = award.start
        return told[::-1]

    def _placed(self, award: AwardName) -> AwardName:
        """The award with the positions of the text as given."""
        if self.spelled.offsets is None:
            return award
        span = self.spelled.span
        start, end = span(award.start, award.end)
        receiver = None if award.receiver is None else span(*award.receiver)
        return award._replace(start=start, end=end, receiver=receiver, givers=tuple(span(*one) for one in award.givers))

    def _told(self, award: AwardName, begin: int, stop: int, last: AwardName | None) -> AwardName | None:
        """The award with what is told of it between the start of its sentence and the next name or sentence."""
        start, end = award.start, award.end
        begin = max(begin, start - _REACH)
        owner = self._owner(end)
        award = award._replace(givers=owner) if owner else award
        behind = owner[0][1] if owner else end
        stop = self._clause_end(behind, stop)
        if award.name in DEEDS:
            return self._deed(award, begin, stop)
        verb = self._verb(begin if last is None else last.end, start)
        if verb is not None:
            return self._with_verb(award, verb, begin, stop, behind)
        passive = _BEHIND.match(self.low, end)
        if passive:
            groups, persons = counts(self.low, passive.end(), stop)
            receiver = (passive.end(), stop)
            return award._replace(status="given", verb="trao", groups=groups, persons=persons, receiver=receiver)
        if last is None or last.verb is None or (is_prize(award.name) and not is_prize(last.name)):
            return None if is_prize(award.name) else award
        groups, persons = counts(self.low, behind, stop)
        before = last.receiver if last.receiver and last.receiver[1] <= last.start else None
        return award._replace(
            status=last.status, verb=last.verb, groups=groups, persons=persons, givers=owner or last.givers,
            receiver=self._behind_to(behind, stop) or before,
        )  # fmt: skip

    def _deed(self, award: AwardName, begin: int, stop: int) -> AwardName | None:
        """`khen thưởng 3 tập thể`: the verb is the award, and its counts are what makes it one."""
        start, end = award.start, award.end
        objects = _DEED_OBJECT.match(self.low, end)
        if objects is None and self.low.rfind("được ", max(begin, start - 90), start) < 0:
            return None  # as most of them
        told = self._with_verb(award, (award.name, start, start), begin, stop, end)
        if objects is not None:
            groups, persons = counts(self.low, end, stop)
            told = told._replace(groups=groups, persons=persons, receiver=(end, stop))
        elif told.receiver is None or told.receiver[1] > start or told.status == "proposed":
            return None
        return told if told.groups is not None or told.persons is not None else None

    def _with_verb(self, award: AwardName, verb: tuple[str, int, int], begin: int, stop: int, behind: int) -> AwardName:
        low, (word, verb_start, verb_end) = self.low, verb
        clause = max(low.rfind(";", begin, verb_start) + 1, begin)
        proposed = _last(_PROPOSED, low, max(clause, verb_start - 110), verb_start)
        if proposed is not None and low.count(",", proposed, verb_start) > 2:
            proposed = None
        passive = low.rfind("được ", max(clause, verb_start - 90), verb_start)
        receiver: tuple[Span, ...]
        if proposed is not None:
            status, giver = "proposed", self._trimmed(proposed, verb_start)
            receiver = self._objects(verb_end, award.start, behind, stop)
        elif passive >= 0:
            past = _BEFORE_NOW.search(low, max(clause, passive - 30), passive)
            status = "held" if past and not _NOW.search(low, clause, verb_start) else "given"
            giver = self._trimmed(passive + len("được "), verb_start)
            receiver = self._trimmed(clause, passive)
        elif word in _TAKES:
            status, giver, receiver = "given", (), self._trimmed(clause, verb_start)
        else:
            status, giver = "given", self._trimmed(clause, verb_start)
            receiver = self._objects(verb_end, award.start, behind, stop)
        if proposed is None and _AIM.search(low, max(clause, verb_start - 60), verb_start):
            return award._replace(verb=word)
        groups, persons = counts(low, *receiver[0]) if receiver else (None, None)
        if groups is None and persons is None:
            groups, persons = counts(low, behind, stop)
        return award._replace(
            status=status, verb=word, groups=groups, persons=persons, givers=award.givers + giver,
            receiver=receiver[0] if receiver else None,
        )  # fmt: skip

    def _verb(self, floor: int, start: int) -> tuple[str, int, int] | None:
        """The nearest verb before the name with its span, where nothing between says that it gives something else."""
        nearest = None
        for match in _VERB.finditer(self.low, max(floor, start - 110), start):
            nearest = match
        if nearest is None or _OTHER_OBJECT.search(self.low, nearest.end(), start):
            return None
        if nearest[0] == "công nhận" and "danh hiệu" not in self.low[nearest.end() : start + len("danh hiệu")]:
            return None
        return nearest[0], nearest.start(), nearest.end()

    def _owner(self, end: int) -> tuple[Span, ...]:
        """The giver behind the name: `Bằng khen của Thủ tướng Chính phủ`."""
        start = end + len(" của ")
        stop = name_end(self.text, self.low, start) if self.low.startswith(" của ", end) else start
        return ((start, stop),) if stop > start else ()

    def _clause_end(self, at: int, stop: int) -> int:
        """Up to `;` or to what else is given: `tặng Giấy khen cho 3 tập thể và tặng quà cho 20 hộ`."""
        place = self.low.find(";", at, stop)
        stop = stop if place < 0 else place
        gifts = _GIFTS.search(self.low, at, stop) if _GIFT.search(self.low, at, stop) else None
        return gifts.start() if gifts else stop

    def _behind_to(self, at: int, stop: int) -> Span | None:
        """Those behind `cho`."""
        to = _TO.search(self.low, at, min(stop, at + 60))
        return (to.end(), stop) if to else None

    def _objects(self, verb_end: int, start: int, behind: int, stop: int) -> tuple[Span, ...]:
        """Those behind `cho`; else those between verb and name: `tặng đồng chí … Huy hiệu …`."""
        to = self._behind_to(behind, stop)
        return (to,) if to else self._trimmed(verb_end, prizes_before(self.low, start)[1])

    def _trimmed(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretch without adverbs at its end and blanks around it; none where nothing is left."""
        from_ = max(start, end - 80)
        stretch = self.low[from_:end]
        if stretch.rstrip(" ,\n").endswith(_ADVERB_WORDS) and (adverbs := _ADVERBS.search(stretch)):
            end = from_ + adverbs.start()
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip(" ,")), start + len(words.rstrip(" ,"))
        return ((start, end),) if any(map(str.isalpha, self.text[start:end])) else ()


def _last(pattern: re.Pattern[str], low: str, start: int, end: int) -> int | None:
    """End of the last match between two positions."""
    found = None
    for match in pattern.finditer(low, start, end):
        found = match.end()
    return found

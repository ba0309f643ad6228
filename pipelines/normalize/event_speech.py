"""Who speaks, reports or orders at an event, where no `phát biểu` says so: verbs of saying behind a name and its posts.

`Đại tá A, Phó Giám đốc Công an tỉnh đề nghị …`, `Thảo luận tại hội nghị, ông B nêu …`, `Các ý kiến được bà C trả lời`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from pipelines.normalize.event_lines import EventLine, Place
from pipelines.normalize.event_phrases import Phrases, one_blank, sign_phrases
from pipelines.normalize.phrase_patterns import sign_words, signs
from pipelines.normalize.word_starts import at_word_start

# `bàn giao`, `giao thông`, `chỉ đạo ban`: no order
_ORDER = re.compile(rf"(?<!bàn )(?<!chuyển ){signs('ordering')}(?! (?:thông|lưu|dịch|ban)(?!\w))")
_ADVERBS = re.compile(r"(?:(?<!\w)(?:đã|cũng|thì|lại|còn|vui mừng|xúc động|trân trọng|thẳng thắn|nhiệt liệt)[ ,]*)+$")
_ADVERB_ENDS = ("đã", "cũng", "thì", "lại", "còn", "mừng", "động", "trọng", "thắn", "liệt")
_OTHER = sign_phrases("not_saying")
_NO_VERB_BEHIND = ("ban ", "phòng ", "cục ", "vụ ", "thư ", "trực ")  # `Trưởng ban tổ chức`, `Tổ thư ký`
_NO_POST = re.compile(r"[.;:?!“”\"]")
# Somebody who is spoken to or of is no speaker.
_OBJECT = Phrases(
    (
        "của", "cho", "với", "tặng", "về", "theo", "thăm", "gặp", "tiếp", "mời", "đề nghị", "yêu cầu", "giao", "nhiệm",
        "động", "gồm", "là", "như", "từ", "tới", "đến", "nhớ", "bằng", "nhóm",
    ),
    then=r"(?: +(?:các|đồng chí|ông|bà|anh|chị|bác sĩ))* *$",
)  # fmt: skip
# `Theo báo cáo của Thiếu tá A`
_REPORT_OF = re.compile(
    r"(?<!\w)(?:theo|nghe) +(?:[^,.;]{0,30} )?báo cáo(?: [^,.;]{0,60})? (?:của|do)(?!\w)[^;:]{0,30}$"
)
# `Còn với Đại úy B, …`, `tổ y tế do bác sĩ C phụ trách`: who is so spoken of was there
_IN_HIS_VIEW = re.compile(
    r'[“" ]*(?:còn +)?(?:đối +)?với(?!\w)(?! *(?:đó|[^,]*(?:của|định|hoạch|cáo|trình|quyết|luận)(?!\w)))'
    r"[^;:]{0,30}"
)
_IN_CHARGE = re.compile(r"[^.;:]{0,120}?(?<!\w)(?:phụ trách|làm trưởng đoàn|làm tổ trưởng|trực tiếp khám)(?!\w)")
_SPEECH = re.compile(r"[\"“ ]*phát biểu(?! +(?:bế mạc|kết luận|tổng kết|kết thúc|khai mạc))")
_DEMAND = re.compile(at_word_start(("yêu cầu", "giao nhiệm vụ"), r"\w") + r"(?!\w)")
_BY = re.compile(r"do(?<!\wdo)(?: +(?:các|đồng chí|ông|bà))* *$")
_BY_ONE = re.compile(r"do(?<!\wdo) +[^,.;]{0,40}$")
_ASKED = re.compile(r"được(?<!\wđược)(?: +[^ ,.;]+){0,8} *$")
_ANSWERS = ("trả lời", "giải đáp", "giải trình", "thông tin")
_FRONT = re.compile(
    rf"[\"“ ]*(?:(?:tại|trong|sau|cũng|về|qua|đến|nhân)[^.;,]{{0,80}}, *)?"
    rf"(?:(?P<speak>{signs('speech_front')})|(?P<report>{signs('report_front')}))"
)
_NO_FRONT = re.compile(r"(?<!\w)(?:của|cho|với|tới|đến|do|bởi|như|và)(?!\w)")
_QUOTED = re.compile(r" *: *[\"“]")
_REACH, _POSTS = 240, 160
"""Characters between a name and its verb; between the head of a sentence and the name."""

Said = tuple[int, str]
"""Person, and speak, talk, quoted, report, direct, or demand of a speech that `phát biểu` told already."""


def said(line: EventLine, start: int, end: int, persons: Sequence[Place], public: Collection[int]) -> Iterator[Said]:
    """Those of the persons of a sentence who say something, with how; what is quoted may have been said to the paper.

    public  persons in a public role: others' verbs are not looked at
    """
    fronted = _fronted(line, start, persons)
    if _SPEECH.match(line.low, start, persons[0].start) and _DEMAND.search(line.low, persons[0].end, end):
        yield persons[0].which, "demand"
    if fronted is not None and fronted[1] == "report":
        yield fronted
    for number, person in enumerate(persons):
        if person.which not in public or (fronted is not None and fronted == (person.which, "report")):
            continue
        limit = persons[number + 1].start if number + 1 < len(persons) else end
        how = _verb_of(line, start, person, min(limit, person.end + _REACH)) or _spoken_of(line, start, number, person)
        if how is not None:
            yield person.which, how
        elif fronted is not None and fronted[0] == person.which:
            yield fronted


def _spoken_of(line: EventLine, start: int, number: int, person: Place) -> str | None:
    """How somebody is reported on without a verb of his: `Theo báo cáo của A`, `Còn với B, …`."""
    low = line.low
    near = max(start, person.start - 160)
    if low.find("báo cáo", near, person.start) >= 0 and _REPORT_OF.search(low, near, person.start):
        return "report"
    if number == 0 and _IN_HIS_VIEW.fullmatch(low, start, person.start):
        return "quoted"
    near = max(start, person.start - 60)
    if (
        low.find("do ", near, person.start) >= 0
        and _BY_ONE.search(low, near, person.start)
        and _IN_CHARGE.match(low, person.end)
    ):
        return "quoted"
    return None


def _fronted(line: EventLine, start: int, persons: Sequence[Place]) -> Said | None:
    """`Tham luận tại hội nghị, Đại tá A …`: the first named behind a comma."""
    front = _FRONT.match(line.low, start)
    if front is None or front.end() > persons[0].start or persons[0].start > front.end() + _POSTS:
        return None
    comma = line.low.rfind(",", front.end(), persons[0].start)
    if comma < 0 or _NO_POST.search(line.low, front.end(), persons[0].start):
        return None
    if _NO_FRONT.search(line.low, comma, persons[0].start):
        return None
    role = front.lastgroup or ""
    if role == "speak" and front["speak"] in {
        "đại diện",
        "thay mặt",
        "tiếp thu",
        "cảm ơn",
        "phát biểu",
        "nhận nhiệm vụ",
    }:
        return None  # what he does there says his verb
    return persons[0].which, role


def _verb_of(line: EventLine, start: int, person: Place, limit: int) -> str | None:
    """How somebody speaks, by the first verb behind the name with nothing but posts in between."""
    low = line.low
    other = _NO_POST.search(low, person.end, limit)
    verb = _first_verb(line, person.end, other.start() if other else limit)
    if verb is None or _does_more(line, person.end, verb[0]):
        return None
    at, stop, how = verb
    near = max(start, person.start - 60)
    if _BY.search(low, near, person.start):
        return "report" if how == "report" else None
    if _OBJECT.first(line, near, person.start):
        return None
    if _ASKED.search(low, near, person.start) and low[at:stop] not in _ANSWERS:
        return None
    return "quoted" if how == "talk" and _QUOTED.match(low, stop) else how


@cache
def _verbs() -> tuple[Phrases, dict[str, str]]:
    """The verbs of saying, and how one speaks of whom each is told."""
    known: dict[str, str] = {}
    for how, row in (("speak", "saying"), ("talk", "talking"), ("report", "reporting"), ("direct", "ordering")):
        earlier = tuple(f"{words} " for words in known)  # `thông tin thêm` is no more than `thông tin`
        known |= {words: how for words in sign_words(row) if not f"{words} ".startswith(earlier)}
    return Phrases(known), known


def _first_verb(line: EventLine, begin: int, end: int) -> tuple[int, int, str] | None:
    """Start and end of the first verb of saying in a stretch of a line, and how one speaks so."""
    verbs, known = _verbs()
    while span := verbs.first(line, begin, end):
        at, stop = span
        how = known[one_blank(line.low[at:stop])]
        if how == "direct":
            order = _ORDER.match(line.low, at, end)
            if order is None:
                begin = at + 1
                continue
            stop = order.end()
        if not _named(line, at):
            return at, stop, how
        begin = stop
    return None


def only_posts(line: EventLine, begin: int, verb: int) -> bool:
    """Whether nothing but posts, homes and the like stands between a name and a verb, so that the verb is his."""
    return _NO_POST.search(line.low, begin, verb) is None and not _does_more(line, begin, verb)


def _does_more(line: EventLine, begin: int, verb: int) -> bool:
    """Whether another verb stands between a name and a verb."""
    end = verb
    if line.low[begin:verb].rstrip(" ,").endswith(_ADVERB_ENDS) and (adverbs := _ADVERBS.search(line.low, begin, verb)):
        end = adverbs.start()
    at = begin
    while other := _OTHER.first(line, at, end):
        if line.low[begin : other[0]].endswith(_NO_VERB_BEHIND):
            at = other[0] + 1
        elif _named(line, other[0]):
            at = other[1]
        else:
            return True
    return False


def speaks(line: EventLine, begin: int, end: int) -> bool:
    """Whether a verb of saying stands in a stretch of a line."""
    return _first_verb(line, begin, end) is not None


def _named(line: EventLine, at: int) -> bool:
    """Whether a word is part of a name or written as one: `Ủy ban Kiểm tra`, `Ban Chỉ đạo`."""
    return line.text[at].isupper() or line.within(at)

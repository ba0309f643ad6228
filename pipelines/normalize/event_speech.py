"""Who speaks, reports or orders at an event, where no `phát biểu` says so: verbs of saying behind a name and its posts.

`Đại tá A, Phó Giám đốc Công an tỉnh đề nghị …`, `Thảo luận tại hội nghị, ông B nêu …`, `Các ý kiến được bà C trả lời`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipelines.normalize.event_lines import EventLine, Place
from pipelines.normalize.phrase_patterns import signs

_VERB = re.compile(
    rf"(?P<speak>{signs('saying')})|(?P<talk>{signs('talking')})|(?P<report>{signs('reporting')})|"
    rf"(?<!bàn )(?<!chuyển )(?P<direct>{signs('ordering')})(?! (?:thông|lưu|dịch|ban)(?!\w))"
)
_ADVERBS = re.compile(r"(?:(?<!\w)(?:đã|cũng|thì|lại|còn|vui mừng|xúc động|trân trọng|thẳng thắn|nhiệt liệt)[ ,]*)+$")
# `Trưởng ban tổ chức`, `Tổ thư ký`: no verb
_OTHER = re.compile(rf"(?<!ban )(?<!phòng )(?<!cục )(?<!vụ )(?<!thư )(?<!trực ){signs('not_saying')}")
_NO_POST = re.compile(r"[.;:?!“”\"]")
# Somebody who is spoken to or of is no speaker.
_OBJECT = re.compile(
    r"(?<!\w)(?:của|cho|với|tặng|về|theo|thăm|gặp|tiếp|mời|đề nghị|yêu cầu|giao|nhiệm|động|gồm|là|như|từ|tới|đến|nhớ|"
    r"bằng|nhóm)"
    r"(?: +(?:các|đồng chí|ông|bà|anh|chị|bác sĩ))* *$"
)
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
_DEMAND = re.compile(r"(?<!\w)(?:yêu cầu|giao nhiệm vụ)(?!\w)")
_BY = re.compile(r"(?<!\w)do(?: +(?:các|đồng chí|ông|bà))* *$")
_BY_ONE = re.compile(r"(?<!\w)do +[^,.;]{0,40}$")
_ASKED = re.compile(r"(?<!\w)được(?: +[^ ,.;]+){0,8} *$")
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
    verb = _VERB.search(low, person.end, limit)
    while verb is not None and _named(line, verb.start()):
        verb = _VERB.search(low, verb.end(), limit)
    if verb is None:
        return None
    if not only_posts(line, person.end, verb.start()):
        return None
    before = low[max(start, person.start - 60) : person.start]
    how = verb.lastgroup or ""
    if _BY.search(before):
        return "report" if how == "report" else None
    if _OBJECT.search(before):
        return None
    if _ASKED.search(before) and verb[0] not in _ANSWERS:
        return None
    return "quoted" if how == "talk" and _QUOTED.match(low, verb.end()) else how


def only_posts(line: EventLine, begin: int, verb: int) -> bool:
    """Whether nothing but posts, homes and the like stands between a name and a verb, so that the verb is his."""
    posts = _ADVERBS.sub("", line.low[begin:verb])
    if _NO_POST.search(posts):
        return False
    return all(_named(line, begin + other.start()) for other in _OTHER.finditer(posts))


def speaks(line: EventLine, begin: int, end: int) -> bool:
    """Whether a verb of saying stands in a stretch of a line."""
    return any(not _named(line, verb.start()) for verb in _VERB.finditer(line.low, begin, end))


def _named(line: EventLine, at: int) -> bool:
    """Whether a word is part of a name or written as one: `Ủy ban Kiểm tra`, `Ban Chỉ đạo`."""
    return line.text[at].isupper() or line.within(at)

"""Which words give somebody a role at an event: verbs behind or before the names, and those that look like them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import regex

from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.event_phrases import sign_phrases
from pipelines.normalize.phrase_patterns import signs
from pipelines.values import value

_EVENT = signs("event")
_ORDER = r"chỉ đ[ạa]o"  # `chỉ đao` is a frequent slip
_COME = r"(?:tham dự|đến dự|tới dự|về dự|dự|tham gia)"
_OBJECTS = signs("award_object")
_ROLES: dict[str, tuple[str, ...]] = {
    "direct": (
        rf"{_COME} *(?:và|,) *(?:phát biểu +)?{_ORDER}",
        rf"(?<!tác )(?<!việc )(?:kiểm tra|thăm|tham dự|dự)(?: *(?:,|và) *(?:theo dõi|động viên|kiểm tra))* *(?:,|và) *"
        rf"(?:trực tiếp +)?{_ORDER}(?= *[.,;]| *$| +{_EVENT})",
        rf"(?:có bài +)?phát biểu +(?:và +)?(?:{_ORDER}|giao nhiệm vụ)",
        r"giao nhiệm vụ(?= +cho(?!\w)| *,)",
        rf"(?:{_COME} +)?(?<!ban ){_ORDER}(?: +tại)?(?= +{_EVENT}| +có )",
    ),
    "conclude": (
        r"phát biểu +(?:bế mạc|kết luận|kết thúc|tổng kết)",
        rf"kết luận(?: +tại)?(?= +{_EVENT}| *[,.]| *$)",
    ),
    "report": (
        r"(?:trình bày|đọc|thông qua)(?: +(?:dự thảo|tóm tắt))? +(?:các +)?(?:báo cáo|tham luận|nghị quyết)",
        rf"(?:báo cáo|quán triệt)(?: +[^,.;]{{1,80}})? +tại +{_EVENT}",
        r"trình bày(?= *[,.;]| *$)",
    ),
    "chair": (
        rf"(?:dưới +sự +)?(?:đồng +)?chủ +(?:trì|tọa)"
        rf"(?= +(?:tổ chức +)?{_EVENT}| *[.,;:]| *$| +(?:và|là|có|gồm|tại|của)(?!\w))",
        r"(?:chủ tịch đoàn|đoàn (?:chủ tịch|chủ tọa))(?= [^.;]{0,60}?(?:gồm|có|là)(?!\w))",
        rf"điều hành(?= +{_EVENT})",
    ),
    "speak": (
        rf"phát biểu(?! +(?:bế mạc|kết luận|kết thúc|tổng kết|giao nhiệm vụ|{_ORDER}))",
        r"tham luận(?= +(?:tại|ở|với|về)| *[.,;]| *$)",
        r"đọc +(?:diễn văn|diễn từ|lời|đáp từ|thư|quyết tâm thư)",
        r"ôn lại +truyền thống",
        rf"trao đổi +tại +{_EVENT}",
    ),
    "attend": (
        rf"(?:cùng +)?{_COME}"
        rf"(?= +{_EVENT}| +(?:còn +)?(?:có|gồm|cùng|và)(?!\w)| *[.,;:]| *$| +(?:tại|ở|với) [^.;,]{{1,60}}?có(?!\w))",
        r"(?:vinh dự|vui mừng) +(?:được +)?(?:chào +)?đón(?: +tiếp)?(?! nhận)",
        r"có mặt",
        r"cùng +(?:chung vui|chứng kiến|chia vui)(?= [^.;,]{0,60}?có(?!\w))",
        r"sự +(?:tham dự|tham gia|có mặt|hiện diện|chứng kiến) của",
        r"về phía(?= [^.;]{1,120}?có(?!\w))",
        r"tham gia +đoàn",
        r"cùng đi",
        r"đi cùng",
        r"hội (?:đàm|kiến)(?= +với)",
    ),
    "receive": (
        r"(?:đón(?:,| và)? +)?(?:tiếp(?: đón)?(?:,| và)? +)?làm việc +(?:với|cùng) +(?:đoàn|tổ công tác)"
        r"(?= (?:[^.;,]{0,60}? )?(?:có|gồm)(?!\w))",
        r"đón tiếp",
        rf"tiếp(?= +{signs('guest')})",
        rf"(?:đón )?nhận(?= +{_OBJECTS})",
    ),
    "award": (rf"(?:trao tặng|trao|tặng)(?= +{_OBJECTS}| +[^.;,]{{0,20}}cho )",),
    "sign": (rf"ký(?= +{signs('paper')})",),
    "visit": (r"thăm(?!\w)", r"kiểm tra(?!\w)", r"làm việc +(?:với|tại)", r"chúc tết"),
    "lead": (r"làm +trưởng +đoàn", r"dẫn đầu"),
    "act": (
        r"công bố(?= +(?:các +)?(?:quyết định|nghị quyết|lệnh|quyết nghị))",
        r"gắn(?= +(?:quân hàm|cấp hàm|cấp hiệu|huy hiệu|biển))",
        r"cắt băng",
        r"đánh trống",
        r"dâng hương",
        r"bấm nút",
    ),
}
_FIRST_WORD = sign_phrases("role_start")
# `buổi kiểm tra`, `công tác kiểm tra`: no verb
_NOUN = re.compile(r"(?<!\w)(?:buổi|cuộc|đợt|công tác|việc|kết quả|ủy ban|ban|chuyến|sau|qua|nội dung|quà) *$")
_MOST = 40


@value
class Trigger:
    """Words that give a role. role: a role of participants, or visit, lead, act: what makes of them depends."""

    start: int
    end: int
    role: str


@lru_cache(maxsize=256)  # more than there are first words, but blanks may be many
def _behind(first: str) -> re.Pattern[str]:
    """What gives a role and begins with given words of `role_start`: few of all roles do."""
    may_begin = (
        (role, words)
        for role, alternatives in _ROLES.items()
        for words in alternatives
        if regex.match(words, first, partial=True)
    )
    return _pattern(tuple(may_begin))


@cache
def _pattern(alternatives: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """alternatives: each with its role"""
    roles: dict[str, list[str]] = {}
    for role, words in alternatives:
        roles.setdefault(role, []).append(words)
    named = (f"(?P<{role}>{'|'.join(words)})" for role, words in roles.items())
    return re.compile(f"(?:{'|'.join(named)})(?!\\w)" if roles else "(?!)")


def triggers(line: EventLine, start: int, end: int) -> list[Trigger]:
    """The first ones of a stretch of a line, in order; none inside a name."""
    found: list[Trigger] = []
    at = start
    while len(found) < _MOST and (first := _FIRST_WORD.first(line, at, end)):
        begin, at = first
        match = _behind(line.low[begin:at]).match(line.low, begin)
        if match is None or line.within(begin + 1):
            continue
        role = match.lastgroup or ""
        if role == "visit" and _NOUN.search(line.low, max(start, begin - 12), begin):
            continue
        at = max(at, match.end())
        found.append(Trigger(begin, match.end(), role))
    return found

"""Which words give somebody a role at an event: verbs behind or before the names, and those that look like them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.event_phrases import sign_phrases
from pipelines.normalize.phrase_patterns import signs

_EVENT = signs("event")
_ORDER = r"chỉ đ[ạa]o"  # `chỉ đao` is a frequent slip
_COME = r"(?:tham dự|đến dự|tới dự|về dự|dự|tham gia)"
_OBJECTS = signs("award_object")
_ROLES = {
    "direct": (
        rf"{_COME} *(?:và|,) *(?:phát biểu +)?{_ORDER}|"
        rf"(?<!tác )(?<!việc )(?:kiểm tra|thăm|tham dự|dự)(?: *(?:,|và) *(?:theo dõi|động viên|kiểm tra))* *(?:,|và) *"
        rf"(?:trực tiếp +)?{_ORDER}(?= *[.,;]| *$| +{_EVENT})|"
        rf"(?:có bài +)?phát biểu +(?:và +)?(?:{_ORDER}|giao nhiệm vụ)|giao nhiệm vụ(?= +cho(?!\w)| *,)|"
        rf"(?:{_COME} +)?(?<!ban ){_ORDER}(?: +tại)?(?= +{_EVENT}| +có )"
    ),
    "conclude": rf"phát biểu +(?:bế mạc|kết luận|kết thúc|tổng kết)|kết luận(?: +tại)?(?= +{_EVENT}| *[,.]| *$)",
    "report": (
        r"(?:trình bày|đọc|thông qua)(?: +(?:dự thảo|tóm tắt))? +(?:các +)?(?:báo cáo|tham luận|nghị quyết)|"
        rf"(?:báo cáo|quán triệt)(?: +[^,.;]{{1,80}})? +tại +{_EVENT}|trình bày(?= *[,.;]| *$)"
    ),
    "chair": (
        rf"(?:dưới +sự +)?(?:đồng +)?chủ +(?:trì|tọa)"
        rf"(?= +(?:tổ chức +)?{_EVENT}| *[.,;:]| *$| +(?:và|là|có|gồm|tại|của)(?!\w))|"
        rf"(?:chủ tịch đoàn|đoàn (?:chủ tịch|chủ tọa))(?= [^.;]{{0,60}}?(?:gồm|có|là)(?!\w))|điều hành(?= +{_EVENT})"
    ),
    "speak": (
        rf"phát biểu(?! +(?:bế mạc|kết luận|kết thúc|tổng kết|giao nhiệm vụ|{_ORDER}))|"
        r"tham luận(?= +(?:tại|ở|với|về)| *[.,;]| *$)|"
        rf"đọc +(?:diễn văn|diễn từ|lời|đáp từ|thư|quyết tâm thư)|ôn lại +truyền thống|trao đổi +tại +{_EVENT}"
    ),
    "attend": (
        rf"(?:cùng +)?{_COME}"
        rf"(?= +{_EVENT}| +(?:còn +)?(?:có|gồm|cùng|và)(?!\w)| *[.,;:]| *$| +(?:tại|ở|với) [^.;,]{{1,60}}?có(?!\w))|"
        r"(?:vinh dự|vui mừng) +(?:được +)?(?:chào +)?đón(?: +tiếp)?(?! nhận)|"
        r"có mặt|cùng +(?:chung vui|chứng kiến|chia vui)(?= [^.;,]{0,60}?có(?!\w))|"
        r"sự +(?:tham dự|tham gia|có mặt|hiện diện|chứng kiến) của|"
        r"về phía(?= [^.;]{1,120}?có(?!\w))|tham gia +đoàn|cùng đi|đi cùng|hội (?:đàm|kiến)(?= +với)"
    ),
    "receive": (
        r"(?:đón(?:,| và)? +)?(?:tiếp(?: đón)?(?:,| và)? +)?làm việc +(?:với|cùng) +(?:đoàn|tổ công tác)"
        r"(?= (?:[^.;,]{0,60}? )?(?:có|gồm)(?!\w))|"
        rf"đón tiếp|tiếp(?= +{signs('guest')})|(?:đón )?nhận(?= +{_OBJECTS})"
    ),
    "award": rf"(?:trao tặng|trao|tặng)(?= +{_OBJECTS}| +[^.;,]{{0,20}}cho )",
    "sign": rf"ký(?= +{signs('paper')})",
    "visit": r"thăm(?!\w)|kiểm tra(?!\w)|làm việc +(?:với|tại)|chúc tết",
    "lead": r"làm +trưởng +đoàn|dẫn đầu",
    "act": r"công bố(?= +(?:các +)?(?:quyết định|nghị quyết|lệnh|quyết nghị))|"
    r"gắn(?= +(?:quân hàm|cấp hàm|cấp hiệu|huy hiệu|biển))|cắt băng|đánh trống|dâng hương|bấm nút",
}
_FIRST_WORD = sign_phrases("role_start")
_TRIGGER = re.compile("(?:" + "|".join(f"(?P<{role}>{words})" for role, words in _ROLES.items()) + r")(?!\w)")
# `buổi kiểm tra`, `công tác kiểm tra`: no verb
_NOUN = re.compile(r"(?<!\w)(?:buổi|cuộc|đợt|công tác|việc|kết quả|ủy ban|ban|chuyến|sau|qua|nội dung|quà) *$")
_MOST = 40


class Trigger(NamedTuple):
    """Words that give a role. role: a role of participants, or visit, lead, act: what makes of them depends."""

    start: int
    end: int
    role: str


def triggers(line: EventLine, start: int, end: int) -> list[Trigger]:
    """The first ones of a stretch of a line, in order; none inside a name."""
    found: list[Trigger] = []
    at = start
    while len(found) < _MOST and (first := _FIRST_WORD.first(line, at, end)):
        begin, at = first
        match = _TRIGGER.match(line.low, begin)
        if match is None or line.within(begin + 1):
            continue
        role = match.lastgroup or ""
        if role == "visit" and _NOUN.search(line.low, max(start, begin - 12), begin):
            continue
        at = max(at, match.end())
        found.append(Trigger(begin, match.end(), role))
    return found

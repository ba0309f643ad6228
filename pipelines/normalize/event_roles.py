"""Who took part in an event, and as what: the verbs behind or before the names, sentence by sentence.

A trigger stands behind its persons (`Đại tá A chủ trì hội nghị`) or, at the start of a clause, before them (`Dự
hội nghị có A; B và C`, `Phát biểu chỉ đạo, A nhấn mạnh`). What a name is subject or object of elsewhere gives no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.normalize.event_lines import EventLine, Place, between
from pipelines.normalize.mentions import Participant
from pipelines.normalize.phrase_patterns import signs

_EVENT = signs("event")
_ORDER = r"chỉ đ[ạa]o"  # `chỉ đao` is a frequent slip
_COME = r"(?:tham dự|đến dự|tới dự|về dự|dự|tham gia)"
_OBJECTS = signs("award_object")
_ROLES = {
    "direct": (
        rf"{_COME} *(?:và|,) *(?:phát biểu +)?{_ORDER}|(?:có bài +)?phát biểu +(?:và +)?{_ORDER}|"
        rf"(?:{_COME} +)?(?<!ban ){_ORDER}(?: +tại)?(?= +{_EVENT}| +có )"
    ),
    "conclude": rf"phát biểu +(?:bế mạc|kết luận)|kết luận(?: +tại)?(?= +{_EVENT}| *\.| *$)",
    "report": (
        r"(?:trình bày|đọc|thông qua)(?: +(?:dự thảo|tóm tắt))? +(?:các +)?(?:báo cáo|tham luận|nghị quyết)|"
        rf"(?:báo cáo|quán triệt)(?: +[^,.;]{{1,80}})? +tại +{_EVENT}|trình bày(?= *[,.;]| *$)"
    ),
    "chair": (
        rf"(?:đồng +)?chủ +(?:trì|tọa)(?= +(?:tổ chức +)?{_EVENT}| *[.,;:]| *$| +(?:và|là|có)(?!\w))|"
        rf"điều hành(?= +{_EVENT})"
    ),
    "speak": (
        rf"phát biểu(?! +(?:bế mạc|kết luận|{_ORDER}))|tham luận(?= +(?:tại|ở|với|về)| *[.,;]| *$)|"
        rf"đọc +(?:diễn văn|diễn từ|lời)|ôn lại +truyền thống|trao đổi +tại +{_EVENT}"
    ),
    "attend": (
        rf"(?:cùng +)?{_COME}(?= +{_EVENT}| +(?:có|cùng|và)(?!\w)| *[.,;:]| *$)|có mặt|"
        r"về phía(?= [^.;]{1,120}?có(?!\w))|tham gia +đoàn|cùng đi|đi cùng|hội (?:đàm|kiến)(?= +với)"
    ),
    "receive": rf"đón tiếp|tiếp(?= +{signs('guest')})|(?:đón )?nhận(?= +{_OBJECTS})",
    "award": rf"(?:trao tặng|trao|tặng)(?= +{_OBJECTS}| +[^.;,]{{0,20}}cho )",
    "sign": rf"ký(?= +{signs('paper')})",
    "visit": r"thăm(?!\w)|kiểm tra(?!\w)|làm việc +(?:với|tại)|làm trưởng đoàn|dẫn đầu|chúc tết",
}
_FIRST_WORD = re.compile(signs("role_start"))
_TRIGGER = re.compile("(?:" + "|".join(f"(?P<{role}>{words})" for role, words in _ROLES.items()) + r")(?!\w)")
_BEFORE_FRONTED = re.compile(
    r"[\"“* -]*(?:(?:tại|trong|sau|kết thúc|cũng|đến|tới|thay mặt|nhân dịp|trước|cùng|được|qua|về)[^.;]{0,120}?, *)?"
    r"(?:cùng|đến|tới|đã|và|trực tiếp|thay mặt[^,.;]{0,80},)? *$"
)
_SOMEBODY = re.compile(
    rf"{signs('somebody')}(?: +(?:lãnh đạo|chỉ huy|thủ trưởng|của|các|cơ quan|cho|thường trực|là))*[ ,]*$"
)
_LISTED = re.compile(r"(?:[,;]|(?<!\w)và) *$")
_OTHERS = re.compile(r"(?<!\w)(?:các|đại biểu|chiến sĩ|cán bộ)(?!\w)")
_NOT_THERE = re.compile(rf"{signs('not_there')}(?: +(?:các +)?[^ ,;.]{{1,10}})?[ ]*$")
_NOT_EVENT = re.compile(rf"(?:{signs('not_at_event')}|năm \d{{4}},)(?: +\w+)? *$")
_OTHER_VERB = re.compile(
    rf"{signs('other_verb')}|(?<!cùng )(?<!và )(?<!cùng các )(?<!và các )(?<!\w)đại biểu(?! quốc hội| hđnd)"
)
_LIST_FOLLOWS = re.compile(r"[^,;.]{0,90}?(?:(?<!\w)(?:có|gồm|là)(?!\w)|:)")
_TO = re.compile(r"(?<!\w)cho(?: +(?:đồng chí|các đồng chí))? *$")
_ALIKE = {"chair", "attend", "award", "sign", "direct", "receive"}
"""Several may do this in one sentence; of a report or a speech it is the one named last."""
_GUEST = ("tiếp", "đón tiếp")
_DELEGATES = ("đại biểu", "đại diện", "lãnh đạo", "thủ trưởng", "chỉ huy", "thành viên")
_MOST_TRIGGERS = 40
_REACH = 200  # characters behind the last name of a sentence in which its verb may stand

Role = tuple[int | None, int | None, str]
"""Person or organization, and role."""


class _Trigger(NamedTuple):
    start: int
    end: int
    role: str


def participants(lines: list[EventLine], visit: bool) -> tuple[Participant, ...]:
    """Everybody whom the lines give a role, in order of place; each (somebody, role) once.

    visit  whether the event is a visit or an inspection: then who visits, attends
    """
    found: dict[Role, Participant] = {}
    for line in lines:
        if not line.persons and not line.organizations:
            continue
        for start, end in line.sentences():
            for role in _of_sentence(line, start, end, visit):
                found.setdefault(role, Participant(*role, line.line_no))
    return tuple(found.values())


def _of_sentence(line: EventLine, start: int, end: int, visit: bool) -> Iterator[Role]:
    persons, groups = between(line.persons, start, end), between(line.organizations, start, end)
    if not persons and not (groups and any(word in line.low[start:end] for word in _DELEGATES)):
        return
    last = max(place.end for place in (*persons, *groups))
    triggers = _triggers(line, start, min(end, last + _REACH), visit)
    subjects: list[Place] = []
    for position, trigger in enumerate(triggers):
        before = triggers[position - 1].end if position else start
        after = triggers[position + 1].start if position + 1 < len(triggers) else end
        role = "attend" if trigger.role == "visit" else trigger.role
        own = [place for place in persons if before <= place.start < trigger.start]
        behind = [place for place in persons if trigger.end <= place.start < after]
        if _fronted(line, start, trigger, own):
            subjects = behind[:1]
            yield from _behind(line, trigger, after, role, behind, groups)
            continue
        subjects = _subjects(line, trigger, own) if own else subjects if _joined(line, before, trigger.start) else []
        if subjects and not _NOT_EVENT.search(line.low, max(start, trigger.start - 30), trigger.start):
            for place in subjects:
                yield place.which, None, role
        elif role == "attend" and not own:
            for place in _groups(line, groups, persons, before, trigger.start):
                yield None, place.which, role
        for place in behind:
            if role == "receive" and line.low.startswith(_GUEST, trigger.start):
                yield place.which, None, "attend"
            elif role == "award" and _TO.search(line.low, max(start, place.start - 24), place.start):
                yield place.which, None, "receive"


def _triggers(line: EventLine, start: int, end: int, visit: bool) -> list[_Trigger]:
    found: list[_Trigger] = []
    at = start
    while len(found) < _MOST_TRIGGERS and (first := _FIRST_WORD.search(line.low, at, end)):
        at = first.end()
        match = _TRIGGER.match(line.low, first.start())
        role = (match and match.lastgroup) or ""
        if match is None or (role == "visit" and not visit) or line.within(first.start() + 1):
            continue
        at = max(at, match.end())
        found.append(_Trigger(match.start(), match.end(), role))
    return found


def _fronted(line: EventLine, start: int, trigger: _Trigger, own: list[Place]) -> bool:
    """Whether those named stand behind the trigger, because it opens its clause or a list follows it."""
    clause = max(start, line.low.rfind(";", start, trigger.start) + 1)
    if trigger.role in {"report", "visit"} or any(place.start >= clause for place in own):
        return False
    if _BEFORE_FRONTED.fullmatch(line.low, clause, trigger.start) or line.low.startswith("về phía", trigger.start):
        return True
    return trigger.role == "attend" and bool(_LIST_FOLLOWS.match(line.low, trigger.end))


def _behind(
    line: EventLine, trigger: _Trigger, after: int, role: str, persons: list[Place], groups: list[Place]
) -> Iterator[Role]:
    """Those named behind a trigger: a list, or the one who then speaks."""
    listed = _LIST_FOLLOWS.match(line.low, trigger.end, after)
    if role not in _ALIKE or listed is None or (persons and persons[0].start < listed.end()):
        if persons:
            yield persons[0].which, None, role
        return
    present = _groups(line, groups, persons, listed.end(), after) if role in {"attend", "direct"} else []
    for place in sorted([*persons, *present]):
        if place in present:
            yield None, place.which, "attend"
        else:
            yield place.which, None, role


def _subjects(line: EventLine, trigger: _Trigger, own: list[Place]) -> list[Place]:
    """Of those named before a trigger the ones who do it; none where they do something else."""
    if _OTHER_VERB.search(line.low, own[-1].end, trigger.start):
        return []
    # `báo cáo do Đại tá A trình bày`
    by = max(line.low.rfind(" do ", own[0].end, trigger.start), line.low.rfind("dưới sự", own[0].end, trigger.start))
    own = [place for place in own if place.start > by] or own[-1:]
    if trigger.role not in _ALIKE:
        return own[-1:]
    if trigger.role == "chair" and not line.low.startswith("đồng", trigger.start):
        clause = line.low.rfind(";", own[0].end, trigger.start)
        return [place for place in own if place.start > clause]
    return own


def _groups(line: EventLine, groups: list[Place], persons: list[Place], begin: int, stop: int) -> list[Place]:
    """Organizations that were there themselves: behind `đại biểu`, `lãnh đạo`, or further on in such a list.

    No owner of another, and nobody's post: behind a person only with such a word before it.
    """
    found: list[Place] = []
    low = line.low
    for place in groups:
        if not begin <= place.start < stop:
            continue
        near = max(begin, place.start - 45)
        if _SOMEBODY.search(low, near, place.start):
            found.append(place)
            continue
        piece = max(low.rfind(";", begin, place.start) + 1, begin)
        if (
            found
            and not between(persons, piece, place.start)
            and _LISTED.search(low, near, place.start)
            and not _NOT_THERE.search(low, near, place.start)
        ):
            found.append(place)
    return found


def _joined(line: EventLine, before: int, at: int) -> bool:
    """`dự và chỉ đạo`, `dự, phát biểu`: two verbs of one subject."""
    between_verbs = line.low[before:at]
    return len(between_verbs) < 90 and ";" not in between_verbs and not _OTHERS.search(between_verbs)

"""Who took part in an event, and as what: the verbs behind or before the names, sentence by sentence.

A trigger stands behind its persons (`Đại tá A chủ trì hội nghị`) or, at the start of a sentence, before them (`Dự
A; B và C`, `Phát biểu chỉ đạo, A nhấn mạnh`). What a name is subject or object of elsewhere gives no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.normalize.event_lines import EventLine, Place
from pipelines.normalize.mentions import Participant
from pipelines.normalize.phrases import signs

_EVENT = signs("event")
_ORDER = r"chỉ đ[ạa]o"  # `chỉ đao` is a frequent slip
_COME = r"(?:tham dự|đến dự|tới dự|về dự|dự|tham gia)"
_OBJECTS = (
    r"(?:bằng khen|giấy khen|huân chương|huy chương|quyết định|cờ|kỷ niệm chương|danh hiệu|quà|hoa|huy hiệu|phần thưởng|nhà|"
    r"thưởng|biểu trưng|giải|học bổng|bằng|kinh phí|quân hàm|nhiệm vụ)(?!\w)"
)
_GUESTS = r"(?:đoàn|ngài|đại sứ|đồng chí|ông|bà|bộ trưởng|thứ trưởng|tư lệnh|xã giao|và làm việc|thân mật)(?!\w)"
_PAPERS = r"(?:kết|biên bản|quy chế|thỏa thuận|chương trình|kế hoạch phối hợp|hợp đồng|giao ước|bản ghi nhớ)(?!\w)"
_ROLES = {
    "direct": (
        rf"{_COME} *(?:và|,) *(?:phát biểu +)?{_ORDER}|(?:có bài +)?phát biểu +(?:và +)?{_ORDER}|"
        rf"(?:{_COME} +)?{_ORDER}(?: +tại)?(?= +{_EVENT}| +có )"
    ),
    "conclude": rf"phát biểu +(?:bế mạc|kết luận)|kết luận(?: +tại)?(?= +{_EVENT}| *\.| *$)",
    "report": (
        r"(?:trình bày|đọc|thông qua)(?: +(?:dự thảo|tóm tắt))? +(?:các +)?(?:báo cáo|tham luận|nghị quyết)|"
        rf"(?:báo cáo|quán triệt)(?: +[^,.;]{{1,80}})? +tại +{_EVENT}|trình bày(?= *[,.;]| *$)"
    ),
    "chair": (
        rf"(?:đồng +)?chủ +(?:trì|tọa)(?= +(?:tổ chức +)?{_EVENT}| *[.,;:]| *$| +(?:và|là|có)(?!\w))|điều hành(?= +{_EVENT})"
    ),
    "speak": (
        rf"phát biểu(?! +(?:bế mạc|kết luận|{_ORDER}))|tham luận(?= +(?:tại|ở|với|về)| *[.,;]| *$)|"
        rf"đọc +(?:diễn văn|diễn từ|lời)|ôn lại +truyền thống|trao đổi +tại +{_EVENT}"
    ),
    "attend": (
        rf"(?:cùng +)?{_COME}(?= +{_EVENT}| +(?:có|cùng)(?!\w)| *[.,;:]| *$)|có mặt|về phía(?= [^.;]{{1,120}}?có(?!\w))|"
        r"tham gia +đoàn|cùng đi|đi cùng"
    ),
    "receive": rf"đón tiếp|tiếp(?= +{_GUESTS})|(?:đón )?nhận(?= +{_OBJECTS})",
    "award": rf"(?:trao tặng|trao|tặng)(?= +{_OBJECTS}| +[^.;,]{{0,20}}cho )",
    "sign": rf"ký(?= +{_PAPERS})",
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
_NOT_THERE = re.compile(rf"{signs('not_there')}(?: +(?:các +)?[^ ,;.]{{1,10}})?[ ]*$")
_NOT_EVENT = re.compile(rf"(?:{signs('not_at_event')}|năm \d{{4}},)(?: +\w+)? *$")
_OTHER_VERB = re.compile(
    rf"{signs('other_verb')}|(?<!cùng )(?<!và )(?<!cùng các )(?<!và các )(?<!\w)đại biểu(?! quốc hội| hđnd)"
)
_LISTS = {"attend", "direct", "chair", "award", "receive", "sign"}
_ROLE_OF = {"visit": "attend"}
_LIST_LIMIT = 60
_MOST_TRIGGERS = 200


class _Trigger(NamedTuple):
    start: int
    end: int
    role: str


def participants(lines: list[EventLine], visit: bool) -> tuple[Participant, ...]:
    """Everybody whom the lines give a role, in order of place; each (somebody, role) once.

    visit  whether the event is a visit or an inspection: then who visits, attends
    """
    found: dict[tuple[int | None, int | None, str], Participant] = {}
    for line in lines:
        triggers = _triggers(line, visit) if line.persons or line.organizations else []
        for start, end in line.sentences() if triggers else ():
            own = [trigger for trigger in triggers if start <= trigger.start < end]
            for person, organization, role in _of_sentence(line, start, end, own) if own else ():
                key = person, organization, role
                found.setdefault(key, Participant(person, organization, role, line.line_no))
    return tuple(found.values())


def _of_sentence(
    line: EventLine, start: int, end: int, triggers: list[_Trigger]
) -> Iterator[tuple[int | None, int | None, str]]:
    persons = [place for place in line.persons if start <= place.start < end]
    organizations = [place for place in line.organizations if start <= place.start < end]
    if not persons and not organizations:
        return
    subjects: list[Place] = []
    for position, trigger in enumerate(triggers):
        before = triggers[position - 1].end if position else start
        after = triggers[position + 1].start if position + 1 < len(triggers) else end
        role = _ROLE_OF.get(trigger.role, trigger.role)
        if _fronted(line, start, trigger, position, persons):
            yield from _behind(line, trigger, after, role, persons, organizations)
            subjects = [place for place in persons if trigger.end <= place.start < after][:1]
            continue
        between = [place for place in persons if before <= place.start < trigger.start]
        by = _by(line, trigger.start, before)
        if between and by is not None:
            between = [place for place in between if place.start >= by]
        if between:
            subjects = (
                between
                if role in {"chair", "attend", "award", "sign", "direct", "receive"}
                else _nearest(line, between)
            )
        elif position and not _joined(line, before, trigger.start):
            subjects = []
        if subjects and not _NOT_EVENT.search(line.low, max(start, trigger.start - 30), trigger.start):
            for place in subjects[:_LIST_LIMIT]:
                yield place.which, None, role
        elif not between and role in {"attend"}:
            for place in _groups(line, organizations, persons, before, trigger.start):
                yield None, place.which, role
        if role in {"receive", "award"}:
            other = "attend" if role == "receive" else "receive"
            if trigger.role == "receive" and not line.low.startswith(("tiếp", "đón tiếp"), trigger.start):
                continue
            for place in (place for place in persons if trigger.end <= place.start < after):
                if other == "attend" or re.search(
                    r"(?<!\w)cho *$", line.low[max(start, place.start - 8) : place.start]
                ):
                    yield place.which, None, other


def _triggers(line: EventLine, visit: bool) -> list[_Trigger]:
    found: list[_Trigger] = []
    at = 0
    while len(found) < _MOST_TRIGGERS and (first := _FIRST_WORD.search(line.low, at)):
        at = first.end()
        match = _TRIGGER.match(line.low, first.start())
        role = (match and match.lastgroup) or ""
        if match is None or (role == "visit" and not visit) or _inside(line, first.start()):
            continue
        at = max(at, match.end())
        found.append(_Trigger(match.start(), match.end(), role))
    return found


def _inside(line: EventLine, at: int) -> bool:
    return any(place.start <= at < place.end for place in (*line.persons, *line.organizations))


def _fronted(line: EventLine, start: int, trigger: _Trigger, position: int, persons: list[Place]) -> bool:
    """Whether the trigger opens its sentence, so that its persons follow."""
    if trigger.role in {"report", "visit"}:
        return False
    if any(start <= place.start < trigger.start for place in persons):
        return False
    if position:
        return False
    return bool(_BEFORE_FRONTED.fullmatch(line.low, start, trigger.start))


def _behind(
    line: EventLine, trigger: _Trigger, after: int, role: str, persons: list[Place], organizations: list[Place]
) -> Iterator[tuple[int | None, int | None, str]]:
    """Those named behind a trigger: a list, or the one who then speaks."""
    following = [place for place in persons if trigger.end <= place.start < after]
    low = line.low
    if role in _LISTS and re.search(r"(?<!\w)(?:có|gồm|là|:)(?!\w)", low[trigger.end : trigger.end + 90]):
        groups = _groups(line, organizations, persons, trigger.end, after)
        for place in sorted([*following[:_LIST_LIMIT], *groups[:_LIST_LIMIT]]):
            if place in following:
                yield place.which, None, role
            elif role in {"attend", "direct"}:
                yield None, place.which, "attend"
    elif following:
        yield following[0].which, None, role


def _groups(line: EventLine, organizations: list[Place], persons: list[Place], begin: int, stop: int) -> list[Place]:
    """Organizations that were there themselves: behind `đại biểu`, `lãnh đạo`, or a member of such a list.

    No owner of another, nobody's post: behind a person only with such a word before it.
    """
    found: list[Place] = []
    low, open_list = line.low, False
    for place in organizations:
        if not begin <= place.start < stop:
            continue
        piece = max(low.rfind(";", begin, place.start) + 1, begin)
        person_before = any(piece <= person.start < place.start for person in persons)
        before = low[max(begin, place.start - 45) : place.start]
        told = _SOMEBODY.search(before)
        if told:
            found.append(place)
            open_list = True
        elif (
            open_list
            and not person_before
            and re.search(r"(?:[,;]|(?<!\w)và) *$", before)
            and not _NOT_THERE.search(before)
        ):
            found.append(place)
    return found


def _nearest(line: EventLine, places: list[Place]) -> list[Place]:
    """The last person and those joined to it by `và` or `;` alone are not all subjects of a verb one person does."""
    return places[-1:]


def _joined(line: EventLine, before: int, at: int) -> bool:
    """`dự và chỉ đạo`, `dự, phát biểu`: two verbs of one subject."""
    between = line.low[before:at]
    return (
        len(between) < 90
        and ";" not in between
        and not re.search(r"(?<!\w)(?:các|đại biểu|chiến sĩ|cán bộ)(?!\w)", between)
    )


def _does_else(line: EventLine, begin: int, stop: int) -> bool:
    """Whether those named do something else before the trigger, whose subject is then another: `các đại biểu dự …`."""
    return bool(_OTHER_VERB.search(line.low, begin, stop))


def _by(line: EventLine, at: int, before: int) -> int | None:
    """Where `do` starts a subject that stands before its verb: `báo cáo do Đại tá A trình bày`."""
    found = max(line.low.rfind(" do ", before, at), line.low.rfind("dưới sự", before, at))
    return found if found >= 0 else None

"""Who took part in an event, and as what: the verbs behind or before the names, sentence by sentence.

A trigger stands behind its persons (`Đại tá A chủ trì hội nghị`) or, at the start of a sentence, before them (`Dự hội nghị có
A; B và C`, `Phát biểu chỉ đạo, A nhấn mạnh`). What a name is subject or object of elsewhere gives no role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.normalize.event_lines import EventLine, Place
from pipelines.normalize.mentions import Participant

_EVENT = (
    r"(?:hội nghị|hội thảo|tọa đàm|buổi|lễ|hội thi|hội thao|hội diễn|đại hội|diễn tập|cuộc|chương trình|phiên|kỳ họp|ngày hội|"
    r"gặp mặt|lớp|khai mạc|bế mạc|đợt|hoạt động|giao ban|tập huấn|họp|liên hoan|giải|nội dung)"
)
_ROLES = (
    ("direct", r"(?:(?:tham dự|đến dự|tới dự|dự|tham gia)(?: +và|,)? +)?(?:phát biểu +|có bài phát biểu +)?(?:và +)?chỉ đ[ạa]o(?: +tại)?"
     rf"(?= +{_EVENT}(?!\w)| +có +)|phát biểu +chỉ đ[ạa]o|(?:tham dự|đến dự|tới dự|dự) *(?:và|,) *(?:phát biểu +)?chỉ đ[ạa]o"),
    ("conclude", rf"phát biểu +(?:bế mạc|kết luận)|kết luận(?: +tại)?(?= +(?:nội dung +)?{_EVENT}(?!\w)| *$| *\.)"),
    ("report", r"(?:trình bày|đọc|thông qua)(?: +(?:dự thảo|tóm tắt))? +(?:các +)?(?:báo cáo|tham luận báo cáo|nghị quyết)|"
     rf"báo cáo(?: +[^,.;]{{1,60}})? +tại +{_EVENT}|(?<=do )trình bày|quán triệt(?: +[^,.;]{{1,80}})? +tại +{_EVENT}"),
    ("chair", rf"(?:đồng +)?chủ (?:trì|tọa)(?= +{_EVENT}(?!\w)| *[.,;:]| +và| *$| +là | +có )|điều hành(?= +{_EVENT}(?!\w))"),
    ("speak", r"phát biểu(?! +(?:bế mạc|kết luận|chỉ đ[ạa]o))|tham luận(?= +(?:tại|ở|với|về)| *[.,;]| *$)|đọc +(?:diễn văn|diễn từ)|"
     r"ôn lại truyền thống|trao đổi +tại"),
    ("attend", rf"(?:cùng +)?(?:tham dự|đến dự|tới dự|về dự|dự)(?= +{_EVENT}(?!\w)| +có(?!\w)| *[.,;:]| *$| +cùng(?!\w))|"
     r"có mặt|về phía(?= [^.;]{1,120}?có(?!\w))|tham gia đoàn|cùng đi(?: với đoàn)?|tham gia +buổi|cùng tham dự"),
    ("receive", r"đón tiếp|đón nhận|(?<!\w)tiếp(?= +(?:đoàn|ngài|đại sứ|đồng chí|ông|bà|bộ trưởng|tư lệnh|xã giao|và làm việc|thân mật))|"
     r"nhận(?= +(?:bằng khen|giấy khen|quyết định|hoa|huân chương|cờ|kỷ niệm chương|nhiệm vụ))"),
    ("award", r"(?:trao tặng|trao|tặng)(?= +(?:bằng khen|giấy khen|huân chương|huy chương|quyết định|cờ|kỷ niệm chương|danh hiệu|quà|"
     r"hoa|huy hiệu|phần thưởng|nhà|thưởng|biểu trưng|giải|học bổng|bằng|kinh phí|quân hàm|[^.;,]{0,20}cho ))"),
    ("sign", r"ký(?= +(?:kết|biên bản|quy chế|thỏa thuận|chương trình|kế hoạch phối hợp|hợp đồng|giao ước|bản))"),
    ("visit", r"(?:đến|tới|đã)? *(?:thăm(?!\w)|kiểm tra(?!\w)|làm việc (?:với|tại))|làm trưởng đoàn|dẫn đầu|chúc tết|chúc mừng"),
)  # fmt: skip
_TRIGGER = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{role}>{words})" for role, words in _ROLES) + r")(?!\w)")
_QUICK = re.compile(
    r"chủ tr|chủ t|dự|chỉ đ|luận|biểu|báo cáo|trình bày|mặt|tiếp|nhận|trao|tặng|ký|thăm|kiểm tra|trưởng đoàn|dẫn đầu|đọc |về phía|cùng đi|điều hành|ôn lại|làm việc|chúc"
)
_BEFORE_FRONTED = re.compile(
    r"[\"“* -]*(?:(?:tại|trong|sau|kết thúc|cũng|đến|tới|thay mặt|nhân dịp|trước|cùng|được|qua|về)[^.;]{0,120}?, *)?"
    r"(?:cùng|đến|tới|đã|tham|và|về|tham gia|trực tiếp|thay mặt[^,.;]{0,80},)? *$"
)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:đại diện|đại biểu|lãnh đạo|thủ trưởng|chỉ huy|thường trực|thành viên|cán bộ|đoàn)(?: +(?:lãnh đạo|chỉ huy|thủ trưởng|của|các|cơ quan|cho|thường trực|là))*[ ,]*$"
)
_NOT_THERE = re.compile(
    r"(?<!\w)(?:thuộc|của|trong|trực thuộc|tại|cho|từ|nguyên|với|do)(?: +(?:các +)?[^ ,;.]{1,10})?[ ]*$"
)
_NOT_EVENT = re.compile(
    r"(?<!\w)(?:sẽ|không|chưa|nếu|từng|khi|năm \d{4},|được phân công|phân công|giao|để|cho biết|nguyên)(?: +\w+)? *$"
)
_OTHER_VERB = re.compile(
    r"(?<!\w)(?:tiếp thu|nhấn mạnh|khẳng định|ghi nhận|yêu cầu|đề nghị|đánh giá|cho biết|nêu|cảm ơn|biểu dương|chúc mừng|mong muốn|"
    r"bày tỏ|(?<!cùng )(?<!và )(?:các )?đại biểu(?! quốc hội| hđnd)|giải đáp|trả lời|cùng nhau)(?!\w)"
)
_LISTS = {"attend", "direct", "chair", "award", "receive", "sign"}
_ROLE_OF = {"visit": "attend"}
_LIST_LIMIT = 60


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
        if not (line.persons or line.organizations) or not _QUICK.search(line.low):
            continue
        for start, end in line.sentences():
            for person, organization, role in _of_sentence(line, start, end, visit):
                key = person, organization, role
                found.setdefault(key, Participant(person, organization, role, line.line_no))
    return tuple(found.values())


def _of_sentence(line: EventLine, start: int, end: int, visit: bool) -> Iterator[tuple[int | None, int | None, str]]:
    persons = [place for place in line.persons if start <= place.start < end]
    organizations = [place for place in line.organizations if start <= place.start < end]
    if not persons and not organizations:
        return
    triggers = _triggers(line, start, end, visit)
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
        if trigger.role == "visit" and not visit:
            continue
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
                yield place.index, None, role
        elif not between and role in {"attend"}:
            for place in _groups(line, organizations, persons, before, trigger.start):
                yield None, place.index, role
        if role in {"receive", "award"}:
            other = "attend" if role == "receive" else "receive"
            if trigger.role == "receive" and not line.low.startswith(("tiếp", "đón tiếp"), trigger.start):
                continue
            for place in (place for place in persons if trigger.end <= place.start < after):
                if other == "attend" or re.search(
                    r"(?<!\w)cho *$", line.low[max(start, place.start - 8) : place.start]
                ):
                    yield place.index, None, other


def _triggers(line: EventLine, start: int, end: int, visit: bool) -> list[_Trigger]:
    names = [*line.persons, *line.organizations]
    found = []
    for match in _TRIGGER.finditer(line.low, start, end):
        role = match.lastgroup or ""
        if any(place.start <= match.start() < place.end for place in names) or (role == "visit" and not visit):
            continue
        found.append(_Trigger(match.start(), match.end(), role))
    return found[:40]


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
                yield place.index, None, role
            elif role in {"attend", "direct"}:
                yield None, place.index, "attend"
    elif following:
        yield following[0].index, None, role


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

"""Who took part in an event, and as what: the verbs behind or before the names, sentence by sentence.

A trigger stands behind its persons (`Đại tá A chủ trì hội nghị`) or, at the start of a clause, before them (`Dự
hội nghị có A; B và C`, `Phát biểu chỉ đạo, A nhấn mạnh`). What a name is subject or object of elsewhere gives no role.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter

from pipelines.normalize.event_lines import EventLine, Place, between
from pipelines.normalize.event_phrases import Phrases, sign_phrases
from pipelines.normalize.event_receivers import elected, receivers
from pipelines.normalize.event_role_words import Trigger, triggers
from pipelines.normalize.event_speech import said
from pipelines.normalize.event_words import families
from pipelines.normalize.mentions import Participant
from pipelines.normalize.phrase_patterns import phrase_pattern, signs
from pipelines.normalize.word_starts import holds_one

_BEFORE_FRONTED = re.compile(
    r"[\"“* -]*(?:(?:tại|trong|sau|kết thúc|cũng|đến|tới|thay mặt|nhân dịp|trước|cùng|được|qua|về)[^.;]{0,120}?, *)?"
    r"(?:cùng|đến|tới|đã|và|trực tiếp|thay mặt[^,.;]{0,80},)? *$"
)
_SOMEBODY = re.compile(
    rf"{signs('somebody')}(?: +(?:lãnh đạo|chỉ huy|thủ trưởng|của|các|cơ quan|cho|thường trực|là))*[ ,]*$"
)
_LISTED = re.compile(r"(?:[,;]|(?<!\w)và) *$")
_OTHERS = re.compile(phrase_pattern(("các", "đại biểu", "chiến sĩ", "cán bộ")))
_NOT_THERE = re.compile(rf"{signs('not_there')}(?: +(?:các +)?[^ ,;.]{{1,10}})?[ ]*$")
_NEXT_TO_VERB = r"(?: +(?!chỉ )\w+)? *$"
_NOT_EVENT = sign_phrases("not_at_event", then=_NEXT_TO_VERB)
_OF_YEAR = re.compile(rf"năm \d{{4}},{_NEXT_TO_VERB}")
_OTHER_VERB = sign_phrases("other_verb")
_OTHER_DELEGATES = re.compile(
    r"đại biểu(?<!cùng đại biểu)(?<!và đại biểu)(?<!cùng các đại biểu)(?<!và các đại biểu)(?<!\wđại biểu)"
    r"(?! quốc hội| hđnd)"
)
_GIVEN_TO = Phrases(("tặng", "trao", "thăm", "gặp", "động viên", "thăm hỏi"), then=r"[^,.;:]{0,50}$")
_LIST_FOLLOWS = re.compile(r"(?<=của)|[^,;.]{0,90}?(?:(?<!\w)(?:có|gồm|là)(?!\w)|:)")
_AT_EVENT = re.compile(
    r"tại(?<!\wtại) +(?:buổi |cuộc )?(?:lễ|hội nghị|hội thảo|buổi|đại hội|ngày hội|hội thi|chương trình)(?!\w)"
)
_EVENT_TOLD = Phrases((
    "hội nghị", "hội thảo", "tọa đàm", "buổi", "lễ", "đại hội", "phiên", "hội thi", "cuộc họp", "diễn đàn", "gặp mặt",
    "giao ban",
))  # fmt: skip
_ALIKE = {"chair", "attend", "award", "sign", "direct", "receive", "visit", "act"}
"""Several may do this in one sentence; of a report or a speech it is the one named last, or `A và B`."""
_ROLE_OF = {"visit": "attend", "lead": "attend"}
_ACTS = {"award", "sign", "act"}
"""Who does such a thing, as who is shown there, attended, also where nothing else says so."""
VISITS = {"chuyến thăm", "kiểm tra"}
"""Heads of events where visiting is taking part."""
FIELD = {"hiến máu", "khám bệnh, cấp thuốc miễn phí", "hội thi", "diễn tập", "lễ dâng hương"}
"""Where one speaks to the paper, not to a meeting."""
MEETINGS = {"hội nghị", "hội thảo", "đại hội", "gặp mặt", "đối ngoại"}
"""Heads of events where one talks: what is told elsewhere (`cho biết`) may have been told to the paper."""
_GUEST = ("tiếp", "đón tiếp")
_WELCOMED = ("vinh dự", "vui mừng")  # `Đại hội vinh dự được đón A và B`
_DELEGATES = ("đại biểu", "đại diện", "lãnh đạo", "thủ trưởng", "chỉ huy", "thành viên")
# Without one of these no organization is told to have been there.
_COMES = (
    "dự", "tham gia", "có mặt", "vui", "chứng kiến", "hiện diện", "về phía", "chỉ đạo", "chỉ đao", "giao nhiệm",
)  # fmt: skip
_COME_TOGETHER = re.compile(r"cùng +đi|đi +cùng|hội +(?:đàm|kiến)")
_REACH = 200  # characters behind the last name of a sentence in which its verb may stand

_ORDER = attrgetter("start", "end", "which", "kind")

Role = tuple[int | None, int | None, str]
"""Person or organization, and role."""


def participants(lines: list[EventLine], event_type: str, public: Collection[int]) -> tuple[Participant, ...]:
    """Everybody whom the lines give a role, in order of line; each (somebody, role) once.

    event_type  at a visit or an inspection whoever visits attends, at an inspection the delegation's leader chairs; in
                the field (`FIELD`) who is quoted attends
    public      persons with a rank, title or post: only they are taken to speak because a verb of saying follows
    """
    head = families()[event_type]
    found: dict[Role, int] = {}
    quoted: list[tuple[int, str, int]] = []
    acting: dict[int, int] = {}
    for line in lines:
        if not line.persons and not (line.organizations and holds_one(line.low, _DELEGATES)):
            continue
        for start, end in line.sentences():
            persons = between(line.persons, start, end)
            groups = between(line.organizations, start, end)
            if not persons and not (groups and _groups_may_come(line.low[start:end])):
                continue
            for one, group, how in _of_sentence(line, start, end, persons, groups, head in VISITS):
                role = _ROLE_OF.get(how, how) if how != "lead" or head != "kiểm tra" else "chair"
                if role in _ACTS and one is not None:
                    acting.setdefault(one, line.line_no)
                if role != "act":
                    found.setdefault((one, group, role), line.line_no)
            if not persons:
                continue
            if line.zone != "title":
                quoted += ((one, how, line.line_no) for one, how in said(line, start, end, persons, public))
            if event_type == "đại hội":
                for one in elected(line, start, end, persons):
                    acting.setdefault(one, line.line_no)
            for one in receivers(line, start, end, persons, event_type):
                found.setdefault((one, None, "receive"), line.line_no)
        if line.zone == "caption" and line.persons and _AT_EVENT.search(line.low):  # `Bé Mỷ cùng mẹ tại lễ ký kết.`
            for shown in line.persons:
                acting.setdefault(shown.which, line.line_no)
    for person, how, line_no in quoted:
        roles = {r for p, _, r in found if p == person}
        if how == "demand":  # who demands of a meeting that another chairs is its superior
            if "speak" in roles and not roles & {"chair", "direct", "conclude", "report"}:
                found[(person, None, "direct")] = found.pop((person, None, "speak"))
            continue
        said_as = _of_saying(roles, how, event_type in FIELD, head in MEETINGS or event_type == "tuyên truyền")
        if said_as is not None:
            found.setdefault((person, None, said_as), line_no)
    for person, line_no in acting.items():
        if {r for p, _, r in found if p == person} <= _ACTS:
            found.setdefault((person, None, "attend"), line_no)
    chairs = {person for person, _, role in found if role == "chair" and person is not None}
    listed = (Participant(*one, no) for one, no in found.items() if one[2] != "attend" or one[0] not in chairs)
    return tuple(sorted(listed, key=lambda one: one.line_no))


def _of_saying(roles: set[str], how: str, field: bool, meeting: bool) -> str | None:
    """What somebody with these roles is who also says something. A chair's or a superior's words are of that role."""
    if field and how != "report":
        return None if roles or how == "direct" else "attend"
    if how == "quoted" or (how == "talk" and not meeting):
        return None
    if how == "report":
        return "report"
    if how == "direct":
        return None if roles & {"direct", "conclude", "report"} else "direct"
    return None if roles & {"chair", "direct", "conclude", "report", "speak"} else "speak"


def _of_sentence(
    line: EventLine, start: int, end: int, persons: Sequence[Place], groups: Sequence[Place], visit: bool
) -> Iterator[Role]:
    last = max(persons[-1].end if persons else 0, groups[-1].end if groups else 0)
    found = [one for one in triggers(line, start, min(end, last + _REACH)) if visit or one.role != "visit"]
    subjects: list[Place] = []
    for position, trigger in enumerate(found):
        before = found[position - 1].end if position else start
        after = found[position + 1].start if position + 1 < len(found) else end
        role = trigger.role
        own = [place for place in persons if before <= place.start < trigger.start]
        behind = [place for place in persons if trigger.end <= place.start < after]
        if line.low.startswith("dưới", trigger.start):
            if _EVENT_TOLD.first(line, start, end):
                yield from ((place.which, None, role) for place in _under(line, behind))
            continue
        if _fronted(line, start, trigger, own):
            if role == "award":
                behind = [place for place in behind if not _given_to(line, place)]
            subjects = behind[:1]
            yield from _behind(line, trigger, after, role, behind, groups)
            continue
        subjects = _subjects(line, trigger, own) if own else subjects if _joined(line, before, trigger.start) else []
        if subjects and not _is_of_another(line, max(start, trigger.start - 30), trigger.start):
            for place in subjects:
                yield place.which, None, role
        elif role == "attend" and not own:
            for place in _groups(line, groups, persons, before, trigger.start):
                yield None, place.which, role
        for place in behind:
            if role == "receive" and line.low.startswith(_GUEST, trigger.start):
                yield place.which, None, "attend"


def _groups_may_come(sentence: str) -> bool:
    """Whether a sentence may tell that organizations were there."""
    return holds_one(sentence, _DELEGATES) and (
        holds_one(sentence, _COMES) or _COME_TOGETHER.search(sentence) is not None
    )


def _is_of_another(line: EventLine, start: int, at: int) -> bool:
    """Whether words right before a role say that it is not told of this event: `được phân công chủ trì`."""
    return _NOT_EVENT.first(line, start, at) is not None or _OF_YEAR.search(line.low, start, at) is not None


def _under(line: EventLine, behind: list[Place]) -> list[Place]:
    """`Hội nghị diễn ra dưới sự chủ trì của A và B`; a committee that meets so within an exercise is no event."""
    return behind[:1] + [one for one in behind[1:2] if line.low[max(0, one.start - 4) : one.start].strip() == "và"]


def _fronted(line: EventLine, start: int, trigger: Trigger, own: list[Place]) -> bool:
    """Whether those named stand behind the trigger, because it opens its clause or a list follows it."""
    clause = max(start, line.low.rfind(";", start, trigger.start) + 1)
    if trigger.role in {"report", "visit", "lead", "act"} or (own and own[-1].start >= clause):
        return False
    if line.low.startswith(("về phía", "sự", *_WELCOMED), trigger.start):
        return True
    if _BEFORE_FRONTED.fullmatch(line.low, clause, trigger.start):
        return True
    return trigger.role == "attend" and bool(_LIST_FOLLOWS.match(line.low, trigger.end))


def _behind(
    line: EventLine, trigger: Trigger, after: int, role: str, persons: Sequence[Place], groups: Sequence[Place]
) -> Iterator[Role]:
    """Those named behind a trigger: a list, or the one who then speaks."""
    if line.low.startswith(_WELCOMED, trigger.start):
        yield from ((place.which, None, role) for place in persons)
        return
    listed = _LIST_FOLLOWS.match(line.low, trigger.end, after)
    if role not in _ALIKE or listed is None or (persons and persons[0].start < listed.end()):
        if persons:
            yield persons[0].which, None, role
        return
    present = _groups(line, groups, persons, listed.end(), after) if role in {"attend", "direct"} else []
    for place in sorted([*persons, *present], key=_ORDER):
        if place in present:
            yield None, place.which, "attend"
        else:  # of `Dự và chỉ đạo đại hội có A; B; C` the highest, named first, directs
            yield place.which, None, "attend" if role == "direct" and place != persons[0] else role


def _given_to(line: EventLine, place: Place) -> bool:
    """`thăm, tặng quà Mẹ Việt Nam Anh hùng A và trao …`: A does nothing."""
    return _GIVEN_TO.first(line, max(0, place.start - 60), place.start) is not None


def _subjects(line: EventLine, trigger: Trigger, own: list[Place]) -> list[Place]:
    """Of those named before a trigger the ones who do it; none where they do something else."""
    last = own[-1].end
    if line.low.find(";", last, trigger.start) >= 0 or _OTHER_VERB.first(line, last, trigger.start):
        return []
    if _OTHER_DELEGATES.search(line.low, last, trigger.start):
        return []
    own = [place for place in own if not _given_to(line, place)]
    if not own:
        return []
    # `báo cáo do Đại tá A trình bày`
    by = max(line.low.rfind(" do ", own[0].end, trigger.start), line.low.rfind("dưới sự", own[0].end, trigger.start))
    own = [place for place in own if place.start > by] or own[-1:]
    if trigger.role not in _ALIKE:
        both = len(own) > 1 and line.low[max(0, own[-1].start - 4) : own[-1].start].strip() == "và"
        return own[-2:] if both else own[-1:]
    if trigger.role == "chair" and not line.low.startswith("đồng", trigger.start):
        clause = line.low.rfind(";", own[0].end, trigger.start)
        return [place for place in own if place.start > clause]
    return own


def _groups(line: EventLine, groups: Sequence[Place], persons: Sequence[Place], begin: int, stop: int) -> list[Place]:
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

"""Who receives a post, a rank or an award at an event: as its object, its subject, or in a list behind `cho`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.normalize.event_lines import EventLine, Place
from pipelines.normalize.event_speech import only_posts, speaks
from pipelines.normalize.phrase_patterns import signs

DECISIONS = {"lễ công bố quyết định", "lễ trao quân hàm", "lễ bàn giao", "hội nghị cán bộ"}
"""Events at which people get posts and ranks."""
_GIVEN = signs("given_to")
_APPOINTED = re.compile(
    rf"(?<!được )(?:{_GIVEN})(?: *(?:,|và) *(?:{_GIVEN}))*(?: +(?:đối với|cho))?(?: +(?:các|đồng chí|ông|bà))* *$"
)
_GETS = re.compile(
    rf"được +(?:[^,.;]{{1,60}}? +)?(?:{_GIVEN}|giữ chức|bầu|giao|nghỉ)(?!\w)|"
    r"nhận +(?:[^,.;]{1,20}? +)?(?:thông báo|quyết định|sổ hưu)(?!\w)|"
    r"thôi +giữ chức(?!\w)|giữ chức(?!\w)|nghỉ hưu(?!\w)"
)
_JUST = re.compile(r"(?:đã|vừa) +$")
_LIST = re.compile(r"cho(?<!\wcho) +(?:(?:các +)?(?:đồng chí|cá nhân|ông|bà)|\d+ [^.;,:]{1,40}:)")
_GIVING = re.compile(rf"{_GIVEN}|(?<!\w)(?:trao|tặng|trao tặng|gắn|truy tặng)(?!\w)")
_TO = re.compile(r"cho(?<!\wcho)(?: +(?:các|đồng chí|ông|bà|anh|chị))* *$")
_ELECTED = re.compile(r"(?:được +(?:[^,.;]{1,40}? +)?bầu|tái cử)(?!\w)")
_TOKEN = re.compile(r"(?<!\w)(?:lưu niệm|hoa|chúc mừng|cảm ơn)(?!\w)[^,.;]*$")  # `tặng quà lưu niệm cho bà B`: no award
_POSTS = 160


def receivers(line: EventLine, start: int, end: int, persons: Sequence[Place], event_type: str) -> Iterator[int]:
    """Those of the persons of a sentence who are given something.

    event_type  at an event of appointments or promotions (`DECISIONS`) also whoever is appointed or promoted
    """
    low = line.low
    decided = event_type in DECISIONS
    if not decided and low.find("cho", start, end) < 0:
        return
    listed = _listed(line, start, end)
    for number, person in enumerate(persons):
        limit = persons[number + 1].start if number + 1 < len(persons) else end
        if listed is not None and person.start >= listed:
            yield person.which
        elif _given_to(low, start, person):
            given = _GIVING.search(low, max(start, person.start - 200), person.start)
            if given and not _TOKEN.search(low, given.end(), person.start):
                yield person.which
        elif decided and _decided(line, start, person, limit):
            yield person.which


def elected(line: EventLine, start: int, end: int, persons: Sequence[Place]) -> Iterator[int]:
    """Those who are elected at a congress: `Đại tá A, Phó Chủ tịch … được bầu giữ chức Chủ tịch …`."""
    if line.low.find("được bầu", start, end) < 0 and line.low.find("tái cử", start, end) < 0:
        return
    for number, person in enumerate(persons):
        limit = persons[number + 1].start if number + 1 < len(persons) else end
        chosen = _ELECTED.search(line.low, person.end, min(limit, person.end + _POSTS))
        if chosen is not None and only_posts(line, person.end, chosen.start()):
            yield person.which


def _listed(line: EventLine, start: int, end: int) -> int | None:
    """Where a list of those who get something begins: `thăng cấp bậc hàm … cho các đồng chí: A; B`."""
    found = _LIST.search(line.low, start, end)
    if found is None or _GIVING.search(line.low, start, found.start()) is None:
        return None
    return found.end()


def _given_to(low: str, start: int, person: Place) -> bool:
    near = max(start, person.start - 24)
    return low.find("cho", near, person.start) >= 0 and _TO.search(low, near, person.start) is not None


def _decided(line: EventLine, start: int, person: Place, limit: int) -> bool:
    low = line.low
    if _APPOINTED.search(low, max(start, person.start - 60), person.start):
        return True
    gets = _GETS.search(low, person.end, min(limit, person.end + _POSTS))
    if gets is None:
        return False
    verb = (_JUST.search(low, person.end, gets.start()) or gets).start()
    if speaks(line, person.end, verb):
        return False  # `A chúc mừng các đồng chí được thăng cấp`
    return only_posts(line, person.end, verb)

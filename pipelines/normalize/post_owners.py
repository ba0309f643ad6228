"""Which organizations a post may belong to: a `Cục trưởng` heads a `Cục`, no `Khoa`.

Source: reference/post_owners.tsv. A deputy's post goes with the same organizations as the head's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.normalize.spelling import lower, modern
from pipelines.reference import table

_MOST_WORDS = 6
_DEPUTY = re.compile(r"^(?:Phó |Trợ lý )")
# Posts of one command: in a list over several people they may share the unit named at its end.
_COMMAND = re.compile(r"^(?:Phó )?(?:Tư lệnh|Chính ủy|Tham mưu trưởng|Chủ nhiệm \w|Chỉ huy trưởng|Chính trị viên)")
_UNITS = ("military region", "corps", "command", "division", "brigade", "regiment", "battalion", "company")


@lru_cache(maxsize=4096)
def fits(position: str, organization: str) -> bool | None:
    """Whether an organization of that name has such a post; None: the table tells nothing of one of them.

    position  canonical; `Phó` and `Thường trực` count for nothing
    """
    own = _heads().get(head_of(position))
    if own is None:
        return None
    kind = _kind(organization)
    return None if kind is None else kind in own


@lru_cache(maxsize=4096)
def head_of(position: str) -> str:
    """The head's post of a deputy's: `Phó Cục trưởng Thường trực` → `Cục trưởng`; of a branch's the politics'."""
    head = position.removeprefix("Phó ").removesuffix(" Thường trực")
    if head.endswith(" phó"):
        head = head.removesuffix(" phó")
        head = f"{head} trưởng" if f"{head} trưởng" in _heads() else head
    if head not in _heads() and head.startswith("Trợ lý "):
        return "Trợ lý"
    if head not in _heads() and head.startswith("Chủ nhiệm "):
        return "Chủ nhiệm Chính trị"
    return head


def shared_by(first: str, second: str, kind: str) -> bool:
    """Whether posts of two people in a list may both be of the organization, of that kind, at its end."""
    if _DEPUTY.sub("", first) == _DEPUTY.sub("", second):
        return True
    return bool(_COMMAND.match(first) and _COMMAND.match(second)) and kind in _UNITS


@cache
def _heads() -> dict[str, frozenset[str]]:
    return {row["position"]: frozenset(map(_spelled, row["heads"].split(";"))) for row in table("post_owners")}


@cache
def _kinds() -> frozenset[str]:
    return frozenset().union(*_heads().values())


def _kind(organization: str) -> str | None:
    """The longest head word known that the name begins with: of `Bộ Tư lệnh 86` not `Bộ`."""
    words = _spelled(organization).split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        begin = " ".join(words[:count])
        if begin in _kinds():
            return begin
    return None


def _spelled(words: str) -> str:
    return modern(lower(words))

"""Which organizations of two bulletins are one: an id from what one bulletin says of it, the same in every bulletin.

A name that only one can bear (`Sư đoàn 309`, `Công an tỉnh Nghệ An`, the known ones) is an identity; a name that every
unit has (`Phòng Tham mưu`, `Cục Hậu cần`, `Khoa Nội`) is one only together with its owner, and where the owner is not
known, only inside its source. The same unit told with and without its owner stays apart: better two than a wrong one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import regex

from pipelines.normalize.mentions import Organization
from pipelines.normalize.same_person import name_key
from pipelines.reference import table

_SHARED_HEADS = (
    "cục", "vụ", "phòng", "ban", "khoa", "đội", "tổ", "trạm", "kho", "xưởng", "chi bộ", "chi đoàn", "tiểu đoàn",
    "đại đội", "trung đội", "tiểu đội", "văn phòng", "thanh tra", "bộ tham mưu", "đảng ủy", "đảng bộ", "ban thường vụ",
    "trung tâm", "đoàn cơ sở", "hội phụ nữ", "công đoàn", "hội đồng", "ban giám đốc", "ban chỉ huy", "đoàn thanh niên",
)  # fmt: skip
"""Heads of names that several organizations bear, unless the name has a place or an owner in it."""
_SHARED = regex.compile(rf"(?:{'|'.join(_SHARED_HEADS)})\b")
_PLACE = regex.compile(
    r"(?:tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b\.? ?\p{Lu}|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$"
)
"""A place word with its name, or two capitalised syllables at the end, as places have and fields have not."""
_LARGER = regex.compile(
    r"(?:Quân khu|Quân đoàn|Quân chủng|Binh chủng|Tổng cục|Bệnh viện|Sư đoàn|Lữ đoàn|Trung đoàn|Học viện|Bộ) \p{Lu}"
    r"|\d+$"
)
"""A name of an owner inside the name, or a number no two have."""


@cache
def _known() -> frozenset[str]:
    return frozenset(name_key(row["name"]) for row in table("organizations"))


def organization_ids(organizations: Sequence[Organization], source_id: str) -> list[str]:
    """For each organization of a bulletin its id: 16 hex digits, the same in all bulletins that mean the same."""
    by_name = {organization.name: organization for organization in organizations}
    return [_digest(_path(organization, by_name, source_id)) for organization in organizations]


def _path(organization: Organization, by_name: dict[str, Organization], source_id: str) -> str:
    """Its name, and those of its owners as far as they are needed to tell it from others of the name."""
    parts: list[str] = []
    current: Organization | None = organization
    while current is not None and len(parts) < 8:
        parts.append(name_key(current.name))
        if not shared(current.name):
            break
        if current.parent is None:
            parts.append(f"@{source_id}")
            break
        above = by_name.get(current.parent)
        if above is None:
            parts.append(name_key(current.parent))
        current = above
    return "\n".join(parts)


def shared(name: str) -> bool:
    """Whether several organizations bear this name."""
    key = name_key(name)
    if key in _known() or not (head := _SHARED.match(key)):
        return False
    rest = name[head.end() :]
    if _PLACE.search(rest):
        return False
    small = head[0] in {"tiểu đoàn", "đại đội", "trung đội", "tiểu đội", "chi bộ", "phòng", "ban", "khoa", "đội", "tổ"}
    return small or not _LARGER.search(rest)


def _digest(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:16]

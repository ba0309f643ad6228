"""From when to when an organization was called what it is called, as far as the law says so.

Sources: the resolutions of the National Assembly named in reference/organization_validity.tsv and former_provinces.tsv;
Law 72/2025/QH15 on local government: no district level from 1 July 2025; police without districts from 1 March 2025.
Mergers whose day no law names (Tổng cục Hậu cần with Tổng cục Kỹ thuật) are left open: a wrong day is worse than none.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import regex

from pipelines.normalize.same_person import name_key
from pipelines.reference import table

_LAST_OF_DISTRICTS = date(2025, 6, 30)
_LAST_OF_DISTRICT_POLICE = date(2025, 2, 28)
_DISTRICT = regex.compile(r"(?:huyện|quận|thị xã) \p{Lu}|(?:Huyện|Quận|Thị) ủy\b")
_PROVINCIAL = regex.compile(
    r"(?:Tỉnh ủy|Sở|Công an|Bộ Chỉ huy|Ủy ban nhân dân|Hội đồng nhân dân|Ban Chỉ huy|Bộ đội Biên phòng)\b"
)


@cache
def _named() -> dict[str, tuple[date | None, date | None]]:
    return {
        name_key(row["name"]): (_day(row["valid_from"]), _day(row["valid_to"]))
        for row in table("organization_validity")
    }


@cache
def _former_province() -> regex.Pattern[str]:
    names = "|".join(regex.escape(row["province"]) for row in table("former_provinces"))
    return regex.compile(rf"(?:^|\s)(?:tỉnh )?(?:{names})$")


def validity(name: str) -> tuple[date | None, date | None]:
    """(first day, last day) of an organization under this canonical name; None: open or not known."""
    if (known := _named().get(name_key(name))) is not None:
        return known
    if _DISTRICT.search(name):
        return None, _LAST_OF_DISTRICT_POLICE if name.startswith("Công an") else _LAST_OF_DISTRICTS
    if _PROVINCIAL.match(name) and _former_province().search(name):
        return None, _LAST_OF_DISTRICTS
    return None, None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Whom a bulletin names as its source, and whether a name of a house is that of a publisher.

`Theo TTXVN`, `(qdnd.vn)`, `Nguồn: Báo Quân khu 2`, `TTXVN -` before the first sentence. A publisher is known by its
name, by the first letters of its words (`Báo Quân đội nhân dân` is `QĐND`) and by a host made of them (`qdnd.vn`).
"""

from __future__ import annotations

import re

from pipelines.normalize.spelling import plain
from pipelines.text import fold

_LAST_LINES = 3
_LONGEST = 120
_HOUSE = r"(?:Cổng|Trang|Báo|Tạp chí|Đài|Thông tấn|Website|[A-ZĐ]{2,}|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net))"
_CREDITS = (
    re.compile(rf"^[(*\s]*(?:Theo|Nguồn(?: tin)?)\s*:?\s+(?P<house>{_HOUSE}[^()\n;]*?)[\s.)]*$"),
    re.compile(rf"\((?:(?:Theo|Nguồn)\s*:?\s+)?(?P<house>{_HOUSE}[^()\n;]{{0,60}})\)[\s.]*$"),
)
_KIND_OF_HOUSE = re.compile(r"^(?:bao|tap chi|dai|(?:cong|trang)(?: thong tin)?(?: dien tu)?|website) ")
_WORD = re.compile(r"[^\W_]+")
_TOP_LEVEL = re.compile(r"^(?:https?://)?(?:www\.)?|(?:\.(?:gov|com|org|edu|net))?\.(?:vn|com|org|net)(?:/.*)?$")


def credit_of(byline: str, body: str) -> str | None:
    """The house that byline or last lines name as the source, as printed. None: none; `Theo báo cáo …` is prose."""
    lines = [line.strip() for line in plain(body).text[-4 * _LONGEST :].split("\n") if line.strip()][-_LAST_LINES:]
    for line in (*plain(byline[: 4 * _LONGEST]).text.split("\n"), *reversed(lines)):
        tail = line.strip()[-_LONGEST:]
        for credit in _CREDITS:
            if found := credit.search(tail):
                return found["house"].strip(" .:")
    return None


def is_house(name: str, publisher: str) -> bool:
    """Whether a name, abbreviation or host means this publisher: `QK2`, `qk2.vn`, `Quân khu 2` for `Báo Quân khu 2`."""
    names, houses = _folded(_TOP_LEVEL.sub("", name.strip())), _folded(publisher)
    if not names or not houses:
        return False
    if len(names) > 1:
        return f" {' '.join(names)} " in f" {' '.join(houses)} "
    return len(names[0]) > 1 and names[0] in (
        _initials(houses),
        _initials(_KIND_OF_HOUSE.sub("", " ".join(houses)).split()),
    )


def _folded(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _initials(words: list[str]) -> str:
    """First letters, numbers whole: `bqk2`."""
    return "".join(word if word[0].isdigit() else word[0] for word in words)

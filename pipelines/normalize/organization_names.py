"""A name of an organization as read from a line, and the ordinary capitals of one printed in capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.normalize.organization_tables import FIRST, Head, name_words_pattern, provinces_by_first

KIND_OF_PLACE = {
    "Tỉnh ủy": "tỉnh", "Huyện ủy": "huyện", "Quận ủy": "quận", "Thị ủy": "thị xã", "Thành ủy": "thành phố",
    "Tỉnh đoàn": "tỉnh", "Huyện đoàn": "huyện", "Thành đoàn": "thành phố", "Thị đoàn": "thị xã",
    "Xã đoàn": "xã", "Phường đoàn": "phường",
}  # fmt: skip

_KIND = re.compile(r"(?:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|khu vực|vùng)(?!\w)")


@dataclass(slots=True)
class Named:
    """One place where a line names an organization.

    start, end  the name's own words; `full`: the end with its owner behind it, for a mention
    own         its own words, with capital head; '' a bare head
    place       its `tỉnh Nghệ An`. scope: a bare `tỉnh`: the one spoken of
    base        its own words without the place at their end: `Sở Y tế` of `Sở Y tế tỉnh Nghệ An`
    owner       the name that follows as its owner; of: told by `của`, `thuộc`, which holds for a whole list
    by_code     known by its unit code alone: the H01 of `Phòng Tham mưu H01`
    seat        where it is, behind its owner: ` tại Việt Nam`
    shared      the owner stands behind a later name of the list
    short       the name it is given in brackets: `(Sohopharma)`
    known_as    the organization's name in full, owned_by that of its owner: found last, by organization_links.py
    """

    line: int
    start: int
    end: int
    full: int
    head: Head
    own: str
    place: str = ""
    scope: str = ""
    owner: Named | None = None
    code: str | None = None
    lower: bool = False
    plural: bool = False
    base: str = ""
    of: bool = False
    by_code: bool = False
    short: str = ""
    shared: bool = False
    seat: str = ""
    known_as: str = ""
    owned_by: str | None = None


def parts(name: Named) -> list[Named]:
    """The name and its owners."""
    found = [name]
    while name.owner is not None and len(found) < 10:
        name = name.owner
        found.append(name)
    return found


def without_kind(head: Head, place: str) -> str:
    """`Tỉnh ủy` of `tỉnh Nghệ An` is `Tỉnh ủy Nghệ An`."""
    kind = KIND_OF_PLACE.get(head.words)
    if kind is None or not place.lower().startswith(kind + " ") or place.endswith("Hồ Chí Minh"):
        return place
    return place[len(kind) + 1 :]


def sentence_case(words: str) -> str:
    """Capitals of a line wholly in capitals taken back: known words begin with one capital, places have them all."""
    out, low = [], words.lower()
    i = 0
    while i < len(low):
        word = FIRST.match(low, i)
        if word is None:
            out.append(low[i])
            i += 1
            continue
        place = next((name for name in provinces_by_first().get(word[0], ()) if low.startswith(name, i)), None)
        phrase = name_words_pattern().match(low, i)
        kind = _KIND.match(low, i) if i else None
        if kind:
            out.append(kind[0])
            i = kind.end()
        elif place:
            out.append(place.title())
            i += len(place)
        elif phrase:
            out.append(low[i].upper() + low[i + 1 : phrase.end()])
            i = phrase.end()
        else:
            out.append(words[i : word.end()] if any(c.isdigit() for c in word[0]) else word[0].capitalize())
            i = word.end()
    return "".join(out)


def place_words(words: str) -> str:
    """`TỈNH NGHỆ AN` → `tỉnh Nghệ An`."""
    kind, _, name = words.partition(" ")
    if kind.lower() in {"thành", "thị"}:
        second, _, name = name.partition(" ")
        kind = f"{kind} {second}"
    return kind.lower() + " " + sentence_case(name)

"""Templates of data/telling.tsv: compiled once; expanding one writes a sentence and notes the facts it tells.

`{chair}` asks the scene, `{chair.s}` without the post, `{chair+board}` for another post of the same person;
`{org.party}` is the committee of a unit, `{org.members}` its party organization. `{#40-90 suất quà}` is a count,
`{%972-996}` a percentage in tenths, `{$80-950 triệu đồng}` money, `{~100-100 hàng trăm ngày công|vague}` words that
mean a number; `|lt` behind one says what the word before it makes of the number. `[a/b]` chooses.
The last column of a title or an opening: what a reader calls the event it tells, the likeliest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from crawlers.newsroom.chance import Chance
from crawlers.newsroom.records import Fact
from crawlers.newsroom.words import counted, rows, tenths

_PART = re.compile(r"\{([#%$~])(\d+)-(\d+) ?([^}|]*)(?:\|(\w+))?\}|\{([^}]+)\}|\[([^\]]+)\]")
Say = Callable[[str], str]
"""What the scene says for a slot's name; it notes its own facts."""
Part = str | tuple[str, int, int, str, str] | tuple[str] | tuple[str, tuple[str, ...]]


@cache
def parts_of(template: str) -> tuple[Part, ...]:
    """Literal strings, ('#%$~', low, high, unit, qualifier), (slot,), ('[]', alternatives)."""
    found: list[Part] = []
    at = 0
    for match in _PART.finditer(template):
        if match.start() > at:
            found.append(template[at : match.start()])
        at = match.end()
        kind, low, high, unit, qualifier, slot, choice = match.groups()
        if kind:
            found.append((kind, int(low), int(high), unit, qualifier or "eq"))
        elif slot:
            found.append((slot,))
        else:
            found.append(("[]", tuple(choice.split("/"))))
    if at < len(template):
        found.append(template[at:])
    return tuple(found)


@cache
def templates(story: str, part: str) -> tuple[str, ...]:
    """The templates of one part of a story; story `*` has what all stories share."""
    return tuple(text for its_story, its_part, text, *_ in rows("telling") if its_story == story and its_part == part)


@cache
def event_types(story: str, part: str, template: str) -> tuple[str, ...]:
    """What a reader of that title or opening calls the event; empty: nothing that has a name."""
    told = next(told for *its, told in map(_with_events, rows("telling")) if its == [story, part, template])
    return tuple(told.split("; ")) if told else ()


def _with_events(row: tuple[str, ...]) -> tuple[str, ...]:
    return row if len(row) == 4 else (*row, "")


@cache
def stories() -> tuple[str, ...]:
    return tuple(dict.fromkeys(story for story, *_ in rows("telling") if story != "*"))


def expand(template: str, rng: Chance, say: Say, facts: list[Fact]) -> str:
    """One text from a template; quantities are added to `facts`, what `say` tells it adds itself."""
    out = []
    for part in parts_of(template):
        if isinstance(part, str):
            out.append(part)
        elif len(part) == 1:
            out.append(say(part[0]))
        elif len(part) == 2:
            out.append(rng.choice(part[1]))
        else:
            kind, low, high, unit, qualifier = part
            number = low if kind == "~" else rng.randint(low, high)
            out.append(_quantity(kind, number, unit, qualifier, facts))
    return "".join(out)


def _quantity(kind: str, number: int, unit: str, qualifier: str, facts: list[Fact]) -> str:
    if kind == "#":
        surface = f"{counted(number)} {unit}" if number >= 1000 else f"{number} {unit}"
        values = (("value", str(number)), ("unit", ""), ("counts", unit))
    elif kind == "~":
        surface, values = unit, (("value", str(number)), ("unit", ""), ("counts", ""))
    elif kind == "%":
        surface = f"{tenths(number)}%"
        values = (("value", f"{number / 10:g}"), ("unit", "%"), ("counts", ""))
    else:
        surface = f"{counted(number)} {unit}"
        scale = 1_000_000 if unit == "triệu đồng" else 1000
        values = (("value", str(number * scale)), ("unit", "VND"), ("counts", ""))
    facts.append(Fact("quantity", surface, (*values, ("qualifier", qualifier))))
    return surface

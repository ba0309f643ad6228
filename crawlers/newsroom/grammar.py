"""Templates of data/telling.tsv: compiled once; expanding one writes a sentence and notes the facts it tells.

`{chair}` asks the scene, `{chair.s}` without the post; `{#40-90 suất quà}` is a count, `{%972-996}` a percentage in
tenths, `{$80-950 triệu đồng}` money; `[a/b]` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from crawlers.newsroom.chance import Chance
from crawlers.newsroom.records import Fact
from crawlers.newsroom.words import counted, rows, tenths

_PART = re.compile(r"\{([#%$])(\d+)-(\d+) ?([^}]*)\}|\{([^}]+)\}|\[([^\]]+)\]")
Say = Callable[[str], str]
"""What the scene says for a slot's name; it notes its own facts."""
Part = str | tuple[str, int, int, str] | tuple[str] | tuple[str, tuple[str, ...]]


@cache
def parts_of(template: str) -> tuple[Part, ...]:
    """Literal strings, ('#%$', low, high, unit), (slot,), ('[]', alternatives)."""
    found: list[Part] = []
    at = 0
    for match in _PART.finditer(template):
        if match.start() > at:
            found.append(template[at : match.start()])
        at = match.end()
        kind, low, high, unit, slot, choice = match.groups()
        if kind:
            found.append((kind, int(low), int(high), unit))
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
    return tuple(text for its_story, its_part, text in rows("telling") if its_story == story and its_part == part)


@cache
def stories() -> tuple[str, ...]:
    return tuple(dict.fromkeys(story for story, _, _ in rows("telling") if story != "*"))


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
            kind, low, high, unit = part
            out.append(_quantity(kind, rng.randint(low, high), unit, facts))
    return "".join(out)


def _quantity(kind: str, number: int, unit: str, facts: list[Fact]) -> str:
    if kind == "#":
        surface = f"{counted(number)} {unit}" if number >= 1000 else f"{number} {unit}"
        values = (("value", str(number)), ("unit", ""), ("counts", unit))
    elif kind == "%":
        surface = f"{tenths(number)}%"
        values = (("value", f"{number / 10:g}"), ("unit", "%"), ("counts", ""))
    else:
        surface = f"{counted(number)} {unit}"
        scale = 1_000_000 if unit == "triệu đồng" else 1000
        values = (("value", str(number * scale)), ("unit", "VND"), ("counts", ""))
    facts.append(Fact("quantity", surface, values))
    return surface

"""Lines known by their wording alone: page furniture, labels, bylines, captions. Data: reference/junk_lines.tsv.

A rule says what a line *looks like*; whether it is that, the readers decide from where the line stands
(a short line in capitals is a byline after the last paragraph and a title at the top).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from pipelines.reference import table

_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class LineRule:
    """One row of junk_lines.tsv. action: drop, consume, caption, strip, `replace by full stop`, `drop from here`."""

    id: str
    pattern: re.Pattern[str] | regex.Pattern[str]
    looks_like: str
    action: str
    keep_as: str


def _compiled(pattern: str) -> re.Pattern[str] | regex.Pattern[str]:
    """By `re`, which takes half the time, unless it asks for a class of letters that only `regex` knows."""
    return regex.compile(pattern) if r"\p" in pattern else re.compile(pattern)


@cache
def line_rules() -> dict[str, LineRule]:
    """All rules with a regular expression, by id, in the order of the table (order matters: J05-J10 before J14)."""
    return {
        row["id"]: LineRule(row["id"], _compiled(row["pattern"]), row["class"], row["action"], row["keep_as"])
        for row in table("junk_lines")
        if row["form"] == "regex"
    }


def matches(rule_id: str, text: str) -> bool:
    """Whether a trimmed line (J13: the raw line) looks like this rule."""
    return line_rules()[rule_id].pattern.search(text) is not None


def heads_others(text: str) -> bool:
    """Whether a line heads a list of other items, as `Các tin khác` and `Tin liên quan` do."""
    return len(text) <= _LONGEST_HEADING and (matches("J24", text) or matches("J40", text))


@lru_cache(maxsize=16_384)  # pages of one site share most of their lines
def rule_for(text: str, among: tuple[str, ...] | None = None) -> LineRule | None:
    """The first rule the trimmed line looks like; `among`: only these ids. J13 needs the raw line: ask `matches`."""
    for rule in line_rules().values():
        if rule.id != "J13" and (among is None or rule.id in among) and rule.pattern.search(text):
            return rule
    return None

"""The lines of a plain text before they have roles, and what prose looks like."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.text import split_lines, tidy_line

FULL_STOP = (".", "…", "./.", "!", "?", ".”", '."', ".)", "?”", "!”")
_END = (*FULL_STOP, ":", ";", "”", '"', ",")

Roles = dict[int, tuple[str, str]]
"""Line number → (role, rule)."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A non-blank line. number: from 1; raw: with its indent; gap: blank lines in front of it."""

    number: int
    raw: str
    text: str
    gap: int


def raw_lines(text: str) -> list[RawLine]:
    """The non-blank lines of a text, tidied, numbered from 1."""
    lines: list[RawLine] = []
    gap = 0
    for raw in split_lines(text):
        tidy = tidy_line(raw)
        if tidy:
            lines.append(RawLine(len(lines) + 1, raw.replace("\u00a0", " "), tidy, gap))
            gap = 0
        else:
            gap += 1
    return lines


def is_prose(text: str) -> bool:
    """A paragraph: long, or a sentence that ends like one. What is prose is never page furniture."""
    words = len(text.split())
    return (
        words >= 40
        or (words >= 14 and text.endswith(_END))
        or (words >= 8 and text.endswith(FULL_STOP) and not text.endswith(("?", "?”")) and len(text) >= 60)
    )

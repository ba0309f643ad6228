"""Where a pattern matches at the start of a word, searched for as fast as `re` can.

Most words stand after a blank, and for one given character `re` scans in C; a lookbehind would be tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LETTERS = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""The small letters of Vietnamese, for a set of a pattern."""

INNER = f"{LETTERS}0-9"
"""After one of these no word starts. After the letters of other alphabets none does either, but they are too many."""


def tree(branches: Iterable[str], depth: int = 3) -> str:
    """An alternation of patterns, written so that `re` tries few: those that begin with the same letters are one."""
    letters: dict[str, list[str]] = {}
    sources: list[str] = []
    for branch in branches:
        if depth and branch[:1].isalpha():
            letters.setdefault(branch[0], []).append(branch[1:])
        else:
            sources.append(branch)
    sources += [letter + tree(rest, depth - 1) for letter, rest in sorted(letters.items())]
    return sources[0] if len(sources) == 1 else f"(?:{'|'.join(sources)})"


def at_word_start(branches: Iterable[str], letter: str = r"[^\W_]", anywhere: Iterable[str] = ()) -> str:
    """An alternation of patterns that stand behind no letter or digit, to be searched for: `re` looks for their first
    letters in C and looks behind only there.

    branches  each begins with a letter that it needs; of those with the same one the first that matches is taken
    letter    what may not stand before them, as a pattern of one character
    anywhere  further patterns, of which each begins with one given mark and stands behind anything
    """
    firsts: dict[str, list[str]] = {}
    for branch in branches:
        firsts.setdefault(branch[0], []).append(branch[1:])
    starts = (f"{first}(?<!{letter}{first})(?:{'|'.join(rests)})" for first, rests in firsts.items())
    return f"(?:{'|'.join((*anywhere, *starts))})"


def holds_one(text: str, cues: tuple[str, ...]) -> bool:
    """Whether one of a few cues stands anywhere in the text: what most lines are asked first, so no generator."""
    for cue in cues:  # noqa: SIM110
        if cue in text:
            return True
    return False


class WordStarts:
    """The places of a text in small letters where a pattern matches at its start or after no letter or digit.

    The pattern begins with a letter or digit. Texts come with the places of words behind marks (`spelling.Plain`).
    """

    def __init__(self, source: str) -> None:
        self._first = re.compile(source)
        self._after_blank = re.compile(f" (?={source})")

    def find(self, text: str, behind_marks: Iterable[int]) -> list[int]:
        """In order. Matches may overlap."""
        found = [match.end() for match in self._after_blank.finditer(text)]
        marks = [at for at in (0, *behind_marks) if self._first.match(text, at)]
        return sorted({*found, *marks}) if marks else found

    def matches(self, text: str, behind_marks: Iterable[int]) -> Iterator[re.Match[str]]:
        """In order, none within the one before."""
        end = 0
        for start in self.find(text, behind_marks):
            if start >= end and (match := self._first.match(text, start)):
                end = match.end()
                yield match

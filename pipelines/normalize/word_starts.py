"""Where a pattern matches at the start of a word, searched for as fast as `re` can.

Most words stand after a blank, and for one given character `re` scans in C; a lookbehind would be tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = "a-z0-9àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""After one of these no word starts. After the letters of other alphabets none does either, but they are too many."""
BEFORE_WORD = f"[^{LETTERS}]"
"""One character behind which a word may start; it may still be a letter of another alphabet (str.isalnum)."""


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


class WordStarts:
    """The places of a text in small letters where a pattern matches at its start or after no letter or digit."""

    def __init__(self, source: str) -> None:
        self._first = re.compile(source)
        self._after_blank = re.compile(f" (?:{source})")
        self._after_mark = re.compile(f"[^ {LETTERS}](?:{source})")

    def find(self, text: str) -> list[int]:
        """In order. Matches may overlap."""
        found = [0] if self._first.match(text) else []
        match = self._after_blank.search(text)
        while match:
            found.append(match.start() + 1)
            match = self._after_blank.search(text, match.start() + 1)
        blanks = len(found)
        match = self._after_mark.search(text)
        while match:
            if not text[match.start()].isalnum():
                found.append(match.start() + 1)
            match = self._after_mark.search(text, match.start() + 1)
        if len(found) > blanks:
            found.sort()
        return found

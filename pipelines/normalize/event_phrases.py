"""Where phrases stand in a line: asked for as `re` answers fastest, behind one given character.

Nearly every word stands behind a blank. Those behind another mark (`“`, `(`, `/`) are few: a line knows them, and they
are tried by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.phrase_patterns import sign_words, whole_words


class Phrases:
    """Phrases that begin where a word begins; of several at one place the longest."""

    def __init__(self, phrases: Iterable[str], then: str = "", not_behind: Iterable[str] = ()) -> None:
        """phrases: as `phrase_pattern` takes them; then: pattern of what follows; not_behind: what may not precede."""
        source = "".join(f"(?<!{words})" for words in not_behind) + whole_words(phrases) + then
        self._anywhere = re.compile(rf"(?<!\w){source}")
        self._behind_blank = re.compile(f" {source}")

    def spans(self, line: EventLine, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Start and end of each in a stretch of a line, in order."""
        marks = line.find_marks() if line.marks is None else line.marks
        if marks and self._is_behind_one(marks, line.low, start, end):
            for match in self._anywhere.finditer(line.low, start, end):
                yield match.span()
        else:
            for match in self._behind_blank.finditer(line.led, start, end + 1):
                yield match.start(), match.end() - 1

    def first(self, line: EventLine, start: int, end: int) -> tuple[int, int] | None:
        """Start and end of the first in a stretch of a line."""
        marks = line.find_marks() if line.marks is None else line.marks
        if marks and self._is_behind_one(marks, line.low, start, end):
            match = self._anywhere.search(line.low, start, end)
            return match and match.span()
        match = self._behind_blank.search(line.led, start, end + 1)
        return match and (match.start(), match.end() - 1)

    def at(self, low: str, start: int, end: int) -> int:
        """Where the one ends that stands right at a position; -1 where none does."""
        match = self._anywhere.match(low, start, end)
        return match.end() if match else -1

    def _is_behind_one(self, marks: list[int], low: str, start: int, end: int) -> bool:
        """Whether one stands behind another mark than a blank."""
        number = bisect_left(marks, start)
        while number < len(marks) and marks[number] < end:
            if self._anywhere.match(low, marks[number], end):
                return True
            number += 1
        return False


def one_blank(words: str) -> str:
    """The words of a phrase found as its table has them."""
    return words if "  " not in words else " ".join(words.split())


def sign_phrases(name: str, then: str = "", not_behind: Iterable[str] = ()) -> Phrases:
    """The words of one row of reference/event_signs.tsv."""
    return Phrases(sign_words(name), then, not_behind)

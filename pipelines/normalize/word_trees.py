"""Phrases of a table by their words: which of them a run of words begins with, asked word by word.

A word that was written with hyphens is one of the run's and several of a phrase's: `ki lô gam`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

_Entry = TypeVar("_Entry")


class _Branch(Generic[_Entry]):
    """What is known of the words so far, and the words that may follow."""

    __slots__ = ("entry", "longer")

    def __init__(self) -> None:
        self.entry: _Entry | None = None
        self.longer: dict[str, _Branch[_Entry]] = {}


class WordTree(Generic[_Entry]):
    """A table of phrases. firsts: their first words."""

    __slots__ = ("firsts",)

    def __init__(self, phrases: Mapping[str, _Entry]) -> None:
        self.firsts: dict[str, _Branch[_Entry]] = {}
        for phrase, entry in phrases.items():
            branches = self.firsts
            for word in phrase.split(" "):
                branch = branches.setdefault(word, _Branch())
                branches = branch.longer
            branch.entry = entry

    def longest(self, words: Sequence[str], first: int = 0) -> tuple[_Entry, int] | None:
        """The longest phrase that the words begin with from `first` on, and the index of the word behind it."""
        found = None
        branches = self.firsts
        for word in words[first:] if first else words:
            first += 1
            branch = branches.get(word)
            if branch is None and " " in word:
                branch = _through(branches, word)
            if branch is None:
                break
            if branch.entry is not None:
                found = branch.entry, first
            branches = branch.longer
            if not branches:
                break
        return found

    def all(self, words: Sequence[str]) -> list[tuple[_Entry, int]]:
        """Every phrase that the words begin with and how many words it takes, the longest last; a slash ends it."""
        found = []
        branches = self.firsts
        for count, word in enumerate(words, 1):
            whole, slash, _ = word.partition("/")
            branch = branches.get(whole)
            if branch is None and " " in whole:
                branch = _through(branches, whole)
            if branch is None:
                break
            if branch.entry is not None:
                found.append((branch.entry, count))
            branches = branch.longer
            if slash or not branches:
                break
        return found


def _through(branches: dict[str, _Branch[_Entry]], hyphened: str) -> _Branch[_Entry] | None:
    """The branch behind the parts of a word with hyphens; None: it has none, or no phrase goes on so."""
    branch = None
    for part in hyphened.split(" "):
        branch = branches.get(part)
        if branch is None:
            return None
        branches = branch.longer
    return branch

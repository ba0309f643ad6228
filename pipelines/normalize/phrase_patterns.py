"""Many phrases as one regular expression that fails fast: a tree of their letters instead of a list.

Python's `re` tries the branches of an alternation one by one at every position. Here a position is left after its first
letter, and the first letters are the pattern's prefix set, which `re` scans for in C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pipelines.reference import table


def phrase_pattern(phrases: Iterable[str]) -> str:
    """The source of a pattern for whole words: of several phrases at one place the longest.

    phrases  small letters, new tone placement; a blank stands for one or more blanks
    returns  a group without a name; `(?!)` (nothing) for no phrases
    """
    tree = _tree(phrases)
    branches = [
        f"{_one(letter)}(?<!\\w{re.escape(letter)}){_source(tree[letter], _one)}" for letter in sorted(tree) if letter
    ]
    return f"(?:(?:{'|'.join(branches)})(?!\\w))" if branches else "(?!)"


def whole_words(phrases: Iterable[str]) -> str:
    """The same for a place where a word is known to begin."""
    source = _source(_tree(phrases), _one)
    return f"{source}(?!\\w)" if source else "(?!)"


def word_tree(words: Iterable[str]) -> str:
    """The source of a pattern for any of the words as they are: of several at one place the longest."""
    return _source(_tree(words), re.escape)


def _one(letter: str) -> str:
    return " +" if letter == " " else re.escape(letter)


def _tree(words: Iterable[str]) -> dict[str, Any]:
    """Letter → what may follow it; an empty letter where a word ends."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return tree


def _source(node: dict[str, Any], one: Callable[[str], str]) -> str:
    """one: the pattern of a letter"""
    branches = [one(letter) + _source(node[letter], one) for letter in sorted(node) if letter]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body


@cache
def signs(name: str) -> str:
    """The pattern for the words of one row of reference/event_signs.tsv."""
    return phrase_pattern(sign_words(name))


def sign_words(name: str) -> list[str]:
    """The words of one row of reference/event_signs.tsv."""
    (row,) = (row for row in table("event_signs") if row["sign"] == name)
    return row["words"].split("; ")

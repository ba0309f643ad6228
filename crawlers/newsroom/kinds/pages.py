"""Lists cut into pages, and which page numbers are printed below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def page_count(entries: Sequence[object], size: int) -> int:
    """At least 1: an empty list has a first page too."""
    return max(1, -(-len(entries) // size))


def page_of(entries: Sequence[T], number: int, size: int) -> Sequence[T]:
    """The entries of page `number`, from 1."""
    return entries[(number - 1) * size : number * size]


def numbers(current: int, pages: int, around: int = 2) -> list[int]:
    """The first page, those around the current one, the last; 0 stands for a gap (`1 0 5 6 7 8 9 0 40`)."""
    shown = sorted({1, pages, *range(max(1, current - around), min(pages, current + around) + 1)})
    found = [shown[0]]
    for before, number in pairwise(shown):
        found += [0, number] if number > before + 1 else [number]
    return found

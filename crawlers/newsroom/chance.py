"""Chance that is none: every draw follows from the seed and the name of what is drawn."""

from __future__ import annotations

import zlib
from random import Random
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class _Row(Protocol[T_co]):
    def __len__(self) -> int: ...

    def __getitem__(self, at: Any, /) -> T_co: ...


class Chance(Random):
    """`Random` with draws from one float each: a page needs hundreds, and slight unevenness does no harm here."""

    def choice(self, seq: _Row[T]) -> T:
        return seq[int(self.random() * len(seq))]

    def randint(self, a: int, b: int) -> int:
        return a + int(self.random() * (b - a + 1))

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        assert stop is None and step == 1, "not needed here"
        return int(self.random() * start)


def chance(*names: object) -> Chance:
    """A source of draws of its own for these names; the same names give the same draws on every machine."""
    return Chance("/".join(map(str, names)))


def share(*names: object) -> float:
    """A number in [0, 1) that follows from these names: cheaper than `chance` where one is enough."""
    return zlib.crc32("/".join(map(str, names)).encode()) / 2**32

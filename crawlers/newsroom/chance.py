"""Chance that is none: every draw follows from the seed and the name of what is drawn."""

from __future__ import annotations

import zlib
from random import Random


def chance(*names: object) -> Random:
    """A source of draws of its own for these names; the same names give the same draws on every machine."""
    return Random("/".join(map(str, names)))  # noqa: S311 -- not for secrets


def share(*names: object) -> float:
    """A number in [0, 1) that follows from these names: cheaper than `chance` where one is enough."""
    return zlib.crc32("/".join(map(str, names)).encode()) / 2**32

"""Patterns that the author of a source file wrote, on addresses that a stranger wrote: the time of each is bounded.

A pattern such as `^/(a|aa)+$` takes longer than the age of the world on sixty letters. Nobody notices while he writes
it, and whoever runs the site can hold up every source of a crawl with one link. `regex` counts processor time, not that
of the clock on the wall, so a busy machine decides nothing.
"""

from __future__ import annotations

from functools import cache

import regex

_USUAL_S, _SHORT_S = 0.05, 0.005
"""Seconds for one address; an honest pattern takes some millionths of one."""
_OFTEN = 20
"""So many addresses may take the usual time; from then on each gets the short one, so that a page of 50,000 ends."""
_MOST = 100_000  # slow addresses that are known by heart


class TooSlow(Exception):
    """Whether the pattern finds the address would take too long to tell."""


class Pattern:
    """One pattern. What was too slow once is so for the life of the process: it is not tried again."""

    def __init__(self, pattern: str) -> None:
        self._pattern = regex.compile(pattern)
        self._slow = set[str]()

    @property
    def was_slow(self) -> bool:
        """Whether any address was too slow for it so far."""
        return bool(self._slow)

    def search(self, address: str) -> regex.Match[str] | None:
        """The first place where it is found. Raises TooSlow."""
        if address in self._slow:
            raise TooSlow(address)
        try:
            return self._pattern.search(address, timeout=_USUAL_S if len(self._slow) < _OFTEN else _SHORT_S)
        except TimeoutError as error:
            if len(self._slow) < _MOST:
                self._slow.add(address)
            raise TooSlow(address) from error


@cache
def compiled(pattern: str) -> Pattern:
    """The pattern, compiled once a process. Raises regex.error."""
    return Pattern(pattern)

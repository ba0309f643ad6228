"""What a backfill will take, as ranges: from what was counted and measured, never from an invented number. Pure.

A range is meant to hold what then happens. Sizes of pages differ, so its ends lie three standard errors of a
prediction from the mean; what was not measured makes an end unknown, not wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from crawlers.crawl_job import CrawlJob
from crawlers.states import MAX_FAILURES

WIDE = 0.25
"""Half-width of a range, as a share of its middle, from which on more pages are worth asking for."""
_ERRORS = 3.0
_FLOOR, _FLOOR_OF_OTHERS = 0.03, 0.10
_ROBOTS_BYTES = 4_096  # allowance: theirs are not counted apart from lists, and few are longer
_HOP_BYTES = 1_024  # allowance: body of a redirect
_SLACK_S = 0.05  # of crawlers.pace


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, both included. high None: at least `low`, nobody can say how much more."""

    low: float
    high: float | None

    def __add__(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)

    def times(self, low: float, high: float) -> Range:
        """Each end with its factor."""
        return Range(self.low * low, None if self.high is None else self.high * high)

    def rounded(self) -> Range:
        """Whole numbers, outwards."""
        return Range(int(self.low), None if self.high is None else ceil(self.high))

    @property
    def width(self) -> float | None:
        """Half of it, as a share of its middle; None: it has no end."""
        if self.high is None:
            return None
        return (self.high - self.low) / (self.high + self.low) if self.high else 0.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Answers with a body: how many, their bytes as received, the squares of these. See Frontier.sizes."""

    n: int = 0
    total: int = 0
    squares: float = 0.0

    def __sub__(self, before: Sizes) -> Sizes:
        return Sizes(self.n - before.n, self.total - before.total, self.squares - before.squares)

    @property
    def mean(self) -> float:
        return self.total / self.n if self.n else 0.0

    def error(self, pages: int) -> float | None:
        """By what share of it the sum of so many other pages may miss `pages * mean`. None: under two were measured.

        Few were measured: the factor is nearer to Student's than to three.
        """
        if self.n < 2 or not self.total:
            return None
        variance = max(0.0, (self.squares - self.total**2 / self.n) / (self.n - 1))
        factor = 10.0 if self.n < 5 else 5.0 if self.n < 12 else _ERRORS
        return factor * sqrt(variance * (1 / self.n + 1 / max(pages, 1))) / self.mean


NONE = Sizes()


@dataclass(frozen=True, slots=True)
class Measured:
    """How a site answered.

    sizes       of pages; own: a sample of the very pages that are missing, spread over the months
    visits      requests for pages, redirects not counted, of which `repeated` asked for a page once more
    answered    URLs that were asked for, of which `without` had no page: gone, or an error
    disallowed  URLs that robots.txt forbade when their turn came: no request
    looked_at   pages of which it is known that `hops` further requests, redirects, led to them
    other_bytes of a visit, besides pages: errors, redirects; None: not measured
    pace_s      seconds a request took, waits and answers included; None: not measured
    """

    sizes: Sizes = NONE
    own: bool = False
    visits: int = 0
    repeated: int = 0
    answered: int = 0
    without: int = 0
    disallowed: int = 0
    looked_at: int = 0
    hops: int = 0
    other_bytes: float | None = None
    pace_s: float | None = None


@dataclass(frozen=True, slots=True)
class ToFetch:
    """What a run has to do for one source.

    waiting, failed  pages never fetched, and given up for a while before
    failed_at_least  of the latter, those that are asked for even if all fail again: a crawl then ends early
    robots           requests for robots.txt: one for each month with work, and each origin in it
    lists            list pages that are asked for again because nobody walked them lately
    delay_s          polite interval
    """

    waiting: int
    failed: int
    failed_at_least: int
    robots: Range
    lists: Range
    delay_s: float

    @property
    def pages(self) -> int:
        return self.waiting + self.failed


@dataclass(frozen=True, slots=True)
class Estimate:
    """hours: at the polite rate, one request at a time."""

    requests: Range
    bytes: Range
    hours: Range


def estimate(todo: ToFetch, measured: Measured, list_sizes: Sizes) -> Estimate:
    """Requests, bytes and hours of one source."""
    requests = _requests(todo, measured)
    slowest = max(todo.delay_s + min(_SLACK_S, 0.05 * todo.delay_s), measured.pace_s or 0.0)
    hours = requests.times(todo.delay_s / 3600, slowest / 3600)
    return Estimate(requests.rounded(), _bytes(todo, measured, list_sizes).rounded(), hours)


def _requests(todo: ToFetch, measured: Measured) -> Range:
    """Each page is asked for once, but where robots.txt, which nobody asks now, forbids it; what fails is repeated, and
    what led elsewhere will do so again."""
    besides = todo.robots + todo.lists
    if not todo.pages:
        return besides
    if not measured.looked_at:
        return Range(besides.low, None)  # robots.txt may forbid all of them
    hops, tries = _hops(measured), _tries(todo, measured)
    forbidden = share(measured.disallowed, measured.answered + measured.disallowed).high or 0.0
    asked = todo.waiting * (1 - forbidden) + todo.failed_at_least
    return Range(asked * (1 + hops.low), todo.pages * (tries + (hops.high or 0.0))) + besides


def _bytes(todo: ToFetch, measured: Measured, list_sizes: Sizes) -> Range:
    if todo.lists.high and not list_sizes.n:
        lists = Range(0, None)
    else:  # lists may answer 304, so may robots.txt
        lists = Range(0, None if todo.lists.high is None else todo.lists.high * list_sizes.mean)
    besides = lists + Range(0, None if todo.robots.high is None else todo.robots.high * _ROBOTS_BYTES)
    if not todo.pages:
        return besides
    error = measured.sizes.error(todo.pages)
    if error is None:
        return Range(0, None)
    error = max(error, _FLOOR if measured.own else _FLOOR_OF_OTHERS)
    # What is gone or fails answers with a page of its own, mostly a short one: not counted below, measured above.
    without = share(measured.without + measured.disallowed, measured.answered + measured.disallowed)
    low = todo.waiting * (1 - (without.high or 0.0)) * max(0.0, 1 - error) * measured.sizes.mean
    high = (1 + error) * measured.sizes.mean * _tries(todo, measured)
    if measured.other_bytes is None:
        high += (_hops(measured).high or 0.0) * _HOP_BYTES
    else:
        high = high * (1 - without.low) + 2 * measured.other_bytes
    return Range(low, todo.pages * high) + besides


def _hops(measured: Measured) -> Range:
    """Further requests a page, for redirects."""
    deep = max(1.0, measured.hops / measured.looked_at) if measured.looked_at else 1.0
    redirected = min(measured.hops, measured.looked_at)
    return share(redirected, measured.looked_at).times(deep, deep) if redirected else Range(0, 0)


def _tries(todo: ToFetch, measured: Measured) -> float:
    """At most so many requests a page: repeated as often as before, or a little more. What had failed is asked once."""
    repeated = share(measured.repeated, measured.visits).high or 0.0
    tries = min(MAX_FAILURES, 1 / (1 - repeated)) if repeated < 1 else MAX_FAILURES
    return (todo.waiting * tries + todo.failed) / todo.pages


def share(found: int, of: int) -> Range:
    """Between which shares the true one lies, seen so many of so many: Wilson's interval at two standard errors."""
    if of <= 0:
        return Range(0.0, 1.0)
    p, z2 = min(1.0, found / of), 4.0
    middle, half = p + z2 / (2 * of), 2 * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Range(max(0.0, (middle - half) / (1 + z2 / of)), min(1.0, (middle + half) / (1 + z2 / of)))


def side_by_side(hours: Sequence[Range], at_a_time: int = CrawlJob.at_a_time) -> Range:
    """How long sources take that are asked at the same time, so many at once, in whatever order."""
    if not hours:
        return Range(0, 0)
    low = max(*(one.low for one in hours), sum(one.low for one in hours) / at_a_time)
    ends = [one.high for one in hours]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return Range(low, None)
    longest = max(known)
    rest = (sum(known) - longest) / at_a_time if len(known) > at_a_time else 0.0
    return Range(low, longest + rest)


def total(ranges: Iterable[Range | None]) -> Range | None:
    """End by end: the sum of lows, the sum of highs. Safe whether or not what one source does says anything of the
    next. None: some source is wholly unknown and no other is known either."""
    found = list(ranges)
    known = [one for one in found if one is not None]
    if not known:
        return None
    summed = sum(known[1:], known[0])
    return summed if len(known) == len(found) else Range(summed.low, None)

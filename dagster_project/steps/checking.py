"""The truth about live sources in about a dozen requests each: lists, newest bulletins, fields. Nothing is stored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from crawlers.catalog import Catalog
from crawlers.looking import Looker
from crawlers.source import Source
from dagster_project.steps.crawling import contact_missing
from dagster_project.steps.home import Clock, Home, OnWait, Progress
from dagster_project.steps.looking import looker
from dagster_project.steps.seeing import PageSeen, Seen, WaySeen, see
from dagster_project.steps.verdicts import judged
from pipelines.records import BantinError

BUDGET = 18
"""Most requests of one check, hops of redirects included; it usually takes ten to twelve."""
_AT_A_TIME = 4  # processes; each source has hosts of its own, so their paces do not meet


class CannotCheck(BantinError):
    """What was asked for cannot be checked; nothing was asked of anybody."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one source found.

    verdict   healthy, quiet, rotten, blocked, moved, unreachable
    reason    of the verdict; page: the first that failed; cure: what to do; both None where all is well
    robots    what robots.txt said, in words
    ways      each [[discover]]'s first page; pages: newest bulletins
    doubts    what is no failure and may be worth a look
    """

    source_id: str
    verdict: str
    reason: str
    page: str | None
    cure: str | None
    robots: str
    ways: tuple[WaySeen, ...]
    pages: tuple[PageSeen, ...]
    doubts: tuple[str, ...]
    requests: int

    @property
    def well(self) -> bool:
        """Whether it makes no exit status 3."""
        return self.verdict in ("healthy", "quiet")


def check(
    home: Home | None,
    catalog: Catalog,
    source_ids: Sequence[str],
    clock: Clock,
    progress: Progress = lambda what, done, total: None,
    on_wait: OnWait | None = None,
) -> list[Checked]:
    """Check those named, disabled ones too; else all that are enabled and have a way of discovery.

    raises  CannotCheck: none is enabled, or no contact; UnknownSource, SourceFileError
    """
    sources = _chosen(home, catalog, source_ids)
    lock, live, over = threading.Lock(), set[Looker](), threading.Event()
    found: dict[str, Checked] = {}

    def one(source: Source) -> Checked:
        tell: Callable[[str], None] = lambda why: on_wait(why) if on_wait else None  # noqa: E731
        with looker(home, source, clock, BUDGET, tell) as asking:
            with lock:
                live.add(asking)
                if over.is_set():  # it began while the others were stopped
                    asking.stop()
            try:
                return _checked(source, see(source, asking, clock), asking)
            finally:
                with lock:
                    live.discard(asking)

    with ThreadPoolExecutor(min(_AT_A_TIME, len(sources))) as pool:
        waiting = [pool.submit(one, source) for source in sources]
        try:
            for done in as_completed(waiting):
                checked = done.result()
                found[checked.source_id] = checked
                progress("sources checked", len(found), len(sources))
        except BaseException:  # Ctrl-C: the pool would wait for servers that nobody wants to hear any more
            pool.shutdown(wait=False, cancel_futures=True)
            with lock:
                over.set()
                for asking in live:
                    asking.stop()
            raise
    return [found[source.source_id] for source in sources]


def _chosen(home: Home | None, catalog: Catalog, source_ids: Sequence[str]) -> list[Source]:
    if source_ids:
        sources = [catalog.get(source_id) for source_id in dict.fromkeys(source_ids)]
    else:
        sources = [source for source in catalog if source.enabled and source.discover]
        if not sources:
            raise CannotCheck("no source is enabled; nothing was asked. Name one: `bantin source check ID`.")
    for source in sources:
        if not source.hosts:
            raise CannotCheck(f"source '{source.source_id}': expected `hosts` in its file, found none; nothing to ask")
    if (why := contact_missing(home, sources, "nothing was asked")) is not None:
        raise CannotCheck(why)
    return sources


def _checked(source: Source, seen: Seen, asking: Looker) -> Checked:
    verdict = judged(source, seen)
    return Checked(
        source.source_id, verdict.word, verdict.reason, verdict.page, verdict.cure,
        seen.robots_words, seen.ways, seen.pages, verdict.doubts, asking.requests,
    )  # fmt: skip

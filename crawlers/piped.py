"""The crawling process as a child of Dagster: its job, events and results go by Dagster Pipes.

The job is `extras["job"]`, a CrawlJob as a dict. Its parent is `extras["parent"]`, a process id, else whoever that is
at the start. Each source that came to an end without breaking is a materialization of `capture/<source>`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from dagster_pipes import PipesContext, open_dagster_pipes

from crawlers.crawl_job import CrawlJob, Tell
from crawlers.errors import printable
from crawlers.parent import watch_parent
from pipelines.records import BantinError

PROGRESS_S = 1.0
"""Of one source, no more than one `progress` event in so many seconds is handed on: Dagster keeps each of them."""

Crawl = Callable[[CrawlJob, Tell, Callable[[Callable[[], None]], None]], int]


def piped(crawl: Crawl) -> int:
    """Exit status 0: every source got its end event, be it a bad one. The parent looks at the events."""
    started_by = os.getppid()
    with open_dagster_pipes() as pipes:
        parent = int(pipes.extras.get("parent") or started_by)
        telling = Telling(pipes)
        try:
            job = CrawlJob.from_dict(pipes.extras["job"])
            crawl(job, telling, lambda stop: _watch(parent, stop))
        except (BantinError, ValueError, TypeError, KeyError) as error:
            said = str(error) if isinstance(error, BantinError) else f"expected a crawl job in extras, found: {error}"
            telling({"event": "failed", "problem": said})
            return 1
        return int(telling.ended != set(job.source_ids))


class Telling:
    """Hands events on. ended: ids of the sources whose last event was told."""

    def __init__(self, pipes: PipesContext, clock: Callable[[], float] = time.monotonic) -> None:
        self._pipes, self._clock = pipes, clock
        self._last: dict[str, float] = {}
        self.ended: set[str] = set()

    def __call__(self, event: dict[str, Any]) -> None:
        """Nobody listens any more: the process ends on the spot, as good as killed, and as safe."""
        if event["event"] == "progress" and not self._is_time(event["source_id"]):
            return
        try:
            self._hand_on(event)
        except OSError:
            os._exit(1)

    def _is_time(self, source_id: str) -> bool:
        now, last = self._clock(), self._last.get(source_id)
        if last is not None and now - last < PROGRESS_S:
            return False
        self._last[source_id] = now
        return True

    def _hand_on(self, event: dict[str, Any]) -> None:
        self._pipes.report_custom_message(event)
        if (said := words(event)) is not None:
            self._pipes.log.info("%s", printable(said))
        if event["event"] != "end":
            return
        if event["problem"] is None:
            self._pipes.report_asset_materialization(
                asset_key=f"capture/{event['source_id']}",  # Dagster takes it apart at the slash
                metadata={name: value for name, value in event.items() if name == "outcome" or type(value) is int},
            )
        self.ended.add(event["source_id"])


def words(event: dict[str, Any]) -> str | None:
    """An event as a line of a log; None: it needs none."""
    source_id = event.get("source_id")
    if event["event"] == "walk":
        return (
            f"{source_id}: {event['way']}: {event['pages']} pages, {event['items']} items, {event['unknown']} of them "
            f"new; {event['stop_reason']}"
        )
    if event["event"] == "progress":
        return f"{source_id}: {event['fetched']} pages fetched, {event['not_modified']} not modified"
    if event["event"] == "rules":
        return f"{source_id}: its rules changed: {event['moved']} keys moved, {event['joined']} rows joined another"
    if event["event"] == "waits":
        return f"{source_id}: waiting for {event['holder']}"
    if event["event"] == "failed":
        return f"failed: {event['problem']}"
    if event["event"] == "end":
        return f"{source_id}: {event['outcome']}; {event['requests']} requests, {event['bytes']} bytes"
    return None


def _watch(parent: int, stop: Callable[[], None]) -> None:
    """Our stdin is not ours: only the parent itself says that it died."""
    with suppress(RuntimeError):  # we have ended already
        watch_parent(parent, stop)

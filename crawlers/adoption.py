"""Captures that the frontier does not know of: a killed crawl archived them. They are adopted, not fetched again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crawlers.archive import ArchivedRecord, read_segment, segments
from crawlers.errors import DamagedSegment
from crawlers.frontier import Found, Frontier
from crawlers.frontier_lists import Runs
from crawlers.month import month_of
from crawlers.segment import VIETNAM
from crawlers.source import Source
from crawlers.states import Answer, after

ADOPTED = "adopted"
"""`discovered_via` of a URL that is known from its capture alone: the listing's page was lost with the power."""


def adopt(
    raw: Path, source: Source, frontier: Frontier, runs: Runs, on_progress: Callable[[int], None] = lambda done: None
) -> int:
    """Account for every closed segment of the source that the frontier has not accounted for; returns captures adopted.

    Damage inside a segment is passed over here: reading it names it. What was ingested (files, archives of others) is
    no answer of ours and stays out. Lists are not adopted: they are asked for again at every crawl anyway.
    """
    accounted = runs.accounted()
    adopted = 0
    for path in segments(raw, source.source_id):
        name = path.relative_to(raw).as_posix()
        if name in accounted:
            continue
        with frontier.transaction():  # one a segment: a kill in between begins it again
            try:
                for record in read_segment(path, raw):
                    adopted += _adopt_one(source, frontier, record)
            except DamagedSegment:
                pass
            runs.account([name])
        on_progress(adopted)
    return adopted


def _adopt_one(source: Source, frontier: Frontier, record: ArchivedRecord) -> bool:
    capture = record.capture
    if capture is None or capture.origin != "live" or record.role:
        return False
    if source.asked(capture.url) != capture.url:  # a twin by the rules of today: it says nothing of its page
        return False
    key = source.key(capture.url)
    at = capture.fetched_at.timestamp()
    row = frontier.get(key)
    if row is None:
        day = capture.fetched_at.astimezone(VIETNAM).date()
        month, rank = month_of(capture.url, None, day)
        frontier.discover([Found(key, capture.url, month, rank, None, None, ADOPTED, at)])
        row = frontier.get(key)
        assert row is not None
    if row.status.last_fetch_at is not None and row.status.last_fetch_at >= at:
        return False
    answer = Answer(at, capture.http_status, payload_sha256=record.payload_sha256)
    frontier.apply([(key, after(row.status, answer, row.known_day))])
    return True

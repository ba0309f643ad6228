"""Captures and what they make of the frontier, stored in this order and in groups: capture first, state after.

Each record is whole for the operating system once it is written, so a killed process loses none; what the frontier does
not know of then is adopted by the next run. A group (50 records or a second) is made safe against a power failure:
fsync of the segment, then one commit of the frontier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from crawlers.frontier import Frontier
from crawlers.frontier_lists import Runs
from crawlers.segment import SegmentWriter
from crawlers.states import Status
from pipelines.records import Capture

GROUP, GROUP_S = 50, 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """payload_sha256 of what was answered; stored: whether it is a new record, or was the latest capture already."""

    payload_sha256: str
    stored: bool


class Ledger:
    """Writes for one crawl of one source.

    always  told at every flush, inside its transaction
    raises  (all methods but close) CannotWrite, DamagedFrontier: what was stored before is kept, the rest is adopted by
            the next crawl
    """

    def __init__(
        self, frontier: Frontier, runs: Runs, writer: SegmentWriter, always: Callable[[], None] = lambda: None
    ) -> None:
        self._frontier, self._runs, self._writer, self._always = frontier, runs, writer, always
        self._changes: list[tuple[str, Status]] = []
        self._notes: list[Callable[[], None]] = []
        self._sizes: dict[str, tuple[int, int, float]] = {}
        self._since: float | None = None
        self._accounted = 0

    def keep(
        self,
        capture: Capture,
        block: bytes,
        raw_body: bytes,
        before: str | None,
        role: str | None = None,
        besides: str | None = None,
    ) -> Kept:
        """Archive an answer, unless its bytes are those of the latest capture of its address.

        block   HTTP header and body as sent, raw_body the latter
        before  payload_sha256 of that capture
        role    `listing`, `robots`; None: a page of its own
        besides payload_sha256 of bytes that are not kept either
        """
        digest = hashlib.sha256(capture.payload).hexdigest()
        if digest in (before, besides):
            return Kept(digest, False)
        self._writer.add_response(capture, block, raw_body=raw_body, payload_sha256=digest, role=role)
        self._tick()
        return Kept(digest, True)

    def change(self, key: str, status: Status) -> None:
        """The new state of a URL; its capture was kept before."""
        self._changes.append((key, status))
        self._tick()

    def also(self, note: Callable[[], None]) -> None:
        """A change of other tables of the frontier, for the same transaction."""
        self._notes.append(note)
        self._tick()

    def weigh(self, role: str, size: int) -> None:
        """Count an answer of so many bytes for plans. role: `page`, `list`."""
        n, total, squares = self._sizes.get(role, (0, 0, 0.0))
        self._sizes[role] = n + 1, total + size, squares + size * size
        self._tick()

    def flush(self) -> None:
        """Everything so far is on the disk, and the frontier knows it."""
        self._writer.close_aged()
        if self._since is None and self._accounted == len(self._writer.closed):
            return
        self._writer.commit()
        with self._frontier.transaction():
            self._frontier.apply(self._changes)
            for note in self._notes:
                note()
            self._frontier.weigh(self._sizes)
            self._runs.account(self._writer.closed[self._accounted :])
            self._always()
        self._changes, self._notes, self._sizes, self._since = [], [], {}, None
        self._accounted = len(self._writer.closed)

    def flush_if_late(self) -> None:
        """Called every now and then: a slow source must not keep its group open for long."""
        if self._since is not None and monotonic() - self._since >= GROUP_S:
            self.flush()

    def close(self) -> None:
        """The end: segments are closed under their final names."""
        try:
            self.flush()
        finally:
            self._writer.close()
        self.flush()

    def _tick(self) -> None:
        if self._since is None:
            self._since = monotonic()
        if len(self._changes) + len(self._notes) >= GROUP:
            self.flush()

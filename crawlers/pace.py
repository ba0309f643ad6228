"""One budget a host for all processes of a home, in `crawl/hosts.sqlite`: whose turn it is to ask, and who must wait.

A turn has two parts. A slot is reserved in one UPDATE, which gives an order and lets waits overlap; when it has come,
one more UPDATE starts the turn, if no other turn of that host began less than its delay ago. The second part is
there because processes wake late: two slots may be delay_s apart and the two requests not.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawlers.errors import CannotWrite, CrawlersError

_SLACK, _MOST_SLACK_S = 0.05, 0.05
_LOOK_S = 1.0  # so old may our knowledge of other processes' holds be
_BUSY_S = 10.0
PATIENCE_S = 400.0
"""How long a crawl waits for a host, or for a back-off to end when nothing else is left to do."""
_FOREVER = 10.0 * 366 * 86400  # no instant of ours is later than this from now

_TABLE = """
CREATE TABLE IF NOT EXISTS host (
    host       TEXT PRIMARY KEY,
    next_slot  REAL NOT NULL DEFAULT 0,     -- unix s: the first instant not reserved yet
    free_at    REAL NOT NULL DEFAULT 0,     -- no turn begins before, whatever was reserved
    written_at REAL NOT NULL DEFAULT 0,     -- by the writer's clock: tells a clock that was set back
    hold_until REAL NOT NULL DEFAULT 0,
    hold_why   TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
"""
# A row written in the future was written before the clock was set back: an instant far away in it is garbage. The
# distance alone says nothing: thirty requests that wait at 3 s each have reserved a minute and a half in good faith.
_SANE = "CASE WHEN written_at > :now AND {0} - :now > :far THEN 0 ELSE {0} END"
_SLOT = f"max(:now, {_SANE.format('next_slot')}, {_SANE.format('free_at')})"
_RESERVE = f"""
INSERT INTO host (host, next_slot, written_at) VALUES (:host, :now + :step, :now)
ON CONFLICT (host) DO UPDATE SET
    next_slot = {_SLOT} + :step, free_at = {_SANE.format("free_at")}, written_at = :now
RETURNING next_slot - :step
"""
_START = f"""
UPDATE host SET free_at = :now + :step, next_slot = max({_SANE.format("next_slot")}, :now + :step), written_at = :now
WHERE host = :host AND {_SANE.format("free_at")} <= :now AND hold_until <= :now
RETURNING 1
"""
_ANSWERED = f"""
INSERT INTO host (host, next_slot, free_at, written_at) VALUES (:host, :now + :step, :now + :step, :now)
ON CONFLICT (host) DO UPDATE SET
    next_slot = max({_SANE.format("next_slot")}, :now + :step), free_at = max({_SANE.format("free_at")}, :now + :step),
    written_at = :now
"""
_HOLD = """
INSERT INTO host (host, hold_until, hold_why) VALUES (:host, :until, :why)
ON CONFLICT (host) DO UPDATE SET
    hold_why = CASE WHEN :until > hold_until THEN :why ELSE hold_why END, hold_until = max(hold_until, :until)
"""


class AskedToWait(Exception):
    """A host may not be asked for longer than whoever wants to is ready to wait. until: unix seconds."""

    def __init__(self, host: str, until: float, why: str) -> None:
        self.host, self.until, self.why = host, until, why
        super().__init__(f"{host}: {why}")


class HostPace:
    """The pace of every host of a home. One object a process and event loop; `host` is host:port, lower case.

    file    made where it is missing; nothing of value is in it, it may be deleted while no crawl runs
    now     the real clock, unix seconds; the days of a simulated newsroom do not touch pace
    raises  CrawlersError (all methods): the file is no such database, or stays locked; CannotWrite: no folder
    """

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file, self.now = file, now
        self._holds: dict[str, tuple[float, str]] = {}  # as far as we know
        self._looked: dict[str, float] = {}
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(file, error) from error
        try:
            self._db = sqlite3.connect(file, timeout=_BUSY_S, isolation_level=None)
            self._prepare()
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def reserve(self, host: str, delay_s: float) -> float:
        """The instant of our slot, unix seconds, never in the past.

        The next slot of anybody is at least delay_s and a slack (5 %, at most 50 ms, against jitter) later.
        """
        return float(self._run(_RESERVE, host, _step(delay_s), delay_s)[0][0])

    def answered(self, host: str, delay_s: float) -> None:
        """The headers of an answer came: nobody's next turn begins within delay_s from now, reserved or not.

        So the interval at the server never falls below delay_s, however long our request was under way.
        """
        if _checked(delay_s) > 0:
            self._run(_ANSWERED, host, delay_s, delay_s)

    def hold(self, host: str, until: float, why: str) -> None:
        """Nobody asks this host before `until` (unix seconds), e.g. Retry-After. The later of two holds counts.

        The caller caps it: what is held here stays held.
        """
        if not math.isfinite(until) or until > self.now() + _FOREVER:
            raise ValueError(f"expected an instant in unix seconds to hold {host} until, found {until}")
        self._run(_HOLD, host, until=until, why=why)
        self._look(host)

    def held(self, host: str) -> tuple[float, str] | None:
        """Until when (unix seconds) and why nobody asks this host; None: it may be asked."""
        self._look(host)
        return self._known_hold(host)

    async def turn(
        self, host: str, delay_s: float, stop: asyncio.Event | None = None, patience_s: float = math.inf
    ) -> bool:
        """Wait for our turn: the slot, any hold, and delay_s since the last turn that anybody began.

        returns  True: ask now. False: `stop` was set before that; a slot that was reserved passes unused
        raises   AskedToWait: the host is held for longer than patience_s, now or while we wait
        A delay of 0 paces nothing and touches no file, but for a look at the holds of others once a second.
        """
        self._refuse_long_hold(host, patience_s)
        clock = asyncio.get_running_loop().time  # a wall clock that jumps must not stretch a sleep
        ready = clock()
        if _checked(delay_s) > 0 and not (stop and stop.is_set()):
            ready += self.reserve(host, delay_s) - self.now()
        while not (stop and stop.is_set()):
            self._refuse_long_hold(host, patience_s)
            wait = max(ready - clock(), self._hold_left(host))
            if wait <= 0:
                if delay_s == 0 or self._run(_START, host, _step(delay_s), delay_s):
                    return True
                wait = ready - clock() + self._until_free(host, delay_s)
                ready = clock() + wait
            await _pause(min(wait, _LOOK_S), stop)
        return False

    def close(self) -> None:
        self._db.close()

    def _until_free(self, host: str, delay_s: float) -> float:
        """Seconds until a turn may begin, at least a millisecond: somebody else was first."""
        self._look(host)
        rows = self._run(f"SELECT {_SANE.format('free_at')} FROM host WHERE host = :host", host, 0.0, delay_s)
        return max(0.001, float(rows[0][0]) - self.now()) if rows else 0.001

    def _hold_left(self, host: str) -> float:
        if time.monotonic() - self._looked.get(host, -math.inf) >= _LOOK_S:
            self._look(host)
        known = self._known_hold(host)
        return known[0] - self.now() if known else 0.0

    def _refuse_long_hold(self, host: str, patience_s: float) -> None:
        if self._hold_left(host) > patience_s:
            raise AskedToWait(host, *self._holds[host])

    def _known_hold(self, host: str) -> tuple[float, str] | None:
        known = self._holds.get(host)
        return known if known and known[0] > self.now() else None

    def _look(self, host: str) -> None:
        self._looked[host] = time.monotonic()
        rows = self._run("SELECT hold_until, hold_why FROM host WHERE host = :host", host)
        if rows:
            self._holds[host] = (float(rows[0][0]), str(rows[0][1]))

    def _run(self, statement: str, host: str, step: float = 0.0, delay_s: float = 0.0, **more: Any) -> list[Any]:
        values = {"host": host, "now": self.now(), "step": step, "far": max(60.0, 20 * delay_s), **more}
        try:
            return self._db.execute(statement, values).fetchall()  # fetching all ends the statement and its lock
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _prepare(self) -> None:
        give_up = time.monotonic() + _BUSY_S
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL").fetchall()
                break
            except sqlite3.OperationalError:  # two processes that make the file at once: SQLite waits for neither
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.01)
        self._db.execute("PRAGMA synchronous = OFF")  # a pace that a power cut makes stale harms nobody
        self._db.execute(_TABLE)

    def _unusable(self, error: sqlite3.Error) -> CrawlersError:
        return CrawlersError(
            f"{self._file}: expected the database of host paces, found: {error}; nothing was asked of the host; cure: "
            "make room, or delete the file while no crawl runs (it holds only when each host was asked last)"
        )


def _checked(delay_s: float) -> float:
    if not 0 <= delay_s <= _FOREVER:  # NaN too
        raise ValueError(f"expected a delay of 0 or more seconds, found {delay_s}")
    return delay_s


def _step(delay_s: float) -> float:
    return _checked(delay_s) + min(_SLACK * delay_s, _MOST_SLACK_S)


async def _pause(seconds: float, stop: asyncio.Event | None) -> None:
    if stop is None:
        await asyncio.sleep(seconds)
        return
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)

"""One at a time: file locks that end with their process, however it ends (flock; the home is on a local filesystem)."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from crawlers.errors import CannotWrite

DAILY = "_daily.lock"
"""In `crawl/`, held by the daily job. `daily.lock` would be the lock of a source of that name; no id has a `_`."""
_POLL_S = 0.2
_GLANCES, _GLANCE_S = 5, 0.02


@contextmanager
def exclusive(path: Path, holder: str, since: datetime, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock file; wait for whoever holds it.

    holder   who we are, for those who wait, e.g. `ingest, run 20240105T080000-1a2b`
    on_wait  called once, before waiting, with who holds it:
             `ingest, run …, process 4711, since 2024-01-05T08:00:00+00:00`
    raises   CannotWrite
    """
    with _opened(path) as descriptor:
        if not _taken(descriptor):
            if on_wait is not None:
                on_wait(_holder(descriptor))
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        _sign(descriptor, holder, since)
        yield


async def exclusive_later(
    path: Path, holder: str, since: datetime, on_wait: Callable[[str], None], stop: asyncio.Event
) -> ExitStack | None:
    """The same among other tasks of one event loop. None: `stop` was set first. Closing the stack frees the lock."""
    with ExitStack() as stack:
        descriptor = stack.enter_context(_opened(path))
        told = False
        while not _taken(descriptor):
            if not told:
                on_wait(_holder(descriptor))
                told = True
            if stop.is_set():
                return None
            await asyncio.sleep(_POLL_S)
        _sign(descriptor, holder, since)
        return stack.pop_all()
    return None


@contextmanager
def daily_turn(
    crawl_folder: Path, holder: str, since: datetime, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """The daily job, from before its crawl until its end: whoever asks by `wait_for_daily` lets it go first.

    One at a time: another daily job is waited for, as in `exclusive`.
    """
    with _opened(crawl_folder / DAILY) as descriptor:
        for _ in range(_GLANCES):  # a backfill that only looked has freed it again by now
            if _taken(descriptor):
                break
            time.sleep(_GLANCE_S)
        else:
            if on_wait is not None:
                on_wait(_holder(descriptor))
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        _sign(descriptor, holder, since)
        yield


def wait_for_daily(crawl_folder: Path, on_wait: Callable[[str], None] | None = None) -> None:
    """Returns when no daily job is under way. on_wait: told once, before waiting, which one is. Raises CannotWrite."""
    with _opened(crawl_folder / DAILY) as descriptor:
        if _taken(descriptor, fcntl.LOCK_SH):
            return
        if on_wait is not None:
            on_wait(_holder(descriptor))
        fcntl.flock(descriptor, fcntl.LOCK_SH)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The file is never removed: a lock on a file that somebody unlinks and makes anew is two locks.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise CannotWrite(path, error) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int, how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int, holder: str, since: datetime) -> None:
    note = {"holder": holder, "process": os.getpid(), "since": since.isoformat()}
    with suppress(OSError):  # a full disk: the lock holds all the same, the note is for people
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note, ensure_ascii=False).encode(), 0)


def _holder(descriptor: int) -> str:
    """Who wrote the note. It may be half written or from before: it is told to people, nothing is decided by it."""
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
        return f"{note['holder']}, process {note['process']}, since {note['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"

"""One at a time: file locks that end with their process, however it ends (flock; the home is on a local filesystem)."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from crawlers.errors import CannotWrite

_POLL_S = 0.2


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


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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

"""One writer a home: an OS lock on warehouse/work.lock, which the kernel frees when its holder dies.

The file names the holder so that a person can find it; the lock itself is the flock, never the text.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import NotWritten, WriterBusy, first_line

WAIT_S = 600.0
"""A load takes seconds; who waits ten minutes waits for something that hangs."""
_POLL_S = 0.05


@contextmanager
def write_lock(
    home: Path,
    command: str,
    clock: Callable[[], datetime],
    *,
    wait_s: float = WAIT_S,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold the home's write lock for the length of the block.

    command  shown to those who wait, e.g. `ingest`
    on_wait  called once, with who is waited for, e.g. `load (process 4711, since 2026-11-22T07:35:00+00:00)`
    raises   WriterBusy after `wait_s` seconds; NotWritten where the lock file cannot be made
    """
    path = home / "warehouse" / "work.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise NotWritten(
            path.parent, expected="a folder to write to", found=first_line(error), now="nothing was written",
            cure="name another home with --home or set the permissions",
        ) from error  # fmt: skip
    try:
        _acquire(path, handle, wait_s, on_wait)
        who = {"pid": os.getpid(), "command": command, "since": clock().astimezone(UTC).isoformat()}
        _say(handle, json.dumps(who))
        try:
            yield
        finally:
            _say(handle, "")
    finally:
        os.close(handle)


def _acquire(path: Path, handle: int, wait_s: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + wait_s
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            pass
        who = _holder(path)
        if time.monotonic() >= deadline:
            raise WriterBusy(
                path, expected=f"a free warehouse within {wait_s:g} s", found=f"it is held by {who}",
                now="nothing was written", cure="wait for that process, or end it: its lock goes with it",
            )  # fmt: skip
        if on_wait and not told:
            on_wait(who)
            told = True
        time.sleep(min(_POLL_S, max(0.0, deadline - time.monotonic())))


def _holder(path: Path) -> str:
    try:
        who = json.loads(path.read_text())
        return f"{who['command']} (process {who['pid']}, since {who['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process that has not said its name yet"


def _say(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)

"""Names and locks of segment files; those whose writer was killed are cut after their last whole record and closed."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from crawlers.warc import WarcRecord, records

OPEN, CLOSED = ".warc.gz.open", ".warc.gz"


@dataclass(frozen=True, slots=True)
class Recovered:
    """A segment whose writer was killed. lost: bytes after its last whole record; records: without its warcinfo."""

    warc_file: str
    records: int
    lost: int


def recover(raw: Path, source_id: str) -> tuple[Recovered, ...]:
    """Close segments that nobody writes any more, each cut after its last whole record.

    A segment whose writer lives is left alone. One that holds no record of ours is removed.
    """
    found: list[Recovered] = []
    for path in sorted((raw / source_id).glob(f"*/*{OPEN}")):
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue  # another recovery was quicker
        try:
            if locked(descriptor, path):
                found.append(_recover_one(raw, path, descriptor))
        finally:
            os.close(descriptor)
    return tuple(found)


def _recover_one(raw: Path, path: Path, descriptor: int) -> Recovered:
    end = count = 0
    with path.open("rb") as file:
        for item in records(file, lambda _headers, _length: False):
            if isinstance(item, WarcRecord):
                end = item.end
                count += item.kind != "warcinfo"
    lost = os.fstat(descriptor).st_size - end
    final, copy = closed(path), 1
    while final.exists():  # put back from a backup, say: a closed segment is never written over
        copy += 1
        final = path.with_name(path.name.removesuffix(OPEN) + f"-{copy}{CLOSED}")
    if count == 0:
        path.unlink()
    else:
        os.ftruncate(descriptor, end)
        os.fsync(descriptor)
        path.rename(final)
    fsync_folder(path.parent)
    return Recovered(final.relative_to(raw).as_posix(), count, lost)


def locked(descriptor: int, path: Path) -> bool:
    """Take the lock, and make sure the name still means this file. False: somebody else has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there = path.stat()
    except (BlockingIOError, FileNotFoundError):
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def closed(path: Path) -> Path:
    """The name of an `.open` segment once it is closed."""
    return path.with_name(path.name.removesuffix(".open"))


def fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Copying a closed database file into place: reflink where the file system can, durable before it is visible."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import duckdb

from warehouse.errors import NotWritten, first_line
from warehouse.sql import literal

_FICLONE = 0x40049409
"""ioctl of Linux: share the blocks of another file (btrfs, xfs); any other file system refuses it."""


def copy_into_place(source: Path, target: Path, *, compact: bool) -> None:
    """Put a copy of `source`, a checkpointed database nobody has open, at `target` in one rename.

    compact  write the rows anew instead of copying blocks: slower, but without the holes of deleted rows
    raises   NotWritten: the disk is full or read-only; `target` is as it was
    """
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        if compact:
            _write_anew(source, temporary)
        else:
            _copy(source, temporary)
        put_in_place(temporary, target)
    except (OSError, duckdb.IOException) as error:
        raise NotWritten(
            target, expected="room for a copy of the warehouse", found=first_line(error),
            now="the snapshot before keeps answering; the tables to publish are safe in work.duckdb",
            cure="make room, then `bantin publish`",
        ) from error  # fmt: skip
    finally:
        sweep(target)


def put_in_place(ready: Path, target: Path) -> None:
    """Make the file durable, rename it onto `target`, make the rename durable."""
    fsync(ready)
    ready.replace(target)
    fsync(target.parent)


def sweep(target: Path) -> None:
    """Remove what killed copies left. Only under the write lock: a living one would lose its file."""
    for path in target.parent.glob(f"{target.name}.*.tmp*"):
        path.unlink(missing_ok=True)
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)


def is_left(name: str) -> bool:
    """Whether a temporary name (`….<process id>.tmp`, or the id alone) is of a process that is gone."""
    number = name.removesuffix(".tmp").rpartition(".")[2]
    if not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:  # somebody else's lives
        pass
    return False


def fsync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
            return
        except OSError:
            pass  # not on this file system: copy the bytes
        shutil.copyfileobj(old, new, 16 * 1024 * 1024)


def _write_anew(source: Path, target: Path) -> None:
    con = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        con.execute(f"attach {literal(source)} as old (read_only)")
        con.execute(f"attach {literal(target)} as new")
        con.execute("copy from database old to new")
        con.execute("checkpoint new")
    finally:
        con.close()

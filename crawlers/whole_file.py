"""Files of a home that are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from crawlers.recovery import fsync_folder


def write_whole(file: Path, data: bytes) -> None:
    """Put bytes in the place of a file, or make it and its folder; on the disk before the call returns.

    raises  OSError: the disk is full, the folder read-only; what was there stays
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
        beside.replace(file)
        fsync_folder(file.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)

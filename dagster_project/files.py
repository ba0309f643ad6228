"""Files a command writes for a person: whole or not at all, and never one of Bantin's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipelines.records import BantinError


class NoSuchPlace(BantinError):
    """A file that cannot be written where it was asked for."""


def check_out(home: Path, out: Path) -> None:
    """Refuse a folder, and a file below the home: it could take the place of captures or tables.

    raises  NoSuchPlace
    """
    if out.is_dir():
        raise NoSuchPlace(
            f"{out}: expected a file to write, found a folder; nothing was written. Name a file by --out."
        )
    inside = home.resolve()
    if out.resolve().is_relative_to(inside) or (out.parent.resolve() / out.name).is_relative_to(inside):
        raise NoSuchPlace(
            f"{out}: expected a place outside the home {inside}, whose files are Bantin's own; nothing was written. "
            "Name another --out."
        )


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file (UTF-8) that takes the place of `path` when the block ends well; else the old one stays.

    raises  NoSuchPlace: no folder, no permission, a full disk
    """
    with (
        _replaced(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="") as sink,
    ):
        yield sink


def replacing_bytes(path: Path, data: bytes) -> None:
    """Write bytes to a file that takes the place of `path` when it is whole. raises NoSuchPlace"""
    with _replaced(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise NoSuchPlace(
            f"{path}: cannot be written ({error.strerror or error}); nothing was written. "
            "Name another --out, or make its folder."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)

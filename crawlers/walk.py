"""Which files below a named path are taken in: regular ones of known suffixes, in one order, links not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.errors import UnreadableFile, printable

PAGES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
ARCHIVES = (".warc", ".warc.gz")
EXPECTED = ".html, .htm, .txt, .warc or .warc.gz"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out on purpose. name: below the named path, never absolute."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that should have been taken and could not."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


def content_type(name: str) -> str | None:
    """By suffix, in any case; None where it is no page."""
    return PAGES.get(Path(name).suffix.lower())


def is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVES)


def shown(path: Path) -> str:
    """A name for people: bytes that are no UTF-8 and control characters as escapes."""
    return printable(str(path))


def walk(root: Path, leave_out: frozenset[Path]) -> Iterator[Path | Skipped | Hole]:
    """The files below a resolved path, folder by folder, sorted by name.

    leave_out  folders not entered: the home, whose own segments are no new bulletins
    A hidden file or folder below the path (`._page.html`, `.git`) is skipped, for nobody sees that it would be taken;
    named by itself it is taken.
    """
    try:
        mode = root.lstat().st_mode
    except OSError as error:
        yield Hole(shown(root), _why(error))
        return
    if stat.S_ISDIR(mode):
        yield from _walk_folder(root, leave_out)
    elif not stat.S_ISREG(mode):
        yield Hole(shown(root), "expected a file or a folder, found a pipe, socket or device; it was not opened")
    elif content_type(root.name) is None and not is_archive(root.name):
        yield Hole(shown(root), f"expected {EXPECTED}, found another kind of file")
    else:
        yield root


def _walk_folder(root: Path, leave_out: frozenset[Path]) -> Iterator[Path | Skipped | Hole]:
    # A stack and not recursion: folders may be nested deeper than Python's stack.
    waiting: list[tuple[Path, Iterator[str]]] = []

    def enter(folder: Path) -> Hole | None:
        try:
            with os.scandir(folder) as entries:
                waiting.append((folder, iter(sorted(entry.name for entry in entries))))
        except OSError as error:
            return Hole(shown(folder.relative_to(root.parent)), _why(error))
        return None

    if hole := enter(root):
        yield hole
    while waiting:
        folder, names = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
            continue
        here = folder / name
        found = _judged(here, shown(here.relative_to(root.parent)), leave_out)
        if found is None:
            found = enter(here)
        if found is not None:
            yield found


def _judged(here: Path, name: str, leave_out: frozenset[Path]) -> Path | Skipped | Hole | None:
    """None: a folder to enter."""
    if here in leave_out:
        return Skipped(name, "Bantin's own folder, not entered")
    if here.name.startswith("."):
        return Skipped(name, "hidden")
    try:
        mode = here.lstat().st_mode
    except OSError as error:
        return Hole(name, _why(error))
    if stat.S_ISLNK(mode):
        return Skipped(name, "a link, not followed")
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return Skipped(name, "a pipe, socket or device, not opened")
    if content_type(here.name) is None and not is_archive(here.name):
        return Skipped(name, f"not {EXPECTED}")
    return here


class RegularFile:
    """What `walk` found, opened only if it still is a regular file: a pipe put in its place would block for ever.

    Its own errors become UnreadableFile, so that they are never taken for those of the archive being written.
    """

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise UnreadableFile(_why(error)) from error
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        state = os.fstat(descriptor)
        self.size = state.st_size
        if not stat.S_ISREG(state.st_mode):
            self._file.close()
            raise UnreadableFile("expected a regular file, found something else put in its place")

    def __enter__(self) -> RegularFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def seek(self, offset: int) -> int:
        return self._file.seek(offset)

    def read(self, size: int) -> bytes:
        """`size` bytes, or what is left."""
        try:
            parts: list[bytes] = []
            while size > 0 and (part := self._file.read(size)):
                parts.append(part)
                size -= len(part)
            return b"".join(parts)
        except OSError as error:
            raise UnreadableFile(_why(error)) from error


def _why(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"

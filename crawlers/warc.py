"""WARC files as a stream of whole records: gzip member per record, one gzip for all, or plain. ISO 28500.

warcio reads the records. Ours is what it leaves out: its gzip reader takes a cut or broken member for the end of the
data, and its lines have no bound. So the gzip members are walked here, a record's header must end within bounds and its
block be as long as it says, each damage is named and the next whole record sought. Only whole records come out: header,
block and, for the last record of a gzip member, its checksum were read before a record is handed on.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from warcio.bufferedreaders import BufferedReader
from warcio.recordloader import ArcWarcRecordLoader

CHUNK = 64 * 1024
MAX_HEADER = 64 * 1024
_MAGIC = b"\x1f\x8b\x08"
_MAX_BLANK = 10_000  # lines between two records: each costs time, and a bomb inflates to millions
_MAX_TRIES = 10_000  # members tried after a damage: a file of nothing but false starts must not take quadratic time
_VERSIONS = tuple(version.encode() for version in ArcWarcRecordLoader.WARC_TYPES)
_LOADER: Any = ArcWarcRecordLoader(arc2warc=False)  # type: ignore[no-untyped-call]

# It warns of a space in a URL with the URL as it stands: bytes of strangers, which never go to a terminal unescaped.
logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)


class Bytes(Protocol):
    """A file to read from any place."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> int: ...


Want = Callable[[Mapping[str, str], int], bool]


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A whole record.

    offset, end  bytes of the file, of the gzip member it is in
    headers      of the WARC record, names in lower case
    length       bytes of the block
    block        None where it was not wanted
    """

    offset: int
    end: int
    headers: Mapping[str, str]
    length: int
    block: bytes | None

    def header(self, name: str) -> str:
        """Its value, empty where there is none."""
        return self.headers.get(name.lower(), "")

    @property
    def kind(self) -> str:
        return self.header("WARC-Type").lower()


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no whole record. cut: the file ended too early; not_warc: it never began."""

    offset: int
    reason: str
    cut: bool = False
    not_warc: bool = False


class _Broken(Exception):
    def __init__(self, reason: str, cut: bool = False) -> None:
        self.reason, self.cut = reason, cut


class _Member:
    """The inflated bytes of one gzip member after the other. At the end of one, its checksum was right."""

    def __init__(self, file: Bytes, offset: int) -> None:
        self.file, self.start, self.end, self.raw = file, offset, offset, b""
        self.inflate: zlib._Decompress | None = None

    def next(self) -> bool:
        """Go to the next member; False at the end of the file."""
        self.start, self.raw = self.end, self.raw or self.file.read(CHUNK)
        self.inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return bool(self.raw)

    def read(self, size: int) -> bytes:
        """At most `size` inflated bytes, none at the end of the member."""
        data = b""
        while self.inflate is not None and not data:
            self.raw = self.raw or self.file.read(CHUNK)
            if not self.raw:
                raise _Broken("the file ends inside a gzip member", cut=True)
            before = len(self.raw)
            try:
                data = self.inflate.decompress(self.raw, size)
            except zlib.error as error:
                raise _Broken(f"no valid gzip: {error}") from error
            if self.inflate.eof:
                self.raw, self.inflate = self.inflate.unused_data, None
            else:
                self.raw = self.inflate.unconsumed_tail
            self.end += before - len(self.raw)
        return data


class _Lines(BufferedReader):
    """What warcio reads a record from: the lines of its header are bounded and have an end.

    start      where the record at hand, or the gzip member it is in, begins
    next_line  the first line of the record that comes next; empty at the end of the member or file
    member     None for a plain file
    """

    def __init__(self, file: Bytes, offset: int, gzip: bool) -> None:
        file.seek(offset)
        self.member = _Member(file, offset) if gzip else None
        super().__init__(self.member or file, CHUNK)  # type: ignore[no-untyped-call]
        self.base = self.start = offset
        self.next_line, self.left = b"", 0

    def next(self) -> bool:
        """Go to the next record; False at the end of the file."""
        while not self.next_line:
            if self.member is not None:
                if not self.member.next():
                    return False
                self.start = self.member.start
                self.look()
            elif not self.look():
                return False
        if self.member is None:
            self.start = self.end
        return True

    def look(self) -> bytes:
        """Pass over blank lines to `next_line`. At the end of a gzip member this makes zlib check its sum."""
        for _ in range(_MAX_BLANK):
            self.next_line = super().readline(MAX_HEADER)  # type: ignore[no-untyped-call]
            if not self.next_line or self.next_line.strip(b"\r\n"):
                return self.next_line
        raise _Broken(f"expected a WARC record, found {_MAX_BLANK} blank lines")

    def readline(self, length: int | None = None) -> bytes:
        """A line of a record's header."""
        line: bytes = super().readline(self.left + 1)  # type: ignore[no-untyped-call]
        self.left -= len(line)
        if self.left < 0:
            raise _Broken(f"no end of the record's header within {MAX_HEADER} bytes")
        if not line.endswith(b"\n"):
            raise _Broken("the file ends inside a record's header", self.member is None)
        return line

    @property
    def end(self) -> int:
        """Bytes of the file that were read, without `next_line`."""
        if self.member is not None:
            return self.member.end
        unread: int = self.rem_length()  # type: ignore[no-untyped-call]
        return self.base + self.num_read - unread - len(self.next_line)


def records(file: Bytes, want: Want, offset: int = 0) -> Iterator[WarcRecord | Damage]:
    """Whole records from the offset on, and every damage between them, in the file's order.

    file  seekable. Gzip or plain is told by the first two bytes, never by the name.
    want  takes a record's headers and its block's length, says whether the block is to be held in memory
    """
    file.seek(offset)
    lines = _Lines(file, offset, gzip=file.read(2) == _MAGIC[:2])
    found = False
    while True:
        try:
            if not lines.next():
                if not found:
                    yield Damage(offset, "expected a WARC record, found an empty file", not_warc=True)
                return
            record = _record(lines, want)
            found = True
            yield record
        except _Broken as broken:
            resumed = _next_member(file, lines.start + 1) if lines.member else None
            cut, last = broken.cut, resumed is None
            yield Damage(lines.start, broken.reason, cut and last, not (found or cut) and last)
            if resumed is None:
                return
            found = True
            lines = _Lines(file, resumed, gzip=True)


def _record(lines: _Lines, want: Want) -> WarcRecord:
    line = lines.next_line
    if not line.startswith(_VERSIONS):
        cut = any(version.startswith(line) for version in _VERSIONS)
        raise _Broken(f"expected a WARC record, found {line[:10]!r}", cut)
    lines.left = MAX_HEADER - len(line)
    record = _LOADER.parse_record_stream(lines, line, known_format="warc", no_record_parse=True)
    headers = {name.lower(): value for name, value in reversed(record.rec_headers.headers)}  # the first of a name
    stated = headers.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 19):
        raise _Broken(f"expected a Content-Length, found {stated[:40]!r}")
    left = length = int(stated)
    block = io.BytesIO() if want(headers, length) else None
    while left:
        data = record.raw_stream.read(CHUNK)
        if not data:
            raise _Broken(f"the block ends {left} bytes before its Content-Length", lines.member is None)
        if block is not None:
            block.write(data)
        left -= len(data)
    after = lines.look()
    if not (after.startswith(b"WARC/") or b"WARC/".startswith(after)):
        raise _Broken(f"expected the record to end after {length} bytes, found {after[:5]!r}")
    return WarcRecord(lines.start, lines.end, headers, length, None if block is None else block.getvalue())


def _next_member(file: Bytes, start: int) -> int | None:
    """Offset of the next gzip member that begins a WARC record, None where there is none."""
    tries = 0
    while True:
        file.seek(start)
        window = file.read(CHUNK)
        for match in re.finditer(re.escape(_MAGIC), window):
            tries += 1
            file.seek(start + match.start())
            try:
                if zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(1024), 16).startswith(_VERSIONS):
                    return start + match.start()
            except zlib.error:
                pass
            if tries == _MAX_TRIES:
                return None
        if len(window) < len(_MAGIC):
            return None
        start += len(window) - len(_MAGIC) + 1

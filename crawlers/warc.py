"""WARC files as a stream of whole records: gzip member per record, one gzip for all, or plain. ISO 28500.

Only whole records come out: header, block and, in gzip, the member's checksum were read before a record is handed on.
warcio's iterator passes over what it cannot inflate; here each damage is named and the next whole record sought.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

CHUNK = 64 * 1024
MAX_HEADER = 64 * 1024
_MAGIC = b"\x1f\x8b\x08"
_MAX_TRIES = 10_000  # members tried after a damage: a file of nothing but false starts must not take quadratic time
_VERSIONS = (b"WARC/1.0", b"WARC/1.1", b"WARC/0.17", b"WARC/0.18")


class Bytes(Protocol):
    """A file to read from any place."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> int: ...


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


class _Plain:
    """The bytes of a file as they are."""

    def __init__(self, file: Bytes, offset: int) -> None:
        self.file, self.rest, self.at, self.member_start = file, bytearray(), offset, offset
        file.seek(offset)

    def begin(self) -> bool:
        """Go to the next record; False at the end of the file."""
        while True:
            lead = self.peek(CHUNK)
            blank = len(lead) - len(lead.lstrip(b"\r\n"))
            self.take(blank)
            if blank < len(lead) or not lead:
                break
        self.member_start = self.at
        return bool(self.peek(1))

    def fill(self) -> bool:
        data = self.file.read(CHUNK)
        self.rest += data
        return bool(data)

    def peek(self, size: int) -> bytes:
        while len(self.rest) < size and self.fill():
            pass
        return bytes(self.rest[:size])

    def take(self, size: int) -> bytes:
        data = self.peek(size)
        del self.rest[: len(data)]
        self.at += len(data)
        return data

    def end(self) -> int:
        """Where the record that was just read ends."""
        return self.at


class _Gzip(_Plain):
    """The inflated bytes, one member at a time: `peek` and `take` never cross into the next one."""

    def __init__(self, file: Bytes, offset: int) -> None:
        super().__init__(file, offset)
        self.raw, self.raw_at = b"", offset
        self.inflate: zlib._Decompress | None = None

    def begin(self) -> bool:
        while True:
            lead = self.peek(4096)
            blank = len(lead) - len(lead.lstrip(b"\r\n"))
            self.take(blank)
            if blank < len(lead):
                return True  # one gzip for several records: the next begins in the same member
            if lead:
                continue
            if not self._more():
                return False
            self.member_start = self.raw_at
            self.inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def _more(self) -> bool:
        if not self.raw:
            self.raw = self.file.read(CHUNK)
        return bool(self.raw)

    def fill(self) -> bool:
        while self.inflate is not None:
            if not self._more():
                raise _Broken("the file ends inside a gzip member", cut=True)
            before = len(self.raw)
            try:
                data = self.inflate.decompress(self.raw, CHUNK)
            except zlib.error as error:
                raise _Broken(f"no valid gzip: {error}") from error
            if self.inflate.eof:
                self.raw = self.inflate.unused_data
                self.inflate = None
            else:
                self.raw = self.inflate.unconsumed_tail
            self.raw_at += before - len(self.raw)
            if data:
                self.rest += data
                return True
        return False

    def end(self) -> int:
        return self.raw_at


def records(
    file: Bytes, want: Callable[[Mapping[str, str], int], bool], offset: int = 0
) -> Iterator[WarcRecord | Damage]:
    """Whole records from the offset on, and every damage between them, in the file's order.

    file  seekable. Gzip or plain is told by the first two bytes, never by the name.
    want  takes a record's headers and its block's length, says whether the block is to be held in memory
    """
    file.seek(offset)
    stream = _Gzip(file, offset) if file.read(2) == _MAGIC[:2] else _Plain(file, offset)
    stream.file.seek(offset)
    found = False
    while True:
        start = stream.member_start
        try:
            if not stream.begin():
                if not found:
                    yield Damage(offset, "expected a WARC record, found an empty file", not_warc=True)
                return
            start = stream.member_start
            record = _record(stream, want)
            found = True
            yield record
        except _Broken as broken:
            start = max(start, stream.member_start)
            not_warc = not found and not broken.cut
            resumed = _next_member(file, start + 1) if isinstance(stream, _Gzip) else None
            yield Damage(start, broken.reason, broken.cut and resumed is None, not_warc and resumed is None)
            if resumed is None:
                return
            found = True
            stream = _Gzip(file, resumed)


def _record(stream: _Plain, want: Callable[[Mapping[str, str], int], bool]) -> WarcRecord:
    start = stream.member_start
    head = stream.peek(10)
    if not head.startswith(_VERSIONS):
        cut = any(version.startswith(head) for version in _VERSIONS)
        raise _Broken(f"expected a WARC record, found {head!r}", cut)
    headers = _headers(_header_bytes(stream))
    stated = headers.get("content-length", "")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 19):
        raise _Broken(f"expected a Content-Length, found {stated[:40]!r}")
    length = int(stated)
    block = io.BytesIO() if want(headers, length) else None
    left = length
    while left:
        data = stream.take(min(left, CHUNK))
        if not data:
            raise _Broken(f"the block ends {left} bytes before its Content-Length", not isinstance(stream, _Gzip))
        if block is not None:
            block.write(data)
        left -= len(data)
    # ISO 28500 ends a record with two line breaks. Reading them, and what follows, makes zlib check the member's sum.
    trailer = stream.peek(4)
    stream.take(len(trailer) - len(trailer.lstrip(b"\r\n")))
    after = stream.peek(5)
    if not b"WARC/".startswith(after.strip(b"\r\n")):
        raise _Broken(f"expected the record to end after {length} bytes, found {after!r}")
    return WarcRecord(start, stream.end(), headers, length, None if block is None else block.getvalue())


def _headers(data: bytes) -> dict[str, str]:
    """The first value of each name; a line that begins with white space goes on with the line above."""
    headers: dict[str, str] = {}
    name = ""
    for line in data.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in (" ", "\t"):
            headers[name] = f"{headers.get(name, '')} {line.strip()}"
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    return headers


def _header_bytes(stream: _Plain) -> bytes:
    """Up to and with the blank line; taken from the stream."""
    size = 1024
    while True:
        data = stream.peek(size)
        ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark)) >= 0]
        if ends:
            return stream.take(min(ends))
        if len(data) < size:
            raise _Broken("the file ends inside a record's header", not isinstance(stream, _Gzip))
        if size >= MAX_HEADER:
            raise _Broken(f"no end of the record's header within {MAX_HEADER} bytes")
        size *= 2


def _next_member(file: Bytes, start: int) -> int | None:
    """Offset of the next gzip member that begins a WARC record, None where there is none."""
    file.seek(start)
    at, window, tries = start, b"", 0
    while tries < _MAX_TRIES:
        found = window.find(_MAGIC)
        if found < 0:
            at += max(len(window) - 2, 0)
            data = file.read(CHUNK)
            if not data:
                return None
            window = window[-2:] + data
            continue
        at, window = at + found, window[found:]
        window += file.read(1024)
        tries += 1
        try:
            if zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(window[:1024], 16).startswith(_VERSIONS):
                return at
        except zlib.error:
            pass
        at, window = at + 1, window[1:]
    return None

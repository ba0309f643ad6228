"""Segments of the archive: files of WARC/1.1 records (ISO 28500), a gzip member each, written by one process each.

`<raw>/<source>/<capture month>/<source>-<run>-<n>.warc.gz.open` while it grows: alive is whoever holds its flock, never
whose process id is known. Closed, it loses `.open` and never changes again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from warcio.warcwriter import WARCWriter

from crawlers.errors import CannotWrite
from crawlers.http_message import response
from crawlers.recovery import OPEN, closed, fsync_folder, locked
from pipelines.identity import ascii_uri
from pipelines.records import Capture, IntakeDoubt

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DOUBT_TYPE = "application/vnd.bantin.doubt+json"
MAX_PAYLOAD = 64 * 1024 * 1024
_MAX_OPEN = 32  # months written to at a time: an archive of years, not sorted by date, must not open a file a record
_LEVEL = 2
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Place(NamedTuple):
    """Where a record is: file below `raw/` as it is named once closed, byte offset of the gzip member."""

    warc_file: str
    warc_offset: int


@dataclass(slots=True)
class _Open:
    path: Path
    descriptor: int
    since: datetime
    size: int = 0


class SegmentWriter:
    """Writes one run's segments of one source. Nothing to write, no file.

    raw        the home's `raw/`
    run_id     letters, digits, `.`, `_`, `-`
    clock      aware; tells a segment's age. The folder is the month of the capture's own `fetched_at` in Vietnam
    max_bytes, max_age  a segment past either is closed before the next record

    Each record is one write, whole for the operating system once the call returns: a killed process loses nothing.
    `commit` makes it safe against a power failure too. Raises CannotWrite; no half record stays then.
    """

    def __init__(
        self,
        raw: Path,
        source_id: str,
        run_id: str,
        clock: Callable[[], datetime],
        max_bytes: int = 256 * 1024 * 1024,
        max_age: timedelta = timedelta(minutes=10),
    ) -> None:
        for name in (source_id, run_id):
            if not _NAME.fullmatch(name):
                raise ValueError(f"expected letters, digits, '.', '_' and '-', found {name!r}")
        self._raw, self._source_id, self._run_id, self._clock = raw, source_id, run_id, clock
        self._max_bytes, self._max_age = max_bytes, max_age
        self._open: dict[str, _Open] = {}
        self._number = 0
        self.closed: list[str] = []

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_file(self, capture: Capture, absolute_path: Path) -> Place:
        """A local file. Its absolute path goes into the record's header `Bantin-File-URI` and nowhere else."""
        return self.add_resource(capture, absolute_path.as_uri())

    def add_resource(self, capture: Capture, file_uri: str | None = None) -> Place:
        """Bytes without an HTTP header (ISO 28500, 6.4)."""
        digest = _digest(capture.payload)
        headers = _capture_headers(capture, file_uri) | {"WARC-Payload-Digest": digest, "WARC-Block-Digest": digest}
        return self._add(capture.fetched_at, "resource", headers, capture.payload, capture.content_type)

    def add_response(
        self,
        capture: Capture,
        block: bytes,
        *,
        raw_body: bytes | None = None,
        payload_sha256: str | None = None,
        role: str | None = None,
    ) -> Place:
        """An HTTP response, `block` its status line, headers and body byte for byte (ISO 28500, 6.3).

        The capture's payload is the body freed of its codings: read back, it is made from the block again.
        raw_body  the end of the block, from a caller that made payload and status out of it; None: checked here
        payload_sha256  of the capture's payload, from a caller that has it; None: made here
        role      `listing` or `robots` of what is fetched to find others; None: a page of its own
        raises    http_message.BadMessage: the block is no response; ValueError: it is not what the capture says
        """
        if raw_body is None:
            answer = response(block, MAX_PAYLOAD)
            if answer.payload != capture.payload or answer.status != capture.http_status:
                raise ValueError(
                    f"{capture.url}: expected the capture's payload and status in its response, found others"
                )
            raw_body = answer.raw_body
        digest = f"sha256:{payload_sha256}" if payload_sha256 else _digest(capture.payload)
        raw_digest = digest if capture.payload is raw_body else _digest(raw_body)
        headers = _capture_headers(capture, None) | {"WARC-Payload-Digest": raw_digest}
        if digest != raw_digest:
            headers["Bantin-Payload-Digest"] = digest
        headers["WARC-Block-Digest"] = _digest(block)
        if role:
            headers["Bantin-Role"] = role
        return self._add(capture.fetched_at, "response", headers, block, "application/http; msgtype=response")

    def add_doubt(self, doubt: IntakeDoubt, file_uri: str | None = None) -> Place:
        """An issue found while taking bytes in: a `metadata` record with a JSON object of the doubt's fields."""
        values = asdict(doubt) | {"seen_at": _warc_date(doubt.seen_at)}
        block = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
        headers = {"WARC-Date": _warc_date(doubt.seen_at), "WARC-Block-Digest": _digest(block)}
        if doubt.url:
            headers["WARC-Target-URI"] = ascii_uri(doubt.url)
        if file_uri:
            headers["Bantin-File-URI"] = file_uri
        return self._add(doubt.seen_at, "metadata", headers, block, DOUBT_TYPE)

    def commit(self) -> None:
        """What was added is on the disk."""
        for segment in self._open.values():
            _sync(segment)

    def close_aged(self) -> None:
        """Close segments that are past their age, or of a month that has ended."""
        now = self._clock()
        for month, segment in list(self._open.items()):
            if now - segment.since >= self._max_age or month < now.astimezone(VIETNAM).strftime("%Y-%m"):
                self._close(month)

    def close(self) -> None:
        """Close all segments: on the disk, and under their final names."""
        for month in list(self._open):
            self._close(month)

    def _add(self, when: datetime, kind: str, headers: dict[str, str], block: bytes, media: str | None) -> Place:
        segment = self._segment(when.astimezone(VIETNAM).strftime("%Y-%m"))
        offset = segment.size
        self._write(segment, _member(kind, headers, block, media))
        return Place(closed(segment.path).relative_to(self._raw).as_posix(), offset)

    def _segment(self, month: str) -> _Open:
        segment = self._open.pop(month, None)
        if segment and (segment.size >= self._max_bytes or self._clock() - segment.since >= self._max_age):
            self._open[month] = segment
            self._close(month)
            segment = None
        if segment is None:
            if len(self._open) >= _MAX_OPEN:
                self._close(next(iter(self._open)))  # the one not written to for longest
            segment = self._create(month)
        self._open[month] = segment  # last: most recently used
        return segment

    def _create(self, month: str) -> _Open:
        folder = self._raw / self._source_id / month
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(folder, error) from error
        while True:
            self._number += 1
            path = folder / f"{self._source_id}-{self._run_id}-{self._number:04}{OPEN}"
            if closed(path).exists():
                continue
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            except FileExistsError:
                continue
            except OSError as error:
                raise CannotWrite(path, error) from error
            # Between the two calls it looks dead, and `recover` of another process may take it: then the next number.
            if not locked(descriptor, path):
                os.close(descriptor)
                continue
            break
        segment = _Open(path, descriptor, self._clock())
        info = f"software: bantin\r\nformat: WARC File Format 1.1\r\nisPartOf: {self._source_id}\r\n".encode()
        headers = {
            "WARC-Date": _warc_date(segment.since),
            "WARC-Filename": closed(path).name,
            "WARC-Block-Digest": _digest(info),
        }
        self._write(segment, _member("warcinfo", headers, info, "application/warc-fields"))
        return segment

    def _write(self, segment: _Open, member: bytes) -> None:
        left = memoryview(member)
        try:
            while left:
                left = left[os.write(segment.descriptor, left) :]
        except BaseException as error:
            # A full disk or Ctrl-C leaves half a member; what came after it could not be read any more.
            os.ftruncate(segment.descriptor, segment.size)
            os.lseek(segment.descriptor, segment.size, os.SEEK_SET)
            if isinstance(error, OSError):
                raise CannotWrite(segment.path, error) from error
            raise
        segment.size += len(member)

    def _close(self, month: str) -> None:
        segment = self._open[month]
        _sync(segment)
        try:
            segment.path.rename(closed(segment.path))  # free: `_create` looked, and the `.open` name is ours
            fsync_folder(segment.path.parent)
        except OSError as error:
            raise CannotWrite(segment.path, error) from error
        del self._open[month]
        os.close(segment.descriptor)
        self.closed.append(closed(segment.path).relative_to(self._raw).as_posix())


def _sync(segment: _Open) -> None:
    try:
        os.fsync(segment.descriptor)
    except OSError as error:
        raise CannotWrite(segment.path, error) from error


def _capture_headers(capture: Capture, file_uri: str | None) -> dict[str, str]:
    headers = {
        "WARC-Date": _warc_date(capture.fetched_at),
        "WARC-Target-URI": ascii_uri(capture.url),
        "Bantin-Origin": capture.origin,
    }
    if capture.final_url:
        headers["Bantin-Final-URI"] = ascii_uri(capture.final_url)
    if file_uri:
        headers["Bantin-File-URI"] = ascii_uri(file_uri)
    return headers


def _member(kind: str, headers: dict[str, str], block: bytes, media: str | None) -> bytes:
    """One gzip member with one record, by warcio.

    raises  ValueError: a header of more than one line
    """
    for name, value in [*headers.items(), ("Content-Type", media or "")]:
        if "\r" in value or "\n" in value:
            raise ValueError(f"{name}: expected a header of one line, found {value[:60]!r}")
    out = io.BytesIO()
    writer: Any = WARCWriter(out, gzip=False, warc_version="1.1")  # type: ignore[no-untyped-call]
    # ISO 28500 gives metadata no payload: warcio would add a digest of one. The other digests are in the headers.
    writer.NO_PAYLOAD_DIGEST_TYPES = (*WARCWriter.NO_PAYLOAD_DIGEST_TYPES, "metadata")
    # Told the URL, warcio would parse a response's HTTP header and write it anew, its non-ASCII bytes changed.
    record = writer.create_warc_record(
        "", kind, io.BytesIO(block), len(block), warc_headers_dict={"WARC-Type": kind, **headers}
    )
    record.content_type = media or None  # without it warcio writes a type of its own making
    writer.write_record(record)
    # warcio would compress at level 9: ten times the time of the whole rest of a fetch, for an eighth less of disk.
    gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return gzip.compress(out.getbuffer()) + gzip.flush()


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

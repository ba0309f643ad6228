"""The archive: captures and intake doubts read back from the segments under the home's `raw/`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import regex

from crawlers.errors import DamagedSegment, NoSuchRecord
from crawlers.http_message import BadMessage, response
from crawlers.recovery import CLOSED, Recovered, recover
from crawlers.segment import DOUBT_TYPE, MAX_PAYLOAD, Place, SegmentWriter
from crawlers.source import Source
from crawlers.warc import Damage, WarcRecord, records
from pipelines.identity import capture_id
from pipelines.records import Capture, IntakeDoubt

__all__ = [
    "ArchivedRecord",
    "Index",
    "Latest",
    "Place",
    "Recovered",
    "SegmentWriter",
    "index",
    "read_record",
    "read_segment",
    "recover",
    "segments",
    "warc_date",
]

_KINDS = ("resource", "response", "metadata")
_DATE = regex.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """What one record of ours says: a capture, or a doubt of the intake. The other is None.

    payload_sha256  64 hex digits of the capture's payload, empty for a doubt
    file_uri        `file:///…` with the absolute path of a local file. For refusals only: it goes into no table
    role            `listing` or `robots`: fetched to find others; empty: a page of its own
    """

    capture: Capture | None
    doubt: IntakeDoubt | None
    payload_sha256: str
    warc_file: str
    warc_offset: int
    file_uri: str | None = None
    role: str = ""


def segments(raw: Path, source_id: str | None = None) -> list[Path]:
    """Closed segments of one or of all sources, sorted by source, month and name."""
    return sorted(raw.glob(f"{source_id or '*'}/*/*{CLOSED}"), key=lambda path: path.relative_to(raw).parts)


def read_segment(path: Path, raw: Path) -> Iterator[ArchivedRecord]:
    """All records of ours in a segment, in order. The source is the name of the folder below `raw`.

    raises  DamagedSegment: after *all* whole records, those behind the damage too, were handed out
    """
    warc_file = path.relative_to(raw).as_posix()
    damages: list[Damage] = []
    with path.open("rb") as file:
        for item in records(file, lambda headers, _length: headers.get("warc-type") in _KINDS):
            found = item if isinstance(item, Damage) else _archived(item, warc_file)
            if isinstance(found, Damage):
                damages.append(found)
            elif found is not None:
                yield found
    if damages:
        raise DamagedSegment(warc_file, tuple(damage.offset for damage in damages), damages[0].reason)


def read_record(raw: Path, warc_file: str, offset: int) -> ArchivedRecord:
    """The record at a place. Raises NoSuchRecord, DamagedSegment."""
    path = raw / warc_file
    if not path.resolve().is_relative_to(raw.resolve()) or not path.is_file():
        raise NoSuchRecord(f"raw/{warc_file}: expected a segment, found none; the capture's bytes are not in this home")
    if not 0 <= offset < path.stat().st_size:
        raise NoSuchRecord(f"raw/{warc_file}: expected a record at byte {offset}, found the end of the file")
    with path.open("rb") as file:
        item = next(records(file, lambda _headers, _length: True, offset))
    found = item if isinstance(item, Damage) else _archived(item, warc_file)
    if isinstance(found, Damage):
        raise DamagedSegment(warc_file, (found.offset,), found.reason)
    if found is None or found.warc_offset != offset:
        raise NoSuchRecord(f"raw/{warc_file}: expected a capture at byte {offset}, found another record")
    return found


def _archived(record: WarcRecord, warc_file: str) -> ArchivedRecord | Damage | None:
    """None: a warcinfo, or metadata that is no doubt. Damage: the bytes do not say what the record says."""
    block, source_id = record.block or b"", warc_file.partition("/")[0]
    file_uri = record.header("Bantin-File-URI") or None
    try:
        if record.kind == "metadata":
            if record.header("Content-Type") != DOUBT_TYPE:
                return None
            doubt = _doubt(block)
            return ArchivedRecord(None, doubt, "", warc_file, record.offset, file_uri)
        if record.kind not in ("resource", "response"):
            return None
        answer = response(block, MAX_PAYLOAD) if record.kind == "response" else None
        capture = Capture(
            source_id=source_id,
            url=record.header("WARC-Target-URI"),
            fetched_at=warc_date(record.header("WARC-Date")),
            payload=answer.payload if answer else block,
            content_type=answer.content_type if answer else record.header("Content-Type") or None,
            http_status=answer.status if answer else None,
            final_url=record.header("Bantin-Final-URI") or None,
            origin=record.header("Bantin-Origin"),
        )
    except (BadMessage, ValueError, KeyError, TypeError) as error:
        return Damage(record.offset, f"{record.kind} record: {error}")
    digest = hashlib.sha256(capture.payload).hexdigest()
    if digest != _payload_sha256(record.headers):
        return Damage(record.offset, "the payload's sha256 is not the one of the record's header")
    return ArchivedRecord(capture, None, digest, warc_file, record.offset, file_uri, record.header("Bantin-Role"))


def _payload_sha256(headers: Mapping[str, str]) -> str:
    stated = headers.get("bantin-payload-digest") or headers.get("warc-payload-digest", "")
    return stated.removeprefix("sha256:")


def _doubt(block: bytes) -> IntakeDoubt:
    values = json.loads(block)
    return IntakeDoubt(**{**values, "seen_at": warc_date(values["seen_at"])})


def warc_date(text: str) -> datetime:
    """A WARC-Date as an aware UTC instant; fractions beyond microseconds are cut off (ISO 28500, 5.4).

    raises  ValueError: none, or less than a second's precision: `2016` is no instant
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"expected a WARC-Date such as 2024-01-05T08:00:00Z, found {text[:40]!r}")
    day_and_time, fraction, zone = match.groups()
    moment = datetime.fromisoformat(f"{day_and_time}.{(fraction or '')[:6]:0<6}{zone.replace('Z', '+00:00')}")
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest capture of a URL key."""

    payload_sha256: str
    file_uri: str | None
    fetched_at: datetime


@dataclass(slots=True)
class Index:
    """What the archive of one source already holds, so that taking the same in again changes nothing.

    latest       by URL key
    capture_ids  of all captures, as integers: a hundred thousand are 10 MB
    refusals     see `refusal`
    """

    latest: dict[str, Latest] = field(default_factory=dict)
    capture_ids: set[int] = field(default_factory=set)
    refusals: set[str] = field(default_factory=set)

    def add(self, source: Source, url: str, payload_sha256: str, fetched_at: datetime, file_uri: str | None) -> None:
        self.capture_ids.add(int(capture_id(source.source_id, url, fetched_at, payload_sha256), 16))
        key = source.key(url)
        before = self.latest.get(key)
        if before is None or before.fetched_at <= fetched_at:
            self.latest[key] = Latest(payload_sha256, file_uri, fetched_at)

    def holds(self, source: Source, url: str, payload_sha256: str, fetched_at: datetime) -> bool:
        """Whether this very capture is in the archive."""
        return int(capture_id(source.source_id, url, fetched_at, payload_sha256), 16) in self.capture_ids


def refusal(doubt: IntakeDoubt, file_uri: str | None) -> str:
    """The same refusal of the same file has the same name, whenever it is met."""
    parts = (doubt.rule, doubt.url or "", doubt.detail, file_uri or "")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def index(raw: Path, source: Source) -> Index:
    """Read the headers of all closed segments of a source. Damage is passed over here: `read_segment` names it."""
    found = Index()
    for path in segments(raw, source.source_id):
        with path.open("rb") as file:
            for item in records(file, lambda headers, _length: headers.get("content-type") == DOUBT_TYPE):
                if isinstance(item, WarcRecord):
                    _note(found, source, item)
    return found


def _note(found: Index, source: Source, record: WarcRecord) -> None:
    file_uri = record.header("Bantin-File-URI") or None
    try:
        if record.block is not None:
            found.refusals.add(refusal(_doubt(record.block), file_uri))
        elif record.kind in ("resource", "response"):
            moment = warc_date(record.header("WARC-Date"))
            found.add(source, record.header("WARC-Target-URI"), _payload_sha256(record.headers), moment, file_uri)
    except (ValueError, KeyError, TypeError):
        return

"""Read results as Parquet: one file a WARC segment, one row a capture. Same captures in, same bytes out.

A file is written under a temporary name in its folder and renamed when it is whole, so a reader never sees half a file
and a killed run leaves nothing that counts.
"""

# pyarrow has no types of its own:
# mypy: disable-error-code="attr-defined, name-defined, no-untyped-call"

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.records import CaptureResult, IntakeDoubt
from warehouse.copying import fsync, is_left
from warehouse.errors import DamagedResults, NotWritten, first_line
from warehouse.result_rows import CONTENT, FORMAT, from_row, mended, to_row

ROWS_A_GROUP = 500
"""Pages are long (lines, evidence): 500 of them are a few MB, and a row group is what a writer holds in memory."""

_TEXT, _INSTANT, _TEXTS = pa.string(), pa.timestamp("us", tz="UTC"), pa.list_(pa.string())
_CONTENT_TYPES = {
    "captions": _TEXTS, "authors": _TEXTS, "photographers": _TEXTS, "tags": _TEXTS,
    "published_at": _INSTANT, "updated_at": _INSTANT, "published_on": pa.date32(), "published_not_before": pa.date32(),
    "view_count": pa.int64(), "word_count": pa.int32(),
}  # fmt: skip
_LINE = pa.struct({"line_no": pa.int32(), "role": _TEXT, "rule": _TEXT, "text": _TEXT, "inside": pa.bool_()})
_EVIDENCE = pa.struct({
    "field": _TEXT, "candidate_no": pa.int32(), "value": _TEXT, "method": _TEXT, "evidence": _TEXT,
    "chosen": pa.bool_(), "reason": _TEXT,
})  # fmt: skip
_IMAGE = pa.struct({"url": _TEXT, "caption": _TEXT, "media_type": _TEXT, "line_no": pa.int32()})
_ATTACHMENT = pa.struct({"url": _TEXT, "label": _TEXT, "media_type": _TEXT, "line_no": pa.int32()})
_DOUBT = pa.struct({"rule": _TEXT, "severity": _TEXT, "detail": _TEXT})
SCHEMA = pa.schema({
    "capture_id": _TEXT, "bulletin_id": _TEXT, "source_id": _TEXT, "url": _TEXT, "url_key": _TEXT, "final_url": _TEXT,
    "fetched_at": _INSTANT, "http_status": pa.int32(), "content_type": _TEXT, "payload_sha256": _TEXT,
    "size": pa.int64(), "origin": _TEXT, "warc_file": _TEXT, "warc_offset": pa.int64(), "reader_version": _TEXT,
    "kind": _TEXT, "kind_rule": _TEXT, "charset": _TEXT, "failure": _TEXT, "content_digest": _TEXT,
    **{name: _CONTENT_TYPES.get(name, _TEXT) for name in CONTENT},
    "lines": pa.list_(_LINE), "evidence": pa.list_(_EVIDENCE), "doubts": pa.list_(_DOUBT),
    "images": pa.list_(_IMAGE), "attachments": pa.list_(_ATTACHMENT),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultsInfo:
    """What a results file says of itself, from its footer alone.

    digest  64 hex digits: sha256 of the data pages and the key-value metadata; another content has another digest
    """

    reader_version: str
    segment: str
    rows: int
    intake_doubts: tuple[IntakeDoubt, ...]
    digest: str


def write_results(
    path: Path, rows: Iterable[CaptureResult], intake_doubts: Sequence[IntakeDoubt], reader_version: str, segment: str
) -> int:
    """Write one segment's results; the folder is made if missing. Only one row group is held in memory.

    segment  stem of the WARC segment, e.g. `local-20261122T073500Z-1`
    returns  the number of rows
    raises   NotWritten: disk full, read-only folder; nothing is left behind, an older file of that name stays
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    said = {
        "bantin.format": FORMAT,
        "bantin.reader_version": reader_version,
        "bantin.segment": segment,
        "bantin.intake_doubts": _doubts_to_json(intake_doubts),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as raw:
            count = _write(_Hashed(raw), iter(rows), said)
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(path)
        fsync(path.parent)
    except OSError as error:
        raise NotWritten(
            path, expected="room for a file of read results", found=first_line(error),
            now="no result of this segment was stored; its captures are untouched",
            cure="make room or set the permissions, then `bantin read`",
        ) from error  # fmt: skip
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return count


def sweep_results(folder: Path) -> None:
    """Remove what killed writers left anywhere below: half files that nobody goes on with."""
    for path in folder.rglob(".*.parquet.*.tmp"):
        if is_left(path.name):
            path.unlink(missing_ok=True)


def _write(sink: _Hashed, rows: Iterator[CaptureResult], said: dict[str, str]) -> int:
    count = 0
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), SCHEMA, compression="zstd") as writer:
        while group := [to_row(row) for row in islice(rows, ROWS_A_GROUP)]:
            writer.write_table(_table(group))
            count += len(group)
        writer.add_key_value_metadata(said | {"bantin.digest": sink.digest(said)})
    return count


def _table(group: list[dict[str, Any]]) -> pa.Table:
    try:
        return pa.Table.from_pylist(group, SCHEMA)
    except (UnicodeEncodeError, pa.ArrowInvalid):
        return pa.Table.from_pylist([mended(row) for row in group], SCHEMA)


class _Hashed:
    """A file that hashes what is written through it: the footer can then name the digest of the pages before it."""

    closed = False

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._sha256 = raw, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._sha256.update(data)
        return self._raw.write(data)

    def flush(self) -> None:
        self._raw.flush()

    def close(self) -> None:
        """Arrow closes what it wrote to; we still have to fsync it."""

    def digest(self, said: dict[str, str]) -> str:
        whole = self._sha256.copy()
        whole.update(json.dumps(said, sort_keys=True).encode())
        return whole.hexdigest()


def results_info(path: Path) -> ResultsInfo:
    """Read the footer. raises DamagedResults: cut, damaged, or not written by us."""
    try:
        parquet = pq.read_metadata(path)
        said = {key.decode(): value.decode() for key, value in (parquet.metadata or {}).items()}
        if said.get("bantin.format") != FORMAT:
            raise ValueError(f"format {said.get('bantin.format')!r}")
        return ResultsInfo(
            said["bantin.reader_version"],
            said["bantin.segment"],
            parquet.num_rows,
            _doubts_from_json(said["bantin.intake_doubts"]),
            said["bantin.digest"],
        )
    except (OSError, pa.ArrowException, ValueError, KeyError) as error:
        raise damaged_results(path, error) from error


def read_results(path: Path) -> Iterator[CaptureResult]:
    """The rows as they were written, one row group in memory at a time. raises DamagedResults."""
    try:
        with pq.ParquetFile(path) as parquet:
            for batch in parquet.iter_batches(batch_size=ROWS_A_GROUP):
                yield from map(from_row, batch.to_pylist())
    except (OSError, pa.ArrowException, ValueError, KeyError) as error:
        raise damaged_results(path, error) from error


def damaged_results(path: Path, error: BaseException) -> DamagedResults:
    """The error to raise for this file."""
    return DamagedResults(
        path, expected=f"a whole Parquet file of read results (format {FORMAT})", found=first_line(error),
        now="the captures it was read from are untouched and no table was changed",
        cure="delete the file and run `bantin read`: it reads that segment again",
    )  # fmt: skip


def _doubts_to_json(doubts: Sequence[IntakeDoubt]) -> str:
    rows = [[d.source_id, d.url, d.rule, d.severity, d.detail, d.seen_at.isoformat()] for d in doubts]
    return json.dumps(rows)


def _doubts_from_json(text: str) -> tuple[IntakeDoubt, ...]:
    rows = json.loads(text)
    return tuple(
        IntakeDoubt(source_id, url, rule, severity, detail, datetime.fromisoformat(at))
        for source_id, url, rule, severity, detail, at in rows
    )

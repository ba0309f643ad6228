"""Between a `CaptureResult` and a flat row of the read results; no Parquet here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from pipelines.records import Attachment, Bulletin, CaptureResult, Doubt, Evidence, Image, Line, Reading

FORMAT = "1"
"""Of the columns below; another number is another layout, and old files are read again. A column that was added keeps
the number: files of older readers lack `images` and `attachments`, and say of them what they say, nothing."""

CONTENT = tuple(field.name for field in fields(Bulletin))
"""Columns of a bulletin's content, in the order of `bulletin`."""

EDITABLE = tuple(name for name in CONTENT if name != "view_count")
"""Columns whose change is an edit of the publisher: a counter that ticks is none."""

_LISTS = ("captions", "authors", "photographers", "tags")
_CAPTURE = tuple(field.name for field in fields(CaptureResult) if field.name != "reading")
_EVIDENCE, _DOUBT, _IMAGE, _ATTACHMENT = (
    tuple(field.name for field in fields(kind)) for kind in (Evidence, Doubt, Image, Attachment)
)


def content_digest(bulletin: Bulletin) -> str:
    """64 hex digits over the columns that make an edit; canonical JSON, so it is the same on every machine."""
    values = {name: _plain(getattr(bulletin, name)) for name in EDITABLE}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def to_row(result: CaptureResult) -> dict[str, Any]:
    """One row: capture columns, content columns (NULL where there is no bulletin), nested lines, evidence, doubts,
    images, attachments."""
    reading, bulletin = result.reading, result.reading.bulletin
    row: dict[str, Any] = {name: getattr(result, name) for name in _CAPTURE}
    row |= {"kind": reading.kind, "kind_rule": reading.kind_rule}
    row |= {"charset": reading.charset, "failure": reading.failure}
    row |= {name: getattr(bulletin, name) if bulletin else None for name in CONTENT}
    row["content_digest"] = content_digest(bulletin) if bulletin else None
    row["lines"] = [line._asdict() for line in reading.lines]
    row["evidence"] = [{name: getattr(item, name) for name in _EVIDENCE} for item in reading.evidence]
    row["doubts"] = [{name: getattr(doubt, name) for name in _DOUBT} for doubt in reading.doubts]
    row["images"] = [{name: getattr(image, name) for name in _IMAGE} for image in reading.images]
    row["attachments"] = [{name: getattr(file, name) for name in _ATTACHMENT} for file in reading.attachments]
    return row


def mended(value: Any) -> Any:
    """The same row with half surrogates (from JSON like `"\\ud800"`) shown as U+FFFD: they cannot be stored."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: mended(item) for key, item in value.items()}
    return [mended(item) for item in value] if isinstance(value, list | tuple) else value


def from_row(row: dict[str, Any]) -> CaptureResult:
    """The `CaptureResult` that `to_row` was given."""
    content: dict[str, Any] = {
        name: tuple(row[name]) if name in _LISTS and row[name] is not None else row[name] for name in CONTENT
    }
    reading = Reading(
        kind=row["kind"],
        kind_rule=row["kind_rule"],
        lines=tuple(Line(**line) for line in row["lines"]),
        bulletin=Bulletin(**content) if row["content_digest"] is not None else None,
        evidence=tuple(Evidence(**evidence) for evidence in row["evidence"]),
        doubts=tuple(Doubt(**doubt) for doubt in row["doubts"]),
        charset=row["charset"],
        failure=row["failure"],
        images=tuple(Image(**image) for image in row.get("images") or ()),
        attachments=tuple(Attachment(**file) for file in row.get("attachments") or ()),
    )
    return CaptureResult(**{name: row[name] for name in _CAPTURE}, reading=reading)

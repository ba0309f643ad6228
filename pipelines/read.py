"""One capture in, one reading out: the only entry to the readers. Never raises for what a page holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from pipelines.assemble import assemble
from pipelines.page import read_page
from pipelines.plain import read_plain
from pipelines.records import Capture, Doubt, Draft, Layout, Reading, Unreadable
from pipelines.text import Decoded, decode

READER = 1
"""Bumped by hand whenever the same bytes are to be read otherwise; tests/test_golden.py fails if that is forgotten."""

_TABLES_READ = ("document_types", "junk_lines", "positions", "ranks")
_BINARY_TYPES = ("image/", "audio/", "video/", "application/pdf", "application/zip", "application/msword", "font/")
_ATTACHMENT_TYPES = (
    "application/pdf",
    "application/msword",
    "application/vnd.",
    "application/zip",
    "application/x-rar",
)


def reader_version(rules_digest: str = "") -> str:
    """The reader version of a source: READER, trafilatura's version, digest of source rules and reference tables.

    rules_digest  hex digest over the source's family, [url], [[layout]] and boilerplate list
    returns       e.g. `1-t2.3.1-9f2c61d0aa14`; not a digest of the code: a comment must not re-read the world
    """
    rules = hashlib.sha256(f"{rules_digest}\n{_tables_digest()}".encode()).hexdigest()[:12]
    return f"{READER}-t{version('trafilatura')}-{rules}"


@cache
def _tables_digest() -> str:
    folder = files("pipelines.reference")
    return hashlib.sha256(b"\n".join((folder / f"{name}.tsv").read_bytes() for name in _TABLES_READ)).hexdigest()


def read(capture: Capture, *, family: str | None = None, layouts: Iterable[Layout] = ()) -> Reading:
    """What a capture says: page kind, lines with roles, and the bulletin if it is one.

    family, layouts  of the capture's source; a layout is used for captures of its days only
    returns          always a Reading; bytes that cannot be read give kind `other` (or `attachment`) and a `failure`
    """
    try:
        decoded = decode(capture.payload, capture.content_type)
    except Unreadable as error:
        kind = "attachment" if (capture.content_type or "").startswith(_ATTACHMENT_TYPES) else "other"
        return Reading(kind, f"undecodable: {error}", failure=str(error))
    try:
        if _is_plain(capture, decoded.text):
            return _reading("bulletin", "plain text with paragraphs", _plain(capture, decoded), decoded, capture)
        page = read_page(
            decoded.text,
            url=capture.final_url or capture.url,
            fetched_at=capture.fetched_at,
            http_status=capture.http_status,
            layouts=tuple(layouts),
            family=family,
        )
    except Unreadable as error:
        return Reading(
            "other", f"unreadable: {error}", charset=decoded.charset, doubts=decoded.doubts, failure=str(error)
        )
    return _reading(page.kind, page.kind_rule, page.draft, decoded, capture)


def _plain(capture: Capture, decoded: Decoded) -> Draft:
    return read_plain(decoded.text, fetched_at=capture.fetched_at)


def _is_plain(capture: Capture, text: str) -> bool:
    """By the declared type, unless the text starts like a page: servers send pages as text/plain, and files lie too."""
    start = text[:2000].lstrip().lower()
    looks_like_page = start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body", "<%@", "<!--"))
    declared = (capture.content_type or "").split(";")[0].strip().lower()
    return declared == "text/plain" and not looks_like_page


def _reading(kind: str, kind_rule: str, draft: Draft, decoded: Decoded, capture: Capture) -> Reading:
    doubts: tuple[Doubt, ...] = (*decoded.doubts, *draft.doubts)
    if kind != "bulletin":
        return Reading(kind, kind_rule, draft.lines, doubts=doubts, charset=decoded.charset)
    bulletin, evidence = assemble(draft, capture.fetched_at)
    if bulletin.body is None:
        doubts = (*doubts, Doubt("no-body", "warning", "a bulletin without one body paragraph"))
    return Reading(kind, kind_rule, draft.lines, bulletin, evidence, doubts, decoded.charset)


def reading_digest(reading: Reading) -> str:
    """sha256 of everything a reading says; what golden tests and determinism proofs compare."""
    return hashlib.sha256(
        json.dumps(asdict(reading), ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()

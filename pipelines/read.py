"""One capture in, one reading out: the only entry to the readers. Never raises for what a page holds."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from urllib.parse import urlsplit

from pipelines.assemble import assemble
from pipelines.page import Page, read_page
from pipelines.plain import read_plain
from pipelines.records import Capture, Doubt, Draft, Layout, LearnedLine, Reading, Unreadable
from pipelines.text import Decoded, decode

READER = 2
"""Bumped by hand whenever the same bytes are to be read otherwise; tests/test_golden.py fails if that is forgotten."""

_TABLES_READ = ("document_types", "junk_lines", "org_patterns", "positions", "ranks", "surnames", "titles")
_ATTACHMENT_TYPES = (
    "application/pdf", "application/msword", "application/rtf", "application/vnd.", "application/zip",
    "application/x-zip", "application/x-rar", "application/x-7z", "application/gzip", "application/x-gzip",
)  # fmt: skip
_PART_TYPES = (
    "image/", "audio/", "video/", "font/", "text/css", "text/javascript", "text/json", "application/javascript",
    "application/x-javascript", "application/ecmascript", "application/json", "application/font", "application/x-font",
    "application/vnd.ms-fontobject", "application/wasm", "application/x-shockwave-flash",
)  # fmt: skip
"""What a page is made of and no page itself."""
_UNTYPED = ("", "application/octet-stream", "binary/octet-stream", "application/force-download")
_ATTACHMENT_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|rar|7z)$", re.IGNORECASE)
_PART_NAME = re.compile(
    r"\.(?:css|m?js|json|map|png|jpe?g|gif|webp|avif|bmp|svg|ico|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|og[gav]|wav|swf)$",
    re.IGNORECASE,
)
_ATTACHMENT_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
_PART_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"OTTO", b"ID3")
_START = 4096
_HTML_START = re.compile(
    r"(?>(?:<\?xml[^>]*>|<!--.*?-->|\s)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(
    r"(?>(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)*)<(?:[\w.-]+:)?([a-z][\w.-]*)", re.IGNORECASE | re.DOTALL
)
_ROOT_KINDS = {"urlset": "sitemap", "sitemapindex": "sitemap", "rss": "feed", "feed": "feed", "rdf": "feed"}


def reader_version(rules_digest: str = "") -> str:
    """The reader version of a source: READER, trafilatura's version, digest of source rules and reference tables.

    rules_digest  hex digest over the source's family, [url], [[layout]] and boilerplate list
    returns       e.g. `1-t2.3.1-9f2c61d0aa14`; not a digest of the code: a comment must not re-read the world
    """
    rules = hashlib.sha256(f"{rules_digest}\n{_tables_digest()}".encode()).hexdigest()[:12]
    return f"{READER}-t{_trafilatura()}-{rules}"


@cache
def _trafilatura() -> str:
    return version("trafilatura")  # looked up in its files, and asked for with each page


@cache
def _tables_digest() -> str:
    folder = files("pipelines.reference")
    return hashlib.sha256(b"\n".join((folder / f"{name}.tsv").read_bytes() for name in _TABLES_READ)).hexdigest()


def read(
    capture: Capture,
    *,
    family: str | None = None,
    layouts: Iterable[Layout] = (),
    learned: Sequence[LearnedLine] = (),
) -> Reading:
    """What a capture says: page kind, lines with roles, and the bulletin if it is one.

    family, layouts  of the capture's source; a layout is used for captures of its days only
    learned          the source's own lines, junk where they stand (pipelines.boilerplate)
    returns          always a Reading; bytes that should be a page and cannot be read give kind `other` (or
                     `attachment`) and a `failure`
    """
    return _read(capture, family, layouts, learned, False)[0]


def read_with_places(
    capture: Capture, *, family: str | None = None, layouts: Iterable[Layout] = ()
) -> tuple[Reading, Page | None]:
    """As `read` without a learned list, and of a bulletin that is a page its lines with their places, to learn from."""
    reading, page = _read(capture, family, layouts, (), True)
    return reading, page if reading.bulletin is not None else None


def _read(
    capture: Capture,
    family: str | None,
    layouts: Iterable[Layout],
    learned: Sequence[LearnedLine],
    with_places: bool,
) -> tuple[Reading, Page | None]:
    known = _no_page(capture) if capture.origin != "file" else None
    if known is not None:
        return Reading(*known), None
    try:
        decoded = decode(capture.payload, capture.content_type)
    except Unreadable as error:
        if capture.http_status is not None and capture.http_status >= 400:  # nobody expects a page of an error's body
            return Reading("error", f"error: status {capture.http_status}, {error}"), None
        kind = "attachment" if (capture.content_type or "").startswith(_ATTACHMENT_TYPES) else "other"
        return Reading(kind, f"undecodable: {error}", failure=str(error)), None
    try:
        if _is_plain(capture, decoded.text):
            return _reading("bulletin", "plain text with paragraphs", _plain(capture, decoded), decoded, capture), None
        page = read_page(
            decoded.text,
            url=capture.final_url or capture.url,
            fetched_at=capture.fetched_at,
            http_status=capture.http_status,
            layouts=tuple(layouts),
            family=family,
            learned=learned,
            with_places=with_places,
        )
    except Unreadable as error:
        said = f"unreadable: {error}"
        return Reading("other", said, charset=decoded.charset, doubts=decoded.doubts, failure=str(error)), None
    return _reading(page.kind, page.kind_rule, page.draft, decoded, capture), page


def _no_page(capture: Capture) -> tuple[str, str] | None:
    """(kind, rule) of an answer that a server does not mean as a page: told by status, type, address and first bytes.

    None: it may be a page. Never asked for local files: who hands in `x.html` says that it is one.
    """
    status, payload = capture.http_status, capture.payload
    if status in (204, 205, 304):
        return "other", f"other: status {status}, which has no content"
    if status is not None and 300 <= status < 400:
        return "redirect", f"redirect: status {status}"
    if status is not None and status >= 400:
        return None
    start = _start(payload)
    root = _ROOT.match(start)
    name = root[1].lower() if root else ""
    kind = _ROOT_KINDS.get(name)
    html = _HTML_START.match(start) is not None
    if html and kind is None:
        return None
    media = (capture.content_type or "").split(";")[0].strip().lower()
    path = urlsplit(capture.url).path
    if path == "/robots.txt" and media in ("text/plain", *_UNTYPED) and not html:
        return "robots", "robots: /robots.txt, plain text"
    if kind:
        return kind, f"{kind}: root element {name}"
    if payload.startswith(_ATTACHMENT_MAGIC):
        return "attachment", f"attachment: begins as a file of type {media or 'unknown'}"
    if payload.startswith(_PART_MAGIC) or (payload[:4] == b"RIFF" and payload[8:12] in (b"WEBP", b"WAVE", b"AVI ")):
        return "other", f"other: begins as a picture, sound or font ({media or 'no type'})"
    return _by_type(media, path, name)


def _by_type(media: str, path: str, root: str) -> tuple[str, str] | None:
    if media in ("application/rss+xml", "application/atom+xml"):
        return "feed", f"feed: type {media}"
    if media.startswith(_PART_TYPES) or media.endswith("+json"):
        return "other", f"other: type {media}"
    if media.endswith(("/xml", "+xml")) and media != "application/xhtml+xml" and root:
        return "other", f"other: XML with root element {root[:40]}"
    if media.startswith(_ATTACHMENT_TYPES):
        return "attachment", f"attachment: type {media}"
    if media in _UNTYPED and (found := _ATTACHMENT_NAME.search(path)):
        return "attachment", f"attachment: name ends in {found[0]}"
    if media in _UNTYPED and (found := _PART_NAME.search(path)):
        return "other", f"other: name ends in {found[0]}"
    return None


def _start(payload: bytes) -> str:
    """The first characters, good enough to see an ASCII name in them; of gzip data what is inside."""
    head = payload[:_START]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, _START)
        except zlib.error:
            return ""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _plain(capture: Capture, decoded: Decoded) -> Draft:
    return read_plain(decoded.text, fetched_at=capture.fetched_at)


def _is_plain(capture: Capture, text: str) -> bool:
    """By the declared type, unless the text starts like a page: servers send pages as text/plain, and files lie too."""
    if (capture.content_type or "").split(";")[0].strip().lower() != "text/plain":
        return False
    start = text[:2000].lstrip().lower()
    return not start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body", "<%@", "<!--"))


def _reading(kind: str, kind_rule: str, draft: Draft, decoded: Decoded, capture: Capture) -> Reading:
    doubts: tuple[Doubt, ...] = (*decoded.doubts, *draft.doubts)
    if kind != "bulletin":
        return Reading(kind, kind_rule, draft.lines, doubts=doubts, charset=decoded.charset)
    bulletin, evidence = assemble(draft, capture.fetched_at)
    if bulletin.body is None:
        doubts = (*doubts, Doubt("no-body", "warning", "a bulletin without one body paragraph"))
    return Reading(
        kind, kind_rule, draft.lines, bulletin, evidence, doubts, decoded.charset,
        images=draft.images, attachments=draft.attachments,
    )  # fmt: skip


def reading_digest(reading: Reading) -> str:
    """sha256 of everything a reading says; what golden tests and determinism proofs compare."""
    return hashlib.sha256(
        json.dumps(asdict(reading), ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()

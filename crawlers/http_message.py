"""An HTTP response as a WARC `response` record holds it: status, headers, body freed of its codings. RFC 9110, 9112.

warcio parses the header. Its body readers are not used: their gzip, deflate and brotli take a cut or broken stream for
a whole one, and their chunks fail on a trailer, on a bare line feed and on a missing last line break.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any

from warcio.statusandheaders import StatusAndHeadersParser

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:
    brotli = None

_MAX_HEADER = 256 * 1024
_MAX_CODINGS = 4
_HEAD: Any = StatusAndHeadersParser([], verify=False)  # type: ignore[no-untyped-call]
_GZIP, _ZLIB, _DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class BadMessage(Exception):
    """rule: `not-http`, `body-cut`, `unknown-encoding` or `too-large`. The message says what was expected and found."""

    def __init__(self, rule: str, problem: str) -> None:
        self.rule = rule
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Response:
    """payload: decoded body. raw_body: as in the record."""

    status: int
    content_type: str | None
    payload: bytes
    raw_body: bytes


def response(block: bytes, limit: int) -> Response:
    """Read a response; at most `limit` bytes are inflated. Raises BadMessage.

    A coding that the headers name but the body does not have is passed over: archiving proxies decode bodies and
    keep the headers. A body that begins as coded and then breaks off is refused: half a page is no page.
    """
    stream = io.BytesIO(block[:_MAX_HEADER])
    head = _HEAD.parse(stream) if block else None
    at = stream.tell()
    if head is None or not block[:at].endswith((b"\n\r\n", b"\n\n")):  # to warcio the end of the block is one too
        raise BadMessage("not-http", "expected the end of the HTTP header, found none")
    status = head.get_statuscode()[:3]
    if not head.protocol.startswith("HTTP/") or not (status.isascii() and status.isdigit() and len(status) == 3):
        raise BadMessage("not-http", f"expected a status line, found {f'{head.protocol} {head.statusline}'[:60]!r}")
    raw_body = block[at:]
    payload = raw_body
    if "chunked" in _codings(head, "transfer-encoding"):
        payload = _dechunked(payload)
    payload = decoded(payload, _codings(head, "content-encoding"), limit)
    return Response(int(status), head.get_header("Content-Type") or None, payload, raw_body)


def decoded(body: bytes, codings: list[str], limit: int) -> bytes:
    """The body freed of its Content-Encoding, the last coding first (RFC 9110, 8.4). Raises BadMessage."""
    if len(codings) > _MAX_CODINGS:  # half of them undone, it would be bytes that nobody sent
        raise BadMessage("unknown-encoding", f"expected at most {_MAX_CODINGS} codings, found {len(codings)}")
    for coding in reversed(codings):
        body = _decoded(body, coding, limit)
    if len(body) > limit:
        raise BadMessage("too-large", f"expected at most {limit} bytes, found {len(body)}")
    return body


def codings_of(header: str) -> list[str]:
    """The names in a Content-Encoding header, lower case, in the order they were applied."""
    return [coding.strip().lower() for coding in header.split(",") if coding.strip()]


def _codings(head: Any, name: str) -> list[str]:
    values = ",".join(value for key, value in head.headers if key.lower() == name)
    return codings_of(values)


def _dechunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 4096)
        size_text = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not size_text or len(size_text) > 16 or size_text.strip(b"0123456789abcdefABCDEF"):
            if not parts:
                return body  # stored without its chunks
            raise BadMessage("body-cut", f"expected the size of a chunk at byte {at} of the body, found none")
        size = int(size_text, 16)
        if size == 0:
            return b"".join(parts)
        chunk = body[end + 1 : end + 1 + size]
        if len(chunk) < size:
            raise BadMessage("body-cut", f"expected a chunk of {size} bytes, found {len(chunk)}")
        parts.append(chunk)
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _decoded(body: bytes, coding: str, limit: int) -> bytes:
    if not body or coding in ("identity", "none", "utf-8", "binary"):  # the latter three are seen and mean nothing
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, _GZIP, limit) if body[:2] == b"\x1f\x8b" else body
    if coding == "deflate":
        for bits in (_ZLIB, _DEFLATE):  # RFC 9110 8.4.1.2 means zlib, old servers send the bare stream
            if _begins(body, bits):
                return _inflated(body, bits, limit)
        return body
    if coding == "br" and brotli is None:
        raise BadMessage("unknown-encoding", "expected the package brotli for Content-Encoding 'br', found it missing")
    if coding == "br":
        try:
            return _unbrotlied(body, limit)
        except BadMessage as error:
            # Brotli has no magic number: what looks like the start of a page and is no brotli was decoded before.
            if error.rule == "body-cut" and body.lstrip()[:3].startswith((b"<", b"{", b"\xef\xbb\xbf")):
                return body
            raise
    raise BadMessage("unknown-encoding", f"expected gzip, deflate or br, found Content-Encoding {coding[:40]!r}")


def _begins(body: bytes, bits: int) -> bool:
    try:
        zlib.decompressobj(bits).decompress(body[:512], 64)
    except zlib.error:
        return False
    return True


def _inflated(body: bytes, bits: int, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        inflate = zlib.decompressobj(bits)
        try:
            data = inflate.decompress(body, limit - size + 1)
        except zlib.error as error:
            raise BadMessage("body-cut", f"the compressed body breaks off: {error}") from error
        size += len(data)
        parts.append(data)
        if size > limit:
            raise BadMessage("too-large", f"expected at most {limit} bytes, found a body that inflates to more")
        if not inflate.eof:
            raise BadMessage("body-cut", "the compressed body ends too early")
        body = inflate.unused_data if bits == _GZIP and inflate.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(parts)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    decompress = brotli.Decompressor()
    parts: list[bytes] = []
    size, data = 0, body
    try:
        while not decompress.is_finished():
            part = decompress.process(data, output_buffer_limit=64 * 1024)
            data = b""
            size += len(part)
            parts.append(part)
            if size > limit:
                raise BadMessage("too-large", f"expected at most {limit} bytes, found a body that inflates to more")
            if not part and decompress.can_accept_more_data():
                raise BadMessage("body-cut", "the compressed body ends too early")
    except brotli.error as error:
        raise BadMessage("body-cut", f"the compressed body breaks off: {error}") from error
    return b"".join(parts)

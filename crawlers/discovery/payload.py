"""Bytes of a list to its text: gzip opened with a bound, charset settled, nothing normalized.

Not pipelines.text.decode alone: it puts text into NFC, and an address that is listed in NFD is another address on the
server; it also ends at 16 MB, where a sitemap may hold 50.
"""

from __future__ import annotations

import zlib

import regex

from pipelines.html import every, line, parse
from pipelines.records import Unreadable
from pipelines.text import decode

MAX_INFLATED = 64 * 1024 * 1024
"""Bytes. sitemaps.org allows 50 MB uncompressed."""

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 64 * 1024
_MAX_MEMBERS = 2_000
_HEAD = 256 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PASSWORD = regex.compile(r"""<input[^<>]{0,500}\stype\s*=\s*["']?password""", regex.IGNORECASE)
_ROOT = regex.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(urlset|sitemapindex|rss|RDF|feed)(?=[\s>/])")
_HTML = regex.compile(r"<(?:!doctype\s+html|html|head|body)\b", regex.IGNORECASE)


def opened(payload: bytes) -> tuple[bytes, str | None]:
    """What a gzip file holds (told by its first bytes; Content-Type lies), other bytes as they are.

    returns  at most MAX_INFLATED bytes, and a note where something is missing behind them
    raises   Unreadable: nothing could be inflated
    """
    note = None
    for _ in range(2):  # .xml.gz that a server compressed once more
        if not payload.startswith(_GZIP_MAGIC):
            break
        payload, note = _inflated(payload)
    return payload, note


def _inflated(payload: bytes) -> tuple[bytes, str | None]:
    """As much as can be had: a list cut in transit still names its first half. RFC 1952: members may follow another."""
    found = bytearray()
    view = memoryview(payload)
    note = None
    at = 0
    for _ in range(_MAX_MEMBERS):
        if view[at : at + 2] != _GZIP_MAGIC:  # the end, or padding
            break
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not inflate.eof and at < len(view) and len(found) <= MAX_INFLATED:
                found += inflate.decompress(view[at : at + _CHUNK], MAX_INFLATED - len(found) + 1)
                at += _CHUNK
        except zlib.error as error:
            note = f"the gzip data are damaged ({error}); what lies behind is missing"
            break
        if len(found) > MAX_INFLATED:
            note = f"inflates to more than {MAX_INFLATED:,} bytes; what lies behind is missing"
            break
        if not inflate.eof:
            note = "the gzip data end too early; what lies behind is missing"
            break
        at = min(at, len(view)) - len(inflate.unused_data)
    if not found and note is not None:
        raise Unreadable(f"expected gzip data, found none that can be inflated: {note}")
    return bytes(found[:MAX_INFLATED]), note


def text_of(payload: bytes, content_type: str | None) -> str:
    """The text, as it was written. Charset: valid UTF-8, else as pipelines.text.decode settles it on the first 256 KB.

    raises  Unreadable: empty, binary, or in no known charset
    """
    if payload.strip() and not payload.startswith(_WIDE) and b"\0" not in payload[:1024]:
        try:
            return payload.decode("utf-8").lstrip("\ufeff")
        except UnicodeDecodeError:
            pass
    head = payload[:_HEAD]
    if len(payload) > _HEAD and not head.startswith(_WIDE):
        head = head[: head.rfind(b">") + 1] or head  # never half a character
    charset = decode(head, content_type).charset
    return payload.decode(charset, "replace").lstrip("\ufeff")


def root_of(text: str) -> regex.Match[str] | None:
    """Where the root of a sitemap or feed begins, group 1 its name. None: it has none, or is an HTML page."""
    root = _ROOT.search(text)
    return None if root is None or _HTML.search(text, 0, root.start()) else root


def is_whole_page(text: str) -> bool:
    """An HTML document, not a piece of one."""
    return _HTML.search(text) is not None


def may_be_empty_list(text: str) -> bool:
    """Whether a page without items may be one behind the last: no login, and nothing of another kind."""
    return not (described(text).startswith(("JSON", "a feed", "a sitemap")) or _PASSWORD.search(text))


def described(text: str) -> str:
    """What a page is that is not the expected list, for an error text: short, one line."""
    stripped = text.strip()
    root = root_of(text)
    if root is not None:
        kind = "sitemap" if root[1] in ("urlset", "sitemapindex") else "feed"
        return f'a {kind} (<{root[1]}>); set kind = "{kind}"'
    if stripped[:1] in ("{", "["):
        return f"JSON: {stripped[:60]!r}"
    if not _HTML.search(stripped):
        return f"text that begins with {stripped[:60]!r}" if stripped else "nothing"
    try:
        page, _ = parse(stripped[:1_000_000])
        titles = [line(title) for title in every(page, "title")]
        asks = bool(every(page, 'input[type="password"]'))
    except Unreadable:
        return "an HTML page"
    titled = f" titled {titles[0][:80]!r}" if titles and titles[0] else ""
    return f"an HTML page{titled}" + (" that asks for a password" if asks else "")

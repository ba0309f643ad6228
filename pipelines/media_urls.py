"""Addresses of pictures and files as a page prints them, made absolute, and what their endings say of the type."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import regex
from lxml.html import HtmlElement
from w3lib.url import safe_url_string

from pipelines.metadata import Metadata

MAX_URL = 2_000
"""A longer address names no file of a publisher; a whole picture may stand in one (`data:`)."""

_WEB = ("http", "https")
_HOST = r"https?://[a-z0-9][a-z0-9-]{0,61}(?:\.[a-z0-9][a-z0-9-]{0,61})+(?::[1-9]\d{0,3})?"
_ROOT = re.compile(rf"{_HOST}(?=/)")
_PLAIN = re.compile(rf"(?P<root>{_HOST})?(?:/[\w~-][\w.~-]*)+", re.ASCII)
"""An address with nothing in it to encode, resolve or leave out: most addresses of pictures are such."""
_LONGEST_PLAIN = 500
_SCHEME = regex.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BLANKS = regex.compile(r"[\t\n\r]+")
_TYPE = regex.compile(r"[a-z]+/[a-z0-9][\w.+-]{0,80}")
_ENDING = regex.compile(r"\.([a-z0-9]{2,5})$")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
FILE_TYPES = {
    "pdf": "application/pdf", "doc": "application/msword", "docx": f"{_OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel", "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint", "pptx": f"{_OFFICE}.presentationml.presentation",
    "rtf": "application/rtf", "odt": f"{_ODF}.text", "ods": f"{_ODF}.spreadsheet", "odp": f"{_ODF}.presentation",
    "zip": "application/zip", "rar": "application/vnd.rar", "7z": "application/x-7z-compressed",
}  # fmt: skip
"""Endings of documents and archives, with the type each has at IANA (7z has none there)."""
IMAGE_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "jfif": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "bmp": "image/bmp", "svg": "image/svg+xml", "tif": "image/tiff",
    "tiff": "image/tiff",
}  # fmt: skip


class Addresses:
    """What the addresses on one page are relative to.

    page_url  that the page was had from; of a local file (`file:`) the address the page gives itself, if any
    meta      its `<base href>` counts, as in a browser
    """

    def __init__(self, page_url: str, meta: Metadata) -> None:
        own = page_url if _is_web(page_url) else ""
        own = own or next((url for url in (meta.canonical, meta.first("og:url")) if _is_web(url)), "")
        declared = _joined(own, meta.base) if 0 < len(meta.base) <= MAX_URL else None
        self.page = own
        self.base = declared if declared is not None and _is_web(declared) else own
        root = _ROOT.match(self.base)
        self._root = root[0] if root is not None else None
        self.too_long = 0

    def of(self, printed: str, base: str | None = None) -> str | None:
        """The address to store, percent-encoded where a URI must be (RFC 3986); None: no web address.

        Without fragment, name and password. A page without address of its own leaves relative ones relative. One that
        is too long counts in `too_long`.

        base  what it is relative to; None: what the page is
        """
        if base is None and self._root is not None and len(printed) <= _LONGEST_PLAIN:
            plain = _PLAIN.fullmatch(printed)
            if plain is not None:
                return printed if plain["root"] else self._root + printed
        text = _BLANKS.sub("", printed).strip()
        if not text or text.startswith("#"):
            return None
        scheme = _SCHEME.match(text)
        if scheme is not None and scheme[0].lower() not in ("http:", "https:"):
            return None
        if len(text) > MAX_URL:
            self.too_long += 1
            return None
        joined = _joined(self.base if base is None else base, text)
        if joined is None or len(joined) > MAX_URL:
            self.too_long += joined is not None
            return None
        return joined


def _joined(base: str, printed: str) -> str | None:
    try:
        split = urlsplit(safe_url_string(urljoin(base, printed) if base else printed))
        if split.scheme not in ("", *_WEB) or (split.scheme and not split.hostname):
            return None
        _ = split.port  # raises where it is no number: no server can be asked for that
    except ValueError:  # UnicodeError too: a host that is no name
        return None
    host = split.netloc.rpartition("@")[2]
    return urlunsplit((split.scheme, host, split.path, split.query, "")) or None


def _is_web(url: str) -> bool:
    return len(url) <= MAX_URL and url.lower().startswith(("http://", "https://"))


def split_of(url: str) -> SplitResult:
    """The parts of an address; one that has none (`http://[`) has an empty path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def ending_of(path: str) -> str:
    """`pdf` of `/a/B%20c.PDF;v=1`; empty where the last part of a path has no ending."""
    found = _ENDING.search(unquote(path[-200:]).partition(";")[0].rstrip().lower())
    return found[1] if found else ""


def stated_type(element: HtmlElement) -> str | None:
    """The media type in an element's `type` attribute, without parameters; None: none, or no media type."""
    text = (element.get("type") or "").partition(";")[0].strip().lower()
    return text if _TYPE.fullmatch(text) else None

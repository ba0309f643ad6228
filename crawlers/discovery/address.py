"""An address as a page has it, made absolute, or refused. Canonical form is not made here: pipelines.identity does."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import regex

from pipelines.identity import ascii_uri

MAX_URL = 2_000
"""Characters of an address in its ASCII form. Longer ones are traps or broken links; servers refuse them (414)."""

_PLAIN = regex.compile(r"https?://[a-z0-9][a-z0-9.-]*/[A-Za-z0-9._~/%?=&,+:@!$'()*;-]*")
_PLAIN_PATH = regex.compile(r"/(?!/)[A-Za-z0-9_~/%?=,+:@!$'()*;-]*(?:\.[a-z]{2,5})?")  # no `.` and `..` to resolve
_WRAP = regex.compile(r"\s*[\t\r\n]\s*")
_CONTROL = regex.compile(r"[\x00-\x1f\x7f]")
_SCHEME = regex.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ESCAPED_AMP = regex.compile(r"&(?:amp|#0*38|#[xX]0*26);")
_HOST = regex.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_BLANK = " \u00a0\u200b\u2060\ufeff\u3000"
_NAMED_SCHEMES = frozenset(
    (
        "javascript",
        "mailto",
        "tel",
        "data",
        "sms",
        "ftp",
        "file",
        "blob",
        "about",
        "vbscript",
        "zalo",
        "callto",
        "skype",
    )
)


class Refused(Exception):
    """Completes the sentence `3 items …`; one of few reasons, never text of the page."""


def address(raw: str, base: str) -> str:
    """The absolute http(s) address in ASCII, without its fragment (RFC 3986 5.2, RFC 3987 3.1); `%`-forms stay.

    raw      an href or the text of a <loc>: blanks around it and line breaks in it are dropped, `&amp;` that was
             escaped twice is resolved, `\\` before the query is `/` as in browsers (WHATWG URL, 4.4)
    base     absolute address it is relative to
    raises   Refused: none, another scheme (javascript:, mailto:, tel:, data: …), over MAX_URL, a user name in it,
             characters that did not survive decoding, no host, a port or host that cannot be
    """
    if len(raw) <= MAX_URL and _PLAIN.fullmatch(raw) and not ("&" in raw and _ESCAPED_AMP.search(raw)):
        return raw
    if len(raw) < MAX_URL - 300 and _PLAIN_PATH.fullmatch(raw) and (origin := _plain_origin(base)):
        return origin + raw
    if len(raw) > 20 * MAX_URL:  # before any work: a data: link may hold megabytes
        raise Refused(_scheme_reason(raw[:100].strip()) or _too_long())
    text = _unescaped(_WRAP.sub("", raw.strip()).strip(_BLANK))
    if not text:
        raise Refused("without an address")
    if reason := _scheme_reason(text):
        raise Refused(reason)
    if "\ufffd" in text:
        raise Refused("with an address whose characters are damaged")
    head, mark, query = text.partition("?")
    text = head.replace("\\", "/") + mark + query
    try:
        joined = text if _SCHEME.match(text) else urljoin(base, text)
        return _checked(joined.partition("#")[0])
    except ValueError as error:  # UnicodeError of a host or a lone surrogate is one too
        raise Refused("with an address that is malformed") from error


@lru_cache(maxsize=64)
def _plain_origin(base: str) -> str | None:
    """Scheme and host of a base, where nothing in it needs a second look."""
    return base[: base.index("/", 8)] if len(base) < MAX_URL and _PLAIN.fullmatch(base) else None


def _checked(url: str) -> str:
    split = urlsplit(url)
    if split.username is not None or split.password is not None:
        raise Refused("with a user name in the address")
    host = split.hostname or ""
    if not host or split.scheme not in ("http", "https") or split.port == 0:
        raise ValueError(url)
    if not host.isascii():
        ascii_host = host.encode("idna").decode("ascii")
        netloc = ascii_host if split.port is None else f"{ascii_host}:{split.port}"
        url, host = url.replace(split.netloc, netloc, 1), ascii_host
    if not _HOST.fullmatch(f"[{host}]" if ":" in host else host):
        raise ValueError(url)
    url = split.scheme + url[len(split.scheme) :]  # urlsplit has it in lower case
    if _CONTROL.search(url):
        raise ValueError(url)
    found = ascii_uri(url)
    if len(found) > MAX_URL:
        raise Refused(_too_long())
    return found


def _unescaped(text: str) -> str:
    for _ in range(3):
        if "&" not in text:
            break
        text = _ESCAPED_AMP.sub("&", text)
    return text


def _scheme_reason(text: str) -> str | None:
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[1].lower() in ("http", "https"):
        return None
    name = scheme[1].lower()
    return f"with a {name}: link" if name in _NAMED_SCHEMES else "with a link of another scheme"


def _too_long() -> str:
    return f"with an address of more than {MAX_URL:,} characters"

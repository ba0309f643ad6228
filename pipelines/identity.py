"""Names of things: URLs, URL keys, bulletin ids, capture ids. Pure functions of what is requested, never of the answer.

Canonical form of URLs is w3lib's (pinned: tests/test_identity.py keeps a golden list). docs/contracts.md, *URL key*.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, unquote_plus, urlsplit

from w3lib.url import canonicalize_url

TRACKERS = (
    "aspxautodetectcookiesupport",
    "fbclid",
    "gclid",
    "zarsrc",
    "_ga",
    "mc_cid",
    "mc_eid",
    "igshid",
    "yclid",
    "msclkid",
)

_SESSION = re.compile(r"/\((?:[A-Z]\([^()/]*\))+\)(?=/)|;(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
"""Sessions in a path: ASP.NET's `/(S(…))`, Java's `;jsessionid=…`. They name a visit, not a page."""

_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"  # RFC 3986, 2.2 and 2.3, with `%`: what is encoded already stays as it is
_NAME_SAFE = "!$&'()*+,;=@~"  # one path segment of RFC 3986, without `%`, `?`, `#`, `/` and `:`


def ascii_uri(url: str) -> str:
    """The URL with everything a URI may not hold percent-encoded as UTF-8 (RFC 3986, RFC 3987 3.1). Idempotent.

    Nothing is decoded and nothing normalized: `%c3` stays `%c3`, for a server may tell them apart.
    """
    return quote(url.strip().encode("utf-8", "surrogateescape"), safe=_URI_SAFE)


def file_url(folder: str, name: str) -> str:
    """`file:<folder>/<name>`, how a file handed in is called everywhere but in its WARC record.

    folder, name  as the operating system gives them (bytes that are no UTF-8 as surrogates, see os.fsdecode)
    returns       names in NFC, then percent-encoded: one name typed on two systems is one URL, and a `?`, `#` or `%` in
                  a name is part of the name, never a query: `file:tin%20b%C3%A0i/a%3F.txt`
    """
    return f"file:{_name(folder)}/{_name(name)}"


def _name(name: str) -> str:
    return quote(unicodedata.normalize("NFC", name).encode("utf-8", "surrogateescape"), safe=_NAME_SAFE)


def url_key(
    url: str,
    hosts: Iterable[str] = (),
    keep_query: Sequence[str] | None = None,
    drop_query: Sequence[str] = (),
) -> str:
    """Path and kept query of a requested URL; scheme, port and any of the source's hosts are left out.

    hosts       hosts of the source: twins give one key. Another host stays in the key as `//host/path`.
    keep_query  names of parameters that identify a page; None: all but known trackers and `drop_query`; empty: none.
    returns     e.g. `/tin-tuc/a-1.html?id=3`; for `file:seeds/a.txt` the key is `seeds/a.txt`
    raises      ValueError: no URL (a port over 65535, a bracket that is never closed)
    """
    split = urlsplit(url)
    if split.scheme == "file":
        return ascii_uri(split.path + (f"?{split.query}" if split.query else ""))
    split = urlsplit(canonicalize_url(url))
    # The query is filtered as it stands, never decoded and written anew: `%E9` and `%E8` are no UTF-8 and would
    # both become U+FFFD, two pages of an old Windows-1258 site one key.
    kept = [part for part in split.query.split("&") if part and _is_kept(part, keep_query, drop_query)]
    host = (split.hostname or "").rstrip(".")
    path = _SESSION.sub("", split.path) or "/"
    if not host or host in {twin.lower() for twin in hosts}:
        # `/.` as in WHATWG URL, 4.5: without it, `//other/a` as a path would read as another host's key.
        prefix = "/." if path.startswith("//") else ""
    else:
        prefix = f"//{host}"
    return f"{prefix}{path}" + (f"?{'&'.join(kept)}" if kept else "")


def _is_kept(part: str, keep_query: Sequence[str] | None, drop_query: Sequence[str]) -> bool:
    name = unquote_plus(part.partition("=")[0])
    if keep_query is not None:
        return name in keep_query
    return not (name.lower().startswith("utm_") or name.lower() in TRACKERS or name in drop_query)


def bulletin_id(source_id: str, key: str) -> str:
    """First 16 hex digits of sha256 of source_id, newline, URL key."""
    return _short_digest(source_id, key)


def capture_id(source_id: str, url: str, fetched_at: datetime, payload_sha256: str) -> str:
    """16 hex digits of sha256 of source_id, url, fetched_at (UTC, microseconds, Z), payload digest, by newlines."""
    moment = fetched_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return _short_digest(source_id, url, moment, payload_sha256)


def _short_digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

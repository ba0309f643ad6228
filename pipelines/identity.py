"""Names of things: URL keys, bulletin ids, capture ids. Pure functions of what is requested, never of what is answered.

Canonical form of URLs is w3lib's (pinned: tests/test_identity.py keeps a golden list). docs/contracts.md, *URL key*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

TRACKERS = ("fbclid", "gclid", "zarsrc", "_ga", "mc_cid", "mc_eid", "igshid", "yclid", "msclkid")


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
    """
    split = urlsplit(url)
    if split.scheme == "file":
        return split.path + (f"?{split.query}" if split.query else "")
    split = urlsplit(canonicalize_url(url))
    kept = [
        (name, value)
        for name, value in parse_qsl(split.query, keep_blank_values=True)
        if (name in keep_query if keep_query is not None else not _is_tracker(name) and name not in drop_query)
    ]
    host = (split.hostname or "").lower()
    prefix = "" if host in {h.lower() for h in hosts} or not host else f"//{host}"
    return f"{prefix}{split.path or '/'}" + (f"?{urlencode(kept)}" if kept else "")


def _is_tracker(name: str) -> bool:
    return name.startswith("utm_") or name in TRACKERS


def bulletin_id(source_id: str, key: str) -> str:
    """First 16 hex digits of sha256 of source_id, newline, URL key."""
    return _short_digest(source_id, key)


def capture_id(source_id: str, url: str, fetched_at: datetime, payload_sha256: str) -> str:
    """16 hex digits of sha256 of source_id, url, fetched_at (UTC, microseconds, Z), payload digest, joined by newlines."""
    moment = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return _short_digest(source_id, url, moment, payload_sha256)


def _short_digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

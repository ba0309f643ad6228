"""Names of things: URLs, URL keys, bulletin ids, capture ids. Pure functions of what is requested, never of the answer.

Canonical form of URLs is w3lib's (pinned: tests/test_identity.py keeps a golden list). docs/contracts.md, *URL key*.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote_plus, urlsplit

import regex
from w3lib.url import canonicalize_url

from pipelines.patterns import TooSlow, compiled

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

SESSION = re.compile(r"/\((?:[A-Z]\([^()/]*\))+\)(?=/)|;(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
"""Sessions in a path: ASP.NET's `/(S(…))`, Java's `;jsessionid=…`. They name a visit, not a page."""

GROUP = regex.compile(r"\\(?:(?P<number>[1-9])|g<(?P<name>\w+)>)")
"""In `to` of a rule: `\\1` to `\\9`, or `\\g<name>` for a named group of its `from`."""

TWIN = "twin"
MOVED = "moved"
SAME_PAGE = "same-page"
KEY_REASONS = (MOVED, SAME_PAGE)
_MOST_TWINS = 5

_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"  # RFC 3986, 2.2 and 2.3, with `%`: what is encoded already stays as it is
_NAME_SAFE = "!$&'()*+,;=@~"  # one path segment of RFC 3986, without `%`, `?`, `#`, `/` and `:`


@dataclass(frozen=True, slots=True)
class UrlRule:
    """One [[url.twin]] or [[url.key]] of a source file: an address that `pattern` finds stands for the one `to` makes.

    pattern  regular expression on the normalized path and query, `/print/a.html?id=3`; the author anchors it
    to       the whole new path and query, with groups of the pattern (GROUP); begins with `/`
    reason   twin, moved (a new address of a page that had another) or same-page
    host     only addresses of this host of the source; None: of all
    """

    pattern: str
    to: str
    reason: str
    host: str | None = None


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
    rules: Sequence[UrlRule] = (),
) -> str:
    """Path and kept query of a requested URL; scheme, port and any of the source's hosts are left out.

    hosts       hosts of the source: twins give one key. Another host stays in the key as `//host/path`.
    keep_query  names of parameters that identify a page; None: all but known trackers and `drop_query`; empty: none.
    rules       the first that finds the key of an own address names another, whose key it is; applied once. One that
                takes too long on it finds nothing, and those after it are not tried (`is_too_slow`)
    returns     e.g. `/tin-tuc/a-1.html?id=3`; for `file:seeds/a.txt` the key is `seeds/a.txt`
    raises      ValueError: no URL (a port over 65535, a bracket that is never closed)
    """
    return key_and_rule(url, hosts, keep_query, drop_query, rules)[0]


def key_and_rule(
    url: str,
    hosts: Iterable[str] = (),
    keep_query: Sequence[str] | None = None,
    drop_query: Sequence[str] = (),
    rules: Sequence[UrlRule] = (),
) -> tuple[str, int | None]:
    """`url_key`, and which of the rules gives it; None: the key is its own. Arguments and errors as there."""
    split = urlsplit(url)
    if split.scheme == "file":
        return ascii_uri(split.path + (f"?{split.query}" if split.query else "")), None
    host, address = _address(url, hosts, keep_query, drop_query)
    if address is None:
        return host, None
    # `/.` as in WHATWG URL, 4.5: without it, `//other/a` as a path would read as another host's key.
    own = f"/.{address}" if address.startswith("//") else address
    if (found := _rule(address, host, rules)) is None:
        return own, None
    key = url_key(f"http://{host}{_made(*found)}", hosts, keep_query, drop_query)
    return key, rules.index(found[0]) if key != own else None


def _address(
    url: str, hosts: Iterable[str], keep_query: Sequence[str] | None, drop_query: Sequence[str]
) -> tuple[str, str | None]:
    """(host, path and kept query) of an address of the source; (whole key, None) of another host's."""
    split = urlsplit(canonicalize_url(url))
    # The query is filtered as it stands, never decoded and written anew: `%E9` and `%E8` are no UTF-8 and would
    # both become U+FFFD, two pages of an old Windows-1258 site one key.
    kept = [part for part in split.query.split("&") if part and _is_kept(part, keep_query, drop_query)]
    host = (split.hostname or "").rstrip(".")
    address = (SESSION.sub("", split.path) or "/") + (f"?{'&'.join(kept)}" if kept else "")
    if not host or host in {twin.lower() for twin in hosts}:
        return host, address
    return f"//{host}{address}", None


def asked_url(url: str, hosts: Iterable[str], rules: Sequence[UrlRule]) -> str:
    """The address that is asked in place of a twin of it (print page, AMP); any other URL as it is, byte for byte.

    hosts    of the source: a URL of another is never changed
    rules    on path and whole query but trackers. An address they make may be a twin itself (`/amp/print/a`); rules
             that never come to rest change nothing, one that takes too long ends it. So it is idempotent.
    raises   ValueError: no URL
    """
    asked = url
    for _ in range(_MOST_TWINS):
        split = urlsplit(asked)
        if split.scheme not in ("http", "https"):
            return asked
        host, address = _address(asked, hosts, None, ())
        rule = _rule(address, host, rules) if address is not None else None
        if rule is None or address is None or (made := _made(*rule)) == address:
            return asked
        asked = f"{split.scheme}://{split.netloc}{made}"
    return url


def is_too_slow(
    url: str,
    hosts: Iterable[str] = (),
    keep_query: Sequence[str] | None = None,
    drop_query: Sequence[str] = (),
    rules: Sequence[UrlRule] = (),
) -> bool:
    """Whether the rules took too long on an address, so that nobody can tell whose it is.

    To be asked after `url_key` or `asked_url`, with the same arguments.
    """
    if not any(compiled(rule.pattern).was_slow for rule in rules):
        return False
    host, address = _address(url, hosts, keep_query, drop_query)
    if address is None:
        return False
    try:
        _first(address, host, rules)
    except TooSlow:
        return True
    return False


def _rule(key: str, host: str, rules: Sequence[UrlRule]) -> tuple[UrlRule, regex.Match[str]] | None:
    try:
        return _first(key, host, rules)
    except TooSlow:
        return None


def _first(key: str, host: str, rules: Sequence[UrlRule]) -> tuple[UrlRule, regex.Match[str]] | None:
    for rule in rules:
        if (rule.host is None or rule.host == host) and (found := compiled(rule.pattern).search(key)):
            return rule, found
    return None


def _made(rule: UrlRule, found: regex.Match[str]) -> str:
    """What `to` makes of a key that the rule's pattern finds; a group that took no part is empty."""
    return GROUP.sub(lambda group: found[_group(group)] or "", rule.to)


def _group(named: regex.Match[str]) -> int | str:
    name: str = named["number"] or named["name"]
    return int(name) if name.isdigit() else name


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

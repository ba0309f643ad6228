"""What is asked of a site and what it answers, apart from any server; conditional requests and gzip."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl

HTML = "text/html; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Ask:
    """path: as sent, without query.  headers: names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def asked(self, name: str) -> str:
        """One value of the query, or empty."""
        return dict(parse_qsl(self.query)).get(name, "")

    def posted(self) -> dict[str, str]:
        """Fields of a urlencoded form."""
        return dict(parse_qsl(self.body.decode("ascii", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """etag: with its quotes.  modified_at: aware.  status 0: the connection closes without an answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    modified_at: datetime | None = None


def redirect(status: int, to: str) -> Answer:
    return Answer(status, b"", HTML, (("location", to),))


def tag_of(body: bytes) -> str:
    """An ETag over all bytes."""
    return f'"{len(body):x}-{zlib.crc32(body):08x}{zlib.adler32(body):08x}"'


def conditional(ask: Ask, answer: Answer) -> Answer:
    """304 where the asker has it already: If-None-Match decides alone where it is sent (RFC 9110, 13.2.2)."""
    if answer.status != 200 or ask.method not in ("GET", "HEAD"):
        return answer
    wanted = ask.headers.get("if-none-match")
    if wanted is not None:
        known = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        same = answer.etag is not None and ("*" in known or answer.etag.removeprefix("W/") in known)
    else:
        since = _moment(ask.headers.get("if-modified-since", ""))
        same = (
            since is not None and answer.modified_at is not None and answer.modified_at.replace(microsecond=0) <= since
        )
    if not same:
        return answer
    return Answer(304, b"", "", answer.headers, answer.etag, answer.modified_at)


def _moment(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def zipped(body: bytes) -> bytes:
    """gzip at its fastest, the same bytes every time."""
    return gzip.compress(body, compresslevel=1, mtime=0)


def header_lines(answer: Answer) -> list[tuple[bytes, bytes]]:
    """Headers as a server sends them; Content-Length is the body's."""
    found = [("server", "nginx"), *answer.headers]
    if answer.content_type:
        found.append(("content-type", answer.content_type))
    if answer.etag:
        found.append(("etag", answer.etag))
    if answer.modified_at is not None:
        found.append(("last-modified", format_datetime(answer.modified_at.astimezone(UTC), usegmt=True)))
    if answer.status != 304:
        found.append(("content-length", str(len(answer.body))))
    return [(name.encode(), value.encode()) for name, value in found]

"""What a crawl remembers of a robots.txt, so that the next one need only ask whether it changed (RFC 9309, 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crawlers.fetch import Fetched
    from crawlers.frontier import Frontier

_BELIEVED = timedelta(days=6, hours=12)  # some servers answer 304 for ever: once a week they get no occasion
_MOST_BYTES = 512 * 1024  # more of it is not read anyway (crawlers/robots.py)


class KnownRobots(NamedTuple):
    """A robots.txt as it was answered before.

    payload_sha256  of the latest capture of it, whatever its status
    etag, last_modified  of the latest 2xx answer; both None: it must be asked for without conditions
    payload         of that answer, what a 304 stands for
    """

    payload_sha256: str | None
    etag: str | None = None
    last_modified: str | None = None
    payload: bytes = b""


def known_robots(frontier: Frontier, url: str, payload_sha256: str | None, now: datetime) -> KnownRobots:
    """What the frontier remembers, without conditions where that is too old to be believed."""
    row = frontier.con.execute(
        "select etag, last_modified, payload from robots_txt where url = ? and read_at > ?",
        (url, (now - _BELIEVED).timestamp()),
    ).fetchone()
    return KnownRobots(payload_sha256, *row) if row else KnownRobots(payload_sha256)


def remember(frontier: Frontier, url: str, fetched: Fetched) -> None:
    """Keep a 2xx answer that can be asked for conditionally. A 304, or trouble of the server, changes nothing."""
    answer, capture = fetched.answer, fetched.capture
    if capture is None or answer.status is None or not 200 <= answer.status < 300:
        return
    with frontier.transaction():
        frontier.con.execute("delete from robots_txt where url = ?", (url,))
        if (answer.etag or answer.last_modified) and len(capture.payload) <= _MOST_BYTES:
            frontier.con.execute(
                "insert into robots_txt values (?, ?, ?, ?, ?)",
                (url, answer.etag, answer.last_modified, capture.payload, answer.at),
            )

"""Our words for one exchange with a server: what is asked, what its headers say, why there was no answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from scrapy import FormRequest, Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from crawlers.addresses import PrivateAddress
from crawlers.bounds import MAX_HEAD, HeadTooLarge

PRIVATE = "its host has a private address"
_PROBLEMS: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "no such host"),
    (DownloadTimeoutError, "no answer in time"),
    (DownloadConnectionRefusedError, "connection refused"),
    (ResponseDataLossError, "the answer broke off"),
    (UnsupportedURLSchemeError, "not an http address"),
    (DownloadFailedError, "the connection failed"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask for. Validators make the request conditional; `before` is the sha256 of the latest capture.

    besides  sha256 of bytes that are not kept either: a page that everything is answered with, asked to tell it
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    before: str | None = None
    role: str | None = None
    form: tuple[tuple[str, str], ...] | None = None
    besides: str | None = None


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header: a number, or a date (RFC 9110, 10.2.3). None: absent or neither."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdigit():  # `²` is a digit too, and no number
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):  # what the standard library makes of strangers' dates
        return None


def request_of(wanted: Wanted) -> Request:
    headers: dict[str, str] = {}
    if wanted.etag:
        headers["If-None-Match"] = wanted.etag
    if wanted.last_modified:
        headers["If-Modified-Since"] = wanted.last_modified
    if wanted.form is None:
        return Request(wanted.url, headers=headers, dont_filter=True)
    return FormRequest(wanted.url, method="POST", formdata=list(wanted.form), headers=headers, dont_filter=True)


def origin_of(url: str) -> str:
    """`https://bao.example:8443`."""
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def host_of(url: str) -> str:
    """host:port as in the URL, lower case."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def is_elsewhere(asked: str, answered: str) -> bool:
    """Whether the address that answered has another path than the one asked: a redirect away. `/a/` is `/a`."""
    paths = [unquote(urlsplit(url).path).rstrip("/") for url in (asked, answered)]
    return paths[0] != paths[1]


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1").strip() or None


def block_of(response: Response, body: bytes) -> bytes:
    """The answer as an HTTP message. Its chunks were joined on the way here, so it no longer says that it has any."""
    headers = b"".join(
        name + b": " + value + b"\r\n"
        for name, values in response.headers.items()
        if name.lower() != b"transfer-encoding"
        for value in values
    )
    return b"HTTP/1.1 %d \r\n" % response.status + headers + b"\r\n" + body


def problem_of(error: BaseException, max_bytes: int) -> str:
    """What went wrong, in words that are the same whenever it goes wrong again."""
    if isinstance(error, DownloadCancelledError):
        return f"larger than {max_bytes} bytes"
    for inner in _causes(error):
        if isinstance(inner, PrivateAddress):
            return PRIVATE
        if isinstance(inner, HeadTooLarge):
            return f"its header is larger than {MAX_HEAD} bytes"
    for kind, words in _PROBLEMS:
        if isinstance(error, kind):
            return words
    return f"the request failed ({type(error).__name__})"


def is_lasting(error: BaseException) -> bool:
    """Whether the fault lies in what the server sends, and not in its day."""
    return isinstance(error, DownloadCancelledError) or any(isinstance(e, HeadTooLarge) for e in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it; Twisted's failures of an answer hold theirs in `reasons`."""
    found: BaseException | None = error
    while found is not None:
        yield found
        for reason in getattr(found, "reasons", ()):
            yield reason.value
        found = found.__cause__ or found.__context__

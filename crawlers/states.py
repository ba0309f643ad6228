"""The state machine of one URL in the frontier: what an answer makes of it, and when it is asked for again. Pure.

    discovered ──▶ waiting ──2xx──▶ fetched ◀──2xx, 304── (revisits) ──404, 410──▶ gone ──2xx──▶ fetched
                     │  ▲               │
                     │  └─ 429, 5xx, no answer: back-off, at most MAX_FAILURES in a row ──▶ failed ──(a week later)──▶ …
                     ├── robots.txt, not the source's pattern, other host, before `since` ──▶ excluded
                     └── other 4xx, a body too large or not to be decoded ──▶ failed
    fetched ──(load: read as something else)──▶ not_bulletin;  ──(load: another key has it)──▶ duplicate

A URL that was fetched once is never `waiting` again: a revisit that fails leaves it as it was and is tried again. A
reason names what was answered, never when or how often: two crawls of one world end with the same words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

WAITING, FETCHED, EXCLUDED, DUPLICATE = "waiting", "fetched", "excluded", "duplicate"
NOT_BULLETIN, GONE, FAILED = "not_bulletin", "gone", "failed"
STATES = (WAITING, FETCHED, EXCLUDED, DUPLICATE, NOT_BULLETIN, GONE, FAILED)

ROBOTS = "robots.txt"
"""Reason of an excluded URL that robots.txt disallows."""
MAX_FAILURES = 5
FIRST_BACKOFF_S, BACKOFF_FACTOR = 5.0, 4.0  # 5 s, 20 s, 80 s, 320 s: over 7 minutes of trouble are waited out
FAILED_AGAIN = timedelta(days=7)
GONE_AGAIN = (timedelta(days=1), timedelta(days=7), timedelta(days=30))  # a 404 may be a mishap; then it is believed
ERROR_PAGE_AGAIN = (timedelta(days=1), timedelta(days=7))  # of one that was a page of its own: it may be a mishap
MAX_RETRY_AFTER = timedelta(days=1)

# Age of a bulletin → time between two visits. Edits come in the first days (corrections) and rarely later. Twenty
# hours, not a day: a daily run that starts a little earlier than yesterday's must find the page due.
_REVISITS = (
    (timedelta(days=14), timedelta(hours=20)),
    (timedelta(days=60), timedelta(days=7)),
    (timedelta(days=365), timedelta(days=30)),
)
_REVISIT_OLD = timedelta(days=120)
_REVISIT_OTHER = timedelta(days=90)  # a page that is no bulletin


@dataclass(frozen=True, slots=True)
class Status:
    """What the frontier knows of a URL that its next answer may change. Instants are unix seconds.

    failures       answers in a row that were none: 429, 5xx, timeouts; or, of one that is gone, visits that said so;
                   at most MAX_FAILURES
    etag, last_modified  validators of the latest 200, as sent
    payload_sha256 of the latest stored capture, 64 hex digits
    next_fetch_at  None: not planned
    """

    state: str = WAITING
    reason: str | None = None
    tries: int = 0
    failures: int = 0
    last_fetch_at: float | None = None
    next_fetch_at: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_sha256: str | None = None

    @property
    def was_fetched(self) -> bool:
        return self.state in (FETCHED, NOT_BULLETIN, DUPLICATE, GONE)


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request ended.

    at              unix seconds
    status          of HTTP; None: no answer
    problem         why there was none, or why its bytes were not kept, in words without instants or counts
    retry_after_s   what the server asked for, in seconds
    payload_sha256  of a body that is in the archive now or was before
    lasting         what was sent is too large or cannot be decoded: the next try today would bring the same
    """

    at: float
    status: int | None
    problem: str | None = None
    retry_after_s: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_sha256: str | None = None
    lasting: bool = False

    @property
    def is_passing(self) -> bool:
        """Trouble of the server that may be over soon: no answer, 429, 5xx."""
        return not self.lasting and (self.status is None or self.status == 429 or self.status >= 500)


def after(status: Status, answer: Answer, known_day: date) -> Status:
    """The state after an answer.

    known_day  day the bulletin is dated by a list, else its month's last day, at most the day of discovery (Vietnam)
    """
    seen = replace(status, tries=status.tries + 1, last_fetch_at=answer.at)
    code = answer.status
    if code == 304 and status.was_fetched:
        state = FETCHED if status.state == GONE else status.state
        reason = None if status.state == GONE else status.reason
        return replace(
            seen,
            state=state,
            reason=reason,
            failures=0,
            next_fetch_at=answer.at + revisit_s(state, answer.at, known_day),
        )
    if code is not None and answer.problem is None and 200 <= code < 400 and code != 304:
        same = answer.payload_sha256 is not None and answer.payload_sha256 == status.payload_sha256
        state = status.state if same and status.state in (NOT_BULLETIN, DUPLICATE) else FETCHED
        return replace(
            seen,
            state=state,
            reason=status.reason if state != FETCHED else None,
            failures=0,
            next_fetch_at=answer.at + revisit_s(state, answer.at, known_day),
            etag=answer.etag,
            last_modified=answer.last_modified,
            payload_sha256=answer.payload_sha256,
        )
    if code in (404, 410):
        said_so = status.failures if status.state == GONE else 0
        again = GONE_AGAIN[said_so] if said_so < len(GONE_AGAIN) else None
        return replace(
            seen,
            state=GONE,
            reason=f"HTTP {code}",
            failures=min(said_so + 1, MAX_FAILURES),
            next_fetch_at=answer.at + again.total_seconds() if again else None,
            etag=None,
            last_modified=None,
            payload_sha256=answer.payload_sha256 or status.payload_sha256,
        )
    return _failed(seen, status, answer)


def as_error_page(before: Status, now: Status) -> Status:
    """The state after an answer that is the site's error page, sent as if it were a page (2xx).

    It stays `fetched`: what it says is read later. A page never seen otherwise is looked at again after a week, as one
    that failed: articles may stand behind a wall for a day. Where another page was before, after a day and a week.
    """
    if now.state != FETCHED or now.last_fetch_at is None:
        return now
    since = now.last_fetch_at - (before.last_fetch_at or 0.0)
    if not before.was_fetched or before.payload_sha256 is None:
        again = FAILED_AGAIN
    elif before.payload_sha256 != now.payload_sha256:
        again = ERROR_PAGE_AGAIN[0]
    else:
        again = next((every for every in ERROR_PAGE_AGAIN if since < every.total_seconds()), _REVISIT_OTHER)
    return replace(now, next_fetch_at=now.last_fetch_at + again.total_seconds())


def _failed(seen: Status, status: Status, answer: Answer) -> Status:
    """No answer, or one that is not the page."""
    said = answer.problem or f"HTTP {answer.status}"
    if status.state == GONE:  # its `failures` count the visits that said so
        return replace(seen, next_fetch_at=answer.at + GONE_AGAIN[0].total_seconds())
    failures = min(status.failures + 1, MAX_FAILURES)
    given_up = failures >= MAX_FAILURES or not answer.is_passing
    wait = FAILED_AGAIN.total_seconds() if given_up else backoff_s(failures)
    if answer.retry_after_s is not None and not given_up:
        # Taken at its word once. A server that says `1` for ten minutes would else use up all tries in five seconds.
        asked = min(max(answer.retry_after_s, 0.0), MAX_RETRY_AFTER.total_seconds())
        wait = asked if failures == 1 else max(asked, wait)
    if status.was_fetched:  # what was there stays; only the visit failed
        return replace(seen, failures=0 if given_up else failures, next_fetch_at=answer.at + wait)
    return replace(
        seen,
        state=FAILED if given_up else WAITING,
        reason=said,
        failures=failures,
        next_fetch_at=answer.at + wait,
        payload_sha256=answer.payload_sha256 or status.payload_sha256,
    )


def backoff_s(failures: int) -> float:
    """Seconds before the next try after this many failures in a row, from 1."""
    return float(FIRST_BACKOFF_S * BACKOFF_FACTOR ** (max(failures, 1) - 1))


def revisit_s(state: str, now: float, known_day: date) -> float:
    """Seconds until a page is worth another look."""
    if state != FETCHED:
        return _REVISIT_OTHER.total_seconds()
    age = datetime.fromtimestamp(now, UTC) - datetime.combine(known_day, time(), UTC)
    return next((every for under, every in _REVISITS if age <= under), _REVISIT_OLD).total_seconds()

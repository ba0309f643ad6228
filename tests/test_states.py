"""The state machine of a URL: every edge, and what no sequence of answers may lead to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.states import (
    DUPLICATE,
    EXCLUDED,
    FAILED,
    FETCHED,
    GONE,
    MAX_FAILURES,
    NOT_BULLETIN,
    STATES,
    WAITING,
    Answer,
    Status,
    after,
    as_error_page,
    backoff_s,
    revisit_s,
)

NOW = datetime(2026, 11, 1, 5, tzinfo=UTC).timestamp()
DAY, HOUR = 86_400.0, 3_600.0
TODAY = date(2026, 11, 1)
A, B = "a" * 64, "b" * 64


def answer(status: int | None, payload: str | None = A, **more: object) -> Answer:
    problem = None if status is not None else more.pop("problem", "no answer in time")
    return Answer(NOW, status, problem, payload_sha256=payload if status is not None else None, **more)  # type: ignore[arg-type]


def held(state: str, **more: object) -> Status:
    return Status(state, tries=1, last_fetch_at=NOW - DAY, payload_sha256=A, **more)  # type: ignore[arg-type]


GONE_ONCE = held(GONE, reason="HTTP 404", failures=1)
EDGES = [
    # from, answer → state, reason, failures, seconds until the next visit
    (Status(), answer(200), (FETCHED, None, 0, 20 * HOUR)),
    (Status(), answer(302), (FETCHED, None, 0, 20 * HOUR)),
    (Status(), answer(None), (WAITING, "no answer in time", 1, 5.0)),
    (Status(), answer(503), (WAITING, "HTTP 503", 1, 5.0)),
    (Status(), answer(429), (WAITING, "HTTP 429", 1, 5.0)),
    (Status(failures=2), answer(503), (WAITING, "HTTP 503", 3, 80.0)),
    (Status(failures=4), answer(503), (FAILED, "HTTP 503", 5, 7 * DAY)),
    (Status(), answer(403), (FAILED, "HTTP 403", 1, 7 * DAY)),
    (Status(), answer(304), (FAILED, "HTTP 304", 1, 7 * DAY)),
    (Status(), answer(404), (GONE, "HTTP 404", 1, DAY)),
    (Status(FAILED, "HTTP 403", failures=1), answer(200), (FETCHED, None, 0, 20 * HOUR)),
    (Status(FAILED, "HTTP 503", failures=5), answer(503), (FAILED, "HTTP 503", 5, 7 * DAY)),
    (Status(FAILED, "HTTP 403", failures=1), answer(503), (WAITING, "HTTP 503", 2, 20.0)),
    (held(FETCHED), answer(200), (FETCHED, None, 0, 20 * HOUR)),
    (held(FETCHED), answer(304), (FETCHED, None, 0, 20 * HOUR)),
    (held(FETCHED), answer(None), (FETCHED, None, 1, 5.0)),
    (held(FETCHED, failures=4), answer(500), (FETCHED, None, 0, 7 * DAY)),
    (held(FETCHED), answer(403), (FETCHED, None, 0, 7 * DAY)),
    (Status(), answer(None, problem="larger than 9 bytes", lasting=True), (FAILED, "larger than 9 bytes", 1, 7 * DAY)),
    (held(FETCHED, failures=3), answer(410), (GONE, "HTTP 410", 1, DAY)),
    (GONE_ONCE, answer(404), (GONE, "HTTP 404", 2, 7 * DAY)),
    (held(GONE, reason="HTTP 404", failures=3), answer(404), (GONE, "HTTP 404", 4, None)),
    (GONE_ONCE, answer(503), (GONE, "HTTP 404", 1, DAY)),
    (GONE_ONCE, answer(200), (FETCHED, None, 0, 20 * HOUR)),
    (GONE_ONCE, answer(304), (FETCHED, None, 0, 20 * HOUR)),
    (held(NOT_BULLETIN, reason="list"), answer(200, A), (NOT_BULLETIN, "list", 0, 90 * DAY)),
    (held(NOT_BULLETIN, reason="list"), answer(304), (NOT_BULLETIN, "list", 0, 90 * DAY)),
    (held(NOT_BULLETIN, reason="list"), answer(200, B), (FETCHED, None, 0, 20 * HOUR)),
    (held(DUPLICATE, reason="twin"), answer(200, A), (DUPLICATE, "twin", 0, 90 * DAY)),
    (held(DUPLICATE, reason="twin"), answer(404), (GONE, "HTTP 404", 1, DAY)),
]  # fmt: skip


@pytest.mark.parametrize(("before", "said", "expected"), EDGES)
def test_an_answer_leads_where_the_table_says(before: Status, said: Answer, expected: tuple[object, ...]) -> None:
    now = after(before, said, TODAY)
    wait = None if now.next_fetch_at is None else now.next_fetch_at - NOW
    assert (now.state, now.reason, now.failures, wait) == expected
    assert (now.tries, now.last_fetch_at) == (before.tries + 1, NOW)


def test_retry_after_is_taken_at_its_word_once_and_never_shortens_the_backoff_again() -> None:
    first = after(Status(), answer(503, retry_after_s=1.0), TODAY)
    assert first.next_fetch_at == NOW + 1
    second = after(first, answer(503, retry_after_s=1.0), TODAY)
    assert second.next_fetch_at == NOW + backoff_s(2)
    assert after(first, answer(503, retry_after_s=300.0), TODAY).next_fetch_at == NOW + 300
    assert after(Status(), answer(503, retry_after_s=1e9), TODAY).next_fetch_at == NOW + DAY


def test_more_than_seven_minutes_of_trouble_are_waited_out() -> None:
    assert sum(backoff_s(n) for n in range(1, MAX_FAILURES)) > 7 * 60


def test_validators_are_those_of_the_latest_page_and_leave_with_it() -> None:
    page = after(Status(), answer(200, etag='"1"', last_modified="x"), TODAY)
    assert (page.etag, page.last_modified, page.payload_sha256) == ('"1"', "x", A)
    assert after(page, answer(304), TODAY).etag == '"1"'
    assert after(page, answer(503), TODAY).etag == '"1"'
    gone = after(page, answer(404, B), TODAY)
    assert (gone.etag, gone.last_modified, gone.payload_sha256) == (None, None, B)


@pytest.mark.parametrize(
    ("before", "days"),
    [
        (Status(), 7),
        (held(FETCHED), 1),
        (Status(FETCHED, payload_sha256=B, last_fetch_at=NOW - DAY), 7),
        (Status(FETCHED, payload_sha256=B, last_fetch_at=NOW - 7 * DAY), 90),
    ],
)
def test_an_error_page_is_looked_at_again_soon_only_where_another_page_was(before: Status, days: float) -> None:
    now = as_error_page(before, after(before, answer(200, B), TODAY))
    assert (now.state, now.next_fetch_at) == (FETCHED, NOW + days * DAY)


@pytest.mark.parametrize(
    ("age", "days"), [(0, 20 / 24), (13, 20 / 24), (14, 7), (59, 7), (60, 30), (364, 30), (365, 120)]
)
def test_old_pages_are_visited_rarely(age: int, days: float) -> None:
    assert revisit_s(FETCHED, NOW, TODAY - timedelta(days=age)) == days * DAY


ANSWERS = st.builds(
    lambda wait, status, ask, payload: (
        wait,
        Answer(0.0, status, None if status else "no answer in time", ask if status in (429, 503) else None, None, None, payload),
    ),
    st.floats(0, 10 * DAY), st.sampled_from([200, 302, 304, 401, 403, 404, 410, 418, 429, 500, 503, 999, None]),
    st.one_of(st.none(), st.floats(0, 1e7)), st.sampled_from([A, B]),
)  # fmt: skip
STARTS = st.builds(
    Status,
    st.sampled_from([s for s in STATES if s != EXCLUDED]),
    st.just("HTTP 410"),
    failures=st.integers(0, MAX_FAILURES),
)


@given(STARTS, st.lists(ANSWERS, min_size=1, max_size=12), st.dates(date(2000, 1, 1), TODAY))
def test_no_sequence_of_answers_breaks_what_holds_of_every_url(
    status: Status, answers: list[tuple[float, Answer]], known_day: date
) -> None:
    at, fetched_once = NOW, status.was_fetched
    for wait, said in answers:
        at += wait
        status = after(status, Answer(at, *_rest(said)), known_day)
        fetched_once |= status.was_fetched
        assert status.state in STATES
        assert status.state != EXCLUDED
        assert not (fetched_once and status.state in (WAITING, FAILED))
        assert 0 <= status.failures <= MAX_FAILURES
        assert status.next_fetch_at is None or status.next_fetch_at >= at
        assert status.next_fetch_at is not None or status.state == GONE
        assert status.reason is None or status.reason in ("no answer in time", f"HTTP {(status.reason or '')[-3:]}")
        assert status.state not in (WAITING, FAILED, GONE) or status.reason


def _rest(said: Answer) -> tuple[object, ...]:
    return (said.status, said.problem, said.retry_after_s, said.etag, said.last_modified, said.payload_sha256)


@given(st.lists(ANSWERS, max_size=12), st.floats(0, 1e6))
def test_the_same_answers_at_other_times_give_the_same_states_and_reasons(
    answers: list[tuple[float, Answer]], shift: float
) -> None:
    ends = []
    for start in (NOW, NOW + shift):
        status, at = Status(), start
        for wait, said in answers:
            at += wait
            status = after(status, Answer(at, *_rest(said)), TODAY)
        ends.append((status.state, status.reason, status.tries, status.failures))
    assert ends[0] == ends[1]

"""A clock for steps that take one: a minute later at each look, from one fixed day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 22, tzinfo=UTC)


class MinuteClock:
    """The first look gives a minute past START."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

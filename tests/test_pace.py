"""One budget a host: slots, turns, holds, and what may not freeze or hurry a crawl."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.errors import CannotWrite, CrawlersError
from crawlers.pace import HostPace

HOST = "bao.example:80"
TURNS = """
import asyncio, json, sys, time
from pathlib import Path
from crawlers.pace import HostPace

read = []
def now():
    read.append(time.time())
    return read[-1]

async def main():
    pace = HostPace(Path(sys.argv[1]), now)
    began = []
    for _ in range(10):
        assert await pace.turn("bao.example:80", 0.05)
        began.append(read[-1])          # the instant the turn was given for
        pace.answered("bao.example:80", 0.05) if len(sys.argv) > 2 else None
    pace.close()
    print(json.dumps(began))

asyncio.run(main())
"""


class Clock:
    """A wall clock that is set by hand."""

    def __init__(self, at: float = 1_700_000_000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(tmp_path: Path, clock: Clock):
    pace = HostPace(tmp_path / "crawl" / "hosts.sqlite", clock)
    yield pace
    pace.close()


def rows(file: Path) -> int:
    with sqlite3.connect(file) as database:
        return database.execute("SELECT count(*) FROM host").fetchone()[0]


@pytest.mark.parametrize("answers", [[], ["answered"]])
def test_three_processes_never_begin_two_turns_within_the_delay(tmp_path: Path, answers: list[str]) -> None:
    command = [sys.executable, "-c", TURNS, str(tmp_path / "hosts.sqlite"), *answers]
    root = Path(__file__).parent.parent
    environment = os.environ | {"PYTHONPATH": str(root)}
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=root) for _ in range(3)]
    began = sorted(instant for child in children for instant in json.loads(child.communicate()[0]))
    assert [child.returncode for child in children] == [0, 0, 0]
    assert len(began) == 30
    assert min(later - earlier for earlier, later in pairwise(began)) >= 0.05


def test_slots_follow_each_other_by_the_delay_and_a_slack(pace: HostPace, clock: Clock) -> None:
    slots = [pace.reserve(HOST, 3.0) for _ in range(4)]
    assert slots[0] == clock.at
    steps = [later - earlier for earlier, later in pairwise(slots)]
    assert all(3.0 < step <= 3.05 + 1e-6 for step in steps)


def test_a_slot_is_never_in_the_past(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3.0)
    clock.at += 500
    assert pace.reserve(HOST, 3.0) == clock.at


def test_hosts_do_not_wait_for_each_other(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3.0)
    assert pace.reserve("bao.example:8080", 3.0) == clock.at


def test_two_processes_share_one_budget(tmp_path: Path, clock: Clock, pace: HostPace) -> None:
    other = HostPace(tmp_path / "crawl" / "hosts.sqlite", clock)
    assert other.reserve(HOST, 3.0) < pace.reserve(HOST, 3.0) < other.reserve(HOST, 3.0)
    other.close()


def test_the_delay_counts_from_a_late_answer(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3.0)
    clock.at += 20
    pace.answered(HOST, 3.0)
    assert pace.reserve(HOST, 3.0) == clock.at + 3.0


def test_an_answer_never_brings_a_reserved_slot_forward(pace: HostPace) -> None:
    last = [pace.reserve(HOST, 3.0) for _ in range(5)][-1]
    pace.answered(HOST, 3.0)
    assert pace.reserve(HOST, 3.0) >= last + 3.0


def test_a_turn_reserved_before_an_answer_waits_for_it_all_the_same(tmp_path: Path) -> None:
    pace = HostPace(tmp_path / "hosts.sqlite")

    async def late() -> tuple[float, float]:
        await pace.turn(HOST, 0.1)
        waiting = asyncio.ensure_future(pace.turn(HOST, 0.1))
        await asyncio.sleep(0.08)
        answered = time.time()
        pace.answered(HOST, 0.1)
        await waiting
        return answered, time.time()

    answered, began = asyncio.run(late())
    assert began - answered >= 0.1


def test_a_clock_set_back_does_not_freeze_a_crawl(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3.0)
    clock.at -= 7 * 86400
    assert pace.reserve(HOST, 3.0) == clock.at


def test_a_clock_set_back_is_not_healed_by_an_answer_into_a_frozen_one(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3.0)
    clock.at -= 7 * 86400
    pace.answered(HOST, 3.0)
    assert pace.reserve(HOST, 3.0) == clock.at + 3.0


def test_a_long_queue_is_not_taken_for_a_wrong_clock(pace: HostPace, clock: Clock) -> None:
    slots = [pace.reserve(HOST, 3.0) for _ in range(100)]
    assert len(set(slots)) == 100
    assert slots[-1] - clock.at >= 99 * 3.0


def test_a_slow_neighbour_is_not_taken_for_a_wrong_clock(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 3600.0)
    assert pace.reserve(HOST, 0.05) >= clock.at + 3600


def test_the_later_of_two_holds_counts(pace: HostPace, clock: Clock) -> None:
    pace.hold(HOST, clock.at + 600, "it answered 429")
    pace.hold(HOST, clock.at + 30, "it answered 503")
    assert pace.held(HOST) == (clock.at + 600, "it answered 429")
    pace.hold(HOST, clock.at + 900, "it answered 503")
    assert pace.held(HOST) == (clock.at + 900, "it answered 503")


def test_a_hold_is_seen_by_other_processes_and_ends(tmp_path: Path, pace: HostPace, clock: Clock) -> None:
    other = HostPace(tmp_path / "crawl" / "hosts.sqlite", clock)
    assert other.held(HOST) is None
    pace.hold(HOST, clock.at + 60, "it answered 429")
    assert other.held(HOST) == (clock.at + 60, "it answered 429")
    clock.at += 60
    assert other.held(HOST) is None
    other.close()


def test_a_far_hold_is_not_taken_for_a_wrong_clock(pace: HostPace, clock: Clock) -> None:
    pace.reserve(HOST, 1.0)
    pace.hold(HOST, clock.at + 3600, "Retry-After")
    pace.answered(HOST, 1.0)
    assert pace.held(HOST) == (clock.at + 3600, "Retry-After")


@pytest.mark.parametrize("delay_s", [0.0, 0.01])
def test_a_hold_that_appears_while_a_turn_is_awaited_is_kept(tmp_path: Path, delay_s: float) -> None:
    pace, other = HostPace(tmp_path / "hosts.sqlite"), HostPace(tmp_path / "hosts.sqlite")

    async def held() -> tuple[float, float]:
        pace.hold(HOST, time.time() + 0.2, "first")
        waiting = asyncio.ensure_future(pace.turn(HOST, delay_s))
        await asyncio.sleep(0.05)
        until = time.time() + 1.5
        other.hold(HOST, until, "second")
        if delay_s == 0:
            pace.held(HOST)  # what the look once a second would find
        assert await waiting
        return time.time(), until

    began, until = asyncio.run(held())
    assert began >= until


def test_a_delay_of_zero_writes_nothing(tmp_path: Path) -> None:
    pace = HostPace(tmp_path / "hosts.sqlite")

    async def many() -> None:
        for _ in range(1000):
            assert await pace.turn(HOST, 0.0)
            pace.answered(HOST, 0.0)

    asyncio.run(many())
    assert rows(tmp_path / "hosts.sqlite") == 0


def test_a_turn_that_is_stopped_while_it_waits_is_none(tmp_path: Path) -> None:
    pace = HostPace(tmp_path / "hosts.sqlite")

    async def stopped() -> list[bool]:
        stop = asyncio.Event()
        pace.hold(HOST, time.time() + 3600, "Retry-After")
        pace.reserve("slow.example:80", 3600.0)
        turns = [pace.turn(HOST, 0.0, stop), pace.turn(HOST, 1.0, stop), pace.turn("slow.example:80", 3600.0, stop)]
        waiting = asyncio.gather(*turns)
        await asyncio.sleep(0.05)
        stop.set()
        return await waiting

    assert asyncio.run(stopped()) == [False, False, False]


def test_a_stopped_crawl_gets_no_turn_even_where_none_would_wait(tmp_path: Path) -> None:
    pace = HostPace(tmp_path / "hosts.sqlite")

    async def stopped() -> bool:
        stop = asyncio.Event()
        stop.set()
        return await pace.turn(HOST, 0.0, stop) or await pace.turn(HOST, 1.0, stop)

    assert asyncio.run(stopped()) is False
    assert rows(tmp_path / "hosts.sqlite") == 0


@pytest.mark.parametrize("delay_s", [-1.0, float("nan"), float("inf")])
def test_a_delay_that_is_none_is_refused(pace: HostPace, delay_s: float) -> None:
    with pytest.raises(ValueError, match="delay"):
        pace.reserve(HOST, delay_s)
    with pytest.raises(ValueError, match="delay"):
        pace.answered(HOST, delay_s)
    with pytest.raises(ValueError, match="delay"):
        asyncio.run(pace.turn(HOST, delay_s))


@pytest.mark.parametrize("until", [float("nan"), float("inf"), 1e300])
def test_a_hold_for_ever_is_refused(pace: HostPace, until: float) -> None:
    with pytest.raises(ValueError, match="instant"):
        pace.hold(HOST, until, "Retry-After")
    assert pace.held(HOST) is None


def test_a_file_that_is_no_database_is_named_with_a_cure(tmp_path: Path) -> None:
    file = tmp_path / "hosts.sqlite"
    file.write_bytes(b"not a database at all, but long enough to be read as the header of one" * 40)
    with pytest.raises(CrawlersError, match=r"hosts\.sqlite: expected .* cure: "):
        HostPace(file)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "crawl").write_text("")
    with pytest.raises(CannotWrite, match="crawl"):
        HostPace(tmp_path / "crawl" / "hosts.sqlite")

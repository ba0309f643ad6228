"""Capture before state, in groups; and what a killed crawl archived and the frontier does not know of is adopted."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.adoption import adopt
from crawlers.archive import read_segment, segments
from crawlers.errors import CannotWrite
from crawlers.frontier import Found, Frontier
from crawlers.frontier_lists import Runs
from crawlers.ledger import GROUP, Ledger
from crawlers.recovery import recover
from crawlers.segment import SegmentWriter
from crawlers.source import Source
from crawlers.states import FETCHED, GONE, WAITING, Answer, Status, after
from pipelines.records import Capture

SOURCE = Source("bao", "Báo", "Báo", hosts=("bao.example",))
HEAD = b"HTTP/1.1 %d \r\nContent-Type: text/html\r\n\r\n"


class World:
    """A home with one source and a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.file = folder / "raw", folder / "crawl" / "bao.sqlite"
        self.now = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)  # half an hour before November in Vietnam
        self.frontier = Frontier(self.file)
        self.runs = Runs(self.frontier)
        self.flushes = 0
        self.begin("r1")

    def begin(self, run_id: str) -> None:
        self.writer = SegmentWriter(self.raw, "bao", run_id, lambda: self.now)
        self.ledger = Ledger(self.frontier, self.runs, self.writer, self._flushed)

    def _flushed(self) -> None:
        self.flushes += 1

    def know(self, *keys: str) -> None:
        at = self.now.timestamp()
        self.frontier.discover([
            Found(key, f"https://bao.example{key}", "2026-10", 1, None, "https://bao.example/", "listing", at)
            for key in keys
        ])  # fmt: skip

    def keep(
        self, key: str, body: bytes = b"<p>tin</p>", status: int = 200, role: str | None = None, **more: str
    ) -> bool:
        """Archive an answer and no more."""
        before = self.frontier.get(key)
        capture = Capture("bao", f"https://bao.example{key}", self.now, body, "text/html", status, **more)  # type: ignore[arg-type]
        known = before.status.payload_sha256 if before else None
        return self.ledger.keep(capture, HEAD % status + body, body, known, role).stored

    def fetch(self, key: str, body: bytes = b"<p>tin</p>", status: int = 200) -> bool:
        """Archive an answer and tell its state, as a crawl does."""
        stored = self.keep(key, body, status)
        row = self.frontier.get(key)
        assert row is not None
        said = Answer(self.now.timestamp(), status, payload_sha256=hashlib.sha256(body).hexdigest())
        self.ledger.change(key, after(row.status, said, row.known_day))
        return stored

    def killed(self) -> None:
        """Nothing of this process runs any more; the kernel has freed its locks."""
        for segment in self.writer._open.values():
            os.close(segment.descriptor)
        self.frontier.close()
        self.frontier = Frontier(self.file)
        self.runs = Runs(self.frontier)

    def adopted(self) -> int:
        recover(self.raw, "bao")
        return adopt(self.raw, SOURCE, self.frontier, self.runs)

    def status(self, key: str) -> Status:
        row = self.frontier.get(key)
        assert row is not None
        return row.status

    def archived(self) -> list[str]:
        return [r.capture.url for path in segments(self.raw, "bao") for r in read_segment(path, self.raw) if r.capture]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.frontier.close()


def rest(status: Status) -> tuple[object, ...]:
    """All but validators, which bytes do not tell."""
    return (status.state, status.reason, status.tries, status.failures, status.last_fetch_at, status.next_fetch_at,
            status.payload_sha256)  # fmt: skip


def test_a_capture_is_whole_on_the_disk_before_its_state_is(world: World) -> None:
    world.know("/a")
    world.fetch("/a")
    (open_segment,) = world.raw.glob("bao/*/*.open")
    assert b"\x1f\x8b" in open_segment.read_bytes()
    assert world.status("/a").state == WAITING
    world.ledger.flush()
    assert world.status("/a").state == FETCHED


def test_states_are_committed_in_groups(world: World) -> None:
    world.know(*(f"/{n}" for n in range(GROUP + 1)))
    for n in range(GROUP - 1):
        world.fetch(f"/{n}")
    assert world.frontier.counts() == {WAITING: GROUP + 1}
    world.fetch(f"/{GROUP}")
    assert world.frontier.counts() == {FETCHED: GROUP, WAITING: 1}
    assert world.flushes == 1


def test_a_flush_of_nothing_writes_nothing(world: World) -> None:
    version = world.frontier.version
    world.ledger.flush()
    world.ledger.flush_if_late()
    assert world.frontier.version == version


def test_notes_are_stored_with_the_states_or_not_at_all(world: World) -> None:
    world.know("/a")
    world.fetch("/a")
    world.ledger.also(lambda: world.frontier.con.execute("insert into no_table values (1)"))
    with pytest.raises(Exception, match="no_table"):
        world.ledger.flush()
    assert world.status("/a").state == WAITING


def test_bytes_that_are_those_of_the_latest_capture_are_not_stored_again(world: World) -> None:
    world.know("/a")
    assert world.fetch("/a", b"one")
    world.ledger.flush()
    assert not world.fetch("/a", b"one")
    assert world.fetch("/a", b"two")
    world.ledger.flush()
    assert world.fetch("/a", b"one")
    world.ledger.close()
    assert len(world.archived()) == 3


def test_a_segment_that_is_past_its_age_or_of_a_month_that_ended_is_closed_and_accounted_for(world: World) -> None:
    world.know("/a", "/b", "/c")
    world.fetch("/a")
    world.now += timedelta(minutes=5)
    world.fetch("/b")
    assert world.writer.closed == []
    world.now += timedelta(minutes=26)  # November, in Vietnam
    world.ledger.flush()
    (october,) = world.writer.closed
    assert october.startswith("bao/2026-10/")
    assert world.runs.accounted() == {october}
    world.fetch("/c")
    world.ledger.close()
    assert {name.split("/")[1] for name in world.runs.accounted()} == {"2026-10", "2026-11"}
    assert world.adopted() == 0


@pytest.mark.parametrize("how", ["open", "torn", "closed"])
def test_what_was_archived_and_not_told_is_adopted_as_if_nothing_had_happened(
    world: World, tmp_path: Path, how: str
) -> None:
    calm = World(tmp_path / "calm")
    for home in (world, calm):
        home.know("/a", "/b", "/c", "/d")
        home.fetch("/a", b"a")
        home.ledger.flush()
        home.now += timedelta(seconds=1)
        home.fetch("/a", b"a2")
        home.fetch("/b", b"gone", 404)
        home.fetch("/c", b"wait", 503)
    calm.ledger.close()
    if how == "closed":  # between the renaming of a segment and the commit
        world.writer.close()
    world.killed()
    if how == "torn":
        (open_segment,) = world.raw.glob("bao/*/*.open")
        with open_segment.open("ab") as file:
            file.write(b"\x1f\x8b\x08\0\0\0\0\0\0\x03half a member")
    assert world.adopted() == 3
    for key in ("/a", "/b", "/c", "/d"):
        assert rest(world.status(key)) == rest(calm.status(key))
    assert world.status("/b").state == GONE
    assert world.archived() == calm.archived()
    assert world.adopted() == 0
    calm.frontier.close()


def test_an_adoption_that_is_killed_begins_that_segment_again(world: World) -> None:
    world.know("/a", "/b")
    world.keep("/a")
    world.writer.close()
    world.begin("r2")
    world.keep("/b")
    world.writer.close()
    seen = []

    def kill(done: int) -> None:
        seen.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        adopt(world.raw, SOURCE, world.frontier, world.runs, kill)
    assert (world.status("/a").state, world.status("/b").state) == (FETCHED, WAITING)
    assert world.adopted() == 1
    assert world.status("/a").tries == 1


def test_lists_and_what_was_handed_in_are_not_adopted(world: World) -> None:
    world.keep("/list", role="listing")
    world.keep("/robots.txt", role="robots")
    world.keep("/imported", origin="archive")
    capture = Capture("bao", "file:x/a.html", world.now, b"<p>", "text/html", origin="file")
    world.writer.add_resource(capture)
    world.writer.close()
    assert world.adopted() == 0
    assert world.frontier.counts() == {}
    assert world.runs.accounted() == set(world.writer.closed)


def test_a_capture_whose_url_no_list_is_known_to_show_is_adopted_too(world: World) -> None:
    world.keep("/2026/03/15/tin.html")
    world.writer.close()
    assert world.adopted() == 1
    (row,) = world.frontier.rows("bao")
    assert (row.state, row.discovered_via, row.listed_on, row.month) == (FETCHED, "adopted", None, "2026-03")


def test_a_lost_frontier_is_found_again_in_the_archive_in_the_order_of_the_captures(world: World) -> None:
    world.know("/a")
    for run, body, status in (("r1", b"1", 200), ("r2", b"2", 404), ("r3", b"3", 200)):
        world.begin(run)
        world.fetch("/a", body, status)
        world.ledger.close()
        world.now += timedelta(days=2)
    before = world.status("/a")
    world.frontier.close()
    for file in world.file.parent.glob("bao.sqlite*"):
        file.unlink()
    world.frontier = Frontier(world.file)
    world.runs = Runs(world.frontier)
    assert world.adopted() == 3
    assert (world.status("/a").state, world.status("/a").tries) == (before.state, before.tries)
    assert world.status("/a").payload_sha256 == before.payload_sha256


def test_a_damaged_segment_is_passed_over_and_its_whole_records_are_adopted(world: World) -> None:
    world.know("/a", "/b")
    world.keep("/a")
    offset = next(iter(world.writer._open.values())).size
    world.keep("/b")
    world.writer.close()
    (name,) = world.writer.closed
    path = world.raw / name
    data = bytearray(path.read_bytes())
    data[offset + 40 : offset + 60] = b"\0" * 20
    path.write_bytes(bytes(data))
    assert world.adopted() == 1
    assert (world.status("/a").state, world.status("/b").state) == (FETCHED, WAITING)
    assert world.runs.accounted() == {name}


def test_a_full_disk_is_one_clear_error_and_what_was_committed_before_is_kept(world: World) -> None:
    world.know("/a", "/b")
    world.fetch("/a")
    world.ledger.flush()
    world.frontier.con.execute("pragma max_page_count = 1")
    with pytest.raises(CannotWrite, match=r"bao\.sqlite.*full"):
        world.frontier.discover([
            Found(f"/{n:0900}", "u" * 3000, "2026-10", 1, None, None, "listing", 0.0) for n in range(400)
        ])  # fmt: skip
    assert world.frontier.counts() == {FETCHED: 1, WAITING: 1}


def test_a_locked_frontier_cannot_be_written_and_says_so(world: World) -> None:
    world.frontier.con.execute("pragma busy_timeout = 10")
    other = sqlite3.connect(world.file, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(CannotWrite, match="locked"):
        world.know("/a")
    other.execute("rollback")
    other.close()
    world.know("/a")
    assert world.frontier.counts() == {WAITING: 1}


def test_sizes_are_stored_with_the_states_they_came_with_or_not_at_all(world: World) -> None:
    world.know("/a")
    world.ledger.weigh("page", 10)
    world.fetch("/a")
    assert world.frontier.sizes() == {}
    world.killed()
    assert world.frontier.sizes() == {}
    world.begin("r2")
    world.ledger.weigh("page", 10)
    world.ledger.weigh("page", 20)
    world.ledger.flush()
    world.ledger.flush()
    assert world.frontier.sizes() == {"page": (2, 30, 500.0)}

"""`bantin status` says what is wrong with a source and why, and tells of the others as ever."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalog import load_catalog
from crawlers.errors import UnknownSource
from crawlers.frontier import Frontier
from crawlers.frontier_lists import Runs
from crawlers.locks import exclusive
from crawlers.newsroom import Faults, Newsroom
from dagster_project.steps import holding
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import Home, open_home, utc_now
from dagster_project.steps.status import SourceStatus, disk, status
from tests.running import bantin
from warehouse.judging import Effect, Finding

REGION, PAPER = "newsroom-military-region", "newsroom-army-daily"
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class Place:
    """A newsroom and a home that knows its two sources."""

    def __init__(self, folder: Path, newsroom: Newsroom) -> None:
        self.newsroom, self.path = newsroom, folder / "home"
        newsroom.write_sources(self.path / "sources", 0.002)
        self.home: Home = open_home(self.path)[0]

    def crawl(self, *ids: str) -> None:
        crawl(self.home, load_catalog(self.path), ids, f"r{utc_now():%H%M%S%f}", utc_now)

    def of(self, source_id: str = REGION, *named: str) -> SourceStatus:
        (found,) = [s for s in status(self.home, load_catalog(self.path), named) if s.source_id == source_id]
        return found

    def spoil(self, source_id: str = REGION) -> None:
        (self.path / "sources" / f"{source_id}.toml").write_text("publisher = [\n", encoding="utf-8")

    def hold(self, source_id: str = REGION) -> holding.HeldBatch:
        """A batch without results files, as where only the lists changed."""
        words = f"{source_id}: 15 of 20 live bulletins would be gone \x1b[31m"
        finding = Finding(source_id, "mass_loss", False, True, words, {"lost": 15})
        passed = replace(finding, check="required_fields", passed=True, words="all is well")
        return holding.hold(self.home, source_id, [], [finding, passed], Effect(AT, lost=15, live=20), AT)


Make = Callable[..., Place]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Make]:
    """Its addresses are of this process: several may run these tests side by side."""
    with ExitStack() as stack:

        def make(served: bool = True) -> Place:
            port = 8900 + os.getpid() % 20_000
            newsroom = Newsroom(
                11, block="127.3.7", port=port, bulletins=12, kinds=("military-region", "army-daily")
            )  # fmt: skip
            if served:
                stack.enter_context(newsroom.serve())
            return Place(tmp_path, newsroom)

        yield make


def test_a_broken_source_file_is_a_row_that_names_its_problem_and_hides_nobody(place: Make) -> None:
    here = place(served=False)
    here.spoil()
    found = here.of()
    assert found.enabled is None and "expected TOML" in (found.problem or "")
    assert here.of(PAPER).problem is None and here.of(PAPER).enabled
    answer = bantin(here.path, "status")
    assert answer.returncode == 3
    (row,) = [line for line in answer.stdout.splitlines() if line.lstrip("│| ").startswith(f"{REGION} ")]
    assert "unknown" in row
    assert f"{REGION}: problem: " in answer.stdout and PAPER in answer.stdout
    assert answer.stderr.count("\n") == 1 and REGION in answer.stderr


def test_what_was_fetched_before_its_file_broke_is_told_all_the_same(place: Make) -> None:
    here = place()
    here.crawl()
    before = here.of()
    here.spoil()
    after = here.of()
    assert (after.urls, after.last_outcome, after.raw_bytes) == (before.urls, "done", before.raw_bytes)
    assert after.raw_bytes > 0 and after.problem is not None


def test_a_broken_file_of_another_source_is_no_matter_of_one_that_was_named(place: Make) -> None:
    here = place(served=False)
    here.spoil()
    assert bantin(here.path, "status", PAPER).returncode == 0
    assert bantin(here.path, "status", REGION).returncode == 3


def test_a_name_that_no_source_has_is_refused(place: Make) -> None:
    here = place(served=False)
    with pytest.raises(UnknownSource, match=REGION):
        here.of(REGION, "newsroom-military-regio")


def test_a_source_that_is_down_is_said_to_be_unreachable_and_by_which_address(
    place: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = place()
    here.newsroom.faults[REGION] = Faults(robots=500)
    (tmp_path / "sitecustomize.py").write_text(
        "import crawlers.states\ncrawlers.states.FIRST_BACKOFF_S = 0.05\n", encoding="ascii"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    here.crawl()
    found = here.of()
    assert found.last_outcome == "done with holes"
    assert any("/robots.txt: robots.txt answered 500; nothing is fetched" in why for why in found.why)
    assert any(why.startswith("sitemap http://") for why in found.why)
    assert here.of(PAPER).why == ()
    assert "robots.txt answered 500" in bantin(here.path, "status").stdout


def test_a_source_that_is_well_again_is_not_blamed_for_what_was(place: Make) -> None:
    here = place()
    here.newsroom.faults[REGION] = Faults(robots=404, failing_share=0.5, failing_status=403, failing_times=1)
    here.crawl(REGION)
    failed = here.of().urls["failed"]
    assert failed and f"{failed} failed: HTTP 403" in here.of().why
    with Frontier(here.home.crawl / f"{REGION}.sqlite") as frontier, frontier.transaction():
        frontier.con.execute("update url set next_fetch_at = 0 where state = 'failed'")
    here.crawl(REGION)
    assert here.of().why == ()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("failed: CannotWrite", "full disk"), ("killed", "killed"), ("failed: KeyError", "its crawl broke (KeyError)")],
)
def test_how_the_last_crawl_broke_is_told_in_words(place: Make, outcome: str, words: str) -> None:
    here = place(served=False)
    _ran(here, outcome)
    (why,) = here.of().why
    assert words in why and "the next crawl goes on" in why


def test_a_crawl_that_did_not_end_is_told_from_one_under_way(place: Make) -> None:
    here = place(served=False)
    _ran(here, None)
    (why,) = here.of().why
    assert why.startswith("the crawl of 2026-03-01 15:00 did not come to its end")
    with exclusive(here.home.crawl / f"{REGION}.lock", "crawl, run r1", AT):
        assert here.of().why == ("a crawl is under way since 2026-03-01 15:00",)


def test_a_damaged_frontier_is_the_problem_of_its_source_alone(place: Make) -> None:
    here = place(served=False)
    here.home.crawl.mkdir()
    (here.home.crawl / f"{REGION}.sqlite").write_bytes(b"no database at all" * 100)
    assert "expected the frontier of a source" in (here.of().problem or "")
    assert here.of(PAPER).problem is None


def test_a_held_batch_is_shown_with_its_reason_and_the_way_out(place: Make) -> None:
    here = place(served=False)
    batch = here.hold()
    (held,) = here.of().held
    assert (held.batch_id, held.why) == (batch.batch_id, batch.why)
    assert len(held.why) == 1
    answer = bantin(here.path, "status")
    assert answer.returncode == 0 and "\x1b" not in answer.stdout and "all is well" not in answer.stdout
    assert f"`bantin hold release {batch.batch_id}`" in answer.stdout


def test_a_held_batch_of_a_source_whose_file_is_gone_is_shown(place: Make) -> None:
    here = place(served=False)
    here.hold()
    (here.path / "sources" / f"{REGION}.toml").unlink()
    assert here.of().held and "has no source file" in (here.of().problem or "")


def test_a_record_of_a_held_batch_that_cannot_be_read_stops_nothing(place: Make) -> None:
    here = place(served=False)
    here.hold()
    next((here.home.bulletins / "_held").rglob("hold.json")).write_text("{", encoding="utf-8")
    assert "expected the record of a held batch" in (here.of().problem or "")
    assert here.of(PAPER).problem is None


def test_json_has_the_same_keys_whatever_is_wrong(place: Make) -> None:
    here = place(served=False)
    here.spoil()
    here.hold(PAPER)
    answer = bantin(here.path, "status", "--json")
    assert answer.returncode == 3
    said: list[dict[str, Any]] = json.loads(answer.stdout)
    keys = {
        "source_id", "enabled", "urls", "bulletins", "last_crawl", "last_outcome", "lists", "health", "problem", "why",
        "held", "upgrade", "raw_bytes",
    }  # fmt: skip
    assert [set(source) for source in said] == [keys] * len(said)
    by_id = {source["source_id"]: source for source in said}
    assert by_id[REGION]["enabled"] is None and by_id[REGION]["problem"]
    assert set(by_id[PAPER]["held"][0]) == {"batch_id", "held_at", "why"}


def test_the_disk_is_told_and_what_lies_on_it(place: Make) -> None:
    here = place()
    here.crawl(REGION)
    told = disk(here.home)
    assert told.free > 0 and told.raw == here.of().raw_bytes and told.warehouse == 0
    assert "disk: " in bantin(here.path, "status").stdout


def _ran(here: Place, outcome: str | None) -> None:
    """A frontier whose crawl ended so; None: it did not."""
    here.home.crawl.mkdir()
    with Frontier(here.home.crawl / f"{REGION}.sqlite") as frontier:
        runs = Runs(frontier)
        runs.begin("r1", "crawl", AT.timestamp())
        if outcome is not None:
            runs.end("r1", AT.timestamp(), outcome, {})

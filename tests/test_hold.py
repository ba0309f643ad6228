"""A batch that would drop half of a source's bulletins is held, shown, and let in or dropped; a rebuild replays it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from running import bantin, write_text

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from crawlers.newsroom.records import Faults
from crawlers.segment import VIETNAM
from dagster_project.steps import deciding, holding
from dagster_project.steps.crawling import crawl
from dagster_project.steps.home import Home, open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new
from dagster_project.steps.rebuilding import NotLoaded, rebuild
from warehouse.load import LoadOutcome

BROKEN, SOUND = "newsroom-military-region", "newsroom-army-daily"
NOT_THERE = Faults(failing_share=0.8, failing_status=404, failing_times=10**9, retry_after=None, silent=True)


_STARTED = datetime.now(UTC)


@dataclass
class Follower:
    """A home that follows a newsroom at ten in the evening of the newsroom's day."""

    newsroom: Newsroom
    path: Path

    @property
    def home(self) -> Home:
        return open_home(self.path)[0]

    def clock(self) -> datetime:
        return datetime.now(UTC) + (datetime.combine(self.newsroom.day, time(22), VIETNAM) - _STARTED)

    def crawl_and_read(self) -> None:
        catalog = load_catalog(self.path)
        with self.newsroom.serve():
            crawl(self.home, catalog, [], f"crawl-{self.clock():%m%dT%H%M%S%f}", self.clock)
        read_new(self.home, catalog)

    def load(self) -> LoadOutcome:
        catalog, run_id = load_catalog(self.path), f"load-{self.clock():%m%dT%H%M%S%f}"
        outcome = load_new(self.home, catalog, Run(run_id, "load", self.clock()), self.clock)
        publish_now(self.home, catalog, "publish", self.clock)
        return outcome

    def copy(self, path: Path) -> Follower:
        shutil.copytree(self.path, path)
        return Follower(self.newsroom, path)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.path / "warehouse" / "bulletins.duckdb", read_only=True) as con:
            return con.execute(query, list(values)).fetchall()

    def bulletins(self, source_id: str) -> list[tuple[Any, ...]]:
        return self.rows("select * from bulletin where source_id = ? order by bulletin_id", source_id)

    def statuses(self, source_id: str) -> dict[str, int]:
        return dict(self.rows("select status, count(*) from bulletin where source_id = ? group by status", source_id))

    def decide(self, word: str) -> holding.HeldBatch:
        (batch,) = holding.held_batches(self.home)
        how = deciding.release if word == "release" else deciding.drop
        return how(self.home, load_catalog(self.path), batch.batch_id, self.clock)

    def assert_rebuilds_equal(self) -> None:
        outcome = rebuild(
            self.home,
            load_catalog(self.path),
            self.clock,
            accept=False,
            jobs=1,
            progress=lambda what, done, total: None,
        )
        assert (outcome.equal, outcome.differing_tables) == (True, ())


def _newsroom(later: bool) -> Newsroom:
    """60 bulletins a site, and eight days later, when one site has published nothing. It follows from its seed alone."""
    newsroom = Newsroom(
        77, block="127.0.66", port=8500 + os.getpid() % 20_000, start=date(2026, 11, 8),
        kinds=("military-region", "army-daily"), bulletins=60,
    )  # fmt: skip
    if later:
        newsroom.faults[BROKEN] = NOT_THERE
        newsroom.advance(8)
    return newsroom


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Follower:
    """60 bulletins each of two sources, loaded; then one of them answers 404 for most of them."""
    newsroom = _newsroom(later=False)
    here = Follower(newsroom, tmp_path_factory.mktemp("hold") / "home")
    newsroom.write_sources(here.path / "sources", 0.002)
    here.crawl_and_read()
    first = here.load()
    assert (first.held, [f for f in first.findings if f.holds]) == ((), [])
    here.copy(here.path.with_name("before"))
    newsroom.faults[BROKEN] = NOT_THERE
    newsroom.advance(8)
    here.crawl_and_read()
    newsroom.faults[BROKEN] = Faults()
    outcome = here.load()
    assert outcome.held == (BROKEN,)
    (said,) = [finding for finding in outcome.findings if finding.holds]
    assert (said.source_id, said.check) == (BROKEN, "mass_loss")
    return here


def before(held: Follower) -> Follower:
    return Follower(held.newsroom, held.path.with_name("before"))


def test_a_source_whose_batch_is_held_shows_what_it_showed_and_the_others_go_on(held: Follower) -> None:
    assert held.bulletins(BROKEN) == before(held).bulletins(BROKEN)
    assert len(held.bulletins(SOUND)) > len(before(held).bulletins(SOUND))
    states = dict(held.rows("select state, count(*) from url where source_id = ? group by state", BROKEN))
    assert states.get("gone", 0) == 0 and states["fetched"] == len(held.bulletins(BROKEN))
    reasons = held.rows("select distinct state_reason from url where source_id = ? and state = 'waiting'", BROKEN)
    (batch,) = holding.held_batches(held.home)
    assert reasons in ([], [(f"held: {batch.batch_id}",)])


def test_a_held_batch_stays_held_and_is_loaded_by_no_second_load(held: Follower, tmp_path: Path) -> None:
    again = held.copy(tmp_path / "again")
    outcome = again.load()
    assert (outcome.held, outcome.files) == ((BROKEN,), 0)
    assert [f.check for f in outcome.findings if f.holds] == ["mass_loss"]
    assert again.bulletins(BROKEN) == held.bulletins(BROKEN)
    again.assert_rebuilds_equal()
    assert [batch.source_id for batch in holding.held_batches(again.home)] == [BROKEN]


@pytest.mark.slow
def test_later_results_of_the_source_join_its_batch(held: Follower, tmp_path: Path) -> None:
    again = Follower(_newsroom(later=True), held.copy(tmp_path / "again").path)
    (before_it,) = holding.held_batches(again.home)
    again.newsroom.faults[BROKEN] = Faults()
    again.newsroom.advance(8)
    again.crawl_and_read()
    outcome = again.load()
    (batch,) = holding.held_batches(again.home)
    assert outcome.held == (BROKEN,) and batch.batch_id == before_it.batch_id
    assert set(batch.segments) > set(before_it.segments) and batch.captures > before_it.captures
    assert batch.effect.lost < before_it.effect.lost, "the site recovered: letting it in loses less"
    assert again.bulletins(BROKEN) == held.bulletins(BROKEN)
    again.assert_rebuilds_equal()


def test_a_released_batch_is_loaded_as_it_is_and_not_judged_again(held: Follower, tmp_path: Path) -> None:
    again = held.copy(tmp_path / "again")
    batch = again.decide("release")
    with pytest.raises(NotLoaded):
        again.assert_rebuilds_equal()
    outcome = again.load()
    assert outcome.held == () and holding.held_batches(again.home) == []
    assert again.statuses(BROKEN)["gone"] == batch.effect.lost > 30
    assert again.load().held == ()
    again.assert_rebuilds_equal()


def test_a_dropped_batch_is_never_loaded_and_the_next_crawl_brings_all_back(held: Follower, tmp_path: Path) -> None:
    again = held.copy(tmp_path / "again")
    batch = again.decide("drop")
    assert again.load().held == ()
    assert again.bulletins(BROKEN) == held.bulletins(BROKEN)
    again.assert_rebuilds_equal()
    again.crawl_and_read()
    assert again.load().held == ()
    there = {url for (url,) in again.rows("select url from bulletin where source_id = ? and status = 'live'", BROKEN)}
    golds = held.newsroom.gold(BROKEN)
    assert there == {gold.url for gold in golds if gold.state == "live"}
    assert not set(batch.segments) & {path.stem for path in holding.in_place(again.home)}
    again.assert_rebuilds_equal()


@pytest.mark.parametrize("word", [pytest.param("release", marks=pytest.mark.slow), "drop"])
def test_a_decision_killed_before_its_files_moved_is_finished_by_the_next_load(
    held: Follower, tmp_path: Path, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = held.copy(tmp_path / "again")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deciding, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            again.decide(word)
    assert holding.held_batches(again.home) == [] and len(holding.on_disk(again.home)) == 1
    again.load()
    assert holding.on_disk(again.home) == []
    assert (again.statuses(BROKEN).get("gone", 0) > 30) == (word == "release")
    again.assert_rebuilds_equal()


def test_hold_list_release_and_drop_say_what_is_and_refuse_what_is_not(held: Follower, tmp_path: Path) -> None:
    again = held.copy(tmp_path / "again")
    home = again.path
    (shown,) = json.loads(bantin(home, "hold", "list", "--json").stdout)
    assert shown["release_would"]["lost"] > 30 and "live bulletins" in shown["why"][0]
    told = bantin(home, "hold", "list")
    assert shown["batch_id"] in told.stdout
    assert bantin(home, "hold", "release", shown["batch_id"]).returncode == 2, "nobody can be asked"
    refused = bantin(home, "hold", "drop", "nobody", "--yes")
    assert refused.returncode == 1 and shown["batch_id"] in refused.stderr
    loaded = bantin(home, "load")
    assert loaded.returncode == 3 and "hold release" in loaded.stderr
    assert bantin(home, "hold", "release", shown["batch_id"], "--yes").returncode == 0
    refused = bantin(home, "hold", "drop", shown["batch_id"], "--yes")
    assert refused.returncode == 1 and "released" in refused.stderr
    assert bantin(home, "load").returncode == 0
    assert bantin(home, "hold", "list").stdout == "no batch is held\n"


def test_a_damaged_record_of_a_held_batch_is_named_with_its_cure_and_nothing_is_loaded(
    held: Follower, tmp_path: Path
) -> None:
    again = held.copy(tmp_path / "again")
    file = again.path / "bulletins" / "_held" / f"source={BROKEN}" / "hold.json"
    file.write_text("{", encoding="utf-8")
    for command in ("load", "read", "rebuild"):
        said = bantin(again.path, command)
        assert said.returncode == 1 and "hold.json" in said.stderr and "Traceback" not in said.stderr


def test_any_folder_ingested_into_an_empty_home_is_never_held(tmp_path: Path) -> None:
    for number in range(15):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.txt").write_text(f"{number}\n", encoding="utf-8")
    for number in range(15):
        write_text(tmp_path / "in", f"b{number}.txt", title=f"Đơn vị số {number} hoàn thành kế hoạch")
    done = bantin(tmp_path / "home", "ingest", str(tmp_path / "in"), "--json")
    assert "held" not in done.stderr, done.stderr
    assert not (tmp_path / "home" / "bulletins" / "_held").exists()

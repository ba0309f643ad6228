"""The pipeline as Dagster sees it: what is there before anything ran, and how a run fares when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from crawlers.newsroom import Faults, Newsroom
from crawlers.segment import VIETNAM
from dagster_project.capturing import CRAWLED, RETRIES, key_of
from dagster_project.definitions import DAILY, definitions_of
from dagster_project.resources import BantinHome
from dagster_project.steps import loading
from tests.running import ROOT, environment, impatient
from tests.week import Wired, asked_later, crawled, materialized, metadata
from warehouse import judging
from warehouse.judging import Finding

REGION, DAILY_PAPER, HOSPITAL = "newsroom-military-region", "newsroom-army-daily", "newsroom-hospital"
ALL = ("military-region", "army-daily", "hospital")
BROKEN = 'publisher = "Báo không rõ"\nrythm = "daily"\n'

Make = Callable[..., Wired]


@pytest.fixture
def wired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Its port is of this process: several may run these tests side by side."""
    impatient(tmp_path, monkeypatch)
    with ExitStack() as stack:

        def make(bulletins: int = 12, kinds: tuple[str, ...] = ALL[:1], served: bool = True) -> Wired:
            port = 8900 + os.getpid() % 20_000
            newsroom = Newsroom(11, block="127.3.1", port=port, bulletins=bulletins, kinds=kinds)
            if served:
                stack.enter_context(newsroom.serve())
            return Wired(tmp_path, newsroom)

        yield make


def repository(home: Path) -> dg.RepositoryDefinition:
    definitions = definitions_of(BantinHome(path=str(home)))
    dg.Definitions.validate_loadable(definitions)
    return definitions.get_repository_def()


# --- what there is


def test_each_source_with_a_way_of_discovery_has_an_asset_also_a_disabled_and_a_broken_one(wired: Make) -> None:
    here = wired(kinds=ALL, served=False)
    here.file("broken-one").write_text(BROKEN, encoding="utf-8")
    here.edit(HOSPITAL, "enabled   = true", "enabled   = false")
    found = repository(here.path)
    specs = {spec.key: spec for made in set(found.assets_defs_by_key.values()) for spec in made.specs}
    assert {key_of(name) for name in (REGION, DAILY_PAPER, HOSPITAL, "broken-one", "qdnd")} <= specs.keys()
    assert key_of("local") not in specs, "it has no way of discovery: files are put in by `bantin ingest`"
    assert {dg.AssetKey([name]) for name in ("read_results", "tables", "snapshot")} <= specs.keys()
    assert "Disabled" in (specs[key_of(HOSPITAL)].description or "")
    assert specs[key_of(HOSPITAL)].freshness_policy is None
    assert specs[key_of(REGION)].freshness_policy is not None
    assert "rythm" in (specs[key_of("broken-one")].description or ""), "it says what is wrong"
    assert all(spec.owners and spec.description for spec in specs.values())


def test_a_home_without_source_files_has_those_of_the_package(tmp_path: Path) -> None:
    found = repository(tmp_path / "not-made-yet")
    assert key_of("qdnd") in found.assets_defs_by_key
    assert not (tmp_path / "not-made-yet").exists()


def test_months_are_those_of_vietnam_from_the_first_that_a_source_has_to_the_current_one(wired: Make) -> None:
    here = wired(served=False)
    definition = repository(here.path).assets_defs_by_key[key_of(REGION)].specs_by_key[key_of(REGION)].partitions_def
    assert isinstance(definition, dg.MonthlyPartitionsDefinition)
    months = definition.get_partition_keys()
    assert months[-1] == f"{datetime.now(VIETNAM):%Y-%m}"
    assert definition.timezone == "Asia/Ho_Chi_Minh"
    with dg.partition_loading_context(datetime.fromisoformat("2026-11-30T18:00:00+00:00")):
        assert definition.get_last_partition_key() == "2026-12", "in Vietnam it is December by then"
    everything = repository(here.path).assets_defs_by_key
    assert everything[dg.AssetKey(["tables"])].partitions_def is None


def test_there_are_a_schedule_a_rhythm_and_a_sensor_and_runs_stay_in_one_process(wired: Make) -> None:
    found = repository(wired(served=False).path)
    assert {schedule.name for schedule in found.schedule_defs} == {
        f"{rhythm}_bulletins" for rhythm in ("daily", "weekdays", "weekly", "irregular")
    }
    assert all(schedule.default_status is dg.DefaultScheduleStatus.RUNNING for schedule in found.schedule_defs)
    assert [sensor.name for sensor in found.sensor_defs] == ["publish_later"]
    assert found.get_job(DAILY).executor_def is dg.in_process_executor


def test_each_check_is_there_and_only_what_harms_the_tables_as_a_whole_blocks(wired: Make) -> None:
    found = repository(wired(served=False).path)
    specs = [spec for made in set(found.assets_defs_by_key.values()) for spec in made.check_specs]
    of_tables = {spec.name: spec for spec in specs if spec.asset_key.path == ["tables"]}
    assert of_tables.keys() == set(judging.CHECKS)
    assert [name for name, spec in of_tables.items() if spec.blocking] == ["sums_reconcile"]
    assert dg.AssetCheckKey(key_of(REGION), CRAWLED) in {spec.key for spec in specs}


def test_dagster_itself_finds_the_code_location_valid_whatever_a_source_file_says(wired: Make) -> None:
    here = wired(served=False)
    here.file("broken-one").write_text(BROKEN, encoding="utf-8")
    scratch = here.path / "dagster"
    scratch.mkdir()
    answer = subprocess.run(
        [sys.executable, "-m", "dagster", "definitions", "validate"], capture_output=True, text=True, cwd=ROOT,
        env=environment() | {"BANTIN_HOME": str(here.path), "DAGSTER_HOME": str(scratch)}, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert "Validation successful for code location dagster_project" in answer.stdout + answer.stderr


# --- how a run fares


def test_a_run_tells_the_servers_own_numbers_and_shows_what_it_did(wired: Make) -> None:
    here = wired(kinds=ALL[:2])
    with here.instance() as instance:
        done = here.run(instance)
        assert done.success
        for name in (REGION, DAILY_PAPER):
            told = metadata(done, name)
            assert told["requests"] == len(here.newsroom.log(name))
            assert sum(told["months"].values()) == told["fetched"]
            assert told["holes"] == []
            assert here.published(name) == here.told(name)
        assert metadata(done, "tables")["new"] == sum(len(here.told(name)) for name in here.ids)
        shown = metadata(done, "snapshot")
        assert shown["bulletins by month"].startswith("![Bulletins in the snapshot, by month](data:image/png;base64,")
        (row,) = here.rows("select command, fetched, failed, read from run where command = 'run' and source_id is null")
        fetched = sum(metadata(done, name)["fetched"] for name in here.ids)
        assert row[:3] == ("run", fetched, 0)
        assert row[3] == metadata(done, "read_results")["captures"] >= fetched


def test_a_month_that_somebody_clicks_takes_what_is_missing_of_that_month_alone(wired: Make) -> None:
    here = wired(bulletins=40)
    months = sorted({f"{gold.posted_on:%Y-%m}" for gold in here.newsroom.gold(REGION)})
    with here.instance() as instance:
        done = here.run(instance, tags={}, month=months[0])
        assert done.success
        taken = metadata(done, REGION)
        assert set(taken["months"]) == {months[0]}
        listed = here.newsroom.listed(REGION)
        of_month = {gold.url for gold in here.newsroom.gold(REGION) if f"{gold.posted_on:%Y-%m}" == months[0]}
        assert here.published(REGION) == of_month & listed
        again = here.run(instance, tags={}, month=months[0])
        assert metadata(again, REGION)["requests"] == 0


def test_a_source_that_fails_fails_alone_and_says_why_in_its_check(wired: Make) -> None:
    here = wired(kinds=ALL)
    here.newsroom.faults[DAILY_PAPER] = Faults(robots=500)
    here.file(HOSPITAL).write_text(BROKEN, encoding="utf-8")
    with here.instance() as instance:
        done = here.run(instance)
        said = crawled(done)
    assert done.success, "one of three came through"
    assert said[REGION][0]
    assert not said[DAILY_PAPER][0] and "500" in said[DAILY_PAPER][1] and "robots.txt" in said[DAILY_PAPER][1]
    assert not said[HOSPITAL][0] and "rythm" in said[HOSPITAL][1]
    assert materialized(done) == {REGION, "read_results", "tables", "snapshot"}
    assert here.published(REGION) == here.told(REGION)


def test_where_no_server_answers_it_is_tried_again_and_the_run_says_that_the_network_may_be_down(wired: Make) -> None:
    here = wired(served=False)
    with here.instance() as instance:
        done = here.run(instance, bantin=here.at(retry_wait_s=0))
        logs = [entry.user_message for entry in instance.all_logs(done.run_id)]
    kinds = [event.event_type_value for event in done.all_events if event.step_key == "capture"]
    assert not done.success
    assert kinds.count("STEP_UP_FOR_RETRY") == RETRIES
    assert sum("is the network down?" in line for line in logs) == RETRIES + 1
    assert not crawled(done)[REGION][0] and "no answer" in crawled(done)[REGION][1]
    assert materialized(done) == set()


def test_a_server_that_answers_with_an_error_is_not_asked_again_in_the_same_run(wired: Make) -> None:
    here = wired()
    here.newsroom.faults[REGION] = Faults(robots=500)
    with here.instance() as instance:
        done = here.run(instance)
    assert not done.success
    assert not [event for event in done.all_events if event.event_type_value == "STEP_UP_FOR_RETRY"]


def test_a_failing_blocking_check_keeps_the_last_snapshot_serving(wired: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    here = wired()
    load_new = loading.load_new

    def doubtful(*arguments: Any) -> Any:
        wrong = Finding(
            REGION, "sums_reconcile", False, True, f"{REGION}: of 12 URLs 11 are in a state", {"listed": 12}
        )
        return replace(load_new(*arguments), findings=(wrong,))

    with here.instance() as instance:
        assert here.run(instance).success
        before = here.published(REGION)
        here.newsroom.advance(3)
        monkeypatch.setattr(loading, "load_new", doubtful)
        later = here.at(datetime.now(UTC) + timedelta(hours=1))  # `publish_every` is over
        done = here.run(instance, bantin=later)
        assert not done.success
        assert materialized(done) == {REGION, "read_results", "tables"}
        (said,) = [check for check in done.get_asset_check_evaluations() if check.check_name == "sums_reconcile"]
        assert not said.passed and said.severity is dg.AssetCheckSeverity.ERROR
        assert said.description == f"{REGION}: of 12 URLs 11 are in a state"
        assert (here.published(REGION), here.snapshots()) == (before, 1)
        later_still = here.at(datetime.now(UTC) + timedelta(hours=2))
        assert "sums_reconcile failed" in str(asked_later(instance, later_still))
        monkeypatch.undo()
        assert here.run(instance, bantin=later).success
        assert here.published(REGION) == here.newsroom.listed(REGION) | before > before


@pytest.mark.slow
def test_a_full_disk_under_one_source_leaves_the_others_to_finish(wired: Make) -> None:
    here = wired(kinds=ALL[:2])
    full = here.home.raw / DAILY_PAPER
    full.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(full)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here (it needs root)")
    try:
        with here.instance() as instance:
            done = here.run(instance)
        said = crawled(done)
        assert done.success
        assert said[REGION][0] and not said[DAILY_PAPER][0]
        assert "No space left on device" in said[DAILY_PAPER][1]
        assert here.published(REGION) == here.told(REGION)
    finally:
        subprocess.run(["umount", str(full)], check=True)

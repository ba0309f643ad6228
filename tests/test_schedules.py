"""Schedules: which sources a tick takes and when, a week of it day by day, and what `publish_every` keeps back."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import dagster as dg
import pytest
from dagster._utils.schedules import cron_string_iterator

from crawlers.newsroom import Faults, Newsroom
from crawlers.segment import VIETNAM
from dagster_project.capturing import key_of
from dagster_project.definitions import PUBLISH, definitions_of
from dagster_project.resources import AT_ONCE, COMMAND, BantinHome
from dagster_project.schedules import FIRST_HOUR, HOURS, minute_of
from tests.running import impatient
from tests.week import SETTINGS, Wired, asked_later, crawled, materialized, metadata

REGION, PAPER, HOSPITAL, CLINIC = (
    "newsroom-military-region", "newsroom-army-daily", "newsroom-hospital", "newsroom-hospital-2",
)  # fmt: skip
RHYTHMS = ("daily", "weekdays", "weekly", "irregular")
TODAY = datetime.now(VIETNAM).date()

Make = Callable[..., Wired]


@pytest.fixture
def wired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Its port is of this process: several may run these tests side by side."""
    impatient(tmp_path, monkeypatch)
    with ExitStack() as stack:

        def make(
            bulletins: int = 12, kinds: tuple[str, ...] = ("military-region",), start: date = TODAY, served: bool = True
        ) -> Wired:
            port = 8900 + os.getpid() % 20_000
            newsroom = Newsroom(11, block="127.3.2", port=port, bulletins=bulletins, kinds=kinds, start=start)
            if served:
                stack.enter_context(newsroom.serve())
            return Wired(tmp_path, newsroom)

        yield make


def rhythm(here: Wired, source_id: str, name: str) -> None:
    """Give a source this rhythm; the newsroom's have `daily` or `irregular`."""
    lines = here.file(source_id).read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f'rhythm = "{name}"\n' if line.startswith("rhythm") else line for line in lines]
    here.file(source_id).write_text("".join(lines), encoding="utf-8")


def cron_time(bantin: BantinHome, day: date, name: str = "daily") -> datetime:
    """When the schedule of a rhythm ticks on a day."""
    return datetime.combine(day, time(FIRST_HOUR), VIETNAM) + timedelta(minutes=minute_of(bantin.path, name))


def ticked(
    instance: dg.DagsterInstance,
    bantin: BantinHome,
    day: date,
    name: str = "daily",
    definitions: dg.Definitions | None = None,
) -> dg.RunRequest | str:
    """What the schedule of a rhythm asks for on a day, or why it asks for nothing."""
    definitions = definitions or definitions_of(bantin)
    with dg.build_schedule_context(
        instance=instance, scheduled_execution_time=cron_time(bantin, day, name), resources={"bantin": bantin},
        repository_def=definitions.get_repository_def(),
    ) as context:  # fmt: skip
        found = definitions.resolve_schedule_def(f"{name}_bulletins").evaluate_tick(context)
    if found.run_requests:
        (request,) = found.run_requests
        return request
    assert found.skip_message
    return found.skip_message


# --- who is taken when


def test_each_rhythm_ticks_on_its_days_before_six_in_vietnam_at_a_minute_of_its_own(wired: Make) -> None:
    here = wired(served=False)
    found = {schedule.name: schedule for schedule in definitions_of(here.at()).get_repository_def().schedule_defs}
    days = {"daily": 7, "weekdays": 5, "weekly": 1, "irregular": 7}
    for name, count in days.items():
        schedule = found[f"{name}_bulletins"]
        cron = str(schedule.cron_schedule)
        assert schedule.execution_timezone == "Asia/Ho_Chi_Minh"
        ticks = cron_string_iterator(datetime(2026, 11, 2, tzinfo=VIETNAM).timestamp(), cron, str(VIETNAM))
        week = [at for at in islice(ticks, 8) if at < datetime(2026, 11, 9, tzinfo=VIETNAM)]
        assert len(week) == count
        assert {(at.hour, at.minute) for at in week} == {divmod(FIRST_HOUR * 60 + minute_of(str(here.path), name), 60)}
        assert all(at.weekday() < 5 for at in week if name in ("weekdays", "weekly"))
    minutes = {minute_of(f"/home/{number}", name) for number in range(50) for name in RHYTHMS}
    assert len(minutes) > 60, "homes do not all ask at the same minute"
    assert minutes <= set(range(HOURS * 60))


def test_a_tick_takes_the_enabled_sources_of_its_rhythm_and_another_says_that_it_has_none(wired: Make) -> None:
    here = wired(kinds=("military-region", "army-daily", "hospital", "hospital"), served=False)
    for source_id, name in ((PAPER, "weekly"), (HOSPITAL, "weekdays"), (CLINIC, "weekdays")):
        rhythm(here, source_id, name)
    here.edit(CLINIC, "enabled   = true", "enabled   = false")
    with here.instance() as instance:
        asked = {name: ticked(instance, here.at(), TODAY, name) for name in RHYTHMS}
    taken = {
        name: {key.path[-1] for key in request.asset_selection or [] if key.path[0] == "capture"}
        for name, request in asked.items()
        if isinstance(request, dg.RunRequest)
    }
    assert taken == {"daily": {REGION}, "weekly": {PAPER}, "weekdays": {HOSPITAL}}
    assert asked["irregular"] == ("no enabled source has the rhythm 'irregular'; `bantin source enable ID` makes one")
    daily = asked["daily"]
    assert isinstance(daily, dg.RunRequest)
    assert (daily.run_key, daily.partition_key) == (f"daily {TODAY}", f"{TODAY:%Y-%m}")
    assert daily.tags[COMMAND] == "run"
    assert {key.path[-1] for key in daily.asset_selection or []} == {REGION, "read_results", "tables", "snapshot"}


def test_on_a_fresh_home_every_schedule_is_skipped_and_says_what_to_do(wired: Make) -> None:
    here = wired(served=False)
    here.file(REGION).unlink()
    with here.instance() as instance:
        said = [ticked(instance, here.at(), TODAY, name) for name in RHYTHMS]
    assert all(isinstance(words, str) and "bantin source enable" in words for words in said)


# --- a week


@pytest.mark.parametrize("days", [3, pytest.param(7, marks=pytest.mark.slow)])
def test_a_week_of_ticks_shows_each_days_bulletins_and_two_broken_sources_fail_alone(wired: Make, days: int) -> None:
    """Each tick is of the morning after the newsroom's day; from the third day on two of its four sites are broken."""
    here = wired(25, ("military-region", "army-daily", "hospital", "hospital"), start=TODAY - timedelta(days=8))
    for source_id in (HOSPITAL, CLINIC):
        rhythm(here, source_id, "daily")
    listed: dict[str, set[str]] = defaultdict(set)
    with here.instance() as instance:
        for day in range(1, days + 1):
            here.newsroom.advance()
            morning = here.newsroom.day + timedelta(days=1)
            bantin = here.at(cron_time(here.at(), morning))
            if day == 3:
                here.newsroom.faults[CLINIC] = Faults(robots=500)
                here.edit(HOSPITAL, "rhythm =", "rythm =")
            request = ticked(instance, bantin, morning)
            assert isinstance(request, dg.RunRequest)
            done = here.do(instance, request, bantin)
            assert done.success
            healthy = [REGION, PAPER] if day >= 3 else [REGION, PAPER, HOSPITAL, CLINIC]
            for source_id in healthy:
                listed[source_id] |= here.newsroom.listed(source_id)
                assert here.published(source_id) == listed[source_id], (day, source_id)
            said = crawled(done)
            assert {source_id for source_id, (passed, _) in said.items() if passed} == set(healthy)
            if day >= 3:
                assert "500" in said[CLINIC][1] and "robots.txt" in said[CLINIC][1]
                assert "rythm: unknown key; did you mean 'rhythm'?" in said[HOSPITAL][1]
                assert materialized(done) == {*healthy, "read_results", "tables", "snapshot"}
        records = instance.get_run_records(dg.RunsFilter(tags={COMMAND: "run"}))
    assert [record.dagster_run.status for record in records] == [dg.DagsterRunStatus.SUCCESS] * days
    assert here.snapshots() == days
    for source_id in (HOSPITAL, CLINIC):
        assert here.published(source_id) == listed[source_id], "what it told before it was broken is still there"


# --- publishing


def test_a_load_soon_after_a_snapshot_is_published_later_and_only_once(wired: Make) -> None:
    here = wired(start=TODAY - timedelta(days=5))
    here.set(f"{SETTINGS}publish_every = 30\n")
    with here.instance() as instance:
        assert "snapshot" in materialized(here.run(instance))
        assert asked_later(instance, here.at()) == "the snapshot is as new as the tables"
        before = here.published(REGION)
        here.newsroom.advance(4)
        soon, late = here.at(), here.at(datetime.now(UTC) + timedelta(minutes=31))
        second = here.run(instance, bantin=soon)
        assert second.success
        assert materialized(second) == {REGION, "read_results", "tables"}
        assert metadata(second, "tables")["new"] > 0
        assert (here.published(REGION), here.snapshots()) == (before, 1)
        said = asked_later(instance, soon)
        assert isinstance(said, str) and "publish_every" in said
        request = asked_later(instance, late)
        assert isinstance(request, dg.RunRequest)
        assert here.do(instance, request, late, PUBLISH).success
        assert here.published(REGION) == here.told(REGION) > before
        assert asked_later(instance, late) == "the snapshot is as new as the tables"


@pytest.mark.slow
def test_a_run_that_is_to_publish_at_once_does_not_wait(wired: Make) -> None:
    here = wired(start=TODAY - timedelta(days=5))
    here.set(f"{SETTINGS}publish_every = 30\n")
    with here.instance() as instance:
        here.run(instance)
        here.newsroom.advance(4)
        assert "snapshot" in materialized(here.run(instance, tags={COMMAND: "run", AT_ONCE: "yes"}))
    assert (here.published(REGION), here.snapshots()) == (here.told(REGION), 2)


# --- files that change while Dagster runs


def test_a_source_whose_file_appears_while_dagster_runs_waits_and_does_not_stop_the_others(wired: Make) -> None:
    here = wired(kinds=("military-region", "army-daily"), served=False)
    late = here.file(PAPER).read_text(encoding="utf-8")
    here.file(PAPER).unlink()
    loaded = definitions_of(here.at())
    here.file(PAPER).write_text(late, encoding="utf-8")
    with here.instance() as instance:
        request = ticked(instance, here.at(), TODAY, definitions=loaded)
        assert isinstance(request, dg.RunRequest)
        assert {key_of(REGION), key_of(PAPER)} & set(request.asset_selection or []) == {key_of(REGION)}
        here.file(REGION).unlink()
        said = ticked(instance, here.at(), TODAY, definitions=loaded)
        assert isinstance(said, str) and PAPER in said and "start `bantin dev` again" in said
        after = ticked(instance, here.at(), TODAY)
    assert isinstance(after, dg.RunRequest) and key_of(PAPER) in (after.asset_selection or [])

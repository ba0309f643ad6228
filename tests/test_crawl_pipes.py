"""What Dagster and backfills ask of a crawl: its months, its numbers, its events through Pipes, and whose turn it is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawlers.catalog import load_catalog
from crawlers.crawl_job import CrawlEnded, CrawlJob, run_job
from crawlers.frontier import Frontier
from crawlers.locks import daily_turn, wait_for_daily
from crawlers.newsroom import Faults, Newsroom
from crawlers.newsroom.answers import Answer, Ask, tag_of
from crawlers.piped import Telling
from dagster_project.steps.crawling import CannotCrawl, CrawlBroke, SourceOutcome, crawl, job_of, outcomes
from dagster_project.steps.home import Home, open_home, utc_now
from tests.running import impatient

REGION, DAILY = "newsroom-military-region", "newsroom-army-daily"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


class Stage:
    """A newsroom that is served, and a home that knows its sources. sent: bytes of bodies, by source."""

    def __init__(self, folder: Path, newsroom: Newsroom, delay_s: float) -> None:
        self.newsroom, self.sent, self.runs = newsroom, Counter[str](), 0
        newsroom.write_sources(folder / "home" / "sources", delay_s)
        self.home: Home = open_home(folder / "home")[0]

    def crawl(self, *ids: str, clock: Callable[[], datetime] = utc_now, **more: Any) -> dict[str, SourceOutcome]:
        self.runs += 1
        found = crawl(self.home, load_catalog(self.home.path), ids, f"r{self.runs}", clock, **more)
        return {source.source_id: source for source in found.sources}

    def job(self, *ids: str, **more: Any) -> CrawlJob:
        return job_of(self.home, load_catalog(self.home.path), ids, "p1", utc_now, **more)

    def frontier(self, source_id: str = REGION) -> Frontier:
        return Frontier(self.home.crawl / f"{source_id}.sqlite", read_only=True)

    def months(self, source_id: str = REGION) -> dict[str, dict[str, int]]:
        with self.frontier(source_id) as frontier:
            return frontier.months()

    def ways_asked(self) -> set[str]:
        """Paths of the ways' first pages that were asked for."""
        asked = {request.path for request in self.newsroom.log()}
        sources = load_catalog(self.home.path)
        ways = [way for site in self.newsroom.sites for way in sources.get(site.site_id).discover]
        return {urlsplit(way.url).path for way in ways} & asked


Make = Callable[..., Stage]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Make]:
    """Its address is of this process: several may run these tests side by side."""
    with ExitStack() as stack:

        def make(
            bulletins: int = 12, kinds: tuple[str, ...] = ("military-region",), delay_s: float = 0.002,
            faults: Faults | None = None, served: bool = True,
        ) -> Stage:  # fmt: skip
            port = 8500 + os.getpid() % 20_000
            newsroom = Newsroom(11, block="127.0.65", port=port, bulletins=bulletins, kinds=kinds, faults=faults)
            here = Stage(tmp_path, newsroom, delay_s)
            respond = newsroom.respond

            def counting(site: Any, ask: Ask) -> Answer:
                answer = respond(site, ask)
                here.sent[site.site_id] += len(answer.body)
                return answer

            newsroom.respond = counting  # type: ignore[method-assign]
            if served:
                stack.enter_context(newsroom.serve())
            return here

        yield make


# --- what a crawl is asked for


def test_requests_and_bytes_are_those_of_the_server_and_each_hop_of_a_redirect_is_one(stage: Make) -> None:
    here = stage(bulletins=30, kinds=("military-region", "army-daily"), faults=Faults(moved_share=0.4))
    for source in here.crawl().values():
        log = here.newsroom.log(source.source_id)
        assert source.requests == len(log)
        assert source.bytes == here.sent[source.source_id] > 0
        with here.frontier(source.source_id) as frontier:
            sizes = frontier.sizes()
        lists = len([r for r in log if r.status == 200]) - source.fetched
        assert (sizes["page"][0], sizes["list"][0]) == (source.fetched, lists)
    assert any(request.status == 301 for request in here.newsroom.log())


def test_only_what_is_missing_of_some_months_is_fetched_and_the_second_time_nothing_is_asked(stage: Make) -> None:
    here = stage(bulletins=120)
    here.newsroom.faults[REGION] = Faults(failing_share=0.3, failing_status=403, failing_times=1, retry_after=None)
    first = here.crawl(limit=6)[REGION]
    months = sorted(here.months())
    asked_for = {"month_from": months[1], "month_until": months[-2], "only": "missing", "walk": "stale"}
    here.crawl(**asked_for)
    left = here.months()
    assert sum(states.get("failed", 0) for states in left.values()) > 0
    assert {month for month, states in left.items() if "waiting" in states} <= {months[0], months[-1]}
    here.newsroom._log.clear()  # the paths that failed once are healthy now
    healed = here.crawl(**asked_for)[REGION]
    assert healed.fetched > 0
    assert healed.not_modified == 0
    with here.frontier() as frontier:
        assert list(frontier.unhad(months[1], months[-2])) == []
    here.newsroom._log.clear()
    nothing = here.crawl(**asked_for)[REGION]
    assert (nothing.requests, nothing.bytes, nothing.outcome, nothing.unreachable) == (0, 0, "done", False)
    assert here.newsroom.log() == []
    assert first.problem is None


def test_lists_that_are_not_stale_are_not_asked_again_and_never_means_never(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"))
    here.crawl(limit=2)
    here.newsroom.clear_log()
    here.crawl(limit=2, only="missing", walk="stale")
    assert here.ways_asked() == set()
    assert here.newsroom.log()
    here.newsroom.clear_log()
    later = lambda: utc_now() + timedelta(hours=21)  # noqa: E731
    here.crawl(limit=2, only="missing", walk="never", clock=later)
    assert here.ways_asked() == set()
    assert here.newsroom.log()
    here.newsroom.clear_log()
    here.crawl(limit=2, only="missing", walk="stale", clock=later)
    assert len(here.ways_asked()) > 2
    with here.frontier(DAILY) as frontier:
        assert frontier.con.execute("select count(*) from vanished").fetchone() == (0,)


def test_a_sample_is_spread_over_the_months(stage: Make) -> None:
    here = stage(bulletins=220)  # of four whole months: those without a day count as of today's
    here.crawl(limit=1)
    months = [month for month, states in here.months().items() if states.get("waiting", 0) >= 3]
    assert len(months) > 2
    here.crawl(limit=2 * len(here.months()), only="missing", walk="never", spread=True)
    assert all(here.months()[month].get("fetched", 0) in (2, 3) for month in months)


def test_on_a_quiet_day_each_way_and_robots_txt_is_asked_once_and_conditionally(stage: Make) -> None:
    here = stage(bulletins=30)
    (site,) = here.newsroom.sites
    plain = site._answer

    def with_validators(ask: Ask) -> Answer:
        answer = plain(ask)
        tag = answer.etag or (tag_of(answer.body) if answer.status == 200 else None)
        return Answer(answer.status, answer.body, answer.content_type, answer.headers, tag, answer.modified_at)

    site._answer = with_validators  # type: ignore[method-assign]
    for days in (400, 450):  # an item without a day counts as one of the month it was found in
        here.crawl(clock=lambda days=days: utc_now() + timedelta(days=days))
    here.newsroom.clear_log()
    quiet = here.crawl(clock=lambda: utc_now() + timedelta(days=451))[REGION]
    assert quiet.outcome == "done"
    assert {(path, n) for path, n in Counter(r.path for r in here.newsroom.log()).items() if n > 1} == set()
    assert {request.status for request in here.newsroom.log()} == {304}
    assert not [request.path for request in here.newsroom.log() if "/page/" in request.path]
    assert len(here.ways_asked()) == 2
    assert quiet.bytes == 0
    with here.frontier() as frontier:
        assert frontier.con.execute("select count(*) from vanished").fetchone() == (0,)


# --- how it ends


def test_a_network_that_is_down_is_told_from_a_server_that_refuses(
    stage: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(tmp_path, monkeypatch)
    here = stage(served=False)
    down = here.crawl()[REGION]
    assert (down.unreachable, down.problem, down.bytes) == (True, None, 0)
    assert down.requests > 0
    with here.newsroom.serve():
        here.newsroom.faults[REGION] = Faults(robots=500)
        refused = here.crawl()[REGION]
    assert (refused.unreachable, refused.problem) == (False, None)


def test_a_source_without_a_last_event_failed(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"), served=False)
    job = here.job()
    end = {"event": "end", "source_id": DAILY, "problem": None, "outcome": "done", "holes": [], "bytes": 7}
    found = {source.source_id: source for source in outcomes(job, [{"event": "walk"}, end]).sources}
    assert (found[DAILY].outcome, found[DAILY].bytes, found[DAILY].problem) == ("done", 7, None)
    assert found[REGION].outcome == "failed: the crawling process ended too early"
    assert found[REGION].problem == "the crawling process ended too early"


@pytest.mark.parametrize(
    "wrong",
    [{"month_from": "2026-13"}, {"month_from": "2026-05", "month_until": "2026-04"}, {"only": "all"}, {"walk": "no"}],
)
def test_a_job_that_says_nothing_of_ours_is_refused_before_anything_is_asked(
    stage: Make, wrong: dict[str, Any]
) -> None:
    here = stage(served=False)
    with pytest.raises(CannotCrawl, match="nothing was fetched"):
        here.job(**wrong)


def test_a_source_whose_file_is_spoilt_after_the_job_was_made_fails_alone(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"))
    job = here.job()
    (here.home.path / "sources" / f"{REGION}.toml").write_text("no = toml = at all", encoding="utf-8")
    events: list[dict[str, Any]] = []
    with pytest.raises(CrawlEnded, match="expected TOML"):
        run_job(job, events.append)
    found = {source.source_id: source for source in outcomes(job, events).sources}
    assert found[DAILY].outcome == "done"
    assert "expected TOML" in (found[REGION].problem or "")
    with pytest.raises(Exception, match="expected TOML"):
        here.crawl(REGION)


def test_a_source_that_breaks_says_why(stage: Make) -> None:
    here = stage()
    here.home.crawl.mkdir()
    (here.home.crawl / f"{REGION}.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(CrawlBroke) as broke:
        here.crawl()
    (source,) = broke.value.outcome.sources
    assert "expected the frontier of a source" in (source.problem or "")


# --- through Dagster Pipes


class Piped:
    """A crawling process that was started as Dagster starts it, without Dagster."""

    def __init__(self, folder: Path, extras: dict[str, Any], keys: list[str]) -> None:
        from dagster_pipes import encode_param

        self.messages = folder / "messages"
        self.messages.touch()
        context = {
            "asset_keys": keys, "code_version_by_asset_key": dict.fromkeys(keys), "run_id": "x", "retry_number": 0,
            "provenance_by_asset_key": dict.fromkeys(keys), "partition_key": None, "partition_key_range": None,
            "partition_time_window": None, "job_name": "x", "extras": extras,
        }  # fmt: skip
        self.environment = {
            "DAGSTER_PIPES_CONTEXT": encode_param({"data": context}),
            "DAGSTER_PIPES_MESSAGES": encode_param({"path": str(self.messages)}),
        }

    def start(self, by: str | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "crawlers.run"]
        if by is not None:  # a parent in between, that can be killed
            command = [sys.executable, "-c", by, *command]
        return subprocess.Popen(command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL)

    def told(self, method: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.messages.read_text(encoding="utf-8").splitlines()]
        return [line["params"] for line in lines if line["method"] == method]

    def events(self) -> list[dict[str, Any]]:
        return [params["payload"] for params in self.told("report_custom_message")]


def test_dagster_gets_a_materialization_of_each_source_that_came_to_its_end(stage: Make) -> None:
    import dagster as dg

    here = stage(kinds=("military-region", "army-daily"))
    here.home.crawl.mkdir()
    (here.home.crawl / f"{REGION}.sqlite").write_bytes(b"no database" * 500)
    job, events = here.job(), []
    keys = {name: dg.AssetKey(["capture", name]) for name in (REGION, DAILY)}

    @dg.multi_asset(specs=[dg.AssetSpec(key, skippable=True) for key in keys.values()], can_subset=True)
    def capture(context):  # type: ignore[no-untyped-def]
        client = dg.PipesSubprocessClient().run(
            context=context, command=[sys.executable, "-P", "-m", "crawlers.run"], extras={"job": asdict(job)}
        )
        events.extend(client.get_custom_messages())
        yield from client.get_results(implicit_materializations=False)
        raise dg.Failure("a source broke")  # within Pipes Dagster wants every key to come; what came before stays

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([capture], instance=instance, raise_on_error=False)
    (made,) = result.get_asset_materialization_events()
    assert made.asset_key == keys[DAILY]
    metadata = {name: value.value for name, value in made.materialization.metadata.items()}
    found = {source.source_id: source for source in outcomes(job, events).sources}
    for name in ("listed", "discovered", "fetched", "failed", "requests", "bytes", "outcome"):
        assert metadata[name] == getattr(found[DAILY], name)
    assert found[DAILY].outcome == "done"
    assert "expected the frontier of a source" in (found[REGION].problem or "")
    assert {event["event"] for event in events} >= {"walk", "crawl", "failed", "end"}


def test_what_is_no_job_ends_the_process_with_one_clear_event(tmp_path: Path) -> None:
    piped = Piped(tmp_path, {"job": {"home": str(tmp_path), "source_ids": ["bao"], "month": "x"}}, ["capture/bao"])
    assert piped.start().wait() == 1
    (event,) = piped.events()
    assert event["event"] == "failed"
    assert "month" in event["problem"]


@pytest.mark.parametrize("how", ["parent killed", "asked to end"])
def test_a_piped_crawl_ends_with_its_parent_or_when_asked_and_the_next_one_goes_on(
    stage: Make, tmp_path: Path, how: str
) -> None:
    here = stage(delay_s=0.05, bulletins=30)
    piped = Piped(tmp_path, {"job": asdict(here.job())}, [f"capture/{REGION}"])
    killed = how == "parent killed"
    process = piped.start("import subprocess, sys; subprocess.run(sys.argv[1:])" if killed else None)
    _until(lambda: len(here.newsroom.log()) > 8)
    process.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
    status = process.wait()
    _until(lambda: any(event["event"] == "end" for event in piped.events()))
    (end,) = [event for event in piped.events() if event["event"] == "end"]
    assert (end["outcome"], end["problem"]) == ("stopped: interrupted", None)
    assert killed or status == 0
    assert list(here.home.raw.rglob("*.open")) == []
    file = here.home.path / "sources" / f"{REGION}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("delay_s = 0.05", "delay_s = 0.002"), encoding="utf-8")
    assert here.crawl()[REGION].outcome == "done"
    assert all("waiting" not in states for states in here.months().values())


def test_of_progress_no_more_than_one_a_second_and_source_is_handed_on() -> None:
    class Pipes:
        told: list[Any] = []  # noqa: RUF012
        log = __import__("logging").getLogger("nobody")

        def report_custom_message(self, event: Any) -> None:
            self.told.append((event["source_id"], event["event"]))

    now = [0.0]
    telling = Telling(Pipes(), lambda: now[0])  # type: ignore[arg-type]
    for at, source_id, name in [
        (0.0, "a", "progress"), (0.4, "a", "progress"), (0.5, "b", "progress"), (0.6, "a", "waits"),
        (0.9, "a", "progress"), (1.1, "a", "progress"), (1.2, "b", "progress"),
    ]:  # fmt: skip
        now[0] = at
        telling({"event": name, "source_id": source_id, "fetched": 1, "not_modified": 0, "holder": "x"})
    assert Pipes.told == [("a", "progress"), ("b", "progress"), ("a", "waits"), ("a", "progress")]


# --- the daily job goes first


def test_a_backfill_waits_for_the_daily_job_and_is_told_which(tmp_path: Path) -> None:
    told: list[str] = []
    wait_for_daily(tmp_path, told.append)
    assert told == []
    gone_on = threading.Event()

    def backfill() -> None:
        wait_for_daily(tmp_path, told.append)
        gone_on.set()

    with daily_turn(tmp_path, "run, run d1", NOW):
        thread = threading.Thread(target=backfill)
        thread.start()
        _until(lambda: told)
        assert not gone_on.is_set()
        assert told[0].startswith(f"run, run d1, process {os.getpid()}, since 2026-11-22T05:00")
    thread.join(60)
    assert gone_on.is_set()


def test_a_daily_job_waits_for_another_and_not_for_backfills_that_wait(tmp_path: Path) -> None:
    told: list[str] = []
    with daily_turn(tmp_path, "run, run d1", NOW):
        waiting = [threading.Thread(target=wait_for_daily, args=(tmp_path, told.append)) for _ in range(3)]
        for thread in waiting:
            thread.start()
        _until(lambda: len(told) == 3)
    for thread in waiting:
        thread.join(60)
    second: list[str] = []
    with daily_turn(tmp_path, "run, run d2", NOW, second.append):
        assert second == []
        third = threading.Thread(target=_take_turn, args=(tmp_path, second))
        third.start()
        _until(lambda: second)
    third.join(60)
    assert second[0].startswith("run, run d2")
    assert second[1] == "mine"


def test_the_lock_of_a_daily_job_is_free_when_it_was_killed(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, datetime, time; from crawlers.locks import daily_turn\n"
        "with daily_turn(pathlib.Path(sys.argv[1]), 'run', datetime.datetime.now(datetime.UTC)):\n"
        "    print('held', flush=True); time.sleep(600)"
    )
    daily = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert daily.stdout is not None
    assert daily.stdout.readline() == b"held\n"
    daily.kill()
    daily.communicate()
    wait_for_daily(tmp_path, lambda holder: pytest.fail(f"waits for {holder}"))


def _take_turn(folder: Path, told: list[str]) -> None:
    with daily_turn(folder, "run, run d3", NOW, told.append):
        told.append("mine")


def _until(condition: Callable[[], Any]) -> None:
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.01)

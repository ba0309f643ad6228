"""Backfill plans against what a run then takes, counted by the server; reports that name what is missing; refusals."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalog import load_catalog
from crawlers.errors import CrawlersError
from crawlers.newsroom import Newsroom
from crawlers.switch import set_enabled
from dagster_project.steps.crawling import CannotCrawl, crawl
from dagster_project.steps.estimating import (
    Estimate,
    Measured,
    Range,
    Sizes,
    ToFetch,
    estimate,
    share,
    side_by_side,
    total,
)
from dagster_project.steps.holes import NOT_LOADED, BackfillReport, report
from dagster_project.steps.home import Home, open_home, utc_now
from dagster_project.steps.inventory import EARLIEST, BadMonth, bounds
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.planning import BackfillPlan, plan, work
from dagster_project.steps.reading import read_new
from tests.running import bantin, impatient

REGION, DAILY, HOSPITAL = "newsroom-military-region", "newsroom-army-daily", "newsroom-hospital"
ALL = ("military-region", "army-daily", "hospital")
EVER = (EARLIEST, "2027-12")


class Stage:
    """A newsroom that is served, and a home that knows its sources and nothing else."""

    def __init__(self, folder: Path, newsroom: Newsroom) -> None:
        self.newsroom, self.path = newsroom, folder / "home"
        newsroom.write_sources(self.path / "sources", 0.002)
        self.home: Home = open_home(self.path)[0]
        self.runs = 0

    def plan(self, *source_ids: str, months: tuple[str, str] = EVER, **more: Any) -> BackfillPlan:
        self.runs += 1
        return plan(self.home, load_catalog(self.path), source_ids, *months, utc_now, f"p{self.runs}", **more)

    def work(self, *source_ids: str) -> list[tuple[str, tuple[str, ...]]]:
        return work(self.home, load_catalog(self.path), source_ids, *EVER)

    def report(self, *source_ids: str) -> BackfillReport:
        return report(self.home, load_catalog(self.path), source_ids, *EVER)

    def run(self) -> dict[str, tuple[int, int]]:
        """What `backfill run` does, month by month: source → (requests, bytes)."""
        taken: dict[str, tuple[int, int]] = {}
        for month, ids in self.work():
            self.runs += 1
            outcome = crawl(
                self.home, load_catalog(self.path), ids, f"b{self.runs}", utc_now,
                month_from=month, month_until=month, only="missing", walk="stale",
            )  # fmt: skip
            for source in outcome.sources:
                requests, size = taken.get(source.source_id, (0, 0))
                taken[source.source_id] = requests + source.requests, size + source.bytes
        return taken

    def publish(self) -> None:
        catalog = load_catalog(self.path)
        read_new(self.home, catalog, jobs=1)
        load_new(self.home, catalog, Run("load", "load", utc_now()), utc_now)
        publish_now(self.home, catalog, "publish", utc_now)

    def fault(self, source_id: str = REGION, **faults: Any) -> None:
        from crawlers.newsroom import Faults

        self.newsroom.faults[source_id] = Faults(**faults)


Make = Callable[..., Stage]


@pytest.fixture
def stage(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Make]:
    """Each test has an address block of its own, each process a port: they may run side by side."""
    names = sorted(name for name in globals() if name.startswith("test_"))
    block = f"127.2.{names.index(request.node.originalname)}"
    opened: list[Any] = []

    def make(bulletins: int = 30, kinds: tuple[str, ...] = ALL[:1]) -> Stage:
        newsroom = Newsroom(11, block=block, port=8700 + os.getpid() % 20_000, bulletins=bulletins, kinds=kinds)
        serving = newsroom.serve()
        serving.__enter__()
        opened.append(serving)
        return Stage(tmp_path, newsroom)

    yield make
    for serving in opened:
        serving.__exit__(None, None, None)


def holds(found: Range | None, number: float) -> bool:
    return found is not None and found.high is not None and found.low <= number <= found.high


# --- a plan and what it then takes


def test_what_a_run_takes_lies_within_the_ranges_of_its_plan_and_these_are_narrow(stage: Make) -> None:
    here = stage(bulletins=110, kinds=ALL)
    said: list[str] = []
    found = here.plan(say=said.append)
    assert found.holes == ()
    assert len(said) == 2 and "lists" in said[0] and "kept" in said[1]
    asked_for_the_sample = {request.path for request in here.newsroom.log()}
    here.newsroom.clear_log()
    taken = here.run()
    for one in found.sources:
        requests, size = taken[one.source_id]
        assert requests == len(here.newsroom.log(one.source_id))
        assert holds(one.requests, requests), (one, requests)
        assert holds(one.bytes, size), (one, size)
        assert one.requests is not None and one.bytes is not None
        assert max(one.requests.width or 0, one.bytes.width or 0) <= 0.25
        assert one.known == one.held + one.missing + one.failed + one.excluded
        assert 0 < one.sampled <= 110 / 3
    assert holds(found.total.requests, sum(requests for requests, _ in taken.values()))
    assert holds(found.total.bytes, sum(size for _, size in taken.values()))
    pages = {request.path for request in here.newsroom.log()} - {"/robots.txt"}
    assert pages & asked_for_the_sample == set()
    assert here.work() == []


def test_a_plan_asked_for_again_asks_nobody_and_keeps_its_ranges(stage: Make) -> None:
    here = stage(bulletins=100)
    (first,) = here.plan().sources
    here.newsroom.clear_log()
    said: list[str] = []
    (again,) = here.plan(say=said.append).sources
    assert (here.newsroom.log(), said) == ([], [])
    assert (again.pages, again.held, again.sampled) == (first.pages, first.held, 0)
    ((requests, size),) = here.run().values()
    assert holds(again.requests, requests)
    assert holds(again.bytes, size)
    here.newsroom.clear_log()
    (done,) = here.plan().sources
    assert here.newsroom.log() == []
    assert (done.pages, done.requests, done.bytes) == (0, Range(0, 0), Range(0, 0))


@pytest.mark.slow
def test_redirects_and_requests_that_are_repeated_are_in_the_range(
    stage: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(tmp_path, monkeypatch)
    here = stage(bulletins=90, kinds=ALL[:2])
    here.fault(REGION, moved_share=1.0)
    here.fault(DAILY, failing_share=0.2, failing_status=503, failing_times=1, retry_after=0)
    found = {one.source_id: one for one in here.plan().sources}
    here.newsroom.clear_log()
    taken = here.run()
    for source_id in (REGION, DAILY):
        assert holds(found[source_id].requests, taken[source_id][0]), (found[source_id], taken)
        assert holds(found[source_id].bytes, taken[source_id][1]), (found[source_id], taken)
    moved = found[REGION]
    assert moved.requests is not None and moved.requests.low > 1.4 * moved.pages


def test_only_the_months_asked_for_are_planned_sampled_and_worked_on(stage: Make) -> None:
    here = stage(bulletins=60)
    months = [month.month for month in here.plan(months=("2026-10", "2026-10")).sources[0].months]
    assert months == ["2026-10"]
    (whole,) = here.plan(offline=True).sources
    assert {month.month for month in whole.months if month.held} == {"2026-10"}
    assert [month for month, _ in here.work()] == sorted({m.month for m in whole.months if m.missing}, reverse=True)


# --- what is not known is not said


def test_offline_on_an_empty_home_everything_is_unknown_and_nobody_is_asked(stage: Make) -> None:
    here = stage(kinds=ALL)
    found = here.plan(offline=True)
    assert here.newsroom.log() == []
    assert {(one.requests, one.bytes, one.hours) for one in found.sources} == {(None, None, None)}
    assert (found.total.requests, found.total.bytes, found.total.hours, found.month_from) == (None, None, None, None)
    assert {hole.partition(":")[0] for hole in found.holes} == {REGION, DAILY, HOSPITAL}
    assert here.work() == []
    answer = bantin(here.path, "backfill", "plan", "--offline")
    assert answer.returncode == 3
    assert "unknown" in answer.stdout
    assert "never walked" in answer.stderr


def test_offline_after_a_walk_the_pages_are_counted_and_their_bytes_stay_unknown(stage: Make) -> None:
    here = stage()
    crawl(here.home, load_catalog(here.path), [], "w", utc_now, only="missing", limit=0)
    (found,) = here.plan(offline=True).sources
    assert found.pages == 33  # 30 bulletins, two pages of another kind, and one that robots.txt forbids
    assert found.requests is not None and found.requests.low <= 33 and found.requests.high is None
    assert found.bytes == Range(0, None)


def test_a_site_whose_lists_cannot_be_read_is_a_hole_and_no_number_and_the_others_are_planned(stage: Make) -> None:
    here = stage(kinds=ALL[:2])
    here.fault(REGION, block_page=True)
    found = here.plan()
    of = {one.source_id: one for one in found.sources}
    assert (of[REGION].requests, of[REGION].bytes) == (None, None)
    assert any(hole.startswith(REGION) for hole in found.holes)
    assert of[DAILY].requests is not None and of[DAILY].requests.high is not None
    assert found.total.requests == Range(of[DAILY].requests.low, None)


def test_a_damaged_frontier_is_a_hole_of_a_plan_and_stops_the_work(stage: Make) -> None:
    here = stage(kinds=ALL[:2])
    here.home.crawl.mkdir()
    (here.home.crawl / f"{REGION}.sqlite").write_bytes(b"no database" * 500)
    found = here.plan(offline=True)
    assert any("expected the frontier of a source" in hole for hole in found.holes)
    assert any("expected the frontier of a source" in hole for one in here.report().sources for hole in one.lists)
    with pytest.raises(CrawlersError, match="expected the frontier of a source"):
        here.work()


# --- reports


def test_a_report_names_each_hole_and_after_a_whole_run_none(stage: Make) -> None:
    here = stage(bulletins=25)
    here.fault(failing_share=0.2, failing_status=403, failing_times=99, retry_after=None)
    here.plan()
    here.run()
    here.publish()
    refused = {url for url in here.newsroom.listed(REGION) if _is_refused(here, url)}
    found = here.report()
    assert refused
    assert {hole.url for hole in found.holes} == refused
    assert {(hole.state, hole.reason) for hole in found.holes} == {("failed", "HTTP 403")}
    (one,) = found.sources
    assert (one.failed, one.missing, one.unread, found.is_whole) == (len(refused), 0, 0, False)
    answer = bantin(here.path, "backfill", "report")
    assert answer.returncode == 3
    assert all(url in answer.stdout for url in refused)
    here.fault()
    here.run()
    here.publish()
    assert here.report().is_whole
    assert bantin(here.path, "backfill", "report").returncode == 0


def _is_refused(here: Stage, url: str) -> bool:
    return any(request.status == 403 and url.endswith(request.path) for request in here.newsroom.log(REGION))


def test_what_is_fetched_and_in_no_table_is_a_hole_until_it_is_published(stage: Make) -> None:
    here = stage(bulletins=10)
    here.plan()
    here.run()
    found = here.report()
    assert here.newsroom.listed(REGION) <= {hole.url for hole in found.holes}
    assert {hole.reason for hole in found.holes} == {NOT_LOADED}
    (one,) = found.sources
    assert (one.unread, one.held, one.missing) == (len(found.holes), 12, 0)
    told = bantin(here.path, "backfill", "report")
    assert "bantin read" in told.stderr and "backfill run" not in told.stderr


def test_without_a_walk_to_its_end_a_list_is_named_by_the_report(stage: Make) -> None:
    here = stage()
    found = here.report(REGION)
    assert (found.holes, found.is_whole) == ((), False)
    assert all("never walked" in told for told in found.sources[0].lists)


# --- refusals


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "2026-00", "0000-01", "2026-01-01", "26-01", "", "x"])
def test_what_is_no_month_is_refused(text: str) -> None:
    for months in ((text, None), (None, text)):
        with pytest.raises(BadMonth, match="expected a month as 2026-01"):
            bounds(*months, utc_now)


def test_months_in_the_wrong_order_are_refused_and_none_given_are_all_until_this_one() -> None:
    with pytest.raises(BadMonth, match="not after --to 2026-01"):
        bounds("2026-02", "2026-01", utc_now)
    with pytest.raises(BadMonth, match="this month"):
        bounds("2999-01", None, utc_now)
    assert bounds(None, "2026-01", utc_now) == (EARLIEST, "2026-01")


def test_wrong_use_has_exit_status_2_and_nobody_is_asked(stage: Make) -> None:
    here = stage()
    for command in ("plan", "run", "report"):
        answer = bantin(here.path, "backfill", command, "--from", "2026-13")
        assert answer.returncode == 2, answer.stderr
        assert "--from 2026-13: expected a month" in answer.stderr
        assert "Traceback" not in answer.stderr
    assert here.newsroom.log() == []


def test_a_disabled_or_unknown_source_is_refused_before_anything_is_asked(stage: Make) -> None:
    here = stage(kinds=ALL[:2])
    set_enabled(here.path, REGION, False)
    for refused in (lambda: here.plan(REGION), lambda: here.work(REGION)):
        with pytest.raises(CannotCrawl, match="disabled"):
            refused()
    with pytest.raises(CrawlersError, match="did you mean"):
        here.report("newsroom-militry-region")
    assert here.newsroom.log() == []


def test_the_json_of_a_plan_and_of_a_report_has_the_keys_of_the_contract(stage: Make) -> None:
    here = stage()
    answer = json.loads(bantin(here.path, "backfill", "plan", "--json").stdout)
    assert set(answer) == {"from", "to", "sources", "total", "holes"}
    (source,) = answer["sources"]
    assert set(source) == {
        "source_id", "known", "held", "missing", "failed", "excluded", "pages", "requests", "bytes", "hours", "sample",
        "sampled", "bytes_a_page", "lists_seen_at", "months", "holes",
    }  # fmt: skip
    assert set(source["requests"]) == set(answer["total"]["hours"]) == {"low", "high"}
    assert set(source["months"][0]) == {"month", "known", "held", "missing", "failed", "excluded"}
    told = json.loads(bantin(here.path, "backfill", "report", "--json").stdout)
    assert set(told) == {"from", "to", "sources", "holes", "is_whole"}
    assert set(told["holes"][0]) == {"source_id", "month", "url", "state", "reason"}


# --- the arithmetic


def todo(**more: Any) -> ToFetch:
    given: dict[str, Any] = {"waiting": 100, "failed": 0, "failed_at_least": 0, "robots": Range(1, 1)}
    return ToFetch(**{**given, "lists": Range(0, 0), "delay_s": 3.0, **more})


SEEN = Measured(Sizes(96, 96_000, 96 * 1e6), True, visits=96, answered=96, looked_at=96, pace_s=3.2)


def test_pages_of_one_size_give_a_narrow_range_around_it() -> None:
    found = estimate(todo(), SEEN, Sizes())
    assert holds(found.bytes, 100_000)
    assert (found.bytes.width or 1) < 0.1
    assert holds(found.requests, 101)
    assert found.hours.low >= 97 * 3.0 / 3600
    assert found.hours.high == pytest.approx(found.requests.high * 3.2 / 3600, rel=0.02)


def test_pages_that_differ_widen_it_and_few_of_them_more_so() -> None:
    def width(n: int) -> float:
        sizes = Sizes(n, n * 1000, n * (1000**2 + 400**2))
        return (
            estimate(todo(waiting=1000), Measured(sizes, True, answered=10**6, looked_at=n), Sizes()).bytes.width or 0
        )

    assert 0.1 < width(96) < width(24) < width(6)


@pytest.mark.parametrize("sizes", [Sizes(), Sizes(1, 1000, 1e6)])
def test_without_two_sizes_bytes_are_unknown(sizes: Sizes) -> None:
    found = estimate(todo(), Measured(sizes, looked_at=50), Sizes())
    assert found.bytes == Range(0, None)
    assert found.requests.high is not None


def test_lists_nobody_ever_walked_or_weighed_have_no_upper_end() -> None:
    never: Estimate = estimate(todo(lists=Range(1, None)), SEEN, Sizes(3, 3000, 3e6))
    assert (never.requests.high, never.bytes.high) == (None, None)
    assert estimate(todo(lists=Range(1, 20)), SEEN, Sizes()).bytes.high is None


def test_what_failed_before_may_fail_again_without_a_byte() -> None:
    found = estimate(todo(waiting=0, failed=40, failed_at_least=10), SEEN, Sizes())
    assert found.requests.low == 11
    assert (found.requests.high or 0) >= 41
    assert found.bytes.low == 0


def test_sources_side_by_side_take_as_long_as_the_longest_and_more_than_eight_share() -> None:
    assert side_by_side([Range(1, 2), Range(3, 4)]) == Range(3, 4)
    many = side_by_side([Range(1, 1)] * 40)
    assert many.low == 5
    assert 5 <= (many.high or 0) < 6
    assert side_by_side([Range(1, 2), Range(1, None)]).high is None
    assert side_by_side([]) == Range(0, 0)


def test_sums_with_something_unknown_have_no_end_and_of_nothing_known_is_no_sum() -> None:
    assert total([Range(1, 2), None]) == Range(1, None)
    assert total([None, None]) is None
    assert total([Range(1, 2), Range(3, 5)]) == Range(4, 7)


def test_a_share_nobody_saw_may_be_any_and_one_seen_often_is_known() -> None:
    assert share(0, 0) == Range(0.0, 1.0)
    assert (share(0, 24).high or 0) > 0.1
    few, many = share(5, 10), share(500, 1000)
    assert few.low < many.low < 0.5 < (many.high or 0) < (few.high or 0)

"""Whole crawls of a simulated newsroom on loopback: complete, polite, resumable, and honest about what is missing."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawlers.archive import read_segment, segments
from crawlers.catalog import load_catalog
from crawlers.newsroom import Faults, Newsroom
from crawlers.pace import HostPace
from crawlers.switch import set_enabled
from dagster_project.steps.crawling import CannotCrawl, CrawlBroke, CrawlOutcome, crawl
from dagster_project.steps.home import Home, open_home, utc_now
from dagster_project.steps.status import status
from tests.running import BANTIN, alive, bantin, environment, impatient

PORT = 8491
REGION, DAILY, HOSPITAL = "newsroom-military-region", "newsroom-army-daily", "newsroom-hospital"
ALL = ("military-region", "army-daily", "hospital")


class Stage:
    """A newsroom that is served, and a home that knows its sources. block: of the test alone."""

    def __init__(self, folder: Path, newsroom: Newsroom, delay_s: float) -> None:
        self.newsroom = newsroom
        self.path = folder / "home"
        self.path.mkdir()
        self.delay_s = delay_s
        newsroom.write_sources(self.path / "sources", delay_s)
        self.home: Home = open_home(self.path)[0]
        self.runs = 0

    def crawl(self, *source_ids: str, **more: Any) -> CrawlOutcome:
        self.runs += 1
        return crawl(self.home, load_catalog(self.path), source_ids, f"r{self.runs}", utc_now, **more)

    def edit(self, source_id: str, *changes: tuple[str, str]) -> None:
        file = self.path / "sources" / f"{source_id}.toml"
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    def fault(self, source_id: str = REGION, **faults: Any) -> None:
        self.newsroom.faults[source_id] = Faults(**faults)

    def states(self, source_id: str = REGION) -> dict[str, tuple[str, str | None]]:
        with sqlite3.connect(self.path / "crawl" / f"{source_id}.sqlite") as con:
            found = {url: (state, reason) for url, state, reason in con.execute("select url, state, reason from url")}
        con.close()
        return found

    def row(self, query: str, source_id: str = REGION) -> Any:
        con = sqlite3.connect(self.path / "crawl" / f"{source_id}.sqlite")
        found = con.execute(query).fetchone()
        con.close()
        return found

    def fetched(self, source_id: str = REGION) -> set[str]:
        return {url for url, (state, _) in self.states(source_id).items() if state == "fetched"}

    def asked(self, source_id: str = REGION) -> Counter[str]:
        return Counter(request.path for request in self.newsroom.log(source_id))

    def archived(self, source_id: str = REGION) -> Counter[str]:
        raw = self.home.raw
        found = [record for path in segments(raw, source_id) for record in read_segment(path, raw)]
        return Counter(record.capture.url for record in found if record.capture and not record.role)

    def complete(self, source_id: str = REGION) -> None:
        """All that is listed is fetched, and each of it once, whatever happened before."""
        listed = self.newsroom.listed(source_id)
        assert listed <= self.fetched(source_id)
        assert {url: n for url, n in self.archived(source_id).items() if url in listed and n != 1} == {}


Make = Callable[..., Stage]


@pytest.fixture
def stage(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Make]:
    """Each test has an address block of its own: they may run side by side."""
    names = sorted(name for name in globals() if name.startswith("test_"))
    block = f"127.0.{130 + names.index(request.node.originalname)}"
    port = PORT + sum(request.node.callspec.indices.values() if hasattr(request.node, "callspec") else ())
    opened: list[Any] = []

    def make(delay_s: float = 0.002, bulletins: int = 12, kinds: tuple[str, ...] = ALL[:1]) -> Stage:
        newsroom = Newsroom(11, block=block, port=port, bulletins=bulletins, kinds=kinds)
        serving = newsroom.serve()
        serving.__enter__()
        opened.append(serving)
        return Stage(tmp_path, newsroom, delay_s)

    yield make
    for serving in opened:
        serving.__exit__(None, None, None)


@contextmanager
def started(stage: Stage, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`bantin crawl` under way."""
    process = subprocess.Popen(
        [BANTIN, "--home", str(stage.path), "crawl", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background shell has it ignored
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def until(condition: Callable[[], Any], what: str) -> None:
    """Wait for something another process does; a minute is a failure, not a measure of speed."""
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up, what
        time.sleep(0.01)


def bulletins_asked(stage: Stage) -> int:
    paths = {urlsplit(url).path for url in stage.newsroom.listed(REGION)}
    return sum(request.path in paths for request in stage.newsroom.log(REGION))


def child_of(pid: int) -> int:
    """The crawling process."""
    found: list[int] = []

    def look() -> bool:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        found[:] = [int(child) for child in text.split()]
        return bool(found)

    until(look, "no crawling process")
    return found[0]


# --- complete and polite


def test_every_listed_bulletin_is_fetched_once_and_nothing_that_robots_txt_disallows(stage: Make) -> None:
    here = stage(kinds=ALL, bulletins=30)
    first = here.crawl()
    assert first.holes == []
    for site in here.newsroom.sites:
        here.complete(site.site_id)
        asked = here.asked(site.site_id)
        listed = {urlsplit(url)._replace(scheme="", netloc="").geturl() for url in here.newsroom.listed(site.site_id)}
        assert {path: asked[path] for path in listed} == dict.fromkeys(listed, 1)
        assert not [path for path in asked if path.startswith(site.press.disallowed)]
        assert asked["/robots.txt"] == 1
    here.newsroom.clear_log()
    again = here.crawl()
    assert [(source.fetched, source.discovered, source.failed) for source in again.sources] == [(0, 0, 0)] * 3
    (region,) = [source for source in first.sources if source.source_id == REGION]
    assert here.row("select outcome, listed, discovered, fetched from run where run_id = 'r1'") == (
        "done", region.listed, region.discovered, region.fetched,
    )  # fmt: skip
    here.newsroom.advance()
    third = here.crawl()
    assert third.holes == []
    assert here.newsroom.listed(DAILY) <= here.fetched(DAILY)


def test_requests_keep_the_delay_and_a_longer_crawl_delay(stage: Make) -> None:
    here = stage(delay_s=0.2, bulletins=3, kinds=("military-region", "army-daily"))
    here.fault(DAILY, crawl_delay=0.35)
    here.crawl()
    for site_id, delay in ((REGION, 0.19), (DAILY, 0.33)):
        arrivals = [request.at for request in here.newsroom.log(site_id)]
        assert len(arrivals) > 5
        assert min(b - a for a, b in pairwise(arrivals)) >= delay


def test_processes_and_crawls_of_one_host_share_its_pace(stage: Make) -> None:
    """Two sources never have one host (the catalog refuses it); a host's port is its own budget."""
    here = stage(delay_s=0.2, bulletins=2)
    host = urlsplit(here.newsroom.site(REGION).base_url).netloc
    turns: list[float] = []

    async def beside(process: subprocess.Popen[str]) -> None:
        pace = HostPace(here.home.crawl / "hosts.sqlite")
        while process.poll() is None:
            await pace.turn(host, 0.2)
            turns.append(time.time())
        pace.close()

    with started(here) as process:
        until(here.newsroom.log, "no request came")
        asyncio.run(beside(process))
        assert process.wait() == 0
    arrivals = [request.at for request in here.newsroom.log()]
    assert len(turns) > 2
    between = [turn for turn in turns if arrivals[0] < turn < arrivals[-1]]
    assert len(between) > 2
    # A turn is begun and told a little later; the request of the other process arrives later still.
    assert all(abs(turn - arrival) > 0.1 for turn in between for arrival in arrivals)


def test_without_a_readable_robots_txt_nothing_else_is_asked_and_a_healthy_day_gets_all(
    stage: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(tmp_path, monkeypatch)
    here = stage(kinds=("military-region", "army-daily"))
    here.crawl(limit=2)
    here.newsroom.clear_log()
    here.fault(REGION, robots=500)
    here.fault(DAILY, robots="drop")
    answer = bantin(here.path, "crawl")
    assert answer.returncode == 3
    for site_id, reason in ((REGION, "robots.txt answered 500"), (DAILY, "robots.txt could not be reached: ")):
        assert set(here.asked(site_id)) == {"/robots.txt"}
        assert f"{reason}" in answer.stderr
        assert "nothing is fetched from this host" in answer.stderr
        said = {why for state, why in here.states(site_id).values() if state == "waiting"}
        assert len(said) == 1
        assert str(said.pop()).startswith(reason)
        here.fault(site_id)
    assert here.crawl().holes == []
    for site_id in (REGION, DAILY):
        here.complete(site_id)
        assert {state for state, _ in here.states(site_id).values()} == {"fetched", "excluded"}


def test_what_answers_503_with_retry_after_comes_in_within_the_same_crawl(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"))
    here.fault(REGION, failing_share=0.3, failing_status=503, failing_times=1, retry_after=1)
    here.fault(DAILY, failing_share=0.3, failing_status=429, failing_times=1, retry_after=1)
    outcome = here.crawl()
    for source in outcome.sources:
        assert source.failed > 0
        assert here.newsroom.listed(source.source_id) <= here.fetched(source.source_id)
        assert source.outcome == "done"


def test_a_server_that_refuses_everything_is_left_alone_and_one_whose_pages_are_all_gone_is_not(stage: Make) -> None:
    here = stage(bulletins=30, kinds=("military-region", "army-daily"))
    here.fault(REGION, failing_share=1.0, failing_status=403, failing_times=9, retry_after=None)
    here.fault(DAILY, failing_share=1.0, failing_status=404, failing_times=1, retry_after=None)
    of = {source.source_id: source for source in here.crawl().sources}
    assert of[REGION].stopped == "the last 10 requests were refused (HTTP 403)"
    assert bulletins_asked(here) in (10, 11)  # one may be under way
    assert (of[DAILY].stopped, of[DAILY].gone) == (None, len(here.newsroom.listed(DAILY)))


def test_a_block_page_for_everything_ends_the_crawl_and_is_no_bulletin(stage: Make) -> None:
    here = stage(bulletins=30)
    here.crawl(limit=5)
    here.fault(block_page=True)
    (source,) = here.crawl().sources
    assert "one and the same" in (source.stopped or "")
    assert any("expected" in hole for hole in source.holes)
    states = Counter(here.states().values())
    assert states["failed", "one and the same page as 10 others: a block page?"] == 10
    assert states["fetched", None] == 5


def test_a_redirect_off_the_sources_hosts_is_kept_and_not_followed(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"))
    away = here.newsroom.site(DAILY).base_url
    (site,) = [site for site in here.newsroom.sites if site.site_id == REGION]
    site.moved_to = lambda entry: away + entry.path  # type: ignore[method-assign]
    (source,) = here.crawl(REGION).sources
    assert source.stopped is None  # one page of it, no bulletin, answers as itself: it is not the site that moved
    assert here.newsroom.log(DAILY) == []
    raw = here.home.raw
    kept = [r.capture for path in segments(raw, REGION) for r in read_segment(path, raw) if r.capture and not r.role]
    assert {capture.http_status for capture in kept} <= {200, 301}
    assert sum(capture.http_status == 301 for capture in kept) == 12


def test_a_redirect_to_another_origin_asks_its_robots_txt_first_and_is_no_answer_where_that_cannot_be_read(
    stage: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(tmp_path, monkeypatch)
    here = stage()
    (site,) = here.newsroom.sites
    port = here.newsroom.port + 50
    there = Newsroom(11, block=here.newsroom.block, port=port, bulletins=12, kinds=ALL[:1])
    site.moved_to = lambda entry: f"http://{site.address}:{port}{entry.path}"  # type: ignore[method-assign]
    here.edit(REGION, (f'"{site.base_url}/"', f'"http://{site.address}:{port}/"'))  # a port nobody named is not asked
    there.faults[REGION] = Faults(robots=500)
    with there.serve():
        (source,) = here.crawl().sources
        assert f"{site.address}:{port}/robots.txt: robots.txt answered 500" in " ".join(source.holes)
        assert [request.path for request in there.log()] == ["/robots.txt"] * 3
        states = here.states()
        assert {states[url] for url in here.newsroom.listed(REGION)} == {("waiting", "robots.txt answered 500")}
        there.faults[REGION] = Faults()
        assert here.crawl().holes == []
    here.complete()
    assert Counter(request.path for request in there.log())["/robots.txt"] == 4


# --- what was asked for


def test_limit_and_since_fetch_less_and_leave_the_rest_waiting(stage: Make) -> None:
    here = stage(bulletins=40)
    (first,) = here.crawl(limit=3).sources
    assert (first.fetched, len(here.archived())) == (3, 3)
    days = {g.url: g.posted_on for g in here.newsroom.gold(REGION)}
    listed = here.newsroom.listed(REGION)
    middle = sorted(days[url] for url in listed)[20]
    here.crawl(since=middle)
    fetched = here.fetched()
    assert {url for url in listed if days[url] >= middle} <= fetched
    assert sum(days[url] < middle for url in listed & fetched) <= 3
    here.crawl()
    here.complete()


def test_what_may_not_be_crawled_is_refused_before_anything_is_asked(stage: Make) -> None:
    here = stage()
    set_enabled(here.path, REGION, False)
    with pytest.raises(CannotCrawl, match="disabled"):
        here.crawl(REGION)
    with pytest.raises(CannotCrawl, match="no source is enabled"):
        here.crawl()
    unknown = bantin(here.path, "crawl", "newsroom-militry-region")
    assert unknown.returncode == 1
    assert "did you mean" in unknown.stderr
    file = here.path / "sources" / "other.toml"
    public = 'publisher = "x"\nhome = "https://bao.example/"\nhosts = ["bao.example"]\nenabled = true\n'
    file.write_text(public, encoding="utf-8")
    with pytest.raises(CannotCrawl, match="discover"):
        here.crawl("other")
    file.write_text(f'{public}[[discover]]\nkind = "feed"\nurl = "https://bao.example/rss"\n', encoding="utf-8")
    with pytest.raises(CannotCrawl, match="contact"):
        here.crawl("other")
    assert bantin(here.path, "crawl", "--since", "2026-02-01", "--until", "2026-01-01").returncode == 2
    assert here.newsroom.log() == []


def test_a_private_address_is_not_asked_unless_the_source_says_so(stage: Make) -> None:
    here = stage()
    here.edit(REGION, ("allow_private = true\n", ""))
    (source,) = here.crawl().sources
    assert "private address" in " ".join(source.holes)
    assert here.newsroom.log() == []


def test_switching_a_source_keeps_everything_else_of_its_file(stage: Make) -> None:
    here = stage()
    file = here.path / "sources" / f"{REGION}.toml"
    here.edit(
        REGION, ("enabled   = true", "enabled   = true   # since the spring"), ("[fetch]", "# slow server\n[fetch]")
    )
    before = file.read_text(encoding="utf-8")
    assert bantin(here.path, "source", "disable", REGION).returncode == 0
    assert file.read_text(encoding="utf-8") == before.replace("enabled   = true ", "enabled   = false ")
    assert json.loads(bantin(here.path, "source", "enable", REGION, "--json").stdout)["changed"] is True
    assert file.read_text(encoding="utf-8") == before
    assert set_enabled(here.path, REGION, True) == (file, False)
    built_in = next(s for s in load_catalog(here.path) if not s.enabled and s.source_id != REGION).source_id
    set_enabled(here.path, built_in, True)
    assert load_catalog(here.path).get(built_in).enabled
    windows = before.replace("\n", "\r\n").replace("enabled   = true   # since the spring\r\n", "")
    file.write_bytes(windows.encode())
    set_enabled(here.path, REGION, True)
    assert file.read_bytes().decode().replace("enabled = true\r\n\r\n", "", 1) == windows


def test_status_tells_what_is_known_fetched_and_missing_in_the_time_of_vietnam(stage: Make) -> None:
    here = stage()
    here.crawl(limit=4)
    (found,) = [s for s in status(here.home, load_catalog(here.path)) if s.source_id == REGION]
    assert (found.known, found.fetched, found.urls["excluded"]) == (15, 4, found.known - 4 - found.missing)
    text = bantin(here.path, "status")
    assert text.returncode == 0
    assert "listed URLs" in text.stdout
    assert "end of the list" in text.stdout
    assert found.last_crawl is not None
    ended = found.last_crawl.timestamp() + 7 * 3600
    assert time.strftime("%Y-%m-%d %H:%M", time.gmtime(ended)) in text.stdout
    (told,) = [s for s in json.loads(bantin(here.path, "status", "--json").stdout) if s["source_id"] == REGION]
    assert (told["urls"]["fetched"], told["last_outcome"]) == (4, "done")


# --- ended, and gone on


def test_a_second_crawl_of_a_source_waits_and_names_the_first(stage: Make) -> None:
    here = stage(delay_s=1.0)
    with started(here) as first:
        until(here.newsroom.log, "no request came")
        here.edit(REGION, ("delay_s = 1.0", "delay_s = 0.002"))
        with started(here) as second:
            assert second.stderr is not None
            told = second.stderr.readline()
            first.send_signal(signal.SIGINT)
            assert first.wait() == 130
            assert second.wait() == 0
    assert re.search(rf"waiting for crawl, run \S+, process \d+, since .*{REGION}", told)
    here.complete()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_crawl_ends_cleanly_and_the_next_one_goes_on(stage: Make, number: int) -> None:
    here = stage(delay_s=0.05)
    with started(here) as process:
        until(lambda: bulletins_asked(here) > 2, "no bulletin was asked for")
        process.send_signal(number)
        _, stderr = process.communicate()
        assert process.returncode == 130
        assert "interrupted" in stderr
        assert "Traceback" not in stderr
    assert list(here.home.raw.rglob("*.open")) == []
    outcome, fetched = here.row("select outcome, fetched from run")
    assert (outcome, fetched) == ("stopped: interrupted", len(here.fetched()))
    here.edit(REGION, ("delay_s = 0.05", "delay_s = 0.002"))
    (source,) = here.crawl().sources
    assert source.adopted == 0
    here.complete()


def test_when_its_parent_is_killed_the_crawling_process_ends_by_itself(stage: Make) -> None:
    here = stage(delay_s=0.05)
    with started(here) as process:
        until(lambda: bulletins_asked(here) > 2, "no bulletin was asked for")
        child = child_of(process.pid)
        process.kill()
        process.wait()
        until(lambda: not alive(child), "the crawling process goes on")
    here.edit(REGION, ("delay_s = 0.05", "delay_s = 0.002"))
    here.crawl()
    here.complete()


def test_when_the_crawling_process_is_killed_one_line_says_so_and_the_next_crawl_adopts(stage: Make) -> None:
    here = stage(delay_s=0.05)
    with started(here) as process:
        until(lambda: bulletins_asked(here) > 4, "no bulletin was asked for")
        os.kill(child_of(process.pid), signal.SIGKILL)
        _, stderr = process.communicate()
    assert process.returncode == 1
    lines = [line for line in stderr.splitlines() if line.startswith("bantin: ")]
    assert len(lines) == 1
    assert "was killed (signal 9)" in lines[0]
    here.edit(REGION, ("delay_s = 0.05", "delay_s = 0.002"))
    (source,) = here.crawl().sources
    assert source.outcome == "done"
    here.complete()
    outcome, fetched = here.row("select outcome, fetched from run order by started_at limit 1")
    assert outcome == "killed"
    assert fetched + source.adopted + source.fetched >= 12


def test_a_source_that_breaks_leaves_the_others_going_and_is_one_clear_line(stage: Make) -> None:
    here = stage(kinds=("military-region", "army-daily"))
    here.home.crawl.mkdir()
    (here.home.crawl / f"{REGION}.sqlite").write_bytes(b"no database" * 500)
    answer = bantin(here.path, "crawl")
    assert answer.returncode == 1
    assert re.search(f"^{DAILY}: .*; done$", answer.stdout, re.MULTILINE)
    (line,) = [line for line in answer.stderr.splitlines() if line.startswith("bantin: ")]
    assert "expected the frontier of a source" in line
    assert "Traceback" not in answer.stderr
    here.complete(DAILY)
    assert here.newsroom.log(REGION) == []


def test_a_damaged_database_of_paces_ends_the_crawl_instead_of_hanging(stage: Make) -> None:
    here = stage()
    here.home.crawl.mkdir()
    (here.home.crawl / "hosts.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(CrawlBroke, match=r"hosts\.sqlite"):
        here.crawl()
    assert here.newsroom.log() == []


def test_a_raw_folder_that_cannot_be_written_is_one_clear_line_and_the_run_says_so(stage: Make) -> None:
    here = stage()
    here.home.raw.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CrawlBroke, match="cannot be written"):
        here.crawl()
    assert here.row("select outcome, ended_at is not null from run") == ("failed: CannotWrite", 1)
    assert {state for state, _ in here.states().values()} <= {"waiting", "excluded"}

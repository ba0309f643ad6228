"""`bantin run` as a user runs it, and what becomes of a run whose process was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import dagster as dg
import pytest

from crawlers.locks import exclusive, wait_for_daily
from crawlers.newsroom import Faults, Newsroom
from dagster_project import launching
from dagster_project.launching import bury, daily_run
from dagster_project.life import is_alive, mark_of
from dagster_project.resources import COMMAND, PROCESS
from dagster_project.steps.crawling import CannotCrawl
from dagster_project.steps.home import utc_now
from tests.running import BANTIN, alive, bantin, environment, impatient
from tests.week import Wired, until

REGION, PAPER = "newsroom-military-region", "newsroom-army-daily"
STARTED = dg.DagsterRunStatus.STARTED

Make = Callable[..., Wired]


@pytest.fixture
def wired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Its port is of this process: several may run these tests side by side."""
    impatient(tmp_path, monkeypatch)
    with ExitStack() as stack:

        def make(
            bulletins: int = 12, kinds: tuple[str, ...] = ("military-region",), delay_s: float = 0.002,
            served: bool = True,
        ) -> Wired:  # fmt: skip
            port = 8900 + os.getpid() % 20_000
            newsroom = Newsroom(11, block="127.3.3", port=port, bulletins=bulletins, kinds=kinds)
            if served:
                stack.enter_context(newsroom.serve())
            here = Wired(tmp_path, newsroom, delay_s)
            for source_id in here.ids:  # so few bulletins are no doubt here
                here.edit(source_id, "min_per_month", "# min_per_month")
            return here

        yield make


@contextmanager
def started(here: Wired, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`bantin run` under way, its crawl too: it asked for a few bulletins."""
    process = subprocess.Popen(
        [BANTIN, "--home", str(here.path), "run", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background shell has it ignored
    )  # fmt: skip
    try:
        until(lambda: process.poll() is not None or len(here.newsroom.log()) > 12, "the crawl did not begin")
        assert process.poll() is None, process.communicate()
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def children(pid: int) -> list[int]:
    """Of all its threads."""
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text(encoding="ascii").split()]


def in_group(group: int) -> list[int]:
    """Processes of a group that still run, however far their parents are gone."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(file.parent.name))
    return found


def statuses(here: Wired) -> dict[str, dg.DagsterRunStatus]:
    with here.instance() as instance:
        return {record.dagster_run.run_id: record.dagster_run.status for record in instance.get_run_records()}


def add(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, mark: str | None) -> str:
    """A run that is only a row; its id."""
    tags = {COMMAND: "run"} | ({PROCESS: mark} if mark is not None else {})
    return instance.add_run(dg.DagsterRun("bulletins", str(uuid4()), status=status, tags=tags)).run_id


# --- killed


def test_a_killed_run_leaves_no_process_no_lock_and_no_run_that_seems_to_go_on(wired: Make) -> None:
    here = wired(bulletins=40, delay_s=0.1)
    with started(here) as process:
        (crawling,) = children(process.pid)
        process.kill()
        process.wait()
        until(lambda: not alive(crawling), "the crawling process goes on without its parent")
    assert in_group(process.pid) == []
    waited: list[str] = []
    wait_for_daily(here.home.crawl, waited.append)
    with exclusive(here.home.crawl / f"{REGION}.lock", "test", utc_now(), waited.append):
        assert waited == []
    with dg.DagsterInstance.from_config(str(here.path / "dagster")) as unlooked:
        assert [record.dagster_run.status for record in unlooked.get_run_records()] == [STARTED]
    with here.instance() as instance:
        (record,) = instance.get_run_records()
        said = [entry.message for entry in instance.all_logs(record.dagster_run.run_id)]
    assert record.dagster_run.status is dg.DagsterRunStatus.FAILURE
    assert any(f"its process {process.pid} is gone: killed" in line and "the next run goes on" in line for line in said)
    here.edit(REGION, "delay_s = 0.1", "delay_s = 0.002")
    before = len(here.newsroom.log())
    told = {gold.path for gold in here.newsroom.gold(REGION)}
    had = {request.path for request in here.newsroom.log() if request.status == 200} & told
    answer = bantin(here.path, "run")
    assert answer.returncode == 0, answer.stderr
    assert here.published(REGION) == here.told(REGION)
    again = [request.path for request in here.newsroom.log()[before:] if request.path in had]
    assert len(had) > 2 and len(again) <= 1, "at most the page that was under way is asked for again"


def test_a_run_whose_process_lives_or_that_just_began_is_let_be(wired: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    here = wired()
    me = mark_of(os.getpid())
    assert me is not None and is_alive(me)
    pid, _, rest = me.partition("@")
    with here.instance() as instance:
        living = [add(instance, status, me) for status in (STARTED, dg.DagsterRunStatus.STARTING)]
        unsigned = add(instance, STARTED, None)
        coming = add(instance, dg.DagsterRunStatus.NOT_STARTED, None)
        ended = add(instance, dg.DagsterRunStatus.SUCCESS, "999999999@1@0")
        assert bury(instance) == []
        another = add(instance, STARTED, f"{pid}@1{rest}")
        nobody = [add(instance, STARTED, mark) for mark in ("999999999@1@0", "", "rm -rf", "-1", "٤")]
        assert set(bury(instance)) == {another, *nobody}, "the number of a process is given to others after a while"
        monkeypatch.setattr(launching, "_UNSIGNED", timedelta(0))
        time.sleep(0.01)
        assert set(bury(instance)) == {unsigned, coming}
        said = [entry.message for entry in instance.all_logs(unsigned)]
        assert any("it never said in which process it runs" in line for line in said)
        assert bury(instance) == []
        kept = {run.run_id: run.status for run in instance.get_runs() if run.run_id in (*living, ended)}
    assert kept == {living[0]: STARTED, living[1]: dg.DagsterRunStatus.STARTING, ended: dg.DagsterRunStatus.SUCCESS}


def test_ctrl_c_ends_the_run_its_crawl_and_its_record(wired: Make) -> None:
    here = wired(bulletins=40, delay_s=0.1)
    with started(here) as process:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130, said
    assert "interrupted; what was committed is kept" in said
    assert "Traceback" not in said
    assert in_group(process.pid) == []
    assert set(statuses(here).values()) <= {dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED}
    assert list(here.home.raw.rglob("*.warc.gz")), "what was fetched until then is kept"


@pytest.mark.slow
def test_ctrl_c_ends_the_wait_for_a_network_that_is_down(wired: Make) -> None:
    here = wired(served=False)
    process = subprocess.Popen(
        [BANTIN, "--home", str(here.path), "run"], stderr=subprocess.PIPE, text=True, env=environment(),
        start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert process.stderr is not None
    said = next(line for line in process.stderr if "is the network down?" in line)
    assert "asked again in 300 s" in said
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    assert process.returncode == 130, rest
    assert in_group(process.pid) == []
    assert list(statuses(here).values()) == [dg.DagsterRunStatus.FAILURE]


# --- from the command line


def test_a_run_prints_its_facts_and_a_source_that_is_down_is_named_and_makes_it_3(wired: Make) -> None:
    here = wired(kinds=("military-region", "army-daily"))
    first = bantin(here.path, "run", "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["succeeded"] and told["published"] and told["holes"] == []
    assert told["sources"].keys() == {REGION, PAPER}
    assert told["sources"][REGION]["requests"] == len(here.newsroom.log(REGION))
    assert told["new"] == len(here.told(REGION)) + len(here.told(PAPER))
    here.newsroom.advance(3)
    here.newsroom.faults[PAPER] = Faults(robots=500)
    second = bantin(here.path, "run")
    assert second.returncode == 3
    assert f"{REGION}: " in second.stdout and f"run {next(iter(statuses(here)))} in Dagster" in second.stdout
    assert f"bantin: {PAPER}: http" in second.stderr and "500" in second.stderr
    assert set(statuses(here).values()) == {dg.DagsterRunStatus.SUCCESS}


def test_where_every_source_is_down_it_is_1_and_says_what_is_left(wired: Make) -> None:
    here = wired()
    here.newsroom.faults[REGION] = Faults(robots=500)
    answer = bantin(here.path, "run")
    assert answer.returncode == 1
    assert "no source came through" in answer.stderr and "robots.txt" in answer.stderr and REGION in answer.stderr
    assert "the last snapshot keeps answering" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(statuses(here).values()) == [dg.DagsterRunStatus.FAILURE]


def test_what_cannot_be_run_is_refused_by_name_before_anything_is_asked_or_recorded(wired: Make) -> None:
    here = wired(kinds=("military-region", "army-daily"))
    here.edit(PAPER, "enabled   = true", "enabled   = false")
    for arguments, words in (
        (["newsroom-military-regoin"], f"did you mean '{REGION}'?"),
        ([REGION, PAPER], f"source '{PAPER}' is disabled; nothing was fetched"),
    ):
        answer = bantin(here.path, "run", *arguments)
        assert (answer.returncode, answer.stdout) == (1, ""), answer.stderr
        assert words in answer.stderr and "Traceback" not in answer.stderr
    with pytest.raises(CannotCrawl, match=r"expected a \[\[discover\]\] table"):
        daily_run(here.home, ["local"], utc_now)
    here.file(REGION).unlink()
    with pytest.raises(CannotCrawl, match="no source is enabled"):
        daily_run(here.home, [], utc_now)
    assert here.newsroom.log() == []
    assert not (here.path / "dagster").exists()

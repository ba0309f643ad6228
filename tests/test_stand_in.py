"""What stands in for a crawling process in most tests ends, is ended and speaks as the process itself would."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers import crawl_job, looking
from tests import running
from tests.stand_in import COLD
from tests.week import until


def forked() -> set[int]:
    """Processes that were forked for this test process and still run."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if running._name().encode() in (folder / "cmdline").read_bytes() and running.alive(int(folder.name)):
                stat = (folder / "stat").read_text(encoding="utf-8")
                parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
        except OSError:
            continue
    return {pid for pid, parent in parents.items() if parent in parents}


def started(program: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_tests_start_crawling_processes_by_what_stands_in_for_them() -> None:
    assert "stand_in.py" in " ".join(crawl_job.PROGRAM) and crawl_job.PROGRAM[-1] == "crawlers.run"
    assert "stand_in.py" in " ".join(looking.PROGRAM) and looking.PROGRAM[-1] == "crawlers.look"


def test_what_it_says_and_its_exit_status_come_through() -> None:
    said, _ = (child := started(crawl_job.PROGRAM)).communicate("no job\n", timeout=60)
    assert child.returncode == 1 and '"event": "failed"' in said
    assert forked() == set()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_whoever_is_ended_the_other_ends_too(number: signal.Signals) -> None:
    with started(looking.PROGRAM) as child:  # it waits for its job
        until(forked, "nothing was forked")
        child.send_signal(number)
        assert child.wait(60) == -number
    until(lambda: not forked(), "the process lives on without the one that stood in for it")


def test_a_forked_process_that_is_killed_is_seen_to_be_killed() -> None:
    with started(looking.PROGRAM) as child:
        until(forked, "nothing was forked")
        (pid,) = forked()
        subprocess.run(["kill", "-9", str(pid)], check=True)
        assert child.wait(60) == -signal.SIGKILL


def test_a_process_that_is_to_import_everything_itself_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COLD, "1")
    with started(looking.PROGRAM) as child:
        line = Path(f"/proc/{child.pid}/cmdline")
        until(lambda: b"-m\0crawlers.look" in line.read_bytes(), "it did not become the process itself")
        assert line.read_bytes().startswith(sys.executable.encode()) and forked() == set()
        child.kill()

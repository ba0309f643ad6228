"""Reading in processes of its own gives what reading in this one gives; little is read in this one."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from dagster_project.steps import reading
from dagster_project.steps.home import open_home
from tests.running import alive, bantin, environment, write_text


@pytest.mark.parametrize("pool_pays", [0, 10**9], ids=["a pool", "this process"])
def test_segments_are_read_alike_here_and_in_a_pool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool_pays: int
) -> None:
    for number in range(2):
        file = write_text(tmp_path / str(number), f"{number}.txt", f"Đơn vị số {number} hoàn thành kế hoạch tháng")
        assert bantin(tmp_path / "h", "ingest", str(file)).returncode == 0
    home = open_home(tmp_path / "h")[0]
    before = {path: path.read_bytes() for path in home.bulletins.rglob("*.parquet")}
    for path in before:
        path.unlink()
    monkeypatch.setattr(reading, "POOL_PAYS", pool_pays)
    pools: list[int] = []
    monkeypatch.setattr(reading, "ProcessPoolExecutor", _counted(pools))
    done = reading.read_new(home, load_catalog(home.path), jobs=2)
    assert (done.segments, done.tally.kinds) == (2, {"bulletin": 2})
    assert {path: path.read_bytes() for path in home.bulletins.rglob("*.parquet")} == before
    assert len(pools) == (pool_pays == 0)


_READS = """
import os, time
from dagster_project.steps.reading import readers
pool = readers(2)
pool.submit(os.getpid).result()
print(*pool._processes, flush=True)
time.sleep(600)
"""


def test_readers_of_a_killed_command_end_by_themselves() -> None:
    """Each holds an end of the queue the others read from: the death of their parent closes nothing."""
    command = [sys.executable, "-c", _READS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert pids and all(map(alive, pids))
        process.kill()
    until = time.monotonic() + 60
    while any(map(alive, pids)):
        assert time.monotonic() < until, "a reader goes on"
        time.sleep(0.1)


def _counted(pools: list[int]) -> type[reading.ProcessPoolExecutor]:
    class Counted(reading.ProcessPoolExecutor):
        def __init__(self, jobs: int, *more: object, **named: object) -> None:
            pools.append(jobs)
            super().__init__(jobs, *more, **named)  # type: ignore[call-overload]

    return Counted

"""Reading in processes of its own gives what reading in this one gives; little is read in this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from dagster_project.steps import reading
from dagster_project.steps.home import open_home
from tests.running import bantin, write_text


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


def _counted(pools: list[int]) -> type[reading.ProcessPoolExecutor]:
    class Counted(reading.ProcessPoolExecutor):
        def __init__(self, jobs: int, **more: object) -> None:
            pools.append(jobs)
            super().__init__(jobs, **more)  # type: ignore[call-overload]

    return Counted

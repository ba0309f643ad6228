"""The web UI in a browser: `.ci/run` installs Debian's Chromium; elsewhere skipped by name."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crawlers.newsroom import Newsroom
from tests.browsing import CHROMIUM, dev, page
from tests.running import bantin


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine; .ci/run installs Debian's package")
def test_the_asset_graph_and_a_run_are_shown_and_an_interrupt_leaves_no_process(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    block = f"127.{170 + os.getpid() % 80}.{os.getpid() // 80 % 250}"
    room = Newsroom(3, block=block, port=8500 + os.getpid() % 20_000, kinds=("hospital",), bulletins=6)
    room.write_sources(home / "sources", 0.002)
    with room.serve():
        ran = json.loads(bantin(home, "run", "--json").stdout)
    with dev(home) as ui:
        graph, picture = page(f"{ui.url}/asset-groups", tmp_path, "graph")
        assert "capture" in graph and "warehouse" in graph
        assert picture.stat().st_size > 20_000
        run, picture = page(f"{ui.url}/runs/{ran['run_id']}", tmp_path, "run")
        assert "Success" in run and "tables" in run
        assert picture.stat().st_size > 20_000
    assert ui.left == ()

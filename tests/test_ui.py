"""The web UI in a browser: `.ci/run` installs Debian's Chromium; elsewhere skipped by name."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from crawlers.newsroom import Newsroom
from tests.browsing import CHROMIUM, dev, page
from tests.running import bantin, rows

_LAUNCH = """
mutation launch($month: String!) { launchRun(executionParams: {
  selector: {repositoryName: "__repository__", repositoryLocationName: "dagster_project.definitions", jobName: "bulletins",
    assetSelection: [{path: ["capture", "newsroom-hospital"]}, {path: ["read_results"]}, {path: ["tables"]}, {path: ["snapshot"]}]},
  executionMetadata: {tags: [{key: "dagster/partition", value: $month}, {key: "bantin/command", value: "run"}]}
}) { __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }
"""
_STATUS = "query status($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"


def _ask(url: str, query: str, **variables: str) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{url}/graphql", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    assert "data" in found, found
    return dict(found["data"])


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine; .ci/run installs Debian's package")
def test_the_daemon_runs_what_the_ui_starts_a_browser_shows_it_and_an_interrupt_leaves_no_process(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    block = f"127.{170 + os.getpid() % 80}.{os.getpid() // 80 % 250}"
    room = Newsroom(3, block=block, port=8500 + os.getpid() % 20_000, kinds=("hospital",), bulletins=6)
    room.write_sources(home / "sources", 0.002)
    with room.serve(), dev(home) as ui:
        launched = _ask(ui.url, _LAUNCH, month=f"{room.day:%Y-%m}")["launchRun"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        run_id, deadline = launched["run"]["runId"], time.monotonic() + 120
        status = ""
        while status not in ("SUCCESS", "FAILURE", "CANCELED") and time.monotonic() < deadline:
            time.sleep(0.5)
            status = _ask(ui.url, _STATUS, id=run_id)["runOrError"]["status"]
        assert status == "SUCCESS"
        assert rows(home, "select count(*) as n from bulletin") == [{"n": 6}]
        graph, picture = page(f"{ui.url}/asset-groups", tmp_path, "graph")
        assert "capture" in graph and "warehouse" in graph
        assert picture.stat().st_size > 20_000
        run, picture = page(f"{ui.url}/runs/{run_id}", tmp_path, "run")
        assert "Success" in run and "tables" in run
        assert picture.stat().st_size > 20_000
        taken = bantin(home, "dev", "--port", ui.url.rpartition(":")[2])
        assert taken.returncode == 1 and "expected a free port" in taken.stderr
    assert ui.left == ()

"""Acceptance of step 3: scheduled, backfilled, watched."""

from __future__ import annotations

import json

from tests.accept.bench_of_claims import BY_EYE, Clone, Result, held, last_json, python, ready, tests_of

UI = """
import json, sys, urllib.request
from pathlib import Path
from tests.browsing import CHROMIUM, dev, page
home = Path(sys.argv[1]); home.mkdir(parents=True)
QUERY = '''{ repositoriesOrError { ... on RepositoryConnection { nodes { schedules { name scheduleState { status } } sensors { name }
  assetNodes { assetKey { path } isPartitioned assetChecksOrError { ... on AssetChecks { checks { name } } } } } } } }'''
with dev(home) as ui:
    ask = urllib.request.Request(ui.url + "/graphql", json.dumps({"query": QUERY}).encode(), {"content-type": "application/json"})
    for _ in range(30):
        nodes = json.load(urllib.request.urlopen(ask))["data"]["repositoriesOrError"].get("nodes")
        if nodes: break
        import time; time.sleep(1)
    node = nodes[0]
    shown = page(ui.url + "/asset-groups", Path(sys.argv[2]), "graph")[0] if CHROMIUM else None
print(json.dumps({"schedules": [(s["name"], s["scheduleState"]["status"]) for s in node["schedules"]],
  "assets": ["/".join(a["assetKey"]["path"]) for a in node["assetNodes"]],
  "partitioned": sum(a["isPartitioned"] for a in node["assetNodes"]),
  "checks": sum(len((a["assetChecksOrError"] or {}).get("checks", [])) for a in node["assetNodes"]),
  "graph": None if shown is None else "capture" in shown and "warehouse" in shown,
  "up_s": round(ui.up_in_s, 1), "ended_s": round(ui.ended_in_s, 1), "left": len(ui.left)}))
"""


def ui(clone: Clone) -> Result:
    """`dagster definitions validate` passes; `bantin dev` on a fresh home shows assets, partitions, schedules, checks; headless Chromium opens the asset graph and a run page; SIGINT ends it within 10 s and leaves no process"""
    clone.run("make", ".venv/dev.stamp")
    valid = clone.run(str(clone.path / ".venv/bin/dagster"), "definitions", "validate")
    found = last_json(clone, "-c", UI, str(clone.home("ui")), str(clone.folder))
    test = tests_of(clone, "tests/test_ui.py")
    fine = (
        valid.returncode == 0
        and len(found["schedules"]) == 4
        and found["partitioned"] >= 1
        and found["checks"] >= 7
        and found["graph"] is not False
        and found["ended_s"] < 10
        and not found["left"]
    )
    return held(fine and test[0] == "held", f"validate exit {valid.returncode}; {json.dumps(found)}; {test[1]}")


def week(clone: Clone) -> Result:
    """Schedules ticked over a simulated week: each newsroom day's bulletins are in the snapshot; the instance has the runs; two sources broken on purpose fail alone"""
    return tests_of(clone, "tests/test_schedules.py")


PLAN = """
import json, subprocess, sys
from pathlib import Path
from crawlers.newsroom import Newsroom
home, bantin = Path(sys.argv[1]), sys.argv[2]
(home / "sources").mkdir(parents=True)
room = Newsroom(4711, block="127.0.73", port=8483, bulletins=1000)
room.write_sources(home / "sources", 0.001)
def ask(*arguments):
    done = subprocess.run([bantin, "--home", str(home), "backfill", *arguments, "--json"], capture_output=True, text=True)
    assert done.stdout, done.stderr[-800:]
    return json.loads(done.stdout)
with room.serve():
    plan = ask("plan")
    before = len(room.log())
    run = ask("run")
    sent = len(room.log()) - before
total = plan["total"]
width = {n: (total[n]["high"] - total[n]["low"]) / (total[n]["high"] + total[n]["low"]) for n in ("requests", "bytes")}
print(json.dumps({"planned": {n: total[n] for n in ("pages", "requests", "bytes")}, "width": width,
  "took": {"requests": run["requests"], "bytes": run["bytes"], "in the site's log": sent}, "holes": run["holes"][:3]}))
"""


def plan(clone: Clone) -> Result:
    """`backfill plan` for 3,000 bulletins: what `run` then takes in requests and bytes lies within the printed range, the range no wider than ± 25 %"""
    found = last_json(clone, "-c", PLAN, str(clone.home("plan")), clone.bin)
    inside = all(
        found["planned"][name]["low"] <= found["took"][name] <= found["planned"][name]["high"]
        for name in ("requests", "bytes")
    )
    fine = (
        inside
        and max(found["width"].values()) <= 0.25
        and found["took"]["requests"] == found["took"]["in the site's log"]
    )
    return held(fine, json.dumps(found))


def backfill(clone: Clone) -> Result:
    """24 months × 3 sources with three SIGKILLs of the launcher and one of a child: complete, nothing doubled, no hole, no run left STARTED; a second `run` fetches nothing"""
    found = last_json(clone, "-m", "tests.backfills", "24", "360", timeout=3000)
    said = found.pop("said")
    return held(
        found["is_right"] and found["months"] >= 24, json.dumps(found) + ("" if found["is_right"] else said[-400:])
    )


def quiet(clone: Clone) -> Result:
    """A quiet day over 40 enabled sources: one conditional request per discovery path and robots.txt, one child process, CPU printed (aim: < 10 s)"""
    code, out, errors = python(clone, "-m", "tests.quiet", "40")
    return held(code == 0, (out.strip() or errors.strip())[-900:])


def batch(clone: Clone) -> Result:
    """A batch that would drop half of a source's bulletins is held, shown, and released or dropped by command; a rebuild replays the decision"""
    return tests_of(clone, "tests/test_hold.py")


def docs(clone: Clone) -> Result:
    """Docs: an operator's page from clone to a scheduled daily run in ten minutes, followed literally by you once"""
    page = (clone.path / "docs" / "operating.md").read_text("utf-8")
    return (
        BY_EYE,
        f"docs/operating.md, {len(page.splitlines())} lines; who followed it and when stands in the closing note",
    )


CLAIMS = (ready, ui, week, plan, backfill, quiet, batch, docs)

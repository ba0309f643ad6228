"""A backfill whose launcher and crawling process are killed: `python -m tests.backfills [MONTHS] [BULLETINS]`.

Three publishers with a long history on loopback, `bantin backfill run` from the command line. SIGKILL hits the launcher
three times and the crawling process once, at random moments; then it runs undisturbed. In the end all is in hand once,
no run is left STARTED, and a further run asks nobody for anything.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.newsroom import Newsroom
from crawlers.segment import VIETNAM
from tests.kills import _children
from tests.running import BANTIN, bantin, environment, rows

SITES = ("military-region", "military-region", "military-region")
MONTH_D = 30.5


@dataclass
class Backfilled:
    """What came of it. twice: bulletin pages that were sent whole more than once; again: requests of a further run."""

    months: int
    listed: int
    loaded: int
    missing: int
    duplicates: int
    twice: int
    in_flight: int
    launcher_kills: int
    child_kills: int
    again: int
    exit: int
    report_exit: int
    runs: dict[str, int]
    seconds: float
    said: str = ""

    @property
    def is_right(self) -> bool:
        return (
            self.loaded == self.listed
            and not self.missing
            and not self.duplicates
            and self.twice <= self.in_flight
            and not self.again
            and self.exit == self.report_exit == 0
            and set(self.runs) <= {"SUCCESS", "FAILURE", "CANCELED"}
        )


def newsroom_of(months: int, bulletins: int, block: str, seed: int = 11) -> Newsroom:
    """So many bulletins a site over so many months, ending today."""
    today = datetime.now(VIETNAM).date()
    return Newsroom(
        seed, block=block, port=8500 + os.getpid() % 20_000, start=today, kinds=SITES, bulletins=bulletins,
        per_day=bulletins / (months * MONTH_D),
    )  # fmt: skip


def write_sources(room: Newsroom, home: Path, delay_s: float) -> None:
    """Enabled; without an expected minimum a month, which this history is too thin for."""
    (home / "sources").mkdir(parents=True)
    room.write_sources(home / "sources", delay_s)
    for file in (home / "sources").glob("*.toml"):
        lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("min_per_month")]
        file.write_text("\n".join(lines) + "\n", "utf-8")


def run(
    folder: Path, months: int, bulletins: int, block: str, launcher_kills: int = 3, child_kills: int = 1
) -> Backfilled:
    """The whole proof in `folder`."""
    home, chance, started = folder / "home", random.Random(5), time.monotonic()
    room = newsroom_of(months, bulletins, block)
    write_sources(room, home, 0.002)
    first = min(gold.posted_on for site in room.sites for gold in room.gold(site.site_id)).strftime("%Y-%m")
    command = ("backfill", "run", "--from", first)
    with room.serve():
        for _ in range(launcher_kills):
            with _launched(home, command) as launcher:
                _wait_for_crawl(launcher)
                time.sleep(chance.uniform(0.3, 4.0))
                launcher.send_signal(signal.SIGKILL)
        killed = 0
        with _launched(home, command) as launcher:
            for _ in range(child_kills):
                child = _wait_for_crawl(launcher)
                time.sleep(chance.uniform(0.2, 1.0))
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    killed += 1
            said = (launcher.communicate(timeout=1500)[1] or "")[-1500:]
        sent = Counter((r.site_id, r.path) for r in room.log() if r.method == "GET" and r.status == 200)
        before = len(room.log())
        again = bantin(home, *command)
        asked = len(room.log()) - before
    listed = {url for site in room.sites for url in room.listed(site.site_id)}
    paths = {"/" + url.split("/", 3)[3] for url in listed}
    report = bantin(home, "backfill", "report", "--from", first)
    loaded = rows(home, "select count(*) as n, count(distinct url) as urls from bulletin")[0]
    coverage = rows(home, "select count(distinct month) as months, sum(missing) as missing from coverage")[0]
    return Backfilled(
        months=coverage["months"], listed=len(listed), loaded=loaded["n"], missing=int(coverage["missing"]),
        duplicates=loaded["n"] - loaded["urls"], twice=sum(n - 1 for (_, path), n in sent.items() if path in paths),
        in_flight=(launcher_kills + child_kills) * len(SITES), launcher_kills=launcher_kills, child_kills=killed,
        again=asked, exit=launcher.returncode or again.returncode, report_exit=report.returncode, runs=statuses(home),
        seconds=time.monotonic() - started, said=said,
    )  # fmt: skip


@contextmanager
def _launched(home: Path, command: tuple[str, ...]) -> Iterator[subprocess.Popen[str]]:
    launcher = subprocess.Popen(
        [BANTIN, "--home", str(home), *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment()
    )  # fmt: skip
    try:
        yield launcher
    finally:
        launcher.kill()
        launcher.wait()
        if launcher.stderr is not None:
            launcher.stderr.close()


def _wait_for_crawl(launcher: subprocess.Popen[str]) -> int:
    """Process id of the crawling process, as soon as there is one."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and launcher.poll() is None:
        for child in _children(launcher.pid):
            with suppress(OSError):
                if b"crawlers.run" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return child
        time.sleep(0.05)
    raise AssertionError(f"no crawl began; the launcher's exit status: {launcher.poll()}")


def statuses(home: Path) -> dict[str, int]:
    """Status of the runs in the home's Dagster instance → how many. Opens it as a command does."""
    code = (
        "import json, sys; from pathlib import Path; from collections import Counter;"
        "from dagster_project.launching import instance_of; from dagster_project.steps.home import Home\n"
        "with instance_of(Home(Path(sys.argv[1]))) as i:"
        " print(json.dumps(Counter(r.status.value for r in i.get_runs())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, env=environment(), check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: int(count) for name, count in found.items()}


def main() -> int:
    months, bulletins = (int(a) for a in (sys.argv[1:3] or ("24", "360")))
    with tempfile.TemporaryDirectory(prefix="bantin-backfill-") as folder:
        found = run(Path(folder), months, bulletins, "127.0.62")
    print(json.dumps({**asdict(found), "is_right": found.is_right}))
    return int(not found.is_right)


if __name__ == "__main__":
    raise SystemExit(main())

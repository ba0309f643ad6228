"""What the crawling process is told and what it tells: one line of JSON in, one line of JSON an event out.

A crawl is a process of its own because Twisted's reactor starts once a process; a kill of it leaves its caller whole.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import regex

from crawlers.errors import CrawlersError

PROGRAM = (sys.executable, "-P", "-m", "crawlers.run")
"""The crawling process. -P: no modules of the folder somebody happens to be in."""
END_S = 90.0
"""How long a crawling process may take to end once it was asked to: requests under way are waited for."""


FRESH = timedelta(hours=20)
"""A list walked to its end so lately is not stale."""
MAX_IN_A_ROW = 10
"""URLs without an answer, refused, or answered with one and the same page, after which a source's crawl ends."""

Only = Literal["due", "missing"]
Tell = Callable[[dict[str, Any]], None]
Walks = Literal["always", "stale", "never"]
_MONTH = regex.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


class CrawlEnded(CrawlersError):
    """The crawling process was killed, or a source of it broke. What was archived is kept, the next crawl goes on.

    ends  last events of the sources that came to an end, also to a bad one
    """

    def __init__(self, message: str, ends: dict[str, dict[str, Any]]) -> None:
        super().__init__(message)
        self.ends = ends


@dataclass(frozen=True)
class CrawlJob:
    """home: absolute path. ahead_s: how far the clock of the caller is ahead of the real one (simulated days).

    The others are those of crawlers.visiting.Plan.
    raises  ValueError: a month or a word that is none; nothing was fetched
    """

    home: str
    source_ids: tuple[str, ...]
    run_id: str
    command: str
    contact: str | None = None
    since: str = "0001-01-01"
    until: str = "9999-12-31"
    limit: int | None = None
    at_a_time: int = 8
    ahead_s: float = 0.0
    month_from: str = "0001-01"
    month_until: str = "9999-12"
    only: Only = "due"
    walk: Walks = "always"
    spread: bool = False

    def __post_init__(self) -> None:
        months = (self.month_from, self.month_until)
        if not all(map(_MONTH.fullmatch, months)) or months[0] > months[1]:
            raise ValueError(f"expected months as 2026-01, the first not after the last, found {' to '.join(months)}")
        if self.only not in ("due", "missing") or self.walk not in ("always", "stale", "never"):
            raise ValueError(
                f"expected only = due or missing, walk = always, stale or never, found {self.only!r}, {self.walk!r}"
            )

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"

    @classmethod
    def of(cls, line: str) -> CrawlJob:
        """Raises ValueError, TypeError: no such line."""
        return cls.from_dict(json.loads(line))

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> CrawlJob:
        """Of dataclasses.asdict, also after a way through JSON. Raises ValueError, TypeError, KeyError: no job."""
        return cls(**{**values, "source_ids": tuple(values["source_ids"])})


def run_job(job: CrawlJob, on_event: Tell) -> dict[str, dict[str, Any]]:
    """Crawl in a child process until it ends; returns its last event of each source, by id.

    The child ends by itself when this process dies: it reads our end of a pipe. Ctrl-C asks it to end and waits for it.
    SIGTERM does the same.
    raises  CrawlEnded; KeyboardInterrupt after the child has ended
    """
    child = subprocess.Popen(  # noqa: S603 -- our own
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C reaches us, and we tell the child: once, and in order
    )
    assert child.stdin is not None and child.stdout is not None
    ends: dict[str, dict[str, Any]] = {}
    failures: list[str] = []
    before = _terminated_is_interrupted()
    try:
        child.stdin.write(job.line())
        child.stdin.flush()
        for line in child.stdout:
            event = _event(line)
            if event.get("event") == "end":
                ends[event["source_id"]] = event
            elif event.get("event") == "failed":
                failures.append(str(event.get("problem")))
            on_event(event)
        child.wait()
    except BrokenPipeError:
        child.wait()
    except BaseException:
        ask_to_end(child)
        raise
    finally:
        with suppress(BrokenPipeError):
            child.stdin.close()
        child.stdout.close()
        if before is not None:
            signal.signal(signal.SIGTERM, before)
    if failures:
        raise CrawlEnded("; ".join(failures), ends)
    missing = [source_id for source_id in job.source_ids if source_id not in ends]
    if child.returncode or missing:
        how = _how(child.returncode)
        raise CrawlEnded(
            f"the crawling process {how}; what it fetched until then is kept; cure: run the same command again, it "
            f"goes on where this one ended ({', '.join(missing) or 'all sources'})",
            ends,
        )
    return ends


def ask_to_end(child: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Ask a crawling process to end, and wait. Killed where it takes too long or whoever waits is interrupted again."""
    child.send_signal(signal.SIGTERM)
    try:
        child.communicate(timeout=END_S)
    except BaseException:  # asked twice, by whatever kind of interrupt: the caller raises its own
        child.kill()
        child.wait()


def _terminated_is_interrupted() -> Any:
    """SIGTERM of this process ends the crawl as Ctrl-C does; returns what it did before, None: not ours to set."""
    if threading.current_thread() is not threading.main_thread():
        return None

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    return signal.SIG_DFL if before is None else before


def _event(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {"event": "said", "text": line.strip()}
    return value if isinstance(value, dict) else {"event": "said", "text": line.strip()}


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed (signal {-code})"
    return f"ended too early (exit status {code})"


def crawl_folders(home: Path) -> tuple[Path, Path]:
    """(raw, crawl) of a home."""
    return home / "raw", home / "crawl"


def allowed_hosts(sources: Sequence[Any]) -> set[str]:
    """Names whose addresses may be private, for addresses.GuardedResolver."""
    return {host.lower() for source in sources if source.fetch.allow_private for host in source.hosts}

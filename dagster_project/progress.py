"""Progress on stderr: a bar on a terminal, a plain line now and then elsewhere, nothing with --json."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dagster_project.display import visible
from dagster_project.steps.home import Progress


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """A `Progress` that lives for one command."""
    if quiet:
        yield lambda what, done, total: None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _Lines()


class _Lines:
    """At most one line in five seconds for each thing done, and one at its end."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done == total or now - self._last.setdefault(what, now) >= 5:
            self._last[what] = now
            print(f"{visible(what)}: {done}" + (f" of {total}" if total is not None else ""), file=sys.stderr)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def report(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(escape(visible(what)), total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report

"""Who does the work of normalization during a load: this process, or several where the load is large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from dagster_project.steps.reading import reading_pool
from warehouse.normalizing import BATCH, Group, Mapper, Rows


@contextmanager
def normalizing(jobs: int) -> Iterator[Mapper]:
    """Runs normalization: here, or from the first full batch on in `jobs` processes, gone when the block ends.

    raises  ReadingFailed: one of them died
    """
    with ExitStack() as stack:
        runners: list[Mapper] = []

        def mapper(function: Callable[[Group], list[Rows]], groups: Iterable[Group]) -> Iterable[list[Rows]]:
            todo = list(groups)
            if jobs < 2 or sum(map(len, todo)) < BATCH:
                return map(function, todo)
            if not runners:
                # Not forked from here: this process has the warehouse open.
                pool = stack.enter_context(reading_pool(jobs, "no table was changed", fresh=True))
                runners.append(pool.map)
            return runners[0](function, todo)

        yield mapper

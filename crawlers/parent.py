"""A process that ends with the one that started it, however that ended: SIGKILL tells nobody."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

_POLL_S = 1.0


def watch_parent(parent: int, gone: Callable[[], None]) -> None:
    """Returns when `parent` is our parent no more, after it has called `gone`. For a thread of its own."""
    while os.getppid() == parent:  # whose parent dies gets another one
        time.sleep(_POLL_S)
    gone()

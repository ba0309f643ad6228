"""One page read, whatever the reader stumbles over: it is a page with a reason, and the others go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.page import Page
from pipelines.read import read, read_with_places
from pipelines.records import Capture, Layout, LearnedLine, Reading

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def read_safely(
    capture: Capture, family: str | None, layouts: Sequence[Layout], learned: Sequence[LearnedLine] = ()
) -> Reading:
    """As pipelines.read.read; a fault of the reader is kept as kind `other` with the reason."""
    try:
        return read(capture, family=family, layouts=layouts, learned=learned)
    except MemoryError:
        raise
    except Exception as error:
        said = _ADDRESS.sub("", f"{type(error).__name__}: {error}")[:300]  # an address would differ in every rebuild
        return Reading("other", f"unreadable: reader error: {said}", failure=f"reader error: {said}")


def places_safely(capture: Capture, family: str | None, layouts: Sequence[Layout]) -> tuple[Reading, Page] | None:
    """As pipelines.read.read_with_places; None where there is nothing to learn: no bulletin, no page, or a stumble."""
    try:
        reading, page = read_with_places(capture, family=family, layouts=layouts)
    except MemoryError:
        raise
    except Exception:
        return None
    return (reading, page) if page is not None else None

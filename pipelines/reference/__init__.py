"""Facts about Vietnamese official texts: tab-separated tables, one header line, no quoting, empty = not applicable."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of reference/<name>.tsv as dictionaries, in file order."""
    text = (files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines() if line)
    return tuple(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in rows)

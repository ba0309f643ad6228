"""SQL kept in files: migrations/ (numbered, run once), views/ (macros, replaced when changed), queries/."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def query(name: str) -> str:
    """Text of queries/<name>.sql."""
    return (files("warehouse") / "queries" / f"{name}.sql").read_text("utf-8")


@cache
def migrations() -> tuple[tuple[int, str, str], ...]:
    """(number, file name, text) of every migration, in order. raises ValueError: numbers with a gap or twice."""
    found = tuple((int(name[:4]), name, text) for name, text in _texts("migrations"))
    if [number for number, _, _ in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are numbered 0001, 0002 …, found {[name for _, name, _ in found]}")
    return found


@cache
def views() -> str:
    """All of views/: functions of a value first, the tables that use them after."""
    texts = [text for _, text in _texts("views")]
    return "\n".join(sorted(texts, key=lambda text: " as table" in text))


def _texts(folder: str) -> list[tuple[str, str]]:
    entries = (files("warehouse") / folder).iterdir()
    return sorted((entry.name, entry.read_text("utf-8")) for entry in entries if entry.name.endswith(".sql"))


def literal(value: Path | str) -> str:
    """A path of ours as an SQL string, for the statements that take no parameter (ATTACH, COPY TO)."""
    return "'" + str(value).replace("'", "''") + "'"

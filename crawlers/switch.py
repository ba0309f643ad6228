"""Switching a source on or off: the one line `enabled = …` of its file in the home, all else left as it is."""

from __future__ import annotations

import os
from pathlib import Path

import regex

from crawlers.catalog import load_catalog
from crawlers.errors import CannotWrite

_LINE = regex.compile(r"^[ \t]*enabled[ \t]*=.*$", regex.MULTILINE)
_TABLE = regex.compile(r"^[ \t]*\[", regex.MULTILINE)


def set_enabled(home: Path, source_id: str, enabled: bool) -> tuple[Path, bool]:
    """(the home's file of the source, whether it was changed). A built-in source gets a file that overlays that key.

    raises  UnknownSource, SourceFileError; CannotWrite, nothing was changed then
    """
    source = load_catalog(home).get(source_id)
    file = home / "sources" / f"{source_id}.toml"
    if source.enabled == enabled:
        return file, False
    line = f"enabled = {str(enabled).lower()}"
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else f"# overlays the built-in file of {source_id}\n"
        first_table = _TABLE.search(before)
        end = first_table.start() if first_table else len(before)
        top, rest = before[:end], before[end:]
        top = (
            _LINE.sub(line, top, count=1) if _LINE.search(top) else f"{top.rstrip()}\n{line}\n{chr(10) if rest else ''}"
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        beside.write_text(top + rest, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise CannotWrite(file, error) from error
    load_catalog(home).get(source_id)
    return file, True

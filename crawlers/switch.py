"""Switching a source on or off: the one value of `enabled = …` in its file in the home, all else left as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import regex

from crawlers.catalog import load_catalog
from crawlers.errors import CannotWrite, SourceFileError
from crawlers.whole_file import write_whole

_VALUE = regex.compile(r"^([ \t]*enabled[ \t]*=[ \t]*)(?:true|false)\b", regex.MULTILINE)
_TABLE = regex.compile(r"^[ \t]*\[", regex.MULTILINE)


def set_enabled(home: Path, source_id: str, enabled: bool) -> tuple[Path, bool]:
    """(the home's file of the source, whether it was changed). A built-in source gets a file that overlays that key.

    raises  UnknownSource, SourceFileError; CannotWrite, nothing was changed then
    """
    source = load_catalog(home).get(source_id)
    file = home / "sources" / f"{source_id}.toml"
    if source.enabled == enabled:
        return file, False
    try:
        before = file.read_bytes().decode() if file.exists() else f"# overlays the built-in file of {source_id}\n"
        after = _switched(before, str(enabled).lower())
        if tomllib.loads(after) != {
            **tomllib.loads(before),
            "enabled": enabled,
        }:  # a `[` in a text of several lines, say
            word = "true" if enabled else "false"
            raise SourceFileError(
                source_id, file, "enabled", f"cannot be set without a doubt; write `enabled = {word}`"
            )
        write_whole(file, after.encode())
    except OSError as error:
        raise CannotWrite(file, error) from error
    return file, True


def _switched(text: str, value: str) -> str:
    """The text with the key set, above its first table; line ends and comments as they are."""
    first_table = _TABLE.search(text)
    end = first_table.start() if first_table else len(text)
    top, rest = text[:end], text[end:]
    if _VALUE.search(top):
        return _VALUE.sub(rf"\g<1>{value}", top, count=1) + rest
    line_end = "\r\n" if "\r\n" in text else "\n"
    top = f"{top.rstrip()}{line_end}" if top.strip() else ""
    return f"{top}enabled = {value}{line_end}{line_end if rest else ''}{rest}"

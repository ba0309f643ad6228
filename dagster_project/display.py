"""What a person or a script sees: tables, CSV, JSON. Text of pages is hostile; a terminal gets it escaped.

Files and pipes get values exactly (CSV by RFC 4180, JSON by RFC 8259); only what goes to a terminal, and the `table`
format anywhere, shows control characters and direction overrides as escapes.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, TextIO

from rich.cells import cell_len, set_cell_size

FORMATS = ("table", "csv", "json", "jsonl")
CELL_WIDTH = 100
TABLE_ROWS = 1000

_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def visible(text: str) -> str:
    """Text with control characters, line ends and direction marks as escapes: nothing a terminal would obey."""
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\n":
        return "⏎"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def visible_lines(text: str) -> str:
    """Like `visible`, line ends kept."""
    return "\n".join(visible(line) for line in text.split("\n"))


def as_text(value: Any) -> str:
    """A value in a CSV cell; NULL is the empty string (a table shows NULL), lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        return _json(value)
    return str(value)


def as_json(value: Any) -> Any:
    """What json cannot write by itself: dates as ISO 8601, anything else as text."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return list(value) if isinstance(value, (set, frozenset, tuple)) else str(value)


def _json(value: Any) -> str:
    """JSON by RFC 8259: a number that is none (NaN, infinity) is null, a key is text."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=as_json)
    except (ValueError, TypeError):
        return json.dumps(_valid(value), ensure_ascii=False, default=as_json)


def _valid(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {as_text(key): _valid(item) for key, item in value.items()}
    return [_valid(item) for item in value] if isinstance(value, (list, tuple)) else value


def distinct(columns: Sequence[str]) -> list[str]:
    """Names for the keys of an object: `a`, `a` become `a`, `a_1`, so that no column is lost."""
    found: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in found or (number and name in columns):
            number += 1
            name = f"{column}_{number}"
        found.append(name)
    return found


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], fmt: str, out: TextIO) -> int:
    """Write a query's result; returns the number of rows. fmt: one of FORMATS. Streams, except for `table`."""
    if out.isatty() and fmt != "table":
        out = _Escaping(out)
    if fmt == "table":
        return _write_table(columns, iter(rows), out)
    if fmt == "csv":
        return _write_csv(columns, rows, out)
    if fmt == "jsonl":
        count = 0
        names = distinct(columns)
        for row in rows:
            out.write(_json(dict(zip(names, row, strict=True))) + "\n")
            count += 1
        return count
    return _write_json(columns, rows, out)


class _Escaping(io.TextIOBase):
    """A terminal behind which page text cannot speak to it; line ends pass."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(visible_lines(text.replace("\r\n", "\n")))


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([as_text(value) for value in row])
        count += 1
    return count


def _write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> int:
    out.write("[")
    count = 0
    names = distinct(columns)
    for row in rows:
        out.write(",\n " if count else "\n ")
        out.write(_json(dict(zip(names, row, strict=True))))
        count += 1
    out.write("\n]\n" if count else "]\n")
    return count


def _write_table(columns: Sequence[str], rows: Iterator[Sequence[Any]], out: TextIO) -> int:
    shown = [["NULL" if v is None else visible(as_text(v)) for v in row] for row in islice(rows, TABLE_ROWS)]
    rest = sum(1 for _ in rows)
    cut = any(cell_len(cell) > CELL_WIDTH for row in shown for cell in row)
    names = [visible(name) for name in columns]
    widths = [
        min(CELL_WIDTH, max(cell_len(cell) for cell in chain([name], (row[i] for row in shown))))
        for i, name in enumerate(names)
    ]
    for i, row in enumerate([names, *shown]):
        out.write(" │ ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
        if i == 0:
            out.write("─┼─".join("─" * width for width in widths) + "\n")
    total = len(shown) + rest
    notes = [f"{total} row" + ("" if total == 1 else "s")]
    if rest:
        notes.append(f"the first {TABLE_ROWS} shown, --format csv or jsonl gives all")
    if cut:
        notes.append(f"cells cut at {CELL_WIDTH} columns (…), --format json gives them whole")
    out.write(f"({'; '.join(notes)})\n")
    return total


def _fit(cell: str, width: int) -> str:
    return set_cell_size(cell, width) if cell_len(cell) <= width else set_cell_size(cell, width - 1) + "…"

"""boilerplate/<source>.json: a source's learned lines, strictly read, written whole or not at all.

    {"lines": [{"id", "layout", "path", "zone", "text", "rule", "pages", "of", "first_day", "last_day", "example"}, …],
     "forgotten": ["text", …]}

`id` is made of layout, path, zone and text, which is all that reading uses; the rest is what it was learned from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.errors import CannotWrite
from crawlers.source_values import Wrong, count, one_of, shown, text
from crawlers.whole_file import write_whole
from pipelines.boilerplate import MOST_LINES, RULES
from pipelines.line_places import ZONES
from pipelines.records import LearnedLine
from pipelines.repetition import MAX_CHARS

FOLDER = "boilerplate"
_TEXTS = ("layout", "text", "example")
_KEYS = ("id", "layout", "path", "zone", "text", "rule", "pages", "of", "first_day", "last_day", "example")
_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class LearnedList:
    """lines: sorted by place.  forgotten: texts that a person said are no boilerplate, sorted."""

    lines: tuple[LearnedLine, ...] = ()
    forgotten: tuple[str, ...] = ()


def learned_file(home: Path, source_id: str) -> Path:
    return home / FOLDER / f"{source_id}.json"


def read_learned(file: Path) -> LearnedList:
    """The list in a file; an absent file is an empty list.

    raises  Wrong: not JSON, an unknown key, a value of another type, a line named twice or under another line's id
    """
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise Wrong("", f"expected at most {_MAX_BYTES} bytes, found {file.stat().st_size}")
        given = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LearnedList()
    except OSError as error:
        raise Wrong("", f"cannot be opened: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise Wrong("", f"expected JSON: {str(error)[:200]}") from error
    lines, forgotten = _keys("", given, ("lines", "forgotten"))
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        raise Wrong("lines", f"expected a list of at most {MOST_LINES} lines, found {shown(lines)}")
    if not isinstance(forgotten, list):
        raise Wrong("forgotten", f"expected a list of texts, found {shown(forgotten)}")
    found: dict[str, LearnedLine] = {}
    for number, value in enumerate(lines):
        line = _line(f"lines[{number}]", value)
        if found.setdefault(line.line_id, line) is not line:
            raise Wrong(f"lines[{number}].id", f"{line.line_id} is named twice")
    texts = {text(f"forgotten[{number}]", value) for number, value in enumerate(forgotten)}
    return LearnedList(tuple(sorted(found.values(), key=lambda line: line.place)), tuple(sorted(texts)))


def write_learned(file: Path, learned: LearnedList) -> None:
    """Put a list in the place of the one that is there. The same list gives the same bytes.

    raises  CannotWrite: the disk is full, the folder read-only; the list that was there stays
    """
    lines = [
        {
            "id": line.line_id, "layout": line.layout, "path": line.path, "zone": line.zone, "text": line.text,
            "rule": line.rule, "pages": line.pages, "of": line.of, "first_day": line.first_day.isoformat(),
            "last_day": line.last_day.isoformat(), "example": line.example,
        }
        for line in sorted(learned.lines, key=lambda line: line.place)
    ]  # fmt: skip
    value = {"lines": lines, "forgotten": sorted(set(learned.forgotten))}
    try:
        write_whole(file, f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode())
    except OSError as error:
        raise CannotWrite(file, error) from error


def _line(where: str, value: object) -> LearnedLine:
    given: Mapping[str, Any] = dict(zip(_KEYS, _keys(where, value, _KEYS), strict=True))
    for name in _TEXTS:
        text(f"{where}.{name}", given[name])
    if not isinstance(given["path"], str):
        raise Wrong(f"{where}.path", f"expected text, found {shown(given['path'])}")
    if len(given["text"]) > MAX_CHARS:
        raise Wrong(f"{where}.text", f"expected at most {MAX_CHARS} characters, found {len(given['text'])}")
    line = LearnedLine(
        layout=given["layout"],
        path=given["path"],
        zone=one_of(ZONES)(f"{where}.zone", given["zone"]),
        text=given["text"],
        rule=one_of(RULES)(f"{where}.rule", given["rule"]),
        pages=count(1)(f"{where}.pages", given["pages"]),
        of=count(1)(f"{where}.of", given["of"]),
        first_day=_day(f"{where}.first_day", given["first_day"]),
        last_day=_day(f"{where}.last_day", given["last_day"]),
        example=given["example"],
    )
    if given["id"] != line.line_id:
        raise Wrong(
            f"{where}.id",
            f"expected {line.line_id}, which its layout, path, zone and text make, found {shown(given['id'])}; cure: "
            "remove the line, or take back what was changed of it",
        )
    return line


def _day(key: str, value: object) -> date:
    try:
        return date.fromisoformat(text(key, value))
    except ValueError as error:
        raise Wrong(key, f"expected a day such as 2026-11-22, found {shown(value)}") from error


def _keys(where: str, value: object, known: tuple[str, ...]) -> list[Any]:
    """The values of an object that has these keys and no other."""
    if not isinstance(value, dict):
        raise Wrong(where, f"expected an object, found {shown(value)}")
    dot = f"{where}." if where else ""
    for key in value:
        if key not in known:
            raise Wrong(f"{dot}{key}", f"unknown key; known are {', '.join(known)}")
    for key in known:
        if key not in value:
            raise Wrong(f"{dot}{key}", "expected a value, found none")
    return [value[key] for key in known]

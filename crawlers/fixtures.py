"""Stored pages of a source and what a person says is on them: `sources/<id>/fixtures.json` and the bytes beside it.

`bantin source test` reads the bytes by today's rules and compares. A fixture that no person has looked at yet is a
draft (`checked = false`): it holds what the reader said on the day it was made.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import regex

from crawlers.catalog import BUILT_IN
from crawlers.errors import CannotWrite, CrawlersError
from crawlers.source_values import Wrong, did_you_mean, shown, web_address
from crawlers.whole_file import write_whole
from pipelines.records import KINDS, PRECISIONS, Capture, Reading

INDEX = "fixtures.json"
FIELDS = (
    "title", "lead", "published_on", "published_precision", "body", "captions", "byline", "section", "view_count",
)  # fmt: skip
_KEYS = ("file", "url", "content_type", "fetched_at", "checked", "kind", "fields")
_FILE = regex.compile(r"[a-z0-9][a-z0-9-]{0,99}\.html")
_UNSAFE = regex.compile(r"[^a-z0-9]+")
_STEM = 60
_MOST_BYTES = 20_000_000

Value = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Fixture:
    """One page and what is on it.

    file        of its bytes, beside fixtures.json: a-z, 0-9 and `-`, then `.html`
    content_type, fetched_at  of the answer; fetched_at aware, UTC: layouts and dates depend on it
    checked     whether a person has compared it with the page
    kind        of pipelines.records.KINDS
    fields      FIELDS of a bulletin, absent ones unknown (None, or no captions); empty of any other kind.
                body, captions: paragraphs; view_count: a number; published_on: `2026-07-31`; the others text
    """

    file: str
    url: str
    content_type: str | None
    fetched_at: datetime
    checked: bool
    kind: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Difference:
    """field: one of FIELDS, or `kind`. Values as in Fixture.fields."""

    field: str
    expected: Value
    found: Value


class FixtureError(CrawlersError):
    """Stored fixtures that cannot be used; the message names file, key, what was expected and the cure."""


def fixture_folders(source_id: str, home: Path | None) -> tuple[Path, ...]:
    """Folders of a source that hold fixtures: the built-in one, then the home's."""
    places = [BUILT_IN, *([home / "sources"] if home is not None else [])]
    return tuple(place / source_id for place in places if (place / source_id / INDEX).is_file())


def read_fixtures(folder: Path) -> tuple[tuple[Fixture, bytes], ...]:
    """Fixtures of a folder with their bytes, in the order of the file. Raises FixtureError."""
    index = folder / INDEX
    try:
        values = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise FixtureError(f"{index}: expected a list of fixtures in JSON, found: {error}; {_CURE}") from error
    if not isinstance(values, list):
        _wrong(index, "", f"expected a list, found {shown(values)}")
    found: list[tuple[Fixture, bytes]] = []
    for number, value in enumerate(values):
        fixture = _fixture(index, f"[{number}]", value)
        if any(fixture.file == other.file for other, _ in found):
            _wrong(index, f"[{number}].file", f"{fixture.file!r} is named twice")
        found.append((fixture, _bytes(folder / fixture.file)))
    return tuple(found)


def write_fixtures(folder: Path, fixtures: Sequence[tuple[Fixture, bytes]]) -> Path:
    """Add fixtures to a folder, made where missing; one with a known file name replaces it. Returns fixtures.json.

    The bytes are written first and the list last, each in one piece: what is cut short changes no list.
    raises  FixtureError: what is there already cannot be read; CannotWrite
    """
    index = folder / INDEX
    known = {fixture.file: fixture for fixture, _ in (read_fixtures(folder) if index.exists() else ())}
    known |= {fixture.file: fixture for fixture, _ in fixtures}
    for fixture in known.values():
        _fixture(index, fixture.file, _plain(fixture))  # what is written can be read
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for fixture, payload in fixtures:
            write_whole(folder / fixture.file, payload)
        text = json.dumps([_plain(fixture) for fixture in known.values()], ensure_ascii=False, indent=1)
        write_whole(index, f"{text}\n".encode())
    except OSError as error:
        raise CannotWrite(folder, error) from error
    return index


def draft(capture: Capture, reading: Reading, taken: Collection[str] = ()) -> Fixture:
    """A fixture of what the reader says of a capture today, to be looked at by a person.

    taken  file names of other fixtures of the source
    """
    return Fixture(
        file=file_name(capture.url, taken),
        url=capture.final_url or capture.url,
        content_type=capture.content_type,
        fetched_at=capture.fetched_at.astimezone(UTC),
        checked=False,
        kind=reading.kind,
        fields={name: value for name, value in read_fields(reading).items() if value not in (None, ())},
    )


def capture_of(source_id: str, fixture: Fixture, payload: bytes) -> Capture:
    """The capture to read."""
    return Capture(source_id, fixture.url, fixture.fetched_at, payload, fixture.content_type, 200)


def differences(fixture: Fixture, reading: Reading) -> tuple[Difference, ...]:
    """Where a reading says something else than the fixture; of another kind, only that."""
    if reading.kind != fixture.kind:
        return (Difference("kind", fixture.kind, reading.kind),)
    found = read_fields(reading)
    if not found:
        return ()
    nothing: dict[str, Value] = {"body": (), "captions": ()}
    wanted = {name: fixture.fields.get(name, nothing.get(name)) for name in FIELDS}
    return tuple(Difference(name, wanted[name], found[name]) for name in FIELDS if wanted[name] != found[name])


def read_fields(reading: Reading) -> dict[str, Value]:
    """FIELDS of a bulletin in the shapes of Fixture.fields; empty where there is none."""
    bulletin = reading.bulletin
    if bulletin is None:
        return {}
    found: dict[str, Value] = {
        name: getattr(bulletin, name)
        for name in ("title", "lead", "published_precision", "byline", "section", "view_count", "captions")
    }
    found["published_on"] = bulletin.published_on.isoformat() if bulletin.published_on else None
    found["body"] = tuple(bulletin.body.split("\n\n")) if bulletin.body else ()
    return found


def file_name(url: str, taken: Collection[str] = ()) -> str:
    """A name for a page's bytes, safe on any file system: from the last part of its path, numbered where taken."""
    path = urlsplit(url).path.rstrip("/")
    stem = _UNSAFE.sub("-", path.rpartition("/")[2].lower().removesuffix(".html"))[:_STEM].strip("-") or "page"
    names = (f"{stem}{f'-{number}' if number else ''}.html" for number in range(len(taken) + 1))
    return next(name for name in names if name not in taken)


_CURE = "cure: correct it, or remove the folder and draft the fixtures anew"


def _wrong(index: Path, key: str, problem: str) -> NoReturn:
    raise FixtureError(f"{index}: {f'{key}: ' if key else ''}{problem}; {_CURE}")


def _fixture(index: Path, at: str, value: Any) -> Fixture:
    if not isinstance(value, dict):
        _wrong(index, at, f"expected a table of one page, found {shown(value)}")
    for name in value:
        if name not in _KEYS:
            _wrong(index, f"{at}.{name}", f"unknown key{did_you_mean(name, _KEYS)}")
    for name in _KEYS:
        if name not in value and name not in ("content_type", "fields"):
            _wrong(index, f"{at}.{name}", "expected this key, found none")
    file, content_type, checked, kind = (value.get(name) for name in ("file", "content_type", "checked", "kind"))
    if not isinstance(file, str) or not _FILE.fullmatch(file):
        _wrong(index, f"{at}.file", f"expected a name of a-z, 0-9 and - that ends in .html, found {shown(file)}")
    if content_type is not None and not isinstance(content_type, str):
        _wrong(index, f"{at}.content_type", f"expected text, found {shown(content_type)}")
    if not isinstance(checked, bool):
        _wrong(index, f"{at}.checked", f"expected true or false, found {shown(checked)}")
    if kind not in KINDS:
        _wrong(index, f"{at}.kind", f"expected one of {', '.join(KINDS)}, found {shown(kind)}")
    try:
        url = web_address(f"{at}.url", value["url"])
    except Wrong as wrong:
        _wrong(index, wrong.key, wrong.problem)
    fields = value.get("fields", {})
    if not isinstance(fields, dict) or (fields and kind != "bulletin"):
        _wrong(index, f"{at}.fields", f"expected the fields of a bulletin, found {shown(fields)} of kind {kind}")
    checked_fields = {name: _field(index, f"{at}.fields.{name}", name, one) for name, one in fields.items()}
    moment = _moment(index, f"{at}.fetched_at", value["fetched_at"])
    return Fixture(file, url, content_type, moment, checked, kind, checked_fields)


def _field(index: Path, key: str, name: str, value: Any) -> Value:
    if name not in FIELDS:
        _wrong(index, key, f"unknown field{did_you_mean(name, FIELDS)}")
    if value is None:
        return () if name in ("body", "captions") else None
    if name in ("body", "captions"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            _wrong(index, key, f"expected a list of texts, found {shown(value)}")
        return tuple(value)
    if name == "view_count":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            _wrong(index, key, f"expected a whole number, found {shown(value)}")
        return value
    if not isinstance(value, str):
        _wrong(index, key, f"expected text, found {shown(value)}")
    if name == "published_precision" and value not in PRECISIONS:
        _wrong(index, key, f"expected one of {', '.join(PRECISIONS)}, found {shown(value)}")
    if name == "published_on":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            _wrong(index, key, f"expected a day such as 2026-07-31, found {shown(value)}")
    return value


def _moment(index: Path, key: str, value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        _wrong(index, key, f"expected an instant such as 2026-07-31T02:15:00Z, found {shown(value)}")
    return moment.astimezone(UTC)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise FixtureError(f"{file}: expected a page of at most {_MOST_BYTES} bytes, found more; {_CURE}")
        return file.read_bytes()
    except OSError as error:
        raise FixtureError(f"{file}: expected the bytes of a fixture, found: {error.strerror}; {_CURE}") from error


def _plain(fixture: Fixture) -> dict[str, Any]:
    fields = {name: fixture.fields[name] for name in FIELDS if name in fixture.fields}
    return {
        "file": fixture.file,
        "url": fixture.url,
        "content_type": fixture.content_type,
        "fetched_at": fixture.fetched_at.isoformat().replace("+00:00", "Z"),
        "checked": fixture.checked,
        "kind": fixture.kind,
        "fields": {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()},
    }

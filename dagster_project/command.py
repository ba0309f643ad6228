"""What all commands share: the home option, run ids, how facts, notices and errors are printed."""

from __future__ import annotations

import io
import json
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from dagster_project.display import as_json as json_value
from dagster_project.display import as_text, visible
from dagster_project.steps.home import Home, open_home, utc_now

if TYPE_CHECKING:
    from crawlers.catalog import Catalog

HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder that holds everything (default: ./data).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value instead of text.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

DONE_WITH_HOLES = 3
_DEFAULT_HOME = Path("data")
_given_home: list[Path] = []


def global_home(path: Path) -> None:
    """Remember the home named before the command (`bantin --home H ingest …`) or by BANTIN_HOME."""
    _given_home[:] = [path]


def home_path(option: Path | None, default: Path = _DEFAULT_HOME) -> Path:
    """The home: the command's own option, else the global one, else the environment, else the default."""
    return option or (_given_home[0] if _given_home else default)


def home_words(path: Path) -> str:
    """`--home H ` as a command to be typed next needs it; empty where the home is the default. path: absolute."""
    return "" if path == _DEFAULT_HOME.resolve() else f"--home {shlex.quote(str(path))} "


def open_for_reading(option: Path | None) -> Home:
    """An existing home; a missing one is refused."""
    return open_home(home_path(option))[0]


def open_for_writing(option: Path | None, *, make: bool = True, default: Path = _DEFAULT_HOME) -> Home:
    """The home, made if missing and `make`; a new one is announced with its absolute path."""
    home, made = open_home(home_path(option, default), create=make)
    if made:
        notice(f"made a new home: {home.path}")
    return home


def catalog_of(home: Home) -> Catalog:
    """The source files; broken ones are named and left out."""
    from crawlers.catalog import load_catalog

    catalog = load_catalog(home.path)
    for error in catalog.errors:
        notice(str(error))
    return catalog


def new_run_id() -> str:
    """UTC time and the process id: sortable, unique on one machine."""
    return f"{utc_now():%Y%m%dT%H%M%S%f}-{os.getpid():x}"


def any_stdout(encoding: str | None = None) -> None:
    """Let stdout and stderr take any text: what their encoding lacks is shown as an escape.

    encoding  of stdout from now on; data formats are UTF-8 whatever the locale says
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding or sys.stdout.encoding, errors="backslashreplace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")


def notice(text: str) -> None:
    """One line on stderr."""
    print(f"bantin: {visible(text)}", file=sys.stderr)


def on_wait(who: str) -> None:
    """Said once, before a lock is waited for."""
    notice(f"waiting for {who}")


def announce(error: BaseException) -> None:
    """An error for people, first line first; text of pages in it cannot speak to the terminal."""
    first, *rest = str(error).splitlines() or [type(error).__name__]
    print(f"bantin: {visible(first)}", file=sys.stderr)
    for line in rest:
        print(visible(line), file=sys.stderr)


def fail(text: str, status: int = 1) -> NoReturn:
    """Say what is wrong on stderr and end with this exit status."""
    notice(text)
    raise typer.Exit(status)


def say_holes(holes: Sequence[str], rest: str = "table `issue` lists all") -> None:
    """Name each hole on stderr and end with exit status 3; nothing happens without holes.

    rest  where those are that are too many to be named
    """
    if not holes:
        return
    for hole in holes[:50]:
        notice(hole)
    if len(holes) > 50:
        notice(f"… and {len(holes) - 50} more; {rest}")
    raise typer.Exit(DONE_WITH_HOLES)


def say(value: Any, *, as_json: bool) -> None:
    """An outcome: one JSON value, or one fact on a line."""
    plain = _plain(value)
    if as_json:
        any_stdout("utf-8")
        print(json.dumps(plain, ensure_ascii=False, indent=1, default=json_value))
        return
    for line in _facts(plain):
        print(line)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _facts(value: Any, indent: str = "") -> list[str]:
    if not isinstance(value, dict):
        return [f"{indent}{visible(as_text(value))}"]
    lines: list[str] = []
    for key, item in value.items():
        name = visible(key.replace("_", " "))
        if isinstance(item, dict) and item:
            lines += [f"{indent}{name}:", *_facts(item, indent + "  ")]
        elif isinstance(item, list) and any(isinstance(entry, dict) for entry in item):
            lines.append(f"{indent}{name}:")
            for entry in item:
                lines.append(f"{indent}  - " + "; ".join(f"{k}: {visible(as_text(v))}" for k, v in entry.items()))
        elif item not in (None, [], {}):
            lines.append(f"{indent}{name}: {visible(as_text(item))}")
    return lines

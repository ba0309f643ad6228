"""The home: where everything a user would back up lies, and its settings (docs/contracts.md, *Home*)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from pipelines.records import BantinError

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int | None], None]
"""What is being done, how many are done, how many there are (None: unknown)."""
OnWait = Callable[[str], None]
"""Told once, before a lock is waited for, who holds it."""


class HomeError(BantinError):
    """The home is missing, is no folder, or its settings cannot be read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """bantin.toml. contact: an address publishers can write to; publish_every: minutes; jobs: reading processes."""

    contact: str | None = None
    publish_every: int = 10
    jobs: int = 2


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below one home. Nothing here touches the disk but `open_home`."""

    path: Path

    @property
    def raw(self) -> Path:
        return self.path / "raw"

    @property
    def crawl(self) -> Path:
        return self.path / "crawl"

    @property
    def bulletins(self) -> Path:
        return self.path / "bulletins"

    @property
    def warehouse(self) -> Path:
        return self.path / "warehouse"

    @property
    def decisions(self) -> Path:
        return self.path / "decisions.jsonl"


def open_home(path: Path, *, create: bool = False) -> tuple[Home, bool]:
    """(home, whether it was made now).

    create  commands that write may make a home; commands that only read refuse one that does not exist
    raises  HomeError: no such folder, or the path is a file
    """
    path = path.expanduser()
    if path.exists() and not path.is_dir():
        raise HomeError(
            f"{path}: expected a folder as home, found a file; nothing was written. Name another folder with --home."
        )
    if path.is_dir():
        return Home(path.resolve()), False
    if not create:
        raise HomeError(
            f"{path.resolve()}: there is no home here. Make one by `bantin ingest PATH`, `bantin source enable ID` or "
            "`bantin demo`, or name yours with --home or BANTIN_HOME."
        )
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise HomeError(f"{path}: the home could not be made ({error.strerror}); nothing was written.") from error
    return Home(path.resolve()), True


def settings(home: Home) -> Settings:
    """bantin.toml, strictly read: an unknown key or a wrong type is an error that names the key."""
    file = home.path / "bantin.toml"
    if not file.exists():
        return Settings()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HomeError(f"{file}: expected TOML, found: {error}. Correct the file or remove it.") from error
    known = {f.name: f for f in fields(Settings)}
    for key, value in given.items():
        if key not in known:
            raise HomeError(f"{file}: unknown key '{key}'; known are {', '.join(known)}.")
        wanted = str if key == "contact" else int
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise HomeError(f"{file}: key '{key}': expected {wanted.__name__}, found {value!r}.")
        if wanted is int and value < 1:
            raise HomeError(f"{file}: key '{key}': expected 1 or more, found {value}.")
    return Settings(**given)


def utc_now() -> datetime:
    """The only clock; handed to steps by the command line and by Dagster."""
    return datetime.now(UTC)

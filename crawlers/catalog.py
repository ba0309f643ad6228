"""The registry: the only reader of source files. Built-in ones, overlaid by those of the home."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawlers.errors import CrawlersError, SourceFileError, UnknownSource
from crawlers.learned_file import learned_file, read_learned
from crawlers.source import Source
from crawlers.source_file import SOURCE_ID, source_of
from crawlers.source_values import Wrong

BUILT_IN = Path(__file__).parent / "sources"
RESERVED = "hosts"
_MERGED = ("fetch", "url", "expect")


class Catalog:
    """The usable sources by id, and what is wrong with the others."""

    def __init__(self, sources: Mapping[str, Source], errors: Mapping[str, SourceFileError]) -> None:
        self._sources = dict(sorted(sources.items()))
        self._errors = dict(sorted(errors.items()))

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def __len__(self) -> int:
        return len(self._sources)

    @property
    def errors(self) -> tuple[SourceFileError, ...]:
        return tuple(self._errors.values())

    def get(self, source_id: str) -> Source:
        """Raises SourceFileError where its file is broken, UnknownSource where it has none."""
        if source_id in self._errors:
            raise self._errors[source_id]
        if source_id not in self._sources:
            close = difflib.get_close_matches(source_id, self._sources, n=1)
            meant = f"did you mean '{close[0]}'?" if close else "cure: `bantin source list` names all"
            raise UnknownSource(f"no source {source_id!r}; {meant}")
        return self._sources[source_id]


def load_catalog(home: Path | None) -> Catalog:
    """Read all source files. A broken one never hides the others.

    home  its `sources/*.toml` add sources, or overlay a built-in file of the same name: keys of [fetch], [url] and
          [expect] one by one; any other key, all [[discover]], all [[layout]], take the place of the built-in's
          and its `boilerplate/*.json` the lines learned of sources; one that is broken is an error of its source
    raises  CrawlersError: `sources` is no folder that can be listed
    """
    sources: dict[str, Source] = {}
    errors: dict[str, SourceFileError] = {}
    built_in = _files(BUILT_IN)
    own = _files(home / "sources") if home is not None else {}
    for source_id in sorted({*built_in, *own}):
        try:
            source = _load(source_id, built_in.get(source_id), own.get(source_id))
            sources[source_id] = _with_learned(home, source) if home is not None else source
        except SourceFileError as error:
            errors[source_id] = error
    _refuse_shared_hosts(sources, errors, built_in, own)
    return Catalog(sources, errors)


def _files(folder: Path) -> dict[str, Path]:
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CrawlersError(f"{folder}: expected a folder of source files, cannot list it: {error.strerror}") from error
    return {path.stem: path for path in paths if path.suffix == ".toml" and not path.name.startswith(".")}


def _load(source_id: str, built_in: Path | None, own: Path | None) -> Source:
    file = own or built_in
    assert file is not None
    if not SOURCE_ID.fullmatch(source_id):
        raise SourceFileError(source_id, file, "", "expected a file name of a-z, 0-9 and -; rename it")
    if source_id == RESERVED:
        raise SourceFileError(source_id, file, "", f"crawl/{RESERVED}.sqlite is taken by the pace of hosts; rename it")
    base = _parse(source_id, built_in) if built_in else {}
    overlay = _parse(source_id, own) if own else {}
    try:
        return source_of(source_id, _merged(base, overlay))
    except Wrong as wrong:
        top = wrong.key.partition(".")[0].partition("[")[0]
        blamed = own if own and (not built_in or top in overlay) else built_in
        raise SourceFileError(source_id, blamed or file, wrong.key, wrong.problem) from wrong


def _with_learned(home: Path, source: Source) -> Source:
    file = learned_file(home, source.source_id)
    try:
        learned = read_learned(file)
    except Wrong as wrong:
        raise SourceFileError(source.source_id, file, wrong.key, wrong.problem) from wrong
    return replace(source, learned=learned.lines) if learned.lines else source


def _parse(source_id: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceFileError(source_id, file, "", f"cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceFileError(source_id, file, "", f"expected UTF-8, found byte {error.start} that is none") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceFileError(source_id, file, "", f"expected TOML: {error}") from error
    except RecursionError as error:
        raise SourceFileError(source_id, file, "", "expected a source file, found values nested without end") from error


def _merged(base: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    merged = {**base, **overlay}
    for name in _MERGED:
        if isinstance(base.get(name), dict) and isinstance(overlay.get(name), dict):
            merged[name] = {**base[name], **overlay[name]}
    return merged


def _refuse_shared_hosts(
    sources: dict[str, Source],
    errors: dict[str, SourceFileError],
    built_in: Mapping[str, Path],
    own: Mapping[str, Path],
) -> None:
    """A host belongs to one source: two would fetch each page twice, under two ids. The home's file is wrong."""
    owner: dict[str, str] = {}
    for source_id in sorted(sources, key=lambda source_id: (source_id in own, source_id)):
        for number, host in enumerate(sources[source_id].hosts):
            if owner.setdefault(host, source_id) != source_id:
                file = own.get(source_id) or built_in[source_id]
                problem = f"expected a host of no other source, found {host!r}, which source '{owner[host]}' has"
                errors[source_id] = SourceFileError(source_id, file, f"hosts[{number}]", problem)
                del sources[source_id]
                break

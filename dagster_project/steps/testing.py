"""Stored fixtures of sources against today's rules: no network, nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.catalog import Catalog
from crawlers.fixtures import Difference, FixtureError, capture_of, differences, fixture_folders, read_fixtures
from crawlers.source import Source
from dagster_project.steps.stumbling import read_safely


@dataclass(frozen=True, slots=True)
class PageTested:
    """checked: whether a person has compared the fixture with its page; a draft says what was read once."""

    file: str
    url: str
    checked: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Tested:
    """All fixtures of a source. problem: why some could not be used, or that there are none."""

    source_id: str
    pages: tuple[PageTested, ...]
    problem: str | None = None

    @property
    def holes(self) -> list[str]:
        """What makes the exit status 3, in words."""
        found = [self.problem] if self.problem else []
        for page in (page for page in self.pages if page.differences):
            fields = ", ".join(one.field for one in page.differences)
            word = "" if page.checked else " (a draft)"
            found.append(f"{self.source_id}: {page.file}{word}: reads otherwise in {fields}")
        return found


def tested_sources(home: Path | None, catalog: Catalog, source_ids: Sequence[str]) -> list[Tested]:
    """Compare; without ids all sources that have fixtures. Raises UnknownSource, SourceFileError."""
    if source_ids:
        return [_tested(catalog.get(name), home, named=True) for name in dict.fromkeys(source_ids)]
    found = [_tested(source, home, named=False) for source in catalog]
    return [tested for tested in found if tested.pages or tested.problem]


def _tested(source: Source, home: Path | None, named: bool) -> Tested:
    pages: list[PageTested] = []
    folders = fixture_folders(source.source_id, home)
    if named and not folders:
        return Tested(
            source.source_id,
            (),
            f"{source.source_id}: expected sources/{source.source_id}/fixtures.json, found none; "
            "cure: `bantin source add` drafts fixtures of a new source",
        )
    for folder in folders:
        try:
            fixtures = read_fixtures(folder)
        except FixtureError as error:
            return Tested(source.source_id, tuple(pages), str(error))
        for fixture, payload in fixtures:
            capture = capture_of(source.source_id, fixture, payload)
            reading = read_safely(capture, source.family, source.layouts, source.learned)
            pages.append(PageTested(fixture.file, fixture.url, fixture.checked, differences(fixture, reading)))
    return Tested(source.source_id, tuple(pages))

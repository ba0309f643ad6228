"""A new reader version: shown first, accepted by a person, and never taken for an edit of the publisher."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import pipelines.assemble
import pipelines.read
from crawlers.catalog import load_catalog
from dagster_project.steps import ingesting, loading, reading, stumbling, upgrading
from dagster_project.steps.home import Home
from pipelines.records import Capture, Reading
from tests.clock import MinuteClock
from tests.running import write_text
from warehouse.query import open_snapshot, run_query


def quiet(what: str, done: int, total: int | None) -> None:
    """No progress."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "h").mkdir()
    return Home((tmp_path / "h").resolve())


def ingest(home: Home, folder: Path, run: str, clock: MinuteClock) -> ingesting.IngestOutcome:
    return ingesting.ingest(home, load_catalog(home.path), [folder], "local", run, clock)


def versions(home: Home) -> list[tuple[object, ...]]:
    with open_snapshot(home.path) as con:
        return list(run_query(con, "select version, change_kind, title from bulletin_version order by version").rows)


def test_an_upgrade_is_shown_waits_for_a_yes_and_is_no_edit(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, folder = MinuteClock(), tmp_path / "in"
    write_text(folder, "a.txt", title="Đơn vị hoàn thành kế hoạch tháng")
    ingest(home, folder, "r1", clock)
    monkeypatch.setattr(pipelines.read, "READER", pipelines.read.READER + 1)
    monkeypatch.setattr(pipelines.assemble, "language_of", lambda text: "xx")
    write_text(folder, "b.txt", title="Một đơn vị khác hoàn thành kế hoạch tháng")
    outcome = ingest(home, folder, "r2", clock)
    assert (outcome.waiting, outcome.new, outcome.changed) == (1, 1, 0)

    catalog = load_catalog(home.path)
    diff = upgrading.upgrade_diff(home, catalog, (), quiet)
    assert (diff.segments, diff.captures, diff.fields) == (1, 1, {"language": 1})
    assert diff.examples == [{"field": "language", "url": "file:in/a.txt", "old": "vi", "new": "xx"}]
    assert not home.decisions.exists()

    upgrading.accept(home, catalog, diff, clock(), 1, quiet)
    decision = json.loads(home.decisions.read_text(encoding="utf-8"))
    assert (decision["decision"], decision["fields"]) == ("reader-accepted", {"language": 1})
    assert reading.unread(home, catalog) == []
    loading.load_new(home, catalog, loading.Run("r3", "load", clock()), clock)
    loading.publish_now(home, catalog, "publish", clock)
    assert [(v, kind) for v, kind, _ in versions(home)] == [(1, "first"), (1, "first")]


def test_a_change_read_by_two_readers_is_no_edit_until_one_reader_read_both(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, folder = MinuteClock(), tmp_path / "in"
    write_text(folder, "a.txt", title="Đơn vị hoàn thành kế hoạch tháng")
    ingest(home, folder, "r1", clock)
    monkeypatch.setattr(pipelines.read, "READER", pipelines.read.READER + 1)
    write_text(folder, "a.txt", title="Đơn vị hoàn thành vượt kế hoạch tháng")
    ingest(home, folder, "r2", clock)
    assert [row[0] for row in versions(home)] == [1]

    catalog = load_catalog(home.path)
    diff = upgrading.upgrade_diff(home, catalog, (), quiet)
    assert diff.fields == {}
    upgrading.accept(home, catalog, diff, clock(), 1, quiet)
    loading.load_new(home, catalog, loading.Run("r3", "load", clock()), clock)
    loading.publish_now(home, catalog, "publish", clock)
    assert [(v, kind) for v, kind, _ in versions(home)] == [(1, "first"), (2, "edit")]


def test_results_that_are_damaged_or_missing_are_read_again(home: Home, tmp_path: Path) -> None:
    clock, folder = MinuteClock(), tmp_path / "in"
    write_text(folder, "a.txt")
    ingest(home, folder, "r1", clock)
    catalog = load_catalog(home.path)
    results = reading.all_results(home)[0]
    whole = results.read_bytes()
    for damage in (whole[: len(whole) // 2], b"", None):
        results.unlink()
        if damage is not None:
            results.write_bytes(damage)
        assert len(reading.unread(home, catalog)) == 1
        assert reading.read_new(home, catalog).segments == 1
        assert results.read_bytes() == whole


def test_a_page_the_reader_stumbles_over_is_kept_with_its_reason_and_the_others_are_in(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, folder = MinuteClock(), tmp_path / "in"
    write_text(folder, "a.txt", title="Đơn vị hoàn thành kế hoạch tháng")
    write_text(folder, "b.txt", title="Trang làm hỏng bộ đọc của chúng tôi")
    whole = stumbling.read

    def stumbles(capture: Capture, **more: Any) -> Reading:
        if capture.url.endswith("b.txt"):
            raise AttributeError(f"no such thing in {object()!r}")
        return whole(capture, **more)

    monkeypatch.setattr(stumbling, "read", stumbles)
    outcome = ingest(home, folder, "r1", clock)
    assert (outcome.new, outcome.failed) == (1, 1)
    reason = "reader error: AttributeError: no such thing in <object object>"
    assert outcome.holes == (f"file:in/b.txt: {reason} (kept in the archive; see table issue)",)
    with open_snapshot(home.path) as con:
        assert list(run_query(con, "select rule, severity, detail from issue").rows) == [
            ("unreadable", "error", reason)
        ]
        assert list(run_query(con, "select state from url order by url").rows) == [("fetched",), ("failed",)]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interrupt_or_no_memory_is_no_fault_of_the_page(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def ended(capture: Capture, **more: Any) -> Reading:
        raise error

    monkeypatch.setattr(stumbling, "read", ended)
    write_text(tmp_path / "in", "a.txt")
    with pytest.raises(error):
        ingest(home, tmp_path / "in", "r1", MinuteClock())
    assert reading.all_results(home) == []

"""Read results as Parquet: what goes in comes out, the same bytes each time, and damage is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pytest
from warehouse_samples import NOON, bulletin, capture, lines_of

from pipelines.records import Doubt, IntakeDoubt
from warehouse.errors import DamagedResults, NotWritten
from warehouse.result_rows import content_digest
from warehouse.results import ROWS_A_GROUP, read_results, results_info, write_results

DOUBTS = [IntakeDoubt("bao-vi-du", None, "cut-warc", "error", "cut at byte 99: 'x'", NOON)]


def test_every_value_comes_back_as_it_was_written(tmp_path):
    rows = [
        capture(doubts=[Doubt("no-date", "warning", "no label")]),
        capture("/x", kind="list", kind_rule="many links", http_status=None, final_url="https://bao.example.vn/y"),
        capture("/y", kind="other", failure="binary content", content_type=None),
        capture("/z", told=bulletin(title=None, lead=None, captions=(), view_count=None, published_at=None)),
    ]
    path = tmp_path / "source=it's" / "[a]*.parquet"
    assert write_results(path, rows, DOUBTS, "r1", "seg") == 4
    assert list(read_results(path)) == rows


def test_the_footer_says_reader_segment_and_doubts(tmp_path):
    write_results(tmp_path / "a.parquet", [capture()], DOUBTS, "r1+x", "seg-1")
    info = results_info(tmp_path / "a.parquet")
    assert (info.reader_version, info.segment, info.rows) == ("r1+x", "seg-1", 1)
    assert info.intake_doubts == tuple(DOUBTS)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    rows = [capture(f"/{n}.html") for n in range(30)]
    for name in ("a", "b"):
        write_results(tmp_path / name, iter(rows), DOUBTS, "r1", "seg")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_one_other_letter_in_one_line_gives_another_digest(tmp_path):
    told = bulletin()
    lines = lines_of(told)
    other = (*lines[:-1], lines[-1]._replace(text=lines[-1].text.replace("xã", "xã".upper())))
    for name, each in (("a", lines), ("b", other)):
        write_results(tmp_path / name, [capture(told=told, lines=each)], (), "r1", "seg")
    assert results_info(tmp_path / "a").digest != results_info(tmp_path / "b").digest


def test_more_rows_than_a_row_group_stream_through(tmp_path):
    count = ROWS_A_GROUP * 2 + 1
    rows = (capture(f"/{n}.html") for n in range(count))
    assert write_results(tmp_path / "a", rows, (), "r1", "seg") == count
    assert [r.url for r in read_results(tmp_path / "a")] == [f"https://bao.example.vn/{n}.html" for n in range(count)]


def test_no_rows_is_a_file_too(tmp_path):
    assert write_results(tmp_path / "a", [], DOUBTS, "r1", "seg") == 0
    assert results_info(tmp_path / "a").rows == 0
    assert list(read_results(tmp_path / "a")) == []


def test_half_surrogates_are_stored_as_replacement_characters(tmp_path):
    write_results(tmp_path / "a", [capture(told=bulletin(title="Xã \ud800 mới"))], (), "r1", "seg")
    (row,) = read_results(tmp_path / "a")
    assert row.reading.bulletin.title == "Xã \ufffd mới"


def test_a_failing_row_leaves_neither_a_file_nor_a_rest(tmp_path):
    def rows():
        yield capture()
        raise RuntimeError("the reader broke")

    with pytest.raises(RuntimeError):
        write_results(tmp_path / "a", rows(), (), "r1", "seg")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "bulletins").write_text("x")
    with pytest.raises(NotWritten, match="captures are untouched"):
        write_results(tmp_path / "bulletins" / "a", [capture()], (), "r1", "seg")


@pytest.mark.parametrize("keep", [0, 3, 500, -20])
def test_a_cut_file_is_named_with_its_cure(tmp_path, keep):
    path = tmp_path / "a.parquet"
    write_results(path, [capture()], (), "r1", "seg")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DamagedResults, match=r"a\.parquet.*bantin read"):
        results_info(path)


def test_a_parquet_of_somebody_else_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    duckdb.execute(f"copy (select 1 as a) to '{path}' (format parquet)")
    with pytest.raises(DamagedResults, match="format None"):
        results_info(path)


def test_a_view_counter_is_no_content_and_a_zone_is_no_change():
    told = bulletin()
    hanoi = told.published_at.astimezone(timezone(timedelta(hours=7)))
    assert content_digest(told) == content_digest(replace(told, view_count=None))
    assert content_digest(told) == content_digest(replace(told, published_at=hanoi))
    assert content_digest(told) != content_digest(replace(told, updated_at=datetime(2026, 3, 2, tzinfo=UTC)))

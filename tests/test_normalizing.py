"""Mentions in the warehouse: the same tables from one load or ten, in any order; taken out with what they were of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from bench.questions import results
from pipelines.identity import bulletin_id, capture_id
from pipelines.normalize import story_candidates
from pipelines.read import read
from pipelines.records import Capture, CaptureResult, SourceFacts
from tests.labelled_scores import LABELLED
from warehouse import normalizing, stories
from warehouse.digest import digests
from warehouse.load import load
from warehouse.results import write_results
from warehouse.store import writer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FACTS = [
    SourceFacts(name, name, name, "army", None, (), None, False, None, None)
    for name in ("newsroom-army-daily", "newsroom-hospital", "newsroom-military-region", "labelled")
]


def labelled() -> Iterator[CaptureResult]:
    for number, path in enumerate(sorted((LABELLED / "open").glob("*.txt"))):
        yield read_as("labelled", path.name, path.read_bytes(), number)


def read_as(source_id: str, name: str, payload: bytes, number: int) -> CaptureResult:
    url, fetched_at, digest = f"file:x/{name}", NOW + timedelta(hours=number), sha256(payload).hexdigest()
    capture = Capture(source_id, url, fetched_at, payload, "text/plain", origin="file")
    return CaptureResult(
        capture_id(source_id, url, fetched_at, digest), bulletin_id(source_id, url), source_id, url, f"x/{name}", None,
        fetched_at, None, "text/plain", digest, len(payload), "file", f"{source_id}/x.warc.gz", number, "1",
        read(capture),
    )  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Ten segments: 45 newsroom bulletins and the labelled ones, a reprint and an edit among them."""
    folder = tmp_path_factory.mktemp("segments")
    rows = [*results(45), *labelled()]
    copied = rows[0]
    rows.append(replace(copied, url=f"{copied.url}-copy", bulletin_id="c" * 16, capture_id="c" * 16, url_key="copy"))
    edited = replace(copied, fetched_at=NOW + timedelta(days=3), capture_id="e" * 16)
    assert copied.reading.bulletin is not None
    body = f"{copied.reading.bulletin.body}\n\nThiếu tướng Lê Văn Sơn, Chính ủy Quân khu 2 dự hội nghị."
    lines = (*copied.reading.lines, replace_line(copied, body.rpartition("\n\n")[2]))
    rows.append(
        replace(
            edited, reading=replace(copied.reading, lines=lines, bulletin=replace(copied.reading.bulletin, body=body))
        )
    )
    random.Random(5).shuffle(rows)
    paths = []
    for number in range(10):
        path = folder / "source=x" / "month=2026-11" / f"s{number}.parquet"
        stem = f"s{number}"
        write_results(path, [replace(row, warc_file=f"x/{stem}.warc.gz") for row in rows[number::10]], [], "1", stem)
        paths.append(path)
    return paths


def replace_line(row: CaptureResult, text: str):
    return row.reading.lines[-1]._replace(line_no=row.reading.lines[-1].line_no + 1, role="body", text=text)


@contextmanager
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with writer(home, "test", lambda: NOW) as con:
        yield con


@pytest.fixture(scope="module")
def whole(files, tmp_path_factory) -> dict[str, str]:
    with warehouse(tmp_path_factory.mktemp("whole")) as con:
        outcome = load(con, files, FACTS)
        assert outcome.normalized == con.execute("select count(*) from bulletin_version").fetchone()[0] > 60
        return dict(digests(con).per_table)


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_shuffled_part_loads_give_the_tables_of_one(files, whole, tmp_path, seed):
    order = random.Random(seed).sample(files, len(files))
    with warehouse(tmp_path) as con:
        for count in range(1, len(order) + 1):
            load(con, order[:count], FACTS)
        assert {name: digest for name, digest in digests(con).per_table.items() if whole[name] != digest} == {}


def test_what_is_taken_out_leaves_no_trace(files, tmp_path):
    with warehouse(tmp_path / "a") as con:
        load(con, files, FACTS)
        load(con, files[:6], FACTS)
        after = dict(digests(con).per_table)
    with warehouse(tmp_path / "b") as con:
        load(con, files[:6], FACTS)
        assert dict(digests(con).per_table) == after


def test_a_key_shared_by_a_crowd_finds_nothing_in_whatever_order_the_crowd_comes_and_goes(tmp_path, monkeypatch):
    """Nine edits of one notice, a crowd being four: each load makes some keys crowded, or takes them out of it."""
    segments = []
    for number in range(9):
        notice = [f"Kho {place} kiểm tra súng đạn quý {number} theo lệnh {place * (number % 3)}" for place in range(12)]
        day = f"Ngày đăng: {2 + 17 * (number % 2)}/{4 + number // 3}/2024"
        text = "\n\n".join((f"Thông báo số {number}", *([day] if number % 4 else []), ". ".join(notice)))
        path = tmp_path / "source=labelled" / f"n{number}.parquet"
        row = read_as("labelled", f"{number}.txt", text.encode(), number)
        write_results(path, [replace(row, warc_file=f"x/n{number}.warc.gz")], [], "1", path.stem)
        segments.append(path)

    def story_tables(*loads: list[Path]) -> tuple[dict[str, str], int]:
        with warehouse(tmp_path / f"home{random.random()}") as con:
            for some in loads:
                load(con, some, FACTS)
            pairs = con.execute("select count(*) from bantin.story_pair").fetchone()
            return dict(digests(con).per_table), pairs[0]

    _, unbounded = story_tables(segments)
    monkeypatch.setattr(story_candidates, "CROWD", 4)
    monkeypatch.setattr(stories, "CROWD", 4)
    whole, less = story_tables(segments), story_tables(segments[:5])
    assert 0 < whole[1] < unbounded
    for seed in range(2):
        order = random.Random(seed).sample(segments, len(segments))
        assert story_tables(order[:2], order[:3], order[:5], order[:6], segments) == whole
        assert story_tables(order[:7], segments, segments[:5]) == less


def test_every_mention_belongs_to_a_row_that_is_there(files, tmp_path):
    with warehouse(tmp_path) as con:
        load(con, files, FACTS)
        for table, column, of in (
            ("person_mention", "person_id", "person"), ("person_position", "person_id", "person"),
            ("person_position", "organization_id", "organization"), ("organization_mention", "organization_id", "organization"),
            ("organization", "parent_id", "organization"), ("document_mention", "document_id", "document"),
            ("event", "organizer_id", "organization"), ("event_participant", "person_id", "person"),
            ("event_participant", "organization_id", "organization"), ("award", "giver_id", "organization"),
            ("bulletin", "story_id", "story"), ("event_participant", "event_id", "event"),
            ("organization_alias", "organization_id", "organization"),
        ):  # fmt: skip
            key = column if column not in ("parent_id", "organizer_id", "giver_id") else "organization_id"
            lost = con.execute(
                f"select count(*) from {table} where {column} is not null and {column} not in (select {key} from {of})"
            ).fetchone()
            assert lost == (0,), (table, column)
        for table in ("person_mention", "organization_mention", "document_mention", "quantity"):
            wrong = con.execute(
                f"select m.surface, l.text from {table} m join bulletin_line l using (bulletin_id, version, line_no)"
                " where substr(l.text, char_start + 1, char_end - char_start) <> m.surface"
            ).fetchall()
            assert wrong == [], table


def test_the_same_load_again_normalizes_nothing(files, tmp_path):
    with warehouse(tmp_path) as con:
        load(con, files, FACTS)
        before = dict(digests(con).per_table)
        assert load(con, files, FACTS).normalized == 0
        assert dict(digests(con).per_table) == before


def test_another_version_of_the_rules_tells_all_anew_and_the_same(files, whole, tmp_path, monkeypatch):
    with warehouse(tmp_path) as con:
        monkeypatch.setattr(normalizing, "normalizer_version", lambda: "0-old")
        first = load(con, files, FACTS)
        monkeypatch.undo()
        second = load(con, files, FACTS)
        assert (second.normalized, second.anew) == (first.normalized, first.normalized)
        assert dict(digests(con).per_table) == whole


def test_another_publisher_in_the_source_file_tells_its_bulletins_anew(files, tmp_path):
    with warehouse(tmp_path) as con:
        load(con, files, FACTS)
        moved = [
            replace(facts, publisher="Báo Quân khu 5") if facts.source_id == "labelled" else facts for facts in FACTS
        ]
        assert load(con, files, moved).normalized == 20


def test_a_text_that_our_code_fails_on_is_an_issue_and_stops_nothing(files, tmp_path, monkeypatch):
    def fails(bulletin_id, *rest):
        if bulletin_id == "c" * 16:
            raise IndexError("nobody foresaw this")
        return rows_of(bulletin_id, *rest)

    rows_of = normalizing.rows_of
    monkeypatch.setattr(normalizing, "rows_of", fails)
    with warehouse(tmp_path) as con:
        load(con, files, FACTS)
        told = con.execute("select bulletin_id, severity, detail from issue where rule = 'not-normalized'").fetchall()
        assert told == [("c" * 16, "error", "IndexError: nobody foresaw this")]
        assert con.execute("select count(*) from person").fetchone() > (20,)


def test_a_copy_is_told_of_the_one_published_first(files, tmp_path):
    with warehouse(tmp_path) as con:
        load(con, files, FACTS)
        (story,) = con.execute("select story_id from bulletin where bulletin_id = ?", ["c" * 16]).fetchone()
        kinds = dict(
            con.execute("select kind, count(*) from story where story_id = ? group by kind", [story]).fetchall()
        )
        assert story and kinds["original"] == 1 and len(kinds) == 2

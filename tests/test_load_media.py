"""Pictures and files of bulletins in the tables: of which capture they are, and results of readers that knew none."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest
from warehouse_samples import ATTACHMENTS, IMAGES, SOURCE, as_reader_1_wrote, bulletin, capture, clock, results, store

from pipelines.records import Attachment, Image
from warehouse import sql
from warehouse.digest import digests
from warehouse.load import load
from warehouse.publish import publish
from warehouse.rebuild import rebuild
from warehouse.results import read_results
from warehouse.store import open_work, work_file, writer

OTHER = (Image("https://bao.example.vn/anh/khac.png", None, "image/png", 3),)
PICTURES = (
    "select version, item_no, url, caption, media_type, line_no from image order by bulletin_id, version, item_no"
)
FILES = (
    "select version, item_no, url, label, media_type, line_no from attachment order by bulletin_id, version, item_no"
)


def load_all(home):
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE])


def ask(home, query):
    with writer(home, "test", clock) as con:
        return con.execute(query).fetchall()


def all_digests(home):
    with writer(home, "test", clock) as con:
        return digests(con)


def rows(items, version=1):
    return [(version, n, *(getattr(item, name) for name in item.__slots__)) for n, item in enumerate(items, 1)]


def test_pictures_and_files_are_of_the_first_capture_of_each_version(tmp_path):
    store(tmp_path, "a", [
        capture(), capture(hours=1, images=OTHER, attachments=()),
        capture(hours=2, told=bulletin(title="Tên khác"), images=OTHER, attachments=()),
    ])  # fmt: skip
    load_all(tmp_path)
    assert ask(tmp_path, PICTURES) == [*rows(IMAGES), *rows(OTHER, 2)]
    assert ask(tmp_path, FILES) == rows(ATTACHMENTS)


def test_another_picture_beside_the_same_text_is_no_edit(tmp_path):
    store(tmp_path, "a", [capture(), capture(hours=1, images=OTHER)])
    load_all(tmp_path)
    assert ask(tmp_path, "select version_count from bulletin") == [(1,)]
    assert ask(tmp_path, PICTURES) == rows(IMAGES)


def test_a_label_below_the_article_with_a_telephone_number_is_in_no_table(tmp_path):
    private = [Attachment("https://bao.example.vn/a.pdf", "Liên hệ 0912 345 678", None, at) for at in (4, None)]
    same = replace(private[1], url="https://bao.example.vn/b.pdf")
    store(tmp_path, "a", [capture(attachments=(private[0], same))])
    load_all(tmp_path)
    assert [row[3] for row in ask(tmp_path, FILES)] == ["Liên hệ 0912 345 678", None]


def test_part_loads_give_what_one_load_gives_and_a_vanished_file_takes_its_rows_out(tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    later = capture(hours=1, told=bulletin(title="Tên khác"), images=OTHER)
    for home in (whole, parts):
        store(home, "b", [later])
    load_all(parts)
    assert ask(parts, PICTURES) == rows(OTHER)
    for home in (whole, parts):
        store(home, "a", [capture()])
        load_all(home)
    assert all_digests(parts) == all_digests(whole)
    for path in results(parts):
        path.unlink()
    load_all(parts)
    assert ask(parts, PICTURES) == ask(parts, FILES) == []


@pytest.mark.parametrize("items", [{"images": OTHER}, {"attachments": ()}])
def test_pictures_and_files_are_in_both_digests(tmp_path, items):
    for name, row in (("one", capture()), ("other", capture(**items))):
        store(tmp_path / name, "a", [row])
        load_all(tmp_path / name)
    one, other = all_digests(tmp_path / "one"), all_digests(tmp_path / "other")
    assert one.full != other.full and one.content != other.content
    assert {n for n in one.per_table if one.per_table[n] != other.per_table[n]} == (
        {"image"} if "images" in items else {"attachment"}
    )


def test_what_is_written_is_read_again_and_reader_1_says_nothing_of_pictures(tmp_path):
    path = store(tmp_path, "a", [capture()])
    (row,) = read_results(path)
    assert (row.reading.images, row.reading.attachments) == (IMAGES, ATTACHMENTS)
    as_reader_1_wrote(path)
    (older,) = read_results(path)
    assert (older.reading.images, older.reading.attachments) == ((), ())
    assert replace(row.reading, images=(), attachments=()) == older.reading


@pytest.mark.parametrize("newer", [False, True], ids=["alone", "beside results of reader 2"])
def test_results_of_reader_1_are_loaded(tmp_path, newer):
    as_reader_1_wrote(store(tmp_path, "a", [capture()]))
    if newer:
        store(tmp_path, "b", [capture("/thoi-su/cau-moi.html")])
    load_all(tmp_path)
    assert ask(tmp_path, "select count(*) from bulletin") == [(1 + newer,)]
    assert ask(tmp_path, PICTURES) == (rows(IMAGES) if newer else [])
    assert ask(tmp_path, FILES) == (rows(ATTACHMENTS) if newer else [])


def test_a_bulletin_that_shows_its_pictures_under_a_new_reader_is_published_as_changed(tmp_path):
    path = store(tmp_path, "a", [capture()])
    as_reader_1_wrote(path)
    load_all(tmp_path)
    publish(tmp_path, "load", clock, "r1")
    store(tmp_path, "a", [capture(reader="r1"), capture("/x.html")])
    load_all(tmp_path)
    done = publish(tmp_path, "load", clock, "r1")
    assert (done.added, done.changed_bulletins) == (1, 1)


def test_a_rebuild_beside_a_snapshot_of_the_schema_before_compares_the_other_tables(tmp_path):
    as_reader_1_wrote(store(tmp_path, "a", [capture()]))
    load_all(tmp_path)
    publish(tmp_path, "load", clock, "r1")
    shown = tmp_path / "warehouse" / "bulletins.duckdb"
    with duckdb.connect(shown) as con:
        con.execute("drop table image; drop table attachment")
        con.execute("delete from bantin.migration where number > 6")
    work_file(tmp_path).unlink()
    outcome = rebuild(tmp_path, results(tmp_path), [SOURCE], clock)
    assert (outcome.equal, outcome.compared_with, outcome.differing_tables) == (True, "snapshot", ())


def test_a_work_database_of_the_schema_before_gets_the_tables_empty(tmp_path, monkeypatch):
    as_reader_1_wrote(store(tmp_path, "a", [capture()]))
    whole = sql.migrations()
    monkeypatch.setattr(sql, "migrations", lambda: whole[:6])
    open_work(tmp_path / "old.duckdb", clock).close()
    monkeypatch.undo()
    con = open_work(tmp_path / "old.duckdb", clock)
    assert con.execute("select (select count(*) from image), (select count(*) from attachment)").fetchall() == [(0, 0)]
    con.close()

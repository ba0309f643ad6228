"""Table reader_change, and what is not concluded from captures that two readers read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warehouse_samples import SOURCE, bulletin, capture, clock, results, store

from tests.running import ROOT, environment
from warehouse.errors import DamagedResults
from warehouse.load import load
from warehouse.reader_changes import Acceptance, differences
from warehouse.rebuild import rebuild
from warehouse.store import writer

AGREED = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
ID = capture().bulletin_id


def agreed(at=AGREED, old="r1", new="r2", sources=(SOURCE.source_id,)) -> Acceptance:
    return Acceptance(at, frozenset({old}), frozenset({new}), None if sources is None else frozenset(sources))


def load_all(home, *acceptances):
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE], acceptances=acceptances)


def ask(home, query):
    with writer(home, "test", clock) as con:
        return con.execute(query).fetchall()


def changes(home):
    return ask(home, "select field, old, new, from_reader, to_reader, accepted_at from reader_change order by field")


def read_anew(home, *pages, reader="r2", segment="a"):
    """The results of a segment, as this reader would write them."""
    store(home, segment, [replace(page, reader_version=reader) for page in pages], reader=reader)


def otherwise(page, **changed):
    """The same capture, read otherwise."""
    return replace(page, reading=replace(page.reading, bulletin=replace(page.reading.bulletin, **changed)))


def no_bulletin(page, kind="static"):
    return replace(page, reading=replace(page.reading, kind=kind, kind_rule="", bulletin=None, evidence=()))


def test_each_field_that_is_read_otherwise_is_one_row_with_both_values_whole(tmp_path):
    page = capture(told=bulletin(byline=None, body="Một câu dài. " * 2000))
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(
        tmp_path,
        otherwise(
            page, byline="PV", captions=("Ảnh một", 'Ảnh "hai"'), photographers=(), published_at=None, word_count=25,
            body="Một câu dài. " * 2000 + "Hết.", view_count=None,
        ),
    )  # fmt: skip
    load_all(tmp_path, agreed())
    told = ("r1", "r2", AGREED)
    assert changes(tmp_path) == [
        ("body", "Một câu dài. " * 2000, "Một câu dài. " * 2000 + "Hết.", *told),
        ("byline", None, "PV", *told),
        ("captions", '["Người dân đi trên đường mới."]', '["Ảnh một","Ảnh \\"hai\\""]', *told),
        ("photographers", '["Lê Nguyễn"]', None, *told),
        ("published_at", "2026-02-28T01:30:00Z", None, *told),
        ("view_count", "12", None, *told),
        ("word_count", "24", "25", *told),
    ]


def test_what_reads_alike_what_is_new_and_what_its_publisher_edited_is_no_row(tmp_path):
    first, edited = capture(), capture(hours=1, told=bulletin(title="Thông xe đường Suối Đá"))
    store(tmp_path, "a", [first, edited])
    load_all(tmp_path)
    read_anew(tmp_path, first, edited)
    store(tmp_path, "b", [replace(capture("/khac.html"), reader_version="r2")], reader="r2")
    load_all(tmp_path, agreed())
    assert changes(tmp_path) == []
    assert ask(tmp_path, "select version, title from bulletin_version where bulletin_id = '" + ID + "' order by 1") == [
        (1, "Đường liên xã Suối Đá thông xe"),
        (2, "Thông xe đường Suối Đá"),
    ]


def test_an_edit_that_only_the_acceptance_brings_to_light_is_the_publishers_and_no_row(tmp_path):
    first, edited = capture(), replace(capture(hours=1, told=bulletin(title="Khác")), reader_version="r2")
    store(tmp_path, "a", [first])
    store(tmp_path, "b", [edited], reader="r2")
    load_all(tmp_path)
    assert ask(tmp_path, "select version, title from bulletin") == [(1, "Đường liên xã Suối Đá thông xe")]
    read_anew(tmp_path, otherwise(first, section="Tin tức"))
    load_all(tmp_path, agreed())
    assert ask(tmp_path, "select version, title from bulletin") == [(2, "Khác")]
    assert [row[:3] for row in changes(tmp_path)] == [("section", "Thời sự", "Tin tức")]


def test_only_the_capture_of_the_current_version_is_told_of(tmp_path):
    first, edited = capture(), capture(hours=1, told=bulletin(title="Khác"))
    store(tmp_path, "a", [first])
    store(tmp_path, "b", [edited])
    load_all(tmp_path)
    read_anew(tmp_path, otherwise(first, byline="PV"), segment="a")
    read_anew(tmp_path, otherwise(edited, byline="TTXVN"), segment="b")
    load_all(tmp_path, agreed())
    assert [row[:3] for row in changes(tmp_path)] == [("byline", "Tin, ảnh: LÊ NGUYỄN", "TTXVN")]


def test_a_page_that_is_no_bulletin_any_more_keeps_what_was_read_of_it(tmp_path):
    page = capture()
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(tmp_path, no_bulletin(page))
    load_all(tmp_path, agreed())
    found = {field: (old, new) for field, old, new, *_ in changes(tmp_path)}
    assert found["kind"] == ("bulletin", "static")
    assert found["title"] == ("Đường liên xã Suối Đá thông xe", None)
    assert found.keys() & {"updated_at", "agency_prefix", "bulletin_id"} == set()
    assert ask(tmp_path, "select count(*) from bulletin") == [(0,)]
    assert ask(tmp_path, "select count(*) from bulletin_status") == [(0,)]


def test_a_page_that_is_a_bulletin_now_says_so_and_lives_since_its_first_capture(tmp_path):
    page = capture()
    store(tmp_path, "a", [no_bulletin(page)])
    load_all(tmp_path)
    read_anew(tmp_path, page)
    load_all(tmp_path, agreed())
    found = {field: (old, new) for field, old, new, *_ in changes(tmp_path)}
    assert found["kind"] == ("static", "bulletin")
    assert found["title"] == (None, "Đường liên xã Suối Đá thông xe")
    assert ask(tmp_path, "select status, since = (select fetched_at from capture) from bulletin_status") == [
        ("live", True)
    ]


def test_a_key_that_moves_is_a_row_of_the_id_it_had(tmp_path):
    page = capture()
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(tmp_path, replace(page, bulletin_id="f" * 16))
    load_all(tmp_path, agreed())
    assert ask(tmp_path, "select bulletin_id, field, old, new from reader_change") == [
        (ID, "bulletin_id", ID, "f" * 16)
    ]


@pytest.mark.parametrize(
    ("acceptances", "expected"),
    [
        ([agreed(sources=None)], AGREED),
        ([agreed(at=AGREED.replace(day=2)), agreed(old="r2", new="r1"), agreed()], AGREED),
        ([], None),
        ([agreed(sources=("bao-khac",)), agreed(new="r3"), agreed(old="r0")], None),
    ],
    ids=["of all sources", "the later yes", "results were lost", "of others"],
)
def test_when_it_was_agreed_to_is_the_decisions_instant_never_the_loaders(tmp_path, acceptances, expected):
    page = capture()
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(tmp_path, otherwise(page, byline="PV"))
    load_all(tmp_path, *acceptances)
    assert [row[-1] for row in changes(tmp_path)] == [expected]


def test_loaded_again_killed_or_rebuilt_each_row_is_there_once(tmp_path):
    page = capture()
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(tmp_path, otherwise(page, byline="PV"))
    kills = (
        "import sys, os, signal; from pathlib import Path; import warehouse.load; sys.path.insert(0, 'tests');"
        " from test_reader_changes import load_all, agreed;"
        " warehouse.load.record_files = lambda *a: os.kill(os.getpid(), signal.SIGKILL);"
        " load_all(Path(sys.argv[1]), agreed())"
    )
    killed = subprocess.run([sys.executable, "-c", kills, str(tmp_path)], cwd=ROOT, env=environment(), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert changes(tmp_path) == []
    load_all(tmp_path, agreed())
    load_all(tmp_path, agreed())
    once = changes(tmp_path)
    assert len(once) == 1
    done = rebuild(tmp_path, results(tmp_path), [SOURCE], clock)
    assert (done.equal, done.replaced) == (True, True)
    assert changes(tmp_path) == once


def test_back_to_the_older_reader_is_a_step_of_its_own(tmp_path):
    page = capture()
    store(tmp_path, "a", [page])
    load_all(tmp_path)
    read_anew(tmp_path, otherwise(page, byline="PV"))
    load_all(tmp_path, agreed())
    read_anew(tmp_path, page, reader="r1")
    load_all(tmp_path, agreed(), agreed(at=AGREED.replace(day=3), old="r2", new="r1"))
    steps = ask(tmp_path, "select old, new, from_reader, day(accepted_at) from reader_change order by accepted_at")
    assert steps == [("Tin, ảnh: LÊ NGUYỄN", "PV", "r1", 1), ("PV", "Tin, ảnh: LÊ NGUYỄN", "r2", 3)]


# --- what another reader calls no bulletin


@pytest.mark.parametrize("kind", ["error", "home", "list", "login"])
def test_a_page_that_only_another_reader_calls_no_bulletin_is_not_missing(tmp_path, kind):
    first, later = capture(), capture(hours=1, kind=kind, reader="r2")
    store(tmp_path, "a", [first])
    store(tmp_path, "b", [later], reader="r2")
    load_all(tmp_path)
    assert ask(tmp_path, "select status from bulletin_status order by since") == [("live",)]
    read_anew(tmp_path, first)
    load_all(tmp_path, agreed())
    assert ask(tmp_path, "select status from bulletin_status order by since") == [("live",), ("missing",)]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"kind": "error", "http_status": 404}, "gone"),
        ({"kind": "home", "final_url": "https://bao.example.vn/"}, "missing"),
        ({"kind": "redirect", "http_status": 302}, "missing"),
    ],
    ids=["404", "led to the home page", "an answer 302"],
)
def test_what_the_server_says_counts_whoever_reads_it(tmp_path, more, status):
    store(tmp_path, "a", [capture()])
    store(tmp_path, "b", [capture(hours=1, reader="r2", **more)], reader="r2")
    load_all(tmp_path)
    assert ask(tmp_path, "select status from bulletin_status order by since") == [("live",), (status,)]


# --- two files of one segment


def test_differences_come_in_the_order_of_the_captures_and_leave_out_what_only_one_file_has(tmp_path):
    pages = [capture(f"/tin-{number}.html") for number in range(3)]
    old = store(tmp_path, "a", [pages[0], pages[2], pages[1]])
    old = old.rename(old.with_name("old.parquet"))
    new = store(tmp_path, "a", [capture("/moi.html"), otherwise(pages[1], byline="PV"), no_bulletin(pages[0], "list")])
    found = list(differences(old, new))
    assert [(row.url[-6], row.field) for row in found[:3]] == [("1", "byline"), ("0", "kind"), ("0", "title")]
    assert {row.new for row in found[2:]} == {None}


def test_results_that_are_damaged_are_named(tmp_path):
    page = capture()
    old = store(tmp_path, "a", [page])
    old = old.rename(old.with_name("old.parquet"))
    new = store(tmp_path, "a", [page])
    data = bytearray(old.read_bytes())
    data[4 : len(data) // 2] = os.urandom(len(data) // 2 - 4)
    old.write_bytes(data)
    with pytest.raises(DamagedResults, match=old.name):
        list(differences(old, new))
    assert Path(new).exists()

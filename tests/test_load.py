"""The fold over captures, and that the tables are a function of all read results, whatever the order they came in."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warehouse_samples import HOST, NOON, SOURCE, bulletin, capture, clock, lines_of, own_words, results, store

from pipelines.records import CaptureResult, Doubt, Evidence, IntakeDoubt, Line
from warehouse.digest import digests
from warehouse.errors import DamagedResults, NotWritten, WarehouseError
from warehouse.load import LoadOutcome, load
from warehouse.store import writer

TESTS = Path(__file__).parent


def loaded(home, *rows, segment="a", **more) -> LoadOutcome:
    store(home, segment, rows, **more)
    return load_all(home)


def load_all(home) -> LoadOutcome:
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE])


def ask(home, query, *values):
    with writer(home, "test", clock) as con:
        return con.execute(query, values or None).fetchall()


def all_digests(home):
    with writer(home, "test", clock) as con:
        return digests(con)


# --- versions


def test_a_changed_title_is_an_edit_and_a_ticking_counter_is_none(tmp_path):
    loaded(
        tmp_path,
        capture(),
        capture(hours=1, told=bulletin(view_count=99)),
        capture(hours=2, told=bulletin(title="Thông xe đường Suối Đá", tags=(), view_count=100)),
    )
    versions = ask(
        tmp_path,
        "select version, change_kind, changed_fields, valid_from, valid_to, title from bulletin_version order by 1",
    )
    later = NOON + timedelta(hours=2)
    assert [row[:3] for row in versions] == [(1, "first", []), (2, "edit", ["title", "tags"])]
    assert [(row[3], row[4]) for row in versions] == [(NOON, later), (later, None)]
    shown = ask(tmp_path, "select title, view_count, version, version_count, first_seen_at, last_seen_at from bulletin")
    assert shown == [("Thông xe đường Suối Đá", 100, 2, 2, NOON, later)]


def test_content_is_of_the_first_capture_of_the_version_and_the_counter_of_the_latest(tmp_path):
    first = capture()
    loaded(tmp_path, first, capture(hours=9, told=bulletin(view_count=70)))
    assert ask(tmp_path, "select capture_id, view_count from bulletin") == [(first.capture_id, 70)]


def test_what_another_reader_reads_otherwise_is_no_edit(tmp_path):
    loaded(
        tmp_path,
        capture(reader="r1"),
        capture(hours=1, reader="r2", told=bulletin(byline=None)),
        capture(hours=2, reader="r2", told=bulletin(byline=None, title="Tên khác")),
    )
    rows = ask(tmp_path, "select version, changed_fields, byline from bulletin_version order by version")
    assert rows == [(1, [], "Tin, ảnh: LÊ NGUYỄN"), (2, ["title"], None)]


def test_lines_and_evidence_are_kept_for_every_version(tmp_path):
    loaded(tmp_path, capture(), capture(hours=1, told=bulletin(title="Tên khác")))
    titles = ask(tmp_path, "select version, text from bulletin_line where role = 'title' order by version")
    assert titles == [(1, "Đường liên xã Suối Đá thông xe"), (2, "Tên khác")]
    chosen = ask(
        tmp_path, "select version, value from field_evidence where field = 'title' and chosen order by version"
    )
    assert chosen == titles


# --- status, urls


@pytest.mark.parametrize(
    ("later", "status"),
    [
        ({"kind": "error", "http_status": 404}, "gone"),
        ({"kind": "error", "http_status": 410}, "gone"),
        ({"kind": "error", "kind_rule": "says not found"}, "missing"),
        ({"kind": "home"}, "missing"),
        ({"kind": "redirect"}, "missing"),
        ({"kind": "list"}, "missing"),
        ({"kind": "login"}, "missing"),
        ({"kind": "other", "size": 0}, "missing"),
        ({"kind": "other", "size": 0, "http_status": 304}, "live"),
        ({"kind": "static"}, "live"),  # a changed layout, perhaps
        ({"kind": "form"}, "live"),
        ({"kind": "static", "final_url": f"https://{HOST}/chuyen-muc"}, "missing"),
        ({"kind": "form", "final_url": f"https://{HOST}/tim"}, "missing"),
        ({"kind": "static", "final_url": f"http://www.{HOST}/thoi-su/duong-moi.html?x=1"}, "live"),
        ({"kind": "attachment", "final_url": f"https://{HOST}/a.pdf"}, "live"),
        ({"kind": "block", "final_url": f"https://{HOST}/chan"}, "live"),
        ({"kind": "list", "http_status": 500}, "live"),
        ({"kind": "list", "failure": "cut"}, "live"),
        ({"kind": "block"}, "live"),
        ({"kind": "error", "http_status": 503}, "live"),
        ({"kind": "other", "failure": "binary content"}, "live"),
        ({"hours": 5}, "live"),
    ],
)
def test_the_status_follows_what_its_address_shows(tmp_path, later, status):
    loaded(tmp_path, capture(), capture(**{"hours": 3, **later}))
    assert ask(tmp_path, "select status from bulletin") == [(status,)]
    expected = ["live"] if status == "live" else ["live", status]
    assert [row[0] for row in ask(tmp_path, "select status from bulletin_status order by since")] == expected


def test_the_evidence_says_where_its_address_leads(tmp_path):
    loaded(tmp_path, capture(), capture(hours=1, kind="static", final_url=f"https://{HOST}/chuyen-muc"))
    rows = ask(tmp_path, "select evidence from bulletin_status where status = 'missing'")
    assert rows == [(f"redirects to https://{HOST}/chuyen-muc: static",)]


def test_a_bulletin_that_comes_back_is_live_again(tmp_path):
    loaded(tmp_path, capture(), capture(hours=1, kind="error", http_status=404), capture(hours=2))
    rows = ask(tmp_path, "select status, evidence from bulletin_status order by since")
    assert [row[0] for row in rows] == ["live", "gone", "live"]
    assert rows[1][1] == "HTTP 404"


def test_a_404_before_the_first_bulletin_is_no_status(tmp_path):
    loaded(tmp_path, capture(kind="error", http_status=404), capture(hours=1))
    assert ask(tmp_path, "select status, since from bulletin_status") == [("live", NOON + timedelta(hours=1))]


@pytest.mark.parametrize(
    ("page", "state", "reason"),
    [
        ({}, "fetched", None),
        ({"kind": "list", "kind_rule": "many links"}, "not_bulletin", "list: many links"),
        ({"kind": "other", "failure": "binary content"}, "failed", "binary content"),
        ({"kind": "error", "http_status": 404}, "gone", "HTTP 404"),
        ({"kind": "error", "http_status": 503, "kind_rule": "x"}, "failed", "HTTP 503: error: x"),
        ({"kind": "block", "kind_rule": "captcha"}, "failed", "block: captcha"),
    ],
)
def test_every_url_ends_in_one_state_with_its_reason(tmp_path, page, state, reason):
    loaded(tmp_path, capture(**page))
    found = ask(tmp_path, "select state, state_reason, tries, month, discovered_via from url")
    assert found == [(state, reason, 1, "2026-03", "ingest")]


def test_the_month_of_a_url_is_vietnamese(tmp_path):
    loaded(tmp_path, capture(fetched_at=NOON.replace(day=31, hour=18)))  # 01:00 on 1 April in Hà Nội
    assert ask(tmp_path, "select month from url") == [("2026-04",)]


def test_twins_and_redirects_are_aliases_of_the_first_address(tmp_path):
    loaded(
        tmp_path,
        capture("/a.html"),
        capture("/a.html", hours=1, host=f"www.{HOST}"),
        capture("/a.html", hours=2, final_url=f"https://{HOST}/b.html"),
        capture("/a.html", hours=3, final_url=f"https://www.{HOST}/a.html"),
    )
    assert ask(tmp_path, "select url, tries from url") == [(f"https://{HOST}/a.html", 4)]
    assert ask(tmp_path, "select url, reason, since from url_alias order by reason") == [
        (f"https://{HOST}/b.html", "redirect", NOON + timedelta(hours=2)),
        (f"https://www.{HOST}/a.html", "twin", NOON + timedelta(hours=1)),
    ]


# --- boilerplate and privacy


def test_furniture_is_counted_and_private_lines_lose_their_text(tmp_path):
    loaded(tmp_path, capture("/a.html"), capture("/b.html"))
    rows = ask(tmp_path, "select rule, text, role, pages from boilerplate order by rule")
    assert rows == [
        ("comment-text", "", "furniture", 2),
        ("footer", "", "furniture", 2),
        ("outside", "Trang chủ", "furniture", 2),
    ]


def test_learned_lines_are_counted_by_layout_and_the_private_ones_without_text(tmp_path):
    told = bulletin()
    ours = (
        Line(98, "junk", "learned:0a1b2c3d div.entry", "Ghi rõ nguồn khi phát hành lại"),
        Line(99, "junk", "learned:4e5f6071 div.entry", "Đường dây nóng: 0900 000 123"),
    )
    loaded(tmp_path, *(capture(f"/{n}.html", told=told, lines=(*lines_of(told), *ours)) for n in "ab"))
    rows = ask(tmp_path, "select layout, text, role, rule, pages from boilerplate where layout <> '' order by rule")
    assert rows == [
        ("div.entry", "Ghi rõ nguồn khi phát hành lại", "junk", "learned:0a1b2c3d", 2),
        ("div.entry", "", "junk", "learned:4e5f6071", 2),
    ]
    assert ask(tmp_path, "select count(*) from bulletin_line where rule like 'learned:%'") == [(4,)]


def test_no_table_holds_a_phone_number_from_outside_the_article(tmp_path):
    secret, inside = "0900 000 123", "Liên hệ ban tổ chức: 0911 222 333"
    told = bulletin()
    lines = (*lines_of(told), Line(99, "body", "p", inside))
    row = capture(told=told, lines=lines)
    evidence = (
        Evidence("byline", 1, "x", "line", f"Đường dây nóng: {secret}", False, "footer"),
        Evidence("byline", 2, "y", "line", inside, False, "no name"),
    )
    loaded(tmp_path, replace(row, reading=replace(row.reading, evidence=evidence)))
    tables = ask(tmp_path, "select schema_name || '.' || table_name from duckdb_tables()")
    assert len(tables) > 14
    for (table,) in tables:
        assert secret not in str(ask(tmp_path, f"from {table}"))
    kept = ask(tmp_path, "select evidence from field_evidence order by candidate_no")
    assert kept == [("(not kept: a phone number or e-mail address outside the article)",), (inside,)]


# --- issues, sources


def test_doubts_of_the_latest_capture_are_issues_and_old_ones_go(tmp_path):
    first = Doubt("no-date", "warning", "no label")
    loaded(tmp_path, capture(doubts=[first, Doubt("odd", "error", "x")]), capture(hours=1, doubts=[first, first]))
    rows = ask(tmp_path, "select rule, severity, first_seen_at, last_seen_at, state from issue")
    assert rows == [("no-date", "warning", NOON, NOON + timedelta(hours=1), "open")]


def test_an_info_is_no_issue_and_a_failure_is(tmp_path):
    loaded(tmp_path, capture(doubts=[Doubt("charset", "info", "x")]), capture("/b", kind="other", failure="empty file"))
    rows = ask(tmp_path, "select rule, severity, detail, bulletin_id, url from issue")
    assert rows == [("unreadable", "error", "empty file", None, f"https://{HOST}/b")]


def test_doubts_at_intake_are_issues_as_long_as_their_segment_is_there(tmp_path):
    refused = IntakeDoubt(SOURCE.source_id, f"https://{HOST}/a", "other-bytes", "error", "same key", NOON)
    loaded(tmp_path, capture("/a"), doubts=[refused, replace(refused, seen_at=NOON + timedelta(hours=1))])
    bulletin_id = capture("/a").bulletin_id
    assert ask(tmp_path, "select rule, bulletin_id, first_seen_at < last_seen_at from issue") == [
        ("other-bytes", bulletin_id, True)
    ]
    loaded(tmp_path, capture("/a"))
    assert ask(tmp_path, "select * from issue") == []


def test_a_source_without_a_file_still_has_a_row(tmp_path):
    store(tmp_path, "a", [capture()])
    with writer(tmp_path, "load", clock) as con:
        load(con, results(tmp_path), [])
        assert con.execute("select source_id, name, enabled from source").fetchall() == [
            (SOURCE.source_id, SOURCE.source_id, False)
        ]
        load(con, results(tmp_path), [SOURCE])
        assert con.execute("select name from source").fetchall() == [(SOURCE.name,)]


# --- a function of all results


def history() -> list[CaptureResult]:
    """Forty captures of eight pages: edits, twins, failures, pages that go and come back, two readers."""
    dice = random.Random(7)
    rows = []
    for hours in range(40):
        path = f"/{dice.randrange(8)}.html"
        more = dice.choice(
            [{}, {}, {"told": bulletin(title=f"Tên {dice.randrange(3)}")}, {"kind": "error", "http_status": 404},
             {"kind": "home"}, {"kind": "other", "failure": "cut"}, {"host": f"www.{HOST}"},
             {"doubts": [Doubt("d", "warning", str(dice.randrange(3)))]}, {"told": bulletin(view_count=hours)},
             {"final_url": f"https://{HOST}/{dice.randrange(8)}.html"}]
        )  # fmt: skip
        rows.append(capture(path, hours=hours, reader=dice.choice(["r1", "r1", "r1", "r2"]), **more))
    return rows


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_ten_shuffled_part_loads_give_what_one_load_gives(tmp_path, seed):
    dice = random.Random(seed)
    rows = history()
    dice.shuffle(rows)
    parts = [rows[n::10] for n in range(10)]
    doubts = [IntakeDoubt(SOURCE.source_id, f"https://{HOST}/1.html", "r", "warning", "d", NOON)]
    for n, part in enumerate(parts):
        loaded(tmp_path / "parts", *part, segment=f"s{n}", doubts=doubts)
    for n, part in enumerate(parts):
        store(tmp_path / "once", f"s{n}", part, doubts)
    with writer(tmp_path / "once", "load", clock) as con:
        load(con, results(tmp_path / "once"), [SOURCE])
        assert digests(con) == all_digests(tmp_path / "parts")


def test_loading_the_same_again_does_nothing(tmp_path):
    loaded(tmp_path, *history())
    before = all_digests(tmp_path)
    with writer(tmp_path, "load", clock) as con:
        assert load(con, results(tmp_path), [SOURCE]) == LoadOutcome()
    assert all_digests(tmp_path) == before


def test_a_results_file_that_vanished_or_changed_leaves_no_trace(tmp_path):
    loaded(tmp_path, *history()[:20], segment="a")
    before = all_digests(tmp_path)
    loaded(tmp_path, *history()[20:], segment="b", doubts=[IntakeDoubt("x", None, "r", "error", "d", NOON)])
    assert all_digests(tmp_path) != before
    loaded(tmp_path, segment="b")
    assert all_digests(tmp_path) == before
    results(tmp_path)[-1].unlink()
    with writer(tmp_path, "load", clock) as con:
        assert load(con, results(tmp_path), [SOURCE]).files == 1
        assert digests(con) == before


def test_when_the_last_file_goes_the_tables_are_empty(tmp_path):
    loaded(tmp_path, *history())
    with writer(tmp_path, "load", clock) as con:
        assert load(con, [], [SOURCE]).removed > 0
        assert digests(con).rows == 1  # the source


def test_a_capture_in_two_segments_is_one_capture(tmp_path):
    rows = history()[:10]
    loaded(tmp_path / "one", *rows, segment="a")
    loaded(tmp_path / "two", *rows, segment="a")
    loaded(tmp_path / "two", *rows, segment="b")
    assert all_digests(tmp_path / "one") == all_digests(tmp_path / "two")
    (tmp_path / "two" / "bulletins" / f"source={SOURCE.source_id}" / "month=2026-03" / "a.parquet").unlink()
    with writer(tmp_path / "two", "load", clock) as con:
        load(con, results(tmp_path / "two"), [SOURCE])
        assert con.execute("select count(*), count(distinct warc_file) from capture").fetchone() == (10, 1)


def test_the_outcome_counts_what_happened(tmp_path):
    rows = [capture("/a"), capture("/b"), capture("/c", kind="other", failure="empty")]
    assert loaded(tmp_path, *rows) == LoadOutcome(new=2, captures=3, files=1, failed=1)
    more = [capture("/a", hours=1), capture("/b", hours=1, told=bulletin(title="x")), capture("/d", hours=1)]
    assert loaded(tmp_path, *more, segment="b") == LoadOutcome(new=1, changed=1, unchanged=1, captures=3, files=1)


# --- what goes wrong


def test_a_results_file_damaged_inside_is_named_and_nothing_is_loaded(tmp_path):
    loaded(tmp_path, capture("/a"))
    before = all_digests(tmp_path)
    path = store(tmp_path, "b", [capture(f"/{n}") for n in range(50)])
    raw = bytearray(path.read_bytes())
    raw[200 : len(raw) // 2] = b"\x55" * (len(raw) // 2 - 200)
    path.write_bytes(raw)
    with writer(tmp_path, "load", clock) as con:
        with pytest.raises(DamagedResults, match=r"b\.parquet.*bantin read"):
            load(con, results(tmp_path), [SOURCE])
        assert digests(con) == before


def test_a_full_disk_is_said_and_the_tables_are_as_before(tmp_path):
    loaded(tmp_path, capture("/a"))
    before = all_digests(tmp_path)
    store(
        tmp_path,
        "b",
        [capture(f"/{n}", told=bulletin(body=random.Random(n).randbytes(3000).hex())) for n in range(800)],
    )
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, limits[1]))
    try:
        with pytest.raises(NotWritten, match=r"captures and read results are untouched.*make room"):
            load_all(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert all_digests(tmp_path) == before
    assert load_all(tmp_path).new == 800


def test_one_segment_in_two_files_is_refused(tmp_path):
    path = store(tmp_path, "a", [capture()])
    (path.parent / "copy.parquet").write_bytes(path.read_bytes())
    with writer(tmp_path, "load", clock) as con, pytest.raises(WarehouseError, match="segment a also in"):
        load(con, results(tmp_path), [SOURCE])


HOSTILE = [
    "'; DROP TABLE bulletin; --",
    "<script>alert(1)</script>",
    "\x1b[2J\x07",
    "\u202eabc\u2066",
    "NUL\x00NUL",
    "Đ" * 500_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["drop", "script", "escape", "rtl", "nul", "1 MB"])
def test_hostile_text_passes_through_unchanged(tmp_path, text):
    home = tmp_path / "it's [mine]"
    told = bulletin(title=text, tags=(text,))
    loaded(home, capture(told=told, kind_rule=text, doubts=[Doubt("r", "warning", text)]), segment="it's; drop")
    assert ask(home, "select title, tags from bulletin") == [(text, [text])]
    assert ask(home, "select detail from issue") == [(text,)]
    assert ask(home, "select count(*) from bulletin_line where text = ?", text) == [(1,)]


def test_a_load_killed_anywhere_and_run_again_equals_an_undisturbed_one(tmp_path):
    rows = [capture(f"/{n}.html", hours=n % 5, told=bulletin(lead=None, body=own_words(n))) for n in range(1500)]
    for home in (tmp_path / "calm", tmp_path / "killed"):
        for n in range(3):
            store(home, f"s{n}", rows[n::3])
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from warehouse_samples import *; from warehouse.load import load; from warehouse.store import writer\n"
        "print('ready', flush=True)\n"
        "with writer(Path(sys.argv[1]), 'load', clock) as con: load(con, results(Path(sys.argv[1])), [SOURCE])\n"
    )
    killed = 0
    for delay in (0.02, 0.1, 0.2, 0.35, 0.5):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "killed"), str(TESTS)], stdout=subprocess.PIPE
        )
        child.stdout.readline()
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
    assert killed > 0
    for home in (tmp_path / "calm", tmp_path / "killed"):
        with writer(home, "load", clock) as con:
            load(con, results(home), [SOURCE])
    assert all_digests(tmp_path / "killed") == all_digests(tmp_path / "calm")

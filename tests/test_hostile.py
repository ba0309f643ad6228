"""Garbage and hostile input through the whole pipeline: kept, named, harmless; the rest of the batch is in."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.running import LEAD, bantin, rows, write_text

NESTED = b"<html><body>" + b"<div>" * 200_000 + b"x" + b"</div>" * 200_000
TITLES = {
    "sql": "Hội nghị'; DROP TABLE bulletin; -- của đơn vị",
    "script": "Hội nghị <script>alert(1)</script> của đơn vị",
    "escape": "Hội nghị \x1b[2J\x1b]0;owned\x07 của đơn vị",
    "direction": "Hội nghị \u202egnah nôc\u202c của đơn vị",
    "formula": '=cmd|" /C calc"!A0 hội nghị của đơn vị',
    "long": "Hội nghị " + "dài " * 260_000 + "của đơn vị",
}


@pytest.fixture(scope="module")
def garbage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """(home, stderr) after one batch of garbage with one good file in it."""
    folder = tmp_path_factory.mktemp("garbage")
    good = write_text(folder / "in", "good.txt")
    bantin(folder / "other", "ingest", str(good))
    whole = next((folder / "other").glob("raw/local/*/*.warc.gz")).read_bytes()
    files = {
        "binary.html": bytes(range(256)) * 64,
        "empty.html": b"",
        "blank.txt": b" \n\n",
        "nested.html": NESTED,
        "nul.txt": good.read_bytes().replace(b"\xc3\xa1ng 5", b"\x00\x00ng 5"),
        "pdf.html": b"%PDF-1.7 not a page",
        "cut.warc.gz": whole[:-200],
        "not.warc.gz": gzip.compress(b"no warc")[:-4],
        "page.docx": b"PK\x03\x04",
    }
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    (folder / "in" / "link.html").symlink_to(good)
    os.mkfifo(folder / "in" / "pipe.html")
    done = bantin(folder / "home", "ingest", str(folder / "in"))
    assert done.returncode == 3, done.stderr
    return folder / "home", done.stdout + done.stderr


def test_the_good_file_of_a_bad_batch_is_in(garbage: tuple[Path, str]) -> None:
    found = rows(garbage[0], "select url from bulletin where url like '%good.txt'")
    assert [row["url"] for row in found] == ["file:in/good.txt"]


@pytest.mark.parametrize("name", ["binary.html", "empty.html", "blank.txt", "nested.html", "pdf.html"])
def test_what_cannot_be_read_is_kept_with_its_reason(garbage: tuple[Path, str], name: str) -> None:
    url = rows(garbage[0], f"select state, state_reason from url where url = 'file:in/{name}'")
    assert [(row["state"], bool(row["state_reason"])) for row in url] in ([("failed", True)], [("not_bulletin", True)])
    assert rows(garbage[0], f"select count(*) as n from capture where url = 'file:in/{name}'") == [{"n": 1}]
    if name != "nested.html":
        issue = rows(garbage[0], f"select severity from issue where url = 'file:in/{name}'")
        assert [row["severity"] for row in issue] == ["error"]


@pytest.mark.parametrize("name", ["cut.warc.gz", "not.warc.gz"])
def test_a_broken_archive_is_an_issue_and_named_on_the_terminal(garbage: tuple[Path, str], name: str) -> None:
    details = [row["detail"] for row in rows(garbage[0], "select detail from issue where severity = 'error'")]
    assert any(name in detail for detail in details)
    assert name in garbage[1]


@pytest.mark.parametrize("name", ["page.docx", "link.html", "pipe.html"])
def test_what_is_no_input_is_left_alone_and_named(garbage: tuple[Path, str], name: str) -> None:
    assert name in garbage[1]
    assert rows(garbage[0], f"select count(*) as n from capture where url = 'file:in/{name}'") == [{"n": 0}]


def test_nul_bytes_leave_the_text_and_are_told(garbage: tuple[Path, str]) -> None:
    found = rows(garbage[0], "select body from bulletin where url = 'file:in/nul.txt'")
    assert len(found) == 1 and "\x00" not in found[0]["body"]
    assert rows(garbage[0], "select rule from issue where url = 'file:in/nul.txt'") == [{"rule": "control-characters"}]


def test_garbage_rebuilds_to_the_same_tables(garbage: tuple[Path, str]) -> None:
    answer = bantin(garbage[0], "rebuild", "--json")
    assert answer.returncode == 0 and json.loads(answer.stdout)["equal"], answer.stderr


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    for name, title in TITLES.items():
        escaped = title.replace("&", "&amp;").replace("<", "&lt;")
        page = (
            '<html><head><meta property="og:type" content="article">'
            '<meta property="article:published_time" content="2024-06-06T08:00:00+07:00"></head>'
            f"<body><article><h1>{escaped}</h1><p>{LEAD}</p><p>{LEAD} Hết.</p></article></body></html>"
        )
        (folder / "in" / f"{name}.html").write_text(page, encoding="utf-8")
        (folder / "in" / f"{name}.txt").write_text(f"{title}\n\n{LEAD}\n", encoding="utf-8")
    assert bantin(folder / "home", "ingest", str(folder / "in")).returncode in (0, 3)
    return folder / "home"


def test_every_hostile_page_is_a_bulletin_with_its_text(hostile: Path) -> None:
    titles = {row["url"]: row["title"] for row in rows(hostile, "select url, title from bulletin")}
    assert len(titles) == len(TITLES) * 2
    assert titles["file:in/sql.txt"] == titles["file:in/sql.html"] == TITLES["sql"]
    assert titles["file:in/script.html"] == TITLES["script"]
    assert titles["file:in/escape.txt"] == "Hội nghị [2J]0;owned của đơn vị"
    assert "\u202e" in titles["file:in/direction.txt"]  # stored as published, shown as an escape


@pytest.mark.parametrize("fmt", ["table", "csv", "json", "jsonl"])
def test_no_format_lets_a_page_speak_to_the_terminal(hostile: Path, fmt: str) -> None:
    answer = bantin(hostile, "sql", "select title, lead from bulletin", "--format", fmt)
    assert answer.returncode == 0 and "\x1b" not in answer.stdout and "\x07" not in answer.stdout
    assert fmt != "table" or "\u202e" not in answer.stdout


def test_show_escapes_direction_marks(hostile: Path) -> None:
    told = bantin(hostile, "show", "in/direction.txt").stdout
    assert "\\u202e" in told and "\u202e" not in told


def test_csv_reads_back_what_was_stored(hostile: Path, tmp_path: Path) -> None:
    import csv

    out = tmp_path / "out.csv"
    assert (
        bantin(
            hostile, "sql", "select url, title from bulletin order by url", "--format", "csv", "--out", str(out)
        ).returncode
        == 0
    )
    csv.field_size_limit(10_000_000)
    with out.open(encoding="utf-8", newline="") as file:
        stored = {row["url"]: row["title"] for row in csv.DictReader(file)}
    assert stored == {row["url"]: row["title"] or "" for row in rows(hostile, "select url, title from bulletin")}

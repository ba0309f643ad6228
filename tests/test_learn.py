"""`bantin learn` on a real home: shown, agreed to, read with, undone; and what is refused."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalog import load_catalog
from crawlers.errors import CannotWrite, SourceFileError
from crawlers.learned_file import LearnedList, read_learned, write_learned
from dagster_project.steps import learning, reading
from dagster_project.steps.home import Home
from dagster_project.steps.reading import version_of
from pipelines.records import LearnedLine
from tests.running import BANTIN, bantin, environment, rows
from tests.site_pages import BOX, COPYRIGHT, page

NOW = datetime(2026, 11, 29, tzinfo=UTC)
QR = "Quét mã QR để tải ứng dụng của Báo Vùng Cao về điện thoại"
OURS = f"{BOX}<p>{QR}</p>"


def write_pages(folder: Path, count: int, **parts: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"tin-{number}.html").write_text(page(number, **parts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with 45 bulletins of source `local`, whose pages print two lines of their own in each article."""
    folder = tmp_path_factory.mktemp("learn")
    assert bantin(folder / "h", "ingest", str(write_pages(folder / "tin", 45, last=OURS))).returncode == 0
    return folder / "h"


@pytest.fixture
def home(ingested: Path, tmp_path: Path) -> Path:
    shutil.copytree(ingested, tmp_path / "h")
    return tmp_path / "h"


@pytest.fixture(scope="module")
def proposal(ingested: Path) -> learning.Proposal:
    return learning.propose(Home(ingested), load_catalog(ingested), "local", 1, quiet)


def listed(home: Path) -> list[str]:
    return [line.text for line in read_learned(home / "boilerplate" / "local.json").lines]


def quiet(what: str, done: int, total: int | None) -> None:
    """No progress."""


# --- learned, read, undone


def test_learned_lines_leave_the_bodies_stay_listed_and_are_no_edit(home: Path) -> None:
    before = version_of(load_catalog(home).get("local"))
    answer = bantin(home, "learn", "local", "--yes")
    assert answer.returncode == 0, answer.stderr
    assert "read local" in answer.stdout and "2 added, 0 removed, 0 kept" in answer.stdout
    assert listed(home) == [COPYRIGHT, QR]
    decision = json.loads((home / "decisions.jsonl").read_text(encoding="utf-8"))
    assert (decision["decision"], len(decision["added"])) == ("boilerplate-accepted", 2)
    assert version_of(load_catalog(home).get("local")) != before

    diff = json.loads(bantin(home, "read", "local", "--dry-run", "--json").stdout)["upgrade"]
    assert diff["captures"] == 45 and {"body", "byline"} <= set(diff["fields"])
    assert COPYRIGHT in rows(home, "select body from bulletin limit 1")[0]["body"]  # reading changes nothing by itself
    assert bantin(home, "read", "local", "--yes").returncode == 0
    assert bantin(home, "load").returncode == 0
    assert bantin(home, "publish").returncode == 0

    assert rows(home, "select count(*) n, count(byline) b from bulletin where body not like '%Vùng Cao%'") == [
        {"n": 45, "b": 45}
    ]
    assert rows(home, "select distinct change_kind, version from bulletin_version") == [
        {"change_kind": "first", "version": 1}
    ]
    lines = rows(home, "select text, rule, count(*) n from bulletin_line where rule like 'learned:%' group by all")
    assert {(line["text"], line["n"]) for line in lines} == {(QR, 45), (COPYRIGHT, 45)}
    counted = rows(home, "select layout, text, role, pages from boilerplate where rule like 'learned:%' order by text")
    assert counted == [
        {"layout": "div.entry-content", "text": COPYRIGHT, "role": "junk", "pages": 45},
        {"layout": "div.entry-content", "text": QR, "role": "junk", "pages": 45},
    ]
    rebuilt = bantin(home, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr

    again = bantin(home, "learn", "local")  # learned lines are seen anew, not missed because they are junk now
    assert again.returncode == 0 and "0 added, 0 removed, 2 kept" in again.stdout


def test_a_forgotten_line_comes_back_into_the_bodies_and_is_not_learned_again(home: Path) -> None:
    assert bantin(home, "learn", "local", "--yes").returncode == 0
    first = version_of(load_catalog(home).get("local"))
    line = next(one for one in read_learned(home / "boilerplate" / "local.json").lines if one.text == QR)
    answer = bantin(home, "learn", "local", "--forget", line.line_id, "--yes")
    assert answer.returncode == 0 and f"never to be learned again: {QR}" in answer.stdout
    assert listed(home) == [COPYRIGHT]
    assert version_of(load_catalog(home).get("local")) != first
    again = bantin(home, "learn", "local", "--json")
    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert (told["added"], told["forgotten"], told["written"]) == ([], [QR], None)
    assert "forgotten" in next(one["why"] for one in told["refused"] if one["text"] == QR)


def test_an_empty_list_and_fresher_counts_leave_the_reader_version_as_it_was(
    home: Path, proposal: learning.Proposal
) -> None:
    before = version_of(load_catalog(home).get("local"))
    write_learned(home / "boilerplate" / "local.json", LearnedList(forgotten=("x",)))
    assert version_of(load_catalog(home).get("local")) == before == version_of(load_catalog(None).get("local"))
    learning.accept(Home(home), proposal, NOW)
    learned = version_of(load_catalog(home).get("local"))
    value = json.loads((home / "boilerplate" / "local.json").read_text(encoding="utf-8"))
    for line in value["lines"]:
        line |= {"pages": 7, "of": 9, "example": "https://x.example/"}
    (home / "boilerplate" / "local.json").write_text(json.dumps(value), encoding="utf-8")
    assert before != learned == version_of(load_catalog(home).get("local"))


def test_one_process_and_three_learn_the_same_bytes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(home.parent / "them", 30, last=OURS, container="post-body")
    assert bantin(home, "ingest", str(home.parent / "them")).returncode == 0
    monkeypatch.setattr(reading, "POOL_PAYS", 0)
    catalog, file = load_catalog(home), home / "boilerplate" / "local.json"
    found = []
    for jobs in (1, 3, 1):
        learning.accept(Home(home), learning.propose(Home(home), catalog, "local", jobs, quiet), NOW)
        found.append(file.read_bytes())
    assert found[0] == found[1] == found[2]
    # 30 pages of the second layout: its box is learned, its line among paragraphs was not seen for two months
    texts = [(line.layout, line.text) for line in read_learned(file).lines]
    assert texts == [("div.entry-content", COPYRIGHT), ("div.entry-content", QR), ("div.post-body", COPYRIGHT)]


# --- refused


def test_without_a_terminal_and_without_yes_nothing_is_written(home: Path) -> None:
    answer = bantin(home, "learn", "local")
    assert answer.returncode == 2 and "run the same command with --yes" in answer.stderr
    assert "+ " in answer.stdout and COPYRIGHT in answer.stdout
    told = bantin(home, "learn", "local", "--json")
    assert told.returncode == 2 and len(json.loads(told.stdout)["added"]) == 2
    dry = bantin(home, "learn", "local", "--dry-run", "--yes")
    assert dry.returncode == 0 and "2 added" in dry.stdout
    assert not (home / "boilerplate").exists() and not (home / "decisions.jsonl").exists()


@pytest.mark.parametrize(("word", "status", "written"), [("n", 1, False), ("y", 0, True)])
def test_on_a_terminal_a_person_is_asked(home: Path, word: str, status: int, written: bool) -> None:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{word}\n".encode())
        command = [BANTIN, "--home", str(home), "learn", "local"]
        answer = subprocess.run(command, stdin=theirs, capture_output=True, text=True, env=environment(), check=False)
    finally:
        os.close(ours)
        os.close(theirs)
    assert answer.returncode == status, answer.stderr
    assert "Write this list? [y/N]" in answer.stdout and ("nothing was written" in answer.stderr) != written
    assert (home / "boilerplate" / "local.json").exists() == written == (home / "decisions.jsonl").exists()


def test_text_of_pages_cannot_speak_to_the_terminal(home: Path) -> None:
    hostile = "\x1b[2Jxóa \u202emàn hình"
    line = LearnedLine("div.a", "p", "tail", hostile, "own-box", 20, 20, NOW.date(), NOW.date(), "file:x/y.html")
    write_learned(home / "boilerplate" / "local.json", LearnedList((line,)))
    answer = bantin(home, "learn", "local", "--dry-run")
    assert "\\x1b[2Jxóa \\u202emàn hình" in answer.stdout and "\x1b" not in answer.stdout


def test_a_few_bulletins_are_refused_with_their_number(tmp_path: Path) -> None:
    assert bantin(tmp_path / "h", "ingest", str(write_pages(tmp_path / "tin", 5, last=OURS))).returncode == 0
    answer = bantin(tmp_path / "h", "learn", "local", "--yes")
    assert answer.returncode == 1
    assert "expected at least 20 bulletins of one layout" in answer.stderr and "found 5 (5 captures" in answer.stderr
    assert not (tmp_path / "h" / "boilerplate").exists()


def test_an_unknown_source_and_a_line_nobody_learned_are_refused(home: Path) -> None:
    assert "no source 'lokal'" in bantin(home, "learn", "lokal", "--yes").stderr
    answer = bantin(home, "learn", "local", "--forget", "ban quyen", "--yes")
    assert answer.returncode == 1 and "expected the id or the whole text of a learned line (none)" in answer.stderr
    assert not (home / "boilerplate").exists()


def test_a_dropped_batch_teaches_nothing(home: Path) -> None:
    (segment,) = (home / "raw" / "local").rglob("*.warc.gz")
    stem = segment.name.removesuffix(".warc.gz")
    dropped = {"decision": "batch-dropped", "batch_id": "local-1", "source_id": "local", "segments": [stem]}
    (home / "decisions.jsonl").write_text(json.dumps(dropped) + "\n", encoding="utf-8")
    with pytest.raises(learning.CannotLearn, match="found 0"):
        learning.propose(Home(home), load_catalog(home), "local", 1, quiet)


def test_a_damaged_segment_is_named_and_the_rest_is_learned_from(home: Path) -> None:
    (segment,) = (home / "raw" / "local").rglob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-40])
    answer = bantin(home, "learn", "local", "--yes")
    assert answer.returncode == 3 and "expected a whole WARC record" in answer.stderr
    assert listed(home) == [COPYRIGHT, QR]


def test_a_write_that_is_cut_short_leaves_the_list_that_was_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "boilerplate" / "local.json"
    write_learned(file, LearnedList(forgotten=("một",)))
    whole = file.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_learned(file, LearnedList())
    assert file.read_bytes() == whole and [one.name for one in file.parent.iterdir()] == ["local.json"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda v: v | {"line": []}, "line: unknown key"),
        (lambda v: {"lines": []}, "forgotten: expected a value, found none"),
        (lambda v: v | {"forgotten": [3]}, r"forgotten\[0\]: expected text, found 3"),
        (lambda v: v | {"lines": {}}, "lines: expected a list"),
        (lambda v: v["lines"][0].update(note="x") or v, r"lines\[0\].note: unknown key"),
        (lambda v: v["lines"][0].update(zone="foot") or v, r"lines\[0\].zone: expected one of head, among, tail"),
        (lambda v: v["lines"][1].update(text="khác") or v, r"lines\[1\].id: expected \w{8}, which its layout"),
        (lambda v: v["lines"][0].update(pages=True) or v, r"lines\[0\].pages: expected a whole number"),
        (lambda v: v["lines"][0].update(first_day="hôm qua") or v, r"lines\[0\].first_day: expected a day"),
        (lambda v: v["lines"].append(v["lines"][0]) or v, r"lines\[2\].id: \w{8} is named twice"),
        (lambda v: [], "expected an object"),
    ],
)
def test_a_list_that_says_what_it_may_not_makes_its_source_unusable_and_no_other(
    tmp_path: Path, proposal: learning.Proposal, change: Any, problem: str
) -> None:
    file = learning.accept(Home(tmp_path), proposal, NOW)
    file.write_text(json.dumps(change(json.loads(file.read_text(encoding="utf-8")))), encoding="utf-8")
    catalog = load_catalog(tmp_path)
    with pytest.raises(SourceFileError, match=problem) as refused:
        catalog.get("local")
    assert str(file) in str(refused.value)
    assert len(catalog.errors) == 1 and catalog.get("qdnd").learned == ()


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\udcff", ""])
def test_a_list_that_is_no_json_is_named_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "boilerplate").mkdir()
    (tmp_path / "boilerplate" / "local.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceFileError, match=r"local\.json: expected JSON"):
        load_catalog(tmp_path).get("local")

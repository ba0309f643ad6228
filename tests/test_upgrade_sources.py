"""Upgrades by real rules: a source file's layout is edited, so its captures are read by another reader version."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import pipelines.read
from crawlers.catalog import load_catalog
from dagster_project.steps import ingesting, loading, reading, upgrading
from dagster_project.steps.holding import HoldError
from dagster_project.steps.home import Home
from dagster_project.steps.rebuilding import rebuild
from dagster_project.steps.status import status
from pipelines.page import Page
from tests.clock import MinuteClock
from tests.running import BANTIN, bantin, environment, rows, write_text
from warehouse.query import open_snapshot, run_query

PAGE = """<!doctype html><html lang="vi"><head><title>{title}</title></head><body>
<nav><a href="/">Trang chủ</a></nav>
<article><h1 class="tieu-de">{title}</h1><h2 class="phu-de">{other}</h2>
<div class="noi-dung"><p>Sáng 5-6, đơn vị tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ tháng 5.</p>
<p>{body}</p></div><p class="ky-ten">PV</p></article></body></html>"""
RULES = """publisher = "Báo {name}"
sphere = "press"
home = "https://{name}.example.vn/"
hosts = ["{name}.example.vn"]
status = "believed"
[[layout]]
title = "{title}"
body = "div.noi-dung"
byline = "p.ky-ten"
"""
SECOND = "Hội nghị thống nhất các chỉ tiêu và biện pháp thực hiện nhiệm vụ tháng 6 của đơn vị."


class Desk:
    """A home with papers whose rules are edited here."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder, self.clock = Home((folder / "h").resolve()), folder / "in", MinuteClock()
        (self.home.path / "sources").mkdir(parents=True)
        self.runs = 0

    def rules(self, name: str, title: str = "h1.tieu-de") -> None:
        text = RULES.format(name=name, title=title)
        (self.home.path / "sources" / f"{name}.toml").write_text(text, encoding="utf-8")

    def ingest(self, name: str, page: str, body: str = SECOND, title: str = "Hội nghị tháng sáu") -> None:
        file = self.folder / name / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(title=title, other=f"Phụ đề của {page}", body=body), encoding="utf-8")
        self.runs += 1
        run = f"r{self.runs}"
        ingesting.ingest(self.home, load_catalog(self.home.path), [file], name, run, self.clock)

    def diff(self, *names: str) -> upgrading.UpgradeDiff:
        return upgrading.upgrade_diff(self.home, load_catalog(self.home.path), names, quiet)

    def accept(self, diff: upgrading.UpgradeDiff) -> None:
        upgrading.accept(self.home, load_catalog(self.home.path), diff, self.clock(), 1, quiet)

    def read_new(self) -> reading.ReadOutcome:
        return reading.read_new(self.home, load_catalog(self.home.path))

    def load(self) -> None:
        catalog, self.runs = load_catalog(self.home.path), self.runs + 1
        loading.load_new(self.home, catalog, loading.Run(f"r{self.runs}", "load", self.clock()), self.clock)
        loading.publish_now(self.home, catalog, "publish", self.clock)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with open_snapshot(self.home.path) as con:
            return list(run_query(con, query).rows)

    def versions(self) -> list[tuple[object, ...]]:
        return self.ask(
            "select b.source_id, v.version, v.change_kind, v.changed_fields from bulletin_version v"
            " join bulletin b using (bulletin_id) order by 1, 2"
        )

    def waiting(self) -> dict[str, int]:
        return {s.source_id: s.upgrade for s in status(self.home, load_catalog(self.home.path)) if s.upgrade}


def quiet(what: str, done: int, total: int | None) -> None:
    """No progress."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.rules("bao-a")
    made.rules("bao-b")
    return made


EDITED = [
    ("bao-a", 1, "first", []),
    ("bao-a", 2, "edit", ["body", "word_count"]),
]
CHANGES = "select field, old, new, accepted_at from reader_change order by 1, 2"


def test_an_edited_layout_changes_exactly_its_field_and_the_publishers_edits_stay(desk: Desk) -> None:
    desk.ingest("bao-a", "tin.html")
    desk.ingest("bao-a", "tin.html", body=f"{SECOND} Đơn vị quyết tâm hoàn thành.")
    assert desk.versions() == EDITED
    desk.rules("bao-a", title="h2.phu-de")
    desk.load()
    assert desk.versions() == EDITED
    diff = desk.diff()
    assert (diff.fields, diff.kinds, diff.sources) == ({"title": 2}, {}, ["bao-a"])
    assert diff.examples[0] | {"url": ""} == {
        "field": "title", "url": "", "old": "Hội nghị tháng sáu", "new": "Phụ đề của tin.html",
    }  # fmt: skip
    desk.accept(diff)
    desk.load()
    assert desk.versions() == EDITED
    at = datetime.fromisoformat(json.loads(desk.home.decisions.read_text("utf-8"))["at"])
    assert desk.ask(CHANGES) == [("title", "Hội nghị tháng sáu", "Phụ đề của tin.html", at)]


def test_an_upgrade_of_one_source_leaves_the_results_of_the_other_alone(desk: Desk) -> None:
    for name in ("bao-a", "bao-b"):
        desk.ingest(name, "tin.html")
        desk.rules(name, title="h2.phu-de")
    assert desk.waiting() == {"bao-a": 1, "bao-b": 1}
    desk.accept(desk.diff("bao-b"))
    assert desk.waiting() == {"bao-a": 1}
    assert [item.source.source_id for item in reading.unread(desk.home, load_catalog(desk.home.path))] == ["bao-a"]
    desk.load()
    assert desk.ask("select source_id, title from bulletin order by 1") == [
        ("bao-a", "Hội nghị tháng sáu"), ("bao-b", "Phụ đề của tin.html"),
    ]  # fmt: skip
    assert desk.waiting() == {"bao-a": 1}
    assert desk.read_new().waiting == 1


def test_an_accept_killed_between_segments_goes_on_without_asking_and_tells_each_change_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ingest("bao-a", "tin.html")
    desk.ingest("bao-a", "tin.html", body=f"{SECOND} Đơn vị quyết tâm hoàn thành.")
    desk.rules("bao-a", title="h2.phu-de")
    diff, whole = desk.diff(), upgrading.read_all

    def dies(home: Home, todo: list[reading.Unread], *more: object) -> None:
        whole(home, todo[:1], *more)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(upgrading, "read_all", dies)
        with pytest.raises(KeyboardInterrupt):
            desk.accept(diff)
    assert desk.waiting() == {}
    with pytest.raises(upgrading.UpgradeNotDone, match=r"^1 segments .* Cure: `bantin read` goes on"):
        desk.load()
    assert desk.versions() == EDITED
    assert desk.read_new().segments == 1
    desk.load()
    desk.load()
    assert desk.versions() == EDITED
    at = datetime.fromisoformat(json.loads(desk.home.decisions.read_text("utf-8"))["at"])
    assert desk.ask(CHANGES) == [("title", "Hội nghị tháng sáu", "Phụ đề của tin.html", at)]


def test_a_yes_to_one_reader_is_none_to_the_next_nor_to_one_that_was_left_again(desk: Desk) -> None:
    desk.ingest("bao-a", "tin.html")
    for title in ("h2.phu-de", "h1.tieu-de"):
        desk.rules("bao-a", title=title)
        assert desk.read_new().waiting == 1
        desk.accept(desk.diff())
        desk.load()
    desk.rules("bao-a", title="h2.phu-de")  # agreed to once, and gone back from since
    assert desk.read_new().waiting == 1
    desk.rules("bao-a", title="h3.khac")
    assert desk.read_new().waiting == 1
    assert [row[1:3] for row in desk.ask("select field, old, new from reader_change order by accepted_at")] == [
        ("Hội nghị tháng sáu", "Phụ đề của tin.html"), ("Phụ đề của tin.html", "Hội nghị tháng sáu"),
    ]  # fmt: skip


def test_upgrades_in_a_row_that_nobody_agreed_to_call_no_edit_and_lose_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = pipelines.read.READER
    for number in range(3):
        monkeypatch.setattr(pipelines.read, "READER", reader + number)
        desk.ingest("bao-a", "tin.html", body=f"{SECOND} Lần {number}.")
    assert desk.versions() == EDITED[:1]
    assert desk.waiting() == {"bao-a": 1}
    diff = desk.diff()
    assert (diff.segments, diff.fields, len(diff.from_versions)) == (2, {}, 2)
    desk.accept(diff)
    desk.load()
    assert desk.versions() == [*EDITED[:1], ("bao-a", 2, "edit", ["body"]), ("bao-a", 3, "edit", ["body"])]
    assert desk.ask(CHANGES) == []


def test_pages_that_are_no_bulletins_any_more_are_shown_as_such_and_nothing_is_missing(desk: Desk) -> None:
    desk.ingest("bao-a", "tin.html", body="")
    desk.ingest("bao-a", "khac.html")
    desk.rules("bao-a", title="h2.phu-de")
    whole = pipelines.read.read_page

    def stricter(text: str, **more: Any) -> Page:
        found = whole(text, **more)
        return found if SECOND in text else replace(found, kind="list", kind_rule="list: too short")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipelines.read, "read_page", stricter)
        diff = desk.diff()
        assert diff.kinds == {"bulletin → list": 1}
        assert diff.fields["kind"] == 1
        assert diff.fields["title"] == 2
        desk.accept(diff)
        desk.load()
    assert desk.ask("select status from bulletin_status") == [("live",)]
    assert desk.ask("select state from url order by url") == [("fetched",), ("not_bulletin",)]
    told = desk.ask("select field, old, new from reader_change where field in ('kind', 'byline')")
    assert sorted(map(str, told)) == ["('byline', 'PV', None)", "('kind', 'bulletin', 'list')"]


def test_a_decision_that_cannot_be_read_stops_what_would_act_on_it(desk: Desk) -> None:
    desk.ingest("bao-a", "tin.html")
    desk.rules("bao-a", title="h2.phu-de")
    desk.home.decisions.write_text('{"decision": "reader-accepted", "at": "2026-11-22", "from": []}\n', "utf-8")
    with pytest.raises(HoldError, match=r"decisions\.jsonl, line 1: .* Cure: put the file back"):
        desk.read_new()
    assert desk.waiting() == {}


def test_a_rebuild_that_is_accepted_under_another_reader_is_a_yes_and_tells_the_same(desk: Desk) -> None:
    for name in ("bao-a", "bao-b"):
        desk.ingest(name, "tin.html")
        desk.ingest(name, "tin.html", body=f"{SECOND} Đơn vị quyết tâm hoàn thành.")
    desk.rules("bao-a", title="h2.phu-de")
    catalog = load_catalog(desk.home.path)
    refused = rebuild(desk.home, catalog, desk.clock, accept=False, jobs=1, progress=quiet)
    assert not refused.replaced and not desk.home.decisions.exists()
    assert desk.ask(CHANGES) == []
    done = rebuild(desk.home, catalog, desk.clock, accept=True, jobs=1, progress=quiet)
    assert done.replaced and "bulletin" in done.differing_tables
    decision = json.loads(desk.home.decisions.read_text("utf-8"))
    assert (decision["sources"], decision["fields"]) == (["bao-a"], {"title": 2})
    at = datetime.fromisoformat(decision["at"])
    told = [("title", "Hội nghị tháng sáu", "Phụ đề của tin.html", at)]
    assert desk.ask(CHANGES) == told
    again = rebuild(desk.home, catalog, desk.clock, accept=True, jobs=1, progress=quiet)
    assert again.equal and desk.ask(CHANGES) == told
    assert len(desk.home.decisions.read_text("utf-8").splitlines()) == 1
    desk.load()
    assert desk.ask(CHANGES) == told


def test_what_killed_processes_left_is_swept_and_what_living_ones_write_is_not(desk: Desk) -> None:
    desk.ingest("bao-a", "tin.html")
    (results,) = reading.all_results(desk.home)
    with subprocess.Popen(["true"]) as ended:
        pass
    left = results.with_name(f".{results.name}.{ended.pid}.tmp")
    kept = results.with_name(f".{results.name}.{os.getppid()}.tmp")
    old = desk.home.bulletins / "_upgrade" / str(ended.pid) / "source=bao-a"
    old.mkdir(parents=True)
    for file in (left, kept, old / results.name):
        file.write_bytes(b"PAR1")
    desk.rules("bao-a", title="h2.phu-de")
    desk.accept(desk.diff())
    assert not left.exists() and kept.exists()
    assert not old.exists()
    assert reading.all_results(desk.home) == [results]


# --- the command


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A home whose one source has other rules since its page was read."""
    desk = Desk(tmp_path)
    desk.rules("bao-a")
    desk.ingest("bao-a", "tin.html", title="Hội nghị \x1b[31mtháng sáu")
    desk.rules("bao-a", title="h2.phu-de")
    return desk.home.path


def test_the_command_shows_the_difference_and_replaces_nothing_unasked(stale: Path) -> None:
    asked = bantin(stale, "read", "--dry-run", "--json")
    told = json.loads(asked.stdout)
    assert (told["unread_segments"], told["upgrade"]["fields"]) == (0, {"title": 1})
    for arguments in (["read"], ["read", "--json"]):
        assert bantin(stale, *arguments).returncode == 0
    assert not (stale / "decisions.jsonl").exists()
    assert "1 bulletins wait for an upgrade of the reader" in bantin(stale, "status").stdout
    done = bantin(stale, "read", "bao-a", "--yes", "--json")
    assert json.loads(done.stdout)["upgrade_accepted"] is True
    assert bantin(stale, "load").returncode == bantin(stale, "publish").returncode == 0
    (row,) = rows(stale, "select * from reader_change")
    assert (row["field"], row["new"]) == ("title", "Phụ đề của tin.html")
    assert "wait for an upgrade" not in bantin(stale, "status").stdout


@pytest.mark.parametrize(("answer", "accepted"), [("n\n", False), ("\x04", False), ("y\n", True)])
def test_a_terminal_is_asked_and_only_a_yes_counts(stale: Path, answer: str, accepted: bool) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [BANTIN, "--home", str(stale), "read"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(),
        start_new_session=True,
    ):  # fmt: skip
        os.close(theirs)
        seen = b""
        while b"[y/N]" not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, answer.encode())
        try:
            while more := os.read(ours, 4096):
                seen += more
        except OSError:  # how a pseudo-terminal says that nobody is there any more
            pass
    os.close(ours)
    text = seen.decode()
    assert "title: 1" in text and "Phụ đề của tin.html" in text and "Replace the stored results" in text
    assert "\x1b[31mtháng" not in text
    assert (stale / "decisions.jsonl").exists() is accepted


def test_a_source_nobody_knows_is_refused_before_anything_is_read(stale: Path) -> None:
    write_text(stale.parent / "in", "a.txt")
    answer = bantin(stale, "read", "bao-z", "--yes")
    assert answer.returncode == 1 and "bao-z" in answer.stderr
    assert not (stale / "decisions.jsonl").exists()

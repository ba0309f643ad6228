"""The command line end to end, in processes of its own: what it prints, what it stores, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.running import BANTIN, LEAD, bantin, environment, rows, write_text


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three bulletins; tests only read it."""
    folder = tmp_path_factory.mktemp("filled")
    for number in range(3):
        write_text(folder / "in", f"{number}.txt", title=f"Đơn vị số {number} hoàn thành kế hoạch tháng")
    done = bantin(folder / "home", "ingest", str(folder / "in"))
    assert (done.returncode, "3 new bulletins" in done.stdout) == (0, True), done.stderr
    return folder / "home"


def test_the_first_ingest_makes_the_home_and_says_where(tmp_path: Path) -> None:
    done = bantin(tmp_path / "h", "ingest", str(write_text(tmp_path / "in", "a.txt")))
    assert done.returncode == 0
    assert f"made a new home: {tmp_path / 'h'}" in done.stderr


@pytest.mark.parametrize(
    "command", [["sql", "select 1"], ["show", "x"], ["raw", "x"], ["load"], ["publish"], ["read"], ["rebuild"]]
)
def test_a_home_that_does_not_exist_is_refused_in_one_line(tmp_path: Path, command: list[str]) -> None:
    answer = bantin(tmp_path / "nowhere", *command)
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1 and "bantin ingest PATH" in answer.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_file_as_home_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("mine")
    answer = bantin(file, "ingest", str(write_text(tmp_path / "in", "a.txt")))
    assert (answer.returncode, file.read_text()) == (1, "mine")
    assert "found a file" in answer.stderr and "--home" in answer.stderr


@pytest.mark.parametrize(
    "wrong", [["fly"], ["ingest"], ["sql", "select 1", "--format", "xml"], ["sql", "--format", "parquet"]]
)
def test_wrong_use_ends_with_two(filled: Path, wrong: list[str]) -> None:
    assert bantin(filled, *wrong).returncode == 2


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    answer = bantin(tmp_path / "h", "ingest", str(tmp_path / "no-such.txt"))
    assert answer.returncode == 1 and "no-such.txt" in answer.stderr


def test_an_unknown_source_is_refused_with_the_known_ones(filled: Path, tmp_path: Path) -> None:
    answer = bantin(filled, "ingest", str(write_text(tmp_path, "a.txt")), "--source", "locla")
    assert answer.returncode == 1 and "did you mean 'local'?" in answer.stderr


def test_the_same_files_again_change_nothing_but_the_list_of_runs(tmp_path: Path) -> None:
    home, folder = tmp_path / "h", tmp_path / "in"
    write_text(folder, "a.txt")
    bantin(home, "ingest", str(folder))
    snapshots = rows(home, "select * from snapshot")
    raw = sorted(p.name for p in (home / "raw").rglob("*") if p.is_file())
    again = bantin(home, "ingest", str(folder))
    assert again.returncode == 0 and "nothing changed" in again.stdout
    assert rows(home, "select * from snapshot") == snapshots
    assert sorted(p.name for p in (home / "raw").rglob("*") if p.is_file()) == raw
    count = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).execute('select count(*) from run').fetchone()[0])"
    shutil.copy(home / "warehouse/work.duckdb", tmp_path / "copy.duckdb")
    found = subprocess.run(
        [sys.executable, "-c", count, str(tmp_path / "copy.duckdb")], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "2"


def test_other_bytes_of_the_same_file_are_an_edit_and_the_old_version_stays(tmp_path: Path) -> None:
    home, folder = tmp_path / "h", tmp_path / "in"
    write_text(folder, "a.txt", title="Đơn vị hoàn thành kế hoạch tháng")
    bantin(home, "ingest", str(folder))
    before = rows(home, "select now() as at")[0]["at"]
    write_text(folder, "a.txt", title="Đơn vị hoàn thành vượt kế hoạch tháng")
    changed = bantin(home, "ingest", str(folder))
    assert "1 changed" in changed.stdout
    versions = rows(home, "select version, change_kind, changed_fields, title from bulletin_version order by version")
    assert [(v["version"], v["change_kind"], v["changed_fields"]) for v in versions] == [
        (1, "first", []),
        (2, "edit", ["title"]),
    ]
    assert rows(home, "select title, version, version_count from bulletin") == [
        {"title": "Đơn vị hoàn thành vượt kế hoạch tháng", "version": 2, "version_count": 2}
    ]
    assert rows(home, f"select title from bulletin_as_of('{before}')") == [
        {"title": "Đơn vị hoàn thành kế hoạch tháng"}
    ]
    told = bantin(home, "show", "in/a.txt").stdout
    assert "+Đơn vị hoàn thành vượt kế hoạch tháng" in told
    assert rows(home, "select kind, count(*) as n from bulletin_change group by 1 order by 1") == [
        {"kind": "added", "n": 1}, {"kind": "changed", "n": 1},
    ]  # fmt: skip


def test_the_same_name_from_another_folder_is_refused_and_the_cure_named(tmp_path: Path) -> None:
    home = tmp_path / "h"
    write_text(tmp_path / "one" / "in", "a.txt")
    write_text(tmp_path / "two" / "in", "a.txt", title="Một đơn vị khác họp giao ban tháng")
    bantin(home, "ingest", str(tmp_path / "one" / "in"))
    refused = bantin(home, "ingest", str(tmp_path / "two" / "in"))
    assert refused.returncode == 3 and "--source" in refused.stderr
    issues = rows(home, "select rule, severity, detail from issue")
    assert [(i["rule"], i["severity"]) for i in issues] == [("same-key-other-folder", "error")]
    assert str(tmp_path) not in json.dumps(rows(home, "select * from capture")) + json.dumps(issues)
    assert rows(home, "select title from bulletin") == [{"title": "Đơn vị hoàn thành kế hoạch tháng"}]


def test_raw_gives_the_bytes_as_they_came(tmp_path: Path) -> None:
    file = write_text(tmp_path / "in", "a.txt")
    bantin(tmp_path / "h", "ingest", str(file))
    got = subprocess.run(
        [BANTIN, "--home", str(tmp_path / "h"), "raw", "in/a.txt"], capture_output=True, env=environment(), check=True
    )
    assert got.stdout == file.read_bytes()
    assert bantin(tmp_path / "h", "raw", "in/a.txt", "--out", str(tmp_path / "out")).returncode == 0
    assert (tmp_path / "out").read_bytes() == file.read_bytes()


def test_show_lists_pictures_and_files_with_nothing_a_terminal_obeys(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Đơn vị hoàn thành kế hoạch tháng</h1><p>08/05/2024</p><div class=article-content><p>Sáng 8-5, đơn vị"
        " hoàn thành kế hoạch huấn luyện tháng, sớm hơn hai ngày so với chỉ tiêu.</p><figure><img src='/anh/\u202e1.jpg'>"
        "<figcaption>Bộ đội \u202eluyện tập.</figcaption></figure><p>Toàn đơn vị giữ nghiêm kỷ luật, an toàn tuyệt đối.</p>"
        "<p><a href='/tep/a.pdf'>Kế hoạch\u202e tháng</a></p></div></body></html>"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(page, encoding="utf-8")
    home = tmp_path / "h"
    assert bantin(home, "ingest", str(tmp_path / "in")).returncode == 0
    told = bantin(home, "show", "in/a.html").stdout
    assert "Pictures\n" in told and "/anh/%E2%80%AE1.jpg  image/jpeg\n" in told
    assert "Attachments\n" in told and "/tep/a.pdf  application/pdf\n" in told and "\u202e" not in told
    story = json.loads(bantin(home, "show", "in/a.html", "--json").stdout)
    assert [(row["item_no"], row["caption"]) for row in story["images"]] == [(1, "Bộ đội \u202eluyện tập.")]
    assert [(row["url"], row["label"]) for row in story["attachments"]] == [("/tep/a.pdf", "Kế hoạch\u202e tháng")]
    assert bantin(home, "rebuild").returncode == 0


def test_show_of_an_unknown_id_suggests_where_to_look(filled: Path) -> None:
    answer = bantin(filled, "show", "in/9.txt")
    assert answer.returncode == 1 and "no bulletin id, capture id or URL" in answer.stderr


@pytest.mark.parametrize("fmt", ["csv", "json", "jsonl", "table"])
def test_sql_prints_each_format(filled: Path, fmt: str) -> None:
    answer = bantin(
        filled, "sql", "select title, published_at, captions from bulletin order by url limit 1", "--format", fmt
    )
    assert answer.returncode == 0 and "Đơn vị số 0 hoàn thành kế hoạch tháng" in answer.stdout
    if fmt == "jsonl":
        assert json.loads(answer.stdout) == {
            "title": "Đơn vị số 0 hoàn thành kế hoạch tháng",
            "published_at": None,
            "captions": [],
        }


def test_parquet_goes_to_the_named_file_only(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "it's.parquet"
    answer = bantin(filled, "sql", "select * from bulletin", "--format", "parquet", "--out", str(out))
    assert answer.returncode == 0 and out.read_bytes()[:4] == b"PAR1"
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_find_needs_no_marks_and_takes_wildcards_literally(filled: Path) -> None:
    assert len(rows(filled, "select * from find('hoan thanh don vi')")) == 3
    assert rows(filled, "select * from find('%')") == []


def test_the_shell_answers_refuses_and_goes_on(filled: Path) -> None:
    script = "select count(*) as n\nfrom bulletin;\ndrop table bulletin;\n.tables\nselect 40 +\n2 as sum"
    answer = bantin(filled, "sql", stdin=script)
    assert answer.returncode == 0
    assert "3" in answer.stdout and "42" in answer.stdout and "bulletin_line" in answer.stdout
    assert "DROP is refused" in answer.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["sql", "select 1"], ["sql", "--help"]])
def test_help_and_sql_import_no_heavy_package(filled: Path, arguments: list[str]) -> None:
    code = (
        "import sys\ntry:\n from dagster_project.cli import main; main()\nexcept SystemExit: pass\n"
        "print('HEAVY', [m for m in ('dagster', 'scrapy', 'trafilatura', 'pyarrow') if m in sys.modules])"
    )
    script = f"import sys; sys.argv = ['bantin', '--home', {str(filled)!r}, *{arguments!r}]\n{code}"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True
    )
    assert found.stdout.rstrip().endswith("HEAVY []")
    assert all(
        find_spec(name) for name in ("dagster", "scrapy", "trafilatura", "pyarrow")
    )  # installed, yet not imported


def test_before_the_first_snapshot_there_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    answer = bantin(tmp_path / "h", "sql", "select 1")
    assert answer.returncode == 1 and answer.stderr.count("\n") == 1 and "bantin ingest PATH" in answer.stderr


def test_rebuild_gives_the_same_tables_here_and_in_a_copied_home(tmp_path: Path) -> None:
    home = tmp_path / "h"
    write_text(tmp_path / "in", "a.txt")
    (tmp_path / "in" / "b.html").write_bytes(b"")
    assert bantin(home, "ingest", str(tmp_path / "in")).returncode == 3
    copy = tmp_path / "it's a copy"
    shutil.copytree(home, copy)
    for place in (home, copy):
        answer = bantin(place, "rebuild", "--json")
        assert answer.returncode == 0, answer.stderr
        told = json.loads(answer.stdout)
        assert (told["equal"], told["compared_with"], told["captures"]) == (True, "work", 2)


def test_a_rebuild_that_differs_replaces_nothing_without_accept(tmp_path: Path) -> None:
    home = tmp_path / "h"
    write_text(tmp_path / "in", "a.txt")
    bantin(home, "ingest", str(tmp_path / "in"))
    change = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute(\"update bulletin set section = 'sửa tay'\")"
    subprocess.run([sys.executable, "-c", change, str(home / "warehouse/work.duckdb")], check=True)
    refused = bantin(home, "rebuild")
    assert refused.returncode == 1 and "--accept" in refused.stderr and "sửa tay" in refused.stdout
    assert bantin(home, "rebuild", "--accept").returncode == 0
    assert bantin(home, "rebuild").returncode == 0


@pytest.mark.parametrize("damage", [b"", b"garbage" * 5000])
def test_a_damaged_database_is_told_and_healed_from_raw(tmp_path: Path, damage: bytes) -> None:
    home = tmp_path / "h"
    write_text(tmp_path / "in", "a.txt")
    bantin(home, "ingest", str(tmp_path / "in"))
    expected = rows(home, "select full_digest from snapshot")
    (home / "warehouse/work.duckdb").write_bytes(damage)
    if damage:
        broken = bantin(home, "load")
        assert broken.returncode == 1 and "rebuild" in broken.stderr and "Traceback" not in broken.stderr
    healed = bantin(home, "rebuild")
    assert healed.returncode == 0, healed.stderr
    assert rows(home, "select full_digest from snapshot")[-1:] == expected[-1:]


def test_a_killed_ingest_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(120):
        write_text(folder, f"{number:03}.txt", title=f"Đơn vị số {number} hoàn thành kế hoạch tháng")
    calm, stormy = tmp_path / "calm", tmp_path / "stormy"
    assert bantin(calm, "ingest", str(folder)).returncode == 0
    for delay in (0.4, 0.9, 1.3, 1.7, 2.2):
        child = subprocess.Popen(
            [BANTIN, "--home", str(stormy), "ingest", str(folder)], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    done = bantin(stormy, "ingest", str(folder))
    assert done.returncode == 0, done.stderr
    digest = "select content_digest, rows from snapshot order by published_at desc limit 1"
    assert rows(stormy, digest) == rows(calm, digest)
    assert rows(stormy, "select count(*) as n from capture") == [{"n": 120}]


@pytest.mark.slow
def test_readers_never_wait_nor_see_half_a_load(tmp_path: Path) -> None:
    home = tmp_path / "h"
    for batch in range(3):
        for number in range(10):
            write_text(
                tmp_path / f"b{batch}", f"{number}.txt", title=f"Đợt {batch}, đơn vị số {number} hoàn thành kế hoạch"
            )
    bantin(home, "ingest", str(tmp_path / "b0"))
    code = (
        "import duckdb, sys\nseen = set()\nwhile True:\n c = duckdb.connect(sys.argv[1], read_only=True)\n"
        " seen.add(c.execute('select count(*) from bulletin').fetchone()[0]); c.close()\n"
        " print(sorted(seen), flush=True)\n"
    )
    log = tmp_path / "seen"
    with log.open("w") as out, (tmp_path / "errors").open("w") as errors:
        reader = subprocess.Popen(
            [sys.executable, "-c", code, str(home / "warehouse/bulletins.duckdb")], stdout=out, stderr=errors
        )
        for batch in (1, 2):
            assert bantin(home, "ingest", str(tmp_path / f"b{batch}")).returncode == 0
        time.sleep(0.5)
        alive = reader.poll() is None
        reader.kill()
        reader.wait()
    assert alive, (tmp_path / "errors").read_text()
    seen = json.loads(log.read_text().splitlines()[-2])
    assert set(seen) <= {10, 20, 30} and 30 in seen


def test_doctor_names_what_is_wrong_and_the_cure(filled: Path, tmp_path: Path) -> None:
    assert bantin(filled, "doctor").returncode == 0
    home = tmp_path / "h"
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "bad.toml").write_text("publisher = 3\n")
    (home / "bantin.toml").write_text("contcat = 'x'\n")
    answer = bantin(home, "doctor", "--json")
    assert answer.returncode == 1
    bad = [check for check in json.loads(answer.stdout) if check["state"] == "bad"]
    assert {check["what"] for check in bad} == {"bantin.toml", "source file"}


def test_a_broken_source_file_leaves_the_others_usable(filled: Path, tmp_path: Path) -> None:
    home = tmp_path / "h"
    shutil.copytree(filled, home)
    (home / "sources").mkdir()
    (home / "sources" / "bad.toml").write_text("publisher = 'x'\nsphere = 'navy'\n")
    done = bantin(home, "ingest", str(write_text(tmp_path / "more", "a.txt")))
    assert done.returncode == 0 and "sphere" in done.stderr
    assert bantin(home, "source", "list").returncode == 3


def test_the_body_of_a_bulletin_is_what_was_written(filled: Path) -> None:
    assert rows(filled, "select distinct body, byline, published_on from bulletin") == [
        {"body": LEAD, "byline": "PV", "published_on": "2024-06-06"}
    ]


def two_segments(folder: Path) -> Path:
    """A home with one bulletin in each of two segments."""
    home = folder / "h"
    for name in ("a", "b"):
        file = write_text(folder / "in", f"{name}.txt", title=f"Đơn vị {name} hoàn thành kế hoạch tháng")
        assert bantin(home, "ingest", str(file)).returncode == 0
    return home


def titles(home: Path) -> list[str]:
    return [row["title"][7:8] for row in rows(home, "select title from bulletin order by title")]


_LOSSES = ("cut inside", "cut at the end of a record", "emptied")


@pytest.mark.parametrize("loss", ["removed", *(pytest.param(more, marks=pytest.mark.slow) for more in _LOSSES)])
def test_a_lost_segment_is_named_and_given_up_only_by_name(tmp_path: Path, loss: str) -> None:
    from crawlers.warc import records

    home = two_segments(tmp_path)
    segment = sorted((home / "raw").rglob("*.warc.gz"))[1]
    whole = segment.read_bytes()
    with segment.open("rb") as file:
        ends = [record.end for record in records(file, lambda headers, length: False)]
    if loss == "removed":
        segment.unlink()
    else:
        segment.write_bytes(whole[: {"cut inside": -40, "cut at the end of a record": ends[-2], "emptied": 0}[loss]])
    told = bantin(home, "doctor")
    assert told.returncode == 1 and segment.name in told.stdout and "backup" in told.stdout
    for more in ([], ["--accept"]):
        refused = bantin(home, "rebuild", *more)
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
        assert segment.name in refused.stderr and "backup" in refused.stderr and "--accept-loss" in refused.stderr
        assert titles(home) == ["a", "b"]
        assert bantin(home, "load").returncode == 0
    given_up = bantin(home, "rebuild", "--accept-loss")
    assert given_up.returncode == 3 and segment.name in given_up.stderr
    assert titles(home) == ["a"]
    assert bantin(home, "load").returncode == 0
    bantin(home, "publish")
    assert titles(home) == ["a"]
    assert bantin(home, "rebuild").returncode == (0 if loss in ("removed", "cut at the end of a record") else 3)
    if loss == "removed":
        assert list((home / "bulletins" / "_lost").rglob("*.parquet"))
        segment.write_bytes(whole)  # found after all
        assert bantin(home, "read").returncode == 0 and bantin(home, "load").returncode == 0
        bantin(home, "publish")
        assert titles(home) == ["a", "b"]


def test_a_whole_home_needs_no_accepted_loss(filled: Path) -> None:
    assert "--accept-loss" in bantin(filled, "rebuild", "--help").stdout


def test_missing_read_results_take_no_bulletin_out(tmp_path: Path) -> None:
    home = two_segments(tmp_path)
    results = sorted((home / "bulletins").rglob("*.parquet"))[0]
    results.unlink()
    refused = bantin(home, "load")
    assert refused.returncode == 1 and "bantin read" in refused.stderr and results.stem in refused.stderr
    assert bantin(home, "ingest", str(tmp_path / "in")).returncode == 0  # reads it again first
    assert titles(home) == ["a", "b"] and results.exists()
    segment = next((home / "raw").rglob(f"{results.stem}.warc.gz"))
    results.unlink()
    segment.unlink()
    for command in (["load"], ["ingest", str(write_text(tmp_path / "more", "c.txt"))]):
        refused = bantin(home, *command)
        assert refused.returncode == 1 and results.stem in refused.stderr and "backup" in refused.stderr
    assert titles(home) == ["a", "b"]


def test_a_lost_work_database_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    home = two_segments(tmp_path)
    runs = rows(home, "select run_id from run order by 1")
    (home / "warehouse" / "work.duckdb").unlink()
    for command in (["load"], ["publish"], ["ingest", str(write_text(tmp_path / "more", "c.txt"))]):
        refused = bantin(home, *command)
        assert refused.returncode == 1 and "bantin rebuild" in refused.stderr
    assert len(list((home / "raw").rglob("*.warc.gz"))) == 2
    told = bantin(home, "doctor")
    assert told.returncode == 1 and "work.duckdb" in told.stdout
    assert bantin(home, "rebuild").returncode == 0
    assert bantin(home, "doctor").returncode == 0
    assert bantin(home, "publish").returncode == 0
    assert {row["run_id"] for row in rows(home, "select run_id from run")} >= {row["run_id"] for row in runs}
    assert titles(home) == ["a", "b"]


@pytest.mark.parametrize(
    "command",
    [
        ["raw", "in/0.txt"],
        ["sql", "select 1"],
        ["sql", "select 1", "--format", "csv"],
        ["sql", "select 1", "--format", "parquet"],
    ],
)
def test_a_place_that_cannot_be_written_is_one_line(filled: Path, tmp_path: Path, command: list[str]) -> None:
    work = (filled / "warehouse" / "work.duckdb").read_bytes()
    inside = filled / "warehouse" / "work.duckdb"
    for out in (tmp_path, tmp_path / "no" / "x", Path(), inside, filled / "x.csv"):
        answer = bantin(filled, *command, "--out", str(out))
        assert (answer.returncode, answer.stderr.count("\n")) == (1, 1), answer.stderr
        assert "--out" in answer.stderr
    assert inside.read_bytes() == work and list(tmp_path.iterdir()) == [] and not (filled / "x.csv").exists()


def test_an_out_that_leads_into_the_home_is_refused(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(filled / "warehouse")
    shown = (filled / "warehouse" / "bulletins.duckdb").read_bytes()
    answer = bantin(filled, "sql", "select 1", "--out", str(tmp_path / "link" / "bulletins.duckdb"))
    assert answer.returncode == 1 and (filled / "warehouse" / "bulletins.duckdb").read_bytes() == shown


def test_an_error_of_a_reading_process_comes_back_as_it_is(tmp_path: Path) -> None:
    home = two_segments(tmp_path)
    (home / "bulletins" / "_rebuild").write_text("a file where a folder should be")
    answer = bantin(home, "rebuild")
    assert (answer.returncode, "Traceback" in answer.stderr, "BrokenProcessPool" in answer.stderr) == (1, False, False)
    assert "Cure: make room or set the permissions" in answer.stderr


def test_a_terminal_without_these_letters_gets_escapes_and_a_script_gets_utf8(filled: Path) -> None:
    def ask(*more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [BANTIN, "--home", str(filled), "sql", "select title from bulletin order by url limit 1", *more],
            capture_output=True, env=environment() | {"PYTHONIOENCODING": "ascii"}, check=False,
        )  # fmt: skip

    table = ask()
    assert table.returncode == 0 and rb"\u0110" in table.stdout
    for fmt in ("csv", "jsonl"):
        assert "Đơn vị số 0" in ask("--format", fmt).stdout.decode("utf-8")


def test_an_error_of_the_disk_is_one_line(filled: Path) -> None:
    with Path("/dev/full").open("w") as full:
        answer = subprocess.run(
            [BANTIN, "--home", str(filled), "sql", "select 1"],
            stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False,
        )  # fmt: skip
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1), answer.stderr


@pytest.mark.parametrize("count", [1, 2_000_000])
def test_a_reader_that_stops_early_is_no_error(filled: Path, count: int) -> None:
    child = subprocess.Popen(
        [BANTIN, "--home", str(filled), "sql", f"select range from range({count})", "--format", "csv"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    assert child.stdout is not None and child.stderr is not None
    if count > 1:
        child.stdout.readline()
    child.stdout.close()
    assert (child.stderr.read(), child.wait()) == ("", 0)


def test_an_interrupted_ingest_says_so_and_goes_on(tmp_path: Path) -> None:
    for number in range(400):
        write_text(tmp_path / "in", f"{number}.txt", title=f"Đơn vị số {number} hoàn thành kế hoạch tháng")
    child = subprocess.Popen(
        [BANTIN, "--home", str(tmp_path / "h"), "ingest", str(tmp_path / "in")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background shell has it ignored
    )  # fmt: skip
    while child.poll() is None and not list((tmp_path / "h").glob("raw/local/*/*.open")):
        time.sleep(0.01)  # the interrupt is to meet the ingest, not the start of Python
    for _ in range(3):  # a person presses it again where a library swallowed the first
        child.send_signal(signal.SIGINT)
        time.sleep(0.5)
        if child.poll() is not None:
            break
    _, errors = child.communicate(timeout=30)
    assert (child.returncode, "Traceback" in errors, errors.count("interrupted;")) == (130, False, 1), errors
    assert bantin(tmp_path / "h", "ingest", str(tmp_path / "in")).returncode == 0
    assert rows(tmp_path / "h", "select count(*) as n from bulletin") == [{"n": 400}]


def test_doctor_calls_a_damaged_snapshot_bad_and_none_yet_a_note(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert bantin(tmp_path / "new", "doctor").returncode == 0
    shutil.copytree(filled, tmp_path / "h")
    (tmp_path / "h" / "warehouse" / "bulletins.duckdb").write_bytes(b"x" * 9999)
    told = bantin(tmp_path / "h", "doctor")
    assert told.returncode == 1 and "bad   snapshot" in told.stdout


def test_ids_may_be_in_capitals(filled: Path) -> None:
    found = rows(filled, "select bulletin_id, capture_id from bulletin order by url limit 1")[0]
    for name in ("bulletin_id", "capture_id"):
        assert bantin(filled, "show", found[name].upper()).returncode == 0
        assert bantin(filled, "raw", found[name].upper()).stdout == bantin(filled, "raw", found[name]).stdout != ""


def test_a_real_archive_is_no_heap_of_errors(tmp_path: Path) -> None:
    import io

    from warcio.warcwriter import WARCWriter

    answers = [
        ("/robots.txt", "200 OK", "text/plain", b"User-agent: *\n"),
        ("/sitemap.xml", "200 OK", "text/xml", b"<urlset></urlset>"),
        ("/rss", "200 OK", "text/xml", b"<rss></rss>"),
        ("/api", "200 OK", "application/json", b"{}"),
        ("/old", "301 Moved", "text/html", b""),
        ("/a.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n\x00"),
        ("/a.pdf", "200 OK", "application/pdf", b"%PDF-1.7\n\x00"),
    ]
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for path, status, media, body in answers:
        block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body
        writer.write_record(
            writer.create_warc_record(
                f"https://bao.example.vn{path}", "response", payload=io.BytesIO(block), length=len(block),
                warc_headers_dict={"WARC-Date": "2024-01-05T08:00:00Z"},
            )
        )  # fmt: skip
    (tmp_path / "x.warc.gz").write_bytes(out.getvalue())
    done = bantin(tmp_path / "h", "ingest", str(tmp_path / "x.warc.gz"))
    assert done.returncode == 0, done.stderr
    assert [row["kind"] for row in rows(tmp_path / "h", "select kind from capture order by url")] == [
        "attachment", "other", "other", "redirect", "robots", "feed", "sitemap",
    ]  # fmt: skip
    assert rows(tmp_path / "h", "select distinct state from url") == [{"state": "not_bulletin"}]
    assert rows(tmp_path / "h", "select * from issue") == []

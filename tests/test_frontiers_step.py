"""Frontiers between crawl and warehouse: damaged and missing ones are told, never a traceback."""

from __future__ import annotations

from pathlib import Path

from crawlers.frontier import Found, Frontier
from tests.running import bantin, write_text


def test_a_damaged_frontier_is_named_with_its_cure_by_load_status_and_doctor(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_text(tmp_path / "in", "a.txt")
    assert bantin(home, "ingest", str(tmp_path / "in")).returncode == 0
    with Frontier(home / "crawl" / "local.sqlite") as frontier:
        frontier.discover(
            [Found(f"/a-{n}", f"https://a.vn/a-{n}", "2026-11", 3, None, None, "feed", 1.0) for n in range(3000)]
        )
    for damage in (b"", None):
        file = home / "crawl" / "local.sqlite"
        whole = file.read_bytes()
        for side in ("-wal", "-shm"):
            file.with_name(file.name + side).unlink(missing_ok=True)
        file.write_bytes(damage if damage is not None else whole[:4096] + b"\x55" * (len(whole) - 8192) + whole[-4096:])
        for command in ("load", "status", "doctor"):
            done = bantin(home, command)
            said = done.stdout + done.stderr
            assert "Traceback" not in said, said
            assert done.returncode in (1, 3), (command, said)
            assert "local.sqlite" in said and "cure" in said, (command, said)
        file.write_bytes(whole)


def test_an_unusable_source_file_is_a_hole_of_crawl_and_status(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "broken.toml").write_text("publisher = 3\n", encoding="utf-8")
    assert bantin(home, "status").returncode == 3
    done = bantin(home, "crawl")
    assert done.returncode != 0 and "broken" in done.stderr


def test_the_version_needs_no_command(tmp_path: Path) -> None:
    done = bantin(tmp_path, "--version")
    assert done.returncode == 0 and done.stdout.startswith("bantin ")

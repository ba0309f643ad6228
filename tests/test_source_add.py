"""`bantin source add`: a publisher that costs minutes and no code, and every address that is refused."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from crawlers.drafting import storing
from crawlers.drafting.draft import Drafted, draft_source
from crawlers.drafting.storing import write
from crawlers.drafting.wanted import CannotAdd, wanted
from crawlers.errors import CannotWrite
from crawlers.newsroom import Newsroom
from tests.adding import added
from tests.drafting_samples import NOW, PAGE, bulletin, findings_of
from tests.running import bantin

PORT = 8900 + os.getpid() % 20_000


@pytest.fixture(scope="module")
def drafted() -> Drafted:
    room = Newsroom(3, kinds=("military-region",), bulletins=12)
    findings = findings_of(room, room.sites[0], pages=4)
    return draft_source(findings, "quan-khu", room.sites[0].base_url, now=NOW, allow_private=True)


def test_a_publisher_is_added_crawled_and_published_without_a_line_of_code(tmp_path: Path) -> None:
    one = added("military-region", 4501, tmp_path, "127.0.198", PORT, bulletins=24)
    assert (one.is_whole, one.loaded, one.wrong, one.missing) == (True, 24, 0, []), one
    home = tmp_path / "home-military-region"
    assert bantin(home, "source", "test").returncode == 0
    again = bantin(home, "source", "add", f"http://127.0.198.1:{PORT}/", "--allow-private", "--yes")
    assert again.returncode == 1 and "found it taken" in again.stderr


@contextmanager
def folder_served(folder: Path, address: str) -> Iterator[tuple[str, list[str]]]:
    """(its URL, paths it is asked for)"""
    asked: list[str] = []

    class Files(http.server.SimpleHTTPRequestHandler):
        def log_request(self, *_: object) -> None:
            asked.append(self.path)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer((address, 0), partial(Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{address}:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()


def site_of(folder: Path, bulletins: int) -> Path:
    """Files of a site of no known CMS: a start page that lists bulletins and has no second page."""
    (folder / "tin").mkdir(parents=True)
    items = ""
    for n in range(bulletins):
        day, path = date(2026, 10, 20) - timedelta(days=n), f"tin/don-vi-{n}-tong-ket-cong-tac-thi-dua-{100 + n}.html"
        (folder / path).write_text(bulletin(n, day), encoding="utf-8")
        title = f"Đơn vị {n} tổng kết công tác thi đua năm {2000 + n}"
        items += f'<li class="tin"><a href="/{path}">{title}</a> <span class="luc">{day:%d/%m/%Y}</span></li>'
    body = f'<a href="/noi-bo/">Nội bộ</a><ul class="ds">{items}</ul>'
    (folder / "index.html").write_text(PAGE.format(title="Trang chủ - Báo Thử", body=body), encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /noi-bo/\n", encoding="utf-8")
    return folder


def test_a_missing_rule_is_named_in_file_and_status_and_nothing_is_written_unasked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with folder_served(site_of(tmp_path / "site", 12), "127.0.197.1") as (url, asked):
        shown = bantin(home, "source", "add", url, "--allow-private", "--id", "bao-thu")
        assert (shown.returncode, home.exists()) == (2, False)
        assert "cure: run the same command with --yes" in shown.stderr
        for told in (
            "Ways of finding its bulletins",
            "The sample, as it reads",
            "sources/bao-thu.toml",
            "enabled   = ",
        ):
            assert told in shown.stdout
        written = bantin(home, "source", "add", url, "--allow-private", "--id", "bao-thu", "--yes")
    assert written.returncode == 3 and "paging:" in written.stderr
    text = (home / "sources" / "bao-thu.toml").read_text(encoding="utf-8")
    assert "# missing: paging:" in text and text in shown.stdout
    source = load_catalog(home).get("bao-thu")
    assert (source.enabled, source.since, source.layouts[0].title) == (False, None, "h2.ten-tin")
    assert "/noi-bo/" not in asked and len(asked) < 2 * 60


def test_a_site_without_bulletins_ends_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for name in "ab":
        (tmp_path / "site" / f"{name}.html").write_text(f"<title>{name}</title><p>Tệp {name}</p>", encoding="utf-8")
    with folder_served(tmp_path / "site", "127.0.196.1") as (url, _):
        # Without its scheme: https is tried first.
        answer = bantin(tmp_path / "home", "source", "add", url.removeprefix("http://"), "--allow-private", "--yes")
    assert (answer.returncode, (tmp_path / "home").exists()) == (1, False)
    last = answer.stderr.splitlines()[-1]
    assert "no bulletin and no list of any was found" in last and "nothing was written" in last


def test_a_server_that_does_not_answer_is_named_with_what_was_tried(tmp_path: Path) -> None:
    answer = bantin(tmp_path / "home", "source", "add", f"127.0.195.1:{PORT}", "--allow-private", "--yes")
    assert (answer.returncode, (tmp_path / "home").exists()) == (1, False)
    last = answer.stderr.splitlines()[-1]
    assert f"https://127.0.195.1:{PORT}/: " in last and f"http://127.0.195.1:{PORT}/: " in last and "refused" in last


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:8000/", "add --allow-private"),
        ("http://0x7f.1/", "add --allow-private"),
        ("localhost:8000", "add --allow-private"),
        ("http://10.0.0.1/", "add --allow-private"),
        ("ftp://bao.example.vn/", "begins with http:// or https://"),
        ("file:///etc/passwd", "begins with http:// or https://"),
        ("https://me:secret@bao.example.vn/", "without name and password"),
        ("https:///tin", "begins with http:// or https://"),
        ("", "give the address of the start page"),
        ("https://báo.example.vn/", "bare host in lower case"),
        ("https://www.qdnd.vn/", "found it in source 'qdnd'"),
        ("https://baoquankhu2.vn:8443/tin", "found it in source 'baoquankhu2'"),
        ("https://other.example.vn/ x", "begins with http:// or https://"),
    ],
)
def test_addresses_that_no_source_can_have_are_refused_before_anything_is_asked(url: str, words: str) -> None:
    with pytest.raises(CannotAdd, match=r"nothing was asked and nothing written") as refused:
        wanted(None, url, "some-id", allow_private=False)
    assert words in str(refused.value)


@pytest.mark.parametrize("source_id", ["qdnd", "local", "Báo", "../x", "a/b", "-", "a b"])
def test_ids_that_are_taken_or_no_ids_are_refused(source_id: str) -> None:
    with pytest.raises(CannotAdd, match="nothing was asked"):
        wanted(None, "https://bao.example.vn/", source_id, allow_private=False)


def test_an_address_without_a_scheme_is_tried_by_https_first() -> None:
    what = wanted(None, "Bao.Example.VN", None, allow_private=False)
    assert (what.source_id, what.urls) == ("bao-example", ("https://bao.example.vn/", "http://bao.example.vn/"))
    assert what.delay_s == 3.0


def test_only_this_machine_is_asked_without_the_polite_pause() -> None:
    assert wanted(None, "http://127.0.5.1:8460/", None, allow_private=True).delay_s < 1
    assert wanted(None, "http://10.0.0.1/", None, allow_private=True).delay_s == 3.0


def test_file_and_fixtures_are_written_and_read_as_one_source(tmp_path: Path, drafted: Drafted) -> None:
    written = write(tmp_path, drafted)
    assert load_catalog(tmp_path).get("quan-khu") == drafted.source
    assert written.file.read_text(encoding="utf-8") == drafted.text
    assert written.fixtures is not None
    names = {path.name for path in written.fixtures.iterdir()}
    assert names == {"fixtures.json", *(fixture.file for fixture, _ in drafted.fixtures)}
    assert {path.name for path in (tmp_path / "sources").iterdir()} == {"quan-khu", "quan-khu.toml"}


@pytest.mark.parametrize("there", ["quan-khu.toml", "quan-khu"])
def test_what_is_there_is_never_replaced(tmp_path: Path, drafted: Drafted, there: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / there).write_text("mine", encoding="utf-8")
    with pytest.raises(
        CannotAdd, match=r"expected nothing there, found a file; nothing was written; cure: another --id"
    ):
        write(tmp_path, drafted)
    with pytest.raises(CannotAdd):
        wanted(tmp_path, "https://bao.example.vn/", "quan-khu", allow_private=False)
    assert [path.name for path in (tmp_path / "sources").iterdir()] == [there]
    assert (tmp_path / "sources" / there).read_text(encoding="utf-8") == "mine"


def test_a_full_disk_leaves_neither_file_nor_fixtures(
    tmp_path: Path, drafted: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "link", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write(tmp_path, drafted)
    assert list((tmp_path / "sources").iterdir()) == []

"""What a hostile or broken server, a fault of our reader and a wrong home may not do to `try`, `check`, `test`, `add`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalog import load_catalog
from crawlers.drafting.wanted import CannotAdd, wanted
from crawlers.fixtures import draft, write_fixtures
from crawlers.looking import Looker
from crawlers.source import Fetch, Source
from dagster_project.steps import adding, looking, stumbling, testing
from dagster_project.steps.home import HomeError, utc_now
from pipelines.records import Capture, Reading

PORT = 8500 + os.getpid() % 20_000
PAGE = "<html><body><h1>Một trang</h1><p>Câu này có dấu.</p></body></html>".encode()


@contextmanager
def served(answers: dict[str, tuple[int, str]]) -> Iterator[str]:
    """path → (status, Location); other paths a page, robots.txt 404. Yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, location = answers.get(self.path, (404 if self.path == "/robots.txt" else 200, ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.4.3.1", PORT), Handler) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
        thread.start()
        try:
            yield f"http://127.4.3.1:{PORT}"
        finally:
            server.shutdown()
            thread.join()


def source(base: str) -> Source:
    fetch = Fetch(delay_s=0.01, allow_private=True)
    return Source("bao", "Báo", "Báo", home=f"{base}/", hosts=("127.4.3.1",), fetch=fetch)


def test_a_redirect_to_no_address_is_told_as_such_and_one_that_was_followed_leaves_no_trace() -> None:
    answers = {"/a": (302, "http://["), "/b": (301, "http://127.4.3.1:99999/"), "/c": (302, "/d")}
    with served(answers) as base, Looker(source(base)) as asking:
        for path in ("/a", "/b"):
            look = asking.get(base + path)
            assert look.refused is not None and look.location is None and not look.ok
        followed = asking.get(f"{base}/c")
        assert (followed.final_url, followed.location) == (f"{base}/d", None)
        with pytest.raises(looking.CannotTry, match="nothing was stored; cure: look at the address"):
            looking.try_url(None, load_catalog(None), f"{base}/a", None, True, utc_now, print)


def test_a_fault_of_the_reader_is_a_page_with_a_reason_and_no_end_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = Capture("bao", "https://bao.example/mot-bai", utc_now(), PAGE, "text/html", 200)
    folder = tmp_path / "sources" / "bao"
    write_fixtures(folder, [(draft(capture, stumbling.read_safely(capture, None, ())), PAGE)])
    (tmp_path / "sources" / "bao.toml").write_text('publisher = "Báo"\n', encoding="utf-8")

    def fault(capture: Capture, **_: Any) -> Reading:
        raise AttributeError("no such thing")

    monkeypatch.setattr(stumbling, "read", fault)
    (tested,) = testing.tested_sources(tmp_path, load_catalog(tmp_path), ["bao"])
    assert tested.pages[0].differences[0].found == "other"
    with served({}) as base:
        tried = looking.try_url(None, load_catalog(None), f"{base}/tin", None, True, utc_now, print)
    assert tried.page.reading.kind_rule == "unreadable: reader error: AttributeError: no such thing"


def test_an_id_that_no_source_may_have_is_refused_before_anything_is_asked() -> None:
    what = wanted(None, f"http://127.4.3.1:{PORT}/", "hosts", allow_private=True)  # and nobody listens there
    with pytest.raises(CannotAdd, match=r"the pace of hosts .* nothing was asked and nothing written; cure: --id"):
        adding.look(None, what, utc_now, print)


def test_a_file_is_no_home_and_no_home_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HomeError, match="expected a folder as home, found a file"):
        looking.some_home(tmp_path / "file")
    assert looking.some_home(tmp_path / "none") is None

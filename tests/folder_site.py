"""Saved pages served as a site: each at its path, and below chosen paths one page for everything, as a broken portal does."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import regex


class FolderSite:
    """pages: path → body. traps: path → body of it and of whatever lies below. Elsewhere 404.

    asked  path → times
    """

    def __init__(self, address: str, port: int, pages: Mapping[str, bytes], traps: Mapping[str, bytes]) -> None:
        self.address, self.port, self.pages, self.traps = address, port, pages, traps
        self.asked: Counter[str] = Counter()

    @property
    def base_url(self) -> str:
        return f"http://{self.address}:{self.port}"

    def body(self, path: str) -> bytes | None:
        if (page := self.pages.get(path)) is not None:
            return page
        return next((page for trap, page in self.traps.items() if path == trap or path.startswith(f"{trap}/")), None)

    @contextmanager
    def serve(self) -> Iterator[None]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.asked[path] += 1
                found = site.body(path)
                body = found if found is not None else b"<h1>404</h1>"
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer((self.address, self.port), Handler) as server:
            thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()

    def write_source(self, folder: Path, lists: list[str], onward: str) -> None:
        """`folder-site.toml`: of each list every link counts; onward: selector of what may lead to its next page."""
        folder.mkdir(parents=True, exist_ok=True)
        ways = "".join(
            f'\n[[discover]]\nkind = "listing"\nurl = "{self.base_url}{path}"\nitem = "a"\norder = "unordered"\n'
            f"next = '{onward}'\n"
            for path in lists
        )
        (folder / "folder-site.toml").write_text(
            f'name = "Cổng"\npublisher = "Cổng"\nhome = "{self.base_url}/"\nhosts = ["{self.address}"]\nstatus = "seen"\n'
            f"enabled = true\n\n[fetch]\ndelay_s = 0.001\nconcurrency = 4\nallow_private = true\n{ways}",
            encoding="utf-8",
        )


def saved_pages(folder: Path, site: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Pages of one site out of a folder with an `index.jsonl`, by path, and those that were a spider trap."""
    pages: dict[str, bytes] = {}
    traps: dict[str, bytes] = {}
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["site"] == site:
            path = urlsplit(row["url"]).path or "/"
            kind = traps if "trap" in row["kind"] else pages
            kind[path] = (folder / row["file"]).read_bytes()
    # Of the article: everything below it was answered with itself.
    return pages, {regex.sub(r"(?:/(?:en|vi))+$", "", path): body for path, body in traps.items()}

"""A site that does everything to a crawl that a site can, and publishes forty good bulletins meanwhile.

No kind of the newsroom: it has no chronicle and needs raw sockets. Beside it listens a canary, on another port of the
same machine: whoever is led there counts. `python -m tests.hostile` crawls it with the real `bantin`.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from crawlers.newsroom import hostile_pages as pages
from crawlers.newsroom.hostile_answers import (
    Trap,
    Wire,
    body,
    broken_traps,
    content_traps,
    head,
    redirect,
    redirect_traps,
    size_traps,
    slow_traps,
)

_XML = "application/xml"
_REQUEST = 64 * 1024
_TRAP_LINKS = ("en/", "vi/", "en", "vi", "../vi/en/", "trang.html/en/")


class HostileSite:
    """One address, two ports.

    address, port  where it lives; the canary is at the port above, there and on 127.0.0.1 and ::1
    good           bulletins it publishes, in two sitemaps
    scale          everything large is so many times smaller; 1: what the bounds of production are for
    slow           with those traps that take all the time they are given

    traps    by their names below `/bay/`
    asked    path → times
    canary   connections to the canary; must stay 0
    """

    def __init__(self, address: str, port: int, *, good: int = 40, slow: bool = True, scale: int = 1) -> None:
        self.address, self.port, self.good, self._scale = address, port, good, scale
        self.canary_address = f"{address}:{port + 1}"
        self.traps: dict[str, Trap] = {
            **(slow_traps() if slow else {}),
            **size_traps(scale),
            **broken_traps(),
            **redirect_traps(address, port, port + 1),
            **content_traps(self.canary_address, scale),
        }
        self.asked: Counter[str] = Counter()
        self.canary = 0
        self._sessions = itertools.count(1)
        self._ended = threading.Event()
        self._made: dict[str, bytes] = {}

    @property
    def base_url(self) -> str:
        return f"http://{self.address}:{self.port}"

    def good_urls(self) -> set[str]:
        return {self.base_url + pages.good_path(number) for number in range(self.good)}

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Answer while the block runs. OSError: a port is taken."""
        self._ended.clear()
        with ExitStack() as stack:
            stack.callback(self._ended.set)
            stack.enter_context(_listening(self.address, self.port, self._serve))
            for where in dict.fromkeys((self.address, "127.0.0.1", "::1")):
                with suppress(OSError) if where == "::1" else ExitStack():  # some machines have no IPv6
                    stack.enter_context(_listening(where, self.port + 1, self._sing))
            yield

    def source_toml(self, delay_s: float) -> str:
        """As a person would write it who believes the best of the site."""
        ways = "".join(
            f'\n[[discover]]\nkind = "{kind}"\nurl = "{self.base_url}{path}"\n{more}'
            for kind, path, more in (
                ("sitemap", "/sitemap.xml", ""),
                ("feed", "/rss", ""),
                ("listing", "/link-la", 'item = "a.muc"\n'),
                ("listing", "/bai/van-hoa/", 'item = "a"\nnext = "a"\n'),
                ("listing", "/lich/2026/11", 'item = "a.muc"\nnext = "a.tiep"\norder = "unordered"\n'),
                ("listing", "/trang?page=1", 'item = "a.muc"\nnext = "a.tiep"\n'),
                ("listing", "/phien", 'item = "a.muc"\n'),
            )
        )
        return (
            'name = "Trang thù địch"\npublisher = "Trang thù địch"\nsphere = "other"\n'
            f'home = "{self.base_url}/"\nhosts = ["{self.address}"]\nstatus = "seen"\nenabled = true\n'
            f"\n[fetch]\ndelay_s = {delay_s}\nconcurrency = 4\nallow_private = true\n"
            f"max_bytes = {20_000_000 // self._scale}\n"
            f'{ways}\n[url]\nbulletin = "^/(?:tin|bay|phien)/"\n'
        )

    def write_source(self, folder: Path, delay_s: float) -> Path:
        """`hostile.toml` in `folder`, which is made if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "hostile.toml"
        file.write_text(self.source_toml(delay_s), encoding="utf-8")
        return file

    def _sing(self, connection: socket.socket) -> None:
        self.canary += 1

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(120)
        asked = b""
        while b"\r\n\r\n" not in asked and len(asked) < _REQUEST:
            if not (piece := connection.recv(_REQUEST)):
                return
            asked += piece
        target = asked.split(b" ")[1].decode("latin-1")
        self.asked[target] += 1
        with suppress(OSError):  # the other side has had enough
            self._answer(Wire(connection, self._ended), target)

    def _answer(self, wire: Wire, target: str) -> None:
        path, _, query = target.partition("?")
        name = path.rpartition("/")[2]
        if path == "/robots.txt":
            body(wire, b"User-agent: *\nAllow: /\n", "text/plain")
        elif path == "/":
            body(
                wire,
                pages.home(
                    self.good,
                    (
                        "/bai/van-hoa/",
                        "/lich/2026/11",
                        "/trang?page=1",
                        "/phien",
                        "/link-la",
                        *(f"/bay/{name}" for name in self.traps),
                    ),
                ),
            )
        elif path == "/sitemap.xml" or path.startswith("/sm/"):
            self._sitemap(wire, path)
        elif path == "/rss":
            body(wire, pages.entities(self.canary_address, ("rss", "item"), "link"), "application/rss+xml")
        elif path == "/link-la":
            body(wire, self._once("link-la", self._strange_links))
        elif path.startswith("/bai/"):  # whatever lies below is the same page with links relative to itself
            body(wire, pages.links([*_TRAP_LINKS], '<a href="en/">English</a>'))
        elif path.startswith("/lich/"):
            self._calendar(wire, path)
        elif path == "/trang":
            rows = [f"/rac/{len(query)}-{n}" for n in range(5)]
            body(wire, pages.links(rows, f'<a class="tiep" href="/trang?{query}&amp;page=1">Tiếp</a>'))
        elif path == "/phien":
            session = next(self._sessions)
            body(wire, pages.links([f"/phien/bai-{n}.html?sid={session:x}{n:x}" for n in range(12)]))
        elif path.startswith("/phien/"):
            body(wire, pages.article(f"Đơn vị họp giao ban, {name}", "2026-10-30", f"phiên {name}"))
        elif path.startswith("/bay/quay/"):
            redirect(wire, f"/bay/quay/{int(name) + 1}")
        elif path.startswith("/bay/") and name in self.traps:
            self.traps[name].write(wire)
        elif path.startswith("/tin/") and (number := self._number(path)) is not None:
            body(wire, pages.good_page(number))
        else:
            wire.send(head(404, 0))

    def _number(self, path: str) -> int | None:
        return next((number for number in range(self.good) if pages.good_path(number) == path), None)

    def _sitemap(self, wire: Wire, path: str) -> None:
        base, name = self.base_url, path.rpartition("/")[2]
        if path == "/sitemap.xml":
            names = (
                "tot-1.xml",
                "bay.xml",
                "bom.xml.gz",
                "thuc-the.xml",
                "sau/1",
                "vo-tan.xml",
                "anh.xml",
                "tot-2.xml.gz",
            )
            body(wire, pages.sitemap([f"{base}/sm/{name}" for name in names], "sitemapindex"), _XML)
        elif name.startswith("tot-"):
            numbers = range(self.good // 2) if name == "tot-1.xml" else range(self.good // 2, self.good)
            data = pages.sitemap([base + pages.good_path(number) for number in numbers])
            body(wire, gzip.compress(data, mtime=0) if name.endswith(".gz") else data, _XML)
        elif name == "bay.xml":
            body(wire, pages.sitemap([*(f"{base}/bay/{name}" for name in self.traps), f"{base}/bay/quay/1"]), _XML)
        elif name == "bom.xml.gz":
            body(wire, pages.bomb(300 // self._scale), "application/x-gzip")
        elif name == "thuc-the.xml":
            body(wire, pages.entities(self.canary_address), _XML)
        elif path.startswith("/sm/sau/"):
            body(wire, pages.sitemap([f"{base}/sm/sau/{int(name) + 1}"], "sitemapindex"), _XML)
        elif name == "vo-tan.xml":
            wire.send(head(200, kind=_XML, Transfer_Encoding="chunked"))
            opening = pages.sitemap([])[: -len(b"</urlset>")]
            wire.send(b"%x\r\n%s\r\n" % (len(opening), opening))
            entry = f"<url><loc>{base}/rac/xml</loc></url>".encode() * 500
            wire.flood(itertools.repeat(b"%x\r\n%s\r\n" % (len(entry), entry)))
        else:
            body(wire, pages.PNG, _XML)

    def _calendar(self, wire: Wire, path: str) -> None:
        """A month for every month that will ever be, each with days of its own."""
        year, month = map(int, path.split("/")[2:4])
        following = f"/lich/{year + month // 12}/{month % 12 + 1:02d}"
        rows = [f"/lich-ngay/{year}/{month:02d}/{day:02d}" for day in range(1, 29)]
        body(wire, pages.links(rows, f'<a class="tiep" href="{following}">Tháng sau</a>'))

    def _strange_links(self) -> bytes:
        canary, host, port = self.canary_address, self.address, self.port
        strange = [
            "http://169.254.169.254/tin/a", f"http://2130706433:{port + 1}/tin/a", f"http://0177.1:{port + 1}/tin/a",
            f"http://[::ffff:127.0.0.1]:{port + 1}/tin/a", f"http://{canary}/tin/cong-khac", f"https://{canary}/tin/b",
            f"http://ai:do@{host}:{port}/tin/c", f"//{canary}/tin/d", f"\\\\{canary}\\tin\\e", f"/\\{canary}/tin/f",
            "file:///etc/passwd", "ftp://la.example/tin/g", "javascript:alert(1)", "data:text/html,x", "http://[", "//",
            "/tin/" + "a/" * 40, "/tin/" + "lap/" * 5, "/tin/x?" + "p=1&amp;" * 30, "/tin/" + "d" * 5_000,
            "http://la.example/tin/h", "/tin/%00", "/tin/..%2f..%2fetc", "http://127.0.0.1.la.example/tin/i",
        ]  # fmt: skip
        return pages.links([*strange, *(f"/rac/{n}" for n in range(100_000 // self._scale))])

    def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]


@contextmanager
def _listening(address: str, port: int, serve: Callable[[socket.socket], None]) -> Iterator[None]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            serve(self.request)

    class Server(socketserver.ThreadingTCPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        allow_reuse_address = daemon_threads = True
        block_on_close = False
        request_queue_size = 256

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Broken connections are what it is for."""

    with Server((address, port), Handler) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(0.05), name="hostile", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()

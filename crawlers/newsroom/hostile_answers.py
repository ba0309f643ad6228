"""What a hostile site answers with, each by its name, and what must become of it. Pure but for the socket it writes to.

A trap is written straight to the socket: no HTTP library would send most of them.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from crawlers.newsroom import hostile_pages as pages

_BIG = 60 * 1024 * 1024
_PIECE = b"<p>" + b"x" * 65_000


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection whose request was read. ended: the site closes."""

    socket: socket.socket
    ended: threading.Event

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def flood(self, pieces: Iterator[bytes]) -> None:
        """Send until the other side has had enough, which raises OSError, or the site closes."""
        for piece in pieces:
            if self.ended.is_set():
                return
            self.socket.sendall(piece)

    def drip(self, data: bytes, every_s: float = 0.2) -> None:
        """The data over and over, a byte at a time."""
        while not self.ended.is_set():
            for at in range(len(data)):
                self.socket.sendall(data[at : at + 1])
                if self.ended.wait(every_s):
                    return


@dataclass(frozen=True, slots=True)
class Trap:
    """What becomes of it in the frontier.

    ends  (state, part of the reason). State `any`: it was fetched, reading says what it is; empty: it waits to be tried
          again, or has failed
    """

    write: Callable[[Wire], None]
    ends: tuple[str, str]


def head(status: int = 200, length: int | None = None, kind: str = "text/html", **more: str) -> bytes:
    lines = [f"HTTP/1.1 {status} OK", "Connection: close", f"Content-Type: {kind}"]
    lines += [f"Content-Length: {length}"] if length is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def body(wire: Wire, data: bytes, kind: str = "text/html; charset=utf-8", **more: str) -> None:
    wire.send(head(200, len(data), kind, **more) + data)


def redirect(wire: Wire, to: str) -> None:
    wire.send(head(302, 0, Location=to))


def _forever(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def _big(wire: Wire, size: int, length: int | None) -> None:
    wire.send(head(200, length))
    wire.flood(_PIECE for _ in range(size // len(_PIECE)))


def _raw(wire: Wire, data: bytes) -> None:
    wire.send(data)


def _drip_head(wire: Wire) -> None:
    wire.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Cham: tung byte mot\r\n" * 400)


def _drip_body(wire: Wire) -> None:
    wire.send(head(200))
    wire.drip(b"<p>tin ")


def _endless_head(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.flood(f"X-Dau-{n}: {'a' * 4000}\r\n".encode() for n in range(10**9))


def _endless_interim(wire: Wire) -> None:
    wire.flood(_forever(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 500))


def _endless_chunks(wire: Wire) -> None:
    wire.send(head(200, Transfer_Encoding="chunked"))
    wire.flood(_forever(b"%x\r\n%s\r\n" % (len(_PIECE), _PIECE)))


def _silent(wire: Wire) -> None:
    wire.ended.wait()


FETCHED = ("any", "")
TOO_LARGE = ("", "larger than")
BOMB = ("", "cannot be decoded (too-large)")
CODING = ("", "cannot be decoded (unknown-encoding)")
LATE = ("", "no answer in time")
BROKEN = ("", "")


def slow_traps() -> dict[str, Trap]:
    """Those that take all the time they are given."""
    return {
        "nho-giot-dau": Trap(_drip_head, LATE),
        "nho-giot-than": Trap(_drip_body, LATE),
        "im-lang": Trap(_silent, LATE),
    }


def size_traps(scale: int) -> dict[str, Trap]:
    """Too much of something."""
    most = 100 // scale
    gzip, deflate = pages.bomb(most), pages.bomb(most, "deflate")
    return {
        "dau-vo-tan": Trap(_endless_head, ("", "its header is larger")),
        "tam-vo-tan": Trap(_endless_interim, ("", "its header is larger")),
        "khuc-vo-tan": Trap(_endless_chunks, TOO_LARGE),
        "to-co-do-dai": Trap(partial(_big, size=_BIG // scale, length=_BIG // scale), TOO_LARGE),
        "to-khong-do-dai": Trap(partial(_big, size=_BIG // scale, length=None), TOO_LARGE),
        "bom-gzip": Trap(partial(body, data=gzip, Content_Encoding="gzip"), BOMB),
        "bom-x-gzip": Trap(partial(body, data=gzip, Content_Encoding="x-gzip"), BOMB),
        "bom-deflate": Trap(partial(body, data=deflate, Content_Encoding="deflate"), BOMB),
        "bom-long": Trap(partial(body, data=pages.nested_bomb(most), Content_Encoding="gzip, gzip"), BOMB),
        "chin-lop": Trap(partial(body, data=gzip, Content_Encoding=", ".join(["gzip"] * 9)), CODING),
        "zstd": Trap(partial(body, data=b"\x28\xb5\x2f\xfd" + b"x" * 90, Content_Encoding="zstd"), CODING),
    }


def broken_traps() -> dict[str, Trap]:
    """Answers that are none."""
    page = pages.article("Đơn vị hoàn thành kế hoạch", "2026-11-05", "đo sai độ dài")
    return {
        "thieu": Trap(lambda wire: wire.send(head(200, 90_000) + page), ("", "broke off")),
        "thua": Trap(lambda wire: wire.send(head(200, 400) + page), FETCHED),
        "do-dai-am": Trap(lambda wire: wire.send(head(200, -5) + page), BROKEN),
        "hai-do-dai": Trap(lambda wire: wire.send(head(200, 5, Content_length="7") + page), BROKEN),
        "khong-http": Trap(partial(_raw, data=b"SSH-2.0-OpenSSH_9.6\r\n"), BROKEN),
        "trang-thai-la": Trap(partial(_raw, data=b"HTTP/1.1 9x9 Gi\r\n\r\n"), BROKEN),
        "cat-dau": Trap(partial(_raw, data=b"HTTP/1.1 200 OK\r\nContent-Ty"), BROKEN),
    }


def redirect_traps(host: str, port: int, canary_port: int) -> dict[str, Trap]:
    """Redirects to where nobody may be led; all are kept as they are, unfollowed."""
    targets = {
        "tep": "file:///etc/passwd",
        "sieu-du-lieu": "http://169.254.169.254/latest/meta-data/",
        "thap-phan": f"http://2130706433:{canary_port}/",
        "bat-phan": f"http://0177.0.0.1:{canary_port}/",
        "thap-luc": f"http://0x7f000001:{canary_port}/",
        "anh-xa": f"http://[::ffff:127.0.0.1]:{canary_port}/",
        "sau": f"http://[::1]:{canary_port}/",
        "cong-khac": f"http://{host}:{canary_port}/",
        "cong-khac-https": f"https://{host}:{canary_port}/",
        "mat-khau": f"http://ai:do@{host}:{port}/",
        "nguoi-la": f"//la.example:{canary_port}/",
        "gach-nguoc": f"http:\\\\la.example:{canary_port}\\",
        "gach-a-cong": f"http://{host}:{port}\\@127.0.0.1:{canary_port}/",
        "toan-goc": f"http://１２７.0.0.1:{canary_port}/".encode().decode("latin-1"),
    }
    found = {f"dan-{name}": Trap(partial(redirect, to=to), FETCHED) for name, to in targets.items()}
    # To its own host, as browsers read it: a page there that does not exist.
    found["dan-gach-a-cong"] = Trap(found["dan-gach-a-cong"].write, ("gone", "404"))
    return found


def content_traps(canary: str, scale: int) -> dict[str, Trap]:
    """Bytes that are not what they say, and pages no parser likes."""
    many = "".join(f'<a href="/rac/{n}">x</a>' for n in range(100_000 // scale))
    page = pages.article("Đơn vị hoàn thành kế hoạch", "2026-11-05", "kiểu sai")
    found = {
        "pdf": (pages.PDF, "text/html"),
        "png": (pages.PNG, "text/html"),
        "exe": (pages.EXE, "text/html; charset=utf-8"),
        "nhi-phan": (pages.EXE, "application/octet-stream"),
        "html-la-anh": (page, "image/png"),
        "nul": (b"<html><body>\x00\x00<p>tin\x00</p>" * 500, "text/html"),
        "trieu-div": (b"<div>" * (1_000_000 // scale), "text/html"),
        "tram-nghin-link": (pages.html(many), "text/html"),
        "thuoc-tinh": (pages.html(f'<p title="{"a" * (5_000_000 // scale)}">tin</p>'), "text/html"),
        "tua-de-lon": (pages.html(f"<h1>{'dài ' * (500_000 // scale)}</h1><p>tin</p>"), "text/html"),
        "doi-chu": (page, "text/html; charset=utf-16"),
        "chu-la": (page, "text/html; charset=\x80\xff-x-khong-co"),
        "nhay": (pages.html(f'<meta http-equiv="refresh" content="0;url=http://{canary}/nhay">'), "text/html"),
        "goc": (pages.html(f'<base href="http://{canary}/"><img src="a.png"><a href="b">b</a>'), "text/html"),
        "thuc-the": (pages.entities(canary, ("html", "body"), "p"), "application/xhtml+xml"),
        "svg": (pages.entities(canary, ("svg", "g"), "text"), "image/svg+xml"),
    }
    for name, title in pages.NASTY_TITLES.items():
        found[f"tua-{name}"] = (pages.article(title, "2026-11-05", name), "text/html; charset=utf-8")
    return {
        name: Trap(lambda wire, data=data, kind=kind: wire.send(head(200, len(data), kind) + data), FETCHED)  # type: ignore[misc]
        for name, (data, kind) in found.items()
    }

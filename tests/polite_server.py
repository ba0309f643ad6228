"""A newsroom on loopback for the tests of manners, and the child process that asks it."""

import json
import os
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def download_all(jobs: list[dict[str, Any]], environment: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What tests/polite_child.py says of these jobs. It prints nothing else, on neither stream."""
    child = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "polite_child.py"), json.dumps(jobs)],
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {}),
        capture_output=True,
        text=True,
    )
    assert (child.returncode, child.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(child.stdout)
    return found


def download(
    urls: list[str], hosts: list[str], environment: dict[str, str] | None = None, **job: Any
) -> dict[str, Any]:
    """The same for one job."""
    return download_all([{"urls": urls, "hosts": hosts, "fetch": {}} | job], environment)[0]


class Newsroom:
    """asked: host and path of each request; headers: of each request. With `tls` it speaks HTTPS."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[str] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.targets: list[str] = []  # Location of /to?0, /to?1 …
        self.server = _Server(("127.0.0.1", 0), _Answers)
        self.server.newsroom = self
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.base = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    newsroom: Newsroom

    def handle_error(self, *_: Any) -> None:
        """A client that does not trust us is what some tests are about."""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        newsroom = self.server.newsroom
        path, _, query = self.path.partition("?")
        newsroom.asked.append(f"{self.headers['Host'].partition(':')[0]}{self.path}")
        newsroom.paths.append(path)
        newsroom.headers.append(dict(self.headers))
        name, _, rest = path[1:].partition("/")
        if name == "robots.txt":
            self.answer(302, Location="/chain/1")
        elif name == "chain" and rest != "0":
            self.answer(302, Location=f"/chain/{int(rest) - 1}")
        elif name == "status":
            self.answer(int(rest), Location="/tin")
        elif name == "to":
            self.answer(302, Location=newsroom.targets[int(query)])
        elif name in ("ping", "pong"):
            self.answer(302, Location="/pong" if name == "ping" else "/ping")
        elif name == "self" or (name == "cookie" and self.headers["Cookie"] != "vao=1"):
            self.answer(302, Location=path, Set_Cookie="vao=1; Path=/")
        elif name == "nowhere":
            self.answer(302)
        elif name == "gzip":
            self.answer(200, b"\x1f\x8bnot really", Content_Encoding="gzip")
        elif name == "big":
            self.answer(200, b"x" * int(rest))
        elif name == "cut":
            self.answer(200, b"x" * 10, Content_Length="1000")
            self.close_connection = True
        elif name == "chunked":
            self.answer(200, b"%x\r\n%s\r\n0\r\n\r\n" % (int(rest), b"x" * int(rest)), Transfer_Encoding="chunked")
        else:
            self.answer(200, b"ok")

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        if "Transfer_Encoding" not in headers:
            headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass

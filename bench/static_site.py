"""A static site on loopback for the crawl benchmark: as little work a request as Python allows.

`python -m bench.static_site HOST PORT PAGES KILOBYTES`: a sitemap, listings of 100 links, distinct pages.
"""

from __future__ import annotations

import asyncio
import random
import sys

_WORDS = (
    "hội nghị",
    "cán bộ",
    "chiến sĩ",
    "đơn vị",
    "nhiệm vụ",
    "huấn luyện",
    "kết quả",
    "quân khu",
    "thi đua",
    "hậu cần",
)
A_LISTING = 100


def pages(host: str, port: int, count: int, kilobytes: int) -> dict[bytes, bytes]:
    """Path → whole HTTP answer."""
    chance = random.Random(5)
    base = f"http://{host}:{port}"
    answers = {b"/robots.txt": _answer(b"User-agent: *\nDisallow: /private/\n", "text/plain")}
    locs = "".join(f"<url><loc>{base}/tin/bai-{n}.html</loc></url>" for n in range(count))
    answers[b"/sitemap.xml"] = _answer(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>'.encode(), "application/xml"
    )
    blocks = []
    for _ in range(200):
        text = " ".join(chance.choice(_WORDS) + str(chance.randrange(100)) for _ in range(60))
        blocks.append(f'<div class="box b{chance.randrange(1000)}"><p>{text}</p></div>'.encode())
    for n in range(count):
        body = b"<html><head><title>%d</title></head><body><h1>%d</h1>" % (n, n)
        while len(body) < kilobytes * 1024:
            body += chance.choice(blocks)
        answers[b"/tin/bai-%d.html" % n] = _answer(body + b"</body></html>", "text/html; charset=utf-8")
    for first in range(0, count, A_LISTING):
        shown, after = range(first, min(first + A_LISTING, count)), first + A_LISTING
        links = "".join(f'<li><a href="/tin/bai-{n}.html">Bản tin {n}</a></li>' for n in shown)
        following = f'<a class="next" href="/list-{after}">tiếp</a>' if after < count else ""
        page = f"<html><body><ul>{links}</ul>{following}</body></html>"
        answers[b"/list-%d" % first] = _answer(page.encode(), "text/html")
    return answers


def _answer(body: bytes, media: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class _Static(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers, self.data = answers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data += data
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            path = self.data.split(b" ", 2)[1]
            self.data = self.data[end + 4 :]
            self.transport.write(self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))


async def _serve(host: str, port: int, count: int, kilobytes: int) -> None:
    answers = pages(host, port, count, kilobytes)
    server = await asyncio.get_running_loop().create_server(lambda: _Static(answers), host, port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))

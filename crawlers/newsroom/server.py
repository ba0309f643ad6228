"""Serves the sites over HTTP on loopback: one uvicorn in a thread of this process, one address a site."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn

from crawlers.newsroom.answers import Answer, Ask, header_lines
from crawlers.newsroom.records import Request
from crawlers.newsroom.relocation import Answering

Respond = Callable[[Answering, Ask], Answer]


class Application:
    """A plain ASGI callable; which site is asked follows from the address of the socket."""

    def __init__(self, sites: Mapping[str, Answering], respond: Respond, log: Callable[[Request], None]) -> None:
        self.sites, self.respond, self.log = sites, respond, log

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        at = time.time()
        site = self.sites[scope["server"][0]]
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _body(receive) if scope["method"] == "POST" else b""
        path = scope["raw_path"].decode("latin-1").partition("?")[0]
        ask = Ask(scope["method"], path, scope["query_string"].decode("latin-1"), headers, body)
        answer = self.respond(site, ask)
        self.log(Request(at, ask.method, ask.target, answer.status, headers, site.site_id, body))
        if slow := site.faults().slow_s:
            await asyncio.sleep(slow)
        if not answer.status:
            # ASGI knows no way to leave a request unanswered: the connection of uvicorn's cycle is cut.
            send.__self__.transport.abort()
            await asyncio.sleep(0.01)
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": header_lines(answer)})
        await send({"type": "http.response.body", "body": b"" if ask.method == "HEAD" else answer.body})


async def _body(receive: Any) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


@contextmanager
def serving(application: Application, port: int) -> Iterator[None]:
    """Serve until the block ends; all addresses accept connections once it begins.

    raises  OSError: an address cannot be bound (named in the message)
    """
    sockets = []
    try:
        for address in application.sites:
            sockets.append(_bound(address, port))
        config = uvicorn.Config(
            application, http="auto", loop="asyncio", lifespan="off", log_level="critical", access_log=False,
            server_header=False, proxy_headers=False, timeout_keep_alive=30, timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets)), name="newsroom", daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise OSError("the newsroom's server ended while it was starting")
            time.sleep(0.005)
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(timeout=10)
    finally:
        for bound in sockets:
            bound.close()


def _bound(address: str, port: int) -> socket.socket:
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it an answer takes 40 ms.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(256)
    except OSError as error:
        found.close()
        raise OSError(error.errno, f"{address}:{port} cannot be bound: {error.strerror}") from error
    found.setblocking(False)
    return found

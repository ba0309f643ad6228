"""A process that has imported what `bantin` and its crawling processes import and forks for each: the same code, without
a second of imports.

`python -m tests.warm FD LISTENER NAME`. FD is a Unix socket of packets; each holds cwd, environment and arguments of one
command and brings its stdin, stdout, stderr and a pipe that its exit status is written to. LISTENER listens at the
abstract Unix socket NAME, where what stands in for a crawling process asks the same (tests/stand_in.py): it is told the
pid, then the exit status, and when it goes away its process is killed. All ends when nobody holds the other end of FD.
The commands that must start by themselves (what they import, how they end when killed) are started without it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.stand_in import stand_in

# What commands import when they need it; nothing here starts a thread, which a fork would lose.
MODULES = (
    "crawlers.bounded_http",
    "crawlers.look",
    "crawlers.piped",
    "crawlers.run",
    "dagster_project.assets",
    "dagster_project.checks",
    "dagster_project.cli",
    "dagster_project.launching",
    "dagster_project.schedules",
    "dagster_project.shell",
    "dagster_project.steps.demo",
    "dagster_project.steps.doctoring",
    "dagster_project.steps.ingesting",
    "dagster_project.steps.rebuilding",
    "dagster_project.steps.showing",
    "dagster_project.steps.status",
    "dagster_project.steps.upgrading",
    "pytz",
    "queuelib",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.downloader.middleware",
    "scrapy.core.downloader.tls",
    "scrapy.downloadermiddlewares.defaultheaders",
    "scrapy.downloadermiddlewares.downloadtimeout",
    "scrapy.dupefilters",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "typer._adapters",
    "typer.rich_utils",
    "warehouse.query",
    "warehouse.rebuild",
)
MOST = 1 << 20


@dataclass(frozen=True)
class _Child:
    """told: where its exit status is written. standing_in: the connection of what stands in for it."""

    pid: int
    ended: int
    told: int
    standing_in: socket.socket | None


class Warm:
    """The server; see above."""

    def __init__(self, connection: socket.socket, listener: socket.socket) -> None:
        self._connection, self._listener = connection, listener
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(connection, selectors.EVENT_READ)
        self._waiting.register(listener, selectors.EVENT_READ)
        self._children: dict[int, _Child] = {}

    def serve(self) -> dict[str, Any]:
        """Returns in a child, with what it is to become, and never in the server."""
        while True:
            for key, _ in self._waiting.select():
                asked = None
                if key.fileobj is self._connection:
                    asked = self._take(self._connection)
                elif key.fileobj is self._listener:
                    standing_in, _ = self._listener.accept()
                    asked = self._take(standing_in, standing_in)
                elif key.fd == key.data.ended:
                    self._end(key.data)
                elif key.data.pid in self._children:  # not reaped yet: the pid is still its own
                    os.kill(key.data.pid, signal.SIGKILL)
                    self._waiting.unregister(key.fileobj)
                if asked is not None:
                    return asked

    def _take(self, asking: socket.socket, standing_in: socket.socket | None = None) -> dict[str, Any] | None:
        """What a child is to become, in the child."""
        message, files, _, _ = socket.recv_fds(asking, MOST, 4)
        if not message:
            if standing_in is None:
                os._exit(0)
            standing_in.close()  # killed before it asked
            return None
        pid = os.fork()
        if pid == 0:
            self._leave(standing_in)
            asked: dict[str, Any] = json.loads(message)
            _become(asked, files)
            return asked
        for file in files[:3]:
            os.close(file)
        told = files[3] if standing_in is None else os.dup(standing_in.fileno())
        child = _Child(pid, os.pidfd_open(pid), told, standing_in)
        self._children[pid] = child
        self._waiting.register(child.ended, selectors.EVENT_READ, child)
        if standing_in is not None:
            _tell(told, pid)
            self._waiting.register(standing_in, selectors.EVENT_READ, child)
        return None

    def _end(self, child: _Child) -> None:
        status = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
        del self._children[child.pid]
        self._waiting.unregister(child.ended)
        os.close(child.ended)
        _tell(child.told, status)
        os.close(child.told)
        if child.standing_in is not None:
            if child.standing_in in self._waiting.get_map():
                self._waiting.unregister(child.standing_in)
            child.standing_in.close()

    def _leave(self, standing_in: socket.socket | None) -> None:
        """In a child: it holds no end of what the server and its other children hold."""
        self._waiting.close()
        for one in (self._connection, self._listener, standing_in):
            if one is not None:
                one.close()
        for child in self._children.values():
            os.close(child.ended)
            os.close(child.told)
            if child.standing_in is not None:
                child.standing_in.close()


def _tell(told: int, number: int) -> None:
    with suppress(BrokenPipeError):  # nobody waits for it any more
        os.write(told, f"{number}".encode())


def _become(asked: dict[str, Any], files: list[int]) -> None:
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = asked["arguments"]


def _crawling(asked: dict[str, Any]) -> int:
    """What `python -m MODULE` does, that which sitecustomize.py of PYTHONPATH changes included."""
    own = asked["process"]
    os.getppid = lambda: _parent_of(own)  # of what stands in for it; a test that waits for its end starts it for real
    for folder in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        sys.path.insert(0, folder)
        if Path(folder, "sitecustomize.py").exists():
            runpy.run_path(str(Path(folder, "sitecustomize.py")))
    return int(sys.modules[asked["module"]].main())


def _parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 1


def main(connection: int, listener: int, name: str) -> int:
    for module in MODULES:
        importlib.import_module(module)
    assert "twisted.internet.reactor" not in sys.modules, "a crawling process installs its own"
    stand_in(name)
    duckdb.close()  # importing it opens a database with a thread, which a child would wait for at its end
    gc.freeze()  # a child that ends looks through its own objects only
    asked = Warm(socket.socket(fileno=connection), socket.socket(fileno=listener)).serve()
    if "module" in asked:
        return _crawling(asked)
    from dagster_project.cli import main as bantin

    bantin()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))

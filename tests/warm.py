"""A process that has imported what `bantin` imports and forks for each command: the same code, without a second of imports.

`python -m tests.warm FD`: FD is a Unix socket of packets; each holds cwd, environment and arguments of one command and
brings its stdin, stdout, stderr and a pipe that its exit status is written to. It ends when nobody holds the other end.
The commands that must start by themselves (what they import, how they end when killed) are started without it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import socket
import sys

import duckdb

# What commands import when they need it; nothing here starts a thread, which a fork would lose.
MODULES = (
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
    "typer._adapters",
    "typer.rich_utils",
    "warehouse.query",
    "warehouse.rebuild",
)
MOST = 1 << 20


def main(connection: socket.socket) -> None:
    """Serve; returns in a child that is to become a command, and never in the server."""
    for name in MODULES:
        importlib.import_module(name)
    duckdb.close()  # importing it opens a database with a thread, which a child would wait for at its end
    gc.freeze()  # a child that ends looks through its own objects only
    waiting = selectors.DefaultSelector()
    waiting.register(connection, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is not connection:
                pid, told = key.data
                waiting.unregister(key.fd)
                os.close(key.fd)
                status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                os.write(told, f"{status}".encode())
                os.close(told)
                continue
            message, files, _, _ = socket.recv_fds(connection, MOST, 4)
            if not message:
                os._exit(0)
            pid = os.fork()
            if pid == 0:
                waiting.close()
                _become(json.loads(message), files, connection)
                return
            for file in files[:3]:
                os.close(file)
            waiting.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, files[3]))


def _become(asked: dict[str, object], files: list[int], connection: socket.socket) -> None:
    connection.close()
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    sys.argv = list(asked["arguments"])  # type: ignore[call-overload]


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
    from dagster_project.cli import main as bantin

    sys.exit(bantin())

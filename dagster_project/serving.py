"""`dagster dev` for a home: web UI, daemon and code server in a process group of their own, which ends with us."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

from dagster_project.launching import instance_of
from dagster_project.steps.home import Home
from pipelines.records import BantinError

_QUIET = "ignore:Function `dev_command` is superseded"  # `dg dev` takes 8 s longer and needs a package more
PATIENCE_S = 5.0
"""A group that has not ended so long after its leader was asked to is killed: what it wrote is safe anyway."""


class PortTaken(BantinError):
    """Something else listens where the web UI was to be."""


def serve(home: Home, port: int) -> int:
    """Until SIGINT or SIGTERM, or until Dagster ends by itself; its exit status, 0 where it was asked to end.

    raises  PortTaken: else Dagster would quietly take another one
    Runs that its end cut off are marked as failed by whichever command opens the instance next.
    """
    folder = home.path / "dagster"  # Dagster imports from where it stands; the home has a folder `warehouse`
    _refuse_taken(port)
    with instance_of(home):  # dead runs are marked, settings and environment made
        pass
    group = subprocess.Popen(
        [sys.executable, "-P", "-m", "dagster", "dev", "-m", "dagster_project.definitions", "-h", "127.0.0.1",
         "-p", str(port), "--log-level", "warning"],
        env={**os.environ, "PYTHONWARNINGS": _QUIET}, start_new_session=True, stdin=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        while group.poll() is None and not asked:
            time.sleep(0.1)
        return 0 if asked else group.returncode
    finally:
        _end(group)
        for number, handler in before.items():
            signal.signal(number, handler)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that ended just now is none
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(
                f"127.0.0.1:{port}: expected a free port for the web UI, found it taken ({error.strerror}); is another"
                " `bantin dev` running? Nothing was started. Cure: `bantin dev --port N`"
            ) from error


def _end(group: subprocess.Popen[bytes]) -> None:
    """Ask the leader, which asks the others; wait, kill the rest. All asked at once, they wait for each other."""
    deadline = time.monotonic() + PATIENCE_S
    with suppress(ProcessLookupError):
        group.send_signal(signal.SIGINT)
    while time.monotonic() < deadline and _lives(group):
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.killpg(group.pid, signal.SIGKILL)
    group.wait()


def _lives(group: subprocess.Popen[bytes]) -> bool:
    group.poll()  # a zombie would keep its group
    try:
        os.killpg(group.pid, 0)
    except ProcessLookupError:
        return False
    return True

"""Stands in for a crawling process: `python -I -S stand_in.py NAME MODULE`, what `python -m MODULE` would be.

The process that does the work is forked from one that has done the imports (tests/warm.py, which listens at the abstract
Unix socket NAME): the same code, without half a second of imports. This one hands on its stdin, stdout and stderr, and
SIGTERM and SIGINT when it gets them; it ends as that one ends, and that one ends with it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys

COLD = "START_COLD"
"""Set in the environment of crawling processes that are to import everything themselves: their memory is measured, or
what is imported is to be other than it is."""


def stand_in(name: str) -> None:
    """From now on this process starts its crawling processes by this file; whoever is to start them for real does not."""
    for starts, module in (("crawl_job", "run"), ("looking", "look")):
        if (owner := sys.modules.get(f"crawlers.{starts}")) is not None:
            vars(owner)["PROGRAM"] = (sys.executable, "-I", "-S", __file__, name, f"crawlers.{module}")
    if (dagsters := sys.modules.get("dagster_project.capturing")) is not None:  # imported later it has the new one
        vars(dagsters)["PROGRAM"] = vars(sys.modules["crawlers.crawl_job"])["PROGRAM"]


def main(name: str, module: str) -> int:
    if COLD in os.environ:
        os.execv(sys.executable, (sys.executable, "-P", "-m", module))
    asked = {
        "cwd": os.getcwd(),  # noqa: PTH109 - pathlib alone takes longer to import than all of this
        "environment": dict(os.environ), "arguments": [module], "module": module, "process": os.getpid(),
    }  # fmt: skip
    signalled, signals = socket.socketpair()
    signals.setblocking(False)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as warm, signalled, signals:
        warm.connect(f"\0{name}")
        socket.send_fds(warm, [json.dumps(asked).encode()], [0, 1, 2])
        pid = int(warm.recv(32))
        signal.set_wakeup_fd(signals.fileno())  # one that came right before the wait would be handled after it
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: os.kill(pid, number))
        nothing = os.open(os.devnull, os.O_RDWR)
        for file in (0, 1):  # whoever reads or writes at the other end is to see that the worker has closed its own
            os.dup2(nothing, file)
        while warm not in select.select((warm, signalled), (), ())[0]:
            signalled.recv(32)
        status = int(warm.recv(32) or b"-9")  # nothing: the forking process is gone
        signal.set_wakeup_fd(-1)
    if status < 0:
        if status != -signal.SIGKILL:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

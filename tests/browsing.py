"""`bantin dev` as a user has it: started, looked at in headless Chromium (Debian's package), ended by Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.kills import _children
from tests.running import BANTIN, alive, environment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_UP_S = 180.0


@dataclass
class Dev:
    """A running `bantin dev`. ended_in_s: set when it was ended; left: processes of it that still lived then."""

    url: str
    process: subprocess.Popen[str]
    up_in_s: float
    ended_in_s: float = 0.0
    left: tuple[int, ...] = ()


@contextmanager
def dev(home: Path) -> Iterator[Dev]:
    """Up when its web server answers; SIGINT at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.monotonic()
    process = subprocess.Popen(
        [BANTIN, "--home", str(home), "dev", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, env=environment(), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    found = Dev(f"http://127.0.0.1:{port}", process, 0.0)
    try:
        while not _answers(f"{found.url}/server_info"):
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            assert time.monotonic() - started < _UP_S, "the web UI did not come up"
            time.sleep(0.3)
        found.up_in_s = time.monotonic() - started
        yield found
    finally:
        family, asked = _children(process.pid), time.monotonic()
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        found.ended_in_s = time.monotonic() - asked
        found.left = tuple(pid for pid in [process.pid, *family] if alive(pid))
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def page(url: str, folder: Path, name: str) -> tuple[str, Path]:
    """(what the page holds once its scripts ran, a screenshot of it)."""
    assert CHROMIUM is not None
    shot = folder / f"{name}.png"
    common = (
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1500,1000",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=8000", "--timeout=60000",
    )  # fmt: skip
    both = [*common, f"--screenshot={shot}", "--dump-dom", url]
    text = subprocess.run(both, capture_output=True, check=True, timeout=240).stdout
    return text.decode("utf-8", "replace"), shot


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False

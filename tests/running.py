"""The real `bantin` in a process of its own, as a user runs it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.stand_in import stand_in

BANTIN = str(Path(sys.executable).with_name("bantin"))
ROOT = Path(__file__).resolve().parents[1]


def environment() -> dict[str, str]:
    return {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("BANTIN", "COV", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"))
    }


def bantin(home: Path | str, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own, forked from one that has done the imports; its output is text.

    For a command that has to start from nothing: BANTIN.
    """
    command = [BANTIN, "--home", str(home), *arguments]
    asked = {"cwd": str(Path.cwd()), "environment": environment(), "arguments": command}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write((stdin or "").encode())
        given.seek(0)
        ended, told = os.pipe()
        try:
            files = [given.fileno(), out.fileno(), err.fileno(), told]
            socket.send_fds(_warm(), [json.dumps(asked).encode()], files)
        finally:
            os.close(told)
        with os.fdopen(ended, "rb") as pipe:
            status = int(pipe.read() or b"-9")  # nothing: the forking process is gone
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    return subprocess.CompletedProcess(command, status, *texts)


def crawl_warm() -> None:
    """From now on crawling processes that this one and `bantin` start are forked as `bantin` is."""
    _warm()
    stand_in(_name())


@cache
def _name() -> str:
    return f"bantin-tests-{os.getpid()}-{secrets.token_hex(8)}"


@cache
def _warm() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # Not the environment of one test; one thread, for a fork takes no other along.
    unpatched = {k: v for k, v in environment().items() if k != "PYTHONPATH"} | {"OPENBLAS_NUM_THREADS": "1"}
    with theirs, listener:
        listener.bind(f"\0{_name()}")
        listener.listen(64)
        files = (theirs.fileno(), listener.fileno())
        subprocess.Popen(
            [sys.executable, "-m", "tests.warm", *map(str, files), _name()], cwd=ROOT, env=unpatched, pass_fds=files,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return ours


def rows(home: Path | str, query: str) -> list[dict[str, Any]]:
    """Rows of a query on the published snapshot."""
    answer = bantin(home, "sql", query, "--format", "json")
    assert answer.returncode == 0, answer.stderr
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


LEAD = (
    "Sáng 5-6, đơn vị tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ tháng 5 và triển khai nhiệm vụ tháng 6 tới."
)


def write_text(folder: Path, name: str, title: str = "Đơn vị hoàn thành kế hoạch tháng", body: str = LEAD) -> Path:
    """A plain-text bulletin of our own writing."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"{title}\n\nNgày đăng: 06/06/2024\n\n{body}\n\nPV\n", encoding="utf-8")
    return file


def impatient(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes started from now on wait no 5 and 20 seconds before they ask a server in trouble again."""
    customize = folder / "impatient" / "sitecustomize.py"
    customize.parent.mkdir()
    customize.write_text("import crawlers.states\ncrawlers.states.FIRST_BACKOFF_S = 0.05\n", encoding="ascii")
    monkeypatch.setenv("PYTHONPATH", str(customize.parent))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

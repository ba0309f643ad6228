"""What the claims of all steps share: a clone, its `bantin`, and ways to ask it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Result = tuple[str, str]
HELD, FAILED, BY_EYE = "held", "FAILED", "by eye"


@dataclass(frozen=True)
class Clone:
    """path: the checkout; folder: where claims may write; shared: the users' examples, possibly absent."""

    path: Path
    folder: Path
    shared: Path

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("BANTIN", "VIRTUAL_ENV", "PYTHON"))}
        return {**kept, "PIP_CACHE_DIR": str(self.folder / "pip-cache"), "XDG_CACHE_HOME": str(self.folder / "cache")}

    def run(self, *command: str, cwd: Path | None = None, timeout: float = 1200) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd or self.path, env=self.environment(), capture_output=True, text=True, timeout=timeout,
            check=False, errors="replace",
        )  # fmt: skip

    @property
    def bin(self) -> str:
        return str(self.path / ".venv" / "bin" / "bantin")

    def bantin(self, home: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.bin, "--home", str(home), *arguments)

    def rows(self, home: Path | str, query: str) -> list[dict[str, Any]]:
        answer = self.bantin(home, "sql", query, "--format", "json")
        if answer.returncode:
            raise AssertionError(f"sql failed: {answer.stderr.strip()[:300]}")
        result: list[dict[str, Any]] = json.loads(answer.stdout)
        return result

    def home(self, name: str) -> Path:
        return self.folder / "homes" / name


def held(condition: bool, seen: str) -> Result:
    return (HELD if condition else FAILED, seen)


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    return [
        f"{key}: expected {value!r}, found {found.get(key)!r}"
        for key, value in expected.items()
        if found.get(key) != value
    ]


def python(clone: Clone, *arguments: str, timeout: float = 1800) -> tuple[int, str, str]:
    clone.run("make", ".venv/dev.stamp")  # nothing where `ready` was judged before
    run = clone.run(str(clone.path / ".venv/bin/python"), *arguments, timeout=timeout)
    return run.returncode, run.stdout, run.stderr


def last_json(clone: Clone, *arguments: str, timeout: float = 1800) -> dict[str, Any]:
    """Run Python in the clone's environment; its last line of output is JSON, whatever the exit status."""
    code, out, errors = python(clone, *arguments, timeout=timeout)
    lines = out.strip().splitlines()
    if not lines:
        raise AssertionError(f"exit {code}: {errors.strip()[-600:]}")
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def tests_of(clone: Clone, *files: str) -> Result:
    code, out, errors = python(clone, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files)
    return held(code == 0, (out.strip().splitlines() or [errors[-300:]])[-1])


def ready(clone: Clone) -> Result:
    """The README's two commands: `make demo` and `make test` (under 12 minutes) on a fresh clone"""
    demo = clone.run("make", "demo")
    started = time.monotonic()
    suite = clone.run("make", "test", timeout=2400)
    took = time.monotonic() - started
    told = re.findall(r"=+ (.*?(?:passed|failed).*?) =+", suite.stdout)
    coverage = re.findall(r"^(\d+)$", suite.stdout, re.M)
    fine = demo.returncode == suite.returncode == 0 and took < 720
    why = "" if told else f"; {(suite.stderr.strip() or suite.stdout.strip())[-300:]}"
    return held(fine, f"demo exit {demo.returncode}; {told[-1:]}; coverage {coverage}; {took:.0f} s{why}")

"""Digests of what the reader says of our own pages: `python -m tests.golden` writes them, tests/test_golden.py compares.

Write them anew only together with a new READER in pipelines/read.py, unless a page was added.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pipelines.read import READER, read, reading_digest
from pipelines.records import Capture
from tests.running import ROOT

FILE = ROOT / "tests" / "golden.json"
FETCHED_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def pages() -> dict[str, Path]:
    """Our own pages by their path in the project."""
    found = [*(ROOT / "tests" / "pages").rglob("page.*"), *(ROOT / "tests" / "pages" / "small").iterdir()]
    return {path.relative_to(ROOT).as_posix(): path for path in sorted(found) if path.suffix in (".html", ".txt")}


def digests() -> dict[str, str]:
    """Page → sha256 of its reading."""
    found = {}
    for name, path in pages().items():
        kind = "text/html" if path.suffix == ".html" else "text/plain"
        reading = read(Capture("golden", f"file:golden/{name}", FETCHED_AT, path.read_bytes(), kind, origin="file"))
        found[name] = reading_digest(reading)
    return found


def main() -> None:
    FILE.write_text(json.dumps({"reader": READER, "digests": digests()}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

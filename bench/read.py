"""Pages per CPU-second of the reader, against trafilatura and the bare lxml parse, on the same pages in one run.

    python -m bench.read [FOLDER …]

Without a folder: the pages of tests/pages, and ../shared/real-pages where that exists. Every page goes through all
variants in rotating order before the next; one warm-up round; the median of three rounds is printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import trafilatura
from trafilatura.meta import reset_caches

from pipelines.read import read
from pipelines.records import Capture

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUNDS = 3


def _bantin(page: bytes) -> None:
    read(Capture("bench", "file:bench/page.html", NOW, page, "text/html"))


def _trafilatura(page: bytes) -> None:
    trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)


def _trafilatura_fast(page: bytes) -> None:
    trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, fast=True)


def _lxml(page: bytes) -> None:
    lxml.html.document_fromstring(page)


VARIANTS: dict[str, Callable[[bytes], None]] = {
    "bantin: kind, all fields, roles, evidence": _bantin,
    "trafilatura, metadata": _trafilatura,
    "trafilatura fast, metadata": _trafilatura_fast,
    "floor: lxml parse": _lxml,
}


def pages(folders: list[Path]) -> list[bytes]:
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*.html"))
    return [data for file in files if len(data := file.read_bytes()) > 2000]


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:]] or [ROOT / "tests/pages", ROOT.parent / "shared/real-pages"]
    corpus = pages(folders)
    names = list(VARIANTS)
    rounds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(ROUNDS + 1):
        spent = dict.fromkeys(names, 0.0)
        for index, page in enumerate(corpus):
            for name in names[index % len(names) :] + names[: index % len(names)]:
                reset_caches()
                started = time.process_time()
                try:
                    VARIANTS[name](page)
                except Exception as error:  # a peer that fails on a page is timed until it fails
                    print(f"{name}: {error}", file=sys.stderr)
                spent[name] += time.process_time() - started
        if number:
            for name in names:
                rounds[name].append(len(corpus) / spent[name])
    peer = statistics.median(rounds["trafilatura, metadata"])
    print(f"{len(corpus)} pages, {sum(map(len, corpus)) / len(corpus) / 1000:.0f} kB on average")
    for name in names:
        speed = statistics.median(rounds[name])
        print(f"{name:<44} {speed:8.1f} pages/CPU-s   {speed / peer:5.2f} x trafilatura")


if __name__ == "__main__":
    main()

"""Pages per CPU-second of the reader beside trafilatura, newspaper4k and the bare lxml parse: same pages, one run.

    python -m bench.read [PAGES] [--rounds N] [--folder FOLDER …]

Two corpora: PAGES of every newsroom kind (a known source: layout and family from its file), and pages of unknown sites
(tests/unseen, tests/pages and ../shared/real-pages where that exists, or the folders given). A run reads page after
page, and so does each variant here: BLOCK pages go through one variant, then through the next, in rotating order (page
by page each would find the processor's caches full of another's code, which no run does); one warm-up round; the median
of the rounds is printed. Caches of trafilatura are emptied before each call, outside the clock; ours are in the rows
that say so. Garbage of one variant is collected before the next.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import lxml.html
import trafilatura
from trafilatura.meta import reset_caches

from bench.fields import newspaper_article, pages_of, site_of
from crawlers.newsroom.kinds import KINDS
from crawlers.source_file import source_of
from pipelines import inline_boxes, line_rules, marks, publication
from pipelines.families.known import NO_FAMILY
from pipelines.read import read
from pipelines.records import Capture, Layout

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SEED, PAGES, ROUNDS, BLOCK = 5_309, 12, 3, 16
PEER = "trafilatura, metadata"


@dataclass(frozen=True, slots=True)
class Page:
    """A capture, and what is known of its source."""

    capture: Capture
    family: str | None = None
    layouts: tuple[Layout, ...] = ()


def forget() -> None:
    """Empty what the reader remembers of earlier pages."""
    for cached in (line_rules.rule_for, publication._moment, marks.name_mark, inline_boxes.is_stamp_name):
        cached.cache_clear()


def _known(page: Page) -> None:
    read(page.capture, family=page.family, layouts=page.layouts)


def _family_named(page: Page) -> None:
    read(page.capture, family=page.family)


def _family(page: Page) -> None:
    read(page.capture)


def _unknown(page: Page) -> None:
    read(page.capture, family=NO_FAMILY)


def _trafilatura(page: Page) -> None:
    trafilatura.bare_extraction(page.capture.payload, with_metadata=True, include_comments=False)


def _trafilatura_fast(page: Page) -> None:
    trafilatura.bare_extraction(page.capture.payload, with_metadata=True, include_comments=False, fast=True)


def _newspaper(page: Page) -> None:
    newspaper_article(page.capture)


def _lxml(page: Page) -> None:
    lxml.html.document_fromstring(page.capture.payload)


Variants = dict[str, tuple[Callable[[Page], None], bool]]
"""name → (what is timed, whether our caches are emptied before each page)"""
_PEERS: Variants = {PEER: (_trafilatura, False), "trafilatura fast, metadata": (_trafilatura_fast, False)}
if find_spec("newspaper") is not None:
    _PEERS["newspaper4k, no images"] = (_newspaper, False)
_FLOOR: Variants = {"floor: lxml parse": (_lxml, False)}
KNOWN: Variants = {
    "bantin, known layout": (_known, False),
    "bantin, known layout, caches emptied": (_known, True),
    "bantin, family recognised where there is": (_family, False),
    "bantin, nothing known": (_unknown, False),
    **_PEERS, **_FLOOR,
}  # fmt: skip
FAMILY: Variants = {"bantin, family named, no layout": (_family_named, False), PEER: (_trafilatura, False)}
UNKNOWN: Variants = {
    "bantin, page of an unknown site": (_family, False),
    "bantin, the same, caches emptied": (_family, True),
    "bantin, families switched off": (_unknown, False),
    **_PEERS, **_FLOOR,
}  # fmt: skip


def newsroom_pages(count: int) -> list[Page]:
    pages = []
    for kind in KINDS:
        room, site = site_of(kind, SEED, count)
        source = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
        pages += [Page(capture, source.family, source.layouts) for _, capture in pages_of(room, site, count)]
    return pages


def stored_pages(folders: Sequence[Path]) -> list[Page]:
    files = sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*.html"))
    payloads = [data for file in files if len(data := file.read_bytes()) > 2000]
    return [
        Page(Capture("bench", "https://bench.example.vn/bai.html", NOW, data, "text/html", 200)) for data in payloads
    ]


def measure(pages: Sequence[Page], variants: Variants, rounds: int) -> dict[str, float]:
    """Variant → pages per second of the process's own CPU time, median of the rounds."""
    names = list(variants)
    speeds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        gc.freeze()  # modules, tables, what the round before remembers
        spent = dict.fromkeys(names, 0.0)
        for index in range(0, len(pages), BLOCK):
            turn = (index // BLOCK + number) % len(names)
            for name in names[turn:] + names[:turn]:
                gc.collect()  # what one variant left is not swept up in the time of the next
                spent[name] += sum(_seconds(name, *variants[name], page) for page in pages[index : index + BLOCK])
        if number:
            for name in names:
                speeds[name].append(len(pages) / spent[name])
    return {name: statistics.median(found) for name, found in speeds.items()}


def _seconds(name: str, timed: Callable[[Page], None], emptied: bool, page: Page) -> float:
    """CPU seconds of one variant for one page."""
    reset_caches()
    if emptied:
        forget()
    started = time.process_time()
    try:
        timed(page)
    except Exception as error:  # a peer that fails on a page is timed until it fails
        print(f"{name}: {page.capture.url}: {error}", file=sys.stderr)
    return time.process_time() - started


def show(title: str, pages: Sequence[Page], variants: Variants, rounds: int) -> None:
    size = sum(len(page.capture.payload) for page in pages) / len(pages) / 1000
    print(f"{title}: {len(pages)} pages, {size:.0f} kB on average")
    speeds = measure(pages, variants, rounds)
    for name, speed in speeds.items():
        print(f"  {name:<40} {speed:8.1f} pages/CPU-s   {speed / speeds[PEER]:6.2f} x trafilatura with metadata")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.read", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages", type=int, nargs="?", default=PAGES, help="of each newsroom kind")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, action="append", help="of .html files, in place of the stored pages")
    args = parser.parse_args()
    folders = args.folder or [ROOT / "tests/unseen", ROOT / "tests/pages", ROOT.parent / "shared/real-pages"]
    known = newsroom_pages(args.pages)
    show("known sources (the newsroom's)", known, KNOWN, args.rounds)
    show("of these, what a CMS we know made", [page for page in known if page.family], FAMILY, args.rounds)
    show("unknown sites", stored_pages(folders), UNKNOWN, args.rounds)
    if find_spec("newspaper") is None:
        print("newspaper4k: not installed; `make bench-read` installs it")


if __name__ == "__main__":
    main()

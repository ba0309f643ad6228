"""How right the reader is, field by field, on every kind of newsroom publisher; trafilatura and newspaper4k beside it.

    python -m bench.fields [SEED] [PAGES] [--kind KIND …] [--json]

Four times over the same pages: with the source file's layout and family, with families only (told by the page itself),
with neither, and by the peers. A column is the share of pages where the field is exactly the gold's, if not said else:

    on, wrong, invented   publication day: right (a NULL where the page shows none counts), another day, one where there
                          is none
    at                    moment of publication, NULL where the page shows no time
    lead                  the block; a page without one repeats its first paragraph (docs/contracts.md)
    body, ¶P, ¶R          all paragraphs exactly and in order; precision and recall of single paragraphs
    capP, capR            precision and recall of captions
    imgP, imgR            precision and recall of pictures, each its address with its caption
    junk                  pages, counted, whose body holds a line that is nothing of the bulletin

Peers have no captions, pictures, bylines or counters: `-`. What a peer calls description is compared as lead, its first
category as section. Pages are the newest of a site several days after its start, so that some were edited.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from crawlers.newsroom import Gold, Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.site import Site
from crawlers.source_file import source_of
from pipelines.families.known import NO_FAMILY
from pipelines.read import read
from pipelines.records import Capture, Layout

SEED, PAGES, DAYS = 90_210, 300, 6
COLUMNS = (
    "title", "on", "wrong", "invented", "at", "lead", "body", "¶P", "¶R", "capP", "capR", "imgP", "imgR", "byline",
    "authors", "section", "views", "junk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader says of a page. None in place of a value: it read none; a missing name: it does not read such."""

    fields: dict[str, Any]
    body: tuple[str, ...]
    captions: tuple[str, ...] | None = None
    images: tuple[tuple[str, str | None], ...] | None = None


Reader = Callable[[Capture], Shown]


def site_of(kind: str, seed: int, count: int) -> tuple[Newsroom, Site]:
    room = Newsroom(seed, kinds=(kind,), bulletins=count + 40)
    room.advance(DAYS)
    return room, room.sites[0]


def pages_of(room: Newsroom, site: Site, count: int) -> Iterator[tuple[Gold, Capture]]:
    fetched_at = datetime(room.day.year, room.day.month, room.day.day, 16, 30, tzinfo=UTC)
    for gold in [gold for gold in room.gold(site.site_id) if gold.state == "live"][-count:]:
        parts = urlsplit(gold.url)
        answer = room.respond(site, Ask("GET", parts.path, parts.query))
        capture = Capture(site.site_id, gold.url, fetched_at, answer.body, answer.content_type, answer.status)
        yield gold, capture


def by_bantin(capture: Capture, family: str | None, layouts: Iterable[Layout] = ()) -> Shown:
    reading = read(capture, family=family, layouts=layouts)
    found = reading.bulletin
    if found is None:
        return Shown(dict.fromkeys(("title", "on", "at", "lead", "byline", "authors", "section", "views")), (), (), ())
    fields = {
        "title": found.title, "on": found.published_on, "at": found.published_at, "lead": found.lead,
        "byline": found.byline, "authors": found.authors, "section": found.section, "views": found.view_count,
    }  # fmt: skip
    images = tuple((image.url, image.caption) for image in reading.images)
    return Shown(fields, tuple((found.body or "").split("\n\n")), found.captions, images)


def by_trafilatura(capture: Capture) -> Shown:
    found = trafilatura.bare_extraction(capture.payload, url=capture.url, with_metadata=True, include_comments=False)
    if found is None:
        return Shown(dict.fromkeys(("title", "on", "lead", "authors", "section")), ())
    told = found.as_dict()
    fields = {
        "title": told["title"], "on": date.fromisoformat(told["date"]) if told["date"] else None,
        "lead": told["description"], "authors": tuple((told["author"] or "").split("; ")) if told["author"] else (),
        "section": (told["categories"] or [None])[0],
    }  # fmt: skip
    return Shown(fields, tuple(line.strip() for line in (told["text"] or "").split("\n") if line.strip()))


def newspaper_article(capture: Capture) -> Any:
    newspaper = import_module("newspaper")  # no part of the lock: measured where somebody installed it
    found = newspaper.Article(capture.url, language="vi", fetch_images=False)  # its default asks for pictures
    found.download(input_html=capture.payload.decode("utf-8", "replace"))
    found.parse()
    return found


def by_newspaper(capture: Capture) -> Shown:
    found = newspaper_article(capture)
    fields = {
        "title": found.title or None, "on": found.publish_date.date() if found.publish_date else None,
        "lead": found.meta_description or None, "authors": tuple(found.authors),
    }  # fmt: skip
    return Shown(fields, tuple(line.strip() for line in found.text.split("\n") if line.strip()))


class Score:
    """Counts over the pages of one kind; `row` gives shares."""

    def __init__(self) -> None:
        self.pages = 0
        self.right: dict[str, int] = {}
        shared = ("¶P", "¶R", "capP", "capR", "imgP", "imgR")
        self.shares: dict[str, list[int]] = {name: [0, 0] for name in shared}
        self.misread: list[tuple[str, str, str, str]] = []

    def add(self, gold: Gold, shown: Shown) -> None:
        self.pages += 1
        expected = {
            "title": gold.title, "on": gold.published_on, "at": gold.published_at, "lead": gold.lead or gold.body[0],
            "byline": gold.byline, "authors": tuple(dict.fromkeys(gold.authors)),
            "section": gold.section, "views": gold.view_count,
        }  # fmt: skip
        for name, value in expected.items():
            if name in shown.fields:
                self._count(name, gold, shown.fields[name] == value, value, shown.fields[name])
        day = shown.fields["on"]
        self._count("wrong", gold, None not in (day, gold.published_on) and day != gold.published_on)
        self._count("invented", gold, day is not None and gold.published_on is None)
        self._count("body", gold, shown.body == gold.body, gold.body, shown.body)
        foreign = [line for line in shown.body if _foreign(line, gold)]
        self._count("junk", gold, bool(foreign))
        if foreign:
            self.misread.append(("junk", gold.url, "", str(foreign)))
        self._shared("¶P", "¶R", gold.body, shown.body)
        if shown.captions is not None:
            self._shared("capP", "capR", gold.captions, shown.captions)
            if set(shown.captions) != set(gold.captions):
                self.misread.append(("captions", gold.url, str(gold.captions), str(shown.captions)))

        if shown.images is not None:
            self._shared("imgP", "imgR", gold.images, shown.images)
            if shown.images != gold.images:
                self.misread.append(("images", gold.url, str(gold.images), str(shown.images)))

    def _count(self, name: str, gold: Gold, true: bool, expected: object = None, found: object = None) -> None:
        self.right[name] = self.right.get(name, 0) + true
        if not true and expected != found:
            self.misread.append((name, gold.url, str(expected), str(found)))

    def _shared(self, precision: str, recall: str, gold: Sequence[object], found: Sequence[object]) -> None:
        hits = len(set(gold) & set(found))
        for name, total in ((precision, len(set(found))), (recall, len(set(gold)))):
            self.shares[name][0] += hits
            self.shares[name][1] += total

    def row(self) -> dict[str, float | None]:
        out: dict[str, float | None] = {name: n / self.pages for name, n in self.right.items()}
        out["junk"] = self.right["junk"]
        for name, (hits, total) in self.shares.items():
            out[name] = hits / total if total else None
        return out


def _foreign(line: str, gold: Gold) -> bool:
    """Neither part of anything the bulletin says, nor around a paragraph of it: an agency prefix stands before one."""
    told = (gold.title, gold.lead or "", *gold.body, *gold.captions, gold.byline or "", ", ".join(gold.tags))
    bare = line.rstrip("./ ")
    return not any(bare in text or (len(text) > 40 and text[:-1] in line) for text in told)


def readers(site: Site) -> dict[str, Reader]:
    source = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
    out: dict[str, Reader] = {
        "layout": partial(by_bantin, family=source.family, layouts=source.layouts),
        "family": partial(by_bantin, family=None),
        "generic": partial(by_bantin, family=NO_FAMILY),
        "trafilatura": by_trafilatura,
    }
    if find_spec("newspaper") is not None:
        out["newspaper4k"] = by_newspaper
    return out


def measure(kind: str, seed: int, count: int) -> dict[str, Score]:
    room, site = site_of(kind, seed, count)
    asked = readers(site)
    scores = {name: Score() for name in asked}
    for gold, capture in pages_of(room, site, count):
        for name, reader in asked.items():
            scores[name].add(gold, reader(capture))
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fields", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("seed", type=int, nargs="?", default=SEED)
    parser.add_argument("pages", type=int, nargs="?", default=PAGES)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS))
    parser.add_argument("--json", action="store_true", help="every row, and every value that is not the gold's")
    args = parser.parse_args()
    out: dict[str, Any] = {}
    if not args.json:
        print(f"seed {args.seed}, {args.pages} pages a kind; shares of pages, `junk` counts them")
        print(f"{'kind':<16}{'reader':<12}" + "".join(f"{name:>9}" for name in COLUMNS))
    for kind in args.kind or KINDS:
        scores = measure(kind, args.seed, args.pages)
        out[kind] = {name: {"row": score.row(), "misread": score.misread} for name, score in scores.items()}
        if not args.json:
            for name, score in scores.items():
                row = score.row()
                print(f"{kind:<16}{name:<12}" + "".join(f"{_cell(column, row.get(column)):>9}" for column in COLUMNS))
    if args.json:
        print(json.dumps(out, ensure_ascii=False, indent=1))
    elif find_spec("newspaper") is None:
        print("newspaper4k: not installed (it is no part of the lock; `pip install newspaper4k` measures it too)")


def _cell(column: str, value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}" if column == "junk" else f"{value:.3f}"


if __name__ == "__main__":
    main()

"""The bundled demonstration: simulated publishers on loopback through the whole pipeline, and three questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from dagster_project.steps.crawling import CrawlOutcome, crawl
from dagster_project.steps.holding import holes as held_holes
from dagster_project.steps.home import Clock, Home, HomeError, OnWait, Progress
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import read_new
from warehouse.query import open_snapshot, run_query

SEED, BULLETINS, DELAY_S, PORT = 20261101, 220, 0.01, 8460
SHARED = 0.06
"""Share of the bulletins that reprint another publisher's story."""

_COVERAGE = (
    "select source_id, sum(discovered)::bigint as discovered, sum(loaded)::bigint as loaded,"
    " sum(duplicate)::bigint as duplicate, sum(not_bulletin)::bigint as not_bulletin,"
    " sum(excluded)::bigint as excluded,"
    " sum(gone)::bigint as gone, sum(failed)::bigint as failed, sum(waiting)::bigint as waiting,"
    " sum(missing)::bigint as missing from coverage where starts_with(source_id, 'newsroom-')"
    " group by source_id order by source_id"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, the SQL that asks it, and columns and rows of the answer."""

    words: str
    sql: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """coverage: columns and rows of what was found and where it ended. kinds: captures read now, by page kind.

    new, changed  bulletins
    holes         what is missing, against what the publishers list themselves; any makes the exit status 3
    """

    crawl: CrawlOutcome
    kinds: dict[str, int]
    new: int
    changed: int
    coverage_columns: tuple[str, ...]
    coverage: list[tuple[Any, ...]]
    snapshot: str | None
    holes: tuple[str, ...]


_QUESTIONS = (
    (
        "What was published last, and how do we know the day?",
        "select published_on, published_precision as precision, published_basis as basis, source_id, title"
        " from bulletin order by published_on desc nulls last, title limit 8",
    ),
    (
        "Who wrote and photographed most?",
        "select person, count(*) as bulletins, min(published_on) as first_on, max(published_on) as last_on from (select"
        " published_on, unnest(list_distinct(list_concat(authors, photographers))) as person from bulletin)"
        " group by person order by bulletins desc, person limit 8",
    ),
    (
        "What does the hospital say of 'hoi nghi' (conferences), typed without marks, and why is no day of publication"
        " known?",
        "select b.title, b.published_not_before as not_before, e.reason as why_no_date from find('hoi nghi') b"
        " join field_evidence e on e.bulletin_id = b.bulletin_id and e.version = b.version and e.field = 'published_on'"
        " and e.candidate_no = 0 where b.source_id = 'newsroom-hospital'"
        " order by not_before desc nulls last, b.url limit 8",
    ),
)


def newsroom_of(home: Home) -> Newsroom:
    """The demo's publishers. Their addresses depend on the home, so that demos of two homes can run side by side."""
    block = f"127.0.{1 + crc32(str(home.path).encode()) % 254}"
    return Newsroom(SEED, block=block, port=PORT, bulletins=BULLETINS, shared=SHARED)


def prepare(home: Home) -> Newsroom:
    """Put the demo's source files into the home.

    raises  HomeError: the home holds anything else
    """
    newsroom = newsroom_of(home)
    ours = {site.site_id for site in newsroom.sites}
    folders = [home.path / "sources", home.raw]
    others = sorted({p.stem for folder in folders if folder.is_dir() for p in folder.iterdir()} - ours)
    if others:
        raise HomeError(
            f"{home.path}: this home holds other sources ({', '.join(others[:5])}); the demo wants a home of its own. "
            "Nothing was written. Name another folder with --home, or remove this one if it is an old demo's."
        )
    folder = home.path / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    newsroom.write_sources(folder, DELAY_S)
    return newsroom


def run(
    home: Home,
    newsroom: Newsroom,
    run_id: str,
    clock: Clock,
    jobs: int,
    progress: Progress,
    on_wait: OnWait | None = None,
) -> DemoOutcome:
    """Serve the publishers, crawl them, read, load and publish what came.

    raises  HomeError: their addresses cannot be had on this machine
    """
    started_at, catalog = clock(), load_catalog(home.path)
    ids = [site.site_id for site in newsroom.sites]
    try:
        with newsroom.serve():
            crawled = crawl(home, catalog, ids, run_id, clock, command="demo", progress=progress, on_wait=on_wait)
    except OSError as error:
        raise HomeError(
            f"the demo's publishers could not be served at {newsroom.sites[0].base_url} and its neighbours "
            f"({error.strerror or error}). Nothing was fetched. Is another demo of this home running? On systems that "
            "have no addresses 127.0.x.y but 127.0.0.1, the demo cannot run."
        ) from error
    reading = read_new(home, catalog, jobs=jobs, progress=progress)
    fetched = sum(source.fetched for source in crawled.sources)
    ran = Run(
        run_id, "demo", started_at, fetched=fetched, read=reading.tally.captures, failed=len(reading.tally.failures)
    )
    loaded = load_new(home, catalog, ran, clock, on_wait)
    published = publish_now(home, catalog, "demo", clock, on_wait)
    with open_snapshot(home.path) as con:
        coverage = run_query(con, _COVERAGE)
        rows = list(coverage.rows)
    holes = [
        *crawled.holes,
        *reading.tally.failures,
        *held_holes(home, loaded.findings),
        *_missing(newsroom, coverage.columns, rows),
    ]
    return DemoOutcome(
        crawled, reading.tally.kinds, loaded.new, loaded.changed, tuple(coverage.columns), rows,
        published.snapshot_id, tuple(holes),
    )  # fmt: skip


def _missing(newsroom: Newsroom, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """Coverage against what the publishers themselves say they list."""
    sums = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    for site in newsroom.sites:
        there, found = len(newsroom.listed(site.site_id)), sums.get(site.site_id, {})
        if found.get("loaded") != there or found.get("missing"):
            loaded, missing = found.get("loaded", 0), found.get("missing")
            yield f"{site.site_id}: lists {there} bulletins; {loaded} loaded, {missing} missing"


def questions(home: Home) -> Iterator[Question]:
    """The three questions and what the published snapshot answers."""
    with open_snapshot(home.path) as con:
        for words, sql in _QUESTIONS:
            answer = run_query(con, sql)
            yield Question(words, sql, answer.columns, list(answer.rows))

"""The bundled demonstration: invented pages through the real pipeline, and three questions answered in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

from crawlers.catalog import load_catalog
from dagster_project.steps.home import Clock, Home, HomeError, Progress
from dagster_project.steps.ingesting import IngestOutcome, ingest
from warehouse.query import open_snapshot, run_query

SOURCE_ID = "demo"
_SOURCE_FILE = """\
# Invented pages that ship with Bantin, in the shape of real ones. No such publishers exist.
publisher = "Bantin demo (invented)"
sphere    = "other"
status    = "seen"
enabled   = false
rhythm    = "irregular"
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, the SQL that asks it, and columns and rows of the answer."""

    words: str
    sql: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


_QUESTIONS = (
    (
        "Which bulletins are there, when were they published, and how do we know?",
        "select title, published_on, published_precision as precision, published_basis as basis,"
        " published_not_before as not_before from bulletin order by coalesce(published_on, not_before), url",
    ),
    (
        "Who wrote and photographed?",
        "select person, count(*) as bulletins from (select unnest(list_distinct(list_concat(authors, photographers)))"
        " as person from bulletin) group by person order by bulletins desc, person",
    ),
    (
        "What mentions 'hien mau' (blood donation), typed without marks, and why is a date missing?",
        "select b.title, b.published_on, e.reason as why_no_date from find('hien mau') b left join field_evidence e "
        "on e.bulletin_id = b.bulletin_id and e.version = b.version and e.field = 'published_on'"
        " and e.candidate_no = 0 order by b.url",
    ),
)


def prepare(home: Home) -> None:
    """Put the demo source into the home.

    raises  HomeError: the home holds anything else
    """
    folders = [home.path / "sources", home.raw]
    others = sorted({p.stem for folder in folders if folder.is_dir() for p in folder.iterdir()} - {SOURCE_ID})
    if others:
        raise HomeError(
            f"{home.path}: this home holds other sources ({', '.join(others[:5])}); the demo wants a home of its own. "
            "Nothing was written. Name another folder with --home."
        )
    file = home.path / "sources" / f"{SOURCE_ID}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_SOURCE_FILE, encoding="utf-8")


def run(home: Home, run_id: str, clock: Clock, progress: Progress) -> IngestOutcome:
    """Ingest the bundled pages into a prepared home."""
    with as_file(files("dagster_project") / "demo_pages") as pages:
        return ingest(home, load_catalog(home.path), [pages], SOURCE_ID, run_id, clock, progress=progress)


def questions(home: Home) -> Iterator[Question]:
    """The three questions and what the published snapshot answers."""
    with open_snapshot(home.path) as con:
        for words, sql in _QUESTIONS:
            answer = run_query(con, sql)
            yield Question(words, sql, answer.columns, list(answer.rows))

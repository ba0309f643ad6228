"""How long the analyst's questions take at N bulletins (100,000): median of five, in milliseconds.

    python -m bench.questions [N]

Two thousand newsroom bulletins are loaded as a crawl would; their rows are then repeated in SQL under other ids until
there are N, with the same organizations and documents and a tenth as many people: those grow slower than bulletins do.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb

from bench.newsroom_texts import newsroom_golds, text_of
from crawlers.newsroom.records import Gold
from pipelines.identity import bulletin_id, capture_id
from pipelines.records import Bulletin, CaptureResult, Line, Reading
from warehouse.digest import table_columns
from warehouse.load import load
from warehouse.questions import questions
from warehouse.results import write_results
from warehouse.store import writer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BASE, LIMIT_MS = 2_000, 200
_REPEATED = ("bulletin", "bulletin_version", "bulletin_line", "person", "person_mention", "person_position",
             "organization_mention", "document_mention", "event", "event_participant", "award", "quantity", "period",
             "story", "issue")  # fmt: skip
_OF_BULLETIN = {"bulletin_id", "event_id", "story_id", "duplicate_of", "capture_id", "issue_id"}


def results(count: int) -> Iterator[CaptureResult]:
    """Read results of newsroom bulletins, as if their pages had been read perfectly."""
    for number, gold in enumerate(newsroom_golds(count)):
        fetched_at = NOW + timedelta(seconds=number)
        digest = sha256(gold.url.encode()).hexdigest()
        yield CaptureResult(
            capture_id(gold.site_id, gold.url, fetched_at, digest), bulletin_id(gold.site_id, gold.url), gold.site_id,
            gold.url, gold.path, None, fetched_at, 200, "text/html", digest, 1000, "live", "bench/x.warc.gz", number,
            "1", _reading(gold),
        )  # fmt: skip


def _reading(gold: Gold) -> Reading:
    lines = tuple(Line(line.line_no, line.zone, "gold", line.text) for line in text_of(gold).lines)
    body = "\n\n".join(gold.body)
    return Reading("bulletin", "gold", lines, Bulletin(
        gold.title, gold.lead, body, gold.captions, gold.byline, gold.authors, gold.photographers, gold.section,
        gold.tags, gold.agency_prefix, gold.published_at, gold.published_on, "day" if gold.published_on else None,
        "label" if gold.published_on else None, gold.not_before, None, None, "vi", len(body.split()),
    ))  # fmt: skip


def repeat(con: duckdb.DuckDBPyConnection, times: int) -> None:
    """Each row of the tables of bulletins `times` times; ids of the further copies have the number of the copy."""
    columns = table_columns(con)
    for table in _REPEATED:
        told = ", ".join(
            f"\"{name}\" || '-' || k" if name in _OF_BULLETIN
            else f"\"{name}\" || '-' || (k % {max(1, times // 10)})" if name == "person_id"
            else f'"{name}"'
            for name in columns[table]
        )  # fmt: skip
        some = f"k <= {max(1, times // 10)}" if table == "person" else "true"
        con.execute(f"insert into {table} select {told} from {table}, range(1, {times}) r(k) where {some}")


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "bulletins" / "source=bench" / "month=2026-11" / "x.parquet"
        write_results(file, results(BASE), [], "1", "x")
        with writer(home, "bench", lambda: NOW) as con:
            load(con, [file], [])
            repeat(con, wanted // BASE)
            counts = {table: con.execute(f"select count(*) from {table}").fetchone() for table in _REPEATED}
            print(", ".join(f"{table} {count[0]:,}" for table, count in counts.items() if count))
            con.execute("checkpoint")
            slow = 0
            for question in questions():
                spent = []
                rows = 0
                for _ in range(5):
                    started = time.perf_counter()
                    rows = len(con.execute(question.sql).fetchall())
                    spent.append(1000 * (time.perf_counter() - started))
                slow += statistics.median(spent) > LIMIT_MS
                print(f"{question.name:26} {statistics.median(spent):7.0f} ms  {rows:8,} rows")
            print(f"{slow} of {len(questions())} over {LIMIT_MS} ms")


if __name__ == "__main__":
    main()

"""Loading and publishing N read captures, against DuckDB's own insert of the same Parquet, in one run.

python -m bench.load [N]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb

from pipelines.identity import bulletin_id, capture_id
from pipelines.read import read
from pipelines.records import Capture, CaptureResult
from warehouse.load import load
from warehouse.publish import publish
from warehouse.results import write_results
from warehouse.store import writer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXT = """Đơn vị số {n} hoàn thành kế hoạch tháng

Ngày đăng: 06/06/2024

Sáng 5-6, đơn vị số {n} tổ chức hội nghị đánh giá kết quả nhiệm vụ tháng 5 và triển khai nhiệm vụ tháng 6 tới.

Quang cảnh hội nghị.

Theo báo cáo, đơn vị hoàn thành {n} chỉ tiêu, vượt kế hoạch; nền nếp chính quy giữ vững, quân số khỏe đạt trên 98,5%.

PV
"""


def results(count: int) -> Iterator[CaptureResult]:
    for number in range(count):
        payload = TEXT.format(n=number).encode()
        url = f"file:bench/{number}.txt"
        capture = Capture("bench", url, NOW + timedelta(microseconds=number), payload, "text/plain", origin="file")
        digest = sha256(payload).hexdigest()
        yield CaptureResult(
            capture_id("bench", url, capture.fetched_at, digest), bulletin_id("bench", url), "bench", url, url, None,
            capture.fetched_at, None, "text/plain", digest, len(payload), "file", "bench/x.warc.gz", number, "1",
            read(capture),
        )  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "bulletins" / "source=bench" / "month=2026-11" / "x.parquet"
        started = time.process_time()
        write_results(file, results(count), [], "1", "x")
        _say("read plain text and write Parquet", count, started)
        started = time.process_time()
        con = duckdb.connect(str(home / "floor.duckdb"))
        con.execute("create table t as select * from read_parquet(?)", [str(file)])
        con.execute("checkpoint")
        con.close()
        floor = time.process_time() - started
        _say("floor: DuckDB, the same Parquet into one table", count, started)
        started = time.process_time()
        with writer(home, "bench", lambda: NOW) as con:
            load(con, [file], [])
        spent = time.process_time() - started
        _say("load: all tables", count, started)
        print(f"load costs {spent / floor:.1f} x the floor")
        started = time.process_time()
        publish(home, "bench", lambda: NOW, "1")
        _say("publish: digests, copy, sync", count, started)
        started = time.process_time()
        row = next(results(1))
        edited = replace(row, fetched_at=NOW + timedelta(days=1), capture_id="f" * 16)
        write_results(file.with_name("y.parquet"), [edited], [], "1", "y")
        with writer(home, "bench", lambda: NOW) as con:
            load(con, [file, file.with_name("y.parquet")], [])
        print(f"one more capture into {count}: {time.process_time() - started:.2f} CPU-s")


def _say(what: str, count: int, started: float) -> None:
    spent = time.process_time() - started
    print(f"{what:<48} {count / spent:10.0f} captures/CPU-s   ({spent:.2f} s)")


if __name__ == "__main__":
    main()

"""Builders of read results for the tests of the warehouse: bulletins of publishers that do not exist."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.identity import bulletin_id, capture_id, url_key
from pipelines.records import (
    Attachment,
    Bulletin,
    CaptureResult,
    CrawlRun,
    Delisting,
    Doubt,
    Evidence,
    FrontierUrl,
    Image,
    IntakeDoubt,
    Line,
    Reading,
    SourceFacts,
)
from warehouse.frontier import FrontierInput
from warehouse.results import write_results

NOON = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
HOST = "bao.example.vn"
SOURCE = SourceFacts(
    "bao-vi-du",
    "Báo Ví dụ",
    "Báo Ví dụ",
    "province",
    f"https://{HOST}/",
    (HOST, f"www.{HOST}"),
    None,
    True,
    None,
    "daily",
)


IMAGES = (
    Image(f"https://{HOST}/anh/duong-1.jpg", "Người dân đi trên đường mới.", "image/jpeg", 5),
    Image(f"https://{HOST}/anh/duong-2", None, None, None),
)
ATTACHMENTS = (Attachment(f"https://{HOST}/tep/so-do.pdf", "Sơ đồ tuyến đường", "application/pdf", 4),)


_SYLLABLES = [
    f"{head}{tail}"
    for head in ("b", "ch", "đ", "kh", "l", "ng", "ph", "tr")
    for tail in ("an", "iên", "oi", "uyn", "ăm")
]


def clock() -> datetime:
    return NOON + timedelta(days=30)


def bulletin(**changed: Any) -> Bulletin:
    told = Bulletin(
        title="Đường liên xã Suối Đá thông xe",
        lead="Sáng nay, huyện Đồng Mới đưa đường liên xã vào sử dụng.",
        body="Sáng nay, huyện Đồng Mới đưa đường liên xã vào sử dụng.\n\nCon đường dài 4,2 km nối hai xã.",
        captions=("Người dân đi trên đường mới.",),
        byline="Tin, ảnh: LÊ NGUYỄN",
        authors=("Lê Nguyễn",),
        photographers=("Lê Nguyễn",),
        section="Thời sự",
        tags=("giao thông", "nông thôn mới"),
        agency_prefix=None,
        published_at=datetime(2026, 2, 28, 1, 30, tzinfo=UTC),
        published_on=date(2026, 2, 28),
        published_precision="minute",
        published_basis="label",
        published_not_before=None,
        updated_at=None,
        view_count=12,
        language="vi",
        word_count=24,
    )
    return replace(told, **changed)


def own_words(number: int) -> str:
    """Text that no other number's shares: of a crowd of bulletins with one text, all pairs would be compared."""
    return " ".join(random.Random(number).choices(_SYLLABLES, k=60))


def lines_of(told: Bulletin) -> tuple[Line, ...]:
    texts = [
        ("furniture", "outside", "Trang chủ", False),
        ("title", "h1", told.title or "", True),
        *(("body", "p", paragraph, True) for paragraph in (told.body or "").split("\n\n")),
        *(("caption", "figcaption", caption, True) for caption in told.captions),
        ("byline", "J11", told.byline or "", True),
        ("junk", "J23", "Chia sẻ Facebook", True),
        ("furniture", "footer", "Đường dây nóng: 0900 000 123", False),
        ("furniture", "comment-text", "Đường đẹp quá, cảm ơn xã nhà", False),
    ]
    return tuple(Line(no, role, rule, text, inside) for no, (role, rule, text, inside) in enumerate(texts, start=1))


def evidence_of(told: Bulletin) -> tuple[Evidence, ...]:
    return (
        Evidence("title", 1, told.title, "h1", told.title or "", True, "the only h1"),
        Evidence("title", 2, "Báo Ví dụ", "opengraph", "Báo Ví dụ", False, "is the site's name"),
        Evidence("updated_at", 0, None, "", "", False, "no label says when it was changed"),
    )


def capture(
    path: str = "/thoi-su/duong-moi.html",
    *,
    hours: float = 0,
    told: Bulletin | None = None,
    kind: str = "bulletin",
    kind_rule: str = "one article",
    doubts: Sequence[Doubt] = (),
    failure: str | None = None,
    reader: str = "r1",
    host: str = HOST,
    source: SourceFacts = SOURCE,
    lines: tuple[Line, ...] | None = None,
    images: tuple[Image, ...] = IMAGES,
    attachments: tuple[Attachment, ...] = ATTACHMENTS,
    warc: str = "bao-vi-du/2026-03/a.warc.gz",
    **changed: Any,
) -> CaptureResult:
    """A capture `hours` after NOON; a bulletin unless another `kind` is named."""
    if kind == "bulletin" and told is None and failure is None:
        told = bulletin()
    url = changed.pop("url", f"https://{host}{path}")
    fetched_at = NOON + timedelta(hours=hours)
    payload = hashlib.sha256(repr((url, told, kind, failure, hours)).encode()).hexdigest()
    key = url_key(url, source.hosts)
    if lines is None:
        lines = lines_of(told) if told else (Line(1, "furniture", "outside", "Trang chủ", False),)
    reading = Reading(
        kind=kind, kind_rule=kind_rule, lines=lines, bulletin=told, evidence=evidence_of(told) if told else (),
        doubts=tuple(doubts), charset="utf-8", failure=failure,
        images=images if told else (), attachments=attachments if told else (),
    )  # fmt: skip
    result = CaptureResult(
        capture_id=capture_id(source.source_id, url, fetched_at, payload),
        bulletin_id=bulletin_id(source.source_id, key), source_id=source.source_id, url=url, url_key=key, final_url=None, fetched_at=fetched_at, http_status=200,
        content_type="text/html", payload_sha256=payload, size=1000, origin="live", warc_file=warc, warc_offset=0,
        reader_version=reader, reading=reading,
    )  # fmt: skip
    return replace(result, **changed)


def store(
    home: Path,
    segment: str,
    rows: Sequence[CaptureResult],
    doubts: Sequence[IntakeDoubt] = (),
    reader: str = "r1",
) -> Path:
    """Write one segment's results where a step would; the captures' WARC is the segment's."""
    path = home / "bulletins" / f"source={SOURCE.source_id}" / "month=2026-03" / f"{segment}.parquet"
    warc = f"{SOURCE.source_id}/2026-03/{segment}.warc.gz"
    placed = [replace(row, warc_file=warc, warc_offset=100 * n) for n, row in enumerate(rows)]
    write_results(path, placed, doubts, reader, segment)
    return path


def as_reader_1_wrote(path: Path) -> None:
    """Take from a results file the columns that no reader before 2 had."""
    said = pq.read_metadata(path).metadata
    table = pq.read_table(path).drop_columns(["images", "attachments"])
    pq.write_table(table.replace_schema_metadata(said), path, compression="zstd")


def results(home: Path) -> list[Path]:
    """All results files of a home."""
    return sorted((home / "bulletins").rglob("*.parquet"))


def known_url(path: str = "/thoi-su/duong-moi.html", state: str = "fetched", **changed: Any) -> FrontierUrl:
    """A row of SOURCE's frontier, listed an hour before NOON."""
    row = FrontierUrl(
        bulletin_id=bulletin_id(SOURCE.source_id, url_key(f"https://{HOST}{path}", SOURCE.hosts)),
        url=f"https://{HOST}{path}", month="2026-02", discovered_at=NOON - timedelta(hours=1),
        discovered_via="sitemap", listed_on=f"https://{HOST}/sitemap.xml", state=state, state_reason=None,
        tries=0 if state in ("waiting", "excluded") else 1, last_fetch_at=None, next_fetch_at=None,
    )  # fmt: skip
    return row._replace(**changed)


def dropped(path: str, hours: float, listed: bool = False, evidence: str = "sitemap: 2 pages later") -> Delisting:
    """SOURCE's lists lost a page, or show it again, `hours` after NOON."""
    return Delisting(known_url(path).bulletin_id, listed, NOON + timedelta(hours=hours), evidence)


def crawl_run(run_id: str = "r1", **changed: Any) -> CrawlRun:
    run = CrawlRun(run_id, SOURCE.source_id, "crawl", NOON, NOON + timedelta(hours=1), "done", 9, 8, 7, 6, 5, 4)
    return run._replace(**changed)


def frontier(
    *urls: FrontierUrl,
    lists: Iterable[str] = (),
    delistings: Iterable[Delisting] = (),
    runs: Iterable[CrawlRun] = (),
    source_id: str = SOURCE.source_id,
    version: str | None = None,
) -> FrontierInput:
    """SOURCE's frontier; its version is of its content. lists: paths of pages that only list."""
    ids, delistings, runs = [known_url(path).bulletin_id for path in lists], list(delistings), list(runs)
    if version is None:
        version = hashlib.sha256(repr((urls, ids, delistings, runs)).encode()).hexdigest()
    return FrontierInput(source_id, version, lambda: urls, lambda: ids, lambda: delistings, lambda: runs)

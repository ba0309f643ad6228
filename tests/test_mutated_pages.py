"""`read` never raises for what a page holds, be it as broken as it may."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.families.known import NO_FAMILY
from pipelines.read import read
from pipelines.records import Capture
from tests.mutated_pages import mutated_pages

FOLDERS = [Path(__file__).parent / "pages", Path(__file__).parent / "unseen"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(("count", "seed"), [(600, 11), pytest.param(30_000, 12, marks=pytest.mark.slow)])
def test_no_broken_page_raises(count: int, seed: int) -> None:
    kinds = set()
    for number, payload in enumerate(mutated_pages(FOLDERS, count, seed)):
        capture = Capture("mutated", "https://mutated.example.vn/bai.html", NOW, payload, "text/html", 200)
        kinds.add(read(capture, family=NO_FAMILY if number % 2 else None).kind)
    assert {"bulletin", "list"} < kinds

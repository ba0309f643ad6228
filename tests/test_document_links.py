"""A document named by title alone is the one whose number the bulletin tells elsewhere."""

from __future__ import annotations

import pytest

from pipelines.normalize.document_links import numbered
from pipelines.normalize.documents import find_documents


def numbers(*lines: str) -> list[str | None]:
    read = [(line, tuple(find_documents(line, None))) for line in lines]
    return [document.number for documents in numbered(read) for document in documents]


@pytest.mark.parametrize(
    "title",
    ["Bộ triển khai Luật Đất đai đến cấp xã", "Luật Đất đai 2024 đến cấp xã", "thi hành Luật Đất đai năm 2024."],
)
def test_a_title_has_the_number_told_elsewhere(title):
    assert numbers(title, "Hội nghị triển khai thi hành Luật Đất đai (số 31/2024/QH15).") == ["31/2024/QH15"] * 2


@pytest.mark.parametrize(
    "title", ["thay thế Luật Đất đai năm 2013.", "theo Luật Đất đai 2003 trước đây", "Luật Nhà ở có hiệu lực"]
)
def test_another_title_or_year_has_none(title):
    assert numbers(title, "thi hành Luật Đất đai (số 31/2024/QH15).")[0] is None


def test_a_title_that_two_numbers_bear_has_none():
    assert numbers("Luật Đất đai", "Luật Đất đai (số 31/2024/QH15).", "Luật Đất đai (số 45/2013/QH13).")[0] is None

"""What a script gets is valid and whole, what a person gets cannot be lost to a terminal."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from dagster_project.display import distinct, write_rows


def written(columns: list[str], rows: list[tuple[Any, ...]], fmt: str) -> str:
    out = io.StringIO()
    write_rows(columns, rows, fmt, out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("columns", "keys"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_1", "a_2"]),
        (["a", "a", "a_1"], ["a", "a_2", "a_1"]),
        (["a_1", "a", "a"], ["a_1", "a", "a_2"]),
    ],
)
def test_columns_of_one_name_all_have_a_key(columns: list[str], keys: list[str]) -> None:
    assert distinct(columns) == keys
    row = tuple(range(len(columns)))
    assert json.loads(written(columns, [row], "json")) == [dict(zip(keys, row, strict=True))]
    assert json.loads(written(columns, [row], "jsonl")) == dict(zip(keys, row, strict=True))


@pytest.mark.parametrize("fmt", ["json", "jsonl"])
def test_numbers_that_are_none_are_null_and_keys_are_text(fmt: str) -> None:
    def no_constant(name: str) -> None:
        raise AssertionError(name)

    row = (float("nan"), float("-inf"), [1.5, float("inf")], {date(2026, 1, 2): float("nan")}, date(2026, 1, 2))
    told = json.loads(written(list("abcde"), [row], fmt), parse_constant=no_constant)
    told = told[0] if fmt == "json" else told
    assert told == {"a": None, "b": None, "c": [1.5, None], "d": {"2026-01-02": None}, "e": "2026-01-02"}


def test_a_list_in_csv_is_valid_json() -> None:
    assert written(["a"], [([float("nan")],)], "csv") == "a\n[null]\n"

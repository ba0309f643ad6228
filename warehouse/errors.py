"""What can go wrong in the warehouse, said so that a person can act: where, what was expected, what was found,
what is now true, and the cure."""

from __future__ import annotations

from pathlib import Path

from pipelines.records import BantinError


class WarehouseError(BantinError):
    """One line: `where: found …; expected …. Now: …. Cure: …`. The parts stay readable as attributes."""

    def __init__(self, where: Path | str, *, expected: str, found: str, now: str, cure: str) -> None:
        self.where, self.expected, self.found, self.now, self.cure = str(where), expected, found, now, cure
        super().__init__(f"{where}: found {found}; expected {expected}. Now: {now}. Cure: {cure}.")


class DamagedResults(WarehouseError):
    """A Parquet file of read results that cannot be read whole."""


class DamagedDatabase(WarehouseError):
    """work.duckdb or bulletins.duckdb is no database of ours any more."""


class NewerSchema(WarehouseError):
    """The warehouse was written by a newer Bantin."""


class WriterBusy(WarehouseError):
    """Another process writes; it was waited for, and it is not done."""


class NotWritten(WarehouseError):
    """The disk is full, read-only, or not there. What was stored before is untouched."""


class NoSnapshot(WarehouseError):
    """Nothing was published in this home yet."""


class Refused(BantinError):
    """A statement that a read-only session does not run. One sentence: what, why, what to use instead."""


class QueryFailed(BantinError):
    """SQL that DuckDB could not run; the message is DuckDB's own, with its LINE and caret."""


def first_line(error: BaseException) -> str:
    """DuckDB's first line, without its stack of hints: fits into a sentence of ours."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__

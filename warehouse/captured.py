"""Of which addresses the captures in results files are, without any table: of batches that are held."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse import sql
from warehouse.errors import DamagedResults
from warehouse.loaded import blame, set_files


def captured(files: Sequence[Path]) -> list[tuple[str, str]]:
    """(bulletin_id, requested URL) of every capture in these files, each once. raises DamagedResults"""
    if not files:
        return []
    with duckdb.connect() as con:
        set_files(con, "result_files", files)
        try:
            return [(bulletin_id, url) for bulletin_id, url in con.execute(sql.query("held_captures")).fetchall()]
        except duckdb.Error as error:
            blame(files, error)
            raise DamagedResults(
                files[0], expected="files of read results", found=str(error).partition("\n")[0],
                now="nothing was changed", cure="delete what is damaged and run `bantin read`",
            ) from error  # fmt: skip

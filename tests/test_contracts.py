"""docs/contracts.md is true: its tables are the database's, its commands are the command line's."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.running import ROOT, bantin, write_text

CONTRACTS = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")


def contract_rows(header: str) -> list[list[str]]:
    """Cells of the rows below a table header, back-ticks kept."""
    _, _, rest = CONTRACTS.partition(header)
    lines = rest.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in _while_table(lines)]


def _while_table(lines: list[str]) -> list[str]:
    end = next((i for i, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return lines[:end]


def columns_of(text: str) -> list[str]:
    """Column names of a contract cell; types, value lists and explanations in it are left out."""
    return [
        re.split(r"[\s(\[]", part.strip(), maxsplit=1)[0]
        for part in re.sub(r"\([^)]*\)", "", text.split(":", maxsplit=1)[0]).split(",")
    ]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("contracts")
    assert bantin(folder / "h", "ingest", str(write_text(folder / "in", "a.txt"))).returncode == 0
    return duckdb.connect(str(folder / "h" / "warehouse" / "bulletins.duckdb"), read_only=True)


def test_the_built_tables_and_columns_are_those_of_the_contract(snapshot: duckdb.DuckDBPyConnection) -> None:
    promised = {
        name.strip("`"): cells[1]
        for cells in contract_rows("| table | columns | here |")
        for name in cells[0].split(", ")
        if cells[2] == "yes"
    }
    built: dict[str, list[str]] = {}
    for table, column in snapshot.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal order by table_name, column_index"
    ).fetchall():
        built.setdefault(table, []).append(column)
    assert set(built) == set(promised)
    content = columns_of(promised["bulletin"])
    content = [c for c in content[content.index("title") : content.index("word_count") + 1] if c != "view_count"]
    for table, text in promised.items():
        expected = columns_of(text)
        if table == "bulletin_version":
            expected = expected[: expected.index("capture_id") + 1] + content
        assert built[table] == expected, table


def test_every_table_and_column_is_commented(snapshot: duckdb.DuckDBPyConnection) -> None:
    bare = snapshot.execute(
        "select table_name || '.' || column_name from duckdb_columns() where schema_name = 'main' and not internal and coalesce(comment, '') = ''"
        " union all select table_name from duckdb_tables() where schema_name = 'main' and not internal and coalesce(comment, '') = ''"
    ).fetchall()
    assert bare == []


def test_the_commands_of_the_contract_are_those_of_the_help(tmp_path: Path) -> None:
    offered = set(re.findall(r"^│ (\w+) ", bantin(tmp_path, "--help").stdout.partition("Commands")[2], re.MULTILINE))
    rows = contract_rows("| command | does | here |")
    promised = {code.split()[0] for name, *_, here in rows if here == "yes" for code in re.findall(r"`([^`]*)`", name)}
    assert offered == promised


def test_every_command_helps_with_an_example(tmp_path: Path) -> None:
    for command in (
        "demo",
        "ingest",
        "read",
        "load",
        "publish",
        "rebuild",
        "sql",
        "show",
        "raw",
        "doctor",
        "learn",
        "source list",
        "source show",
    ):
        answer = bantin(tmp_path, *command.split(), "--help")
        assert answer.returncode == 0 and "Example:" in answer.stdout, command


def test_the_values_of_the_contract_are_the_checks_of_the_tables(snapshot: duckdb.DuckDBPyConnection) -> None:
    checks = " ".join(
        row[0]
        for row in snapshot.execute(
            "select constraint_text from duckdb_constraints() where constraint_type = 'CHECK'"
        ).fetchall()
    )
    values = CONTRACTS.partition("Values are never renamed:")[2].partition("Others:")[0]
    for word in re.findall(r"\b[a-z_]{4,}\b", re.sub(r"`[^`]*`", "", values)):
        assert f"'{word}'" in checks, word

"""Commands that only look: sql, ask, show, raw, doctor. They refuse a home that does not exist."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dagster_project.command import HomeOption, JsonOption, any_stdout, fail, home_path, notice, open_for_reading, say
from dagster_project.display import FORMATS, visible, visible_lines, write_rows
from dagster_project.display_mentions import tell_mentions
from dagster_project.files import check_out, replacing, replacing_bytes

if TYPE_CHECKING:
    from dagster_project.steps.ingesting import IngestOutcome
    from dagster_project.steps.showing import Shown


def register(app: typer.Typer) -> None:
    """Add these commands to `bantin`."""
    app.command()(sql)
    app.command()(ask)
    app.command()(show)
    app.command()(raw)
    app.command()(doctor)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A small table on stdout."""
    write_rows(columns, rows, "table", sys.stdout)


def say_ingest(outcome: IngestOutcome) -> None:
    """What an ingest did, in four lines at most."""
    print(
        f"{outcome.added} taken in, {outcome.unchanged_files} known already, {outcome.read} read: "
        f"{outcome.new} new bulletins, {outcome.changed} changed, {outcome.failed} unreadable"
    )
    others = {kind: count for kind, count in outcome.kinds.items() if kind != "bulletin"}
    if others:
        print("pages that are no bulletin: " + ", ".join(f"{count} {kind}" for kind, count in others.items()))
    if outcome.skipped:
        names = ", ".join(visible(name) for name in outcome.skipped[:10])
        print(f"{len(outcome.skipped)} other files left alone: {names}{' …' if len(outcome.skipped) > 10 else ''}")
    if outcome.waiting:
        print(f"{outcome.waiting} segments wait for a reader upgrade to be accepted: bantin read")
    print(f"snapshot {outcome.snapshot}" + ("" if outcome.published else " (nothing changed, so none was made)"))


def sql(
    query: Annotated[str | None, typer.Argument(help="SQL; without it an interactive shell starts.")] = None,
    fmt: Annotated[str, typer.Option("--format", help="table, csv, json, jsonl, parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file (parquet needs it).")] = None,
    home: HomeOption = None,
) -> None:
    """Ask the published snapshot; read-only.  Example: bantin sql "select title, published_on from bulletin"

    Statements that write a table or a file are refused, and so is any other file or the network.
    """
    from warehouse.query import copy_query, open_snapshot, run_query

    where = open_for_reading(home)
    if fmt not in (*FORMATS, "parquet"):
        fail(f"--format {fmt}: expected one of {', '.join((*FORMATS, 'parquet'))}", status=2)
    if fmt == "parquet" and (out is None or query is None):
        fail("--format parquet needs a query and --out FILE", status=2)
    if out is not None:
        check_out(where.path, out)
    if query is None:
        from dagster_project.shell import shell

        shell(where)
        return
    if fmt == "parquet" and out is not None:
        rows = copy_query(where.path, query, out, "parquet")
        notice(f"{rows} rows written to {out}")
        return
    with open_snapshot(where.path) as con:
        result = run_query(con, query)
        if out is None:
            if fmt != "table" and not sys.stdout.isatty():
                any_stdout("utf-8")
            write_rows(result.columns, result.rows, fmt, sys.stdout)
            return
        with replacing(out) as sink:
            rows = write_rows(result.columns, result.rows, fmt, sink)
        notice(f"{rows} rows written to {out}")


def ask(
    name: Annotated[str | None, typer.Argument(help="Name of the question; without it they are listed.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print its SQL, to change it; nothing is asked.")] = False,
    fmt: Annotated[str, typer.Option("--format", help="table, csv, json, jsonl, parquet.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file (parquet needs it).")] = None,
    home: HomeOption = None,
) -> None:
    """Twelve questions an analyst asks, answered from the snapshot.  Example: bantin ask post_holders

    To narrow one down, put its SQL (--text) into a subquery: bantin sql "select * from (…) where …".
    """
    from warehouse.questions import question, questions

    if name is None:
        print_rows(("name", "question"), [(found.name, found.words) for found in questions()])
        return
    asked = question(name)
    if text:
        print(asked.sql, end="")
        return
    if fmt == "table" and out is None:
        notice(asked.words)
        if asked.note:
            notice(asked.note)
    sql(asked.sql, fmt, out, home)


def show(
    wanted: Annotated[str, typer.Argument(metavar="URL-or-ID", help="A bulletin id, capture id, URL, or folder/file.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why a bulletin looks as it does: lines with roles, candidates of fields.  Example: bantin show seeds/a.txt"""
    from dagster_project.steps.showing import show as tell

    shown = tell(open_for_reading(home), wanted)
    if as_json:
        say(shown, as_json=True)
    else:
        _tell(shown)


def _tell(shown: Shown) -> None:
    url, bulletin = shown.url, shown.bulletin
    print(f"{visible(url['url'])}\n  source {url['source_id']}, id {url['bulletin_id']}, state {url['state']}", end="")
    print(f" ({visible(url['state_reason'])})" if url["state_reason"] else "")
    for row in shown.captures:
        print(
            f"  capture {row['capture_id']}  {row['fetched_at']:%Y-%m-%d %H:%M:%S}  {row['kind']}  {row['bytes']} bytes"
            f"  raw/{visible(row['warc_file'])} at {row['warc_offset']}"
        )
    if bulletin is None:
        print("\nNot a bulletin, so it has no fields. `bantin raw` gives its bytes.")
    else:
        tell_fields(shown.evidence, bulletin)
    tell_lines(shown.lines)
    tell_media(shown.images, shown.attachments)
    tell_mentions(shown)
    if len(shown.versions) > 1:
        print("\nVersions")
        for row in shown.versions:
            changed = ", ".join(row["changed_fields"] or [])
            print(f"  {row['version']}  {row['valid_from']:%Y-%m-%d %H:%M}  {row['change_kind']}  {changed}")
            _tell_diff(shown.versions, row)
    for row in shown.status:
        print(f"\nStatus {row['status']} since {row['since']:%Y-%m-%d %H:%M}: {visible(row['evidence'] or '')}")
    for row in shown.issues:
        print(f"\nIssue {row['issue_id']} ({row['severity']}, {visible(row['rule'])}): {visible(row['detail'])}")


def tell_fields(evidence: Sequence[dict[str, Any]], bulletin: dict[str, Any]) -> None:
    """Each field with its value, its candidates and why one of them won. Rows as of table `field_evidence`."""
    print("\nFields")
    for name in dict.fromkeys(row["field"] for row in evidence):
        value = bulletin.get(name)
        shown = (
            "NULL"
            if value in (None, [], ())
            else visible("; ".join(value) if isinstance(value, (list, tuple)) else str(value))
        )
        print(f"  {name} = {shown[:160]}{'…' if len(shown) > 160 else ''}")
        for row in (r for r in evidence if r["field"] == name):
            if row["candidate_no"] == 0:
                print(f"      because {visible(row['reason'])}")
                continue
            mark = "*" if row["chosen"] else " "
            print(f"    {mark} {visible(row['value'] or '')[:60]}  [{visible(row['method'])}] {visible(row['reason'])}")


def tell_lines(lines: Sequence[dict[str, Any]]) -> None:
    """Each line with its role and the rule that gave it. Rows as of table `bulletin_line`."""
    if lines:
        print("\nLines")
    for line in lines:
        rule, text = visible(line["rule"]), visible(line["text"])
        print(f"  {line['line_no']:>4}  {line['role']:<10} {rule:<22.22} {text[:110]}")


def tell_media(images: Sequence[dict[str, Any]], attachments: Sequence[dict[str, Any]]) -> None:
    """Pictures with their captions, files with their labels. Rows as of tables `image` and `attachment`."""
    for heading, rows, text in (("Pictures", images, "caption"), ("Attachments", attachments, "label")):
        if rows:
            print(f"\n{heading}")
        for row in rows:
            line_no = "" if row["line_no"] is None else row["line_no"]
            print(f"  {line_no:>4}  {visible(row['url'])}  {visible(row['media_type'] or '')}".rstrip())
            if row[text]:
                print(f"        {visible(row[text])[:110]}")


def _tell_diff(versions: list[dict[str, Any]], row: dict[str, Any]) -> None:
    import difflib

    before = next((v for v in versions if v["version"] == row["version"] - 1), None)
    for name in row["changed_fields"] or []:
        old, new = (("" if v is None else str(v)).split("\n\n") for v in ((before or {}).get(name), row.get(name)))
        for line in difflib.unified_diff(old, new, lineterm="", n=0):
            if not line.startswith(("---", "+++", "@@")):
                print(f"       {name}: {visible(line)[:160]}")


def raw(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="A bulletin id, capture id, URL, or folder/file.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the bytes to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """The stored bytes of a capture, as they came.  Example: bantin raw ID > page.html"""
    from dagster_project.steps.showing import raw_bytes

    where = open_for_reading(home)
    if out is not None:
        check_out(where.path, out)
    payload, capture = raw_bytes(where, wanted)
    if out is not None:
        replacing_bytes(out, payload)
        notice(f"{len(payload)} bytes of capture {capture['capture_id']} written to {out}")
    elif sys.stdout.isatty():
        print(visible_lines(payload.decode("utf-8", "replace")))
    else:
        sys.stdout.buffer.write(payload)


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check installation, home and files, and say what to do.  Example: bantin doctor"""
    from dagster_project.steps.doctoring import examine

    checks = examine(home_path(home))
    if as_json:
        say(checks, as_json=True)
    else:
        for check in checks:
            print(f"{check.state:<5} {visible(check.what)}: {visible(check.found)}")
            if check.cure:
                print(f"      → {visible(check.cure)}")
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(1)

"""Acceptance of step 1: files to rows."""

from __future__ import annotations

import gzip
import json
import subprocess
import threading
import time
from pathlib import Path

from tests.accept.bench_of_claims import BY_EYE, FAILED, Clone, Result, differences, held

SEEDS = {
    "000": {"published_on": "2023-11-24", "byline": "Minh Hoài", "paragraphs": 4, "titled": True},
    "001": {"published_on": None, "published_not_before": "2023-06-29", "view_count": 224, "paragraphs": 7, "captions": 3,
            "titled": True},
    "002": {"published_on": "2022-07-08", "published_basis": "label", "agency_prefix": "QK2", "paragraphs": 4, "captions": 6,
            "byline": "Tin, ảnh: VŨ HẢI", "titled": True},
    "003": {"published_on": None, "paragraphs": 7, "captions": 4, "titled": False, "byline": "Tin, ảnh: VĂN CHIỂN"},
    "004": {"published_on": None, "published_not_before": "2018-10-04", "paragraphs": 8, "captions": 1, "byline": "PV",
            "titled": False},
}  # fmt: skip
KIND_OF = {
    "article": "bulletin", "list-page": "list", "q-and-a list": "list", "site map": "list", "contact form": "form",
    "redirect stub": "redirect", "login page": "login",
}  # fmt: skip


def demo(clone: Clone) -> Result:
    """Fresh clone, empty caches: `make demo` in under 4 minutes, quick the second time"""
    started = time.monotonic()
    first = clone.run("make", "demo")
    took = time.monotonic() - started
    started = time.monotonic()
    second = clone.run("make", "demo")
    again = time.monotonic() - started
    ok = first.returncode == 0 and second.returncode == 0 and took < 240 and "3." in first.stdout
    return held(ok, f"{took:.0f} s, then {again:.1f} s; {first.stderr.strip()[-200:] if not ok else ''}")


def suite(clone: Clone) -> Result:
    """`make test` passes; skips named; pipelines and warehouse at least 85 % of lines covered"""
    run = clone.run("make", "test", timeout=1800)
    last = [
        line
        for line in run.stdout.splitlines()
        if line.startswith(("FAILED", "ERROR", "SKIPPED", "=")) or line.strip().isdigit()
    ]
    return held(run.returncode == 0, "; ".join(last[-12:]) or run.stderr[-300:])


def seeds(clone: Clone) -> Result:
    """`ingest ../shared/seeds`: the five bulletins, field by field; every non-blank source line exactly once"""
    if not clone.shared.is_dir():
        return FAILED, "../shared is not on this machine"
    home = clone.home("seeds")
    done = clone.bantin(home, "ingest", str(clone.shared / "seeds"))
    wrong = [] if done.returncode == 0 else [done.stderr]
    rows = clone.rows(
        home,
        "select *, title is not null as titled, len(string_split(body, chr(10) || chr(10))) as paragraphs, "
        "len(captions) as n_captions from bulletin order by url",
    )
    wrong += [] if len(rows) == 5 else [f"{len(rows)} bulletins"]
    for row in rows:
        number = row["url"].split("/")[-1][:3]
        found = {**row, "captions": row["n_captions"]}
        wrong += [f"{number} {d}" for d in differences(SEEDS[number], found)]
        said = json.dumps([row[k] for k in ("title", "lead", "body", "captions", "byline")], ensure_ascii=False)
        traces = ("}", "leftcenterrightdel", "Thư điện tử", "Trả lời", "Mời bạn đọc", "./.", "2022-10-07")
        wrong += [f"{number} holds {trace}" for trace in traces if trace in said.strip("[]")]
        wrong += _lines_of(clone, home, row["bulletin_id"], number)
        if row["title"] is None or row["published_on"] is None:
            shown = clone.bantin(home, "show", row["bulletin_id"]).stdout
            wrong += [] if "= NULL" in shown and "because " in shown else [f"{number} show explains no NULL"]
    return held(not wrong, "; ".join(wrong) or "5 bulletins as expected")


def _lines_of(clone: Clone, home: Path, bulletin_id: str, number: str) -> list[str]:
    source = next((clone.shared / "seeds").glob(f"{number}_*")).read_text(encoding="utf-8")
    expected = [" ".join(line.split()) for line in source.splitlines() if line.strip()]
    query = f"select text from bulletin_line where bulletin_id = '{bulletin_id}' and version = 1 order by line_no"
    stored = [row["text"] for row in clone.rows(home, query)]
    return [] if stored == expected else [f"{number} lines differ from the source"]


def real_pages(clone: Clone) -> Result:
    """`ingest ../shared/real-pages`: kinds agree with index.jsonl; only 043 and 004 are bulletins, and right"""
    home = clone.home("pages")
    done = clone.bantin(home, "ingest", str(clone.shared / "real-pages"))
    wrong = [] if done.returncode == 0 else [f"exit {done.returncode}: {done.stderr[-300:]}"]
    index = [
        json.loads(line) for line in (clone.shared / "real-pages/index.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    kinds = {row["url"].split("/")[-1]: row["kind"] for row in clone.rows(home, "select url, kind from capture")}
    for page in index:
        kind = page["kind"]
        expected = KIND_OF.get(kind) or next(
            (
                to
                for start, to in (("error page", "error"), ("e-service", "form"), ("spider-trap", "list"))
                if kind.startswith(start)
            ),
            kind,
        )
        if kinds.get(page["file"]) != expected:
            wrong.append(f"{page['file'][:3]}: expected {expected}, found {kinds.get(page['file'])}")
    rows = {r["url"].split("/")[-1][:3]: r for r in clone.rows(home, "select * from bulletin")}
    wrong += [] if set(rows) == {"043", "004"} else [f"bulletins: {sorted(rows)}"]
    a, b = rows.get("043", {}), rows.get("004", {})
    wrong += _page_043(a) + _page_004(b)
    return held(not wrong, "; ".join(wrong) or f"{len(index)} kinds agree, both bulletins as expected")


def _page_043(a: dict[str, object]) -> list[str]:
    checks = {
        "title": str(a.get("title", "")).startswith("Ông Hồ Đức Phớc: Sẽ nâng mức giảm trừ gia cảnh"),
        "lead": str(a.get("lead", "")).startswith("Bộ trưởng Tài chính Hồ Đức Phớc thừa nhận mức giảm trừ"),
        "lead not in body": str(a.get("lead")) not in str(a.get("body")),
        "captions": a.get("captions") == ["Ông Hồ Đức Phớc, Bộ trưởng Tài chính. Ảnh: Hoàng Phong"],
        "author": a.get("authors") == ["Anh Minh"],
        "published_at": str(a.get("published_at", "")).startswith("2023-11-02T19:20")
        and "+07:00" in str(a.get("published_at")),
    }
    return [f"043 {name}: {a.get(name.split()[0])!r}"[:200] for name, ok in checks.items() if not ok]


def _page_004(b: dict[str, object]) -> list[str]:
    title = str(b.get("title", ""))
    checks = {
        "title": title.startswith("Hướng dẫn xây dựng Kế hoạch"),
        "published_on": b.get("published_on") == "2012-12-21",
        "published_at": b.get("published_at") is None,
        "captions": b.get("captions") == [],
        "authors": b.get("authors") == [] and "admin" not in str(b.get("byline")),
        "body": title not in str(b.get("body")).split("\n\n") and "admin admin" not in str(b.get("body")),
    }
    return [f"004 {name}: {b.get(name)!r}"[:200] for name, ok in checks.items() if not ok]


def again(clone: Clone) -> Result:
    """The same again: no new snapshot, no changed row, one more `run` row; `rebuild` equal, also in a copied home"""
    home = clone.home("seeds")
    before = clone.rows(home, "select snapshot_id, full_digest from snapshot order by published_at")
    runs = _work_runs(clone, home)
    done = clone.bantin(home, "ingest", str(clone.shared / "seeds"))
    after = clone.rows(home, "select snapshot_id, full_digest from snapshot order by published_at")
    wrong = [] if done.returncode == 0 and before == after else ["a snapshot was made"]
    wrong += [] if _work_runs(clone, home) == runs + 1 else ["not exactly one more run row"]
    rebuilt = clone.bantin(home, "rebuild", "--json")
    wrong += (
        [] if rebuilt.returncode == 0 and json.loads(rebuilt.stdout)["equal"] else [f"rebuild: {rebuilt.stderr[-200:]}"]
    )
    copy = clone.home("it's a copy")
    subprocess.run(["cp", "-a", str(home), str(copy)], check=True)
    elsewhere = clone.bantin(copy, "rebuild", "--json")
    wrong += (
        [] if elsewhere.returncode == 0 and json.loads(elsewhere.stdout)["equal"] else ["rebuild of the copy differs"]
    )
    return held(not wrong, "; ".join(wrong) or f"snapshot {after[-1]['snapshot_id']} kept, digests equal")


def _work_runs(clone: Clone, home: Path) -> int:
    code = "import duckdb,sys; print(duckdb.connect(sys.argv[1], read_only=True).execute('select count(*) from run').fetchone()[0])"
    found = clone.run(str(clone.path / ".venv/bin/python"), "-c", code, str(home / "warehouse/work.duckdb"))
    return int(found.stdout)


def readers(clone: Clone) -> Result:
    """Readers in a loop during ingests: no error, never half a load; before a first snapshot one clear sentence"""
    home = clone.home("readers")
    home.mkdir(parents=True)
    none = clone.bantin(home, "sql", "select 1")
    wrong = (
        [] if none.returncode == 1 and len(none.stderr.strip().splitlines()) == 1 else [f"no snapshot: {none.stderr}"]
    )
    batches = [_batch(clone, number) for number in range(6)]
    clone.bantin(home, "ingest", str(batches[0]))
    stop, seen, errors = threading.Event(), [], []
    code = (
        "import duckdb,sys,time\nend=time.time()+float(sys.argv[2])\nseen=set()\nwhile time.time()<end:\n"
        " c=duckdb.connect(sys.argv[1],read_only=True)\n"
        " seen.add(c.execute('select count(*) from bulletin').fetchone()[0])\n c.close()\nprint(sorted(seen))"
    )
    database = str(home / "warehouse/bulletins.duckdb")
    plain = subprocess.Popen(
        [str(clone.path / ".venv/bin/python"), "-c", code, database, "25"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def ask() -> None:
        while not stop.is_set():
            answer = clone.bantin(home, "sql", "select count(*) as n from bulletin", "--format", "json")
            if answer.returncode:
                errors.append(answer.stderr)
            else:
                seen.append(json.loads(answer.stdout)[0]["n"])

    thread = threading.Thread(target=ask)
    thread.start()
    for batch in batches[1:]:
        done = clone.bantin(home, "ingest", str(batch))
        wrong += [] if done.returncode == 0 else [done.stderr[-200:]]
    stop.set()
    thread.join()
    out, err = plain.communicate(timeout=60)
    counts = {*seen, *json.loads(out or "[]")}
    wrong += [f"a reader failed: {e[-200:]}" for e in (*errors, err) if e.strip()]
    wrong += [f"half a load seen: {n}" for n in counts if n % 20]
    return held(not wrong, "; ".join(wrong) or f"{len(seen)} reads by bantin sql, counts seen {sorted(counts)}")


def _batch(clone: Clone, number: int) -> Path:
    folder = clone.folder / "batches" / f"b{number}"
    folder.mkdir(parents=True)
    for i in range(20):
        text = (
            f"Đơn vị số {number}-{i} hoàn thành kế hoạch tháng\n\nSáng 5-6, đơn vị số {i} tổ chức hội nghị đánh giá kết quả "
            "thực hiện nhiệm vụ tháng 5 và triển khai nhiệm vụ tháng 6 tới toàn thể cán bộ, chiến sĩ.\n\nPV\n"
        )
        (folder / f"{i}.txt").write_text(text, encoding="utf-8")
    return folder


def lazy_and_locked(clone: Clone) -> Result:
    """`--help` and `sql` import no heavy package; writing, files and network are refused, in the shell too"""
    home = clone.home("seeds")
    code = (
        "import sys\nsys.argv = sys.argv[1:]\ntry:\n from dagster_project.cli import main; main()\nexcept SystemExit: pass\n"
        "print([m for m in ('dagster','scrapy','trafilatura','pyarrow') if m in sys.modules], file=sys.stderr)"
    )
    wrong = []
    for arguments in (["--help"], ["--home", str(home), "sql", "select 1"]):
        found = clone.run(str(clone.path / ".venv/bin/python"), "-c", code, "bantin", *arguments)
        wrong += [] if found.stderr.strip().endswith("[]") else [f"{arguments[-1]}: {found.stderr[-200:]}"]
    for query in (
        "drop table bulletin",
        f"copy bulletin to '{clone.folder}/stolen.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "create temp table x as select 1",
        "set enable_external_access = true",
        "attach ':memory:' as m",
    ):
        answer = clone.bantin(home, "sql", query)
        shell = subprocess.run(
            [clone.bin, "--home", str(home), "sql"], input=query + ";\nselect 41 + 1;\n", capture_output=True, text=True,
            env=clone.environment(), check=False,
        )  # fmt: skip
        clear = answer.returncode == 1 and "Traceback" not in answer.stderr and answer.stderr.startswith("bantin: ")
        wrong += [] if clear else [f"{query}: exit {answer.returncode} {answer.stderr[:150]}"]
        wrong += (
            [] if "42" in shell.stdout and "bantin: " in shell.stderr else [f"shell, {query}: {shell.stderr[:150]}"]
        )
    wrong += ["a file was written"] if (clone.folder / "stolen.csv").exists() else []
    return held(not wrong, "; ".join(wrong) or "7 statements refused in both")


def garbage(clone: Clone) -> Result:
    """Garbage: one line with cause and cure or an issue row, exit status as agreed, the others are in"""
    home, folder = clone.home("garbage"), clone.folder / "garbage"
    folder.mkdir()
    (folder / "binary.html").write_bytes(bytes(range(256)) * 64)
    (folder / "empty.html").write_bytes(b"")
    (folder / "nested.html").write_bytes(b"<html><body>" + b"<div>" * 200_000 + b"x" + b"</div>" * 200_000)
    good = _batch(clone, 90)
    text = (good / "1.txt").read_bytes()
    (folder / "nul.txt").write_bytes(text.replace("Sáng".encode(), b"S\x00\x00\xc3\xa1ng"))
    (folder / "good.txt").write_bytes(text)
    whole = _warc(clone)
    (folder / "cut.warc.gz").write_bytes(whole[: len(whole) - 300])
    (folder / "not.warc.gz").write_bytes(gzip.compress(b"no warc at all")[:-4])
    done = clone.bantin(home, "ingest", str(folder))
    wrong = (
        []
        if done.returncode == 3 and "Traceback" not in done.stderr
        else [f"exit {done.returncode}: {done.stderr[-300:]}"]
    )
    issues = clone.rows(home, "select coalesce(url, detail) as at, rule, severity from issue")
    told = done.stderr + json.dumps(issues, ensure_ascii=False)
    wrong += [f"{name} is named nowhere" for name in ("binary", "empty", "nul", "cut", "not.warc") if name not in told]
    wrong += (
        []
        if clone.rows(home, "select count(*) as n from bulletin where url like '%good.txt'")[0]["n"]
        else ["good.txt is not in"]
    )
    a_file = clone.folder / "a-file"
    a_file.write_text("x")
    as_home = clone.bantin(a_file, "ingest", str(good))
    wrong += (
        []
        if as_home.returncode == 1 and len(as_home.stderr.splitlines()) == 1
        else [f"file as home: {as_home.stderr[:200]}"]
    )
    (home / "warehouse/work.duckdb").write_bytes(b"garbage" * 1000)
    broken = clone.bantin(home, "load")
    wrong += (
        [] if broken.returncode == 1 and "rebuild" in broken.stderr else [f"damaged database: {broken.stderr[:200]}"]
    )
    healed = clone.bantin(home, "rebuild", "--json")
    wrong += (
        []
        if healed.returncode == 0 and json.loads(healed.stdout)["replaced"]
        else [f"rebuild after damage: {healed.stderr[:300]}"]
    )
    return held(not wrong, "; ".join(wrong) or f"exit 3, {len(issues)} issues, damaged database healed by rebuild")


def _warc(clone: Clone) -> bytes:
    """Some WARC of ours, taken from the seeds' home."""
    return next(clone.home("readers").glob("raw/local/*/*.warc.gz")).read_bytes()


def hostile(clone: Clone) -> Result:
    """Hostile text passes through load, SQL output and CSV harmlessly"""
    home, folder = clone.home("hostile"), clone.folder / "hostile"
    folder.mkdir()
    prose = "Sáng 5-6, đơn vị tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ tháng 5 và triển khai nhiệm vụ tháng 6 tới."
    titles = {
        "sql": "Hội nghị'; DROP TABLE bulletin; -- của đơn vị",
        "script": "Hội nghị <script>alert(1)</script> của đơn vị",
        "escape": "Hội nghị \x1b[2J\x1b]0;owned\x07 của đơn vị",
        "rtl": "Hội nghị \u202egnah nôc\u202c của đơn vị",
        "long": "Hội nghị " + "dài " * 260_000 + "của đơn vị",
        "formula": '=cmd|" /C calc"!A0 hội nghị của đơn vị',
    }
    for name, title in titles.items():
        page = f"<html><head><meta property='og:type' content='article'><meta property='article:published_time' content='2024-06-06T08:00:00+07:00'></head><body><article><h1>{title.replace('<', '&lt;')}</h1><p>{prose}</p><p>{prose} Hết.</p></article></body></html>"
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        (folder / f"{name}.txt").write_text(f"{title}\n\n{prose}\n", encoding="utf-8")
    done = clone.bantin(home, "ingest", str(folder))
    wrong = [] if done.returncode in (0, 3) else [done.stderr[-300:]]
    count = clone.rows(home, "select count(*) as n from bulletin")[0]["n"]
    wrong += [] if count >= 10 else [f"only {count} bulletins"]
    for fmt in ("table", "csv", "json", "jsonl"):
        out = clone.bantin(home, "sql", "select title, body from bulletin", "--format", fmt)
        wrong += [] if out.returncode == 0 and "\x1b" not in out.stdout else [f"{fmt}: an escape got through"]
    table = (
        clone.bantin(home, "sql", "select title from bulletin").stdout
        + clone.bantin(home, "show", "hostile/rtl.txt").stdout
    )
    wrong += ["a direction override got through"] if "\u202e" in table else []
    return held(not wrong, "; ".join(wrong) or f"{count} bulletins, four formats clean")


def eyes(clone: Clone) -> Result:
    """What needs eyes: `bantin show` of seed 001, the first screen of README"""
    return BY_EYE, clone.bantin(clone.home("seeds"), "show", "seeds/001_0561e7b2293efe3c.txt").stdout[:300]


CLAIMS = (demo, suite, seeds, real_pages, again, readers, lazy_and_locked, garbage, hostile, eyes)

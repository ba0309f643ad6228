"""Acceptance of step 5: reading: families, layouts, dates, boilerplate, and a reader that may be upgraded."""

from __future__ import annotations

import json
from typing import Any

from tests.accept import step_1
from tests.accept.bench_of_claims import FAILED, HELD, Clone, Result, held, last_json, python, ready

SEED = "3141"
"""Of no other newsroom in this project."""


NEWSROOM_SEED, PAGES = "73091", "300"
"""Used in no test, bench or rule."""
AT_LEAST = {"title": 0.99, "on": 0.98, "body": 0.95, "capP": 0.97, "capR": 0.97, "byline": 0.97}
_TABLE: dict[str, Any] = {}


def _table(clone: Clone) -> dict[str, Any]:
    """kind → reader → row of bench.fields, measured once for the claims that ask it."""
    if not _TABLE:
        clone.run("make", ".venv/peers.stamp")
        code, out, errors = python(clone, "-m", "bench.fields", NEWSROOM_SEED, PAGES, "--json", timeout=3600)
        if code:
            raise AssertionError(errors[-600:])
        _TABLE.update(json.loads(out))
    return _TABLE


def fields(clone: Clone) -> Result:
    """On every newsroom kind, 300 pages each, a seed not used while writing the rules: title exact ≥ .99, `published_on` right ≥ .98, wrong < .5 %, none invented, body paragraphs exactly as gold ≥ .95, captions P and R ≥ .97, byline ≥ .97, known junk in bodies 0; the table of the peers beside it"""
    short, least = [], dict.fromkeys(AT_LEAST, 1.0)
    for kind, readers in _table(clone).items():
        row = readers["layout"]["row"]
        for name, floor in AT_LEAST.items():
            value = 1.0 if row[name] is None else row[name]  # None: the kind prints no captions
            least[name] = min(least[name], value)
            short += [f"{kind} {name} {value:.3f}"] if value < floor else []
        short += [f"{kind} {name} {row[name]}" for name in ("invented", "junk") if row[name]]
        short += [f"{kind} wrong {row['wrong']:.4f}"] if row["wrong"] >= 0.005 else []
    peers = sorted({name for readers in _table(clone).values() for name in readers} - {"layout", "family", "generic"})
    return held(not short and "newspaper4k" in peers, "; ".join(short) or f"least of the kinds {least}; beside {peers}")


def switched_off(clone: Clone) -> Result:
    """Layouts and families switched off: better than trafilatura in every column, on every newsroom kind and on the pages of tests/unseen (equal only where both are perfect)"""
    worse = []
    for kind, readers in _table(clone).items():
        ours, theirs = readers["generic"]["row"], readers["trafilatura"]["row"]
        for name, value in theirs.items():
            if value is None or name not in ours or ours[name] is None:
                continue
            low = name in ("wrong", "invented", "junk")
            mine, other = (-ours[name], -value) if low else (ours[name], value)
            if mine < other or (mine == other and ours[name] != (0 if low else 1)):
                worse.append(f"{kind} {name}: {ours[name]:.3f} to {value:.3f}")
    found = json.loads(python(clone, "-m", "bench.unseen", "--json")[1])
    ours, theirs = found["families off"], found["trafilatura"]
    told = []
    for name, asked in theirs["asked"].items():
        if asked:
            told.append(f"{name} {ours['right'][name]} to {theirs['right'][name]} of {asked}")
            worse += [told[-1]] if ours["right"][name] <= theirs["right"][name] else []
    return held(not worse, "; ".join(worse) or f"newsroom: no column worse; unseen pages: {', '.join(told)}")


def examples(clone: Clone) -> Result:
    """Seeds and real pages as in step 1, plus section"""
    told = {claim.__name__: claim(clone) for claim in (step_1.seeds, step_1.real_pages)}
    failed = [f"{name}: {seen}" for name, (result, seen) in told.items() if result != HELD]
    if failed:
        return FAILED, "; ".join(failed)
    asked = "select regexp_extract(url, '[0-9]{3}') as page, section from bulletin order by 1"
    sections = {
        name: {row["page"]: row["section"] for row in clone.rows(clone.home(name), asked)}
        for name in ("seeds", "pages")
    }
    expected = {
        "seeds": {"000": None, "001": None, "002": None, "003": "Quốc phòng an ninh", "004": None},
        "pages": {"004": "Chiến lược quy hoạch", "043": "Vĩ mô"},
    }
    return held(sections == expected, f"{'; '.join(seen for _, seen in told.values())}; sections {sections}")


def rereads(clone: Clone) -> Result:
    """Reading everything twice, in one and in three processes, killed in between: identical digests"""
    found = last_json(clone, "-m", "tests.rereads", "60", SEED, timeout=3000)
    ways = sorted({way.rpartition(", ")[2] for way in found["digests"]})
    seen = {name: found[name] for name in ("segments", "captures", "kills", "resumed")}
    (digest, *others) = {tuple(pair) for pair in found["digests"].values()}
    return held(found["is_right"] and not others, f"{json.dumps(seen)}, {', '.join(ways)}; files, tables: {digest}")


def upgrades(clone: Clone) -> Result:
    """A reader upgrade on a home with ten simulated days of history: dry run shows exactly the fields that change; afterwards no publisher's edit is invented, none lost"""
    found = last_json(clone, "-m", "tests.upgrades", "10", SEED, timeout=3000)
    wrong = {what: told[:3] for what, told in found["wrong"].items() if told}
    names = ("days", "bulletins", "waiting", "dry_run", "edits", "changes", "rebuilt_equal")
    return held(found["is_right"], json.dumps({name: found[name] for name in names} | {"wrong": wrong}))


def speed(clone: Clone) -> Result:
    """Speed (bench/read, one run): known layout ≥ 3 × trafilatura with metadata, unknown page ≥ 1.2 ×"""
    clone.run("make", ".venv/peers.stamp")
    _, out, _ = python(clone, "-m", "bench.read", timeout=3000)
    ratio = {line[2:42].strip(): float(line.split()[-5]) for line in out.splitlines() if line.startswith("  bantin")}
    fine = ratio["bantin, known layout"] >= 3 and ratio["bantin, page of an unknown site"] >= 1.2
    return held(fine, "; ".join(f"{name} {value:.2f}" for name, value in ratio.items()))


CLAIMS = (ready, fields, switched_off, examples, rereads, upgrades, speed)

"""Acceptance of step 5: reading: families, layouts, dates, boilerplate, and a reader that may be upgraded."""

from __future__ import annotations

import json

from tests.accept.bench_of_claims import Clone, Result, held, last_json, ready

SEED = "3141"
"""Of no other newsroom in this project."""


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


CLAIMS = (ready, rereads, upgrades)

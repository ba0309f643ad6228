"""Acceptance of step 4: any publisher: discovery in all its kinds, on-boarding without code, a hostile web."""

from __future__ import annotations

import json

from tests.accept.bench_of_claims import BY_EYE, Clone, Result, held, last_json, python, ready, tests_of

SEED = "2718"
"""Of no other newsroom in this project."""


def added(clone: Clone) -> Result:
    """`bantin source add` for each newsroom kind, another seed, no edit of the file, then enable, crawl, read, load, publish: ≥ 95 % of the discoverable bulletins and < 1 % rows that are no bulletin, on all kinds but at most one; that one exits 3 and names the missing rule"""
    _, out, errors = python(clone, "-m", "tests.adding", SEED, timeout=3000)
    kinds = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    poor = [k for k in kinds if k["loaded"] < 0.95 * k["expected"] or k["no_bulletin"] > 0.01 * max(k["loaded"], 1)]
    named = all(k["statuses"]["source add"] == 3 and k["missing"] for k in poor)
    told = "; ".join(
        f"{k['kind']} {k['loaded']}/{k['expected']}, {k['no_bulletin']} no bulletin, {k['doubled']} doubled, {k['wrong']} wrong, exits"
        f" {'/'.join(str(status) for status in k['statuses'].values())}"
        for k in kinds
    )
    return held(len(kinds) >= 8 and len(poor) <= 1 and named, told or errors[-400:])


def by_hand(clone: Clone) -> Result:
    """By hand-written files: 100 % on all kinds, 500 bulletins each; no page fetched under two keys; stop reasons stored"""
    found = last_json(clone, "-m", "tests.by_hand", SEED, "500", timeout=3000)
    return held(found["is_right"], json.dumps({name: found[name] for name in ("kinds", "exits")}))


def hostile(clone: Clone) -> Result:
    """Hostile site with a canary service: bounded time and memory (printed), good bulletins in, canary untouched, no `file:`"""
    found = last_json(clone, "-m", "tests.hostile")
    fine = found["good"] == found["expected"] and not (
        found["wrong"] or found["canary"] or found["outside"] or found["unnamed"]
    )
    names = (
        "seconds",
        "cpu_s",
        "peak_mb",
        "good",
        "expected",
        "canary",
        "outside",
        "asked",
        "unnamed",
        "wrong",
        "states",
    )
    return held(fine, json.dumps({name: found[name] for name in names}, ensure_ascii=False)[:1800])


def real_pages(clone: Clone) -> Result:
    """`../shared/real-pages` as a site (serve the folder): the spider-trap pages breed no endless URLs"""
    beside = clone.path.parent / "shared"
    if not beside.exists() and clone.shared.is_dir():
        beside.symlink_to(clone.shared)
    test = "tests/test_hostile_site.py"
    found = tests_of(clone, "-s", test, "-k", "spider_trap or language_links")
    return held(found[0] == "held" and "2 passed" in found[1], found[1])


def moved(clone: Clone) -> Result:
    """A source moved to a new domain and URL scheme: ids kept through `url_alias`, nothing doubled"""
    return tests_of(clone, "tests/test_moved.py")


def docs(clone: Clone) -> Result:
    """Docs: how to add a source with the command and by hand, a page a newcomer can follow; every built-in file passes the strict reader; `source list` is readable at 60 sources"""
    listed = clone.bantin(clone.home("none"), "source", "list").stdout.splitlines()
    test = tests_of(clone, "tests/test_built_in_sources.py")
    page = (clone.path / "docs" / "adding-a-source.md").read_text("utf-8")
    fine = test[0] == "held" and len(listed) >= 60 and max(map(len, listed)) <= 100
    seen = f"{test[1]}; source list: {len(listed)} lines, at most {max(map(len, listed))} wide; page of {len(page.splitlines())} lines"
    return (BY_EYE if fine else held(False, "")[0], seen)


CLAIMS = (ready, added, by_hand, hostile, real_pages, moved, docs)

"""The floors under what the reader gets right: `python -m tests.quality` compares, `--raise` lets them rise, never fall."""

from __future__ import annotations

import json
import sys
from functools import cache, partial

from bench import fields, unseen
from crawlers.newsroom.kinds import KINDS
from pipelines.families.known import NO_FAMILY
from tests.running import ROOT

FILE = ROOT / "tests" / "floors.json"
SEED, PAGES = 60_617, 6
"""Of each newsroom kind; the long table is `make bench-read`."""
WAYS = {"families on": None, "families off": NO_FAMILY}
SHARES = ("title", "on", "lead", "body", "byline", "authors", "section", "views")


def floors() -> dict[str, dict[str, int]]:
    """corpus and way → field → values that are right."""
    found: dict[str, dict[str, int]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def tallies() -> dict[str, unseen.Tally]:
    asked = list(unseen.cases())
    return {name: unseen.tally(asked, partial(unseen.by_bantin, family=way)) for name, way in WAYS.items()}


def measured(name: str) -> dict[str, int]:
    """What is right now of a corpus: `unseen, families on`, `unseen, families off` or `newsroom`."""
    if name == "newsroom":
        return _newsroom()
    return tallies()[name.removeprefix("unseen, ")].right


def invented() -> list[tuple[str, str]]:
    """(page, day) of days that a page does not state, with families and without."""
    return [
        (page, found)
        for tally in tallies().values()
        for page, name, expected, found in tally.misread
        if name == "published_on" and expected == "None"
    ]


def _newsroom() -> dict[str, int]:
    right: dict[str, int] = dict.fromkeys(SHARES, 0)
    for kind in KINDS:
        room, site = fields.site_of(kind, SEED, PAGES)
        score = fields.Score()
        for gold, capture in fields.pages_of(room, site, PAGES):
            score.add(gold, fields.by_bantin(capture, None))
        for name in SHARES:
            right[name] += score.right.get(name, 0)
    return right


def main() -> int:
    before = floors() if FILE.exists() else {name: {} for name in (*(f"unseen, {way}" for way in WAYS), "newsroom")}
    fallen, after = 0, {}
    for name, floor in before.items():
        now = measured(name)
        for each, count in now.items():
            if count != floor.get(each, 0):
                print(f"{name}: {each}: floor {floor.get(each, 0)}, now {count}")
            fallen += count < floor.get(each, 0)
        after[name] = {each: max(count, floor.get(each, 0)) for each, count in now.items()}
    if "--raise" in sys.argv[1:]:
        FILE.write_text(json.dumps(after, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())

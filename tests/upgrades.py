"""An upgrade on a home with days of history: `python -m tests.upgrades [DAYS] [SEED]`, ten days unless told. Prints JSON.

A newsroom publishes, edits and deletes; a home follows it day by day. In the first half of the days the rules of one
paper overlook its captions. Then its source file is corrected, so that another reader version reads it from then on;
nobody agrees to anything, and the days go on. In the end the upgrade is looked at, agreed to, loaded and published, and
the tables are built anew. The newsroom's gold says what must come out at every point; nothing here asks the reader what
it should have read.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawlers.catalog import Catalog, load_catalog
from crawlers.newsroom import Newsroom
from crawlers.newsroom.records import Gold
from dagster_project.steps.home import Home, open_home
from dagster_project.steps.loading import Run, load_new, publish_now
from dagster_project.steps.reading import version_of
from dagster_project.steps.rebuilding import rebuild
from dagster_project.steps.status import status
from dagster_project.steps.upgrading import accept, upgrade_diff
from tests.days import Days
from tests.test_days import deletions_are_told, each_day_is_known_as_it_was, edits_are_versions, sums_agree

PAPER, OTHER = "newsroom-military-region", "newsroom-army-daily"
KINDS = ("military-region", "army-daily")
BODY = 'body      = "div.entry-content"\n'
BLIND = f"{BODY}remove    = ['figcaption', 'p[style*=\"center\"]']\n"
BULLETINS = 25


@dataclass
class Upgraded(Days):
    """Days of which the first are read by rules that overlook captions. readers: of the paper, before and after."""

    corrected: int = 5
    readers: list[str] = field(default_factory=list)

    def _one(self) -> None:
        file = self.home / "sources" / f"{PAPER}.toml"
        if len(self.ends) in (0, self.corrected):
            text = file.read_text(encoding="utf-8")
            blind = text.replace(BODY, BLIND) if not self.ends else text.replace(BLIND, BODY)
            assert blind != text
            file.write_text(blind, encoding="utf-8")
            self.readers.append(version_of(load_catalog(self.home).get(PAPER)))
        super()._one()

    def gold_at(self, url: str, moment: datetime) -> Gold:
        """The newsroom's word on a page on the day of this moment."""
        day = next(number for number, end in enumerate(self.ends) if moment <= end)
        return self.golds[day][url]


@dataclass
class Proof:
    """What was seen. wrong: every sentence that must not be there, by what it contradicts."""

    days: int
    bulletins: int
    waiting: int
    dry_run: dict[str, int]
    edits: dict[str, int]
    changes: int
    rebuilt_equal: bool
    wrong: dict[str, list[str]]

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong, and there was something to be right about."""
        seen = self.waiting and self.changes and self.edits["after"] > self.edits["before"] > 0
        return bool(seen) and self.rebuilt_equal and not any(self.wrong.values())


def prove(folder: Path, days: int, seed: int, block: str) -> Proof:
    """folder: for the home, empty; days: two at least."""
    newsroom = Newsroom(
        seed, block=block, port=8500 + os.getpid() % 20_000, start=date(2026, 11, 8), bulletins=BULLETINS, kinds=KINDS
    )
    told = Upgraded(newsroom, folder / "home", corrected=(days + 1) // 2)
    told.follow(days)
    home, catalog = open_home(told.home)[0], load_catalog(told.home)
    before = _edits(told)
    wrong = {"invented before": [what for what in before if what not in _gold_edits(told)]}
    waiting = {s.source_id: s.upgrade for s in status(home, catalog)}
    diff = upgrade_diff(home, catalog, (), lambda what, done, total: None)
    expected = _expected_fields(told)
    wrong["dry run"] = [] if (diff.fields, diff.kinds) == (expected, {}) else [f"{expected} but {diff.fields}"]
    wrong["sources"] = [s for s in diff.sources if s != PAPER] + [s for s in waiting if waiting[s] and s != PAPER]
    rows = _expected_changes(told)

    def clock() -> datetime:
        return told.ends[-1]

    accept(home, catalog, diff, clock(), 2, lambda what, done, total: None)
    _load(home, catalog, clock())
    found = _changes(told)
    wrong["reader_change"] = [f"{row}: {n}" for row, n in (rows - found).items()]
    wrong["reader_change, not expected"] = [f"{row}: {n}" for row, n in (found - rows).items()]
    after = _edits(told)
    wrong["lost"] = [what for what in [*before, *_gold_edits(told)] if what not in after]
    wrong["invented"] = [what for what in after if what not in _gold_edits(told)]
    for check in (each_day_is_known_as_it_was, edits_are_versions, deletions_are_told, sums_agree):
        # In few days not every way of leaving is seen.
        wrong[check.__name__] = [what for what in check(told) if not what.startswith("no ")]
    rebuilt = rebuild(home, catalog, clock, accept=False, jobs=2, progress=lambda what, done, total: None)
    wrong["reader_change after the rebuild"] = [str(row) for row in (_changes(told) - found) + (found - _changes(told))]
    return Proof(
        days, len(told.golds[-1]), waiting.get(PAPER, 0), diff.fields,
        {"before": len(before), "after": len(after), "gold": len(_gold_edits(told))}, found.total(), rebuilt.equal, wrong,
    )  # fmt: skip


def _load(home: Home, catalog: Catalog, now: datetime) -> None:
    load_new(home, catalog, Run("upgrade", "load", now), lambda: now)
    publish_now(home, catalog, "publish", lambda: now)


def _edits(told: Upgraded) -> list[str]:
    """`<url> <day>` of each version that is an edit."""
    found = told.rows(
        "select b.url, v.valid_from from bulletin_version v join bulletin b using (bulletin_id)"
        " where v.change_kind = 'edit' order by 1, 2"
    )
    return [f"{row['url']} {_day(told, row['valid_from'])}" for row in found]


def _gold_edits(told: Upgraded) -> list[str]:
    """The same, as the newsroom knows it: days on which a page read otherwise than on the one before."""
    return [
        f"{url} {number}"
        for number in range(1, len(told.golds))
        for url, gold in told.golds[number].items()
        if url in told.golds[number - 1] and gold.version > told.golds[number - 1][url].version and gold.state == "live"
    ]


def _day(told: Upgraded, moment: datetime) -> int:
    return next(number for number, end in enumerate(told.ends) if moment <= end)


def _stale(told: Upgraded) -> Iterator[tuple[dict[str, Any], Gold]]:
    """Captures of the paper's bulletins in the first days, with what the newsroom says of them."""
    found = told.rows(
        "select capture_id, url, fetched_at from capture where source_id = ? and kind = 'bulletin' order by fetched_at",
        [PAPER],
    )
    for row in found:
        if _day(told, row["fetched_at"]) < told.corrected:
            yield row, told.gold_at(row["url"], row["fetched_at"])


def _shown(gold: Gold) -> Iterator[tuple[str, str]]:
    """What the corrected rules read of a page and the others did not."""
    if gold.captions:
        yield "captions", json.dumps(gold.captions, ensure_ascii=False, separators=(",", ":"))
    if any("Ảnh: " in caption for caption in gold.captions):
        yield "photographers", json.dumps(gold.photographers, ensure_ascii=False, separators=(",", ":"))


def _expected_fields(told: Upgraded) -> dict[str, int]:
    return dict(sorted(Counter(name for _, gold in _stale(told) for name, _ in _shown(gold)).items()))


def _expected_changes(told: Upgraded) -> Counter[tuple[Any, ...]]:
    """Before the upgrade: rows that it must give, for the captures that current versions come from."""
    current = {
        row["capture_id"]: row["bulletin_id"] for row in told.rows("select capture_id, bulletin_id from bulletin")
    }
    return Counter(
        (current[row["capture_id"]], name, None, value, *told.readers, told.ends[-1])
        for row, gold in _stale(told)
        if row["capture_id"] in current
        for name, value in _shown(gold)
    )


def _changes(told: Upgraded) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row.values()) for row in told.rows("select * from reader_change"))


def main() -> int:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 4177
    folder = Path(tempfile.mkdtemp(prefix="bantin-upgrades-"))
    proof = prove(folder, days, seed, "127.0.64")
    if proof.is_right:
        shutil.rmtree(folder)
    else:
        print(f"the home is kept in {folder}", file=sys.stderr)
    print(json.dumps({"is_right": proof.is_right, **vars(proof)}, ensure_ascii=False))
    return int(not proof.is_right)


if __name__ == "__main__":
    raise SystemExit(main())

"""Ten days of a newsroom: new, edited, deleted and merely noisy pages, followed day by day."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawlers.newsroom import Newsroom
from tests.days import DERIVED, STATUS_OF, Days, differences


@pytest.mark.parametrize("count", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_ten_days_are_followed_bulletin_by_bulletin(tmp_path: Path, count: int) -> None:
    """One test, not five: ten days take a minute, and a fixture would be made once in every test process."""
    newsroom = Newsroom(4177, block="127.0.63", port=8500 + os.getpid() % 20_000, start=date(2026, 11, 8), bulletins=25)
    days = Days(newsroom, tmp_path / "home")
    days.follow(count)
    checks = [each_day_is_known_as_it_was, edits_are_versions, deletions_are_told, sums_agree]
    checks += [all_was_done] if count == 10 else []
    assert {check.__name__: list(check(days)) for check in checks} == {check.__name__: [] for check in checks}


def all_was_done(days: Days) -> Iterator[str]:
    """The newsroom did all it can do."""
    kinds = Counter(change.kind for change in days.changes)
    yield from (f"only {kinds[kind]} {kind}" for kind in ("new", "edited", "deleted", "noise") if kinds[kind] < 5)


def each_day_is_known_as_it_was(days: Days) -> list[str]:
    """bulletin_as_of(day) is the gold of that day."""
    wrong = []
    for end, golds in zip(days.ends, days.golds, strict=True):
        found = {
            row["url"]: row for row in days.rows("select * from bulletin_as_of(?::timestamptz)", [end.isoformat()])
        }
        wrong += [f"{end:%d}: missing {url}" for url in golds.keys() - found.keys()]
        wrong += [f"{end:%d}: unknown {url}" for url in found.keys() - golds.keys()]
        wrong += [
            f"{end:%d}: {what}" for url in golds.keys() & found.keys() for what in differences(found[url], golds[url])
        ]
    return wrong


def edits_are_versions(days: Days) -> list[str]:
    """Each edit is one version with the fields it changed; noise is none."""
    wrong = []
    for row in days.rows("select b.url, b.version_count from bulletin b"):
        gold = days.golds[-1][row["url"]]
        if row["version_count"] != gold.version:
            wrong.append(f"{gold.url}: expected {gold.version} versions, found {row['version_count']}")
    for row in days.rows(
        "select b.url, v.version, v.changed_fields from bulletin_version v join bulletin b using (bulletin_id)"
        " where v.change_kind = 'edit'"
    ):
        gold = next(
            golds[row["url"]]
            for golds in days.golds
            if row["url"] in golds and golds[row["url"]].version == row["version"]
        )
        said, found = set(gold.changed_fields), set(row["changed_fields"])
        if not said <= found or not found - said <= DERIVED:
            wrong.append(f"{gold.url} v{row['version']}: expected {sorted(said)}, found {sorted(found)}")
    return wrong


def deletions_are_told(days: Days) -> list[str]:
    """Each deletion has its status and its evidence."""
    wrong = []
    status = {row["url"]: row["status"] for row in days.rows("select url, status from bulletin")}
    for url, gold in days.golds[-1].items():
        if status.get(url) != STATUS_OF[gold.state]:
            wrong.append(f"{url}: {gold.state}: expected {STATUS_OF[gold.state]}, found {status.get(url)}")
    evidence = days.rows(
        "select b.url, s.status, s.evidence, s.capture_id from bulletin_status s join bulletin b using (bulletin_id)"
        " where s.status <> 'live'"
    )
    words = {
        "gone-404": "404",
        "gone-410": "410",
        "unlisted": "not listed any more",
        "redirect-home": "home",
        "soft-404": "error",
    }
    for row in evidence:
        state = days.golds[-1][row["url"]].state
        if words.get(state, "?") not in row["evidence"] or not row["capture_id"]:
            wrong.append(f"{row['url']}: {state}: {row['evidence']}")
    ways = {days.golds[-1][row["url"]].state for row in evidence}
    return wrong + [f"no {way}" for way in STATUS_OF.keys() - {"live"} - ways]


def sums_agree(days: Days) -> Iterator[str]:
    """All that is listed is loaded."""
    for row in days.rows("select * from coverage"):
        parts = sum(
            row[name] for name in ("loaded", "duplicate", "not_bulletin", "excluded", "gone", "failed", "waiting")
        )
        if (row["discovered"], row["missing"]) != (parts, 0):
            yield str(row)

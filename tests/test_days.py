"""Ten days of a newsroom: new, edited, deleted and merely noisy pages, followed day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from crawlers.newsroom import Newsroom
from tests.days import DERIVED, STATUS_OF, Days, differences


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    newsroom = Newsroom(4177, block="127.0.63", port=8472, start=date(2026, 11, 8), bulletins=25)
    followed = Days(newsroom, tmp_path_factory.mktemp("days") / "home")
    followed.follow(10)
    return followed


def test_the_newsroom_did_all_it_can_do(days: Days) -> None:
    kinds = Counter(change.kind for change in days.changes)
    assert min(kinds[kind] for kind in ("new", "edited", "deleted", "noise")) >= 5, kinds


def test_what_was_known_of_each_day_is_what_the_newsroom_said_on_it(days: Days) -> None:
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
    assert wrong == []


def test_each_edit_is_one_version_with_the_fields_it_changed_and_noise_is_none(days: Days) -> None:
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
    assert wrong == []


def test_each_deletion_has_its_status_and_its_evidence(days: Days) -> None:
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
    assert wrong == []
    assert {days.golds[-1][row["url"]].state for row in evidence} == STATUS_OF.keys() - {"live"}


def test_all_that_is_listed_is_loaded_and_the_sums_agree(days: Days) -> None:
    for row in days.rows("select * from coverage"):
        parts = sum(
            row[name] for name in ("loaded", "duplicate", "not_bulletin", "excluded", "gone", "failed", "waiting")
        )
        assert (row["discovered"], row["missing"]) == (parts, 0), row

"""Days go by, the reader changes in between: by `bantin run` as Dagster does it, and by the steps for three days here."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from crawlers.catalog import load_catalog
from crawlers.newsroom import Newsroom
from crawlers.segment import VIETNAM
from dagster_project.resources import BantinHome
from dagster_project.steps.upgrading import accept, upgrade_diff
from tests.upgrades import BLIND, BODY, PAPER, prove
from tests.week import Wired, metadata

WAITING = "segments waiting for `bantin read` (another reader)"
EDITS = "select b.url from bulletin_version v join bulletin b using (bulletin_id) where change_kind = 'edit' order by 1"


@pytest.mark.parametrize("days", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_an_upgrade_shows_exactly_what_changes_and_invents_and_loses_no_edit(tmp_path: Path, days: int) -> None:
    proof = prove(tmp_path, days, seed=4177, block="127.0.67")
    assert {what: told for what, told in proof.wrong.items() if told} == {}
    assert proof.is_right


def test_an_unattended_run_after_an_upgrade_reads_what_is_new_and_calls_no_edit_until_somebody_agrees(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(
        4177, block="127.0.68", port=8500 + os.getpid() % 20_000, start=date(2026, 11, 8), bulletins=20,
        kinds=("military-region",),
    )  # fmt: skip
    here = Wired(tmp_path, newsroom)

    def at(hour: int) -> BantinHome:
        return here.at(datetime.combine(newsroom.day, time(hour), VIETNAM).astimezone(UTC))

    with newsroom.serve(), here.instance() as instance:
        here.edit(PAPER, BODY, BLIND)
        assert here.run(instance, bantin=at(22)).success
        first = set(here.rows("select bulletin_id, title, reader_version from bulletin"))
        here.edit(PAPER, BLIND, BODY)
        newsroom.advance()
        done = here.run(instance, bantin=at(22))
        assert done.success
        assert metadata(done, "read_results")["captures"] > 0
        assert metadata(done, "read_results")[WAITING] == 1
        assert here.published(PAPER) == here.told(PAPER)
        assert here.rows(EDITS) == []
        now = set(here.rows("select bulletin_id, title, reader_version from bulletin"))
        assert first < now, "what was read before is as it was, what is new was read by the new reader"
        assert len({reader for _, _, reader in now}) == 2

        catalog = load_catalog(here.path)
        diff = upgrade_diff(here.home, catalog, (), lambda what, done, total: None)
        accept(here.home, catalog, diff, at(23).clock(), 1, lambda what, done, total: None)
        done = here.run(instance, bantin=at(23))
        assert done.success and metadata(done, "read_results")[WAITING] == 0
        edited = sorted((gold.url,) for gold in newsroom.gold(PAPER) if gold.version == 2 and gold.state == "live")
        assert here.rows(EDITS) == edited != []
        assert len(set(here.rows("select reader_version from bulletin"))) == 1

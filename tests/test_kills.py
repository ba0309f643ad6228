"""Kill it anywhere: four kills here, two hundred by `make kill-test`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills import disturbed_equals_undisturbed


def test_a_home_whose_every_stage_was_killed_holds_what_an_undisturbed_one_holds(tmp_path: Path) -> None:
    tally, disturbed, undisturbed = disturbed_equals_undisturbed(tmp_path, kills=4, seed=11, block="127.0.62")
    assert tally.kills.total() == 4
    assert disturbed == undisturbed
    assert tally.fetched_twice <= tally.in_flight


@pytest.mark.slow
def test_neither_a_fragment_nor_twins_nor_a_move_make_a_killed_home_differ(tmp_path: Path) -> None:
    kinds = ("cms-body", "nukeviet")
    tally, disturbed, undisturbed = disturbed_equals_undisturbed(
        tmp_path, kills=8, seed=5, block="127.0.63", kinds=kinds, moves="cms-body"
    )
    assert tally.kills.total() == 8
    assert disturbed == undisturbed

"""Kill it anywhere: six kills here, two hundred by `make kill-test`."""

from __future__ import annotations

from pathlib import Path

from tests.kills import disturbed_equals_undisturbed


def test_a_home_whose_every_stage_was_killed_holds_what_an_undisturbed_one_holds(tmp_path: Path) -> None:
    tally, disturbed, undisturbed = disturbed_equals_undisturbed(tmp_path, kills=6, seed=11, block="127.0.62")
    assert tally.kills.total() == 6
    assert disturbed == undisturbed
    assert tally.fetched_twice <= tally.in_flight

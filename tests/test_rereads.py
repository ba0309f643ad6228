"""The same captures and the same reader give the same bytes, however many processes read and whichever of them die."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rereads import prove


@pytest.mark.parametrize(
    ("kills", "pages", "a_segment"), [(2, 48, 4), pytest.param(60, 600, 25, marks=pytest.mark.slow)]
)
def test_what_is_read_in_one_process_in_three_and_by_killed_ones_is_the_same_to_the_byte(
    tmp_path: Path, kills: int, pages: int, a_segment: int
) -> None:
    found = prove(tmp_path, kills, seed=7, pages=pages, a_segment=a_segment)
    assert (found.captures, found.kills) == (pages, kills)
    assert len(set(found.digests.values())) == 1
    assert found.resumed > 0, "no kill came between two segments"

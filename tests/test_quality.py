"""What is read on pages nobody's rules had seen, and on the newsroom's, is never read worse than it was.

tests/unseen holds the pages; tests/floors.json how many values of each field are right. Floors only rise:
`python -m tests.quality` prints where they could, and with --raise writes it.
"""

from __future__ import annotations

import pytest

from tests import quality


@pytest.mark.parametrize("name", sorted(quality.floors()))
def test_no_field_is_read_worse_than_its_floor(name: str) -> None:
    floor, now = quality.floors()[name], quality.measured(name)
    below = {each: (count, now.get(each)) for each, count in floor.items() if now.get(each, 0) < count}
    assert not below, (
        f"{name}: right before and now, by field: {below}; `python -m bench.unseen --json` names the pages"
    )


def test_no_day_is_invented_on_a_page_that_states_none() -> None:
    assert quality.invented() == []

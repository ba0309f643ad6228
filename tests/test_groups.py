"""Groups that pairs join: whatever their order, and in a time that a hostile site cannot choose."""

from __future__ import annotations

import random

from warehouse.groups import joined


def groups(pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, of in joined(pairs).items():
        found.setdefault(of, set()).add(name)
    return {frozenset(names) for names in found.values()}


def test_pairs_in_any_order_join_the_same_groups() -> None:
    pairs = [("a", "b"), ("c", "b"), ("d", "e"), ("f", "f"), ("e", "g"), ("b", "a")]
    expected = {frozenset("abc"), frozenset("deg"), frozenset("f")}
    for seed in range(20):
        random.Random(seed).shuffle(pairs)
        assert groups(pairs) == expected
    assert joined([]) == {}


def test_twenty_thousand_addresses_that_lead_to_one_and_as_many_in_a_row_are_one_group() -> None:
    star = [(f"k{n}", "k0") for n in range(1, 20_000)]
    chain = [(f"k{n}", f"k{n + 1}") for n in range(20_000)]
    assert [len(group) for group in groups(star)] == [20_000]
    assert [len(group) for group in groups(chain[::-1])] == [20_001]

"""Patterns of an author on addresses of a stranger: what takes too long is left out by name, and nothing hangs."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.bounds import NO_BULLETIN, TOO_SLOW, Breeding
from crawlers.discovery.listed import Item
from crawlers.sighting import Sighting
from crawlers.source import Source, UrlRules
from crawlers.states import EXCLUDED, WAITING
from pipelines.identity import MOVED, TWIN, UrlRule
from pipelines.patterns import Pattern, TooSlow

BASE = "https://bao.example"
ENDLESS = r"^/(?:a|aa)+$"
BAD, GOOD = f"/{'a' * 70}-", "/tin-1.html"


def told(rules: UrlRules, *paths: str) -> list[tuple[str, str, str | None]]:
    """(key, state, reason) of what a list shows."""
    sighting = Sighting(Source("bao", "Báo", "Báo", home=f"{BASE}/", hosts=("bao.example",), url=rules))
    keyed = sighting.keyed([Item(f"{BASE}{path}") for path in paths])
    return [(found.key, found.state, found.reason) for found in sighting.told(keyed, "listing", f"{BASE}/", 0.0)]


@pytest.mark.parametrize(
    "rules",
    [
        UrlRules(bulletin=rf"{ENDLESS}|^/tin"),
        UrlRules(twin=(UrlRule(ENDLESS, "/x", TWIN),)),
        UrlRules(key=(UrlRule(ENDLESS, "/x", MOVED),)),
    ],
    ids=["bulletin", "twin", "key"],
)
def test_an_address_on_which_a_pattern_takes_too_long_is_excluded_by_name_and_the_others_come_in(
    rules: UrlRules,
) -> None:
    assert told(rules, BAD, GOOD) == [(BAD, EXCLUDED, TOO_SLOW), (GOOD, WAITING, None)]


def test_a_key_is_its_own_where_its_rule_takes_too_long_so_that_nothing_raises() -> None:
    rules = UrlRules(key=(UrlRule(ENDLESS, "/x", MOVED), UrlRule(r"^/a", "/y", MOVED)))
    source = Source("bao", "Báo", "Báo", hosts=("bao.example",), url=rules)
    assert source.key(BASE + BAD) == BAD
    assert source.rule_reason(BASE + BAD) is None
    assert source.too_slow(BASE + BAD) and not source.too_slow(BASE + "/a-1")
    assert source.key(BASE + "/a-1") == "/y"


def test_what_was_too_slow_once_is_not_tried_again() -> None:
    pattern = Pattern(ENDLESS)
    for _ in range(10_000):
        with pytest.raises(TooSlow):
            pattern.search(BAD)
    assert pattern.search("/aa") and not pattern.search("/b")


def test_a_list_of_nothing_but_such_addresses_is_barren() -> None:
    breeding = Breeding()
    for _ in range(100):
        breeding.listed([TOO_SLOW, NO_BULLETIN])
    assert breeding.barren


def test_a_day_before_since_is_not_told_of_what_nobody_can_tell() -> None:
    source = Source("bao", "Báo", "Báo", hosts=("bao.example",), url=UrlRules(bulletin=ENDLESS), since=date(2026, 1, 1))
    assert Sighting(source).excluded(BASE + BAD, BAD, "2025-01", 1, date(2025, 1, 1)) == TOO_SLOW

"""Normalization finds what the newsroom's grammar told; its golds are labels like those of tests/labelled."""

from __future__ import annotations

import pytest

from crawlers.newsroom import Gold
from pipelines.normalize.bulletin import normalize
from pipelines.normalize.story_pairs import Pair
from pipelines.reference import table
from tests.labelled_scores import FLOORS, Score, scores
from tests.newsroom_scores import (
    SEED,
    STORY_PRECISION,
    STORY_RECALL,
    cases,
    found_pairs,
    label_of,
    pair_score,
    story_cases,
)

BULLETINS = 64


@pytest.fixture(scope="module")
def found() -> tuple[dict[str, Score], list[str]]:
    """Scores, and the misses in words."""
    misses: list[str] = []
    return scores(((case, normalize(case.text)) for case in cases(BULLETINS, SEED)), misses.append), misses


@pytest.mark.parametrize("kind", FLOORS)
def test_what_the_grammar_told_is_found(found: tuple[dict[str, Score], list[str]], kind: str) -> None:
    added, misses = found
    assert added[kind].right > 20
    assert added[kind].f1 >= FLOORS[kind], "\n".join(miss for miss in misses if f": {kind}: " in miss)


@pytest.fixture(scope="module")
def shared() -> tuple[list[Gold], list[Pair]]:
    golds = story_cases(160, SEED)
    return golds, found_pairs(golds)


def test_copies_and_their_originals_are_pairs(shared: tuple[list[Gold], list[Pair]]) -> None:
    misses: list[str] = []
    score = pair_score(*shared, misses.append)
    assert score.right + score.missed > 20
    assert score.recall >= STORY_RECALL, misses
    assert score.precision >= STORY_PRECISION, misses


# The labels


def test_labels_have_events_of_the_table_and_days_only_where_the_page_tells_them() -> None:
    types = {row["event_type"] for row in table("event_types")}
    labels = [case.label for case in cases(160, SEED)]
    events = [event for label in labels for event in label["events"]]
    assert {kind for event in events for kind in (event["event_type"], *event["also"])} <= types
    assert len(events) > 100
    assert 0 < sum(event["start_date"] is None for event in events) < 20


def test_posts_are_told_one_by_one_with_whose_they_are() -> None:
    posts = {
        (post["position"], post["organization"])
        for case in cases(160, SEED)
        for person in case.label["people"]
        for post in person["posts"]
    }
    assert ("Bí thư", "Đảng ủy Cục Vật tư") in posts
    assert ("Cục trưởng", "Cục Vật tư") in posts
    assert ("Trưởng phòng", "Phòng Tham mưu") in posts
    assert not [post for post, _ in posts if "," in post or "Đảng ủy" in post]
    assert {post for post, organization in posts if not organization} <= {
        "Bí thư", "Phó Bí thư", "Trưởng ban", "Trưởng đoàn", "Trưởng kíp",
    }  # fmt: skip


def test_organizations_have_their_full_names_and_halls_are_optional() -> None:
    told = {o["name"]: o for case in cases(160, SEED) for o in case.label["organizations"]}
    assert "Ủy ban nhân dân tỉnh Phú Điền" in told and "UBND tỉnh Phú Điền" not in told
    assert "Đoàn Kinh tế - Quốc phòng 397" in told
    assert told["Hội trường Sở chỉ huy"]["optional"] and not told["Tỉnh đoàn Hải Lâm"]["optional"]
    assert told["Đảng ủy Cục Vật tư"]["parent"] == "Cục Vật tư"


def test_every_organization_of_a_post_is_among_the_organizations() -> None:
    for case in cases(80, SEED):
        names = {o["name"] for o in case.label["organizations"]}
        held = {post["organization"] for person in case.label["people"] for post in person["posts"]}
        assert held - {None} <= names


def test_less_is_a_negative_quantity_and_thousands_are_multiplied() -> None:
    told = [q for case in cases(160, SEED) for q in case.label["quantities"]]
    assert all(q["value"] < 0 for q in told if q["qualifier"] == "change_down")
    assert {"eq", "lt", "gt", "approx", "vague", "change_up", "change_down"} == {q["qualifier"] for q in told}


def test_a_teaser_tells_less_than_its_original() -> None:
    golds = {gold.url: gold for gold in story_cases(160, SEED)}
    for gold in golds.values():
        if gold.copy_of and gold.copy_kind == "teaser":
            names, all_names = ({p["name"] for p in label_of(g)["people"]} for g in (gold, golds[gold.copy_of]))
            assert names <= all_names

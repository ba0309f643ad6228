"""Who is one person over many bulletins, and above all who is not."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest

from pipelines.normalize.same_person import Appearance, Identity, name_key, tell_apart

DAY = date(2023, 5, 1)


def seen(bulletin: str, *, at=(), posts=(), ranks=(), source="paper", day=DAY, authored=False, name="Nguyễn Văn Hùng", sphere="army"):  # fmt: skip
    return Appearance(
        bulletin, source, sphere, day, name, frozenset(ranks), frozenset(posts), frozenset(at), authored
    )  # fmt: skip


def together(*appearances: Appearance) -> list[set[str]]:
    return sorted((set(p.bulletins) for p in tell_apart(appearances)), key=sorted)


def test_one_organization_in_two_papers_is_one_person():
    assert together(seen("a", at=["e1"], ranks=[12]), seen("b", at=["e1"], ranks=[13], source="other")) == [{"a", "b"}]


def test_another_unit_is_another_person():
    assert together(seen("a", at=["e1"], ranks=[12]), seen("b", at=["e2"], ranks=[12])) == [{"a"}, {"b"}]


def test_organizations_join_in_chains():
    assert together(seen("a", at=["e1"]), seen("b", at=["e1", "e2"]), seen("c", at=["e2"])) == [{"a", "b", "c"}]


def test_the_name_alone_joins_nothing_across_papers():
    assert together(seen("a"), seen("b", source="other")) == [{"a"}, {"b"}]


def test_a_bare_rank_goes_to_the_only_officer_of_the_paper_it_fits():
    assert together(seen("a", at=["e1"], ranks=[12]), seen("b", ranks=[12])) == [{"a", "b"}]


def test_a_bare_rank_that_fits_two_officers_goes_to_neither():
    found = together(seen("a", at=["e1"], ranks=[12]), seen("b", at=["e2"], ranks=[12]), seen("c", ranks=[12]))
    assert found == [{"a"}, {"b"}, {"c"}]


def test_a_captain_is_not_the_colonel_of_the_name():
    assert together(seen("a", at=["e1"], ranks=[13]), seen("b", ranks=[9])) == [{"a"}, {"b"}]


def test_a_post_without_organization_goes_on_in_its_own_paper_only():
    assert together(seen("a", posts=["Tư lệnh"]), seen("b", posts=["Tư lệnh"])) == [{"a", "b"}]
    assert together(seen("a", posts=["Tư lệnh"]), seen("b", posts=["Tư lệnh"], source="other")) == [{"a"}, {"b"}]


def test_generals_go_on_by_name_and_rank():
    assert together(seen("a", at=["e1"], ranks=[14]), seen("b", at=["e2"], ranks=[15], source="other")) == [{"a", "b"}]
    assert together(seen("a", at=["e1"], ranks=[14]), seen("b", at=["e2"], ranks=[16])) == [{"a"}, {"b"}]
    assert together(seen("a", at=["e1"], ranks=[14]), seen("b", at=["e2"], ranks=[14], sphere="police")) == [
        {"a"},
        {"b"},
    ]


def test_generals_with_two_syllables_stay_apart():
    two = {"name": "Trần Nam", "ranks": [14]}
    assert together(seen("a", at=["e1"], **two), seen("b", at=["e2"], **two)) == [{"a"}, {"b"}]


def test_a_writer_is_one_in_each_paper_and_never_an_official():
    found = together(
        seen("a", authored=True), seen("b", authored=True), seen("c", authored=True, source="other"), seen("d", at=["e1"])
    )  # fmt: skip
    assert found == [{"a", "b"}, {"c"}, {"d"}]


def test_each_says_what_made_it_one_and_what_keeps_others_apart():
    one, other = sorted(
        tell_apart([seen("a", at=["e1"]), seen("b", at=["e1"]), seen("c", at=["e2"])]), key=lambda p: -len(p.bulletins)
    )
    assert one.basis.startswith("organization; 1 more of this name")
    assert other.basis.startswith("single; 1 more of this name")


def test_days_and_spelling_come_from_all_its_bulletins():
    (person,) = tell_apart([
        seen("a", at=["e"], day=date(2024, 1, 2), name="Lê Thị Thuý"), seen("b", at=["e"], day=date(2022, 1, 2), name="Lê Thị Thúy"),
        seen("c", at=["e"], day=None, name="Lê Thị Thúy"),
    ])  # fmt: skip
    assert (person.first_on, person.last_on, person.name) == (date(2022, 1, 2), date(2024, 1, 2), "Lê Thị Thúy")


def test_the_id_stays_when_later_bulletins_come():
    before = tell_apart([seen("x", at=["e"], day=date(2022, 1, 1))])[0].person_id
    after = tell_apart([seen("x", at=["e"], day=date(2022, 1, 1)), seen("a", at=["e"], day=date(2023, 1, 1))])
    assert [p.person_id for p in after] == [before]


def test_no_order_changes_the_answer():
    rng = random.Random(7)
    for _ in range(30):
        crowd = [
            seen(f"b{n}", at=rng.sample(["e1", "e2", "e3"], rng.randint(0, 2)), ranks=rng.sample([9, 12, 13, 14, 15], rng.randint(0, 1)),
                 posts=rng.sample(["p", "q"], rng.randint(0, 1)), source=rng.choice("st"), authored=rng.random() < 0.2)
            for n in range(7)
        ]  # fmt: skip
        answers = {tuple(_shown(tell_apart(order))) for order in list(permutations(crowd))[:: 5040 // 12]}
        assert len(answers) == 1


def _shown(people: list[Identity]) -> list[tuple]:
    return [(p.person_id, p.name, p.basis, tuple(sorted(p.bulletins))) for p in people]


@pytest.mark.parametrize(
    ("one", "other"), [("Hà", "Hạ"), ("Minh", "Mính"), ("Nguyễn Văn An", "Nguyễn Vân An"), ("Đỗ", "Dỗ")]
)
def test_marks_make_another_name(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("LÊ THỊ THUÝ", "Lê Thị Thúy"), ("Hoà  Bình", "Hòa Bình"), ("Ðỗ Nam", "Đỗ Nam"), ("Le\u0302 Nam", "Lê Nam"), ("Lê\u00a0Nam", "Lê Nam")],
)  # fmt: skip
def test_spelling_does_not(one, other):
    assert name_key(one) == name_key(other)

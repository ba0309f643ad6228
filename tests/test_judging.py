"""The checks of a batch, one by one: what is held, and above all what is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from warehouse_samples import NOON, SOURCE, bulletin, capture, clock, dropped, frontier, known_url, results, store

from pipelines.records import CaptureResult
from warehouse.digest import digests
from warehouse.frontier import FrontierInput
from warehouse.judging import CHECKS, Expectation, Finding, HarmfulBatch, Judging
from warehouse.load import LoadOutcome, load
from warehouse.store import writer

TODAY = date(2026, 4, 15)
ID = SOURCE.source_id


def page(number: int, **more: Any) -> CaptureResult:
    """The bulletin of a number, with a text of its own."""
    told = {"title": f"Tin số {number}", "body": f"Xã thứ {number} có điện.\n\nMừng.", "published_on": _day(number)}
    return capture(f"/tin/{number}.html", told=bulletin(**(told | more.pop("told", {}))), **more)


def gone(number: int, hours: float = 24) -> CaptureResult:
    return capture(f"/tin/{number}.html", hours=hours, kind="error", http_status=404)


def _day(number: int) -> date:
    return date(2026, 2, 1) + timedelta(days=number % 25)


def judged(
    home: Path,
    rows: Iterable[CaptureResult],
    segment: str,
    frontiers: Sequence[FrontierInput] = (),
    **expected: Any,
) -> LoadOutcome:
    store(home, segment, list(rows))
    return load_judged(home, frontiers, Judging(TODAY, [Expectation(ID, **expected)]))


def load_judged(home: Path, frontiers: Sequence[FrontierInput], judging: Judging) -> LoadOutcome:
    with writer(home, "load", clock) as con:
        return load(con, results(home), [SOURCE], frontiers, judging)


def failing(found: LoadOutcome | HarmfulBatch) -> list[str]:
    findings: tuple[Finding, ...] = found.findings if isinstance(found, LoadOutcome) else found.judged.findings
    return [finding.check for finding in findings if not finding.passed]


def held(home: Path, rows: Iterable[CaptureResult], segment: str = "b", **more: Any) -> HarmfulBatch:
    """The load is refused and no table changed."""
    before = all_digests(home)
    with pytest.raises(HarmfulBatch) as refused:
        judged(home, rows, segment, **more)
    assert all_digests(home) == before
    assert refused.value.sources == (ID,)
    return refused.value


def all_digests(home: Path) -> Any:
    with writer(home, "test", clock) as con:
        return digests(con)


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has the first twenty bulletins; `seen` is a copy of it."""
    home = tmp_path_factory.mktemp("twenty") / "home"
    judged(home, map(page, range(20)), "a")
    return home


@pytest.fixture
def seen(twenty: Path, tmp_path: Path) -> Path:
    return shutil.copytree(twenty, tmp_path / "seen")


# --- no mass loss


def test_a_batch_that_drops_more_than_half_of_the_live_bulletins_is_held(seen: Path) -> None:
    refused = held(seen, map(gone, range(11)))
    assert failing(refused) == ["mass_loss"]
    effect = refused.judged.effects[ID]
    assert (effect.lost, effect.live, effect.since) == (11, 20, NOON + timedelta(days=1))
    assert "11 of 20" in str(refused)


def test_a_batch_that_empties_more_than_half_of_the_bodies_is_held(seen: Path) -> None:
    assert failing(held(seen, [page(n, hours=24, told={"body": None}) for n in range(12)]))[-1] == "mass_loss"


def test_lists_that_dropped_more_than_half_are_held_without_any_capture(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{number}.html") for number in range(20)]
    judged(tmp_path, map(page, range(20)), "a", [frontier(*urls)])
    told = frontier(*urls, delistings=[dropped(f"/tin/{number}.html", 30 + number) for number in range(12)])
    with pytest.raises(HarmfulBatch) as refused:
        load_judged(tmp_path, [told], Judging(TODAY))
    assert refused.value.judged.effects[ID].since == NOON + timedelta(hours=30)


@pytest.mark.parametrize(("live", "lost"), [(20, 10), (12, 9), (9, 9)], ids=["half", "nine of twelve", "all nine"])
def test_half_or_a_few_that_are_gone_are_believed(tmp_path: Path, live: int, lost: int) -> None:
    judged(tmp_path, map(page, range(live)), "a")
    assert failing(judged(tmp_path, map(gone, range(lost)), "b")) == []


def test_what_was_gone_before_counts_neither_as_live_nor_as_lost(tmp_path: Path) -> None:
    judged(tmp_path, [*map(page, range(40)), *map(gone, range(25))], "a")
    assert failing(judged(tmp_path, [gone(number, 48) for number in range(25)], "b")) == []


def test_captures_that_a_person_had_read_anew_are_never_held(seen: Path) -> None:
    emptied = [page(number, told={"body": None}, reader="r2") for number in range(20)]
    assert failing(judged(seen, emptied, "a")) == []


def test_a_released_segment_is_loaded_unjudged_and_what_comes_with_it_is_judged(tmp_path: Path) -> None:
    judged(tmp_path, map(page, range(40)), "a")
    store(tmp_path, "b", [gone(number) for number in range(21)])
    store(tmp_path, "c", [gone(number, 48) for number in range(21, 40)])
    with pytest.raises(HarmfulBatch) as refused:
        load_judged(tmp_path, [], Judging(TODAY, released=frozenset({"b"})))
    assert refused.value.judged.effects[ID].lost == refused.value.judged.effects[ID].live == 19
    with writer(tmp_path, "test", clock) as con:
        assert con.execute("select count(*) from bulletin where status = 'gone'").fetchone() == (21,)


def test_a_source_that_waits_already_is_not_held_again(seen: Path) -> None:
    store(seen, "b", [gone(number) for number in range(20)])
    assert load_judged(seen, [], Judging(TODAY, exempt=frozenset({ID}))).changed == 20


# --- required fields


def test_new_bulletins_without_a_field_that_earlier_ones_had_are_held(seen: Path) -> None:
    refused = held(seen, [page(number, told={"byline": None}) for number in range(20, 32)], fields=("title", "byline"))
    assert failing(refused) == ["required_fields"]
    assert "12 have no byline" in str(refused)


def test_without_a_history_only_the_fields_that_the_source_file_names_are_asked_for(tmp_path: Path) -> None:
    empty = [page(number, told={"body": None}) for number in range(12)]
    assert failing(judged(tmp_path / "any", empty, "a")) == []
    assert failing(held(tmp_path / "named", empty, fields=("title", "body"))) == ["required_fields"]


def test_a_field_that_the_publisher_often_leaves_out_is_not_required(tmp_path: Path) -> None:
    judged(tmp_path, [page(n, told={"byline": None if n % 5 == 0 else "PV"}) for n in range(30)], "a")
    more = [page(number, told={"byline": None}) for number in range(30, 45)]
    assert failing(judged(tmp_path, more, "b", fields=("byline",))) == []


def test_nine_bulletins_without_a_body_prove_nothing(seen: Path) -> None:
    assert failing(judged(seen, [page(n, told={"body": None}) for n in range(20, 29)], "b")) == []


# --- days


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(1930, 1, 1)], ids=["after it was seen", "before 1945"])
def test_bulletins_of_impossible_days_are_held(tmp_path: Path, day: date) -> None:
    refused = held(tmp_path, [page(number, told={"published_on": day}) for number in range(12)])
    assert failing(refused) == ["date_plausibility"]


def test_bulletins_from_before_the_source_began_are_held(tmp_path: Path) -> None:
    old = [page(number, told={"published_on": date(2014, 1, 1 + number)}) for number in range(12)]
    assert failing(held(tmp_path, old, since=date(2015, 1, 1))) == ["date_plausibility"]


def test_all_of_one_day_is_held_where_their_addresses_are_of_many_months(seen: Path) -> None:
    urls = [known_url(f"/tin/{number}.html", month=f"2025-{1 + number % 9:02d}") for number in range(20, 35)]
    same = [page(number, told={"published_on": date(2026, 2, 28)}) for number in range(20, 35)]
    refused = held(seen, same, frontiers=[frontier(*urls)])
    assert [finding.check for finding in refused.judged.findings if finding.holds] == ["date_plausibility"]
    assert "9 months" in str(refused)


def test_a_day_with_many_bulletins_and_undated_ones_are_believed(seen: Path) -> None:
    same = [page(number, told={"published_on": date(2019, 2, 28)}) for number in range(20, 35)]
    assert failing(judged(seen, same, "b")) == []
    undated = [page(number, told={"published_on": None}) for number in range(40, 55)]
    assert failing(judged(seen, undated, "c")) == []


# --- one body for all


def test_new_bulletins_that_all_say_the_same_are_held(tmp_path: Path) -> None:
    wall = [page(number, told={"body": "Mời bạn đăng nhập để đọc tiếp."}) for number in range(12)]
    assert failing(held(tmp_path, wall)) == ["duplicate_share"]


def test_bulletins_that_come_again_under_new_addresses_are_held(seen: Path) -> None:
    moved = [capture(f"/moi/{number}.html", told=bulletin(**_said(number))) for number in range(12)]
    assert failing(held(seen, moved)) == ["duplicate_share"]


def test_half_that_say_the_same_and_bodies_of_another_source_are_believed(tmp_path: Path) -> None:
    moved = [
        capture(f"/moi/{number}.html", told=bulletin(**_said(number) | {"body": str(number)})) for number in range(9)
    ]
    half = [page(number, told={"body": "Chúc mừng năm mới."} if number % 2 else {}) for number in range(20)]
    assert failing(judged(tmp_path, [*half, *moved], "a")) == []


def _said(number: int) -> dict[str, Any]:
    return {"title": f"Tin số {number}", "body": f"Xã thứ {number} có điện.\n\nMừng.", "published_on": _day(number)}


# --- months and sums: no batch is to blame


def test_a_month_below_the_expected_number_is_told_and_holds_nothing(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{n}.html", month="2026-03" if n else "2026-02") for n in range(13)]
    outcome = judged(tmp_path, map(page, range(13)), "a", [frontier(*urls)], min_per_month=20)
    assert failing(outcome) == ["month_minimum"]
    (said,) = [finding for finding in outcome.findings if finding.check == "month_minimum"]
    assert not said.blocking and "2026-03 (12)" in said.words


def test_a_month_far_below_the_sources_own_median_is_told(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{number}.html", month=f"2025-{1 + number // 8:02d}") for number in range(72)]
    urls += [known_url("/tin/72.html", month="2025-10")]
    store(tmp_path, "a", list(map(page, range(73))))
    outcome = load_judged(tmp_path, [frontier(*urls)], Judging(date(2025, 11, 15)))
    (said,) = [finding for finding in outcome.findings if finding.check == "month_minimum"]
    assert not said.passed and "2025-10 (1)" in said.words and said.figures["expected"] == 2


def test_a_month_of_which_something_is_missing_is_not_judged_while_a_backfill_is_on_its_way(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{n}.html", month="2026-03" if n else "2026-02") for n in range(13)]
    waits = known_url("/tin/cho.html", "waiting", month="2026-03")
    outcome = judged(tmp_path, map(page, range(13)), "a", [frontier(*urls, waits)], min_per_month=20)
    assert failing(outcome) == []
    (said,) = [finding for finding in outcome.findings if finding.check == "month_minimum"]
    assert said.figures["months"] == 0


def test_a_quarter_of_a_small_median_is_rounded_up_and_said_in_whole_bulletins(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{n}.html", month=f"2025-{1 + n // 2:02d}") for n in range(14)]
    urls += [known_url("/tin/14.html", month="2025-09")]
    store(tmp_path, "a", list(map(page, range(15))))
    outcome = load_judged(tmp_path, [frontier(*urls)], Judging(date(2025, 10, 15)))
    (said,) = [finding for finding in outcome.findings if finding.check == "month_minimum"]
    assert said.figures["expected"] == 1 and said.figures["too_few"] == 1
    assert "fewer than 1 bulletin (a quarter of its median of 2)" in said.words
    assert "2025-08 (0)" in said.words and said.words.count(said.source_id) == 1


def test_the_current_month_and_months_before_the_source_began_are_not_counted(tmp_path: Path) -> None:
    urls = [known_url(f"/tin/{n}.html", month="2026-04" if n % 2 else "2015-01") for n in range(12)]
    undated = [page(number, told={"published_on": None}) for number in range(12)]
    outcome = judged(tmp_path, undated, "a", [frontier(*urls)], min_per_month=5, since=date(2026, 4, 1))
    assert failing(outcome) == []


def test_sums_that_do_not_agree_are_told_and_hold_no_batch(tmp_path: Path) -> None:
    judged(tmp_path, map(page, range(12)), "a")
    with writer(tmp_path, "test", clock) as con:
        con.execute("update coverage set discovered = discovered + 1")
    outcome = load_judged(tmp_path, [], Judging(TODAY))
    (said,) = [finding for finding in outcome.findings if not finding.passed]
    assert (said.check, said.blocking, said.holds) == ("sums_reconcile", True, False)


def test_nothing_new_is_judged_by_its_tables_alone_and_unasked_nothing_is(tmp_path: Path) -> None:
    first = judged(tmp_path, map(page, range(12)), "a")
    assert {finding.check for finding in first.findings} == set(CHECKS)
    again = load_judged(tmp_path, [], Judging(TODAY))
    assert [finding.check for finding in again.findings] == ["sums_reconcile", "month_minimum"]
    with writer(tmp_path, "load", clock) as con:
        assert load(con, results(tmp_path), [SOURCE]) == LoadOutcome()


def test_judging_a_load_changes_nothing_of_what_it_loads(tmp_path: Path) -> None:
    judged(tmp_path / "judged", map(page, range(20)), "a")
    store(tmp_path / "plain", "a", list(map(page, range(20))))
    with writer(tmp_path / "plain", "load", clock) as con:
        load(con, results(tmp_path / "plain"), [SOURCE])
    assert all_digests(tmp_path / "plain") == all_digests(tmp_path / "judged")


def test_files_that_a_person_took_in_may_be_copies_and_of_any_day(tmp_path: Path) -> None:
    told = {"body": "Chúc mừng năm mới.", "published_on": date(1930, 1, 1)}
    copies = [page(number, told=told, origin="file") for number in range(15)]
    assert failing(judged(tmp_path, copies, "a", since=date(2015, 1, 1))) == []

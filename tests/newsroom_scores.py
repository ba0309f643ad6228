"""How much of the newsroom's bulletins normalization finds, against the gold of the grammar that wrote them.

    python -m tests.newsroom_scores [--seed N] [--bulletins 300] [--misses]

Bulletins of all kinds of publishers in turn; what is compared and what counts as equal is in tests/labelled_scores.py.
Then shared stories: pairs that are found in a newsroom whose sites reprint each other, against the copies it made.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bench.newsroom_texts import newsroom_golds, text_of
from crawlers.newsroom import Gold, Newsroom
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.records import Fact
from crawlers.newsroom.words import listed, rows
from pipelines.normalize.bulletin import normalize
from pipelines.normalize.sketches import sketch
from pipelines.normalize.stories import Story, stories
from pipelines.normalize.story_candidates import candidates
from pipelines.normalize.story_credits import credit_of
from pipelines.normalize.story_pairs import Pair, compare
from pipelines.normalize.story_text import StoryFacts, StoryText
from tests.labelled_scores import FLOORS, Case, Score, scores

TOLD = ("people", "ranks", "posts", "organizations", "parents", "documents", "events", "quantities")
"""Kinds that the newsroom's facts tell all of."""
STORY_PRECISION, STORY_RECALL = 0.98, 0.95
SHARED = 0.15
SEED = 20261130
_TIMES = frozenset(("ngày", "tháng", "năm", "giờ"))
_SCALES = {"nghìn đồng": 1000, "tấn": 1000}
"""Counted words of the grammar that are units: VND, kg."""
_PARTY = ("Đảng ủy ", "Đảng bộ ")
_ALWAYS_OPTIONAL = ("Đảng", "Đảng Cộng sản Việt Nam", "Nhà nước", "Ban Chấp hành Đảng bộ", "Ban Tổ chức hội thi")
"""Told by templates without a name of their own: `chủ trương của Đảng, pháp luật của Nhà nước`."""


def cases(bulletins: int, seed: int) -> Iterator[Case]:
    """So many bulletins of all kinds in turn, with what they tell in the form of tests/labelled."""
    for gold in newsroom_golds(bulletins, seed, tuple(KINDS)):
        yield Case(gold.url, text_of(gold), label_of(gold))


def label_of(gold: Gold) -> dict[str, Any]:
    """The facts of a bulletin as a label of tests/labelled/GUIDE.md, the kinds of TOLD."""
    facts = defaultdict[str, list[Fact]](list)
    for fact in gold.facts:
        facts[fact.kind].append(fact)
    names = dict.fromkeys(fact.get("name") or "" for fact in facts["person"])
    return {
        "people": [
            {
                "name": name,
                "ranks": sorted(
                    {r for f in facts["person"] if f.get("name") == name for r in _ranks(f.get("rank") or "")}
                ),
                "posts": [
                    {"position": position, "organization": organization or None}
                    for position, organization in dict.fromkeys(
                        (f.get("position"), f.get("organization")) for f in facts["post"] if f.get("name") == name
                    )
                ],
            }
            for name in names
        ],
        "organizations": _organizations(facts["organization"], facts["place"]),
        "documents": [{"document_type": f.get("type"), "number": f.get("number")} for f in facts["document"]],
        "events": _events(gold, facts["event"], facts["date"]),
        "quantities": [
            {"value": _value(f), "value_max": None, "qualifier": f.get("qualifier")}
            for f in facts["quantity"]
            if f.get("counts") not in _TIMES
        ],
    }


def _ranks(printed: str) -> list[str]:
    """In full; `Thượng tá, BSCKII` has a rank and a degree."""
    in_full = {short: full for short, full in rows("names")}  # noqa: C416 -- rows are of any length
    return [in_full.get(part, part) for part in printed.split(", ") if part not in listed("degree")]


def _value(fact: Fact) -> float:
    """In the unit of mentions.Quantity, which has less as a negative value."""
    value = float(fact.get("value") or 0) * _SCALES.get(fact.get("counts") or "", 1)
    return -value if fact.get("qualifier") == "change_down" else value


def _organizations(told: Iterable[Fact], places: Iterable[Fact]) -> list[dict[str, Any]]:
    """Committees that are told only in posts, and halls, are optional. A committee tells whose it is."""
    by_name = defaultdict[str, list[Fact]](list)
    for fact in told:
        by_name[fact.get("name") or ""].append(fact)
    found = [
        {
            "name": name,
            "parent": name[len(_PARTY[0]) :] if name.startswith(_PARTY) else None,
            "optional": name.startswith(_PARTY) and all(f.get("in_post") for f in facts),
        }
        for name, facts in by_name.items()
    ]
    boards = (f"Ban Chấp hành {name}" for name in by_name if name.startswith(_PARTY[1]))
    optional = (*_ALWAYS_OPTIONAL, *boards, *(fact.get("name") for fact in places))
    return found + [{"name": name, "parent": None, "optional": True} for name in optional]


def _events(gold: Gold, events: Iterable[Fact], dates: Iterable[Fact]) -> list[dict[str, Any]]:
    """Without a year in the text and a day of publication on the page, no day is told."""
    in_full = {fact.surface for fact in dates if fact.get("full") == "yes"}
    found = []
    for fact in events:
        types = [name for name in (fact.get("event_types") or "").split("; ") if name]
        day = fact.get("start") if gold.published_on or fact.surface in in_full else None
        if types:
            found.append({"event_type": types[0], "also": types[1:], "start_date": day})
    return found


def story_cases(bulletins: int, seed: int, shared: float = SHARED) -> list[Gold]:
    """So many bulletins of all kinds of publishers that reprint each other."""
    newsroom = Newsroom(seed, kinds=tuple(KINDS), bulletins=-(-bulletins // len(KINDS)), shared=shared)
    return [gold for site in newsroom.sites for gold in newsroom.gold(site.site_id)]


def found_pairs(golds: Sequence[Gold]) -> list[Pair]:
    """As a load finds them: by sketches, then by comparing the texts."""
    texts = {gold.url: _story_text(gold) for gold in golds}
    sketches = {url: its for url, text in texts.items() if (its := sketch(text)) is not None}
    compared = (compare(texts[one], texts[other]) for one, other in candidates(sketches))
    return [pair for pair in compared if pair is not None]


def pair_score(golds: Sequence[Gold], pairs: Iterable[Pair], tell: Callable[[str], None] = lambda _: None) -> Score:
    """A pair is right if both tell one story. Missed: a copy and its original that are no pair."""
    story = {gold.url: gold.copy_of or gold.url for gold in golds}
    kinds = {gold.url: gold.copy_kind for gold in golds}
    told = {frozenset((gold.url, gold.copy_of)) for gold in golds if gold.copy_of}
    found = {frozenset((pair.one, pair.other)): pair for pair in pairs}
    score = Score()
    for both, pair in found.items():
        if story[pair.one] == story[pair.other]:
            score.right += both in told
        else:
            score.wrong += 1
            tell(f"stories: wrong {pair}")
    for one, other in map(sorted, told - found.keys()):
        score.missed += 1
        tell(f"stories: missed {kinds[one] or kinds[other]} {one} {other}")
    return score


def found_stories(golds: Sequence[Gold], pairs: Iterable[Pair]) -> list[Story]:
    return stories(pairs, {gold.url: _story_facts(gold) for gold in golds})


def _story_text(gold: Gold) -> StoryText:
    return StoryText(gold.url, gold.title, gold.lead or "", "\n\n".join(gold.body), gold.published_on)


def _story_facts(gold: Gold) -> StoryFacts:
    """All seen by one crawl: when each was seen first says nothing."""
    return StoryFacts(
        gold.url,
        datetime(2026, 11, 1, tzinfo=UTC),
        published_on=gold.published_on,
        published_at=gold.published_at,
        publisher=text_of(gold).publisher,
        agency_prefix=gold.agency_prefix,
        credit=credit_of(gold.byline or "", "\n".join(gold.body)),
        length=len(" ".join((gold.lead or "", *gold.body)).split()),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--bulletins", type=int, default=300)
    parser.add_argument("--misses", action="store_true", help="print every miss and every wrong one")
    asked = parser.parse_args()
    tell = print if asked.misses else _say_nothing
    added = scores(((case, normalize(case.text)) for case in cases(asked.bulletins, asked.seed)), tell)
    print(f"newsroom, seed {asked.seed}: {asked.bulletins} bulletins of {len(KINDS)} kinds of publishers")
    for kind in TOLD:
        _print(kind, added[kind], f"  floor {FLOORS[kind]:.2f}" if kind in FLOORS else "")
    golds = story_cases(asked.bulletins, asked.seed)
    pairs = found_pairs(golds)
    copies = [gold for gold in golds if gold.copy_of]
    print(f"shared stories: {len(copies)} copies in {len(golds)} bulletins of as many publishers")
    _print("pairs", pair_score(golds, pairs, tell), f"  floors P {STORY_PRECISION}, R {STORY_RECALL}")
    originals = {member.bulletin_id: its.original for its in found_stories(golds, pairs) for member in its.members}
    right = sum(originals.get(gold.url) == gold.copy_of for gold in copies)
    print(f"  {'originals':14} {right} of {len(copies)} copies under their original")


def _say_nothing(_: str) -> None:
    pass


def _print(kind: str, score: Score, note: str) -> None:
    print(
        f"  {kind:14} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        f"  ({score.right} right, {score.missed} missed, {score.wrong} wrong){note}"
    )


if __name__ == "__main__":
    main()

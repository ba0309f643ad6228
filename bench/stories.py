"""Shared stories among N synthetic bulletins: how many pairs are right, how many are found, seconds, memory.

    python -m bench.stories [--bulletins N] [--seed S] [--processes P]

Texts lie in a file, as they lie in the database; what stays in memory is what the finding of stories keeps. Ends with 1
where precision of the pairs is under .98, recall under .95, or, of 100,000 bulletins, the time over 180 seconds.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import chain, combinations
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from bench.story_corpus import Made, bulletins
from pipelines.normalize.sketches import Sketch, sketch
from pipelines.normalize.stories import Story, stories
from pipelines.normalize.story_candidates import candidates
from pipelines.normalize.story_pairs import Pair, compare
from pipelines.normalize.story_text import StoryFacts, StoryText

PRECISION, RECALL, SECONDS = 0.98, 0.95, 180
A_TASK = 1_000
T = TypeVar("T")
SEEN = datetime(2026, 11, 22, tzinfo=UTC)


class Known(NamedTuple):
    """What the judge knows of a bulletin, and where its text lies."""

    place: int
    event: int
    kind: str


def write(path: Path, made: Iterable[Made]) -> dict[str, Known]:
    known = dict[str, Known]()
    with path.open("wb") as file:
        for one in made:
            known[one.text.bulletin_id] = Known(file.tell(), one.event, sys.intern(one.kind))
            pickle.dump(one.text, file)
    return known


def text_at(file: BinaryIO, place: int) -> StoryText:
    file.seek(place)
    text: StoryText = pickle.load(file)
    return text


def sketched(path: Path, places: list[int]) -> list[tuple[StoryFacts, Sketch | None]]:
    with path.open("rb") as file:
        texts = (text_at(file, place) for place in places)
        return [(StoryFacts(it.bulletin_id, SEEN, it.published_on, length=len(it.body)), sketch(it)) for it in texts]


def compared(path: Path, places: list[tuple[int, int]]) -> list[Pair]:
    with path.open("rb") as file:
        pairs = (compare(text_at(file, one), text_at(file, other)) for one, other in places)
        return [pair for pair in pairs if pair is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bulletins", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=623)
    parser.add_argument("--processes", type=int, default=2)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, get_context("spawn").Pool(told.processes) as pool:
        path = Path(folder) / "texts"
        started = time.perf_counter()
        known = write(path, bulletins(told.bulletins, told.seed))
        print(f"{told.bulletins} bulletins made in {time.perf_counter() - started:.0f} s")
        print("  ".join(f"{kind} {count}" for kind, count in Counter(its.kind for its in known.values()).items()))
        print(f"memory before: {_memory_mb()} MB")

        begun = started = time.perf_counter()
        cpu = time.process_time()
        places = [its.place for its in known.values()]
        sketches, facts = dict[str, Sketch](), dict[str, StoryFacts]()
        for fact, its in chain.from_iterable(pool.imap(partial(sketched, path), _tasks(places))):
            facts[fact.bulletin_id] = fact
            if its is not None:
                sketches[fact.bulletin_id] = its
        started = _step("sketches", len(sketches), started)
        asked = list(candidates(sketches))
        started = _step("candidates", len(asked), started)
        where = [(known[one].place, known[other].place) for one, other in asked]
        pairs = list(chain.from_iterable(pool.imap(partial(compared, path), _tasks(where))))
        started = _step("pairs", len(pairs), started)
        found = stories(pairs, facts)
        _step("stories", len(found), started)
        seconds = time.perf_counter() - begun
        print(f"{seconds:.0f} s in all, {told.processes} processes; memory at its highest: {_memory_mb()} MB")
        own = time.process_time() - cpu
        pool.close()
        pool.join()
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"   of a process that compares: {theirs.ru_maxrss // 1024} MB; CPU: {own:.0f} + {theirs.ru_utime:.0f} s")
    precision, recall = _judge(known, set(asked), pairs, found)
    slow = told.bulletins == 100_000 and seconds > SECONDS
    sys.exit(1 if precision < PRECISION or recall < RECALL or slow else 0)


def _tasks(items: list[T]) -> list[list[T]]:
    return [items[start : start + A_TASK] for start in range(0, len(items), A_TASK)]


def _step(what: str, count: int, started: float) -> float:
    now = time.perf_counter()
    print(f"{what:<12}{count:>9}{now - started:>8.1f} s")
    return now


def _memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _judge(
    known: dict[str, Known], asked: set[tuple[str, str]], pairs: list[Pair], found: list[Story]
) -> tuple[float, float]:
    """Precision of pairs; recall of (original, copy): of two with the same text also through others with that text."""
    wrong = [pair for pair in pairs if known[pair.one].event != known[pair.other].event]
    print(f"pairs: precision {1 - len(wrong) / len(pairs):.4f} ({len(wrong)} wrong)")
    for pair in wrong[:5]:
        print(f"   wrong: {known[pair.one].kind}, {known[pair.other].kind}: {pair.kind}, {pair.why}")
    story_of = {member.bulletin_id: story.story_id for story in found for member in story.members}
    of_event = defaultdict[int, list[str]](list)
    for bulletin_id, its in known.items():
        of_event[its.event].append(bulletin_id)
    both = {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in pairs}
    wanted, as_candidate, as_pair, as_story = (Counter[str]() for _ in range(4))
    for original, *copies in of_event.values():
        for copy in copies:
            kind, pair_of = known[copy].kind, (min(original, copy), max(original, copy))
            wanted[kind] += 1
            as_candidate[kind] += pair_of in asked
            as_pair[kind] += pair_of in both
            as_story[kind] += original in story_of and story_of[original] == story_of.get(copy)
    for kind, many in sorted(wanted.items()):
        shares = (count[kind] / many for count in (as_candidate, as_pair, as_story))
        print("{:<10}{:>7} recall: candidate {:.4f}, pair {:.4f}, story {:.4f}".format(kind, many, *shares))
    recall = as_pair.total() / wanted.total()
    inside = [combinations([member.bulletin_id for member in story.members], 2) for story in found]
    same = [known[one].event == known[other].event for those in inside for one, other in those]
    print(f"recall {recall:.4f}; precision of all pairs inside stories {sum(same) / len(same):.4f}")
    return 1 - len(wrong) / len(pairs), recall


if __name__ == "__main__":
    main()

"""Shared stories among N synthetic bulletins: how many pairs are right, how many are found, seconds, memory.

    python -m bench.stories [--bulletins N] [--seed S]

Texts lie in a file, as they lie in the database; what stays in memory is what the finding of stories keeps. Ends with 1
where precision of the pairs is under .98, recall under .95, or at 100,000 bulletins the time over 180 seconds.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from bench.story_corpus import Made, bulletins
from pipelines.normalize.sketches import Sketch, sketch
from pipelines.normalize.stories import Story, stories
from pipelines.normalize.story_candidates import candidates
from pipelines.normalize.story_pairs import Pair, compare
from pipelines.normalize.story_text import StoryFacts, StoryText

PRECISION, RECALL, SECONDS = 0.98, 0.95, 180
SEEN = datetime(2026, 11, 22, tzinfo=UTC)


class Texts:
    """Bulletins in a file, by bulletin_id."""

    def __init__(self, path: Path, made: Iterable[Made]) -> None:
        self.events = dict[str, int]()
        self.kinds = dict[str, str]()
        self._places = dict[str, int]()
        with path.open("wb") as file:
            for one in made:
                self._places[one.text.bulletin_id] = file.tell()
                self.events[one.text.bulletin_id] = one.event
                self.kinds[one.text.bulletin_id] = sys.intern(one.kind)
                pickle.dump(one.text, file)
        self._file = path.open("rb")

    def __iter__(self) -> Iterator[StoryText]:
        self._file.seek(0)
        for _ in self._places:
            text: StoryText = pickle.load(self._file)
            yield text

    def __getitem__(self, bulletin_id: str) -> StoryText:
        self._file.seek(self._places[bulletin_id])
        text: StoryText = pickle.load(self._file)
        return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bulletins", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=623)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        texts = Texts(Path(folder) / "texts", bulletins(told.bulletins, told.seed))
        print(
            f"{told.bulletins} bulletins made in {time.perf_counter() - started:.0f} s; {Counter(texts.kinds.values())}"
        )
        print(f"memory before: {_memory_mb()} MB")
        begun = started = time.perf_counter()
        sketches, facts = dict[str, Sketch](), dict[str, StoryFacts]()
        for text in texts:
            if (its := sketch(text)) is not None:
                sketches[text.bulletin_id] = its
            facts[text.bulletin_id] = StoryFacts(text.bulletin_id, SEEN, text.published_on, length=len(text.body))
        started = _step("sketches", len(sketches), started)
        asked = list(candidates(sketches))
        started = _step("candidates", len(asked), started)
        pairs = [pair for one, other in asked if (pair := compare(texts[one], texts[other])) is not None]
        started = _step("pairs", len(pairs), started)
        found = stories(pairs, facts)
        _step("stories", len(found), started)
        seconds = time.perf_counter() - begun
        print(f"{seconds:.0f} s in all, one process; memory at its highest: {_memory_mb()} MB")
    precision, recall = _judge(texts, set(asked), pairs, found)
    slow = told.bulletins == 100_000 and seconds > SECONDS
    sys.exit(1 if precision < PRECISION or recall < RECALL or slow else 0)


def _step(what: str, count: int, started: float) -> float:
    now = time.perf_counter()
    print(f"{what:<12}{count:>9}{now - started:>8.1f} s")
    return now


def _memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _judge(texts: Texts, asked: set[tuple[str, str]], pairs: list[Pair], found: list[Story]) -> tuple[float, float]:
    """Precision of pairs; recall of (original, copy), of pairs found or joined through others."""
    events, kinds = texts.events, texts.kinds
    right = sum(events[pair.one] == events[pair.other] for pair in pairs)
    print(f"pairs: precision {right / len(pairs):.4f} ({len(pairs) - right} wrong)")
    for pair in [pair for pair in pairs if events[pair.one] != events[pair.other]][:5]:
        print(f"   wrong: {kinds[pair.one]}, {kinds[pair.other]}: {pair.kind}, {pair.why}")
    story_of = {member.bulletin_id: story.story_id for story in found for member in story.members}
    of_event = defaultdict[int, list[str]](list)
    for bulletin_id, event in events.items():
        of_event[event].append(bulletin_id)
    both = {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in pairs}
    wanted, as_candidate, as_pair, as_story = (Counter[str]() for _ in range(4))
    for names in of_event.values():
        original, *copies = names
        for copy in copies:
            kind, pair_ = kinds[copy], (min(original, copy), max(original, copy))
            wanted[kind] += 1
            as_candidate[kind] += pair_ in asked
            as_pair[kind] += pair_ in both
            as_story[kind] += original in story_of and story_of[original] == story_of.get(copy)
    for kind, many in sorted(wanted.items()):
        shares = (count[kind] / many for count in (as_candidate, as_pair, as_story))
        print("{:<10}{:>7} recall: candidate {:.4f}, pair {:.4f}, story {:.4f}".format(kind, many, *shares))
    recall = as_pair.total() / wanted.total()
    inside = [combinations([member.bulletin_id for member in story.members], 2) for story in found]
    same = [events[one] == events[other] for those in inside for one, other in those]
    print(
        f"recall {recall:.4f} of pairs with the original; stories: precision of all pairs inside {sum(same) / len(same):.4f}"
    )
    return right / len(pairs), recall


if __name__ == "__main__":
    main()

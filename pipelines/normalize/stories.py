"""Stories: bulletins of several publishers, or of one, that tell the same, and which of them was likely the first.

All of it follows from the set of all pairs and facts, never from an earlier answer or from their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pipelines.normalize.forest import Forest
from pipelines.normalize.story_original import original_of
from pipelines.normalize.story_pairs import EDITED, REPRINT, SAME, TEASER, Pair
from pipelines.normalize.story_text import StoryFacts

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Member:
    """A bulletin of a story.

    role        original, reprint, edited, teaser
    similarity  Jaccard of the weakest pair on the best way to the original; of a teaser that of its best teaser pair;
                of the original 1
    """

    bulletin_id: str
    role: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Story:
    """Bulletins that tell the same.

    story_id  16 hex digits of sha256 of the original's bulletin_id
    reason    why that one is taken for the original
    members   the original first, then by bulletin_id
    """

    story_id: str
    original: str
    reason: str
    members: tuple[Member, ...]


def stories(pairs: Iterable[Pair], facts: Mapping[str, StoryFacts]) -> list[Story]:
    """Stories of two and more bulletins, by story_id. Pairs of bulletins without facts do not count.

    Reprints and edited reprints make a group, also through others. A teaser says too little to join two groups: a
    group goes along one teaser pair, its best, to another.
    """
    known = {pair for pair in pairs if pair.one in facts and pair.other in facts}
    forest = Forest[str]()
    for pair in sorted(known, key=_strongest_first):
        if pair.kind != TEASER:
            forest.link(pair.one, pair.other, pair.similarity)
    teasers = sorted((pair for pair in known if pair.kind == TEASER), key=_strongest_first)
    onward = dict[str, Pair]()
    for pair in teasers:
        group = forest.group(pair.one)
        if group != forest.group(pair.other):
            onward.setdefault(group, pair)
    joined = Forest[str]()
    for group, pair in onward.items():
        joined.link(group, forest.group(pair.other), 0.0)
    members = defaultdict[str, list[str]](list)
    for name in sorted({name for pair in known for name in (pair.one, pair.other)}):
        members[joined.group(forest.group(name))].append(name)
    share = dict[str, float]()
    for pair in teasers:
        if joined.group(forest.group(pair.one)) == joined.group(forest.group(pair.other)):
            share.setdefault(pair.one, pair.similarity)
    found = (_story(names, forest, onward, share, facts) for names in members.values() if len(names) > 1)
    return sorted(found, key=lambda story: story.story_id)


def _strongest_first(pair: Pair) -> tuple[float, float, str, str]:
    return -pair.similarity, float("inf") if pair.days is None else pair.days, pair.other, pair.one


def _story(
    names: list[str],
    forest: Forest[str],
    onward: Mapping[str, Pair],
    share: Mapping[str, float],
    facts: Mapping[str, StoryFacts],
) -> Story:
    """share: of each teaser in its story, its similarity."""
    leading = [name for name in names if forest.group(name) not in onward] or names
    full = [name for name in leading if name not in share] or leading
    original, reason = original_of([facts[name] for name in full])
    weakest = forest.weakest_from(original)
    members = [Member(original, ORIGINAL, 1.0)]
    for name in names:
        if name in share:
            members.append(Member(name, TEASER, share[name]))
        elif name not in weakest:  # a copy of a teaser
            members.append(Member(name, TEASER, onward[forest.group(name)].similarity))
        elif name != original:
            members.append(Member(name, REPRINT if weakest[name] >= SAME else EDITED, weakest[name]))
    return Story(sha256(original.encode()).hexdigest()[:16], original, reason, tuple(members))

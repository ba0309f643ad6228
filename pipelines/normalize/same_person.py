"""Which mentions of one name are one person, over all bulletins.

A name alone never makes two mentions one: an organization, a post or a rank must go on, or a byline of the same source.
What is doubtful stays apart, and says why. The answer depends on the set of appearances only, never on their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipelines.normalize.forest import Forest
from pipelines.normalize.spelling import modern, plain

GENERAL = 14
"""Order of Thiếu tướng (reference/vi/ranks.tsv): generals are few enough for name and rank to go on as one person."""
_NEVER = date.max


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person as the versions of one bulletin name them.

    ranks          orders of the ranks given (1 to 17)
    posts          canonical, without organization
    organizations  ids: of the posts, and of what these belong to unless that is too wide to tell people apart
    authored       named in the byline only
    """

    bulletin_id: str
    source_id: str
    sphere: str | None
    published_on: date | None
    name: str
    ranks: frozenset[int]
    posts: frozenset[str]
    organizations: frozenset[str]
    authored: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """One person. bulletins: ids; basis: what made them one, and what keeps others of the name apart."""

    person_id: str
    name: str
    sphere: str | None
    first_on: date | None
    last_on: date | None
    basis: str
    bulletins: frozenset[str]


def name_key(name: str) -> str:
    """A full name in one spelling: lower case, new tone placement, single blanks, one apostrophe (`H’Yéo`, `H'Yéo`).
    Marks stay: Hà is not Hạ."""
    return " ".join(modern(plain(name).low).replace("’", "'").split())


def tell_apart(appearances: Sequence[Appearance]) -> list[Identity]:
    """The people behind all appearances of one name, in order of their ids.

    appearances  all of one `name_key`, at most one of a bulletin
    """
    ordered = sorted(appearances, key=_order)
    groups = _Groups(len(ordered))
    groups.join("organization", ordered, lambda a: () if a.authored else a.organizations)
    groups.join("byline", ordered, lambda a: (a.source_id,) if a.authored else ())
    groups.join("post", ordered, lambda a: [(a.source_id, p) for p in a.posts] if not a.organizations else ())
    _join_generals(groups, ordered)
    _attach_bare(groups, ordered)
    found = [_identity([ordered[i] for i in members], bases, len(groups.all())) for members, bases in groups.all()]
    return sorted(found, key=lambda identity: identity.person_id)


def _order(appearance: Appearance) -> tuple[date, str]:
    return appearance.published_on or _NEVER, appearance.bulletin_id


class _Groups:
    """Groups of appearances, with what each was made by."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._forest = Forest[int]()
        self._bases: dict[int, set[str]] = defaultdict(set)

    def unite(self, one: int, other: int, basis: str) -> None:
        was = self._forest.group(one), self._forest.group(other)
        if was[0] != was[1]:
            self._forest.link(one, other)
            self._bases[self._forest.group(one)] = self._bases[was[0]] | self._bases[was[1]] | {basis}

    def join(
        self,
        basis: str,
        appearances: Sequence[Appearance],
        keys_of: Callable[[Appearance], Iterable[Hashable]],
    ) -> None:
        """Unite all that share a key."""
        first: dict[Hashable, int] = {}
        for index, appearance in enumerate(appearances):
            for key in keys_of(appearance):
                self.unite(first.setdefault(key, index), index, basis)

    def all(self) -> list[tuple[list[int], set[str]]]:
        members: dict[int, list[int]] = {}
        for index in range(self._count):
            members.setdefault(self._forest.group(index), []).append(index)
        return [(indexes, self._bases[root]) for root, indexes in members.items()]


def _join_generals(groups: _Groups, appearances: Sequence[Appearance]) -> None:
    """Generals of one sphere whose ranks are the same or next to each other; names of two syllables are too common."""
    generals = [
        (index, appearance)
        for index, appearance in enumerate(appearances)
        if appearance.ranks and max(appearance.ranks) >= GENERAL and len(appearance.name.split()) > 2
    ]
    for (one, a), (other, b) in pairwise(generals):
        if a.sphere == b.sphere and abs(max(a.ranks) - max(b.ranks)) <= 1:
            groups.unite(one, other, "rank")


def _attach_bare(groups: _Groups, appearances: Sequence[Appearance]) -> None:
    """Appearances without organization and post go to the one person of their source whose rank fits, if it is one."""
    bare = {i for i, a in enumerate(appearances) if not (a.organizations or a.posts or a.authored)}
    told = [(members, _ranks(members, appearances)) for members, _ in groups.all() if not bare.issuperset(members)]
    wishes: list[tuple[int, int, str]] = []
    for index in sorted(bare):
        own = appearances[index]
        near = [
            members[0]
            for members, ranks in told
            if any(appearances[m].source_id == own.source_id and not appearances[m].authored for m in members)
            and _fits(own.ranks, ranks)
        ]
        if len(near) == 1:
            wishes.append((near[0], index, "rank" if own.ranks else "name"))
    for target, index, basis in wishes:
        groups.unite(target, index, basis)
    left = bare - {index for _, index, _ in wishes}
    first: dict[tuple[str, int], int] = {}
    for index in sorted(left):
        for rank in appearances[index].ranks:
            groups.unite(first.setdefault((appearances[index].source_id, rank), index), index, "rank")


def _ranks(members: Iterable[int], appearances: Sequence[Appearance]) -> set[int]:
    return {rank for member in members for rank in appearances[member].ranks}


def _fits(own: Iterable[int], theirs: set[int]) -> bool:
    """No rank known on one side, or ranks at most one step apart."""
    own = set(own)
    return not own or not theirs or any(abs(one - other) <= 1 for one in own for other in theirs)


def _identity(members: Sequence[Appearance], bases: set[str], of_name: int) -> Identity:
    first = members[0]  # the earliest: groups keep the order of `_order`
    days = [a.published_on for a in members if a.published_on is not None]
    names, spheres = Counter(a.name for a in members), Counter(a.sphere for a in members if a.sphere)
    basis = ", ".join(sorted(bases)) or "single"
    if of_name > 1:
        basis += f"; {of_name - 1} more of this name: no organization, post, rank or byline in common"
    key = f"{name_key(first.name)}\n{first.bulletin_id}"
    return Identity(
        person_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        name=_commonest(names) or first.name,
        sphere=_commonest(spheres),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        basis=basis,
        bulletins=frozenset(a.bulletin_id for a in members),
    )


def _commonest(counts: Counter[str]) -> str | None:
    """The most frequent; of equals the first in order."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)

"""People in a bulletin: who is named, with rank and titles, where, and in which posts.

Only people in public roles become rows: a name counts with a rank, a post, a title or as a comrade (`đồng chí`);
patients, victims, suspects and passers-by never do. Names in names (`đường Nguyễn Trãi`) and historical figures are
refused.
Sources: reference/ranks.tsv, titles.tsv, positions.tsv, surnames.tsv, and the tables named in the modules used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

import regex

from pipelines.normalize.mentions import (
    BulletinText,
    OrganizationMention,
    Organizations,
    People,
    Person,
    PersonMention,
    Position,
)
from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_chains import Chain
from pipelines.normalize.person_items import Item, chains
from pipelines.normalize.person_line import Line, sentences
from pipelines.normalize.person_links import Key, Roster
from pipelines.normalize.person_sightings import PostSighting, Sighting, Untold
from pipelines.normalize.person_starts import starts
from pipelines.normalize.person_words import POST, keys_of
from pipelines.normalize.post_offices import verbs
from pipelines.normalize.posts import Owners
from pipelines.normalize.spelling import plain

_LIST = 3  # people
_CLAUSE = 60  # words between a name and a post that goes on with it
_TO_A_POST = (["giữ", "chức"], ["chức", "vụ"], ["chức", "danh"], ["nhiệm", "vụ"])
_AUTHOR = regex.compile(r"^\p{Lu}[\p{L}’']*(?: \p{Lu}[\p{L}’']*){1,4}$")


def find_people(bulletin: BulletinText, organizations: Organizations) -> People:
    """The people of a bulletin, their mentions and posts.

    bulletin       its lines; authors and photographers are looked for in the lines of zone `byline` alone
    organizations  those found in the same lines: posts point to them, and names stop where they begin

    Refused: names without a public role, heroes and historical figures, names inside other names, short names and posts
    that could be two people's. A post keeps None for an organization that is not told or not known.
    """
    return _Reading(bulletin, organizations).people()


class _Mention(NamedTuple):
    """A mention of somebody who has no number yet: people are numbered in order of place."""

    key: Key
    line: Line
    start: int
    end: int
    kind: str
    rank: str | None = None
    title: str | None = None

    def told(self, index: int) -> PersonMention:
        line, start, end = self.line, self.start, self.end
        surface = line.source[start:end]
        return PersonMention(index, line.line_no, start, end, surface, line.zone, self.kind, self.rank, self.title)


class _Position(NamedTuple):
    """A post of somebody who has no number yet. owner: index of its organization."""

    key: Key
    line: Line
    post: PostSighting
    owner: int | None
    rank: str | None

    def told(self, index: int) -> Position:
        post = self.post
        return Position(index, post.post.position, self.owner, self.rank, post.status, self.line.line_no)


class _Reading:
    def __init__(self, bulletin: BulletinText, organizations: Organizations) -> None:
        self._bulletin = bulletin
        self._organizations = organizations
        self._owners = Owners(bulletin, organizations)
        self._chains: list[Chain] = []
        self._sightings: list[Sighting] = []
        self._untold: list[Untold] = []
        self._owner: dict[tuple[int, int], int | None] = {}
        by_line: dict[int, list[OrganizationMention]] = {}
        for mention in organizations.mentions:
            by_line.setdefault(mention.line_no, []).append(mention)
        for text in bulletin.lines:
            if text.zone == "byline":
                continue
            subject: Sighting | None = None
            for line in sentences(text):
                at_words = starts(line.words, line.keys, line.openers)
                if at_words:
                    line.place(by_line.get(text.line_no, ()))
                    subject = self._read(line, at_words, subject)

    def _read(self, line: Line, at_words: list[int], subject: Sighting | None) -> Sighting | None:
        """Read a sentence. subject: the first person of the sentence before; its own is returned."""
        first: Sighting | None = None
        last: Sighting | None = None
        for items in chains(line, at_words):
            chain = Chain(line, items)
            if not chain.people and last is not None and _goes_on_with(line, last, items[0]):
                chain.speak_of(last, _status_before(line, items[0].start))
            elif chain.speaks_on and items[0].start == 0 and subject is not None and not chain.people:
                chain.speak_of(subject)
            self._chains.append(chain)
            self._sightings += chain.people
            self._untold += chain.untold
            for one in chain.people:
                last = one
                if first is None and one.full:
                    first = one
        return first or subject

    def people(self) -> People:
        roster = Roster(self._sightings)
        keys = {id(one): roster.find(one) for one in self._sightings}
        self._share_posts(keys)
        self._owner = self._owners.settle_all(self._chains, keys)
        mentions: list[_Mention] = []
        positions: list[_Position] = []
        for one in self._sightings:
            key = keys[id(one)]
            if key is None:
                continue
            mentions.append(self._mention(one, key, roster))
            for line, post in one.told_posts():
                owner = self._owner.get((id(line), post.start))
                positions.append(_Position(key, line, post, owner, one.rank))
        mentions += self._by_post(positions)
        names = dict(roster.names)
        mentions += self._credits(names)
        order = {text.line_no: number for number, text in enumerate(self._bulletin.lines)}
        mentions.sort(key=lambda one: (order[one.line.line_no], one.start, one.end, one.kind))
        positions.sort(key=lambda one: (order[one.line.line_no], one.line.source_start(one.post.start)))
        index: dict[Key, int] = {}
        for mention in mentions:
            index.setdefault(mention.key, len(index))
        return People(
            tuple([Person(names[key]) for key in index]),
            tuple([mention.told(index[mention.key]) for mention in mentions]),
            tuple([position.told(index[position.key]) for position in positions]),
            self._with_committees(),
        )

    def _share_posts(self, keys: Mapping[int, Key | None]) -> None:
        """`Thượng tá A và Thượng tá B, Phó Trưởng phòng`: both are, in a list that tells a post of all others."""
        holders = {keys[id(one)] for one in self._sightings if one.posts or one.more}
        for chain in self._chains:
            if len(chain.people) < _LIST or sum(not one.posts for one in chain.people) != 1:
                continue
            for one, other in pairwise(chain.people):
                behind = [post for post in other.posts if post.start >= other.end and post.status == "current"]
                key = keys[id(one)]
                if other.mark != "và" or one.posts or not behind or key is None or key in holders:
                    continue
                if behind[0] is other.posts[0]:
                    one.posts.append(behind[0])

    def _with_committees(self) -> Organizations:
        """The organizations found before, and those that only posts tell of."""
        if not self._owners.made:
            return self._organizations
        order = {text.line_no: number for number, text in enumerate(self._bulletin.lines)}
        mentions = [*self._organizations.mentions, *self._owners.made]
        mentions.sort(key=lambda one: (order[one.line_no], one.start, -one.end))
        return Organizations(tuple(self._owners.found), tuple(mentions))

    def _mention(self, one: Sighting, key: Key, roster: Roster) -> _Mention:
        start, end = one.line.span(one.start, one.end)
        kind = "full" if one.full and len(one.words) >= len(key) else "short"
        titles = ", ".join(one.titles) or None
        rank = one.rank
        if one.promoted_to and not roster.has_rank(key, one.promoted_to):
            rank = one.promoted_to  # nowhere else told with the new rank
        return _Mention(key, one.line, start, end, kind, rank, titles)

    def _by_post(self, positions: Iterable[_Position]) -> list[_Mention]:
        """`Đồng chí Chủ nhiệm TCHC`: the one person of the bulletin who holds that post."""
        if not self._untold:
            return []
        holders: dict[tuple[str, int | None], set[Key]] = {}
        of_any: dict[str, set[Key]] = {}
        for held in positions:
            if held.post.status != "former":
                holders.setdefault((held.post.post.position, held.owner), set()).add(held.key)
                of_any.setdefault(held.post.post.position, set()).add(held.key)
        found = []
        for one in self._untold:
            if one.post.status != "current" or not _speaks_of_one(one):
                continue
            post = one.post.post.position
            owner = self._owner.get((id(one.line), one.post.start))
            if owner is None and one.post.unknown:
                continue
            keys = holders.get((post, owner), set()) if owner is not None else of_any.get(post, set())
            if len(keys) == 1:
                start, end = one.line.span(one.start, one.post.end)
                found.append(_Mention(next(iter(keys)), one.line, start, end, "title_only"))
        return found

    def _credits(self, names: dict[Key, str]) -> list[_Mention]:
        """Authors and photographers with full names, where the byline names them."""
        if not (self._bulletin.authors or self._bulletin.photographers):
            return []
        lines = [Line(text, plain(text.text)) for text in self._bulletin.lines if text.zone == "byline"]
        if not lines:
            return []
        found = []
        for kind, people in (("author", self._bulletin.authors), ("photographer", self._bulletin.photographers)):
            for name in people:
                key = keys_of(name)
                if not _AUTHOR.match(name) or not key or key[0] not in surnames():
                    continue
                place = _place(lines, key)
                if place is not None:
                    line, at = place
                    start, end = line.span(at, at + len(key))
                    names.setdefault(key, name)
                    found.append(_Mention(key, line, start, end, kind))
        return found


def _speaks_of_one(one: Untold) -> bool:
    """A post alone is a person after `đồng chí`, or at the start of a clause before a verb; not `các Phó Tư lệnh`."""
    keys, start, end = one.line.keys, one.start, one.post.end
    before = keys[start - 1] if start else ""
    if before in ("các", "những", "mọi", "từng", "hai", "ba", "nguyên", "chức", "chức vụ") or keys[start] == "các":
        return False
    if one.addressed:
        return True
    clause = not before or before in ".,;:…!?" or before in ("do", "là", "được")
    return clause and end < len(keys) and keys[end] in verbs()


def _place(lines: Iterable[Line], key: Key) -> tuple[Line, int] | None:
    """Where a name stands first."""
    for line in lines:
        keys, at = line.keys, -1
        for _ in range(keys.count(key[0])):
            at = keys.index(key[0], at + 1)
            if tuple(keys[at : at + len(key)]) == key:
                return line, at
    return None


def _goes_on_with(line: Line, last: Sighting, post: Item) -> bool:
    """`A thôi tham gia Ban Thường vụ, để nhận nhiệm vụ Phó Giám đốc Sở X`: of A still."""
    if last.line is not line or post.start - last.end > _CLAUSE:
        return False
    between = line.keys[last.end : post.start]
    return post.kind == POST and between[-2:] in _TO_A_POST and ";" not in between and last.full


def _status_before(line: Line, at: int) -> str:
    """What `giữ chức`, `nhận nhiệm vụ` before a post tell of it: former behind `thôi`, else appointed."""
    return "former" if "thôi" in line.keys[max(0, at - 4) : at] else "appointed"

"""Which places of a bulletin speak of the same person: equal names, short names, capitals, posts without a name.

Historical figures (reference/heroes.tsv) are nobody of a bulletin, unless a rank or post that was not theirs tells of a
namesake. Who is told of as a suspect, a victim or a patient anywhere is left out everywhere: private people are no rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.normalize.person_chains import Sighting
from pipelines.normalize.person_names import heroes

Key = tuple[str, ...]


class Roster:
    """The people of a bulletin by name.

    names   key → name as written, first normal writing
    """

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        private = {one.words for one in sightings if one.private}
        public = [one for one in sightings if one.full and one.is_public() and one.words not in private]
        self.names: dict[Key, str] = {}
        self._ranks: dict[Key, set[str]] = {}
        accepted = {one.words for one in public if _is_no_hero(one)}
        plain = {one.words for one in public if not one.caps} & accepted
        longest = {one.words: _as_written(one.words, plain) for one in public if one.words in accepted}
        self._alias: dict[Key, Key] = {}
        for words, full in longest.items():
            self._alias[words] = full
        for words in sorted(set(longest.values()), key=lambda words: (len(words), words)):
            same = [other for other in set(longest.values()) if len(other) > len(words) and other[-len(words) :] == words]
            if len(same) == 1 and not self._contradict(public, words, same[0]):
                self._alias.update({one: same[0] for one, full in longest.items() if full == words})
        for one in public:
            if one.words in accepted:
                key = self._key(one.words)
                if one.words == key or key not in self.names:
                    if key not in self.names or (not one.caps and one.words == key and key not in plain):
                        self.names[key] = one.name if one.words == key else " ".join(map(str.capitalize, key))
                if one.rank:
                    self._ranks.setdefault(key, set()).add(one.rank)
        for one in public:
            if one.words in accepted and one.words == self._key(one.words) and not one.caps:
                self.names[one.words] = one.name

    def find(self, sighting: Sighting) -> Key | None:
        """The one person a place speaks of; None: nobody, or it could be two."""
        if sighting.private or sighting.refused:
            return None
        if sighting.full and sighting.words in self._alias:
            known = sighting.is_public() or sighting.words in self.names
            return self._key(sighting.words) if known and _is_no_hero_here(sighting) else None
        if sighting.full and not sighting.is_public():
            return None
        length = len(sighting.words)
        found = [
            key
            for key in self.names
            if len(key) > length
            and key[-length:] == sighting.words
            and (not sighting.rank or key not in self._ranks or sighting.rank in self._ranks[key])
        ]
        return found[0] if len(found) == 1 else None

    def _key(self, words: Key) -> Key:
        seen = 0
        while self._alias[words] != words and seen < 4:
            words, seen = self._alias[words], seen + 1
        return words

    def _contradict(self, public: Sequence[Sighting], short: Key, full: Key) -> bool:
        ranks = [{one.rank for one in public if one.words == words and one.rank} for words in (short, full)]
        return bool(ranks[0] and ranks[1] and not ranks[0] & ranks[1])


def _as_written(words: Key, plain: set[Key]) -> Key:
    """In capitals a name has no end of its own: the longest name of the bulletin it begins with, or that it begins."""
    if words in plain:
        return words
    beginning = [name for name in plain if words[: len(name)] == name]
    return max(beginning, key=len) if beginning else words


def _is_no_hero(sighting: Sighting) -> bool:
    known_as = heroes().get(sighting.words)
    if known_as is None:
        return True
    told = {post.post.position for post in sighting.posts if not post.post.soft}
    if sighting.rank:
        told.add(sighting.rank)
    cued = bool(sighting.rank or sighting.public)
    return "*" not in known_as and cued and bool(told) and not (told | set(sighting.titles)) & known_as


def _is_no_hero_here(sighting: Sighting) -> bool:
    """A namesake of a figure is met again only with a word that says so."""
    return sighting.words not in heroes() or sighting.is_public()

"""Which places of a bulletin speak of the same person: equal names, short names, capitals, posts without a name.

Historical figures (reference/heroes.tsv) are nobody of a bulletin, unless a rank or post that was not theirs tells of a
namesake. Who is told of as a suspect, a victim or a patient anywhere is left out everywhere: private people are no
rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from pipelines.normalize.person_names import heroes
from pipelines.normalize.person_sightings import Sighting
from pipelines.normalize.person_words import cues

Key = tuple[str, ...]
_OF_THE_FALLEN = frozenset(("Liệt sĩ", "Anh hùng Lực lượng vũ trang nhân dân"))
_OF_LEADERS = frozenset((
    "Chủ tịch nước", "Chủ tịch", "Tổng Bí thư", "Thủ tướng Chính phủ", "Bộ trưởng", "Luật sư", "Chủ tịch Quốc hội",
    "Tổng Tư lệnh", "Bí thư", "Tổng Tham mưu trưởng", "Phó Chủ tịch nước", "Phó Thủ tướng", "Tư lệnh", "Giáo sư",
))  # fmt: skip
_BEFORE_GIVEN = frozenset(("y", "h", "k", "a", "ka", "ha"))


class Roster:
    """The people of a bulletin by name.

    names   key → name as written, first normal writing
    """

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        private = {one.words for one in sightings if one.private}
        public = [one for one in sightings if one.full and one.is_public() and one.words not in private]
        public = [one for one in public if _is_no_hero(one)]
        plain = {one.words for one in public if not one.caps}
        self._alias = {one.words: _as_written(one.words, plain) for one in public}
        self._ranks: dict[Key, set[str]] = {}
        for one in public:
            if one.rank:
                self._ranks.setdefault(self._alias[one.words], set()).add(one.rank)
        self._join()
        self._endings: dict[Key, list[Key]] | None = None
        # Private people answer to short names too, so that theirs are given to nobody else.
        self._named = {self._alias.get(one.words, one.words): None for one in sightings if one.full}
        self.names: dict[Key, str] = {}
        for one in sorted(public, key=lambda one: one.caps):  # a name not in capitals shows how it is written
            if self._alias[one.words] == one.words:
                self.names.setdefault(one.words, one.name)

    def _by_ending(self) -> dict[Key, list[Key]]:
        """Last syllables → the people whose names end so."""
        if self._endings is None:
            self._endings = {}
            for key in self._named:
                for length in range(1, len(key)):
                    self._endings.setdefault(key[-length:], []).append(key)
        return self._endings

    def _join(self) -> None:
        """A name that ends exactly one longer name, and no rank against it, is that person's: `Hoàng Việt`.

        Names that begin with Y, H, K (Ê Đê, Cơ Ho) have the family's at the end: `Y Khem` of `Y Khem Kbuôr`.
        """
        full = set(self._alias.values())
        endings: dict[Key, list[Key]] = {}
        for words in full:
            for length in range(2, len(words)):
                endings.setdefault(words[-length:], []).append(words)
            if words[0] in _BEFORE_GIVEN and len(words) > 2:
                endings.setdefault(words[:2], []).append(words)
        shorter = [words for words in full if words in endings]
        if not shorter:
            return
        for words in sorted(shorter, key=lambda words: (-len(words), words)):
            longer = endings[words]
            if len(longer) == 1 and not self._contradict(words, longer[0]):
                target = self._alias[longer[0]]
                self._alias[words] = target
                self._ranks.setdefault(target, set()).update(self._ranks.get(words, ()))
        for words, written in self._alias.items():
            self._alias[words] = self._alias[written]

    def find(self, sighting: Sighting) -> Key | None:
        """The one person a place speaks of; None: nobody, or it could be two."""
        if sighting.private or sighting.refused:
            return None
        if sighting.full and sighting.words in self._alias:
            return self._alias[sighting.words] if _is_no_hero_here(sighting) else None
        if sighting.full and not sighting.is_public():
            return None
        found = [
            key
            for key in self._by_ending().get(sighting.words, ())
            if not sighting.rank or key not in self._ranks or sighting.rank in self._ranks[key]
        ]
        return found[0] if len(found) == 1 and found[0] in self.names else None

    def has_rank(self, key: Key, rank: str) -> bool:
        """Whether a rank is told of a person by the name alone, not by a promotion."""
        return rank in self._ranks.get(key, ())

    def _contradict(self, short: Key, full: Key) -> bool:
        ranks = self._ranks.get(short), self._ranks.get(full)
        return bool(ranks[0] and ranks[1] and not ranks[0] & ranks[1])


def _as_written(words: Key, plain: set[Key]) -> Key:
    """In capitals a name has no end of its own: the longest name of the bulletin it begins with, or that it begins."""
    if words in plain:
        return words
    beginning = [name for name in plain if words[: len(name)] == name]
    return max(beginning, key=len) if beginning else words


def _is_no_hero(sighting: Sighting) -> bool:
    """A figure's name with a rank or a post of today is somebody of today.

    Not with what the figure was known by, nor in a sentence about the past. Who is marked `*` has been everything a
    leader can be.
    """
    known_as = heroes().get(sighting.words)
    if known_as is None:
        return True
    posts = [post for post in sighting.posts if not post.post.soft]
    told = {post.post.position for post in posts} | set(sighting.titles)
    if sighting.rank:
        told.add(sighting.rank)
    if told & (known_as | _OF_THE_FALLEN) or ("*" in known_as and told & _OF_LEADERS):
        return False
    if sighting.rank:
        return not sighting.rank.endswith(("tướng", "Đô đốc")) or "*" not in known_as
    today = [post for post in posts if post.status != "former"]
    if "*" in known_as or not sighting.public:  # a post with an organization of its own
        today = [post for post in today if post.organization is not None or post.unknown]
    return bool(today) and not _speaks_of_the_past(sighting)


def _speaks_of_the_past(sighting: Sighting) -> bool:
    keys = sighting.line.keys[max(0, sighting.start - 30) : sighting.end + 30]
    return any(
        (key,) in cues("past") or pair in cues("past") or (len(key) == 4 and key.isdigit() and key < "1990")
        for key, pair in zip_longest(keys, pairwise(keys), fillvalue="")
    )


def _is_no_hero_here(sighting: Sighting) -> bool:
    """A namesake of a figure is met again only with a word that says so."""
    return sighting.words not in heroes() or sighting.is_public()

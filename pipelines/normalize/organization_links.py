"""Who is who in one bulletin: names get their owners' names, bare heads that of the organization spoken of."""

from __future__ import annotations

import re

from pipelines.normalize.mentions import BulletinText
from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_names import KIND_OF_PLACE, Named, parts
from pipelines.normalize.organization_places import Places, publisher_names
from pipelines.normalize.organization_tables import Keys, known, known_codes, known_regions

# A bare head and the heads it may stand for, where that is not the head itself.
_STANDS_FOR = {
    "Nhà trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng", "Học viện"),
    "Trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng"),
    "Cụm": ("Cụm thi đua",),
    "Công ty": ("Công ty", "Công ty cổ phần", "Công ty trách nhiệm hữu hạn"),
}
# Bodies that a hospital, a school, a company has: bare, they are those of the publisher's own house.
_OF_THE_HOUSE = frozenset(("Đảng ủy", "Đảng bộ", "Công đoàn", "Đoàn Thanh niên"))
_HOUSES = frozenset(("hospital", "school", "enterprise"))
_BRANCH = re.compile(r" \D+ (\d+[A-ZĐ]?)$")
_PREFIX = re.compile(r"QK ?(\d)")


class Links:
    """Resolves the names of one bulletin."""

    def __init__(self, bulletin: BulletinText, lines: list[Line]) -> None:
        self.bulletin, self.lines = bulletin, lines
        self.keys = Keys()
        self.choices: dict[str, tuple[list[tuple[int, int, str]], dict[str, str]]] = {}  # of a bare head
        self.full: dict[str, list[tuple[int, int, str]]] = {}  # head → (line, start, name) of its full mentions
        self.codes = dict(known_codes())
        self.bases: dict[str, dict[str, str]] = {}  # key of a name without its place → those with one
        self.publisher, self.own = publisher_names(bulletin.publisher)
        self.places = Places(self.publisher, lines)
        self.home: dict[str, str] = {}
        self.house: list[tuple[str, str]] = []
        self.host: str | None = None  # the first of `house` that has bodies of its own
        self.home = self._home()
        houses = [(self.name_of(name), name.head.kind) for name in self.own if name.own and not name.scope]
        self.house = [(words, kind) for words, kind in houses if words]
        for words, kind in self.house:
            if kind in _HOUSES:
                self.host = words
                break

    def resolve(self, outer: list[Named]) -> list[Named]:
        """All names that are known, nested ones too, in order of place, with the organization's and the owner's name
        in full."""
        every = _every(outer)
        self.places.remember(every)
        for name in (*every, *self.own):
            if (name.base or name.scope or name.place or name.head.grammar == "unit") and (base := _base(name)):
                self._remember_base(name, base)
        inner: list[Named] = []  # named with their owner's name
        for name in every:
            if name.own and not name.by_code:
                if name.head.owner == "in" and name.owner is not None:
                    inner.append(name)
                elif not name.scope:
                    name.known_as = self._with_place(name)
                    self._remember(name, name.known_as)
        for name in reversed(every):
            if name.code and not name.by_code and name.code not in name.own:
                self.codes[name.code] = name.own
        self._learn_homes()
        for name in inner:
            words = self.name_of(name)
            if words:
                self._remember(name, words)
        resolved: list[Named] = []
        for name in every:
            if name.known_as and name.head.grammar != "steering":
                name.known_as = self._in_full(name.known_as)
            else:
                name.known_as = self.name_of(name) or ""
            if name.known_as:
                resolved.append(name)
        for name in resolved:
            owner = name.owner
            if owner is not None:
                name.owned_by = owner.known_as or self.name_of(owner)
            if name.own == "" and name.head.words in _OF_THE_HOUSE:
                name.owned_by = self._house_of(name.known_as)
        return resolved

    def _remember(self, name: Named, words: str) -> None:
        if name.plural and name.place:
            return  # of a list of provinces: no bare head means one of them
        places = self.full.get(name.head.words)
        if places is None:
            places = self.full[name.head.words] = []
        places.append((name.line, name.start, words))
        if self.choices:
            self.choices.clear()

    def _remember_base(self, name: Named, base: str) -> None:
        words = self.name_of(name)
        if words:
            different = self.bases.setdefault(self.keys[base], {})
            if name.line >= 0 and not (name in self.own and different):
                different.setdefault(self.keys[words], words)

    def _house_of(self, words: str) -> str | None:
        return next((house for house, kind in self.house if kind in _HOUSES and words.endswith(" " + house)), None)

    # Names

    def name_of(self, name: Named) -> str | None:
        """The name in full; None where it hangs on one that is not known."""
        if name.by_code:
            return self.codes.get(name.own)
        if name.own == "":
            return self.spoken_of(name)
        if not name.scope:
            words = self._with_place(name)
        else:
            words = name.own
            place = self.places.spoken_of(name.scope, name.line, name.start)
            if place is None:
                return None
            words = f"{words} {place if name.head.words in KIND_OF_PLACE else name.scope + ' ' + place}"
        if name.head.owner == "in" and name.owner is not None:
            owner = self.name_of(name.owner)
            if owner is None:
                return None
            words = f"{words} {owner}{name.seat}"
        return self._in_full(words)

    def _in_full(self, words: str) -> str:
        fact = known().get(self.keys[words])
        return fact.name if fact else words

    def _with_place(self, name: Named) -> str:
        """`Sở Y tế` is the `Sở Y tế Hà Tĩnh` that the bulletin names, or that of its province."""
        if name.base or name.place or name.owner or name.head.alias == "full":
            return name.own
        different = self.bases.get(self.keys[name.own]) if self.bases else None
        if different and len(different) == 1:
            return next(iter(different.values()))
        if name.head.grammar == "steering":  # `Ban Chỉ đạo diễn tập` of the one whose task is told in full
            longer = {words for _, _, words in self.full.get(name.head.words, ()) if words.startswith(f"{name.own} ")}
            return next(iter(longer)) if len(longer) == 1 else name.own
        if name.head.words == "Sở" and not different:
            place = self.places.province(name.line, name.start)
            return f"{name.own} {place}" if place else name.own
        return name.own

    def spoken_of(self, name: Named) -> str | None:
        """The organization a bare head means."""
        bare = name.head.words
        of_house = f"{bare} {self.host}" if self.host and bare in _OF_THE_HOUSE else None
        if of_house and bare not in self.full:
            return of_house
        heads: tuple[str, ...] = _STANDS_FOR.get(bare, (bare,))
        if bare == "Hội":
            heads = tuple(sorted(head for head in self.full if head.startswith("Hội") and head != "Hội đồng"))
        choice = self.choices.get(bare)
        if choice is None:
            full = sorted(place for head in heads for place in self.full.get(head, ()))
            choice = self.choices[bare] = full, {self.keys[words]: words for _, _, words in full}
        full, different = choice
        if len(different) == 1:
            return next(iter(different.values()))
        home = of_house or next((self.home[head] for head in heads if head in self.home), None)
        if not different:
            kind = KIND_OF_PLACE.get(bare)
            place = self.places.spoken_of(kind, name.line, name.start) if kind else None
            return f"{bare} {place}" if place else home
        before = [(line, start, words) for line, start, words in full if (line, start) < (name.line, name.start)]
        if before and before[-1][0] == name.line and self._introduced(*before[-1][:2]):
            return before[-1][2]
        if home and self.keys[home] in different:
            return home
        if name.lower:
            return None
        if (
            before
            and before[-1][0] != name.line
            and (titled := {words for line, _, words in full if self._titles(line)})
        ):
            if bare == "Hội" and len(titled) > 1:
                return None  # of two societies that the bulletin is about
            return before[-1][2] if before[-1][2] in titled or len(titled) > 1 else next(iter(titled))
        return before[-1][2] if before else None

    def _introduced(self, line: int, start: int) -> bool:
        """`Về phía Bệnh viện Tim mạch miền Trung có …`: what follows is of this one."""
        return self.lines[line].low.endswith("phía ", 0, start)

    def _titles(self, line: int) -> bool:
        return self.lines[line].place.zone == "title"

    def _home(self) -> dict[str, str]:
        """Head → the publisher's own organization."""
        home: dict[str, str] = {}
        prefix = _PREFIX.match(self.bulletin.agency_prefix or "")
        if prefix:
            home["Quân khu"] = f"Quân khu {prefix[1]}"
        for name in self.own:
            words = self.name_of(name) if name.own and name.head.alias == "yes" and not name.scope else None
            if words:
                home.setdefault(name.head.words, words)
        return home

    def _learn_homes(self) -> None:
        """A Quân khu never named is the one a known organization of the bulletin belongs to, if they agree."""
        if "Quân khu" in self.full or "Quân khu" in self.home:
            return
        regions = known_regions()
        parents = {
            region
            for places in self.full.values()
            for _, _, words in places
            if (region := regions.get(self.keys[words]))
        }
        if len(parents) == 1:
            self.home["Quân khu"] = next(iter(parents))


def _every(outer: list[Named]) -> list[Named]:
    """The names, which are in order of place, and their owners, each once, the longer of two at one place first."""
    owners: list[Named] = []
    for name in outer:
        if name.owner is not None:
            owners += parts(name)[1:]
    if not owners:
        return outer
    every = outer + owners
    every.sort(key=lambda name: (name.line, name.start, -name.full))
    unique: dict[tuple[int, int, int, str], Named] = {}
    for name in every:
        unique.setdefault((name.line, name.start, name.end, name.head.words), name)
    return list(unique.values())


def _base(name: Named) -> str:
    """The name without its place, or with nothing but its number; '' where that is all of it."""
    if name.base or name.scope:
        return name.base or name.own
    if name.own and name.head.grammar == "unit" and (number := _BRANCH.match(name.own, len(name.head.words))):
        return f"{name.head.words} {number[1]}"  # Lữ đoàn Phòng không 214
    return name.own[: -len(name.place)].strip() if name.place and name.own.endswith(name.place) else ""

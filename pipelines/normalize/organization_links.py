"""Who is who in one bulletin: names get their owners' names, bare heads that of the organization spoken of."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_names import KIND_OF_PLACE, Named
from pipelines.normalize.organization_tables import CAPITAL, key, known
from pipelines.normalize.organization_words import NameReader

# A bare head and the heads it may stand for, where that is not the head itself.
_STANDS_FOR = {
    "Nhà trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng", "Học viện"),
    "Trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng"),
    "Cụm": ("Cụm thi đua",),
    "Công ty": ("Công ty", "Công ty cổ phần", "Công ty trách nhiệm hữu hạn"),
}
_PLACE = re.compile(r"(tỉnh|thành phố|thị xã|huyện|xã|phường|quận) (\S.*)", re.IGNORECASE)
# Grammars of names that texts cut short, and where: before a place.
_CUT_SHORT = frozenset(("field", "proper", "school", "steering", "hoi"))
_REST = re.compile(rf" (?=(?:(?:tỉnh|thành phố|huyện|quận|xã|phường|vùng|khu vực) )?{CAPITAL})")
_PREFIX = re.compile(r"QK ?(\d)")


class Resolved(NamedTuple):
    """A mention with its organization's name in full, and that of the owner told with it."""

    name: Named
    words: str
    owner: str | None


class Links:
    """Resolves the names of one bulletin."""

    def __init__(self, bulletin: BulletinText, lines: list[Line]) -> None:
        self.bulletin, self.lines = bulletin, lines
        self.keys: dict[str, str] = {}
        self.choices: dict[str, tuple[list[tuple[int, int, str]], dict[str, str]]] = {}  # of a bare head
        self.full: dict[str, list[tuple[int, int, str]]] = {}  # head → (line, start, name) of its full mentions
        self.home = self._home()
        self.places: dict[str, set[str]] = {}
        self.cut_short: set[str] = set()  # heads of names that texts cut short
        self.full_names: dict[str, str] = {}
        self.spoken_places: dict[str, str | None] = {}

    def resolve(self, outer: list[Named]) -> list[Resolved]:
        """All names that are known, nested ones too, in order of place."""
        every = [part for name in outer for part in _parts(name)]
        every.sort(key=lambda name: (name.line, name.start, -name.full))
        unique: dict[tuple[int, int, int, str], Named] = {}
        for name in every:
            unique.setdefault((name.line, name.start, name.end, name.head.words), name)
        every = list(unique.values())
        for name in every:
            if name.own and not name.scope and (name.head.owner != "in" or name.owner is None):
                self._remember(name, name.own)
            place = _PLACE.match(name.place)
            if place:
                self.places.setdefault(place[1].lower(), set()).add(place[2])
            elif name.head.words in KIND_OF_PLACE and len(name.own) > len(name.head.words):
                rest = name.own[len(name.head.words) + 1 :]
                self.places.setdefault(KIND_OF_PLACE[name.head.words], set()).add(rest)
        self._learn_homes()
        for name in every:
            if name.own and (name.scope or (name.head.owner == "in" and name.owner is not None)):
                words = self.name_of(name)
                if words:
                    self._remember(name, words)
        self._learn_full_names()
        resolved: list[Resolved] = []
        words_of = {id(name): self.name_of(name) for name in every}
        for name in every:
            words = words_of[id(name)]
            if words:
                owner = name.owner
                of = None if owner is None else words_of[id(owner)] if id(owner) in words_of else self.name_of(owner)
                resolved.append(Resolved(name, words, of))
        return resolved

    def key(self, words: str) -> str:
        """`key`, worked out once for each name of the bulletin."""
        found = self.keys.get(words)
        if found is None:
            found = self.keys[words] = key(words)
        return found

    def _remember(self, name: Named, words: str) -> None:
        if name.head.grammar in _CUT_SHORT:
            self.cut_short.add(name.head.words)
        self.full.setdefault(name.head.words, []).append((name.line, name.start, words))
        self.choices.clear()

    def _learn_full_names(self) -> None:
        """`Sở Y tế` is the only `Sở Y tế Hà Tĩnh` of the bulletin: names cut short before a place all know."""
        longer: dict[str, dict[str, str]] = {}
        for head, places in self.full.items():
            if head in self.cut_short:
                for words in {words for _, _, words in places}:
                    for rest in _REST.finditer(words):
                        longer.setdefault(self.key(words[: rest.start()]), {})[self.key(words)] = words
        self.full_names = {short: next(iter(full.values())) for short, full in longer.items() if len(full) == 1}

    # Names

    def name_of(self, name: Named) -> str | None:
        """The name in full; None where it hangs on one that is not known."""
        if name.own == "":
            return self.spoken_of(name)
        words = name.own
        if name.scope:
            place = self._place_spoken_of(name.scope)
            if place is None:
                return None
            words = f"{words} {place if name.head.words in KIND_OF_PLACE else name.scope + ' ' + place}"
        if name.head.owner == "in" and name.owner is not None:
            owner = self.name_of(name.owner)
            if owner is None:
                return None
            between = self.lines[name.line].text[name.end : name.owner.start] if name.head.words == "Ủy ban" else " "
            words = f"{words} của {owner}" if between == " của " else f"{words} {owner}"
        elif name.head.grammar in _CUT_SHORT:
            words = self.full_names.get(self.key(words), words)
        fact = known().get(self.key(words))
        return fact.name if fact else words

    def spoken_of(self, name: Named) -> str | None:
        """The organization a bare head means."""
        heads = _STANDS_FOR.get(name.head.words, (name.head.words,))
        if name.head.words not in self.choices:
            full = sorted(place for head in heads for place in self.full.get(head, ()))
            self.choices[name.head.words] = full, {self.key(words): words for _, _, words in full}
        full, different = self.choices[name.head.words]
        home = next((self.home[head] for head in heads if head in self.home), None)
        if len(different) == 1:
            return next(iter(different.values()))
        if not different:
            kind = KIND_OF_PLACE.get(name.head.words)
            place = self._place_spoken_of(kind) if kind else None
            return f"{name.head.words} {place}" if place else home
        if home and self.key(home) in different:
            return home
        if name.lower:
            return None
        before = [words for line, start, words in full if (line, start) < (name.line, name.start)]
        return before[-1] if before else None

    def _place_spoken_of(self, kind: str) -> str | None:
        """The one `tỉnh` of the bulletin's organizations, else of its text; of several one most spoken of, if any."""
        if kind not in self.spoken_places:
            of = self.places.get(kind)
            if not of:
                names = re.compile(rf"(?<!\w){kind} ({CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,2}})")
                of = {found[1] for line in self.lines for found in names.finditer(line.text)}
            if len(of) > 1:
                counts = sorted(
                    ((sum(line.text.count(name) for line in self.lines), name) for name in of), reverse=True
                )
                of = {counts[0][1]} if counts[0][0] >= 2 * counts[1][0] else set()
            self.spoken_places[kind] = next(iter(of), None)
        return self.spoken_places[kind]

    def _home(self) -> dict[str, str]:
        """Head → the publisher's own organization."""
        home: dict[str, str] = {}
        prefix = _PREFIX.match(self.bulletin.agency_prefix or "")
        if prefix:
            home["Quân khu"] = f"Quân khu {prefix[1]}"
        if self.bulletin.publisher:
            for line in read_lines((TextLine(0, "title", self.bulletin.publisher[:200]),)):
                for outer in NameReader(line, 0).names():
                    for name in _parts(outer):
                        if name.own and name.head.alias == "yes" and not name.scope:
                            home.setdefault(name.head.words, name.own)
        return home

    def _learn_homes(self) -> None:
        """A Quân khu never named is the one a known organization of the bulletin belongs to, if they agree."""
        if "Quân khu" in self.full or "Quân khu" in self.home:
            return
        parents = {
            fact.parent
            for places in self.full.values()
            for _, _, words in places
            if (fact := known().get(self.key(words))) and fact.parent and fact.parent.startswith("Quân khu")
        }
        if len(parents) == 1:
            self.home["Quân khu"] = next(iter(parents))


def _parts(name: Named) -> list[Named]:
    """The name and its owners."""
    found = [name]
    while name.owner is not None and len(found) < 10:
        name = name.owner
        found.append(name)
    return found

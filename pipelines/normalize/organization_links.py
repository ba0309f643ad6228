"""Who is who in one bulletin: bare heads get their name, variants become one organization, owners become parents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.normalize.mentions import BulletinText, Organization, OrganizationMention, Organizations, TextLine
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_names import KIND_OF_PLACE, Named
from pipelines.normalize.organization_tables import CAPITAL, Known, key, known, provinces, spheres_of_words
from pipelines.normalize.organization_words import NameReader

# A bare head and the heads it may stand for, where that is not the head itself.
_STANDS_FOR = {
    "Nhà trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng", "Học viện"),
    "Trường": ("Trường", "Trường Đại học", "Trường Sĩ quan", "Trường Cao đẳng"),
    "Cụm": ("Cụm thi đua",),
    "Công ty": ("Công ty", "Công ty cổ phần", "Công ty trách nhiệm hữu hạn"),
}
_PLACE = re.compile(r"(tỉnh|thành phố|thị xã|huyện|xã|phường|quận) (\S.*)", re.IGNORECASE)
_PREFIX = re.compile(r"QK ?(\d)")


@dataclass(slots=True)
class _Entry:
    """An organization in the making."""

    name: str
    head_words: str
    kind: str
    sphere: str
    parent: str | None = None
    code: str | None = None
    abbreviation: str | None = None
    places: list[tuple[Named, int, str]] = field(default_factory=list)


class Links:
    """Resolves the names of one bulletin."""

    def __init__(self, bulletin: BulletinText, lines: list[Line]) -> None:
        self.bulletin, self.lines = bulletin, lines
        self.keys: dict[str, str] = {}
        self.choices: dict[str, tuple[list[tuple[int, int, str]], dict[str, str]]] = {}  # of a bare head
        self.full: dict[str, list[tuple[int, int, str]]] = {}  # head → (line, start, name) of its full mentions
        self.home = self._home()
        self.places: dict[str, set[str]] = {}

    def resolve(self, outer: list[Named]) -> Organizations:
        """All mentions, nested ones too, put to their organizations."""
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
        self._learn_homes()
        for name in every:
            if name.head.owner == "in" and name.owner is not None and name.own:
                words = self.name_of(name)
                if words:
                    self._remember(name, words)
        named = [(name, words) for name in every if (words := self.name_of(name))]
        return self._merge(named)

    def _key(self, words: str) -> str:
        """`key`, worked out once for each name of the bulletin."""
        found = self.keys.get(words)
        if found is None:
            found = self.keys[words] = key(words)
        return found

    def _remember(self, name: Named, words: str) -> None:
        self.full.setdefault(name.head.words, []).append((name.line, name.start, words))
        self.choices.clear()

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
            words = f"{words} {owner}"
        fact = known().get(self._key(words))
        return fact.name if fact else words

    def spoken_of(self, name: Named) -> str | None:
        """The organization a bare head means."""
        heads = _STANDS_FOR.get(name.head.words, (name.head.words,))
        if name.head.words not in self.choices:
            full = sorted(place for head in heads for place in self.full.get(head, ()))
            self.choices[name.head.words] = full, {self._key(words): words for _, _, words in full}
        full, different = self.choices[name.head.words]
        home = next((self.home[head] for head in heads if head in self.home), None)
        if len(different) == 1:
            return next(iter(different.values()))
        if not different:
            kind = KIND_OF_PLACE.get(name.head.words)
            place = self._place_spoken_of(kind) if kind else None
            return f"{name.head.words} {place}" if place else home
        if home and self._key(home) in different:
            return home
        if name.lower:
            return None
        before = [words for line, start, words in full if (line, start) < (name.line, name.start)]
        return before[-1] if before else None

    def _place_spoken_of(self, kind: str) -> str | None:
        """The one `tỉnh` of the bulletin's organizations, else of its text; None where there are several."""
        of = self.places.get(kind)
        if of is None:
            names = re.compile(rf"(?<!\w){kind} ({CAPITAL}\w*(?:[ -]{CAPITAL}\w*){{0,2}})")
            of = self.places[kind] = {found[1] for line in self.lines for found in names.finditer(line.text)}
        return next(iter(of)) if len(of) == 1 else None

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
            if (fact := known().get(self._key(words))) and fact.parent and fact.parent.startswith("Quân khu")
        }
        if len(parents) == 1:
            self.home["Quân khu"] = next(iter(parents))

    # Organizations

    def _merge(self, named: list[tuple[Named, str]]) -> Organizations:
        parents: dict[str, list[str]] = {}
        for name, words in named:
            owner = self._parent_said(name)
            if owner and self._key(owner) not in map(self._key, parents.setdefault(self._key(words), [])):
                parents[self._key(words)].append(owner)
        entries: dict[tuple[str, str], _Entry] = {}
        last: dict[str, str] = {}
        by_code = {name.code: words for name, words in reversed(named) if name.code and not words.endswith(name.code)}
        named = [(name, by_code.get(name.code, words) if name.code else words) for name, words in named]
        for name, words in named:
            of = parents.get(self._key(words), [])
            said = self._parent_said(name)
            parent = said or (of[0] if len(of) == 1 else last.get(self._key(words)) if of else None)
            if said:
                last[self._key(words)] = said
            entry = entries.setdefault(
                (self._key(words), self._key(parent or "")),
                _Entry(words, name.head.words, name.head.kind, name.head.sphere, parent),
            )
            entry.code = entry.code or name.code
            if len(words) > len(entry.name):
                entry.name = words
            entry.places.append((name, len(entry.places), words))
        listed = list(entries.values())
        names = {self._key(entry.name): entry.name for entry in listed}
        found, mentions = [], []
        for index, entry in enumerate(listed):
            found.append(self._organization(entry, names))
            for name, _, _ in entry.places:
                mentions.append(self._mention(index, name))
        mentions.sort(key=lambda one: (one.line_no, one.start, -one.end))
        return Organizations(tuple(self._with_regions(found)), tuple(mentions))

    def _parent_said(self, name: Named) -> str | None:
        return self.name_of(name.owner) if name.owner is not None else None

    def _organization(self, entry: _Entry, names: dict[str, str]) -> Organization:
        fact: Known | None = known().get(self._key(entry.name))
        parent = entry.parent
        if parent is None and fact and fact.parent:
            parent = names.get(self._key(fact.parent))
        if parent is None and entry.head_words == "Cục" and entry.name in _OF_A_REGION:
            home = self.home.get("Quân khu")
            parent = names.get(self._key(home)) if home else None
        code = entry.code or (fact.unit_code if fact else None)
        sphere = (fact.sphere if fact else None) or entry.sphere or None
        if entry.head_words in {"Bộ"}:
            sphere = fact.sphere if fact else "state"
        if code and not sphere:
            sphere = "police"
            parent = parent or names.get(self._key("Bộ Công an"))
        if sphere is None:
            low = entry.name.lower()
            sphere = next((of for words, of in spheres_of_words() if words in low), None)
        shortened = entry.abbreviation or self._abbreviation(entry) or (fact.abbreviation if fact else None)
        return Organization(
            entry.name, parent, shortened, code, entry.kind, sphere, fact.military_region if fact else None
        )

    def _abbreviation(self, entry: _Entry) -> str | None:
        """As printed where the bulletin writes the name as one abbreviation."""
        for name, _, _ in entry.places:
            line = self.lines[name.line]
            if name.own and line.shortened(name.start, name.end):
                start, end = line.span(name.start, name.end)
                return line.place.text[start:end]
        return None

    def _mention(self, index: int, name: Named) -> OrganizationMention:
        line = self.lines[name.line]
        start, end = line.span(name.start, name.full)
        kind = "alias" if name.own == "" or name.scope else "name"
        if kind == "name" and line.shortened(name.start, name.full):
            kind = "abbreviation"
        return OrganizationMention(
            index, line.place.line_no, start, end, line.place.text[start:end], line.place.zone, kind
        )

    def _with_regions(self, found: list[Organization]) -> list[Organization]:
        """Military region and sphere from the name, the province or the chain of parents."""
        by_name = {self._key(one.name): one for one in found}
        out = []
        for one in found:
            region, sphere = one.military_region, one.sphere
            at: Organization | None = one
            for _ in range(8):
                if at is None:
                    break
                number = re.search(r"Quân khu (\d)$", at.name)
                region = region or at.military_region or (number[1] if number else None)
                sphere = sphere or at.sphere
                at = by_name.get(self._key(at.parent)) if at.parent else None
            place = re.match(r"(?:Bộ|Ban) Chỉ huy quân sự tỉnh (.+)", one.name, re.IGNORECASE)
            if place and region is None:
                region = provinces().get(place[1].lower()) or None
            out.append(Organization(one.name, one.parent, one.abbreviation, one.unit_code, one.kind, sphere, region))
        return out


_OF_A_REGION = {"Cục Hậu cần", "Cục Kỹ thuật", "Cục Chính trị", "Cục Hậu cần - Kỹ thuật", "Bộ Tham mưu"}


def _parts(name: Named) -> list[Named]:
    """The name and its owners."""
    found = [name]
    while name.owner is not None and len(found) < 10:
        name = name.owner
        found.append(name)
    return found

"""One organization for all mentions of a name: variants put together, parents, codes, sphere and region found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.normalize.mentions import Organization, OrganizationMention, Organizations
from pipelines.normalize.organization_lines import Line
from pipelines.normalize.organization_links import Links
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import Head, known, name_words, provinces, sphere_of_words
from pipelines.normalize.phrase_patterns import phrase_pattern
from pipelines.reference import table

# Offices that every military region has: without an owner told they are the publisher's own region's.
_OF_A_REGION = frozenset(("Bộ Tham mưu", "Cục Hậu cần", "Cục Kỹ thuật", "Cục Chính trị", "Cục Hậu cần - Kỹ thuật"))
_REGION = re.compile(r"Quân khu (\d)$")
_MILITARY_COMMAND = re.compile(r"(?:bộ|ban) chỉ huy quân sự tỉnh (.+)")


@dataclass(slots=True)
class _Entry:
    """An organization in the making."""

    name: str
    head: Head
    parent: str | None
    code: str | None
    short: str
    flat: bool  # known only from lines without case
    places: list[Named]


@cache
def _rooms() -> dict[str, str]:
    """Full name of a room that every province's police has → its code."""
    return {f"Phòng {row['field']}": row["code"] for row in table("police_rooms")}


@cache
def _forms() -> re.Pattern[str]:
    """Legal forms in names of enterprises."""
    return re.compile(phrase_pattern(words for words, kind in name_words().items() if kind == "form") + " *")


def _without_form(key: str) -> str:
    return _forms().sub("", key).strip()


class Merge:
    """The organizations of one bulletin out of its resolved names."""

    def __init__(self, links: Links, lines: list[Line]) -> None:
        self.links = links
        self.keys = links.keys
        self.lines = lines

    def organizations(self, resolved: list[Named]) -> Organizations:
        """In order of first mention; mentions in order of place, the longer of two at one place first."""
        self._join_codes(resolved)
        self._join_forms(resolved)
        entries = list(self._entries(resolved).values())
        names = {self.keys[entry.name]: entry.name for entry in entries}
        found = [self._organization(entry, names) for entry in entries]
        mentions: list[OrganizationMention] = []
        for index, entry in enumerate(entries):
            mentions += self._mentions(index, entry.places)
        mentions += self._codes(entries, mentions)
        mentions.sort(key=lambda one: (one.line_no, one.start, -one.end))
        return Organizations(tuple(self._from_parents(found)), tuple(mentions))

    @staticmethod
    def _join_codes(resolved: list[Named]) -> None:
        """`Phòng PC07` is the one the text calls `Phòng Cảnh sát … (PC07)`."""
        coded = [name for name in resolved if name.code]
        if not coded:
            return
        full = {name.code: name.known_as for name in reversed(coded) if name.code and name.code not in name.known_as}
        for name in resolved:
            code = _rooms().get(name.known_as)
            if code:
                full.setdefault(code, name.known_as)
        for name in coded:
            name.known_as = full.get(name.code or "", name.known_as)

    def _join_forms(self, resolved: list[Named]) -> None:
        """`Ngân hàng Đại Phú` is the one the text calls `Ngân hàng Thương mại cổ phần Đại Phú`; so is the short name
        that a bracket gave it, `VietinBank`."""
        whole: dict[str, set[str]] = {}
        brands: dict[str, str] = {}
        for name in resolved:
            if name.head.kind == "enterprise":
                whole.setdefault(_without_form(self.keys[name.known_as]), set()).add(name.known_as)
            if name.short:
                brands[self.keys[name.short]] = name.known_as
        full = {
            short: max(names, key=lambda name: (len(name), name))  # not the order of a set where two are as long
            for short, names in whole.items()
            if len({*map(self.keys.__getitem__, names)}) == 2
        }
        if not full and not brands:
            return
        for name in resolved:
            name.known_as = brands.get(self.keys[name.known_as], name.known_as)
            if name.head.kind == "enterprise":
                name.known_as = full.get(self.keys[name.known_as], name.known_as)

    def _entries(self, resolved: list[Named]) -> dict[tuple[str, str], _Entry]:
        """One for each name and parent. A name without parent is the one of that name last told with one."""
        keys = self.keys
        parents: dict[str, str] = {}  # the first told
        for name in resolved:
            if name.owned_by:
                parents.setdefault(keys[name.known_as], keys[name.owned_by])
        entries: dict[tuple[str, str], _Entry] = {}
        last = parents.copy()
        for name in resolved:
            words, flat = name.known_as, self.lines[name.line].flat
            own = keys[words]
            if name.owned_by:
                last[own] = keys[name.owned_by]
            parent = last.get(own)
            entry = entries.get((own, parent or ""))
            if entry is None:
                entries[own, parent or ""] = _Entry(words, name.head, parent, name.code, name.short, flat, [name])
                continue
            if words != entry.name and self._is_better(words, flat, entry):
                entry.name = words
            entry.flat = entry.flat and flat
            entry.code = entry.code or name.code
            entry.short = entry.short or name.short
            entry.places.append(name)
        return entries

    @staticmethod
    def _is_better(words: str, flat: bool, entry: _Entry) -> bool:
        """Whether these words are the better name: from a line with case, or the longer one."""
        return (entry.flat and not flat) or (flat == entry.flat and len(words) > len(entry.name))

    def _organization(self, entry: _Entry, names: dict[str, str]) -> Organization:
        fact = known().get(self.keys[entry.name])
        parent = names.get(entry.parent) if entry.parent else None
        if parent is None and fact and fact.parent:
            parent = names.get(self.keys[fact.parent])
        home = self.links.home.get("Quân khu")
        if parent is None and home and entry.name in _OF_A_REGION:
            parent = names.get(self.keys[home])
        code = entry.code or (fact.unit_code if fact else None)
        sphere = (fact.sphere if fact else None) or entry.head.sphere or None
        if code and not code.startswith("P"):  # that of a Cục; a province's rooms have PC02, PA08
            parent = parent or names.get(self.keys["Bộ Công an"])
        if code and not sphere:
            sphere = "police"
        if sphere is None:
            sphere = sphere_of_words(entry.name)
        short = self._abbreviation(entry) or entry.short or (fact.abbreviation if fact else None)
        region = fact.military_region if fact else None
        return Organization(entry.name, parent, short, code, entry.head.kind, sphere, region)

    def _abbreviation(self, entry: _Entry) -> str | None:
        """As printed where the bulletin writes the name as one abbreviation."""
        for name in entry.places:
            line = self.lines[name.line]
            if line.moved and name.own and line.shortened(name.start, name.end):
                start, end = line.span(name.start, name.end)
                return line.place.text[start:end]
        return None

    def _mentions(self, index: int, places: list[Named]) -> list[OrganizationMention]:
        """Those of one organization."""
        found = []
        for name in places:
            line = self.lines[name.line]
            start, end = (line if line.moved else line.shown).span(name.start, name.full)
            kind = "alias" if name.own == "" or name.scope else "name"
            if line.moved and kind == "name" and line.shortened(name.start, name.full):
                kind = "abbreviation"
            line_no, zone, text = line.place
            found.append(OrganizationMention(index, line_no, start, end, text[start:end], zone, kind))
        return found

    def _codes(self, entries: list[_Entry], mentions: list[OrganizationMention]) -> list[OrganizationMention]:
        """Places of unit codes and short names that the text has told, outside longer names: `H06`, `Sohopharma`."""
        codes = {entry.code: index for index, entry in enumerate(entries) if entry.code}
        codes |= {entry.short: index for index, entry in enumerate(entries) if entry.short}
        if not codes:
            return []
        pattern = re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, codes))})(?![\w/-])")
        inside = {(one.line_no, place) for one in mentions for place in range(one.start, one.end)}
        found = []
        for line in self.lines:
            for code in pattern.finditer(line.text):
                start, end = line.span(*code.span())
                place = line.place
                if (place.line_no, start) not in inside:
                    words = place.text[start:end]
                    index = codes[code[0]]
                    kind = "unit_code" if entries[index].code == code[0] else "abbreviation"
                    found.append(OrganizationMention(index, place.line_no, start, end, words, place.zone, kind))
        return found

    def _from_parents(self, found: list[Organization]) -> list[Organization]:
        """Military region and sphere from the name, the province or the chain of parents."""
        by_name = {self.keys[one.name]: one for one in found}
        out = []
        for one in found:
            region, sphere = one.military_region, one.sphere
            at: Organization | None = one
            for _ in range(8):
                if at is None or (region and sphere):
                    break
                number = _REGION.search(at.name) if "Quân khu" in at.name else None
                region = region or at.military_region or (number[1] if number else None)
                sphere = sphere or at.sphere
                at = by_name.get(self.keys[at.parent]) if at.parent else None
            place = None if region or one.name[0] not in "bB" else _MILITARY_COMMAND.match(one.name.lower())
            if place:
                region = provinces().get(place[1]) or None
            if (region, sphere) != (one.military_region, one.sphere):
                one = Organization(  # noqa: PLW2901
                    one.name, one.parent, one.abbreviation, one.unit_code, one.kind, sphere, region
                )
            out.append(one)
        return out

"""The organizations of a bulletin: one entry for each, however often and in whatever form it is named."""

from __future__ import annotations

from pipelines.normalize.mentions import BulletinText, Organizations
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_links import Links
from pipelines.normalize.organization_merge import Merge
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_words import NameReader


def find_organizations(bulletin: BulletinText) -> Organizations:
    """The organizations named in title, lead, body and captions, with every mention.

    names    in full: abbreviations written out, the owner's name where it is part of the name
    aliases  a bare `Quân khu` is the one spoken of: the nearest named before it, else the only one named, else the
             publisher's own, else no mention
    left out what has no name of its own (`các cơ quan, đơn vị`), events, streets, people, bylines
    source   own grammar over reference/organization_heads.tsv, name_words.tsv and organizations.tsv
    """
    lines = read_lines(bulletin.lines)
    names: list[Named] = []
    for index, line in enumerate(lines):
        if not line.flat:
            names += NameReader(line, index).names()
    learned = _learned(lines, names)
    for index, line in enumerate(lines):
        if line.flat:
            names += NameReader(line, index, learned).names()
    links = Links(bulletin, lines)
    return Merge(links, lines).organizations(links.resolve(names))


def _learned(lines: list[Line], names: list[Named]) -> dict[str, list[str]]:
    """First syllable → names as printed in lines with case, longest first; for the lines without."""
    if not any(line.flat for line in lines):
        return {}
    words = {lines[name.line].low[name.start : name.end] for name in names}
    learned: dict[str, list[str]] = {}
    for one in sorted(words, key=lambda one: (-len(one), one)):
        learned.setdefault(one.split(" ", 1)[0], []).append(one)
    return learned

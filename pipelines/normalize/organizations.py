"""The organizations of a bulletin: one entry for each, however often and in whatever form it is named."""

from __future__ import annotations

from pipelines.normalize.mentions import BulletinText, Organizations
from pipelines.normalize.organization_lines import Line, read_lines
from pipelines.normalize.organization_links import Links
from pipelines.normalize.organization_merge import Merge
from pipelines.normalize.organization_names import Named, parts
from pipelines.normalize.organization_owners import Owners
from pipelines.normalize.organization_words import NameReader, heads_in


def find_organizations(bulletin: BulletinText) -> Organizations:
    """The organizations named in title, lead, body and captions, with every mention.

    names    in full: abbreviations written out, the owner's name where it is part of the name
    aliases  a bare `Quân khu` is the one spoken of: the nearest named before it, else the only one named, else the
             publisher's own, else no mention
    left out what has no name of its own (`các cơ quan, đơn vị`), events, streets, people, bylines
    source   grammar of own making over reference/organization_heads.tsv and name_words.tsv
    """
    lines = read_lines(bulletin.lines)
    links = Links(bulletin, lines)
    names: list[Named] = []
    without_case: list[int] = []
    heads = heads_in(lines)
    for index, line in enumerate(lines):
        if line.flat:
            without_case.append(index)
        elif heads[index]:
            names += NameReader(line, index, {}).names(heads[index])
    if without_case:
        learned = _learned(lines, names, links)
        for index in without_case:
            names += NameReader(lines[index], index, learned).names(heads[index])
        names.sort(key=lambda name: name.line)
    return Merge(links, lines).organizations(Owners(links, lines).give(links.resolve(names)))


def _learned(lines: list[Line], names: list[Named], links: Links) -> dict[str, list[str]]:
    """First syllable → names as printed in lines with case and in the publisher's, longest first; for lines without."""
    words = {lines[part.line].low[part.start : part.end] for name in names for part in parts(name)}
    if links.publisher and not links.publisher.flat:
        words |= {links.publisher.low[part.start : part.end] for part in links.own}
    learned: dict[str, list[str]] = {}
    for one in sorted(words, key=lambda one: (-len(one), one)):
        learned.setdefault(one.split(" ", 1)[0], []).append(one)
    return learned

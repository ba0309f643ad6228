"""Awards of a line, joined with the organizations and people it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TypeVar

from pipelines.normalize.award_names import AwardName, find_award_names
from pipelines.normalize.mentions import Award, OrganizationMention, Organizations, People, PersonMention

_Mention = TypeVar("_Mention", OrganizationMention, PersonMention)


def find_awards(line_no: int, zone: str, text: str, organizations: Organizations, people: People) -> list[Award]:
    """The awards a line says were given or proposed, in order of position.

    line_no   of the line, as in the mentions of organizations and people
    zone      its role; bylines give nothing
    giver     the organization named behind `của`, between `được` or `đề nghị` and the verb, or as the subject right
              before the verb. Somebody who hands the award over is not its giver
    rows      one for each person, or organization, it is given to by name; else one with the counts
    left out  awards that are only aimed at or spoken of
    """
    if zone == "byline":
        return []
    names = [name for name in find_award_names(text) if name.status is not None]
    if not names:
        return []
    units = sorted((mention for mention in organizations.mentions if mention.line_no == line_no), key=_start)
    persons = sorted((mention for mention in people.mentions if mention.line_no == line_no), key=_start)
    awards = []
    for name in names:
        giver = _giver(name, units, persons)
        status = "proposed" if name.status == "proposed" else "given"
        named = _receivers(name, units, persons, organizations)
        groups, people_told = _counts(name, named)
        for person, unit in named or [(None, None)]:
            awards.append(
                Award(name.name, giver, groups, people_told, person, unit, status, line_no, name.start, name.end)
            )
    return awards


def distinct_awards(awards: Iterable[Award]) -> list[Award]:
    """The awards of a bulletin without those of which another line tells as much or more: a caption repeats the text.

    Two are the same where name and status are, and nothing known of one contradicts the other. Order is kept.
    """
    kept: list[Award] = []
    for award in awards:
        if any(_covers(other, award) for other in kept):
            continue
        kept = [other for other in kept if not _covers(award, other)]
        kept.append(award)
    return kept


def _covers(more: Award, less: Award) -> bool:
    if (more.award, more.status) != (less.award, less.status):
        return False
    facts = ("giver", "groups", "persons", "person", "organization")
    return all(getattr(less, fact) in {None, getattr(more, fact)} for fact in facts)


def _giver(name: AwardName, units: list[OrganizationMention], persons: list[PersonMention]) -> int | None:
    for start, end in name.givers:
        longest = next((unit for unit in _within(units, start, end) if unit.end == end), None)
        if longest:
            return None if _within(persons, start, end) else longest.index
    return None


def _receivers(
    name: AwardName, units: list[OrganizationMention], persons: list[PersonMention], organizations: Organizations
) -> list[tuple[int | None, int | None]]:
    """(person, None) or (None, organization) for each that gets it by name; none where counts are told."""
    if name.receiver is None or name.groups is not None or name.persons is not None:
        return []
    start, end = name.receiver
    named = {person.index: None for person in _within(persons, start, end)}
    if named:
        return [(index, None) for index in named]
    found = organizations.found
    chosen: list[OrganizationMention] = []
    for unit in _outermost(_within(units, start, end)):
        if chosen and found[chosen[-1].index].parent == found[unit.index].name:
            continue  # `Trung đoàn 31, Sư đoàn 309`: whose it is
        chosen.append(unit)
    if name.receiver[1] <= name.start:  # a subject: only one that reaches up to its verb
        chosen = [unit for unit in chosen if unit.end == end]
    elif chosen and chosen[0].start - start > len("đơn vị tập thể "):
        return []
    return [(None, index) for index in dict.fromkeys(unit.index for unit in chosen)]


def _counts(name: AwardName, named: list[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """Groups and persons of each row. A prize told by number goes to one of those named, if they are as many; to as
    many groups or persons, if nobody is named and the text says who competes."""
    if name.groups is not None or name.persons is not None or name.prizes is None:
        return name.groups, name.persons
    if named:
        if len(named) != name.prizes:
            return None, None
        return (1, None) if named[0][0] is None else (None, 1)
    if name.competitors is None:
        return None, None
    return (name.prizes, None) if name.competitors == "groups" else (None, name.prizes)


def _start(mention: OrganizationMention | PersonMention) -> int:
    return mention.start


def _within(mentions: list[_Mention], start: int, end: int) -> list[_Mention]:
    """The mentions inside a stretch, of those in order of their start."""
    first, last = bisect_left(mentions, start, key=_start), bisect_right(mentions, end, key=_start)
    return [mention for mention in mentions[first:last] if mention.end <= end]


def _outermost(units: list[OrganizationMention]) -> list[OrganizationMention]:
    """Mentions that stand in no other, in order."""
    kept: list[OrganizationMention] = []
    for unit in sorted(units, key=lambda unit: (unit.start, -unit.end)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept

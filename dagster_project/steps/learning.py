"""A source's own lines: learned from its archive, shown beside the list that is there, written after a person's yes.

Every capture is read anew by today's rules without the list, so that what was learned once is seen again. Nothing that
was read before changes here: `bantin read` then says what the new list changes, and asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.archive import read_segment, segments
from crawlers.catalog import Catalog
from crawlers.errors import DamagedSegment
from crawlers.learned_file import LearnedList, learned_file, read_learned, write_learned
from crawlers.source import Source
from dagster_project.steps.holding import kept_out
from dagster_project.steps.home import Home, Progress
from dagster_project.steps.reading import pool_pays, reading_pool, stem_of
from dagster_project.steps.stumbling import places_safely
from dagster_project.steps.upgrading import append_decision
from pipelines.boilerplate import LEAST_PAGES, Learned, Refused, learn
from pipelines.identity import bulletin_id
from pipelines.normalize.dates import VIETNAM
from pipelines.records import BantinError, LearnedLine
from pipelines.repetition import Repetition, SeenPage

ACCEPTED = "boilerplate-accepted"


class CannotLearn(BantinError):
    """Too little to learn from, or nothing of that name to forget. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A list, and how it differs from the one that is there. added, removed, kept: sorted by place.

    bulletins, captures  pages it was learned from; of a list that only forgets: none
    layouts   bulletins of each layout, copies once
    refused   lines that many pages show and that are not in it
    damaged   segments that could not be read whole
    """

    source_id: str
    now: LearnedList
    added: tuple[LearnedLine, ...]
    removed: tuple[LearnedLine, ...]
    kept: tuple[LearnedLine, ...]
    newly_forgotten: tuple[str, ...] = ()
    bulletins: int = 0
    captures: int = 0
    layouts: tuple[tuple[str, int], ...] = ()
    refused: tuple[Refused, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether a line comes, goes or is forgotten; fresher counts of the same lines are no change."""
        return bool(self.added or self.removed or self.newly_forgotten)


def propose(home: Home, catalog: Catalog, source_id: str, jobs: int, progress: Progress) -> Proposal:
    """Learn from every archived capture of a source; those of batches that wait or were dropped are left out.

    raises  CannotLearn: no layout has enough bulletins
            UnknownSource, SourceFileError
    """
    source = catalog.get(source_id)
    there = read_learned(learned_file(home.path, source_id))
    seen, damaged = _seen(home, source, jobs, progress)
    found = learn(seen, there.forgotten)
    if not found.is_enough:
        raise CannotLearn(_too_few(source_id, seen, found))
    return replace(
        _proposal(source_id, there, LearnedList(found.lines, there.forgotten)),
        bulletins=seen.bulletins(),
        captures=seen.captures,
        layouts=tuple(sorted(found.layouts.items(), key=lambda item: (-item[1], item[0]))),
        refused=found.refused,
        damaged=tuple(damaged),
    )


def forget(home: Home, catalog: Catalog, source_id: str, what: Sequence[str]) -> Proposal:
    """The list without these lines, and the word that they are never to be learned again.

    what    ids or whole texts of its lines
    raises  CannotLearn: one of them is neither; UnknownSource, SourceFileError
    """
    catalog.get(source_id)
    there = read_learned(learned_file(home.path, source_id))
    texts = set()
    for word in what:
        mine = {line.text for line in there.lines if word in (line.line_id, line.text)}
        if not mine and word not in there.forgotten:
            known = ", ".join(line.line_id for line in there.lines) or "none"
            raise CannotLearn(
                f"{source_id}: {word[:80]!r}: expected the id or the whole text of a learned line ({known}), found "
                f"none. Now: the list is as it was. Cure: see boilerplate/{source_id}.json"
            )
        texts |= mine
    left = tuple(line for line in there.lines if line.text not in texts)
    return _proposal(source_id, there, LearnedList(left, tuple(sorted({*there.forgotten, *texts}))))


def accept(home: Home, proposal: Proposal, at: datetime) -> Path:
    """Write the list. The decision comes first: a list that nobody agreed to is never in force.

    raises  CannotWrite: the list that was there stays
    """
    file = learned_file(home.path, proposal.source_id)
    append_decision(
        home,
        {
            "decision": ACCEPTED,
            "at": at.astimezone(UTC).isoformat(),
            "source_id": proposal.source_id,
            "added": [line.line_id for line in proposal.added],
            "removed": [line.line_id for line in proposal.removed],
            "forgotten": list(proposal.newly_forgotten),
        },
    )
    write_learned(file, proposal.now)
    return file


def _proposal(source_id: str, there: LearnedList, now: LearnedList) -> Proposal:
    before, after = {line.place: line for line in there.lines}, {line.place: line for line in now.lines}
    return Proposal(
        source_id,
        now,
        added=tuple(line for place, line in after.items() if place not in before),
        removed=tuple(line for place, line in before.items() if place not in after),
        kept=tuple(line for place, line in after.items() if place in before),
        newly_forgotten=tuple(text for text in now.forgotten if text not in there.forgotten),
    )


def _too_few(source_id: str, seen: Repetition, found: Learned) -> str:
    most = max(found.layouts.values(), default=0)
    return (
        f"{source_id}: expected at least {LEAST_PAGES} bulletins of one layout, copies counted once, to learn from; "
        f"found {most} ({seen.captures} captures of {seen.bulletins()} bulletins that are pages; plain text has no "
        f"places). Now: nothing was written, the list is as it was. Cure: `bantin crawl {source_id}`, then learn again"
    )


def _seen(home: Home, source: Source, jobs: int, progress: Progress) -> tuple[Repetition, list[str]]:
    """What the captures show, several segments at a time where they are large enough."""
    without = kept_out(home)
    todo = [path for path in segments(home.raw, source.source_id) if stem_of(path) not in without]
    seen, damaged = Repetition(), []

    def take(number: int, pages: Iterable[SeenPage], damage: str | None) -> None:
        for page in pages:
            seen.add(page)
        if damage is not None:
            damaged.append(damage)
        progress("segments looked through", number, len(todo))

    if not pool_pays(jobs, todo):
        for number, path in enumerate(todo, 1):
            take(number, *_pages(home.raw, path, source))
        return seen, damaged
    with reading_pool(jobs, "nothing was written") as pool:
        told = pool.map(_pages, [home.raw] * len(todo), todo, [source] * len(todo))
        for number, (pages, damage) in enumerate(told, 1):
            take(number, pages, damage)
    return seen, damaged


def _pages(raw: Path, segment: Path, source: Source) -> tuple[list[SeenPage], str | None]:
    """The bulletins of one segment with the places of their lines, and what of it is damaged."""
    found: list[SeenPage] = []
    try:
        for record in read_segment(segment, raw):
            capture = record.capture
            if capture is None or record.role:
                continue
            read = places_safely(capture, source.family, source.layouts)
            if read is None or (told := read[0].bulletin) is None:
                continue
            page = read[1]
            day = told.published_on or told.published_not_before or capture.fetched_at.astimezone(VIETNAM).date()
            key = bulletin_id(source.source_id, source.key(capture.url))
            found.append(SeenPage(key, capture.url, capture.fetched_at, day, page.layout, page.seen))
    except DamagedSegment as error:
        return found, str(error)
    return found, None

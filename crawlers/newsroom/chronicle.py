"""The history of one site: which bulletins it ever published, when each was edited, and how some left."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from crawlers.newsroom.cast import Cast
from crawlers.newsroom.chance import chance, share
from crawlers.newsroom.edits import EDITS, Edit, edited
from crawlers.newsroom.manner import Manner, Story
from crawlers.newsroom.records import COPIES, VIETNAM, WAYS_OF_LEAVING, Change
from crawlers.newsroom.reprints import Copy, Copyist
from crawlers.newsroom.telling import Teller
from crawlers.newsroom.words import slug

_KEPT = 2048
"""Stories kept in memory; each is told again when it is asked for later."""
_RECENT = timedelta(days=10)
_FRESH = timedelta(days=3)
"""How old a story may be when another house takes it over."""
PathOf = Callable[[int, str, datetime], str]


@dataclass(slots=True)
class Entry:
    """One bulletin: number from 1 in order of publication; path and title as they are today; saved: days on which it
    was saved anew without any change; left: since when it is gone and how; old_path: before the site moved; copy: what
    it was taken from, if it is another site's story."""

    number: int
    path: str
    slug: str
    posted_at: datetime
    title: str
    edits: list[Edit] = field(default_factory=list)
    saved: list[date] = field(default_factory=list)
    left: tuple[date, str] | None = None
    old_path: str | None = None
    copy: Copy | None = None

    @property
    def first_path(self) -> str:
        """What it was first published under: draws that must outlive a move hang on it."""
        return self.old_path or self.path

    def edits_until(self, day: date) -> int:
        return sum(edit.day <= day for edit in self.edits)

    def modified_at(self) -> datetime:
        """When its content was last touched, +07:00."""
        days = [*(edit.day for edit in self.edits), *self.saved]
        if not days:
            return self.posted_at
        return datetime.combine(max(days), time(8, 30 + self.number % 29, self.number % 60), VIETNAM)

    def state_on(self, day: date) -> str:
        return self.left[1] if self.left is not None and self.left[0] <= day else "live"


class Chronicle:
    """All entries of a site, oldest first; `advance` adds a day.

    path_of    (number, slug, posted_at) → path of a bulletin on this site
    publisher  as those call it that print its stories
    shared     share of its bulletins that take over a story of `others`, where one of them has a fresh one. These are
               founded before it, and a day comes to them before it comes to it
    """

    def __init__(
        self,
        seed: int,
        site_id: str,
        manner: Manner,
        per_day: float,
        path_of: PathOf,
        publisher: str = "",
        shared: float = 0.0,
        others: Sequence[Chronicle] = (),
    ) -> None:
        self.seed, self.site_id, self.manner, self.per_day, self.path_of = seed, site_id, manner, per_day, path_of
        self.publisher, self.shared = publisher, shared
        self.others: dict[str, Chronicle] = {other.site_id: other for other in others}
        self._taken: set[tuple[str, int]] = set()
        self.cast = Cast(seed, site_id, manner.units_list, manner.parent, guests=manner.guests)
        self.entries: list[Entry] = []
        self.by_path: dict[str, Entry] = {}
        self.by_old_path: dict[str, Entry] = {}
        self._slugs: dict[str, int] = {}
        self._stories: OrderedDict[tuple[int, int], Story] = OrderedDict()
        self._departures = sum(map(ord, site_id))

    def found(self, bulletins: int, start: date) -> None:
        """Publish so many until the end of `start`, over as many days before it as that takes."""
        days: list[tuple[date, int]] = []
        left, day = bulletins, start
        while left > 0:
            count = min(left, self._count_on(day))
            days.append((day, count))
            left, day = left - count, day - timedelta(days=1)
        for day, count in reversed(days):
            self._publish(day, count)

    def advance(self, day: date, silent: bool) -> list[Change]:
        """What happens on `day`, the one after the last."""
        rng = chance(self.seed, self.site_id, day, "day")
        changes: list[Change] = []
        here = [entry for entry in self.entries if entry.left is None]
        recent = [entry for entry in here if day - entry.posted_at.date() <= _RECENT]
        touched: set[int] = set()

        def draw(share_of_recent: float) -> Entry | None:
            pool = recent if recent and rng.random() < share_of_recent else here
            free = [entry for entry in pool if entry.number not in touched]
            if not free:
                return None
            touched.add((chosen := rng.choice(free)).number)
            return chosen

        for _ in range(rng.choice((1, 2, 2, 3))):
            if entry := draw(0.85):
                changes.append(self._edit(entry, day, rng.choice(EDITS)))
        if rng.random() < 0.8 and (entry := draw(0.7)):
            entry.saved.append(day)
            changes.append(Change(day, self.site_id, entry.path, "noise", "markup, last-modified"))
        if rng.random() < 0.55 and len(here) > 20 and (entry := draw(0.4)):
            self._departures += 1
            entry.left = (day, WAYS_OF_LEAVING[self._departures % len(WAYS_OF_LEAVING)])
            changes.append(Change(day, self.site_id, entry.path, "deleted", entry.left[1]))
        published = [] if silent else self._publish(day, self._count_on(day))
        return [*(Change(day, self.site_id, entry.path, "new", "") for entry in published), *changes]

    def move(self, path_of: PathOf) -> None:
        """From now on every bulletin, old and new, has the path that this gives."""
        self.path_of = path_of
        for entry in self.entries:
            entry.old_path, entry.path = entry.path, path_of(entry.number, entry.slug, entry.posted_at)
        self.by_path = {entry.path: entry for entry in self.entries}
        self.by_old_path = {entry.first_path: entry for entry in self.entries}

    def story(self, entry: Entry, version: int | None = None) -> Story:
        """The entry as its version (from 1; None: the latest) reads."""
        count = len(entry.edits) if version is None else version - 1
        key = (entry.number, count)
        if (known := self._stories.get(key)) is not None:
            self._stories.move_to_end(key)
            return known
        teller = self._teller(entry.number, entry.posted_at.date(), entry.copy)
        story = teller.tell()
        for edit in entry.edits[:count]:
            story = edited(teller, story, edit)
        self._stories[key] = story
        if len(self._stories) > _KEPT:
            self._stories.popitem(last=False)
        return story

    def _count_on(self, day: date) -> int:
        rng = chance(self.seed, self.site_id, day, "count")
        whole = int(self.per_day)
        drawn = rng.randint(max(0, whole - 1), whole + 1) if whole else 0
        return drawn + (rng.random() < self.per_day - whole)

    def _publish(self, day: date, count: int) -> list[Entry]:
        rng = chance(self.seed, self.site_id, day, "hours")
        minutes = sorted(rng.sample(range(6 * 60 + 30, 21 * 60), count))
        made = []
        for minute in minutes:
            number = len(self.entries) + 1
            posted = datetime.combine(day, time(minute // 60, minute % 60), VIETNAM)
            copy = self._copied(number, posted)
            teller = self._teller(number, day, copy)
            name = slug(teller.title())
            self._slugs[name] = again = self._slugs.get(name, 0) + 1
            name = name if again == 1 else f"{name}-{again}"
            entry = Entry(number, self.path_of(number, name, posted), name, posted, teller.first_title(), copy=copy)
            self.by_path[entry.path] = entry
            self.entries.append(entry)
            made.append(entry)
        return made

    def _edit(self, entry: Entry, day: date, kind: str) -> Change:
        before = self.story(entry)
        entry.edits.append(Edit(day, "title" if before.title != before.right_title else kind))
        after = self.story(entry)
        entry.title = after.title
        return Change(day, self.site_id, entry.path, "edited", ", ".join(changed_fields(before, after)))

    def _copied(self, number: int, at: datetime) -> Copy | None:
        """What the bulletin of this number, published at this moment, takes over from another site."""
        if share(self.seed, self.site_id, number, "shared") >= self.shared:
            return None
        found = [(other.site_id, entry) for other in self.others.values() for entry in other.fresh(at)]
        fresh = [(site_id, entry) for site_id, entry in found if (site_id, entry.number) not in self._taken]
        if not fresh:
            return None
        rng = chance(self.seed, self.site_id, number, "copied")
        site_id, entry = rng.choice(fresh)
        self._taken.add((site_id, entry.number))
        return Copy(rng.choice(COPIES), site_id, entry.number, len(entry.edits))

    def fresh(self, at: datetime) -> list[Entry]:
        """Stories of its own that it published in the days before this moment and still has, oldest first."""
        first, last = (bisect_left(self.entries, when, key=lambda entry: entry.posted_at) for when in (at - _FRESH, at))
        own = (entry for entry in self.entries[first:last] if entry.copy is None)
        return [entry for entry in own if entry.state_on(at.date()) == "live"]

    def _teller(self, number: int, day: date, copy: Copy | None) -> Teller | Copyist:
        key = (self.seed, self.site_id, number)
        if copy is None:
            return Teller(self.manner, self.cast, key, day)
        other = self.others[copy.site_id]
        entry = other.entries[copy.number - 1]
        source = Teller(other.manner, other.cast, (other.seed, other.site_id, entry.number), entry.posted_at.date())
        original = other.story(entry, 1 + copy.edits)
        return Copyist(source, original, copy.kind, self.manner, self.cast, key, other.publisher)


def changed_fields(before: Story, after: Story) -> tuple[str, ...]:
    """Columns of `bulletin` that differ between two versions."""
    pairs = (
        ("title", before.title, after.title),
        ("lead", before.lead, after.lead),
        ("body", before.paragraphs, after.paragraphs),
        ("captions", before.captions, after.captions),
        ("byline", before.credits, after.credits),
        ("authors", before.authors, after.authors),
        ("photographers", before.photographers, after.photographers),
    )
    return tuple(name for name, old, new in pairs if old != new)

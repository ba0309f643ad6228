"""One site on one day: what it lists, and the boxes around its pages. Built once, asked by every page of that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from crawlers.newsroom.chance import chance, share
from crawlers.newsroom.chronicle import Chronicle, Entry
from crawlers.newsroom.words import counted

_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


class Edition:
    """listed: what stands in lists today, newest first."""

    def __init__(self, seed: int, site_id: str, base_url: str, chronicle: Chronicle, day: date) -> None:
        self.seed, self.site_id, self.base_url, self.chronicle, self.day = seed, site_id, base_url, chronicle, day
        self.listed = [entry for entry in reversed(chronicle.entries) if entry.left is None]
        self._made: dict[str, str] = {}
        rng = chance(seed, site_id, day, "boxes")
        pool = self.listed[:120]
        self.most_read = rng.sample(pool, min(10, len(pool)))
        self.clock = f"{rng.randint(6, 22):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"

    def once(self, name: str, make: Callable[[], str]) -> str:
        """A piece of the pages of this day, made when it is first asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def draw(self, path: str, what: str) -> float:
        """A number in [0, 1) of this day, path and use."""
        return share(self.seed, self.site_id, self.day, path, what)

    def fixed(self, path: str, what: str) -> float:
        """A number in [0, 1) of this path and use, the same every day."""
        return share(self.seed, self.site_id, path, what)

    def weekday(self) -> str:
        """`Thứ sáu`, `Chủ nhật`."""
        number = self.day.weekday()
        return "Chủ nhật" if number == 6 else f"Thứ {_WEEKDAYS[number]}"

    def related(self, entry: Entry, count: int) -> list[Entry]:
        """Other bulletins, drawn anew every day."""
        pool = self.listed[:200]
        if not pool:
            return []
        start, step = int(self.draw(entry.path, "related") * len(pool)), 1 + int(self.fixed(entry.path, "step") * 7)
        found = dict.fromkeys((start + n * step) % len(pool) for n in range(count + 1))
        return [pool[at] for at in found if pool[at] is not entry][:count]

    def views(self, entry: Entry, day: date | None = None) -> int:
        """How often a bulletin was read by the end of a day (None: today); it grows with age."""
        until = day or self.day
        age = (until - entry.posted_at.date()).days
        base = 40 + int(self.fixed(entry.first_path, "views") * 700)
        return (
            base
            + int(age**0.6 * (2 + 9 * self.fixed(entry.first_path, "pace")))
            + int(share(entry.first_path, until) * 3)
        )

    def visits(self) -> tuple[str, str, str]:
        """Readers now, today and ever, as a counter prints them."""
        today = 800 + int(self.draw("", "today") * 2400)
        ever = 3_100_000 + (self.day - date(2020, 1, 1)).days * 1873 + today
        return str(9 + int(self.draw("", "now") * 90)), counted(today), counted(ever)

    def touched_at(self, entries: list[Entry]) -> datetime:
        """When the latest of these was published, edited or saved."""
        return max((entry.modified_at() for entry in entries), default=datetime.fromisoformat("2020-01-01T00:00+07:00"))

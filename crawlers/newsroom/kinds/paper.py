"""What papers on newer systems share: a bulletin is its path, its page tells the minute, old ones are filed away."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.kinds.kind import Shown

_FILED = "/luu-tru"


class Paper(ABC):
    """The rest of a Kind is the paper's own."""

    def key_of(self, ask: Ask) -> str:
        return ask.path

    def moved(self, path: str) -> str:
        return f"{_FILED}{path}"

    def unmoved(self, path: str) -> str | None:
        return path.removeprefix(_FILED) if path.startswith(f"{_FILED}/") else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(entry.posted_at.date(), entry.posted_at, None)

    @abstractmethod
    def frame(self, edition: Edition, title: str, main: str, path: str) -> str: ...

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        return Answer(200, self.frame(edition, title, main, path).encode())

"""A site that moves: from a day on it answers on another address and under other paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crawlers.newsroom.answers import Answer, Ask, redirect
from crawlers.newsroom.records import Faults

LEFT_BEHIND = ("redirect", "gone", "dead")


class Answering(Protocol):
    """What a server needs of whoever lives at an address."""

    site_id: str

    @property
    def faults(self) -> Callable[[], Faults]: ...

    def respond(self, ask: Ask) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Relocation:
    """day: the first on which the new address answers.  left_behind: what the old one does from then on: `redirect`
    (301 of each old path to its new one), `gone` (404 to everything), `dead` (nothing listens; where the server was
    started before that day, connections close unanswered)."""

    day: date
    old_address: str
    new_address: str
    left_behind: str


class Place:
    """One of the two addresses of a site that moves. Before the day nothing answers at the new one.

    left_behind  of Relocation; None: this is the new address
    at_home      whether the site lives here today; then the site itself answers
    new_url      what is asked for at the old address → its absolute URL on the new one
    """

    def __init__(
        self,
        site: Answering,
        left_behind: str | None,
        at_home: Callable[[], bool],
        new_url: Callable[[Ask], str],
    ) -> None:
        self.site_id, self.faults = site.site_id, site.faults
        self._site, self._left_behind, self._at_home, self._new_url = site, left_behind, at_home, new_url

    def respond(self, ask: Ask) -> Answer:
        if self._at_home():
            return self._site.respond(ask)
        if self._left_behind == "redirect" and ask.path != "/robots.txt":
            return redirect(301, self._new_url(ask))
        if self._left_behind in ("redirect", "gone"):
            return Answer(404, b"Not Found\n", "text/plain")
        return Answer(0)

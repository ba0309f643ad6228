"""A source for an address: the site is looked at, a file is drafted. Nothing is written here but its host's pace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from crawlers.catalog import RESERVED, load_catalog
from crawlers.drafting.draft import Drafted, draft_source
from crawlers.drafting.wanted import CannotAdd, Wanted, refuse_shared
from crawlers.looking import Form, Look, Looker
from crawlers.source import Source
from crawlers.source_values import Wrong
from crawlers.survey.findings import Findings
from crawlers.survey.site import survey
from dagster_project.steps.home import Clock, Home, OnWait
from dagster_project.steps.looking import looker

BUDGET = 60
"""Requests of one look at a site."""
_FOR_COOKIES = 12
"""Requests, within those, of the few that are asked again with cookies."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Added:
    """What a look at a site gave. drafted.missing: rules that are not there."""

    findings: Findings
    drafted: Drafted


def look(home: Home | None, what: Wanted, clock: Clock, say: Say, on_wait: OnWait | None = None) -> Added:
    """Look at the site, politely, and draft its file.

    say     told in a line what is asked for
    raises  CannotAdd: it does not answer, nothing was found there, or no source may have the id; CannotLook: no contact
    """
    if what.source_id == RESERVED:
        raise CannotAdd(
            f"source '{RESERVED}': expected an id that a source may have, found that of the pace of hosts "
            f"(crawl/{RESERVED}.sqlite); nothing was asked and nothing written; cure: --id with another one"
        )
    source = what.provisional()
    with ExitStack() as opened:

        def ask(source: Source, budget: int) -> Looker:
            return opened.enter_context(looker(home, source, clock, budget, on_wait or (lambda _: None)))

        first = ask(source, BUDGET)
        asking = _Once(first)
        url = _answering(what, asking)
        keeping = replace(source, fetch=replace(source.fetch, cookies=True))
        with_cookies = _Later(lambda: ask(keeping, _FOR_COOKIES))
        findings = survey(url, asking.get, first.robots(url), say, BUDGET - first.requests, with_cookies.get)
    if not findings.ways and not findings.sample:
        why = "; ".join(findings.missing) or "it lists nothing"
        raise CannotAdd(f"{url}: no bulletin and no list of any was found: {why}; nothing was written")
    refuse_shared(load_catalog(home.path if home else None), findings.hosts, "nothing was written")
    try:
        drafted = draft_source(findings, what.source_id, url, now=clock(), allow_private=what.allow_private)
    except Wrong as wrong:  # what was found cannot be said in a source file
        raise CannotAdd(
            f"{url}: expected findings that a source file can hold, found {wrong}; nothing was written; cure: write "
            "the file by hand: docs/adding-a-source.md"
        ) from wrong
    return Added(findings, drafted)


class _Later:
    """A Looker that is started when something is asked of it: few sites want cookies."""

    def __init__(self, start: Callable[[], Looker]) -> None:
        self._start = start
        self._looker: Looker | None = None

    def get(self, url: str, form: Form | None = None) -> Look:
        self._looker = self._looker or self._start()
        return self._looker.get(url, form)


class _Once:
    """Asks through a Looker; the first answer is handed out again, so that trying a scheme costs no request."""

    def __init__(self, looker: Looker) -> None:
        self._looker = looker
        self._first: dict[str, Look] = {}

    def first(self, url: str) -> Look:
        self._first[url] = self._looker.get(url)
        return self._first[url]

    def get(self, url: str, form: Form | None = None) -> Look:
        known = self._first.pop(url, None) if form is None else None
        return known if known is not None else self._looker.get(url, form)


def _answering(what: Wanted, asking: _Once) -> str:
    """The first address that answers.

    raises  CannotAdd: none does
    """
    said = []
    for url in what.urls:
        seen = asking.first(url)
        if seen.status is not None and (seen.ok or seen.refused is not None):
            return url
        said.append(f"{url}: {seen.trouble}")
    raise CannotAdd(
        f"{'; '.join(said)}; nothing was written; cure: look at the address in a browser, or give another page of the "
        "site"
    )

"""One page of a live site, fetched politely and read by today's rules; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from crawlers.catalog import Catalog, load_catalog
from crawlers.errors import printable
from crawlers.looking import Look, Looker, manners
from crawlers.source import Source
from crawlers.source_values import Wrong, web_address
from dagster_project.steps.crawling import ahead_s
from dagster_project.steps.home import Clock, Home, open_home, settings
from dagster_project.steps.stumbling import read_safely
from pipelines import article, metadata
from pipelines.blocks import page_text
from pipelines.families.known import recognise
from pipelines.html import parse
from pipelines.layout_lines import layout_on
from pipelines.records import BantinError, Capture, Layout, Reading, Unreadable
from pipelines.text import decode

PROVISIONAL = "try"
"""Id of the source of a page that no source file speaks of."""
_BUDGET = 10
_PRIVATE = "private address"  # in crawlers.exchange.PRIVATE; importing that imports Scrapy, which only the child needs


class CannotTry(BantinError):
    """The page could not be fetched, or should not be. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """An answer and what it says. layout, family: what was used to read it, in words; None: neither."""

    look: Look
    reading: Reading
    layout: str | None
    family: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What `bantin try` shows. source_id None: no source file has its host, it was read without any rules."""

    source_id: str | None
    page: PageRead
    requests: int


def try_url(
    home: Home | None,
    catalog: Catalog,
    url: str,
    source_id: str | None,
    allow_private: bool,
    clock: Clock,
    on_wait: Callable[[str], None],
) -> Tried:
    """Fetch and read one page.

    home       None: there is none, so neither a contact nor paces of crawls are known
    source_id  whose rules are used; None: of the source that has the host, else none
    raises     CannotTry, CannotLook, UnknownSource
    """
    url = _address(url)
    source, known = _source(catalog, url, source_id, allow_private)
    if allow_private:
        source = replace(source, fetch=replace(source.fetch, allow_private=True))
    with looker(home, source, clock, _BUDGET, on_wait) as ask:
        look = ask.get(url)
        requests = ask.requests
    if look.status is None or look.refused is not None:
        raise CannotTry(_why_not(look, source))
    return Tried(source.source_id if known else None, read_look(source, look), requests)


def looker(
    home: Home | None, source: Source, clock: Clock, budget: int, on_wait: Callable[[str], None] = lambda why: None
) -> Looker:
    """The polite asker with the contact and the paces of a home, where there is one."""
    return Looker(
        source,
        contact=settings(home).contact if home else None,
        paces=home.crawl / "hosts.sqlite" if home else None,
        budget=budget,
        ahead_s=ahead_s(clock),
        on_wait=on_wait,
    )


def some_home(path: Path) -> Home | None:
    """The home at that path, if there is one: looking needs none. Raises HomeError: a file is there."""
    return open_home(path)[0] if path.expanduser().exists() else None


def home_and_catalog(path: Path) -> tuple[Home | None, Catalog]:
    """`some_home`, and the sources it knows: without a home those built in."""
    home = some_home(path)
    return home, load_catalog(home.path if home else None)


def provisional(url: str, allow_private: bool = False) -> Source:
    """A source of one host that no file describes."""
    host = (urlsplit(url).hostname or "").lower()
    return Source(PROVISIONAL, host, host, home=urljoin(url, "/"), hosts=(host,), fetch=manners((host,), allow_private))


def read_look(source: Source, look: Look) -> PageRead:
    """What an answer says by the rules of a source."""
    capture = look.capture(source.source_id)
    reading = read_safely(capture, source.family, source.layouts, source.learned)
    return PageRead(look, reading, _layout(source.layouts, look.fetched_at), _family(source, capture))


def _address(url: str) -> str:
    whole = url if "://" in url else f"https://{url}"
    try:
        if not whole.isprintable():
            raise Wrong("URL", f"expected an address, found control characters in {whole!r}")
        split = urlsplit(web_address("URL", whole))
        if split.username is not None or split.password is not None:
            raise Wrong("URL", "expected an address without name and password, found one with them")
        return whole
    except Wrong as wrong:
        raise CannotTry(f"{printable(wrong.problem)}; nothing was asked; cure: give the address of one page") from wrong


def _source(catalog: Catalog, url: str, source_id: str | None, allow_private: bool) -> tuple[Source, bool]:
    """(the source, whether a file describes it)."""
    host = (urlsplit(url).hostname or "").lower()
    if source_id is not None:
        source = catalog.get(source_id)
        if host not in source.hosts:
            raise CannotTry(
                f"{url}: expected an address of source '{source_id}' ({', '.join(source.hosts) or 'it has no hosts'}); "
                "nothing was asked; cure: leave --source away, or add the host to its file"
            )
        return source, True
    found = next((source for source in catalog if host in source.hosts), None)
    return (provisional(url, allow_private), False) if found is None else (found, True)


def _why_not(look: Look, source: Source) -> str:
    cure = "look at the address in a browser"
    if _PRIVATE in (look.not_allowed or look.problem or ""):
        cure = "--allow-private, if this publisher is meant to be in a private network"
    elif look.not_allowed == "robots.txt":
        cure = "its publisher does not want robots there; another page of it may be allowed"
    elif (look.not_allowed or "").startswith("robots.txt answered"):
        cure = "ask again later: without robots.txt nothing may be asked"
    elif look.refused is not None and look.location:
        cure = f"try where it leads: {urljoin(look.url, look.location)}"
    elif look.tls is not None and source.fetch.tls == "verify":
        cure = 'if you trust it all the same, write a source file with tls = "legacy" or "unverified" in [fetch]'
    return f"{look.url}: expected a page, found: {look.trouble}; nothing was stored; cure: {cure}"


def _layout(layouts: Iterable[Layout], fetched_at: datetime) -> str | None:
    """`layout[0]` of the source file, with its days."""
    given = tuple(layouts)
    used = layout_on(given, fetched_at)
    if used is None:
        return None
    days = f" (from {used.valid_from or 'the beginning'} to {used.valid_until or 'today'})" if len(given) > 1 else ""
    return f"layout[{given.index(used)}]{days}"


def _family(source: Source, capture: Capture) -> str | None:
    """The name of the CMS family that the page was read as."""
    try:
        root, _ = parse(decode(capture.payload, capture.content_type).text)
        known = recognise(metadata.collect(root).first("generator"), article.ByName(page_text(root)), source.family)
    except Unreadable:
        return None
    return known.name if known else None

"""The start of a survey: where the home page is in the end, and whether it is one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import regex

from crawlers.survey.asking import Asker, Page, origin_of
from pipelines.html import every

BY_HAND = "write a [[discover]] by hand: docs/adding-a-source.md"
_REFRESH = regex.compile(r"^\s*\d*\s*[;,]?\s*url\s*=\s*['\"]?([^'\">]+)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """What the survey begins with.

    hosts    its own, and the twin asked for
    missing  why there is nothing to begin with; None: there is
    poor     why no list can be found by the links of the page; only what machines list may be there
    """

    page: Page | None
    hosts: tuple[str, ...]
    missing: str | None = None
    poor: str | None = None


def find_home(asker: Asker, url: str) -> Home:
    """Ask for the home page; redirects and one `meta refresh` within the site are followed."""
    host = urlsplit(url).hostname or ""
    asker.origins = frozenset((origin_of(url),))
    page = asker.page(url)
    if page is None:
        return Home(None, (host,), asker.stopped or "nothing was asked: no requests are left")
    if page.is_answered and (to := _refreshed(page)) is not None and origin_of(to) == origin_of(page.final_url):
        page = asker.page(to) or page
    if page.look.not_allowed:
        return Home(None, (host,), f"the home page may not be fetched ({page.reason}); Bantin keeps to that")
    moved = urljoin(url, page.look.location) if page.look.location and not page.is_answered else page.final_url
    final = urlsplit(moved).hostname or host
    if origin_of(moved) != origin_of(url):
        return Home(None, (host,), f"{host} sends to another host; cure: add {_root(moved)} instead")
    if not page.is_answered:
        cure = f"add {_root(moved)} instead" if final != host else "look at it in a browser, then run the command again"
        return Home(None, (host,), f"the home page could not be had ({page.reason}); cure: {cure}")
    asker.home = page.final_url
    hosts = tuple(dict.fromkeys((final, host)))
    if page.root is not None and page.reading.kind == "block":
        why = page.reading.kind_rule
        missing = f"the site answers with a block page ({why}); cure: ask its publisher to let your crawl in"
        return Home(page, hosts, missing)
    return Home(page, hosts, None, _poor(page))


def _poor(page: Page) -> str | None:
    if page.root is None:
        return f"the home page is no HTML ({page.look.content_type}); {BY_HAND}"
    if not page.links:
        scripts = len(every(page.root, "script"))
        why = f", and {scripts} scripts: it needs JavaScript, which Bantin does not run" if scripts else ""
        return f"the home page has no links{why}; {BY_HAND}"
    return None


def _refreshed(page: Page) -> str | None:
    if page.root is None or len(page.links) > 5:
        return None
    for element in every(page.root, "meta[http-equiv]"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(element.get("content") or "")
            if found is not None:
                return urljoin(page.base, str(found[1]).strip())
    return None


def _root(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}/"

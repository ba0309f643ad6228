"""Redirects and cookies that stay with a source: Scrapy's middlewares, held to its hosts, its robots.txt and its pace.

An answer that is not followed is handed on as it is, status 3xx, and says why in `request.meta[REFUSED]`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from http.cookiejar import Cookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.addresses import PrivateAddress, refuse_private_literal
from crawlers.bounds import port_of, ports_of
from crawlers.source import Source

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http.cookies import CookieJar

MOST_REDIRECTS = 5
TOO_MANY = f"more than {MOST_REDIRECTS} redirects"
TO_ITSELF = "redirect to the same URL"
REFUSED = "bantin_redirect_refused"  # meta of a request whose redirect was not followed: why
_SAME_URL = "bantin_same_url"


class HostBoundRedirects(RedirectMiddleware):
    """Follows at most five redirects, to the source's own hosts and ports, http or https.

    The source is `crawler.settings["BANTIN_SOURCE"]`. Each hop is a request of its own, so of the spider it uses, where
    they exist: `may_fetch(url)` (robots.txt of the target; bool or awaitable), `async pace_turn(host) -> bool`
    (host:port as in the URL; False: the crawl is stopping) and `followed(size)` (bytes of the redirect's body).
    raises  IgnoreRequest when the crawl stops while a hop waits for its turn
    """

    source: Source
    ports: frozenset[int]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostBoundRedirects:
        # Not the parent's, which also connects a warning that no Referer will be set. None is meant to be.
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        middleware.source = crawler.settings["BANTIN_SOURCE"]
        middleware.ports = ports_of(middleware.source)
        return middleware

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    async def process_response(  # type: ignore[override]  # Scrapy awaits it; the parent's is a plain function
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status in (301, 302, 303, 307, 308) and request.meta.get("redirect_times", 0) >= MOST_REDIRECTS:
            return _not_followed(request, response, TOO_MANY)
        try:
            target = super().process_response(request, response)
        except ValueError as error:  # a Location that is no URL
            return _not_followed(request, response, f"Location is no address: {error}")
        if not isinstance(target, Request):
            return target
        reason = await self._refusal(request, target)
        if reason is not None:
            return _not_followed(request, response, reason)
        pace_turn = getattr(self.crawler.spider, "pace_turn", None)
        if pace_turn is not None and not await pace_turn(urlsplit(target.url).netloc.lower()):
            raise IgnoreRequest(f"the crawl stopped before the redirect to {target.url} could be followed")
        followed = getattr(self.crawler.spider, "followed", None)
        if followed is not None:
            followed(len(response.body))
        return target

    async def _refusal(self, request: Request, target: Request) -> str | None:
        """Why the target is not asked; None: it is. Marks a target that is the same URL again."""
        try:
            split = urlsplit(target.url)
            host, _ = split.hostname or "", split.port
        except ValueError as error:
            return f"Location is no address: {error}"
        if split.username is not None or split.password is not None:
            return f"redirect to {host} with a user name"
        if host not in self.source.hosts:
            return f"redirect to {host}, no host of source '{self.source.source_id}'"
        if port_of(target.url) not in (self.ports | {port_of(request.url)}):  # the one that was asked was allowed
            return f"redirect to another port, {split.port}, of {host}"
        try:
            refuse_private_literal(host, self.source.fetch.allow_private)
        except PrivateAddress as error:
            return str(error)
        if urldefrag(target.url).url == urldefrag(request.url).url:
            # Some sites send a page to itself until a cookie is set. Without cookies, or twice, it is a loop.
            if not self.source.fetch.cookies or request.meta.get(_SAME_URL):
                return TO_ITSELF
            target.meta[_SAME_URL] = True
        if not await self._may_fetch(request, target.url):
            return f"redirect to {target.url}, which robots.txt disallows"
        return None

    async def _may_fetch(self, request: Request, url: str) -> bool:
        asked_first = [*request.meta.get("redirect_urls", []), request.url][0]
        may_fetch = getattr(self.crawler.spider, "may_fetch", None)
        if may_fetch is None or urlsplit(asked_first).path == "/robots.txt":
            return True  # rules of an origin are asked for wherever they lie, before any are known (RFC 9309 2.3.1.2)
        allowed = may_fetch(url)
        return bool(await allowed if inspect.isawaitable(allowed) else allowed)


class HostCookies(CookiesMiddleware):
    """Scrapy's cookies without the list of public suffixes, which it would fetch from the network past our resolver.

    What that list prevents cannot happen: a jar serves one source and is sent to nobody but its hosts.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        for cookie in cookies:
            jar.set_cookie_if_ok(cookie, request)


def _not_followed(request: Request, response: Response, reason: str) -> Response:
    meta: dict[str, Any] = request.meta
    meta[REFUSED] = reason
    return response

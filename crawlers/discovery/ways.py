"""Which function reads the answer of which kind of `[[discover]]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crawlers.discovery.feed import read_feed
from crawlers.discovery.form import read_form
from crawlers.discovery.fragment import read_fragment
from crawlers.discovery.listed import ListedPage
from crawlers.discovery.listing import read_listing
from crawlers.discovery.sitemap import read_sitemap
from crawlers.source import Discover

Reader = Callable[[bytes, str | None, str, Discover], ListedPage]
"""(payload, content_type, url it was fetched from, way) → what it lists. Pure; never raises on what a page holds."""

WAYS: Mapping[str, Reader] = MappingProxyType(
    {"sitemap": read_sitemap, "feed": read_feed, "listing": read_listing, "form": read_form, "fragment": read_fragment}
)

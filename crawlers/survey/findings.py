"""What a survey of a site found: frozen facts for whoever writes a source file. Every text may be a stranger's."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.discovery.listed import Item
from crawlers.looking import Look
from crawlers.source import Discover, UrlRules


@dataclass(frozen=True, slots=True)
class FoundWay:
    """A way that was tried: at least one page of it was asked for and read by its own reader.

    evidence    what was seen, a sentence for a comment in the file
    doubts      what a person should look at
    items       of what was read, bulletins only, in the order of the pages
    pages_seen  pages of it that were read
    estimate    bulletins it reaches; None: nobody can tell
    """

    way: Discover
    evidence: str
    doubts: tuple[str, ...]
    items: tuple[Item, ...]
    pages_seen: int
    estimate: int | None


@dataclass(frozen=True, slots=True)
class Sampled:
    """A page that was fetched, under the address it was asked for by."""

    url: str
    look: Look


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a survey found.

    home          the address its home page has in the end
    hosts         that serve it: its own, and twins under which its pages link to themselves
    title         of the home page
    cookies       whether it answers only who keeps its cookies
    ways          that together show its bulletins, best first
    url           rules; url_evidence: what they rest on, a sentence each
    sample        pages that were read as bulletins, of several sections and ages
    others        pages that are none: lists, standing pages
    doubts        of the site as a whole
    missing       rules that could not be found, each with its cure; not empty: the source cannot be used as it is
    requests      that were sent
    """

    home: str
    hosts: tuple[str, ...]
    title: str | None
    cookies: bool
    ways: tuple[FoundWay, ...]
    url: UrlRules
    url_evidence: tuple[str, ...]
    sample: tuple[Sampled, ...]
    others: tuple[Sampled, ...]
    doubts: tuple[str, ...]
    missing: tuple[str, ...]
    requests: int

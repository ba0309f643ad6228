"""A simulated web of Vietnamese official publishers, for the demo and the tests. Nothing in it is real."""

from crawlers.newsroom.newsroom import Newsroom
from crawlers.newsroom.records import Change, Fact, Faults, Gold, Request
from crawlers.newsroom.site import Site

__all__ = ["Change", "Fact", "Faults", "Gold", "Newsroom", "Request", "Site"]

"""Scrapy's resolver, held to public addresses: the address that was checked is the one connected to.

There is no second lookup a hostile DNS could answer otherwise. Twisted 26.10 hands literals of every spelling to the
resolver too (so a literal host of a private source must be in `GuardedResolver.allow`), but that is its habit, not its
promise: literals are checked before the request as well. IPv4 only, as Scrapy's own resolver: a host that has nothing
but AAAA records is not found, and an IPv6 literal neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import DNSLookupError

from crawlers.addresses import PrivateAddress, is_public, literal_address


class _RefusedLookup(PrivateAddress, DNSLookupError):
    """Twisted takes a DNSLookupError for an ordinary answer and logs a traceback for anything else."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver (TWISTED_DNS_RESOLVER of the *process* settings) that finds public addresses only.

    allow    host names (lower case) whose address may be private; of the whole process, filled before a crawl
    refused  why a host was not resolved, the latest answer. Twisted replaces the reason of a failed lookup by "no
             results", so that a download ends in CannotResolveHostError: look here for what it was
    """

    allow: ClassVar[set[str]] = set()
    refused: ClassVar[dict[str, PrivateAddress]] = {}

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """The one IPv4 address that will be connected to. Fails with PrivateAddress, also where it was cached."""
        host = name.lower().rstrip(".")
        if host not in self.allow and (literal := literal_address(name)) and not is_public(literal):
            return fail(self._refusal(host, literal))  # no lookup: /etc/hosts may say otherwise
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, host)

    def _checked(self, address: str, host: str) -> str:
        if host in self.allow or is_public(address):
            self.refused.pop(host, None)
            return address
        raise self._refusal(host, address)

    def _refusal(self, host: str, address: str) -> PrivateAddress:
        self.refused[host] = PrivateAddress(host, address)
        return _RefusedLookup(host, address)

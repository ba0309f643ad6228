"""Addresses a crawl may connect to: public ones by the IANA registries, unless the source says `allow_private`.

Two gates, since neither is enough: a name is checked when it is resolved (crawlers/resolver.py), a literal in a URL
before the request (here). No framework: the command line asks too.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata

from crawlers.errors import CrawlersError
from crawlers.source import Source

# Python's is_global follows the registries of the day it was released; these are refused under any Python.
_REFUSED_4 = tuple(map(ipaddress.IPv4Network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")))
_REFUSED_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_ALLOCATED_6 = ipaddress.IPv6Network("2000::/3")  # all global unicast there is: RFC 4291, IANA
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address
_LOCAL_NAMES = ("localhost", "localhost.localdomain", "localhost6", "localhost6.localdomain6",
                "localhost4", "localhost4.localdomain4", "ip6-localhost", "ip6-loopback")  # fmt: skip


class PrivateAddress(CrawlersError):
    """A host that is, or resolves to, no public address. Nothing was sent to it."""

    def __init__(self, host: str, address: str) -> None:
        self.host, self.address = host, address
        found = f"the non-public address {address}" + ("" if address == host else f" behind {host}")
        super().__init__(
            f"{host}: expected a public address, found {found}; it was not asked; cure: if this publisher is meant to "
            "be in a private network, set `allow_private = true` in [fetch] of its source file"
        )


def is_public(address: str) -> bool:
    """Whether an address (IPv4 dotted or IPv6, without brackets) may be anybody's server on the Internet.

    Not: private, loopback, link-local, multicast, reserved, unspecified, documentation, benchmarking, shared (CGNAT,
    RFC 6598), IPv6 outside 2000::/3, all of Teredo; nor IPv4-mapped, 6to4 and NAT64 forms of such an IPv4 address.
    False for what is no address.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is None:
            refused = found not in _ALLOCATED_6 or any(found in network for network in _REFUSED_6)
            return found.is_global and not refused
        found = inner
    special = (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback or found.is_link_local
    )
    return found.is_global and not special and not any(found in network for network in _REFUSED_4)


def literal_address(host: str) -> str | None:
    """The address an IP literal means, in every spelling getaddrinfo takes; None: a name, to be resolved.

    host  of a URL, with or without brackets: `127.1`, `0x7f.1`, `2130706433`, `[::ffff:10.0.0.1]`, `127.0.0.1.`,
          `１２７.0.0.1`; also names that mean this machine by themselves (`localhost`, RFC 6761)
    """
    # IDNA reads other widths of digits and other full stops as these (UTS 46); a URL library may have let them through.
    folded = unicodedata.normalize("NFKC", host).replace("。", ".").strip().lower()
    folded = folded.removeprefix("[").removesuffix("]").rstrip(".")
    if folded in _LOCAL_NAMES or folded.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(folded.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(folded)) if folded and not folded[-1].isspace() else None
    except (OSError, UnicodeError, ValueError):
        return None


def refuse_private_literal(host: str, allowed: bool) -> None:
    """Raise PrivateAddress where a URL's host is by itself a non-public address; see literal_address.

    allowed  the source's `allow_private`. A name passes here: GuardedResolver judges it once it is resolved.
    """
    address = None if allowed else literal_address(host)
    if address is not None and not is_public(address):
        raise PrivateAddress(host, address)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very name: a loopback literal in any spelling, or a localhost name."""
    address = literal_address(host)
    return address is not None and ipaddress.ip_address(address).is_loopback


def needs_contact(source: Source) -> bool:
    """Whether a crawl of it asks any machine but this one, which must be able to tell whom to write to."""
    return not all(is_loopback(host) for host in source.hosts)

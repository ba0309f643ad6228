"""Other addresses of what the frontier knows: by [url] rules and a publisher's move, one key has several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from crawlers.discovery.listed import Item
from crawlers.frontier import Frontier, moment
from crawlers.source import Source
from pipelines.identity import MOVED, TWIN, bulletin_id
from pipelines.records import FrontierAlias


class Alias(NamedTuple):
    """A URL that was listed, and is not the one its key comes from. since: unix seconds of the list's answer."""

    url: str
    key: str
    reason: str
    since: float


def aliases_of(source: Source, urls: Iterable[str], since: float) -> Iterator[Alias]:
    """What the rules of a source make of URLs as they stand on a list; nothing where it has no such rules."""
    if not (source.url.twin or source.url.key):
        return
    for url in urls:
        try:
            named = source.named(url)
        except ValueError:
            continue
        if named.asked != url:
            yield Alias(url, named.key, TWIN, since)
        if (reason := source.key_reason(named)) is not None:
            yield Alias(named.asked, named.key, reason, since)


def newness(source: Source, url: str) -> tuple[bool, int]:
    """Of two addresses of one key the greater is asked. Of equal ones the one that is known stays: never to and fro.

    returns  (whether it is on a host that the source's ways or home are on, 1 + number of the `moved` rule that
             names its key, 0: none). So a later rule of the file means a later address.
    """
    living = {urlsplit(way.url).hostname for way in source.discover} | {urlsplit(source.home or "").hostname}
    number = source.named(url).rule
    rule = number + 1 if number is not None and source.url.key[number].reason == MOVED else 0
    return urlsplit(url).hostname in living, rule


def note(frontier: Frontier, aliases: Iterable[Alias]) -> None:
    """Remember them; of one that is known the first instant stays."""
    frontier.con.executemany(
        "insert into alias values (?, ?, ?, ?) on conflict (url) do update set key = excluded.key,"
        " reason = excluded.reason, since = min(since, excluded.since)",
        aliases,
    )


def follow(frontier: Frontier, source: Source, items: Mapping[str, Item], at: float) -> int:
    """Known keys that a list shows at a newer address are asked there from now on; returns how many.

    Without validators: they are the old address's. One that was gone or failed there is asked at once. To be called
    inside a transaction.

    items  key → item, as of Sighting.keyed; at: unix seconds
    """
    if len(source.hosts) < 2 and not source.url.key:
        return 0
    moved = [
        (key, items[key].url)
        for key, url in frontier.of_keys("key, url", items.keys())
        if url != items[key].url and newness(source, items[key].url) > newness(source, url)
    ]
    frontier.con.executemany(
        "update url set url = ?, etag = null, last_modified = null, payload_sha256 = null, failures = 0,"
        " next_fetch_at = case when state in ('gone', 'failed', 'waiting') then ? else next_fetch_at end where key = ?",
        ((url, at, key) for key, url in moved),
    )
    note(frontier, (Alias(url, key, MOVED, at) for key, url in moved))
    return len(moved)


def rekey_aliases(frontier: Frontier, source: Source, known: Sequence[Alias]) -> None:
    """Aliases by the rules of today; one whose key is its own again is none."""
    told = [*frontier.con.execute("select url, key, reason, since from alias"), *known]
    frontier.con.execute("delete from alias")
    for url, key, reason, since in told:
        try:
            now, why = source.key(url), source.rule_reason(url)
        except ValueError:
            continue
        if why is not None or (reason == MOVED and now == key):
            note(frontier, [Alias(url, now, why or reason, since)])


def frontier_aliases(frontier: Frontier, source_id: str) -> Iterator[FrontierAlias]:
    """For the warehouse. A frontier of an earlier Bantin that no crawl has opened since has none."""
    if frontier.con.execute("select 1 from sqlite_master where name = 'alias'").fetchone() is None:
        return
    for url, key, reason, since in frontier.con.execute("select url, key, reason, since from alias order by url"):
        yield FrontierAlias(bulletin_id(source_id, key), url, reason, moment(since))

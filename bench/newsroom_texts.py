"""Texts of the simulated newsroom as normalization is given them, without rendering or reading pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from crawlers.newsroom import Newsroom
from crawlers.newsroom.newsroom import USUAL
from crawlers.newsroom.records import Gold
from pipelines.normalize.mentions import BulletinText, TextLine

SEED = 20261130


def newsroom_golds(count: int, seed: int = SEED, kinds: Sequence[str] = USUAL) -> Iterator[Gold]:
    """What `count` bulletins truly are, the sites in turn; the same for the same seed."""
    newsroom = Newsroom(seed=seed, bulletins=-(-count // len(kinds)), kinds=kinds)
    by_site = [newsroom.gold(site.site_id) for site in newsroom.sites]
    yield from islice(chain.from_iterable(zip(*by_site, strict=True)), count)


def text_of(gold: Gold) -> BulletinText:
    """Title, lead, body, captions and credits as lines; where pictures stand is not told."""
    told = [("title", gold.title), ("lead", gold.lead), *(("body", text) for text in gold.body)]
    told += [*(("caption", text) for text in gold.captions), ("byline", gold.byline)]
    lines = tuple(TextLine(number, zone, text) for number, (zone, text) in enumerate(told, 1) if text)
    return BulletinText(
        lines=lines,
        published_on=gold.published_on,
        agency_prefix=gold.agency_prefix,
        publisher=gold.site_id,
        sphere="army",
        authors=gold.authors,
        photographers=gold.photographers,
    )


def newsroom_texts(count: int, seed: int = SEED) -> Iterator[BulletinText]:
    """Of `newsroom_golds`, as text."""
    return map(text_of, newsroom_golds(count, seed))

"""Texts of the simulated newsroom as normalization is given them, without rendering or reading pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from tomllib import loads

from crawlers.newsroom import Newsroom
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.newsroom import USUAL
from crawlers.newsroom.records import Gold
from crawlers.newsroom.words import source_text
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
    publisher, sphere = _house(gold.site_id)
    return BulletinText(
        lines=lines,
        published_on=gold.published_on,
        agency_prefix=gold.agency_prefix,
        publisher=publisher,
        sphere=sphere,
        authors=gold.authors,
        photographers=gold.photographers,
    )


@cache
def _house(site_id: str) -> tuple[str, str]:
    """Publisher and sphere of a site, as its source file says. Of two of one kind they are the same."""
    kind = next(kind for kind in sorted(KINDS, key=len, reverse=True) if site_id.startswith(f"newsroom-{kind}"))
    file = loads(source_text(KINDS[kind]().name, KINDS[kind]().publisher, "", "", ""))
    return file["publisher"], file["sphere"]


def newsroom_texts(count: int, seed: int = SEED) -> Iterator[BulletinText]:
    """Of `newsroom_golds`, as text."""
    return map(text_of, newsroom_golds(count, seed))

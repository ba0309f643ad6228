"""Learning on every kind of newsroom publisher takes no line of a bulletin; `python -m bench.learn` measures more of it."""

from __future__ import annotations

import tomllib

import pytest

from bench.fields import pages_of
from bench.learn import FORMULAS, SITE, planted, seen_of
from crawlers.newsroom import Newsroom
from crawlers.newsroom.kinds import KINDS
from crawlers.source_file import source_of
from pipelines.boilerplate import learn

PAGES = 75


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_is_learned_of_a_newsroom_that_prints_nothing_of_its_own_among_its_paragraphs(kind: str) -> None:
    room = Newsroom(70_611, kinds=(kind,), bulletins=PAGES, per_day=1.0)
    site = room.sites[0]
    source = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
    captures = [capture for _, capture in pages_of(room, site, PAGES)]
    found = learn(seen_of(captures, source.family, source.layouts))
    assert found.is_enough and found.lines == (), found


def test_what_a_site_prints_is_found_on_the_same_pages_and_formulas_are_not() -> None:
    room = Newsroom(70_611, kinds=("military-region",), bulletins=PAGES, per_day=1.0)
    site = room.sites[0]
    source = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
    body = next(layout.body for layout in source.layouts if layout.body)
    captures = []
    for number, (_, capture) in enumerate(pages_of(room, site, PAGES)):
        html = planted(capture.payload.decode(), number, body)
        captures.append(
            type(capture)(capture.source_id, capture.url, capture.fetched_at, html.encode(), "text/html", 200)
        )
    found = {line.text for line in learn(seen_of(captures, source.family, source.layouts)).lines}
    assert len(found) == len(SITE) and found.isdisjoint(FORMULAS)

"""Stories into tables: which bulletins tell one and the same, over all sources.

Pairs are asked anew for every bulletin whose text came, changed or went, from the sketches of all; stories are told
from all pairs. Nothing depends on when we saw a bulletin, so two crawls of one world tell the same stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import duckdb

from pipelines.normalize.sketches import Sketch, keys, sketch
from pipelines.normalize.stories import Story, stories
from pipelines.normalize.story_candidates import BLOCK_DAYS, CROWD, candidates
from pipelines.normalize.story_credits import credit_of
from pipelines.normalize.story_pairs import Pair, compare
from pipelines.normalize.story_text import StoryFacts, StoryText
from warehouse import sql
from warehouse.arrow import insert_rows

Item = TypeVar("Item")

_AT_ONCE = 2_000
"""Bulletins or pairs handled at a time: their texts are what this holds in memory."""
_NOT_ASKED = datetime(1970, 1, 1, tzinfo=UTC)
"""When we saw a bulletin tells nothing of who wrote it first."""
_TEXTS = (
    "select bulletin_id, coalesce(title, ''), coalesce(lead, ''), coalesce(body, ''), published_on from bulletin"
    " where list_contains($ids, bulletin_id) order by bulletin_id"
)
_TEMPORARY = (
    "story_input", "sketch_gone", "sketch_gone_key", "to_sketch", "sketch_sharing", "sketch_crossing", "sketch_member",
    "sketch_near",
)  # fmt: skip


def tell_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Bring `story`, `bulletin.story_id` and `bulletin.duplicate_of` up to date.

    con  a writer's, inside a transaction whose `looked_at` names the bulletins that may have changed
    """
    con.execute(sql.query("stories_looked_at"))
    _sketch(con)
    con.execute(f"set variable story_crowd = {CROWD:d}; set variable story_block_days = {BLOCK_DAYS:d}")
    con.execute(sql.query("stories_near"))
    row = con.execute("select (select count(*) from sketch_member) + (select count(*) from sketch_gone)").fetchone()
    if row is not None and row[0]:
        _pair(con)
        _tell(con)
    con.execute(sql.query("stories_told"))
    for table in _TEMPORARY:
        con.execute(f"drop table if exists temp.{table}")


def _sketch(con: duckdb.DuckDBPyConnection) -> None:
    todo = con.execute("select bulletin_id, digest from to_sketch order by bulletin_id").fetchall()
    for some in _batches(todo):
        digests = dict(some)
        sketched: list[tuple[Any, ...]] = []
        keyed: list[tuple[Any, ...]] = []
        for text in _texts(con, digests):
            its = sketch(text)
            parts = (its.content, its.signature, its.marks, its.day) if its is not None else (None, None, None, None)
            sketched.append((text.bulletin_id, digests[text.bulletin_id], *parts))
            keyed.extend((text.bulletin_id, key) for key in (keys(its) if its is not None else ()))
        insert_rows(con, "bantin.sketch", ("bulletin_id", "digest", "content", "signature", "marks", "day"), sketched)
        insert_rows(con, "bantin.sketch_key", ("bulletin_id", "key"), keyed)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    ahead = iter(items)
    while some := list(islice(ahead, _AT_ONCE)):
        yield some


def _texts(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> Iterator[StoryText]:
    return (StoryText(*row) for row in con.execute(_TEXTS, {"ids": sorted(ids)}).fetchall())


def _pair(con: duckdb.DuckDBPyConnection) -> None:
    near = con.execute("select * from sketch_near order by bulletin_id").fetchall()
    members = {bulletin_id for (bulletin_id,) in con.execute("from sketch_member").fetchall()}
    sketches = {bulletin_id: Sketch(*parts) for bulletin_id, *parts in near}
    worth = (pair for pair in candidates(sketches) if not members.isdisjoint(pair))
    for some in _batches(worth):
        texts = {text.bulletin_id: text for text in _texts(con, {one_of for pair in some for one_of in pair})}
        found = [pair for one, other in some if (pair := compare(texts[one], texts[other])) is not None]
        rows = [(pair.one, pair.other, pair.kind, pair.similarity, pair.days, pair.why) for pair in found]
        insert_rows(con, "bantin.story_pair", ("one", "other", "kind", "similarity", "days", "why"), rows)


def _tell(con: duckdb.DuckDBPyConnection) -> None:
    pairs = [Pair(*row) for row in con.execute("from bantin.story_pair").fetchall()]
    facts = {row[0]: _facts(*row) for row in con.execute(sql.query("stories_facts")).fetchall()}
    con.execute("delete from story")
    why = _why_of(pairs)
    rows = [row for story in stories(pairs, facts) for row in _rows(story, why)]
    insert_rows(con, "main.story", ("story_id", "bulletin_id", "kind", "similarity", "reason"), rows)


def _facts(
    bulletin_id: str, published_on: Any, published_at: Any, publisher: str, agency_prefix: str | None, title: str,
    lead: str, body: str, byline: str | None, word_count: int,
) -> StoryFacts:  # fmt: skip
    length = word_count + len(title.split()) + len(lead.split())
    return StoryFacts(
        bulletin_id, _NOT_ASKED, published_on, published_at, publisher, agency_prefix,
        credit_of(byline or "", body), length,
    )  # fmt: skip


def _why_of(pairs: Sequence[Pair]) -> dict[str, str]:
    """Of each bulletin, the words of its strongest pair."""
    strongest: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda its: (-its.similarity, its.one, its.other)):
        strongest.setdefault(pair.one, pair)
        strongest.setdefault(pair.other, pair)
    return {bulletin_id: pair.why for bulletin_id, pair in strongest.items()}


def _rows(story: Story, why: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for member in story.members:
        reason = story.reason if member.bulletin_id == story.original else why.get(member.bulletin_id, "")
        yield story.story_id, member.bulletin_id, member.role, member.similarity, reason

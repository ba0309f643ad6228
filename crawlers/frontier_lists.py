"""What the frontier knows of the pages that list bulletins: their validators, what they listed, what left them.

Longer than most: what left the lists is told from tables that `store` and `drop_pages` write in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from crawlers.discovery.listed import NextPage
from crawlers.frontier import Frontier, moment
from pipelines.identity import bulletin_id
from pipelines.records import CrawlRun, Delisting

OLDER = 3
"""Items that lists must still show of those older than one that left them, before it counts as taken out."""
FEW = 10
"""URLs that may leave the lists at once, however little these show. More than a fifth of what they showed is a fault
of the server first of all: only what is still gone after STILL_GONE_S is judged."""
STILL_GONE_S = 20 * 3600.0
_LEFT = (
    "insert into candidate select u.key from url u where state in ('fetched', 'not_bulletin')"
    " and listed_on is not null and not exists (select * from listed l where l.key = u.key)"
    " and not exists (select * from delisting d where d.key = u.key and d.listed = 0"
    "   and d.at = (select max(at) from delisting where key = u.key))"
    " and not exists (select * from vanished v where v.key = u.key)"
    " and exists (select * from departed d join way_window w using (way) where d.key = u.key"
    "   and case when u.listed_date is null then :undated else u.listed_date > w.oldest end)"
)
_WINDOWS = (
    "insert into way_window select p.way, ("
    "  select u.listed_date from page q join listed l using (page) join url u on u.key = l.key"
    "  where q.way = p.way and u.listed_date is not null group by u.key order by u.listed_date limit 1 offset :older)"
    " from page p where p.way not like 'feed %' and p.way in (select way from departed) group by p.way"
)


class Page(NamedTuple):
    """A page that lists, as its latest answer left it. Instants are unix seconds.

    page            name in the frontier: URL key, of a POST with what chooses the page, with what the way selects
    way             `sitemap https://…`, or `robots`
    payload_sha256  of the latest stored bytes
    next_pages      as read then
    problem         why nothing, or not all, could be read; it is asked for without validators next time then
    read_at         when its bytes were sent last, be they the same as before: no 304
    """

    page: str
    key: str
    url: str
    way: str
    etag: str | None
    last_modified: str | None
    payload_sha256: str | None
    fetched_at: float
    changed_at: float
    next_pages: tuple[NextPage, ...] = ()
    problem: str | None = None
    read_at: float = 0.0


class Walk(NamedTuple):
    """One walk of one way. complete: all that is listed there was seen. Instants are unix seconds."""

    run_id: str
    way: str
    started_at: float
    ended_at: float
    complete: bool
    pages: int
    items: int
    unknown: int
    stop_reason: str


class Lists:
    """The list tables of an open frontier."""

    def __init__(self, frontier: Frontier) -> None:
        self._frontier, self._con = frontier, frontier.con
        self._too_many: str | None = None

    def page(self, page: str) -> Page | None:
        row = self._con.execute(
            "select page, key, url, way, etag, last_modified, payload_sha256, fetched_at, changed_at, next_pages,"
            " problem, read_at from page where page = ?",
            (page,),
        ).fetchone()
        if row is None:
            return None
        *facts, next_pages, problem, read_at = row
        return Page._make((*facts, _next_pages(next_pages), problem, read_at))

    def asked(self, key: str) -> None:
        """An address is asked for as a list: whatever its answer, it is no bulletin's. Before it is asked for."""
        if self._con.execute("select 1 from list_key where key = ?", (key,)).fetchone() is None:
            with self._frontier.transaction():
                self._con.execute("insert or ignore into list_key values (?)", (key,))

    def store(self, page: Page, keys: Iterable[str] | None) -> None:
        """Remember a page and what it lists; keys None: as before (a 304, or nothing could be read)."""
        with self._frontier.transaction():
            self._con.execute(
                "insert or replace into page (page, key, url, way, etag, last_modified, payload_sha256, fetched_at,"
                " changed_at, next_pages, problem, read_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*page[:9], _as_json(page.next_pages), page.problem, page.read_at),
            )
            self._con.execute("insert or ignore into list_key values (?)", (page.key,))
            if keys is not None:
                shown = set(keys)
                self._leave(page.way, [key for key in self.keys_of(page.page) if key not in shown])
                self._con.execute("delete from listed where page = ?", (page.page,))
                rows = ((page.page, key) for key in sorted(shown))
                self._con.executemany("insert or ignore into listed values (?, ?)", rows)

    def _leave(self, way: str, keys: Iterable[str]) -> None:
        """Pages of a way do not show these any more; whether another one does, is seen at the end of the crawl."""
        self._con.executemany("insert or ignore into departed values (?, ?)", ((key, way) for key in keys))

    def keys_of(self, page: str) -> list[str]:
        """What a page listed when it was last read."""
        return [key for (key,) in self._con.execute("select key from listed where page = ? order by key", (page,))]

    def holds(self, way: str, at_least: int) -> bool:
        """Whether the pages of a way listed that many URLs when they were last read."""
        rows = self._con.execute(
            "select 1 from page join listed using (page) where way = ? limit 1 offset ?", (way, at_least - 1)
        )
        return rows.fetchone() is not None

    def settled(self, keys: Sequence[str]) -> dict[str, tuple[float, bool]]:
        """Of those that were listed and fetched: key → (newest lastmod a list gave, 0: none; whether one gave a day).

        No list can tell the frontier anything else of them (frontier_discover.sql).
        """
        rows = self._frontier.of_keys(
            "key, coalesce(modified_at, 0.0), listed_date is not null",
            keys,
            "last_fetch_at is not null and state not in ('waiting', 'excluded') and listed_on is not null",
        )
        return {key: (modified_at, bool(day)) for key, modified_at, day in rows}

    def drop_pages(self, way: str, seen: Iterable[str]) -> int:
        """Forget pages of a way that a complete walk did not come by any more. Returns how many."""
        gone = {p for (p,) in self._con.execute("select page from page where way = ?", (way,))} - set(seen)
        with self._frontier.transaction():
            for page in sorted(gone):
                self._leave(way, self.keys_of(page))
            self._con.executemany("delete from page where page = ?", ((p,) for p in gone))
            self._con.executemany("delete from listed where page = ?", ((p,) for p in gone))
        return len(gone)

    def drop_ways(self, ways: Iterable[str]) -> int:
        """Forget the pages of ways that the source does not have any more. Returns how many.

        What they alone listed left no list: its publisher has said nothing.
        """
        kept = {*ways, "robots"}
        stale = [way for (way,) in self._con.execute("select distinct way from page") if way not in kept]
        dropped = sum(self.drop_pages(way, ()) for way in stale)
        with self._frontier.transaction():
            self._con.executemany("delete from departed where way = ?", ((way,) for way in stale))
        return dropped

    def walked(self, walk: Walk) -> None:
        with self._frontier.transaction():
            self._con.execute("insert or replace into walk values (?, ?, ?, ?, ?, ?, ?, ?, ?)", walk)

    def last_walk(self, way: str, *, complete: bool = False) -> Walk | None:
        """The latest walk of a way, or the latest complete one."""
        row = self._con.execute(
            "select run_id, way, started_at, ended_at, complete, pages, items, unknown, stop_reason from walk"
            " where way = ? and complete >= ? order by started_at desc limit 1",
            (way, int(complete)),
        ).fetchone()
        return None if row is None else Walk._make((*row[:4], bool(row[4]), *row[5:]))

    def oldest_discovery(self, keys: Sequence[str]) -> list[tuple[str, str | None, float]]:
        """(key, day a list gave, discovered_at) of those that are known."""
        return list(self._frontier.of_keys("key, listed_date, discovered_at", keys))

    def note_vanished(self, at: float, evidence: str, *, undated: bool = True) -> int:
        """URLs that were listed once and that no page lists now become due, to see whether they are still there.

        Right or nothing: each is judged by the ways that showed it. Of those with a day of their own only what such a
        way would still show: it shows OLDER ones (one or two may be pinned on top of a list that otherwise shows only
        the newest; beside a list of one section that goes back ten years may stand a sitemap of the last two days).
        Of those without a day nothing is said where the list may be such a window; feeds always are. Returns how many.

        undated  no walked list is a single page: what they list is all there is
        refuses  more than FEW and a fifth of what the lists showed at once: `vanished_too_many` says so then. Those
                 still on no list at a call STILL_GONE_S later or more are judged
        """
        self._too_many = None
        with self._frontier.transaction():
            self._con.execute("delete from departed where key in (select key from listed)")
            self._con.execute("create temp table if not exists way_window (way text primary key, oldest text)")
            self._con.execute("delete from way_window")
            self._con.execute(_WINDOWS, {"older": OLDER - 1})
            values = {"at": at, "evidence": evidence, "undated": undated}
            self._con.execute("delete from suspect where key in (select key from listed)")
            self._con.execute("create temp table if not exists candidate (key text primary key) without rowid")
            self._con.execute("delete from candidate")
            self._con.execute(_LEFT, values)
            judged = "select key from suspect where at <= :old"
            values["old"] = at - STILL_GONE_S
            showed, fresh = self._con.execute(
                f"select count(*), coalesce(sum(key not in ({judged})), 0) from candidate", values
            ).fetchone()
            if fresh > FEW:
                showed += self._con.execute("select count(distinct key) from listed").fetchone()[0]
            if fresh > FEW and 5 * fresh > showed:
                self._con.execute("insert or ignore into suspect select key, :at from candidate", values)
                self._con.execute(f"delete from candidate where key not in ({judged})", values)
                self._too_many = (
                    f"{fresh} of {showed} URLs are on no list any more: too many for deletions; nothing was concluded"
                )
            self._con.execute("insert or ignore into vanished select key, :at, :evidence from candidate", values)
            (noted,) = self._con.execute("select changes()").fetchone()
            self._con.execute("delete from suspect where key in (select key from vanished)")
            self._con.execute("update url set next_fetch_at = ? where key in (select key from vanished)", (at,))
        return int(noted)

    def vanished_too_many(self) -> str | None:
        """Why the last `note_vanished` concluded nothing of most that left the lists: a hole. None: it judged all."""
        return self._too_many

    def note_back(self, at: float) -> int:
        """URLs that had left the lists and are listed again. Returns how many."""
        with self._frontier.transaction():
            self._con.execute("delete from vanished where key in (select key from listed)")
            self._con.execute("delete from suspect where key in (select key from listed)")
            self._con.execute("delete from departed where key in (select key from listed)")
            self._con.execute(
                "insert or ignore into delisting select d.key, 1, ?,"
                " (select min(p.url) from listed l join page p using (page) where l.key = d.key)"
                " from delisting d where d.listed = 0 and d.at = (select max(at) from delisting where key = d.key)"
                " and d.key in (select key from listed)",
                (at,),
            )
            (noted,) = self._con.execute("select changes()").fetchone()
        return int(noted)

    def looked_at(self, key: str, at: float, there: bool) -> None:
        """A URL was answered: if it had vanished from the lists, that is said now, or its own answer says more."""
        row = self._con.execute("select evidence from vanished where key = ?", (key,)).fetchone()
        if row is None:
            return
        with self._frontier.transaction():
            if there:
                self._con.execute("insert or replace into delisting values (?, 0, ?, ?)", (key, at, row[0]))
            self._con.execute("delete from vanished where key = ?", (key,))

    def listing_ids(self, source_id: str) -> Iterator[str]:
        """bulletin_id of every address ever asked for as a list or robots.txt, for the warehouse."""
        for (key,) in self._con.execute("select key from list_key order by key"):
            yield bulletin_id(source_id, key)

    def delistings(self, source_id: str) -> Iterator[Delisting]:
        for key, listed, at, evidence in self._con.execute("select * from delisting order by at, key"):
            yield Delisting(bulletin_id(source_id, key), bool(listed), moment(at), evidence)


class Runs:
    """What each crawl of an open frontier did, and which segments of the archive it has accounted for."""

    def __init__(self, frontier: Frontier) -> None:
        self._frontier, self._con = frontier, frontier.con

    def begin(self, run_id: str, command: str, at: float) -> str | None:
        """Write down that a crawl begins. Returns the run before it if that was killed."""
        killed = self._con.execute(
            "select run_id from run where ended_at is null order by started_at desc limit 1"
        ).fetchone()
        with self._frontier.transaction():
            self._con.execute("update run set ended_at = ?, outcome = 'killed' where ended_at is null", (at,))
            self._con.execute(
                "insert or replace into run (run_id, command, started_at, outcome) values (?, ?, ?, 'under way')",
                (run_id, command, at),
            )
        return None if killed is None else str(killed[0])

    def progress(self, run_id: str, counts: dict[str, int]) -> None:
        """What a crawl has done so far: what its row says, should it be killed."""
        names = ("listed", "discovered", "fetched", "not_modified", "gone", "failed")
        with self._frontier.transaction():
            self._con.execute(
                f"update run set {', '.join(f'{name} = ?' for name in names)} where run_id = ?",
                (*(counts.get(name, 0) for name in names), run_id),
            )

    def end(self, run_id: str, at: float, outcome: str, counts: dict[str, int]) -> None:
        with self._frontier.transaction():
            self.progress(run_id, counts)
            self._con.execute("update run set ended_at = ?, outcome = ? where run_id = ?", (at, outcome, run_id))

    def ended(self, source_id: str) -> Iterator[CrawlRun]:
        for run_id, command, started_at, ended_at, outcome, *counts in self._con.execute(
            "select * from run where ended_at is not null order by started_at"
        ):
            yield CrawlRun(run_id, source_id, command, moment(started_at), moment(ended_at), outcome, *counts)

    def accounted(self) -> set[str]:
        """Segments whose records the frontier knows."""
        return {name for (name,) in self._con.execute("select warc_file from segment")}

    def account(self, warc_files: Iterable[str]) -> None:
        with self._frontier.transaction():
            self._con.executemany("insert or ignore into segment values (?)", ((name,) for name in warc_files))


def _as_json(pages: Sequence[NextPage]) -> str:
    return json.dumps(
        [[p.url, p.form, p.modified_at.isoformat() if p.modified_at else None] for p in pages], ensure_ascii=False
    )


def _next_pages(text: str) -> tuple[NextPage, ...]:
    return tuple(
        NextPage(
            url,
            None if form is None else tuple((name, value) for name, value in form),
            datetime.fromisoformat(modified) if modified else None,
        )
        for url, form, modified in json.loads(text)
    )

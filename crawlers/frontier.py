"""The frontier of one source, `crawl/<source>.sqlite`: every URL ever seen and its state (crawlers/states.py).

SQLite in WAL mode: a killed process loses no committed row. `synchronous = normal` may lose the last commits in a power
failure, never their order; what those captured lies in the archive, whose segment is not marked as accounted for then
either, and is adopted (crawlers/adoption.py). One process writes at a time, whoever holds `crawl/<source>.lock`.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from crawlers.errors import CannotWrite, DamagedFrontier
from crawlers.segment import VIETNAM
from crawlers.states import EXCLUDED, FETCHED, WAITING, Status
from pipelines.identity import bulletin_id
from pipelines.records import FrontierUrl

_SCHEMA = 1
_STATUS = "state, reason, tries, failures, last_fetch_at, next_fetch_at, etag, last_modified, payload_sha256"
_EVER = ("0001-01-01", "9999-12-31")
_BETWEEN = "month between ? and ? and (listed_date is null or listed_date between ? and ?)"
_DISCOVER = f"""
insert into url (key, url, month, month_rank, listed_date, listed_on, discovered_via, discovered_at, modified_at, state,
                 reason, next_fetch_at)
values (:key, :url, :month, :month_rank, :listed_date, :listed_on, :via, :at, :modified_at, :state, :reason,
        case when :state = '{WAITING}' then :at end)
on conflict (key) do update set
    month = case when url.last_fetch_at is null and excluded.month_rank < url.month_rank
                 then excluded.month else url.month end,
    month_rank = case when url.last_fetch_at is null then min(url.month_rank, excluded.month_rank)
                 else url.month_rank end,
    listed_date = coalesce(url.listed_date, excluded.listed_date),
    next_fetch_at = case
        when url.state in ('{WAITING}', '{EXCLUDED}') and url.last_fetch_at is null then excluded.next_fetch_at
        when excluded.modified_at > coalesce(url.modified_at, 0) and excluded.modified_at > url.last_fetch_at
        then min(coalesce(url.next_fetch_at, :at), :at) else url.next_fetch_at end,
    modified_at = nullif(max(coalesce(url.modified_at, 0), coalesce(excluded.modified_at, 0)), 0),
    reason = case when url.state in ('{WAITING}', '{EXCLUDED}') and url.last_fetch_at is null
                  then excluded.reason else url.reason end,
    state = case when url.state in ('{WAITING}', '{EXCLUDED}') and url.last_fetch_at is null
                 then excluded.state else url.state end
"""


class Found(NamedTuple):
    """A URL that a page lists. state: waiting, or excluded with the reason. Instants are unix seconds.

    month, month_rank  see crawlers.month
    listed_date        day the list gives it, YYYY-MM-DD
    """

    key: str
    url: str
    month: str
    month_rank: int
    listed_date: str | None
    listed_on: str | None
    via: str
    at: float
    modified_at: float | None = None
    state: str = WAITING
    reason: str | None = None


class Due(NamedTuple):
    """A URL whose turn it is. known_day: see crawlers.states.after."""

    key: str
    url: str
    known_day: date
    status: Status


class Frontier:
    """One source's frontier, open. Changes are committed by `transaction`; use it as a context manager to close it."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        """Raises DamagedFrontier; CannotWrite."""
        self.file = file
        try:
            if read_only:
                self.con = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                self.con = sqlite3.connect(file, isolation_level=None, timeout=30)
                self.con.execute("pragma journal_mode = wal")
                self.con.execute("pragma synchronous = normal")
                self.con.execute("pragma cache_size = -65536")  # 64 MB: keys come in no order of their own
                self.con.execute("pragma wal_autocheckpoint = 8000")
                self.con.executescript(files("crawlers").joinpath("frontier.sql").read_text(encoding="utf-8"))
            (schema,) = self.con.execute("select schema from meta").fetchone()
        except OSError as error:
            raise CannotWrite(file, error) from error
        except sqlite3.Error as error:
            raise DamagedFrontier(file, str(error)) from error
        if schema != _SCHEMA:
            raise DamagedFrontier(file, f"schema {schema} of another Bantin, this one knows {_SCHEMA}")

    def __enter__(self) -> Frontier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.con.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and the frontier's version moves on. Nested: part of the outer one."""
        if self.con.in_transaction:
            yield
            return
        self.con.execute("begin immediate")
        try:
            yield
            self.con.execute("update meta set version = version + 1")
            self.con.execute("commit")
        except BaseException:
            self.con.execute("rollback")
            raise

    @property
    def version(self) -> int:
        """Moves with every transaction."""
        found: tuple[int] = self.con.execute("select version from meta").fetchone()
        return found[0]

    def discover(self, found: Sequence[Found]) -> int:
        """Take in what a page lists; known ones may get a better month, or become due by a newer lastmod.

        returns  how many were not known
        """
        unknown = self.unknown(item.key for item in found)
        with self.transaction():
            self.con.executemany(_DISCOVER, (item._asdict() for item in found))
        return len(unknown)

    def unknown(self, keys: Iterable[str]) -> set[str]:
        """Those the frontier does not have."""
        wanted = list(dict.fromkeys(keys))
        known: set[str] = set()
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            rows = self.con.execute(f"select key from url where key in ({','.join('?' * len(part))})", part)
            known.update(key for (key,) in rows)
        return {key for key in wanted if key not in known}

    def waiting(
        self, now: float, limit: int, without: Collection[str] = (), since: str = _EVER[0], until: str = _EVER[1]
    ) -> list[Due]:
        """URLs never fetched whose time has come, newest month first.

        since, until  days, both included: of the day a list gave, else the month counts
        """
        return self._due(
            f"select {{}} from url where state = 'waiting' and next_fetch_at <= ? and {_BETWEEN}"
            " order by month desc, next_fetch_at limit ?",
            (now, *_between(since, until), limit + len(without)),
            without,
        )[:limit]

    def revisits(self, now: float, limit: int, without: Collection[str] = ()) -> list[Due]:
        """URLs that were answered before and are worth another look, longest due first."""
        return self._due(
            "select {} from url where state <> 'waiting' and next_fetch_at <= ? order by next_fetch_at limit ?",
            (now, limit + len(without)),
            without,
        )[:limit]

    def next_waiting_at(self, since: str = _EVER[0], until: str = _EVER[1]) -> float | None:
        """When the first waiting URL may be tried again; None: none waits."""
        found: tuple[float | None] = self.con.execute(
            f"select min(next_fetch_at) from url where state = 'waiting' and {_BETWEEN}", _between(since, until)
        ).fetchone()
        return found[0]

    def get(self, key: str) -> Due | None:
        """The row of a key."""
        return next(iter(self._due("select {} from url where key = ?", (key,), ())), None)

    def _due(self, query: str, values: Sequence[object], without: Collection[str]) -> list[Due]:
        rows = self.con.execute(query.format(f"key, url, month, listed_date, discovered_at, {_STATUS}"), values)
        return [
            Due(key, url, _known_day(month, listed_date, discovered_at), Status(*status))
            for key, url, month, listed_date, discovered_at, *status in rows
            if key not in without
        ]

    def apply(self, changes: Iterable[tuple[str, Status]]) -> None:
        """Store what answers made of URLs."""
        with self.transaction():
            self.con.executemany(
                "update url set state = ?, reason = ?, tries = ?, failures = ?, last_fetch_at = ?, next_fetch_at = ?,"
                " etag = ?, last_modified = ?, payload_sha256 = ? where key = ?",
                (
                    (s.state, s.reason, s.tries, s.failures, s.last_fetch_at, s.next_fetch_at, s.etag, s.last_modified,
                     s.payload_sha256, key)
                    for key, s in changes
                ),
            )  # fmt: skip

    def mark(self, keys: Iterable[str], state: str, reason: str | None) -> int:
        """What the load found about fetched URLs: not_bulletin, duplicate. Returns how many rows changed."""
        with self.transaction():
            cursor = self.con.executemany(
                "update url set state = ?, reason = ? where key = ? and state = ?",
                ((state, reason, key, FETCHED) for key in keys),
            )
        return cursor.rowcount

    def counts(self) -> dict[str, int]:
        """State → URLs."""
        return dict(self.con.execute("select state, count(*) from url group by state order by state").fetchall())

    def rows(self, source_id: str) -> Iterator[FrontierUrl]:
        """All rows for the warehouse, by key."""
        for row in self.con.execute(
            "select key, url, month, discovered_at, discovered_via, listed_on, state, reason, tries, last_fetch_at,"
            " next_fetch_at from url order by key"
        ):
            key, url, month, discovered_at, via, listed_on, state, reason, tries, last, following = row
            yield FrontierUrl(
                bulletin_id(source_id, key), url, month, moment(discovered_at), via, listed_on, state, reason, tries,
                None if last is None else moment(last), None if following is None else moment(following),
            )  # fmt: skip


def _between(since: str, until: str) -> tuple[str, str, str, str]:
    """Values of _BETWEEN. A URL with no day of its own counts with its month, whichever days of it are asked for."""
    return since[:7], until[:7], since, until


def moment(seconds: float) -> datetime:
    """Unix seconds as an aware UTC instant, whole microseconds."""
    return datetime.fromtimestamp(round(seconds, 6), UTC)


def _known_day(month: str, listed_date: str | None, discovered_at: float) -> date:
    """The day a list gave, else the last day of the month, never after the discovery."""
    discovered = datetime.fromtimestamp(discovered_at, VIETNAM).date()
    if listed_date:
        return min(date.fromisoformat(listed_date), discovered)
    year, number = int(month[:4]), int(month[5:7])
    return min(date(year, number, monthrange(year, number)[1]), discovered)

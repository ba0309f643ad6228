"""The frontier of one source, `crawl/<source>.sqlite`: every URL ever seen and its state (crawlers/states.py).

SQLite in WAL mode: a killed process loses no committed row. `synchronous = normal` may lose the last commits in a power
failure, never their order; what those captured lies in the archive, whose segment is not marked as accounted for then
either, and is adopted (crawlers/adoption.py). One process writes at a time, whoever holds `crawl/<source>.lock`.

Longer than most files here: every statement about table `url` is in one place.
"""

from __future__ import annotations

import sqlite3
import zlib
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import regex

from crawlers.errors import CannotWrite, DamagedFrontier
from crawlers.segment import VIETNAM
from crawlers.states import EXCLUDED, FAILED, FETCHED, ROBOTS, WAITING, Status
from pipelines.identity import bulletin_id
from pipelines.records import FrontierUrl

_SCHEMA = 1
_NO_ROOM = regex.compile(r"full|readonly|disk I/O|unable to open|locked")
_STATUS = "state, reason, tries, failures, last_fetch_at, next_fetch_at, etag, last_modified, payload_sha256"
_A_FEW = 5
_AT_ONCE = 500  # values in one statement
_EVER = ("0001-01-01", "9999-12-31")
ALL_MONTHS = ("0001-01", "9999-12")
"""Months of a crawl that was asked for no month."""
_BETWEEN = (
    "month between ? and ? and case when listed_date is null then month between ? and ?"
    " else listed_date between ? and ? end"
)
_DISCOVER = files("crawlers").joinpath("frontier_discover.sql").read_text(encoding="utf-8")


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
            _refuse_other(file)
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
            self.con.create_function("shuffled", 1, _shuffled, deterministic=True)
        except OSError as error:
            raise CannotWrite(file, error) from error
        except sqlite3.Error as error:
            raise refusal(file, error) from error

    def __enter__(self) -> Frontier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.con.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and the frontier's version moves on. Nested: part of the outer one.

        raises  CannotWrite, DamagedFrontier; nothing of it was stored then
        """
        if self.con.in_transaction:
            yield
            return
        try:
            self.con.execute("begin immediate")
            yield
            self.con.execute("update meta set version = version + 1")
            self.con.execute("commit")
        except BaseException as error:
            if self.con.in_transaction:  # SQLite has rolled back by itself where the disk is full
                self.con.execute("rollback")
            if isinstance(error, sqlite3.Error):
                raise refusal(self.file, error) from error
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
        wanted = set(keys)
        return wanted - {key for (key,) in self.of_keys("key", wanted)}

    def of_keys(self, columns: str, keys: Collection[str], where: str = "true") -> Iterator[tuple[Any, ...]]:
        """These columns of the rows of these keys, in no order. columns, where: SQL of ours."""
        wanted = list(keys)
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            marks = ",".join("?" * len(part))
            yield from self.con.execute(f"select {columns} from url where key in ({marks}) and {where}", part)

    def waiting(
        self,
        now: float,
        limit: int,
        without: Collection[str] = (),
        since: str = _EVER[0],
        until: str = _EVER[1],
        closed: Collection[str] = (),
        months: tuple[str, str] = ALL_MONTHS,
        spread: bool = False,
    ) -> list[Due]:
        """URLs never fetched whose time has come, newest month first.

        since, until  days, both included: of the day a list gave, else the month counts
        closed        origins (`https://bao.example`) that are not asked
        months        first and last, `YYYY-MM`, both included: those the URLs are filed under
        spread        a sample: the months in turns, and within each in an order that says nothing of the pages
        """
        where, values = _outside(closed)
        turns = "row_number() over (partition by month order by shuffled(key), key), month desc"
        order = turns if spread else "month desc, next_fetch_at"
        return self._due(
            f"select {{}} from url where state = 'waiting' and next_fetch_at <= ? and {_BETWEEN}{where}"
            f" order by {order} limit ?",
            (now, *_between(since, until, months), *values, limit + len(without)),
            without,
        )[:limit]

    def revisits(
        self,
        now: float,
        limit: int,
        without: Collection[str] = (),
        since: str = _EVER[0],
        until: str = _EVER[1],
        closed: Collection[str] = (),
        months: tuple[str, str] = ALL_MONTHS,
    ) -> list[Due]:
        """URLs that were answered before and are worth another look, longest due first."""
        where, values = _outside(closed)
        return self._due(
            f"select {{}} from url where state <> 'waiting' and next_fetch_at <= ? and {_BETWEEN}{where}"
            " order by next_fetch_at limit ?",
            (now, *_between(since, until, months), *values, limit + len(without)),
            without,
        )[:limit]

    def failed(self, since: str = _EVER[0], until: str = _EVER[1], months: tuple[str, str] = ALL_MONTHS) -> list[str]:
        """Keys of those given up for a while, newest month first, be their time come or not."""
        rows = self.con.execute(
            f"select key from url where state = '{FAILED}' and {_BETWEEN} order by month desc, key",
            _between(since, until, months),
        )
        return [key for (key,) in rows]

    def others(self, payload_sha256: str, without: Collection[str] = (), closed: Collection[str] = ()) -> list[Due]:
        """A few fetched URLs whose latest bytes were others than these, latest visited first."""
        where, values = _outside(closed)
        return self._due(
            f"select {{}} from url where state = 'fetched' and payload_sha256 <> ?{where}"
            " order by last_fetch_at desc, key limit ?",
            (payload_sha256, *values, _A_FEW + len(without)),
            without,
        )[:_A_FEW]

    def shared(self, at_least: int) -> set[str]:
        """payload_sha256 of what so many fetched URLs are answered with, byte for byte: error pages."""
        rows = self.con.execute(
            "select payload_sha256 from url where state in ('fetched', 'not_bulletin') and payload_sha256 is not null"
            " group by payload_sha256 having count(*) >= ?",
            (at_least,),
        )
        return {payload for (payload,) in rows}

    def next_waiting_at(
        self,
        since: str = _EVER[0],
        until: str = _EVER[1],
        closed: Collection[str] = (),
        months: tuple[str, str] = ALL_MONTHS,
    ) -> float | None:
        """When the first waiting URL may be tried again; None: none waits."""
        where, values = _outside(closed)
        found: tuple[float | None] = self.con.execute(
            f"select min(next_fetch_at) from url where state = 'waiting' and {_BETWEEN}{where}",
            (*_between(since, until, months), *values),
        ).fetchone()
        return found[0]

    def wait_for(self, origin: str, reason: str) -> int:
        """Waiting URLs of an origin that was not asked say why. Returns how many."""
        with self.transaction():
            return self.con.execute(
                "update url set reason = ? where state = 'waiting' and last_fetch_at is null and substr(url, 1, ?) = ?",
                (reason, len(origin) + 1, f"{origin}/"),
            ).rowcount

    def unfetched(self) -> Iterator[tuple[str, str, str, int, str | None, str, str | None]]:
        """(key, url, month, month_rank, listed_date, state, reason) of what waits or is excluded."""
        yield from self.con.execute(
            "select key, url, month, month_rank, listed_date, state, reason from url where state in (?, ?)",
            (WAITING, EXCLUDED),
        )

    def disallowed(self) -> list[tuple[str, str]]:
        """(key, url) of what robots.txt did not allow when it was to be fetched."""
        return self.con.execute(
            "select key, url from url where state = ? and reason = ?", (EXCLUDED, ROBOTS)
        ).fetchall()

    @property
    def rules(self) -> int:
        """Digest of the rules that `unfetched` was judged by last; 0: never."""
        found: tuple[int] = self.con.execute("pragma user_version").fetchone()
        return found[0]

    def judge(self, verdicts: Iterable[tuple[str, str | None]], at: float, rules: int | None = None) -> None:
        """Unfetched URLs, as the rules of today see them: excluded for the reason, or None: waiting.

        rules  digest of the source's, if these were all asked: 1 to 2**31 - 1
        """
        with self.transaction():
            if rules is not None:
                self.con.execute(f"pragma user_version = {rules:d}")
            self.con.executemany(
                f"update url set state = case when :why is null then '{WAITING}' else '{EXCLUDED}' end, reason = :why,"
                " next_fetch_at = case when :why is null then :at end"
                f" where key = :key and state in ('{WAITING}', '{EXCLUDED}')",
                ({"key": key, "why": why, "at": at} for key, why in verdicts),
            )

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

    def put_back(self, keys: Iterable[str], since: float, is_loaded: Callable[[str], bool], at: float) -> int:
        """Forget what a dropped batch brought: these URLs, those `gone` since and what lists lost since are asked anew.

        since, at  unix seconds; is_loaded: whether the tables hold a key's bulletin from before the batch
        returns    how many URLs are asked for again, without validators
        """
        with self.transaction():
            gone = self.con.execute("select key from url where state = 'gone' and last_fetch_at >= ?", (since,))
            wanted = {*keys, *(key for (key,) in gone)}
            cursor = self.con.executemany(
                "update url set state = ?, reason = null, failures = 0, next_fetch_at = ?, etag = null,"
                " last_modified = null, payload_sha256 = null where key = ? and state <> 'excluded'",
                ((FETCHED if is_loaded(key) else WAITING, at, key) for key in sorted(wanted)),
            )
            for table in ("delisting", "vanished", "suspect"):
                self.con.execute(f"delete from {table} where at >= ?", (since,))
        return cursor.rowcount

    def counts(self) -> dict[str, int]:
        """State → URLs."""
        return dict(self.con.execute("select state, count(*) from url group by state order by state").fetchall())

    def months(self, month_from: str = ALL_MONTHS[0], month_until: str = ALL_MONTHS[1]) -> dict[str, dict[str, int]]:
        """Month → state → URLs, of these months, both included, in order; a month without URLs is left out."""
        found: dict[str, dict[str, int]] = {}
        for month, state, count in self.con.execute(
            "select month, state, count(*) from url where month between ? and ? group by month, state order by 1, 2",
            (month_from, month_until),
        ):
            found.setdefault(month, {})[state] = count
        return found

    def unhad(
        self, month_from: str = ALL_MONTHS[0], month_until: str = ALL_MONTHS[1]
    ) -> Iterator[tuple[str, str, str, str | None]]:
        """(month, url, state, reason) of what waits or failed, by month and key: the holes of a backfill."""
        yield from self.con.execute(
            "select month, url, state, reason from url where month between ? and ? and state in (?, ?)"
            " order by month, key",
            (month_from, month_until, WAITING, FAILED),
        )

    def weigh(self, sizes: Mapping[str, tuple[int, int, float]]) -> None:
        """Add up sizes of answers, for plans. role → (answers, their bytes, the squares of these)."""
        with self.transaction():
            self.con.executemany(
                "insert into answer_size values (?, ?, ?, ?) on conflict (role) do update set"
                " n = n + excluded.n, total = total + excluded.total, squares = squares + excluded.squares",
                ((role, *sums) for role, sums in sizes.items()),
            )

    def sizes(self) -> dict[str, tuple[int, int, float]]:
        """`page`, `list` → (answers with 2xx and a body, their bytes as received, the squares of these).

        A frontier of an earlier Bantin that no crawl has opened since has none.
        """
        if self.con.execute("select 1 from sqlite_master where name = 'answer_size'").fetchone() is None:
            return {}
        rows = self.con.execute("select role, n, total, squares from answer_size order by role")
        return {role: (n, total, squares) for role, n, total, squares in rows}

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


def refusal(file: Path, error: sqlite3.Error) -> CannotWrite | DamagedFrontier:
    """What an error of SQLite means for people."""
    if isinstance(error, sqlite3.OperationalError) and _NO_ROOM.search(str(error)):
        return CannotWrite(file, OSError(str(error)))
    return DamagedFrontier(file, str(error))


def _refuse_other(file: Path) -> None:
    """A database of another schema, or of something else, is not written to. Raises DamagedFrontier, sqlite3.Error."""
    if not file.exists() or file.stat().st_size == 0:
        return
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as con:
        tables = {name for (name,) in con.execute("select name from sqlite_master where type = 'table'")}
        if not tables:
            return
        if "meta" not in tables:
            raise DamagedFrontier(file, "a database of something else")
        row = con.execute("select schema from meta").fetchone()
        if row is not None and row[0] != _SCHEMA:
            raise DamagedFrontier(file, f"schema {row[0]} of another Bantin, this one knows {_SCHEMA}")


def _outside(origins: Collection[str]) -> tuple[str, list[str | int]]:
    """(condition, values) for URLs of none of these origins."""
    values: list[str | int] = []
    for origin in origins:
        values += [len(origin) + 1, f"{origin}/"]
    return " and substr(url, 1, ?) <> ?" * len(origins), values


def _between(since: str, until: str, months: tuple[str, str]) -> tuple[str, ...]:
    """Values of _BETWEEN. A URL with no day of its own counts with its month, whichever days of it are asked for."""
    return *months, since[:7], until[:7], since, until


def _shuffled(key: str) -> int:
    """The same order each time, and one that has nothing to do with sections, ids or ages."""
    return zlib.crc32(key.encode("utf-8", "replace"))


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

"""A source's [url] rules or hosts changed: the frontier's rows take the keys that the rules of today give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from crawlers.aliases import Alias, aliases_of, newness, rekey_aliases
from crawlers.frontier import Frontier
from crawlers.source import Source
from crawlers.states import DUPLICATE, EXCLUDED, FAILED, FETCHED, GONE, NOT_BULLETIN, WAITING
from pipelines.identity import url_key

RULES_CHANGED = "read under other rules"
"""Problem of a page that lists: it is asked for without validators and read anew."""
_KNOWS_MORE = (FETCHED, NOT_BULLETIN, DUPLICATE, GONE, FAILED, WAITING, EXCLUDED)
_TABLES = {"listed": 1, "delisting": 0, "departed": 0, "vanished": 0, "suspect": 0}  # where their key stands in a row


class Rekeyed(NamedTuple):
    """moved: rows whose key is another; joined: rows that became part of another one."""

    moved: int
    joined: int


def would_rekey(frontier: Frontier, source: Source) -> Rekeyed:
    """What `rekey` would do; nothing is changed."""
    return _told(frontier, _moved(frontier, source))


def rekey(frontier: Frontier, source: Source) -> Rekeyed:
    """Give every row its key of today, and the address to ask; rows that fall together become one.

    Of several, the one that knows more stays (fetched first, then visited last), with the month of the best source, the
    earliest discovery and the tries of all, and the newest address (crawlers/aliases.py). Lists are read anew: what one
    key hid, they show.
    """
    with frontier.transaction():
        frontier.con.execute("update page set problem = ? where way <> 'robots'", (RULES_CHANGED,))
        moved = _moved(frontier, source)
        done = _told(frontier, moved)
        _pages(frontier, source)
        rekey_aliases(frontier, source, list(_urls(frontier, source, moved)))
        if moved:
            _others(frontier, moved)
    return done


def _moved(frontier: Frontier, source: Source) -> dict[str, str]:
    """Key → key of today, where it is another, or where the address is a twin by the rules of today."""
    rows = frontier.con.execute("select key, url from url")
    return {key: new for key, url in rows if (new := _key(source, key, url)) != key or _asked(source, url) != url}


def _told(frontier: Frontier, moved: dict[str, str]) -> Rekeyed:
    new = set(moved.values())
    standing = {key for (key,) in frontier.of_keys("key", new) if key not in moved}
    return Rekeyed(sum(old != key for old, key in moved.items()), len(moved) + len(standing) - len(new))


def _urls(frontier: Frontier, source: Source, moved: dict[str, str]) -> Iterator[Alias]:
    """Rows of `url`. Yields what addresses they had besides the one they are asked at."""
    con = frontier.con
    names = [name for _, name, *_ in con.execute("pragma table_info(url)")]
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for old in [*moved, *(new for new in dict.fromkeys(moved.values()) if new not in moved)]:
        row = con.execute("select * from url where key = ?", (old,)).fetchone()
        if row is not None:  # the new key of another need not exist yet
            groups[moved.get(old, old)].append(dict(zip(names, row, strict=True)))
            con.execute("delete from url where key = ?", (old,))
    for key, rows in groups.items():
        yield from (alias for row in rows for alias in aliases_of(source, [row["url"]], row["discovered_at"]))
        con.execute(
            f"insert into url ({', '.join(names)}) values ({', '.join(f':{name}' for name in names)})",
            {**_merged(source, rows), "key": key},
        )  # fmt: skip


def _merged(source: Source, rows: list[dict[str, Any]]) -> dict[str, Any]:
    def rank(row: dict[str, Any]) -> tuple[bool, int, float, str]:
        is_twin = _asked(source, row["url"]) != row["url"]  # what a print page answered says nothing of the page
        return is_twin, _KNOWS_MORE.index(row["state"]), -(row["last_fetch_at"] or 0.0), row["key"]

    best, *_ = rows = sorted(rows, key=rank)
    never_asked = rank(best)[0] and best["state"] != EXCLUDED
    first = min(rows, key=lambda row: row["discovered_at"])
    dated = min(rows, key=lambda row: row["month_rank"])
    listed = ("listed_date", "listed_on")
    url = max((_asked(source, row["url"]) for row in rows), key=lambda url: newness(source, url))
    return {
        **best,
        **{name: dated[name] for name in ("month", "month_rank")},
        **{name: first[name] for name in ("discovered_at", "discovered_via")},
        **{name: next((row[name] for row in rows if row[name] is not None), None) for name in listed},
        "modified_at": max((row["modified_at"] for row in rows if row["modified_at"] is not None), default=None),
        "tries": sum(row["tries"] for row in rows),
        **({} if url == best["url"] else dict.fromkeys(("etag", "last_modified", "payload_sha256")) | {"url": url}),
        **({"state": WAITING, "reason": None, "failures": 0, "next_fetch_at": 0.0} if never_asked else {}),
    }  # fmt: skip


def _others(frontier: Frontier, moved: dict[str, str]) -> None:
    """Rows of the other tables follow; of two that become one, either."""
    con = frontier.con
    for table, at in _TABLES.items():
        rows = [list(row) for row in con.execute(f"select * from {table}") if row[at] in moved]
        con.executemany(f"delete from {table} where key = ?", ((old,) for old in {row[at] for row in rows}))
        for row in rows:
            row[at] = moved[row[at]]
            con.execute(f"insert or ignore into {table} values ({', '.join('?' * len(row))})", row)


def _pages(frontier: Frontier, source: Source) -> None:
    """Pages that list: their key, and their name, which hosts alone decide (crawlers/list_pages.py)."""
    con = frontier.con
    for page, key, url, way in con.execute("select page, key, url, way from page").fetchall():
        con.execute("update page set key = ? where page = ?", (_key(source, key, url), page))
        con.execute("insert or ignore into list_key select key from page where page = ?", (page,))
        _, mark, chosen = page.partition("#")
        name = page if way == "robots" else url_key(url, source.hosts) + mark + chosen
        if name != page:
            for table in ("page", "listed"):
                con.execute(f"update or ignore {table} set page = ? where page = ?", (name, page))
                con.execute(f"delete from {table} where page = ?", (page,))


def _asked(source: Source, url: str) -> str:
    try:
        return source.asked(url)
    except ValueError:
        return url


def _key(source: Source, key: str, url: str) -> str:
    try:
        return source.key(url)
    except ValueError:  # it was one when it was found
        return key

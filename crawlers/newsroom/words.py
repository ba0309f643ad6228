"""The newsroom's own tables (data/) and what is done with words: slugs, capitals, numbers as they are printed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_NO_SLUG = re.compile(r"[^a-z0-9]+")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of data/<name>.tsv without the header line."""
    text = (files(__package__) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:] if line)


@cache
def listed(name: str) -> tuple[str, ...]:
    """The values of one list of data/cast.tsv."""
    return tuple(value for kind, value in rows("cast") if kind == name)


@cache
def in_full(name: str) -> str:
    """The name of an organization with its abbreviations written out (data/names.tsv)."""
    full: dict[str, str] = dict(rows("names"))  # type: ignore[arg-type]
    return " ".join(full.get(word, word) for word in name.split())


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of data/<name>.txt."""
    return tuple((files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def source_text(kind: str, publisher: str, host: str, base_url: str, fetch: str, old_host: str = "") -> str:
    """data/<kind>.toml, the source file of a kind of site, filled in.

    fetch: the lines of its [fetch] table.  old_host: where a site that moved was before
    """
    text = (files(__package__) / "data" / f"{kind}.toml").read_text(encoding="utf-8")
    filled = {"@PUBLISHER@": publisher, "@HOST@": host, "@BASE@": base_url, "@FETCH@": fetch, "@OLD_HOST@": old_host}
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def slug(text: str, most: int = 90) -> str:
    """Lower case ASCII words with hyphens: `Lữ đoàn 971` → `lu-doan-971`; at most `most` characters, cut at a word."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    made = _NO_SLUG.sub("-", bare).strip("-")
    return made if len(made) <= most else made[:most].rsplit("-", 1)[0]


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def counted(number: int) -> str:
    """A whole number as printed: 1250 → `1.250`."""
    return f"{number:,}".replace(",", ".")


def tenths(number: int) -> str:
    """Tenths as a decimal with a comma: 987 → `98,7`; 1000 → `100`."""
    whole, rest = divmod(number, 10)
    return f"{whole},{rest}" if rest else str(whole)

"""What a new source is called: id, publisher, sphere. All told by its address and its own words, none of it certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

import regex

from crawlers.drafting.pages import Opened
from crawlers.source_file import SOURCE_ID
from pipelines.html import every, line
from pipelines.metadata import title_parts
from pipelines.page_words import HOME_NAME
from pipelines.text import tidy_line

_NO_PART = ("www", "m", "amp", "gov", "com", "edu", "org", "net", "vn", "info", "tv")
_NO_LETTER = regex.compile(r"[^a-z0-9]+")
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+")
_LONGEST = 120
_MOST = 0.9

_SPHERES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("hospital", "bệnh viện", ("benhvien", "bv")),
    ("army", "quân khu", ("quankhu", "qk")),
    ("army", "quân đội", ("qdnd", "quandoi")),
    ("army", "quốc phòng", ("mod", "quocphong")),
    ("army", "quân đoàn", ("quandoan",)),
    ("army", "binh chủng", ()),
    ("army", "hải quân", ("haiquan",)),
    ("army", "biên phòng", ("bienphong",)),
    ("army", "quân y", ("quany",)),
    ("police", "công an", ("congan", "cand")),
    ("province", "ủy ban nhân dân", ()),
    ("province", "tỉnh", ()),
    ("province", "thành phố", ()),
    ("province", "sở", ("so",)),
    ("ministry", "bộ", ("bo",)),
    ("ministry", "cục", ("cuc",)),
    ("ministry", "chính phủ", ("chinhphu",)),
    ("press", "báo", ("bao",)),
    ("press", "tạp chí", ("tapchi",)),
)
"""(sphere, words in the publisher's name, beginnings of a part of the host); the first that fits. Particular ones stand
before general ones: the paper of a military region is the army's."""


def clean(text: str, longest: int = _LONGEST) -> str:
    """Words of a page for a file: one line, nothing invisible, cut at `longest` characters."""
    return tidy_line(_HIDDEN.sub(" ", text[: 20 * longest]))[:longest].strip()


def id_of(home: str) -> str:
    """`https://www.baoquankhu2.vn/` → `baoquankhu2`, `http://127.0.5.1:8460/` → `127-0-5-1`; always a valid id."""
    host = urlsplit(home).hostname or ""
    parts = host.split(".")
    if not host.replace(".", "").isdecimal() and ":" not in host:
        parts = [part for part in parts if part not in _NO_PART] or parts
    made = _NO_LETTER.sub("-", "-".join(parts).lower()).strip("-")[:60].strip("-")
    return made if SOURCE_ID.fullmatch(made) and not made.startswith("_") else "source"


def publisher_of(title: str | None, pages: Sequence[Opened], home: str) -> tuple[str, str]:
    """(what it calls itself, where that was seen). What most pages of the sample share, then the start page's title."""
    for what, of in (("og:site_name", _site_names), ("end of the title", _title_ends), ("h1", _headings)):
        names = Counter(name for page in pages for name in {clean(found) for found in of(page)} if _is_name(name))
        name, count = max(names.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if name and count >= _MOST * len(pages) and (len(pages) > 1 or of is _site_names):
            return name, f"{what} on {count} of {len(pages)} pages"
    parts = [part for part in title_parts(clean(title or "")) if not HOME_NAME.match(part)]
    if parts:
        return max(parts, key=len), "the start page's title"
    return urlsplit(home).hostname or home, "its host: the site names itself nowhere"


def _site_names(page: Opened) -> list[str]:
    return [page.meta.first("og:site_name")]


def _title_ends(page: Opened) -> list[str]:
    return title_parts(page.meta.title)[1:][-1:]


def _headings(page: Opened) -> list[str]:
    return [line(element) for element in every(page.root, "h1")[:5]]


def _is_name(text: str) -> bool:
    return len(text) > 3 and not HOME_NAME.match(text)


def sphere_of(publisher: str, home: str) -> tuple[str | None, str]:
    """(sphere, what it was guessed from). None: no word tells."""
    name = publisher.casefold()
    for sphere, words, _ in _SPHERES:
        if regex.search(rf"\b{words}\b", name):
            return sphere, f"guessed from `{words}` in its name"
    parts = (urlsplit(home).hostname or "").split(".")
    for sphere, _, starts in _SPHERES:
        for part in parts:
            if any(part == start or (len(start) > 3 and part.startswith(start)) for start in starts):
                return sphere, f"guessed from `{part}` in its host"
    return None, "no word of its name or host tells"

r"""Shapes of addresses: what is alike in the URLs of bulletins, and the regular expression that says so.

A shape is the number of path segments, the class of the last one and its ending: `/chinh-tri/le-ra-quan-721206` and
`/xa-hoi/hoi-thao-721304` have one. Patterns are made of `[^/]+`, `\d{n,}` and escaped words alone, each read once from
left to right: none of them can be made to run for long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

import regex

MAX_SEGMENTS = 12
_SUFFIX = regex.compile(r"\.(?:html?|aspx?|php|vgp|jsp|gov|vov|antv|epi|ldo|tpo|bld)$", regex.IGNORECASE)
_SLUG_ID = regex.compile(r"(?P<slug>.+?)(?P<mark>[-_.]+[a-z]{0,6})(?P<id>\d+)", regex.IGNORECASE)
_ID_SLUG = regex.compile(r"(?P<id>\d+)(?P<mark>[-_.]+)(?P<slug>.*[a-z].*)", regex.IGNORECASE)
_SPLIT = regex.compile(r"[-_.+ ]+")
_FILES = regex.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|webp|svg|mp[34]|m4a|avi|css|js|json|xml|rss|txt|apk|exe)$",
    regex.IGNORECASE,
)
_NOTHING: Mapping[int, Collection[str]] = MappingProxyType({})
_YEAR = regex.compile(r"(?:19|20)\d\d")
_BY_QUERY = 5
"""Queries under one path from which the path is the program's, and the query names the page."""
_NUMBERED = regex.compile(r"[?&][^=&]+=\d+(?:&|$)")
_FEW = 3
"""Addresses under one program from which it is one of bulletins."""
LONG = 3
"""Words from which a slug may be a headline."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Of the last segment its kind and what stands between slug and number; numbered: which folders are numbers.

    kind   slug, slug-id, id-slug, digits, word
    """

    depth: int
    kind: str
    mark: str
    suffix: str
    slash: bool
    query: tuple[str, ...] = ()
    numbered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart. folders: segments but the last; words and digits of the last."""

    url: str
    path: str
    folders: tuple[str, ...]
    last: str
    words: int
    digits: int
    shape: Shape


@lru_cache(maxsize=65_536)
def taken_apart(url: str) -> Address | None:
    """None: the root without a number in its query (`/?p=123`), a file, or a path too deep to be meant by anybody."""
    split = urlsplit(url)
    if _FILES.search(split.path):
        return None
    segments = [segment for segment in split.path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS or (not segments and not _NUMBERED.search(url)):
        return None
    last = segments[-1] if segments else ""
    suffix = found[0] if (found := _SUFFIX.search(last)) else ""
    bare = unquote(last.removesuffix(suffix))
    kind, mark, digits = _kind(bare)
    words = len([word for word in _SPLIT.split(bare) if any(letter.isalpha() for letter in word)])
    query = tuple(sorted({part.partition("=")[0] for part in split.query.split("&") if part}))[:8]
    numbered = tuple(at for at, segment in enumerate(segments[:-1]) if segment.isdecimal())
    shape = Shape(len(segments), kind, mark, suffix, bool(segments) and split.path.endswith("/"), query, numbered)
    return Address(url, split.path, tuple(segments[:-1]), last, words, digits, shape)


def _kind(bare: str) -> tuple[str, str, int]:
    """(kind, mark, digits of the number)."""
    if bare.isdecimal():
        return "digits", "", len(bare)
    first, last = _ID_SLUG.fullmatch(bare), _SLUG_ID.fullmatch(bare)
    if first is not None and (last is None or len(first["id"]) > len(last["id"])):
        return "id-slug", first["mark"], len(first["id"])
    if last is not None:
        return "slug-id", last["mark"].lower(), len(last["id"])
    words = [word for word in _SPLIT.split(bare) if word]
    return ("slug" if len(words) >= LONG else "word"), "", 0


def pattern_of(
    addresses: Collection[Address], sections: Collection[str], never: Mapping[int, Collection[str]] = _NOTHING
) -> str:
    """The path of all these addresses of one shape, without anchors; loose in slugs and numbers, which grow.

    sections  first parts of paths (`/tin-tuc`) that are pages themselves: what stands there is one of many, though all
              that was seen has it
    never     folders of other pages that have the shape, by their place
    """
    first = next(iter(addresses))
    shape = first.shape
    parts: list[str] = []
    for at in range(shape.depth - 1):
        values = {address.folders[at] for address in addresses}
        is_section = "/".join(("", *first.folders[: at + 1])) in sections
        part = _folder(values, is_section, at in shape.numbered)
        others = "|".join(map(_literal, sorted(never.get(at, ()))))
        parts.append(f"(?!(?:{others})/){part}" if others and part == "[^/]+" else part)
    return "/" + "/".join((*parts, _last(addresses, shape))) + ("/" if shape.slash else "")


def _folder(values: Collection[str], is_section: bool, is_number: bool) -> str:
    """A folder that is a number is any, if several were seen; a year is any year, though only one was seen."""
    if is_number and all(_YEAR.fullmatch(value) for value in values):
        return r"\d{4}"
    if is_number and len(values) > 1:
        return r"\d+"
    return "[^/]+" if len(values) > 1 or is_section else _literal(next(iter(values)))


def _last(addresses: Collection[Address], shape: Shape) -> str:
    suffix, mark = _literal(shape.suffix), _literal(shape.mark)
    fewest = _fewest(address.digits for address in addresses)
    number = rf"\d{{{fewest - 1},}}" if fewest >= 4 else r"\d+"
    match shape.kind:
        case "digits":
            return number + suffix
        case "slug-id":
            return f"[^/]+{mark}{number}{suffix}"
        case "id-slug":
            return f"{number}{mark}[^/]+{suffix}"
        case "slug":
            return _slug(addresses) + suffix
    counts = Counter(address.last for address in addresses)
    values = {last for last, count in counts.items() if count >= _FEW} or set(counts)
    return _literal(values.pop()) if len(values) == 1 else "[^/]+" + suffix


def _slug(addresses: Collection[Address]) -> str:
    """A slug without a number: only its words tell a headline from `gioi-thieu`."""
    fewest = _fewest(len([part for part in address.last.split("-") if part]) for address in addresses)
    if fewest <= 2 or not all("-" in address.last for address in addresses):
        return "[^/]+"
    return rf"[^/-]+(?:-[^/-]*){{{max(2, fewest // 2 - 1)},}}"


def _fewest(counts: Iterable[int]) -> int:
    """The least of all but one in thirty: what else has the shape may be a calendar or a rota."""
    ordered = sorted(counts)
    return ordered[len(ordered) // 30]


def _literal(text: str) -> str:
    return regex.escape(text, special_only=True, literal_spaces=True).replace("/", "[/]").replace(r"\-", "-")


def grouped(urls: Iterable[str]) -> dict[Shape, list[Address]]:
    """Addresses by shape, in order. Slugs that end in a number beside slugs that do not are one shape: `…-nam-2026`.

    The query tells two shapes apart only where the path does not name the page by itself.
    """
    found: dict[Shape, list[Address]] = {}
    addresses = [address for url in dict.fromkeys(urls) if (address := taken_apart(url)) is not None]
    counts = Counter(address.path for address in addresses if address.shape.query)
    for address in addresses:
        shape = address.shape
        if counts[address.path] >= _BY_QUERY and _NUMBERED.search(address.url):
            shape = replace(shape, kind="word", mark="")
        found.setdefault(_without_query(shape), []).append(address)
    slugs = {(s.depth, s.suffix, s.slash, s.numbered): s for s in found if s.kind == "slug"}
    for shape in [s for s in found if s.kind in ("slug-id", "id-slug")]:
        plain = slugs.get((shape.depth, shape.suffix, shape.slash, shape.numbered))
        if plain is None or len(found[plain]) * 4 < len(found[shape]):
            continue
        if all(address.digits <= 4 for address in found[shape]):
            found[plain] += [_as(address, plain) for address in found.pop(shape)]
    return {shape: [_as(address, shape) for address in found[shape]] for shape in found}


def _without_query(shape: Shape) -> Shape:
    return shape if shape.kind == "word" else replace(shape, query=())


def _as(address: Address, shape: Shape) -> Address:
    return Address(
        address.url, address.path, address.folders, address.last, address.words, address.digits, shape
    )  # fmt: skip

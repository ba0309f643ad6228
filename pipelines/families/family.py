"""The shape in which a family's knowledge is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Names of one CMS family's markup. A name is a class, or an id with `#` before it; all in lower case. Of an id
    that ASP.NET made (`ctl00_main_lblTitle`, `dnn_ctr446_View_lblTitle`) the last part is a name too: `#lbltitle`.

    generator   how its generator meta tag starts
    signs       names that alone tell the family
    body        elements that hold the paragraphs of an article
    title, published, lead, byline, caption, section   elements that hold just that
    updated     elements that hold the time of the last change, and nothing of the publication
    related     elements inside an article that hold no part of it: links to others, adverts, share bars
    files       elements that list the files of an article, mostly below its paragraphs
    distrusted  why its machine-readable publication dates are refused, None if they can be believed
    """

    name: str
    generator: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    byline: frozenset[str] = frozenset()
    caption: frozenset[str] = frozenset()
    section: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    distrusted: str | None = None


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())

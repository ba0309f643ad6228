"""The shape in which a family's knowledge is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Names of one CMS family's markup. A name is a class, or an id with `#` before it; all in lower case.

    generator   how its generator meta tag starts
    signs       names that alone tell the family
    body        elements that hold the paragraphs of an article
    title, published, lead, byline, related   elements that hold just that
    distrusted  why its machine-readable publication dates are refused, None if they can be believed
    """

    name: str
    generator: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    byline: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    distrusted: str | None = None


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())

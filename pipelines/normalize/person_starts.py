"""Where a chain of ranks, titles, posts and names may begin in a line: a cheap look at every word."""

from __future__ import annotations

from functools import cache

from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_words import AND, LINK, lexicon

_Pairs = frozenset[tuple[str, ...]]


def starts(words: list[str], keys: list[str], apostrophes: bool = False) -> list[int]:
    """The words at which a chain may begin. apostrophes: whether there are any: `H'Yim Kđoh` begins so."""
    first, pairs, singles, short, _ = _triggers()
    found, last = [], len(words) - 1
    at_words = [at for at, key in enumerate(keys) if key in first]
    if apostrophes:
        at_words = [at for at, key in enumerate(keys) if key in first or key[1:2] == "'"]
    for at in at_words:
        if words[at] in singles or keys[at][1:2] == "'":
            found.append(at)
        elif at < last:
            key = keys[at]
            if (key, keys[at + 1]) in pairs or (key in short and _opens(words, keys, at + 1)):
                found.append(at)
    return found


def _opens(words: list[str], keys: list[str], at: int) -> bool:
    """Whether what `ông`, `bà` speak of follows: a name, a rank, `nguyên là`."""
    _, pairs, _, _, links = _triggers()
    two = tuple(keys[at : at + 2])
    return words[at][0].isupper() or two in pairs or two in links


@cache
def _triggers() -> tuple[frozenset[str], _Pairs, frozenset[str], frozenset[str], _Pairs]:
    """First words of all; first two of phrases; surnames and abbreviations, as written; short cues (`ông`); links."""
    pairs: set[tuple[str, ...]] = set()
    links: set[tuple[str, ...]] = set()
    singles: set[str] = set()
    short: set[str] = set()
    for phrase in lexicon():
        if phrase.post is not None and (phrase.post.behind or phrase.words[0] == "người"):
            continue  # `người có uy tín` behind a name only: the words are everywhere
        if phrase.kind in (LINK, AND):
            links.add(phrase.words[:2])
        elif len(phrase.words) > 1:
            pairs.add((phrase.words[0], phrase.words[1]))
        elif phrase.exact is not None:
            singles.add(phrase.exact[0])
        else:
            short.add(phrase.words[0])
    for surname in surnames():
        singles |= {surname.capitalize(), surname.upper()}
    first = {pair[0] for pair in pairs} | {word.lower() for word in singles} | short
    return frozenset(first), frozenset(pairs), frozenset(singles), frozenset(short), frozenset(links)

"""Where a chain of ranks, titles, posts and names may begin in a line: a cheap look at every word."""

from __future__ import annotations

from functools import cache
from itertools import compress

from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_words import AND, LINK, lexicon

_Seconds = dict[str, frozenset[str]]


def starts(words: list[str], keys: list[str], apostrophes: bool = False) -> list[int]:
    """The words at which a chain may begin. apostrophes: whether there are any: `H'Yim Kđoh` begins so."""
    seconds, singles, short, _ = _triggers()
    found, following = [], [*keys[1:], ""]
    for at in compress(range(len(keys)), map(seconds.__contains__, keys)):
        key, after = keys[at], following[at]
        if after in seconds[key] or words[at] in singles or (key in short and after and _opens(words, keys, at + 1)):
            found.append(at)
    if apostrophes:
        found = sorted({*found, *(at for at, key in enumerate(keys) if key[1:2] == "'")})
    return found


def _opens(words: list[str], keys: list[str], at: int) -> bool:
    """Whether what `ông`, `bà` speak of follows: a name, a rank, `nguyên là`."""
    seconds, _, _, links = _triggers()
    if words[at][0].isupper() or tuple(keys[at : at + 2]) in links:
        return True
    return at + 1 < len(keys) and keys[at + 1] in seconds.get(keys[at], ())


@cache
def _triggers() -> tuple[_Seconds, frozenset[str], frozenset[str], frozenset[tuple[str, ...]]]:
    """First words → second words; surnames and abbreviations, as written; short cues (`ông`); links."""
    seconds: dict[str, set[str]] = {}
    links: set[tuple[str, ...]] = set()
    singles: set[str] = set()
    short: set[str] = set()
    for phrase in lexicon():
        if phrase.post is not None and (phrase.post.behind or phrase.words[0] == "người"):
            continue  # `người có uy tín` behind a name only: the words are everywhere
        if phrase.kind in (LINK, AND):
            links.add(phrase.words[:2])
        elif len(phrase.words) > 1:
            seconds.setdefault(phrase.words[0], set()).add(phrase.words[1])
        elif phrase.exact is not None:
            singles.add(phrase.exact[0])
        else:
            short.add(phrase.words[0])
    for surname in surnames():
        singles |= {surname.capitalize(), surname.upper()}
    for word in (*(word.lower() for word in singles), *short):
        seconds.setdefault(word, set())
    frozen = {first: frozenset(following) for first, following in seconds.items()}
    return frozen, frozenset(singles), frozenset(short), frozenset(links)

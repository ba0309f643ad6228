"""Where a chain of ranks, titles, posts and names may begin in a line: a cheap look at every word."""

from __future__ import annotations

from functools import cache

from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_words import AND, LINK, lexicon

_Seconds = dict[str, frozenset[str]]


def may_open(key: str) -> bool:
    """Whether a chain may begin with a word, as far as it tells alone; `H'Yim` begins a name."""
    return key in _triggers()[0] or key[1:2] == "'"


def starts(words: list[str], keys: list[str], openers: list[int]) -> list[int]:
    """The words at which a chain may begin, of those that `may_open` one."""
    seconds, singles, short, _ = _triggers()
    found, last = [], len(keys) - 1
    for at in openers:
        key = keys[at]
        following = seconds.get(key)
        if following is None:
            opens = key[1:2] == "'"
        elif words[at] in singles or (at < last and keys[at + 1] in following):
            opens = True
        else:
            opens = key in short and at < last and _opens(words, keys, at + 1)
        if opens:
            found.append(at)
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

"""Names of people by their form: where one begins, where it ends, and what looks like one and is none.

Sources: reference/surnames.tsv; given_names.tsv (syllables usual in given names), ethnic_surnames.tsv, not_names.tsv
(places and words that begin with a surname), name_ends.tsv (words that follow a name in headings in capitals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_words import ADDRESS, POST, RANK, TITLE, cues, keys_of, match
from pipelines.reference import table

MOST_SYLLABLES = 6
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_PARTED = re.compile(r"\w{1,2}['’ʼ`´] ")  # `K’ Brèo`, as it is printed
_APOSTROPHES = re.compile("(['’ʼ`´])")
_MIDDLE = frozenset(("thị", "văn"))
_PARTICLES = frozenset(("van", "von", "der", "den", "de", "del", "da", "dos", "di", "bin", "binti", "al", "ben", "el"))
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?\Z"
)


@dataclass(slots=True)
class Name:
    """A name as read at a token. full: with its family name, or a foreign one; else `Dũng`, `Trường Giang`."""

    end: int
    full: bool
    caps: bool


@cache
def _ethnic() -> frozenset[str]:
    return frozenset(keys_of(row["surname"])[0] for row in table("ethnic_surnames"))


@cache
def given() -> frozenset[str]:
    return frozenset(keys_of(row["syllable"])[0] for row in table("given_names"))


@cache
def not_names() -> frozenset[tuple[str, ...]]:
    return frozenset(keys_of(row["words"]) for row in table("not_names"))


@cache
def _ends() -> frozenset[tuple[str, ...]]:
    return frozenset(keys_of(row["words"]) for row in table("name_ends"))


@cache
def _first_ends() -> frozenset[str]:
    return frozenset(words[0] for words in _ends())


@cache
def heroes() -> dict[tuple[str, ...], frozenset[str]]:
    """Historical figure → ranks, titles and posts he or she is known by; `*`: the name is nobody else's."""
    return {keys_of(row["name"]): frozenset(row["known_as"].split(";")) for row in table("heroes")}


def read_name(line: Line, at: int, cue: int | None) -> Name | None:
    """The name that begins at a token. cue: kind of the phrase right before it, as in person_words; None: none."""
    words, keys = line.words, line.keys
    first, key = words[at], keys[at]
    if not first[0].isupper() or (at in line.named and not _is_name_yet(line, at, cue)):
        return None
    known = key in surnames() or (cue is not None and (key in _ethnic() or "'" in key))
    if cue is None and not known:
        if not _is_highland(key):
            return None
        known = True
    if cue is not None and len(first) <= 2:  # `K’ Brèo`
        parted = _parted(line, at)
        if parted:
            return Name(parted, True, False)
    end = at + 1
    caps = first.isupper() and (end >= len(words) or words[end].isupper() or len(first) > 1)
    most = min(len(words), at + MOST_SYLLABLES)
    while end < most and end not in line.glued and _goes_on(line, at, end, caps):
        end += 1
    while cue is not None and end + 1 < len(words) and words[end] == "-" and end - at < 2 * MOST_SYLLABLES:
        if (
            line.starts[end] != line.end_of(end - 1)
            or line.starts[end + 1] != line.end_of(end)
            or not keys[end + 1].isalpha()
        ):
            break
        end += 2  # `Kay-xỏn`
        end = _end_of_capitals(line, end)
    while cue is not None and not known and _initial(line, end):
        end = _end_of_capitals(line, end + 2)  # `Samuel J. Paparo`
    while cue is not None and not known and _particle(line, end):
        end += 2  # `Pieter van Houten`
    count = end - at
    if count == 1:
        if cue is not None and "'" in key and key.partition("'")[0] in _ethnic():
            return Name(end, True, caps and first.isupper())  # `K'Brêu` is a whole name
        return Name(end, False, False) if cue is not None and not caps and _may_be_short(line, at) else None
    if tuple(keys[at:end]) in not_names() and not (cue == RANK and keys[at] in surnames()):
        return None
    if count > 3 and tuple(keys[at : at + 3]) in not_names() and cue != RANK:
        return None  # `Thái Bình Dương Hoa Kỳ`
    if known and "-" in keys[at:end]:
        return Name(end, True, caps)  # `Vi-lay Lạ-khăm-phông`
    if known:
        plausible = count > 2 or cue is not None or keys[at + 1] in given() or _is_highland(keys[at])
        return Name(end, True, caps) if plausible and count <= MOST_SYLLABLES else None
    syllables = [key for key in keys[at:end] if key not in "-."]
    if len(syllables) < count:
        return Name(end, True, False)
    if caps and (line.shouting or cue not in (RANK, ADDRESS)):
        return None
    if any(not _SYLLABLE.match(key) for key in syllables):
        return Name(end, True, caps) if all(len(word) > 1 for word in syllables) else None
    if count > 4:
        return None
    # A family name that no table knows: three syllables after `Đại tá`, `đồng chí` are a name in full.
    whole = (cue in (RANK, ADDRESS, TITLE) and count > 2) or keys[at + 1] in _MIDDLE
    return Name(end, whole, False) if whole or count <= 3 else None


def _end_of_capitals(line: Line, at: int) -> int:
    words = line.words
    while at < len(words) and line.joined(at) and words[at][0].isupper() and at not in line.named:
        at += 1
    return at


def begins_name(line: Line, at: int) -> bool:
    """Whether a name begins by its form: `Lữ Thị Mai`, `Siu Hương`, though its family name is rare."""
    keys = line.keys
    if _is_highland(keys[at]) and line.words[at][0].isupper():
        return True
    if at + 1 >= len(keys) or not line.words[at][0].isupper() or not line.joined(at + 1):
        return False
    by_form = keys[at] in _ethnic() or keys[at + 1] in _MIDDLE
    name = read_name(line, at, ADDRESS) if by_form else None
    return name is not None and name.full


def _is_highland(key: str) -> bool:
    """`H'Yim`, `K'Brêu`, `Y'Thoan`: nothing but a name begins so."""
    return key[1:2] == "'" and key[0] in "hky"


def _particle(line: Line, end: int) -> bool:
    """Whether a foreign name goes on over a small word: `van Houten`, `bin Roslan`, `de Silva`."""
    words = line.words
    if end + 1 >= len(words) or words[end] not in _PARTICLES or not (line.joined(end) and line.joined(end + 1)):
        return False
    return words[end + 1][0].isupper() or words[end + 1] in _PARTICLES


def _initial(line: Line, end: int) -> bool:
    """Whether a name's last word is an initial, with its full stop and another word behind it."""
    words = line.words
    if (
        end + 1 >= len(words)
        or words[end] != "."
        or len(words[end - 1]) != 1
        or line.starts[end] != line.end_of(end - 1)
    ):
        return False
    return words[end + 1][0].isupper() and line.joined(end + 1)


def _parted(line: Line, at: int) -> int:
    """The end of a name whose family name is a letter with an apostrophe and a blank: `K’ Brèo`; 0: none is here."""
    words, keys = line.words, line.keys
    if at + 2 >= len(words) or words[at + 1] not in "'’ʼ`´" or keys[at] not in _ethnic():
        return 0
    if line.starts[at + 1] != line.end_of(at) or line.starts[at + 2] > line.end_of(at + 1) + 1:
        return 0
    end = at + 2
    while end < len(words) and end - at < MOST_SYLLABLES and (end == at + 2 or line.joined(end)):
        if not words[end][0].isupper() or (words[end].isupper() and len(words[end]) > 1) or end in line.named:
            break
        end += 1
    return end if end > at + 2 else 0


def written(line: Line, start: int, end: int) -> str:
    """The name in normal capitals: `VŨ HẢI` → `Vũ Hải`."""
    text = " ".join(line.words[start:end])
    if text.istitle() and text.replace(" ", "").isalpha():
        return text
    text = line.words_of(start, end)
    if _PARTED.match(text):
        return text
    parts = _APOSTROPHES.split(text)  # every second one is the mark, as written
    return "".join(" ".join(map(_normal, part.split(" "))) if part else "" for part in parts)


def named_after(line: Line, at: int, kind: str = "naming") -> bool:
    """Whether the words before a token announce the name of a street, school, award, place … (person_cues.tsv)."""
    keys = line.keys
    if not at or keys[at - 1] not in _last_words(kind):
        return False
    if tuple(keys[max(0, at - 2) : at]) in cues("no naming"):
        return False  # `yêu cầu`: no bridge
    before = cues(kind)
    return any(tuple(keys[at - n : at]) in before for n in (1, 2, 3) if at >= n)


@cache
def _last_words(kind: str) -> frozenset[str]:
    return frozenset(cue[-1] for cue in cues(kind))


def _goes_on(line: Line, at: int, end: int, caps: bool) -> bool:
    words, keys = line.words, line.keys
    word = words[end]
    if not word[0].isupper():
        return False
    if end in line.named and not _single(line, end):
        return end - at == 2 and keys[end - 1] in _MIDDLE and line.organization_end(end) == end + 1 and not caps
    if caps:
        if not word.isupper() or (keys[end] not in given() and "'" not in keys[end] and line.shouting):
            return False
        return not (_ends_with(keys, end) or _begins_phrase(line, end))
    if len(word) > 1 and word.isupper():
        return False
    ends = keys[end] in _first_ends() and end + 1 < len(words) and line.joined(end + 1) and words[end + 1][0].islower()
    if ends and tuple(keys[end : end + 2]) in _ends():
        return False  # `Nguyễn Văn An Phát biểu`
    return not _begins_phrase(line, end)


def _ends_with(keys: list[str], end: int) -> bool:
    return (keys[end],) in _ends() or tuple(keys[end : end + 2]) in _ends()


def _begins_phrase(line: Line, at: int) -> bool:
    """A post, rank or title of more words than one begins here: `Nguyễn Văn An Giám đốc`."""
    phrase = match(line.keys, line.words, at)
    if phrase is None or phrase.kind not in (POST, RANK, TITLE, ADDRESS):
        return False
    return len(phrase.words) > 1 or phrase.exact is not None


def _may_be_short(line: Line, at: int) -> bool:
    key, end = line.keys[at], at + 1
    alone = end >= len(line.words) or not line.joined(end) or not line.words[end][:1].isupper()
    return alone and key.isalpha() and at not in line.named


def _is_name_yet(line: Line, at: int, cue: int | None) -> bool:
    """`Đại tá Đoàn Văn Hải`: what the organization finder took for one is a name after a rank."""
    return cue in (RANK, ADDRESS) and line.keys[at] in surnames() and line.organization_end(at) - at > 1


def _single(line: Line, at: int) -> bool:
    """One ordinary word taken for an organization, and nothing behind it: `Nguyễn Đăng Khoa`."""
    return line.organization_end(at) == at + 1 and not line.words[at].isupper() and line.keys[at] in given()


def _normal(word: str) -> str:
    return word if not word.isupper() or len(word) == 1 else word[0] + word[1:].lower()

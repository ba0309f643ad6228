"""One spelling of a text to search in, with the way back to the positions of the text as given.

Sources: Unicode Standard Annex 15 (NFC); reference/vi README, Unicode: look-alikes of Đ, old and new tone placement.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import regex

from pipelines.normalize.word_starts import INNER
from pipelines.values import value

# One character for one character, so that positions in the plain text are positions in the text.
_PLAIN = {
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    **{chr(0xFF01 + step): chr(0x21 + step) for step in range(15)},  # fullwidth ! to /
    "：": ":", "；": ";", "｜": "|", "∕": "/", "⁄": "/",
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\t\v\f", " "), **{chr(0x2000 + step): " " for step in range(11)},
    **dict.fromkeys("\r\u2028\u2029\x85", "\n"),
    "Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "İ": "I",
}  # fmt: skip
_ODD_CHARACTERS = "".join(map(re.escape, _PLAIN))
_ODD_CHARACTER = re.compile(f"[{_ODD_CHARACTERS}]")  # faster than str.translate: few are odd
_LONG = 5_000  # characters; a line this long is read by few and would fill the memory of those before it
_INVISIBLES = "\u00ad\u200b-\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLES}]")
_UNUSUAL = f"{_ODD_CHARACTERS}{_INVISIBLES}"
_USUAL = f"{INNER}{INNER.upper()}"
# A mark and the first character of a word or number behind it; an unusual character (then the group is set); the first
# character of a word of another alphabet. One look at each character for all.
_MARK = re.compile(rf"[^ {_USUAL}](?:[{_USUAL}](?<=[\W_].)(?<![{_UNUSUAL}].)|(?<=[{_UNUSUAL}])()|(?<=[\W_][^\W_]))")
_ODD = regex.compile("\\P{M}\\p{M}+|" + _INVISIBLE.pattern)


@value
class Plain:
    """A text in plain spelling: NFC, plain digits, hyphens and spaces, Đ for its look-alikes, nothing invisible.

    text     case, words and tone placement as given
    low      the same in small letters, see `lower`
    offsets  for each of its characters (and its end) the position in the text as given; None: the same
    behind_marks
             where a word or number starts behind a mark, not a blank, and those of other alphabets: few, but only a
             look at each character tells
    """

    text: str
    low: str
    offsets: list[int] | None
    behind_marks: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text as given."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def plain(text: str) -> Plain:
    """The text in plain spelling. A line break is `\\n`; CR LF counts as blank and break.

    Several finders ask about the same lines, so those of ordinary length are remembered for a while.
    """
    return _remembered(text) if len(text) <= _LONG else _read(text)


@lru_cache(maxsize=4096)
def _remembered(text: str) -> Plain:
    return _read(text)


def _read(text: str) -> Plain:
    marks = _behind_marks(text)
    if marks is not None and unicodedata.is_normalized("NFC", text):  # as most are
        return Plain(text, _lower(text), None, marks)
    text = text.replace("\r\n", " \n")
    offsets: list[int] | None = None
    if unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text):
        text = _plain(text)
    else:
        text, offsets = _composed(text)
    return Plain(text, _lower(text), offsets, _behind_marks(text) or ())


def _behind_marks(text: str) -> tuple[int, ...] | None:
    """See `Plain`; None: some character is unusual."""
    found = []
    for match in _MARK.finditer(text):
        if match.lastindex:
            return None
        found.append(match.end() - 1)
    return tuple(found)


def _composed(text: str) -> tuple[str, list[int]]:
    """The plain spelling of a text with combining or invisible characters, and the way back."""
    pieces: list[str] = []
    offsets: list[int] = []
    copied = 0
    for odd in _ODD.finditer(text):
        _copy(text, copied, odd.start(), pieces, offsets)
        copied = odd.end()
        if not _INVISIBLE.match(odd[0]):
            # A letter has at most two marks here; more is noise, and composing an endless run of them is slow.
            piece = _plain(unicodedata.normalize("NFC", odd[0][:4]))
            pieces.append(piece)
            offsets.extend([odd.start()] * len(piece))
    _copy(text, copied, len(text), pieces, offsets)
    offsets.append(len(text))
    return "".join(pieces), offsets


def lower(text: str) -> str:
    """Lower case, character for character: the rare letters with a longer small form keep its first character."""
    return _lower_remembered(text) if len(text) <= _LONG else _lower(text)


@lru_cache(maxsize=4096)
def _lower_remembered(text: str) -> str:
    return _lower(text)


def _lower(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(character.lower()[:1] for character in text)


def _plain(text: str) -> str:
    return _ODD_CHARACTER.sub(_plain_character, text)


def _plain_character(odd: re.Match[str]) -> str:
    return _PLAIN[odd[0]]


def _copy(text: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """Take over a stretch without combining marks."""
    pieces.append(_plain(text[start:end]))
    offsets.extend(range(start, end))


# Both cases by name: IGNORECASE would be four times slower. `re` scans for a set in front in C; which letter it was is
# asked behind the rare pair.
_OPEN = re.compile(
    r"[oOuU][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸỳýỷỹỵỲÝỶỸỴ](?!\w)"
    r"(?<=[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?<![qQ][uU].)"
)
# What `_OPEN` finds in small letters: with one first letter each, together far faster than one for both.
_OLD_O, _OLD_U = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)"), re.compile(r"u[ỳýỷỹỵ](?!\w)")


@cache
def _tones() -> dict[str, str]:
    """`oà` → `òa`: the mark from the second vowel to the first."""
    found = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in "\u0300\u0301\u0309\u0303\u0323":
            for one in (first, first.upper()):
                for two in (second, second.upper()):
                    old, new = one + two + mark, one + mark + two
                    found[unicodedata.normalize("NFC", old)] = unicodedata.normalize("NFC", new)
    return found


def modern(text: str) -> str:
    """New tone placement where old and new differ (`hoà` → `hòa`, `uỷ` → `ủy`; not `quý`, `hoàn`), of the same length.

    text  NFC
    """
    return _OPEN.sub(_moved_tone, text)


def modern_small(low: str) -> str:
    """The same for a text in small letters: most need no change, which is asked first.

    Several finders ask about the same lines, as for `plain`.
    """
    return _modern_remembered(low) if len(low) <= _LONG else _modern_small(low)


@lru_cache(maxsize=4096)
def _modern_remembered(low: str) -> str:
    return _modern_small(low)


def _modern_small(low: str) -> str:
    return modern(low) if _OLD_O.search(low) or _OLD_U.search(low) else low


def _moved_tone(old: re.Match[str]) -> str:
    return _tones()[old[0]]

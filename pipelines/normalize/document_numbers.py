"""Numbers of official documents, and what their letters say: the type and who issued them.

A full number is number, year for laws and decrees, letters of the type, letters of the issuer: `147/2006/QĐ-TTg`,
`28-NQ/TW`, `1122/KH-BQP`; of a letter (công văn) issuer and office: `1670/BCA-V28`. Sources: Decree 30/2020/NĐ-CP,
guideline 36-HD/VPTW of the Party's Central Office.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.normalize.date_words import one_of
from pipelines.reference import table

_CODE = r"[A-ZĐƯ](?:[A-ZĐƯÔĂÂ\d&]|\.(?=[A-ZĐƯ])|[a-zđ](?![a-zđ]))*(?![^\W_])"
_NUMBER = re.compile(
    r"(?P<short>\d{1,5}[a-zđ]?(?![^\W_]))"
    rf"(?P<code>(?: ?/ ?(?:19|20)\d\d(?!\d))?(?: ?[-/] ?{_CODE}){{1,4}})?"
    r"(?P<year>/(?:19|20)\d\d(?![\d/-]))?"
)
_YEAR = re.compile(r" ?/ ?(?:19|20)\d\d(?!\d)")
_OWNED = re.compile(r" của (?=[^\W\d_])| ngày \d+[/.-]\d+[/.-]\d{4}")
_LETTERS = re.compile(r"[^\W\d_][^\W_]*(?:[&.][^\W_]+)*")
_TERM = re.compile(r"\d+$")
_AFTER = re.compile(r"$|\n| ?[.,;:)\]”\"»!?…'’](?!\d)| ?\(| [-–] (?!\d)| (?P<word>[^\W_]+)| ")
# The words that follow a number which is a name. Any other noun is counted by it: `Quyết định 3 vấn đề`.
_MAY_FOLLOW = one_of(
    """của về ngày và với đã được đang sẽ trong tại đến do cho theo gắn ở thì mà để nhằm là có khóa khoá đề quy nêu
    xác yêu ban phải ra từ trên bằng bởi này trước tới không chưa còn luôn cũng vào như hoặc hay cùng đối giai
    lãnh góp gồm một sát trở thực mang tạo giúp nói trung hiện qua hằng hàng sâu kịp nghiêm vừa tiếp mới sau"""
)


class Number(NamedTuple):
    """printed: without blanks; letters: behind its figures, `-NQ/TW`; ''."""

    printed: str
    letters: str
    start: int
    end: int


def number_at(text: str, low: str, at: int, rule: str, after_no: bool) -> Number | None:
    """The document number that starts at `at`. rule: what is taken for one without letters or year:

    firm     any that is not plainly a count
    weak     the same, where `số` stands before it (after_no)
    owned    only with its issuer or day behind it
    letters  none
    """
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    code = match["code"]
    if code:
        end = match.end("code")
        return Number(match["short"] + code.replace(" ", ""), _letters(code), at, end)
    if match["year"]:
        figure = int(re.sub(r"\D", "", match["short"]))
        if rule == "letters" or (figure <= 12 and not after_no):  # `Kế hoạch 10/2023` may be October
            return None
        return Number(match["short"] + match["year"], "", at, match.end())
    if rule == "letters" or (rule in {"weak"} and not after_no):
        return None
    if not _names(text, low, match, after_no, rule == "owned"):
        return None
    return Number(match["short"], "", at, match.end("short"))


def _names(text: str, low: str, match: re.Match[str], after_no: bool, owned: bool) -> bool:
    """Whether the bare figures are a name, by what follows them."""
    figures, end = match["short"], match.end("short")
    if not after_no and len(figures) == 4 and figures[:2] in {"19", "20"}:
        return False
    after = _AFTER.match(low, end)
    if after is None:
        return False
    word = after["word"]
    if owned:
        return bool(_OWNED.match(low, end)) and (text[end + 5 : end + 6].isupper() or low.startswith(" ngày", end))
    if word is None or word in _MAY_FOLLOW:
        return True
    if word == "năm":
        return low[after.end() : after.end() + 3] in {" 19", " 20"}
    start = after.start("word")
    shouting = text[match.start() - 2].isupper()
    return text[start].isupper() and not shouting


def _letters(code: str) -> str:
    year = _YEAR.match(code)
    return (code[year.end() :] if year else code).replace(" ", "")


def letters_type(number: Number, office: bool = True) -> str | None:
    """The type its letters say: `-CT/TW` Chỉ thị. office: `/BCA-V28`, letters of an issuer first, is a Công văn."""
    types, issuers, parts = _types(), _issuers(), _parts(number)
    for part in parts:
        if part in types:
            return types[part]
    return "Công văn" if office and parts and parts[0] in issuers and number.letters.startswith("/") else None


def letters_issuer(number: Number) -> str | None:
    """Who issued it, by its letters: `QĐ-TTg` Thủ tướng Chính phủ; of a joint one all; None where they do not say."""
    issuers, parts = _issuers(), _parts(number)
    kind = parts[0] if parts and parts[0] in _types() and parts[0] not in issuers else None
    owners = parts[1:] if kind else parts
    if kind == "TTLT":
        names = [issuers.get(part, "") for part in owners]
        return ", ".join(names) if names and all(names) else None
    return (issuers.get(owners[0]) or None) if owners else None


def _parts(number: Number) -> list[str]:
    """The letters by themselves, of the National Assembly without its term: `QH15`."""
    parts = _LETTERS.findall(number.letters)
    return [_TERM.sub("", part) if part.startswith(("QH", "UBTVQH")) else part for part in parts]


@cache
def _types() -> dict[str, str]:
    return {row["letters"]: row["document_type"] for row in table("document_letters")}


@cache
def _issuers() -> dict[str, str]:
    return {row["letters"]: row["issuer"] for row in table("document_issuers")}

"""Laws by their name: `Luật Sĩ quan Quân đội nhân dân Việt Nam`. Source: reference/law_names.tsv."""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.phrases import ends_name, is_cut_off
from pipelines.reference import table

_BEFORE = re.compile(
    r"(?:đại học|học viện|khoa|công ty|trường|viện|hội|văn phòng|tạp chí|báo|lớp|ngành|cử nhân|sách|- ?)\s*$"
)
_NO_NAME = re.compile("quy định|ban hành|sửa đổi|hướng dẫn|thi hành|ngày đăng")  # a headline that runs on
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 8


def law_at(text: str, low: str, start: int, at: int, kind: str) -> tuple[int, str | None]:
    """End of the law's name that starts at `at`, behind its type at `start`, and the name as the table has it.

    Known names reach as far as the table says, with or without their commas. Others, whose name is then None, reach to
    the next function word or mark: two to eight words, the first with a capital. End 0: no law stands here (`Luật sư`,
    `Đại học Luật Hà Nội`, `Công ty Luật …`).
    """
    if _BEFORE.search(low, max(0, start - 12), start):
        return 0, None
    first = text[at : at + 2]
    known = _pattern().match(low, at)
    if known:
        small = text[start].islower() and first[:1].islower()
        return (0, None) if small else (known.end(), _names()[_key(known[0])])
    if kind == "Pháp lệnh" or text[start].islower() or not first[:1].isupper() or first.isupper():
        return 0, None
    end, count, previous = at, 0, ""
    for word in _WORD.finditer(text, at):
        now = low[word.start() : word.end()]
        if count and (text[end : word.start()] != " " or ends_name(previous, now)):
            break
        end, count, previous = word.end(), count + 1, now
        if count > _MOST_WORDS:
            return 0, None
    if count < 2 or _NO_NAME.match(low, at) or is_cut_off(text, end):
        return 0, None
    return end, None


def _key(low: str) -> str:
    return low.replace(",", "")


@cache
def _names() -> dict[str, str]:
    return {_key(row["name"].lower()): row["name"] for row in table("law_names")}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((row["name"].lower() for row in table("law_names")), key=len, reverse=True)
    return re.compile("(?:" + "|".join(re.escape(name).replace(",", ",?") for name in names) + r")(?![^\W_])")

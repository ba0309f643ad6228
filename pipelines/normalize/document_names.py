"""Laws by their name: `Luật Sĩ quan Quân đội nhân dân Việt Nam`. Source: reference/law_names.tsv."""

from __future__ import annotations

import re
from functools import cache

from pipelines.normalize.phrases import ends_name
from pipelines.reference import table

_BEFORE = re.compile(
    r"(?:đại học|học viện|khoa|công ty|trường|viện|hội|văn phòng|tạp chí|báo|lớp|ngành|cử nhân|sách|- ?)\s*$"
)
_WORD = re.compile(r"[^\W\d_]+")


def law_at(text: str, low: str, start: int, at: int, kind: str) -> int:
    """End of the law's name that starts at `at`, behind its type at `start`; 0 where there is none.

    Known names reach as far as the table says. Others reach to the next function word or mark, at least two and at
    most eight words, the first with a capital. `Luật sư`, `Đại học Luật Hà Nội`, `Công ty Luật …` are none.
    """
    if _BEFORE.search(low, max(0, start - 12), start):
        return 0
    known = _names().match(low, at)
    if known:
        small = text[start].islower() and text[at : at + 1].islower()
        return 0 if small else known.end()
    if (
        not (text[start].isupper() and text[at : at + 1].isupper())
        or text[at : at + 2].isupper()
        or kind == "Pháp lệnh"
    ):
        return 0
    end, count, previous = at, 0, ""
    for word in _WORD.finditer(text, at):
        now = low[word.start() : word.end()]
        if count and (text[end : word.start()] != " " or ends_name(previous, now)):
            break
        end, count, previous = word.end(), count + 1, now
        if count > 8:
            return 0
    return end if count >= 2 else 0


@cache
def _names() -> re.Pattern[str]:
    names = sorted((row["name"].lower() for row in table("law_names")), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, names)) + r")(?![^\W_])")

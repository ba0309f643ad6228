"""Which words name an event and which kind they make it: reference/event_types.tsv as compiled grammars.

Cells of the table, separated by `; `:
nouns   name such an event by themselves (`hội thảo`); those of the row `hội nghị`, and `lễ`, are heads that take `after`
after   make an event of the head this kind (`hội nghị` + `sơ kết`); they also follow `tổ chức` alone (`tổ chức sơ kết`)
weak    as `after`, where nothing else tells the kind
verbs   what somebody does (`đến thăm`)
` … ` stands for a few words. All matching is on lower-case text with new tone placement.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.reference import table

GENERIC = "hội nghị"
"""The head and the type of a conference of which no more is told."""
_CEREMONY = r"(?:buổi |đại )?lễ"
# Rows of other heads whose `after` words also follow these heads.
_ALSO_AFTER = {
    "hội nghị": {"tuyên truyền", "gặp mặt"},
    "lễ": {"tuyển quân", "hội thi", "tiếp đoàn", "hội nghị tổng kết", "hội nghị sơ kết", "gặp mặt", "tuyên truyền"},
}
# `Lễ công bố và trao quyết định thăng quân hàm` is the narrower of the two.
_NARROWER = {
    "lễ công bố quyết định": ("lễ trao quân hàm", re.compile(r"quân hàm|cấp bậc hàm|nâng lương")),
    "hội nghị cán bộ": ("lễ trao quân hàm", re.compile(r"thăng quân hàm|cấp bậc hàm")),
}
_OPENING = re.compile(r"(?:khai mạc|bế mạc|khai khóa|tổng kết|sơ kết|trao giải|phát động|ra quân)\b")
# Words after which a noun phrase tells what the event is about, no longer what it is.
_BREAK = re.compile(
    r"[;:.]|(?<!\w)(?:về|nhằm|để|cho|được|đã|do|diễn ra|có|khẳng định|nêu|thống nhất|theo|tại|sẽ|vào|là|dưới)(?!\w)"
)
_MODE = re.compile(
    r"\([^()]{0,80}\)|(?:bằng |theo |với )?(?:hình thức )?(?:trực tiếp (?:và|kết hợp(?: với)?|với) )?trực tuyến"
    r"(?: toàn quốc| với các (?:đơn vị|địa phương))?"
)
_AND = re.compile(r"(?:,|;|-|\bvà|gắn với|kết hợp(?: với)?|đồng thời) *$")
_REACH = 220  # characters of a noun phrase that are looked at


class Kind(NamedTuple):
    """What an event is: its type, a second one told in one breath, and where the words that say so end."""

    event_type: str
    subtype: str | None
    end: int


class Trigger(NamedTuple):
    """Words that may name an event. form: noun, bare (`after` words without a head), verb."""

    start: int
    end: int
    form: str
    words: str


def _pattern(cell: str) -> str:
    return r"[^.;()\n]{0,50}?".join(re.escape(part.strip()).replace(r"\ ", " +") for part in cell.split("…"))


def _alternation(words: list[str]) -> str:
    return "|".join(_pattern(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _cells(row: dict[str, str], column: str) -> list[str]:
    return [cell for cell in row[column].split("; ") if cell]


@cache
def families() -> dict[str, str]:
    """Event type → its head: types of one family may be told by title and text in different words."""
    return {row["event_type"]: row["head"] for row in table("event_types")}


@cache
def _by_words(column: str) -> dict[str, str]:
    """Words → event type; the first row that has them wins. Ceremonies first: `công bố quyết định` without a head."""
    rows = sorted(table("event_types"), key=lambda row: row["head"] == "hội nghị") if column == "after" else None
    found: dict[str, str] = {}
    for row in rows or table("event_types"):
        for cell in _cells(row, column):
            found.setdefault(cell, row["event_type"])
    return found


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternation(list(_by_words('nouns')))}|{_CEREMONY})(?!\w)")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternation(list(_by_words('verbs')))})(?!\w)")


@cache
def _bare() -> re.Pattern[str]:
    words = [cell for row in table("event_types") for cell in _cells(row, "after") if "…" not in cell]
    return re.compile(rf"(?:{_alternation(words)})(?!\w)")


@cache
def _after(head: str, column: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The words that narrow a head, and the type of each (by group name)."""
    rows = [row for row in table("event_types") if row["head"] == head or row["event_type"] in _ALSO_AFTER[head]]
    cells = [(cell, row["event_type"]) for row in rows for cell in _cells(row, column)]
    cells.sort(key=lambda pair: (-len(pair[0].replace("…", " ")), pair))
    groups = {f"g{number}": event_type for number, (_, event_type) in enumerate(cells)}
    body = "|".join(f"(?P<g{number}>{_pattern(cell)})" for number, (cell, _) in enumerate(cells))
    return re.compile(rf"(?<!\w)(?:{body or '(?!)'})(?!\w)"), groups


def nouns(low: str, start: int, end: int) -> list[Trigger]:
    """Nouns that name events, in order."""
    return [Trigger(m.start(), m.end(), "noun", _one_blank(m[0])) for m in _nouns().finditer(low, start, end)]


def verbs(low: str, start: int, end: int) -> list[Trigger]:
    """Finite verbs that tell events, in order."""
    return [Trigger(m.start(), m.end(), "verb", _one_blank(m[0])) for m in _verbs().finditer(low, start, end)]


def bare(low: str, at: int, end: int) -> Trigger | None:
    """Words that make an event of what stands before them, right at a position: `sơ kết` of `tổ chức sơ kết`."""
    match = _bare().match(low, at, end)
    return Trigger(match.start(), match.end(), "bare", _one_blank(match[0])) if match else None


def kind(low: str, trigger: Trigger, stop: int) -> Kind | None:
    """What the words and those behind them, up to `stop`, make of the event; None: a ceremony of no known kind."""
    words = trigger.words
    if trigger.form == "verb":
        return _narrowed(low, Kind(_by_words("verbs")[words], None, trigger.end), stop)
    if trigger.form == "bare":
        return _narrowed(low, _with_second(low, _by_words("after")[words], trigger.end, stop, "lễ"), stop)
    event_type = _by_words("nouns").get(words)
    if event_type is None:
        return _of_head(low, "lễ", None, trigger.end, stop)
    if event_type == GENERIC:
        return _of_head(low, GENERIC, GENERIC, trigger.end, stop)
    return Kind(event_type, None, trigger.end)


def _one_blank(words: str) -> str:
    return " ".join(words.split())


def _of_head(low: str, head: str, otherwise: str | None, at: int, stop: int) -> Kind | None:
    """The kind a head gets from the words behind it."""
    stop = min(stop, at + _REACH)
    phrase = _MODE.sub(lambda match: " " * len(match[0]), low[at:stop])
    broken = _BREAK.search(phrase)
    limit = len(phrase) if broken is None else broken.start()
    for column in ("after", "weak"):
        pattern, groups = _after(head, column)
        found = pattern.search(phrase)
        if found is None or found.start() > limit:
            continue
        event_type = groups[found.lastgroup or ""]
        if head == "lễ" and _OPENING.match(found[0]):
            inner = _nouns().search(phrase, found.end(), min(found.end() + 25, len(phrase)))
            known = inner and _by_words("nouns").get(_one_blank(inner[0]))
            if inner and known and found[0] != "phát động":
                return kind(low, Trigger(at + inner.start(), at + inner.end(), "noun", _one_blank(inner[0])), stop)
        if column == "weak":
            return Kind(event_type, None, at + found.end())
        return _narrowed(low, _with_second(phrase, event_type, found.end(), len(phrase), head, at), stop)
    return None if otherwise is None else Kind(otherwise, None, at)


def _with_second(text: str, event_type: str, at: int, stop: int, head: str, offset: int = 0) -> Kind:
    """A second kind, joined to the first by a comma or `và`: `tổng kết công tác năm 2022, triển khai nhiệm vụ`."""
    head = GENERIC if event_type.startswith(GENERIC) else head
    pattern, groups = _after(head, "after")
    for found in pattern.finditer(text, at, min(stop, at + _REACH)):
        second = groups[found.lastgroup or ""]
        if second != event_type and _AND.search(text, max(at - 1, found.start() - 20), found.start()):
            return Kind(event_type, second, offset + at)
        if "." in text[at : found.start()]:
            break
    return Kind(event_type, None, offset + at)


def _narrowed(low: str, found: Kind, stop: int) -> Kind:
    narrower = _NARROWER.get(found.event_type)
    if narrower and narrower[1].search(low, found.end, min(stop, found.end + 100)):
        return Kind(narrower[0], None, found.end)
    return found

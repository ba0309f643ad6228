"""Which words name an event and which kind they make it: reference/event_types.tsv as compiled grammars.

Cells of the table, separated by `; `:
nouns   name such an event by themselves (`hội thảo`); those of the row `hội nghị`, and `lễ`, are heads for `after`
after   make an event of the head this kind (`hội nghị` + `sơ kết`); they also follow `tổ chức` alone (`tổ chức sơ kết`)
weak    as `after`, where nothing else tells the kind
verbs   what somebody does (`đến thăm`)
` … ` stands for a few words. All matching is on lower-case text with new tone placement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipelines.normalize.event_lines import EventLine
from pipelines.normalize.event_phrases import Phrases, one_blank
from pipelines.normalize.word_starts import at_word_start
from pipelines.reference import table
from pipelines.values import value

GENERIC = "hội nghị"
"""The head and the type of a conference of which no more is told."""
CEREMONY = ("lễ", "buổi lễ", "đại lễ")
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
_BREAKS = (
    "về", "nhằm", "để", "cho", "được", "đã", "do", "diễn ra", "có", "khẳng định", "nêu", "thống nhất", "theo", "tại",
    "sẽ", "vào", "là", "dưới",
)  # fmt: skip
_BREAK = re.compile(at_word_start((rf"{words}(?!\w)" for words in _BREAKS), r"\w", anywhere=(";", ":", r"\.")))
_MODE = re.compile(
    r"\([^()]{0,80}\)|(?:bằng |theo |với )?(?:hình thức )?(?:trực tiếp (?:và|kết hợp(?: với)?|với) )?trực tuyến"
    r"(?: toàn quốc| với các (?:đơn vị|địa phương))?"
)
_AND = re.compile(r"(?:,|;|-|\bvà|gắn với|kết hợp(?: với)?|đồng thời) *$")
_GAP = r"(?!\w)[^.;()\n]{0,50}?(?<!\w)"
_REACH = 220  # characters of a noun phrase that are looked at


@value
class Kind:
    """What an event is: its type, a second one told in one breath, and where the words that say so end."""

    event_type: str
    subtype: str | None
    end: int


@value
class Trigger:
    """Words that may name an event. form: noun, bare (`after` words without a head), verb;
    evidence: a word of event_evidence.py, of which no grammar holds."""

    start: int
    end: int
    form: str
    words: str


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
def _nouns() -> Phrases:
    return Phrases([*_by_words("nouns"), *CEREMONY])


@cache
def _verbs() -> Phrases:
    return Phrases(_by_words("verbs"))


@cache
def _bare() -> Phrases:
    return Phrases(words for words in _by_words("after") if "…" not in words)


class _After(NamedTuple):
    """The words that narrow a head, and what each makes of it; gapped: those with a few words in between."""

    phrases: Phrases
    types: dict[str, str]
    gapped: tuple[tuple[re.Pattern[str], str], ...]

    def search(self, line: EventLine, start: int, end: int) -> tuple[int, int, str] | None:
        """Start, end and type of the first of them, of several at one place the longest."""
        whole = self.phrases.first(line, start, end)
        found = [(whole[0], -whole[1], self.types[one_blank(line.low[slice(*whole)])])] if whole else []
        for pattern, event_type in self.gapped:
            match = pattern.search(line.low, start, end)
            if match:
                found.append((match.start(), -match.end(), event_type))
        return (min(found)[0], -min(found)[1], min(found)[2]) if found else None


@cache
def _after(head: str, column: str) -> _After:
    rows = [row for row in table("event_types") if row["head"] == head or row["event_type"] in _ALSO_AFTER[head]]
    types: dict[str, str] = {}
    gapped = []
    for row in rows:
        for cell in _cells(row, column):
            if "…" in cell:
                parts = (re.escape(part.strip()).replace(r"\ ", " +") for part in cell.split("…"))
                gapped.append((re.compile(rf"{_GAP.join(parts)}(?!\w)"), row["event_type"]))
            else:
                types.setdefault(cell, row["event_type"])
    return _After(Phrases(types), types, tuple(gapped))


def nouns(line: EventLine, start: int, end: int) -> Iterator[Trigger]:
    """Nouns that name events, in order."""
    return _triggers(_nouns(), "noun", line, start, end)


def verbs(line: EventLine, start: int, end: int) -> Iterator[Trigger]:
    """Finite verbs that tell events, in order."""
    return _triggers(_verbs(), "verb", line, start, end)


def _triggers(words: Phrases, form: str, line: EventLine, start: int, end: int) -> Iterator[Trigger]:
    for at, stop in words.spans(line, start, end):
        yield Trigger(at, stop, form, one_blank(line.low[at:stop]))


def verb_at(low: str, at: int, end: int) -> Trigger | None:
    """A finite verb right at a position: `khám tuyển` of `tổ chức khám tuyển`."""
    stop = _verbs().at(low, at, end)
    return None if stop < 0 else Trigger(at, stop, "verb", one_blank(low[at:stop]))


def kind_of_verb(verb: Trigger) -> str:
    """The type of event that a verb of `verbs` tells by itself."""
    return _by_words("verbs")[verb.words]


def bare(low: str, at: int, end: int) -> Trigger | None:
    """Words that make an event of what stands before them, right at a position: `sơ kết` of `tổ chức sơ kết`."""
    stop = _bare().at(low, at, end)
    return None if stop < 0 else Trigger(at, stop, "bare", one_blank(low[at:stop]))


def kind(line: EventLine, trigger: Trigger, stop: int) -> Kind | None:
    """What the words and those behind them, up to `stop`, make of the event; None: a ceremony of no known kind."""
    words = trigger.words
    if trigger.form == "verb":
        near = min(stop, trigger.end + 20)
        return _narrowed(line.low, _with_second(line, _by_words("verbs")[words], trigger.end, near, "lễ"), stop)
    if trigger.form == "bare":
        return _narrowed(line.low, _with_second(line, _by_words("after")[words], trigger.end, stop, "lễ"), stop)
    event_type = _by_words("nouns").get(words)
    if event_type is None:
        return _of_head(line, "lễ", None, trigger.end, stop)
    if event_type == GENERIC:
        return _of_head(line, GENERIC, GENERIC, trigger.end, stop)
    return Kind(event_type, None, trigger.end)


def _of_head(line: EventLine, head: str, otherwise: str | None, at: int, stop: int) -> Kind | None:
    """The kind a head gets from the words behind it."""
    stop = min(stop, at + _REACH)
    told = _without_mode(line, at, stop)
    broken = _BREAK.search(told.low, at, stop)
    limit = stop if broken is None else broken.start()
    for column in ("after", "weak"):
        found = _after(head, column).search(told, at, stop)
        if found is None or found[0] > limit:
            continue
        begin, end, event_type = found
        words = told.low[begin:end]
        if head == "lễ" and _OPENING.match(words) and words != "phát động":
            inner = _nouns().first(told, end, min(end + 25, stop))
            noun = one_blank(told.low[slice(*inner)]) if inner else ""
            if inner and noun in _by_words("nouns"):
                return kind(line, Trigger(*inner, "noun", noun), stop)
        if column == "weak":
            return Kind(event_type, None, end)
        return _narrowed(line.low, _with_second(told, event_type, end, stop, head), stop)
    return None if otherwise is None else Kind(otherwise, None, at)


def _without_mode(line: EventLine, start: int, end: int) -> EventLine:
    """The line with blanks for what a stretch of it says in brackets or of the mode: `(trực tuyến)`."""
    phrase = line.low[start:end]
    if "(" not in phrase and "trực tuyến" not in phrase:
        return line
    phrase = _MODE.sub(lambda match: " " * len(match[0]), phrase)
    low = line.low[:start] + phrase + line.low[end:]
    return replace(line, low=low, led=f" {low}", marks=None)


def _with_second(line: EventLine, event_type: str, at: int, stop: int, head: str) -> Kind:
    """A second kind, joined to the first by a comma or `và`: `tổng kết công tác năm 2022, triển khai nhiệm vụ`."""
    after = _after(GENERIC if event_type.startswith(GENERIC) else head, "after")
    stop = min(stop, at + _REACH)
    point = line.low.find(".", at, stop)
    for begin, end in after.phrases.spans(line, at, stop if point < 0 else point):
        second = after.types[one_blank(line.low[begin:end])]
        if second != event_type and _AND.search(line.low, max(at - 1, begin - 20), begin):
            return Kind(event_type, second, at)
    return Kind(event_type, None, at)


def _narrowed(low: str, found: Kind, stop: int) -> Kind:
    narrower = _NARROWER.get(found.event_type)
    if narrower and narrower[1].search(low, found.end, min(stop, found.end + 100)):
        return Kind(narrower[0], None, found.end)
    return found

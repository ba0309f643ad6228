"""Where a text speaks of an event as known: `dự hội nghị`, `kết luận hội nghị`, `Theo báo cáo tổng kết …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipelines.normalize.event_dates import is_plural
from pipelines.normalize.event_lines import HEAD_LINES, EventLine, head_lines
from pipelines.normalize.event_signs import SENTENCE, Sign
from pipelines.normalize.event_words import GENERIC, Kind, Trigger, kind, nouns
from pipelines.normalize.phrase_patterns import signs

_REFERENCE = re.compile(rf"{signs('referring')} *(?:buổi |cuộc |đợt )?$")
_REPORT = re.compile(r"(?<!\w)báo cáo +(?P<kind>tổng kết|sơ kết)(?= +[^\W\d_])")
_TRIES = 12
"""Nouns of a line that are looked at."""


def references(lines: list[EventLine], word: str) -> Iterator[tuple[int, int]]:
    """Where the text speaks of an event as known, by its head word: line and position, at most one a line.

    `dự hội nghị`, `Quang cảnh buổi lễ`, `kết luận hội nghị`
    """
    for number, line in enumerate(lines):
        if word not in line.low:
            continue
        at, tries = line.low.find(word), 0
        while at >= 0 and tries < 6:
            if _REFERENCE.search(line.low, max(0, at - 24), at):
                yield number, at
                break
            at, tries = line.low.find(word, at + len(word)), tries + 1


def cut_off_sign(lines: list[EventLine]) -> Sign | None:
    """The event of a bulletin whose head is missing: at least two lines speak of one conference as known."""
    places = list(islice(references(lines, GENERIC), 2))
    if len(places) < 2:
        return None
    number, at = places[0]
    line = lines[number]
    trigger = Trigger(at, at + len(GENERIC), "noun", GENERIC)
    return Sign(number, line.sentence_at(at), trigger, Kind(GENERIC, None, trigger.end), 0, None, at)


def report_sign(lines: list[EventLine]) -> Sign | None:
    """`Theo báo cáo tổng kết phong trào …`: which kind of conference heard it, and of what."""
    for number, line in enumerate(lines):
        report = _REPORT.search(line.low) if "báo cáo" in line.low else None
        if report is None:
            continue
        bounds = line.sentence_at(report.start())
        word = Trigger(report.start("kind"), report.end(), "bare", report["kind"])
        found = kind(line, word, bounds[1])
        if found is not None:
            return Sign(number, bounds, word, found, 0, None, report.start())
    return None


def narrower_kind(lines: list[EventLine]) -> Kind | None:
    """What kind of conference title, first paragraphs or a caption call the one that is elsewhere only `hội nghị`."""
    heads = head_lines(lines, HEAD_LINES)
    for number, line in enumerate(lines):
        if number not in heads and line.zone not in {"title", "caption"}:
            continue
        for noun in islice(nouns(line, 0, min(len(line.low), SENTENCE)), _TRIES):
            if noun.words != GENERIC or line.within(noun.start):
                continue
            if is_plural(line.low, max(0, noun.start - 24), noun.start):
                continue
            found = kind(line, noun, line.sentence_at(noun.start)[1])
            if found is not None and found.event_type != GENERIC:
                return found
    return None

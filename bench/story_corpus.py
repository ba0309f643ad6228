"""Synthetic bulletins with known stories: the n-th group of a seed is always the same, and made when it is asked for.

Texts are phrases of two to five words cut from the newsroom's templates and strung anew for each story, so that unlike
stories share some per cent of their shingles, as real ones of one sphere do; into them go names, figures and days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from unicodedata import normalize

from crawlers.newsroom.cast import full_name
from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.words import first_upper, listed, rows
from pipelines.normalize.story_text import StoryText

FIRST = date(2019, 1, 1)
DAYS = 5 * 365
_SLOT = re.compile(r"\{[^}]*\}")
_RANKS = ("Đại tá", "Thượng tá", "Trung tá", "Thiếu tướng", "Trung tướng", "đồng chí", "Bác sĩ")
_COUNTED = ("đại biểu", "tập thể", "cá nhân", "suất quà", "lượt người", "triệu đồng", "cán bộ, chiến sĩ", "đơn vị máu")


@dataclass(frozen=True, slots=True)
class Made:
    """event: bulletins with the same one tell one story.  kind: single, original, reprint, edited, teaser, template"""

    text: StoryText
    event: int
    kind: str


@cache
def _phrases() -> tuple[str, ...]:
    found = set[str]()
    for _, _, text, *_ in rows("telling"):
        for piece in re.split(r"[.,;:?“”()–]", _SLOT.sub(".", text)):
            words = piece.split()
            for start in range(0, len(words), 4):
                if len(words[start : start + 4]) >= 2:
                    found.add(" ".join(words[start : start + 4]).lower())
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Slot:
    """What a place of a skeleton tells: name, unit, figure or day; what: the words beside it."""

    kind: str
    what: str


_Sentence = tuple[str | _Slot, ...]


def _sentence(rng: Chance) -> _Sentence:
    pieces: list[str | _Slot] = [rng.choice(_phrases()) for _ in range(rng.randint(4, 9))]
    if rng.random() < 0.7:
        kind = rng.choice(("name", "name", "figure", "figure", "figure", "unit", "day"))
        pieces.insert(rng.randint(1, len(pieces)), _Slot(kind, rng.choice(_RANKS if kind == "name" else _COUNTED)))
    return tuple(pieces)


def _opening(rng: Chance) -> _Sentence:
    return ("sáng", _Slot("event day", ""), "tại", _Slot("unit", ""), *_sentence(rng))


@dataclass(frozen=True, slots=True)
class _Event:
    """The particulars of one event. key: of its draws, so that each telling of it tells the same."""

    key: tuple[object, ...]
    day: date
    unit: str
    cast: tuple[str, ...]

    def fill(self, slot: _Slot, place: int) -> str:
        rng = chance(*self.key, place)
        if slot.kind == "name":
            return f"{slot.what} {rng.choice(self.cast)}"
        if slot.kind == "unit":
            return self.unit
        if slot.kind == "event day":
            return f"ngày {self.day.day}-{self.day.month}"
        if slot.kind == "day":
            day = self.day - timedelta(days=rng.randint(0, 300))
            return f"ngày {day.day}/{day.month}/{day.year}"
        return f"{rng.randint(2, 40) if rng.random() < 0.5 else rng.randint(40, 999)} {slot.what}"

    def says(self, sentence: _Sentence, place: int) -> str:
        told = (part if isinstance(part, str) else self.fill(part, place) for part in sentence)
        return first_upper(" ".join(told)) + "."


def _unit(rng: Chance) -> str:
    head = rng.choice(("Lữ đoàn", "Sư đoàn", "Trung đoàn", "Bệnh viện", "Công an", "Ban Chỉ huy"))
    return f"{head} {rng.choice(listed('district')) if rng.random() < 0.3 else rng.randint(1, 999)}"


def _day(rng: Chance) -> date:
    return FIRST + timedelta(days=rng.randint(0, DAYS))


class _Skeleton:
    """A story before its particulars: a title and some 600 words."""

    def __init__(self, rng: Chance) -> None:
        self.title: _Sentence = (_Slot("unit", ""), *_sentence(rng)[:3])
        self.sentences = [_opening(rng), *(_sentence(rng) for _ in range(rng.randint(18, 26)))]


def bulletins(count: int, seed: int) -> Iterator[Made]:
    """So many, each with a bulletin_id that tells nothing of its story."""
    made, group = 0, 0
    while made < count:
        for one in _group(seed, group):
            if made == count:
                return
            yield replace(one, text=replace(one.text, bulletin_id=f"{chance(seed, made, 'id').getrandbits(64):016x}"))
            made += 1
        group += 1


def _group(seed: int, group: int) -> Iterator[Made]:
    rng = chance(seed, group, "story")
    skeleton = _Skeleton(rng)
    cast = tuple(full_name(rng) for _ in range(4))
    event = _Event((seed, group, "event"), _day(rng), _unit(rng), cast)
    number = group * 100
    yield Made(_told(skeleton, event, rng), number, "original")
    fate = rng.random()
    if fate < 0.15:
        for _ in range(rng.randint(1, 3)):
            yield Made(_reprinted(skeleton, event, rng), number, "reprint")
    elif fate < 0.28:
        for _ in range(rng.randint(1, 2)):
            yield Made(_edited(skeleton, event, rng), number, "edited")
    elif fate < 0.38:
        for _ in range(rng.randint(1, 2)):
            yield Made(_teased(skeleton, event, rng), number, "teaser")
    elif fate < 0.5:
        for nth in range(1, rng.randint(2, 5)):
            other = _other_event(event, (seed, group, "event", nth), rng)
            told = _told(_varied(skeleton, rng, rng.uniform(0, 0.2)), other, rng)
            yield Made(told, number + nth, "template")
            if rng.random() < 0.3:
                yield Made(_reprinted(skeleton, event, rng), number, "reprint")


def _other_event(event: _Event, key: tuple[object, ...], rng: Chance) -> _Event:
    """The same template's next use: a year, a week or two later, or elsewhere on the same day."""
    how = rng.random()
    day = event.day + timedelta(days=365 + rng.randint(-9, 9) if how < 0.5 else rng.randint(2, 28) if how < 0.8 else 0)
    unit = event.unit if how < 0.8 and rng.random() < 0.8 else _unit(rng)
    return _Event(key, day, unit, (*event.cast[: rng.randint(0, 2)], *(full_name(rng) for _ in range(3))))


def _varied(skeleton: _Skeleton, rng: Chance, share: float) -> _Skeleton:
    varied = _Skeleton(rng)
    varied.title = skeleton.title
    varied.sentences = [
        _sentence(rng) if at and rng.random() < share else old for at, old in enumerate(skeleton.sentences)
    ]
    return varied


def _told(skeleton: _Skeleton, event: _Event, rng: Chance) -> StoryText:
    said = [event.says(sentence, place) for place, sentence in enumerate(skeleton.sentences)]
    return _text(event.says(skeleton.title, -1)[:-1], said, event, rng)


def _text(title: str, said: list[str], event: _Event, rng: Chance) -> StoryText:
    lead = said[0] if rng.random() < 0.3 else ""
    step = rng.randint(2, 5)
    body = "\n\n".join(" ".join(said[start : start + step]) for start in range(0, len(said), step))
    day = None if rng.random() < 0.08 else event.day + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2, 4)))
    return StoryText("", title, lead, body, day)


def _reprinted(skeleton: _Skeleton, event: _Event, rng: Chance) -> StoryText:
    told = _told(skeleton, event, rng)
    if rng.random() < 0.5:
        told = replace(told, title=event.says(_sentence(rng), -2)[:-1])
    if rng.random() < 0.3:
        told = replace(told, body=f"QK{rng.randint(1, 9)} – {told.body}\n\nTheo {full_name(rng)}")
    if rng.random() < 0.1:
        told = replace(told, body=normalize("NFD", told.body))
    return told


def _edited(skeleton: _Skeleton, event: _Event, rng: Chance) -> StoryText:
    """A tenth to three tenths of the sentences changed or cut, and another title."""
    share, said = rng.uniform(0.1, 0.3), list[str]()
    chosen = set(rng.sample(range(1, len(skeleton.sentences)), round(share * len(skeleton.sentences))))
    for place, sentence in enumerate(skeleton.sentences):
        if place not in chosen:
            said.append(event.says(sentence, place))
        elif rng.random() < 0.6:
            said.append(event.says(_sentence(rng), 1000 + rng.randint(0, 999)))
    return _text(event.says(_sentence(rng), -2)[:-1], said, event, rng)


def _teased(skeleton: _Skeleton, event: _Event, rng: Chance) -> StoryText:
    told = _told(skeleton, event, rng)
    words = told.body.split()[: rng.randint(20, 60)]
    title = told.title if rng.random() < 0.8 else event.says(_sentence(rng), -2)[:-1]
    return replace(told, title=title, lead="", body=f"{' '.join(words)}…")

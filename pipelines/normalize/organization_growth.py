"""How far the words of a name go behind its head: a walk word by word, each step by one rule."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.normalize.organization_phrases import (
    BEGINS,
    COUNTED,
    ISLANDS,
    NO_NAME,
    NUMBER,
    PLACE,
    POST,
    WORD,
    Phrases,
)
from pipelines.normalize.organization_tables import CAPITAL, Head, surnames

LONGEST = 140  # characters

_PROPER = frozenset(("proper", "school", "store", "team", "hoi"))  # grammars of names with words of their own
_NO_PLACE = frozenset(("military region", "service", "ward", "ministry", "general department"))
# Heads before which an unknown word with a capital is mostly no name: it must be a whole word of two syllables or more.
_DOUBTFUL = frozenset(("Phòng", "Ban", "Khoa", "Vụ", "Hội đồng"))
_DAY_NAME = re.compile(r"\d{1,2}[-./]\d{1,2}(?![\w%]|[.,/-]\d)")  # Bệnh viện 19-8
_LOW_START = re.compile(
    r"đa khoa|quân y|quân dân y|dã chiến|cửa khẩu|trung ương|mầm non|tiểu học|cổ phần|y học|đại học|cao đẳng"
)
_COUNTRY = re.compile(
    "(?:" + "|".join((
        "lào", "campuchia", "cam-pu-chia", "trung quốc", "nga", "liên bang nga", "hoa kỳ", "mỹ", "nhật bản",
        "hàn quốc", "ấn độ", "cuba", "belarus", "thái lan", "indonesia", "singapore", "malaysia", "philippines",
        "australia", "anh", "pháp", "đức", "việt nam",
    )) + r")(?!\w)"
)  # fmt: skip

_NAMED = re.compile(rf"{CAPITAL}|\d")
_LOWER_FIELDS = frozenset(("field", "ministry", "proper"))
_OTHERWISE = re.compile(  # that often stand behind a head in lower case and are not its name
    r"(?:lịch sử|thông tin|chính sách|đối ngoại|cán bộ|sản xuất|nội trú|sức khỏe|trẻ em|bệnh lý"
    r"|tham mưu|công tác|thanh niên|phụ nữ)(?!\w)"
)


@dataclass(slots=True)
class _Walk:
    """stop: end of the name so far. before: the class of its last words. unknown: words of no table so far."""

    head: Head
    start: int
    stop: int
    before: str = ""
    unknown: int = 0
    refused: bool = False
    alone: bool = False
    lower: bool = False  # began with an activity in lower case: only a number or a place makes that a name

    @property
    def proper(self) -> bool:
        return self.head.grammar in _PROPER

    def to(self, stop: int, before: str) -> bool:
        self.stop, self.before = stop, before
        return True


class Growth(Phrases):
    """The walk."""

    def grow(self, end: int, head: Head, alone: bool = False) -> int | None:
        """End of the words that make a name behind its head (which ends at `end`); None: nothing makes one.

        alone  one of a list that shares its head: `và` leads to the next
        """
        walk = _Walk(head, end, end, alone=alone)
        while walk.stop - end < LONGEST and self._step(walk):
            pass
        if walk.lower and walk.before != "tail" and not _NAMED.search(self.text, end, walk.stop):
            return None
        if walk.refused or walk.before in {"", "form", "open"}:
            return None
        if walk.before == "unknown" and walk.unknown == 1 and not self.ends_here(walk.stop):
            return None
        return walk.stop

    def _step(self, walk: _Walk) -> bool:
        """One step further, if the next words are the name's."""
        text, stop = self.text, walk.stop
        if not walk.alone and walk.before in {"act", "open"} and text.startswith(" và ", stop):
            joined = self.phrase_at(stop + 4)
            if joined is None or joined[1] not in BEGINS or self.owner_head_at(stop + 4):
                return False
            sure = text[stop + 4].isupper() or (joined[1] == "noun" and self.ends_here(joined[0]))
            return sure and walk.to(*joined)
        if text[stop : stop + 1] not in {" ", "-"}:
            return False
        dash = 3 if text.startswith(" - ", stop) else 1 if text[stop] == "-" else 0
        if dash:
            return self._over_dash(walk, stop + dash)
        i = stop + 1
        word = WORD.match(text, i)
        if word is None:
            return False
        capital = self.flat or text[i].isupper()
        phrase = self.phrase_at(i)
        if walk.before and capital and self._owner_begins(i, phrase):
            return False
        if phrase and self._takes(walk, phrase[1], capital, i):
            return walk.to(*phrase)
        if walk.before == "place" or (phrase and self.flat and walk.before):
            return False
        number = self._number_at(walk, i)
        if number:
            return walk.to(number, "number")
        place = PLACE.match(self.low, i)
        if place and walk.head.kind not in _NO_PLACE:
            name = place.end() + 1
            run = self.province_at(name) if self.flat else self.place_name_at(name)
            return bool(run and (walk.before or walk.proper)) and walk.to(run or 0, "place")
        return self._capital(walk, i, word.end()) if capital else self._small(walk, i)

    def _over_dash(self, walk: _Walk, i: int) -> bool:
        """`Hậu cần - Kỹ thuật`, `Việt - Nga`."""
        phrase = self.phrase_at(i)
        if not self.text[i : i + 1].isupper():
            small = walk.before in {"noun", "act"} and phrase and phrase[1] == "noun" and self.ends_here(phrase[0])
            return bool(small and phrase) and walk.to(*phrase) if phrase else False
        if walk.before in {"noun", "act", "open"} and phrase and phrase[1] in {"noun", "act", "open", "tail"}:
            return walk.to(*phrase)
        word = WORD.match(self.text, i)
        if word and walk.before == "unknown" and self.text.endswith("Việt", 0, walk.stop):
            return walk.to(word.end(), "unknown")
        return False

    def _owner_begins(self, i: int, phrase: tuple[int, str] | None) -> bool:
        """Whether here the name of another organization begins: the owner's."""
        other = self.owner_head_at(i)
        if other is None or (phrase and phrase[0] > other[1]):
            return False
        return not (other[0].words == "Trường" and ISLANDS.match(self.low, other[1]))

    def _takes(self, walk: _Walk, cls: str, capital: bool, i: int) -> bool:
        """Whether name words of the class go on with the name."""
        if self.flat and walk.before and cls != "tail" and walk.before not in {"act", "open", "form"}:
            return False
        if cls == "form":
            return walk.proper or walk.before == "form"
        if capital:
            return True
        if cls == "tail":
            return bool(walk.before or walk.proper)
        if walk.head.grammar == "steering" or walk.head.words == "Hội đồng":
            return cls in {"task", "noun"}
        if walk.before == "open" and cls in {"noun", "act"}:
            return True
        if walk.before:
            return cls == "noun" and walk.before == "act"
        if walk.proper and cls == "noun" and _LOW_START.match(self.low, i):
            return True
        # `Cục quân nhu`, `Trung tâm huấn luyện quân sự quốc gia 4`
        if not self.text[walk.start - len(walk.head.words)].isupper() or walk.head.grammar not in _LOWER_FIELDS:
            return False
        if cls in {"act", "open"} and walk.head.grammar == "proper":
            walk.lower = True
            return True
        return cls == "noun" and " " in self.low[i : i + 8].strip() and not _OTHERWISE.match(self.low, i)

    def _number_at(self, walk: _Walk, i: int) -> int | None:
        head, first = walk.head, walk.before in {"", "form"}
        ward = head.kind == "ward"
        if not (walk.proper or ward or head.grammar in {"steering", "owner"} or head.words in {"Cục", "Tổng cục"}):
            return None
        number = (_DAY_NAME.match(self.text, i) if first else None) or NUMBER.match(self.text, i)
        if number is None:
            return None
        end = number.end()
        if head.kind == "ward" and first and number[0].isdecimal():
            return None
        if first:
            return end
        if COUNTED.match(self.low, end):
            return None
        sure = len(number[0]) > 1 and walk.before in {"noun", "act", "tail"}
        return end if sure or self.ends_here(end) or self.owner_head_at(end + 1) else None

    def _small(self, walk: _Walk, i: int) -> bool:
        """A word in lower case: perhaps the second half of one that no table knows."""
        if walk.before == "act" and not self.follows(i):  # what it acts on, in words of no table
            pair = self.pair_at(walk.stop)
            walk.refused = pair is None
            return pair is not None and walk.to(pair, "noun")
        if walk.before == "unknown" and walk.unknown == 1 and not self.follows(i):
            pair = self.pair_at(walk.stop)
            walk.refused = pair is None
            return pair is not None and walk.to(pair, "noun")
        return False

    def _capital(self, walk: _Walk, i: int, end: int) -> bool:
        """A word with a capital that is in no table: a place, a person, a name of its own."""
        head, low = walk.head, self.low
        if head.grammar == "ministry":  # of another country
            country = _COUNTRY.match(low, i)
            if walk.before and country:
                walk.stop = country.end()
            return False
        province = self.province_at(i)
        if province and (walk.before or walk.proper):
            return walk.to(province, "place")
        if (
            self.flat
            or any(map(str.isdecimal, low[i:end]))
            or low[i:end] in NO_NAME
            or (head.grammar == "school" and not walk.before)
        ):
            return False
        if low[i:end] in surnames() and self.person_at(i):
            post = POST.search(low, max(0, self.outer - 40), self.outer) is not None
            run = self.capitals_at(i, True)
            short = run is not None and head.kind == "enterprise" and self.text.count(" ", i, run) == 1
            if not walk.proper or (post and head.grammar != "school" and not short):
                return False
            return run is not None and walk.to(run, "place")
        if head.words in _DOUBTFUL and not walk.before:
            pair = self.pair_at(end)
            walk.refused = pair is None
            return pair is not None and walk.to(pair, "noun")
        if head.kind == "press" and walk.before in {"noun", "tail"}:  # Báo Nhân Dân Xuân
            return False
        walk.unknown += 1
        return walk.to(end, "unknown")

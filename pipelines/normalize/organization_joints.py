"""What joins two words of one name, `và`, `&`, a dash, and how far a name that is walked over has come."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.normalize.organization_phrases import BEGINS, WORD
from pipelines.normalize.organization_spans import Spans
from pipelines.normalize.organization_tables import COUNTRY, Head

_PROPER = frozenset(("proper", "school", "store", "team", "hoi"))  # grammars of names with words of their own
_JOINED = frozenset(("field", "proper", "hoi"))  # `Cục Quy hoạch và Phát triển`; not hospitals, the press
_NOT_JOINED = frozenset(("hospital", "press", "service", "post"))
_WHOLE = BEGINS | {"word", "tail"}  # what may be joined to a second half


@dataclass(slots=True)
class Walk:
    """stop: end of the name so far. before: what its last words are: a class of name words, or

    word     unknown, but whole: `Sơ sinh`     run    capitals only, as in places and people: `Bạch Mai`
    place, number; '' nothing yet
    base     end of the words before the name's place
    """

    head: Head
    start: int
    stop: int
    before: str = ""
    runs: int = 0
    base: int = 0
    lower: bool = False  # began with an activity in lower case: only a number or a place makes that a name

    @property
    def proper(self) -> bool:
        return self.head.grammar in _PROPER

    def to(self, stop: int, before: str) -> bool:
        if before == "place" and self.before != "place":
            self.base = self.stop
        self.stop, self.before = stop, before
        return True


class Joints(Spans):
    """Joints of a name."""

    def over_and(self, walk: Walk, i: int) -> bool:
        """`Quy hoạch và Phát triển`, `Kế hoạch và tài chính`: `và` between two fields of one head."""
        head = walk.head
        if (
            head.grammar not in _JOINED
            or head.kind in _NOT_JOINED
            or walk.before not in _WHOLE
            or self.low.endswith((" trung ương", " quốc gia", " việt nam"), walk.start, walk.stop)
            or self.flat
            or self.stops_at(i)
        ):
            return False
        phrase = self.phrase_at(i)
        known = phrase is not None and (phrase[1] in BEGINS or phrase[1] == "task")
        if self.chars[i].isupper():
            if self.owner_begins(i, phrase):
                return False
            if known and phrase:
                return walk.to(*phrase)
            whole = self.whole_word(i)
            return whole is not None and not self.begins_person(i) and walk.to(whole, "word")
        if known and phrase and phrase[1] == "noun" and head.grammar == "field" and self.is_closed(phrase[0]):
            return " " in self.low[i : phrase[0]] and walk.to(*phrase)
        return False

    def over_dash(self, walk: Walk, i: int) -> bool:
        """`Hậu cần - Kỹ thuật`, `Việt - Nga`, `dân sự - kinh tế`."""
        phrase = self.phrase_at(i)
        if self.low.startswith("chi nhánh ", i) and walk.proper:
            return walk.to(i + len("chi nhánh"), "word")
        whole = walk.before in _WHOLE
        if whole and phrase and phrase[1] in _WHOLE:
            small = not self.text[i].isupper()
            return not (small and walk.head.kind == "hospital") and walk.to(*phrase)
        if not self.chars[i].isupper():
            return False
        word = WORD.match(self.text, i)
        if word and self.low.endswith((" việt", " việt nam"), walk.start, walk.stop):
            country = COUNTRY.match(self.low, i)
            return walk.to(country.end() if country else word.end(), "run")
        if not whole or self.flat or self.titled or walk.head.kind in _NOT_JOINED or self.owner_begins(i, phrase):
            return False
        if walk.head.kind == "enterprise" or self.stops_at(i):
            return False
        end = self.whole_word(i)
        return end is not None and walk.to(end, "word")

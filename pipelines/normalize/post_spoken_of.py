"""The organization that a bulletin speaks of where a post names none: `Tại Bệnh viện X, Bác sĩ A, Giám đốc, nói`.

A doubtful one is None.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from pipelines.normalize.mentions import BulletinText, Organization, Organizations
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_sightings import PostSighting
from pipelines.normalize.post_owners import fits, head_of
from pipelines.normalize.spelling import lower, modern

_FRAME = 300  # words; a list of guests is long
_MANY = 50
_OFTEN = 2  # times as many as any other
# Heads of too many kinds of things for a name elsewhere to be theirs.
_ANY = frozenset(("Bí thư", "Chủ tịch", "Chủ nhiệm"))
_COMMAND = "Bộ Tư lệnh "
_HOMES = ("hospital", "school", "enterprise")


class SpokenOf:
    """The organizations of a bulletin with their places. found: of them all, more may come."""

    def __init__(self, bulletin: BulletinText, organizations: Organizations, found: list[Organization]) -> None:
        self._bulletin = bulletin
        self._mentions = organizations.mentions
        self._found = found
        self._suits: dict[str, tuple[int, set[int], dict[str, int]]] = {}

    # What only doubtful posts ask for is counted when the first of them asks.
    @cached_property
    def _publisher(self) -> str:
        return modern(lower(self._bulletin.publisher))

    @cached_property
    def _times(self) -> Counter[int]:
        return Counter(mention.index for mention in self._mentions)

    @cached_property
    def _in_title(self) -> set[int]:
        return {mention.index for mention in self._mentions if mention.zone == "title"}

    @cached_property
    def _boards(self) -> list[tuple[int, int, int]]:
        boards = (one for one in self._mentions if self._found[one.index].name.startswith("Ban Chỉ đạo "))
        return sorted((one.line_no, one.start, one.index) for one in boards)

    @cached_property
    def _in_line(self) -> dict[int, list[tuple[int, int]]]:
        """Line → places and indexes of the organizations named in it, in order of place."""
        found: dict[int, list[tuple[int, int]]] = {}
        for mention in self._mentions:
            found.setdefault(mention.line_no, []).append((mention.start, mention.index))
        return found

    @cached_property
    def _bare(self) -> set[int]:
        """`Bệnh viện`, `Nhà trường`: the one spoken of."""
        return {one.index for one in self._mentions if one.kind == "alias" and one.surface.count(" ") < 2}

    def by_head(self, line: Line, post: PostSighting, below: int | None) -> int | None:
        """The organization that a head without one heads, from what the text has told before; not the one below."""
        head = head_of(post.post.position)
        if post.post.soft or head in _ANY:
            return None
        found = self._candidate(line, post.start, self._suitable(head))
        return None if found == below else found

    def foremost(self, post: PostSighting) -> int | None:
        """Of a chairman without an organization: the one that the bulletin tells of far more often than of others."""
        head = head_of(post.post.position)
        return self._foremost(self._suitable(head)) if head in _ANY and not post.post.party else None

    def home(self, line: Line, post: PostSighting) -> int | None:
        """The hospital, school, company the bulletin speaks of."""
        return self._candidate(line, post.start, self._suitable(""))

    def named(self, line: Line, post: PostSighting) -> int | None:
        """The last one told before whose name begins with the head word that a post tells: `y sĩ của đồn`."""
        near = [*self._before(line, post.start), *line.named_before(post.start)]
        for index in reversed(near):
            if self._begins(index, post.bare):
                return index
        titled = the_only(index for index in self._in_title if self._begins(index, post.bare))
        if titled is not None:
            return titled
        suitable = {index for index in range(min(len(self._found), _MANY)) if self._begins(index, post.bare)}
        return self._candidate(line, post.start, suitable)

    def framed(self, line: Line, post: PostSighting) -> int | None:
        """`Về phía Bệnh viện X có ông A, Giám đốc Bệnh viện`: X, where the post tells the bare head word."""
        told = post.organization
        if told is None or told.surface.count(" ") > 1:
            return None
        frame = _frame(line, post.start)
        return frame if frame is not None and self._begins(frame, modern(lower(told.surface))) else None

    def last_board(self, line: Line, post: PostSighting) -> int | None:
        """The last steering committee told before: `Phó Trưởng ban Thường trực Ban Chỉ đạo`."""
        at = bisect_left(self._boards, (line.line_no, line.source_start(post.start), 0))
        return self._boards[at - 1][2] if at else None

    def of_congress(self, post: PostSighting) -> int | None:
        """`Các đồng chí A, B: Ủy viên Ban Thường vụ` of a mass organization's congress, that holds it."""
        if not post.post.position.startswith("Ủy viên Ban"):
            return None
        if not any(line.zone == "title" and "đại hội" in lower(line.text) for line in self._bulletin.lines):
            return None
        titled = {index for index in self._in_title if self._found[index].kind == "mass"}
        if titled:
            return the_only(titled)
        return next((one.index for one in self._mentions if self._found[one.index].kind == "mass"), None)

    def _begins(self, index: int, head: str) -> bool:
        name = modern(lower(self._found[index].name))
        return name.startswith(f"{head} ") and not name.startswith("hội đồng ")

    def _suitable(self, head: str) -> set[int]:
        """The organizations that have such a post, made ones too; for '' hospitals, schools, companies.

        Of a unit and its command (`Quân khu 2`, `Bộ Tư lệnh Quân khu 2`) the unit.
        """
        at, suitable, names = self._suits.get(head, (0, set(), {}))
        for index in range(at, len(self._found)):
            one = self._found[index]
            if fits(head, one.name) if head else one.kind in _HOMES:
                if one.name.removeprefix(_COMMAND) != one.name and one.name.removeprefix(_COMMAND) in names:
                    continue
                suitable.discard(names.get(_COMMAND + one.name, -1))
                suitable.add(index)
                names[one.name] = index
        self._suits[head] = len(self._found), suitable, names
        return suitable

    def _candidate(self, line: Line, at: int, suitable: set[int]) -> int | None:
        """The one of the suitable organizations that a post at a word is likely to be of; None: it could be two."""
        if not suitable:
            return None
        frame = _frame(line, at)
        if frame in suitable:
            return frame
        found = the_only(suitable.intersection(line.named_before(at)))
        if found is None and self._publisher and len(suitable) <= _MANY:
            found = the_only(i for i in suitable if modern(lower(self._found[i].name)) in self._publisher)
        if found is None:
            found = the_only(suitable & self._bare)
        if found is None:
            found = the_only(index for index in self._before(line, at) if index in suitable)
        if found is None:
            found = the_only(suitable)
        return found if found is not None else self._foremost(suitable)

    def _foremost(self, suitable: set[int]) -> int | None:
        """The organization that the bulletin tells of far more often than of any other that it could be."""
        if not suitable or len(suitable) > _MANY:
            return None
        first, *others = sorted(suitable, key=lambda index: -self._times[index])
        second = self._times[others[0]] if others else 0
        return first if self._times[first] >= _OFTEN * max(1, second) else None

    def _before(self, line: Line, at: int) -> list[int]:
        """The organizations named before a word in the same line, the nearest fifty places."""
        of_line = self._in_line.get(line.line_no, [])
        before = of_line[: bisect_left(of_line, (line.source_start(at), 0))][-_MANY:]
        return [index for _, index in before]


def _frame(line: Line, at: int) -> int | None:
    """`Về phía Bệnh viện X có …`: whose people a sentence lists."""
    keys = line.keys
    for start in range(at - 2, max(-1, at - _FRAME), -1):
        if keys[start] == "về" and keys[start + 1] == "phía":
            mention = line.organization_at(start + 2)
            return mention.index if mention is not None else None
    return None


def the_only(indexes: Iterable[int]) -> int | None:
    """The index, where they are all the same."""
    different = indexes if isinstance(indexes, set) else set(indexes)
    return next(iter(different)) if len(different) == 1 else None

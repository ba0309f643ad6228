"""Which organization a post belongs to, where several posts share one and where a committee is named without its owner.

`Phó Chủ nhiệm, Tham mưu trưởng Tổng cục Hậu cần`: both of the general department. `Bí thư Đảng ủy, Chính ủy Quân khu`:
the party committee of the military region. A doubtful one is None.
"""

from __future__ import annotations

import re

from pipelines.normalize.mentions import Organization, Organizations
from pipelines.normalize.person_chains import Chain, PostSighting, Sighting
from pipelines.normalize.person_words import keys_of
from pipelines.normalize.spelling import modern

_COMMITTEES = frozenset(map(keys_of, ("Đảng ủy", "Đảng bộ", "Ban Thường vụ Đảng ủy", "Ban Thường vụ", "Ban Chấp hành")))
_DEPUTY = re.compile(r"^(?:Phó |Trợ lý )")
# Posts of one command: in a list over several people they may share the unit named at its end.
_COMMAND = re.compile(r"^(?:Phó )?(?:Tư lệnh|Chính ủy|Tham mưu trưởng|Chủ nhiệm \w|Chỉ huy trưởng|Chính trị viên)")
_UNITS = ("military region", "corps", "command", "division", "brigade", "regiment", "battalion", "company")


_UNIT_HEAD = re.compile(r"^(?:Phó )?(Sư đoàn|Lữ đoàn|Trung đoàn|Tiểu đoàn|Đại đội) trưởng$")


class Owners:
    """The organizations of a bulletin, asked for the owner of a post."""

    def __init__(self, organizations: Organizations) -> None:
        self.found = organizations.found
        self._by_name: dict[str, int] = {}
        for index, organization in enumerate(self.found):
            self._by_name.setdefault(modern(organization.name).lower(), index)

    def settle(self, chain: Chain) -> dict[int, int | None]:
        """Place of each post (its first word) → index of its organization; None: none told that is known."""
        found: dict[int, int | None] = {}
        posts = chain.posts
        for number in range(len(posts) - 1, -1, -1):
            post, person = posts[number]
            found[post.start] = self._owner(chain, number, post, person, found)
        for number, (post, person) in enumerate(posts):
            if post.also and found[post.start] is None and number and not post.unknown and not post.post.alone:
                before, owner = posts[number - 1]
                if owner is person and not post.post.head and not post.post.party:
                    found[post.start] = found[before.start]  # `Phó Tư lệnh Quân khu 2 kiêm Tham mưu trưởng`
        return found

    def _owner(
        self, chain: Chain, number: int, post: PostSighting, person: Sighting | None, later: dict[int, int | None]
    ) -> int | None:
        told = post.organization
        if post.post.alone:
            return None
        following = chain.posts[number + 1] if number + 1 < len(chain.posts) else None
        same = following is not None and following[1] is person and person is not None
        next_owner = later[following[0].start] if following is not None else None
        if post.post.party:
            words = chain.line.keys[post.start : post.end]
            bare = any(tuple(words[-len(one) :]) == one for one in _COMMITTEES)
            if same and following is not None and not following[0].unknown and (bare or told is None):
                return self._committee(told.index if told else None, next_owner, bare)
            return told.index if told else None
        if told is not None:
            return told.index
        if post.unknown or post.post.head or post.post.soft:
            return None
        head = _UNIT_HEAD.match(post.post.position)
        if head:
            return self._only_unit(head[1])
        if following is None or next_owner is None:
            return None
        if same:
            return self._shared(next_owner, following[0])
        if _shares_across(post.post.position, following[0].post.position, self.found[next_owner]):
            return next_owner
        return None

    def _only_unit(self, head: str) -> int | None:
        """`Sư đoàn trưởng` says the kind of unit: the only division of the bulletin."""
        units = [index for index, organization in enumerate(self.found) if organization.name.startswith(head)]
        return units[0] if len(units) == 1 else None

    def _committee(self, told: int | None, next_owner: int | None, bare: bool) -> int | None:
        """The party committee of the unit whose post comes next."""
        if next_owner is None:
            return told
        unit = self.found[next_owner]
        if unit.kind == "party" and not bare:
            return next_owner
        named = self._by_name.get(modern(f"Đảng ủy {unit.name}").lower())
        if named is not None and bare:
            return named
        if told is not None and (self.found[told].parent == unit.name or unit.name in self.found[told].name):
            return told
        return None

    def _shared(self, next_owner: int, following: PostSighting) -> int | None:
        """A post of a unit before one of its party committee is the unit's."""
        owner = self.found[next_owner]
        if not following.post.party:
            return None if following.post.head else next_owner
        return self._by_name.get(modern(owner.parent).lower()) if owner.parent else None


def _shares_across(first: str, second: str, owner: Organization) -> bool:
    if _DEPUTY.sub("", first) == _DEPUTY.sub("", second):
        return True
    return bool(_COMMAND.match(first) and _COMMAND.match(second)) and owner.kind in _UNITS

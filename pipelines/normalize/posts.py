"""Which organization a post belongs to, where it is not told right behind it.

`Phó Chủ nhiệm, Tham mưu trưởng Tổng cục Hậu cần`: both of the general department. `Bí thư Đảng ủy, Chính ủy Quân khu`:
the party committee of the military region. `Về phía Bệnh viện X có ông A, Giám đốc`: of the hospital. A doubtful one is
None.

Longer than most: the ways to an owner are tried in one order, each where those before it found none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from pipelines.normalize.committees import Committees
from pipelines.normalize.mentions import BulletinText, Organizations
from pipelines.normalize.person_chains import Chain
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_links import Key
from pipelines.normalize.person_sightings import PostSighting, Sighting
from pipelines.normalize.post_owners import fits, head_of, shared_by
from pipelines.normalize.post_spoken_of import SpokenOf, the_only

_Told = tuple[Key, str, str]  # a person's post and its status
Held = Callable[[Sighting | None, PostSighting], int | None]
"""The organization that a person's post has elsewhere in the bulletin."""

_NEAR = 6  # posts before
_MANY = 50  # organizations of one post
_OF_COMMITTEES = ("Ủy viên", "Ủy viên Thường trực", "Thành viên", "Thư ký")
_OF_OFFICES = ("Chánh Văn phòng", "Chánh Thanh tra")
_OWN_OFFICES = ("Văn phòng Cơ quan", "Văn phòng Ban Chỉ đạo", "Thanh tra tỉnh", "Thanh tra thành phố")  # no ministry's


class Owners:
    """The organizations of a bulletin, asked for the owner of a post.

    found, made  all organizations with those that only posts tell of, and the mentions of the latter
    """

    def __init__(self, bulletin: BulletinText, organizations: Organizations) -> None:
        self.committees = Committees(organizations)
        self.found, self.made = self.committees.found, self.committees.made
        self._spoken_of = SpokenOf(bulletin, organizations, self.found)
        self._order: dict[int, int] = {}  # id of a chain → its number
        self._settled: list[tuple[int, int, int]] = []  # (chain, word, organization), in order
        self._by_head: dict[str, list[tuple[int, int, int]]] = {}  # head → (chain, word, organization), in order

    def settle_all(self, chains: list[Chain], keys: dict[int, Key | None]) -> dict[tuple[int, int], int | None]:
        """(id of the line, first word) of each post → index of its organization.

        First by the words of each chain, then by what the rest of the bulletin tells of the person.

        keys  id of a sighting → the person
        """
        owners: dict[tuple[int, int], int | None] = {}
        told: dict[_Told, set[int]] = {}
        unsettled = []
        for number, chain in enumerate(chains):
            if not chain.posts:
                continue
            self._order[id(chain)] = number
            settled = self.settle(chain)
            open_ = False
            for post, person in chain.posts:
                owner = owners[id(chain.line), post.start] = settled[post.start]
                key = keys.get(id(person))
                if owner is None:
                    open_ = open_ or not post.post.alone
                    continue
                self._by_head.setdefault(head_of(post.post.position), []).append((number, post.start, owner))
                self._settled.append((number, post.start, owner))
                if key is not None:
                    told.setdefault(_told(key, post), set()).add(owner)
            if open_:
                unsettled.append(chain)

        def held(person: Sighting | None, post: PostSighting) -> int | None:
            key = keys.get(id(person))
            return None if key is None else the_only(told.get(_told(key, post), set()))

        for chain in unsettled:
            settled = self.settle(chain, held)
            for post, person in chain.posts:
                owner = owners[id(chain.line), post.start] = settled[post.start]
                key = keys.get(id(person))
                if owner is not None and key is not None:  # told so once, it is so further on
                    told.setdefault(_told(key, post), set()).add(owner)
        if any(len(different) > 1 for different in told.values()):
            self._join(chains, keys, told, owners)
        return owners

    def _join(
        self,
        chains: list[Chain],
        keys: dict[int, Key | None],
        told: dict[_Told, set[int]],
        owners: dict[tuple[int, int], int | None],
    ) -> None:
        """`Phó Giám đốc Sở Y tế` of somebody who is `Phó Giám đốc Sở Y tế Hà Tĩnh` elsewhere is the same post."""
        for chain in chains:
            for post, person in chain.posts:
                key, owner = keys.get(id(person)), owners[id(chain.line), post.start]
                if key is None or owner is None or len(told.get(_told(key, post), ())) > _MANY:
                    continue
                begin, others = self.found[owner].name + " ", told.get(_told(key, post), set())
                longer = the_only(other for other in others if self.found[other].name.startswith(begin))
                if longer is not None:
                    owners[id(chain.line), post.start] = longer

    def settle(self, chain: Chain, held: Held | None = None) -> dict[int, int | None]:
        """Place of each post (its first word) → index of its organization; None: none told that is known.

        held  None: by the words of the chain alone
        """
        found: dict[int, int | None] = {}
        posts = chain.posts
        for number in range(len(posts) - 1, -1, -1):
            post, person = posts[number]
            owner = self._owner(chain, number, post, person, found, held)
            if owner is not None and post.post.position.endswith(_OF_OFFICES):
                owner = self._above_office(chain.line, post, owner)
            found[post.start] = owner
        if None in found.values():
            self._settle_behind(chain, found, held)
        return found

    def _settle_behind(self, chain: Chain, found: dict[int, int | None], held: Held | None) -> None:
        """Posts that are of what the post before them is of."""
        board: int | None = None
        before: tuple[PostSighting, Sighting | None] | None = None
        for post, person in chain.posts:
            if head_of(post.post.position) == "Trưởng ban":
                board = found[post.start]
            elif found[post.start] is None and held is not None and _is_of_board(post):
                found[post.start] = board  # `A, Trưởng ban; B, Giám đốc Sở Y tế, Ủy viên`
            if before is not None and found[post.start] is None and before[1] is person:
                owner = found[before[0].start]
                if post.also and not post.unknown and not (post.post.alone or post.post.head or post.post.party):
                    found[post.start] = owner  # `Phó Tư lệnh Quân khu 2 kiêm Tham mưu trưởng`
                elif post.post.party and owner is not None:
                    found[post.start] = self.committees.of(chain.line, post, owner)
            before = post, person

    def _owner(
        self,
        chain: Chain,
        number: int,
        post: PostSighting,
        person: Sighting | None,
        later: dict[int, int | None],
        held: Held | None,
    ) -> int | None:
        """The organization of a post of a chain, as told: that of its office where an office is."""
        if post.post.alone:
            return None
        following = chain.posts[number + 1] if number + 1 < len(chain.posts) else None
        same = following is not None and following[1] is person and person is not None
        next_owner = later[following[0].start] if following is not None else None
        told = post.organization
        known = self.committees.known(chain.line, post) if post.unknown else None
        if known is not None:
            return known
        if self.committees.is_one(chain.line, post):
            bare = told is None or self.committees.is_bare(chain.line, post)
            if bare and same and following is not None and _may_be_of_an_office(following[0]):
                return None
            found = None
            if same and following is not None:
                found = self.committees.of_village(chain.line, post, following[0])
                if found is None and next_owner is not None and not following[0].unknown:
                    found = self.committees.of(chain.line, post, next_owner, following[0])
            if found is None and held is not None:
                found = held(person, post)
                if found is None and told is None:
                    found = self.committees.of_home(chain.line, post, self._spoken_of.home(chain.line, post))
            if found is None and told is not None and self.found[told.index].name == "Đoàn":  # `Bí thư Đoàn trường`
                parent = self.committees.named(self.found[told.index].parent or "")
                found = self.committees.of(chain.line, post, parent) if parent is not None else None
            if found is None and held is not None and told is None:
                found = self.committees.office(chain, post) if post.unknown else self._as_before(chain, post)
                if found is None and post.office is None and not same:
                    found = self._spoken_of.of_congress(post)
            return found if found is not None else told.index if told else None
        if told is not None:
            framed = self._spoken_of.framed(chain.line, post) if told.kind == "alias" else None
            if framed is not None:
                return framed
            if post.post.head:
                return told.index
            fitting = self._fitting(told.index, post.post.position, nested=(chain.line, post))
            return told.index if fitting is None else fitting
        if post.bare:
            return self._spoken_of.named(chain.line, post)
        if post.unknown:
            found = held(person, post) if held is not None else None
            if found is None and self.committees.is_steering(chain.line, post):
                found = self._spoken_of.last_board(chain.line, post)
            return found if found is not None else self.committees.office(chain, post)
        found = self.committees.led(chain.line, post)
        if found is not None:
            return found
        if post.post.soft and held is None:
            return None
        found = None
        if following is not None and next_owner is not None and not (post.post.soft or post.post.head):
            found = self._shared(chain.line, post, following, next_owner, same)
        if found is None and held is not None:
            found = held(person, post)
            if found is None and post.post.position.endswith("đoàn chuyên trách"):
                found = self.committees.deputies()
            if found is None and person is not None and post.post.position == "Trưởng ban":
                found = self.committees.body_before(chain.line, post)
            if found is None and person is not None:
                below = next_owner if same and following is not None and _of_one_head(post, following[0]) else None
                found = self._spoken_of.by_head(chain.line, post, below)
                if found is None:
                    found = self._spoken_of.foremost(post)
                if found is None and not (same and below is not None):
                    found = self._as_before(chain, post)
                if found is None and following is not None and not following[0].post.head and next_owner is not None:
                    named = self.found[next_owner].name
                    found = next_owner if fits(post.post.position, named) and next_owner != below else None
        return found

    def _as_before(self, chain: Chain, post: PostSighting) -> int | None:
        """`A làm Bí thư Đảng ủy Trung đoàn 43; B làm Phó Bí thư`: of what the last such post told before is of."""
        told = self._by_head.get(head_of(post.post.position), [])
        place = self._order[id(chain)], post.start, 0
        at = bisect_left(told, place)
        if at:
            return told[at - 1][2]
        at = bisect_left(self._settled, place)
        near = self._settled[max(0, at - _NEAR) : at]  # `Phó Tư lệnh Quân đoàn 12; B, Phó Tham mưu trưởng`
        return next((owner for _, _, owner in reversed(near) if fits(post.post.position, self.found[owner].name)), None)

    def _above_office(self, line: Line, post: PostSighting, index: int) -> int:
        """`Chánh Văn phòng Bộ Y tế`: of the ministry, which its office is named after."""
        one = self.found[index]
        if one.name.startswith("Ban Chỉ đạo") and post.post.position.endswith("Văn phòng"):
            return self.committees.office_of(line, post, one)
        if not one.name.startswith(("Văn phòng", "Thanh tra")) or one.name.startswith(_OWN_OFFICES):
            return index
        start, end = post.office or (0, 0)
        inner = line.organization_within(start + post.post.head, end)
        if inner is not None and inner != index:
            return inner
        parent = self.committees.named(one.parent) if one.parent else None
        if parent is None:
            parent = self.committees.named(one.name.partition(" ")[2].removeprefix("phòng ").removeprefix("tra "))
        return index if parent is None else parent

    def _shared(
        self,
        line: Line,
        post: PostSighting,
        following: tuple[PostSighting, Sighting | None],
        next_owner: int,
        same: bool,
    ) -> int | None:
        """The organization at the end of a list of posts, if it is this post's too."""
        position, (after, other) = post.post.position, following
        if same and after.post.party:  # a post of a unit before one of its party committee is the unit's
            parent = self.found[next_owner].parent
            return self.committees.named(parent) if parent else None
        if same and _of_one_head(post, after) and after.status != "acting":
            return None  # nobody is deputy and head of one thing: `Phó Giám đốc kiêm Giám đốc Trung tâm X`
        if same:
            return self._fitting(next_owner, position, bool(after.post.head), (line, after))
        if post.post.party:
            return None
        if shared_by(position, after.post.position, self.found[next_owner].kind):
            return self._fitting(next_owner, position, nested=(line, after))
        if other is not None and other.mark == "và" and not (after.post.party or after.post.head):
            return self._fitting(next_owner, position, True, (line, after))
        if after.post.head and after.office is not None:
            # `Phó Tham mưu trưởng; B, Trưởng phòng Quân huấn Quân đoàn`: the unit that the list ends with
            above = [one for one in line.named_within(*after.office) if one != next_owner]
            return the_only(one for one in above if fits(position, self.found[one].name))
        return None

    def _fitting(
        self, index: int, position: str, strictly: bool = False, nested: tuple[Line, PostSighting] | None = None
    ) -> int | None:
        """The organization, or the one above it, or named inside its name, that has such a post."""
        at: int | None = index
        for _ in range(5):
            if at is None:
                break
            fit = fits(position, self.found[at].name)
            if fit or (fit is None and at == index and not strictly):
                return at
            parent = self.found[at].parent
            at = self.committees.named(parent) if parent else None
        office = nested[1].office if nested is not None else None
        if nested is not None and office is not None:
            for inner in nested[0].named_within(*office):
                if fits(position, self.found[inner].name):
                    return inner
        return None if strictly or fits(position, self.found[index].name) is False else index


def _is_of_board(post: PostSighting) -> bool:
    """A member's post without an organization of its own."""
    return post.post.position in _OF_COMMITTEES and post.office is None and not post.bare


def _told(key: Key, post: PostSighting) -> _Told:
    return key, post.post.position, "current" if post.status == "acting" else post.status


def _may_be_of_an_office(after: PostSighting) -> bool:
    """Whether the party committee before this post may be of the office it is in, not of the unit: a deputy chief of a
    branch (`Ủy viên Thường vụ Đảng ủy, Phó Chủ nhiệm Hậu cần Quân khu`) sits in that of the branch's office as well."""
    return after.post.position.startswith("Phó Chủ nhiệm ")


def _of_one_head(one: PostSighting, other: PostSighting) -> bool:
    """A head and a deputy: nobody is both of one thing, unless for a time: `Phó Chính ủy, phụ trách Chính ủy`."""
    if "acting" in (one.status, other.status):
        return False
    return one.post.position != other.post.position and head_of(one.post.position) == head_of(other.post.position)

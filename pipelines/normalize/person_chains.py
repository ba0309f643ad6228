"""Who a chain of items speaks of: every name with its rank, titles and posts, and posts told without a name.

A post belongs to the name it follows, or to the one it runs into (`Bí thư Đảng ủy Bệnh viện Trương Hoàng Việt`), or to
the first name of the chain when it stands before it (`Cục trưởng Cục Quân y, Thiếu tướng …`). Plural words share their
rank (`các Đại tá: A, B`).

Longer than most: one walk over the items, whose state (what stands before the next name, posts not yet given away)
every step shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.normalize.person_items import ASIDE, NAME, ORGANIZATION, Item
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_names import heroes, named_after, written
from pipelines.normalize.person_sightings import PostSighting, Sighting, Untold
from pipelines.normalize.person_words import (
    ADDRESS,
    AND,
    LINK,
    MODIFIER,
    POST,
    PRIVATE,
    PROFESSIONS,
    RANK,
    TITLE,
    cues,
    match,
)

_BEFORE_NAMES = frozenset((RANK, TITLE, ADDRESS, PRIVATE))
_RANKS_AND_TITLES = frozenset((RANK, TITLE))
_LINKS = frozenset((LINK, AND, MODIFIER))
_PLURAL = frozenset(["các", "những", "hai", "ba", "bốn", "năm", "sáu", "2", "3", "4", "5", "6", "02", "03", "04", "05"])
_HOUSES = frozenset(("viện", "trường", "ty", "xá", "khám"))  # last words of what is named after people
_OF_PAPERS = 16  # words from `Quyết định số …` to the post of who signed it
_PLACES = frozenset(("xã", "phường", "trấn", "huyện", "tỉnh", "bản", "thôn", "ấp", "buôn", "làng"))
_PROMOTION = 22  # words from `từ Thượng tá` to the list of those promoted
_CHARGED = re.compile(
    r"(?:bị can|bị cáo|bắt (?:khẩn cấp|tạm giam|giữ|quả tang)|truy nã|tạm giam|tạm giữ|khởi tố|nghi phạm|đối tượng"
    r"|lệnh bắt)"
    r"(?: (?:đối với|là|gồm|các|bị can|bị cáo|tạm giam|tạm giữ|để|điều tra|hình sự|ông|bà|anh|chị|tên|\d+)){0,8}[ :]*$"
)
_OF_CRIMES = frozenset(("can", "cáo", "bắt", "nã", "giam", "giữ", "tố", "phạm", "tượng"))  # all that charges has one
_APPOINTING = re.compile(r"\b(?:bổ nhiệm|quyết định|điều động|bầu|phê chuẩn|chỉ định|phân công|tái cử|luân chuyển)\b")


class _Prefix:
    """What stands before the next name. Mostly nothing, so what is not told is the class's."""

    start: int | None = None
    rank: str | None = None
    titles: tuple[str, ...] = ()
    public: bool = False
    addressed: int | None = None
    private: bool = False
    family: bool = False  # of `vợ`, `con trai`: with a rank he is an officer yet
    status: str = ""


class Chain:
    """Reads one chain. After it: `people`, `untold`, and `posts` of all in order, with their owners."""

    _shared_rank: str | None = None
    _shared_titles: tuple[str, ...] = ()  # `các bác sĩ: A, B`
    _shared_public = False
    _shared_posts: Sequence[PostSighting] = ()
    _status = ""
    _also = False
    _charged = False
    _current: Sighting | None = None  # the last of `people`

    def __init__(self, line: Line, items: list[Item]) -> None:
        self.line, self.items = line, items
        self.people: list[Sighting] = []
        self.untold: list[Untold] = []
        self.posts: list[tuple[PostSighting, Sighting | None]] = []
        self._pending: list[tuple[PostSighting, int | None]] = []
        self._prefix = _Prefix()
        self._sharing: list[Sighting] = []
        self._promotion = self._promoted() if items[0].kind == ADDRESS else None
        # `Ông nguyên là Trưởng Công an huyện`: the posts are those of somebody named before.
        self.speaks_on = len(items) > 1 and items[0].kind == ADDRESS and items[1].kind in (LINK, MODIFIER)
        for index, item in enumerate(items):
            self._read(index, item)
        self._settle()
        for person in self._sharing:
            if not person.posts:
                person.posts.extend(self._shared_posts)
        for person in self.people:
            if person.posts:
                _as_titles(person)

    def speak_of(self, subject: Sighting, status: str = "") -> None:
        """Give posts told without a name to somebody named before. status: of the first, where it is known."""
        if status and self.untold:
            self.untold[0].post.status = status
        subject.more += [(one.line, one.post) for one in self.untold]
        self.posts = [(post, subject) for post, _ in self.posts]
        self.untold = []

    def _read(self, index: int, item: Item) -> None:
        phrase, prefix = item.phrase, self._prefix
        if item.kind == NAME:
            self._name(index, item)
        elif item.kind == ORGANIZATION:
            self._owner(index, item)
        elif phrase is None:
            return
        elif item.kind in _RANKS_AND_TITLES:
            self._rank_or_title(index, item, phrase.value)
        elif item.kind == POST:
            self._post(index, item)
        elif item.kind == ADDRESS:
            self._address(index, item, phrase.value == "public")
        elif item.kind == PRIVATE:
            self._prefix = _Prefix()
            self._prefix.private, self._prefix.family = True, phrase.value == "family"
        elif item.kind == LINK:
            self._status = self._link(item, phrase.value)
        elif item.kind == AND:
            self._also = True
        elif item.kind == MODIFIER:
            if index + 1 < len(self.items) and self.items[index + 1].kind == POST:
                self._status = phrase.value
            elif self._pending and not item.mark:
                self._pending[-1][0].status = phrase.value  # `Phó Hiệu trưởng phụ trách Trường …`
            else:
                prefix.status = phrase.value

    def _address(self, index: int, item: Item, public: bool) -> None:
        status = self._prefix.status if not item.mark else ""
        self._status = ""
        self._prefix = prefix = _Prefix()
        prefix.public, prefix.addressed, prefix.status = public, item.start, status
        if index > 1 and self.items[index - 2].kind == PRIVATE and self.items[index - 1].kind == LINK:
            prefix.private = True  # `nạn nhân là anh A`
        plural = self._is_plural(item)
        self._shared_public = public and plural
        self._shared_titles = ()
        if not plural:
            self._shared_rank = None

    def _promoted(self) -> tuple[str, str] | None:
        """The ranks of `thăng cấp bậc hàm từ Thượng tá lên Đại tá … cho các đồng chí: A, B`, before the list."""
        keys, start = self.line.keys, self.items[0].start
        if keys[start - 1 : start] not in (["cho"], ["với"]):
            return None
        for at in range(start - 2, max(0, start - _PROMOTION), -1):
            if keys[at] == "từ":
                low = match(keys, self.line.words, at + 1)
                up = at + 1 + len(low.words) if low is not None and low.kind == RANK else len(keys)
                high = match(keys, self.line.words, up + 1) if up < start and keys[up] == "lên" else None
                if low is not None and high is not None and high.kind == RANK:
                    return low.value, high.value
        return None

    def _is_plural(self, item: Item) -> bool:
        keys = self.line.keys
        return keys[item.start] == "các" or (item.start > 0 and keys[item.start - 1] in _PLURAL)

    def _rank_or_title(self, index: int, item: Item, value: str) -> None:
        current = self._current
        if current is not None and not self._before_name(index) and item.mark not in (";", "và"):
            if item.kind == RANK and current.rank is None:
                current.rank = value  # `đồng chí Nguyễn Văn A, Đại tá, Trưởng phòng …`
            elif item.kind == TITLE and value and value not in current.titles:
                current.titles.append(value)
            return
        if self._prefix.private and item.mark:
            self._prefix = _Prefix()  # `trước 1.100 học sinh, Thiếu tá A`: somebody else
        prefix = self._prefix
        if prefix.start is None:
            prefix.start = item.start
        if item.kind == RANK:
            self._status = ""
            if item.mark == "," and not prefix.rank and PROFESSIONS.keys() >= set(prefix.titles):
                prefix.titles = ()  # `cùng các bác sĩ, điều dưỡng, Đại tá A`
            if item.mark == "," or prefix.family:
                prefix.private = False  # `Trước 100 học sinh, Thiếu tá A`
            prefix.rank = value
            plural = self._is_plural(item) or (prefix.addressed is not None and item.start > 2 and self._listed(index))
            self._shared_rank = value if plural else None
        elif value and value not in prefix.titles:
            prefix.titles += (value,)
            self._shared_titles = (value,) if self._is_plural(item) else ()

    def _listed(self, index: int) -> bool:
        """`các đồng chí Đại tá: A, B`: the mark after the rank opens a list."""
        return self._shared_public and index + 1 < len(self.items) and self.items[index + 1].mark == ":"

    def _before_name(self, index: int) -> bool:
        """Whether nothing but ranks, titles and address stand between an item and the next name."""
        for number in range(index + 1, len(self.items)):
            item = self.items[number]
            if item.kind == NAME:
                return True
            if item.kind not in (RANK, TITLE, ADDRESS) or item.mark == ";":
                return False
        return False

    def _link(self, item: Item, means: str) -> str:
        if means != "held":
            return means
        before = " ".join(self.line.keys[max(0, item.start - 40) : item.start])
        return "appointed" if _APPOINTING.search(before) else "current"

    def _post(self, index: int, item: Item) -> None:
        assert item.phrase is not None and item.phrase.post is not None
        previous = self.items[index - 1] if index else None
        before = previous.kind if previous is not None else None
        mark, prefix = item.mark, self._prefix
        status = self._status or prefix.status
        if mark in (";", "và") and before is not None and before != ADDRESS and before not in _LINKS:
            status = ""
        if not status and mark == "," and self._pending and self._pending[-1][0].status == "former":
            status = "former"  # `nguyên Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh`
        if previous is not None and before in _LINKS:
            mark = previous.mark or mark
        addressed = prefix.addressed
        if addressed is not None:
            mark = ";"
        post = PostSighting(
            item.phrase.post,
            status or "current",
            item.start,
            item.end,
            item.organization,
            item.office,
            item.unknown,
            mark,
            self._also,
            bare=item.bare,
            linked=before == LINK,
        )
        if mark == "và" and before is not None and before not in (POST, ORGANIZATION, *_LINKS):
            post.joined_by = ";"  # `Đại tá A và Bí thư …`: another person
        self._pending.append((post, addressed))
        if not (post.post.profession and prefix.rank):  # `Trung úy, y sĩ A`
            self._prefix = _Prefix()
        self._status, self._also = "", False

    def _owner(self, index: int, item: Item) -> None:
        """`Trợ lý Tuyên huấn, Phòng Chính trị`: the organization behind a post that names none."""
        if not self._pending:
            self._owner_behind_name(item)
        if not self._pending or item.mark not in ("", ",", "(", "-"):
            return
        post = self._pending[-1][0]
        if post.unknown and item.mark in ("", ",") and self.items[index - 1].end == post.end:
            post.above = item.organization
        if post.organization is None and not post.unknown and not post.post.alone and not self._parted(index, post):
            post.organization = item.organization
            post.office = item.start, item.end
            post.end = item.end

    def _owner_behind_name(self, item: Item) -> None:
        """`Y tá trưởng A của Bệnh viện 5`, `hộ sinh A, Trung tâm Sản Nhi`, `Phóng viên A (Báo B)`."""
        current = self._current
        if current is None or not current.posts or current.end > item.start:
            return
        post = current.posts[-1]
        if post.organization is not None or post.unknown or post.post.alone or post.start > current.end:
            return
        staff = post.post.profession or post.post.people or post.post.position.endswith("viên")
        told = item.mark in ("của", "(") or (item.mark in (",", "-") and staff)
        if told:
            post.organization, post.office = item.organization, (item.start, item.end)

    def _parted(self, index: int, post: PostSighting) -> bool:
        """Something but `phụ trách` stands between a post and the item behind it."""
        previous = self.items[index - 1]
        return previous.kind not in (MODIFIER, ASIDE) and previous.end != post.end

    def _name(self, index: int, item: Item) -> None:
        assert item.name is not None
        if self._names_a_house(index, item):
            return
        line, prefix, items = self.line, self._prefix, self.items
        first = index
        while first and items[first - 1].kind in _BEFORE_NAMES and items[first].mark != ";":
            first -= 1
            if items[first].kind == ADDRESS:
                break
        before = items[first - 1] if first else None
        if before is not None and before.kind == MODIFIER and not items[first].mark and before.end - before.start == 1:
            first -= 1  # `nguyên Giám đốc Bệnh viện X; cố Giáo sư A`
        start = prefix.start if prefix.start is not None else item.start
        if not item.name.full and prefix.addressed is not None:
            start = prefix.addressed
        person = Sighting(
            line, start, item.end, written(line, item.start, item.end), tuple(line.keys[item.start : item.end]),
            item.name.full, item.name.caps, items[first].mark, prefix.rank, None, list(prefix.titles), [],
            prefix.public, prefix.private or self._charged,
        )  # fmt: skip
        if prefix.rank is None and self._shared_rank and prefix.addressed is None:
            person.rank = self._shared_rank
        if person.rank is None and self._promotion:
            person.rank, person.promoted_to = self._promotion
        listed = index > 0 and (items[index - 1].kind == NAME or item.mark in (";", ",", "và"))
        if self._shared_public and prefix.addressed is None and listed:
            person.public = True
        if listed and not person.titles and not person.rank and item.mark != ";":
            person.titles = list(self._shared_titles)
        opening = items[first].start
        person.refused = self._is_another_name(opening, item, person, first)
        if not self.people and opening and _is_charged(line.keys[max(0, opening - 14) : opening]):
            person.private = True
        self._charged = person.private
        if self._pending:
            self._take_pending(index, first, person)
        if self._shared_posts and not person.posts and self.people:
            self._sharing.append(person)  # a post of their own may follow
        if prefix.status:
            for post in person.posts:
                post.status = prefix.status
        self.people.append(person)
        self._current = person
        self._prefix = _Prefix()
        self._status, self._also = prefix.status if prefix.status == "former" else "", False

    def _names_a_house(self, index: int, item: Item) -> bool:
        """`Bác sĩ A, Giám đốc Bệnh viện Lê Văn Thịnh`: A is told with that post, and the name is the hospital's."""
        current, previous = self._current, self.items[index - 1] if index else None
        if current is None or current.posts or not self._pending or item.mark or previous is None:
            return False
        post, last = self._pending[-1][0], self.line.keys[previous.end - 1]
        runs_on = previous.kind == POST and post.office is not None and post.joined_by in (",", "-", "(")
        if not runs_on or current.end > previous.start:
            return False
        if last in _PLACES:  # `A, Chủ tịch UBND xã Ma Li Pho`
            post.end = item.end
            return True
        if last not in _HOUSES or len(self._pending) != 1:
            return False
        post.organization, post.unknown, post.end = None, True, item.end
        return True

    def _is_another_name(self, opening: int, item: Item, person: Sighting, first: int) -> bool:
        line = self.line
        behind_post = first > 0 and self.items[first - 1].kind in (POST, ORGANIZATION)
        if behind_post and not self.items[first].mark:
            # `Bí thư Đảng ủy Bệnh viện Trương Hoàng Việt` is a person, `Giám đốc Bệnh viện Nguyễn Tri Phương` is not.
            return person.words in heroes() and named_after(line, opening)
        if named_after(line, opening, "street"):
            return True
        if opening == item.start and named_after(line, opening):
            return True
        if not opening or line.words[opening - 1] not in "“\"«'‘":
            return False
        closed = item.end < len(line.words) and line.words[item.end] in "”\"»'’"
        return closed and person.rank is None

    def _take_pending(self, index: int, first: int, person: Sighting) -> None:
        """Posts since the last name: the ones that run into this name are its own, the others the last one's."""
        mark, current = self.items[first].mark, self._current
        taken = 0
        if current is None:
            stands_for = self._stands_for(self._pending[0][0].start)
            apart = mark in (";", "và") or (mark == "," and stands_for)
            taken = 0 if apart else len(self._pending)
            if stands_for and not apart and len(self._pending) > 1 and self._pending[-1][0].joined_by == ",":
                taken = 1  # `Thừa ủy quyền của Bộ trưởng, Thứ trưởng A trao`
        else:
            bounds = [number for number, (post, _) in enumerate(self._pending) if post.joined_by in (";", "và")]
            last_strong = bounds[-1] if bounds else None
            if last_strong is not None and (
                mark in ("", ":") or (mark == "," and self._pending[last_strong][0].joined_by == ";")
            ):
                taken = len(self._pending) - last_strong
            elif mark == "" and not (person.rank and len(self._pending) == 1 and self.items[first].kind == RANK):
                taken = 1
        own = [post for post, _ in self._pending[len(self._pending) - taken :]]
        opening, addressed = self._pending[len(self._pending) - max(taken, 1)]
        first_word = addressed if addressed is not None else opening.start - 1
        if (
            mark == ":"
            and taken
            and (self.line.keys[first_word] == "các" or (addressed is None and self.line.keys[first_word] in _PLURAL))
        ):
            self._shared_posts, self._sharing = own, []  # `các đồng chí Phó Giám đốc Công an tỉnh: Đại tá A, Đại tá B`
        self._pending = self._pending[: len(self._pending) - taken]
        self._settle()
        person.posts.extend(own)
        self.posts.extend((post, person) for post in own)
        self._pending = []

    def _stands_for(self, at: int) -> bool:
        """`Được sự ủy quyền của Tư lệnh Quân khu, Đại tá A`, `Thay mặt Bộ trưởng, Đại tá A`: the post is another's."""
        keys = self.line.keys
        if any(tuple(keys[max(0, at - n) : at]) in cues("in place of") for n in (1, 2, 3)):
            return True
        before = keys[max(0, at - _OF_PAPERS) : at - 1] if keys[at - 1 : at] == ["của"] else []
        return any(tuple(before[n : n + 2]) in cues("paper of") for n in range(len(before)))

    def _settle(self) -> None:
        """Give the posts still pending to the last name, as far as nothing parts them from it; the rest are untold."""
        if not self._pending:
            return
        current, open_ = self._current, True
        for post, addressed in self._pending:
            open_ = open_ and post.joined_by != ";" and current is not None
            if open_ and current is not None:
                current.posts.append(post)
                if self._of_both(post):
                    self._give_back(post)
                self.posts.append((post, current))
            else:
                start = post.start if addressed is None else addressed
                self.untold.append(Untold(self.line, start, post, addressed is not None))
                self.posts.append((post, None))
        self._pending = []

    def _of_both(self, post: PostSighting) -> bool:
        """`A và B, cùng là Phó Chủ nhiệm Tổng cục`, `đều là`, `các Phó Chủ nhiệm`: of all that stand before."""
        if post.joined_by == ":" or (post.linked and post.status == "appointed" and self._shared_public):
            return True  # `bầu các đồng chí A, B làm Phó Chủ tịch`
        last = self.line.keys[post.start - 1] if post.start else ""
        if last in ("các", "cùng"):
            return True
        two = self.line.keys[max(0, post.start - 2) : post.start] if last in ("là", "giữ") else []
        return two in (["cùng", "là"], ["đều", "là"], ["cùng", "giữ"])

    def _give_back(self, post: PostSighting) -> None:
        """Give a post to those before the last name of a list too, up to one who has posts of his own."""
        for number in range(len(self.people) - 1, 0, -1):
            before = self.people[number - 1]
            if self.people[number].mark not in ("và", ",") or before.posts:
                break
            before.posts.append(post)


def _as_titles(person: Sighting) -> None:
    """A profession beside a post is a title: `y sĩ A, Trạm trưởng Trạm Y tế xã B`."""
    lone = person.posts[0]
    lawyer = lone.post.position == "Luật sư" and lone.organization is None
    if lawyer or (len(person.posts) > 1 and any(not post.post.profession for post in person.posts)):
        for post in [post for post in person.posts if post.post.profession]:
            person.posts.remove(post)
            if post.post.position not in person.titles:
                person.titles.append(post.post.position)


def _is_charged(before: list[str]) -> bool:
    """Whether the words before a name charge somebody with a crime."""
    return not _OF_CRIMES.isdisjoint(before) and _CHARGED.search(" ".join(before)) is not None

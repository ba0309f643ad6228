"""A line cut into chains of items: ranks, titles, posts, names … that stand together, with the marks between them.

`Đại tá Lê Chí Dũng, Ủy viên Thường vụ Đảng ủy, Phó Chủ nhiệm Hậu cần Quân khu` is a chain of four items.

Longer than most: what an item is depends on the items and marks before it, and the marks behind it on what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.normalize.mentions import OrganizationMention
from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_names import Name, named_after, read_name
from pipelines.normalize.person_words import (
    ADDRESS,
    AND,
    LINK,
    MODIFIER,
    POST,
    PRIVATE,
    RANK,
    TITLE,
    Phrase,
    Post,
    cue_length,
    cues,
    match,
    professions,
)
from pipelines.normalize.post_offices import office_of

NAME, ORGANIZATION, ASIDE = 8, 9, 10

_MARKS = frozenset((",", ";", ":", "-", "(", ")", ".", "/", "và"))
# Of several marks the strongest tells.
_STRENGTH = {mark: n for n, mark in enumerate(("", "/", ".", "(", ")", ",", "-", ":", "và", ";"))}
_LIGHT = frozenset(("", ",", ".", ":", "/"))  # marks over which a rank, a title … still tells of a name
_LEADING_ON = frozenset(("phụ", "về", "từng", "được"))  # first words of what stands between a name or post and the next
_MOST_MARKS = 3
_BRACKET = 14  # words in brackets behind a name that are passed over: `(sinh năm 1975, quê Nam Định)`
_ASIDE = 9  # words between commas that are passed over: `dược sĩ người Dao`
_IN_CHARGE = 5  # small words behind `phụ trách`: `phụ trách kinh doanh`
_BODIES = frozenset(["tổ", "ban", "đoàn", "nhóm", "hội", "tập", "thể"])
_BEFORE_PEOPLE = frozenset([
    "với", "cho", "của", "tới", "đến", "gặp", "cùng", "từ", "bởi", "các", "những", "nhiều", "mọi", "toàn", "số",
    "trước", "diện", "mặt", "một", "lời", "hỏi", "giúp", "tặng", "và", "vị",
])  # fmt: skip
_IN_BODIES = frozenset(["thường", "thư", "bí", "chủ", "giám", "chấp"])
_SEVERAL = frozenset(["các", "hai", "ba", "bốn", "2", "3", "4", "02", "03", "04"])
_OF = frozenset(["của", "thuộc"])
_TERMS = frozenset(["khóa", "nhiệm"])
_NUMBER = re.compile(r"\d+|[ivx]+")
_CUES = frozenset((RANK, TITLE, ADDRESS, PRIVATE, POST, MODIFIER, ASIDE))
_LINKS = frozenset((LINK, AND))
_SPEAKING = frozenset((NAME, POST))  # a chain tells of somebody by one of these
_LEADING_NOWHERE = frozenset((LINK, AND, MODIFIER, ASIDE))  # at a chain's end
_WITH_OFFICES = frozenset((POST, ORGANIZATION))
_BEFORE_COLONS = frozenset((ADDRESS, RANK, POST, TITLE, ORGANIZATION))
_ROLL = 40  # items of a roll
_AGENT = 16  # words of who appoints: `được Bộ trưởng Bộ Công an điều động, bổ nhiệm giữ chức vụ`
_APPOINTED = Phrase(("được", "bổ", "nhiệm"), None, LINK, "appointed")
_ONCE = Phrase(("từng", "là"), None, LINK, "former")  # with words between: `từng 4 năm là`


@dataclass(slots=True)
class Item:
    """One item of a chain: words start to end. mark: the strongest mark between it and the item before.

    office   the words that name a post's organization
    unknown  a post whose organization is told, but none that is known
    bare     a post of an organization told before, by its head word: `của đồn`
    """

    kind: int
    start: int
    end: int
    mark: str = ""
    phrase: Phrase | None = None
    name: Name | None = None
    organization: OrganizationMention | None = None
    office: tuple[int, int] | None = None
    unknown: bool = False
    bare: str = ""


def chains(line: Line, at_words: list[int]) -> Iterator[list[Item]]:
    """The chains of a line that hold a name or a post. at_words: where they may begin, from `starts`."""
    done = 0
    for at in at_words:
        if at < done or at in line.inside:
            continue
        chain = _chain(line, at)
        if chain:
            done = chain[-1].end
            for item in chain:
                if item.kind in _SPEAKING:
                    yield chain
                    break


def _chain(line: Line, at: int) -> list[Item]:
    items: list[Item] = []
    mark: str | None = ""
    keys = line.keys
    end = len(keys)
    while at < end and mark is not None:
        item = _item(line, at, mark, items)
        if item is None:
            break
        items.append(item)
        mark, at = _glue(line, item, items)
        if at < end and keys[at] in _SEVERAL and _is_post_at(line, at + 1):
            at += 1  # `A, B, các Phó Giám đốc …; các Phó Cục trưởng: C, D`
    while items and items[-1].kind in _LEADING_NOWHERE:
        items.pop()
    return items


def _item(line: Line, at: int, mark: str, before: list[Item]) -> Item | None:
    words, keys = line.words, line.keys
    previous = before[-1] if before else None
    if at in line.inside and (previous is None or previous.kind != RANK):
        return None
    phrase = match(keys, words, at)
    if previous is not None and keys[at] in _LEADING_ON:
        led = _led_on(line, at, mark, previous, phrase)
        if led is not None:
            return led
    if phrase is not None:
        if phrase.kind == TITLE:
            if phrase.words in professions() and _is_profession(line, at, phrase, previous, mark):
                phrase = professions()[phrase.words]
        elif previous is None and phrase.kind in _LINKS:
            return None
        if phrase.kind == POST:
            end = at + len(phrase.words)
            if end < len(keys) and keys[end] == "quán":
                phrase = None  # `Đại sứ quán`
            elif not _is_a_post(line, at, phrase, previous, mark):
                return None
    if words[at][0].isupper() and (phrase is None or len(phrase.words) == 1):
        name = _name_at(line, at, mark, before, phrase)
        if name is not None:
            return Item(NAME, at, name.end, mark, name=name)
    if phrase is not None:
        if phrase.post is not None:
            return _post_at(line, at, mark, phrase, phrase.post)
        return Item(phrase.kind, at, at + len(phrase.words), mark, phrase)
    if previous is not None and at in line.named:
        end, organization = line.named[at][0]
        return Item(ORGANIZATION, at, end, mark, organization=organization)
    return None


def _led_on(line: Line, at: int, mark: str, previous: Item, phrase: Phrase | None) -> Item | None:
    """What leads from a name or post to the next post in small words: `phụ trách kinh doanh`, `từng 4 năm là`."""
    keys = line.keys
    if previous.kind == POST:
        if keys[at] == "phụ" and phrase is not None and phrase.value == "acting":
            end = _in_charge_of(line, at + 2)
            return Item(ASIDE, at, end, mark) if end else None
        if keys[at] == "về":  # `Phó Đại đội trưởng về chính trị`
            return Item(ASIDE, at, at + 3, mark) if cue_length(keys, at + 1, "charge") else None
    if phrase is not None:
        return None
    if keys[at] == "từng" and previous.kind == NAME and "là" in keys[at + 2 : at + 6]:
        return Item(LINK, at, keys.index("là", at + 2) + 1, mark, _ONCE)
    if keys[at] == "được" and previous.kind in (NAME, POST, ORGANIZATION):
        end = _appointed_by(line, at)
        return Item(LINK, at, end, mark, _APPOINTED) if end else None
    return None


def _name_at(line: Line, at: int, mark: str, before: list[Item], phrase: Phrase | None) -> Name | None:
    """The name that begins at a word with a capital, with a phrase of one word there or none."""
    previous = before[-1] if before else None
    cue = previous.kind if previous is not None and mark in _LIGHT and previous.kind in _CUES else None
    if cue is None and mark and (_of_list(before) or (mark in (";", "và") and _is_roll(line, before))):
        cue = ADDRESS
    if phrase is not None:
        unmarked = cue if mark == "" or cue == RANK else None
        if phrase.exact is not None or not _may_be_a_name(phrase, unmarked):
            return None
    name = read_name(line, at, cue)
    if name is None or not (name.full or phrase is None):
        return None
    if not name.full and previous is not None and previous.office is not None:
        return None  # the rest of the organization's name: `Hiệu trưởng Trường Tiểu học Nậm Ban`
    return name if cue is not None or _may_stand_alone(line, at) else None


def _post_at(line: Line, at: int, mark: str, phrase: Phrase, post: Post) -> Item:
    """A post with its office."""
    office = office_of(line, at, at + len(phrase.words), post)
    unknown = office.words is not None and office.organization is None and not office.bare
    return Item(
        phrase.kind, at, office.end, mark, phrase, None, office.organization, office.words, unknown, office.bare
    )  # fmt: skip


def _appointed_by(line: Line, at: int) -> int:
    """The word after `được Bộ trưởng Bộ Công an điều động, bổ nhiệm giữ chức vụ`, before the post; 0: none is here."""
    keys, told = line.keys, False
    for end in range(at + 1, min(at + _AGENT, len(keys))):
        if keys[end] in (";", ":", ".", "(", "được"):
            return 0
        told = told or cue_length(keys, end, "appointing") > 0
        length = cue_length(keys, end, "to a post") if told else 0
        if length and _is_post_at(line, end + length):
            return end + length
    return 0


def _is_profession(line: Line, at: int, phrase: Phrase, previous: Item | None, mark: str) -> bool:
    """A profession that may be a post: right before a name, or behind one and before its organization.

    A doctor's is one behind the name only: `Thượng úy A, bác sĩ của Bệnh xá Lữ đoàn 380`, else it is a title.
    """
    end, doctor = at + len(phrase.words), phrase.value in ("Bác sĩ", "Dược sĩ", "Luật sư")
    if previous is not None and previous.kind == NAME and mark in (",", "-", "("):
        post = professions()[phrase.words].post
        assert post is not None
        return not doctor or office_of(line, at, end, post).end > end
    if (doctor and phrase.value != "Luật sư") or end >= len(line.words) or not line.joined(end):
        return False
    name = read_name(line, end, TITLE)
    return name is not None and name.full


def _may_be_a_name(phrase: Phrase, cue: int | None) -> bool:
    """`Ông`, `Cô` are names of families too, after a rank: `Đại tá Ông Văn Tùng`."""
    if phrase.kind in (RANK, TITLE, POST):
        return False
    return phrase.kind != ADDRESS or (cue in (RANK, TITLE, ADDRESS) and phrase.words[0] in surnames())


def _is_roll(line: Line, before: list[Item]) -> bool:
    """`các đồng chí A, Phó Chủ tịch …; B, …`: names behind each semicolon need no cue of their own."""
    address = next((item for item in reversed(before[-_ROLL:]) if item.kind == ADDRESS), None)
    return address is not None and line.keys[address.start] == "các"


def _is_post_at(line: Line, at: int) -> bool:
    phrase = match(line.keys, line.words, at)
    return phrase is not None and phrase.kind == POST and phrase.post is not None and not phrase.post.people


def _of_list(before: list[Item]) -> bool:
    """`các Đại tá: A, B`: names in a list opened by a cue need none of their own."""
    return len(before) > 1 and before[-1].kind == NAME and before[-2].kind in (RANK, ADDRESS, TITLE, NAME)


def _is_a_post(line: Line, at: int, phrase: Phrase, previous: Item | None, mark: str) -> bool:
    """Not `đơn vị Cụm trưởng` (a unit heads the group), not the committee `Ban Thường vụ`, `Tổ thư ký`.

    `cán bộ` is one behind a name, with the unit's name behind it: `Đại úy A, cán bộ Đội 2`.
    """
    assert phrase.post is not None
    keys = line.keys
    last = keys[at - 1] if at else ""
    if last == "bộ" and keys[at : at + 2] == ["tư", "lệnh"]:
        return False
    if last in _BODIES and keys[at] in _IN_BODIES:
        return False
    if keys[at] == "vụ" and last in ("nhiệm", "chức"):
        return False  # `nhận nhiệm vụ Phó Giám đốc`
    if phrase.post.people and line.words[at][0].islower() and last in _BEFORE_PEOPLE:
        return False  # `trao đổi với phóng viên, Đại tá Lê Văn An`, `đại diện học viên, Hạ sĩ Lê Văn An`
    if last == "đoàn" and phrase.post.position == "Đại biểu Quốc hội":
        return False  # `Trưởng đoàn ĐBQH tỉnh`: of the delegation
    if phrase.post.soft and tuple(keys[max(0, at - 2) : at]) in cues("around"):
        return False  # `đại diện học viên, Hạ sĩ Lê Văn An`
    if phrase.post.behind:
        end = at + len(phrase.words)
        end += keys[end : end + 1] in (["của"], ["tại"], ["thuộc"])
        told = end < len(keys) and line.joined(end) and (end in line.named or line.words[end][0].isupper())
        if previous is None or not told or mark not in (",", "-", "(", ""):
            return False
        if previous.kind == LINK or (previous.kind == MODIFIER and mark == ""):
            return True
        if previous.kind == NAME:
            return mark != ""
        return mark == "," and keys[at] == "thành" and previous.kind in (POST, ORGANIZATION)
    if last == "làm" and keys[at : at + 2] == ["trưởng", "đoàn"] and line.words[at][0].islower():
        return False  # a part in a journey, no post
    return last != "vị" or keys[max(at - 2, 0) : at] != ["đơn", "vị"]


def _in_charge_of(line: Line, at: int) -> int:
    """The end of what a deputy is in charge of, in small words: `Phó Giám đốc phụ trách kinh doanh`; 0: nothing."""
    end = at
    while end < len(line.words) and end - at <= _IN_CHARGE and (line.joined(end) or line.words[end] == "-"):
        if line.words[end][0].isupper() or end in line.named:
            break
        end += 1
    return end if at < end <= at + _IN_CHARGE else 0


def _may_stand_alone(line: Line, at: int) -> bool:
    """A name without rank, title or post before it: not inside a longer name, not a place or street."""
    if at == 0:
        return True
    before = line.words[at - 1]
    sentence = at == 1 or not line.joined(at - 1) or line.words[at - 2] in ".;:!?"
    if line.joined(at) and before[0].isupper() and not sentence:
        return False
    return not named_after(line, at)


def _glue(line: Line, item: Item, items: list[Item]) -> tuple[str | None, int]:
    """(the strongest mark behind an item, the word after the marks); None: the chain ends."""
    words, keys, at, kind = line.words, line.keys, item.end, item.kind
    mark, count, last = "", 0, len(line.words)
    if kind == NAME:
        aside = _closes(line, at) if at < last and words[at] == "(" else 0
        if aside and _item(line, at + 1, "(", [item]) is None:
            at, count = aside, 1
        if at < last and keys[at] in _OF and len(items) > 1 and at + 1 in line.named:
            return "của", at + 1  # `Y tá trưởng A của Bệnh viện 5`
    elif kind in _WITH_OFFICES:
        at = _behind_term(keys, _behind_owner(line, at))
    while at < last and keys[at] in _MARKS and count < _MOST_MARKS:
        one = keys[at]
        if words[at] == "Và" and at + 1 < last and words[at + 1][0].isupper():
            break  # a family name of the Hmong
        if one == "." and not (kind == TITLE and at + 1 < last and words[at + 1][0].isupper()):
            return None, at
        if one == ":" and kind not in _BEFORE_COLONS:
            # `Các đồng chí A, B: Ủy viên Ban Thường vụ`
            rolled = kind == NAME and _is_roll(line, items) and _is_post_at(line, at + 1)
            if not rolled:
                return None, at
        if _STRENGTH[one] > _STRENGTH[mark]:
            mark = one
        at += 1
        count += 1
    told = kind == TITLE and len(items) > 1 and items[-2].kind == NAME
    if told or (kind == NAME and mark == ","):
        at = _behind_aside(line, at, items)
    return mark, at


def _behind_owner(line: Line, at: int) -> int:
    """The word after the bare head of whose office it is: `Trưởng ban Tác huấn, Phòng Tham mưu Sư đoàn giữ chức`."""
    if at >= len(line.keys) or at in line.glued or not line.words[at][0].isupper() or at in line.named:
        return at
    length = cue_length(line.keys, at, "bare head")
    end = at + length
    if not length or end >= len(line.keys):
        return at
    link = match(line.keys, line.words, end)
    ended = line.keys[end] in (",", ";") or (link is not None and link.kind == LINK)
    return end if ended else at


def _behind_term(keys: list[str], at: int) -> int:
    """The word after the term of a post: `Chủ tịch Hội khóa VI`, `Bí thư Đảng ủy nhiệm kỳ 2020 - 2025`."""
    if at >= len(keys) or keys[at] not in _TERMS:
        return at
    if keys[at] == "khóa" and at + 1 < len(keys) and _NUMBER.fullmatch(keys[at + 1]):
        at += 2
        at += keys[at : at + 1] == [","] and keys[at + 1 : at + 3] == ["nhiệm", "kỳ"]
    if keys[at : at + 2] == ["nhiệm", "kỳ"] and keys[at + 2 : at + 3] and keys[at + 2].isdigit():
        at += 3
        if keys[at : at + 1] == ["-"] and keys[at + 1 : at + 2] and keys[at + 1].isdigit():
            at += 2
    return at


def _behind_aside(line: Line, at: int, items: list[Item]) -> int:
    """The word after what is told of a person between commas, if a post follows: `A, người Dao, Trưởng khoa …`."""
    keys = line.keys
    if at + 1 >= len(keys) or (keys[at + 1] != "tuổi" and not cue_length(keys, at, "aside")):
        return at
    if _item(line, at, ",", items) is not None:
        return at
    for end in range(at + 1, min(at + _ASIDE, len(keys) - 1)):
        if keys[end] in ';:.()“”"':
            return at
        if keys[end] == "," and line.words[end + 1].isalpha():
            item = _item(line, end + 1, ",", items)
            if item is not None and item.kind in (POST, RANK, TITLE, LINK, MODIFIER):
                return end + 1
    return at


def _closes(line: Line, at: int) -> int:
    """The word after the bracket that closes; 0: none near."""
    for end in range(at + 1, min(at + _BRACKET, len(line.words))):
        if line.words[end] == ")":
            return end + 1
    return 0

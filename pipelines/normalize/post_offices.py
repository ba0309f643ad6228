"""Where the organization of a post is told: in the post's own last words, or right behind them, known or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.normalize.mentions import OrganizationMention
from pipelines.normalize.organization_tables import surnames
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_names import begins_name, heroes, named_after, not_names, read_name
from pipelines.normalize.person_words import ADDRESS, POST, RANK, TITLE, Post, cue_length, cues, match
from pipelines.normalize.post_owners import fits
from pipelines.reference import table

_TASK = 9  # words of a committee's name
_PLACES = frozenset(["tỉnh", "huyện", "quận", "phường", "xã", "bang", "bản", "buôn", "thôn", "ấp", "làng"])
_REPEATED = frozenset(["trạm", "lớp", "đài", "kho", "xưởng", "tổ", "nhóm", "hệ", "kíp", "ngành", "đội"])
_IN_NAMES = frozenset([("điều", "khiển"), ("điều", "hành"), ("điều", "phối"), ("dẫn", "đường")])
_PLACE_WORDS = frozenset(["tỉnh", "huyện", "quận", "phường", "xã", "thành", "phố", "thị", "trấn", "nhân", "dân"])


@dataclass(slots=True)
class Office:
    """What a post's words and those behind them name.

    end           the word behind it all
    words         those that name the organization
    organization  None with words: one that nobody knows
    bare          the head word of one spoken of before: `y sĩ của đồn`, `Hiệu trưởng trường này`
    """

    end: int
    words: tuple[int, int] | None = None
    organization: OrganizationMention | None = None
    bare: str = ""


def office_of(line: Line, start: int, end: int, post: Post) -> Office:
    """The organization of a post whose words are start to end: in the last (`Trưởng phòng Quân y`) or behind them."""
    head, keys = post.head, line.keys
    if not head and cue_length(keys, end, "charge") and end + 2 in line.named:
        end += 2  # `Phó Lữ đoàn trưởng Quân sự Lữ đoàn 210`
    body = _body_by_task(line, end) if post.committee else 0
    if body and not (end in line.named and line.organization_end(end) >= body):
        return Office(body, (end, body))
    of = end < len(keys) and (keys[end] in ("của", "thuộc") or (post.people and keys[end] == "tại"))
    behind = end + 1 if of else end
    for at in (end - head, behind) if head else (behind,):
        organization = line.organization_at(at) if at < len(keys) else None
        if organization is not None and line.organization_end(at) > end and (at < end or line.joined(at)):
            after = line.organization_end(at)
            if keys[after : after + 2] == ["khu", "vực"]:
                region = _capitals(line, after + 2)
                if region > after + 2:  # `Tư lệnh Lục quân Hoa Kỳ khu vực Thái Bình Dương`: another one
                    return Office(region, (at, region))
            this = organization.kind == "alias" and keys[after : after + 1] in (["này"], ["trên"])
            return Office(after + this, (at, after), organization)
    if not head and not post.position.startswith(("Trưởng", "Phó Trưởng")):
        for at in range(start + 1, end):  # `Chủ tịch Quốc hội`: the name ends with the post
            organization = line.organization_at(at)
            if organization is not None and line.organization_end(at) == end:
                return Office(end, (at, end), organization)
    bare = _spoken_of(line, end + of, post)
    if bare and not post.alone and (of or not head):
        return Office(bare, (end + of, bare), None, keys[end + of] if keys[end + of] != "nhà" else "trường")
    after = end if post.profession else _unknown(line, end, post)
    again = after > end and _is_repeated(line, end, post)
    return Office(after, (end - (0 if again else head), after)) if after > end else Office(end)


def _capitals(line: Line, at: int) -> int:
    """The end of words with capitals."""
    while at < len(line.words) and line.joined(at) and line.words[at][0].isupper():
        at += 1
    return at


def _spoken_of(line: Line, at: int, post: Post) -> int:
    """The word after a bare head, of what was told before: `của đồn`, `trường này`, `Chính trị viên đồn`; 0: none.

    Without `của` before it and `này` behind it, it must be a head that has such a post, and nothing may go on with it.
    """
    keys, words = line.keys, line.words
    if at >= len(words) or not line.joined(at) or at in line.named:
        return 0
    length = cue_length(keys, at, "bare head")
    if not length:
        return 0
    of, end = keys[at - 1] in ("của", "thuộc"), at + length
    if keys[end : end + 1] in (["này"], ["trên"]):
        return end + 1
    if not of and not fits(post.position, " ".join(keys[at:end])) and not (post.people and words[at][0].isupper()):
        return 0
    if end >= len(words) or not line.joined(end) or (keys[end] in _words_after() and words[end][0].islower()):
        return end
    if words[end][0].isupper() and keys[end] in surnames():
        name = read_name(line, end, ADDRESS)
        return end if name is not None and name.full and name.end - end > 2 else 0
    return end if of and words[end][0].islower() else 0


def _unknown(line: Line, at: int, post: Post) -> int:
    """The word after an organization that nobody knows: a committee, or capitals up to a name; or after a place."""
    start, words, keys = at, line.words, line.keys
    known = cue_length(keys, at, "known body")
    if known and line.joined(at) and not post.alone:
        return at + known
    if keys[at - 1 : at + 1] == ["đoàn", "đbqh"] and post.head:
        return at + 1 + (keys[at + 1 : at + 2] in (["tỉnh"], ["thành"])) + (keys[at + 1 : at + 3] == ["thành", "phố"])
    if _is_repeated(line, at, post):
        return _named_by_capital(line, at)
    if keys[at : at + 1] == ["tàu"] and line.joined(at):
        return _ship(line, at)
    if post.position.startswith("Chi hội"):
        return _local_branch(line, at)
    if post.committee and cue_length(keys, at, "steering", most=2):
        return body_end(line, at)  # `Trưởng ban Chỉ đạo diễn tập huyện`
    if at + 1 < len(words) and line.joined(at) and keys[at] in _PLACES and words[at + 1][0].isupper():
        at += 1  # `Tỉnh trưởng tỉnh Savannakhet`, `Chủ tịch huyện Yên Châu`
    elif post.position.endswith("Thanh tra") and keys[at : at + 1] in (["tỉnh"], ["thành"]) and line.joined(at):
        at += 1 + (keys[at : at + 2] == ["thành", "phố"])  # `Chánh Thanh tra tỉnh`
    elif post.alone:
        return at + _country_of(line, at)
    elif post.head and at < len(words) and words[at].isdigit() and line.joined(at):
        at += 1  # `Trưởng phòng 5`
    while at < len(words) and at - start < 12 and line.joined(at):
        if at > start and tuple(keys[start:at]) in cues("known body") and begins_name(line, at):
            break
        step = cue_length(keys, at, "office", most=4) or _country(line, at)
        if step:
            at += step
            continue
        if keys[at] in surnames() and words[at][0].isupper():
            name = read_name(line, at, ADDRESS)
            of_office = at > start and keys[at - 1] not in ("viện", "trường", "ty")
            hero = name is not None and tuple(keys[at : name.end]) in heroes()
            whole = name is not None and name.full and (name.end - at > 2 or at == start)
            if whole and ((of_office and not hero) or not named_after(line, at)):
                break
            two = tuple(keys[at : at + 2])
            if at == start or two in not_names():
                at += 2 if two in not_names() else 0
                if two not in not_names():
                    break
                continue
        phrase = match(keys, words, at)
        if phrase is not None and phrase.kind in (RANK, POST, TITLE, ADDRESS) and words[at][0].isupper():
            break
        if at == start and (not words[at][0].isupper() or _hyphenated(line, at) or begins_name(line, at)):
            break
        # A second syllable: `Chủ nhiệm Bộ môn Chiến lược`
        second = (
            (post.head or post.committee) and at > start and words[at - 1].istitle() and keys[at] not in _words_after()
        )
        if not (words[at][0].isupper() or words[at].isdigit() or keys[at] in _PLACE_WORDS or second):
            break
        at += 1
    return min(at, len(words))


def _is_repeated(line: Line, at: int, post: Post) -> bool:
    """`Trưởng trạm Trạm Ra đa dẫn đường`, `Lớp trưởng Lớp HC28B`: the unit's head word comes again."""
    return (
        at + 1 < len(line.words)
        and line.keys[at] in _REPEATED
        and line.keys[at] in post.position.lower().split()
        and line.joined(at)
        and line.joined(at + 1)
        and line.words[at][0].isupper()
    )


def _named_by_capital(line: Line, at: int) -> int:
    """The end of a name that begins with a capital and goes on in small words: at a mark, a verb, a name."""
    end = at + 1
    while (
        end < len(line.words)
        and end - at < _TASK
        and line.words[end].isalnum()
        and not _is_name(line, end)
        and end not in line.named
        and (line.keys[end],) not in cues("ends body")
        and (line.keys[end] not in verbs() or tuple(line.keys[end : end + 2]) in _IN_NAMES)
    ):
        end += 1
    return end


@cache
def _words_after() -> frozenset[str]:
    return frozenset(row["word"] for row in table("words_after_names"))


def _ship(line: Line, at: int) -> int:
    """The end of `Tàu 016 - Quang Trung`, `tàu hộ vệ tên lửa 015`, `tàu INS Kamorin`; at: it has no name."""
    words, keys, end = line.words, line.keys, at + 1
    while (
        end < len(words)
        and end - at < 5
        and line.joined(end)
        and words[end].islower()
        and keys[end] not in _words_after()
    ):
        end += 1  # its class
    named = end
    while end < len(words) and line.joined(end) and (words[end][0].isupper() or words[end][0].isdigit()):
        end += 1
    if end == named:
        return at
    if end + 1 < len(words) and words[end] == "-" and words[end + 1][0].isupper() and words[end - 1][0].isdigit():
        end += 2
        while end < len(words) and line.joined(end) and words[end].istitle():
            end += 1
    return end


def _country_of(line: Line, at: int) -> int:
    """How many words name the country of a leader: `Tổng thống Nga Vladimir Putin`, not `Thủ tướng Phạm Minh Chính`."""
    length = _country(line, at)
    end = at + length
    if length == 1 and end < len(line.words) and line.joined(end) and line.words[end][0].isupper():
        name = read_name(line, end, ADDRESS)  # `Mỹ`, `Đức`, `Nga` are syllables of names too
        return length if name is not None and name.full else 0
    return length


def _country(line: Line, at: int) -> int:
    """How many words name a country: `Đại sứ Việt Nam tại Lào Nguyễn Minh Tâm`; 0: none."""
    if not any(word[0].isupper() for word in line.words[at : at + 2]):
        return 0
    return cue_length(line.keys, at, "country")


def _local_branch(line: Line, at: int) -> int:
    """The end of `Chi hội Phụ nữ thôn Ka Tiêng`, of which `Chi hội` may be left out behind its head; at: none."""
    keys, words, end = line.keys, line.words, at
    if keys[end : end + 2] == ["chi", "hội"]:
        end += 2
    named = cue_length(keys, end, "branch")
    if not named:
        return at
    end += named
    place = cue_length(keys, end, "village", most=2)
    if place and end + place < len(words) and (words[end + place][0].isupper() or words[end + place].isdigit()):
        end += place + 1
        while end < len(words) and line.joined(end) and (words[end][0].isupper() or words[end].isdigit()):
            phrase, name = match(keys, words, end), read_name(line, end, None)
            if (name is not None and name.full) or (phrase is not None and phrase.kind in (RANK, POST, TITLE, ADDRESS)):
                break
            end += 1
    return end


def _body_by_task(line: Line, at: int) -> int:
    """The end of `Ban Chỉ đạo diễn tập tỉnh`, `Tổ thư ký giúp việc` behind the post; 0: none stands there."""
    keys = line.keys
    begins = at + 1 < len(keys) and line.words[at] in ("Ban", "Tổ", "Tiểu") and line.joined(at)
    return body_end(line, at + 1) if begins and cue_length(keys, at + 1, "steering", most=2) else 0


def body_end(line: Line, at: int) -> int:
    """Where the name of a committee ends that is named by its task, in small words: at a mark or a verb."""
    end = at + 2
    while end < len(line.words) and end - at < _TASK and line.words[end].isalnum():
        if (
            _is_name(line, end)
            or end in line.named
            or (line.keys[end],) in cues("ends body")
            or (line.keys[end] in verbs() and line.words[end].islower() and line.keys[end - 1] != "triển")
        ):
            break
        end += 1
    return min(end, len(line.words))


def _is_name(line: Line, at: int) -> bool:
    """`Phó Ban Tổ chức Trần Hà`: a name or another post begins."""
    if not line.words[at][0].isupper():
        return False
    if line.keys[at] in surnames():
        name = read_name(line, at, ADDRESS)
        return name is not None and name.full
    phrase = match(line.keys, line.words, at)
    return phrase is not None and phrase.kind in (RANK, POST)


@cache
def verbs() -> frozenset[str]:
    """First words of what people at an event do."""
    return frozenset(row["verb"] for row in table("speaking_verbs"))


def _hyphenated(line: Line, at: int) -> bool:
    """`Phó Tỉnh trưởng Xẻng-xay`: a name begins."""
    end = at + 1
    return end < len(line.words) and line.words[end] == "-" and line.starts[end] == line.end_of(at)

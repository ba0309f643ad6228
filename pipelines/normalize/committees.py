"""Committees and offices that only a person's posts tell of: `Bí thư Đảng ủy, Giám đốc Công an tỉnh` names the party
committee of the provincial police, `Trưởng phòng 5` its `Phòng 5`.

They become organizations of the bulletin, behind those found by name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property

import regex

from pipelines.normalize.mentions import Organization, OrganizationMention, Organizations
from pipelines.normalize.person_chains import Chain
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_sightings import PostSighting
from pipelines.normalize.person_words import cue_length, cues, keys_of
from pipelines.normalize.post_offices import body_end
from pipelines.normalize.spelling import modern
from pipelines.reference import table

# Words for a body of each unit → how its name begins.
_BODIES = {
    keys_of(words): name
    for words, name in {
        "Đảng ủy": "Đảng ủy", "Ban Thường vụ Đảng ủy": "Đảng ủy", "Ban Chấp hành Đảng bộ": "Đảng ủy",
        "Chi bộ": "Chi bộ", "Đảng bộ": "Đảng ủy", "Công đoàn": "Công đoàn", "Đoàn Thanh niên": "Đoàn Thanh niên",
        "Đoàn trường": "Đoàn", "Đoàn": "Đoàn", "Hội Phụ nữ": "Hội Phụ nữ", "Chi đoàn": "Chi đoàn",
        "Hội Cựu chiến binh": "Hội Cựu chiến binh",
    }.items()
}  # fmt: skip
_CHI = ("Chi bộ", "Chi đoàn", "Chi ủy")
_PLACES = ("Ủy ban nhân dân ", "Hội đồng nhân dân ")
_WITH_MEMBERS = ("Đảng ủy", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Quân ủy", "Đảng bộ", "Chi bộ")
_COMMUNES = ("xã ", "phường ", "thị trấn ", "đặc khu ")
_VILLAGES = ("bản", "thôn", "ấp", "buôn", "làng", "xóm", "khóm", "khu phố", "phum")
_UNITS = frozenset((
    "tàu", "phi đội", "chi đoàn", "chi bộ", "hải đội", "đội", "trung đội", "tiểu đội", "khẩu đội", "tổ", "tổ dân phố",
    "đại đội", "tiểu đoàn", "trạm", "kho", "chi đội", "phân đội", "hệ",
))  # fmt: skip
_ENDS = frozenset((",", ";", ".", "(", ")", "-", ":", "và", "là"))
_FAR = 40  # words
_OF = frozenset(("của", "thuộc", "("))
_BODY = 16  # words of a body that somebody leads
_OF_COMMUNES = ("Công an ", "Ban Chỉ huy quân sự ", "Trạm Y tế ")  # too small for a party committee of their own
_LED = {
    "Trưởng đoàn": ("đoàn",), "Thuyền trưởng": ("tàu",), "Tổ trưởng": ("tổ",), "Tổ phó": ("tổ",),
    "Chủ tịch": ("hội", "đồng"), "Trưởng ban": ("ban",),
}  # fmt: skip
_COMMUNE = regex.compile(r"(?:xã|phường|thị trấn|đặc khu) \p{Lu}.*$")
_NO_COMMITTEE = ("ward", "office", "committee", "emulation", "mass", "party")


@cache
def known_bodies() -> dict[tuple[str, ...], str]:
    """Short names that stand behind posts → in full: `Trung ương Đoàn`."""
    return {keys_of(row["cue"]): row["means"] for row in table("person_cues") if row["kind"] == "known body"}


def _goes_on(line: Line, at: int) -> bool:
    """`Công đoàn ngành Y tế`, `Đảng ủy các cơ quan tỉnh`: a name of its own begins."""
    return cue_length(line.keys, at, "not bare") > 0


class Committees:
    """found: the organizations of the bulletin, made ones behind; made: the mentions of these."""

    def __init__(self, organizations: Organizations) -> None:
        self.found: list[Organization] = list(organizations.found)
        self.made: list[OrganizationMention] = []

    @cached_property
    def _by_name(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for index, organization in enumerate(self.found):
            found.setdefault(modern(organization.name).lower(), index)
        return found

    def named(self, name: str) -> int | None:
        """The organization of that name."""
        return self._by_name.get(modern(name).lower())

    def is_one(self, line: Line, post: PostSighting) -> bool:
        """A post in a body that is told without its unit: `Bí thư Đảng ủy`, `Chủ tịch Công đoàn`; or any party post."""
        return post.post.party or self._body(line, post) is not None

    def is_bare(self, line: Line, post: PostSighting) -> bool:
        """Whether its words name the kind of body only: `Đảng ủy`, not `Đảng ủy Cục`."""
        return self._body(line, post) is not None

    def of(self, line: Line, post: PostSighting, unit_index: int, beside: PostSighting | None = None) -> int | None:
        """That body of a unit whose post is told beside it; None: not told, or the unit has none."""
        unit, told = self.found[unit_index], post.organization
        body = self._body(line, post)
        if post.post.party and unit.kind in ("party", "mass") and post.office is None:
            return self._with_members(line, unit_index, beside)
        if post.post.party and body is None and post.office is None:
            above = self._above(unit, lambda one: one.kind == "party")
            return self.named(above.name) if above is not None else self.named(f"Đảng ủy {unit.name}")
        if body is None:
            return None
        commune = _COMMUNE.search(unit.name) if body == "Đảng ủy" else None
        if commune is not None and unit.name.startswith(_OF_COMMUNES):
            # `Ủy viên Ban Thường vụ Đảng ủy, Trưởng Công an phường X`
            return self._make(line, post, f"{body} {commune[0]}", None)
        if (
            told is not None
            and body != "Đoàn"
            and (self.found[told.index].parent == unit.name or unit.name in self.found[told.index].name)
        ):
            return told.index
        if body not in _CHI and unit.kind in _NO_COMMITTEE and not unit.name.startswith("Sở "):
            above = self._above(unit, lambda one: one.kind not in _NO_COMMITTEE)
            if above is None and commune is None:
                return None
            unit = above or Organization(commune[0] if commune else "")  # `Chủ tịch Hội Nông dân xã X`
        name = unit.name
        for place in _PLACES:
            if name.startswith(place):
                name = name.removeprefix(place)
                if not name.startswith(_COMMUNES):
                    return None
        return self._make(line, post, f"{body} {name}", unit.name if self.named(unit.name) is not None else None)

    def _with_members(self, line: Line, index: int, beside: PostSighting | None) -> int:
        """`Ủy viên Ban Thường vụ, Phó Trưởng ban Nội chính Tỉnh ủy`: of the Tỉnh ủy."""
        inner = line.named_within(*beside.office) if beside is not None and beside.office is not None else []
        parent = self.found[index].parent
        above = self.named(parent) if parent else None
        for one in (index, *inner, *([above] if above is not None else [])):
            if self.found[one].name.startswith(_WITH_MEMBERS):
                return one
        return index

    def of_home(self, line: Line, post: PostSighting, unit_index: int | None) -> int | None:
        """That body of the hospital, school, company the bulletin speaks of."""
        body = self._body(line, post)
        if unit_index is None or body is None:
            return None
        unit = self.found[unit_index]
        if body == "Đoàn" and unit.kind != "school":
            return None
        return self._make(line, post, f"{body} {unit.name}", unit.name)

    def of_village(self, line: Line, post: PostSighting, following: PostSighting) -> int | None:
        """`Bí thư Chi bộ, Trưởng bản Huổi Moi`: the party cell of the village; `Bí thư Tỉnh ủy, Tỉnh trưởng tỉnh X`."""
        if following.office is None or post.office is None:
            return None
        place = line.words_of(*following.office)
        village = following.post.position.removeprefix("Phó ").removeprefix("Trưởng ")
        if self._body(line, post) == "Chi bộ" and village in _VILLAGES:
            return self._make(line, post, f"Chi bộ {village} {place}", None)
        kind, _, name = place.partition(" ")
        if following.unknown and name and tuple(line.keys[slice(*post.office)]) == (kind, "ủy"):
            return self._make(line, post, f"{kind.capitalize()} ủy {name}", None)
        return None

    def known(self, line: Line, post: PostSighting) -> int | None:
        """The body of a short name that stands behind posts only: `Bí thư Trung ương Đoàn`."""
        name = known_bodies().get(tuple(line.keys[slice(*post.office)])) if post.office is not None else None
        return self._make(line, post, name, None) if name is not None else None

    def office(self, chain: Chain, post: PostSighting) -> int | None:
        """`Trưởng phòng 5`, `chiến sĩ Trung đội 2`: what the post tells of it, where the name's end is seen."""
        line = chain.line
        assert post.office is not None
        start, end = post.office
        following = line.keys[end] if end < len(line.keys) else "."
        above = self.found[post.above.index].name if post.above is not None else None
        words = line.words_of(start, end)
        if post.post.committee and cue_length(line.keys, start + 1, "steering", most=2):
            return self._make(line, post, self._of_place(words[0].upper() + words[1:]), None)
        if post.post.position.startswith("Chi hội"):
            words = words[0].upper() + words[1:]
            return self._make(line, post, words if words.startswith("Chi hội") else f"Chi hội {words}", None)
        if tuple(line.keys[start : start + 2]) == ("đoàn", "đbqh"):
            return self.deputies()
        if post.post.position.endswith("Thanh tra") and line.keys[start + 2 : start + 3] in (["tỉnh"], ["thành"]):
            return self._make(line, post, self._of_place(words[0].upper() + words[1:]), None)
        unit = post.post.head or words.startswith("Tổ ") or line.keys[start] in post.post.position.lower().split()
        if not (self._is_unit(line, start, end) or (unit and following in _ENDS)):
            return None
        return self._make(line, post, words[0].upper() + words[1:], above)

    def is_steering(self, line: Line, post: PostSighting) -> bool:
        """`Phó Trưởng ban Thường trực Ban Chỉ đạo`: of the one told before."""
        return post.office is not None and line.keys[slice(*post.office)] == ["ban", "chỉ", "đạo"]

    def deputies(self) -> int | None:
        """The one delegation of deputies of the bulletin: `Trưởng đoàn ĐBQH tỉnh`."""
        found = [index for index, one in enumerate(self.found) if one.name.startswith("Đoàn đại biểu Quốc hội")]
        return found[0] if len(found) == 1 else None

    def office_of(self, line: Line, post: PostSighting, body: Organization) -> int:
        """`Chánh Văn phòng Ban Chỉ đạo X`: its office."""
        return self._make(line, post, f"Văn phòng {body.name}", body.name)

    def led(self, line: Line, post: PostSighting) -> int | None:
        """`Tổ công tác thúc đẩy dự án, do ông A làm Tổ trưởng`: the body told before `do`."""
        head = _LED.get(post.post.position.removeprefix("Phó ").removesuffix(" Thường trực"))
        keys = line.keys
        leads = keys[post.start - 1 : post.start] == ["làm"]
        if head is None or not (leads or head == ("đoàn",)):
            return None
        do = next((at for at in range(post.start - 2, max(0, post.start - _FAR), -1) if keys[at] == "do"), 0)
        for at in range(do - 1, max(-1, do - _BODY), -1):
            if keys[at] in (".", ";", ":") or (keys[at] == "," and at < do - 1):
                break
            if tuple(keys[at : at + len(head)]) != head or at in line.inside:
                continue
            mention = line.organization_at(at)
            if mention is not None:
                return mention.index
            if not leads:
                return None  # `Đoàn Văn công Quân khu 5 do bà A, Phó Trưởng đoàn dàn dựng`: by its name only
            return self._led_body(line, post, at, do, head)
        return None

    def _led_body(self, line: Line, post: PostSighting, at: int, do: int, head: tuple[str, ...]) -> int | None:
        end = do - (line.keys[do - 1] == ",")
        of = next((n for n in range(at, end) if line.keys[n] in _OF or (line.keys[n],) in cues("ends body")), end)
        if head == ("tàu",):
            named = next((n for n in range(at + 1, of) if not line.words[n].islower()), of)
            return self._make(line, post, f"Tàu {line.words_of(named, of)}", None, (at, of)) if named < of else None
        if of - at <= len(head) or not line.words[at][0].isupper():
            return None
        if head == ("đoàn",) and not line.words[of - 1].isdigit():
            return None  # a delegation has a name of its own by its number only
        return self._make(line, post, line.words_of(at, of), None, (at, of))

    def body_before(self, line: Line, post: PostSighting) -> int | None:
        """`đã bầu Ban Thanh tra nhân dân gồm 3 đồng chí, do ông A làm Trưởng ban`."""
        for at in range(post.start - 2, max(-1, post.start - _FAR), -1):
            if line.words[at] == "Ban" and line.words[at + 1][0].isupper() and at not in line.inside:
                end = body_end(line, at)
                if (line.keys[end],) not in cues("ends body") or end - at < 3:
                    return None
                return self._make(line, post, line.words_of(at, end), None, (at, end))
        return None

    def _of_place(self, words: str) -> str:
        """`Ban Chỉ đạo diễn tập huyện` with the name of the one `huyện` of the bulletin's organizations."""
        kind = words.rsplit(" ", 1)[-1]
        if kind not in ("tỉnh", "huyện", "xã"):
            return words
        places = {one.name.partition(f" {kind} ")[2] for one in self.found} - {""}
        of = {one.name.partition(f"{kind.capitalize()} ủy ")[2] for one in self.found} - {""}
        only = places | of
        return f"{words} {next(iter(only))}" if len(only) == 1 else words

    @staticmethod
    def _is_unit(line: Line, start: int, end: int) -> bool:
        """`Đội 2`, `Trung đội 2`, `Tổ 3`: a head and a number."""
        unit = " ".join(line.keys[start : end - 1]).removesuffix(" số")
        ship = unit.split(" ", 1)[0] == "tàu" and end - start > 1
        return ship or (unit in _UNITS and line.words[end - 1].isdigit())

    @staticmethod
    def _body(line: Line, post: PostSighting) -> str | None:
        if post.office is None:
            return "Đảng ủy" if post.post.position == "Đảng ủy viên" else None
        start, end = post.office
        body = _BODIES.get(tuple(line.keys[start:end]))
        if body == "Đoàn" and line.keys[end - 1 : end + 1] != ["đoàn", "trường"] and line.keys[end - 1] != "trường":
            return None
        if body is None or (end < len(line.keys) and line.joined(end) and _goes_on(line, end)):
            return None
        return body

    def _above(self, unit: Organization, suits: Callable[[Organization], bool]) -> Organization | None:
        at: Organization | None = unit
        for _ in range(5):
            index = self.named(at.parent) if at is not None and at.parent else None
            at = self.found[index] if index is not None else None
            if at is None or suits(at):
                return at
        return None

    def _make(
        self, line: Line, post: PostSighting, name: str, parent: str | None, words: tuple[int, int] | None = None
    ) -> int:
        words = words or post.office
        index = self.named(name)
        if index is None:
            index = len(self.found)
            kind = "party" if name.startswith(("Đảng ủy", "Chi bộ")) else "mass" if post.post.head == 0 else "office"
            self.found.append(Organization(name, parent=parent, kind=kind))
            self._by_name[modern(name).lower()] = index
            if words is not None:
                start, end = line.span(*words)
                surface = line.source[start:end]
                self.made.append(OrganizationMention(index, line.line_no, start, end, surface, line.zone, "alias"))
        return index

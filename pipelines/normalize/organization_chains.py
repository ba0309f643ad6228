"""Whose a unit is, as its line says it: what follows a name in brackets, behind `thuộc`, a comma or a blank."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.normalize.organization_bodies import PARTY_OFFICES
from pipelines.normalize.organization_grammar import Grammar
from pipelines.normalize.organization_names import Named
from pipelines.normalize.organization_tables import heads_by_words

DEEPEST = 6  # owners of owners

_LINK = re.compile(r" ?\(| (?:thuộc|trực thuộc|của) | - |, | ")
_CODE = re.compile(r" ?\(([A-Z]{1,2}\d{2})\)")
_CODE_WITH_OWNER = re.compile(r" ?\(([A-Z]{1,2}\d{2}), ")
_BARE_CODE = re.compile(r" ([A-Z]\d{2})(?!\w)")
_SHORT = re.compile(r" ?\(([A-ZĐ][A-Za-z]{3,20})\)")
_ITSELF = re.compile(r" \(([^()]{2,80})\)")
_SYLLABLE = re.compile(r"[A-Z]?[a-z]{1,5}$")
_LIST_GOES_ON = re.compile(r",? (?:và|cùng|với) |, ")
_AT = re.compile(r"(?:^|[.,;:] )tại $")


class Chains(Grammar):
    """Names with their owners."""

    last: Named | None = None  # the name before the one being read

    def attach(self, name: Named, depth: int) -> None:
        """What follows a name: its unit code or short name, its owner."""
        if name.own == "" or name.owner is not None:
            return
        text, at, bare_code = self.text, name.end, name.head.kind in {"office", "other"}
        follows = text[at : at + 2]
        if "(" in follows:
            code = _CODE.match(text, at)
            if code:
                name.code, at, bare_code = code[1], code.end(), False
            else:
                past = self._past_bracket(name, depth)
                if past is None:
                    return
                at = past
            follows = text[at : at + 2]
        if not follows or follows[0] not in " (,":
            return
        link = _LINK.match(text, at) if follows[0] != " " or follows[-1] in "(-tc" else None
        if link is None and follows[0] != " ":
            return
        bare = _BARE_CODE.match(text, at) if bare_code else None
        if bare:
            name.owner = Named(self.index, bare.start(1), bare.end(), bare.end(), heads_by_words()["cục"], bare[1])
            name.owner.code, name.owner.by_code, name.full = bare[1], True, bare.end()
            return
        i = link.end() if link else at + 1
        if depth > DEEPEST - 1 or self.owner_head_at(i) is None:
            return
        before, self.last = self.last, name
        owner = self.name_at(i, depth + 1)
        self.last = before
        if owner is not None:
            self._take_owner(name, owner, link[0].strip() if link else "")

    def _past_bracket(self, name: Named, depth: int) -> int | None:
        """Behind the bracket with its abbreviation or short name; None: it tells the owner: `(A05, Bộ Công an)`."""
        at = self._past_itself(name)
        if at > name.end and not self.low.startswith(f" ({self.low[name.start : name.end]})", name.end):
            name.full = at  # (BĐBP) behind a name that ends with it is no mention of all border guards
        with_owner = _CODE_WITH_OWNER.match(self.text, at)
        if with_owner:
            name.code = with_owner[1]
            owner = self.name_at(with_owner.end(), depth + 1) if depth < DEEPEST else None
            if owner and owner.own and self.text.startswith(")", chain_end(owner)):
                self._own_apart(name, owner)
            return None
        short = _SHORT.match(self.text, at)
        if short and not _SYLLABLE.match(short[1]):
            name.short, at = short[1], short.end()
        return at

    def _take_owner(self, name: Named, owner: Named, between: str) -> None:
        """The owner that stands behind the name, if what is between them says that it is one."""
        party = name.head.kind == owner.head.kind == "party" and name.head.owner == "after"
        higher = party or owner.head.level > name.head.level or (name.head.level == 0 and owner.head.owner == "after")
        if between == "(":
            if not self.text.startswith(")", chain_end(owner)) or owner.own == name.own or not higher:
                return
            self._own_apart(name, owner)
        elif between in {"thuộc", "trực thuộc", "của"} or (between == "" and higher):
            if owner.head.level and owner.head.level <= name.head.level:
                return
            name.owner, name.full, name.of = owner, owner.full, between != ""
            if name.own in PARTY_OFFICES and owner.head.kind == "party":
                name.head = replace(name.head, owner="in")  # Ban Tổ chức Tỉnh ủy Nghệ An
            if (name.head.kind == "command" and "thuộc" in between) or (name.head.words == "Ủy ban" and between):
                name.head = replace(name.head, owner="after")
        elif (
            between in {",", "-"}
            and higher
            and name.head.level
            and name.head.grammar != "alone"
            and name.head.owner != "in"
            and owner.own
            and not owner.lower
        ):
            if between == "," and not self._is_chain(name, owner):
                return
            self._own_apart(name, owner)

    def _past_itself(self, name: Named) -> int:
        """Behind a bracket with the name's own abbreviation, which organization_lines.py wrote out: `Cục … (Cục …)`."""
        again = _ITSELF.match(self.low, name.end) if self.text.startswith(" (", name.end) else None
        return again.end() if again and self.low[name.start : name.end].endswith(again[1]) else name.end

    @staticmethod
    def _own_apart(name: Named, owner: Named) -> None:
        """Gives it an owner told beside the name, which is no part of it: `Quỹ Thiện Tâm (Tập đoàn Vingroup)`."""
        name.owner = owner
        if name.own != name.head.words:
            name.head = replace(name.head, owner="after")

    def _is_chain(self, name: Named, owner: Named) -> bool:
        """Whether `A, B` is a unit with its owner, and not two members of a list."""
        if name.head.kind == "division" and owner.head.kind == "department":
            return False  # `tại Sư đoàn 336, Cục Chính trị tổ chức …`: no Cục has a division
        if name.head.grammar != "unit" and _AT.search(self.low, max(0, name.start - 6), name.start):
            return False  # `Tại Bệnh viện 199, Bộ Công an tổ chức …`
        after = _LIST_GOES_ON.match(self.low, chain_end(owner))
        if after and self.owner_head_at(after.end()):
            return False
        before = self.last
        beside = before is not None and before.end + 2 == name.start and self.text[before.end] == ","
        return not (beside and before and before.head.level >= name.head.level)


def chain_end(name: Named) -> int:
    """Where the last of its owners ends."""
    end = name.full
    for _ in range(2 * DEEPEST):
        if name.owner is None:
            break
        name = name.owner
        end = max(end, name.full)
    return end

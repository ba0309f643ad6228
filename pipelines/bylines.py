"""Credit lines: is this line one, and which people does it name.

Wording: rules J11-J15 of reference/junk_lines.tsv. A credit line stands at the end of a bulletin (rarely under its
title); the same words occur in prose (`Theo báo cáo …`), so callers ask only about short lines in those places.
"""

from __future__ import annotations

from functools import cache

import regex

from pipelines.line_rules import matches
from pipelines.reference import table
from pipelines.text import fold

_LABEL = regex.compile(
    r"(?P<label>(?:Tin|Bài|Ảnh|Clip|Video|Thực hiện|Nguồn|Theo|Tác giả|Nhóm)"
    r"(?:\s*(?:,|và|-|–|/|&)\s*(?:tin|bài|ảnh|clip|video|PV))*)\s*:\s*",
    regex.IGNORECASE,
)
_SPLIT = regex.compile(r"\s*(?:[,;/&|]|\s[-–—]\s|\svà\s)\s*")
_NAME = regex.compile(r"^\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){1,4}$")
_BARE_NAME = regex.compile(
    r"^\p{Lu}\p{Ll}*(?: \p{Lu}\p{L}*){1,4}(?:(?:\s*[-–,]\s*| và )\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){1,4}){0,3}$"
)
_GENERIC = regex.compile(
    r"^(?:PV|P\.V|Phóng viên|BBT|CTV|Nhóm PV|PV-TTXVN|Ban Biên tập|Internet|Tổng hợp|TTXVN|VOV|VTV|QĐND|CAND|admin.*"
    r"|Administrator|Sưu tầm|Tư liệu|N/A|Theo .*)$",
    regex.IGNORECASE,
)
_NO_PERSON = frozenset(("nguồn", "theo", "clip", "video"))
_ORGANIZATION = regex.compile(
    r"^(?:Báo|Bộ|Cục|Sở|Ban|Phòng|Trung tâm|Cổng|Đài|Tổng cục|Bệnh viện|Công an|Văn phòng|Quân khu|Thông tấn|Trang)\b",
    regex.IGNORECASE,
)


def credit_rule(text: str, raw: str = "") -> str | None:
    """The id of the rule by which a short line near the end is a credit line: J11-J15, `bare-name`; None: it is none.

    raw  the untrimmed line; a long run of blanks before a short text is a right-aligned author (J13)
    """
    if len(text) > 120:
        return None
    if raw and matches("J13", raw) and _looks_like_credit(text):
        return "J13"
    for rule_id in ("J11", "J12", "J15"):
        if matches(rule_id, text) and not _is_sentence(text):
            return rule_id
    if _LABEL.match(text) and not _is_sentence(text):
        return "J11"
    if matches("J14", text) and len(text.split()) <= 6:
        return "J14"
    if len(text) <= 60 and _BARE_NAME.match(text) and not _ORGANIZATION.match(text):
        return "bare-name"
    return None


def _looks_like_credit(text: str) -> bool:
    return len(text) <= 60 and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 12 and text.endswith((".", "…", "!", "?"))


def is_post(text: str) -> bool:
    """`GIÁM ĐỐC`, `KT. CỤC TRƯỞNG`: the post above a signature of an official text, no credit."""
    return fold(regex.sub(r"^(?:KT|TL|TM|TUQ|Q)\.\s*", "", text)) in _posts() and text.isupper()


@cache
def _posts() -> frozenset[str]:
    return frozenset(fold(row["position"]) for row in table("positions"))


def people(byline: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(authors, photographers) of a credit line; a name in capitals is written as names are (`VŨ HẢI` → `Vũ Hải`).

    `Tin, ảnh: VŨ HẢI` names one person in both parts; `PV`, agencies and sources (`Theo TTXVN`) name nobody.
    """
    authors: list[str] = []
    photographers: list[str] = []
    for label, names in _parts(byline):
        words = label.lower()
        if words in _NO_PERSON:
            continue
        if "ảnh" in words:
            photographers += names
        if words != "ảnh":
            authors += names
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(photographers))


def _parts(byline: str) -> list[tuple[str, list[str]]]:
    labels = list(_LABEL.finditer(byline))
    if not labels:
        return [("", _names(byline))]
    ends = [*(label.start() for label in labels[1:]), len(byline)]
    parts = [(m["label"], _names(byline[m.end() : end])) for m, end in zip(labels, ends, strict=True)]
    return [("", _names(byline[: labels[0].start()])), *parts] if labels[0].start() else parts


def _names(text: str) -> list[str]:
    names = (part.strip(" .,;-–()") for part in _SPLIT.split(text))
    people = (n for n in names if _NAME.match(n) and not _GENERIC.match(n) and not _ORGANIZATION.match(n))
    return [name.title() if name.isupper() else name for name in people]


_PHOTO_CREDIT = regex.compile(r"\(?\bẢnh\s*:\s*(?P<names>[^()]{2,60})\)?\s*\.?$")


def photographers_of_caption(caption: str) -> tuple[str, ...]:
    """Names of a photo credit at the end of a caption: `… hội nghị. Ảnh: Hoàng Phong` → `Hoàng Phong`."""
    credit = _PHOTO_CREDIT.search(caption)
    return tuple(_names(credit["names"])) if credit else ()

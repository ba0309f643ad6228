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
    r"(?P<label>(?:Tin|Bài|Ảnh|Lời|Clip|Video|Thực hiện|Nguồn|Theo|Tác giả(?: bài viết)?|Nhóm|TH|Biên tập|Tổng hợp|By"
    r"|Người (?:viết|đăng|chụp|thực hiện|đưa tin))"
    r"(?:\s*(?:,|và|-|–|/|&)\s*(?:tin|bài|ảnh|lời|clip|video|PV))*)\s*:\s*"
    r"|(?P<label>(?:Viết|Đăng|Thực hiện) bởi|(?:Bút ký|Ghi chép|Phóng sự|Bài viết|Ký sự) của)\s*:?\s+(?=\p{Lu})",
    regex.IGNORECASE,
)
_REMARK = regex.compile(
    r"\s*\((?:thực hiện|tổng hợp|ghi|lược ghi|biên soạn|biên tập|sưu tầm|dịch)\)\s*$", regex.IGNORECASE
)
_SPLIT = regex.compile(r"\s*(?:[,;/&|]|\s[-–—]\s|\svà\s)\s*")
_NAME = regex.compile(r"^\p{Lu}[\p{L}’'-]*(?: \p{Lu}[\p{L}’'-]*){1,4}$")
_BARE = r"\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){1,4}"
_BARE_NAME = regex.compile(rf"^{_BARE}(?:(?:\s*[-–,/]\s*| và ){_BARE}){{0,3}}(?:\s*/\s*\p{{Lu}}{{2,8}})?$")
_INITIALS = regex.compile(r"^(?:\p{Lu}\.){1,3}\s*\p{L}{0,6}\.?(?:\s*[-–,]\s*(?:\p{Lu}\.){1,3}\s*\p{L}{0,6}\.?){0,3}$")
_GENERIC = regex.compile(
    r"^(?:PV|P\.V|Phóng viên|BBT|CTV|Nhóm PV|PV-TTXVN|Ban Biên tập|Biên tập viên|Internet|Tổng hợp|TTXVN|VOV|VTV|QĐND"
    r"|CAND|admin.*|Administrator|Quản trị viên|Quản trị|SuperUser Account|Sưu tầm|Tư liệu|Văn thư|N/A|Theo .*)$",
    regex.IGNORECASE,
)
_SOURCE = regex.compile(r"(?<=\S)\s*\((?:theo\b|TTXVN|nguồn\b)[^()]*\)\s*$", regex.IGNORECASE)
"""`Đỗ Quyên (TTXVN tại Hòa Long)`: for whom, and where."""
_OF_UNIT = regex.compile(r"\s*\([\p{Lu}&\s/-]{2,24}\)\s*$")
"""`Ngọc Hân (TT VH-TT-DL&TT)`: the unit, in letters."""
_ABBREVIATIONS = regex.compile(r"^(?:(?:TT|VH|BCH|BBT|UBND|CLB|CTV|PV|BTV|BTC|TTXVN|BV|CA|QS|HĐND|MTTQ)\b[- &]*)+")
_DASH = regex.compile(r"\s+([-–—])\s+")
_TITLE_ENDS = ".,:"
_NO_PERSON = frozenset(("nguồn", "theo", "clip", "video", "người đăng", "đăng bởi"))


@cache
def _organization() -> regex.Pattern[str]:
    """Names that start with an organization's head word (reference/org_patterns.tsv) are no people."""
    heads = {row["head_word"] for row in table("org_patterns")} - {"Đoàn"}  # also a family name
    heads |= {
        "Báo",
        "Cổng",
        "Đài",
        "Trung tâm",
        "Văn phòng",
        "Thông tấn",
        "Trang tin",
        "Trang thông tin",
        "Trường",
        "Tạp chí",
        "Tòa soạn",
        "Tổ",
        "Nhóm",
        "Khoa",
        "Phòng",
    }
    words = "|".join(regex.escape(head) for head in sorted(heads, key=lambda head: (-len(head), head)))
    return regex.compile(rf"^(?:{words})\b", regex.IGNORECASE)


@cache
def _titles() -> list[str]:
    """Ranks, titles and roles in front of a name, longest first: `Trung úy`, `BS`, `CTV`."""
    words = {row["rank"] for row in table("ranks")} | {row["title"] for row in table("titles")}
    words |= {v.strip() for row in table("ranks") for v in row["variants"].split(";")}
    words |= {v.strip() for row in table("titles") for v in row["abbreviations"].split(";")}
    words |= {"CTV", "PV", "P.V", "Phóng viên", "Cộng tác viên", "Nhà báo", "Đoàn viên", "Hội viên"}
    words |= {w.upper() for w in words}
    return sorted((w.rstrip(".") for w in words if w and "(" not in w), key=lambda w: (-len(w), w))


@cache
def _titled() -> regex.Pattern[str]:
    titles = "|".join(map(regex.escape, _titles()))
    return regex.compile(rf"^(?:(?:{titles})[.,:]?\s+)+(?=\p{{Lu}}\p{{L}}*\s+\p{{Lu}})")


@cache
def _title_starts() -> frozenset[str]:
    return frozenset(title.split()[0].rstrip(_TITLE_ENDS) for title in _titles())


def _without_titles(text: str) -> str:
    """`BS. Lê An` → `Lê An`. Most names have none, and to try some hundred titles takes as long as all else."""
    words = text.split(maxsplit=1)
    if not words or words[0].rstrip(_TITLE_ENDS) not in _title_starts():
        return text
    return _titled().sub("", text)


def credit_rule(text: str, raw: str = "") -> str | None:
    """The id of the rule by which a short line near the end is a credit line: J11-J15, `bare-name`; None: it is none.

    raw  the untrimmed line; a long run of blanks before a short text is a right-aligned author (J13)
    """
    if len(text) > 120:
        return None
    if raw and matches("J13", raw) and _looks_like_credit(text):
        return "J13"
    bare = _SOURCE.sub("", _REMARK.sub("", text)).strip("()").rstrip("*")
    label = _LABEL.match(bare)
    if label:
        return None if _is_sentence(bare[label.end() :]) else "J11"
    if matches("J12", bare):
        return "J12"
    if matches("J15", text) and not _is_sentence(text):
        return "J15"
    bare = _without_titles(bare)
    if len(bare) > 80 or _organization().match(bare):
        return None
    if all(matches("J14", name) for name in _SPLIT.split(bare)) and len(bare.split()) <= 8:
        return "J14"
    if _BARE_NAME.match(bare):
        return "bare-name"
    name, dash, unit = _DASH.split(bare, maxsplit=1) if _DASH.search(bare) else (bare, "", "")
    if dash and is_full_name(name) and _organization().match(unit) and not _is_sentence(unit):
        return "name-and-unit"
    return "initials" if _INITIALS.match(bare) else None


def _looks_like_credit(text: str) -> bool:
    return len(text) <= 60 and not _is_sentence(text)


def _is_sentence(value: str) -> bool:
    """Something is told: it starts in lower case, is long, or ends in a full stop after more words than a name has."""
    words = value.split()
    return (
        not words or value[0].islower() or len(words) > 16 or (value.endswith((".", "…", "!", "?")) and len(words) > 5)
    )


def is_post(text: str) -> bool:
    """`GIÁM ĐỐC`, `KT. CỤC TRƯỞNG`: the post above a signature of an official text, no credit."""
    return fold(regex.sub(r"^(?:KT|TL|TM|TUQ|Q)\.\s*", "", text)) in _posts() and text.isupper()


@cache
def _posts() -> frozenset[str]:
    return frozenset(fold(row["position"]) for row in table("positions"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("surnames"))


def is_full_name(text: str) -> bool:
    """Whether a text is one person's name, told by its surname: where a section (`Pháp Luật`) could stand as well."""
    names = _names(text)
    return len(names) == 1 and names[0].casefold() == text.casefold() and names[0].split()[0] in _surnames()


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
    text = _OF_UNIT.sub("", _SOURCE.sub("", _REMARK.sub("", text)))
    parts = (_REMARK.sub("", part.strip(" .,;-–*")).strip(" .,;-–()*") for part in _SPLIT.split(text))
    names = map(_without_titles, parts)
    people = (
        n
        for n in names
        if _NAME.match(n) and not _GENERIC.match(n) and not _organization().match(n) and not _ABBREVIATIONS.match(n)
    )
    return [name.title() if name.isupper() else name for name in people]


_PHOTO_CREDIT = regex.compile(r"\(?\bẢnh\s*:\s*(?P<names>[^()]{2,60})\)?\s*\.?$")


def photographers_of_caption(caption: str) -> tuple[str, ...]:
    """Names of a photo credit at the end of a caption: `… hội nghị. Ảnh: Hoàng Phong` → `Hoàng Phong`."""
    credit = _PHOTO_CREDIT.search(caption)
    return tuple(_names(credit["names"])) if credit else ()

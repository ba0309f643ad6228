"""The lines around an article's title: dates, counters, credit lines, leads, and clocks that only look like dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import regex

from pipelines.bylines import is_full_name, people
from pipelines.families import liferay
from pipelines.line_rules import matches
from pipelines.metadata import is_cms_account, names_account
from pipelines.normalize.dates import VIETNAM
from pipelines.publication import date_candidate
from pipelines.records import Candidate

_DATE_LIKE = re.compile(
    r"(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}(?!\d)|\btháng\s+\d{1,2}|(?<!\d)\d{4}-\d{2}-\d{2}"
    r"|(?<!\d)\d{1,2},?\s+tháng\s+(?:giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai))?|chạp),?\s+(?:năm\s+)?\d{4}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+\d{4}",
    regex.IGNORECASE,
)
_DIGIT = re.compile(r"\d")  # every form above has one, hardly any line of a page does
_GOES_ON = re.compile(r"\d(?:\s*[/.-]\s*\d|,?\s+(?:\d{4}|[tT][hH]|[jfmasondJFMASOND][A-Za-z]{2}))")
_MONTH = re.compile(r"[tT][hH][áÁ][nN][gG]\s+\d")
"""Each form of a date holds one of these. A tenth of the time, for `re` looks for their first character alone, and most
lines with a digit are no date."""
_PARTED = re.compile(r"[|•·;/–—:(-]")  # what stands between the parts of a line, or ends the label that begins one
_VIEWS = regex.compile(
    r"(?:(?:số\s+)?lượt\s+(?:xem|đọc|truy cập)|view count|(?:số\s+)?lần (?:xem|đọc)|đã xem|\bxem(?=\s*:)|views?"
    r"|lượt truy cập)\s*:?\s*"
    r"\(?(?P<after>\d[\d.,]*+(?:\p{L}+|\s*(?:k|m|n|tr|nghìn|ngàn|triệu|tỷ)\b|(?:\s\d{3})+(?![\d/.:-]))?)(?!\s*/)\)?"
    r"|\bđọc\s+(?P<read>\d[\d.,]*)\s+lần\b"
    r"|(?<![\d/:])(?P<before>(?:(?<![\d/:.,-])[1-9]\d{0,2}(?:\s\d{3})+|\d[\d.,]*)(?:\s*(?:k|m|n|tr|nghìn|ngàn|triệu|tỷ))?)"
    r"\s*(?:lượt\s+(?:xem|đọc|truy cập)|views?\b|lần (?:xem|đọc))",
    regex.IGNORECASE,
)
_COUNT = re.compile(r"\d+|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)")
"""`1.234` is a count; `1.2K`, `1.2` and `1 234` only look like one, and say no value."""
_PUBLISHED = re.compile(
    r"^(?:ngày đăng|ngay dang|đăng ngày|đăng lúc|ngày xuất bản|xuất bản(?: ngày| lúc)?"
    r"|publish(?:ed)?(?: date| on)?|posted on"
    r"|ngày phát hành|thời gian đăng|ngày tạo|ngày viết)(?:\s+tin)?\s*:?\s*",
    re.IGNORECASE,
)
_LONGEST_LABELLED = 60
"""`Ngày đăng: 12/05/2024 - Người đăng: …` is a label; a sentence that starts with a day is none."""
_UPDATED = re.compile(
    r"\b(?:ngày cập nhật|(?:lần )?sửa (?:đổi )?(?:lần )?cuối(?: cùng)?(?: lúc| ngày)?|lần cập nhật cuối"
    r"|cập nhật(?: lúc| lần cuối| ngày)?|updated|last modified)\b\s*:?",
    re.IGNORECASE,
)
_CLOCK_SECONDS = re.compile(r"\d{1,2}:\d{2}:\d{2}")
_ONLY_STAMP = re.compile(
    r"^(?>(?:[\d\s/.,:|–—_+\[\]-]+|t[2-7],|cn,|sáng|chiều|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+"
    r"|hits?|thứ\s+\S+|chủ\s+nhật|ngày|lúc|vào|giờ|gmt|ict|am|pm|sa|ch|utc|tháng(?:\s+(?:giêng|một|hai|ba|tư|sáu|bảy|tám|chín|mười|chạp)(?:\s+(?:một|hai))?)?|năm|phút|h|giây|đăng|tin"
    r"|hôm nay|cập nhật"
    r"|\(|\)|posted|by|on)+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_ALL_PARTS = regex.compile(
    r"\s*[|•·;]\s*|\s+[-–—]\s+|(?<!\d)\s+/\s+|\s+/\s+(?!\d)"
    r"|(?<!\b(?:số|ngày))\s+(?=(?:(?:số\s+)?lượt\s+(?:xem|đọc)|view count|views?|đọc \d|số lần (?:đọc|xem)"
    r"|ngày (?:đăng|cập nhật)"
    r"|(?:lần )?cập nhật|sửa lần cuối|bình luận|phản hồi"
    r"|đăng (?:lúc|ngày|bởi)|người (?:đăng|viết)|tác giả|posted (?:on|by)|published)\s*[:(])",
    regex.IGNORECASE,
)
_NAMED = regex.compile(
    r"^(?:(?P<writer>tác giả(?: bài viết)?|người viết|viết bởi|written by)"
    r"|người đăng|đăng bởi|posted by|nguồn(?: tin)?)\s*:?\s*(?P<who>\p{L}.*)$",
    regex.IGNORECASE,
)
_ENTERED = re.compile(
    r"^(?:(?:được )?(?:đăng|gửi|viết|tạo) bởi|submitted by)\s+(?P<who>\S.{0,40}?)\s*,?"
    r"\s+(?:vào|lúc|ngày|on)\s+(?P<date>.*\d.*)$",
    re.IGNORECASE,
)
"""`Được đăng bởi pv11 vào T3, 12/03/2024 - 09:05`: Drupal."""
_FILED = re.compile(r"^(?:chuyên mục|danh mục|thể loại)\s*:\s*(?P<name>.{2,60})$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:\(?\d+\)?\s*(?:bình luận|phản hồi|ý kiến|comments?)|(?:bình luận|phản hồi|ý kiến|comments?)\s*:?\s*\(?\d+\)?"
    r"|\d+\s*(?:phút|min(?:utes)?)\s*(?:đọc|read)|(?:thời gian đọc|đọc trong)\s*:?\s*\d+\s*phút"
    r"|(?:khoảng |cách đây )?\d+\s*(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)(?: trước)?|hôm qua"
    r"|hôm nay|vừa xong|mới đây"
    r"|(?:theo dõi|follow).{0,30}google news|(?:đánh giá|bình chọn|rating)\s*:?\s*[\d.,/]+(?: sao| điểm)?)$",
    re.IGNORECASE,
)
"""Other things beside a date that say nothing we keep: comments counted, reading times, days told from today."""
MAX_STAMP = 140


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a date or counter line says: its role, the rule, and the candidates read from it."""

    role: str
    rule: str
    candidates: tuple[Candidate, ...]


def looks_dated(text: str) -> bool:
    return len(text) <= MAX_STAMP and _holds_date(text)


def _holds_date(text: str) -> bool:
    return (
        _DIGIT.search(text) is not None
        and (_GOES_ON.search(text) is not None or _MONTH.search(text) is not None)
        and _DATE_LIKE.search(text) is not None
    )


def is_dated_stamp(text: str) -> bool:
    """Whether a line is a date, with nothing beside it but what stands beside dates."""
    return looks_dated(text) and is_stamp(text)


def is_stamp(text: str) -> bool:
    """Whether a line is nothing but a date, a clock or a counter, and so no title."""
    if len(text) > MAX_STAMP:
        return False
    bare = _VIEWS.sub("", text) if _may_count(text) else text
    if _ONLY_STAMP.match(bare) or not bare.strip(" |-–:"):
        return True
    return (looks_dated(bare) and _labelled(bare) is not None) or _parts_of(text) is not None


def _may_count(text: str) -> bool:
    """False: no views are counted in it. Nearly always enough, without the pattern."""
    low = text.lower()
    return ("xem" in low or "view" in low or "đọc" in low or "truy" in low) and _DIGIT.search(text) is not None


def _labelled(text: str) -> str | None:
    """What follows a publication label, or None where there is no label, or a whole sentence after it."""
    label = _PUBLISHED.match(text)
    return text[label.end() :] if label and len(text) - label.end() <= _LONGEST_LABELLED else None


def is_clock(text: str, before_title: bool, fetched_at: datetime) -> bool:
    """A site's clock: worded as one above the title, or showing seconds of the day the page was fetched."""
    if matches("J06", text) or (before_title and matches("J05", text)):
        return True
    return _CLOCK_SECONDS.search(text) is not None and _is_day_of(text, fetched_at)


def _is_day_of(text: str, fetched_at: datetime) -> bool:
    today = date_candidate("published_on", text, "clock", text, 99, "dateline", fetched_at)
    return today.value[:10] == fetched_at.astimezone(VIETNAM).date().isoformat()


def read_stamp(text: str, fetched_at: datetime, rank: int, believed: bool) -> Stamp | None:
    """A line of dates and counters near a title, or None if the line says something else.

    rank      of a bare date line; a labelled one ranks before it
    believed  the markup itself says that this line is a date, so that other words beside it do no harm
    """
    if len(text) > MAX_STAMP:
        return None
    if parts := _parts_of(text):
        return _read_parts(parts, text, rank, fetched_at)
    found: list[Candidate] = []
    rest, views = text, None
    if split := liferay.stamp(text):
        rest, counted = split
        if counted:
            found += _views(counted, text)
    elif _may_count(text) and (views := _VIEWS.search(text)) is not None:
        found += _views(views["after"] or views["before"] or views["read"], text)
        rest = (text[: views.start()] + " " + text[views.end() :] if not text[: views.start()].strip(" |-–:") else
                text[: views.start()])  # fmt: skip
    updated = _UPDATED.search(rest)
    if updated is not None and _holds_date(rest[updated.end() :]):
        found.append(_date("updated_at", rest[updated.end() :], "label", text, 20, fetched_at))
        rest = rest[: updated.start()]
    rest = _stamp_part(rest.strip(" |-–—:;,•()"))
    dated = _holds_date(rest)
    bare = _labelled(rest) if dated else None
    if bare is not None:
        found.append(_date("published_on", bare, "label", text, min(rank, 20), fetched_at))
        return Stamp("published", "J07", tuple(found))
    if dated and (believed or _ONLY_STAMP.match(rest)):
        found.append(_date("published_on", rest, "dateline", text, rank, fetched_at))
        return Stamp("published", "date-line", tuple(found))
    if rest and (dated or len(rest) > 25) and not believed:
        return None
    if any(c.field == "updated_at" for c in found):
        return Stamp("junk", "J08", tuple(found))
    if found or views is not None:
        return Stamp("view_count", "J03" if matches("J03", text) else "J04", tuple(found))
    return None


def _stamp_part(text: str) -> str:
    """`Phòng Tuyên truyền | 13/05/2024` → the date: the only part that is a date line by itself; else all of it."""
    if len(text) > 100 or _ONLY_STAMP.match(text) or _PUBLISHED.match(text):
        return text
    dated = [part for part in _PARTS.split(text) if _holds_date(part)]
    return dated[0] if len(dated) == 1 and _ONLY_STAMP.match(dated[0]) else text


def _parts_of(text: str) -> list[tuple[str, str]] | None:
    """(`date` | `count` | `writer` | `name`, text) of every part of a line that names who wrote or typed the page in,
    and when it was or how often it is read: `Tác giả: X / Số lượt xem (12) / 14/03/2023`. Else None.
    """
    if len(text) > MAX_STAMP:
        return None
    if _DIGIT.search(text) and (entered := _ENTERED.match(text)) is not None and _holds_date(entered["date"]):
        name = people(entered["who"])[0]
        return [
            ("writer" if name and not names_account(entered["who"]) else "name", entered["who"]),
            ("date", entered["date"]),
        ]
    if not _PARTED.search(text) or len(texts := _ALL_PARTS.split(text.strip(" /|-–•·"))) < 2:
        return None
    parts = []
    for part in (text.strip(" ,.") for text in texts):
        if not part:
            continue
        views = _VIEWS.fullmatch(part)
        named = _NAMED.match(part)
        if views is not None:
            parts.append(("count", views["after"] or views["before"] or views["read"]))
        elif _holds_date(part) and (_ONLY_STAMP.match(_UPDATED.sub("", part)) or _labelled(part) is not None):
            parts.append(("date", part))
        elif named is not None and len(named["who"].split()) <= 8 and not _holds_date(part):
            parts.append(("writer" if named["writer"] and not names_account(named["who"]) else "name", named["who"]))
        elif is_cms_account(part):
            parts.append(("name", part))
        elif (filed := _FILED.match(part)) is not None:
            parts.append(("section", filed["name"]))
        elif _ASIDE.match(part):
            parts.append(("aside", part))
        elif is_full_name(part):
            parts.append(("writer", part))
        elif parts and parts[-1][0] == "section":  # `Việc làm - Dạy nghề`
            parts[-1] = ("section", f"{parts[-1][1]} - {part}")
        else:
            return None
    kinds = {kind for kind, _ in parts}
    told, beside = kinds & {"date", "count", "aside"}, kinds & {"writer", "name", "aside", "section"}
    return parts if told and beside and len(parts) > 1 else None


def _read_parts(parts: list[tuple[str, str]], text: str, rank: int, fetched_at: datetime) -> Stamp:
    found: list[Candidate] = []
    for kind, part in parts:
        if kind == "count":
            found += _views(part, text)
        elif kind == "section":
            found.append(Candidate("section", part, "label", text[:300], 24))
        elif kind == "writer":
            found += [Candidate("author", name, "label", text[:300], 18) for name in people(part)[0]]
        elif kind == "date" and (updated := _UPDATED.match(part)):
            found.append(_date("updated_at", part[updated.end() :], "label", text, 20, fetched_at))
        elif kind == "date":
            bare = _labelled(part)
            how, its_rank = ("label", min(rank, 20)) if bare is not None else ("dateline", rank)
            found.append(_date("published_on", bare if bare is not None else part, how, text, its_rank, fetched_at))
    told = any(c.field == "published_on" for c in found)
    return Stamp("published" if told else "view_count", "stamp-parts", tuple(found))


def _views(digits: str, text: str) -> list[Candidate]:
    """The count, if what is printed is one."""
    count = counted(digits.rstrip(".,"))
    return [] if count is None else [Candidate("view_count", count, "line", text[:300], 20)]


def counted(text: str) -> str | None:
    """The digits of a printed whole number, `1.234` or `1,234`; None: it is none, or not surely one."""
    return regex.sub(r"\D", "", text) if _COUNT.fullmatch(text) else None


def _date(field: str, text: str, method: str, evidence: str, rank: int, fetched_at: datetime) -> Candidate:
    stamp = text.strip(" |-–—:;,•()").replace(" | ", " ")
    basis = "label" if method == "label" else "dateline"
    candidate = date_candidate(field, stamp, method, evidence, rank, basis, fetched_at)
    inner = _DATE_LIKE.findall(stamp)
    if candidate.refused is not None and candidate.precision == "" and len(inner) == 1:
        again = date_candidate(field, inner[0], method, evidence, rank, basis, fetched_at)
        if again.precision:
            return again
    return candidate


def refused_date(text: str, reason: str, fetched_at: datetime) -> Candidate:
    """A date that must not win, kept as evidence with its reason."""
    candidate = date_candidate("published_on", text, "line", text, 90, "dateline", fetched_at)
    return candidate.but_refused(reason)

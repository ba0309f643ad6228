"""The one moment a dateline, a date label or a meta tag states, and the last past day a text speaks of."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import regex

from pipelines.normalize.date_clock import iso_clock
from pipelines.normalize.date_grammar import read_dates
from pipelines.normalize.date_values import VIETNAM, Clock, DateMention, possible
from pipelines.normalize.date_words import ENGLISH_MONTHS
from pipelines.normalize.spelling import plain
from pipelines.records import Unreadable


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published, as far as it is said.

    day        calendar day in Vietnam (UTC+7); the first day of it for precision month and year
    instant    aware, UTC; None where no clock time is known
    precision  second, minute, day, month, year
    placeholder_midnight
               the text gave 00:00, 12:00 AM, T00:00:00: a program's way to say that it knew the day only
    weekday_mismatch
               the text states a weekday which the day is not; the day wins
    """

    day: date
    instant: datetime | None
    precision: str
    placeholder_midnight: bool = False
    weekday_mismatch: bool = False


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day and where it is said: start, end are code points of the text, end exclusive; surface is text[start:end]."""

    day: date
    start: int
    end: int
    surface: str


def publication_moment(text: str) -> Moment:
    """The one moment a dateline, date label, or bare date line states.

    text     e.g. `Hà Nội, ngày 05 tháng 3 năm 2021`, `Thứ Năm, 2/11/2023, 19:20 (GMT+7)`, `26 Nov 2023`,
             `Ngày đăng 06/01/2016 | 03:30 PM | View count: 426`; the same day twice is one day
    returns  a time without a zone is Vietnam's; two clock times, or one that cannot be, leave the day alone
    raises   Unreadable: no date, two different dates, a day that does not exist (31/02/2023, 05/13/2023),
             a range or deadline
    source   Decree 30/2020/NĐ-CP, Annex I, for the formal dateline
    """
    line = " ".join(text.splitlines())
    mentions, impossible = read_dates(line, None)
    if impossible:
        start, end = impossible[0]
        written = plain(line).low[start:end]
        raise Unreadable(f"expected a date, found no such day as {_short(written)} in {_short(text)}")
    days = [mention for mention in mentions if mention.kind in {"date", "datetime"}]
    if any(mention.kind == "range" and mention.precision != "year" for mention in mentions):
        raise Unreadable(f"expected one date, found a range of dates in {_short(text)}")
    if not days:
        return _month_or_year(mentions, text)
    found = {mention.start_date for mention in days}
    if len(found) != 1:
        raise Unreadable(f"expected one date, found {len(found)} in {_short(text)}")
    mismatch = any(mention.weekday_mismatch for mention in days)
    times = {mention.iso for mention in days if mention.kind == "datetime"}
    day = found.pop()
    assert day is not None
    if len(times) != 1:
        return Moment(day, None, "day", weekday_mismatch=mismatch)
    iso = times.pop()
    clock = iso_clock(iso[10:].lower())
    assert clock is not None
    return _moment(date.fromisoformat(iso[:10]), clock, mismatch)


def _short(text: str) -> str:
    return repr(text if len(text) <= 120 else text[:119] + "…")


def _month_or_year(mentions: list[DateMention], text: str) -> Moment:
    for kind in ("month", "year"):
        firsts = {mention.start_date for mention in mentions if mention.kind == kind}
        if len(firsts) > 1:
            break
        first = firsts.pop() if firsts else None
        if first is not None:
            return Moment(first, None, kind)
    raise Unreadable(f"expected one date, found none that is whole in {_short(text)}")


def _moment(day: date, clock: Clock, mismatch: bool = False) -> Moment:
    """A day and a clock time of the clock's own zone, Vietnam's if it has none."""
    zone = VIETNAM if clock.zone is None else timezone(timedelta(minutes=clock.zone))
    try:
        there = datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second or 0, tzinfo=zone)
        here = there.astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"expected a time of day, found {clock.iso()!r}") from error
    if any(not (each.hour or each.minute or each.second) for each in (there, here)):
        return Moment(here.date(), None, "day", placeholder_midnight=True, weekday_mismatch=mismatch)
    precision = "minute" if clock.second is None else "second"
    return Moment(here.date(), there.astimezone(UTC), precision, weekday_mismatch=mismatch)


_ISO = regex.compile(
    r"""(?P<year>\d{4}) (?: (?P<dash>-?) (?P<month>\d\d) (?: (?P=dash) (?P<day>\d\d)
        (?: [T\ ]\ ? (?P<clock> \d\d:\d\d (?: :\d\d (?:[.,](?P<fraction>\d{1,9}))? )?
                             | \d{4} (?:\d\d)? )
            \ ?(?P<zone> Z | [+-]\d\d (?: :?\d\d )? )?
        )? )? )?""",
    regex.VERBOSE | regex.IGNORECASE | regex.ASCII,
)
_RFC_2822 = regex.compile(
    r"""(?: (?P<weekday>mon|tue|wed|thu|fri|sat|sun) [a-z]*,?\s+ )?
        (?P<day>\d{1,2}) [\s-]+ (?P<month>[a-z]{3}) [\s-]+ (?P<year>\d{4}) \s+
        (?P<clock>\d{1,2}:\d\d (?: :\d\d )?)
        (?: \s* (?P<zone>[+-]\d{4} | gmt | utc? | ut | z) (?:\s*\([a-z+\d]*\))? )?""",
    regex.VERBOSE | regex.IGNORECASE | regex.ASCII,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def metadata_moment(value: str) -> Moment:
    """A date as a program writes it: a meta tag, `<time datetime>`, JSON-LD, a feed.

    value    ISO 8601 (`2023-11-24T09:15:00+07:00`, fractions, `Z`, `+0700`, basic form, date, month or year alone),
             RFC 2822 (`Fri, 24 Nov 2023 09:15:00 +0700`); anything else is read as `publication_moment` reads it
    returns  a value without a zone is Vietnam's (UTC+7); midnight, in its own zone or in Vietnam, stands for the day
    raises   Unreadable: as `publication_moment`, and values that begin as ISO and do not go on so: NukeViet's
             `2024-03-27+0708:42:50` and `2024-03-27ICT08:42:50`
    """
    stripped = unicodedata.normalize("NFKC", value.strip()) if len(value) < 200 else value.strip()
    iso = _ISO.fullmatch(stripped)
    if iso and (iso["day"] is None or iso["dash"] or len(stripped) >= 8):
        return _iso_moment(iso, value)
    rfc = _RFC_2822.fullmatch(stripped)
    if rfc:
        return _rfc_moment(rfc, value)
    if regex.match(r"\d{4}-?\d\d|\d{5}", stripped) and not regex.match(r"\d{4}-\d{1,2}-\d{1,2} ", stripped):
        raise Unreadable(f"expected an ISO 8601 date, found {_short(value)}")
    return publication_moment(stripped)


def _iso_moment(match: regex.Match[str], value: str) -> Moment:
    year, month = int(match["year"]), int(match["month"] or 1)
    if not 1000 <= year <= 2199 or not possible(int(match["day"] or 1), month, year):
        raise Unreadable(f"expected a date, found no such day as {_short(value)}")
    if match["month"] is None:
        return Moment(date(year, 1, 1), None, "year")
    if match["day"] is None:
        if not match["dash"]:  # 202311 may be a number
            raise Unreadable(f"expected an ISO 8601 date, found {_short(value)}")
        return Moment(date(year, month, 1), None, "month")
    day = date(year, month, int(match["day"]))
    if match["clock"] is None:
        return Moment(day, None, "day")
    written = regex.sub(r"[.,]\d+$", "", match["clock"])
    return _machine_moment(day, written, match["zone"] or "", value, match["fraction"])


def _rfc_moment(match: regex.Match[str], value: str) -> Moment:
    month = ENGLISH_MONTHS.get(match["month"].lower())
    year = int(match["year"])
    if month is None or year < 1000 or not possible(int(match["day"]), month, year):
        raise Unreadable(f"expected a date, found no such day as {_short(value)}")
    zone = (match["zone"] or "").lower()
    day = date(year, month, int(match["day"]))
    hour, _, rest = match["clock"].partition(":")
    moment = _machine_moment(day, f"{hour:0>2}:{rest}", "z" if zone.isalpha() else zone, value, None)
    stated = match["weekday"]
    return replace(moment, weekday_mismatch=stated is not None and _WEEKDAYS.index(stated.lower()) != day.weekday())


def _machine_moment(day: date, written: str, zone: str, value: str, fraction: str | None) -> Moment:
    clock = iso_clock("t" + written + zone.lower())
    if clock is None or not clock.known or (clock.zone or 0) % 15:
        raise Unreadable(f"expected a time of day and a zone, found {_short(value)}")
    moment = _moment(day, clock)
    if moment.placeholder_midnight and fraction and fraction.strip("0"):
        zoned = datetime.combine(day, datetime.min.time(), VIETNAM if clock.zone is None else UTC)
        zoned += timedelta(hours=clock.hour, minutes=clock.minute - (clock.zone or 0))
        return Moment(moment.day, zoned.astimezone(UTC), "second")
    return moment


# What makes the days of a sentence plans, deadlines, terms or invitations: anywhere in it, or before the day.
_PLANNED = regex.compile(
    r"\b(?:sẽ|dự kiến|sắp|tới đây|từ nay|hạn chót|thời hạn|hạn nộp|hết hạn|hạn cuối|chậm nhất|muộn nhất|hiệu lực"
    r"|kính mời|trân trọng mời|giấy mời|thư mời|mời thầu|mời chào|chuẩn bị (?:cho|tổ chức|đón))\b"
)
_PLANNED_BEFORE = regex.compile(
    # Not in the name of an office: `Phòng Kế hoạch tổng hợp thành lập ngày …`.
    r"\b(?:(?<!\b(?:phòng|ban|khoa|cục|vụ|sở|bộ) )kế hoạch|lịch|thông báo|đăng ký|áp dụng|thi hành|"
    r"hướng tới|tiến tới|phấn đấu|yêu cầu|thời gian\s*:)(?!\w)"
)
# Right before a day: it ends a span, or is celebrated and not lived through.
_NOT_THEN = regex.compile(
    r"(?:\b(?:đến|tới|trước|hết|sau|từ|nhất|nhất là|nhân|dịp|mừng|niệm)(?:\s+hết)?(?:\s+ngày)?"
    r"|\b(?:kỷ niệm|chào mừng|nhân dịp|lập thành tích)\b[^.;,:]{0,80})\s*[(“\"]?\s*$"
)
_SENTENCE_END = regex.compile(r"[.!?;…][”\"')]*\s+|\n")
_LABEL = regex.compile(
    r"\b(?:ngày|ngay|đăng|dang|cập|nhật|lúc|xuất|bản|publish(?:ed)?|date|posted|on|gmt|view|count|lượt|xem|số|bình|luận"
    r"|tin|viết|in|gửi|email|am|pm)\b|[\W\d_]+"
)


def latest_past_day(text: str) -> PastDay | None:
    """The latest day which the text itself speaks of as past: something happened, was founded, was signed.

    text     a bulletin's text; only whole days (day, month and year) count, of a range the last one
    returns  the lower bound of the publication day (`published_not_before`), or None. Left out, because they may lie
             after it: deadlines, plans and terms (`đến ngày`, `trước ngày`, `có hiệu lực từ`, `dự kiến`, `sẽ`), days
             that are celebrated (`22/12/1944 - 22/12/2023`), and datelines, labels and clocks that fill a line
    """
    mentions, _ = read_dates(text, None)
    if not mentions:
        return None
    spelled = plain(text)
    folded, offsets = spelled.low, spelled.offsets
    best: PastDay | None = None
    sentences: list[_Sentence] | None = None
    for mention in mentions:
        day = mention.end_date
        if day is None or not _whole_days(mention) or (best is not None and day <= best.day):
            continue
        start, end = mention.start, mention.end
        if offsets is not None:
            start, end = bisect_left(offsets, start), bisect_left(offsets, end)
        if " hết " in folded[start:end]:  # `từ ngày 31/8 đến hết ngày 3/9`: a term, however it is spoken of
            continue
        if sentences is None:
            sentences = _sentences(folded)
        sentence = sentences[bisect_right(sentences, start, key=lambda each: each.start) - 1]
        if not sentence.plans() and start < sentence.plans_from() and _happened(folded, start, end):
            best = PastDay(day, mention.start, mention.end, text[mention.start : mention.end])
    return best


class _Sentence:
    """A sentence of the folded text, asked once whether it plans: as a whole, and from which position on."""

    __slots__ = ("_folded", "_plans", "_plans_from", "end", "start")

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._folded, self.start, self.end = folded, start, end
        self._plans: bool | None = None
        self._plans_from: int | None = None

    def plans(self) -> bool:
        if self._plans is None:
            self._plans = _PLANNED.search(self._folded, self.start, self.end) is not None
        return self._plans

    def plans_from(self) -> int:
        if self._plans_from is None:
            match = _PLANNED_BEFORE.search(self._folded, self.start, self.end)
            self._plans_from = self.end if match is None else match.start()
        return self._plans_from


def _sentences(folded: str) -> list[_Sentence]:
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(folded)), len(folded) + 1]
    return [_Sentence(folded, start, end) for start, end in pairwise(ends)]


def _whole_days(mention: DateMention) -> bool:
    if mention.kind != "range":
        return mention.kind in {"date", "datetime"}
    first, last = mention.start_date, mention.end_date
    if first is None or last is None or mention.precision not in {"day", "minute", "second"}:
        return False
    return first == last or (first.day, first.month) != (last.day, last.month)  # the same day of two years: celebrated


def _happened(folded: str, start: int, end: int) -> bool:
    """Whether the day at folded[start:end] stands in a line that says more, and is no end of a span nor celebrated."""
    before = folded[max(0, start - 160) : start]
    line = before[before.rfind("\n") + 1 :] + " " + folded[end : end + 160].partition("\n")[0]
    return bool(_LABEL.sub("", line)) and _NOT_THEN.search(before) is None

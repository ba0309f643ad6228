"""When something happened, in the forms such offices use, at the start of a sentence and inside one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crawlers.newsroom.chance import Chance
from crawlers.newsroom.records import Fact

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PARTS = ("Sáng", "Chiều", "Sáng", "Chiều", "Tối")


@dataclass(frozen=True, slots=True)
class When:
    """text: as it opens a sentence, `Sáng 8-7`.  told: the days it names in full; None where the year is left out."""

    text: str
    start: date
    end: date
    told: date | None

    def fact(self) -> Fact:
        full = "yes" if self.told else "no"
        return Fact(
            "date", self.text, (("start", self.start.isoformat()), ("end", self.end.isoformat()), ("full", full))
        )


def formal(day: date) -> str:
    """`ngày 05 tháng 3 năm 2026`: Decree 30/2020 wants a zero before days under 10 and the months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


_FULL = ("{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0.day}-{0.month}-{0.year}", "{0:%d-%m-%Y}")


def full(day: date, rng: Chance) -> str:
    """A day with its year, without `ngày` before the numeric forms."""
    return rng.choice(_FULL).format(day)


def when(start: date, end: date, rng: Chance, yearly: float) -> When:
    """How the days of an event are told.

    yearly  share of forms that tell the year: high where the page itself shows no date
    """
    part = rng.choice(_PARTS)
    with_year = rng.random() < yearly
    if start != end:
        return _range(start, end, rng, with_year)
    short = rng.choice((f"{start.day}-{start.month}", f"{start.day}/{start.month}"))
    weekday = _WEEKDAYS[start.weekday()]
    if with_year:
        told = formal(start) if rng.random() < 0.33 else f"ngày {full(start, rng)}"
        text = rng.choice((f"{part} {told}", f"N{told[1:]}", f"{part} {weekday}, {told}", f"{part} {full(start, rng)}"))
        return When(text, start, end, start)
    text = rng.choice((f"{part} {short}", f"{part} ngày {short}", f"Ngày {short}", f"{part} {weekday}, {short}"))
    return When(text, start, end, None)


def _range(start: date, end: date, rng: Chance, with_year: bool) -> When:
    year = f"/{end.year}" if with_year else ""
    if start.month == end.month:
        joined = "và" if end - start == timedelta(days=1) else "đến"
        days = f"{start.day} {joined} {end.day}"
        opening = "Trong hai ngày" if joined == "và" else "Từ ngày"
        if not with_year and rng.random() < 0.5:
            return When(f"{opening} {days}-{end.month}", start, end, None)
        return When(f"{opening} {days}/{end.month}{year}", start, end, end if with_year else None)
    text = f"Từ ngày {start.day}/{start.month} đến {end.day}/{end.month}{year}"
    return When(text, start, end, end if with_year else None)

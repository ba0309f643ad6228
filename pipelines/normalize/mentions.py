"""What normalization finds in a bulletin: values with the place they were read from. Standard library only.

Places: `line_no` is that of `bulletin_line`; `start`, `end` are code points into the text of that line as given, end
exclusive. Days are calendar days in Vietnam. Unknown is None, never a guess.

Longer than most: the words of the field, each defined once, in the order in which they build on each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipelines.values import value

ZONES = ("title", "lead", "body", "caption", "byline")


class TextLine(NamedTuple):
    """A line of a bulletin that tells something. zone: one of ZONES, the line's role."""

    line_no: int
    zone: str
    text: str


@dataclass(frozen=True, slots=True)
class BulletinText:
    """All that normalization asks of one version of a bulletin.

    lines          those of title, lead, body, captions and byline, in page order
    published_on   None where the page shows no date
    updated_on     day of the publisher's own last change, where the page says that alone
    anchor         day that dates without a year are counted from: published_on, else updated_on, else None
    agency_prefix  e.g. `QK2`
    publisher, sphere  of its source, e.g. `Báo Quân khu 2`, `army`
    authors, photographers  of the byline
    """

    lines: tuple[TextLine, ...]
    published_on: date | None = None
    agency_prefix: str | None = None
    publisher: str = ""
    sphere: str | None = None
    authors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    updated_on: date | None = None

    @property
    def anchor(self) -> date | None:
        return self.published_on or self.updated_on


@value
class Quantity:
    """A number with what it counts or measures (reference/vi README, number_forms.tsv).

    value      negative for `giảm`; of a vague one its floor
    value_max  upper end of a range; of `9/10` the 10
    unit       percent, VND, USD, ha, m3, kg, times, ordinal, ratio … or the counted noun's unit; '' where none
    counts     what is counted, as written; ''
    qualifier  eq, gt, lt, approx, range, of, change_up, change_down, multiplier, vague
    """

    value: float
    value_max: float | None
    unit: str
    counts: str
    qualifier: str
    start: int
    end: int


@value
class DocumentMention:
    """An official document as a text names it (reference/vi/document_types.tsv).

    document_type  canonical, e.g. `Nghị quyết`
    number         as printed, without `số` and blanks: `623`, `1658-NQ/QUTW`, `147/2006/QĐ-TTg`; None: named by its
                   title only (`Đề án “…”`) or by its issuer and day
    issuer         words as printed after it: `Quân ủy Trung ương`, `Thủ tướng Chính phủ`; or what the number's letters
                   say (`QĐ-TTg`); None
    issued_on      `ngày 20/10/2006` right behind it; None
    subject        `về công tác hậu cần …` up to the end of the phrase, or the quoted title; None
    """

    document_type: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    subject: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProgrammeMention:
    """A programme, campaign or slogan by its name, without the quotes. kind: programme, campaign, slogan."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A stretch of time a text reports on. kind: half, quarter, year, years, term, school_year, months, decade …"""

    kind: str
    start_date: date | None
    end_date: date | None
    start: int
    end: int


@value
class Organization:
    """An organization as one bulletin knows it.

    name         canonical: in full, abbreviations expanded, as organizations write themselves (`Cục Quân y`)
    parent       name of the organization it belongs to, where the text or the tables say so; itself in the bulletin's
                 list of organizations
    abbreviation, unit_code  as defined in the text or known: `TCHC`; `H06`
    kind         head word's class: ministry, general department, department, office, command, military region, corps,
                 division, brigade, regiment, battalion, company (of soldiers), hospital, school, institute, ward,
                 party, government, mass, enterprise, press, emulation, committee, police, post, other
    sphere       army, police, health, state, party, mass …; None
    military_region  `1` to `9` where it belongs to one or is one; None
    """

    name: str
    parent: str | None = None
    abbreviation: str | None = None
    unit_code: str | None = None
    kind: str = "other"
    sphere: str | None = None
    military_region: str | None = None


@value
class OrganizationMention:
    """One place where a bulletin names an organization.

    index    of the organization in `Organizations.found`
    surface  the words of the line, `text[start:end]`
    kind     name, abbreviation, unit_code, alias (`Quân khu`, `bệnh viện` for the one spoken of)
    """

    index: int
    line_no: int
    start: int
    end: int
    surface: str
    zone: str
    kind: str


@dataclass(frozen=True, slots=True)
class Organizations:
    """The organizations of one bulletin, in order of first mention, and their mentions in order of place.

    A mention may stand inside a longer one: in `Cục Hậu cần Quân khu 7` also `Quân khu 7`.
    """

    found: tuple[Organization, ...] = ()
    mentions: tuple[OrganizationMention, ...] = ()


@value
class Person:
    """A person as one bulletin knows them. name: in full, capitals resolved: `VŨ HẢI` → `Vũ Hải`."""

    name: str


@value
class PersonMention:
    """One place where a bulletin names a person.

    index    of the person in `People.found`
    start, end  with rank, titles and name; of a title-only mention its words (`đồng chí Chủ nhiệm TCHC`)
    kind     full, short (`Đại tá Dũng`), title_only, author, photographer
    rank     canonical as in reference/vi/ranks.tsv, as this mention gives it; None
    title    academic and other titles, canonical, joined by `, `; None
    """

    index: int
    line_no: int
    start: int
    end: int
    surface: str
    zone: str
    kind: str
    rank: str | None = None
    title: str | None = None


@value
class Position:
    """A post a bulletin gives a person.

    index         of the person
    position      canonical as in reference/vi/positions.tsv: `Phó Chủ nhiệm Hậu cần`, `Trưởng phòng`
    organization  index into `People.organizations.found`; None: the text names none that is known
    rank          the person's at that mention
    status        current, acting (quyền, phụ trách), former (nguyên), appointed (to be, from a decision told)
    """

    index: int
    position: str
    organization: int | None
    rank: str | None
    status: str
    line_no: int


@dataclass(frozen=True, slots=True)
class People:
    """The people of one bulletin, in order of first mention; mentions and positions in order of place.

    organizations  those that positions point into: the ones found by name, behind them committees and offices that only
                   posts tell of (`Bí thư Đảng ủy, Giám đốc Công an tỉnh`)
    """

    found: tuple[Person, ...] = ()
    mentions: tuple[PersonMention, ...] = ()
    positions: tuple[Position, ...] = ()
    organizations: Organizations = Organizations()


@value
class Participant:
    """Somebody at an event. Exactly one of person and organization (indexes) is given.

    role  chair (chủ trì), attend (dự), report (trình bày báo cáo), speak (phát biểu), conclude (kết luận), receive …
    """

    person: int | None
    organization: int | None
    role: str
    line_no: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something a bulletin reports as held or done.

    event_type   `event_type` of reference/vi/event_types.tsv: `hội nghị tổng kết`
    subtype      a second type told in one breath (tổng kết … triển khai …); None
    topic        what it was about, as written; None
    start_date, end_date, precision, part_of_day  as in DateMention; None where no date is told
    date_basis   text: the line's own date; published: counted from the day of publication; None
    place        as written after `tại`; None
    mode         in_person, online, hybrid; None: not told
    organizer    index of the organization; None
    """

    event_type: str
    subtype: str | None
    topic: str | None
    start_date: date | None
    end_date: date | None
    precision: str | None
    part_of_day: str | None
    date_basis: str | None
    place: str | None
    mode: str | None
    organizer: int | None
    participants: tuple[Participant, ...]
    line_no: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Award:
    """Something given to groups and people.

    award      `Bằng khen`, `Giấy khen`, `Huân chương Bảo vệ Tổ quốc hạng Nhì`, `danh hiệu …`
    giver      index of the organization; None
    groups, persons  how many; None: not told
    person, organization  indexes of the one it was given to, where one is named
    status     given, proposed
    """

    award: str
    giver: int | None
    groups: int | None
    persons: int | None
    person: int | None
    organization: int | None
    status: str
    line_no: int
    start: int
    end: int

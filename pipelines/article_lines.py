"""Every line of a page gets its role: what the article says, what is junk inside it, what is furniture around it.

One file: a single pass down the article's lines, whose rules look at the roles given just before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_head import is_clock, is_dated_stamp, is_stamp, looks_dated, read_stamp, refused_date
from pipelines.article_signs import Signs
from pipelines.article_title import has_key, key
from pipelines.blocks import BlockLine, PageText
from pipelines.bylines import is_full_name
from pipelines.captions import wording
from pipelines.date_lines import DateLines
from pipelines.families.family import Family
from pipelines.line_rules import matches, rule_for
from pipelines.prose import Weights
from pipelines.records import Candidate
from pipelines.text import tidy_line

_TAG_LABEL = re.compile(r"^(?:Từ khóa|Từ khoá|Tags?|Chủ đề)\s*:?\s*", re.IGNORECASE)
_TAG_SEPARATOR = re.compile(r"\s*[,;|#]\s*")
_ENDS_ARTICLE = frozenset(("comments", "related", "aside", "footer", "nav", "popup", "form"))
_NOT_BESIDE_TITLE = frozenset(("nav", "related", "comments", "aside", "header"))
_HEAD_LINES = 6
_TAIL_LINES = 12
_MAX_OUTSIDE_DATES = 6
_MAX_TAG_LINKS = 100
_NO_CAPTIONS = ("J31", "J51")
Role = tuple[str, str, bool]


@dataclass(slots=True)
class Told:
    """roles: (role, rule, inside) of each line.  near: which kinds of line stand beside the title, for classifying."""

    roles: list[Role]
    candidates: list[Candidate] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    near: set[str] = field(default_factory=set)

    def count(self, role: str) -> int:
        return sum(1 for found in self.roles if found[0] == role and found[2])


def _linked_parts(links: list[str], text: str) -> list[str]:
    """The links a line consists of, in order; none where anything but separators stands beside them."""
    found, rest = [], text
    for tag in filter(None, links):  # links around pictures or invisible characters say nothing
        before, there, after = rest.partition(tag)
        if there and not before.strip(" ,;|#•-"):
            found.append(tag.strip(" ,;|#"))
            rest = after
    return [] if rest.strip(" ,;|#•-.") else found


class ArticleLines:
    """One pass over a page whose article has been placed. `read` gives the outcome."""

    def __init__(
        self,
        page: PageText,
        weights: Weights,
        place: Place,
        family: Family | None,
        fetched_at: datetime,
        fixed: dict[int, tuple[str, str]],
    ) -> None:
        self.page, self.weights, self.place, self.family = page, weights, place, family
        self.fetched_at, self.fixed = fetched_at, fixed
        self.signs = Signs(page, weights, place, family)
        self.dates = DateLines(page, place, family, fetched_at)
        self.told = Told([("", "", False)] * len(page.lines))
        self.title = key(page.text_of(place.title)) if place.title else ""
        self.captions: set[str] = set()
        self.links: dict[HtmlElement, list[str]] = {}

    def read(self) -> Told:
        place, told = self.place, self.told
        start, end = place.body
        top = place.title[0] if place.title else start
        for at, (role, rule) in self.fixed.items():
            told.roles[at] = (role, rule, True)
            if role == "caption":
                self.captions.add(key(self.page.lines[at].text))
        if place.title:
            for at in range(*place.title):
                self._set(at, "title", place.title_how)
        above = max(place.scope[0], top - _HEAD_LINES)
        if above == top and top and is_dated_stamp(self.page.lines[top - 1].text):
            above -= 1  # Blogger prints the day above the box of the post
        for at in range(above, top):
            self._head_line(at, before_title=True)
        after = place.title[1] if place.title else start
        first = self._between(after, start)
        self._body(max(first, start), end)
        self._tail(end)
        self._close_gaps()
        self._outside()
        return told

    def _set(self, at: int, role: str, rule: str) -> None:
        if not self.told.roles[at][0]:
            self.told.roles[at] = (role, rule, True)

    def _junk(self, at: int, rule: str) -> None:
        """Junk of the article; readers' comments are furniture wherever they stand: they are stored in no table."""
        if rule == "comments":
            self.told.roles[at] = ("furniture", rule, False)
            return
        if rule == "J26":
            self._tags(self.page.lines[at])
        self._set(at, "junk", rule)

    def _head_line(self, at: int, before_title: bool) -> bool:
        """A line beside the title, if it is one we know: date, counter, credit line, section."""
        line = self.page.lines[at]
        text = line.text
        if self.told.roles[at][0]:
            return True
        if looks_dated(text) and is_clock(text, before_title, self.fetched_at):
            self._refuse(at, "a site's clock, not a publication date")
            return False
        if before_title and self.signs.foreign(at) & _NOT_BESIDE_TITLE:
            return False
        if line.linked and not before_title and self.signs.is_linked_author(line):
            self._set(at, "byline", "linked-author")
            return True
        if line.linked and not (is_stamp(text) and (not before_title or self.signs.has(line, "published"))):
            return False  # but some themes link a page's day to the page itself, or to the archive of that day
        if changed := self.dates.last_change(line):
            self._set(at, "junk", "update-box")
            self.told.candidates += changed
            self.told.near.add("updated")
            return True
        believed = self.signs.is_date_box(line)
        clock = self.dates.clock_beside(at)
        if counted := self.dates.counter(at):
            self._set(at, "view_count", "counter-box")
            self.told.candidates.append(counted)
            self.told.near.add("view_count")
            return True
        stamp = read_stamp(
            f"{text} {self.page.lines[clock].text}" if clock is not None else text,
            self.fetched_at,
            35 if before_title else 30,
            believed,
        )
        if before_title and stamp is not None and self.dates.may_be_clock(at, stamp):
            self._refuse(at, "above the title, of the day the page was fetched: may be the site's clock")
            return False
        if stamp is not None:
            self._set(at, stamp.role, stamp.rule)
            if clock is not None:
                self._set(clock, stamp.role, "clock-beside-date")
            self.told.candidates += stamp.candidates
            self.told.near.add("updated" if stamp.rule == "J08" else stamp.role)
            if stamp.role == "published":
                self.told.candidates += self.dates.machine_time(line, "published_on")
            return True
        if before_title or self.signs.is_picture_text(line):
            return False
        return self._credit(at, named_only=True) or self._name_beside_date(at)

    def _name_beside_date(self, at: int) -> bool:
        """A person's name in the row of the date, with no label."""
        line = self.page.lines[at]
        around = line.block.getparent()
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(self.page.lines)]
        row = around is not None and any(
            around in (self.page.lines[i].block, self.page.lines[i].block.getparent())
            and is_dated_stamp(self.page.lines[i].text)
            for i in beside
        )
        if not row or not is_full_name(line.text):
            return False
        self._set(at, "byline", "name-beside-date")
        return True

    def _between(self, after: int, start: int) -> int:
        """Lines from the title to the first paragraph, whether the body's element starts before or after them."""
        place = self.place
        at = after
        while at < place.body[1]:
            line = self.page.lines[at]
            text = line.text
            if not self._head_line(at, before_title=False):
                if self.title and has_key(text, self.title):
                    self._set(at, "junk", "repeated-title")
                elif self.signs.is_figure_text(line) or self.signs.in_picture_box(line):
                    self._caption(at)
                elif lead := self.signs.lead_rule(at, at < start):
                    self._set(at, "lead", lead)
                elif self.signs.is_caption(at):
                    self._caption(at)
                elif at >= start:
                    rule = self.signs.junk_rule(at)
                    if rule is None or rule.startswith("related"):
                        break
                    self._junk(at, rule)
            at += 1
        named = [i for i in range(after, at) if self.told.roles[i][:2] == ("lead", "lead-block")]
        for i in range(after, named[0] if named else after):
            if self.told.roles[i][:2] == ("lead", "between-title-and-body"):  # the markup calls another line the lead
                self.told.roles[i] = ("junk", "subtitle", True)
        return at

    def _body(self, first: int, end: int) -> None:
        page = self.page
        after_residue = related = captioned = False
        paragraphs = 0
        for at in range(first, end):
            line = page.lines[at]
            if self.told.roles[at][0]:
                related = False
                if self.told.roles[at][0] == "caption":  # by the layout: what the residue announced has come
                    after_residue = False
                continue
            rule = self.signs.junk_rule(at)
            dated = looks_dated(line.text) and (len(line.text) < 60 or line.link_chars)
            if related and (line.linked or rule or dated):
                self._set(at, "junk", rule or "related-link")
                continue
            related = False
            if rule in ("J24", "J40"):
                related = True
            if rule is not None:
                self._junk(at, rule)
                after_residue = after_residue or rule == "J02"
                continue
            if paragraphs < 2 and self.title and has_key(line.text, self.title):
                self._set(at, "junk", "repeated-title")
                continue
            alone = self.signs.follows_picture_alone(at)
            if after_residue or self.signs.is_caption(at) or (alone and captioned):
                self._caption(at, "C07" if after_residue else None)
                captioned = captioned or alone
                after_residue = False
                continue
            if paragraphs == 0 and (lead := self.signs.lead_rule(at, outside_body=False)):
                self._set(at, "lead", lead)
                continue
            if self._credit(at, named_only=True):
                continue
            self._set(at, "body", f"{self.place.how}:{line.block.tag}")
            paragraphs += 1
        self._end_credits(first, end)

    def _caption(self, at: int, rule: str | None = None) -> None:
        text = self.page.lines[at].text
        if (label := rule_for(text, _NO_CAPTIONS)) is not None:
            self._set(at, "junk", label.id)
        elif (said := key(text)) in self.captions:
            self._set(at, "junk", "repeated-caption")
        else:
            self.captions.add(said)
            self._set(at, "caption", rule or wording(text) or self._caption_rule(at))

    def _caption_rule(self, at: int) -> str:
        element = self.page.lines[at].element
        return (
            "figcaption" if element.tag == "figcaption" or element.getparent().tag == "figcaption" else "caption-block"
        )

    def _credit(self, at: int, named_only: bool) -> bool:
        """Gives a credit line its role; the account that typed the page in is junk."""
        rule = self.signs.credit_rule(at, named_only)
        if rule is not None:
            self._set(at, "junk" if rule == "cms-account" else "byline", rule)
        return rule is not None

    def _end_credits(self, first: int, end: int) -> None:
        """The last paragraphs may be credit lines (`Tin, ảnh: …`); going up, the first that is none ends them."""
        seen = 0
        for at in range(end - 1, first - 1, -1):
            role = self.told.roles[at][0]
            if role in ("junk", "caption"):
                continue
            if role == "byline":
                seen += 1
                continue
            if role != "body" or seen >= 4:
                return
            self.told.roles[at] = ("", "", False)
            if not self._credit(at, named_only=False):
                self.told.roles[at] = (role, f"{self.place.how}:{self.page.lines[at].block.tag}", True)
                return
            seen += 1

    def _tail(self, end: int) -> None:
        """Lines after the body, in the same article: credits, tags, a labelled date. A list or comments end it.

        Below the element that holds title and body only credit lines with a label are the article's, and only as long
        as nothing else came: some templates close that element before they print who wrote.
        """
        next_credit = self.place.scope[1]
        for at in range(end, min(len(self.page.lines), end + _TAIL_LINES)):
            line = self.page.lines[at]
            kinds = self.signs.foreign(at)
            if at == next_credit and not kinds and not line.linked:
                next_credit += self.signs.is_labelled_credit(line) and self._credit(at, named_only=True)
            if "tags" in kinds or self.signs.is_tags(line):
                self._tags(line)
                self._set(at, "junk", "J26")
                continue
            if at >= self.place.scope[1] and "form" not in kinds:
                if at < next_credit:
                    continue
                if kinds or line.linked:
                    return
                continue
            if kinds & _ENDS_ARTICLE or matches("J24", line.text):
                return
            if self.signs.has(line, "related") or (line.linked and len(line.text) > 40):
                return
            if self.signs.is_caption(at) and "figcaption" in (line.element.tag, line.block.tag):
                self._caption(at)
                continue
            if looks_dated(line.text):
                stamp = read_stamp(line.text, self.fetched_at, 40, believed=False)
                if stamp is not None and stamp.rule != "date-line":
                    self._set(at, stamp.role, stamp.rule)
                    self.told.candidates += stamp.candidates
                continue
            if not kinds and not line.linked and not self._credit(at, named_only=at > end + 2):
                stamp = read_stamp(line.text, self.fetched_at, 40, believed=False)
                if stamp is not None and stamp.role == "view_count":
                    self._set(at, stamp.role, stamp.rule)
                    self.told.candidates += stamp.candidates

    def _tags(self, line: BlockLine) -> None:
        if self.told.tags and line.text in self.told.tags:
            return
        text = _TAG_LABEL.sub("", line.text)
        if line.block not in self.links:
            links = islice(line.block.iter("a"), _MAX_TAG_LINKS)
            self.links[line.block] = [tidy_line(link.text_content()) for link in links]
        parts = _linked_parts(self.links[line.block], text) or _TAG_SEPARATOR.split(text)
        self.told.tags += [part for part in parts if 2 <= len(part) <= 60]

    def _close_gaps(self) -> None:
        """Lines from the title to the end of the body without a role are its junk, by what they look like."""
        roles = self.told.roles
        start = self.place.title[0] if self.place.title else self.place.body[0]
        for at in range(start, self.place.body[1]):
            if not roles[at][0]:
                text = self.page.lines[at].text
                kinds = sorted(self.signs.foreign(at))
                found = rule_for(text) if len(text) < 200 else None
                roles[at] = ("junk", found.id if found else f"{kinds[0]}-block" if kinds else "around-title", True)

    def _outside(self) -> None:
        """Everything else is furniture; its dates are kept as refused candidates."""
        roles = self.told.roles
        refused, mark, kind = 0, None, None
        for at, line in enumerate(self.page.lines):
            if roles[at][0]:
                continue
            if line.mark is not mark:  # most lines stand in the box that the line before stands in
                mark = line.mark
                kind = self.weights.kind(mark)
            found = rule_for(line.text) if kind is None and len(line.text) < 200 else None
            roles[at] = ("furniture", kind or (found.id if found else "outside-article"), False)
            if refused < _MAX_OUTSIDE_DATES and looks_dated(line.text):
                refused += 1
                kinds = self.weights.kinds(line.mark)
                where = "footer" if "footer" in kinds else "header" if "header" in kinds else "outside the article"
                self._refuse(at, f"stands in the {where}" if where != "outside the article" else f"stands {where}")

    def _refuse(self, at: int, reason: str) -> None:
        text = self.page.lines[at].text
        shown = text[:300]
        if not any(c.refused == reason and c.evidence == shown for c in self.told.candidates):
            self.told.candidates.append(refused_date(text, reason, self.fetched_at))

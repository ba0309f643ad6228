"""Every line of a page gets its role: what the article says, what is junk inside it, what is furniture around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import regex
from lxml.html import HtmlElement

from pipelines.article import Place, Weights, foreign, key, tokens
from pipelines.article_head import is_clock, looks_dated, read_stamp, refused_date
from pipelines.blocks import BlockLine, Mark, PageText, names_of
from pipelines.bylines import credit_rule
from pipelines.captions import wording
from pipelines.families.family import Family
from pipelines.line_rules import matches, rule_for
from pipelines.metadata import is_cms_account
from pipelines.records import Candidate

_LEAD = regex.compile(
    r"sapo|\blead\b|hometext|\bsummary\b|post-summary|detail-des|\bdes(?:news)?\b|\bdescription\b|news-des|\bintro\b|introtext"
    r"|trich-?_?(?:dan|yeu)|tom-?_?tat|box-des|chapeau|article-?brief|leaddetail|excerpt|mo-?ta\b",
    regex.IGNORECASE,
)
_CAPTION = regex.compile(
    r"caption|alt_imgeditor|\bimage\b|img-title|img-?desc|image-?desc|desc-?img|chu-?thich|note-?img|photo-?desc|img_?note",
    regex.IGNORECASE,
)
_BYLINE = regex.compile(
    r"author|tac-?_?gia|byline|\bactor\b|wd-actor|\bnguon\b|\bsource\b|but-?danh|nguoi-?viet|people-?post",
    regex.IGNORECASE,
)
_DATE = regex.compile(r"date|time|ngay|publish|subinfo|posted|detail-timer", regex.IGNORECASE)
_JUNK_MARKS = frozenset(
    "related share ads comments rating nav tags hidden popup footer header breadcrumb form aside".split()
)
_ALWAYS_JUNK = ("J16", "J17", "J18", "J19", "J20", "J22", "J29", "J30", "J31")
_ATTACHED = regex.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|odt|ods)(?:[?#]|$)|/documents?/|download|attach", regex.IGNORECASE
)
_TAG_LABEL = regex.compile(r"^(?:Từ khóa|Từ khoá|Tags?|Chủ đề)\s*:?\s*", regex.IGNORECASE)
_CREDIT_LABEL = regex.compile(
    r"^(?:(?:Tác giả(?: bài viết)?|Nguồn(?: tin)?|Người viết|Người đăng)\s*:|(?:Viết bởi|Đăng bởi|Written by|Posted by)\b:?)"
    r"\s*(?P<who>.*)$",
    regex.IGNORECASE,
)
_RIGHT = regex.compile(r"text-align\s*:\s*right|text-right", regex.IGNORECASE)
_MAX_OUTSIDE_DATES = 6
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
        self.page, self.weights, self.place, self.family, self.fetched_at = page, weights, place, family, fetched_at
        self.fixed = fixed
        self.told = Told([("", "", False)] * len(page.lines))
        self.title = key(page.text_of(place.title)) if place.title else ""
        self.captions: set[str] = set()
        self.images = set(page.images)
        self._wide: dict[int, bool] = {}

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
        for at in range(max(place.scope[0], top - 6), top):
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

    def _foreign(self, at: int) -> frozenset[str]:
        return foreign(self.page, self.weights, self.page.lines[at].mark, self.place.body)

    def _head_line(self, at: int, before_title: bool) -> bool:
        """A line beside the title, if it is one we know: date, counter, credit line, section."""
        line = self.page.lines[at]
        text = line.text
        if self.told.roles[at][0]:
            return True
        if looks_dated(text) and is_clock(text, before_title, self.fetched_at):
            self._refuse(at, "a site's clock, not a publication date")
            return False
        if (before_title and self._foreign(at) & {"nav", "related", "comments", "aside", "header"}) or line.linked:
            return False
        believed = any(_DATE.search(names) for names in self._names_above(line, 3)) and looks_dated(text)
        stamp = read_stamp(text, self.fetched_at, 30, believed)
        if stamp is not None:
            self._set(at, stamp.role, stamp.rule)
            self.told.candidates += stamp.candidates
            self.told.near.add(stamp.role)
            return True
        if not before_title and self._is_credit(at, named_only=True):
            return True
        return False

    def _between(self, after: int, start: int) -> int:
        """Lines from the title to the first paragraph, whether the body's element starts before or after them."""
        place = self.place
        at = after
        while at < place.body[1]:
            line = self.page.lines[at]
            text = line.text
            if not self._head_line(at, before_title=False):
                if self.title and key(text) == self.title:
                    self._set(at, "junk", "repeated-title")
                elif lead := self._lead_rule(at, at < start):
                    self._set(at, "lead", lead)
                elif self._is_caption(at):
                    self._caption(at)
                elif at >= start:
                    rule = self._junk_rule(at)
                    if rule is None or rule.startswith("related"):
                        break
                    self._set(at, "junk", rule)
            at += 1
        return at

    def _lead_rule(self, at: int, outside_body: bool) -> str | None:
        """Why a line is a lead printed as its own block, or None."""
        line = self.page.lines[at]
        if line.linked or len(line.text) < 20:
            return None
        if any(_LEAD.search(names) for names in self._names_above(line, 4)) or self._has(line, "lead"):
            return "lead-block"
        if outside_body and len(line.text) >= 60 and self.place.title is not None and not self._foreign(at):
            return "between-title-and-body"
        return None

    def _names_above(self, line: BlockLine, most: int) -> Iterator[str]:
        """Classes and ids of the elements around a line, below the article's element; not of wide ones."""
        element: HtmlElement | None = line.element
        for _ in range(most):
            if element is None or element is self.place.container or element.tag in ("body", "html"):
                return
            span = self.page.spans.get(element)
            if span is not None and (span[1] - span[0] > 6 or span[1] > self.place.body[1] > span[0]):
                return
            if names := names_of(element):
                yield names
            if element.get("itemprop") == "description":
                yield "description"
            element = element.getparent()

    def _has(self, line: BlockLine, what: str) -> bool:
        """Whether the family's names say this of an element around the line."""
        if self.family is None:
            return False
        wanted: frozenset[str] = getattr(self.family, what)
        element: HtmlElement | None = line.element
        for _ in range(5):
            if element is None or element is self.place.container:
                return False
            if wanted and not wanted.isdisjoint(tokens(element)):
                return True
            element = element.getparent()
        return False

    def _body(self, first: int, end: int) -> None:
        page = self.page
        after_residue = related = False
        paragraphs = 0
        for at in range(first, end):
            line = page.lines[at]
            if self.told.roles[at][0]:
                related = False
                continue
            rule = self._junk_rule(at)
            if related and (line.linked or rule or looks_dated(line.text) and len(line.text) < 60):
                self._set(at, "junk", rule or "related-link")
                continue
            related = False
            if rule == "J24":
                related = True
            if rule is not None:
                self._set(at, "junk", rule)
                after_residue = after_residue or rule == "J02"
                continue
            if paragraphs < 2 and self.title and key(line.text) == self.title:
                self._set(at, "junk", "repeated-title")
                continue
            if after_residue or self._is_caption(at):
                self._caption(at, "C07" if after_residue else None)
                after_residue = False
                continue
            if paragraphs == 0 and (lead := self._lead_rule(at, outside_body=False)):
                self._set(at, "lead", lead)
                continue
            if self._is_credit(at, named_only=True):
                continue
            self._set(at, "body", f"{self.place.how}:{line.block.tag}")
            paragraphs += 1
        self._end_credits(first, end)

    def _junk_rule(self, at: int) -> str | None:
        """Why a line inside the article's element is no part of the article, or None."""
        line = self.page.lines[at]
        text = line.text
        if matches("J26", text):
            self._tags(line)
            return "J26"
        if kind := self._mark_below(line.mark):
            if kind == "tags":
                self._tags(line)
            return {"related": "related-block", "tags": "J26"}.get(kind, f"{kind}-block")
        if self._has(line, "related"):
            return "related-block"
        if len(text) > 300:
            return None
        for rule_id in ("J01", "J02", "J33", "J05", "J06"):
            if matches(rule_id, text):
                return rule_id
        if is_cms_account(text):
            return "cms-account"
        if found := rule_for(text, _ALWAYS_JUNK):
            return found.id
        if matches("J24", text) and (line.block.tag not in ("td",) or line.link_chars):
            return "J24"
        if line.link_chars and matches("J25", text):
            return "J25"
        if (line.linked or line.block.tag in ("button", "li")) and (found := rule_for(text, ("J23", "J28", "J21"))):
            return found.id
        if (
            line.linked
            and len(text) >= 25
            and not _ATTACHED.search(line.href)
            and line.block.tag in ("li", "h2", "h3", "h4")
        ):
            return "related-link"
        return None

    def _mark_below(self, mark: Mark | None) -> str | None:
        """The outermost mark inside the article's element that makes its content junk."""
        found = None
        start, end = self.place.body
        while mark is not None:
            span = self.page.spans.get(mark.element)
            if mark.element is self.place.container or (span is not None and span[0] <= start and end <= span[1]):
                break
            if mark.kind in _JUNK_MARKS and not self._is_wide(mark, span):
                found = mark.kind
            mark = mark.parent
        return found

    def _is_wide(self, mark: Mark, span: tuple[int, int] | None) -> bool:
        """A mark around a large part of the prose is a page builder's wrapper, not a box: `elementor-widget`."""
        if span is None:
            return False
        known = self._wide.get(id(mark))
        if known is None:
            weight = self.weights.chars_between(span)
            linked = sum(line.link_chars for line in self.page.lines[span[0] : span[1]])
            body = self.weights.chars_between(self.place.body)
            known = weight > 0.4 * body and linked < 0.5 * weight and mark.kind not in ("comments", "hidden", "popup")
            self._wide[id(mark)] = known
        return known

    def _is_caption(self, at: int) -> bool:
        line = self.page.lines[at]
        if line.linked and not line.href.startswith("#") and len(line.text) > 40:
            return False
        element: HtmlElement | None = line.element
        for _ in range(6):
            if element is None or element is self.place.container:
                break
            if element.tag in ("figcaption", "caption"):
                return True
            element = element.getparent()
        if any(_CAPTION.search(names) for names in self._names_above(line, 4)) and len(line.text) <= 600:
            return True
        if at not in self.images:
            return False
        return self._under_picture(line)

    def _under_picture(self, line: BlockLine) -> bool:
        """The first line after a picture: in the table cell below it, credited, worded as a caption, or all in italics."""
        text = line.text
        if len(text) > 320:
            return False
        row = line.block if line.block.tag == "tr" else line.block.getparent()
        if line.block.tag in ("td", "tr", "p", "div"):
            while row is not None and row.tag not in ("tr", "body") and row is not self.place.container:
                row = row.getparent()
            before = row.getprevious() if row is not None and row.tag == "tr" else None
            cell = row.find("td") if row is not None and row.tag == "tr" else None
            if before is not None and before.find(".//img") is not None and before not in self.page.spans:
                return True
            if cell is not None and row in self.page.spans and cell.find(".//img") is not None:
                span = self.page.spans[row]
                if span[1] - span[0] == 1:
                    return True
        if wording(text) is not None:
            return True
        return len(text) <= 220 and self._wrapped(line, ("em", "i")) and self._wrapped(line, ("em", "i"), whole=True)

    def _wrapped(self, line: BlockLine, tags: tuple[str, ...], whole: bool = False) -> bool:
        """Whether the line's first text (whole: the only element of its block) stands in one of these elements."""
        element: HtmlElement | None = line.element
        while element is not None and element is not line.block:
            if element.tag in tags:
                return not whole or not (element.tail or "").strip()
            element = element.getparent()
        return False

    def _caption(self, at: int, rule: str | None = None) -> None:
        text = self.page.lines[at].text
        if matches("J31", text):
            self._set(at, "junk", "J31")
        elif key(text) in self.captions:
            self._set(at, "junk", "repeated-caption")
        else:
            self.captions.add(key(text))
            self._set(at, "caption", rule or wording(text) or self._caption_rule(at))

    def _caption_rule(self, at: int) -> str:
        element = self.page.lines[at].element
        return (
            "figcaption" if element.tag == "figcaption" or element.getparent().tag == "figcaption" else "caption-block"
        )

    def _is_credit(self, at: int, named_only: bool) -> bool:
        """Gives a credit line its role. named_only: only where markup or a label says so, not from its look."""
        line = self.page.lines[at]
        text = line.text
        if len(text) > 160 or looks_dated(text) and not _CREDIT_LABEL.match(text):
            return False
        named = self._has(line, "byline") or any(_BYLINE.search(names) for names in self._names_above(line, 3))
        label = _CREDIT_LABEL.match(text)
        if not named and not label and named_only:
            return False
        who = label["who"] if label else text
        if is_cms_account(who):
            self._set(at, "junk", "cms-account")
            return True
        rule = credit_rule(text)
        if named and len(text) <= 100 and not text.endswith((".", ":")) or label:
            self._set(at, "byline", rule or ("credit-label" if label else "byline-block"))
            return True
        if rule is None or named_only:
            return False
        if rule in ("bare-name", "J14") and not (self._stands_apart(line) or rule == "J14"):
            return False
        self._set(at, "byline", rule)
        return True

    def _stands_apart(self, line: BlockLine) -> bool:
        """Set apart from the prose: aligned right, or bold or italic as a whole."""
        element: HtmlElement | None = line.element
        for _ in range(4):
            if element is None or element is self.place.container:
                return False
            if element.tag in ("strong", "b", "em", "i") and not (element.tail or "").strip():
                return True
            if (element.get("align") or "").lower() == "right" or _RIGHT.search(
                f"{element.get('style') or ''} {element.get('class') or ''}"
            ):
                return True
            element = element.getparent()
        return False

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
            if not self._is_credit(at, named_only=False):
                self.told.roles[at] = (role, f"{self.place.how}:{self.page.lines[at].block.tag}", True)
                return
            seen += 1

    def _tail(self, end: int) -> None:
        """Lines after the body, in the same article: credits, tags, a labelled date. A list or comments end it."""
        for at in range(end, min(len(self.page.lines), end + 12)):
            line = self.page.lines[at]
            kinds = self._foreign(at)
            if "tags" in kinds or matches("J26", line.text):
                self._tags(line)
                self._set(at, "junk", "J26")
                continue
            if at >= self.place.scope[1] and "form" not in kinds:
                if kinds or line.linked:
                    return
                continue
            if kinds & {"comments", "related", "aside", "footer", "nav", "popup", "form"} or matches("J24", line.text):
                return
            if self._has(line, "related") or (line.linked and len(line.text) > 40):
                return
            if self._is_caption(at) and "figcaption" in (line.element.tag, line.block.tag):
                self._caption(at)
                continue
            if looks_dated(line.text):
                stamp = read_stamp(line.text, self.fetched_at, 40, believed=False)
                if stamp is not None and stamp.rule != "date-line":
                    self._set(at, stamp.role, stamp.rule)
                    self.told.candidates += stamp.candidates
                continue
            if not kinds and not line.linked and not self._is_credit(at, named_only=at > end + 2):
                stamp = read_stamp(line.text, self.fetched_at, 40, believed=False)
                if stamp is not None and stamp.role == "view_count":
                    self._set(at, stamp.role, stamp.rule)
                    self.told.candidates += stamp.candidates

    def _tags(self, line: BlockLine) -> None:
        if self.told.tags and line.text in self.told.tags:
            return
        text = _TAG_LABEL.sub("", line.text)
        parts = regex.split(r"\s*[,;|#]\s*", text)
        self.told.tags += [part for part in parts if 2 <= len(part) <= 60]

    def _close_gaps(self) -> None:
        """Lines between the article's first and last line that got no role are junk of it, with what they look like."""
        roles = self.told.roles
        known = [at for at, role in enumerate(roles) if role[2]]
        if not known:
            return
        start = self.place.title[0] if self.place.title else known[0]
        for at in range(min(known[0], start), known[-1] + 1):
            if not roles[at][0]:
                if at < start:
                    continue
                found = rule_for(self.page.lines[at].text) if len(self.page.lines[at].text) < 200 else None
                kinds = sorted(self._foreign(at))
                roles[at] = ("junk", found.id if found else f"{kinds[0]}-block" if kinds else "around-title", True)

    def _outside(self) -> None:
        """Everything else is furniture; its dates are kept as refused candidates."""
        roles = self.told.roles
        refused = 0
        for at, line in enumerate(self.page.lines):
            if roles[at][0]:
                continue
            kinds = self.weights.kinds(line.mark)
            found = rule_for(line.text) if not kinds and len(line.text) < 200 else None
            rule = sorted(kinds)[0] if kinds else found.id if found else "outside-article"
            roles[at] = ("furniture", rule, False)
            if refused < _MAX_OUTSIDE_DATES and looks_dated(line.text):
                refused += 1
                where = "footer" if "footer" in kinds else "header" if "header" in kinds else "outside the article"
                self._refuse(at, f"stands in the {where}" if where != "outside the article" else f"stands {where}")

    def _refuse(self, at: int, reason: str) -> None:
        text = self.page.lines[at].text
        if any(c.evidence == text[:300] and c.refused == reason for c in self.told.candidates):
            return
        self.told.candidates.append(refused_date(text, reason, self.fetched_at))

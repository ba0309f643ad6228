"""What a line of an article looks like from where it stands: lead, credit, junk (captions: pipelines.picture_lines).
Answers only; roles are given by pipelines.article_lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import regex
from lxml.html import HtmlElement

from pipelines.article import Place
from pipelines.article_head import looks_dated
from pipelines.blocks import BlockLine, PageText
from pipelines.bylines import credit_rule, people
from pipelines.families.family import Family, names
from pipelines.line_rules import matches, rule_for
from pipelines.marks import Mark, name_mark, names_of
from pipelines.metadata import is_cms_account, is_editors, names_account
from pipelines.picture_lines import LEAD_NAME, PictureLines
from pipelines.prose import Weights

_BYLINE = re.compile(
    r"author|tac-?_?gia|byline|\bactor\b|wd-actor|\bnguon\b|\bsource\b|but-?danh|nguoi-?viet|people-?post",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(
    r"(?:^|[-_ ])(?:post|news|entry|detail|article|asset|create|public)?(?:publish(?:ed)?|posted)?[-_]?"
    r"(?:date|datetime|time|timer|ngay|ngaydang|ngay-?dang|subinfo|published|posted|publish)(?:[-_ \d]|$)",
    re.IGNORECASE,
)
JUNK_MARKS = names("related share ads comments rating nav tags hidden popup footer header breadcrumb form aside")
_ALWAYS_JUNK = (
    "J01", "J02", "J33", "J05", "J06", "J16", "J17", "J18", "J19", "J20", "J22", "J31", "J39", "J45", "J46", "J47",
    "J51", "J52", "J53",
)  # fmt: skip
_ALSO_PROSE = frozenset(("J05", "J06", "J16", "J26", "J46"))
"""Wordings that sentences of an article may have too; those of a comment form are certain."""
_SENTENCE_CHARS = 60
_PARAGRAPH_CHARS = 80
_SHORT_LEAD = 40
_NO_WORD = regex.compile(r"^[^\p{L}\p{N}]+$")
_SIZES = ("A- A+", "A+ A-", "A-A+", "A+A-", "A- A A+")
_JUNK_LABELS = ("J29", "J30")
_JUNK_LINKS = ("J23", "J28", "J21")
_ATTACHED = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|odt|ods)(?:[?#]|$)|/documents?/|download|attach", re.IGNORECASE
)
_CREDIT_LABEL = re.compile(
    r"^(?:(?:Tác giả(?: bài viết)?|Nguồn(?: tin)?|Người viết|Người đăng)\s*:"
    r"|(?:Viết bởi|Đăng bởi|Bởi|Written by|Posted by|By)\b:?)\s*(?P<who>.*)$",
    re.IGNORECASE,
)
_SEE_ALSO = re.compile(
    r"^[>»*\s-]*(?:Xem thêm|Đọc thêm|Xem tiếp|Tham khảo|Bài liên quan|Tin liên quan)\s*[:>»]", re.IGNORECASE
)
_CREDITED = regex.compile(r"\p{Lu}\p{L}+[^\d]*$")
"""Somebody is named, and no number stands behind it, as behind a counter."""
_OFFICE = regex.compile(
    r"^(?:Theo\s+)?(?:Báo|Bộ|Cục|Sở|Ban|Phòng|Trung tâm|Cổng|Đài|Tổng cục|Bệnh viện|Công an|Văn phòng|Quân khu|Tạp chí"
    r"|Thông tấn|Trang)\s+\p{Lu}"
)
_FOLDED = re.compile(r"accordion|toggle|collaps|tab-?(?:pane|content|panel)|panel|spoiler|fold|faq|more", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*right|text-right", re.IGNORECASE)


_MOST_NAME_WORDS = 12


def _is_sentence(text: str) -> bool:
    return (
        len(text) >= _SENTENCE_CHARS and len(text.split()) >= 10 and text.rstrip('"”’)»').endswith((".", "…", "!", "?"))
    )


def _is_credit_shaped(who: str, strictly: bool) -> bool:
    """Whether what follows a label can be a name, an office or a medium, and is no sentence of the prose.

    strictly  amid the prose, where a name also opens as names do
    """
    words = len(who.split())
    if who.endswith((".", "…", "!", "?")) and words > 4 and not (people(who.rstrip(".…!?"))[0] or _OFFICE.match(who)):
        return False
    return not strictly or (words <= _MOST_NAME_WORDS and (not who or not who[0].islower() or "." in who.strip(".")))


class Signs(PictureLines):
    """The questions one can ask about a line, on a page whose article has been placed."""

    def __init__(self, page: PageText, weights: Weights, place: Place, family: Family | None) -> None:
        super().__init__(page, place, family)
        self.weights = weights
        self._wide: dict[int, bool] = {}

    def is_date_box(self, line: BlockLine) -> bool:
        """Whether the markup calls a short line a date, so that other words in it do no harm."""
        if not looks_dated(line.text) or len(line.text.split()) > 16 or line.text.endswith("."):
            return False
        return self.has(line, "published") or any(_DATE_NAME.search(n) for n in self.names_above(line, 3, wide=3))

    def lead_rule(self, at: int, outside_body: bool) -> str | None:
        """Why a line is a lead printed as its own block, or None."""
        line = self.page.lines[at]
        if line.linked or len(line.text) < 20:
            return None
        if any(LEAD_NAME.search(names) for names in self.names_above(line, 4)) or self.has(line, "lead"):
            return "lead-block"
        labelled = looks_dated(line.text) and ":" in line.text[:20]  # `Ngày nhận bài: …`
        told = len(line.text) >= _SENTENCE_CHARS or (len(line.text) >= _SHORT_LEAD and line.text.endswith("."))
        if outside_body and told and not labelled and self.place.title is not None and not self.foreign(at):
            return None if self._is_caption_box(line) else "between-title-and-body"
        return None

    def junk_rule(self, at: int) -> str | None:
        """Why a line inside the article's element is no part of the article, or None."""
        line = self.page.lines[at]
        text = line.text
        if self.is_tags(line):
            return "J26"
        if kind := self.mark_below(line.mark):
            return {"related": "related-block", "tags": "J26", "comments": "comments"}.get(kind, f"{kind}-block")
        if self.has(line, "related"):
            return "related-block"
        if len(text) > 300:
            return None
        if is_cms_account(text) and not is_editors(text):
            return "cms-account"
        if (found := rule_for(text, _ALWAYS_JUNK)) and not (found.id in _ALSO_PROSE and self._within_prose(at)):
            return found.id
        if _NO_WORD.match(text):
            return "J32" if matches("J32", text) else "no-words"
        if len(text) <= 60 and not text.endswith(".") and (found := rule_for(text, _JUNK_LABELS)):
            return found.id
        if matches("J24", text) and (line.block.tag != "td" or line.link_chars):
            return "J24"
        if len(text) <= 60 and matches("J40", text):
            return "J40"
        if line.link_chars and matches("J25", text):
            return "J25"
        if line.link_chars and text.endswith(_SIZES):
            return "J39"  # a category, and how large its letters shall be
        if line.link_chars * 2 > len(text) and _SEE_ALSO.match(text):
            return "related-link"
        if line.link_chars and any("wp-block-file" in names for names in self.names_above(line, 2)):
            return "attachment"
        if (line.linked or line.block.tag == "button") and (found := rule_for(text, _JUNK_LINKS)):
            return found.id
        if line.linked and len(text) >= 25 and line.block.tag in ("li", "h2", "h3", "h4"):
            return None if _ATTACHED.search(line.href) else "related-link"
        return None

    def _within_prose(self, at: int) -> bool:
        """A long sentence with a paragraph after it: no wording makes it junk."""
        return _is_sentence(self.page.lines[at].text) and at < self._last_paragraph

    @cached_property
    def _last_paragraph(self) -> int:
        for at in range(self.place.body[1] - 1, self.place.body[0] - 1, -1):
            line = self.page.lines[at]
            if len(line.text) < _PARAGRAPH_CHARS or line.link_chars or not _is_sentence(line.text):
                continue
            if not rule_for(line.text, _ALWAYS_JUNK) and self.mark_below(line.mark) is None:
                return at
        return -1

    def is_tags(self, line: BlockLine) -> bool:
        """A line of tags; `Chủ đề:` and any long sentence need links or markup."""
        if not matches("J26", line.text) or len(line.text) > 400:
            return False
        return bool(line.link_chars) or not (line.text.startswith("Chủ đề") or _is_sentence(line.text))

    def mark_below(self, mark: Mark | None) -> str | None:
        """The outermost mark inside the article's element that makes its content junk."""
        found = None
        start, end = self.place.body
        while mark is not None:
            span = self.page.spans.get(mark.element)
            if mark.element is self.place.container or (span is not None and span[0] <= start and end <= span[1]):
                break
            if mark.kind in JUNK_MARKS and not self._is_wide(mark, span) and not self._is_folded(mark, span):
                found = mark.kind
            mark = mark.parent
        return found

    def _is_folded(self, mark: Mark, span: tuple[int, int] | None) -> bool:
        """Text of the article that a reader unfolds: hidden, named a panel or a tab, and made of paragraphs."""
        if mark.kind != "hidden" or span is None:
            return False
        parent = mark.element.getparent()
        names = f"{names_of(mark.element)} {names_of(parent) if parent is not None else ''}"
        return _FOLDED.search(names) is not None and self.weights.chars_between(span) >= _PARAGRAPH_CHARS

    def _is_wide(self, mark: Mark, span: tuple[int, int] | None) -> bool:
        """A mark around a large part of the prose is a page builder's wrapper, not a box: `elementor-widget`."""
        if span is None:
            return False
        if mark.kind == "related" and name_mark((mark.element.get("type") or "").lower()) == "related":
            return False
        known = self._wide.get(id(mark))
        if known is None:
            weight = self.weights.chars_between(span)
            linked = sum(line.link_chars for line in self.page.lines[span[0] : span[1]])
            body = self.weights.chars_between(self.place.body)
            known = weight > 0.4 * body and linked < 0.5 * weight and mark.kind not in ("comments", "hidden", "popup")
            self._wide[id(mark)] = known
        return known

    def is_labelled_credit(self, line: BlockLine) -> bool:
        """Whether a line opens with a label of credits and names nothing but who or what follows it."""
        label = _CREDIT_LABEL.match(line.text)
        return label is not None and _is_credit_shaped(label["who"], strictly=True)

    def credit_rule(self, at: int, named_only: bool) -> str | None:
        """By which rule a line is a credit line, `cms-account` if it names one, or None.

        named_only  only where markup or a label says so, not from its look
        """
        line = self.page.lines[at]
        text = line.text
        label = _CREDIT_LABEL.match(text)
        if len(text) > 160 or (looks_dated(text) and not label):
            return None
        named = self.has(line, "byline") or any(_BYLINE.search(names) for names in self.names_above(line, 3, wide=2))
        if not named and not label and named_only:
            return None
        if names_account(label["who"] if label else text):
            return "J12" if is_editors(text) else "cms-account"
        if label and not _is_credit_shaped(label["who"], strictly=named_only and not named):
            return None
        rule = credit_rule(text)
        who = label["who"] if label else text
        if (label or (named and len(text) <= 100 and not text.endswith((".", ":")))) and _CREDITED.search(who):
            return rule or ("credit-label" if label else "byline-block")
        if named_only or (rule == "bare-name" and not self._stands_apart(line)):
            return None
        if rule is None and len(text) <= 60 and not text.endswith((".", ":", "!", "?")) and self._aligned_right(line):
            return "J13"  # a unit or pen name set where credits are set
        return rule

    def is_linked_author(self, line: BlockLine) -> bool:
        """A name beside the title that links to what else its bearer wrote, called so by the markup."""
        named = self.has(line, "byline") or any(_BYLINE.search(names) for names in self.names_above(line, 3, wide=2))
        return named and 1 < len(line.text.split()) <= 6 and bool(people(line.text)[0])

    def _stands_apart(self, line: BlockLine) -> bool:
        """Set apart from the prose: aligned right, or bold or italic as a whole."""
        emphasized = (e for e in self._around(line) if e.tag in ("strong", "b", "em", "i"))
        return self._aligned_right(line) or any(not (e.tail or "").strip() for e in emphasized)

    def _aligned_right(self, line: BlockLine) -> bool:
        return any(
            (e.get("align") or "").lower() == "right" or _RIGHT.search(f"{e.get('style') or ''} {e.get('class') or ''}")
            for e in self._around(line)
        )

    def _around(self, line: BlockLine) -> Iterator[HtmlElement]:
        """The line's element and at most three above it, within the article."""
        element: HtmlElement | None = line.element
        for _ in range(4):
            if element is None or element is self.place.container:
                return
            yield element
            element = element.getparent()

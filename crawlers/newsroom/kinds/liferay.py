"""A province's portal on Liferay: days without a time, NFD text, query-string paging, language links that breed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture
from crawlers.newsroom.kinds import liferay_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.pages import page_count, page_of
from crawlers.newsroom.manner import Manner, Paragraph, Story

_LIST = "/tin-tuc"
_A_PAGE = 20
_LANGUAGE = re.compile(r"/(?:vi|en)(?=/|$)")
_SESSION = re.compile(r";jsessionid=[^/;?]*")


class Liferay:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "tri-an", "kham-benh", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "ky-ket"),
        units_list="unit_province",
        parent="UBND tỉnh Phú Điền",
        sections=("Tin tức",),
        credits=("none",) * 4 + ("bare", "bare", "both", "desk"),
        yearly=0.4,
        lead_share=0.7,
        guests="tỉnh",
    )
    per_day = 1.4
    validators = "plain"
    zips = False
    renamed: tuple[tuple[str, str], ...] = (
        ("asset-full-content-title", "ten-bai"),
        ("assetPublishDate block_timer", "gio-bai"),
        ("journal-content-article", "chu-bai"),
        ('"sapo"', '"dan-bai"'),
    )
    disallowed: tuple[str, ...] = ("/c/portal/", "/tim-kiem", "/tin-tuc/-/view_content/99-")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"{_LIST}/-/view_content/{20_000 + number * 13}-{slug}.html"

    def key_of(self, ask: Ask) -> str:
        # Every path with `vi/` or `en/` in it shows the page without them: this is what breeds addresses without end.
        return _SESSION.sub("", _LANGUAGE.sub("", ask.path))

    def moved(self, path: str) -> str:
        return path.replace(f"{_LIST}/", "/tin-trong-tinh/", 1)

    def unmoved(self, path: str) -> str | None:
        return path.replace("/tin-trong-tinh/", f"{_LIST}/", 1) if path.startswith("/tin-trong-tinh/-/") else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        at = entry.posted_at
        if brought_over(edition, entry):
            return Shown(at.date(), None, None)
        return Shown(at.date(), at, edition.views(entry, day))

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        lead = f'<p class="sapo">{story.lead}</p>\n' if story.lead else ""
        article = (
            '<div class="asset-full-content show-asset-title">\n'
            f'<div class="asset-full-content-title">{story.title}</div>\n'
            f'<div class="assetPublishDate block_timer">{stamp(edition, entry)}</div>\n{lead}'
            f'<div class="asset-content"><div class="journal-content-article">\n{_content(edition, entry, story)}'
            "</div></div>\n</div>\n"
        )
        if edition.fixed(entry.first_path, "nfd") < 0.35:
            article = unicodedata.normalize("NFD", article)
        return "".join(
            (
                chrome.head(edition, story.title),
                f'<nav id="breadcrumbs"><ul class="breadcrumb"><li><a href="/trang-chu">Trang chủ</a></li>'
                f'<li class="active"><a href="{_LIST}">{story.section}</a></li></ul></nav>\n',
                chrome.portlet(edition, article),
                chrome.related(edition, entry),
                "</div>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return "".join(
            (
                chrome.head(edition, title),
                chrome.portlet(edition, main),
                "</div>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = self.key_of(ask) or "/"
        if path == _LIST:
            return self._list(edition, ask)
        if path in chrome.STANDING:
            title, text = chrome.STANDING[path]
            return self._html(edition, title, f'<div class="journal-content-article"><p>{text}</p></div>\n', path)
        if path in (self.trap, "/tim-kiem"):
            return self._html(edition, "Lịch công tác", "<p>Lịch công tác nội bộ của Văn phòng.</p>\n", path)
        if path in ("/", "/trang-chu") or _LANGUAGE.search(ask.path):
            return self._html(edition, "Trang chủ", self._home(edition), path)
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return ()

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        return Answer(200, self.frame(edition, title, main, path).encode())

    def _home(self, edition: Edition) -> str:
        items = "".join(
            f'<li>{picture(1000 + e.number, 160)}<a href="{e.path}">{e.title}</a> '
            f'<span class="date_content_asset">({e.posted_at:%d/%m/%Y})</span></li>\n'
            for e in edition.listed[:18]
        )
        return f'<h2>Tin nổi bật</h2><ul class="list-asset">\n{items}</ul>\n'

    def _list(self, edition: Edition, ask: Ask) -> Answer | None:
        instance = chrome.instance(edition)
        cur = ask.asked(f"_{instance}_cur") or "1"
        number = int(cur) if cur.isdecimal() and len(cur) < 6 else 0
        pages = page_count(edition.listed, _A_PAGE)
        if not 1 <= number <= pages:
            return None
        main = f"<h1>Tin tức</h1>\n{_items(edition, page_of(edition.listed, number, _A_PAGE))}"
        if number == 1:
            main += f'<div class="asset-abstract"><h3 class="asset-title"><a href="{self.trap}">Lịch</a></h3></div>\n'
        return self._html(edition, "Tin tức", main + chrome.pager(edition, _LIST, number, pages, _A_PAGE), _LIST)


def brought_over(edition: Edition, entry: Entry) -> bool:
    """Whether it came from an older system, which knew the day alone: the page then says `12:00 AM`."""
    return edition.fixed(entry.first_path, "migrated") < 0.36


def stamp(edition: Edition, entry: Entry) -> str:
    """Date and counter in one text node, the label in either language or missing."""
    at = entry.posted_at
    if brought_over(edition, entry):
        label = "Ngày đăng " if edition.fixed(entry.first_path, "label") < 0.2 else ""
        return f"{label}{at:%d/%m/%Y} | 12:00 AM"
    form = int(edition.fixed(entry.first_path, "label") * 4)
    before = ("Ngày đăng ", "Publish date ", "Ngày đăng ", "")[form]
    counter = ("View count", "View count", "Lượt xem", "View count")[form]
    return f"{before}{at:%d/%m/%Y} | {at:%I:%M %p} &nbsp;|&nbsp;{counter}: {edition.views(entry)}"


def _items(edition: Edition, entries: Sequence[Entry]) -> str:
    out = []
    for entry in entries:
        # The picture's link is bare, that of the title carries where it came from, and now and then a session.
        session = f";jsessionid={chrome.token(edition, entry, 16)}.node1"
        session = session if edition.draw(entry.path, "session") < 0.2 else ""
        query = f"?p_p_auth={chrome.token(edition, entry, 8)}&amp;redirect=%2Ftin-tuc" if entry.number % 2 else ""
        out.append(
            f'<div class="asset-abstract"><a href="{entry.path}">{picture(1000 + entry.number, 120)}</a>\n'
            f'<h3 class="asset-title"><a href="{entry.path}{session}{query}">{entry.title}</a></h3>\n'
            f'<div class="assetPublishDate block_timer">{stamp(edition, entry)}</div>\n'
            f'<div class="asset-content"><div class="asset-summary">{edition.chronicle.story(entry).lead or ""}</div>'
            "</div></div>\n"
        )
    return "".join(out)


def _content(edition: Edition, entry: Entry, story: Story) -> str:
    saved = sum(day <= edition.day for day in entry.saved)
    style = "text-align: justify;" + " text-indent: 20px;" * saved
    out = []
    for block in story.blocks:
        if isinstance(block, Paragraph):
            out.append(f'<p style="{style}"><span style="font-size:14px;">{block.text}</span></p>\n')
        else:
            out.append(
                f'<p style="text-align: center;">{picture(block.number, 600)}</p>\n'
                f'<p style="text-align: center;"><em>{block.caption}</em></p>\n'
            )
    out += [f'<p style="text-align: right;"><strong>{line}</strong></p>\n' for line in story.credits]
    return "".join(out)

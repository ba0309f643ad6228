"""A national paper on an ePi type CMS: advertisements and related boxes inside the body, further pages of its list only
as pieces of HTML, a news sitemap of two days, a feed that turns round on itself until a cookie is set, amp twins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from crawlers.newsroom.answers import HTML, Answer, Ask, tag_of
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture, share_bar
from crawlers.newsroom.kinds import cms_body_chrome as chrome
from crawlers.newsroom.kinds.pages import page_count, page_of
from crawlers.newsroom.kinds.paper import Paper
from crawlers.newsroom.kinds.xml_lists import feed, news_sitemap
from crawlers.newsroom.manner import Manner, Paragraph, Story

_LIST, _MORE, _FEED = "/tin-moi", "/article/Paging", "/rss/home.rss"
_A_PAGE = 15
_COOKIE = "ASP.NET_SessionId"


class CmsBody(Paper):
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "huan-luyen", "tri-an", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "ky-ket"),
        units_list="unit_daily",
        parent="Bộ Tư lệnh Cao nguyên",
        sections=("Tin mới",),
        credits=("bare-capitals",) * 4 + ("bare", "both-capitals", "none"),
        lead_share=1.0,
        tagged=True,
    )
    per_day = 5.0
    validators = "content"
    zips = True
    renamed: tuple[tuple[str, str], ...] = (
        ("article__title cms-title", "bai__ten"),
        ("article__sapo", "bai__dan"),
        ("article__meta", "bai__gio"),
        ("article__body zce-content-body cms-body", "bai__chu"),
    )
    disallowed: tuple[str, ...] = ("/tim-kiem", "/cms/", "/lich-truc-toa-soan-")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"/{slug}-post{700_000 + number * 11}.html"

    def new_path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"{_LIST}/{slug}-{700_000 + number * 11}.html"

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        url = edition.base_url + entry.path
        tags = "".join(f'<a href="/tag/{n}.tag">{tag}</a>' for n, tag in enumerate(story.tags, 1))
        return "".join(
            (
                chrome.head(edition, story.title, chrome.machine(edition, entry, story, url)),
                f'<div class="breadcrumb"><a href="/">Trang chủ</a> <a href="{_LIST}">{story.section}</a></div>\n'
                '<article class="article">\n',
                _article(edition, entry, story, boxes=True),
                share_bar(url),
                f'<div class="article__tag"><h3>Từ khóa</h3>{tags}</div>\n</article>\n' if tags else "</article>\n",
                chrome.more_of_it(edition, entry),
                edition.once("discuss", chrome.discussion),
                "</main>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return "".join(
            (
                chrome.head(edition, title, f'<link rel="canonical" href="{edition.base_url}{path}" />\n'),
                f"{main}</main>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path == "/":
            return self._html(edition, "Trang chủ", _stories(edition, edition.listed[:30]), path)
        if path == _LIST:
            return self._list(edition)
        if path == _MORE:
            return self._more(edition, ask)
        if path.startswith("/amp/"):
            return self._amp(edition, path.removeprefix("/amp"))
        if path == _FEED:
            return self._feed(edition, ask)
        if path == "/sitemaps/google-news.xml":
            since = edition.day - timedelta(days=1)
            newest = [entry for entry in edition.listed if entry.posted_at.date() >= since]
            return news_sitemap(edition.base_url, self.publisher, newest, edition.touched_at(newest))
        if path == "/gioi-thieu.html":
            text = "Tòa soạn xuất bản báo in mỗi ngày, báo điện tử và ba phụ trương, phát hành trên cả nước."
            return self._html(edition, "Giới thiệu", f"<h1>Giới thiệu</h1><p>{text}</p>\n", path)
        if path == self.trap or path.startswith("/tim-kiem"):
            return self._html(edition, "Lịch trực", "<p>Lịch trực của tòa soạn.</p>\n", path)
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return (f"{edition.base_url}/sitemaps/google-news.xml",)

    def _list(self, edition: Edition) -> Answer:
        pages = page_count(edition.listed, _A_PAGE)
        stories = _stories(edition, edition.listed[:_A_PAGE], trap=True)
        button = (
            f'<div class="loadmore"><a href="javascript:void(0)" class="control__loadmore" '
            f'data-url="{_MORE}?categoryId=1&amp;pageIndex=" data-page="2">Xem thêm</a></div>\n'
        )
        more = button if pages > 1 else ""
        main = f'<h1 class="category-name">Tin mới</h1>\n<div class="timeline secondary">\n{stories}</div>\n{more}'
        return self._html(edition, "Tin mới", main, _LIST)

    def _more(self, edition: Edition, ask: Ask) -> Answer | None:
        """A piece of HTML without a page around it; empty once the list is over."""
        asked = ask.asked("pageIndex") or "1"
        if ask.asked("categoryId") != "1" or not re.fullmatch(r"[1-9]\d{0,5}", asked):
            return None
        return Answer(200, _stories(edition, page_of(edition.listed, int(asked), _A_PAGE)).encode())

    def _feed(self, edition: Edition, ask: Ask) -> Answer:
        if _COOKIE not in ask.headers.get("cookie", ""):
            session = f"{_COOKIE}={edition.seed:x}q2ng{edition.day:%j}; path=/; HttpOnly"
            return Answer(302, b"", HTML, (("location", _FEED), ("set-cookie", session)))
        newest = edition.listed[:50]
        pairs = [(entry, edition.chronicle.story(entry).lead or "") for entry in newest]
        return feed(self.publisher, edition.base_url, pairs, edition.touched_at(newest))

    def _amp(self, edition: Edition, path: str) -> Answer | None:
        entry = edition.chronicle.by_path.get(path)
        if entry is None or entry.state_on(edition.day) not in ("live", "unlisted"):
            return None
        story = edition.chronicle.story(entry)
        text = _article(edition, entry, story, boxes=False)
        body = chrome.amp(story.title, edition.base_url + entry.path, text).encode()
        return Answer(200, body, etag=tag_of(body))


def _article(edition: Edition, entry: Entry, story: Story, boxes: bool) -> str:
    at = entry.posted_at
    day = chrome.WEEKDAYS[at.weekday()]
    return (
        f'<h1 class="article__title cms-title">{story.title}</h1>\n<div class="article__meta">'
        f'<time class="time" datetime="{at:%Y-%m-%dT%H:%M:%S}+0700">{day}, ngày {at:%d/%m/%Y - %H:%M}</time></div>\n'
        f'<div class="article__sapo cms-desc">{story.lead or ""}</div>\n'
        '<div class="article__body zce-content-body cms-body" itemprop="articleBody">\n'
        f"{_content(edition, entry, story, boxes)}</div>\n"
        + "".join(f'<div class="article__author"><span class="name">{line}</span></div>\n' for line in story.credits)
    )


def _content(edition: Edition, entry: Entry, story: Story, boxes: bool) -> str:
    saved = sum(day <= edition.day for day in entry.saved)
    attributes = f' class="cms-p" data-v="{saved}"' if saved else ""
    out = []
    told = 0
    for block in story.blocks:
        if isinstance(block, Paragraph):
            told += 1
            out.append(f"<p{attributes}>{block.text}</p>\n")
            if boxes and told == 2:
                out.append(chrome.banner())
            if boxes and told == 4 - entry.number % 2:
                out.append(chrome.relate(edition, entry))
        else:
            out.append(
                f'<table class="picture"><tbody><tr><td class="pic">{picture(block.number, 900, "cms-photo")}</td></tr>'
                f'<tr><td class="caption"><p>{block.caption}</p></td></tr></tbody></table>\n'
            )
    return "".join(out)


def _stories(edition: Edition, entries: Sequence[Entry], trap: bool = False) -> str:
    out = [
        f'<article class="story" data-id="{e.number}"><figure class="story__thumb"><a href="{e.path}">'
        f'{picture(1000 + e.number, 300)}</a></figure><h3 class="story__heading"><a class="cms-link" href="{e.path}" '
        f'title="{e.title}">{e.title}</a></h3><div class="story__meta"><time datetime="{e.posted_at.isoformat()}">'
        f"{e.posted_at:%d/%m/%Y %H:%M}</time></div>"
        f'<div class="story__summary">{edition.chronicle.story(e).lead or ""}</div></article>\n'
        for e in entries
    ]
    if trap:
        out.append(
            f'<article class="story"><h3 class="story__heading"><a href="{chrome.TRAP}">Lịch</a></h3></article>\n'
        )
    return "".join(out)

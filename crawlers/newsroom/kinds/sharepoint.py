"""A ministry on SharePoint: the item's number is the key, the category in the query depends on the list it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture
from crawlers.newsroom.kinds import sharepoint_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.pages import numbers, page_count, page_of
from crawlers.newsroom.manner import Manner, Paragraph, Story

_ARTICLE = "/tintuc/Pages/tin-hoat-dong.aspx"
_LIST = "/tintuc/Pages/danh-sach.aspx"
_A_PAGE = 20
_CATEGORIES = {"12": "Tin hoạt động", "47": "Chỉ đạo điều hành"}


class SharePoint:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "tri-an", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "khoa-hoc", "ky-ket"),
        units_list="unit_ministry",
        parent=chrome.PUBLISHER,
        sections=("Tin hoạt động",),
        credits=("none",) * 3 + ("bare", "bare-capitals", "split"),
        yearly=0.3,
        lead_share=1.0,
        guests="bộ",
    )
    per_day = 1.8
    validators = "none"
    zips = False
    renamed: tuple[tuple[str, str], ...] = (
        ("divArticleDescription", "divTinChiTiet"),
        ("pnHide", "pnNgay"),
    )
    disallowed: tuple[str, ...] = ("/_layouts/", "/_vti_bin/", "/tintuc/Pages/luu-tru.aspx", "/tim-kiem.aspx")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return _article(3000 + number * 2, "12")

    def key_of(self, ask: Ask) -> str:
        # IIS does not mind the case of a path. CateID only colours the menu.
        same = ask.path.lower() == _ARTICLE.lower() and ask.asked("ItemID")
        return _article(ask.asked("ItemID"), "12") if same else ask.target

    def moved(self, path: str) -> str:
        return path.replace("tin-hoat-dong", "tin-da-chuyen", 1)

    def unmoved(self, path: str) -> str | None:
        return path.replace("tin-da-chuyen", "tin-hoat-dong", 1) if "/tin-da-chuyen.aspx" in path else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(entry.posted_at.date(), entry.posted_at, None)

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        # The guid of the web part is another one on every page.
        part = chrome.guid(edition, entry.first_path)
        at = entry.posted_at
        lead = f'<div id="divArticleDescription1"><p>{story.lead}</p></div>\n' if story.lead else ""
        main = (
            f'<div class="duong-dan"><a href="/">Trang chủ</a> &gt; <a href="{_LIST}?CateID=12">{story.section}</a>'
            f'</div>\n<div class="ms-webpart-chrome" id="ctl00_ctl36_g_{part}">\n'
            f'<div id="ctl00_ctl36_g_{part}_ctl00_pnHide"><span>{at:%d/%m/%Y %H:%M}</span></div>\n'
            f'<div id="divArticleDescription3"><h1>{story.title}</h1></div>\n{lead}'
            f'<div id="divArticleDescription2">\n{_content(edition, entry, story)}</div>\n</div>\n'
            f"{chrome.others(edition, entry, _ARTICLE)}"
        )
        return chrome.whole(edition, story.title, main, entry.path)

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return chrome.whole(edition, title, main, path)

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path.lower()
        if path in ("/", "/pages/default.aspx"):
            main = f"<h2>Tin hoạt động</h2>{_items(edition.listed[:12], '12')}"
            return self._html(edition, "Trang chủ", main, ask.target)
        if path == _LIST.lower():
            return self._list(edition, ask)
        if path in chrome.STANDING:
            title, text = chrome.STANDING[path]
            return self._html(
                edition, title, f'<h2>{title}</h2><div class="ms-rtestate-field"><p>{text}</p></div>', path
            )
        if path in ("/tintuc/pages/luu-tru.aspx", "/tim-kiem.aspx"):
            return self._html(edition, "Lưu trữ", "<p>Tin lưu trữ của Văn phòng.</p>\n", ask.target)
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return ()

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        headers = (("x-powered-by", "ASP.NET"), ("microsoftsharepointteamservices", "15.0.0.4569"))
        body = self.frame(edition, title, main, path).encode()
        return Answer(200, body, "text/html; charset=utf-8", (("cache-control", "private, max-age=0"), *headers))

    def _list(self, edition: Edition, ask: Ask) -> Answer | None:
        category = ask.asked("CateID") or "12"
        if category not in _CATEGORIES:
            return None
        entries = [e for e in edition.listed if category == "12" or edition.fixed(e.first_path, "category") < 0.3]
        pages = page_count(entries, _A_PAGE)
        asked = ask.asked("page") or "1"
        number = int(asked) if re.fullmatch(r"\d{1,5}", asked) else 0
        if not 1 <= number <= pages:
            return None
        cells = []
        for n in numbers(number, pages, around=3):
            link = f'<a href="?CateID={category}&amp;page={n}">{n}</a>'
            cells.append('<span class="current">' + str(n) + "</span>" if n == number else link if n else "<i>…</i>")
        trap = number == 1 and category == "12"
        main = (
            f"<h2>{_CATEGORIES[category]}</h2>\n{_items(page_of(entries, number, _A_PAGE), category, trap)}"
            f'<div class="phan-trang">{" ".join(cells)}</div>\n'
        )
        return self._html(edition, _CATEGORIES[category], main, ask.target)


def _article(item: int | str, category: str) -> str:
    return f"{_ARTICLE}?CateID={category}&ItemID={item}"


def _items(entries: Sequence[Entry], category: str, trap: bool = False) -> str:
    out = []
    for entry in entries:
        item = entry.path.rpartition("=")[2]
        # The second list writes the same query in another order.
        query = f"CateID=12&amp;ItemID={item}" if category == "12" else f"ItemID={item}&amp;CateID={category}"
        out.append(
            f'<div class="tin">{picture(1000 + entry.number, 140)}<a class="ten-tin" href="{_ARTICLE}?{query}">'
            f'{entry.title}</a> <span class="ngay">({entry.posted_at:%d/%m/%Y})</span></div>\n'
        )
    if trap:
        out.append(f'<div class="tin"><a class="ten-tin" href="{chrome.TRAP}">Lưu trữ</a></div>\n')
    return f'<div class="ds-tin">\n{"".join(out)}</div>\n'


def _content(edition: Edition, entry: Entry, story: Story) -> str:
    saved = sum(day <= edition.day for day in entry.saved)
    blank = "<p>\u200b</p>\n"  # SharePoint's editor leaves a zero width space
    out = [blank] * (1 + saved)
    for block in story.blocks:
        if isinstance(block, Paragraph):
            out.append(f'<p class="ms-rteElement-P" style="text-align:justify">{block.text}</p>\n')
        else:
            out.append(
                f'<table class="ms-rteTable-default" style="margin:auto"><tbody><tr><td>{picture(block.number, 600)}'
                f'</td></tr><tr><td style="text-align:center"><em>{block.caption}</em></td></tr></tbody></table>\n'
            )
    out += [f'<p style="text-align:right"><strong>{line}</strong></p>\n' for line in story.credits]
    return "".join(out)

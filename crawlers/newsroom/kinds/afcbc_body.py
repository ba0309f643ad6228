"""A navy paper on an IMS type CMS: its list grows by JSON, its sitemaps are months in gzip, one of them dead; the
moment of publication is in the number of the address."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture, share_bar
from crawlers.newsroom.kinds import afcbc_body_chrome as chrome
from crawlers.newsroom.kinds.pages import page_count, page_of
from crawlers.newsroom.kinds.paper import Paper
from crawlers.newsroom.kinds.xml_lists import feed, sitemap_index, urlset, zipped_file
from crawlers.newsroom.manner import Manner, Paragraph, Story

_ZONE = 3
_LIST = "/quan-su.htm"
_A_PAGE = 20
_TIMELINE = re.compile(rf"/api/timeline/{_ZONE}/trang-([1-9]\d{{0,5}})\.json")
_MONTH = re.compile(r"/sitemaps/sitemaps-(\d{4})-(\d{1,2})\.xml\.gz")
_DEAD = "/sitemaps/sitemaps-2017-4.xml.gz"


class AfcbcBody(Paper):
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "huan-luyen", "tri-an", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "ky-ket"),
        units_list="unit_daily",
        parent="Bộ Tư lệnh Vùng biển",
        sections=("Quân sự",),
        credits=("bare",) * 3 + ("both", "both-capitals", "split", "desk"),
        lead_share=1.0,
        tagged=True,
    )
    per_day = 3.1
    validators = "content"
    zips = True
    renamed: tuple[tuple[str, str], ...] = (
        ("detail-title", "bai-ten"),
        ("detail-sapo", "bai-dan"),
        ("detail-time", "bai-gio"),
        ("detail-content afcbc-body", "bai-chu"),
    )
    disallowed: tuple[str, ...] = ("/tim-kiem.htm", "/quan-tri/", "/lich-truc-ban-")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        # `102`, then yyMMddHHmmssfff.
        return f"/{slug}-102{at:%y%m%d%H%M}{number % 60:02d}{number % 1000:03d}.htm"

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        url = edition.base_url + entry.path
        tags = "".join(
            f'<li><a href="/tag-{n}.htm" title="{tag}">{tag}</a></li>' for n, tag in enumerate(story.tags, 1)
        )
        return "".join(
            (
                chrome.head(edition, story.title, chrome.machine(entry, story, url)),
                f'<div class="detail__cmain"><div class="detail-breadcrumb"><a href="{_LIST}" '
                f'data-role="cate-name">{story.section}</a></div>\n'
                f'<h1 class="detail-title" data-role="title">{story.title}</h1>\n'
                '<div class="detail-time"><div data-role="publishdate">'
                f"{entry.posted_at:%d/%m/%Y %H:%M} (GMT+7)</div></div>\n",
                share_bar(url),
                f'<h2 class="detail-sapo" data-role="sapo">{story.lead or ""}</h2>\n'
                '<div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">\n',
                _content(edition, entry, story),
                "</div>\n",
                "".join(f'<div class="detail-author" data-role="author">{line}</div>\n' for line in story.credits),
                f'<div class="detail-tag"><ul data-role="tags">{tags}</ul></div>\n' if tags else "",
                chrome.others(edition, entry),
                edition.once("discuss", chrome.discussion),
                "</div>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return "".join(
            (
                chrome.head(edition, title, f'<link rel="canonical" href="{edition.base_url}{path}" />\n'),
                f'<div class="list__main">\n{main}</div>\n',
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path == "/":
            return self._html(edition, "Trang chủ", _items(edition.listed[:30]), path)
        if path == _LIST:
            more = f'<a class="list__viewmore" data-zone="{_ZONE}" href="javascript:;" rel="nofollow">Xem thêm</a>\n'
            first = f"<h1>Quân sự</h1>\n{_items(edition.listed[:_A_PAGE], trap=True)}{more}"
            return self._html(edition, "Quân sự", f'{first}<input id="hdZoneId" type="hidden" value="{_ZONE}" />', path)
        if page := _TIMELINE.fullmatch(path):
            return self._timeline(edition, int(page[1]))
        if path == "/rss/quan-su.rss":
            newest = edition.listed[:30]
            pairs = [(entry, edition.chronicle.story(entry).lead or "") for entry in newest]
            return feed(self.publisher, edition.base_url, pairs, edition.touched_at(newest))
        if path == "/gioi-thieu.htm":
            text = "Tòa soạn là tiếng nói của bộ đội vùng biển, xuất bản mỗi tuần ba số, báo điện tử hằng ngày."
            return self._html(edition, "Giới thiệu", f"<h1>Giới thiệu</h1><p>{text}</p>\n", path)
        if path in (self.trap, "/tim-kiem.htm"):
            return self._html(edition, "Lịch trực ban", "<p>Lịch trực ban của tòa soạn.</p>\n", path)
        return self._sitemap(edition, path)

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return (f"{edition.base_url}/sitemap.xml",)

    def _timeline(self, edition: Edition, number: int) -> Answer:
        """Page 1 has what the section's page shows; a page beyond the last has no items."""
        found = page_of(edition.listed, number, _A_PAGE)
        items = [
            {
                "id": int(entry.path.rpartition("-")[2].removesuffix(".htm")),
                "title": entry.title,
                "url": entry.path,
                "sapo": edition.chronicle.story(entry).lead,
                "avatar": f"/media/anh-{1000 + entry.number}.jpg",
                "distribution_date": f"{entry.posted_at:%Y-%m-%dT%H:%M:%S}",
            }
            for entry in found
        ]
        told = {"items": items, "next": number < page_count(edition.listed, _A_PAGE)}
        return Answer(200, json.dumps(told, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _sitemap(self, edition: Edition, path: str) -> Answer | None:
        months: dict[tuple[int, int], list[Entry]] = {}
        for entry in edition.chronicle.entries:
            months.setdefault((entry.posted_at.year, entry.posted_at.month), []).append(entry)
        base = edition.base_url
        if path == "/sitemap.xml":
            children: list[tuple[str, datetime | None]] = [
                (f"{base}/sitemaps/sitemaps-{year}-{month}.xml.gz", edition.touched_at(mine))
                for (year, month), mine in reversed(months.items())
            ]
            # A month of which nothing is kept, still listed.
            children.append((base + _DEAD, None))
            return sitemap_index(children, edition.touched_at(edition.chronicle.entries))
        asked = _MONTH.fullmatch(path)
        found = months.get((int(asked[1]), int(asked[2]))) if asked else None
        if found is None:
            return None
        urls = [(base + entry.path, entry.modified_at()) for entry in reversed(found) if entry.left is None]
        return zipped_file(urlset(urls, edition.touched_at(found)))


def _content(edition: Edition, entry: Entry, story: Story) -> str:
    saved = sum(day <= edition.day for day in entry.saved)
    attributes = f' class="" data-saved="{saved}"' if saved else ""
    out = []
    for at, block in enumerate(story.blocks):
        if isinstance(block, Paragraph):
            out.append(f"<p{attributes}>{block.text}</p>\n")
        else:
            out.append(
                f'<figure class="VCSortableInPreviewMode" type="Photo"><div>{picture(block.number, 800)}</div>'
                f'<figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{block.caption}</p>'
                "</figcaption></figure>\n"
            )
        if at == 2:
            out.append(chrome.relate(edition, entry))
    return "".join(out)


def _items(entries: Sequence[Entry], trap: bool = False) -> str:
    out = [
        f'<div class="box-category-item" data-id="{e.number}"><a class="box-category-link-with-avatar" href="{e.path}" '
        f'title="{e.title}">{picture(1000 + e.number, 240)}</a><h3><a class="box-category-link-title" '
        f'data-type="0" href="{e.path}" title="{e.title}">{e.title}</a></h3>'
        f'<span class="box-category-time" title="{e.posted_at:%m/%d/%Y %H:%M}">{e.posted_at:%d/%m/%Y}</span></div>\n'
        for e in entries
    ]
    if trap:
        out.append(f'<div class="box-category-item"><h3><a class="box-category-link-title" href="{chrome.TRAP}">Lịch')
        out.append("</a></h3></div>\n")
    return f'<div class="box-category-middle list__main_check">\n{"".join(out)}</div>\n'

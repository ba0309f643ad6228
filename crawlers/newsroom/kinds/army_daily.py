"""An army daily on a news kit: monthly sitemaps, a feed, a lead block, captions with the editor's button text."""

from __future__ import annotations

import json
from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture, share_bar
from crawlers.newsroom.kinds import army_daily_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.xml_lists import feed, sitemap_index, urlset
from crawlers.newsroom.manner import Manner, Paragraph, Story

_SECTION = "/quoc-phong-an-ninh/tin-tuc"
_A_PAGE = 20


class ArmyDaily:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "huan-luyen", "tri-an", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "ky-ket"),
        units_list="unit_daily",
        parent="Bộ Tư lệnh Miền Cao",
        sections=("Tin tức",),
        credits=("both-capitals",) * 4 + ("feature", "bare-capitals", "bare-capitals", "desk", "split"),
        lead_share=1.0,
        tagged=True,
    )
    per_day = 4.2
    validators = "content"
    zips = True
    renamed: tuple[tuple[str, str], ...] = (
        ("post-title", "art-name"),
        ("post-subinfo", "art-info"),
        ("post-summary", "art-top"),
        ("post-content", "art-text"),
        ("post-head", "art-first"),
        ("imgEditor", "art-pic"),
        ('itemprop="articleBody"', 'data-part="text"'),
    )
    disallowed: tuple[str, ...] = ("/tim-kiem", "/quoc-phong-an-ninh/tin-tuc/ban-in-", "/cms/")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"{_SECTION}/{slug}-{610_000 + number * 7 + number % 5}"

    def key_of(self, ask: Ask) -> str:
        return ask.path

    def moved(self, path: str) -> str:
        return path.replace(_SECTION, "/quoc-phong-an-ninh/tin-trong-nuoc", 1)

    def unmoved(self, path: str) -> str | None:
        start = "/quoc-phong-an-ninh/tin-trong-nuoc/"
        return path.replace(start, f"{_SECTION}/", 1) if path.startswith(start) else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(entry.posted_at.date(), entry.posted_at, None)

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        url = edition.base_url + entry.path
        at = entry.posted_at
        posted = f"{chrome.WEEKDAYS[at.weekday()]}, {at:%d/%m/%Y} - {at:%H:%M}"
        tags = "".join(f'<a itemprop="keywords" href="/tag/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        return "".join(
            (
                chrome.head(edition, story.title, url, self._machine(entry, story, url)),
                '<main class="main-detail"><div class="breadcrumb">'
                '<a href="/quoc-phong-an-ninh">Quốc phòng an ninh</a> / '
                f'<a href="{_SECTION}">{story.section}</a></div>\n<article class="detail">\n'
                f'<div class="post-head"><h1 class="post-title">{story.title}</h1>\n'
                f'<div class="post-subinfo"><span>{posted}</span></div></div>\n',
                share_bar(url),
                f'<div class="post-summary"><h2>{story.lead}</h2></div>\n' if story.lead else "",
                f'<div class="post-content" itemprop="articleBody">\n{self._content(entry, story, edition)}</div>\n',
                f'<div class="post-tag"><span>Từ khóa:</span> {tags}</div>\n</article>\n' if tags else "</article>\n",
                chrome.related(edition, entry),
                edition.once("discuss", chrome.discussion),
                "</main>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return "".join(
            (
                chrome.head(edition, title, edition.base_url + path, ""),
                f'<main class="main-list">\n{main}</main>\n',
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path == "/":
            return self._html(edition, "Trang nhất", self._items(edition.listed[:30]), path)
        if path == _SECTION or path.startswith(f"{_SECTION}/p/"):
            return self._section(edition, path)
        if path == "/gioi-thieu":
            text = (
                "Tòa soạn là cơ quan ngôn luận của lực lượng vũ trang, tiếng nói của bộ đội và nhân dân. "
                "Tòa soạn có báo in, báo cuối tuần và báo điện tử, phát hành hằng ngày tới các đơn vị."
            )
            return self._html(edition, "Giới thiệu", f"<h1>Giới thiệu</h1><p>{text}</p>\n", path)
        if path == self.trap:
            return self._html(edition, "Bản in", "<p>Bản in số cuối tuần, dành cho cộng tác viên.</p>\n", path)
        if path.startswith("/tim-kiem"):
            return self._html(edition, "Tìm kiếm", self._items(edition.most_read), path)
        if path == "/rss/cate/tin-tuc-moi-nhat.rss":
            newest = edition.listed[:50]
            pairs = [(entry, edition.chronicle.story(entry).lead or "") for entry in newest]
            return feed(self.publisher, edition.base_url, pairs, edition.touched_at(newest))
        if path.startswith("/sitemaps/"):
            return self._sitemap(edition, path)
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return (f"{edition.base_url}/sitemaps/pid/feed-0.xml",)

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        return Answer(200, self.frame(edition, title, main, path).encode())

    def _content(self, entry: Entry, story: Story, edition: Edition) -> str:
        saved = sum(day <= edition.day for day in entry.saved)
        blank = "<p>&nbsp;</p>\n" * saved
        out = []
        for block in story.blocks:
            if isinstance(block, Paragraph):
                out.append(f"<p>{block.text}</p>\n")
            else:
                # The words of the editor's buttons stay in the page; the caption starts with a space.
                out.append(
                    '<div class="imgEditor"><div class="tool"><span>left</span><span>center</span><span>right</span>'
                    f"<span>del</span></div>{picture(block.number, 700, 'imgtelerik')}"
                    f'<p class="alt_imgEditor"> {block.caption}</p></div>\n'
                )
        out += [f'<p style="text-align: right;" data-save="{saved}"><b>{line}</b></p>\n' for line in story.credits]
        invited = '<a href="/quoc-phong-an-ninh">Quốc phòng an ninh</a>'
        out.append(f"{blank}<p>* Mời bạn đọc vào chuyên mục {invited} xem các tin, bài liên quan.</p>\n")
        return "".join(out)

    def _machine(self, entry: Entry, story: Story, url: str) -> str:
        told = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": url,
            "headline": story.title,
            "datePublished": entry.posted_at.isoformat(),
            "publisher": {"@type": "Organization", "name": self.publisher},
        }
        return (
            f'<meta property="og:type" content="article" />\n<meta property="og:title" content="{story.title}" />\n'
            f'<meta property="og:url" content="{url}" />\n'
            f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>\n'
        )

    def _items(self, entries: list[Entry]) -> str:
        items = "".join(
            f'<li><h3><a href="{e.path}">{e.title}</a></h3>{picture(1000 + e.number, 240)}'
            f'<span class="time">{e.posted_at:%d/%m/%Y %H:%M}</span></li>\n'
            for e in entries
        )
        return f'<ul class="list-news">\n{items}</ul>\n'

    def _section(self, edition: Edition, path: str) -> Answer | None:
        rest = path.removeprefix(_SECTION).removeprefix("/p/")
        number = 1 if not rest else int(rest) if rest.isdecimal() else 0
        pages = max(1, -(-len(edition.listed) // _A_PAGE))
        if not 1 <= number <= pages:
            return None
        main = f"<h1>Tin tức</h1>\n{self._items(edition.listed[(number - 1) * _A_PAGE : number * _A_PAGE])}"
        if number < pages:
            main += f'<div class="paging"><a class="next" href="{_SECTION}/p/{number + 1}">Trang sau</a></div>\n'
        return self._html(edition, "Tin tức", main, path)

    def _sitemap(self, edition: Edition, path: str) -> Answer | None:
        months: dict[str, list[Entry]] = {}
        for entry in edition.chronicle.entries:
            months.setdefault(f"{entry.posted_at:%Y-%m}", []).append(entry)
        base = edition.base_url
        if path == "/sitemaps/pid/feed-0.xml":
            children: list[tuple[str, datetime | None]] = [
                (f"{base}/sitemaps/0/{month}.xml", edition.touched_at(mine)) for month, mine in reversed(months.items())
            ]
            return sitemap_index(children, edition.touched_at(edition.chronicle.entries))
        mine = months.get(path.removeprefix("/sitemaps/0/").removesuffix(".xml"))
        if mine is None or not path.startswith("/sitemaps/0/"):
            return None
        urls: list[tuple[str, datetime | None]] = [
            (base + entry.path, entry.modified_at()) for entry in reversed(mine) if entry.left is None
        ]
        if mine[-1] is edition.chronicle.entries[-1]:
            urls.append((base + self.trap, None))
        return urlset(urls, edition.touched_at(mine))

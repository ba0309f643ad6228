"""The paper of a military region, on WordPress: sitemap, feed, a paged category, a clock above the title."""

from __future__ import annotations

from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask, redirect, tag_of
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture, share_bar
from crawlers.newsroom.kinds import military_region_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.xml_lists import feed, sitemap_index, urlset
from crawlers.newsroom.manner import Manner, Paragraph, Story

_A_PAGE = 10
_A_SITEMAP = 2000


class MilitaryRegion:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "huan-luyen", "tri-an", "kham-benh", "hoi-thi", "tap-huan", "ung-pho",
                 "dai-hoi", "ky-ket"),
        units_list="unit_army",
        parent="Quân khu 6",
        sections=("Tin tức",),
        credits=("both-capitals",) * 6 + ("feature", "feature", "split", "desk", "bare-capitals"),
        yearly=0.2,
        prefix="QK6",
        end_mark_share=0.15,
    )  # fmt: skip
    per_day = 2.3
    validators = "page"
    zips = False
    renamed: tuple[tuple[str, str], ...] = (
        ("entry-title", "tieu-de-moi"),
        ("ngay-dang", "thong-tin"),
        ("entry-content", "khung-chu"),
        ("entry-header", "dau-bai"),
    )
    disallowed: tuple[str, ...] = ("/wp-admin/", "/tim-kiem", "/lich-truc-noi-bo/")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"/{slug}/"

    def new_path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"/{slug}-post{4000 + number}.html"

    def key_of(self, ask: Ask) -> str:
        return ask.path

    def moved(self, path: str) -> str:
        return f"{path[:-1]}-ban-moi/"

    def unmoved(self, path: str) -> str | None:
        return f"{path[:-9]}/" if path.endswith("-ban-moi/") else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(entry.posted_at.date(), None, None)

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        posted = f"{entry.posted_at:%d/%m/%Y}"
        url = edition.base_url + entry.path
        return "".join(
            (
                chrome.head(edition, story.title, f"single single-post postid-{entry.number}", url),
                '<main id="primary" class="site-main">\n<div class="breadcrumbs"><a href="/">Trang chủ</a> » '
                f'<a href="/category/tin-tuc/">{story.section}</a></div>\n'
                f'<article id="post-{entry.number}" class="post-{entry.number} post type-post status-publish hentry">\n'
                f'<header class="entry-header"><h1 class="entry-title">{story.title}</h1>\n'
                f'<span class="ngay-dang">Ngày đăng: {posted}</span></header>\n',
                share_bar(url),
                f'<div class="entry-content">\n{self._content(entry, story, edition)}</div>\n</article>\n',
                chrome.related(edition, entry),
                chrome.comments(edition, entry),
                "</main>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        kind = "home blog" if path == "/" else "archive category" if "/category/" in path else "page-template page"
        return "".join(
            (
                chrome.head(edition, title, kind, edition.base_url + path),
                f'<main id="primary" class="site-main">\n{main}</main>\n',
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path == "/":
            return self._html(edition, "Trang chủ", self._items(edition, edition.listed[:24]), path)
        if path.startswith("/category/tin-tuc/"):
            return self._category(edition, path)
        if path in chrome.STANDING:
            title, text = chrome.STANDING[path]
            main = (
                f'<article class="page"><h1 class="entry-title">{title}</h1>'
                f'<div class="entry-content"><p>{text}</p></div>'
            )
            return self._html(edition, title, f"{main}</article>\n", path)
        if path == self.trap:
            return self._html(edition, "Lịch trực nội bộ", "<p>Chỉ dành cho cán bộ tòa soạn.</p>\n", path)
        if path.startswith("/tim-kiem"):
            return self._html(edition, "Kết quả tìm kiếm", self._items(edition, edition.most_read), path)
        if path == "/feed/":
            newest = edition.listed[:_A_PAGE]
            pairs = [(entry, self._excerpt(edition, entry)) for entry in newest]
            return feed(self.publisher, edition.base_url, pairs, edition.touched_at(newest))
        if path.startswith("/wp-sitemap"):
            return self._sitemap(edition, path)
        if edition.chronicle.by_path.get(f"{path}/"):
            return redirect(301, f"{path}/")
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return (f"{edition.base_url}/wp-sitemap.xml",)

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        body = self.frame(edition, title, main, path).encode()
        return Answer(200, body, etag=tag_of(body))

    def _content(self, entry: Entry, story: Story, edition: Edition) -> str:
        # An editor who saves a page anew leaves such traces: other attributes, an empty paragraph.
        saved = sum(day <= edition.day for day in entry.saved)
        style = f' style="text-align: justify;" data-v="{saved}"' if saved else ' style="text-align: justify;"'
        out = []
        figures = edition.fixed(entry.first_path, "figures") < 0.7
        last = len(story.blocks) - 1
        for at, block in enumerate(story.blocks):
            if isinstance(block, Paragraph):
                text = f"{story.prefix} – {block.text}" if at == 0 and story.prefix else block.text
                text = f"{text[:-1]}./." if at == last and story.end_mark and text.endswith(".") else text
                out.append(f"<p{style}>{text}</p>\n")
            elif figures:
                out.append(
                    f'<figure id="attachment_{block.number}" class="wp-caption aligncenter">'
                    f"{picture(block.number, 640)}"
                    f'<figcaption class="wp-caption-text">{block.caption}</figcaption></figure>\n'
                )
            else:
                image = picture(block.number, 640, f"aligncenter size-full wp-image-{block.number}")
                out.append(
                    f'<p style="text-align: center;">{image}</p>\n'
                    f'<p style="text-align: center;"><em>{block.caption}</em></p>\n'
                )
        out += ["<p>&nbsp;</p>\n"] * saved
        out += [f'<p style="text-align: right;"><strong>{line}</strong></p>\n' for line in story.credits]
        return "".join(out)

    def _items(self, edition: Edition, entries: list[Entry]) -> str:
        return "".join(
            f'<article class="item">{picture(1000 + entry.number, 240)}\n'
            f'<h3 class="entry-title"><a href="{entry.path}">{entry.title}</a></h3>\n'
            f'<time class="entry-date" datetime="{entry.posted_at.isoformat()}">'
            f'{entry.posted_at:%d/%m/%Y}</time>\n<p class="excerpt">{self._excerpt(edition, entry)}</p></article>\n'
            for entry in entries
        )

    def _excerpt(self, edition: Edition, entry: Entry) -> str:
        text = edition.chronicle.story(entry).paragraphs[0]
        return text if len(text) < 150 else f"{text[:150].rsplit(' ', 1)[0]} […]"

    def _category(self, edition: Edition, path: str) -> Answer | None:
        rest = path.removeprefix("/category/tin-tuc/").strip("/")
        number = 1 if not rest else int(rest[5:]) if rest.startswith("page/") and rest[5:].isdecimal() else 0
        pages = max(1, -(-len(edition.listed) // _A_PAGE))
        if not 1 <= number <= pages:
            return None
        entries = edition.listed[(number - 1) * _A_PAGE : number * _A_PAGE]
        main = f'<h1 class="page-title">Tin tức</h1>\n{self._items(edition, entries)}'
        if number == 1:
            main += (
                f'<article class="item"><h3 class="entry-title"><a href="{self.trap}">Lịch trực</a></h3></article>\n'
            )
        near = [n for n in range(number - 2, number + 3) if 1 <= n <= pages]
        links = "".join(
            f'<a class="page-numbers" href="/category/tin-tuc/page/{n}/">{n}</a>' for n in near if n != number
        )
        if number < pages:
            links += f'<a class="next page-numbers" href="/category/tin-tuc/page/{number + 1}/">Trang sau</a>'
        return self._html(edition, "Tin tức", f'{main}<nav class="navigation pagination">{links}</nav>\n', path)

    def _sitemap(self, edition: Edition, path: str) -> Answer | None:
        base, entries = edition.base_url, edition.chronicle.entries
        chunks = range(0, max(1, len(entries)), _A_SITEMAP)
        changed_at = edition.touched_at(entries)
        if path == "/wp-sitemap.xml":
            names = [f"posts-post-{n + 1}" for n in range(len(chunks))]
            children = [(f"{base}/wp-sitemap-{name}.xml", None) for name in (*names, "posts-page-1")]
            return sitemap_index(children, changed_at)
        if path == "/wp-sitemap-posts-page-1.xml":
            return urlset([(base + standing, None) for standing in (*chrome.STANDING, self.trap)], changed_at)
        for number, first in enumerate(chunks, 1):
            if path == f"/wp-sitemap-posts-post-{number}.xml":
                mine = entries[first : first + _A_SITEMAP]
                urls = [(base + entry.path, entry.modified_at()) for entry in mine if entry.left is None]
                return urlset(urls, edition.touched_at(mine))
        return None

"""A police portal on NukeViet 4.5: wrong machine dates, shared trailing numbers, articles under two categories, twins.

Its two wrong dates are those of the real code: microdata `datePublished` is the time of the last edit, and
`article:published_time` has PHP's zone offset where the `T` should be (`2024-03-27+0708:42:50`).
"""

from __future__ import annotations

import re
from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture
from crawlers.newsroom.kinds import nukeviet_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.pages import numbers, page_count, page_of
from crawlers.newsroom.kinds.xml_lists import feed, sitemap_index, urlset
from crawlers.newsroom.manner import Manner, Paragraph, Picture, Story

_NEWS = "/vi/news"
_MAIN, _SECOND = f"{_NEWS}/tin-tuc-su-kien", f"{_NEWS}/an-ninh-trat-tu"
_A_PAGE = 15
_A_SITEMAP = 1000
_LABELS = ("Tác giả: ", "Nguồn tin: ")
_TWIN = re.compile(rf"{_NEWS}/(print|savefile|sendmail)(/.+)")


class NukeViet:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=("tong-ket", "hien-mau", "huan-luyen", "tri-an", "hoi-thi", "tap-huan", "ung-pho", "dai-hoi", "ky-ket"),
        units_list="unit_police",
        parent=chrome.PUBLISHER,
        sections=("Tin tức - Sự kiện",),
        credits=("author",) * 3 + ("author-source", "both", "none", "none"),
        yearly=0.3,
        lead_share=0.85,
        guests="công an",
    )
    per_day = 1.6
    validators = "plain"
    zips = True
    renamed: tuple[tuple[str, str], ...] = (
        ("news-bodyhtml", "noi-dung-moi"),
        ("bodytext", "khung-chu"),
        ("hometext", "khung-dau"),
        ("margin-bottom-lg", "le-duoi"),
        ('"h5"', '"gio-dang"'),
    )
    disallowed: tuple[str, ...] = ("/admin/", "/vi/seek/", f"{_MAIN}/lich-truc-ban-")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        # Three share one trailing number, as was measured on a real site.
        return f"{_MAIN}/{slug}-{200 + (number - 1) // 3}.html"

    def key_of(self, ask: Ask) -> str:
        return ask.path.replace(f"{_SECOND}/", f"{_MAIN}/", 1)

    def moved(self, path: str) -> str:
        return path.replace(_MAIN, f"{_NEWS}/tin-da-chuyen", 1)

    def unmoved(self, path: str) -> str | None:
        start = f"{_NEWS}/tin-da-chuyen/"
        return path.replace(start, f"{_MAIN}/", 1) if path.startswith(start) else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(entry.posted_at.date(), entry.posted_at, None)

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        return "".join(
            (
                chrome.head(edition, story.title, self._machine(edition, entry, story)),
                f'<ol class="breadcrumbs-wrap breadcrumb"><li><a href="/"><span>Trang nhất</span></a></li>'
                f'<li><a href="{_MAIN}/"><span>{story.section}</span></a></li></ol>\n',
                self._article(edition, entry, story),
                chrome.rating(entry),
                chrome.comments(entry),
                chrome.others(edition, entry),
                "</div>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return "".join(
            (
                chrome.head(edition, title, f'<link rel="canonical" href="{edition.base_url}{path}" />\n'),
                f"{main}</div>\n",
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path in ("/", "/vi/"):
            return self._html(edition, "Trang nhất", chrome.items(edition, edition.listed[:20], _MAIN), path)
        for category, name in ((_MAIN, "Tin tức - Sự kiện"), (_SECOND, "An ninh trật tự")):
            if path.startswith(f"{category}/") and not path.endswith(".html"):
                return self._category(edition, path, category, name)
        if twin := _TWIN.fullmatch(path):
            return self._twin(edition, twin[1], _NEWS + twin[2])
        if path == f"{_NEWS}/rss/":
            newest = edition.listed[:20]
            pairs = [(e, edition.chronicle.story(e).lead or "") for e in newest]
            return feed(self.publisher, edition.base_url, pairs, edition.touched_at(newest))
        if path in chrome.STANDING:
            title, text = chrome.STANDING[path]
            return self._html(edition, title, f'<div class="page panel"><h1>{title}</h1><p>{text}</p></div>\n', path)
        if path == self.trap or path.startswith("/vi/seek/"):
            return self._html(edition, "Lịch trực ban", "<p>Lịch trực ban dành cho cán bộ đơn vị.</p>\n", path)
        return self._sitemap(edition, path)

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return (f"{edition.base_url}/sitemap.xml",)

    def _html(self, edition: Edition, title: str, main: str, path: str) -> Answer:
        return Answer(200, self.frame(edition, title, main, path).encode())

    def _machine(self, edition: Edition, entry: Entry, story: Story) -> str:
        posted, edited = (
            f"{at:%Y-%m-%d}+07{at:%H:%M}:{entry.number % 60:02d}" for at in (entry.posted_at, entry.modified_at())
        )
        url = edition.base_url + entry.path
        return (
            f'<meta property="og:title" content="{story.title}" />\n<meta property="og:type" content="article" />\n'
            f'<meta property="og:url" content="{url}" />\n<link rel="canonical" href="{url}" />\n'
            f'<meta property="article:published_time" content="{posted}" />\n'
            f'<meta property="article:modified_time" content="{edited}" />\n'
            f'<meta property="article:section" content="{story.section}" />\n'
        )

    def _article(self, edition: Edition, entry: Entry, story: Story) -> str:
        at = entry.posted_at
        day = "Chủ nhật" if at.weekday() == 6 else f"Thứ {('hai', 'ba', 'tư', 'năm', 'sáu', 'bảy')[at.weekday()]}"
        edited = entry.modified_at().isoformat()
        lead = f'<div class="hometext m-bottom" itemprop="description">{story.lead}</div>\n' if story.lead else ""
        labelled = [line.partition(": ") for line in story.credits if line.startswith(_LABELS)]
        signed = "".join(
            f'<p class="h5 text-right"><strong>{label}: </strong>{who}</p>\n' for label, _, who in labelled
        )
        first = next((block for block in story.blocks if isinstance(block, Picture)), None)
        return (
            '<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope>\n'
            f'<div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{story.title}</h1>\n'
            f'<span class="hidden hide d-none" itemprop="datePublished">{edited}</span>\n'
            f'<span class="hidden hide d-none" itemprop="dateModified">{edited}</span>\n'
            f'<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{day} - {at:%d/%m/%Y %H:%M}'
            f"</span></div>{chrome.tools(entry.path)}</div>\n"
            f'<div class="clearfix">{lead}{_lead_picture(first) if first else ""}</div>\n'
            f'<div id="news-bodyhtml" class="bodytext margin-bottom-lg">\n{_content(edition, entry, story, first)}'
            f'</div>\n</div><div class="margin-bottom-lg">{signed}</div></div>\n'
        )

    def _twin(self, edition: Edition, which: str, path: str) -> Answer | None:
        entry = edition.chronicle.by_path.get(self.key_of(Ask("GET", path)))
        if entry is None or entry.state_on(edition.day) not in ("live", "unlisted"):
            return None
        story = edition.chronicle.story(entry)
        if which == "sendmail":
            form = f'<form action="" method="post"><p>Gửi bài viết: {story.title}</p><input name="email" /></form>\n'
            return self._html(edition, "Gửi bài viết qua email", form, path)
        body = chrome.bare(edition, story.title, self._article(edition, entry, story)).encode()
        if which == "print":
            return Answer(200, body)
        name = entry.slug[:60]
        return Answer(
            200, body, f'text/x-delimtext; name="{name}.html"',
            (("content-disposition", f'attachment; filename="{name}.html"'),),
        )  # fmt: skip

    def _category(self, edition: Edition, path: str, category: str, name: str) -> Answer | None:
        entries = edition.listed if category == _MAIN else [e for e in edition.listed if chrome.in_second(edition, e)]
        rest = re.fullmatch(r"(?:page-(\d+)/)?", path.removeprefix(f"{category}/"))
        pages = page_count(entries, _A_PAGE)
        number = int(rest[1] or 1) if rest else 0
        if not 1 <= number <= pages:
            return None
        cells = []
        for n in numbers(number, pages):
            to = f"{category}/" if n == 1 else f"{category}/page-{n}/"
            cells.append(
                f'<li class="page-item active"><a class="page-link" href="#">{n}</a></li>'
                if n == number
                else f'<li class="page-item"><a class="page-link" href="{to}">{n}</a></li>'
                if n
                else '<li class="page-item disabled"><span class="page-link">...</span></li>'
            )
        below = f'<div class="text-center"><ul class="pagination">{"".join(cells)}</ul></div>\n' if pages > 1 else ""
        trap = number == 1 and category == _MAIN
        listed = chrome.items(edition, page_of(entries, number, _A_PAGE), category, trap)
        return self._html(edition, name, f'<h1 class="cat-title">{name}</h1>\n{listed}{below}', path)

    def _sitemap(self, edition: Edition, path: str) -> Answer | None:
        # The index gives the moment of asking as lastmod, whatever happened.
        now = datetime.fromisoformat(f"{edition.day}T{edition.clock}+07:00")
        if path == "/sitemap.xml":
            return sitemap_index([(f"{edition.base_url}/sitemap-vi.news.xml", now)], now)
        if path == "/sitemap-vi.news.xml":
            newest = edition.listed[:_A_SITEMAP]
            return urlset([(edition.base_url + e.path, e.modified_at()) for e in newest], now)
        return None


def _lead_picture(found: Picture) -> str:
    """The lead photo, and the hidden box that a click opens: its caption stands on the page twice."""
    image = picture(found.number, 460, "img-thumbnail")
    return (
        f'<figure class="article center pointer" data-toggle="imgpreview"><div style="width:460px;">{image}'
        f"<figcaption>{found.caption}</figcaption></div></figure>\n"
        f'<div id="imgpreview" style="display:none;"><p class="text-center">{image}<br />'
        f"<em>{found.caption}</em></p></div>\n"
    )


def _content(edition: Edition, entry: Entry, story: Story, lead: Picture | None) -> str:
    saved = sum(day <= edition.day for day in entry.saved)
    style = "text-align: justify;" + " line-height: 1.6;" * saved
    out = []
    for block in story.blocks:
        if isinstance(block, Paragraph):
            out.append(f'<p style="{style}">{block.text}</p>\n')
        elif block is not lead:
            out.append(
                f'<div style="text-align:center"><figure class="image">{picture(block.number, 800)}'
                f"<figcaption>{block.caption}</figcaption></figure></div>\n"
            )
    out += [
        f'<p style="text-align: right;"><strong>{line}</strong></p>\n'
        for line in story.credits
        if not line.startswith(_LABELS)
    ]
    return "".join(out)

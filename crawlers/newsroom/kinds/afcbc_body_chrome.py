"""What stands around and inside the article of the IMS type paper: head, related box, comments, footer."""

from __future__ import annotations

import json

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import menu, picture, script, style_sheet
from crawlers.newsroom.manner import Story

NAME = "afcbc-body"
PUBLISHER = "Báo Vùng biển"
TRAP = "/lich-truc-ban-102170101000000001.htm"


def head(edition: Edition, title: str, machine: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8" />\n<title>{title}</title>\n{machine}'
        + edition.once("head", lambda: head_rest(edition))
        + "</head>\n<body>\n"
        + edition.once("top", lambda: top(edition))
    )


def machine(entry: Entry, story: Story, url: str) -> str:
    # The zone is left out here, as on the real ones.
    told = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": story.title,
        "datePublished": entry.posted_at.isoformat(),
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }
    return (
        f'<link rel="canonical" href="{url}" />\n<meta property="og:type" content="article" />\n'
        f'<meta property="og:title" content="{story.title}" />\n<meta property="og:url" content="{url}" />\n'
        f'<meta property="article:published_time" content="{entry.posted_at:%Y-%m-%dT%H:%M:%S}" />\n'
        f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>\n'
    )


def head_rest(edition: Edition) -> str:
    styles = style_sheet(edition, ("box-category-item", "afcbc-body", "list__main", "header__nav"), 150)
    return styles + script(edition, "imsCore", 80) + script(edition, "admicro", 60)


def top(edition: Edition) -> str:
    return (
        f'<div class="header"><div class="header__time">{edition.weekday()}, {edition.day:%d/%m/%Y}</div>'
        f'<a class="header__logo" href="/">{PUBLISHER}</a><form action="/tim-kiem.htm"><input name="keywords" /></form>'
        f'{menu(NAME, "/{}.htm", "header__nav")}</div>\n<div class="main"><div class="container">\n'
    )


def relate(edition: Edition, entry: Entry) -> str:
    """The box an editor puts into the text."""
    items = "".join(
        f'<li><a href="{e.path}" title="{e.title}">{e.title}</a> <i>{e.posted_at:%d/%m/%Y}</i></li>'
        for e in edition.related(entry, 3)
    )
    return (
        '<div class="VCSortableInPreviewMode link-content-footer" type="RelatedNewsBox">'
        f'<div class="VcSortableLinkRelated"><h4>Tin liên quan</h4><ul>{items}</ul></div></div>\n'
    )


def others(edition: Edition, entry: Entry) -> str:
    items = "".join(
        f'<div class="box-category-item">{picture(1000 + e.number, 160)}<a class="box-category-link-title" '
        f'href="{e.path}">{e.title}</a> <span class="box-category-time">{e.posted_at:%d/%m/%Y}</span></div>\n'
        for e in edition.related(entry, 8)
    )
    name = '<div class="box-category-top">Tin cùng chuyên mục</div>'
    return f'<div class="box-category" data-layout="15">{name}\n{items}</div>\n'


def discussion() -> str:
    return (
        '<div class="detail-comment"><h3>Bình luận (0)</h3><form><textarea placeholder="Nội dung"></textarea>'
        '<input placeholder="Tên hiển thị" /><input placeholder="Email" /><button type="button">Gửi bình luận</button>'
        "</form></div>\n"
    )


def side(edition: Edition) -> str:
    boxes = []
    for name, entries in (("Đọc nhiều", edition.most_read), ("Mới nhất", edition.listed[:14])):
        items = "".join(
            f'<div class="box-category-item">{picture(1000 + e.number, 120)}<a class="box-category-link-title" '
            f'href="{e.path}" title="{e.title}">{e.title}</a></div>\n'
            for e in entries
        )
        boxes.append(
            f'<div class="box-category" data-layout="9"><div class="box-category-top">{name}</div>\n{items}</div>'
        )
    return (
        f'<div class="detail__csub">{"".join(boxes)}<a href="{TRAP}">Lịch trực ban</a> '
        '<a href="/gioi-thieu.htm">Giới thiệu</a></div>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'</div></div><div class="footer">{menu(NAME, "/{}.htm", "footer__nav", deep=False)}<p>Cơ quan chủ quản: Bộ Tư '
        "lệnh Vùng biển. Giấy phép số 00/GP-NR ngày 30/06/2022. Đường dây nóng: 000 000 000</p>"
        f"<p>© {edition.day.year} {PUBLISHER}. Ghi rõ nguồn khi dùng lại tin.</p></div>\n"
        f"{script(edition, 'lotus', 60)}</body>\n</html>\n"
    )

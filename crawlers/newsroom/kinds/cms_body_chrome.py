"""What stands around and inside the article of the ePi type paper: head, advertisements, related boxes, footer."""

from __future__ import annotations

import json

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import menu, picture, script, style_sheet
from crawlers.newsroom.manner import Story

NAME = "cms-body"
PUBLISHER = "Báo Đất Cao"
TRAP = "/lich-truc-toa-soan-post1.html"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def head(edition: Edition, title: str, machine: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8" />\n<title>{title} | {PUBLISHER}</title>\n'
        f"{machine}"
        + edition.once("head", lambda: head_rest(edition))
        + '</head>\n<body class="detail-page">\n'
        + edition.once("top", lambda: top(edition))
    )


def machine(edition: Edition, entry: Entry, story: Story, url: str) -> str:
    told = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": story.title,
        "datePublished": entry.posted_at.isoformat(),
        "dateModified": entry.modified_at().isoformat(),
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }
    return (
        f'<link rel="canonical" href="{url}" />\n<link rel="amphtml" href="{edition.base_url}/amp{entry.path}" />\n'
        f'<meta property="og:type" content="article" />\n<meta property="og:title" content="{story.title}" />\n'
        f'<meta property="og:url" content="{url}" />\n'
        f'<meta property="article:published_time" content="{entry.posted_at.isoformat()}" />\n'
        f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>\n'
    )


def amp(title: str, url: str, article: str) -> str:
    return (
        f'<!doctype html>\n<html amp lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{url}"><meta name="viewport" content="width=device-width">'
        "<style amp-boilerplate>body{visibility:visible}</style></head>\n"
        f'<body><header>{PUBLISHER}</header>\n<article class="article">\n{article}</article>\n</body></html>\n'
    )


def head_rest(edition: Edition) -> str:
    styles = style_sheet(edition, ("article__body", "story", "timeline", "cms-photo"), 140)
    return styles + script(edition, "cmsCore", 70) + script(edition, "sdaSlots", 60)


def top(edition: Edition) -> str:
    day = edition.day
    return (
        f'<header class="site-header"><time class="site-time">{WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}</time>'
        f'<a class="logo" href="/">{PUBLISHER}</a><form action="/tim-kiem"><input name="q" /></form>\n'
        f'{menu(NAME, "/{}", "site-nav")}</header>\n<main class="site-content main-col">\n'
    )


def banner() -> str:
    return (
        '<div class="sda_middle"><div class="banner" id="sdaArticleMiddle"><span class="ad-label">Quảng cáo</span>'
        '<a href="https://quangcao.invalid/khuyen-mai">Mở thẻ hôm nay, nhận quà liền tay</a></div></div>\n'
    )


def relate(edition: Edition, entry: Entry) -> str:
    """Related bulletins in the middle of the text, with their days."""
    items = "".join(
        f'<article class="story"><h2 class="story__heading"><a href="{e.path}">{e.title}</a></h2>'
        f"<time>{e.posted_at:%d/%m/%Y}</time></article>"
        for e in edition.related(entry, 2)
    )
    return f'<div class="article-relate"><h3 class="box-heading">Tin liên quan</h3>{items}</div>\n'


def more_of_it(edition: Edition, entry: Entry) -> str:
    items = "".join(
        f'<article class="story">{picture(1000 + e.number, 200)}<h3 class="story__heading"><a href="{e.path}">{e.title}'
        f"</a></h3><time>{e.posted_at:%d/%m/%Y}</time></article>\n"
        for e in edition.related(entry, 8)
    )
    return f'<div class="related-news"><h3 class="box-heading">Cùng chuyên mục</h3>\n{items}</div>\n'


def discussion() -> str:
    return (
        '<div class="article__comment" id="comment"><h3>Bình luận</h3><form><textarea placeholder="Ý kiến của bạn">'
        '</textarea><input placeholder="Họ tên" /><input placeholder="Email" /><button type="button">Gửi</button>'
        "</form><p>Ý kiến được kiểm duyệt trước khi đăng.</p></div>\n"
    )


def side(edition: Edition) -> str:
    boxes = []
    for name, entries in (("Tin mới nhận", edition.listed[:14]), ("Đọc nhiều", edition.most_read)):
        items = "".join(
            f'<article class="story">{picture(1000 + e.number, 120)}<h2 class="story__heading"><a href="{e.path}">'
            f"{e.title}</a></h2><time>{e.posted_at:%d/%m/%Y %H:%M}</time></article>\n"
            for e in entries
        )
        boxes.append(f'<div class="box-news"><h3 class="box-heading">{name}</h3>\n{items}</div>\n')
    return (
        f'<aside class="sub-col">{"".join(boxes)}<a href="{TRAP}">Lịch trực</a> <a href="/gioi-thieu.html">Giới thiệu'
        "</a></aside>\n"
    )


def foot(edition: Edition) -> str:
    return (
        f'<footer class="site-footer">{menu(NAME, "/{}", "footer-nav", deep=False)}<p>Giấy phép số 00/GP-NR ngày '
        f"11/08/2020. Tổng Biên tập: phụ trách nội dung. © {edition.day.year} {PUBLISHER}</p></footer>\n"
        f"{script(edition, 'player', 60)}</body>\n</html>\n"
    )

"""What stands around the article on the army daily: head, boxes, discussion, footer."""

from __future__ import annotations

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import menu, picture, script, style_sheet

NAME = "army-daily"
PUBLISHER = "Báo Chiến sĩ Ngày mới"
TRAP = "/quoc-phong-an-ninh/tin-tuc/ban-in-so-cuoi-tuan-100001"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def head(edition: Edition, title: str, url: str, machine: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8" />\n<title>{title}</title>\n'
        f'<link rel="canonical" href="{url}" />\n{machine}'
        + edition.once("head", lambda: head_rest(edition))
        + "</head>\n<body>\n"
        + edition.once("top", lambda: top(edition))
    )


def head_rest(edition: Edition) -> str:
    styles = style_sheet(edition, ("post-detail", "list-news", "hot-news", "media"), 150)
    return styles + script(edition, "analytics", 70) + script(edition, "adSlot", 70)


def top(edition: Edition) -> str:
    day = edition.day
    clock = f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y} | {edition.clock[:5]} (GMT+7)"
    return (
        f'<header class="top-header"><div class="current-date">{clock}</div><a class="logo" href="/">{PUBLISHER}</a>'
        f'<form action="/tim-kiem"><input name="q" /></form>\n{menu(NAME, "/{}", "main-menu")}</header>\n'
    )


def related(edition: Edition, entry: Entry) -> str:
    items = "".join(
        f'<li>{picture(1000 + e.number, 160)}<h3><a href="{e.path}">{e.title}</a></h3></li>\n'
        for e in edition.related(entry, 8)
    )
    return f'<div class="related-news"><h4>Tin cùng chuyên mục</h4><ul>\n{items}</ul></div>\n'


def discussion() -> str:
    return (
        '<div class="box-comment"><h4>Ý kiến bạn đọc</h4><form id="commentForm"><textarea name="content" placeholder='
        '"Ý kiến của bạn"></textarea><input name="fullname" placeholder="Họ và tên" /><input name="email" placeholder='
        '"Email" /><button type="button">Gửi bình luận</button></form></div>\n'
    )


def side(edition: Edition) -> str:
    boxes = []
    for name, entries in (
        ("Tin mới nhận", edition.listed[:15]),
        ("Đọc nhiều", edition.most_read),
        ("Tin nổi bật", edition.listed[15:25]),
    ):
        items = "".join(
            f'<li>{picture(1000 + e.number, 100)}<a href="{e.path}" title="{e.title}">{e.title}</a></li>\n'
            for e in entries
        )
        boxes.append(f'<div class="box-side most-read"><h4>{name}</h4><ul>\n{items}</ul></div>\n')
    printed = f'<a href="{TRAP}">Bản in</a> <a href="/tim-kiem?q=quoc+phong">Tìm kiếm</a>'
    return f'<aside class="col-right">{"".join(boxes)}<div class="box-side">{printed}</div></aside>\n'


def foot(edition: Edition) -> str:
    now, today, _ = edition.visits()
    return (
        f'<footer class="footer">{menu(NAME, "/{}", "footer-menu", deep=False)}<p>Giấy phép số 000/GP-NR ngày '
        f"05/01/2021. Tổng Biên tập: phụ trách nội dung. Đang xem: {now}, hôm nay {today}</p>\n"
        f"<p>© {edition.day.year} {PUBLISHER}</p></footer>\n{script(edition, 'player', 60)}</body>\n</html>\n"
    )

"""What stands around the article on the paper of a military region: WordPress's head, boxes, comments, footer."""

from __future__ import annotations

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import counters, menu, picture, script, style_sheet
from crawlers.newsroom.words import counted, lines

NAME = "military-region"
PUBLISHER = "Báo Quân khu 6"
TRAP = "/lich-truc-noi-bo/"
STANDING = {
    "/gioi-thieu/": (
        "Giới thiệu",
        "Tòa soạn là cơ quan ngôn luận của Đảng ủy, Bộ Tư lệnh Quân khu, diễn đàn của lực lượng vũ trang và nhân dân "
        "trên địa bàn. Tòa soạn xuất bản báo in hằng tuần, trang điện tử hằng ngày và các phụ trương vào dịp lễ, Tết.",
    ),
    "/lien-he/": (
        "Liên hệ",
        "Địa chỉ: Đường Sông Vang, phường Bến Gạo. Điện thoại: 000 000 000. Email: toasoan@newsroom.invalid",
    ),
}


def head(edition: Edition, title: str, classes: str, url: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="UTF-8" />\n<title>{title} - {PUBLISHER}</title>\n'
        f'<meta name="generator" content="WordPress 6.4.3" />\n<link rel="canonical" href="{url}" />\n'
        + edition.once("head", lambda: head_rest(edition))
        + f'</head>\n<body class="post-template-default {classes}">\n'
        + edition.once("top", lambda: top(edition))
    )


def head_rest(edition: Edition) -> str:
    styles = style_sheet(edition, ("entry-title", "entry-content", "site-main", "widget"), 130)
    return styles + script(edition, "wpEmoji", 60) + script(edition, "tracker", 40)


def top(edition: Edition) -> str:
    day = edition.day
    clock = f"{edition.weekday()} Ngày {day:%d} Tháng {day:%m} Năm {day.year}, {edition.clock}"
    return (
        f'<header class="site-header"><div class="site-branding"><a href="/">{PUBLISHER}</a></div>\n'
        f"{menu(NAME, '/category/{}/', 'main-navigation')}"
        '<form role="search" class="search-form" action="/tim-kiem/"><input name="s" type="search" /></form></header>\n'
        f'<div id="content" class="site-content">\n<div class="ngay-gio">{clock}</div>\n'
    )


def related(edition: Edition, entry: Entry) -> str:
    items = "".join(
        f'<li>{picture(1000 + other.number, 120)}<a href="{other.path}">{other.title}</a> '
        f"<span>({other.posted_at:%d/%m/%Y})</span></li>\n"
        for other in edition.related(entry, 6)
    )
    return f'<div class="tin-lien-quan"><h3>Tin liên quan</h3><ul>\n{items}</ul></div>\n'


def comments(edition: Edition, entry: Entry) -> str:
    said = lines("comments")
    count = int(edition.fixed(entry.path, "comments") ** 4 * 90)
    items = "".join(
        f'<li class="comment"><b class="fn">Bạn đọc {n + 1}</b> <time>{entry.posted_at:%d/%m/%Y}</time>'
        f"<p>{said[(entry.number + n) % len(said)]}</p></li>\n"
        for n in range(count)
    )
    return (
        f'<div id="comments" class="comments-area"><ol class="comment-list">{items}</ol>\n<div id="respond" class='
        '"comment-respond"><h3 id="reply-title" class="comment-reply-title">Trả lời</h3>\n'
        '<form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form">'
        '<p class="comment-notes"><span id="email-notes">'
        "Thư điện tử của bạn sẽ không được hiển thị công khai.</span></p>\n"
        '<p><label>Bình luận</label><textarea name="comment"></textarea>'
        '</p><p><label>Tên</label><input name="author" /></p><p><label>Thư điện tử</label><input name="email" /></p>'
        f'<input type="hidden" name="comment_post_ID" value="{entry.number}" /><input type="submit" value="Phản hồi" />'
        "</form></div></div>\n"
    )


def side(edition: Edition) -> str:
    latest = "".join(
        f'<li>{picture(1000 + e.number, 90)}<a href="{e.path}" title="{e.title}">{e.title}</a>'
        f"<span>{e.posted_at:%d/%m/%Y}</span></li>\n"
        for e in edition.listed[:12]
    )
    read = "".join(
        f'<li><a href="{e.path}">{e.title}</a> <i>{counted(edition.views(e))} lượt xem</i></li>\n'
        for e in edition.most_read
    )
    return (
        f'<aside id="secondary" class="widget-area sidebar">'
        f'<div class="widget"><h4>Tin mới</h4><ul>\n{latest}</ul></div>\n'
        f'<div class="widget"><h4>Đọc nhiều</h4><ul>\n{read}</ul></div>\n{counters(edition)}'
        f'<div class="widget"><a href="/tim-kiem/?s=phap+luat">Tìm văn bản</a> '
        f'<a href="{TRAP}">Lịch trực</a></div></aside>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'</div>\n<footer class="site-footer">{menu(NAME, "/category/{}/", "footer-menu", deep=False)}'
        f"<p>Cơ quan chủ quản: Bộ Tư lệnh Quân khu 6. Giấy phép số 00/GP-NR cấp ngày 12/3/2019.</p>\n"
        f"<p>Bản quyền © {edition.day.year} {PUBLISHER}. Điện thoại: 000 000 000</p></footer>\n"
        + script(edition, "slider", 50)
        + "</body>\n</html>\n"
    )

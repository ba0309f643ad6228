"""What stands around the article on the NukeViet portal: head, blocks, lists, rating and comment forms, footer."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import counters, menu, picture, script, style_sheet
from crawlers.newsroom.words import lines

NAME = "nukeviet"
PUBLISHER = "Công an tỉnh Tân Giang"
TRAP = "/vi/news/tin-tuc-su-kien/lich-truc-ban-noi-bo-1.html"
STANDING = {
    "/vi/about/": (
        "Giới thiệu",
        "Công an tỉnh có ba mươi hai phòng và công an cấp xã, làm nòng cốt trong bảo vệ an ninh quốc gia, giữ gìn trật "
        "tự, an toàn xã hội trên địa bàn. Trang này đăng tin hoạt động, thủ tục hành chính và hướng dẫn cho người dân.",
    ),
    "/vi/contact/": ("Liên hệ", "Địa chỉ: Đường Sông Vang, phường Bến Gạo. Điện thoại: 000 000 000."),
}


def in_second(edition: Edition, entry: Entry) -> bool:
    """Whether a bulletin stands in the second category, too."""
    return edition.fixed(entry.first_path, "category") < 0.35


def head(edition: Edition, title: str, machine: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#">\n<head>\n'
        f"<title>{title} - {PUBLISHER}</title>\n"
        f'<meta charset="utf-8">\n<meta name="generator" content="NukeViet v4.5" />\n{machine}'
        + edition.once("head", lambda: head_rest(edition))
        + "</head>\n<body>\n"
        + edition.once("top", lambda: top(edition))
    )


def bare(edition: Edition, title: str, article: str) -> str:
    """The page as it is printed and saved: the article without anything around it."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><title>{title}</title><meta charset="utf-8" /></head>\n'
        f'<body><div id="print"><div class="header">{PUBLISHER}<br />{edition.base_url}/</div><hr />\n{article}'
        f"<hr /><p>Ngày in: {edition.day:%d/%m/%Y}</p></div></body></html>\n"
    )


def head_rest(edition: Edition) -> str:
    settings = (
        '<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_lang_interface="vi",nv_name_variable="nv",'
        'nv_fc_variable="op",nv_lang_variable="language",nv_module_name="news",nv_func_name="detail",'
        "nv_is_user=0,nv_recaptcha_ver=2;</script>\n"
    )
    styles = style_sheet(edition, ("news_column", "bodytext", "panel-body", "nv-block"), 140)
    return settings + styles + script(edition, "nukeviet", 60) + script(edition, "socials", 40)


def top(edition: Edition) -> str:
    return (
        f'<header class="section-header-bar"><span class="current-time">{edition.weekday()}, {edition.day:%d/%m/%Y}, '
        f'{edition.clock[:5]}</span><a class="logo" href="/">{PUBLISHER}</a>'
        f'<form action="/vi/seek/"><input name="q" /></form></header>\n{menu(NAME, "/vi/{}/", "second-nav")}'
        '<div class="body-bg container"><div class="col-sm-16 col-md-18">\n'
    )


def tools(path: str) -> str:
    """The three twins of an article."""
    rest = path.removeprefix("/vi/news/")
    links = "".join(
        f'<li><a class="dimgray" rel="nofollow" title="{name}" href="/vi/news/{twin}/{rest}">'
        f'<em class="fa fa-{icon} fa-lg">&nbsp;</em></a></li>'
        for twin, name, icon in (
            ("sendmail", "Gửi bài viết qua email", "envelope"),
            ("print", "In ra", "print"),
            ("savefile", "Lưu bài viết này", "save"),
        )
    )
    return f'<div class="col-md-12"><ul class="list-inline text-right">{links}</ul></div>'


def items(edition: Edition, entries: Sequence[Entry], category: str, trap: bool = False) -> str:
    """A list; its links lead below `category`. Views and comments are counted here, not on the article's page."""
    out = [_item(edition, entry, f"{category}/{entry.path.rpartition('/')[2]}") for entry in entries]
    if trap:
        out.append(f'<div class="news_column"><h3><a class="show" href="{TRAP}">Lịch trực ban</a></h3></div>\n')
    return f'<div class="viewcat">\n{"".join(out)}</div>\n'


def _item(edition: Edition, entry: Entry, to: str) -> str:
    return (
        '<div class="news_column panel panel-default"><div class="panel-body">'
        f'<a href="{to}">{picture(1000 + entry.number, 100, "img-thumbnail pull-left")}</a>'
        f'<h3><a class="show" href="{to}" title="{entry.title}">{entry.title}</a></h3>\n'
        f'<div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em> '
        f'<span class="time">{entry.posted_at:%d/%m/%Y %H:%M}:{entry.number % 60:02d}</span></li>'
        f'<li><em class="fa fa-eye">&nbsp;</em> Đã xem: {edition.views(entry)}</li>'
        '<li><em class="fa fa-comment-o">&nbsp;</em> Phản hồi: 0</li></ul></div>'
        f"<div>{edition.chronicle.story(entry).lead or ''}</div></div></div>\n"
    )


def rating(entry: Entry) -> str:
    points = 3 + entry.number % 3
    stars = "".join(f'<input class="hover-star required" type="radio" name="rate" value="{n}" />' for n in range(1, 6))
    return (
        '<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action="">'
        f'<div class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: {points} trong 1 đánh giá</p>'
        f"<span>Xếp hạng: {points} - 1 phiếu bầu</span>{stars}<span>Click để đánh giá bài viết</span></div></form>"
        "</div></div>\n"
    )


def comments(entry: Entry) -> str:
    said = lines("comments")
    shown = "".join(
        f'<li class="media"><strong class="cm_item">Người dân {n + 1}</strong> <em>{entry.posted_at:%d/%m/%Y} '
        f"20:{10 + n}</em><div>{said[(entry.number + n) % len(said)]}</div></li>\n"
        for n in range(entry.number % 5 // 3)
    )
    return (
        '<div class="news_column panel"><div id="idcomment" class="nv-fullbg"><h3>Ý kiến bạn đọc</h3>'
        f'<div id="showcomment"><ul class="comment-list">{shown}</ul></div><div id="formcomment" class="comment-form">'
        '<form method="post" action="/index.php?nv=comment"><input name="name" placeholder="Tên của bạn" /><input '
        'name="email" placeholder="Email" /><textarea name="content"></textarea><p>Mã bảo mật</p><input name="code" />'
        '<input type="submit" value="Gửi bình luận" /></form></div></div></div>\n'
    )


def others(edition: Edition, entry: Entry) -> str:
    there = [e for e in edition.chronicle.entries[max(0, entry.number - 7) : entry.number + 6] if e.left is None]
    out = []
    for name, found in (
        ("Những tin mới hơn", [e for e in there if e.number > entry.number]),
        ("Những tin cũ hơn", [e for e in reversed(there) if e.number < entry.number]),
    ):
        rows = "".join(
            f'<li><em class="fa fa-angle-right">&nbsp;</em><h4><a href="{e.path}" title="{e.title}">{e.title}</a></h4>'
            f"<em>({e.posted_at:%d/%m/%Y})</em></li>\n"
            for e in found
        )
        if rows:
            out.append(
                f'<p class="h3"><strong>{name}</strong></p><div class="clearfix">'
                f'<ul class="detail-related related list-none list-items">\n{rows}</ul></div>\n'
            )
    return (
        f'<div class="news_column panel panel-default"><div class="panel-body other-news">{"".join(out)}</div></div>\n'
    )


def side(edition: Edition) -> str:
    boxes = []
    for name, entries in (("Tin mới", edition.listed[:10]), ("Tin xem nhiều", edition.most_read)):
        rows = "".join(
            f'<li>{picture(1000 + e.number, 65)}<a class="show" href="{e.path}" title="{e.title}">{e.title}</a></li>\n'
            for e in entries
        )
        boxes.append(f'<div class="panel panel-primary nv-block"><div class="panel-heading">{name}</div>')
        boxes.append(f'<ul class="block_groups list-none">\n{rows}</ul></div>\n')
    standing = "".join(f'<a href="{path}">{title}</a> ' for path, (title, _) in STANDING.items())
    return (
        f'<div class="col-sm-8 col-md-6">{"".join(boxes)}{counters(edition)}'
        f'<div class="nv-block">{standing}<a href="{TRAP}">Lịch trực ban</a></div></div>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'</div><footer id="footer">{menu(NAME, "/vi/{}/", "bottom-nav", deep=False)}<p>Đơn vị quản lý: {PUBLISHER}. '
        "Người chịu trách nhiệm: Phòng Tham mưu. Giấy phép số 00/GP-NR ngày 18/04/2021.</p>"
        f"<p>© Bản quyền thuộc về {PUBLISHER}, {edition.day.year}. Mã nguồn NukeViet CMS</p></footer>\n"
        f"{script(edition, 'bootstrap', 50)}</body>\n</html>\n"
    )

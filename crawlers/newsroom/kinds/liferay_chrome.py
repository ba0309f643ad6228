"""What stands around the article on the Liferay portal: portlets, pager, language links, boxes, footer."""

from __future__ import annotations

import hashlib

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import counters, menu, picture, script, style_sheet

NAME = "liferay"
PUBLISHER = "Cổng Thông tin điện tử tỉnh Phú Điền"
TRAP = "/tin-tuc/-/view_content/99-lich-cong-tac-noi-bo.html"
STANDING = {
    "/gioi-thieu": (
        "Giới thiệu",
        "Phú Điền là tỉnh trung du có mười hai xã, phường ven sông Vang, kinh tế chủ yếu là lâm nghiệp và nghề gốm. "
        "Cổng đăng tin hoạt động của tỉnh, văn bản, thủ tục và kết quả giải quyết kiến nghị của người dân.",
    ),
    "/lien-he": ("Liên hệ", "Văn phòng: Đường Sông Vang, phường Chợ Cát. Điện thoại: 000 000 000."),
}


def instance(edition: Edition) -> str:
    """`101_INSTANCE_` and the letters of the portlet, of their own on every site."""
    digest = hashlib.sha256(f"{edition.seed}/{edition.site_id}".encode()).digest()
    letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "101_INSTANCE_" + "".join(letters[byte % len(letters)] for byte in digest[:12])


def token(edition: Edition, entry: Entry, length: int) -> str:
    """A token of today: another one tomorrow."""
    made = hashlib.sha256(f"{edition.seed}/{edition.site_id}/{edition.day}/{entry.number}".encode()).hexdigest()
    return made[:length].upper()


def portlet(edition: Edition, content: str) -> str:
    name = instance(edition)
    return (
        f'<div class="portlet-boundary portlet-boundary_101_ portlet-static portlet-asset-publisher" id="p_p_id_{name}'
        f'_">\n<section class="portlet" id="portlet_{name}"><div class="portlet-content"><div class="portlet-body">\n'
        f"{content}</div></div></section></div>\n"
    )


def pager(edition: Edition, path: str, number: int, pages: int, size: int) -> str:
    """First, previous, next, last; those that lead nowhere are disabled."""
    if pages == 1:
        return ""
    name = instance(edition)

    def cell(label: str, to: int, css: str) -> str:
        if to == number or not 1 <= to <= pages:
            return f'<li class="disabled {css}"><a href="javascript:;">{label}</a></li>'
        href = (
            f"{path}?p_p_id={name}&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;p_p_mode=view&amp;p_p_col_id=column-2"
            f"&amp;p_p_col_count=1&amp;_{name}_delta={size}&amp;_{name}_advancedSearch=false&amp;_{name}_andOperator=true"
            f"&amp;p_r_p_564233524_resetCur=false&amp;_{name}_cur={to}"
        )
        return f'<li class="{css}"><a href="{href}">{label}</a></li>'

    cells = (
        cell("← Đầu tiên", 1, "first"),
        cell("Trước", number - 1, ""),
        cell("Tiếp theo", number + 1, ""),
        cell("Cuối cùng →", pages, "last"),
    )
    return (
        f'<div class="taglib-page-iterator"><small class="search-results">Trang {number} của {pages}</small>'
        f'<ul class="pager lfr-pagination-buttons">{"".join(cells)}</ul></div>\n'
    )


def head(edition: Edition, title: str) -> str:
    # The interface is English to the server, whatever the text.
    return (
        f'<!DOCTYPE html>\n<html class="aui ltr" dir="ltr" lang="en-US">\n<head>\n<title>{title} - {PUBLISHER}</title>'
        '\n<meta content="text/html; charset=UTF-8" http-equiv="content-type" />\n'
        + edition.once("head", lambda: head_rest(edition))
        + '</head>\n<body class="yui3-skin-sam controls-visible guest-site signed-out public-page site">\n'
        + edition.once("top", lambda: top(edition))
    )


def head_rest(edition: Edition) -> str:
    settings = (
        "<script>var Liferay={Browser:{},Data:{ICONS_INLINE_SVG:!0},ThemeDisplay:{getLanguageId:function(){return"
        '"en_US"},getLayoutURL:function(){return"/tin-tuc"},isSignedIn:function(){return!1}}};</script>\n'
    )
    styles = style_sheet(edition, ("asset-abstract", "portlet-body", "journal-content", "aui"), 150)
    return settings + styles + script(edition, "yui", 80) + script(edition, "alloy", 60)


def top(edition: Edition) -> str:
    # Relative to the page: on `/en/tin-tuc` the second leads to `/en/en/tin-tuc`.
    languages = '<a href="vi/tin-tuc" lang="vi-VN">Tiếng Việt</a> <a href="en/tin-tuc" lang="en-US">English</a>'
    return (
        f'<header id="banner"><div class="currentDate">{edition.weekday()}, {edition.day:%d/%m/%Y}</div>'
        f'<div class="language">{languages}</div><a class="logo" href="/trang-chu">{PUBLISHER}</a>\n'
        f'{menu(NAME, "/{}", "sort-pages")}<form action="/tim-kiem"><input name="keywords" /></form></header>\n'
        '<div id="content">\n'
    )


def related(edition: Edition, entry: Entry) -> str:
    items = "".join(
        f'<li><a href="{e.path}">{e.title}</a> <span class="date_content_asset">({e.posted_at:%d/%m/%Y})</span></li>\n'
        for e in edition.related(entry, 8)
    )
    return f'<div class="related_asset"><h4>Tin liên quan</h4><ul>\n{items}</ul></div>\n'


def side(edition: Edition) -> str:
    newest = "".join(
        f'<li>{picture(1000 + e.number, 80)}<a href="{e.path}" title="{e.title}">{e.title}</a> '
        f'<span class="date_content_asset">({e.posted_at:%d/%m/%Y})</span></li>\n'
        for e in edition.listed[:10]
    )
    read = "".join(f'<li><a href="{e.path}">{e.title}</a></li>\n' for e in edition.most_read)
    documents = "".join(
        f'<li><a href="/van-ban?id={n}">{n * 37}/QĐ-UBND</a> <i>{edition.day:%m/%Y}</i></li>' for n in range(3, 15)
    )
    return (
        '<div class="column-3" id="column-3"><div class="portlet-boundary"><h2 class="portlet-title">Tin mới</h2>'
        f'<ul>\n{newest}</ul></div>\n<div class="portlet-boundary"><h2 class="portlet-title">Đọc nhiều</h2><ul>\n{read}'
        f'</ul></div>\n<div class="portlet-boundary"><h2 class="portlet-title">Văn bản mới</h2><ul>{documents}</ul>'
        f'</div>\n{counters(edition)}<a href="{TRAP}">Lịch công tác</a></div>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'<footer id="footer">{menu(NAME, "/{}", "footer-menu", deep=False)}<p>Cơ quan chủ quản: UBND tỉnh Phú Điền. '
        f"Giấy phép số 00/GP-TTĐT ngày 09/07/2015. © {edition.day.year} {PUBLISHER}</p></footer>\n"
        f"{script(edition, 'portal', 60)}</body>\n</html>\n"
    )

"""What stands around the article on the SharePoint portal: form, ribbon, menus, boxes, footer."""

from __future__ import annotations

import hashlib

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import counters, menu, picture, script, style_sheet
from crawlers.newsroom.kinds.postback import Pager

NAME = "sharepoint"
PUBLISHER = "Bộ Tài nguyên Miền núi"
TRAP = "/tintuc/Pages/luu-tru.aspx?CateID=12&amp;ItemID=7"
STANDING = {
    "/pages/gioi-thieu.aspx": (
        "Giới thiệu",
        "Bộ thực hiện chức năng quản lý nhà nước về rừng, núi, khoáng sản và nước ở thượng nguồn, có mười hai vụ, "
        "viện và trung tâm. Trang này đăng tin hoạt động, văn bản và số liệu thống kê hằng quý của ngành.",
    ),
    "/pages/lien-he.aspx": ("Liên hệ", "Trụ sở: Đường Sông Vang. Điện thoại: 000 000 000."),
}


def guid(edition: Edition, name: str) -> str:
    """`3f2a…_…`: with underscores, as in ids of web parts."""
    found = hashlib.sha256(f"{edition.seed}/{edition.site_id}/{name}".encode()).hexdigest()
    return "_".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:32]))


def whole(edition: Edition, title: str, main: str, action: str) -> str:
    hidden = edition.once("hidden", lambda: Pager(edition.seed, edition.site_id).fields(0))
    return "".join(
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.'
            'dtd">\n<html dir="ltr" lang="vi-VN">\n<head>'
            '<meta name="GENERATOR" content="Microsoft SharePoint" />\n<title>\n\t',
            f"{title}\n</title>\n",
            edition.once("head", lambda: head_rest(edition)),
            '</head>\n<body><form name="aspnetForm" method="post" action="',
            action.replace("&", "&amp;") if "&amp;" not in action else action,
            f'" id="aspnetForm">\n{hidden}<div id="s4-workspace"><div id="s4-bodyContainer">\n',
            edition.once("top", lambda: top(edition)),
            f'<div id="MSOZoneCell_WebPartWPQ3" class="s4-wpcell-plain cot-chinh">\n{main}</div>\n',
            edition.once("side", lambda: side(edition)),
            edition.once("foot", lambda: foot(edition)),
        )
    )


def head_rest(edition: Edition) -> str:
    settings = (
        '<script type="text/javascript">var _spPageContextInfo={webServerRelativeUrl:"/tintuc",webLanguage:1066,'
        'siteClientTag:"431$$15.0.4569.1000",isAppWeb:false};var _fV4UI=true;</script>\n'
    )
    styles = style_sheet(edition, ("ds-tin", "cot-chinh", "ms-rtestate-field", "s4-wpcell-plain"), 130)
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
    return meta + settings + styles + script(edition, "spCore", 70) + script(edition, "msajax", 50)


def top(edition: Edition) -> str:
    clock = f"Hôm nay, {edition.weekday()}, ngày {edition.day:%d/%m/%Y}"
    return (
        f'<div class="dau-trang"><div class="dong-ho">{clock}</div><a class="ten-bo" href="/">{PUBLISHER}</a>\n'
        f"{menu(NAME, '/pages/{}.aspx', 'ms-core-navigation')}</div>\n"
    )


def others(edition: Edition, entry: Entry, article: str) -> str:
    items = "".join(
        f'<li><a href="{e.path.replace("&", "&amp;")}">{e.title}</a> <span>({e.posted_at:%d/%m/%Y})</span></li>\n'
        for e in edition.related(entry, 8)
    )
    return f'<div class="tin-khac"><h3>Các tin khác</h3><ul>\n{items}</ul></div>\n'


def side(edition: Edition) -> str:
    newest = "".join(
        f'<li>{picture(1000 + e.number, 90)}<a href="{e.path.replace("&", "&amp;")}">{e.title}</a></li>\n'
        for e in edition.listed[:12]
    )
    read = "".join(
        f'<li><a href="{e.path.replace("&", "&amp;")}">{e.title}</a> <i>{edition.views(e)} lượt xem</i></li>\n'
        for e in edition.most_read
    )
    figures = "".join(
        f"<tr><td>Quý {q}/{edition.day.year - 1}</td><td>{edition.day.year * q % 977},{q} nghìn ha</td></tr>"
        for q in range(1, 5)
    )
    return (
        f'<div class="cot-phai"><div class="hop"><h4>Tin mới</h4><ul>\n{newest}</ul></div>\n<div class="hop"><h4>'
        f'Đọc nhiều</h4><ul>\n{read}</ul></div>\n<div class="hop"><h4>Số liệu</h4><table>{figures}</table></div>\n'
        f'{counters(edition)}<div class="hop"><a href="{TRAP}">Lưu trữ</a></div></div>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'<div class="chan-trang">{menu(NAME, "/pages/{}.aspx", "menu-duoi", deep=False)}<p>© {edition.day.year} '
        f"{PUBLISHER}. Giấy phép số 00/GP-TTĐT ngày 22/10/2013. Đường dây nóng: 000 000 000</p></div>\n</div></div>"
        f"</form>\n{script(edition, 'ribbon', 60)}</body>\n</html>\n"
    )

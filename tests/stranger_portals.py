"""Strangers that are portals of offices: Joomla, DotNetNuke, plain PHP and ASP, Laravel, Liferay, documents beside news.

One function a site, its markup in it: that is long, and the only thing there is.
"""

from __future__ import annotations

from tests.stranger_parts import (
    Page,
    Story,
    Stranger,
    cut,
    framed,
    links,
    moved,
    number_of,
    numbers,
    rss,
    slug,
    stories,
)

ABOUT = "<h1>Giới thiệu chung</h1><p>Sở là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, có con dấu và tài khoản riêng.</p>"


def joomla(seed: int) -> Stranger:
    """Joomla: /tin-tuc/321-slug.html, lists by ?start=10, a print twin, other articles below."""
    home, told = "http://benhvien.example.vn", stories(seed, 100)
    names = ("Tin tức", "Công tác Đảng", "Chuyên môn")
    at = {s.number: f"/{slug(names[s.of(names)])}/{900 - s.number}-{s.slug[:50]}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links(
            [("/", "Trang chủ")]
            + [(f"/{slug(n)}.html", n) for n in names]
            + [
                ("/gioi-thieu/12-gioi-thieu-chung-ve-benh-vien.html", "Giới thiệu"),
                ("/gioi-thieu/13-co-cau-to-chuc-bo-may.html", "Tổ chức"),
            ]
        )
        new = links([(at[s.number], s.title) for s in told[:6]])
        return (
            f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x"><html xml:lang="vi-vn" lang="vi-vn"><head><meta name="generator" content="Joomla! - Open Source Content Management">'
            f'<title>{title}</title><link href="/?format=feed&amp;type=rss" rel="alternate" type="application/rss+xml" title="RSS 2.0"></head><body><div id="menu"><ul class="menu">{menu}</ul></div>'
            f'<div id="maincolumn">{main}</div><div id="rightcolumn"><div class="moduletable"><h3>Tin mới</h3><ul class="latestnews">{new}</ul></div></div></body></html>'
        )

    def item(s: Story) -> str:
        return (
            f'<div class="items-row"><div class="item"><h2><a href="{at[s.number]}">{s.title}</a></h2><dl class="article-info"><dd class="create">Được đăng: {s.dmy} {s.time}</dd>'
            f'<dd class="hits">Lượt xem: {s.number * 13}</dd></dl><p>{s.lead[:150]}</p><p class="readmore"><a href="{at[s.number]}">Xem thêm: {s.title[:20]}...</a></p></div></div>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if query.get("format") == "feed":
            return rss("Bệnh viện", [(home + at[s.number], s) for s in told[:10]])
        if path in paths:
            s = paths[path]
            return around(s.title, (
                f'<div class="item-page"><h2><a href="{path}">{s.title}</a></h2><ul class="actions"><li><a href="{path}?tmpl=component&amp;print=1&amp;page=">In</a></li></ul>'
                f'<dl class="article-info"><dd class="published">Ngày đăng: {s.dmy} {s.time}</dd><dd class="hits">Lượt xem: {s.number * 13}</dd></dl><p>{s.lead}</p>{s.paragraphs}'
                f'<ul class="relateditems">{links([(at[r.number], r.title) for r in told[s.number % 80 : s.number % 80 + 4]])}</ul></div>{s.mark}'
            ))  # fmt: skip
        if path == "/":
            return around("Bệnh viện", f'<div class="blog-featured">{"".join(map(item, told[:6]))}</div>')
        for k, n in enumerate(names):
            if path == f"/{slug(n)}.html":
                start = number_of(query.get("start"), 0)
                mine = [s for s in told if s.of(names) == k]
                pages = links(
                    [
                        (f"{path}?start={at}" if at else path, str(at // 10 + 1))
                        for at in range(0, len(mine), 10)
                        if at != start
                    ]
                )
                pages += (
                    f'<li class="pagination-next"><a title="Tiếp" href="{path}?start={start + 10}" class="pagenav">Tiếp</a></li>'
                    if start + 10 < len(mine)
                    else ""
                )
                pages += (
                    f'<li class="pagination-end"><a title="Cuối" href="{path}?start={(len(mine) - 1) // 10 * 10}" class="pagenav">Cuối</a></li>'
                    if start + 10 < len(mine)
                    else ""
                )
                return around(
                    n,
                    f'<div class="blog"><h1>{n}</h1>{"".join(map(item, mine[start : start + 10]))}<div class="pagination"><ul>{pages}</ul></div></div>',
                )
        return around("Giới thiệu", ABOUT) if path.startswith("/gioi-thieu/") else None

    return Stranger("joomla", home + "/", route, len(told))


def dnn(seed: int) -> Stranger:
    """DotNetNuke: the number of the article within the path, lists in a table, paged by a postback."""
    home, told = "http://congan.example.vn", stories(seed, 80)
    at = {
        s.number: f"/Tin-tuc/tabid/89/ctl/ViewDetail/mid/446/ArticleID/{3000 + s.number}/language/vi-VN/Default.aspx"
        for s in told
    }
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str, path: str) -> str:
        menu = links(
            [
                ("/Tin-tuc/tabid/89/language/vi-VN/Default.aspx", "Tin tức"),
                ("/Gioi-thieu/tabid/57/language/vi-VN/Default.aspx", "Giới thiệu"),
                ("/Lien-he/tabid/60/language/vi-VN/Default.aspx", "Liên hệ"),
            ]
        )
        return (
            f'<html lang="vi-VN"><head><title>{title}</title><meta name="GENERATOR" content="DotNetNuke"></head><body><form method="post" action="{path}" id="Form">'
            f'<input type="hidden" name="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" value=""><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK{len(main)}">'
            f'<div id="dnn_dnnMENU"><ul>{menu}</ul></div><div id="dnn_ContentPane" class="contentpane">{main}</div><input name="dnn$dnnSEARCH$txtSearch"></form></body></html>'
        )

    def row(s: Story) -> str:
        return f'<tr><td><img src="/Portals/0/bullet.gif"></td><td class="Normal"><a class="SubHead" href="{home}{at[s.number]}">{s.title}</a> <span class="NormalDate">({s.dmy})</span><br>{s.lead[:80]}</td></tr>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in ("/", "/Default.aspx"):
            return around(
                "Công an", f'<table id="dnn_ctr440_Home">{"".join(map(row, told[:8]))}</table>', "/Default.aspx"
            )
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<div id="dnn_ctr446_ViewDetail"><span class="Head">{s.title}</span><div class="NormalDate">Ngày cập nhật: {s.dmy} {s.time}</div><div class="Normal"><b>{s.lead}</b>{s.paragraphs}</div></div>{s.mark}',
                path,
            )
        if path == "/Tin-tuc/tabid/89/language/vi-VN/Default.aspx":
            wanted = posted.get("__EVENTTARGET", "").rpartition("$lnk")[2]
            page = number_of(wanted)
            shown, last = cut(told, page, 10)
            pager = "".join(
                f"<span>{n}</span> "
                if n == page
                else f"<a id=\"dnn_ctr446_lnk{n}\" href=\"javascript:__doPostBack('dnn$ctr446$View$lnk{n}','')\">{n}</a> "
                for n in range(1, last + 1)
            )
            return around(
                "Tin tức",
                f'<table id="dnn_ctr446_View_grd">{"".join(map(row, shown))}</table><div class="PagingTable">{pager}</div>',
                path,
            )
        return around("Giới thiệu", ABOUT, path) if path.startswith(("/Gioi-thieu/", "/Lien-he/")) else None

    return Stranger("dnn", home + "/", route, len(told))


def same_php(seed: int) -> Stranger:
    """As one_php, but documents and bulletins have the same parameters: only mod=news and mod=doc tell them apart."""
    return one_php(seed, "")


def one_php(seed: int, act: str = "&act=detail") -> Stranger:
    """Plain PHP: lists, bulletins, documents and standing pages are all index.php, told apart by the query."""
    home, told = "http://thanhtra.example.vn", stories(seed, 110)
    names = {"2": "Tin tức sự kiện", "4": "Thanh tra", "7": "Khiếu nại"}
    at = {s.number: f"index.php?mod=news{act}&id={1400 - s.number * 3}" for s in told}
    ids = {str(1400 - s.number * 3): s for s in told}

    def around(title: str, main: str) -> str:
        menu = links(
            [
                ("index.php", "Trang chủ"),
                ("index.php?mod=page&id=1", "Giới thiệu"),
                ("index.php?mod=page&id=2", "Sơ đồ tổ chức"),
            ]
            + [(f"index.php?mod=news&cat={n}", t) for n, t in names.items()]
            + [("index.php?mod=doc", "Văn bản")]
        )
        new = links([(f"{at[s.number]}", s.title) for s in told[:7]])
        return framed(
            title,
            f'<td valign="top" class="main">{main}</td><td class="right"><div class="boxnew"><ul>{new}</ul></div></td>'.join(
                ("<table><tr>", "</tr></table>")
            ),
            f'<ul id="nav">{menu}</ul>',
        ).replace("&amp;", "&")

    def item(s: Story) -> str:
        return f'<div class="tin"><a class="tieude" href="{at[s.number]}">{s.title}</a> <i>({s.dmy})</i><div class="tomtat">{s.lead[:140]}</div></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path not in ("/", "/index.php"):
            return None
        mod = query.get("mod")
        if mod is None:
            return around("Thanh tra", "".join(map(item, told[:8])))
        if mod == "news" and "id" in query:
            s = ids.get(query["id"])
            return s and around(
                s.title,
                f'<div class="tieude_ct">{s.title}</div><div class="ngay">Ngày đăng: {s.dmy} {s.time}</div><div class="noidung_ct"><p><b>{s.lead}</b></p>{s.paragraphs}</div>{s.mark}',
            )
        if mod == "news":
            page = number_of(query.get("page"))
            mine = [s for s in told if query.get("cat") in (None, [*names][s.of(tuple(names))])]
            shown, last = cut(mine, page, 10)
            base = "index.php?mod=news" + (f"&cat={query['cat']}" if "cat" in query else "")
            return (
                around(
                    "Tin",
                    f'<div class="ds">{"".join(map(item, shown))}</div><div class="phantrang">{numbers(last, page, lambda n: f"{base}&page={n}")}</div>',
                )
                if shown
                else None
            )
        if mod == "doc":
            if "id" in query:
                return around(
                    "Văn bản",
                    f'<div class="tieude_ct">Quyết định số {query["id"]}/QĐ-UBND về việc ban hành quy chế làm việc</div><div class="ngay">Ngày ban hành: 12/03/2026</div><a href="/files/{query["id"]}.pdf">Tải về</a>',
                )
            return around(
                "Văn bản",
                "<table>"
                + "".join(
                    f'<tr><td><a href="index.php?mod=doc&id={n}">Quyết định số {n}/QĐ-UBND về việc ban hành quy chế làm việc</a></td><td>12/03/2026</td></tr>'
                    for n in range(40, 70)
                )
                + "</table>",
            )
        return around("Giới thiệu", ABOUT) if mod == "page" else None

    return Stranger("one-php" if act else "same-php", home + "/", route, len(told))


def old_asp(seed: int) -> Stranger:
    """Static-looking ASP of tables: chitiet.asp?ID=, no heading, titles in bold, capitals in links."""
    home, told = "http://quany.example.vn", stories(seed, 90)
    names = {"1": "Tin hoạt động", "2": "Nghiên cứu khoa học"}
    at = {s.number: f"chitiet.asp?ID={600 - s.number}&cat={[*names][s.of(tuple(names))]}" for s in told}
    ids = {str(600 - s.number): s for s in told}

    def around(title: str, main: str) -> str:
        menu = "".join(
            f'<td class="m"><a href="tintuc.asp?cat={n}"><font color="#fff">{t}</font></a></td>'
            for n, t in names.items()
        )
        return (
            f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Cục Quân y</title></head><body bgcolor="#ffffff"><table width="980" align="center"><tr>'
            f'<td class="m"><a href="default.asp">Trang chủ</a></td><td class="m"><a href="gioithieu.asp">Giới thiệu</a></td>{menu}</tr></table><table width="980" align="center"><tr><td width="700" valign="top">{main}</td>'
            f'<td width="280" valign="top"><table>{"".join(f"<tr><td><a href={chr(34)}{at[s.number]}{chr(34)} class={chr(34)}tinmoi{chr(34)}>{s.title}</a></td></tr>" for s in told[:5])}</table>Lượt truy cập: 1.234.567</td></tr></table></body></html>'
        )

    def row(s: Story) -> str:
        return f'<table width="100%"><tr><td width="120"><a href="{at[s.number]}"><img src="images/{s.number}.jpg" width="110"></a></td><td valign="top"><a href="{at[s.number]}" class="tieude"><b>{s.title}</b></a> <font size="1">({s.dmy})</font><br>{s.lead[:120]}</td></tr></table>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in ("/", "/default.asp"):
            return around("Trang chủ", "".join(map(row, told[:6])))
        if path == "/chitiet.asp":
            s = ids.get(query.get("ID", ""))
            return s and around(
                s.title,
                f'<table><tr><td class="tieude_lon"><b>{s.title}</b></td></tr><tr><td class="ngaythang">{s.time} | {s.dmy}</td></tr><tr><td align="justify"><b>{s.lead}</b>{s.paragraphs}</td></tr></table>{s.mark}',
            )
        if path == "/tintuc.asp" and query.get("cat") in names:
            page = number_of(query.get("trang"))
            shown, last = cut([s for s in told if [*names][s.of(tuple(names))] == query["cat"]], page, 8)
            pager = " | ".join(
                f"<b>{n}</b>" if n == page else f'<a href="tintuc.asp?cat={query["cat"]}&trang={n}">{n}</a>'
                for n in range(1, last + 1)
            )
            return around("Tin", f'{"".join(map(row, shown))}<p align="right">Trang: {pager}</p>')
        return around("Giới thiệu", f"<p>{ABOUT}</p>") if path == "/gioithieu.asp" else None

    return Stranger("old-asp", home + "/", route, len(told))


def laravel(seed: int) -> Stranger:
    """Slugs without numbers under /tin-tuc/ beside documents and standing pages of the same depth and length."""
    home, told = "https://haiquan.example.vn", stories(seed, 120)
    names = ("Tin hải quân", "Biển đảo", "Tin quốc tế")
    at = {s.number: f"/tin-tuc/{s.slug}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    documents = [f"quyet-dinh-so-{n}-qd-btl-ve-viec-ban-hanh-quy-che-lam-viec" for n in range(20, 60)]
    standing = (
        "lich-su-hinh-thanh-va-phat-trien-cua-quan-chung",
        "co-cau-to-chuc-bo-may-cua-quan-chung",
        "chuc-nang-nhiem-vu-quyen-han-cua-quan-chung",
    )

    def around(title: str, main: str) -> str:
        menu = links(
            [(f"{home}/chuyen-muc/{slug(n)}", n) for n in names]
            + [(f"{home}/gioi-thieu/{one}", "Giới thiệu") for one in standing]
            + [(f"{home}/van-ban", "Văn bản"), (f"{home}/thu-vien-anh", "Thư viện ảnh")]
        )
        most = links([(home + at[s.number], s.title) for s in told[3:9]])
        return framed(
            title,
            f'<div class="col-lg-8">{main}</div><div class="col-lg-4"><div class="doc-nhieu"><h3>Đọc nhiều</h3><ul>{most}</ul></div></div>',
            f'<ul class="navbar-nav">{menu}</ul>',
        )

    def card(s: Story) -> str:
        return f'<div class="card mb-3"><a href="{home}{at[s.number]}"><img class="card-img" src="/storage/users/user_6/{s.number}.jpg" alt=""></a><div class="card-body"><a href="{home}{at[s.number]}"><h5 class="card-title">{s.title.upper()}</h5></a><p class="card-date">{s.dmy}</p></div></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1 class="post-ttl">{s.title}</h1><div class="info"><span>{s.dmy} {s.time}</span> <span>{s.number * 7} lượt xem</span></div><div class="post-body"><p><strong>{s.lead}</strong></p>{s.paragraphs}</div><div class="khac">{"".join(card(r) for r in told[s.number % 90 : s.number % 90 + 3])}</div>{s.mark}',
            )
        if path == "/":
            return around(
                "Hải quân",
                f'<div class="swiper">{"".join(card(s) for s in told[:5])}</div>'
                + "".join(
                    f'<div class="sec"><h2><a href="{home}/chuyen-muc/{slug(n)}">{n}</a></h2>{"".join([card(s) for s in told if s.of(names) == k][:4])}</div>'
                    for k, n in enumerate(names)
                ),
            )
        for k, n in enumerate(names):
            if path == f"/chuyen-muc/{slug(n)}":
                page = number_of(query.get("page"))
                shown, last = cut([s for s in told if s.of(names) == k], page, 12)
                pager = "".join(
                    f'<li class="page-item"><a class="page-link" href="{home}{path}?page={n}">{n}</a></li>'
                    for n in range(1, last + 1)
                    if n != page
                )
                pager += (
                    f'<li class="page-item"><a class="page-link" href="{home}{path}?page={page + 1}" rel="next" aria-label="Next »">&rsaquo;</a></li>'
                    if page < last
                    else ""
                )
                return around(
                    n,
                    f'<div class="ds">{"".join(map(card, shown))}</div><nav><ul class="pagination">{pager}</ul></nav>',
                )
        parts = path.strip("/").split("/")
        if path == "/van-ban":
            return around(
                "Văn bản",
                "<table>"
                + "".join(
                    f'<tr><td><a href="{home}/van-ban/{one}">{one.replace("-", " ")}</a></td><td>01/02/2026</td></tr>'
                    for one in documents
                )
                + "</table>",
            )
        if parts[0] == "van-ban" and parts[-1] in documents:
            name = parts[-1].replace("-", " ").capitalize()
            return around(
                name,
                f'<h1>{name}</h1><table><tr><td>Số ký hiệu</td><td>20/QĐ-BTL</td></tr><tr><td>Ngày ban hành</td><td>01/02/2026</td></tr><tr><td>Trích yếu</td><td>Về việc ban hành quy chế làm việc của cơ quan, có hiệu lực kể từ ngày ký và thay thế các quy định trước đây về quy chế làm việc.</td></tr></table><a href="/storage/{parts[-1]}.pdf">Tải về</a>',
            )
        if parts[0] == "gioi-thieu" and parts[-1] in standing:
            return around(
                "Giới thiệu",
                f"<h1>{parts[-1].replace('-', ' ').capitalize()}</h1><p>{'Quân chủng được thành lập và trưởng thành qua nhiều giai đoạn. ' * 12}</p>",
            )
        return (
            around(
                "Ảnh",
                "".join(
                    f'<a href="{home}/thu-vien-anh/hinh-anh-hoat-dong-cua-don-vi-thang-{n}"><img src="/a.jpg" alt="Hình ảnh hoạt động của đơn vị tháng {n}"></a>'
                    for n in range(1, 11)
                ),
            )
            if path.startswith("/thu-vien-anh")
            else None
        )

    return Stranger("laravel", home + "/", route, len(told))


def liferay_home(seed: int) -> Stranger:
    """The home page redirects to /web/guest/home; links are absolute, some by http; bulletins under asset_publisher."""
    home, told = "https://yte.example.vn", stories(seed, 100)
    names = ("Tin nổi bật", "Thông tin chỉ đạo")
    at = {
        s.number: f"/web/guest/{slug(names[s.of(names)])}/-/asset_publisher/Ab{s.of(names)}cd/content/{s.slug}"
        for s in told
    }
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links(
            [(f"{home.replace('https', 'http')}/web/guest/{slug(n)}", n) for n in names]
            + [
                (f"{home}/web/guest/gioi-thieu", "Giới thiệu"),
                (f"{home}/c/portal/login?p_l_id=1", "Đăng nhập"),
                (f"{home}/web/guest/van-ban", "Văn bản"),
            ]
        )
        return f'<!DOCTYPE html><html class="aui ltr" lang="vi-VN"><head><title>{title} - Bộ</title><meta content="text/html; charset=UTF-8" http-equiv="content-type"></head><body class="controls-visible"><div id="banner"><ul>{menu}</ul></div><div class="columns-2" id="main-content">{main}</div></body></html>'

    def item(s: Story) -> str:
        scheme = "http" if s.number % 4 == 0 else "https"
        url = home.replace("https", scheme) + at[s.number]
        return f'<div class="asset-abstract"><h3 class="asset-title"><a href="{url}?inheritRedirect=false&amp;redirect=%2Fweb%2Fguest%2Fhome">{s.title}</a></h3><div class="asset-content"><div class="asset-summary">{s.lead[:120]} <a href="{url}?inheritRedirect=false">Xem thêm »</a></div></div><div class="metadata-publish-date">{s.dmy}</div></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path == "/":
            return moved("/web/guest/home")
        if path == "/web/guest/home":
            return around(
                "Trang chủ",
                "".join(
                    f'<div class="portlet-{k}"><h2>{n}</h2>{"".join([item(s) for s in told if s.of(names) == k][:4])}</div>'
                    for k, n in enumerate(names)
                ),
            )
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1 class="header-title"><span>{s.title}</span></h1><div class="assetPublishDate">{s.dmy} | {s.time}</div><div class="journal-content-article"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        for k, n in enumerate(names):
            if path == f"/web/guest/{slug(n)}":
                name = f"_101_INSTANCE_Ab{k}cd_cur"
                page = number_of(query.get(name))
                shown, last = cut([s for s in told if s.of(names) == k], page, 10)
                base = f"{home}{path}?p_p_id=101_INSTANCE_Ab{k}cd&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;_101_INSTANCE_Ab{k}cd_delta=10&amp;{name}="
                pager = (
                    f'<ul class="pager lfr-pagination-buttons"><li><a href="{base}{page - 1}">← Trước</a></li><li><a href="{base}{page + 1}">Tiếp theo →</a></li></ul>'
                    if page < last
                    else f'<ul class="pager lfr-pagination-buttons"><li><a href="{base}{page - 1}">← Trước</a></li><li class="disabled"><a href="javascript:;">Tiếp theo →</a></li></ul>'
                )
                return around(n, "".join(map(item, shown)) + pager)
        if path == "/web/guest/van-ban":
            return around(
                "Văn bản",
                "<ul>"
                + "".join(
                    f'<li><a href="/documents/10182/{n}/Quyet-dinh-{n}.pdf">Quyết định số {n}/QĐ-BYT ngày 12/3/2026 về quy chế</a></li>'
                    for n in range(30)
                )
                + "</ul>",
            )
        return around("Giới thiệu", ABOUT) if path == "/web/guest/gioi-thieu" else None

    return Stranger("liferay-home", home + "/", route, len(told))


def documents(seed: int) -> Stranger:
    """News, documents, questions, photos, videos and events of one shape: /<kind>/chi-tiet/<slug>-<id>."""
    home, told = "https://sotuphap.example.vn", stories(seed, 100)
    at = {s.number: f"/tin-tuc/chi-tiet/{s.slug}-{2000 - s.number}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    others = {
        "van-ban": "Quyết định số {n}/QĐ-STP về việc phê duyệt kế hoạch công tác",
        "hoi-dap": "Hỏi về thủ tục đăng ký hộ tịch cho người dân số {n}",
        "video": "Phóng sự truyền hình về công tác tư pháp số {n}",
        "thu-vien-anh": "Hình ảnh hội nghị tổng kết công tác tư pháp số {n}",
    }
    extra = {
        f"/{kind}/chi-tiet/{slug(text.format(n=n))}-{300 + n}": (kind, text.format(n=n), n)
        for kind, text in others.items()
        for n in range(1, 31)
    }

    def around(title: str, main: str) -> str:
        menu = links(
            [
                ("/tin-tuc", "Tin tức"),
                ("/van-ban", "Văn bản"),
                ("/hoi-dap", "Hỏi đáp"),
                ("/video", "Video"),
                ("/thu-vien-anh", "Thư viện ảnh"),
                ("/lich-cong-tac", "Lịch công tác"),
                ("/dang-nhap", "Đăng nhập"),
            ]
        )
        side = "".join(
            f'<div class="khoi"><h4>{kind}</h4><ul>{links([(url, text) for url, (k, text, n) in extra.items() if k == kind][:5])}</ul></div>'
            for kind in others
        )
        return framed(
            title,
            f'<div class="giua">{main}</div><div class="phai">{side}</div>',
            f'<ul class="menu-ngang">{menu}</ul><form action="/tim-kiem"><input name="q"></form>',
        )

    def item(url: str, title: str, day: str) -> str:
        return f'<div class="muc"><a href="{url}"><img src="/x.jpg" alt=""></a><div class="muc-ten"><a href="{url}">{title}</a></div><div class="muc-ngay">{day}</div></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        page = number_of(query.get("p"))
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1>{s.title}</h1><div class="ngay-dang">Ngày đăng: {s.dmy} {s.time}</div><div class="noi-dung"><p class="sapo">{s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        if path in extra:
            kind, text, n = extra[path]
            body = {
                "van-ban": f"<table><tr><td>Số hiệu</td><td>{n}/QĐ-STP</td></tr><tr><td>Ngày ban hành</td><td>0{n % 9 + 1}/03/2026</td></tr></table><a href='/tep/{n}.pdf'>Tải văn bản</a>",
                "hoi-dap": f"<p>Người hỏi: Nguyễn Văn A</p><p>Câu hỏi: Tôi muốn hỏi về thủ tục đăng ký hộ tịch số {n}?</p><p>Trả lời: Đề nghị ông liên hệ bộ phận một cửa.</p>",
                "video": "<video src='/v.mp4'></video>",
                "thu-vien-anh": "<img src='/a.jpg'><img src='/b.jpg'>",
            }[kind]
            return around(text, f'<h1>{text}</h1><div class="ngay-dang">Ngày đăng: 0{n % 9 + 1}/03/2026</div>{body}')
        if path == "/":
            return around(
                "Sở Tư pháp",
                f'<div class="noi-bat">{"".join(item(at[s.number], s.title, s.dmy) for s in told[:9])}</div>',
            )
        if path == "/tin-tuc":
            shown, last = cut(told, page, 10)
            return around(
                "Tin tức",
                f'<div class="ds">{"".join(item(at[s.number], s.title, s.dmy) for s in shown)}</div><div class="trang">{numbers(last, page, lambda n: f"/tin-tuc?p={n}")}</div>',
            )
        if path.strip("/") in others:
            mine = [(url, text) for url, (kind, text, n) in extra.items() if kind == path.strip("/")]
            shown2 = mine[(page - 1) * 10 : page * 10]
            return around(
                path,
                f'<div class="ds">{"".join(item(url, text, "03/03/2026") for url, text in shown2)}</div><div class="trang">{numbers(3, page, lambda n: f"{path}?p={n}")}</div>',
            )
        if path.startswith("/lich-cong-tac"):
            return around("Lịch", "".join(f'<a href="/lich-cong-tac/2026-11-{n:02d}">{n}</a>' for n in range(1, 31)))
        return (
            around("Đăng nhập", '<form method="post"><input name="u"><input type="password" name="p"></form>')
            if path == "/dang-nhap"
            else None
        )

    return Stranger("documents", home + "/", route, len(told))


def forbidden(seed: int) -> Stranger:
    """robots.txt forbids the lists; bulletins may be asked for, the home page shows twelve."""
    home, told = "https://khobac.example.vn", stories(seed, 70)
    at = {s.number: f"/bai-viet/{s.slug}-{400 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def item(s: Story) -> str:
        return f'<li><a href="{at[s.number]}">{s.title}</a> <span>{s.dmy}</span></li>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        menu = (
            f'<ul class="menu">{links([("/danh-sach/tin-tuc", "Tin tức"), ("/danh-sach/thong-bao", "Thông báo")])}</ul>'
        )
        if path in paths:
            s = paths[path]
            return framed(
                s.title,
                f'<h1>{s.title}</h1><p class="date">{s.dmy} {s.time}</p><div class="entry"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
                menu,
            )
        if path == "/":
            return framed("Kho bạc", f'<ul class="tin-moi">{"".join(map(item, told[:12]))}</ul>', menu)
        if path == "/danh-sach/tin-tuc":
            page = number_of(query.get("page"))
            shown, last = cut(told, page, 10)
            return framed(
                "Tin",
                f'<ul class="ds">{"".join(map(item, shown))}</ul>{numbers(last, page, lambda n: f"{path}?page={n}")}',
                menu,
            )
        return None

    return Stranger("forbidden", home + "/", route, len(told), False, "User-agent: *\nDisallow: /danh-sach/\n")


def region7(seed: int) -> Stranger:
    """Bulletins at the root with two numbers, lists by idItem behind a long program path."""
    home, told = "http://qk.example.vn", stories(seed, 100)
    names = {"356": "Tin tức thời sự", "361": "Quốc phòng toàn dân"}
    at = {s.number: f"/{s.slug}-{[*names][s.of(tuple(names))]}-{9000 - s.number}s3gs" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links(
            [(f"/ExtAppCommon/Home_V2/NewsCategory?idItem={n}&menuID={n}", t) for n, t in names.items()]
            + [("/ExtAppCommon/Home_V2/About?menuID=9", "Giới thiệu")]
        )
        return framed(title, main, f'<ul class="menu">{menu}</ul>', foot="Chủ nhật, 01/11/2026, 08:00 (GMT+7)")

    def item(s: Story) -> str:
        return f'<div class="news-row"><a href="{at[s.number]}" title="{s.title}"><img src="/i/{s.number}.jpg"></a><h4><a href="{at[s.number]}" title="{s.title}">{s.title}</a></h4><p class="d">{s.dmy}</p></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<div class="cat">{names[[*names][s.of(tuple(names))]]}</div><div class="t">Thứ hai, {s.dmy}, {s.time} (GMT+7)</div><div class="v">{s.number * 11} lượt xem</div><h1>{s.title}</h1><div class="c"><p>(QK Online) - {s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        if path == "/":
            return around("Quân khu", "".join(map(item, told[:10])))
        if path == "/ExtAppCommon/Home_V2/NewsCategory" and query.get("idItem") in names:
            page = number_of(query.get("pageIndex"))
            shown, last = cut([s for s in told if [*names][s.of(tuple(names))] == query["idItem"]], page, 12)
            base = f"{path}?idItem={query['idItem']}&menuID={query['idItem']}&pageIndex="
            return around(
                "Tin",
                f'<div class="l">{"".join(map(item, shown))}</div><div class="pagination">{numbers(last, page, lambda n: f"{base}{n}")}</div>',
            )
        return around("Giới thiệu", ABOUT) if path.startswith("/ExtAppCommon/") else None

    return Stranger("region7", home + "/", route, len(told))


def review(seed: int) -> Stranger:
    """A review: the number alone ends the path, /vi/<section>/<slug>/<id>.html; the site clock comes first."""
    home, told = "http://tapchi.example.vn", stories(seed, 80)
    names = ("Những chủ trương công tác lớn", "Thực tiễn và kinh nghiệm", "Nghiên cứu trao đổi")
    at = {s.number: f"/vi/{slug(names[s.of(names)])}/{s.slug[:45]}/{20000 - s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links(
            [("/vi/", "Trang chủ")]
            + [(f"/vi/{slug(n)}/", n) for n in names]
            + [("/en/", "English"), ("/vi/gioi-thieu/", "Giới thiệu")]
        )
        return framed(
            title, f'<div class="clock">Chủ nhật, 01/11/2026, 16:08 (GMT+7)</div>{main}', f'<ul class="m">{menu}</ul>'
        )

    def item(s: Story) -> str:
        return f'<div class="it"><a class="img" href="{at[s.number]}"><img src="/x.jpg"></a><a class="tit" href="{at[s.number]}">{s.title}</a><p>{s.lead[:100]}</p></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path == "/":
            return '<html><head><meta http-equiv="refresh" content="0; url=/vi/"></head><body></body></html>'
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<div class="dt">Thứ Sáu, {s.dmy}, {s.time} (GMT+7)</div><h1 class="tt">{s.title}</h1><div class="ct"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        if path == "/vi/":
            return around(
                "Tạp chí",
                "".join(
                    f'<div class="b"><h3><a href="/vi/{slug(n)}/">{n}</a></h3>{"".join([item(s) for s in told if s.of(names) == k][:3])}</div>'
                    for k, n in enumerate(names)
                ),
            )
        if path == "/en/":
            return framed("Review", "<p>English edition.</p>", "")
        for k, n in enumerate(names):
            page = number_of(path.rpartition("/p")[2].rstrip("/")) if "/p" in path else 1
            if path in (f"/vi/{slug(n)}/", f"/vi/{slug(n)}/p{page}/"):
                shown, last = cut([s for s in told if s.of(names) == k], page, 9)
                after = f'<a class="nx" href="/vi/{slug(n)}/p{page + 1}/">Trang sau</a>' if page < last else ""
                return (
                    around(
                        n, f'<h2>{n}</h2><div class="ls">{"".join(map(item, shown))}</div><div class="pg">{after}</div>'
                    )
                    if shown
                    else None
                )
        return around("Giới thiệu", ABOUT) if path == "/vi/gioi-thieu/" else None

    return Stranger("review", home + "/", route, len(told))


def dated(seed: int) -> Stranger:
    """A commune: /portal/pages/<day>/<Slug-cut>-<id>.aspx, lists of plain lines paged by a Vietnamese word."""
    home, told = "https://xa.example.vn", stories(seed, 70)
    at = {s.number: f"/portal/pages/{s.day}/{s.slug[:30].title()}-{70000 + s.number}.aspx" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links(
            [
                ("/portal/pages/Tin-tuc.aspx", "Tin tức - sự kiện"),
                ("/portal/pages/Gioi-thieu.aspx", "Giới thiệu"),
                ("/portal/pages/Thu-tuc.aspx", "Thủ tục hành chính"),
            ]
        )
        return framed(title, main, f'<div class="topnav"><ul>{menu}</ul></div>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<div class="ms-title">{s.title}</div><div class="ms-date">Ngày {s.day:%d-%m-%Y}</div><div class="ms-rtestate-field"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        if path in ("/", "/portal/pages/Tin-tuc.aspx"):
            page = number_of(query.get("trang"))
            shown, last = cut(told, page, 12)
            rows = "".join(f'<p><a href="{at[s.number]}">{s.title}</a> ({s.day:%d-%m-%Y})</p>' for s in shown)
            after = (
                f'<a href="/portal/pages/Tin-tuc.aspx?trang={page + 1}">Trang tiếp</a>'
                if page < last and path != "/"
                else ""
            )
            return around("Xã", f'<div class="list">{rows}{after}</div>')
        return (
            around("Giới thiệu", ABOUT)
            if path in ("/portal/pages/Gioi-thieu.aspx", "/portal/pages/Thu-tuc.aspx")
            else None
        )

    return Stranger("dated", home + "/", route, len(told))


PORTALS = {
    "joomla": joomla, "dnn": dnn, "one-php": one_php, "same-php": same_php, "old-asp": old_asp, "laravel": laravel, "liferay-home": liferay_home,
    "documents": documents, "forbidden": forbidden, "region7": region7, "review": review, "dated": dated,
}  # fmt: skip

"""Strangers written after the survey was mended for the first ones: what it does on them was not looked at before.

One function a site, its markup in it: that is long, and the only thing there is.
"""

from __future__ import annotations

import json

from crawlers.newsroom.answers import Answer
from tests.stranger_parts import (
    Page,
    Story,
    Stranger,
    cut,
    framed,
    links,
    number_of,
    numbers,
    rss,
    slug,
    stories,
    urlset,
)

ABOUT = "<h1>Giới thiệu chung về đơn vị</h1><p>Đơn vị được thành lập năm 1975, có truyền thống vẻ vang và nhiều thành tích.</p>"
NAMES = ("Tin tức", "Hoạt động đơn vị", "Trong nước")


def body(s: Story) -> str:
    return f'<h1 class="title">{s.title}</h1><div class="date">{s.dmy} {s.time}</div><div class="summary">{s.lead}</div><div class="text">{s.paragraphs}</div>{s.mark}'


def item(s: Story, url: str) -> str:
    return f'<div class="news"><a class="pic" href="{url}"><img src="/i/{s.number}.jpg" alt=""></a><h3><a href="{url}">{s.title}</a></h3><span class="day">{s.dmy}</span><p>{s.lead[:100]}</p></div>'


def root_slug(seed: int) -> Stranger:
    """All at the root: /<slug>.html for bulletins, sections and standing pages."""
    home, told = "https://nhatruong.example.vn", stories(seed, 90)
    at = {s.number: f"/{s.slug}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    standing = (
        "gioi-thieu-chung-ve-nha-truong",
        "co-cau-to-chuc-nha-truong",
        "chuan-dau-ra-cac-nganh-dao-tao-dai-hoc",
        "thu-ngo-cua-hieu-truong",
    )

    def around(title: str, main: str) -> str:
        menu = links(
            [(f"/{slug(n)}.html", n) for n in NAMES]
            + [(f"/{one}.html", one.replace("-", " ").capitalize()) for one in standing]
        )
        return framed(
            title,
            f"{main}<ul class='xemnhieu'>{links([(at[s.number], s.title) for s in told[4:9]])}</ul>",
            f'<ul class="menu">{menu}</ul>',
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around("Nhà trường", "".join(item(s, at[s.number]) for s in told[:9]))
        for k, n in enumerate(NAMES):
            if path == f"/{slug(n)}.html":
                page = number_of(query.get("page"))
                shown, last = cut([s for s in told if s.of(NAMES) == k], page, 8)
                return around(
                    n,
                    f'<h1>{n}</h1><div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><ul class="pagination">{numbers(last, page, lambda n: f"{path}?page={n}")}</ul>',
                )
        return around("Giới thiệu", ABOUT) if path[1:-5] in standing else None

    return Stranger("root-slug", home + "/", route, len(told))


def two_shapes(seed: int) -> Stranger:
    """The newer bulletins as /tin-tuc/<slug>-<id>, those of before as /news/detail/<id>.aspx; one list holds both."""
    home, told = "https://lucluong.example.vn", stories(seed, 110)
    at = {
        s.number: f"/tin-tuc/{s.slug}-{90000 - s.number}" if s.number <= 60 else f"/news/detail/{5000 - s.number}.aspx"
        for s in told
    }
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        return framed(
            title, main, f'<ul class="menu">{links([("/danh-sach", "Tin tức"), ("/lien-he", "Liên hệ")])}</ul>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around("Lực lượng", "".join(item(s, at[s.number]) for s in told[:8]))
        if path == "/danh-sach":
            page = number_of(query.get("page"))
            shown, last = cut(told, page, 10)
            return around(
                "Tin tức",
                f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"/danh-sach?page={n}")}</div>',
            )
        return around("Liên hệ", "<p>Điện thoại 024.</p>") if path == "/lien-he" else None

    return Stranger("two-shapes", home + "/", route, len(told))


def odd_paths(seed: int) -> Stranger:
    """/n4567-<slug>.html for bulletins, /c12/<section>/trang-2.html for pages of lists."""
    home, told = "http://bao.example.vn", stories(seed, 100)
    at = {s.number: f"/n{7000 - s.number}-{s.slug}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links([(f"{home}/c{k + 11}/{slug(n)}.html", n) for k, n in enumerate(NAMES)])
        return framed(title, main, f'<div class="nav-main"><ul>{menu}</ul></div>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around(
                "Báo",
                "".join(
                    f'<div class="zone">{"".join([item(s, home + at[s.number]) for s in told if s.of(NAMES) == k][:5])}</div>'
                    for k in range(3)
                ),
            )
        for k, n in enumerate(NAMES):
            base = f"/c{k + 11}/{slug(n)}"
            if path.startswith(base):
                page = number_of(path.rpartition("/trang-")[2].removesuffix(".html")) if "/trang-" in path else 1
                shown, last = cut([s for s in told if s.of(NAMES) == k], page, 7)
                return (
                    around(
                        n,
                        f'<div class="zone-list">{"".join(item(s, home + at[s.number]) for s in shown)}</div><div class="pgn">{numbers(last, page, lambda n, base=base: f"{home}{base}/trang-{n}.html")}</div>',
                    )
                    if shown
                    else None
                )
        return None

    return Stranger("odd-paths", home + "/", route, len(told))


def stale(seed: int) -> Stranger:
    """A sitemap nobody made anew for a year, with sections and standing pages; the lists hold everything."""
    home, told = "https://so.example.vn", stories(seed, 120)
    at = {s.number: f"/{slug(NAMES[s.of(NAMES)])}/{s.slug}-{300 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links([(f"/{slug(n)}", n) for n in NAMES] + [("/gioi-thieu", "Giới thiệu")])
        return framed(title, main, f'<nav class="main-nav"><ul>{menu}</ul></nav>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/sitemap.xml":
            return urlset(
                [home + "/", *(f"{home}/{slug(n)}" for n in NAMES), *(home + at[s.number] for s in told[70:])]
            )
        if path == "/":
            return around("Sở", "".join(item(s, at[s.number]) for s in told[:9]))
        for k, n in enumerate(NAMES):
            if path == f"/{slug(n)}":
                page = number_of(query.get("page"))
                shown, last = cut([s for s in told if s.of(NAMES) == k], page, 10)
                after = f'<a class="next" href="{path}?page={page + 1}">&raquo;</a>' if page < last else ""
                return around(
                    n,
                    f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="paging">{after}</div>',
                )
        return around("Giới thiệu", ABOUT) if path == "/gioi-thieu" else None

    return Stranger("stale", home + "/", route, len(told))


def dnn_query(seed: int) -> Stranger:
    """Everything is /Default.aspx; tabid names a page of the portal, ArticleID a bulletin."""
    home, told = "http://tinh.example.vn", stories(seed, 80)
    at = {s.number: f"/Default.aspx?tabid=89&ArticleID={2000 + s.number}" for s in told}
    ids = {str(2000 + s.number): s for s in told}

    def around(title: str, main: str) -> str:
        menu = links(
            [
                ("/Default.aspx?tabid=36", "Trang chủ"),
                ("/Default.aspx?tabid=89", "Tin tức"),
                ("/Default.aspx?tabid=57", "Giới thiệu"),
                ("/Default.aspx?tabid=60", "Sơ đồ cổng"),
            ]
        )
        return framed(title, f'<div id="dnn_ContentPane">{main}</div>', f'<div id="dnn_menu"><ul>{menu}</ul></div>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path not in ("/", "/Default.aspx"):
            return None
        if "ArticleID" in query:
            s = ids.get(query["ArticleID"])
            return s and around(s.title, body(s))
        tab = query.get("tabid", "36")
        if tab == "36":
            return around("Tỉnh", "".join(item(s, at[s.number].replace("&", "&amp;")) for s in told[:8]))
        if tab == "89":
            page = number_of(query.get("currentpage"))
            shown, last = cut(told, page, 10)
            return around(
                "Tin tức",
                f'<div class="lst">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="PagingTable">{numbers(last, page, lambda n: f"/Default.aspx?tabid=89&currentpage={n}")}</div>',
            )
        return around("Giới thiệu", ABOUT) if tab in ("57", "60") else None

    return Stranger("dnn-query", home + "/", route, len(told))


def json_slugs(seed: int) -> Stranger:
    """ "Load more" fetches JSON that tells slugs and no addresses; nothing else leads further."""
    home, told = "https://vien.example.vn", stories(seed, 90)
    at = {s.number: f"/tin/{s.slug}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    script = '<script>function more(){fetch("/api/news?page=" + page).then(show)}</script>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        menu = f'<ul class="menu">{links([("/tin-tuc", "Tin tức"), ("/gioi-thieu", "Giới thiệu")])}</ul>'
        if path in paths:
            return framed(paths[path].title, body(paths[path]), menu)
        if path in ("/", "/tin-tuc"):
            return framed(
                "Viện",
                f'<div class="list">{"".join(item(s, at[s.number]) for s in told[:12])}</div><button onclick="more()">Xem thêm</button>{script}',
                menu,
            )
        if path == "/api/news":
            shown, _ = cut(told, number_of(query.get("page")), 12)
            return Answer(
                200,
                json.dumps({"data": [{"title": s.title, "slug": s.slug} for s in shown]}).encode(),
                "application/json",
            )
        return framed("Giới thiệu", ABOUT, menu) if path == "/gioi-thieu" else None

    return Stranger("json-slugs", home + "/", route, len(told), whole=False)


def rel_next(seed: int) -> Stranger:
    """WordPress without a sitemap: categories lead on by <link rel=next> alone, numbers are for scripts."""
    home, told = "https://hoi.example.vn", stories(seed, 90)
    at = {s.number: f"{home}/{s.slug}/" for s in told}
    paths = {f"/{s.slug}/": s for s in told}

    def around(title: str, main: str, head: str = "") -> str:
        menu = links([(f"{home}/chuyen-muc/{slug(n)}/", n) for n in NAMES] + [(f"{home}/gioi-thieu/", "Giới thiệu")])
        head += f'<link rel="alternate" type="application/rss+xml" href="{home}/feed/"><link rel="stylesheet" href="/wp-content/themes/x/style.css">'
        return framed(title, main, f'<ul class="menu">{menu}</ul>', head)

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(
                paths[path].title, f"<article>{body(paths[path]).replace('summary', 'entry-content')}</article>"
            )
        if path == "/feed/":
            return rss("Hội", [(at[s.number], s) for s in told[:10]])
        if path == "/":
            return around("Hội", "".join(item(s, at[s.number]) for s in told[:6]))
        for k, n in enumerate(NAMES):
            base = f"/chuyen-muc/{slug(n)}/"
            if path.startswith(base):
                page = number_of(path.rstrip("/").rpartition("/page/")[2]) if "/page/" in path else 1
                shown, last = cut([s for s in told if s.of(NAMES) == k], page, 8)
                head = f'<link rel="next" href="{home}{base}page/{page + 1}/">' if page < last else ""
                return (
                    around(
                        n,
                        f'<div class="loop">{"".join(item(s, at[s.number]) for s in shown)}</div><button class="loadmore">Tải thêm</button>',
                        head,
                    )
                    if shown
                    else None
                )
        return around("Giới thiệu", ABOUT) if path == "/gioi-thieu/" else None

    return Stranger("rel-next", home + "/", route, len(told))


def tracked(seed: int) -> Stranger:
    """Links bear where they stood (?src=box1) and what they were sorted by; the path alone names a bulletin."""
    home, told = "https://tintinh.example.vn", stories(seed, 90)
    at = {s.number: f"/tin/{s.slug}-d{30000 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        hot = links([(f"{at[s.number]}?src=hot", s.title) for s in told[:6]])
        return framed(
            title,
            f'{main}<div class="hot"><ul>{hot}</ul></div>',
            f'<ul class="menu">{links([("/tat-ca-tin.html?src=menu", "Tin tức"), ("/dat-bao.html", "Đặt báo")])}</ul>',
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around("Tin tỉnh", "".join(item(s, f"{at[s.number]}?src=home{s.number % 3}") for s in told[:9]))
        if path == "/tat-ca-tin.html":
            page = number_of(query.get("page"))
            shown, last = cut(told, page, 10)
            return around(
                "Tin tức",
                f'<div class="list">{"".join(item(s, f"{at[s.number]}?src=list") for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"/tat-ca-tin.html?src=menu&page={n}")}</div>',
            )
        return around("Đặt báo", "<p>Giá 3.000 đồng.</p>") if path == "/dat-bao.html" else None

    return Stranger("tracked", home + "/", route, len(told))


def landing(seed: int) -> Stranger:
    """Sections are pages of three boxes without a list; their subsections are the lists."""
    home, told = "https://dangbo.example.vn", stories(seed, 120)
    tree = {"xay-dung-dang": ("to-chuc", "tuyen-giao", "kiem-tra"), "doi-song": ("lao-dong", "suc-khoe", "gia-dinh")}
    leaves = [(top, leaf) for top, below in tree.items() for leaf in below]
    at = {s.number: "/".join(("", *leaves[s.of(leaves)], f"{s.slug}-{800000 + s.number}")) for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links([(f"/{top}", top.replace("-", " ").capitalize()) for top in tree] + [("/toa-soan", "Tòa soạn")])
        return framed(title, main, f'<ul class="menu">{menu}</ul>')

    def boxes(chosen: list[tuple[str, str]], most: int) -> str:
        return "".join(
            f'<div class="box"><h2><a href="/{top}/{leaf}">{leaf.replace("-", " ").capitalize()}</a></h2>{"".join([item(s, at[s.number]) for s in told if leaves[s.of(leaves)] == (top, leaf)][:most])}</div>'
            for top, leaf in chosen
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around("Đảng bộ", boxes(leaves[::2], 3))
        if path[1:] in tree:
            return around(path[1:], boxes([leaf for leaf in leaves if leaf[0] == path[1:]], 2))
        for at_leaf, (top, leaf) in enumerate(leaves):
            if path in (f"/{top}/{leaf}",) or path.startswith(f"/{top}/{leaf}/p/"):
                page = number_of(path.rpartition("/p/")[2]) if "/p/" in path else 1
                shown, last = cut([s for s in told if s.of(leaves) == at_leaf], page, 6)
                return around(
                    leaf,
                    f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n, base=f"/{top}/{leaf}": f"{base}/p/{n}")}</div>',
                )
        return around("Tòa soạn", "<p>Tổng biên tập: Nguyễn Văn A.</p>") if path == "/toa-soan" else None

    return Stranger("landing", home + "/", route, len(told))


def clinic(seed: int) -> Stranger:
    """A hospital: its sitemap holds news beside wards, doctors and services, all /<kind>/<slug>-<id>.html."""
    home, told = "https://bvquany.example.vn", stories(seed, 90)
    at = {s.number: f"/tin-tuc/{s.slug}-{900 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    wards = [
        f"/khoa-phong/khoa-{a}-{b}-{n}.html"
        for n, (a, b) in enumerate(
            ((a, b) for a in ("noi", "ngoai", "san") for b in ("tim-mach", "tieu-hoa", "than-kinh", "tong-hop")), 10
        )
    ]
    doctors = [f"/bac-si/bac-si-nguyen-van-{'abcdefghiklmnopqrstuvx'[n]}-{50 + n}.html" for n in range(20)]
    services = [f"/dich-vu/goi-kham-suc-khoe-tong-quat-so-{n}-{100 + n}.html" for n in range(1, 25)]

    def around(title: str, main: str) -> str:
        menu = links(
            [
                ("/tin-tuc.html", "Tin tức"),
                ("/khoa-phong.html", "Khoa phòng"),
                ("/bac-si.html", "Đội ngũ bác sĩ"),
                ("/dich-vu.html", "Dịch vụ"),
            ]
        )
        return framed(title, main, f'<ul class="menu">{menu}</ul>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/sitemap.xml":
            return urlset([home + url for url in (*services, *at.values(), *wards, *doctors, "/tin-tuc.html")])
        if path == "/":
            return around(
                "Bệnh viện",
                f'{"".join(item(s, at[s.number]) for s in told[:6])}<div class="dv">{links([(url, "Gói khám sức khỏe tổng quát " + url[-8:-5]) for url in services[:6]])}</div>',
            )
        if path == "/tin-tuc.html":
            page = number_of(query.get("page"))
            shown, last = cut(told, page, 10)
            return around(
                "Tin tức",
                f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"{path}?page={n}")}</div>',
            )
        for kind, urls in (("khoa-phong", wards), ("bac-si", doctors), ("dich-vu", services)):
            if path == f"/{kind}.html":
                return around(
                    kind,
                    f'<div class="list">{links([(url, url.rpartition("/")[2][:-5].replace("-", " ").capitalize()) for url in urls], "h3")}</div>',
                )
            if path in urls:
                name = path.rpartition("/")[2][:-5].replace("-", " ").capitalize()
                return around(
                    name,
                    f'<h1>{name}</h1><div class="text"><p>{"Khoa có đội ngũ bác sĩ giàu kinh nghiệm, trang thiết bị hiện đại, phục vụ người bệnh tận tình. " * 6}</p></div>',
                )
        return None

    return Stranger("clinic", home + "/", route, len(told))


def forum(seed: int) -> Stranger:
    """News and a forum of one shape; threads bear days and names, and the home page shows both."""
    home, told = "https://doanthanhnien.example.vn", stories(seed, 80)
    at = {s.number: f"/tin-doan/{s.slug}-{100 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    threads = [f"/trao-doi/hoi-kinh-nghiem-sinh-hoat-chi-doan-lan-{n}-{3000 + n}.html" for n in range(40)]

    def around(title: str, main: str) -> str:
        return framed(
            title,
            main,
            f'<ul class="menu">{links([("/tin-doan.html", "Tin Đoàn"), ("/trao-doi.html", "Trao đổi"), ("/dang-nhap.html", "Đăng nhập")])}</ul>',
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        page = number_of(query.get("page"))
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path in threads:
            name = path.rpartition("/")[2][:-10].replace("-", " ").capitalize()
            posts = "".join(
                f'<div class="post-row"><b>thanhvien{n}</b> <i>0{n}/10/2026 20:1{n}</i><p>Mình cũng muốn hỏi như bạn.</p></div>'
                for n in range(1, 6)
            )
            return around(name, f"<h1>{name}</h1>{posts}<form method='post'><textarea name='m'></textarea></form>")
        if path == "/":
            return around(
                "Đoàn",
                f'{"".join(item(s, at[s.number]) for s in told[:8])}<ul class="moi">{links([(url, "Hỏi kinh nghiệm sinh hoạt chi đoàn lần " + url[-9:-5]) for url in threads[:8]])}</ul>',
            )
        if path == "/tin-doan.html":
            shown, last = cut(told, page, 10)
            return around(
                "Tin",
                f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"{path}?page={n}")}</div>',
            )
        if path == "/trao-doi.html":
            return around(
                "Trao đổi",
                f'<ul class="threads">{links([(url, "Hỏi kinh nghiệm sinh hoạt chi đoàn lần " + url[-9:-5]) for url in threads[(page - 1) * 10 : page * 10]])}</ul><div class="pages">{numbers(4, page, lambda n: f"{path}?page={n}")}</div>',
            )
        return (
            around("Đăng nhập", '<form><input name="a"><input type="password" name="b"></form>')
            if path == "/dang-nhap.html"
            else None
        )

    return Stranger("forum", home + "/", route, len(told))


def twin_host(seed: int) -> Stranger:
    """The home page moves to www by https; the sitemap and half of the links name the bare host by http."""
    home, told = "https://www.thanhpho.example.vn", stories(seed, 80)
    bare = "http://thanhpho.example.vn"
    at = {s.number: f"/tin/{800 + s.number}/{s.slug}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        return framed(
            title, main, f'<ul class="menu">{links([(f"{bare}/tin", "Tin tức"), (f"{home}/lien-he", "Liên hệ")])}</ul>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/sitemap.xml":
            return urlset([bare + at[s.number] for s in told])
        if path == "/":
            return around(
                "Thành phố", "".join(item(s, (home if s.number % 2 else bare) + at[s.number]) for s in told[:9])
            )
        if path == "/tin":
            page = number_of(query.get("page"))
            shown, last = cut(told, page, 10)
            return around(
                "Tin",
                f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"/tin?page={n}")}</div>',
            )
        return around("Liên hệ", "<p>Số 1.</p>") if path == "/lien-he" else None

    return Stranger("twin-host", home + "/", route, len(told))


def english(seed: int) -> Stranger:
    """An edition in English alone: nothing of it is wanted."""
    home, told = "https://en.baotinh.example.vn", stories(seed, 40)
    at = {s.number: f"/politics/the-unit-number-{s.number}-reviews-its-work-{500 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            text = "".join(
                f"<p>The unit number {s.number} reviewed its work of month {n}, and its officers and soldiers discussed what is to be done in training and logistics.</p>"
                for n in range(6)
            )
            return framed(
                f"The unit {s.number}",
                f'<h1>The unit number {s.number} reviews its work</h1><div class="date">{s.dmy} {s.time}</div><div class="text">{text}</div>',
                "",
            )
        return (
            framed(
                "News",
                "".join(
                    f'<h3><a href="{at[s.number]}">The unit number {s.number} reviews its work</a></h3>'
                    for s in told[:20]
                ),
                "",
            )
            if path == "/"
            else None
        )

    return Stranger("english", home + "/", route, len(told), whole=False)


def half_js(seed: int) -> Stranger:
    """One section has page numbers, the others go on by a script that names no address."""
    home, told = "https://quoctephong.example.vn", stories(seed, 120)
    at = {s.number: f"/{slug(NAMES[s.of(NAMES)])}/{s.slug}-{6000 + s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        return framed(title, main, f'<ul class="menu">{links([(f"/{slug(n)}/", n) for n in NAMES])}</ul>')

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            return around(paths[path].title, body(paths[path]))
        if path == "/":
            return around("Quốc phòng", "".join(item(s, at[s.number]) for s in told[:6]))
        for k, n in enumerate(NAMES):
            if path == f"/{slug(n)}/":
                page = number_of(query.get("page"))
                shown, last = cut([s for s in told if s.of(NAMES) == k], page, 12)
                pager = (
                    numbers(last, page, lambda n: f"?page={n}")
                    if k == 0
                    else '<span class="more" onclick="go()">Xem thêm</span>'
                )
                return around(
                    n,
                    f'<div class="list">{"".join(item(s, at[s.number]) for s in shown)}</div><div class="pages">{pager}</div>',
                )
        return None

    return Stranger("half-js", home + "/", route, len(told), whole=False)


OTHERS = {
    "root-slug": root_slug, "two-shapes": two_shapes, "odd-paths": odd_paths, "stale": stale, "dnn-query": dnn_query,
    "json-slugs": json_slugs, "rel-next": rel_next, "tracked": tracked, "landing": landing,
    "clinic": clinic, "forum": forum, "twin-host": twin_host, "english": english,
    "half-js": half_js,
}  # fmt: skip

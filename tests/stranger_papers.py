"""Strangers that are papers and stations: WordPress in two manners, a Next.js paper, one of sections alone, and more.

One function a site, its markup in it: that is long, and the only thing there is.
"""

from __future__ import annotations

import json

from tests.stranger_parts import (
    Page,
    Story,
    Stranger,
    cut,
    framed,
    index,
    links,
    moved,
    number_of,
    numbers,
    rss,
    slug,
    stories,
    urlset,
)

SECTIONS = (
    "Chính trị", "Quân sự", "Hậu cần", "Kinh tế", "Xã hội", "Văn hóa", "Giáo dục", "Pháp luật", "Quốc tế", "Thể thao",
    "Y tế", "Môi trường", "Khoa học", "Bạn đọc", "Phóng sự",
)  # fmt: skip


def tagdiv(seed: int) -> Stranger:
    """WordPress with tagDiv and Yoast: /2024/05/12/slug/, sitemaps of posts, pages, categories, tags, authors."""
    home, told = "https://baotinh.example.vn", stories(seed, 140, 9)
    names = ("Tin tức", "Hoạt động", "Chuyên đề", "Thời sự")
    paths = {f"/{s.day:%Y/%m/%d}/{s.slug}/": s for s in told}
    at = {s.number: path for path, s in paths.items()}
    tags = sorted({" ".join(s.title.split()[:3]) for s in told})[:60]

    def module(s: Story, kind: int) -> str:
        return (
            f'<div class="td_module_{kind} td_module_wrap td-animation-stack"><div class="td-module-thumb">'
            f'<a href="{home}{at[s.number]}" rel="bookmark" title="{s.title}"><img src="/wp-content/uploads/{s.number}.jpg" alt=""></a>'
            f'</div><div class="item-details"><h3 class="entry-title td-module-title"><a href="{home}{at[s.number]}" rel="bookmark">'
            f'{s.title}</a></h3><div class="td-module-meta-info"><a class="td-post-category" href="{home}/category/{slug(names[s.of(names)])}/">'
            f'{names[s.of(names)]}</a><span class="td-post-date"><time class="entry-date updated td-module-date" datetime="{s.day}T{s.time}:00+07:00">'
            f"{s.dmy}</time></span></div></div></div>"
        )

    def around(title: str, main: str, body: str) -> str:
        menu = links([(f"{home}/category/{slug(n)}/", n) for n in names] + [(f"{home}/gioi-thieu/", "Giới thiệu")])
        side = "".join(module(s, 6) for s in told[3:8])
        cloud = links([(f"{home}/tag/{slug(t)}/", t) for t in tags[:12]], "span")
        months = links([(f"{home}/{m}/", f"Tháng {m}") for m in sorted({f"{s.day:%Y/%m}" for s in told}, reverse=True)])
        return (
            f'<!doctype html><html lang="vi"><head><meta charset="UTF-8"><title>{title} - Báo Tỉnh</title><meta name="generator" content="WordPress 6.4">'
            f'<link rel="alternate" type="application/rss+xml" title="Báo Tỉnh" href="{home}/feed/">'
            f'<link rel="alternate" type="application/rss+xml" title="Phản hồi" href="{home}/comments/feed/"></head><body class="{body}">'
            f'<div class="td-header-menu-wrap"><ul id="menu-main" class="sf-menu">{menu}</ul></div><div class="td-main-content-wrap">{main}'
            f'<div class="td-ss-main-sidebar"><aside class="widget">{side}</aside><aside class="widget tagcloud">{cloud}</aside>'
            f'<aside class="widget_archive"><ul>{months}</ul></aside></div></div><div class="td-footer-wrapper">Báo Tỉnh 2026</div></body></html>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(s.title, (
                f'<article class="post"><header class="td-post-title"><h1 class="entry-title">{s.title}</h1><div class="td-module-meta-info">'
                f'<span class="td-post-date"><time class="entry-date" datetime="{s.day}T{s.time}:00+07:00">{s.dmy}</time></span></div></header>'
                f'<div class="td-post-content tagdiv-type"><p><strong>{s.lead}</strong></p><figure class="wp-caption"><img src="/a.jpg">'
                f"<figcaption>{s.caption}</figcaption></figure>{s.paragraphs}</div></article>"
                f'<div class="td_block_related_posts">{"".join(module(r, 1) for r in told[s.number % 100 : s.number % 100 + 3])}</div>{s.mark}'
            ), "single")  # fmt: skip
        parts = [part for part in path.split("/") if part]
        if path == "/sitemap_index.xml":
            kinds = (
                "post-sitemap",
                "post-sitemap2",
                "page-sitemap",
                "category-sitemap",
                "post_tag-sitemap",
                "author-sitemap",
            )
            return index([f"{home}/{kind}.xml" for kind in kinds])
        if path in ("/post-sitemap.xml", "/post-sitemap2.xml"):
            half = told[:70] if "2" in path else told[70:]
            return urlset([*([home + "/"] if "2" not in path else []), *(home + at[s.number] for s in half)])
        other = {
            "/page-sitemap.xml": ["gioi-thieu", "lien-he", "so-do-to-chuc-bo-may-cua-toa-soan"],
            "/category-sitemap.xml": [f"category/{slug(n)}" for n in names],
            "/post_tag-sitemap.xml": [f"tag/{slug(t)}" for t in tags],
            "/author-sitemap.xml": ["author/admin", "author/bien-tap"],
        }
        if path in other:
            return urlset([f"{home}/{one}/" for one in other[path]])
        if path in ("/feed/", "/feed"):
            return rss("Báo Tỉnh", [(home + at[s.number], s) for s in told[:10]])
        page = number_of(parts[-1]) if len(parts) > 1 and parts[-2] == "page" else 1
        parts = parts[:-2] if len(parts) > 1 and parts[-2] == "page" else parts
        if not parts and page == 1:
            slider = "".join(
                f'<div class="owl-item"><a href="{home}{at[s.number]}"><span>{s.title}</span></a></div>'
                for s in told[:5]
            )
            boxes = "".join(
                f'<div class="td_block_{k}"><h4 class="block-title">{n}</h4>{"".join(module(s, k % 3) for s in told if s.of(names) == k % 4)[:9000]}</div>'
                for k, n in enumerate(names * 2)
            )
            return around("Trang chủ", f'<div class="td-slider owl-carousel">{slider}</div>{boxes}', "home")
        if parts[:1] == ["category"] and len(parts) == 2 and parts[1] in map(slug, names):
            mine = [s for s in told if slug(names[s.of(names)]) == parts[1]]
        elif parts[:1] == ["tag"]:
            mine = [s for s in told if s.slug.startswith(parts[1])]
        elif len(parts) in (2, 3) and all(map(str.isdecimal, parts)):
            mine = [s for s in told if f"{s.day:%Y/%m/%d}".startswith("/".join(parts))]
        elif parts[:1] == ["author"]:
            mine = list(told)
        elif len(parts) == 1 and parts[0] in ("gioi-thieu", "lien-he", "so-do-to-chuc-bo-may-cua-toa-soan"):
            return around("Giới thiệu", "<h1>Giới thiệu</h1><p>Báo Tỉnh là cơ quan ngôn luận của tỉnh.</p>", "page")
        else:
            return None
        shown, last = cut(mine, page, 10)
        base = home + "/" + "/".join(parts)
        pager = f'<div class="page-nav td-pb-padding-side">{numbers(last, page, lambda n: f"{base}/page/{n}/")}'
        pager += (
            f'<a href="{base}/page/{page + 1}/"><i class="td-icon-menu-right"></i></a></div>'
            if page < last
            else "</div>"
        )
        return (
            around(
                parts[-1],
                f'<div class="td-ss-main-content">{"".join(module(s, 10) for s in shown)}{pager}</div>',
                "archive",
            )
            if shown
            else None
        )

    return Stranger("tagdiv", home + "/", route, len(told))


def wp_plain(seed: int) -> Stranger:
    """WordPress without pretty links: ?p=123, ?cat=3&paged=2, ?page_id=2, all on the path `/`."""
    home, told = "http://phuong3.example.vn", stories(seed, 90)
    ids = {str(5000 - s.number * 7): s for s in told}
    at = {s.number: f"/?p={one}" for one, s in ids.items()}
    names = {"3": "Tin tức", "5": "Đoàn thể", "8": "Thông báo"}

    def around(title: str, main: str) -> str:
        recent = links([(home + at[s.number], s.title) for s in told[:5]])
        menu = links([(f"{home}/?cat={n}", t) for n, t in names.items()] + [(f"{home}/?page_id=2", "Giới thiệu chung")])
        return (
            f'<!DOCTYPE html><html lang="vi"><head><title>{title} | Phường 3</title><link rel="stylesheet" href="/wp-content/themes/twentyten/style.css">'
            f'<link rel="alternate" type="application/rss+xml" href="{home}/?feed=rss2"></head><body><div id="access"><ul>{menu}</ul></div>'
            f'<div id="content" role="main">{main}</div><div id="primary" class="widget-area"><form action="/"><input name="s"></form>'
            f'<h3 class="widget-title">Bài viết mới</h3><ul>{recent}</ul><a href="{home}/wp-login.php">Đăng nhập</a></div></body></html>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path != "/":
            return None
        if "p" in query:
            s = ids.get(query["p"])
            return s and around(s.title, (
                f'<div class="post"><h1 class="entry-title">{s.title}</h1><div class="entry-meta">Đăng ngày <span class="entry-date">{s.dmy}</span> bởi admin</div>'
                f'<div class="entry-content"><p>{s.lead}</p>{s.paragraphs}</div><div class="nav-previous"><a href="{home}{at.get(s.number + 1, "/")}">Bài cũ hơn</a></div></div>{s.mark}'
            ))  # fmt: skip
        if query.get("feed") == "rss2":
            return rss("Phường 3", [(home + at[s.number], s) for s in told[:10]])
        if "page_id" in query:
            return (
                around("Giới thiệu chung", "<h1>Giới thiệu chung</h1><p>Phường 3 có diện tích 1,2 km².</p>")
                if query["page_id"] == "2"
                else None
            )
        mine = [s for s in told if query.get("cat") in (None, [*names][s.of(tuple(names))])]
        page = number_of(query.get("paged"))
        shown, last = cut(mine, page, 10)
        own = f"cat={query['cat']}&#038;" if "cat" in query else ""
        main = "".join(
            f'<div class="post-{s.number} post"><h2 class="entry-title"><a href="{home}{at[s.number]}" rel="bookmark">{s.title}</a></h2>'
            f'<div class="entry-meta">{s.dmy}</div><div class="entry-summary"><p>{s.lead[:150]} <a href="{home}{at[s.number]}">Đọc tiếp →</a></p></div></div>'
            for s in shown
        )
        older = (
            f'<div class="nav-previous"><a href="{home}/?{own}paged={page + 1}"><span class="meta-nav">←</span> Bài cũ hơn</a></div>'
            if page < last
            else ""
        )
        return around("Tin", f"{main}<div class='navigation'>{older}</div>") if shown else None

    return Stranger("wp-plain", home + "/", route, len(told))


def next_ssr(seed: int) -> Stranger:
    """Next.js rendered by the server: hashed classes alone, JSON-LD, lists paged by ?page=."""
    home, told = "https://suckhoe.example.vn", stories(seed, 120)
    names = ("Tin tức", "Chuyển đổi số", "Người tốt việc tốt")
    at = {s.number: f"/bai-viet/{s.slug}-{169000 + s.number * 3}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def card(s: Story) -> str:
        return (
            f'<div class="css-9s1hn"><a class="css-1kx2ab" href="{at[s.number]}"><img alt="{s.title}" src="/_next/image?url=a{s.number}.jpg"></a>'
            f'<div class="css-0"><a class="css-1t9pz9x" href="{at[s.number]}"><p class="css-x8f3">{s.title}</p></a><span class="css-77q">{s.dmy}</span></div></div>'
        )

    def around(title: str, main: str, head: str = "") -> str:
        menu = links(
            [(f"/danh-muc/{slug(n)}", n) for n in names] + [("/gioi-thieu", "Giới thiệu"), ("/video", "Video")], "div"
        )
        data = json.dumps({"props": {"pageProps": {"items": [s.title for s in told[:3]]}}}, ensure_ascii=False)
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charSet="utf-8"><title>{title}</title>{head}</head><body><div id="__next"><div class="css-h7"><div class="css-mn">'
            f'{menu}</div></div><main class="css-a1b2c">{main}</main><div class="css-ft">Liên hệ: 024 1234567</div></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            ld = json.dumps(
                {"@type": "NewsArticle", "headline": s.title, "datePublished": f"{s.day}T{s.time}:00+07:00"},
                ensure_ascii=False,
            )
            return around(s.title, (
                f'<div class="css-ar"><h1 class="css-tt1">{s.title}</h1><div class="css-dt">{s.dmy} {s.time}</div><div class="css-bd"><p>{s.lead}</p>{s.paragraphs}</div></div>'
                f'<div class="css-rl"><p>Tin liên quan</p>{"".join(card(r) for r in told[s.number % 90 : s.number % 90 + 4])}</div>{s.mark}'
            ), f'<script type="application/ld+json">{ld}</script>')  # fmt: skip
        if path == "/":
            hero = "".join(card(s) for s in told[:4])
            return around("Sức khỏe", f'<div class="css-hero">{hero}</div>' + "".join(
                f'<div class="css-sec"><h2 class="css-h2"><a href="/danh-muc/{slug(n)}">{n}</a></h2>{"".join([card(s) for s in told if s.of(names) == k][:6])}</div>' for k, n in enumerate(names)
            ))  # fmt: skip
        for k, n in enumerate(names):
            if path == f"/danh-muc/{slug(n)}":
                page = number_of(query.get("page"))
                shown, last = cut([s for s in told if s.of(names) == k], page, 12)
                pager = "".join(f'<a class="css-pg{n % 7}" href="{path}?page={n}">{n}</a>' for n in range(1, last + 1))
                return around(
                    n,
                    f'<h1 class="css-h1">{n}</h1><div class="css-ls">{"".join(map(card, shown))}</div><div class="css-pgw">{pager}</div>',
                )
        if path in ("/gioi-thieu", "/video"):
            return around("Giới thiệu", "<h1>Giới thiệu</h1><p>Trang thông tin của ngành.</p>")
        return None

    return Stranger("next-ssr", home + "/", route, len(told))


def fifteen(seed: int) -> Stranger:
    """A paper of fifteen sections and no list of all, no sitemap, no feed."""
    home, told = "https://baovung.example.vn", stories(seed, 150)
    at = {s.number: f"/{slug(SECTIONS[s.of(SECTIONS)])}/{s.slug}-{20261000 + s.number}.htm" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def around(title: str, main: str) -> str:
        menu = links([(f"/{slug(n)}.htm", n) for n in SECTIONS] + [("/lien-he.htm", "Liên hệ")])
        return framed(title, main, f'<ul class="mainmenu">{menu}</ul>')

    def item(s: Story) -> str:
        return f'<li class="news-item"><a class="thumb" href="{at[s.number]}"><img src="/t/{s.number}.jpg" alt=""></a><h4><a href="{at[s.number]}">{s.title}</a></h4><em>{s.dmy} {s.time}</em><p>{s.lead[:120]}</p></li>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            name = SECTIONS[s.of(SECTIONS)]
            return around(
                s.title,
                f'<div class="bread"><a href="/{slug(name)}.htm">{name}</a></div><h1 class="detail-ttl">{s.title}</h1><div class="time">{s.dmy} | {s.time}</div><h2 class="sapo">{s.lead}</h2><div class="content-news">{s.paragraphs}</div><ul class="same">{links([(at[r.number], r.title) for r in told[s.number % 120 : s.number % 120 + 5]])}</ul>{s.mark}',
            )
        if path == "/":
            return around(
                "Báo Vùng",
                "".join(
                    f'<div class="box"><h3><a href="/{slug(n)}.htm">{n}</a></h3><ul>{"".join([item(s) for s in told if s.of(SECTIONS) == k][:3])}</ul></div>'
                    for k, n in enumerate(SECTIONS)
                ),
            )
        for k, n in enumerate(SECTIONS):
            if path == f"/{slug(n)}.htm":
                page = number_of(query.get("trang"))
                shown, last = cut([s for s in told if s.of(SECTIONS) == k], page, 4)
                return around(
                    n,
                    f'<h1>{n}</h1><ul class="list-news-cate">{"".join(map(item, shown))}</ul><div class="paging">{numbers(last, page, lambda n: f"{path}?trang={n}")}</div>',
                )
        return around("Liên hệ", "<h1>Liên hệ</h1><p>Số 1, đường Hùng Vương.</p>") if path == "/lien-he.htm" else None

    return Stranger("fifteen", home + "/", route, len(told))


def months(seed: int) -> Stranger:
    """Older news lies in archives of months alone: /2024/05/ ; the home page shows ten."""
    home, told = "https://doanthe.example.vn", stories(seed, 100, 8)
    at = {s.number: f"/{s.day:%Y/%m}/{s.slug}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}
    known = sorted({f"{s.day:%Y/%m}" for s in told}, reverse=True)

    def around(title: str, main: str) -> str:
        side = links([(f"{home}/{m}/", f"Tháng {m[5:]} năm {m[:4]}") for m in known])
        return framed(
            title,
            f'<div class="posts">{main}</div><div class="archive-list"><h3>Lưu trữ</h3><ul>{side}</ul></div>',
            '<ul class="nav"><li><a href="/p/gioi-thieu.html">Giới thiệu</a></li></ul>',
        )

    def item(s: Story) -> str:
        return f'<div class="post-outer"><h3 class="post-title"><a href="{home}{at[s.number]}">{s.title}</a></h3><span class="date-header">{s.dmy}</span><div>{s.lead[:90]}</div></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h2 class="post-title">{s.title}</h2><div class="date-header">{s.dmy}</div><div class="post-body"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
            )
        if path == "/":
            return around("Đoàn thể", "".join(map(item, told[:10])))
        if path.strip("/") in known:
            return around("Lưu trữ", "".join(item(s) for s in told if f"{s.day:%Y/%m}" == path.strip("/")))
        return (
            around("Giới thiệu", "<h2>Giới thiệu</h2><p>Đoàn thể của tỉnh.</p>")
            if path == "/p/gioi-thieu.html"
            else None
        )

    return Stranger("months", home + "/", route, len(told), whole=False)


def cursor(seed: int) -> Stranger:
    """Endless scrolling by ?last_id=, asked for by a script that is not on the page; a feed of twenty."""
    home, told = "https://quandoi.example.vn", stories(seed, 100)
    at = {s.number: f"/post/{s.slug}-{88000 - s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def item(s: Story) -> str:
        return f'<article class="story" data-id="{88000 - s.number}"><a href="{at[s.number]}" class="story__thumb"><img src="/i.jpg" alt="Ảnh"></a><a href="{at[s.number]}" class="story__title">{s.title}</a><time>{s.dmy}</time></article>'

    def around(title: str, main: str) -> str:
        menu = links([("/tin-moi", "Tin mới"), ("/video", "Video"), ("/dang-nhap", "Đăng nhập")])
        return framed(
            title,
            main,
            f"<nav><ul>{menu}</ul></nav>",
            '<link rel="alternate" type="application/rss+xml" href="/rss/tin-moi.rss">',
            '<script src="/app.js"></script>',
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1 class="article-title">{s.title}</h1><p class="pub-time">{s.time} {s.dmy}</p><div class="article-sapo">{s.lead}</div><div class="article-body">{s.paragraphs}</div>{s.mark}',
            )
        if path in ("/", "/tin-moi"):
            return around(
                "Tin mới",
                f'<div class="stream">{"".join(map(item, told[:15]))}</div><button class="more" data-last="87985">Xem thêm</button>',
            )
        if path == "/rss/tin-moi.rss":
            return rss("Tin mới", [(home + at[s.number], s) for s in told[:20]])
        if path == "/dang-nhap":
            return around(
                "Đăng nhập", '<form method="post"><input name="user"><input type="password" name="pass"></form>'
            )
        return (
            around("Video", "".join(f'<div class="v"><a href="/video/{n}">Video {n}</a></div>' for n in range(9)))
            if path == "/video"
            else None
        )

    return Stranger("cursor", home + "/", route, len(told), whole=False)


def offset(seed: int) -> Stranger:
    """A list paged by ?offset=20 behind a plain link, pictures linking before titles."""
    home, told = "https://bienphong.example.vn", stories(seed, 110)
    at = {s.number: f"/post/{s.slug}-{41000 - s.number}.html" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def item(s: Story) -> str:
        return f'<div class="media"><a class="pull-left" href=".{at[s.number]}"><img src="/i.jpg"></a><div class="media-body"><a href=".{at[s.number]}" class="media-heading">{s.title}</a><br><small>{s.dmy}</small></div></div>'

    def around(title: str, main: str) -> str:
        hot = links([(at[s.number], s.title) for s in told[5:10]])
        return framed(
            title,
            f'<div class="col-md-8">{main}</div><div class="col-md-4 sidebar"><ul>{hot}</ul></div>',
            f'<ul class="menu">{links([("/tin", "Tin biên phòng"), ("/anh", "Ảnh")])}</ul>',
            f'<base href="{home}/">',
        )

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1>{s.title}</h1><div class="meta">Ngày đăng: {s.dmy} {s.time}</div><div class="noidung"><p><b>{s.lead}</b></p>{s.paragraphs}</div>{s.mark}',
            )
        if path == "/":
            return around("Biên phòng", "".join(map(item, told[:8])))
        if path == "/tin":
            start = number_of(query.get("offset"), 0)
            more = (
                f'<a class="btn btn-more" href="./tin?offset={start + 20}">Xem thêm</a>'
                if start + 20 < len(told)
                else ""
            )
            return around("Tin", f'<div class="stream">{"".join(map(item, told[start : start + 20]))}</div>{more}')
        return around("Ảnh", "<p>Chưa có ảnh.</p>") if path == "/anh" else None

    return Stranger("offset", home + "/", route, len(told))


def feed_only(seed: int) -> Stranger:
    """A page that scripts fill, with a feed of the newest twenty."""
    home, told = "https://app.example.vn", stories(seed, 80)
    at = {s.number: f"/tin/{s.slug}" for s in told}
    paths = {path: told[number - 1] for number, path in at.items()}

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        if path in paths:
            s = paths[path]
            return framed(
                s.title,
                f'<h1>{s.title}</h1><time datetime="{s.day}T{s.time}:00+07:00">{s.dmy}</time><div class="body"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
                "",
            )
        if path == "/rss":
            return rss("App", [(home + at[s.number], s) for s in told[:20]])
        return (
            f'<html><head><title>App</title></head><body><div id="app"></div>{"<script src=/a.js></script>" * 3}</body></html>'
            if path == "/"
            else None
        )

    return Stranger("feed-only", home + "/", route, len(told), whole=False)


def bilingual(seed: int) -> Stranger:
    """News under /vi/ beside an English twin under /en/; the sitemap holds both, the home page redirects to /vi/."""
    home, told = "https://cuc.example.vn", stories(seed, 90)
    at = {s.number: f"/vi/tin-tuc/{s.slug}-{700 + s.number}.html" for s in told}
    english = {
        s.number: f"/en/news/news-of-the-unit-number-{s.number}-in-this-quarter-{700 + s.number}.html" for s in told
    }
    paths = {path: told[number - 1] for number, path in at.items()}
    others = {path: told[number - 1] for number, path in english.items()}

    def around(title: str, main: str, lang: str = "vi", here: str = "", there: str = "") -> str:
        menu = (
            [("/vi/tin-tuc.html", "Tin tức"), ("/vi/gioi-thieu.html", "Giới thiệu")]
            if lang == "vi"
            else [("/en/news.html", "News"), ("/en/about.html", "About us")]
        )
        both = links([(here or "/vi/", "Tiếng Việt"), (there or "/en/", "English")])
        head = (
            f'<link rel="alternate" hreflang="vi" href="{home}{here}"><link rel="alternate" hreflang="en" href="{home}{there}">'
            if here
            else ""
        )
        return framed(title, main, f'<ul class="lang">{both}</ul><ul class="menu">{links(menu)}</ul>', head).replace(
            'lang="vi">', f'lang="{lang}">', 1
        )

    def item(url: str, title: str, s: Story) -> str:
        return f'<div class="item"><h3><a href="{url}">{title}</a></h3><span class="date">{s.dmy}</span></div>'

    def route(path: str, query: dict[str, str], posted: dict[str, str]) -> Page:
        page = number_of(query.get("page"))
        if path == "/":
            return moved("/vi/")
        if path in paths:
            s = paths[path]
            return around(
                s.title,
                f'<h1>{s.title}</h1><div class="date">{s.dmy} {s.time}</div><div class="detail"><p>{s.lead}</p>{s.paragraphs}</div>{s.mark}',
                "vi",
                path,
                english[s.number],
            )
        if path in others:
            s = others[path]
            text = "".join(
                f"<p>On this day the unit number {s.number} held its regular meeting with all officers and soldiers, and reviewed the work of month {n} with good results in training, logistics and discipline.</p>"
                for n in range(1, 7)
            )
            return around(
                f"News of the unit number {s.number}",
                f'<h1>News of the unit number {s.number} in this quarter</h1><div class="date">{s.dmy} {s.time}</div><div class="detail">{text}</div>',
                "en",
                at[s.number],
                path,
            )
        if path in ("/vi/", "/vi/tin-tuc.html"):
            shown, last = cut(told, page, 15)
            return around(
                "Tin tức",
                f'<div class="items">{"".join(item(at[s.number], s.title, s) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"/vi/tin-tuc.html?page={n}")}</div>',
            )
        if path in ("/en/", "/en/news.html"):
            shown, last = cut(told, page, 15)
            return around(
                "News",
                f'<div class="items">{"".join(item(english[s.number], f"News of the unit number {s.number} in this quarter", s) for s in shown)}</div><div class="pages">{numbers(last, page, lambda n: f"/en/news.html?page={n}")}</div>',
                "en",
            )
        if path == "/sitemap.xml":
            return urlset(
                [home + url for s in told for url in (at[s.number], english[s.number])] + [f"{home}/vi/tin-tuc.html"]
            )
        return (
            around("Giới thiệu", "<h1>Giới thiệu</h1><p>Cục được thành lập năm 1960.</p>")
            if path in ("/vi/gioi-thieu.html", "/en/about.html")
            else None
        )

    return Stranger("bilingual", home + "/", route, len(told))


PAPERS = {
    "tagdiv": tagdiv, "wp-plain": wp_plain, "next-ssr": next_ssr, "fifteen": fifteen, "months": months, "cursor": cursor,
    "offset": offset, "feed-only": feed_only, "bilingual": bilingual,
}  # fmt: skip

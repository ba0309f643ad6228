"""What stands around every article: style sheets and scripts written into the page, menus, boxes, counters."""

from __future__ import annotations

from collections.abc import Iterable

from crawlers.newsroom.chance import chance
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.words import rows, slug

_STYLES = ("margin", "padding", "border-width", "top", "left", "line-height", "font-size", "max-width")


def labels(kind: str) -> tuple[str, ...]:
    """Menu entries of a kind of site."""
    return tuple(label for site, label in rows("menu") if site == kind)


def style_sheet(edition: Edition, names: Iterable[str], rules: int) -> str:
    """A `<style>` of so many rules over invented and the page's own classes, about 90 bytes a rule."""
    rng = chance(edition.seed, edition.site_id, "css")
    own = [*names, "wrap", "row", "col", "item", "thumb", "btn", "icon", "inner", "cell", "box-head", "line-clamp"]
    out = [
        f".{rng.choice(own)} .{rng.choice(own)}-{n}{{{rng.choice(_STYLES)}:{rng.randint(1, 48)}px;"
        f"color:#{rng.randrange(4096):03x};display:{rng.choice(('block', 'flex', 'inline-block'))}}}"
        for n in range(rules)
    ]
    return f"<style>\n{chr(10).join(out)}\n</style>\n"


def script(edition: Edition, name: str, entries: int) -> str:
    """A `<script>` as page builders leave them: settings, a tracker, a clock."""
    rng = chance(edition.seed, edition.site_id, "js", name)
    switch = ("true", "false")
    settings = ",".join(f'"k{n}":{{"id":{rng.randint(1, 99999)},"on":{rng.choice(switch)}}}' for n in range(entries))
    version = f"{rng.randint(1, 9)}.{rng.randint(0, 20)}"
    return (
        f"<script>\nvar {name}Settings={{{settings}}};\n(function(w,d){{w.{name}=w.{name}||[];"
        f"var s=d.createElement('script');s.async=true;s.src='/js/{name}.min.js?ver={version}';"
        "var f=d.getElementsByTagName('script')[0];f.parentNode.insertBefore(s,f);})(window,document);\n</script>\n"
    )


def menu(kind: str, path: str, css: str, deep: bool = True) -> str:
    """A menu of all labels; every third has a submenu."""
    items = []
    own = labels(kind)
    for at, label in enumerate(own):
        href = "/" if at == 0 else path.format(slug(label))
        below = ""
        if deep and at % 3 == 2:
            links = "".join(f'<li><a href="{href}#{slug(x)}" title="{x}">{x}</a></li>' for x in own[at - 2 : at + 3])
            below = f'<ul class="sub-menu">{links}</ul>'
        items.append(f'<li class="menu-item menu-item-{100 + at}"><a href="{href}">{label}</a>{below}</li>')
    return f'<nav class="{css}"><ul class="menu">\n{chr(10).join(items)}\n</ul></nav>\n'


def share_bar(url: str) -> str:
    return (
        '<div class="share-buttons"><span>Chia sẻ</span>'
        f'<a href="https://facebook.invalid/sharer?u={url}" rel="nofollow">Facebook</a>'
        f'<a href="https://zalo.invalid/share?u={url}" rel="nofollow">Zalo</a>'
        '<a href="javascript:window.print()">In trang</a></div>\n'
    )


def picture_path(number: int) -> str:
    return f"/media/anh-{number}.jpg"


def picture(number: int, width: int, css: str = "") -> str:
    klass = f' class="{css}"' if css else ""
    return (
        f'<img{klass} src="{picture_path(number)}" alt="" width="{width}" height="{width * 2 // 3}" loading="lazy" />'
    )


def counters(edition: Edition) -> str:
    now, today, ever = edition.visits()
    return (
        '<div class="widget thong-ke"><h4>Thống kê truy cập</h4><ul>'
        f"<li>Đang truy cập: {now}</li><li>Hôm nay: {today}</li><li>Tổng lượt truy cập: {ever}</li></ul></div>\n"
    )


def denied(publisher: str) -> bytes:
    """The page of a firewall that answers everything with status 200."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Truy cập bị từ chối</title></head><body>'
        f"<h1>Truy cập bị từ chối</h1><p>Yêu cầu của bạn tới {publisher} đã bị hệ thống bảo vệ từ chối. "
        "Vui lòng liên hệ quản trị viên và cung cấp mã sự kiện 18446744.</p></body></html>"
    ).encode()

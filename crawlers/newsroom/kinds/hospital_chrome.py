"""What stands around the article on the hospital's site: WebForms' script, menus, boxes, footer."""

from __future__ import annotations

from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import counters, menu, script, style_sheet
from crawlers.newsroom.words import counted, listed

NAME = "hospital"
PUBLISHER = "Bệnh viện Quân dân y Sông Vang"
TRAP = "/tin-tuc/luu-tru/chi-tiet.aspx?ItemID=7"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def others(edition: Edition, entry: Entry) -> str:
    items = "".join(f'<li><a href="{e.path}">{e.title}</a></li>\n' for e in edition.related(entry, 10))
    return f'<div class="tin-khac"><h3>Các tin khác</h3><ul>\n{items}</ul></div>\n'


def head_rest(edition: Edition) -> str:
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
    return meta + style_sheet(edition, ("cot-giua", "grid", "dong"), 110) + script(edition, "tempa", 60)


def top(edition: Edition) -> str:
    day = edition.day
    clock = f"Hôm nay, {WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"
    postback = (
        "<script type=\"text/javascript\">\n//<![CDATA[\nvar theForm=document.forms['aspnetForm'];\n"
        "function __doPostBack("
        "eventTarget,eventArgument){if(!theForm.onsubmit||(theForm.onsubmit()!=false)){theForm.__EVENTTARGET.value="
        "eventTarget;theForm.__EVENTARGUMENT.value=eventArgument;theForm.submit();}}\n//]]>\n</script>\n"
    )
    return (
        f'{postback}<div class="header"><div class="dong-ho">{clock}</div><h1 class="ten">{PUBLISHER}</h1>'
        f"{menu(NAME, '/{}.aspx', 'menu-ngang')}</div>\n"
    )


def side(edition: Edition) -> str:
    latest = "".join(f'<li><a href="{e.path}">{e.title}</a></li>\n' for e in edition.most_read)
    rooms = "".join(
        f'<li><a href="/khoa.aspx?id={n}">{name}</a></li>\n' for n, name in enumerate(listed("unit_hospital"))
    )
    services = "".join(
        f"<tr><td>{name}</td><td>{counted(35_000 + 4500 * n)} đ</td></tr>\n"
        for n, name in enumerate(("Khám thường", "Siêu âm", "Điện tim", "Chụp X-quang", "Xét nghiệm máu", "Nội soi"))
    )
    return (
        f'<div class="cot-phai"><div class="hop"><h4>Tin xem nhiều</h4><ul>\n{latest}</ul></div>\n'
        f'<div class="hop"><h4>Khoa, phòng</h4><ul>\n{rooms}</ul></div>\n<div class="hop"><h4>Bảng giá dịch vụ</h4>'
        f"<table>\n{services}</table></div>\n{counters(edition)}"
        f'<div class="hop"><a href="{TRAP}">Lưu trữ</a></div></div>\n'
    )


def foot(edition: Edition) -> str:
    return (
        f'<div class="footer"><p>© {edition.day.year} {PUBLISHER}. '
        "Giấy phép hoạt động số 00/GPHĐ cấp ngày 20/02/2017.</p>"
        f"<p>Địa chỉ: Đường Sông Vang. Đường dây nóng: 000 000 000</p></div>\n</form>\n{script(edition, 'chat', 60)}"
        "</body>\n</html>\n"
    )

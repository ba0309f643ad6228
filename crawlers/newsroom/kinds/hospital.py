"""An army hospital on ASP.NET WebForms: a grid paged by postback; bulletins that tell no publication date."""

from __future__ import annotations

import re
from datetime import date, datetime

from crawlers.newsroom.answers import Answer, Ask
from crawlers.newsroom.chronicle import Entry
from crawlers.newsroom.edition import Edition
from crawlers.newsroom.furniture import picture
from crawlers.newsroom.kinds import hospital_chrome as chrome
from crawlers.newsroom.kinds.kind import Shown
from crawlers.newsroom.kinds.postback import Pager
from crawlers.newsroom.manner import Manner, Paragraph, Story
from crawlers.newsroom.words import counted

_LIST = "/tin-tuc/Default.aspx"
_A_PAGE = 20
_STANDING = {
    "/gioi-thieu.aspx": (
        "Giới thiệu",
        "Bệnh viện là tuyến điều trị của lực lượng vũ trang và nhân dân trên địa bàn, có ba mươi khoa, phòng, ban với "
        "đội ngũ thầy thuốc giàu kinh nghiệm. Bệnh viện tiếp nhận người bệnh có thẻ bảo hiểm y tế suốt tuần.",
    ),
    "/lich-kham.aspx": ("Lịch khám bệnh", "Khám trong giờ từ thứ Hai đến thứ Sáu, khám ngoài giờ vào sáng thứ Bảy."),
}


class Hospital:
    name = chrome.NAME
    publisher = chrome.PUBLISHER
    manner = Manner(
        stories=(
            "tong-ket",
            "hien-mau",
            "kham-benh",
            "hoi-thi",
            "tap-huan",
            "dai-hoi",
            "khoa-hoc",
            "cuu-nguoi",
            "cuu-nguoi",
        ),
        units_list="unit_hospital",
        parent="Bệnh viện Quân dân y Sông Vang",
        sections=("Tin tức - Sự kiện",),
        credits=("none",) * 6 + ("both", "both", "bare"),
        yearly=0.85,
    )
    per_day = 0.9
    validators = "none"
    zips = False
    renamed: tuple[tuple[str, str], ...] = (
        ("noi-dung", "vung-2"),
        ("tieu-de", "vung-1"),
        ("luot-xem", "so-lan"),
        ("lblTieuDe", "lblA"),
        ("divNoiDung", "pnlB"),
    )
    disallowed: tuple[str, ...] = ("/tin-tuc/luu-tru/", "/quan-tri/", "/tim-kiem")
    trap = chrome.TRAP

    def path_of(self, number: int, slug: str, at: datetime) -> str:
        return f"/tin-tuc/chi-tiet.aspx?ItemID={100 + number * 3 + number % 2}"

    def key_of(self, ask: Ask) -> str:
        return f"{ask.path}?ItemID={ask.asked('ItemID')}"

    def moved(self, path: str) -> str:
        return path.replace("/tin-tuc/chi-tiet", "/tin-tuc/xem", 1)

    def unmoved(self, path: str) -> str | None:
        return path.replace("/tin-tuc/xem", "/tin-tuc/chi-tiet", 1) if path.startswith("/tin-tuc/xem.") else None

    def shown(self, edition: Edition, entry: Entry, day: date) -> Shown:
        return Shown(None, None, edition.views(entry, day))

    def page(self, edition: Edition, entry: Entry, story: Story) -> str:
        main = (
            '<div class="breadcrumb"><a href="/">Trang chủ</a> &gt; '
            f'<a href="{_LIST}">{story.section}</a></div>\n<div class="chi-tiet">\n'
            f'<div class="luot-xem">{counted(edition.views(entry))} lượt xem</div>\n'
            f'<h2 class="tieu-de"><span id="ctl00_main_lblTieuDe">{story.title}</span></h2>\n'
            f'<div id="ctl00_main_divNoiDung" class="noi-dung">\n{self._content(entry, story, edition)}</div>\n</div>\n'
            f"{chrome.others(edition, entry)}"
        )
        return self._whole(edition, story.title, main, f".{entry.path[8:]}", 0)

    def frame(self, edition: Edition, title: str, main: str, path: str) -> str:
        return self._whole(edition, title, main, f".{path}", 0)

    def answer(self, edition: Edition, ask: Ask) -> Answer | None:
        path = ask.path
        if path in ("/", "/Default.aspx"):
            main = f'<div class="chao"><h2>Tin tức - Sự kiện</h2>{self._rows(edition.listed[:8])}</div>\n'
            return self._html(self.frame(edition, "Trang chủ", main, path))
        if path.lower() in (_LIST.lower(), "/tin-tuc/"):
            return self._grid(edition, ask)
        if path in _STANDING:
            title, text = _STANDING[path]
            return self._html(self.frame(edition, title, f"<h2>{title}</h2><p>{text}</p>\n", path))
        if ask.target == self.trap or path.startswith("/tim-kiem"):
            return self._html(self.frame(edition, "Lưu trữ", "<p>Tin lưu trữ của phòng Kế hoạch.</p>\n", path))
        return None

    def sitemap_lines(self, edition: Edition) -> tuple[str, ...]:
        return ()

    def _html(self, text: str) -> Answer:
        headers = (("cache-control", "private"), ("x-aspnet-version", "4.0.30319"), ("x-powered-by", "ASP.NET"))
        return Answer(200, text.encode(), "text/html; charset=utf-8", headers)

    def _grid(self, edition: Edition, ask: Ask) -> Answer:
        pager = Pager(edition.seed, edition.site_id)
        pages = max(1, -(-len(edition.listed) // _A_PAGE))
        page = pager.wanted(ask.posted(), pages) if ask.method == "POST" else 1
        mine = edition.listed[(page - 1) * _A_PAGE : page * _A_PAGE]
        links = []
        offered = pager.offered(page, pages)
        before = [cell for cell in offered if cell[0] < page]
        links += [self._link(pager, *cell) for cell in before]
        links.append(f"<td><span>{page}</span></td>")
        links += [self._link(pager, *cell) for cell in offered[len(before) :]]
        further = f'<a class="pager-next" href="{_to(pager, page + 1)}">Trang sau</a>' if page < pages else ""
        trap = (
            f'<p class="luu-tru"><a class="tieu-de-tin" href="{self.trap}">Tin lưu trữ</a></p>\n' if page == 1 else ""
        )
        grid = (
            f'<h2>Tin tức - Sự kiện</h2>\n<table id="ctl00_main_grid" class="grid" cellspacing="0">\n{self._rows(mine)}'
            f'<tr class="pager"><td><table><tr>{"".join(links)}</tr></table></td></tr>\n</table>\n{further}\n{trap}'
        )
        return self._html(self._whole(edition, "Tin tức - Sự kiện", grid, "./Default.aspx", page))

    def _link(self, pager: Pager, number: int, label: str) -> str:
        return f'<td><a href="{_to(pager, number)}">{label}</a></td>'

    def _rows(self, entries: list[Entry]) -> str:
        return "".join(
            f'<tr class="dong"><td>{picture(1000 + e.number, 160)}</td><td><a class="tieu-de-tin" href="{e.path}">'
            f"{e.title}</a></td></tr>\n"
            for e in entries
        )

    def _content(self, entry: Entry, story: Story, edition: Edition) -> str:
        saved = sum(day <= edition.day for day in entry.saved)
        # Pasted from a word processor, and pasted again.
        style = "margin: 6pt 0in; text-align: justify;" + " line-height: 150%;" * saved
        out = []
        for block in story.blocks:
            if isinstance(block, Paragraph):
                out.append(
                    f'<p class="MsoNormal" style="{style}"><span style="font-size: 14pt;">{block.text}</span></p>\n'
                )
            else:
                out.append(
                    f'<p style="text-align: center;">{picture(block.number, 600)}</p>\n'
                    f'<p style="text-align: center;"><em>{block.caption}</em></p>\n'
                )
        out += [f'<p style="text-align: right;"><strong>{line}</strong></p>\n' for line in story.credits]
        return "".join(out)

    def _whole(self, edition: Edition, title: str, main: str, action: str, page: int) -> str:
        hidden = edition.once(f"hidden{page}", lambda: Pager(edition.seed, edition.site_id).fields(page))
        return "".join(
            (
                '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/'
                'xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">\n'
                '<head id="ctl00_Head1"><title>\n\t',
                f"{title}\n</title>\n",
                edition.once("head", lambda: chrome.head_rest(edition)),
                f'</head>\n<body>\n<form name="aspnetForm" method="post" action="{action}" id="aspnetForm">\n',
                hidden,
                edition.once("top", lambda: chrome.top(edition)),
                f'<div class="cot-giua">\n{main}</div>\n',
                edition.once("side", lambda: chrome.side(edition)),
                edition.once("foot", lambda: chrome.foot(edition)),
            )
        )


def _to(pager: Pager, page: int) -> str:
    return re.sub("'", "&#39;", f"javascript:__doPostBack('{pager.target}','Page${page}')")

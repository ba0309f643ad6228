"""What the strangers of tests/strangers.py are built of: stories, answers, a page around a text. Deterministic."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil
from urllib.parse import parse_qsl

import regex

from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Answer, Ask, redirect

MARK = regex.compile(rb"<!-- bulletin (\d+), (\S+): (.*?) -->")
"""In the page of a bulletin: which it is, its day and title. Nobody but the measuring reads it."""
Page = str | Answer | None
Route = Callable[[str, dict[str, str], dict[str, str]], Page]
"""(path, query, fields posted) → a page, or None: not found."""


@dataclass(frozen=True, slots=True)
class Story:
    """number: 1 is the newest."""

    number: int
    title: str
    slug: str
    day: date
    time: str
    lead: str
    body: tuple[str, ...]
    caption: str
    byline: str

    @property
    def dmy(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @property
    def mark(self) -> str:
        return f"<!-- bulletin {self.number}, {self.day}: {self.title} -->"

    @property
    def paragraphs(self) -> str:
        return "".join(f"<p>{text}</p>\n" for text in self.body)

    def of(self, names: Sequence[str]) -> int:
        """Which of so many sections it belongs to."""
        return (self.number * 7 + self.number // 5) % len(names)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A site nobody tuned the survey for.

    whole   whether all its bulletins can be had by its own lists; else what cannot has to be said
    """

    name: str
    home: str
    route: Route
    bulletins: int
    whole: bool = True
    robots: str = "User-agent: *\nDisallow:\n"

    def answer(self, ask: Ask) -> Answer:
        if ask.path == "/robots.txt":
            return Answer(200, self.robots.encode(), "text/plain")
        found = self.route(ask.path, dict(parse_qsl(ask.query, keep_blank_values=True)), ask.posted())
        if found is None:
            text = framed("Không tìm thấy", "<h2>404</h2><p>Trang bạn tìm không có.</p>", "")
            return Answer(404, text.encode(), "text/html; charset=utf-8")
        return found if isinstance(found, Answer) else Answer(200, found.encode(), "text/html; charset=utf-8")


@cache
def stories(seed: int, most: int, stretch: int = 1) -> tuple[Story, ...]:
    """The newest first. stretch: how many times further apart than the newsroom tells them."""
    room = Newsroom(seed, block="127.0.97", kinds=("military-region",), bulletins=most)
    gold = sorted(room.gold(room.sites[0].site_id), key=lambda one: (one.posted_on, one.path), reverse=True)
    newest = gold[0].posted_on
    found: list[Story] = []
    for number, one in enumerate(gold, 1):
        day = newest - timedelta(days=(newest - one.posted_on).days * stretch)
        time = f"{6 + number % 14:02d}:{number * 17 % 60:02d}"
        caption = one.captions[0] if one.captions else ""
        lead, *body = one.body
        title = one.title if slug(one.title) not in {other.slug for other in found} else f"{one.title} lần {number}"
        found.append(Story(number, title, slug(title), day, time, lead, tuple(body), caption, one.byline or "PV"))
    return tuple(found)


def slug(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").lower())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "-".join(regex.findall(r"[a-z0-9]+", plain))


def cut(told: Sequence[Story], page: int, size: int) -> tuple[Sequence[Story], int]:
    """(those of a page, number of pages)"""
    return told[(page - 1) * size : page * size], max(1, ceil(len(told) / size))


def number_of(text: str | None, default: int = 1) -> int:
    return int(text) if text and text.isdecimal() else default


def xml(body: str) -> Answer:
    return Answer(200, f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode(), "text/xml; charset=utf-8")


def urlset(urls: Sequence[str]) -> Answer:
    inner = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>')


def index(urls: Sequence[str]) -> Answer:
    inner = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>')


def rss(name: str, items: Sequence[tuple[str, Story]]) -> Answer:
    inner = "".join(
        f"<item><title>{s.title}</title><link>{url.replace('&', '&amp;')}</link>"
        f"<pubDate>{s.day:%a, %d %b %Y} {s.time}:00 +0700</pubDate></item>"
        for url, s in items
    )
    return xml(f'<rss version="2.0"><channel><title>{name}</title><link>/</link>{inner}</channel></rss>')


def framed(title: str, main: str, menu: str, head: str = "", foot: str = "") -> str:
    """A page as plain sites have it; others write their own."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div id="top"><div class="logo"><a href="/">Trang chủ</a></div>{menu}</div>\n<div id="wrap">{main}</div>\n'
        f'<div id="bottom">Cơ quan chủ quản: Sở Thông tin. Giấy phép số 12/GP-TTĐT. © 2026 {foot}</div></body></html>'
    )


def moved(to: str) -> Answer:
    return redirect(302, to)


def links(pairs: Sequence[tuple[str, str]], wrap: str = "li") -> str:
    return "".join(f'<{wrap}><a href="{url}">{text}</a></{wrap}>' for url, text in pairs)


def numbers(last: int, here: int, url: Callable[[int], str]) -> str:
    """Page numbers near by, as most pagers print them."""
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - here) <= 2]
    return "".join(f"<strong>{n}</strong> " if n == here else f'<a href="{url(n)}">{n}</a> ' for n in near)

"""Sitemaps and feeds as they are written everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from crawlers.newsroom.answers import RSS, XML, Answer, tag_of, zipped
from crawlers.newsroom.chronicle import Entry

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_index(children: Iterable[tuple[str, datetime | None]], modified_at: datetime) -> Answer:
    """children: absolute URL and lastmod of each."""
    return _answer(f"{_HEAD}<sitemapindex {_SPACE}>\n{_entries('sitemap', children)}</sitemapindex>\n", modified_at)


def urlset(urls: Iterable[tuple[str, datetime | None]], modified_at: datetime) -> Answer:
    return _answer(f"{_HEAD}<urlset {_SPACE}>\n{_entries('url', urls)}</urlset>\n", modified_at)


def _entries(tag: str, urls: Iterable[tuple[str, datetime | None]]) -> str:
    return "".join(
        f"<{tag}><loc>{url}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</{tag}>\n" for url, at in urls
    )


def news_sitemap(base_url: str, publisher: str, entries: Iterable[Entry], modified_at: datetime) -> Answer:
    """As Google wants news: with title and moment of publication."""
    urls = "".join(
        f"<url><loc>{base_url}{entry.path}</loc><news:news><news:publication><news:name>{publisher}</news:name>"
        f"<news:language>vi</news:language></news:publication><news:publication_date>{entry.posted_at.isoformat()}"
        f"</news:publication_date><news:title>{entry.title}</news:title></news:news></url>\n"
        for entry in entries
    )
    space = f'{_SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return _answer(f"{_HEAD}<urlset {space}>\n{urls}</urlset>\n", modified_at)


def zipped_file(answer: Answer) -> Answer:
    """The same as a file in gzip, which no header tells but its type."""
    body = zipped(answer.body)
    return replace(answer, body=body, content_type="application/x-gzip", etag=tag_of(body))


def feed(title: str, base_url: str, entries: Iterable[tuple[Entry, str]], modified_at: datetime) -> Answer:
    """entries: each with its description."""
    items = "".join(
        f"<item><title>{entry.title}</title><link>{base_url}{entry.path}</link>"
        f"<pubDate>{format_datetime(entry.posted_at)}</pubDate>"
        f'<guid isPermaLink="false">{base_url}/?p={entry.number}</guid>'
        f"<description><![CDATA[{text}]]></description></item>\n"
        for entry, text in entries
    )
    body = (
        f'{_HEAD}<rss version="2.0"><channel><title>{title}</title><link>{base_url}/</link><language>vi</language>\n'
        f"<lastBuildDate>{format_datetime(modified_at)}</lastBuildDate>\n{items}</channel></rss>\n"
    )
    return _answer(body, modified_at, RSS)


def _answer(text: str, modified_at: datetime, content_type: str = XML) -> Answer:
    body = text.encode()
    return Answer(200, body, content_type, (), tag_of(body), modified_at)

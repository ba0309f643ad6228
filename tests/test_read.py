"""What a server's answer is before anyone takes it for a page: by status, type, address and first bytes."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from pipelines.read import read
from pipelines.records import Capture

NOON = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = XML + b'<!-- made by hand -->\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


def answer(
    payload: bytes, media: str | None = "text/html", path: str = "/", status: int | None = 200, origin: str = "archive"
) -> Capture:
    return Capture("s", f"https://bao.example.vn{path}", NOON, payload, media, status, origin=origin)


@pytest.mark.parametrize(
    ("kind", "capture"),
    [
        ("robots", answer(b"User-agent: *\nDisallow: /admin\n", "text/plain", "/robots.txt")),
        ("robots", answer(b"", "text/plain; charset=utf-8", "/robots.txt")),
        ("sitemap", answer(SITEMAP, "text/xml", "/sitemap.xml")),
        ("sitemap", answer(SITEMAP, "text/html", "/sitemap.xml")),
        ("sitemap", answer(XML + b'<?xml-stylesheet href="x.xsl"?><sitemapindex>', "application/xml", "/s.xml")),
        ("sitemap", answer(gzip.compress(SITEMAP), "application/x-gzip", "/sitemap.xml.gz")),
        ("sitemap", answer(b"\xff\xfe" + "<urlset>".encode("utf-16-le"), "text/xml", "/s.xml")),
        ("feed", answer(b'\xef\xbb\xbf<rss version="2.0"><channel>', "application/rss+xml", "/rss/tin.rss")),
        ("feed", answer(XML + b'<feed xmlns="http://www.w3.org/2005/Atom">', "text/html", "/feed")),
        ("feed", answer(b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "application/rdf+xml", "/rdf")),
        ("other", answer(XML + b"<OpenSearchDescription>", "application/opensearchdescription+xml", "/os.xml")),
        ("other", answer(b'{"id": 1}', "application/json; charset=UTF-8", "/wp-json/wp/v2/posts")),
        ("other", answer(b"[]", "application/problem+json", "/api")),
        ("other", answer(b"body { color: red }", "text/css", "/a.css")),
        ("other", answer(b"", "application/javascript", "/a.js")),
        ("other", answer(b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png", "/a.png")),
        ("other", answer(b"\xff\xd8\xff\xe0" + bytes(99), None, "/a")),
        ("other", answer(b"wOF2" + bytes(99), "application/octet-stream", "/a.woff2")),
        ("other", answer(XML + b"<svg>", "image/svg+xml", "/a.svg")),
        ("attachment", answer(b"%PDF-1.7\n\x00", "application/pdf", "/cv-123.pdf")),
        ("attachment", answer(b"%PDF-1.7\n\x00", "text/html", "/cv-123.pdf")),
        ("attachment", answer(b"PK\x03\x04" + bytes(99), "application/octet-stream", "/cv.docx")),
        ("attachment", answer(gzip.compress(b"x" * 9), "application/gzip", "/all.gz")),
        ("redirect", answer(b"", "text/html", "/old", 301)),
        ("redirect", answer(b"<html><body>Moved</body></html>", "text/html", "/old", 302)),
        ("redirect", answer(b"", None, "/old", 307)),
        ("other", answer(b"", None, "/a", 204)),
        ("other", answer(b"", None, "/a", 304)),
        ("error", answer(b"", "text/html", "/gone", 404)),
        ("error", answer(b"\x89PNG\x00\x00", "image/png", "/gone.png", 500)),
    ],
)
def test_what_is_no_page_has_its_kind_and_is_no_failure(kind: str, capture: Capture) -> None:
    reading = read(capture)
    assert (reading.kind, reading.failure) == (kind, None)
    assert reading.kind_rule.startswith(kind)
    assert not reading.doubts


@pytest.mark.parametrize(
    "capture",
    [
        answer(b"", "text/html"),
        answer(bytes(range(256)) * 9, "text/html"),
        answer(b"%PDF-1.7", "text/html", origin="file", status=None),
        answer(b"\x89PNG\x00\x00", "text/html", origin="file", status=None),
    ],
)
def test_what_should_be_a_page_and_is_not_stays_a_failure(capture: Capture) -> None:
    assert read(capture).failure


@pytest.mark.parametrize("media", ["application/json", "image/jpeg", "application/octet-stream", "text/plain"])
@pytest.mark.parametrize("path", ["/robots.txt", "/a.pdf", "/tin.html"])
def test_a_page_under_a_wrong_type_or_name_is_still_read_as_a_page(media: str, path: str) -> None:
    page = "<!-- c --><!DOCTYPE html>\n<html><body><p>Không tìm thấy trang</p></body></html>".encode()
    reading = read(answer(page, media, path))
    assert reading.kind not in ("robots", "attachment") and reading.lines


def test_many_comments_before_a_root_are_passed_over() -> None:
    """A pattern that backtracks would not come back from these within a lifetime."""
    assert read(answer(b"<!---->" * 580, "text/xml")).kind == "other"
    assert read(answer(b"<?a?>" * 800, "application/xml")).kind == "other"

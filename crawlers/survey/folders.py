"""Folders of addresses that are no news by name: documents, questions, pictures, standing pages, other languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import parse_qsl, urlsplit

from crawlers.survey.shapes import Address

_DOCUMENTS = (
    "van-ban", "vanban", "van-ban-phap-luat", "van-ban-phap-quy", "van-ban-chi-dao-dieu-hanh", "van-ban-dieu-hanh",
    "vbpq", "vbqppl", "phap-quy", "he-thong-van-ban", "tai-lieu", "document", "documents", "thu-tuc", "tthc",
    "thu-tuc-hanh-chinh", "du-thao", "du-thao-van-ban", "cong-khai", "dau-thau",
)  # fmt: skip
_ASKED = ("hoi-dap", "hoidap", "hoi-dap-phap-luat", "faq", "faqs", "gop-y", "dien-dan", "forum", "tham-do-y-kien")
_PICTURES = (
    "video", "videos", "clip", "thu-vien-video", "video-clip", "media", "photo", "photos", "anh", "album", "albums",
    "thu-vien-anh", "hinh-anh", "gallery", "audio", "podcast",
)  # fmt: skip
_STANDING = (
    "gioi-thieu", "about", "about-us", "lien-he", "contact", "lich", "lich-cong-tac", "lich-tiep-dan", "calendar",
    "event", "events", "tag", "tags", "tac-gia", "author", "san-pham", "product", "products", "rao-vat", "quang-cao",
    "danh-ba",
)  # fmt: skip
_PROGRAMS = frozenset(("doc", "docs", "page", "static", "vb", "legal", "weblink", "poll", "user", "support"))
"""Parts of a program that are no news; as folders of a path they say nothing."""
_LANGUAGES = (
    "en", "eng", "english", "en-us", "en-gb", "cn", "zh", "zh-cn", "ru", "fr", "lo", "km", "ja", "jp", "ko", "kr",
)  # fmt: skip
NO_NEWS = frozenset((*_DOCUMENTS, *_ASKED, *_PICTURES, *_STANDING, *_LANGUAGES))
_BY_QUERY = -1
Place = tuple[int, str]
"""(which folder from the left, its name); of a query that picks a part of a program (-1, `mod=doc`)."""


def places(address: Address) -> list[Place]:
    folders = list(enumerate(address.folders))
    return folders + [(_BY_QUERY, pair) for pair in pairs(address.url)] if address.shape.query else folders


def pairs(url: str) -> list[str]:
    """`name=value` of a query, where the value is a word."""
    found = parse_qsl(urlsplit(url).query)[:8]
    return [f"{name}={value}" for name, value in found if len(value) <= 30 and not any(map(str.isdecimal, value))]


def no_news(addresses: Collection[Address]) -> set[Place]:
    """Places that are no news by name. Empty if nothing else has the shape: a station may have videos alone."""
    named = {place for address in addresses for place in places(address) if _is_no_news(place)}
    rest = without(addresses, named)
    return named if rest else set()


def without(addresses: Iterable[Address], folders: Collection[Place]) -> list[Address]:
    """Addresses that lie in none of these."""
    return [address for address in addresses if not any(place in folders for place in places(address))]


def kinds(addresses: Collection[Address]) -> dict[Place, list[Address]]:
    """Addresses by the first folder in which they differ, or word of the query. Empty: they lie in one."""
    depth = min((len(address.folders) for address in addresses), default=0)
    for at in (*range(depth), _BY_QUERY):
        found: dict[Place, list[Address]] = {}
        for address in addresses:
            for place in places(address):
                if place[0] == at:
                    found.setdefault(place, []).append(address)
        if len(found) > 1:
            return {place: mine for place, mine in found.items() if len(mine) < len(addresses)}
    return {}


def _is_no_news(place: Place) -> bool:
    at, name = place
    if at == _BY_QUERY:
        return name.partition("=")[2].lower() in NO_NEWS | _PROGRAMS
    return name.lower() in NO_NEWS

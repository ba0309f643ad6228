"""Pages of a site that may list bulletins, most promising first: what its bulletins say they belong to, then menus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

import regex

from crawlers.survey.asking import Asker, Page
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.folders import NO_NEWS, pairs
from crawlers.survey.lists import ListFound, find_list, is_archive, reuse
from crawlers.survey.seen import Seen
from crawlers.survey.shapes import taken_apart

MOST_LISTS = 30
_MOST_TRIED = 40
_MOST_SEEN = 6_000
_NAME_WORDS = 5
"""Of a section in a menu, whose address may look like a headline's: `/hoat-dong-don-vi.html`."""
_LIKELY = 4
"""Weight of a page that is a list nearly for certain: bulletins lie below it, or lists beside it."""
_MOST_MISSES = 6
"""Pages in a row that list nothing, after which the rest of a menu is left alone."""
_NEWS = regex.compile(
    r"\b(?:tin|bài|tin tức|sự kiện|thời sự|hoạt động|chính trị|quân sự|quốc phòng|an ninh|xã hội|kinh tế|pháp luật|news"
    r"|chuyên mục|thông báo|trong nước|mới nhất|mới nhận|y tế|giáo dục|văn hóa)\b",
    regex.IGNORECASE,
)
_MORE = regex.compile(r"(?:xem thêm|xem tất cả|tất cả|xem tiếp|more|view all)\W*", regex.IGNORECASE)
_NEVER = regex.compile(
    r"(?:^|[/_-])(?:login|logout|dang-?nhap|dang-?ky|register|search|tim-?kiem|seek|rss|feed|gioi-?thieu|lien-?he|contact"
    r"|about|sitemap|so-?do|print|sendmail|savefile|amp|admin|wp-[a-z]+|cart|video|media|podcast|infographic|album|tags?"
    r"|author|tac-?gia|(?:page|trang|p)[-/]?\d+)(?:$|[/._?-])",
    regex.IGNORECASE,
)
_SEARCH = frozenset(("q", "s", "keyword", "tukhoa", "search"))


class Sections:
    """Looks for lists among the pages of a site. everywhere: bulletins that boxes of all pages show.

    left_out     pages that may be lists and were not looked at
    likely_left  those of them that nearly must be, for which neither budget nor room was left
    """

    def __init__(self, asker: Asker, seen: Seen, urls: BulletinUrls, home: Page) -> None:
        self._asker, self._seen, self._urls, self._home = asker, seen, urls, home
        self._left_out: frozenset[str] = frozenset()
        self._menu = frozenset(link.url for link in home.links if link.is_furniture and link.words <= _NAME_WORDS)
        self.lists: list[ListFound] = []
        self.tried: list[str] = []
        self.left_out: list[str] = []
        self.likely_left: list[str] = []

    @property
    def everywhere(self) -> frozenset[str]:
        shown = [
            {self._urls.identity(url) for url in self._urls.only(link.url for link in page.links)}
            for page in list(self._urls.pages.values())[:6]
        ]
        counts = Counter(url for urls in shown for url in urls)
        return frozenset(url for url, count in counts.items() if count >= 2 and count >= len(shown) - 1)

    def find(self, most: int, reserve: int) -> None:
        """Until so many lists are found, or what is left of the budget is `reserve`."""
        self._look(self._home)
        self.left_out, self.likely_left, misses = [], [], 0
        while (url := self._next()) is not None:
            is_spent = len(self.lists) >= most or len(self.tried) >= _MOST_TRIED or self._asker.left <= reserve
            if is_spent or misses >= _MOST_MISSES:
                weights = self._weights()
                self.left_out = self._candidates()
                self.likely_left = [each for each in self.left_out if weights[each] >= _LIKELY] if is_spent else []
                return
            self.tried.append(url)
            page = self._asker.page(url)
            misses = 0 if page is not None and self._look(page) else misses + 1

    def settle(self) -> None:
        """Where no list was found: the pages that were looked at once more. Of a small site every box shows all."""
        pages = [self._asker.pages.get((url, None)) for url in self.tried]
        for page in (*pages, self._home):
            if not self.lists and page is not None and page.is_answered:
                found = find_list(self._asker, page, self._urls, frozenset())
                self.lists += [found] if found is not None else []

    def _look(self, page: Page) -> bool:
        """Whether it lists bulletins that boxes of all pages do not show."""
        self._seen.add_page(page)
        if not page.is_answered or any(page.final_url == known.pages[0].final_url for known in self.lists):
            return False
        everywhere = self.everywhere
        for known in self.lists:
            if known.is_paged and page.root is not None:
                found = reuse(page, known, self._urls)
                if found is not None and not {self._urls.identity(item.url) for item in found.items} <= everywhere:
                    self.lists.append(found)
                    return True
        found = find_list(self._asker, page, self._urls, everywhere)
        if found is None or {self._urls.identity(item.url) for item in found.items} <= everywhere:
            return False
        for each in found.pages[1:]:
            self._seen.add_page(each)
        if page is not self._home and page.final_url != page.url:
            found = replace(found, way=replace(found.way, url=page.final_url))
        self.lists.append(found)
        return True

    def _next(self) -> str | None:
        return next(iter(self._candidates()), None)

    def _candidates(self) -> list[str]:
        done = {self._home.url, self._home.final_url, *self.tried}
        weights = self._weights()
        return [url for url in sorted(weights, key=lambda url: -weights[url]) if url not in done]

    def _weights(self) -> dict[str, float]:
        """Of each address, in the order in which they were seen; under one are left out."""
        self._left_out = frozenset(self._urls.left_out)
        own = self._urls.only(self._seen.urls)[:300]
        folders = Counter(folder for url in own for folder in _folders(url))
        parents = {_parent(found.way.url) for found in self.lists}
        found: dict[str, float] = {}
        for page in list(self._urls.pages.values())[:8]:
            for link in page.links:
                if link.is_crumb and self._may(link.url):
                    found[link.url] = found.get(link.url, 0) + 10
        for url, text in islice(self._seen.texts.items(), _MOST_SEEN):
            if not self._may(url):
                continue
            weight = found.get(url, 0.0) + (3 if _NEWS.search(text) else 0) + (2 if _MORE.fullmatch(text) else 0)
            path = urlsplit(url).path.rstrip("/")
            weight += 6 if folders.get(path, 0) >= 2 else 2 if folders.get(_parent(url), 0) >= 2 else 0
            weight += 4 if _parent(url) in parents else 0
            if is_archive(url):  # months are looked at last, where no list of all times is there
                found[url] = 0 if any(each.is_paged and not each.is_archive for each in self.lists) else 1.5
                continue
            weight -= 0 if NO_NEWS.isdisjoint(_names(path)) else 4
            found[url] = weight + (0.5 if len(text.split()) <= 8 else -3)
        return {url: weight for url, weight in found.items() if weight > 1}

    def _may(self, url: str) -> bool:
        split = urlsplit(url)
        if split[2:4] in (("", ""), ("/", "")) or _NEVER.search(split.path):
            return False
        if self._urls.is_one(url) and url not in self._urls.refused and url not in self._menu:
            return False
        if {name.lower() for name, _ in parse_qsl(split.query)} & _SEARCH:
            return False
        if any(_is_page_of(url, found) for found in self.lists) or not self._left_out.isdisjoint(
            (*_names(split.path), *pairs(url))
        ):
            return False
        address, refused = taken_apart(url), self._urls.refused.get(url)
        if address is None or (refused is not None and refused.reading.kind not in ("list", "home")):
            return False
        return address.words <= (8 if refused is None else 20)


def _is_page_of(url: str, found: ListFound) -> bool:
    """Whether an address is another page of a list: it differs in what tells that list's pages apart alone."""
    one, other = urlsplit(found.way.url), urlsplit(url)
    names = found.paging_names
    mine, theirs = (dict(parse_qsl(split.query)) for split in (one, other))
    if one.path != other.path or not names & theirs.keys():
        return False
    return all(mine.get(name) == theirs.get(name) for name in mine.keys() - names)


def _names(path: str) -> list[str]:
    """Folders and page of a path, without the ending of a file."""
    return [part.partition(".")[0].lower() for part in path.split("/") if part]


def _folders(url: str) -> Iterable[str]:
    parts = [part for part in urlsplit(url).path.split("/") if part][:-1]
    return ("/" + "/".join(parts[: at + 1]) for at in range(len(parts)))


def _parent(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[0]

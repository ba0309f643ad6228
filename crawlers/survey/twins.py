"""Other forms of one page: under another host, to print, AMP. Told by what pages of bulletins say of themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from urllib.parse import parse_qsl, urljoin, urlsplit

import regex

from crawlers.survey.asking import Page, origin_of
from crawlers.survey.bulletin_urls import TWIN_WORDS
from pipelines.html import every
from pipelines.identity import TWIN, UrlRule

_MOST_PAGES = 12
_OTHER_HOST = regex.compile(r"^(?:www\d?|m|mobile|amp|wap)\.")
_FORMS = (["print"], ["in"], ["amp"], ["output"])
"""Parameters that alone ask for another form of a page."""
_SELF = 'link[rel~="canonical"], link[rel~="amphtml"], link[rel~="alternate"][media]'


def twin_hosts(
    pages: Iterable[Page], known: Iterable[str], origins: Collection[str]
) -> tuple[tuple[str, ...], list[str]]:
    """(hosts, evidence): those known, and those under which pages name themselves: `m.` and `amp.` of the same name."""
    hosts = dict.fromkeys(filter(None, known))
    names = {_OTHER_HOST.sub("", host) for host in hosts}
    told: list[str] = []
    for page in list(pages)[:_MOST_PAGES]:
        for link in every(page.root, _SELF)[:10] if page.root is not None else ():
            url = urljoin(page.base, (link.get("href") or "").strip())
            host = urlsplit(url).hostname if origin_of(url) else None
            if host and host not in hosts and _OTHER_HOST.sub("", host) in names and host.isascii():
                hosts[host] = None
                told.append(f"pages name {host} as a twin of theirs (rel={link.get('rel')})"[:200])
    return tuple(hosts), told


def twin_rules(pages: Iterable[Page]) -> tuple[list[UrlRule], list[str]]:
    """[[url.twin]] for print, AMP and the like, where the page of a bulletin links to its own address so changed."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for page in list(pages)[:_MOST_PAGES]:
        own = urlsplit(page.url).path
        amp = every(page.root, 'link[rel~="amphtml"]')[:2] if page.root is not None else []
        named = [urljoin(page.base, (link.get("href") or "").strip()) for link in amp]
        for url in dict.fromkeys((*(link.url for link in page.links), *named)):
            rule = _twin(own, url)
            if rule is not None:
                counts[rule] += 1
                examples.setdefault(rule, target(url))
    found = [rule for rule, count in counts.most_common(6) if count >= 2]
    return [UrlRule(pattern, to, TWIN) for pattern, to in found], [
        f"{examples[rule]} is another form of the same page" for rule in found
    ]


def _twin(own: str, url: str) -> tuple[str, str] | None:
    split = urlsplit(url)
    if split.path == own and split.query:
        names = sorted({name for name, _ in parse_qsl(split.query, keep_blank_values=True)})
        return (rf"^/([^?]*)\?{_escaped(names[0])}=[^&]*$", r"/\1") if names in _FORMS else None
    parts, mine = [p for p in split.path.split("/") if p], [p for p in own.split("/") if p]
    extra = [part for part in parts if part in TWIN_WORDS and part not in mine]
    if len(extra) != 1 or [part for part in parts if part != extra[0]] != mine:
        return None
    at = parts.index(extra[0])
    if at == len(parts) - 1:
        return rf"^/(.*)/{extra[0]}/?$", r"/\1/" if own.endswith("/") else r"/\1"
    before = "".join(f"/{part}" for part in parts[:at])
    if "\\" in before:
        return None
    return rf"^{_escaped(before)}/{extra[0]}/(.*)$", rf"{before}/\1"


def target(url: str) -> str:
    """Path and query, for people: at most 160 characters."""
    split = urlsplit(url)
    return (split.path + (f"?{split.query}" if split.query else ""))[:160]


def _escaped(text: str) -> str:
    return regex.escape(text, special_only=True, literal_spaces=True)

"""One source file, strictly checked: what it may hold, and a sentence for everything it may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

import regex

from crawlers.source import (
    DISCOVER_KINDS,
    FIELDS,
    ORDERS,
    RHYTHMS,
    SPHERES,
    STATUSES,
    TLS,
    Discover,
    Expect,
    Fetch,
    Source,
    UrlRules,
)
from crawlers.source_values import (
    Wrong,
    count,
    day,
    did_you_mean,
    each,
    flag,
    host,
    is_this_machine,
    matching,
    one_of,
    pattern,
    seconds,
    selector,
    shown,
    text,
    web_address,
)
from crawlers.source_ways import form_body, json_path, refused_key, selector_or_json
from pipelines.identity import GROUP, KEY_REASONS, SAME_PAGE, TWIN, UrlRule
from pipelines.records import Layout

T = TypeVar("T")
SOURCE_ID = regex.compile(r"[a-z0-9][a-z0-9-]*")
_FAMILY = regex.compile(r"[a-z0-9][a-z0-9_-]*")


class Table:
    """A TOML table being read: every key is asked for once, what is left over at the end is an error."""

    def __init__(self, values: object, path: str = "") -> None:
        if not isinstance(values, Mapping):
            raise Wrong(path, f"expected a table ([{path}]), found {shown(values)}")
        self.values: Mapping[str, Any] = values
        self.path, self.known = path, set[str]()

    def key(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def get(self, name: str, check: Callable[[str, Any], T], default: T) -> T:
        self.known.add(name)
        return check(self.key(name), self.values[name]) if name in self.values else default

    def need(self, name: str, check: Callable[[str, Any], T]) -> T:
        self.known.add(name)
        if name not in self.values:
            raise Wrong(self.key(name), "expected this key, found none")
        return check(self.key(name), self.values[name])

    def table(self, name: str) -> Table:
        self.known.add(name)
        return Table(self.values.get(name, {}), self.key(name))

    def tables(self, name: str) -> list[Table]:
        self.known.add(name)
        found = self.values.get(name, [])
        if not isinstance(found, list):
            raise Wrong(self.key(name), f"expected tables ([[{name}]]), found {shown(found)}")
        return [Table(value, f"{self.key(name)}[{number}]") for number, value in enumerate(found)]

    def end(self) -> None:
        for name in self.values:
            if name not in self.known:
                raise Wrong(self.key(name), f"unknown key{did_you_mean(name, self.known)}")


def source_of(source_id: str, values: Mapping[str, Any]) -> Source:
    """The source that these values of a TOML document describe. Raises Wrong."""
    top = Table(values)
    publisher = top.need("publisher", text)
    source = Source(
        source_id=source_id,
        name=top.get("name", text, publisher),
        publisher=publisher,
        sphere=top.get("sphere", one_of(SPHERES), None),
        home=top.get("home", web_address, None),
        hosts=top.get("hosts", each(host), ()),
        family=top.get("family", matching(_FAMILY, "a family's name such as 'wordpress'"), None),
        status=top.get("status", one_of(STATUSES), "unknown"),
        enabled=top.get("enabled", flag, False),
        since=top.get("since", day, None),
        rhythm=top.get("rhythm", one_of(RHYTHMS), None),
        fetch=_fetch(top.table("fetch")),
        discover=tuple(_discover(table) for table in top.tables("discover")),
        url=_url_rules(top.table("url")),
        layouts=_layouts(top.tables("layout")),
        expect=_expect(top.table("expect")),
    )
    top.end()
    if source.fetch.delay_s == 0 and not (source.hosts and all(map(is_this_machine, source.hosts))):
        raise Wrong("fetch.delay_s", "expected a number over 0: only this machine may be asked without a pause")
    for name, rules in (("twin", source.url.twin), ("key", source.url.key)):
        for number, rule in enumerate(rules):
            if rule.host is not None and rule.host not in source.hosts:
                raise Wrong(f"url.{name}[{number}].host", f"expected a host of 'hosts', found {rule.host!r}")
    ways = list(enumerate(source.discover))
    asked = [("home", source.home), *((f"discover[{n}].url", way.url) for n, way in ways)]
    for key, url in [*asked, *((f"discover[{n}].page_url", way.page_url) for n, way in ways)]:
        if url is not None and urlsplit(url).hostname not in source.hosts:
            raise Wrong(key, f"expected a host of 'hosts' ({', '.join(source.hosts) or 'none given'}), found {url!r}")
    return source


def _fetch(table: Table) -> Fetch:
    usual = Fetch()
    fetch = Fetch(
        delay_s=table.get("delay_s", seconds, usual.delay_s),
        concurrency=table.get("concurrency", count(1), usual.concurrency),
        cookies=table.get("cookies", flag, usual.cookies),
        tls=table.get("tls", one_of(TLS), usual.tls),
        allow_private=table.get("allow_private", flag, usual.allow_private),
        max_bytes=table.get("max_bytes", count(1), usual.max_bytes),
    )
    table.end()
    return fetch


def _discover(table: Table) -> Discover:
    way = Discover(
        kind=table.need("kind", one_of(DISCOVER_KINDS)),
        url=table.need("url", web_address),
        item=table.get("item", selector_or_json, None),
        date=table.get("date", selector_or_json, None),
        next=table.get("next", selector_or_json, None),
        order=table.get("order", one_of(ORDERS), None),
        page_url=table.get("page_url", web_address, None),
        first_page=table.get("first_page", count(0), None),
        post=table.get("post", form_body, None),
        link=table.get("link", json_path, None),
        html=table.get("html", json_path, None),
    )
    table.end()
    if (refusal := refused_key(way)) is not None:
        name, problem = refusal
        raise Wrong(table.key(name), problem)
    return way


def _url_rules(table: Table) -> UrlRules:
    rules = UrlRules(
        bulletin=table.get("bulletin", pattern, None),
        keep_query=table.get("keep_query", each(text), None),
        drop_query=table.get("drop_query", each(text), ()),
        twin=tuple(_url_rule(rule, (TWIN,)) for rule in table.tables("twin")),
        key=tuple(_url_rule(rule, KEY_REASONS) for rule in table.tables("key")),
    )
    table.end()
    if rules.keep_query is not None and rules.drop_query:
        raise Wrong(table.key("drop_query"), "keep_query drops everything it does not name; remove one of the two")
    return rules


def _url_rule(table: Table, reasons: tuple[str, ...]) -> UrlRule:
    """One [[url.twin]] or [[url.key]]; only the latter says a reason."""
    rule = UrlRule(
        pattern=table.need("from", pattern),
        to=table.need("to", text),
        reason=table.get("reason", one_of(reasons), SAME_PAGE) if reasons == KEY_REASONS else TWIN,
        host=table.get("host", host, None),
    )
    table.end()
    groups = regex.compile(rule.pattern)
    if not rule.to.startswith("/"):
        raise Wrong(table.key("to"), f"expected a path that begins with /, such as '/\\1', found {shown(rule.to)}")
    if "\\" in GROUP.sub("", rule.to):
        raise Wrong(table.key("to"), f"expected \\1 to \\9 or \\g<name> after a backslash, found {shown(rule.to)}")
    for found in GROUP.finditer(rule.to):
        name = found["number"] or found["name"]
        if not (int(name) <= groups.groups if name.isdigit() else name in groups.groupindex):
            raise Wrong(table.key("to"), f"expected groups of 'from', which has no group {name}: {shown(rule.to)}")
    return rule


def _layouts(tables: list[Table]) -> tuple[Layout, ...]:
    layouts: list[Layout] = []
    for table in tables:
        layout = Layout(
            valid_from=table.get("valid_from", day, None),
            valid_until=table.get("valid_until", day, None),
            title=table.get("title", selector, None),
            published=table.get("published", selector, None),
            body=table.get("body", selector, None),
            lead=table.get("lead", selector, None),
            caption=table.get("caption", selector, None),
            byline=table.get("byline", selector, None),
            section=table.get("section", selector, None),
            view_count=table.get("view_count", selector, None),
            remove=table.get("remove", each(selector), ()),
        )
        table.end()
        first, last = _days(layout)
        if first > last:
            raise Wrong(table.key("valid_until"), f"expected a day not before valid_from {first}, found {last}")
        for number, other in enumerate(layouts):
            other_first, other_last = _days(other)
            if first <= other_last and other_first <= last:
                raise Wrong(table.path, f"shares days with layout[{number}]; set valid_from and valid_until")
        layouts.append(layout)
    return tuple(layouts)


def _days(layout: Layout) -> tuple[date, date]:
    return layout.valid_from or date.min, layout.valid_until or date.max


def _expect(table: Table) -> Expect:
    expect = Expect(
        min_per_month=table.get("min_per_month", count(0), None),
        fields=table.get("fields", each(one_of(FIELDS)), ()),
    )
    table.end()
    return expect

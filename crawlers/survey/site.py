"""A survey of one site: home page, feeds and sitemaps, shapes of addresses, lists, rules, a sample. In that order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from crawlers.looking import Get
from crawlers.source import Source, UrlRules
from crawlers.survey.asking import Asker, Page, RobotsFacts
from crawlers.survey.bulletin_urls import BulletinUrls
from crawlers.survey.choosing import COVERS, Choice, choose
from crawlers.survey.findings import Findings, FoundWay, Sampled
from crawlers.survey.home import BY_HAND, Home, find_home
from crawlers.survey.lists import strange
from crawlers.survey.machines import Machines
from crawlers.survey.query_rules import keep_query, key_rules
from crawlers.survey.sections import MOST_LISTS, Sections
from crawlers.survey.seen import Seen
from crawlers.survey.twins import twin_hosts, twin_rules

_SAMPLE = 10
_OTHERS = 4
_STRANGE = 0.1
"""Share of a list's items with other addresses from which it is told."""
_FOR_SAMPLE = 12
"""Requests kept for the sample and for the rules of addresses."""


def survey(
    url: str,
    get: Get,
    robots: RobotsFacts,
    say: Callable[[str], None],
    budget: int = 60,
    with_cookies: Get | None = None,
) -> Findings:
    """What a site is. Deterministic: the same answers give the same findings.

    url           of its home page
    get           one polite request, at most `budget` times; what it raises as a CrawlersError ends the survey early
    robots        of its home
    say           told in a line what is looked at
    with_cookies  asks as `get` does, keeping cookies; used where an answer waits for one
    """
    asker = Asker(get, say, budget)
    if not robots.usable:
        missing = f"nothing may be fetched: {robots.reason}; cure: run the command again later"
        return _nothing(url, Home(None, (), missing), asker)
    home = find_home(asker, url)
    if home.page is None or home.missing is not None:
        return _nothing(url, home, asker)
    return _Survey(asker, home.page, home, robots, say, with_cookies).run()


class _Survey:
    def __init__(
        self,
        asker: Asker,
        home: Page,
        found: Home,
        robots: RobotsFacts,
        say: Callable[[str], None],
        with_cookies: Get | None,
    ) -> None:
        self.asker, self.home, self.hosts, self.poor, self.say = asker, home, found.hosts, found.poor, say
        self.seen = Seen(asker.origins)
        self.urls = BulletinUrls()
        self.machines = Machines(asker, robots.sitemaps, with_cookies)
        self.sections = Sections(asker, self.seen, self.urls, home)

    def run(self) -> Findings:
        self.seen.add_page(self.home)
        self.machines.find(self.home)
        for machine in (*self.machines.feeds, *self.machines.sitemaps):
            self.seen.add_items(machine.items)
        self._learn()
        if self.urls.pattern is None:  # a start page that links to sections only
            self.sections.find(most=2, reserve=self.asker.left - 8)
            self._learn()
        enough = any(machine.is_sound for machine in self.machines.sitemaps)
        self.sections.find(3 if enough else MOST_LISTS, _FOR_SAMPLE)
        if enough and self._shows_more():
            self.sections.find(MOST_LISTS, _FOR_SAMPLE)
        self._learn()
        self.sections.settle()
        return self._findings()

    def _shows_more(self) -> bool:
        """Whether lists show bulletins that are in no sitemap: then all lists are wanted."""
        held = {self.urls.identity(item.url) for machine in self.machines.sitemaps for item in machine.items}
        shown = {self.urls.identity(item.url) for found in self.sections.lists for item in found.items}
        return len(shown - held) > max(1, (1 - COVERS) * len(shown))

    def _learn(self) -> None:
        self.urls.learn(self.asker, self.seen, self.say)
        for page in self.urls.pages.values():
            self.seen.add_page(page)

    def _findings(self) -> Findings:
        kept, evidence = keep_query(self.asker, self.seen, self.urls)
        if kept and self.urls.needed:
            self.urls.needed = frozenset(kept)
        keys, said = key_rules(self.asker, self.seen, self.urls, kept)
        twins, forms = twin_rules(self.urls.pages.values())
        hosts, other = twin_hosts(self.urls.pages.values(), (*self.hosts, *self.seen.hosts), self.asker.origins)
        rules = UrlRules(self.urls.pattern, kept, (), tuple(twins), tuple(keys))
        source = Source("survey", "survey", "survey", hosts=hosts, url=rules)
        choice = choose(
            self.machines.sitemaps, self.machines.feeds, self.sections.lists, self.urls.is_one, source.key
        ) if self.urls.pattern else Choice()  # fmt: skip
        self._sample(choice.ways)
        missing, doubts = list(choice.missing), list(choice.doubts)
        forbidden = [page for page in self.asker.pages.values() if page.look.not_allowed]
        if self.urls.pattern is None:
            missing.append(
                f"the rule of addresses: no page could be read as a bulletin{self._why_none(forbidden)}; {BY_HAND}"
            )
        if alike := [url for url, page in self.urls.refused.items() if page.is_answered and self.urls.is_one(url)]:
            doubts.append(f"{len(alike)} pages that are no bulletins have their shape, too, e.g. {alike[0][:200]}")
        if self.poor is not None and (missing or not choice.ways):
            missing.insert(0, self.poor)
        if loops := self.machines.loops:
            doubts.append(f"{loops[0]} answers only who keeps its cookies")
        missing += self._not_looked_at(choice, forbidden)
        for found in self.sections.lists:
            if found.way in [each.way for each in choice.ways] and (odd := strange(found, self.urls)):
                share = len(odd) / max(1, len(odd) + len(found.items))
                told = f"{len(odd)} items of {found.way.url} have no address of bulletins, e.g. {odd[0][:200]}"
                if share >= _STRANGE:
                    doubts.append(told)
        if names := self.urls.left_out:
            doubts.append(
                f"left out: addresses below {', '.join(names)[:300]}: no bulletins by their name, or by a page of them"
            )
        if (left := self.sections.left_out) and not any(w.way.kind == "sitemap" for w in choice.ways):
            doubts.append(f"{len(left)} pages that may be lists were not looked at, e.g. {left[0][:200]}")
        if self.asker.stopped:
            doubts.append(f"the survey ended early: {self.asker.stopped}")
        own = self.urls.only(self.urls.pages)  # pages of a shape that was given up are none of its bulletins
        return Findings(
            home=self.home.final_url,
            hosts=hosts,
            title=self.home.title or None,
            cookies=bool(self.machines.loops),
            ways=tuple(choice.ways),
            url=rules,
            url_evidence=(*self._shape_evidence(), *evidence, *said, *forms, *other),
            sample=tuple(Sampled(url, self.urls.pages[url].look) for url in own or self.urls.pages),
            others=tuple(Sampled(page.url, page.look) for page in self._others()),
            doubts=tuple(doubts),
            missing=tuple(missing),
            requests=self.asker.requests,
        )

    def _why_none(self, forbidden: Sequence[Page]) -> str:
        """What the pages are that looked like bulletins by their addresses."""
        told = [f"{len(forbidden)} were not asked: {forbidden[0].reason}"] if forbidden else []
        read = [page for page in self.urls.refused.values() if page.is_answered]
        foreign = [page for page in read if page.is_foreign]
        told += [f"{len(foreign)} are in another language, e.g. {foreign[0].url[:200]}"] if foreign else []
        kinds = Counter(page.reading.kind for page in read if page not in foreign)
        told += [f"{count} were read as {kind}" for kind, count in kinds.most_common(3)]
        return f" ({'; '.join(told)})" if told else ""

    def _not_looked_at(self, choice: Choice, forbidden: Sequence[Page]) -> list[str]:
        """Lists that are there in all likelihood and were not read, where nothing else shows their bulletins."""
        found: list[str] = []
        if self.urls.pattern is None or any(w.way.kind == "sitemap" and not w.doubts for w in choice.ways):
            return found
        if left := self.sections.likely_left:
            found.append(f"sections: {len(left)} further pages are likely lists, e.g. {left[0][:200]}; {BY_HAND}")
        if forbidden and choice.missing:
            found.append(
                f"{len(forbidden)} pages that may be lists may not be fetched ({forbidden[0].reason}), e.g. "
                f"{forbidden[0].url[:200]}; Bantin keeps to that; cure: ask the publisher for a sitemap or a feed"
            )
        return found

    def _shape_evidence(self) -> list[str]:
        if self.urls.pattern is None:
            return []
        known = len(self.urls.only(self.seen.urls))
        return [f"{known} addresses seen have this shape; {len(self.urls.pages)} were read as bulletins"]

    def _sample(self, ways: Sequence[FoundWay]) -> None:
        """More bulletins where the few that were read are of one place or age: the ends of each way, and its middle."""
        for way in ways:
            items = way.items
            for at in (len(items) - 1, len(items) // 2, 0, *(len(items) * n // 8 for n in (2, 6, 1, 3, 5, 7))):
                if len(self.urls.only(self.urls.pages)) >= _SAMPLE or not items:
                    break
                page = self.asker.page(items[at].url)
                if page is None:
                    return
                if page.is_bulletin:
                    self.urls.pages.setdefault(items[at].url, page)

    def _others(self) -> list[Page]:
        """Lists and standing pages, of several kinds."""
        lists = [found.pages[0] for found in self.sections.lists[:2]]
        refused = [page for page in self.urls.refused.values() if page.is_answered and page.root is not None]
        tried = [page for url in self.sections.tried if (page := self.asker.pages.get((url, None))) is not None]
        rest = [page for page in tried if page.is_answered and page.root is not None and not page.is_bulletin]
        found = {page.url: page for page in (*lists, *refused[:2], *rest, self.home)}
        return list(found.values())[:_OTHERS]


def _nothing(url: str, home: Home, asker: Asker) -> Findings:
    return Findings(
        home=home.page.final_url if home.page else url,
        hosts=home.hosts,
        title=home.page.title or None if home.page else None,
        cookies=False,
        ways=(),
        url=UrlRules(),
        url_evidence=(),
        sample=(),
        others=(Sampled(home.page.url, home.page.look),) if home.page else (),
        doubts=(),
        missing=(home.missing or "nothing was found",),
        requests=asker.requests,
    )

"""Lists walked page by page in every way that publishers page: links, numbers, queries, paths, forms, fragments, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from crawlers.exchange import Wanted
from crawlers.fetch import Fetched
from crawlers.source import Discover, Fetch
from crawlers.states import Answer
from crawlers.walking import WalkOutcome
from tests.test_walking import BASE, LIST, SOURCE, World, paths

Answers = Callable[[str, dict[str, str]], str | int]
"""(path and query, fields of the form) → body or status."""


class Paged(World):
    """A world whose site answers by a function, to GET and to POST."""

    answers: Answers = staticmethod(lambda path, form: 404)

    async def _fetch(self, wanted: Wanted) -> Fetched:
        path = wanted.url.removeprefix(BASE)
        form = dict(wanted.form or ())
        self.site.pages[path] = self.answers(path, form)
        asked = len(self.site.asked)
        fetched = await super()._fetch(replace(wanted, etag=None) if wanted.form else wanted)
        if wanted.form is not None:
            self.site.asked[asked] = f"{path} {urlencode(wanted.form)}"
        return fetched

    def walked(self, way: Discover, answers: Answers) -> WalkOutcome:
        self.answers = answers
        return self.walk(way)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Paged]:
    made = Paged(tmp_path)
    yield made
    made.frontier.close()


def page(number: int, pager: str, of: int = 3, size: int = 12) -> str:
    """A whole page of a list of `of` pages; behind the last one its frame without items."""
    found = paths((number - 1) * size, size) if 0 < number <= of else []
    rows = "".join(f'<li class="it"><a href="{path}">tin</a></li>' for path in found)
    return f"<html><head><title>Tin</title></head><body><ul>{rows}</ul><div class=p>{pager}</div></body></html>"


def told(outcome: WalkOutcome) -> tuple[bool, int, int, str | None]:
    walk = outcome.walk
    return walk.complete, walk.pages, walk.items, outcome.problem


CUR = "p_p_id=101_INSTANCE_mZ4d&p_p_lifecycle=0&p_p_state=normal&_101_INSTANCE_mZ4d_delta=12&p_r_p_resetCur=false"


def _next_link(path: str, form: dict[str, str]) -> str:
    number = int(parse_qs(urlsplit(path).query).get("p", ["1"])[0])
    return page(number, f'<a class=next href="?p={number + 1}">Tiếp</a>' if number < 3 else "")


def _numbers(path: str, form: dict[str, str]) -> str:
    number = int(parse_qs(urlsplit(path).query).get("trang", ["1"])[0])
    links = (f"<b>{n}</b>" if n == number else f"<a href='/tin?trang={n}'>{n}</a>" for n in (1, 2, 3))
    return page(number, " ".join(links))


def _liferay(path: str, form: dict[str, str]) -> str:
    number = int(parse_qs(urlsplit(path).query).get("_101_INSTANCE_mZ4d_cur", ["1"])[0])
    onward = f"{BASE}/tin?{CUR}&_101_INSTANCE_mZ4d_cur={number + 1}".replace("&", "&amp;")
    back = f"{BASE}/tin?{CUR}&_101_INSTANCE_mZ4d_cur={number - 1}".replace("&", "&amp;")
    last = number == 3
    return page(
        number,
        f'<ul class="lfr-pagination-buttons pager"><li class="first"><a href="{back}">← Đầu tiên</a></li>'
        f'<li class="{"disabled" if last else ""}"><a href="{"javascript:;" if last else onward}">Tiếp theo</a></li></ul>',
    )


def _by_path(pattern: str) -> Answers:
    def answer(path: str, form: dict[str, str]) -> str:
        numbers = [n for n in (2, 3, 4) if path == pattern.replace("#", str(n))]
        number = numbers[0] if numbers else 1
        links = "".join(f'<a href="{"/tin" if n == 1 else pattern.replace("#", str(n))}">{n}</a>' for n in (1, 2, 3))
        return page(number, f"{links}<a rel=next href='{pattern.replace('#', str(number + 1))}'>›</a>" * (number < 3))

    return answer


@pytest.mark.parametrize(
    ("answers", "selector", "second"),
    [
        (_next_link, "a.next", "/tin?p=2"),
        (_numbers, ".p a", "/tin?trang=2"),
        (_liferay, ".pager a", f"/tin?{CUR}&_101_INSTANCE_mZ4d_cur=2"),
        (_by_path("/tin/p/#"), ".p a", "/tin/p/2"),
        (_by_path("/tin/page-#/"), ".p a", "/tin/page-2/"),
        (_by_path("/tin/page/#/"), ".p a[rel=next]", "/tin/page/2/"),
    ],
)
def test_a_list_is_walked_whole_whatever_its_paging(world: Paged, answers: Answers, selector: str, second: str) -> None:
    outcome = world.walked(replace(LIST, item="li.it > a", date=None, next=selector), answers)
    assert told(outcome) == (True, 3, 36, None) and world.site.asked[:2] == ["/tin", second]


@pytest.mark.parametrize("template", ["/tin/p/#", "/tin?trang=#", "/page-#/tin"])
@pytest.mark.parametrize("behind", ["empty", "404", "last again", "first again"])
def test_pages_no_link_leads_to_are_asked_by_number_until_there_are_no_more(
    world: Paged, template: str, behind: str
) -> None:
    way = Discover("listing", f"{BASE}/tin", item="li.it > a", page_url=BASE + template.replace("#", "{page}"))

    def answer(path: str, form: dict[str, str]) -> str | int:
        number = next((n for n in range(2, 9) if path == template.replace("#", str(n))), 1)
        shown = {
            "empty": number,
            "404": number,
            "last again": min(number, 3),
            "first again": number if number < 4 else 1,
        }
        return 404 if behind == "404" and number > 3 else page(shown[behind], "")

    complete, pages, _, problem = told(world.walked(way, answer))
    assert (complete, problem, len(world.known())) == (True, None, 36)
    assert pages == (5 if behind == "first again" else 4)
    again = world.walked(way, answer)
    assert (again.walk.complete, again.problem, again.walk.unknown) == (True, None, 0)


def _piece(number: int, of: int = 3) -> str:
    found = paths((number - 1) * 12, 12) if 0 < number <= of else []
    return "".join(f"<li class=it><a href={path}>tin</a></li>" for path in found)


def _json(number: int, of: int = 3) -> str:
    found = [{"slug": path, "day": "2026-10-01"} for path in (paths((number - 1) * 12, 12) if number <= of else [])]
    return json.dumps(
        {"data": {"rows": found, "more": number < of, "cursor": f"c{number + 1}" if number < of else None}}
    )


def test_a_button_that_gets_pieces_is_pressed_until_an_empty_one_comes(world: Paged) -> None:
    way = Discover(
        "fragment", f"{BASE}/tin", item="li.it > a", page_url=f"{BASE}/article/Paging?categoryId=7&pageIndex={{page}}"
    )

    def answer(path: str, form: dict[str, str]) -> str:
        return page(1, "") if path == "/tin" else _piece(int(path.rpartition("=")[2]))

    assert told(world.walked(way, answer)) == (True, 4, 36, None)
    assert world.site.asked[1] == "/article/Paging?categoryId=7&pageIndex=2"


def test_a_button_that_posts_is_pressed_until_an_empty_answer_comes_and_a_day_later_again(world: Paged) -> None:
    way = Discover("fragment", f"{BASE}/ajax", item="li.it > a", post="action=more&page={page}")

    def answer(path: str, form: dict[str, str]) -> str:
        return _piece(int(form["page"])) if form.get("action") == "more" else "0"

    for unknown in (36, 0):
        outcome = world.walked(way, answer)
        assert told(outcome) == (True, 4, 36, None) and outcome.walk.unknown == unknown
        assert world.site.asked == [f"/ajax action=more&page={n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("onward", ["data.more", "data.cursor"])
def test_json_is_followed_as_far_as_it_says_that_there_is_more(world: Paged, onward: str) -> None:
    way = Discover(
        "fragment", f"{BASE}/api?p=1", item="json:data.rows", link="slug", date="json:day", next=f"json:{onward}",
        page_url=f"{BASE}/api?p={{page}}",
    )  # fmt: skip
    outcome = world.walked(way, lambda path, form: _json(int(path.rpartition("=")[2].removeprefix("c"))))
    assert told(outcome) == (True, 3, 36, None)
    assert world.site.asked[2] == ("/api?p=c3" if onward == "data.cursor" else "/api?p=3")
    ((day,),) = world.frontier.con.execute("select distinct listed_date from url").fetchall()
    assert day == "2026-10-01"


# --- what is no end


BY_NUMBER = Discover("listing", f"{BASE}/tin", item="li.it > a", page_url=f"{BASE}/tin?p={{page}}")


@pytest.mark.parametrize("answer", [404, page(9, ""), "<html><title>Lỗi</title></html>"])
def test_a_full_first_page_with_nothing_behind_it_asks_whether_page_url_is_right(
    world: Paged, answer: str | int
) -> None:
    outcome = world.walked(BY_NUMBER, lambda path, form: page(1, "") if path == "/tin" else answer)
    assert not outcome.walk.complete and "is `page_url` right?" in (outcome.problem or "")


def test_a_first_page_that_is_short_may_be_the_whole_list(world: Paged) -> None:
    outcome = world.walked(BY_NUMBER, lambda path, form: page(1, "", 1, 4) if path == "/tin" else 404)
    assert told(outcome) == (True, 2, 4, None)


def test_a_list_without_items_on_its_first_page_is_a_hole_and_so_is_a_path_that_matches_nothing_later(
    world: Paged,
) -> None:
    assert "found none" in (world.walked(BY_NUMBER, lambda path, form: page(9, "")).problem or "")
    way = Discover("fragment", f"{BASE}/api?p=1", item="json:rows", page_url=f"{BASE}/api?p={{page}}")
    empty = world.walked(way, lambda path, form: '{"rows": []}')
    assert "found an empty list" in (empty.problem or "") and not empty.walk.complete

    def renamed(path: str, form: dict[str, str]) -> str:
        return json.dumps({"rows" if path.endswith("=1") else "items": ["/a"]})

    outcome = world.walked(way, renamed)
    assert "expected a list of items at 'rows', found nothing in an object with 'items'" in (outcome.problem or "")


def test_a_list_that_breaks_in_the_middle_is_a_hole_once_and_believed_when_it_stays_so(world: Paged) -> None:
    def broken(path: str, form: dict[str, str]) -> str:
        number = int(path.rpartition("=")[2]) if "=" in path else 1
        return page(number if number < 3 else 99, "", 6)

    def whole(path: str, form: dict[str, str]) -> str:
        return page(int(path.rpartition("=")[2]) if "=" in path else 1, "", 6)

    assert world.walked(BY_NUMBER, whole).walk.complete
    first, second = world.walked(BY_NUMBER, broken), world.walked(BY_NUMBER, broken)
    assert not first.walk.complete and "page 3 held 12 items and is empty now" in (first.problem or "")
    assert (second.walk.complete, second.problem, len(world.listed())) == (True, None, 24)


def test_a_list_that_lost_its_last_page_only_has_shrunk(world: Paged) -> None:
    for of in (4, 3):
        outcome = world.walked(
            BY_NUMBER, lambda path, form, of=of: page(int(path.rpartition("=")[2]) if "=" in path else 1, "", of)
        )
        assert told(outcome) == (True, of + 1, 12 * of, None) and len(world.listed()) == 12 * of


@pytest.mark.parametrize(
    ("pager", "cure"),
    [
        ("<a href='javascript:xemThem(2)'>Xem thêm</a>", "page_url"),
        ("<a href=\"javascript:__doPostBack('a','b')\">2</a>", 'set kind = "form"'),
        ("<b>1</b><a href='javascript:void(0)' onclick=go(2)>2</a>", "page_url"),
    ],
)
def test_a_next_page_that_only_a_program_gets_is_a_hole_that_says_what_to_set(
    world: Paged, pager: str, cure: str
) -> None:
    way = Discover("listing", f"{BASE}/tin", item="li.it > a", next=".p a")
    outcome = world.walked(way, lambda path, form: page(1, pager))
    assert "its next page cannot be followed" in (outcome.problem or "") and cure in (outcome.problem or "")
    assert (outcome.walk.complete, outcome.walk.items) == (False, 12)
    by_number = world.walked(
        replace(way, page_url=BY_NUMBER.page_url), lambda path, form: page(1 + 9 * ("=" in path), pager)
    )
    assert "is `page_url` right?" in (by_number.problem or "")


@pytest.mark.parametrize(
    "pager",
    [
        "<a class=disabled href='javascript:;'>Tiếp</a>",
        "<ul><li class='page-item disabled'><a href='javascript:void(0)'>»</a></ul>",
        "<a class=active href='javascript:void(0)'>1</a>",
        "<a aria-disabled=true href='javascript:;'>›</a>",
    ],
)
def test_a_link_that_is_switched_off_is_no_next_page(world: Paged, pager: str) -> None:
    way = Discover("listing", f"{BASE}/tin", item="li.it > a", next=".p a")
    assert told(world.walked(way, lambda path, form: page(1, pager))) == (True, 1, 12, None)


# --- feeds


@pytest.mark.parametrize("why", ["redirect to the same URL", "more than 5 redirects"])
def test_a_feed_that_redirects_to_itself_says_that_it_may_want_a_cookie(world: Paged, why: str) -> None:
    async def loops(wanted: Wanted) -> Fetched:
        return Fetched(Answer(world.now.timestamp(), 302), refused=why)

    world._fetch = loops  # type: ignore[method-assign]
    feed = Discover("feed", f"{BASE}/rss")
    assert (world.walk(feed).problem or "").endswith("set fetch.cookies = true")
    world.source = replace(SOURCE, fetch=Fetch(cookies=True))
    assert (world.walk(feed).problem or "").endswith(why)


def test_a_feed_without_items_is_a_hole_and_forgets_nothing(world: Paged) -> None:
    feed = Discover("feed", f"{BASE}/rss")
    world.walked(feed, lambda path, form: "<rss><channel><item><link>/a</link></item></channel></rss>")
    outcome = world.walked(feed, lambda path, form: "<rss><channel><title>Tin</title></channel></rss>")
    assert "found a <rss> without any" in (outcome.problem or "") and world.listed() == {"/a"}

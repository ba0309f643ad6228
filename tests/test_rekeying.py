"""[[url.twin]] and [[url.key]]: what is asked, under which key, and what a frontier makes of changed rules and hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.aliases import aliases_of, follow, frontier_aliases, note
from crawlers.catalog import load_catalog
from crawlers.discovery.listed import Item
from crawlers.frontier import Frontier
from crawlers.piped import words
from crawlers.rekeying import rekey, would_rekey
from crawlers.sighting import Sighting
from crawlers.source import Source
from crawlers.source_file import source_of
from crawlers.source_values import Wrong
from crawlers.states import FETCHED, GONE, WAITING, Status
from dagster_project.steps.home import open_home
from dagster_project.steps.status import status
from pipelines.identity import bulletin_id, url_key

AT = 1_790_000_000.0
PRINT = {"from": r"^/print/(.*)$", "to": r"/\1"}
AMP = {"from": r"^/(?<rest>[^?]+)/amp$", "to": r"/\g<rest>"}
NUKEVIET = {"from": r"^/(?:[^/?]+/)+([^/?]+-\d+\.html)$", "to": r"/\1"}
NEW_SCHEME = {"from": r"^/tin/([a-z-]+)-(\d+)$", "to": r"/\2-\1.html", "reason": "moved"}


def source(hosts: tuple[str, ...] = ("bao.vn", "www.bao.vn", "m.bao.vn"), home: str = "bao.vn", **url: Any) -> Source:
    return source_of("bao", {"publisher": "Báo", "home": f"http://{home}/", "hosts": list(hosts), "url": url})


# --- rules


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://bao.vn/print/a-1.html", "http://bao.vn/a-1.html"),
        ("https://m.bao.vn:8443/print/a.html?id=3&utm_source=x", "https://m.bao.vn:8443/a.html?id=3"),
        ("http://bao.vn/print/print/a", "http://bao.vn/a"),
        ("http://bao.vn/print/a/amp", "http://bao.vn/a"),
        ("http://bao.vn/print//khac.vn/a", "http://bao.vn//khac.vn/a"),
        ("http://bao.vn/A%20b?b=2&a=1#c", "http://bao.vn/A%20b?b=2&a=1#c"),  # no twin: byte for byte
        ("http://khac.vn/print/a", "http://khac.vn/print/a"),
        ("file:bao/print", "file:bao/print"),
    ],
)
def test_of_a_twin_the_page_is_asked_and_has_its_key(url, asked):
    rules = source(twin=[PRINT, AMP])
    assert rules.asked(url) == asked
    assert rules.key(url) == source().key(asked)
    assert (rules.rule_reason(url) == "twin") == (asked != url)


def test_a_twin_is_known_by_its_whole_query_whatever_the_key_keeps():
    rules = source(twin=[{"from": r"^/detail\?ID=(\d+)&print=1$", "to": r"/detail?ID=\1"}], keep_query=["ID"])
    assert rules.asked("http://bao.vn/detail?print=1&ID=7") == "http://bao.vn/detail?ID=7"


def test_twin_rules_that_lead_round_in_a_circle_change_nothing():
    rules = source(
        twin=[{"from": "^/a$", "to": "/b"}, {"from": "^/b$", "to": "/a"}, {"from": "^(/c.*)$", "to": r"/c\1"}]
    )
    for url in ("http://bao.vn/a", "http://bao.vn/b", "http://bao.vn/c"):
        assert rules.asked(url) == url


@given(st.text(alphabet="/aàprint?=&%.1-mp", max_size=30))
def test_the_address_to_ask_is_asked_as_it_is_and_has_the_same_key(path):
    rules, url = source(twin=[PRINT, AMP], key=[NUKEVIET, NEW_SCHEME]), f"http://bao.vn/{path}"
    asked = rules.asked(url)
    assert rules.asked(asked) == asked
    assert rules.key(asked) == rules.key(url)


def test_a_page_in_several_categories_has_one_key_and_equal_numbers_stay_two():
    rules = source(key=[NUKEVIET])
    urls = ["http://bao.vn/news/thoi-su/mua-lu-12.html", "http://www.bao.vn/vi/kinh-te/mua-lu-12.html?utm_source=x"]
    assert {rules.key(url) for url in urls} == {"/mua-lu-12.html"}
    assert [rules.rule_reason(url) for url in (*urls, "http://bao.vn/mua-lu-12.html")] == [
        "same-page",
        "same-page",
        None,
    ]
    assert rules.key("http://bao.vn/news/thoi-su/nang-han-12.html") == "/nang-han-12.html"


def test_a_rule_of_one_host_leaves_the_same_path_on_another_alone():
    rules = source(("moi.vn", "cu.vn"), "moi.vn", key=[{**NEW_SCHEME, "host": "moi.vn"}])
    assert rules.key("http://moi.vn/tin/mua-lu-12") == "/12-mua-lu.html"
    assert rules.key("http://cu.vn/tin/mua-lu-12") == "/tin/mua-lu-12"


def test_parameters_of_liferay_that_name_a_visit_are_dropped_and_the_article_stays():
    drop = ["p_p_auth", "p_l_back_url", "_101_INSTANCE_x_redirect"]
    url = "http://bao.vn/web/tin?p_p_id=101&p_p_auth=Zk3&_101_INSTANCE_x_redirect=%2Fweb%2Ftin&articleId=9"
    assert source(drop_query=drop).key(url) == "/web/tin?articleId=9&p_p_id=101"


def test_rules_change_the_digest_and_their_absence_does_not():
    plain, with_rule = source(), source(key=[NUKEVIET])
    assert plain.rules_digest() != with_rule.rules_digest()
    assert Sighting(plain).digest != Sighting(with_rule).digest
    assert "twin" not in plain.url.values()


@pytest.mark.parametrize(
    ("table", "rule", "said"),
    [
        ("twin", {"from": "(", "to": "/"}, "from: expected a regular expression"),
        ("twin", {"from": "a"}, "to: expected this key"),
        ("twin", {"from": "a", "to": "b"}, "begins with /"),
        ("twin", {"from": "a", "to": r"/\1"}, "no group 1"),
        ("key", {"from": "(?<x>a)", "to": r"/\g<y>"}, "no group y"),
        ("key", {"from": "a", "to": r"/\n"}, "after a backslash"),
        ("key", {"from": "a", "to": "/", "host": "khac.vn"}, "a host of 'hosts'"),
        ("key", {"from": "a", "to": "/", "reason": "twin"}, "expected one of moved, same-page"),
        ("twin", {"from": "a", "to": "/", "reason": "moved"}, "unknown key"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_name(table, rule, said):
    with pytest.raises(Wrong) as refused:
        source(**{table: [rule]})
    assert f"url.{table}[0]" in str(refused.value) and said in str(refused.value)


# --- the frontier


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path / "bao.sqlite") as made:
        yield made


def tell(frontier: Frontier, rules: Source, *urls: str, at: float = AT) -> None:
    """As a walk does with a page that lists these."""
    sighting = Sighting(rules)
    items = sighting.keyed([Item(url) for url in urls])
    with frontier.transaction():
        frontier.discover(sighting.told(items, "listing", "http://bao.vn/", at))
        note(frontier, aliases_of(rules, urls, at))
        follow(frontier, rules, items, at)


def rows(frontier: Frontier, columns: str = "key, url, state") -> list[tuple[Any, ...]]:
    return frontier.con.execute(f"select {columns} from url order by key").fetchall()


def aliases(frontier: Frontier) -> list[tuple[Any, ...]]:
    return frontier.con.execute("select url, key, reason from alias order by url").fetchall()


def was_fetched(frontier: Frontier, *keys: str, state: str = FETCHED) -> None:
    status = Status(state, tries=1, last_fetch_at=AT, next_fetch_at=AT + 9e6, etag="x", payload_sha256="a" * 64)
    frontier.apply([(key, status) for key in keys])


def test_a_twin_on_a_list_is_not_asked_and_is_an_alias(frontier):
    tell(frontier, source(twin=[PRINT]), "http://bao.vn/print/a", "http://bao.vn/a", "http://bao.vn/print/b")
    assert rows(frontier) == [("/a", "http://bao.vn/a", WAITING), ("/b", "http://bao.vn/b", WAITING)]
    assert aliases(frontier) == [
        ("http://bao.vn/print/a", "/a", "twin"), ("http://bao.vn/print/b", "/b", "twin")
    ]  # fmt: skip
    told = list(frontier_aliases(frontier, "bao"))
    assert [alias.bulletin_id for alias in told] == [bulletin_id("bao", "/a"), bulletin_id("bao", "/b")]


def test_twin_hosts_are_one_row_and_the_address_goes_not_to_and_fro(frontier):
    rules = source()
    for host in ("www.bao.vn", "bao.vn", "m.bao.vn", "www.bao.vn", "bao.vn"):
        tell(frontier, rules, f"http://{host}/a")
    assert rows(frontier, "key, url") == [("/a", "http://bao.vn/a")]  # the host of `home`, once


def test_a_bulletin_that_is_listed_at_its_new_place_is_asked_there_under_its_key(frontier):
    tell(frontier, source(("cu.vn",), "cu.vn"), "http://cu.vn/12-mua-lu.html", "http://cu.vn/7-nang.html")
    was_fetched(frontier, "/12-mua-lu.html")
    was_fetched(frontier, "/7-nang.html", state=GONE)
    now = source(("moi.vn", "cu.vn"), "moi.vn", key=[NEW_SCHEME])
    assert rekey(frontier, now) == (0, 0)
    tell(frontier, now, "http://moi.vn/tin/mua-lu-12", "http://moi.vn/tin/nang-7", at=AT + 99)
    assert rows(frontier, "key, url, state, etag, next_fetch_at") == [
        ("/12-mua-lu.html", "http://moi.vn/tin/mua-lu-12", FETCHED, None, AT + 9e6),
        ("/7-nang.html", "http://moi.vn/tin/nang-7", GONE, None, AT + 99),
    ]
    assert [reason for _, _, reason in aliases(frontier)] == ["moved", "moved"]
    tell(frontier, now, "http://cu.vn/12-mua-lu.html")  # an old link on a list does not bring it back
    assert rows(frontier, "url")[0] == ("http://moi.vn/tin/mua-lu-12",)


def test_of_two_moves_the_later_rule_of_the_file_names_the_address(frontier):
    again = {"from": r"^/p/(\d+)/([a-z-]+)$", "to": r"/\1-\2.html", "reason": "moved"}
    rules = source(key=[NEW_SCHEME, again])
    for path in ("/12-mua-lu.html", "/p/12/mua-lu", "/tin/mua-lu-12"):
        tell(frontier, rules, f"http://bao.vn{path}")
    assert rows(frontier, "key, url") == [("/12-mua-lu.html", "http://bao.vn/p/12/mua-lu")]


def test_a_rule_written_after_the_move_joins_what_was_crawled_twice_and_says_how_much(frontier):
    tell(frontier, source(), "http://bao.vn/12-mua-lu.html", "http://bao.vn/tin/mua-lu-12", "http://bao.vn/tin/nang-7")
    was_fetched(frontier, "/12-mua-lu.html")
    now = source(key=[NEW_SCHEME])
    assert would_rekey(frontier, now) == (2, 1)
    assert len(rows(frontier)) == 3
    assert rekey(frontier, now) == (2, 1)
    assert rows(frontier) == [
        ("/12-mua-lu.html", "http://bao.vn/tin/mua-lu-12", FETCHED),
        ("/7-nang.html", "http://bao.vn/tin/nang-7", WAITING),
    ]
    assert aliases(frontier)[0] == ("http://bao.vn/tin/mua-lu-12", "/12-mua-lu.html", "moved")
    assert rekey(frontier, source())[0] == 2  # without the rule, keys are the addresses' own again
    assert aliases(frontier) == []


def test_a_print_page_that_was_crawled_before_its_rule_leaves_the_page_to_be_asked(frontier):
    tell(frontier, source(), "http://bao.vn/print/a", "http://bao.vn/print/b", "http://bao.vn/b")
    was_fetched(frontier, "/print/a", "/print/b", "/b")
    frontier.apply([("/b", Status(GONE, "HTTP 404", 1, last_fetch_at=AT))])
    assert rekey(frontier, source(twin=[PRINT])) == (2, 1)
    assert rows(frontier) == [("/a", "http://bao.vn/a", WAITING), ("/b", "http://bao.vn/b", GONE)]
    assert {reason for _, _, reason in aliases(frontier)} == {"twin"}


def test_status_says_what_changed_rules_will_move_before_any_crawl_does_it(tmp_path):
    tell_of = source(("bao.vn",))
    (tmp_path / "sources").mkdir()
    file = tmp_path / "sources" / "bao.toml"
    text = 'publisher = "Báo"\nhome = "http://bao.vn/"\nhosts = ["bao.vn"]\n'
    rule = "[[url.key]]\nfrom = '^/tin/([a-z-]+)-(\\d+)$'\nto = '/\\2-\\1.html'\nreason = 'moved'\n"
    with Frontier(tmp_path / "crawl" / "bao.sqlite") as frontier:
        tell(frontier, tell_of, "http://bao.vn/12-mua-lu.html", "http://bao.vn/tin/mua-lu-12")
        frontier.judge([], AT, Sighting(tell_of).digest)
    for more, why in (
        ("", ()),
        (rule, ("its [url] rules or hosts changed: 1 keys will move at the next crawl, 1 rows join another",)),
    ):
        file.write_text(text + more, encoding="utf-8")
        assert status(open_home(tmp_path)[0], load_catalog(tmp_path), ["bao"])[0].why == why


def test_a_log_of_dagster_says_what_changed_rules_moved():
    said = words({"event": "rules", "source_id": "bao", "moved": 2, "joined": 1})
    assert said == "bao: its rules changed: 2 keys moved, 1 rows joined another"


def test_a_frontier_of_an_earlier_bantin_has_no_aliases(frontier):
    frontier.con.execute("drop table alias")
    assert list(frontier_aliases(frontier, "bao")) == []


def test_an_item_that_is_no_address_is_no_alias_and_stops_nothing(frontier):
    rules = source(twin=[PRINT], key=[NUKEVIET])
    assert list(aliases_of(rules, ["http://bao.vn:99999/print/a", "http://[/x"], AT)) == []


def test_a_key_that_begins_like_another_host_is_matched_by_its_path_alone():
    rules = source(key=[{"from": "^//khac.vn/a$", "to": "/b"}])
    assert rules.key("http://bao.vn//khac.vn/a") == "/b"
    assert rules.key("http://khac.vn/a") == url_key("http://khac.vn/a", ("bao.vn",)) == "//khac.vn/a"

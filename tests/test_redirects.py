"""Redirects stay with a source: its hosts, its robots.txt, its pace; everything else is handed on unfollowed."""

import pytest

from tests.polite_server import Newsroom, download


@pytest.fixture
def newsroom():
    newsroom = Newsroom()
    yield newsroom
    newsroom.close()


def fetch(newsroom: Newsroom, path: str, **job):
    job = {"hosts": ["127.0.0.1"], "allow": ["127.0.0.1", "localhost"]} | job
    job["fetch"] = {"allow_private": True} | job.get("fetch", {})
    found = download([f"{newsroom.base}{path}"], **job)
    return found["answers"][0], found["turns"]


def test_a_redirect_within_the_hosts_is_followed_and_each_hop_waits_for_its_turn(newsroom: Newsroom) -> None:
    answer, turns = fetch(newsroom, "/chain/3")
    assert (answer["status"], answer["url"]) == (200, f"{newsroom.base}/chain/0")
    assert newsroom.paths == ["/chain/3", "/chain/2", "/chain/1", "/chain/0"]
    assert turns == [f"127.0.0.1:{newsroom.port}"] * 3


def test_another_host_of_the_source_is_followed(newsroom: Newsroom) -> None:
    newsroom.targets = [f"http://localhost:{newsroom.port}/tin"]
    answer, turns = fetch(newsroom, "/to?0", hosts=["127.0.0.1", "localhost"])
    assert (answer["status"], answer["url"]) == (200, f"http://localhost:{newsroom.port}/tin")
    assert turns == [f"localhost:{newsroom.port}"]


def test_every_redirecting_status_is_followed(newsroom: Newsroom) -> None:
    urls = [f"{newsroom.base}/status/{status}" for status in (301, 302, 303, 307, 308)]
    found = download(urls, ["127.0.0.1"], allow=["127.0.0.1"], fetch={"allow_private": True})
    assert [answer["status"] for answer in found["answers"]] == [200] * 5


def test_five_redirects_are_followed_and_the_sixth_is_handed_on(newsroom: Newsroom) -> None:
    assert fetch(newsroom, "/chain/5")[0]["status"] == 200
    answer, _ = fetch(newsroom, "/chain/6")
    assert (answer["status"], answer["url"]) == (302, f"{newsroom.base}/chain/1")
    assert answer["why"] == "more than 5 redirects"


ELSEWHERE = [
    ("http://la.example/tin", "redirect to la.example, no host of source"),
    ("//la.example/tin", "redirect to la.example, no host of source"),
    ("http://127.0.0.1.la.example/", "redirect to 127.0.0.1.la.example, no host"),
    ("http://169.254.169.254/latest/meta-data", "redirect to 169.254.169.254, no host"),
    ("http://127.1/", "redirect to 127.1, no host"),
    ("http://127.0.0.1:9/", "redirect to another port, 9, of 127.0.0.1"),
    ("https://127.0.0.1:5432/", "redirect to another port, 5432, of 127.0.0.1"),
    ("http://nguoi:mat-khau@127.0.0.1/", "with a user name"),
    ("http://127.0.0.1@la.example/", "with a user name"),
    ("http://[bad/", "Location is no address"),
    ("http://127.0.0.1:99999/", "Location is no address"),
    ("", "redirect to the same URL"),
    ("#cuoi", "redirect to the same URL"),
    ("file:///etc/passwd", None),
    ("ftp://127.0.0.1/", None),
    ("data:text/plain,x", None),
    ("javascript:alert(1)", None),
]


def test_a_redirect_to_somebody_else_is_handed_on_with_its_reason(newsroom: Newsroom) -> None:
    newsroom.targets = [target for target, _ in ELSEWHERE]
    urls = [f"{newsroom.base}/to?{number}" for number in range(len(ELSEWHERE))]
    found = download(urls, ["127.0.0.1"], allow=["127.0.0.1"], fetch={"allow_private": True})
    for answer, (target, why) in zip(found["answers"], ELSEWHERE, strict=True):
        assert answer.get("status") == 302, (target, answer)
        assert why is None or why in answer["why"], (target, answer["why"])
    assert found["turns"] == []
    assert len(newsroom.paths) == len(ELSEWHERE)


def test_a_host_of_the_source_that_is_private_is_followed_only_if_allowed(newsroom: Newsroom) -> None:
    newsroom.targets = [f"http://localhost:{newsroom.port}/tin"]
    answer, turns = fetch(newsroom, "/to?0", hosts=["127.0.0.1", "localhost"], fetch={"allow_private": False})
    assert answer["status"] == 302
    assert "expected a public address" in answer["why"]
    assert turns == []


@pytest.mark.parametrize("later", [False, True])
def test_a_redirect_to_what_robots_txt_disallows_is_handed_on(newsroom: Newsroom, later: bool) -> None:
    answer, turns = fetch(newsroom, "/chain/2", disallow=[f"{newsroom.base}/chain/1"], later=later)
    assert answer["status"] == 302
    assert answer["why"] == f"redirect to {newsroom.base}/chain/1, which robots.txt disallows"
    assert (turns, newsroom.paths) == ([], ["/chain/2"])


def test_robots_txt_itself_is_followed_whatever_the_rules(newsroom: Newsroom) -> None:
    answer, turns = fetch(newsroom, "/robots.txt", disallow=[f"{newsroom.base}/chain/{number}" for number in (0, 1)])
    assert (answer["status"], answer["url"]) == (200, f"{newsroom.base}/chain/0")
    assert len(turns) == 2


def test_a_crawl_that_stops_does_not_follow(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/chain/2", stopping=True)
    assert answer["error"] == "IgnoreRequest"
    assert newsroom.paths == ["/chain/2"]


def test_a_page_that_redirects_to_itself_until_a_cookie_is_set_is_read_with_cookies(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/cookie", fetch={"cookies": True})
    assert answer["status"] == 200
    assert newsroom.paths == ["/cookie", "/cookie"]


def test_a_page_that_redirects_to_itself_is_not_asked_again_without_cookies(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/cookie")
    assert (answer["status"], answer["why"]) == (302, "redirect to the same URL")
    assert newsroom.paths == ["/cookie"]


def test_a_page_that_always_redirects_to_itself_is_asked_once_more_with_cookies(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/self", fetch={"cookies": True})
    assert (answer["status"], answer["why"]) == (302, "redirect to the same URL")
    assert newsroom.paths == ["/self", "/self"]


def test_two_pages_that_redirect_to_each_other_end(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/ping", fetch={"cookies": True})
    assert (answer["status"], answer["why"]) == (302, "more than 5 redirects")
    assert len(newsroom.paths) == 6


def test_a_redirect_without_a_location_is_an_answer(newsroom: Newsroom) -> None:
    answer, _ = fetch(newsroom, "/nowhere")
    assert (answer["status"], answer["why"]) == (302, None)


def test_cookies_of_a_redirect_go_with_the_next_request_and_no_referer(newsroom: Newsroom) -> None:
    fetch(newsroom, "/cookie", fetch={"cookies": True})
    assert [seen.get("Cookie") for seen in newsroom.headers] == [None, "vao=1"]
    assert all("Referer" not in seen for seen in newsroom.headers)

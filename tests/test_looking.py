"""A polite look at a live source: asked as a crawl asks, nothing stored, no process left behind."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.looking import BudgetSpent, CannotLook, Looker
from crawlers.newsroom import Newsroom
from crawlers.newsroom.answers import Ask
from crawlers.source import Discover, Fetch, Source
from crawlers.source_file import source_of
from crawlers.tls_trouble import tls_trouble
from tests.polite_server import Newsroom as Server
from tests.running import ROOT, alive
from tests.test_manners import certificate, secure

__all__ = ["certificate"]  # a fixture

PORT = 8500 + os.getpid() % 20_000


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    room = Newsroom(11, block="127.4.1", port=PORT, bulletins=12, kinds=("military-region",))
    with room.serve():
        yield room


@pytest.fixture(scope="module")
def source(newsroom: Newsroom) -> Source:
    site = newsroom.sites[0]
    return source_of(site.site_id, tomllib.loads(site.source_toml(0.2)))


@pytest.fixture(scope="module")
def asking(source: Source) -> Iterator[Looker]:
    with Looker(source) as looker:
        yield looker


def asked(newsroom: Newsroom) -> list[str]:
    return [request.path for request in newsroom.log()]


def test_a_page_is_what_its_server_sent(newsroom: Newsroom, asking: Looker) -> None:
    site = newsroom.sites[0]
    url = sorted(newsroom.listed(site.site_id))[0]
    look = asking.get(url)
    sent = newsroom.respond(site, Ask("GET", url.removeprefix(site.base_url), "", {}, b""))
    assert (look.status, look.payload, look.final_url, look.trouble) == (200, sent.body, None, None)
    assert look.ok and (look.content_type or "").startswith("text/html")


def test_robots_txt_is_told_with_its_sitemaps(newsroom: Newsroom, asking: Looker) -> None:
    robots = asking.robots()
    assert (robots.usable, robots.status, robots.reason) == (True, 200, None)
    assert robots.sitemaps == (f"{newsroom.sites[0].base_url}/wp-sitemap.xml",)


def test_an_error_page_is_an_answer(source: Source, asking: Looker) -> None:
    look = asking.get(f"{source.home}khong-co-trang-nay/")
    assert (look.status, look.ok, look.trouble) == (404, False, "HTTP 404")


def test_what_robots_txt_forbids_is_not_asked(newsroom: Newsroom, asking: Looker) -> None:
    trap = newsroom.sites[0].trap_url
    look = asking.get(trap)
    assert (look.status, look.not_allowed) == (None, "robots.txt")
    assert trap.removeprefix(newsroom.sites[0].base_url) not in asked(newsroom)


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://127.4.1.9/", "not asked: another host"),
        ("file:///etc/passwd", "not an http address"),
        ("ftp://127.4.1.1/", "not an http address"),
        ("http://[", "not an http address"),
        ("/tin-tuc/", "not an http address"),
    ],
)
def test_no_other_host_and_no_other_scheme_is_asked(asking: Looker, url: str, trouble: str) -> None:
    before = asking.requests
    look = asking.get(url)
    assert (look.status, look.trouble, asking.requests) == (None, trouble, before)


def test_requests_keep_to_the_delay_and_end_with_the_budget(newsroom: Newsroom, source: Source, tmp_path: Path) -> None:
    newsroom.clear_log()
    paces = tmp_path / "crawl" / "hosts.sqlite"
    with Looker(source, budget=3, paces=paces) as looker:
        looker.get(str(source.home))
        looker.get(str(source.home))
        with pytest.raises(BudgetSpent, match="3 requests are spent"):
            looker.get(str(source.home))
    times = [request.at for request in newsroom.log()]
    assert asked(newsroom) == ["/robots.txt", "/", "/"]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))
    assert paces.exists(), "crawls of this home know when the host was asked"
    assert [entry.name for entry in tmp_path.iterdir()] == ["crawl"], "nothing else is stored"


def test_a_private_address_is_not_asked_unless_the_source_says_so(newsroom: Newsroom, source: Source) -> None:
    newsroom.clear_log()
    with Looker(replace(source, fetch=replace(source.fetch, allow_private=False))) as looker:
        look = looker.get(str(source.home))
        assert looker.requests == 0
    assert "private address" in str(look.trouble)
    assert asked(newsroom) == []


def test_a_server_that_is_off_is_told_at_once() -> None:
    off = Source(
        "off", "Báo", "Báo", home="http://127.4.1.8:9/", hosts=("127.4.1.8",), fetch=Fetch(0.1, allow_private=True)
    )
    with Looker(off) as looker:
        robots = looker.robots()
        assert (robots.usable, robots.status) == (False, None)
        assert robots.reason == "robots.txt could not be reached: connection refused"
        assert looker.requests == 1


def test_strangers_are_not_asked_without_a_contact(source: Source) -> None:
    stranger = replace(source, hosts=("bao.example",))
    with pytest.raises(CannotLook, match=r"bao\.example: expected `contact`"), Looker(stranger):
        pass


def test_nobody_waits_for_an_asking_process_that_was_killed(source: Source) -> None:
    with pytest.raises(CannotLook, match="the asking process ended"), Looker(source) as looker:
        looker.stop()
        looker.get(str(source.home))


def test_the_asking_process_ends_with_whoever_started_it(source: Source) -> None:
    program = (
        "import time; from crawlers.looking import Looker; from crawlers.source import Source\n"
        "with Looker(Source('bao', 'B', 'B', hosts=('127.4.1.1',))) as looker:\n"
        "    print(looker._child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    give_up = time.monotonic() + 30
    while alive(child):
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_trouble_with_a_certificate_is_told_from_other_trouble(certificate: Path) -> None:
    secured, plain = secure(certificate, ssl.TLSVersion.TLSv1_3), Server()
    fetch = Fetch(0.05, allow_private=True)
    bare = plain.base.replace("http:", "https:")
    ways = (Discover("feed", f"{bare}/rss"),)  # its port is the source's own then
    bao = Source("bao", "Báo", "Báo", home=f"{secured.base}/", hosts=("127.0.0.1",), fetch=fetch, discover=ways)
    with Looker(bao) as looker:
        assert "its certificate is not trusted" in str(looker.robots().tls)
        assert "its certificate is not trusted" in str(looker.get(f"{secured.base}/tin").trouble)
        other = looker.get(f"{bare}/tin")
        assert other.tls == "it does not speak TLS there"
    secured.close()
    plain.close()
    assert secured.paths == plain.paths == []


def test_an_error_that_is_no_matter_of_certificates_says_nothing_of_them() -> None:
    refused = ConnectionRefusedError("111")
    refused.__cause__ = refused  # chains may be circles
    assert tls_trouble(refused) is None

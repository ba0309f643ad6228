"""A hostile site, crawled for real: bounded, every end named, good bulletins in, nobody else asked; and traps that breed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from crawlers.catalog import load_catalog
from crawlers.newsroom.hostile import HostileSite
from dagster_project.steps.crawling import CrawlOutcome, crawl
from dagster_project.steps.home import open_home, utc_now
from tests import hostile
from tests.folder_site import FolderSite, saved_pages
from tests.hostile import Hostile
from tests.polite_server import download

REAL_PAGES = Path(__file__).resolve().parents[2] / "shared" / "real-pages"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return hostile.run(tmp_path_factory.mktemp("hostile"), "127.0.97.1", 8592, launch=hostile.forked)


def test_the_good_bulletins_of_a_hostile_site_are_in(crawled: Hostile) -> None:
    assert (crawled.good, crawled.expected) == (40, 40)


def test_nobody_is_led_to_another_port_another_host_or_a_file(crawled: Hostile) -> None:
    assert (crawled.canary, crawled.outside) == (0, [])


def test_every_trap_ends_in_the_state_that_is_named_for_it(crawled: Hostile) -> None:
    assert (crawled.wrong, crawled.unnamed) == ([], [])
    assert set(crawled.exits.values()) <= {0, 3}


def test_links_to_other_places_are_excluded_with_their_reason(crawled: Hostile) -> None:
    words = {state.removeprefix("excluded: ") for state in crawled.states if state.startswith("excluded: ")}
    assert words >= {
        "another host", "another port", "its path is too deep", "its path repeats itself", "its query repeats itself",
    }  # fmt: skip


def test_lists_without_end_end_with_a_hole(crawled: Hostile) -> None:
    holes = "\n".join(crawled.holes)
    assert "/bai/van-hoa/en/en/en/, but its path repeats itself: a trap?" in holes
    assert "page=1&page=1&page=1, but its query repeats itself" in holes
    assert "its list breeds addresses: 10,016 new ones, more than 5,000 on one page" in holes
    assert "/lich/2026/11 (54dceef3): 30 pages in a row list no bulletins" in holes
    assert next(walk for walk in crawled.walks if "/sitemap.xml" in walk).endswith("not all of its pages are followed")


def test_the_memory_of_the_crawl_is_bounded(crawled: Hostile) -> None:
    print(f"hostile site: peak {crawled.peak_mb['crawl']} MB, CPU {crawled.cpu_s} s, {crawled.seconds} s")
    assert crawled.peak_mb["crawl"] < 400  # of a site that offered it gigabytes


def test_the_canary_sings_when_it_is_touched() -> None:
    site = HostileSite("127.0.97.2", 8594, slow=False)
    with site.serve():
        with pytest.raises(OSError):
            urlopen(f"http://{site.canary_address}/", timeout=5)
        assert site.canary == 1


def test_a_header_without_end_is_no_answer() -> None:
    site = HostileSite("127.0.97.3", 8596, slow=False, scale=10)
    with site.serve():
        urls = [f"{site.base_url}/bay/{name}" for name in ("dau-vo-tan", "tam-vo-tan")]
        found = download([*urls, site.base_url + "/"], [site.address], allow=[site.address])["answers"]
    assert [answer.get("error") for answer in found] == ["DownloadFailedError", "DownloadFailedError", None]


def crawl_folder(
    site: FolderSite, home: Path, lists: list[str], onward: str = "a"
) -> tuple[CrawlOutcome, dict[str, str]]:
    """The outcome, and URL → state."""
    site.write_source(home / "sources", lists, onward)
    with site.serve():
        outcome = crawl(open_home(home)[0], load_catalog(home), [], "r1", utc_now)
    with closing(sqlite3.connect(home / "crawl" / "folder-site.sqlite")) as con:
        return outcome, dict(con.execute("select url, state from url"))


def test_language_links_relative_to_the_page_breed_no_endless_addresses(tmp_path: Path) -> None:
    trap = b'<html><body><a href="en/">English</a> <a href="vi/">Viet</a> <a href="en/vi/">x</a></body></html>'
    listing = b'<html><body><a href="/tin/bai-1/">Tin</a> <a href="/tin/bai-2/">Tin</a></body></html>'
    site = FolderSite("127.0.97.4", 8598, {"/": listing}, {"/tin/bai-1": trap, "/tin/bai-2": trap})
    outcome, states = crawl_folder(site, tmp_path, ["/", "/tin/bai-1/"])
    assert len(states) < 30
    assert all(path.count("/en/") + path.count("/vi/") <= 4 for path in site.asked)
    assert any("its path repeats itself: a trap?" in hole for hole in outcome.holes)


@pytest.mark.skipif(not (REAL_PAGES / "index.jsonl").is_file(), reason="the shared saved pages are not there")
def test_a_saved_portal_with_its_spider_trap_breeds_no_endless_addresses(tmp_path: Path) -> None:
    pages, traps = saved_pages(REAL_PAGES, "sotttt.hanoi.gov.vn")
    assert len(traps) == 2
    site = FolderSite("127.0.97.5", 8600, pages, traps)
    lists = ["/web/so-tttthn/trang-chu", *(f"{path}/en" for path in traps)]
    languages = 'link[hreflang="en-US"]'  # what HTTrack fell for
    outcome, states = crawl_folder(site, tmp_path, lists, languages)
    print(f"saved portal: {len(states)} addresses, {sum(site.asked.values())} requests, holes {outcome.holes}")
    linked = sum(body.count(b"href=") for body in (*pages.values(), *traps.values()))
    assert len(states) < linked and sum(site.asked.values()) < 2 * linked
    assert all(path.count("/en/") <= 2 and path.count("/vi/") <= 2 for path in site.asked)
    assert any("its path repeats itself: a trap?" in hole for hole in outcome.holes)

"""robots.txt by RFC 9309: who is meant, what is compared, and what an answer that is no file means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.robots import Robots, from_answer, unreachable

SITE = "https://bao.example"
RULES = b"User-agent: *\nDisallow: /quan-tri/\n"


def rules(payload: bytes | str, content_type: str | None = "text/plain") -> Robots:
    return from_answer(200, payload.encode() if isinstance(payload, str) else payload, content_type)


def test_rules_for_everybody_are_rules_for_us() -> None:
    robots = rules(RULES)
    assert robots.usable
    assert robots.reason is None
    assert robots.allowed(f"{SITE}/tin/1")
    assert not robots.allowed(f"{SITE}/quan-tri/login")


@pytest.mark.parametrize("name", ["bantin", "Bantin", "BANTIN/1.0", "bantin*", "Bantin (+https://example.org)"])
def test_rules_for_us_take_the_place_of_those_for_everybody(name: str) -> None:
    robots = rules(f"User-agent: *\nDisallow: /\n\nUser-agent: {name}\nDisallow: /rieng/\n")
    assert robots.allowed(f"{SITE}/tin/1")
    assert not robots.allowed(f"{SITE}/rieng/1")


@pytest.mark.parametrize("name", ["ban", "tin", "b", "bantin-news", "bantinbot", "Mozilla/5.0 bantin", "x", "xbantin"])
def test_rules_for_somebody_of_a_similar_name_are_not_ours(name: str) -> None:
    robots = rules(f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nDisallow: /quan-tri/\n")
    assert robots.allowed(f"{SITE}/tin/1")
    assert not robots.allowed(f"{SITE}/quan-tri/1")


def test_groups_of_one_name_are_one_group() -> None:
    robots = rules(
        "User-agent: bantin\nDisallow: /a/\n\nUser-agent: *\nDisallow: /\n\nUser-agent: bantin\nDisallow: /b/\n"
    )
    assert [robots.allowed(f"{SITE}/{part}/1") for part in "abc"] == [False, False, True]


def test_one_group_may_have_many_names() -> None:
    robots = rules("User-agent: googlebot\nUser-agent: bantin\nDisallow: /a/\n")
    assert not robots.allowed(f"{SITE}/a/1")


def test_a_group_of_ours_without_rules_allows_everything() -> None:
    assert rules("User-agent: bantin\nDisallow:\n\nUser-agent: *\nDisallow: /\n").allowed(f"{SITE}/tin/1")


def test_the_longest_match_wins_and_allow_wins_a_tie() -> None:
    robots = rules("User-agent: *\nDisallow: /tin/\nAllow: /tin/quan-su/\nDisallow: /a\nAllow: /a\n")
    assert not robots.allowed(f"{SITE}/tin/1")
    assert robots.allowed(f"{SITE}/tin/quan-su/1")
    assert robots.allowed(f"{SITE}/a")


def test_wildcards_and_line_ends_of_patterns() -> None:
    robots = rules("User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=\n")
    assert not robots.allowed(f"{SITE}/tep/1.pdf")
    assert robots.allowed(f"{SITE}/tep/1.pdf.html")
    assert not robots.allowed(f"{SITE}/tin/1?print=1")


@pytest.mark.parametrize("written", ["/tin-tức/", "/tin-t%E1%BB%A9c/", "/tin-t%e1%bb%a9c/"])
def test_percent_encoding_hides_no_path(written: str) -> None:
    robots = rules(f"User-agent: *\nDisallow: {written}\n")
    assert not robots.allowed(f"{SITE}/tin-t%E1%BB%A9c/1")
    assert not robots.allowed(f"{SITE}/tin-tức/1")
    assert robots.allowed(f"{SITE}/tin-tuc/1")


def test_an_encoded_slash_is_no_slash() -> None:
    assert rules("User-agent: *\nDisallow: /a%2Fb\n").allowed(f"{SITE}/a/b")


def test_bytes_of_another_charset_are_compared_as_bytes() -> None:
    robots = rules(b"User-agent: *\nDisallow: /b\xe1o/\nDisallow: /quan-tri/\n")
    assert not robots.allowed(f"{SITE}/b%E1o/1")
    assert not robots.allowed(f"{SITE}/quan-tri/1")
    assert robots.allowed(f"{SITE}/bao/1")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(line_end: str) -> None:
    assert not rules(line_end.join(["User-agent: *", "Disallow: /a/", ""])).allowed(f"{SITE}/a/1")


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_nothing_else_ends_a_line(odd: str) -> None:
    assert rules(f"User-agent: *\nDisallow: /a/{odd}Disallow: /tin/\n").allowed(f"{SITE}/tin/1")


@pytest.mark.parametrize(
    "payload",
    [
        b"\xef\xbb\xbf" + RULES,
        b"\0" + RULES,
        b"Us\0er-agent: *\nDisallow: /quan-tri/\n",
        RULES.decode().encode("utf-16"),
        b"\xff\xfe" + RULES.decode().encode("utf-16-le") + b"\0",
    ],
)
def test_marks_and_stray_bytes_before_the_rules_hide_none(payload: bytes) -> None:
    assert not rules(payload).allowed(f"{SITE}/quan-tri/1")


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>Không tìm thấy</body></html>",
        "\ufeff\n  <html>\nUser-agent: *\nDisallow: /\n</html>",
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
    ],
)
def test_an_error_page_with_status_200_disallows_nothing(page: str) -> None:
    robots = rules(page, "text/html")
    assert robots.usable
    assert robots.allowed(f"{SITE}/tin/1")
    assert robots.note


def test_rules_sent_as_html_are_rules() -> None:
    assert not rules(RULES, "text/html").allowed(f"{SITE}/quan-tri/1")


def test_only_the_first_500_kib_count_and_no_half_line() -> None:
    head = b"User-agent: *\n"
    filler = b"Disallow: /x" + b"y" * 87 + b"\n"
    payload = head + filler * ((500 * 1024 - len(head)) // len(filler))
    assert not rules(payload + b"Disallow: /tin/1\n"[: 500 * 1024 - len(payload)]).allowed(f"{SITE}/x" + "y" * 87)
    cut = payload + b"Disallow: /tin/" + b"z" * 200 + b"\n" + b"Disallow: /a/\n"
    assert rules(cut).allowed(f"{SITE}/tin/1")  # `Disallow: /tin/zz` would not meet it, `Disallow: /` would
    assert rules(cut).allowed(f"{SITE}/a/1")
    for extra in range(1, 20):  # wherever the cut falls within the line
        padded = payload + b"#" * extra + b"\nDisallow: /tin/" + b"z" * 200 + b"\nDisallow: /a/\n"
        assert rules(padded).allowed(f"{SITE}/tin/1")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_a_client_error_allows_everything(status: int) -> None:
    robots = from_answer(status, b"User-agent: *\nDisallow: /\n", "text/plain")
    assert robots.usable
    assert robots.allowed(f"{SITE}/tin/1")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_that_could_not_be_followed_allows_everything(status: int) -> None:
    assert from_answer(status, b"", None).allowed(f"{SITE}/tin/1")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 599, 304, 0, 101, 999])
def test_an_answer_that_is_none_allows_nothing(status: int) -> None:
    robots = from_answer(status, RULES, "text/plain")
    assert not robots.usable
    assert robots.reason is not None
    assert robots.reason.startswith(f"robots.txt answered {status}")
    assert not robots.allowed(f"{SITE}/tin/1")


def test_no_answer_allows_nothing_and_says_why() -> None:
    robots = unreachable("connection refused")
    assert not robots.usable
    assert not robots.allowed(f"{SITE}/tin/1")
    assert robots.reason == "robots.txt could not be reached: connection refused"


@pytest.mark.parametrize(
    "robots", [rules("User-agent: *\nDisallow: /\n"), unreachable("timeout"), from_answer(500, b"", None)]
)
def test_robots_txt_itself_may_always_be_fetched(robots: Robots) -> None:
    assert robots.allowed(f"{SITE}/robots.txt")
    assert not robots.allowed(f"{SITE}/a/robots.txt")


def test_what_is_no_address_is_not_allowed() -> None:
    assert not rules(RULES).allowed("https://[bao.example/tin")


@pytest.mark.parametrize(("said", "kept"), [("10", 10.0), ("0", 0.0), ("2.5", 2.5), ("86400", 86400.0)])
def test_a_crawl_delay_is_taken(said: str, kept: float) -> None:
    robots = rules(f"User-agent: *\nCrawl-delay: {said}\n")
    assert robots.crawl_delay == kept
    assert robots.note is None


def test_our_crawl_delay_goes_before_everybodys() -> None:
    assert rules("User-agent: *\nCrawl-delay: 10\n\nUser-agent: bantin\nCrawl-delay: 2\n").crawl_delay == 2.0


@pytest.mark.parametrize("said", ["-1", "nan", "inf", "mười", "", "1,5", "1e999"])
def test_a_crawl_delay_that_is_no_time_is_ignored(said: str) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {said}\n").crawl_delay is None


def test_a_crawl_delay_over_a_day_is_kept_at_a_day_and_noted() -> None:
    robots = rules("User-agent: *\nCrawl-delay: 9999999\n")
    assert robots.crawl_delay == 86400.0
    assert robots.note is not None
    assert "9999999" in robots.note or "1e+07" in robots.note


def test_sitemaps_are_told() -> None:
    assert rules(f"Sitemap: {SITE}/a.xml\nUser-agent: x\nSitemap: {SITE}/b.xml\n").sitemaps == (
        f"{SITE}/a.xml",
        f"{SITE}/b.xml",
    )


@given(st.binary(max_size=400), st.sampled_from([b"", b"User-agent: *\n", b"User-agent: bantin\nDisallow: "]))
def test_no_bytes_break_the_reading(payload: bytes, start: bytes) -> None:
    robots = rules(start + payload)
    assert robots.usable
    assert robots.allowed(f"{SITE}/robots.txt")
    robots.allowed(f"{SITE}/tin/1?a=%E1")
    assert robots.crawl_delay is None or 0 <= robots.crawl_delay <= 86400

"""Scrapy's settings for the process and for one source: our name, our limits, and nothing that is not needed.

Scrapy only downloads here. Who is asked, when, and whether at all is decided before a request is handed to it, by
robots.py, pace.py, addresses.py and the frontier. So its own ways of deciding are off, each for the reason below.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import regex

from crawlers.addresses import needs_contact
from crawlers.redirects import MOST_REDIRECTS
from crawlers.source import Source

_TIMEOUT_S = 60  # of one request, from its connection to the last byte of the answer
_HEADROOM = 2
_CONTACT = regex.compile(r"(?:https?://[!-'*-~]+|[!-'*-~]+@[!-'*-~]+)")  # no space, control, non-ASCII or parenthesis

# The whole list, in place of what Scrapy ships. Off are:
#   offsite, robotstxt   ours come before the request, and are stricter
#   retry                the frontier tries again, later and after all others
#   useragent            a plain header of ours does
#   httpauth             nobody here has a password
#   metarefresh          such a page is archived like any other; what it means is the reader's business
#   httpcompression      the archive keeps bodies as sent; crawlers/http_message.py decodes them
#   httpproxy            a proxy from the environment would resolve names past GuardedResolver
#   stats, httpcache     the run counts itself, the archive is the cache
_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,  # hands our timeout on; else 10 s
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "crawlers.redirects.HostBoundRedirects": 600,
}
# Nearer to the network than the redirects: the cookies of a 302 are kept before it is followed.
_COOKIES = {"crawlers.redirects.HostCookies": 700}

_HTTP = "crawlers.bounded_http.BoundedHttp"
_TLS: dict[str, dict[str, Any]] = {
    "verify": {"DOWNLOAD_VERIFY_CERTIFICATES": True},
    # Scrapy's own settings cannot say this: Twisted takes `DEFAULT:@SECLEVEL=0` apart and loses the level.
    "legacy": {"DOWNLOAD_VERIFY_CERTIFICATES": True, "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0"},  # and legacy_tls.py
    "unverified": {"DOWNLOAD_VERIFY_CERTIFICATES": False},
}


def process_settings() -> dict[str, Any]:
    """What Scrapy reads once a process: give it to the CrawlerProcess. A source's settings do not reach these."""
    return {
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "TWISTED_DNS_RESOLVER": "crawlers.resolver.GuardedResolver",
        "DNS_TIMEOUT": 20,
        # Scrapy prints nothing: what it warns of is an answer to us, which the frontier keeps. It puts a NullHandler on
        # the root logger; a handler of ours gets its records all the same.
        "LOG_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }


def settings_of(source: Source, contact: str | None) -> dict[str, Any]:
    """Settings of the Crawler of one source.

    contact  e-mail address or URL of who runs this crawl, sent with each request; None only where nobody else is asked
    raises   ValueError: no contact where needs_contact, or one that is neither e-mail address nor URL
    """
    return {
        **process_settings(),
        "BANTIN_SOURCE": source,
        "USER_AGENT": _user_agent(source, contact),
        "DEFAULT_REQUEST_HEADERS": {
            "User-Agent": _user_agent(source, contact),
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": "gzip, deflate, br",  # what crawlers/http_message.py decodes
        },  # no Referer: nobody needs to know how we came by a URL
        "ROBOTSTXT_OBEY": False,  # ours is stricter: Scrapy's fetches everything where robots.txt answers 500
        "DOWNLOAD_DELAY": 0,  # HostPace paces, across processes
        "DOWNLOAD_DELAY_JITTER": 0.0,  # Scrapy's 0.5 would make a delay shorter, too
        "AUTOTHROTTLE_ENABLED": False,
        # The spider keeps `concurrency` before it waits for its turn. Scrapy's own limit lies above it: a request that
        # had its turn and then queued here would leave together with the next one.
        "CONCURRENT_REQUESTS": source.fetch.concurrency + _HEADROOM,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.fetch.concurrency + _HEADROOM,
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_TIMEOUT": _TIMEOUT_S,
        "DOWNLOAD_MAXSIZE": source.fetch.max_bytes,  # as sent; of what it inflates to, the reader has its own limit
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,  # half a page is no page
        "DOWNLOAD_HANDLERS": {
            "http": _HTTP,
            "https": "crawlers.legacy_tls.LegacyTls" if source.fetch.tls == "legacy" else _HTTP,
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        **_TLS[source.fetch.tls],
        "DOWNLOADER_MIDDLEWARES_BASE": _MIDDLEWARES | (_COOKIES if source.fetch.cookies else {}),
        "DOWNLOADER_MIDDLEWARES": {},
        "DOWNLOADER_STATS": False,
        "COOKIES_ENABLED": source.fetch.cookies,
        "REDIRECT_ENABLED": True,
        "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
        "REDIRECT_PRIORITY_ADJUST": 0,
        "REFERER_ENABLED": False,
        "RETRY_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "SPIDER_MIDDLEWARES_BASE": {},  # no response goes to a callback
        "EXTENSIONS_BASE": {},  # each of them writes, prints, counts or listens
        "EXTENSIONS": {},
        "ITEM_PIPELINES": {},
        "STATS_DUMP": False,
        "STATS_CLASS": "scrapy.statscollectors.MemoryStatsCollector",
    }


def _user_agent(source: Source, contact: str | None) -> str:
    """`Bantin/0.1.0 (+https://example.org/crawl)`."""
    name = f"Bantin/{version('bantin')}"
    if contact is None or not contact.strip():
        if needs_contact(source):
            raise ValueError(
                f"source '{source.source_id}' is on other people's machines and no contact is set: they must be able "
                "to tell who asks; nothing was fetched; cure: put an e-mail address or URL of yours as `contact` into "
                "bantin.toml"
            )
        return name
    if not _CONTACT.fullmatch(contact.strip()):
        raise ValueError(f"expected an e-mail address or a URL as contact, plain ASCII, found {contact!r}")
    return f"{name} (+{contact.strip()})"

"""Scrapy's HTTP handler with a bound on the header of an answer, and one time for all of it.

Scrapy bounds the body (DOWNLOAD_MAXSIZE) and the seconds from the first packet to the last byte (DOWNLOAD_TIMEOUT: a
timer that no byte resets, so a server that drips is cut off like one that is silent). Twisted bounds the line of a
header, but not how many there are, nor how many `100 Continue` come before an answer: within a minute a fast server
fills the memory of the crawl with them. Scrapy 2.19 has no setting for it.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from twisted.web._newclient import Request as TxRequest
from twisted.web.iweb import IResponse

from crawlers.bounds import MAX_HEAD, HeadTooLarge


class BoundedHttp(HTTP11DownloadHandler):
    """The handler of http, and of https where the certificate is checked as ever; see settings.py."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            return
        self._head += len(data)
        if self._head > MAX_HEAD:
            transport = self.transport
            self._giveUp(Failure(HeadTooLarge()))  # type: ignore[no-untyped-call]
            if transport is not None:
                transport.abortConnection()


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 (Twisted's name)
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

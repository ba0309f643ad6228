"""HTTPS to servers of another decade, for `tls = "legacy"`: old versions and ciphers, the certificate checked as ever.

Needed because no setting of Scrapy 2.19 reaches it. OpenSSL (3 and later) offers TLS 1.0 and 1.1 at security level 0
only, and Twisted takes the setting `DEFAULT:@SECLEVEL=0` apart into the names of ciphers, without the level. OpenSSL
also refuses servers that do not know of secure renegotiation (RFC 5746); Scrapy lets them in only where it checks no
certificate. The level also lets weak keys and signatures of a certificate pass.
"""

from __future__ import annotations

from typing import Any, cast

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.crawler import Crawler
from twisted.internet._sslverify import ClientTLSOptions, platformTrust
from twisted.internet.ssl import CertificateOptions, TLSVersion
from twisted.web.iweb import IPolicyForHTTPS

from crawlers.bounded_http import BoundedHttp

_CIPHERS = b"DEFAULT:@SECLEVEL=0"  # 1 is not enough: TLS 1.0 signs its handshake with MD5 and SHA-1
_OP_LEGACY_SERVER_CONNECT = 0x4


class LegacyTls(BoundedHttp):
    """The handler of https with that one difference; see settings.py."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = cast(IPolicyForHTTPS, _LegacyContextFactory())


class _LegacyOptions(CertificateOptions):
    def _makeContext(self, skipCiphers: bool = False) -> SSL.Context:  # noqa: N802, N803 (Twisted's names)
        context = super()._makeContext(skipCiphers)
        context.set_options(_OP_LEGACY_SERVER_CONNECT)
        context.set_cipher_list(_CIPHERS)
        return context


class _LegacyContextFactory(_ScrapyClientContextFactory):
    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 (Twisted's name)
        options = _LegacyOptions(
            trustRoot=platformTrust(),  # type: ignore[no-untyped-call]
            fixBrokenPeers=True,
            lowerMaximumSecurityTo=None,
            insecurelyLowerMinimumTo=TLSVersion.TLSv1_0,
        )
        return ClientTLSOptions(options._makeTLSConnection, hostname.decode("ascii"))

"""What was wrong with a server's certificate or encryption: Scrapy says only that the connection failed."""

from __future__ import annotations

from collections.abc import Iterator

_WORDS = (
    ("certificate verify failed", "its certificate is not trusted: expired, self-signed, or its chain has a gap"),
    ("unsupported protocol", "it speaks an old TLS version only"),
    ("wrong version number", "it does not speak TLS there"),
    ("handshake failure", "it shares no cipher with us"),
    ("dh key too small", "its Diffie-Hellman key is too short"),
)


def tls_trouble(error: BaseException) -> str | None:
    """The trouble in words; None: it was something else. Nothing the server sent is in them."""
    for part in _parts(error, set()):
        module, name = type(part).__module__, type(part).__name__
        if module.startswith("service_identity") or name == "VerificationError":
            return "its certificate is of another host"
        if module.startswith("OpenSSL"):
            said = str(part).lower()
            return next((words for found, words in _WORDS if found in said), "the TLS handshake failed")
    return None


def _parts(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    """An error, what it holds (Twisted keeps failures in `reasons`), and what caused it."""
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for reason in getattr(error, "reasons", None) or ():
        value = getattr(reason, "value", None)
        if isinstance(value, BaseException):
            yield from _parts(value, seen)
    for arg in error.args:
        for inner in arg if isinstance(arg, (list, tuple)) else (arg,):
            value = getattr(inner, "value", inner)
            if isinstance(value, BaseException):
                yield from _parts(value, seen)
    for cause in (error.__cause__, error.__context__):
        if cause is not None:
            yield from _parts(cause, seen)

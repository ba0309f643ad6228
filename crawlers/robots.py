"""robots.txt by RFC 9309: what we may fetch of one authority (scheme, host, port), and how slowly.

Protego compares the paths (longest match, `*` and `$`, percent-encoding on both sides). It takes `ban` and
`ban-anything` liberally; the standard wants the product token alone (2.2.1), so user-agent lines are read here first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from protego import Protego

TOKEN = "bantin"  # noqa: S105 (a product token, RFC 9110 10.1.5)
_MOST_BYTES = 500 * 1024  # RFC 9309 2.5: at least so many are parsed
_MOST_DELAY_S = 86400.0
_AGENT_LINE = re.compile(r"[ \t]*user[- ]?agent[ \t]*(?::|[ \t])[ \t]*([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+", re.IGNORECASE)  # RFC 9309 2.2.1: `Bantin/1.0` names the product `bantin`
_NO_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # Python splits lines there, the standard does not
_STRAY_BYTES = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Robots:
    """The rules of one authority for our product token, else for `*`.

    usable       False: nothing is fetched at all, the source waits
    reason       why nothing may be fetched: `robots.txt answered 500`, `robots.txt could not be reached: …`
    crawl_delay  seconds, 0 to 86400; None: not said. No part of RFC 9309, obeyed all the same
    note         what we did not take at its word, for the log; None: nothing
    sitemaps     addresses as written
    """

    usable: bool = True
    reason: str | None = None
    crawl_delay: float | None = None
    note: str | None = None
    sitemaps: tuple[str, ...] = ()
    _rules: Protego | None = field(default=None, repr=False, compare=False)

    def allowed(self, url: str) -> bool:
        """Whether this absolute URL of the authority may be fetched. /robots.txt itself always is (2.2.2)."""
        try:
            if urlsplit(url).path == "/robots.txt":
                return True
            return self.usable and (self._rules is None or self._rules.can_fetch(url, TOKEN))
        except ValueError:  # no URL
            return False


def from_answer(status: int, payload: bytes, content_type: str | None) -> Robots:
    """The rules an answer gives (2.3.1).

    status        2xx: parsed; 4xx but 429: everything is allowed; 429, 5xx and what is no final answer: nothing is;
                  3xx: the last of too many redirects, or one to another host: everything is allowed (2.3.1.2)
    payload       body freed of its codings; only the first 500 KiB count, up to the end of a line
    content_type  not believed: servers send rules as text/html and error pages as text/plain
    """
    if 200 <= status < 300:
        return _parsed(payload)
    # 304 carries no rules and is no leave to fetch; where conditions were sent, the caller knows the rules.
    if status == 304:
        return Robots(usable=False, reason="robots.txt answered 304 to a request without conditions")
    if 300 <= status < 500 and status != 429:
        return Robots()
    return Robots(usable=False, reason=f"robots.txt answered {status}")


def unreachable(problem: str) -> Robots:
    """No answer at all: nothing is fetched (2.3.1.4). problem: e.g. `connection refused`."""
    return Robots(usable=False, reason=f"robots.txt could not be reached: {problem}")


def _parsed(payload: bytes) -> Robots:
    text = _text(payload)
    if text.lstrip().startswith("<"):  # an error page with status 200 disallows nothing
        return Robots(note="robots.txt is a page, no rules")
    rules = Protego.parse(_for_us(text))
    delay, note = rules.crawl_delay(TOKEN), None
    if delay is not None and delay > _MOST_DELAY_S:
        delay, note = _MOST_DELAY_S, f"robots.txt asks for a crawl-delay of {delay:g} s; one day is kept"
    return Robots(crawl_delay=delay, note=note, sitemaps=tuple(rules.sitemaps), _rules=rules)


def _text(payload: bytes) -> str:
    """UTF-8 as the standard wants. Bytes that are none stay what they are, percent-encoded, as in a URL (2.2.2)."""
    if len(payload) > _MOST_BYTES:
        payload = payload[:_MOST_BYTES]
        payload = payload[: max(payload.rfind(b"\n"), payload.rfind(b"\r")) + 1]  # half a path would disallow more
    if payload[:2] in (b"\xff\xfe", b"\xfe\xff"):  # an editor's "Unicode"
        text = payload.decode("utf-16", "replace")
    else:
        text = payload.decode("utf-8", "surrogateescape")
    text = text.removeprefix("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    text = _NO_LINE_ENDS.sub(lambda found: quote(found[0]), text)
    return _STRAY_BYTES.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)


def _for_us(text: str) -> str:
    """The same lines, each user-agent line naming us, everybody, or somebody who is surely not us."""
    return "\n".join(_agent_line(line) or line for line in text.split("\n"))


def _agent_line(line: str) -> str | None:
    found = _AGENT_LINE.match(line)
    if found is None:
        return None
    name = found[1].strip()
    product = _PRODUCT.match(name)
    if product and product[0].lower() == TOKEN:
        return f"User-agent: {TOKEN}"
    return "User-agent: *" if name == "*" else "User-agent: x" if name else "User-agent:"

"""Looking at a live source politely, nothing stored: one question, one answer, asked by a process of its own.

The process (crawlers/look.py) asks as a crawl does: robots.txt first, the pace of each host, redirects within the
source's hosts, public addresses only. It is one because Twisted's reactor starts once a process. No framework here.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from crawlers.addresses import is_loopback, needs_contact
from crawlers.errors import CrawlersError
from crawlers.source import Fetch, Source
from pipelines.records import Capture

PROGRAM = (sys.executable, "-P", "-m", "crawlers.look")
"""The asking process. -P: no modules of the folder somebody happens to be in."""
LOOPBACK_S = 0.2
"""Seconds between two requests to this machine; any other is asked as a source is whose file says nothing."""
_END_S = 5.0
Form = tuple[tuple[str, str], ...]
Get = Callable[..., "Look"]
"""Looker.get, or what stands for it: (url, form=None) → Look."""


class CannotLook(CrawlersError):
    """Nothing was asked: no contact, or the asking process could not be used."""


class BudgetSpent(CrawlersError):
    """As many requests were made as a look may cost; what was seen until then stands."""


@dataclass(frozen=True, slots=True)
class Look:
    """One answer of a server, or why there is none. At most one of problem and not_allowed is set.

    url           as asked for
    final_url     where redirects led; None: they led nowhere
    status        of HTTP; None: no answer
    payload       body freed of its codings; empty where there was no answer
    fetched_at    aware, UTC
    problem       why there is no answer or why its bytes cannot be read: `connection refused`, `no answer in time` …
    refused       why the redirect that was answered was not followed
    not_allowed   why it was not asked: `robots.txt`, `another host`, or why robots.txt itself cannot be had
    location      of a redirect that was answered and not followed, as sent
    tls           what was wrong with certificate or encryption, where that is the problem
    """

    url: str
    final_url: str | None
    status: int | None
    content_type: str | None
    payload: bytes
    fetched_at: datetime
    problem: str | None = None
    refused: str | None = None
    not_allowed: str | None = None
    location: str | None = None
    tls: str | None = None

    @property
    def ok(self) -> bool:
        """Whether a page answered: status 2xx."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def trouble(self) -> str | None:
        """Why no page answered, in words; None: one did."""
        if self.ok:
            return None
        asked_not = None if self.not_allowed is None else f"not asked: {self.not_allowed}"
        said = asked_not or self.refused or self.problem or f"HTTP {self.status}"
        return f"{said} ({self.tls})" if self.tls else said

    def capture(self, source_id: str, url: str | None = None) -> Capture:
        """The answer as the reader takes it. url: as it is known by, where it was asked for under another name."""
        return Capture(
            source_id, url or self.url, self.fetched_at, self.payload, self.content_type, self.status, self.final_url
        )


@dataclass(frozen=True, slots=True)
class RobotsSeen:
    """What robots.txt of an origin says.

    usable  False: nothing may be fetched there, `reason` says why
    status  of HTTP, after redirects; None: no answer
    """

    url: str
    status: int | None
    usable: bool
    reason: str | None
    crawl_delay: float | None
    sitemaps: tuple[str, ...]
    note: str | None = None
    tls: str | None = None


def manners(hosts: Iterable[str], allow_private: bool) -> Fetch:
    """How the hosts of a site are asked that no source file describes."""
    own = allow_private and all(map(is_loopback, hosts))
    return Fetch(delay_s=LOOPBACK_S, allow_private=True) if own else Fetch(allow_private=allow_private)


class Looker:
    """Asks one source, request by request. A context manager: the asking process lives as long as its block.

    source    whose hosts, [fetch] and id are used; it need not be in any catalog
    contact   e-mail address or URL sent with each request; None only where this machine alone is asked
    paces     the home's crawl/hosts.sqlite, shared with its crawls; None: a pace of its own
    budget    requests it may make, hops of redirects and robots.txt included
    ahead_s   by how much the clock of the caller is ahead of the real one (simulated days)
    on_wait   told why a host is not asked for a while

    requests  made so far
    raises    CannotLook on entering; BudgetSpent, CannotLook from its methods
    """

    def __init__(
        self,
        source: Source,
        *,
        contact: str | None = None,
        paces: Path | None = None,
        budget: int = 60,
        ahead_s: float = 0.0,
        on_wait: Callable[[str], None] = lambda why: None,
    ) -> None:
        self.source, self.requests, self._budget, self._on_wait = source, 0, budget, on_wait
        self._job = {**job_of(source), "contact": contact, "paces": str(paces) if paces else None, "ahead_s": ahead_s}
        self._contact = contact
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if needs_contact(self.source) and not (self._contact or "").strip():
            raise CannotLook(
                f"{', '.join(self.source.hosts)}: expected `contact` in bantin.toml of the home, an e-mail address or "
                "URL of yours that is sent with every request, found none; nothing was asked; cure: "
                'contact = "you@example.org"'
            )
        self._child = subprocess.Popen(  # noqa: S603 -- our own
            PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches us, and we end the child
        )
        try:
            self._asked(self._job)
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        child = self._child
        if child is None:
            return
        if kind is not None and not issubclass(kind, CrawlersError):
            self._kill()  # Ctrl-C may come in the middle of an answer; nothing is stored there that could be lost
            return
        try:
            with suppress(BrokenPipeError):
                child.communicate(timeout=_END_S)
        except BaseException as error:
            self._kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise

    def get(self, url: str, form: Form | None = None) -> Look:
        """Ask for an address; with `form` (name, value) by POST. All that a server or robots.txt may do is in it."""
        answer = self._request({"url": url, "form": form})
        return Look(
            url=url,
            final_url=answer["final_url"],
            status=answer["status"],
            content_type=answer["content_type"],
            payload=base64.b64decode(answer["payload"]),
            fetched_at=datetime.fromtimestamp(answer["at"], UTC),
            problem=answer["problem"],
            refused=answer["refused"],
            not_allowed=answer["not_allowed"],
            location=answer["location"],
            tls=answer["tls"],
        )

    def robots(self, url: str | None = None) -> RobotsSeen:
        """robots.txt of the origin of `url` (None: of the source's home). Asked for once, kept for all requests."""
        answer = self._request({"robots": url or self.source.home or f"https://{self.source.hosts[0]}/"})
        names = RobotsSeen.__dataclass_fields__
        return RobotsSeen(**{**{name: answer[name] for name in names}, "sitemaps": tuple(answer["sitemaps"])})

    def stop(self) -> None:
        """End the asking process now, from any thread: whoever waits for its answer gets CannotLook."""
        if self._child is not None:
            self._child.kill()

    def _request(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self.requests >= self._budget:
            raise BudgetSpent(
                f"source '{self.source.source_id}': its {self._budget} requests are spent; nothing more was asked"
            )
        answer = self._asked(asked)
        self.requests = answer["requests"]
        return answer

    def _asked(self, line: dict[str, Any]) -> dict[str, Any]:
        child = self._child
        assert child is not None and child.stdin is not None and child.stdout is not None
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(line).encode() + b"\n")
            child.stdin.flush()
        for told in child.stdout:
            answer = _answer(told)
            if "waits" in answer:
                self._on_wait(str(answer["waits"]))
            elif "failed" in answer:
                raise CannotLook(str(answer["failed"]))
            elif answer:
                return answer
        raise CannotLook(
            f"source '{self.source.source_id}': the asking process ended (exit status {child.wait()}); nothing was "
            "stored; cure: run the same command again"
        )

    def _kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()


def job_of(source: Source) -> dict[str, Any]:
    """What the asking process must know of a source, ready for JSON. Layouts and the like stay here."""
    facts = ("source_id", "name", "publisher", "home", "hosts")
    return {
        **{name: getattr(source, name) for name in facts},
        "fetch": asdict(source.fetch),
        "discover": [asdict(way) for way in source.discover],
    }


def _answer(line: bytes) -> dict[str, Any]:
    """Empty: something that a library printed, no answer of ours."""
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

"""What one value of a source file may be: a check takes key and value, returns the value or raises Wrong."""

from __future__ import annotations

import difflib
import ipaddress
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlsplit

import regex
from lxml.cssselect import CSSSelector

T = TypeVar("T")
_HOST = regex.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class Wrong(Exception):
    """key: dotted; problem: what was expected and what was found."""

    def __init__(self, key: str, problem: str) -> None:
        self.key, self.problem = key, problem
        super().__init__(f"{key}: {problem}")


def text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(key, f"expected text, found {shown(value)}")
    return value


def flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(key, f"expected true or false, found {shown(value)}")
    return value


def seconds(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise Wrong(key, f"expected a number over 0, found {shown(value)}")
    return float(value)


def is_this_machine(host: str) -> bool:
    """Whether a host is a loopback address, e.g. 127.0.5.1."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def count(least: int) -> Callable[[str, object], int]:
    def check(key: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise Wrong(key, f"expected a whole number from {least}, found {shown(value)}")
        return value

    return check


def day(key: str, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(key, f"expected a day such as 2018-01-01, without quotes, found {shown(value)}")
    return value


def one_of(allowed: Collection[str]) -> Callable[[str, object], str]:
    def check(key: str, value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            meant = did_you_mean(value, allowed) if isinstance(value, str) else ""
            raise Wrong(key, f"expected one of {', '.join(allowed)}, found {shown(value)}{meant}")
        return value

    return check


def matching(allowed: regex.Pattern[str], expected: str) -> Callable[[str, object], str]:
    def check(key: str, value: object) -> str:
        if not isinstance(value, str) or not allowed.fullmatch(value):
            raise Wrong(key, f"expected {expected}, found {shown(value)}")
        return value

    return check


def each(check: Callable[[str, object], T]) -> Callable[[str, object], tuple[T, ...]]:
    def check_each(key: str, value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Wrong(key, f"expected a list in [ ], found {shown(value)}")
        found = tuple(check(f"{key}[{number}]", item) for number, item in enumerate(value))
        for number, item in enumerate(found):
            if item in found[:number]:
                raise Wrong(f"{key}[{number}]", f"{item!r} is listed twice")
        return found

    return check_each


def host(key: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > 253 or not _HOST.fullmatch(value):
        raise Wrong(key, f"expected a bare host in lower case, no scheme, port or path, found {shown(value)}")
    return value


def web_address(key: str, value: object) -> str:
    try:
        split = urlsplit(value) if isinstance(value, str) else None
        usable = split is not None and split.scheme in ("http", "https") and bool(split.hostname) and split.port != 0
    except ValueError:
        usable = False
    if not usable or not isinstance(value, str) or any(letter.isspace() for letter in value):
        raise Wrong(key, f"expected an address that begins with http:// or https://, found {shown(value)}")
    return value


def pattern(key: str, value: object) -> str:
    found = text(key, value)
    try:
        regex.compile(found)
    except regex.error as error:
        raise Wrong(key, f"expected a regular expression, found {shown(value)}: {error}") from error
    return found


def selector(key: str, value: object) -> str:
    found = text(key, value)
    try:
        CSSSelector(found, translator="html")
    except Exception as error:  # cssselect raises its own two families, lxml XPath errors for what it lets through
        raise Wrong(key, f"expected a CSS selector, found {shown(value)}: {error}") from error
    return found


def did_you_mean(name: str, allowed: Collection[str]) -> str:
    close = difflib.get_close_matches(name.lower(), sorted(allowed), n=1)
    return f"; did you mean '{close[0]}'?" if close else f"; known here: {', '.join(sorted(allowed))}"


def shown(value: object) -> str:
    """For an error text: short. repr escapes line breaks and control characters."""
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."

"""Source files as text a person would write: comments wrapped, the equal signs of a table in one column.

Words of pages are hostile: what is written is one TOML value on one line, without anything invisible, and reads back as
what was meant. What cannot be such a value is not written.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from crawlers.drafting.naming import clean

WIDTH = 118
Value = str | int | float | bool | date | Sequence[str]
_LONGEST_COMMENT = 600


class Literal(str):
    """Text to be written between single quotes: a regular expression, whose backslashes stay as they are."""

    __slots__ = ()


def comment(text: str, mark: str = "") -> list[str]:
    """Lines of a comment. mark: stands before the words, e.g. `doubt: `."""
    words = clean(text, _LONGEST_COMMENT)
    wrapped = textwrap.wrap(
        f"{mark}{words}", WIDTH - 2, break_long_words=False, break_on_hyphens=False, subsequent_indent="  " * bool(mark)
    )
    return [f"# {line}" for line in wrapped]


def table(head: str, values: Iterable[tuple[str, Value | None]]) -> list[str]:
    """A table with its head line (empty: the top of the file). Keys without a value are left out, and so is a table
    without any."""
    written = [(name, value) for name, value in values if value is not None]
    if not written:
        return []
    width = max(len(name) for name, _ in written)
    lines = [f"{name:<{width}} = {value_text(value)}" for name, value in written]
    return [head, *lines] if head else lines


def value_text(value: Value) -> str:
    """One value as TOML 1.0 has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _literal(value) if isinstance(value, Literal) or '"' in value else _basic(value)
    return f"[{', '.join(value_text(item) for item in value)}]"


def _literal(text: str) -> str:
    """'…' where TOML allows it; a basic string says the same otherwise."""
    return f"'{text}'" if text.isprintable() and "'" not in text else _basic(text)


def _basic(text: str) -> str:
    """ "…": JSON's escapes are TOML's, but for DEL; letters that cannot be seen are escaped, too."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else _escape(ord(letter)) for letter in escaped)


def _escape(code: int) -> str:
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"

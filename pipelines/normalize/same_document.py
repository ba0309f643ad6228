"""Which mentions are one document: type, number and issuer; a short number means the one known by it."""

from __future__ import annotations

import hashlib
import re

from pipelines.normalize.mentions import DocumentMention
from pipelines.normalize.same_person import name_key

_DIGITS = re.compile(r"0*(\d+)")
_YEAR = re.compile(r"/(\d{4})(?:/|$)")


def short_number(number: str | None) -> str | None:
    """Digits of a number before its letters, with the year where it has one: `1658-NQ/QUTW` → `1658`, `147/2006/QĐ-TTg`
    → `147/2006`. None: no digits."""
    found = _DIGITS.match(number or "")
    if not found:
        return None
    year = _YEAR.search(number or "")
    return f"{found[1]}/{year[1]}" if year else found[1]


def document_key(mention: DocumentMention, issuer_id: str | None) -> str:
    """What a mention says by itself of which document it is: lines of type, short number or title, issuer.

    issuer_id  '' in the key where it is not known; `Resolver` of the warehouse then asks whether only one can be meant
    """
    short = short_number(mention.number)
    told = short if short is not None else name_key(mention.number or mention.subject or "")
    return "\n".join((name_key(mention.document_type), told, issuer_id or ""))


def document_id(key: str) -> str:
    """16 hex digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]

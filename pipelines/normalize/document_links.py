"""Documents that a bulletin names by title alone, though it tells their number elsewhere: `Luật Đất đai`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.normalize.mentions import DocumentMention
from pipelines.normalize.same_person import name_key

_YEAR_BEHIND = re.compile(r"\s+(?:(?:n\S{1,4}m|sửa đổi)\s+)?(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR_OF = re.compile(r"/(?P<year>(?:19|20)\d\d)(?:/|$)")


def numbered(lines: Sequence[tuple[str, tuple[DocumentMention, ...]]]) -> list[tuple[DocumentMention, ...]]:
    """The documents of each line; those without a number have that of the one numbered document of their type and title
    in the bulletin.

    lines     text and documents of each
    left out  titles that two numbers bear, and those with another year behind (`Luật Đất đai năm 2013`)
    """
    known: dict[tuple[str, str], dict[str, DocumentMention]] = {}
    for _, documents in lines:
        for document in documents:
            if document.number and document.subject:
                known.setdefault(_key(document), {}).setdefault(document.number, document)
    if not known:
        return [documents for _, documents in lines]
    return [tuple(_with_number(document, text, known) for document in documents) for text, documents in lines]


def _with_number(
    document: DocumentMention, text: str, known: dict[tuple[str, str], dict[str, DocumentMention]]
) -> DocumentMention:
    if document.number is not None or not document.subject:
        return document
    one, *others = known.get(_key(document), {}).values() or [document]
    if one is document or others:
        return document
    behind, own = _YEAR_BEHIND.match(text, document.end), _YEAR_OF.search(one.number or "")
    if behind and (own is None or own["year"] != behind["year"]):
        return document
    return replace(
        document,
        number=one.number,
        issuer=document.issuer or one.issuer,
        issued_on=document.issued_on or one.issued_on,
    )


def _key(document: DocumentMention) -> tuple[str, str]:
    return name_key(document.document_type), name_key(document.subject or "")

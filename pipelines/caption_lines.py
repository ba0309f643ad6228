"""From lines with role `caption` to captions: what `Bulletin.captions` holds, and what a picture is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipelines.records import Line, of_roles

_CAPTION = frozenset(("caption",))
_END_MARK = regex.compile(r"\s*\./\.?\s*$|\s*/\.\s*$")
_PHOTO_CREDIT = regex.compile(r"^\(?(?:Ảnh|Nguồn ảnh|Ảnh chụp)\s*:\s*\S", regex.IGNORECASE)


def without_end_mark(text: str) -> str:
    """`… thắng lợi./.` → `… thắng lợi.`: the mark that ends an official text becomes a full stop."""
    return _END_MARK.sub(".", text).strip() if "/" in text[-6:] else text.strip()


def captions_of(lines: Sequence[Line]) -> Iterator[tuple[tuple[int, ...], str]]:
    """(line numbers, text) of each caption, in page order.

    A photo credit on a line of its own right below a caption is the end of that caption.
    """
    numbers: list[int] = []
    texts: list[str] = []
    for line in of_roles(lines, _CAPTION):
        told = without_end_mark(line.text)
        if numbers and not (line.line_no == numbers[-1] + 1 and _PHOTO_CREDIT.match(told)):
            yield tuple(numbers), " ".join(texts)
            numbers, texts = [], []
        numbers.append(line.line_no)
        texts.append(told)
    if numbers:
        yield tuple(numbers), " ".join(texts)

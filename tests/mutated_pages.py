"""Pages as nobody writes them: stored ones with tags torn out, doubled, moved and put in, words and entities amid them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

_PIECE = re.compile(r"<[^>]*>|[^<]+")
_TAGS = [
    "div",
    "span",
    "p",
    "li",
    "a",
    "b",
    "table",
    "tr",
    "td",
    "article",
    "header",
    "nav",
    "time",
    "br",
    "img",
    "i",
    "h1",
    "h2",
    "h3",
    "form",
    "input",
    "ul",
    "main",
    "footer",
    "em",
    "strong",
    "script",
    "textarea",
    "select",
    "figure",
    "figcaption",
    "label",
    "button",
    "section",
]
_ATTRIBUTES = (
    'class="date"', 'class="related"', 'class="hidden"', 'class="material-icons"', 'class="fa fa-eye"', 'class="tags"',
    'class="breadcrumb"', 'class="caption"', 'class="sapo"', 'class="comments"', 'id="share"', 'href="/x"', 'href=""',
    'itemprop="datePublished"', 'property="x" content="y"', 'style="display:none"', "hidden", 'role="navigation"',
    'type="RelatedOneNews"',
)  # fmt: skip
_WORDS = (
    "12/03/2024", "Thứ Hai, 05/02/2024 - 10:15", "Tháng 4", "Lượt xem: 1.234", "Ảnh: Lê An", "Tin, bài: TRẦN VĂN B",
    "(QK7 Online) -", "./.", "&nbsp;", "&amp;#7903;", "a&#769;", "A\u0301", "\u200b", "  ", "\n\n", "© 2024", "Đ", "ð",
    "Tác giả: Nguyễn Văn A", ">>", "Tin liên quan", "Từ khóa: a, b", "Thiếu tướng", "|", "•", "ſ", "\ud800",
)  # fmt: skip


def mutated_pages(folders: list[Path], count: int, seed: int) -> Iterator[bytes]:
    """So many, each of a stored page drawn anew; the same for the same seed."""
    chance = random.Random(seed)
    stored = [path.read_text("utf-8", "replace") for folder in folders for path in sorted(folder.rglob("*.html"))]
    for _ in range(count):
        yield _mutated(chance.choice(stored), chance).encode("utf-8", "surrogatepass")


def _mutated(text: str, chance: random.Random) -> str:
    pieces = _PIECE.findall(text)
    for _ in range(chance.randint(1, 14)):
        at = chance.randrange(len(pieces) + 1)
        tag, attribute, word = chance.choice(_TAGS), chance.choice(_ATTRIBUTES), chance.choice(_WORDS)
        match chance.randrange(8):
            case 0:
                del pieces[at : at + 1]
            case 1:
                del pieces[at : at + chance.randint(1, 40)]
            case 2:
                pieces.insert(at, f"<{tag} {attribute}>")
            case 3:
                pieces.insert(at, f"</{tag}>")
            case 4:
                pieces.insert(at, f"<{tag} {attribute}>{word}</{tag}>")
            case 5:
                pieces.insert(at, word)
            case 6:
                pieces[at:at] = chance.sample(pieces, min(2, len(pieces)))
            case 7:
                pieces = [
                    f"{piece.rstrip('/>')} {attribute}>" if n == at and piece[:1] == "<" else piece
                    for n, piece in enumerate(pieces)
                ]
    return "".join(pieces)

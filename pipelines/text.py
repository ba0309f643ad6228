"""Bytes to text, and text to tidy lines: charset, control characters, Unicode form, entities.

Nothing is guessed in silence: what was repaired comes back as a `Doubt`, what cannot be read raises `Unreadable`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import filterfalse

import regex
from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from pipelines.records import Doubt, Unreadable

MAX_TEXT_BYTES = 16 * 1024 * 1024
"""A page longer than this is no bulletin; reading it would only cost memory."""

_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "gzip data",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
}
_CONTROLS = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")  # of UTF-8; `re` looks for the first byte alone, which is fast
_FIRST_OF_MARKS = b"\xcc"  # of U+0300 to U+033F in UTF-8, the only marks that join the ASCII letter before them
_INVISIBLE = regex.compile("[\u200b\u2060\ufeff\u00ad\u180e]")  # zero-width space, word joiner, BOM, soft hyphen
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED_ENTITY = regex.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_PLAIN_BYTES = bytes(b for b in range(256) if b >= 32 and b != 127) + b"\t\n\r\x0b\x0c"
_PLAIN_ASCII = bytes(b for b in _PLAIN_BYTES if b < 128 and b not in b"\x0b\x0c")
_NO_ASCII = bytes(range(128, 256))
_MARKS = regex.compile(r"\p{Mn}+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: NFC, no control characters but tab and line ends.  charset: the name it was decoded with."""

    text: str
    charset: str
    doubts: tuple[Doubt, ...]


def decode(payload: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page or plain-text file.

    Order: byte-order mark, valid UTF-8, HTTP header, `<meta>`, statistics. UTF-8 goes before the declared charset
    because bytes that are valid UTF-8 with Vietnamese letters are never anything else, while headers lie.
    raises  Unreadable: empty, too long, binary, or no charset gives clean text
    """
    if not payload.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable(f"expected text, found an empty file ({len(payload)} bytes)")
    if len(payload) > MAX_TEXT_BYTES:
        raise Unreadable(f"expected a page of at most {MAX_TEXT_BYTES} bytes, found {len(payload)}")
    for magic, what in _MAGIC.items():
        if payload.startswith(magic):
            raise Unreadable(f"expected text, found {what}")
    rare = _rare_bytes(payload)
    clean = not _may_hold_controls(rare)
    if not clean and not payload.startswith(_UTF16_BOMS) and _control_share(payload) > 0.05:
        raise Unreadable("expected text, found binary content (NUL and control bytes)")
    text, charset, doubts = _to_unicode(payload, content_type)
    if charset != "utf-8":
        rare = _rare_bytes(text.encode("utf-8", "surrogatepass"))
        clean = not _may_hold_controls(rare)
    controls = 0 if clean else len(_CONTROLS.findall(text))
    if controls > max(8, len(text) // 20):
        raise Unreadable(f"expected text, found binary content ({controls} control characters in {len(text)})")
    if controls:
        doubts.append(Doubt("control-characters", "warning", f"{controls} control characters removed from the text"))
        text = _CONTROLS.sub("", text)
    text = _vietnamese_d(text)
    if not (clean and _is_nfc(rare)):
        text = _nfc(text)
    return Decoded(text, charset, tuple(doubts))


def _rare_bytes(encoded: bytes) -> bytes:
    """UTF-8 without its plain ASCII: a tenth of a page, in which all stands that may have to be repaired."""
    return encoded.translate(None, _PLAIN_ASCII)


def _may_hold_controls(rare: bytes) -> bool:
    """False: none in these bytes. Pages hardly ever hold one, and the pattern would look at every letter."""
    return bool(rare.translate(None, _NO_ASCII)) or _C1_BYTES.search(rare) is not None


def _is_nfc(rare: bytes) -> bool:
    """True: a text of these bytes is in NFC, whatever ASCII stands between them."""
    return _FIRST_OF_MARKS not in rare and unicodedata.is_normalized("NFC", rare.decode("utf-8", "replace"))


def _nfc(text: str) -> str:
    """The text in NFC. A line end joins no character, and most lines of a page are markup."""
    lines = text.split("\n")
    return "\n".join([line if line.isascii() else unicodedata.normalize("NFC", line) for line in lines])


def _control_share(payload: bytes) -> float:
    head = payload[:65536]
    return len(head.translate(None, _PLAIN_BYTES)) / len(head)


def _to_unicode(payload: bytes, content_type: str | None) -> tuple[str, str, list[Doubt]]:
    declared = http_content_type_encoding(content_type) if content_type else None
    declared = declared or html_body_declared_encoding(payload[:8192])
    bom_charset, bom = read_bom(payload)
    if bom_charset and bom:
        return payload[len(bom) :].decode(bom_charset, "replace"), bom_charset, []
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if declared and declared not in ("utf-8", "ascii") and not text.isascii():
            lie = Doubt("charset-lie", "info", f"declared {declared}, but the bytes are UTF-8")
            return text, "utf-8", [lie]
        return text, "utf-8", []
    patched = payload.decode("utf-8", "replace")
    bad = patched.count("\ufffd")
    if sum(ord(c) > 127 for c in patched) >= 4 * bad:  # UTF-8 with a few broken bytes, not another charset
        return patched, "utf-8", [Doubt("broken-bytes", "warning", f"{bad} bytes are no UTF-8 and show as U+FFFD")]
    for charset in filter(None, (declared, _guess(payload))):
        try:
            text = payload.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        return text, charset, [Doubt("charset", "info", f"decoded as {charset}: the bytes are not UTF-8")]
    raise Unreadable(f"expected text, found bytes in no charset we know (declared: {declared or 'none'})")


def _guess(payload: bytes) -> str | None:
    best = from_bytes(payload[:65536], cp_isolation=["cp1258", "cp1252", "utf_16_le", "utf_16_be", "ascii"]).best()
    return best.encoding if best else None


def tidy_line(text: str) -> str:
    """NFC, entities left by double escaping resolved, invisible characters out, white-space runs made one, trimmed."""
    if "&" not in text:
        if "  " not in text and text.isprintable():  # the only white space that is printable is the blank
            tidy = text.strip(" ")
            return tidy if tidy.isascii() else unicodedata.normalize("NFC", tidy)
        tidy = " ".join(text.split())
        if tidy.isprintable():  # nothing invisible in it, as on nearly every line
            return unicodedata.normalize("NFC", tidy)
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", resolve_entities(text)).split()))


def resolve_entities(text: str) -> str:
    """`S&#7903; Y t&#7871;` → `Sở Y tế`; also the twice-escaped `&amp;#7903;`. A bare `&` stays."""
    if "&" not in text:
        return text
    text = _ESCAPED_ENTITY.sub("&", text)
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return _vietnamese_d(_CONTROLS.sub("", text))


def split_lines(text: str) -> list[str]:
    """Lines of plain text, ends off. Only CR, LF and CR LF end a line: a form feed inside a paragraph does not."""
    return regex.split(r"\r\n|\r|\n", text)


def fold(text: str) -> str:
    """Search key: lower case, NFD, marks dropped, đ → d. Never an identity: Hà and Hạ are different names."""
    decomposed = unicodedata.normalize("NFD", _vietnamese_d(text).lower())
    return _MARKS.sub("", decomposed).replace("đ", "d")


def _vietnamese_d(text: str) -> str:
    """Eth and the African D, which look like Đ/đ and are typed for it (reference/vi README, Unicode), made Đ/đ."""
    return text.replace("\u00d0", "Đ").replace("\u0189", "Đ").replace("\u00f0", "đ")


_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_WORD = re.compile(r"[^\W\d_]+")  # letters; three times as fast as \p{L}+ of `regex`
_ENOUGH_TO_TELL = 4_000
_FEWEST_WORDS = 5
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "is", "for", "on", "with", "that", "by", "are", "was", "from", "this")
)


def language_of(text: str) -> str | None:
    """`vi`, `en` or None where neither is clear. The `lang` attribute of these sites lies too often to be asked."""
    tokens = text[:_ENOUGH_TO_TELL].lower().split()
    others = " ".join(filterfalse(str.isalpha, tokens))  # most are words as they are
    whole = len(tokens) - (others.count(" ") + 1 if others else 0)
    some = tokens[: len(tokens) * 3 // 5]
    marked = len(some) - sum(map(_VIETNAMESE.isdisjoint, some))
    if marked >= _FEWEST_WORDS and marked * 4 > whole + (len(others) + 1) // 2:  # however many words the others hold
        return "vi"
    words = [*filter(str.isalpha, tokens), *_WORD.findall(others)]
    if len(words) < _FEWEST_WORDS:
        return None
    marked = len(words) - sum(map(_VIETNAMESE.isdisjoint, words))
    if marked * 4 > len(words):
        return "vi"
    if marked / len(words) < 0.08 and sum(word in _ENGLISH for word in words) / len(words) > 0.12:
        return "en"
    return None

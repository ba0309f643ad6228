"""Bytes to text: what is repaired is said, what cannot be read is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.records import Unreadable
from pipelines.text import decode, fold, language_of, resolve_entities, split_lines, tidy_line

SENTENCE = "Đảng ủy Bệnh viện tổ chức hội nghị sơ kết 6 tháng đầu năm"


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        (SENTENCE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("utf-16"), "utf-16-le"),
    ],
)
def test_a_byte_order_mark_and_valid_utf8_settle_the_charset(payload: bytes, charset: str) -> None:
    assert (decode(payload).text, decode(payload).charset) == (SENTENCE, charset)


def test_utf8_bytes_win_over_a_header_and_meta_that_lie() -> None:
    page = f'<meta charset="windows-1252"><p>{SENTENCE}</p>'.encode()
    decoded = decode(page, "text/html; charset=ISO-8859-1")
    assert SENTENCE in decoded.text
    assert [doubt.rule for doubt in decoded.doubts] == ["charset-lie"]


def test_the_declared_charset_is_used_where_the_bytes_are_no_utf8() -> None:
    decoded = decode("Thông báo".encode("cp1252"), "text/html; charset=windows-1252")
    assert (decoded.text, decoded.charset) == ("Thông báo", "cp1252")


def test_a_torn_byte_in_utf8_is_shown_and_told() -> None:
    decoded = decode(SENTENCE.encode()[:-1] + b"\xe1")
    assert decoded.text.endswith("\ufffd")
    assert [doubt.rule for doubt in decoded.doubts] == ["broken-bytes"]


def test_nul_and_escape_characters_leave_the_text_and_are_told() -> None:
    decoded = decode(f"Hội\x00 nghị \x1b[2J{SENTENCE}".encode())
    assert "\x00" not in decoded.text and "\x1b" not in decoded.text
    assert [doubt.rule for doubt in decoded.doubts] == ["control-characters"]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8bnot closed", "gzip"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00" * 400 + b"x", "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode(payload)


def test_eth_is_the_letter_it_is_typed_for_and_nfd_becomes_nfc() -> None:
    assert decode(("\u00d0à N" + unicodedata.normalize("NFD", "ẵng")).encode()).text == "Đà Nẵng"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("  S&#7903;\u00a0Y  t&#7871; ", "Sở Y tế"),
        ("S&amp;#7903; Y t&amp;#7871;", "Sở Y tế"),
        ("gi&oacute; m\u200b\u00adùa", "gió mùa"),
        ("R&D, AT&T & C", "R&D, AT&T & C"),
        ("&lt;b&gt; vẫn là chữ", "<b> vẫn là chữ"),
        ("&#27;[2J", "[2J"),
        ("&khongco;", "&khongco;"),
    ],
)
def test_a_tidy_line_resolves_entities_and_white_space_only(given_: str, expected: str) -> None:
    assert tidy_line(given_) == expected


def test_lines_end_at_line_ends_only() -> None:
    assert split_lines("a\r\nb\rc\nd\x0ce\u2028f") == ["a", "b", "c", "d\x0ce\u2028f"]


@pytest.mark.parametrize(("text", "key"), [("Đường Nguyễn Đình Chiểu", "duong nguyen dinh chieu"), ("\u00d0ẮK", "dak")])
def test_fold_drops_marks_and_folds_d(text: str, key: str) -> None:
    assert fold(text) == key == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SENTENCE, "vi"),
        ("The conference was held in the capital on Monday and it is the first of its kind", "en"),
        ("123 456 789", None),
        ("Hoi nghi so ket cong tac nam cua don vi khong dau", None),
    ],
)
def test_language_is_told_from_the_text_or_not_at_all(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "printed", ["Ho\u0323i nghi\u0323", "e\u0302\u0323", "\u1100a\u1161", "\u1100\x01\u1161", "\u212b =\u0338"]
)
def test_any_text_is_made_nfc_whatever_stands_between_its_marks(printed: str) -> None:
    text = decode(f"<p>Hội nghị, {printed}</p>".encode()).text
    assert text == unicodedata.normalize("NFC", f"<p>Hội nghị, {printed}</p>".replace("\x01", ""))


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(payload: bytes) -> None:
    try:
        text = decode(payload).text
    except Unreadable:
        return
    assert unicodedata.is_normalized("NFC", text)


@given(st.text(max_size=200))
def test_a_tidy_line_is_tidy(text: str) -> None:
    once = tidy_line(text)
    assert once == " ".join(once.split()) and "\u200b" not in once
    assert resolve_entities("no ampersand") == "no ampersand"

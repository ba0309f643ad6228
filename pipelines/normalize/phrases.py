"""How far a name or phrase reaches: what stands in quotes, a name in capitals, the object of `về`.

Vietnamese names write the first syllable of each word large (`Quân ủy Trung ương`, `Hậu cần`), so a small syllable may
belong to a name or follow it. The rules here take it only where it can hardly be anything else.

text  in plain spelling (`spelling.plain`); low  the same in small letters. Positions are of both.
"""

from __future__ import annotations

import re

from pipelines.normalize.date_words import one_of
from pipelines.normalize.spelling import Plain

_OPENING = re.compile("[“„\"”«‘']")
_QUOTED = re.compile(
    r"(?:[“„]|(?<![\w.,;!?…])[\"”](?=\w))[^“”\"„\n]{1,300}[”\"“]"
    r"|«[^«»\n]{1,300}»"
    r"|(?:‘|(?<!\w)'(?=\w))[^‘’'\n]{1,300}[’'](?!\w)"
)
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_GAP = re.compile(r" *- *(?=[^\W\d_])| +")
_AND = re.compile(r" +và +(?=[^\W\d_])")

# Words that begin the next phrase: no name and no title of a document goes on with them.
FUNCTION_WORDS = one_of(
    """của về ngày với đã đang sẽ được bị trong tại đến tới do cho theo gắn thì mà để nhằm là có phải ra từ bằng
    bởi này trước sau không chưa còn luôn cũng vào như hoặc hay cùng đối nêu khẳng yêu đề xác khoá khóa năm giai
    nhiệm khi nếu vì nên qua đó đây vừa mới tiếp góp nhân tham dự thay gửi ký ban triển quán ở thực hiện tổ quy
    sửa các những một số và hướng thông trao tặng phát biểu chủ trình lần thứ lãnh chỉ ghi thể làm biết cần vẫn
    rất hơn gồm trở nhất phấn giúp tạo đánh nghe đạt hoàn phục kể"""
)
# After these a clause has begun, also inside a title that runs on.
_CLAUSE = one_of("đã đang sẽ là thì mà khẳng nêu phải luôn được nhấn đạt")
# `chính sách đối với người có công` is one phrase; behind other words `đối với` begins the next.
_BEFORE_TOWARD = one_of("sách độ lý lí trợ đãi phạt dụng đạo luật vệ dưỡng")
_LINKS = one_of("tỉnh huyện xã phường quận thành phố thị trấn thôn bản đặc khu")
_TAILS = one_of("quân sự nhân dân nước chính tối cao liên ngành cơ sở ủy uỷ")
# One syllable and whole: a small one behind it does not belong to it.
_WHOLE = one_of("đảng bộ cục vụ sở phòng viện đoàn hội khoa trường tỉnh")


def quotes(text: str) -> list[tuple[int, int]]:
    """Stretches in quotes, marks included, in order: “ ” „ " « » ‘ ’ ', also an opening mark set as the closing one.

    Not longer than 300 characters, on one line; an apostrophe in a word and an inch are none.
    """
    found: list[tuple[int, int]] = []
    end = 0
    for opening in _OPENING.finditer(text):
        match = _QUOTED.match(text, opening.start()) if opening.start() >= end else None
        if match:
            end = match.end()
            found.append(match.span())
    return found


def as_written(spelled: Plain, given: str, start: int, end: int) -> str:
    """The words of a stretch in plain spelling, single blanks, but with the dashes of the text as given."""
    words = spelled.text[start:end]
    if "-" in words:
        dashes = (place for place in range(start, end) if spelled.text[place] == "-")
        marks = iter([given[spelled.span(place, place)[0]] for place in dashes])
        words = re.sub("-", lambda _: next(marks), words)
    return " ".join(words.split())


def name_end(text: str, low: str, at: int, limit: int = 12) -> int:
    """End of the name that starts at `at` with a capital; `at` where none does. limit: of its words.

    `Quân ủy Trung ương về` ends before `về`, `Bộ Y tế đã` before `đã`; `Sở Giáo dục và Đào tạo` and
    `UBND tỉnh Lào Cai` are whole; `Bộ Quốc phòng và Bộ Công an` is two, and read as one phrase.
    """
    word = _WORD.match(text, at)
    if word is None or not word[0][0].isupper() or word[0].lower() in FUNCTION_WORDS - {"chỉ", "ban", "tổ", "chủ"}:
        return at
    end, previous = word.end(), low[word.start() : word.end()]
    large, acronym = True, len(word[0]) > 1 and word[0].isupper()
    shouting = acronym and text[at : at + 40].isupper()
    for _ in range(limit):
        gap = _GAP.match(text, end)
        joined = None if gap is None else _AND.match(text, end)
        word = None if gap is None else _WORD.match(text, (joined or gap).end())
        if word is None or gap is None:
            break
        now = low[word.start() : word.end()]
        if joined or "-" in gap[0]:
            if not word[0][0].isupper() or shouting or (joined and now in FUNCTION_WORDS):
                break
        elif now in FUNCTION_WORDS and not (word[0][0].isupper() and not shouting) and not _second(previous, now):
            break
        elif not word[0][0].isupper() and not now.isdecimal():
            if now in _LINKS:
                large = True
                end, previous, acronym = word.end(), now, False
                continue
            second = large and not acronym and (previous not in _WHOLE or now in _TAILS)
            if not (second or now in _TAILS or _second(previous, now)):
                break
            end, previous, large, acronym = word.end(), now, False, False
            continue
        end, previous = word.end(), now
        large, acronym = word[0][0].isupper(), len(word[0]) > 1 and word[0].isupper() and not shouting
    while previous in {"thành", "thị", "đặc"}:  # `thành` of `thành phố` without its second half
        end = text.rfind(" ", at, end)
        previous = low[low.rfind(" ", at, end) + 1 : end]
    return max(end, at)


def _second(previous: str, now: str) -> bool:
    """Whether a word that often begins a phrase is the second half of one: `ủy ban`, `chỉ huy`."""
    return (previous, now) in {("ủy", "ban"), ("uỷ", "ban"), ("kiểm", "sát"), ("đại", "biểu"), ("tham", "dự")}


_PIECE = re.compile(r"[^\s,]+")
_MARK = re.compile(r"[;:!?…()”\"“»«\[\]]|\.(?!\w)")
_PAIRS = one_of(
    """phòng/chống khám/chữa cấp/phát quân/quốc sự/quốc phòng/an nạn/cứu tự/an xuất/nhập trung/hiệu giản/hiệu
    lực/hiệu đảng/công dục/rèn chọn/gọi tập/làm huấn/đào dưỡng/phát tác/lối nhũng/lãng nhũng/tiêu phí/tiêu
    học/làm gọn/hoạt gọn/hiệu vệ/xây dựng/chỉnh dựng/bảo thiên/tìm tai/tìm chất/nồng ninh/trật cháy/chữa
    cháy/cứu đốn/xây tưởng/đạo đức/phong"""
)


def phrase_end(text: str, low: str, at: int, limit: int = 36) -> int:
    """End of the noun phrase or title that starts at `at`; `at` where it has no end within `limit` words.

    Ends before . ; : ( ) and quotes; before words with which a clause begins; at a comma, unless the next piece is
    the second half of a pair (`phòng, chống`) or a short member of a list that `và` closes.
    """
    end, previous = at, ""
    for count, match in enumerate(_PIECE.finditer(text, at)):
        if count >= limit:
            return at
        gap = text[end : match.start()]
        raw = match[0]
        word = low[match.start() : match.end()]
        if "\n" in gap or raw[0] in '“”"„«»()[]…/':
            break
        if "," in gap and not _goes_on(low, match.start(), previous):
            break
        if count and (word in _CLAUSE or (word == "đối" and previous not in _BEFORE_TOWARD)):
            break
        if word in {"-", "–"} and not text[match.end() : match.end() + 2].strip()[:1].islower():
            break
        mark = _MARK.search(raw)
        if mark:
            return match.start() + mark.start() if mark.start() else end
        end, previous = match.end(), word
    return end


def _goes_on(low: str, at: int, previous: str) -> bool:
    """Whether the phrase goes on behind the comma before `at`."""
    piece = re.compile(r"[^,.;:()“”\"\n]*").match(low, at)
    words = (piece[0] if piece else "").split()
    if not words:
        return False
    if f"{previous}/{words[0]}" in _PAIRS:
        return True
    if words[0] in FUNCTION_WORDS or not _CLAUSE.isdisjoint(words):
        return False
    return "và" in words[1:4] and len(words) <= 8

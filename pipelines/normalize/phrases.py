"""How far a name or phrase reaches: what stands in quotes, a name in capitals, the object of `về`.

Vietnamese names write the first syllable of each word large (`Quân ủy Trung ương`, `Hậu cần`), so a small syllable may
belong to a name or follow it. The rules here take it only where it can hardly be anything else.

text  in plain spelling (`spelling.plain`); low  the same in small letters. Positions are of both.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from pipelines.normalize.date_words import one_of
from pipelines.normalize.spelling import Plain
from pipelines.reference import table

QUOTES = frozenset("“„\"”«‘'")
"""Marks that may open a quotation."""
_OPENING = re.compile(f"[{''.join(sorted(QUOTES))}]")
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
_FIRSTS = one_of("chỉ ban tổ chủ")  # `Ban Bí thư`, `Chủ tịch nước`
# After these a clause has begun, also inside a title that runs on.
_CLAUSE = one_of("đã đang sẽ là thì mà khẳng nêu phải luôn được nhấn đạt xem")
# `chính sách đối với người có công` is one phrase; behind other words `đối với` begins the next.
_BEFORE_TOWARD = one_of("sách độ lý lí trợ đãi phạt dụng đạo luật vệ dưỡng")
# Small words that belong to a name wherever they stand in it.
_TAIL = re.compile(
    r"(?:nhân dân|quân sự|tối cao|liên ngành|cơ sở|nước|ủy|uỷ|trưởng|tỉnh|thành phố|thị xã|thị trấn|đặc khu|huyện|"
    r"quận|xã|phường)(?![^\W_])"
)
# Function words that are the second half of a word here.
_SECONDS = one_of(
    """ủy/ban uỷ/ban kiểm/sát đại/biểu đào/tạo giao/thông truyền/thông viễn/thông phổ/thông dân/chủ lương/thực
    công/trình chương/trình công/nhân cá/nhân tư/nhân bệnh/nhân quân/nhân trực/tiếp đoàn/thể tổng/thể thường/trực
    hải/quan cảnh/sát thi/hành hội/đồng viện/kiểm bộ/đội đảng/bộ đảng/viên đảng/đoàn phòng/không khoa/học đoàn/viên
    hội/viên doanh/nhân nạn/nhân nghệ/nhân cơ/thể tập/thể thân/nhân quốc/tế sơ/sinh từ/thiện"""
)
ALWAYS_FUNCTION_WORDS = FUNCTION_WORDS - {words.partition("/")[2] for words in _SECONDS}
"""Those that are the second half of no word."""
# These end a name with a capital too, where a headline runs on: `HĐND Thành phố Hà Nội Quy định …`.
_HEADLINE = re.compile(r"(?:quy định|ban hành|về|ngày|của)(?![^\W_])")
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


def ends_name(previous: str, now: str) -> bool:
    """Whether a small word begins the next phrase, by the word before it: `Bộ Y tế đã`, not `Ủy ban`."""
    return now in FUNCTION_WORDS and f"{previous}/{now}" not in _SECONDS


def name_end(text: str, low: str, at: int, limit: int = 12) -> int:
    """End of the name that starts at `at` with a capital; `at` where none does. limit: of its steps.

    `Quân ủy Trung ương về` ends before `về`, `Bộ Y tế đã` before `đã`; `Sở Giáo dục và Đào tạo`, `UBND tỉnh Lào Cai`
    are whole, and so is every issuer of document_issuers.tsv; `Bộ Quốc phòng và Bộ Công an` is read as one phrase.
    """
    word = _WORD.match(text, at)
    if word is None or not word[0][0].isupper() or low[at : word.end()] in FUNCTION_WORDS - _FIRSTS:
        return at
    shouting = word.end() - at > 1 and text[at : at + 40].isupper()
    end = at
    for step in range(limit):
        if step:
            gap = _AND.match(text, end) or _GAP.match(text, end)
            word = _WORD.match(text, gap.end()) if gap else None
            if word is None or gap is None:
                break
            start, joint = word.start(), gap[0].strip()
            previous = low[max(at, low.rfind(" ", at, end) + 1) : end].lstrip("-")
            tail = None if joint else _TAIL.match(low, start)
            if tail:
                end, large = tail.end(), False
                continue
            now, capital = low[start : word.end()], word[0][0].isupper()
            if joint and (not capital or shouting):
                break
            if not joint and (((not capital or shouting) and ends_name(previous, now)) or _HEADLINE.match(low, start)):
                break
            if not capital and not now.isdecimal():
                if not large or (previous in _WHOLE and f"{previous}/{now}" not in _SECONDS):
                    break
                end, large = word.end(), False
                continue
        assert word is not None
        known = _organs().match(low, word.start())
        end = known.end() if known else word.end()
        # A small syllable may follow one that is large, but not an abbreviation or a whole name.
        large = known is None and word[0][0].isupper() and (shouting or len(word[0]) == 1 or not word[0].isupper())
    return end


@cache
def _organs() -> re.Pattern[str]:
    names = sorted({row["issuer"].lower() for row in table("document_issuers") if row["issuer"]}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, names)) + r")(?![^\W_])")


_PIECE = re.compile(r"[^\s,]+")
_MARK = re.compile(r"[;:!?…()”\"“»«\[\]]|\.(?!\w)")
_LIST_PIECE = re.compile(r"[^,.;:()“”\"\n]{0,300}")
_SHORT = 4  # syllables of a member of a list: `lãng phí`, `phong cách Hồ Chí Minh` with its first two
_NEW_CLAUSE = one_of(
    """trong tại với do để nhằm theo khi đồng qua từ đến như cũng ngày sáng chiều tối trưa hội các những đã đang sẽ
    được trên sau trước nếu vì dưới nhờ có là mà thì đơn cấp góp đáp"""
)
_PREDICATES = one_of(
    "thống/nhất yêu/cầu tổ/chức khẳng/định nhấn/mạnh quán/triệt triển/khai thực/hiện chủ/trì phát/biểu"
)
_PAIRS = one_of(
    """phòng/chống khám/chữa cấp/phát quân/quốc sự/quốc phòng/an nạn/cứu tự/an xuất/nhập trung/hiệu giản/hiệu
    lực/hiệu đảng/công dục/rèn chọn/gọi tập/làm huấn/đào dưỡng/phát tác/lối nhũng/lãng nhũng/tiêu phí/tiêu
    học/làm gọn/hoạt gọn/hiệu vệ/xây dựng/chỉnh dựng/bảo thiên/tìm tai/tìm chất/nồng ninh/trật cháy/chữa
    cháy/cứu đốn/xây tưởng/đạo đức/phong đổi/bổ"""
)


def phrase_end(text: str, low: str, at: int, limit: int = 36) -> int:
    """End of the noun phrase or title that starts at `at`; `at` where the text does not show where it ends.

    Ends before . ; : ( ) and quotes, and before words with which a clause begins. At a comma it goes on to the second
    half of a pair (`phòng, chống`) and to short members of a list, and ends before a clause; else its end is not known,
    nor that of a phrase that is cut off (`…`) or longer than `limit` words.
    """
    end, previous = at, ""
    for count, match in enumerate(_PIECE.finditer(text, at)):
        if count >= limit:
            return at
        gap = text[end : match.start()]
        raw = match[0]
        word = low[match.start() : match.end()]
        if "\n" in gap or raw[0] in '“”"„«»()[]/':
            break
        if "," in gap:
            goes_on = _goes_on(low, match.start(), previous)
            if goes_on is None:
                return at
            if not goes_on:
                break
        if count and (word in _CLAUSE or (word == "đối" and previous not in _BEFORE_TOWARD)):
            break
        if word == "-" and not text[match.end() : match.end() + 2].strip()[:1].islower():
            break
        mark = _MARK.search(raw)
        if mark:
            if is_cut_off(text, match.start() + mark.start()):
                return at
            end = match.start() + mark.start() if mark.start() else end
            break
        end, previous = match.end(), word
    return at if low.endswith(" số", at, end) or is_cut_off(text, end) else end


def is_cut_off(text: str, end: int) -> bool:
    """Whether dots stand for words left out behind a position: a teaser, `của UBND Thành...`."""
    return text.startswith(("...", "…", " ...", " …"), end)


def _goes_on(low: str, at: int, previous: str) -> bool | None:
    """Whether the phrase goes on behind the comma before `at`; None: cannot be told."""
    piece = _LIST_PIECE.match(low, at)
    words = piece[0].split() if piece else []
    if words and f"{previous}/{words[0]}" in _PAIRS:
        return True
    if not words or not _CLAUSE.isdisjoint(words[1:]) or words[0] in _NEW_CLAUSE:
        return False
    if any(f"{first}/{second}" in _PREDICATES for first, second in itertools.pairwise(words[1:])):
        return False
    if len(words) <= _SHORT or ("và" in words[1:4] and len(words) <= 2 * _SHORT):
        return True
    return None

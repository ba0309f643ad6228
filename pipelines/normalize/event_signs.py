"""Where a bulletin announces an event: triggers in title, lead and first paragraphs, with what speaks for them.

Longer than the words it needs because each refusal has its own sign: plans, habits, other events referred to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.normalize.date_values import DateMention
from pipelines.normalize.event_lines import EventLine, When
from pipelines.normalize.event_words import GENERIC, Kind, Trigger, bare, families, kind, nouns, verbs

_FILLER = (
    r"(?:và|đã|thành công|trọng thể|long trọng|trang trọng|buổi|cuộc|chương trình|đợt|phiên|một|lớp|tại|phát biểu|chỉ đạo|"
    r"kết luận|thường niên|khai mạc|bế mạc|điều hành|theo dõi|quan sát|xem|dự|lễ|công tác|hoạt động|điểm|cùng|trực tiếp|"
    r"phần|các hoạt động|chính thức|nghi thức|trực tuyến|thực hành|đến|tới|kiểm tra|cấp tiểu đoàn|cấp quân khu)"
)
_HOLD = (
    r"(?:tổ chức|khai mạc|bế mạc|diễn ra|chủ trì|chủ tọa|tham dự|đến dự|tới dự|dự|tham gia|mở|tiến hành|đăng cai|"
    r"khai trương|triệu tập|chứng kiến|phát biểu|ra mắt|thực hiện|triển khai|chỉ đạo|có)"
)
_HELD_BEFORE = re.compile(rf"(?<!\w)(?P<verb>{_HOLD})(?:[ ,:“\"]+{_FILLER}){{0,5}}[ ,:“\"']*$")
_HELD_AFTER = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|bế mạc|thành công|tiến hành|kết thúc|khép lại|bắt đầu|vinh dự đón)(?!\w)"
)
_ORGANIZE = re.compile(
    r"(?<!\w)(?:tổ chức|tiến hành|khai mạc|thực hiện)(?: +(?:trọng thể|long trọng|buổi|lễ|chương trình|đợt|hoạt động|cuộc|các hoạt động|trang trọng)){0,3} +"
)
_PLURAL = re.compile(r"(?<!\w)(?:các|những|nhiều|mỗi|mọi|một số|\d+|hai|ba|bốn|năm|hàng loạt|từng) *$")
_HABIT = re.compile(
    r"(?<!\w)(?:hằng (?:năm|tháng|quý|tuần|ngày)|hàng (?:năm|tháng|quý|tuần|ngày)|thường xuyên|định kỳ|mỗi (?:năm|tháng|khi|dịp)|"
    r"theo quy định|cần|phải|việc|công tác tổ chức|trường hợp|nếu|không được|được phép|có thể|thẩm quyền|yêu cầu|đề nghị|"
    r"tiếp tục|tích cực|tăng cường|chú trọng|đẩy mạnh|duy trì|nhiều lần|những năm qua|thời gian qua|trong những năm)(?!\w)"
)
_PLANNED = re.compile(r"(?<!\w)(?:sẽ|dự kiến|sắp|chuẩn bị|kế hoạch|tiến tới|hướng tới|phương án)(?!\w)")
_PAST = re.compile(r"(?<!\w)(?:đã|vừa|vừa qua|mới đây|hôm nay|vừa rồi|được)(?!\w)")
_GUIDE = re.compile(
    r"(?:hướng dẫn|quy định|quy trình|thủ tục|cách |những điều|vì sao|tại sao|danh sách|hỏi|tiểu sử|chân dung|kế hoạch |"
    r"ý nghĩa|lịch sử|một số|những |bài học|nguyên nhân|triệu chứng|quy chế|phương pháp|nội quy|giải pháp|mẫu |lịch |"
    r"nghị quyết |điều kiện|tiêu chuẩn|chế độ|người |vai trò|nâng cao|phát huy|tăng cường|đẩy mạnh|thông tư|nghị định)"
)
_QUESTION = re.compile(r"\?|(?<!\w)là gì(?!\w)|như thế nào|bao nhiêu|(?<!\w)quy định (?:về|mới)|những điều cần biết")
# A verb right behind one of these is a noun, a wish or another's duty.
_NO_VERB = re.compile(
    r"(?<!\w)(?:công tác|việc|hoạt động|nhiệm vụ|kế hoạch|sau|trước|khi|được|bị|để|nhằm|cho|về|của|cuộc|buổi|lễ|hội nghị|"
    r"tăng cường|thường xuyên|sẵn sàng|kết quả|nội dung|phục vụ|trong|qua|theo|cần|phải|chủ động|tích cực|đẩy mạnh|"
    r"thực hiện|phương án|hình thức|báo cáo|đoàn|chỉ đạo|yêu cầu|tổ|ủy ban|bảo đảm|hội đồng|các|những|chương trình|"
    r"phong trào|số|mỗi|người|tham mưu|làm tốt|tổ chức|không|chưa|từ|với|như|luôn|hay|và công tác|khâu|ban|cục|vụ|sở|"
    r"kỹ năng|quyết tâm|chức năng|thanh tra,|thẩm quyền|quá trình|biện pháp|quyền|chế độ|quy định|hồ sơ|lệnh|triển khai) *$"
)
_LEAD_IN = re.compile(r"(?:[^,.;]{0,12} - +)?(?:\([^()]{1,30}\) *-? *)?")
_REFERENCE = re.compile(
    r"(?<!\w)(?:dự|chủ trì|kết luận|tại|quang cảnh|toàn cảnh|chỉ đạo|phát biểu|khai mạc|bế mạc|kết thúc|trong|sau|chủ tọa|phục vụ) "
    r"*(?:buổi |cuộc |đợt )?$"
)
_REFERRED = (
    "hội nghị", "hội thảo", "tọa đàm", "buổi lễ", "lễ ", "hội thi", "hội thao", "hội diễn", "đại hội", "diễn tập", "gặp mặt",
    "làm việc", "buổi tiếp", "hội đàm", "kiểm tra", "tập huấn", "chương trình", "cuộc thi", "cuộc họp",
)  # fmt: skip
_SAME_DAY = re.compile(
    r"[\"“]?(?:cùng ngày|cũng trong|cùng với đó, |(?:rạng sáng|sáng|trưa|chiều|tối|đêm) cùng ngày|nhân dịp này|tiếp đó|sau đó|"
    r"dịp này|trước đó, cùng ngày|trong khuôn khổ|trong chương trình)"
)
_REPORT = re.compile(r"(?<!\w)báo cáo +(?P<kind>tổng kết|sơ kết)(?= +[^\W\d_])")
FIRST_DAY = date(1997, 1, 1)
"""No Vietnamese web before: an older day is history, not the day of a bulletin's event."""
OLDEST = timedelta(days=60)
"""What lies further back from the publication than this needs the title's word as well."""


class Sign(NamedTuple):
    """One place that announces an event. sentence: its bounds. subject_end: where the words of its subject end.

    score  what speaks for it by itself; see `_score`
    """

    line: int
    sentence: tuple[int, int]
    trigger: Trigger
    kind: Kind
    score: int
    date: When | None
    subject_end: int


def title_sign(lines: list[EventLine], number: int) -> Sign | None:
    """What the title says: a noun at its head or held by somebody, or what somebody does."""
    line = lines[number]
    low = line.low
    start, end = 0, len(low)
    if _GUIDE.match(low.lstrip(' “"')) or _QUESTION.search(low):
        return None
    lead = _LEAD_IN.match(low)
    head = lead.end() if lead else 0
    found: list[tuple[Trigger, int]] = []
    for noun in nouns(low, start, end):
        before = low[max(head, noun.start - 90) : noun.start]
        held = _HELD_BEFORE.search(before)
        open_place = (
            not before.strip(" “\"':") or before.rstrip(' “"').endswith((":", "|")) or _ends_name(line, noun.start)
        )
        if (held or open_place) and not _PLURAL.search(before):
            found.append((noun, noun.start - len(before) + held.start() if held else noun.start))
            break
    held_bare = _organized(low, start, end)
    if held_bare and not found:
        found.append((held_bare[0], held_bare[1]))
    for trigger in verbs(low, start, end) if not found else ():
        if not _NO_VERB.search(low, max(0, trigger.start - 24), trigger.start) and not _in_name(line, trigger.start):
            found.append((trigger, trigger.start))
            break
    for trigger, subject_end in found:
        known = kind(low, trigger, end)
        if known:
            return Sign(number, (start, end), trigger, known, 2, _date_of(line, start, end, trigger), subject_end)
    return None


def text_signs(line: EventLine, number: int, first: bool, published: date | None) -> Iterator[Sign]:
    """What the sentences of a paragraph announce, best form first within each sentence."""
    for position, (start, end) in enumerate(line.sentences()[:4]):
        sign = _sentence_sign(line, number, start, end, first and position == 0, published)
        if sign is not None:
            yield sign


def further_sign(line: EventLine, number: int, published: date | None) -> Sign | None:
    """Another event of the same bulletin: a paragraph that begins `Chiều cùng ngày, …`."""
    start, end = line.sentences()[0] if line.sentences() else (0, 0)
    if not _SAME_DAY.match(line.low, start):
        return None
    sign = _sentence_sign(line, number, start, end, True, published)
    return sign if sign is not None and sign.score >= 2 else None


def references(lines: list[EventLine]) -> dict[str, list[tuple[int, int]]]:
    """Where the text speaks of its event as known, by head word: (line, position) of each line's first such place.

    `dự hội nghị`, `Quang cảnh buổi lễ`, `kết luận hội nghị`; at most one a line.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        low = line.low
        for word in _REFERRED:
            at = low.find(word)
            tries = 0
            while at >= 0 and tries < 6:
                if _REFERENCE.search(low, max(0, at - 24), at):
                    found.setdefault(word.strip(), []).append((number, at))
                    break
                at = low.find(word, at + len(word))
                tries += 1
    return found


def cut_off_sign(lines: list[EventLine], known: dict[str, list[tuple[int, int]]]) -> Sign | None:
    """The event of a bulletin whose head is missing: at least two lines speak of one conference as known."""
    places = known.get(GENERIC, [])
    if len(places) < 2:
        return None
    number, at = places[0]
    line = lines[number]
    sentence = next((bounds for bounds in line.sentences() if bounds[0] <= at < bounds[1]), (0, len(line.low)))
    trigger = Trigger(at, at + len(GENERIC), "noun", GENERIC)
    return Sign(number, sentence, trigger, Kind(GENERIC, None, trigger.end), 0, None, at)


def report_sign(lines: list[EventLine]) -> Sign | None:
    """`Theo báo cáo tổng kết phong trào …`: which kind of conference heard it, and of what."""
    for number, line in enumerate(lines):
        report = _REPORT.search(line.low) if "báo cáo" in line.low else None
        if report is None:
            continue
        bounds = next((b for b in line.sentences() if b[0] <= report.start() < b[1]), (0, len(line.low)))
        word = Trigger(report.start("kind"), report.end(), "bare", report["kind"])
        found = kind(line.low, word, bounds[1])
        if found is not None:
            return Sign(number, bounds, word, found, 0, None, report.start())
    return None


def _sentence_sign(
    line: EventLine, number: int, start: int, end: int, first: bool, published: date | None
) -> Sign | None:
    low = line.low
    if _QUESTION.search(low, start, end):
        return None
    best: tuple[Trigger, int, int] | None = None  # trigger, where its subject ends, how strong its form is
    for noun in nouns(low, start, end):
        before = low[max(start, noun.start - 90) : noun.start]
        if _PLURAL.search(before) or _in_name(line, noun.start):
            continue
        held = _HELD_BEFORE.search(before)
        if held:
            best = noun, noun.start - len(before) + held.start(), 2
            break
        if _opens(line, start, noun.start) and _HELD_AFTER.search(low, noun.end, min(end, noun.end + 400)):
            after = _HELD_AFTER.search(low, noun.end, min(end, noun.end + 400))
            best = noun, after.start() if after else noun.start, 2
            break
    organized = _organized(low, start, end) if best is None else None
    if organized and not _in_name(line, organized[0].start):
        best = organized[0], organized[1], 1
    if best is None:
        for trigger in verbs(low, start, min(end, start + 500)):
            near = max(start, trigger.start - 24)
            if not _NO_VERB.search(low, near, trigger.start) and not _in_name(line, trigger.start):
                best = trigger, trigger.start, 0
                break
    if best is None:
        return None
    trigger, subject_end, strength = best
    known = kind(low, trigger, end)
    if known is None:
        return None
    when = _date_of(line, start, end, trigger)
    score = _score(line, start, subject_end, strength, first, when, published)
    return None if score is None else Sign(number, (start, end), trigger, known, score, when, subject_end)


def _score(
    line: EventLine, start: int, at: int, strength: int, first: bool, when: When | None, published: date | None
) -> int | None:
    """Points: form 0 to 2, a date of its own 2, first sentence 1, a day near the publication 1. None: no event."""
    low = line.low
    if _HABIT.search(low, start, at):
        return None
    if when is None:
        if _PLANNED.search(low, start, at) or any(start <= date.start <= start + 12 for date in line.dates):
            return None  # a plan without a day; a review of a year
        if strength < 2 and not _PAST.search(low, start, at) and not _subject_before(line, start, at):
            return None
        return strength + first + (strength == 2 and _subject_before(line, start, at))
    score = strength + 2 + first
    day = when.mention.start_date
    assert day is not None
    if day < FIRST_DAY or (published is not None and published - day > OLDEST):
        return score - 3
    return score + (when.mention.part_of_day is not None or published is not None)


def _organized(low: str, start: int, end: int) -> tuple[Trigger, int] | None:
    """`tổ chức` with the kind right behind it, no head between: `tổ chức sơ kết công tác …`."""
    for verb in _ORGANIZE.finditer(low, start, min(end, start + 600)):
        found = bare(low, verb.end(), end)
        if found:
            return found, verb.start()
    return None


def _opens(line: EventLine, start: int, at: int) -> bool:
    """Whether nothing but a day, a place or a place name stands before the noun in its sentence."""
    low = line.low
    lead = _LEAD_IN.match(low, start, at)
    begin = lead.end() if lead else start
    before = low[begin:at].strip(' ,“"-')
    if not before:
        return True
    if at - begin > 120 or not low[begin:at].rstrip(' “"').endswith((",", "-", ")")):
        return False
    return any(begin <= date.start < at for date in line.dates) or before.startswith(
        ("tại ", "vừa qua", "mới đây", "ở ")
    )


def _subject_before(line: EventLine, start: int, at: int) -> bool:
    return any(start <= place.start < at for place in (*line.organizations, *line.persons))


def _in_name(line: EventLine, at: int) -> bool:
    """Inside an organization's or a person's name: `Ủy ban Kiểm tra`."""
    return any(place.start < at < place.end for place in (*line.organizations, *line.persons))


def _ends_name(line: EventLine, at: int) -> bool:
    return any(place.end <= at <= place.end + 3 for place in (*line.organizations, *line.persons))


_NO_EVENT_DATE = re.compile(
    r"(?:thành lập|ngày sinh|sinh|truyền thống|ban hành|ký|số [^ ]{1,30}|nghị quyết|quyết định|kỷ niệm|quốc khánh|kế hoạch|"
    r"công văn|chỉ thị|từ năm|hướng dẫn|thông tư|nghị định|giải phóng|chiến thắng|ra đời|điện|đến|trước|sau|hy sinh|nhập ngũ) *"
    r"(?:ngày|vào|hôm|,|\()? *$"
)
_LIST_BEFORE = re.compile(r"(?<!\w)(?:ngày|hôm)(?: *\(| *:)? *(?<![\w/])(\d{1,2}) *(?:và|,|-) *(?:ngày *)?$")


def _date_of(line: EventLine, start: int, end: int, trigger: Trigger) -> When | None:
    """The day or days of the event: the first in the sentence that is not a founding's, document's or anniversary's."""
    for when in line.dates:
        if not start <= when.start < end:
            continue
        mention = when.mention
        if mention.kind not in {"date", "datetime", "range", "month"} or mention.start_date is None:
            continue
        if mention.end_date is None or (mention.end_date - mention.start_date).days > 45:
            continue
        if mention.kind == "month" and when.start > start + 25:
            continue
        if when.start > trigger.end + 260:
            return None
        if when.start >= trigger.end and _PLURAL.search(line.low, max(start, when.start - 12), when.start):
            continue
        before = line.low[max(start, when.start - 40) : when.start]
        if _NO_EVENT_DATE.search(before) and not before.strip().startswith("từ"):
            continue
        if before.rstrip().endswith("(") and trigger.end < when.start and "ngày" in before[-30:-1]:
            continue
        listed = _LIST_BEFORE.search(before)
        if listed and mention.kind in {"date", "datetime"} and 0 < int(listed[1]) < mention.start_date.day:
            first = mention.start_date.replace(day=int(listed[1]))
            return When(when.start, when.end, _from(mention, first))
        return when
    return None


def _from(mention: DateMention, first: date) -> DateMention:
    """The list of days that a mention of its last one ends: `trong 2 ngày (05 và 06/7)`."""
    return replace(mention, kind="range", start_date=first, precision="day", part_of_day=None)


def same_family(one: str, other: str) -> bool:
    """Whether two types share a head, so that text and title may speak of one event."""
    return families()[one] == families()[other]

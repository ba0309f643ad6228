"""What a sentence that announces an event says of it: place, mode, topic, organizer."""

from __future__ import annotations

import re

from pipelines.normalize.event_lines import EventLine, between
from pipelines.normalize.event_phrases import Phrases
from pipelines.normalize.event_signs import Sign, lead_in
from pipelines.normalize.event_words import bare, families
from pipelines.normalize.phrase_patterns import sign_words, signs
from pipelines.normalize.word_starts import at_word_start

_AT = Phrases(("tại", "ở", "trên địa bàn"), then="(?= )")
# What is no place: the event itself, a text, everything at once.
_NO_PLACE = re.compile(rf" *(?:{signs('no_place')}(?! +(?:hữu nghị|\w*\d))|(?:bệnh viện|trụ sở|đơn vị)(?= *[,.])|\d+ )")
_PLACE_END = re.compile(rf"{signs('place_end')}|[,.;:()\n\"“”]| - ")
_DISTRICT = re.compile(rf", *{signs('district')} *")
_HAPPENED = re.compile(r",? *(?:đã |vừa )?diễn ra(?!\w)")
_SITE = re.compile(signs("site"))
_COMMUNITY = re.compile(rf"{signs('district')} +")
_HOLDS = re.compile(
    r" *(?:\([^()]{1,40}\) *)?"
    r"(?:(?:đã|vừa|đồng loạt|long trọng|trọng thể|phối hợp|hoàn thành|tiến hành) *)*(?:$|với(?!\w))"
)
_NAME = re.compile(r"[\w'’.-]+(?: +[\w'’.-]+){0,4}?(?= *(?:[,(]|$|(?:đã|vừa|đồng|long|trọng|phối|hoàn|tiến)(?!\w)))")
_HYBRID = re.compile(
    r"trực tiếp *(?:,|và|kết hợp(?: +với)?|kết nối|với|đồng thời|lẫn|cùng|gắn với|\+|-)[^.;]{0,40}?trực tuyến|"
    r"trực tuyến *(?:,|và|kết hợp(?: +với)?) *(?:hình thức +)?trực tiếp"
)
_ONLINE = re.compile(
    rf"{signs('online')} *\(?trực tuyến|cầu truyền hình|(?<!\w)(?:tại|đến|tới|với|ở|các|\d+) (?:các )?điểm cầu"
)
_IN_PERSON = re.compile(r"hình thức (?:họp )?trực tiếp(?! *(?:,|và|kết hợp))")
_TOPIC_END = re.compile(
    at_word_start(
        (
            *(words.replace(" ", " +") + r"(?!\w)" for words in sign_words("topic_end")),
            *(rf"{words} +\d+[/-]\d" for words in ("ngày", "sáng", "chiều")),
        ),
        r"\w",
        anywhere=(r"\.", ";", r"\n", r"\(", r"\?", "!", r":(?! *[“\"])"),
    )
)
_COMMA = re.compile(r", *")
_NEXT_CLAUSE = re.compile(signs("next_clause"))
_TOPIC_START = re.compile(rf"[ ,:]*(?:của [^,.;]{{0,40}}? )?(?:{signs('topic_lead')} *:? *)*")
_CLAUSE_END = re.compile(r"[.;:]|, *(?:dự|tham dự|chủ trì)(?!\w)")
_ABOUT = re.compile(
    at_word_start(("về", "với chủ đề", "chủ đề", "chuyên đề", "bàn", "đánh giá"), r"\w") + r"(?!\w) *:? *"
)
_ALSO = re.compile(r" *(?:và|,|;) *")
TOPIC_LENGTH = 300
"""A longer one is a whole sentence that was not understood."""
# Of these no topic is told right behind the word: a visit has a place, blood and medicine are for everybody.
_NO_TOPIC = {"thăm và làm việc", "khám bệnh, cấp thuốc miễn phí", "hiến máu", "tiếp đoàn", "đại hội", "tuyển quân"}
_ABOUT_ONLY = {
    "hội nghị đảng ủy phiên",
    "hội nghị",
    "gặp mặt",
    "hội nghị tiếp xúc cử tri",
    "hội nghị cán bộ",
    "hội nghị khách hàng",
    "tuyên truyền",
}
GUESTS = {"chuyến thăm", "kiểm tra", "đối ngoại"}
"""Heads of events whose subject is a guest, no organizer."""
_NO_HOST = re.compile(rf"{signs('no_host')}(?: +(?:hội trường|trụ sở|khu vực))? *$")
_DELEGATION = re.compile(r"(?<!\w)(?:đoàn công tác|đoàn kiểm tra|đoàn|tổ công tác) +(?:của +)?(?:(?:ban )?lãnh đạo +)?")
_BY = re.compile(r"do(?<!\wdo)(?!\w)")
_ORGANIZE = re.compile(r"tổ chức(?<!\wtổ chức)(?!\w)")
_HELD_BY = re.compile(r" *(?:(?:đã|vừa|phối hợp|long trọng|trọng thể) +)*tổ chức(?!\w)")
_PARTNER = re.compile(r"(?:phối hợp(?<!\wphối hợp)|cùng(?<!\wcùng))(?: +(?:chặt chẽ|cùng))? +(?:với|cùng)(?!\w)")


Span = tuple[int, int]


def place(line: EventLine, sign: Sign, named: Span | None) -> str | None:
    """The words of `place_named`; else the commune, district or province that holds the event; None: none told."""
    bounds = named or _community(line, sign)
    return None if bounds is None else line.text[slice(*bounds)]


def place_named(line: EventLine, sign: Sign) -> Span | None:
    """The words behind `tại`, to the end of the noun phrase and over its district and province."""
    low, (start, end) = line.low, sign.sentence
    limit = min(end, sign.trigger.end + 450)
    for _, at in _AT.spans(line, start, limit):
        if _NO_PLACE.match(low, at, limit):
            continue
        begin = limit - len(low[at:limit].lstrip())
        stop = _place_end(line, begin, limit)
        words = line.text[begin:stop].strip()
        named = any(character.isupper() for character in words) and (line.zone != "title" or not words.isupper())
        if words and (named or (_SITE.match(words.lower()) and len(words.split()) > 1)) and len(words) <= 150:
            return begin, begin + len(words)
    return None


def _community(line: EventLine, sign: Sign) -> Span | None:
    """`xã Pa Thơm, huyện Điện Biên tổ chức …`: who lives there holds it, there."""
    if line.zone == "title" or families()[sign.kind.event_type] in GUESTS:
        return None
    begin, stop = lead_in(line, sign.sentence[0]), sign.subject_end
    for head in _COMMUNITY.finditer(line.low, begin, stop):
        before = line.low[max(0, head.start() - 5) : head.start()].rstrip()
        if head.start() > begin and not before.endswith((",", "-", "–", " của")):
            continue
        if between(line.organizations, begin, head.start()):
            return None  # `UBND xã A, huyện B tổ chức …`: its address
        end = _over_names(line, head.start(), stop)
        if end > head.start() and _HOLDS.match(line.low[end:stop]) and end - head.start() <= 100:
            return head.start(), end
    return None


def _over_names(line: EventLine, start: int, stop: int) -> int:
    """The end of `xã Pa Thơm, huyện Điện Biên`; `start` where no name follows."""
    end = start
    while head := _COMMUNITY.match(line.low, end, stop):
        name = _NAME.match(line.low, head.end(), stop)
        if name is None or not all(word[0].isupper() or word[0].isdecimal() for word in _words(line, name)):
            break
        end = name.end()
        comma = _COMMA.match(line.low, end, stop)
        if comma is None or _COMMUNITY.match(line.low, comma.end(), stop) is None:
            return end
        end = comma.end()
    return len(line.low[:end].rstrip(" ,")) if end > start else start


def _words(line: EventLine, match: re.Match[str]) -> list[str]:
    return line.text[match.start() : match.end()].split()


def _place_end(line: EventLine, begin: int, limit: int) -> int:
    low = line.low
    stop = begin
    while True:
        known = next((p.end for p in line.organizations if stop <= p.start <= stop + 30 and p.start >= begin), None)
        found = _PLACE_END.search(low, stop, limit)
        # A name may hold the words that otherwise end a place: `Bệnh viện Hữu nghị Việt Nam và Cu Ba`.
        while found and known is not None and found.start() < known and found[0] not in {",", ".", ";", "("}:
            found = _PLACE_END.search(low, found.end(), limit)
        stop = found.start() if found else limit
        hall = next((p.end for p in line.organizations if low[stop : p.start] in {",", ", "} and p.start > stop), None)
        if hall is not None and _HAPPENED.match(low, hall, limit):
            return hall  # `tại Hội trường tầng 3, Trường Cao đẳng Y tế đã diễn ra Lễ …`
        district = _DISTRICT.match(low, stop, limit)
        first = line.text[district.end() : district.end() + 1] if district else ""
        if district is None or not (first.isupper() or first.isdecimal()):
            return stop
        stop = district.end()


def mode(lines: list[EventLine], sign: Sign) -> str | None:
    """hybrid, online or in_person where the sentence, the title, a caption or the next sentences say so."""
    line, (start, end) = lines[sign.line], sign.sentence
    pieces = [line.low[start : end + 600]]
    pieces += [other.low for other in lines if other.zone in {"title", "caption"} and len(other.low) < 400]
    joined = "\n".join(pieces)
    if "trực tuyến" in joined or "điểm cầu" in joined or "cầu truyền hình" in joined:
        if _HYBRID.search(joined):
            return "hybrid"
        if _ONLINE.search(joined):
            return "online"
    return "in_person" if _IN_PERSON.search(joined) else None


def topic(line: EventLine, sign: Sign) -> str | None:
    """The noun phrase the event is about, as written; None where none is told or it has no clear end."""
    low, end = line.low, sign.sentence[1]
    event_type, at = sign.kind.event_type, sign.kind.end
    if event_type in _NO_TOPIC or sign.trigger.form == "evidence":
        return None
    if event_type in _ABOUT_ONLY:
        about = _ABOUT.search(low, at, min(end, at + 120))
        if about is None or _CLAUSE_END.search(low, at, about.start()):
            return None
        at = about.end()
    end = min(end, at + TOPIC_LENGTH + 100)
    begin = at
    while joined := _ALSO.match(low, begin, end):
        word = bare(low, joined.end(), end)
        if word is None:
            break
        begin = word.end
    started = _TOPIC_START.match(low, begin, end)
    begin = started.end() if started else begin
    stop = _topic_end(line, begin, end)
    words = line.text[begin:stop].strip(" ,-:")
    if words.count("“") > words.count("”") and line.text[stop : stop + 1] == "”":
        words += "”"
    return words if len(words) >= 4 and len(words) <= TOPIC_LENGTH else None


def _topic_end(line: EventLine, begin: int, end: int) -> int:
    """A comma goes on with what follows unless that is a further clause or somebody."""
    low, text = line.low, line.text
    found = _TOPIC_END.search(low, begin, end)
    quote = text.find("“", begin, end)
    while found and 0 <= quote < found.start():
        closed = text.find("”", quote, end)
        if closed < 0 or closed < found.start():
            break
        found = _TOPIC_END.search(low, closed, end)
        quote = text.find("“", closed, end)
    stop = found.start() if found else end
    for comma in _COMMA.finditer(low, begin, stop):
        after = comma.end()
        if low[begin : comma.start()].count("“") > low[begin : comma.start()].count("”"):
            continue
        if text[after : after + 1].isupper() or _NEXT_CLAUSE.match(low, after, stop):
            return comma.start()
    return stop


def organizer(line: EventLine, sign: Sign, named: Span | None) -> int | None:
    """The organization that is subject of `tổ chức`, `phối hợp`; of `A phối hợp với B` it is A. None: none told.

    named  the words of `place_named`
    """
    low, (start, end) = line.low, sign.sentence
    subject_end = sign.subject_end
    event_type = sign.kind.event_type
    if sign.trigger.form == "verb" and (families()[event_type] in GUESTS or event_type == "lễ dâng hương"):
        return _inspecting(line, start, subject_end) if event_type == "kiểm tra" else None
    if by := _BY.search(low, sign.trigger.end, min(end, sign.trigger.end + 200)):
        begin = by.end()
        if verb := _ORGANIZE.search(low, begin, min(end, begin + 200)):
            return _first_subject(line, begin, verb.start())
    if sign.trigger.form == "evidence":
        return None
    begin = lead_in(line, start)
    held = None if named is None else _first_subject(line, begin, subject_end, named)
    return held if held is not None else _first_subject(line, begin, subject_end)


def has_other_host(line: EventLine, sign: Sign) -> bool:
    """Whether the sentence says who holds the event, though by no name that is known: `Cụm thi đua … tổ chức`."""
    begin = lead_in(line, sign.sentence[0])
    if not _HELD_BY.match(line.low, sign.subject_end) or between(line.persons, begin, sign.subject_end):
        return False
    before = line.text[begin : sign.subject_end].rpartition(",")[2].strip()
    return len(before.split()) > 1 and not any(
        begin <= day.start < sign.subject_end <= day.end + 1 for day in line.dates
    )


def _inspecting(line: EventLine, start: int, stop: int) -> int | None:
    """Of an inspection the one whose delegation came, or who inspects right before the verb; no visitor's own unit."""
    begin = lead_in(line, start)
    sent = _DELEGATION.search(line.low, begin, stop)
    if sent:
        return next((one.which for one in line.organizations if one.start == sent.end()), None)
    subject = next((one for one in line.organizations if begin <= one.start < stop), None)
    if subject is None or line.low[subject.end : stop].strip() not in {"", "đã", "vừa", "tiến hành", "tổ chức"}:
        return None
    return None if any(begin <= person.start < stop for person in line.persons) else subject.which


def _first_subject(line: EventLine, begin: int, stop: int, where: Span = (0, 0)) -> int | None:
    """The first organization that is no place, no partner and nobody's post."""
    low = line.low
    partner = _PARTNER.search(low, begin, stop)
    if partner:
        stop = partner.start()
    for place_of in line.organizations:
        if not begin <= place_of.start < stop or where[0] <= place_of.start < where[1]:
            continue
        if any(begin <= person.start < place_of.start for person in line.persons):
            return None
        before = low[max(begin, place_of.start - 30) : place_of.start]
        if before.rstrip(" ").endswith("(") or _NO_HOST.search(before):
            continue
        return place_of.which
    return None

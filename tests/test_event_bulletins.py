"""Whole short bulletins through all of normalization: which events they report, on what day, and who did what there."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.normalize.bulletin import Normalized, normalize
from pipelines.normalize.mentions import BulletinText, TextLine
from tests.event_bulletins import BULLETINS, Bulletin


def read(text: str, published: str | None) -> Normalized:
    lines = []
    for line_no, line in enumerate(text.split("\n"), 1):
        zone = "title" if line_no == 1 else "caption" if line.startswith("* ") else "body"
        lines.append(TextLine(line_no, zone, line.removeprefix("* ")))
    day = date.fromisoformat(published) if published else None
    return normalize(BulletinText(tuple(lines), day, publisher="Báo Quân khu", sphere="army"))


def roles(found: Normalized) -> set[str]:
    return {
        f"{one.role} {found.people.found[one.person].name}"
        for event in found.events
        for one in event.participants
        if one.person is not None
    }


@pytest.mark.parametrize("bulletin", BULLETINS, ids=lambda bulletin: bulletin.text.split("\n")[0])
def test_a_bulletin_tells_its_events_and_who_did_what_there(bulletin: Bulletin):
    found = read(bulletin.text, bulletin.published)
    assert tuple(f"{event.event_type} {event.start_date}" for event in found.events) == bulletin.events
    assert roles(found) == set(bulletin.roles)


HELD = "Hội nghị sơ kết công tác\nSáng 5/7/2023, Cục Quân y tổ chức Hội nghị sơ kết công tác quân y. "
DECIDED = "Trao quyết định\nSáng 5/7/2023, Cục Quân y tổ chức Lễ công bố quyết định về công tác cán bộ. "


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Đại tá Lê Chí Dũng, Giám đốc Bệnh viện Quân y 5 đề nghị sớm có hướng dẫn.", {"speak"}),
        ("Đại tá Lê Chí Dũng, Trưởng ban tổ chức cũng nhấn mạnh ý nghĩa của đợt thi đua.", {"speak"}),
        ("Các kiến nghị được Đại tá Lê Chí Dũng trả lời ngay tại hội nghị.", {"speak"}),
        ("Thay mặt các đơn vị, Đại tá Lê Chí Dũng khẳng định sẽ làm tốt.", {"speak"}),
        ("Báo cáo với đoàn, Đại tá Lê Chí Dũng cho biết đơn vị đủ quân.", {"report"}),
        ("Báo cáo kiểm điểm do Đại tá Lê Chí Dũng, Phó Cục trưởng trình bày nêu rõ các hạn chế.", {"report"}),
        ("Phát biểu giao nhiệm vụ, Đại tá Lê Chí Dũng chúc mừng đơn vị.", {"direct"}),
        ("Phát biểu kết thúc hội nghị, Đại tá Lê Chí Dũng biểu dương các đơn vị.", {"conclude"}),
        ("Đoàn chủ tịch gồm Đại tá Lê Chí Dũng, Thượng tá Vũ Hải.", {"chair"}),
        ("Hội nghị diễn ra dưới sự chủ trì của Đại tá Lê Chí Dũng.", {"chair"}),
        ("Tham dự tại điểm cầu Cục có Đại tá Lê Chí Dũng.", {"attend"}),
        ("Hội nghị có sự tham dự của Đại tá Lê Chí Dũng.", {"attend"}),
        ("Đại tá Lê Chí Dũng không chỉ phát biểu mà còn là người đến sớm nhất.", {"speak"}),
        # nothing of it told of the conference, or not of him
        ("Đồng chí Cục trưởng đề nghị Đại tá Lê Chí Dũng báo cáo thêm.", set()),
        ("Các đơn vị tiếp thu ý kiến của Đại tá Lê Chí Dũng, đề nghị Cục xem xét.", set()),
        ("Đại tá Lê Chí Dũng chia sẻ: “Chúng tôi rất vui”.", set()),
        ("Đại tá Lê Chí Dũng, Giám đốc Bệnh viện sẽ báo cáo sau.", set()),
        ("Thương binh Lê Chí Dũng mong được khám lại.", set()),
        ("Theo Đại tá Lê Chí Dũng, việc này còn chậm.", set()),
        ("Ban Thường vụ họp dưới sự chủ trì của Đại tá Lê Chí Dũng.", set()),
        ("Đại tá Lê Chí Dũng, Trưởng phòng Thông tin.", set()),
    ],
)
def test_verbs_of_saying_give_roles_at_a_conference(sentence: str, told: set[str]):
    found = read(HELD + sentence, "2023-07-08")
    assert {role.split(" ", 1)[0] for role in roles(found) if role.endswith("Lê Chí Dũng")} == told


@pytest.mark.parametrize(
    ("sentence", "receives"),
    [
        ("Theo đó, bổ nhiệm Đại tá Lê Chí Dũng giữ chức Phó Cục trưởng.", True),
        ("Đại tá Lê Chí Dũng, Trưởng phòng Quân y được điều động, bổ nhiệm giữ chức Phó Cục trưởng.", True),
        ("Đại tá Lê Chí Dũng, nguyên Phó Cục trưởng nhận thông báo nghỉ hưu.", True),
        ("Thăng quân hàm Đại tá cho các đồng chí: Vũ Hải, Trưởng phòng Quân y; Lê Chí Dũng, Trưởng phòng Dược.", True),
        ("Đại tá Lê Chí Dũng chúc mừng các đồng chí được bổ nhiệm.", False),
        ("Đại tá Lê Chí Dũng trao quyết định cho các đồng chí được thăng quân hàm.", False),
    ],
)
def test_who_is_appointed_or_promoted_receives(sentence: str, receives: bool):
    assert ("receive Lê Chí Dũng" in roles(read(DECIDED + sentence, "2023-07-08"))) is receives


def test_a_later_paragraph_of_the_same_day_has_the_day_of_the_first_event():
    text = (
        "Khám bệnh tại xã Tân Hưng\nNgày 20-7, Bệnh viện Quân y 121 tổ chức khám bệnh, cấp thuốc miễn phí cho người nghèo.\n"
        "Chiều cùng ngày, đoàn tổ chức lễ dâng hương tại Nghĩa trang liệt sĩ huyện Cái Bè. Ngày 21/7, Đoàn thăm bà con."
    )
    main, later = read(text, "2023-07-22").events[:2]
    assert (later.event_type, later.start_date, later.part_of_day) == ("lễ dâng hương", date(2023, 7, 20), "chiều")
    assert later.date_basis == main.date_basis == "published"


@pytest.mark.parametrize(
    "told",
    [
        "Sáng 5/7, Trung đoàn 6 khai mạc Hội thao thể dục thể thao; chiều cùng ngày, Trung đoàn tổ chức Lễ khánh thành nhà ăn.",
        "Sáng 5/7, Trung đoàn 6 khai mạc Hội thao thể dục thể thao. Có 90 vận động viên. Buổi chiều cùng ngày, tại thao"
        " trường, Trung đoàn đã tổ chức Lễ khánh thành nhà ăn với 80 đại biểu.",
        "Sáng 5/7, Trung đoàn 6 khai mạc Hội thao thể dục thể thao.\nNăm nay, Hội thao có 90 vận động viên. Chiều cùng ngày,"
        " Trung đoàn tổ chức Lễ khánh thành nhà ăn.",
    ],
)
def test_a_second_event_may_be_told_inside_a_paragraph(told: str):
    events = read(f"Hội thao Trung đoàn 6\n{told}", "2023-07-08").events
    assert [(event.event_type, event.start_date, event.part_of_day) for event in events] == [
        ("hội thi", date(2023, 7, 5), "sáng"),
        ("lễ khánh thành", date(2023, 7, 5), "chiều"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Chiều cùng ngày, đoàn chuẩn bị lễ khánh thành nhà ăn.",
        "Chiều cùng ngày, các đại biểu dự lễ kể về hội thao năm trước.",
    ],
)
def test_what_is_only_spoken_of_later_that_day_is_none(told: str):
    text = f"Hội thao Trung đoàn 6\nSáng 5/7, Trung đoàn 6 khai mạc Hội thao thể dục thể thao. {told}"
    assert [event.event_type for event in read(text, "2023-07-08").events] == ["hội thi"]


def test_an_evening_of_songs_is_no_reception():
    text = (
        "Hội nghị sơ kết\nSáng 5/7/2023, Cục Quân y tổ chức Hội nghị sơ kết công tác.\n"
        "Tối cùng ngày, tại nhà hát đã diễn ra đêm giao lưu văn nghệ."
    )
    assert [event.event_type for event in read(text, "2023-07-08").events] == ["hội nghị sơ kết"]


@pytest.mark.parametrize(
    ("opening", "first", "last"),
    [
        ("Trong 2 ngày (18 và 19/9)", 18, 19),
        ("Trong hai ngày 18/9 và 19/9", 18, 19),
        ("Trong các ngày 18/9, 19/9 và 20/9", 18, 20),
        ("Trong 3 ngày, từ 18 đến 20/9", 18, 20),
        ("Ngày 18/9", 18, 18),
    ],
)
def test_several_days_are_one_stretch(opening: str, first: int, last: int):
    (event,) = read(f"Hội thao\n{opening}, Sư đoàn 5 tổ chức Hội thao thể dục thể thao.", "2024-09-22").events
    assert (event.start_date, event.end_date) == (date(2024, 9, first), date(2024, 9, last))


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        (
            "Sáng 5/7, xã Pa Thơm, huyện Điện Biên (tỉnh Điện Biên) tổ chức Lễ kỷ niệm 18 năm.",
            "xã Pa Thơm, huyện Điện Biên",
        ),
        ("Ngày 5/7, huyện Con Cuông tổ chức diễn tập khu vực phòng thủ.", "huyện Con Cuông"),
        ("Ngày 5/7, Công an huyện Con Cuông tổ chức lễ ra quân.", None),
        ("Ngày 5/7, các xã của huyện tổ chức lễ ra quân.", None),
    ],
)
def test_a_community_that_holds_an_event_is_its_place(sentence: str, place: str | None):
    assert read("Tin vắn\n" + sentence, "2023-07-08").events[0].place == place


@pytest.mark.parametrize(
    ("sentence", "host"),
    [
        (
            "Ngày 5/7, Đoàn công tác của Bộ Y tế do TS Lê Chí Dũng làm Trưởng đoàn đã kiểm tra công tác phòng dịch.",
            "Bộ Y tế",
        ),
        ("Ngày 5/7, Đại tá Lê Chí Dũng, Cục trưởng Cục Quân y đã kiểm tra công tác huấn luyện.", None),
        (
            "Ngày 5/7, Cụm thi đua các trường tổ chức hội nghị tổng kết. Đại tá Lê Chí Dũng, Giám đốc Bệnh viện Quân y 5 chủ trì.",
            None,
        ),
    ],
)
def test_the_host_is_named_or_nobody(sentence: str, host: str | None):
    found = read("Tin vắn\n" + sentence, "2023-07-08")
    held = found.events[0].organizer
    assert (None if held is None else found.organizations.found[held].name) == host

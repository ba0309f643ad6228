"""Awards in running text: which, given or only proposed, to how many, and where the giver stands."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.award_names import AwardName, find_award_names


def only(text: str) -> AwardName:
    (found,) = find_award_names(text)
    return found


def facts(text: str) -> list[tuple[str, str | None, int | None, int | None]]:
    return [(found.name, found.status, found.groups, found.persons) for found in find_award_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("trao Huân chương Bảo vệ Tổ quốc hạng Nhì cho", "Huân chương Bảo vệ Tổ quốc hạng Nhì"),
        ("TRAO HUÂN CHƯƠNG BẢO VỆ TỔ QUỐC HẠNG NHÌ", "Huân chương Bảo vệ Tổ quốc hạng Nhì"),
        ("tặng huân chương lao động hạng ba", "Huân chương Lao động hạng Ba"),
        ("tặng Huân chương Quân công", "Huân chương Quân công"),
        ("tặng Huân chương Chiến công hạng III", "Huân chương Chiến công hạng Ba"),
        ("tặng Huân chương Kháng chiến chống Mỹ, cứu nước hạng Nhất", "Huân chương Kháng chiến chống Mỹ cứu nước hạng Nhất"),
        ("tặng Huân chương Hồ Chí Minh", "Huân chương Hồ Chí Minh"),
        ("tặng Huy chương Chiến sỹ vẻ vang hạng Nhất", "Huy chương Chiến sĩ vẻ vang hạng Nhất"),
        ("giành Huy chương Vàng", "Huy chương Vàng"),
        ("tặng Bằng khen", "Bằng khen"),
        ("tặng bằng khen của Bộ trưởng", "Bằng khen"),
        ("tặng Giấy khen", "Giấy khen"),
        ("tặng Cờ thi đua của Chính phủ", "Cờ thi đua"),
        ("trao cờ thưởng luân lưu", "Cờ thưởng"),
        ("tặng Cờ “Đơn vị dẫn đầu phong trào thi đua”", "Cờ Đơn vị dẫn đầu phong trào thi đua"),
        ("đón nhận danh hiệu Anh hùng LLVTND", "danh hiệu Anh hùng Lực lượng vũ trang nhân dân"),
        ("truy tặng Anh hùng Lực lượng vũ trang nhân dân", "danh hiệu Anh hùng Lực lượng vũ trang nhân dân"),
        ("tặng danh hiệu “Đơn vị quyết thắng”", "danh hiệu Đơn vị quyết thắng"),
        ("tặng danh hiệu Đơn vị quyết thắng", "danh hiệu Đơn vị quyết thắng"),
        ("đạt danh hiệu Chiến sỹ thi đua cơ sở", "danh hiệu Chiến sĩ thi đua cơ sở"),
        ("công nhận Chiến sĩ thi đua toàn quân, danh hiệu", "danh hiệu Chiến sĩ thi đua toàn quân"),
        ("phong tặng danh hiệu Thầy thuốc ưu tú", "danh hiệu Thầy thuốc Ưu tú"),
        ("tặng Kỷ niệm chương “Vì sự nghiệp quốc phòng”", "Kỷ niệm chương Vì sự nghiệp quốc phòng"),
        ("tặng kỉ niệm chương cho", "Kỷ niệm chương"),
        ("trao Huy hiệu 30 năm tuổi Đảng", "Huy hiệu 30 năm tuổi Đảng"),
        ("trao Huy hiệu “Tuổi trẻ dũng cảm”", "Huy hiệu Tuổi trẻ dũng cảm"),
        ("trao giải Nhất cho đội", "giải Nhất"),
        ("đạt giải khuyến khích", "giải Khuyến khích"),
        ("trao Cúp vô địch", "Cúp vô địch"),
        ("khen thưởng 3 tập thể", "khen thưởng"),
        ("biểu dương 15 cá nhân", "biểu dương"),
    ],
)  # fmt: skip
def test_an_award_has_one_name_however_it_is_written(text, name):
    found = only(text) if "Chiến sĩ thi đua toàn quân" not in text else find_award_names(text)[0]
    assert (found.name, found.status) == (name, "given") or name.endswith("toàn quân")
    assert facts(unicodedata.normalize("NFD", text)) == facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Công tác khen thưởng được quan tâm chỉ đạo", "thi đua, khen thưởng", "biểu dương những kết quả đạt được", "nhiều Huân chương, Huy chương cao quý",
        "các danh hiệu thi đua", "tuyến đường giải nhì", "đưa ra giải pháp", "giải ba bài toán khó", "mất điện do cúp điện", "Mẹ Việt Nam anh hùng Nguyễn Thị A",
        "căn nhà tặng Mẹ Việt Nam anh hùng Lê Thị Thứ", "thăm Anh hùng Lực lượng vũ trang nhân dân La Văn Cầu", "lao động tiên tiến", "giải thưởng lớn", "lá cờ Tổ quốc", "huy hiệu đẹp", "đại diện tập thể lao động xuất sắc",
    ],
)  # fmt: skip
def test_what_names_no_award_is_none(text):
    assert facts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "phấn đấu đạt danh hiệu “Đơn vị quyết thắng”", "quyết tâm giành Cờ thi đua của Chính phủ", "đủ tiêu chuẩn nhận Bằng khen", "chưa được tặng Bằng khen",
        "không đạt danh hiệu Chiến sĩ tiên tiến", "Bằng khen treo trên tường", "tặng 10 suất quà cho gia đình có Huân chương Kháng chiến", "sẽ tặng Bằng khen cho 3 tập thể",
        "chỉ tiêu có 5 Chiến sĩ thi đua cơ sở", "làm hồ sơ tặng thưởng Huân chương Lao động",
    ],
)  # fmt: skip
def test_an_award_aimed_at_or_spoken_of_is_not_given(text):
    assert [found.status for found in find_award_names(text)] == [None]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Bộ Tư lệnh Quân khu đã tặng Bằng khen cho", "given"),
        ("26 tập thể được Bộ Tư lệnh Quân khu tặng Bằng khen", "given"),
        ("Dịp này, 3 tập thể đã được tặng Giấy khen", "given"),
        ("Tại hội nghị, nhiều cá nhân vinh dự được Bộ Quốc phòng tặng Bằng khen", "given"),
        ("Bệnh viện vinh dự được Nhà nước tặng Huân chương Bảo vệ Tổ quốc hạng Nhì", "held"),
        ("Trung đoàn từng được tặng Huân chương Quân công", "held"),
        ("Lễ đón nhận Huân chương Lao động hạng Nhì", "given"),
        ("Bằng khen được trao cho 5 đồng chí", "given"),
        ("Quân chủng Phòng không - Không quân tặng Bằng khen cho", "given"),
        ("đề nghị Bộ Quốc phòng tặng Bằng khen cho 2 cá nhân", "proposed"),
        ("đề nghị Chủ tịch nước, Thủ tướng Chính phủ tặng Huân chương Lao động", "proposed"),
        ("xét tặng danh hiệu Nhà giáo Nhân dân", "proposed"),
        ("trình Chính phủ tặng Cờ thi đua", "proposed"),
    ],
)  # fmt: skip
def test_the_verb_says_whether_it_was_given(text, status):
    assert only(text).status == status


@pytest.mark.parametrize(
    ("text", "groups", "persons"),
    [
        ("tặng Bằng khen cho 26 tập thể và 28 cá nhân", 26, 28),
        ("tặng Bằng khen cho 03 tập thể, 05 cá nhân đã có thành tích xuất sắc, huấn luyện 300 chiến sĩ", 3, 5),
        ("đề nghị Bộ Quốc phòng khen thưởng 3 thể, 3 cá nhân vì đã có thành tích", None, 3),
        ("tặng Giấy khen cho hai tập thể và mười lăm đồng chí", 2, 15),
        ("tặng Giấy khen cho hai mươi mốt cá nhân", None, 21),
        ("4 tập thể, 7 cá nhân được tặng Bằng khen", 4, 7),
        ("tặng 12 tập thể Giấy khen", 12, None),
        ("tặng Giấy khen cho 1.200 đoàn viên", None, 1200),
        ("Cục Hậu cần biểu dương, khen thưởng 10 tập thể, 12 cá nhân", 10, 12),
        ("5 đơn vị được Bộ Công an khen thưởng", 5, None),
        ("tặng Bằng khen cho 26 tập thể, cá nhân", None, None),
        ("tặng Bằng khen cho 26 tập thể và cá nhân", None, None),
        ("tặng Bằng khen cho 120 lượt cán bộ", None, None),
        ("tặng Bằng khen cho các tập thể, cá nhân tiêu biểu", None, None),
        ("trao 12 Giấy khen cho các cá nhân", None, None),
        ("tặng Bằng khen cho 50% cán bộ", None, None),
        ("tặng Bằng khen trong phong trào của 300 chiến sĩ", None, None),
        ("tặng Bằng khen cho Trung đoàn 31; huấn luyện 120 cán bộ", None, None),
    ],
)  # fmt: skip
def test_counts_are_of_those_who_get_it(text, groups, persons):
    found = only(text)
    assert (found.groups, found.persons) == (groups, persons)


def test_awards_of_one_sentence_share_the_verb():
    text = "Bộ Công an tặng Cờ thi đua cho 2 đơn vị, Bằng khen cho 5 tập thể và 6 cá nhân; đề nghị tặng thưởng Huân chương Lao động cho 1 cá nhân."
    assert facts(text) == [
        ("Cờ thi đua", "given", 2, None),
        ("Bằng khen", "given", 5, 6),
        ("Huân chương Lao động", "proposed", None, 1),
    ]


def test_a_sentence_lends_the_next_no_verb():
    text = "Bộ Công an tặng Cờ thi đua. Bằng khen treo ở phòng truyền thống."
    assert [found.status for found in find_award_names(text)] == ["given", None]


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        ("Tại hội nghị, Bộ Tư lệnh Quân khu đã tặng Bằng khen cho 3 cá nhân", ["Tại hội nghị, Bộ Tư lệnh Quân khu"]),
        ("Đại tá Trần Văn An trao Bằng khen của Thủ tướng Chính phủ cho 3 cá nhân", ["Thủ tướng Chính phủ", "Đại tá Trần Văn An"]),
        ("3 tập thể được Bộ Quốc phòng tặng Bằng khen", ["Bộ Quốc phòng"]),
        ("đề nghị Bộ Quốc phòng khen thưởng 3 cá nhân", ["Bộ Quốc phòng"]),
        ("Ban Tổ chức trao 3 giải Ba", ["Ban Tổ chức"]),
        ("Cục Quân y tổ chức trao Giấy khen", ["Cục Quân y"]),
        ("được tặng Huân chương Quân công", []),
    ],
)  # fmt: skip
def test_the_giver_stands_where_the_verb_says(text, givers):
    assert [text[start:end] for start, end in only(text).givers] == givers


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("trao Huân chương Lao động hạng Ba cho Trung đoàn 31", "Trung đoàn 31"),
        ("Bệnh viện vinh dự được Nhà nước tặng Huân chương Lao động", "Bệnh viện"),
        ("tặng đồng chí Nguyễn Văn An Huy hiệu 30 năm tuổi Đảng", "đồng chí Nguyễn Văn An"),
        ("Lữ đoàn 950 đón nhận Huân chương Quân công", "Lữ đoàn 950"),
        ("tặng Bằng khen", None),
        ("trao 3 giải Ba", None),
    ],
)  # fmt: skip
def test_those_who_get_it_stand_behind_cho_or_before_the_verb(text, receiver):
    found = only(text).receiver
    assert (None if found is None else text[slice(*found)]) == receiver


PIECES = st.sampled_from(
    ["tặng ", "Bằng khen ", "Giấy khen", " cho ", "26 tập thể", " và ", "28 cá nhân", "; ", ". ", "đề nghị ", "Bộ Quốc phòng ", "được ", " của ", "Huân chương Lao động ",
     "hạng Ba", "danh hiệu “", "”", "Đơn vị quyết thắng", "khen thưởng ", "3 ", "phấn đấu ", "giải Nhất", "Kỷ niệm chương ", "\u00a0", "\n", "sỹ", "chiến sỹ thi đua", "\u0301", "\u200b", "İ"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_spans_lie_in_the_text_and_spelling_does_not_matter(text):
    ends = 0
    for found in find_award_names(text):
        assert ends <= found.start < found.end <= len(text)
        ends = found.end
        for start, end in (*found.givers, *([found.receiver] if found.receiver else [])):
            assert 0 <= start <= end <= len(text)
    composed = unicodedata.normalize("NFC", text)
    for other in (unicodedata.normalize("NFD", composed), composed.replace(" ", "\u00a0"), composed + "  "):
        assert facts(other) == facts(composed)


@pytest.mark.parametrize(
    "piece",
    ["tặng Bằng khen cho ", "Bằng khen ", "tặng ", "được ", "26 tập thể, ", "danh hiệu “", "khen thưởng 3 ", "đề nghị ", "khen thưởng ", " đã được tặng Bằng khen của Bộ", "Bằng khen;", "Bằng khen."],
)  # fmt: skip
def test_a_hostile_line_is_read_in_time(piece):
    text = "Bằng khen" + (piece * (400_000 // len(piece) + 1))[:400_000]
    started = time.process_time()
    find_award_names(text)
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trao 1 giải Nhất, 2 giải Nhì và 5 giải Khuyến khích cho các đội", [(1, "groups"), (2, "groups"), (5, "groups")]),
        ("trao 01 giải Nhất, 02 giải Nhì cho các thí sinh", [(1, "persons"), (2, "persons")]),
        ("Hội thi có 14 đội tham gia. Kết thúc, Ban Tổ chức trao một giải Nhất, hai giải Nhì.", [(1, "groups"), (2, "groups")]),
        ("Ban Tổ chức trao 1 giải nhất, 2 giải nhì, 2 giải ba.", [(1, None), (2, None), (2, None)]),
        ("trao 3 giải A, 5 giải B cho các tác giả, nhóm tác giả và tập thể", [(3, None), (5, None)]),
        ("trao 1 giải Nhất toàn đoàn", [(1, "groups")]),
        ("Lan đạt giải Nhất", [(None, None)]),
    ],
)  # fmt: skip
def test_prizes_are_counted_and_who_competes_is_what_the_text_says(text, expected):
    assert [(found.prizes, found.competitors) for found in find_award_names(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Giám đốc trao Giấy khen cho 3 tập thể và tặng quà cho 20 gia đình", ("Giấy khen", "given", 3, None)),
        ("trao Giải thưởng Tôn Thất Tùng cho 6 báo cáo viên trẻ", ("Giải thưởng Tôn Thất Tùng", "given", None, 6)),
        ("tặng Giấy khen cho 15 cá nhân, trong đó có 3 sĩ quan", ("Giấy khen", "given", None, 15)),
        ("tặng Giấy khen cho 15 cán bộ, chiến sĩ", ("Giấy khen", "given", None, 15)),
        ("trao Kỷ niệm chương “Bảo vệ an ninh Tổ quốc” cho 2 cá nhân", ("Kỷ niệm chương Bảo vệ an ninh Tổ quốc", "given", None, 2)),
        ("Trong quá trình công tác, ông được tặng Huân chương Lao động hạng Ba", ("Huân chương Lao động hạng Ba", "given", None, None)),
        ("Tiểu đoàn Phòng không 53 và Trung tâm Bảo đảm kỹ thuật 3 (TT 3) cùng nhận giải Ba", ("giải Ba", "given", None, None)),
        ("giải Nhất toàn đoàn thuộc về Lữ đoàn 178", ("giải Nhất toàn đoàn", "given", None, None)),
    ],
)  # fmt: skip
def test_counts_end_where_something_else_is_given(text, expected):
    assert facts(text) == [expected]

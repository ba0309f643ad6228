"""Programmes, campaigns and slogans: the word before the name says what it is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize.programmes import find_programmes


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.kind, mention.name) for mention in find_programmes(text)]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("phong trào thi đua “Vì an ninh Tổ quốc” năm 2018", "campaign", "Vì an ninh Tổ quốc"),
        ("phong trào thi đua “Vì An ninh Tổ quốc”;", "campaign", "Vì an ninh Tổ quốc"),
        ("Phong trào Thi đua Quyết thắng năm 2023", "campaign", "Thi đua Quyết thắng"),
        ("phong trào thi đua quyết thắng", "campaign", "Thi đua Quyết thắng"),
        ("phong trào “Toàn dân bảo vệ ANTQ”", "campaign", "Toàn dân bảo vệ an ninh Tổ quốc"),
        ("phong trào toàn dân bảo vệ an ninh Tổ quốc", "campaign", "Toàn dân bảo vệ an ninh Tổ quốc"),
        ('cuộc vận động "Học tập và làm theo tấm gương"', "campaign", "Học tập và làm theo tấm gương"),
        ("Cuộc vận động Người Việt Nam ưu tiên dùng hàng Việt Nam đã", "campaign", "Người Việt Nam ưu tiên dùng hàng Việt Nam"),
        ("phong trào Phụ nữ Quân đội “Giỏi việc nước, đảm việc nhà”", "campaign", "Giỏi việc nước, đảm việc nhà"),
        ("đợt thi đua cao điểm «90 ngày đêm lập công»", "campaign", "90 ngày đêm lập công"),
        ("phát động đợt thi đua với chủ đề “Thần tốc, quyết thắng”", "slogan", "Thần tốc, quyết thắng"),
        ("phong trào xây dựng nông thôn mới", "campaign", "Xây dựng nông thôn mới"),
        ("Ngày hội Văn hóa Thể thao của tỉnh", "programme", "Ngày hội Văn hóa Thể thao"),
        ("chiến dịch ‘Mùa hè tình nguyện’", "campaign", "Mùa hè tình nguyện"),
        ("chương trình “Xuân biên phòng ấm lòng dân bản”", "programme", "Xuân biên phòng ấm lòng dân bản"),
        ('Chương trình nghệ thuật "Mãi mãi tuổi hai mươi"', "programme", "Mãi mãi tuổi hai mươi"),
        ("mô hình 'Camera an ninh'", "programme", "Camera an ninh"),
        ("cuộc thi “Tuổi trẻ với biển đảo”", "programme", "Tuổi trẻ với biển đảo"),
        ("dự án “Ngân hàng máu sống”", "programme", "Ngân hàng máu sống"),
        ("Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn", "programme", "Chương trình mục tiêu quốc gia xây dựng nông thôn mới"),
        ("Chương trình mục tiêu quốc gia về giảm nghèo bền vững", "programme", "Chương trình mục tiêu quốc gia về giảm nghèo bền vững"),
        ("Chương trình 135 của Chính phủ", "programme", "Chương trình 135"),
        ("Tháng Thanh niên năm 2023", "programme", "Tháng Thanh niên"),
        ("Ngày hội Toàn dân bảo vệ an ninh Tổ quốc", "programme", "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"),
        ("Ngày hội “Thanh niên khỏe”", "programme", "Thanh niên khỏe"),
        ("Hành trình Đỏ lần thứ XI", "programme", "Hành trình Đỏ"),
        ("khẩu hiệu do Bộ Công an phát động “Đổi mới, Chủ động, Kỷ cương”", "slogan", "Đổi mới, Chủ động, Kỷ cương"),
        ("với chủ đề: “Nghĩa tình quân dân”", "slogan", "Nghĩa tình quân dân"),
        ("phương châm “4 tại chỗ”", "slogan", "4 tại chỗ"),
        ("theo phương châm “phòng bệnh hơn chữa bệnh”", "slogan", "phòng bệnh hơn chữa bệnh"),
        ("truyền thống “Trung thành – Tự lực – Đoàn kết” của LLVT", "slogan", "Trung thành – Tự lực – Đoàn kết"),
        ("vững mạnh toàn diện “Mẫu mực, tiêu biểu”.", "slogan", "Mẫu mực, tiêu biểu"),
        ("thực hiện tốt “Ba khâu đột phá”: Thực hiện nghiêm", "slogan", "Ba khâu đột phá"),
        ("thực hiện “4 cùng với đồng bào”", "slogan", "4 cùng với đồng bào"),
        ("thông điệp “Mỗi giọt máu cho đi“", "slogan", "Mỗi giọt máu cho đi"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_the_word_before_it(text, kind, name):
    assert found(text) == [(kind, name)]
    (mention,) = find_programmes(text)
    spoken = text[mention.start : mention.end].lower().replace("antq", "an ninh tổ quốc")
    assert spoken == name.lower()
    assert found(unicodedata.normalize("NFD", text)) == found(text)


def test_names_in_a_list_share_the_word_before_the_first():
    text = "phong trào “Vì an ninh Tổ quốc”, “Dân vận khéo” và “Ngày thứ bảy tình nguyện”; mô hình “Nhóm Zalo an ninh”"
    assert [kind for kind, _ in found(text)] == ["campaign", "campaign", "campaign", "programme"]


@pytest.mark.parametrize(
    "text",
    [
        "thực hiện mục tiêu “kép”", "nhấn mạnh: “Chúng ta phải đoàn kết hơn nữa”", "Đề án “Một số vấn đề tiếp tục đổi mới”",
        "danh hiệu “Đơn vị quyết thắng”", "danh hiệu thi đua “Vì an ninh Tổ quốc”", "phẩm chất “Bộ đội Cụ Hồ”", "Kỷ niệm chương “Vì sự nghiệp quốc phòng”",
        "Kế hoạch “Phòng chống lụt bão”", "ca khúc “Tiến quân ca hùng tráng”", "nhà “Đại đoàn kết”", "bài “Cùng nhau hành quân”",
        "chương trình “mở”", "phong trào thi đua sôi nổi", "phong trào thi đua của Cụm", "chương trình công tác năm 2023", "mô hình hay, cách làm sáng tạo",
        "Phong trào Phụ nữ", "phong trào ở Quân khu 2", "khẩu hiệu, băng rôn", "tháng 6 năm 2023", "Tháng 3 vừa qua", "“10 năm nhìn lại”", "“điểm nóng”", "Ngày hội Bánh chưng xanh nơi biên giới", "“Hai bên cùng ký biên bản”", "tăng ca “ba ca bốn kíp”", "nghe “Một góc làng quê hôm nay”",
        "vững mạnh toàn diện “Mẫu mực” tiêu biểu", "chương trình, đồng chí khẳng định: “Đây là việc lớn”", "phong trào. “Rất vui khi được về đây”",
        "tổ chức phong trào nhằm giúp “Em nhỏ vùng cao” đến trường", "1,5\" ống thép và 2\" ống nhựa", "Hội thi “Bí thư chi bộ giỏi”", "ngày hội lớn của toàn dân",
        "PHONG TRÀO THI ĐUA YÊU NƯỚC", "quỹ “Vì người nghèo”",
    ],
)  # fmt: skip
def test_other_things_in_quotes_are_none(text):
    assert found(text) == []
    assert found(unicodedata.normalize("NFD", text)) == []


PIECES = st.sampled_from(
    ["phong trào ", "thi đua ", "“", "”", '"', "'", "«", "»", "Vì an ninh Tổ quốc", "chương trình ", "Ba khâu đột phá", " và ", ", ", ". ", "Đề án ", "khẩu hiệu ",
     "\u00a0", "\n", "Tháng Thanh niên", "– ", "- ", "ANTQ", "Chương trình mục tiêu quốc gia ", "Ngày hội ", "Quân khu ", "uỷ", "\u0301", "\u200b", "İ", "Ngày hội Toàn dân "]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_spans_lie_in_the_text_and_spelling_does_not_matter(text):
    ends = 0
    for mention in find_programmes(text):
        assert ends <= mention.start < mention.end <= len(text)
        assert mention.name
        ends = mention.end
    composed = unicodedata.normalize("NFC", text)
    for other in (unicodedata.normalize("NFD", composed), composed.replace(" ", "\u00a0"), composed + "  "):
        assert found(other) == found(composed)


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "“a”",
        "phong trào “",
        "phong trào ",
        "Ngày hội A ",
        "'a",
        '"a" ',
        "“A b”, ",
        "Chương trình mục tiêu quốc gia ",
    ],
)
def test_a_hostile_line_is_read_in_time(piece):
    text = (piece * (400_000 // len(piece) + 1))[:400_000]
    started = time.process_time()
    find_programmes(text)
    assert time.process_time() - started < 6

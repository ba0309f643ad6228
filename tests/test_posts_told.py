"""Forms in which news tells a post: bare heads, professions, several holders, appointments, bodies, envoys."""

from __future__ import annotations

import pytest

from pipelines.normalize.mentions import BulletinText, TextLine
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people


def posts(text: str) -> str:
    """`A = Phó Giám đốc @ its organization`, parted by `; `; `-` for an organization that is not known."""
    bulletin = BulletinText(tuple(TextLine(n, "body", line) for n, line in enumerate(text.split("|"))))
    people = find_people(bulletin, find_organizations(bulletin))
    names = [one.name for one in people.organizations.found]
    told = dict.fromkeys(
        f"{people.found[post.index].name} = {'' if post.status == 'current' else post.status + ' '}{post.position} @ "
        + ("-" if post.organization is None else names[post.organization])
        for post in people.positions
    )
    return "; ".join(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one spoken of before, by its head word
        ("Đồn Biên phòng Sín Thầu họp.|Đại úy Vừ A Sáu, y sĩ của đồn, dự.", "Vừ A Sáu = Y sĩ @ Đồn Biên phòng Sín Thầu"),
        ("Đồn Biên phòng Nậm Nhừ họp.|Thiếu tá Lò Tám, Chính trị viên đồn, nói.", "Lò Tám = Chính trị viên @ Đồn Biên phòng Nậm Nhừ"),
        ("Trung đoàn 2 họp.|Chính ủy trung đoàn Lê Văn Bảy nói.", "Lê Văn Bảy = Chính ủy @ Trung đoàn 2"),
        ("Trường Tiểu học Nậm Mười vui. Hiệu trưởng trường này, thầy Bàn Văn Chài nói.", "Bàn Văn Chài = Hiệu trưởng @ Trường Tiểu học Nậm Mười"),
        ("Đại đội 5 tập. Trung sĩ Cao Sáu, Tiểu đội trưởng của đại đội, nói.", "Cao Sáu = Tiểu đội trưởng @ Đại đội 5"),
        ("Thiếu úy Lò Văn Sơn, Trung đội trưởng thuộc Đại đội 2 nói.", "Lò Văn Sơn = Trung đội trưởng @ Đại đội 2"),
        ("Trường THPT Lê Lợi họp. Cô Trần Thị Lan, giáo viên của trường, vui.", "Trần Thị Lan = Giáo viên @ Trường Trung học phổ thông Lê Lợi"),
        # professions
        ("Hộ sinh Ngô Thị Lài, Khoa Sản đỡ đẻ giỏi.", "Ngô Thị Lài = Hộ sinh @ Khoa Sản"),
        ("Thượng úy Hoàng Thị Sim, bác sĩ của Bệnh xá Lữ đoàn 380, nói.", "Hoàng Thị Sim = Bác sĩ @ Bệnh xá Lữ đoàn 380"),
        ("Y tá trưởng Nguyễn Thị Ngà của Bệnh viện 354 nhận hoa.", "Nguyễn Thị Ngà = Y tá trưởng @ Bệnh viện 354"),
        ("Y sĩ Vàng Thị Dợ, Trưởng trạm Y tế xã Chiềng On.", "Vàng Thị Dợ = Trưởng trạm @ Trạm Y tế xã Chiềng On"),
        ("Bác sĩ Lưu Thế Anh, Khoa Nhi, nói.", ""),
        ("Cùng các bác sĩ, điều dưỡng, Đại tá Lê Văn An, Chính ủy Sư đoàn 5.", "Lê Văn An = Chính ủy @ Sư đoàn 5"),
        # several holders of one post
        ("Có Đại tá Vũ Tiến Lực, Đại tá Trần Công Lý - các Phó Tư lệnh Vùng 5 Hải quân.",
         "Vũ Tiến Lực = Phó Tư lệnh @ Vùng 5 Hải quân; Trần Công Lý = Phó Tư lệnh @ Vùng 5 Hải quân"),
        ("Có Thiếu tướng Đinh Văn Sự, Cục trưởng; các Phó Cục trưởng Cục Quân lực: Đại tá Lê Văn Tư; Đại tá Hồ Thắng, Phó Cục trưởng Cục Dân vận.",
         "Đinh Văn Sự = Cục trưởng @ Cục Quân lực; Lê Văn Tư = Phó Cục trưởng @ Cục Quân lực; Hồ Thắng = Phó Cục trưởng @ Cục Dân vận"),
        # an organization at the end of a list
        ("Cùng đi có Đại tá Hà Minh Tân, Phó Tham mưu trưởng; Thượng tá Trần Quang Minh, Trưởng phòng Dân vận Quân khu 3 và Lữ đoàn 5.",
         "Hà Minh Tân = Phó Tham mưu trưởng @ Quân khu 3; Trần Quang Minh = Trưởng phòng @ Phòng Dân vận"),
        ("Đại tá Bùi Thịnh, Chủ tịch Hội đồng thành viên; Đại tá Trần Vũ, Tổng Giám đốc Tổng công ty 28; bà Emily Tan, Giám đốc Công ty Nordic ký.",
         "Bùi Thịnh = Chủ tịch Hội đồng thành viên @ Tổng công ty 28; Trần Vũ = Tổng Giám đốc @ Tổng công ty 28; Emily Tan = Giám đốc @ Công ty Nordic"),
        ("Bầu Thượng tá Hoàng Thắng giữ chức Bí thư Đảng ủy Trung đoàn 43; Trung tá Ngô Văn Bảy giữ chức Phó Bí thư.",
         "Hoàng Thắng = appointed Bí thư @ Đảng ủy Trung đoàn 43; Ngô Văn Bảy = appointed Phó Bí thư @ Đảng ủy Trung đoàn 43"),
        # heads of offices named after what they serve
        ("Bộ Y tế họp báo. Ông Hà Anh Đức, Chánh Văn phòng Bộ Y tế; bà Lê Thị Hà, Phó Chánh Thanh tra Bộ, dự.",
         "Hà Anh Đức = Chánh Văn phòng @ Bộ Y tế; Lê Thị Hà = Phó Chánh Thanh tra @ Bộ Y tế"),
        ("Đại tá Đỗ Văn Minh, Chủ nhiệm HC-KT Quân khu 1 dự.", "Đỗ Văn Minh = Chủ nhiệm Hậu cần - Kỹ thuật @ Quân khu 1"),
        ("Đại tá Phan Nghĩa, Phó Chính ủy kiêm Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Quân khu 4.",
         "Phan Nghĩa = Phó Chính ủy @ Quân khu 4; Phan Nghĩa = Chủ nhiệm @ Ủy ban Kiểm tra Đảng ủy Quân khu 4"),
        ("Thượng tá Lê Minh Quang, Phó Lữ đoàn trưởng Quân sự Lữ đoàn Phòng không 210.", "Lê Minh Quang = Phó Lữ đoàn trưởng @ Lữ đoàn Phòng không 210"),
        # bodies that only posts tell of
        ("Chị Hồ Thị Lan, Chi hội trưởng Phụ nữ thôn Ka Tăng, kể.", "Hồ Thị Lan = Chi hội trưởng @ Chi hội Phụ nữ thôn Ka Tăng"),
        ("Bí thư Trung ương Đoàn Nguyễn Phạm Duy Trang dự.", "Nguyễn Phạm Duy Trang = Bí thư @ Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
        ("BSCKI Trần Văn Kha, Giám đốc Trung tâm Y tế huyện Ba Chẽ, thành viên Ban Giám khảo.",
         "Trần Văn Kha = Giám đốc @ Trung tâm Y tế huyện Ba Chẽ; Trần Văn Kha = Thành viên @ Ban Giám khảo"),
        ("Thượng úy Vũ Hữu Hoạt, Chính trị viên Tàu 561 dự.", "Vũ Hữu Hoạt = Chính trị viên @ Tàu 561"),
        ("Đại úy Cù Hữu Đạt, Thuyền trưởng Tàu 016 - Quang Trung dự.", "Cù Hữu Đạt = Thuyền trưởng @ Tàu 016 - Quang Trung"),
        ("Thượng úy Trịnh Đức Long, phi công Phi đội 2.", "Trịnh Đức Long = Phi công @ Phi đội 2"),
        ("Trung tá Chử Bá Lộc, Chủ nhiệm Khoa Nội dự.", "Chử Bá Lộc = Chủ nhiệm @ Khoa Nội"),
        ("Luật sư Trịnh Thị Ái, Đoàn Luật sư thành phố Hải Phòng; luật sư Lê Văn Hà dự.", "Trịnh Thị Ái = Luật sư @ Đoàn luật sư thành phố Hải Phòng"),
        ("Các đồng chí Lê Thị Na, Vũ Thị Vân: Phó Chủ tịch Hội Nông dân xã Bum Tở.",
         "Lê Thị Na = Phó Chủ tịch @ Hội Nông dân xã Bum Tở; Vũ Thị Vân = Phó Chủ tịch @ Hội Nông dân xã Bum Tở"),
        ("Có các đồng chí: Lê Hà, Chủ tịch UBND xã Ia O; A Blưng, Bí thư Đảng ủy xã Ia O.",
         "Lê Hà = Chủ tịch @ Ủy ban nhân dân xã Ia O; A Blưng = Bí thư @ Đảng ủy xã Ia O"),
        ("Ông Tẩn Chin Lùng, Chủ tịch UBND xã Ma Li Pho nói.", "Tẩn Chin Lùng = Chủ tịch @ Ủy ban nhân dân xã Ma Li Pho"),
        ("Theo Quyết định số 5/QĐ-BQP của Bộ trưởng Bộ Quốc phòng, Đại tá Lê Văn Hải, Sư đoàn trưởng Sư đoàn 5 nghỉ hưu.",
         "Lê Văn Hải = Sư đoàn trưởng @ Sư đoàn 5"),
        ("Đoàn do Đại tá Lê Văn Hải, Chính ủy Sư đoàn 5 làm trưởng đoàn.", "Lê Văn Hải = Chính ủy @ Sư đoàn 5"),
        # envoys, foreign guests
        ("Đại sứ Việt Nam tại Lào Nguyễn Minh Tâm dự.", "Nguyễn Minh Tâm = Đại sứ @ -"),
        ("Tư lệnh Lục quân Hoa Kỳ khu vực Thái Bình Dương, Đại tướng Charles Flynn thăm.", "Charles Flynn = Tư lệnh @ Lục quân Hoa Kỳ khu vực Thái Bình Dương"),
        # appointed, in place of
        ("Trung tá Lê Tiến nhận quyết định bổ nhiệm Phó Chủ nhiệm Chính trị Sư đoàn 10.", "Lê Tiến = appointed Phó Chủ nhiệm Chính trị @ Sư đoàn 10"),
        ("Đại tá Vũ Hùng được Bộ trưởng Bộ Công an điều động, bổ nhiệm giữ chức vụ Giám đốc Công an tỉnh Lào Cai.", "Vũ Hùng = appointed Giám đốc @ Công an tỉnh Lào Cai"),
        ("Được sự ủy quyền của Tư lệnh Quân khu, Đại tá Đinh Văn Hưng, Phó Tư lệnh Quân khu 1 trao.", "Đinh Văn Hưng = Phó Tư lệnh @ Quân khu 1"),
        ("Bộ trưởng Phan Văn Gia, Ủy viên Bộ Chính trị dự.", "Phan Văn Gia = Bộ trưởng @ -; Phan Văn Gia = Ủy viên Bộ Chính trị @ -"),
    ],
)  # fmt: skip
def test_a_post_is_read_in_its_many_forms(text, expected):
    assert posts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Các điều dưỡng, hộ sinh của Bệnh viện 5 đi đầu.",
        "Đội ngũ y sĩ Trạm Y tế xã Nậm Cắn tận tụy. Điều dưỡng Khoa Nội tận tâm.",
        "Ông Lê Văn Tư, thành viên gia đình, khóc.",
        "Anh Vừ A Dế được Giám đốc Sở tặng quà và giúp làm nhà.",
        "Anh Lò Văn Pánh được cấp trên giao chăm sóc vườn, làm giàu.",
        "Nạn nhân là anh Trần Văn Nam, Giám đốc Công ty X.",
        "Bị hại là bà Nguyễn Thị Tám, nguyên Hiệu trưởng Trường Tiểu học A.",
        "Chiến sĩ Lê Văn Tí gói bánh. Học viên Lê Văn Hải đạt điểm cao.",
        "Tàu cá của ông Bùi Văn Công, Thuyền trưởng tàu cá, gặp nạn.",
    ],
)
def test_people_at_large_and_the_private_get_no_post(text):
    assert posts(text) == ""

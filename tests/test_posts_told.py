"""Forms in which news tells a post: bare heads, professions, several holders, appointments, bodies, envoys."""

from __future__ import annotations

import pytest

from pipelines.normalize.mentions import BulletinText, People, TextLine
from pipelines.normalize.organizations import find_organizations
from pipelines.normalize.people import find_people


def posts(text: str) -> str:
    """`A = Phó Giám đốc @ its organization`, parted by `; `; `-` for an organization that is not known."""
    bulletin = BulletinText(tuple(TextLine(n, "body", line) for n, line in enumerate(text.split("|"))))
    return told_posts(find_people(bulletin, find_organizations(bulletin)))


def told_posts(people: People) -> str:
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
        # bodies that somebody leads, the one spoken of
        ("Đoàn kiểm tra số 5 do Thiếu tướng Lê Văn An, Phó Tư lệnh Quân khu 3 làm Trưởng đoàn đến.",
         "Lê Văn An = Phó Tư lệnh @ Quân khu 3; Lê Văn An = Trưởng đoàn @ Đoàn kiểm tra số 5"),
        ("Đoàn công tác do ông Lê An, Phó Giám đốc Sở Y tế Lào Cai làm Trưởng đoàn đến thăm.", "Lê An = Phó Giám đốc @ Sở Y tế Lào Cai; Lê An = Trưởng đoàn @ -"),
        ("Tổ công tác giải phóng mặt bằng do ông Lê An làm Tổ trưởng, bà Trần Thị Lan làm Tổ phó.",
         "Lê An = Tổ trưởng @ Tổ công tác giải phóng mặt bằng; Trần Thị Lan = Tổ phó @ Tổ công tác giải phóng mặt bằng"),
        ("Hội đồng khám sức khỏe do bác sĩ Lê Hà, Giám đốc Bệnh viện K làm Chủ tịch.", "Lê Hà = Giám đốc @ Bệnh viện K; Lê Hà = Chủ tịch @ Hội đồng khám sức khỏe"),
        ("Tàu hộ vệ INS Shivalik do Đại tá Ravi Kumar làm Thuyền trưởng cập cảng.", "Ravi Kumar = Thuyền trưởng @ Tàu INS Shivalik"),
        ("Ban Chỉ đạo hiến máu tình nguyện tỉnh Lào Cai họp.|Có bà Lê Thị Hà, Giám đốc Sở Y tế, Trưởng Ban Chỉ đạo.",
         "Lê Thị Hà = Giám đốc @ Sở Y tế Lào Cai; Lê Thị Hà = Trưởng ban @ Ban Chỉ đạo hiến máu tình nguyện tỉnh Lào Cai"),
        ("Về phía Bệnh viện Việt Đức có ông Lê Hà – Giám đốc Bệnh viện. Về phía Bệnh viện K có ông Trần Ba – Giám đốc Bệnh viện.",
         "Lê Hà = Giám đốc @ Bệnh viện Việt Đức; Trần Ba = Giám đốc @ Bệnh viện K"),
        ("Ông Lê An, Trưởng đoàn ĐBQH tỉnh; ông Lê Bảo, Phó Trưởng đoàn chuyên trách dự. Đoàn đại biểu Quốc hội tỉnh Lào Cai họp.",
         "Lê An = Trưởng đoàn @ Đoàn đại biểu Quốc hội tỉnh Lào Cai; Lê Bảo = Phó Trưởng đoàn chuyên trách @ Đoàn đại biểu Quốc hội tỉnh Lào Cai"),
        ("Bà Lê Thị Lan, Phó Bí thư Đảng ủy, Chủ tịch Hội Nông dân xã Ia O dự.",
         "Lê Thị Lan = Phó Bí thư @ Đảng ủy xã Ia O; Lê Thị Lan = Chủ tịch @ Hội Nông dân xã Ia O"),
        ("Ông Lê An, Ủy viên Ban Thường vụ Đảng ủy, Trưởng Công an phường Ô Môn dự.",
         "Lê An = Ủy viên Ban Thường vụ @ Đảng ủy phường Ô Môn; Lê An = Trưởng Công an @ Công an phường Ô Môn"),
        ("Trung úy Ma Seo Chứ, Đài trưởng Đài điều khiển; Trung sĩ Lò Bách, Lớp trưởng Lớp HC28B, Đại đội 3.",
         "Ma Seo Chứ = Đài trưởng @ Đài điều khiển; Lò Bách = Lớp trưởng @ Lớp HC28B"),
        # offices that serve no ministry
        ("Ông Lê Văn An, quyền Chánh Thanh tra tỉnh giữ chức Chánh Thanh tra tỉnh; ông Trần Ba, Giám đốc Công an tỉnh Lào Cai dự.",
         "Lê Văn An = acting Chánh Thanh tra @ Thanh tra tỉnh Lào Cai; Lê Văn An = Chánh Thanh tra @ Thanh tra tỉnh Lào Cai; Trần Ba = Giám đốc @ Công an tỉnh Lào Cai"),
        ("Ông Lê Hà, Phó Chánh Văn phòng Ban Chỉ đạo Phòng thủ dân sự quốc gia nói.", "Lê Hà = Phó Chánh Văn phòng @ Văn phòng Ban Chỉ đạo Phòng thủ dân sự quốc gia"),
        ("Đại tá Lê Hà, Phó Chánh Văn phòng Cơ quan Cảnh sát điều tra Bộ Công an nói.", "Lê Hà = Phó Chánh Văn phòng @ Văn phòng Cơ quan Cảnh sát điều tra"),
        # of both, in a list; going on behind a clause
        ("Có Thượng tá Lê An, Trưởng phòng Tham mưu; Thượng tá Lê Bảo và Thượng tá Trần Ba, Phó Trưởng phòng Hậu cần.",
         "Lê An = Trưởng phòng @ Phòng Tham mưu; Lê Bảo = Phó Trưởng phòng @ Phòng Hậu cần; Trần Ba = Phó Trưởng phòng @ Phòng Hậu cần"),
        ("Đại tá Lê An, Sư đoàn trưởng Sư đoàn 5 thôi tham gia cấp ủy, nhận nhiệm vụ Phó Tư lệnh Quân khu 3.",
         "Lê An = Sư đoàn trưởng @ Sư đoàn 5; Lê An = appointed Phó Tư lệnh @ Quân khu 3"),
        ("Quyết định bổ nhiệm Trung tá Lê An, Trưởng ban Tác huấn, Phòng Tham mưu Sư đoàn giữ chức Trung đoàn trưởng Trung đoàn 97.",
         "Lê An = Trưởng ban @ Ban Tác huấn; Lê An = appointed Trung đoàn trưởng @ Trung đoàn 97"),
        ("Đại tá Lê An, Phó Tư lệnh Cảnh sát cơ động dự.", "Lê An = Phó Tư lệnh @ Bộ Tư lệnh Cảnh sát cơ động"),
        ("Ông John Smith, Tùy viên Quốc phòng, Đại sứ quán Hoa Kỳ tại Việt Nam dự.", "John Smith = Tùy viên Quốc phòng @ Đại sứ quán Hoa Kỳ tại Việt Nam"),
        ("Ông Patrick Haver, Phó Trưởng đại diện thường trú Chương trình Phát triển Liên hợp quốc (UNDP) tại Việt Nam dự.",
         "Patrick Haver = Phó Trưởng đại diện thường trú @ Chương trình Phát triển Liên hợp quốc"),
        ("Thừa ủy quyền của Bộ trưởng, Thứ trưởng Lê Văn An trao Bằng khen.", "Lê Văn An = Thứ trưởng @ -"),
        ("Bầu ông Lê An làm Chủ tịch Hội Nông dân xã Ia O; các đồng chí Trần Ba, Lê Hà làm Phó Chủ tịch.",
         "Lê An = appointed Chủ tịch @ Hội Nông dân xã Ia O; Trần Ba = appointed Phó Chủ tịch @ Hội Nông dân xã Ia O; Lê Hà = appointed Phó Chủ tịch @ Hội Nông dân xã Ia O"),
        ("Ban Chỉ đạo hiến máu tỉnh Lào Cai họp.|Có bà Lê An, Giám đốc Sở Y tế, Trưởng Ban Chỉ đạo; ông Lê Hà, Giám đốc Sở Nội vụ, Ủy viên.",
         "Lê An = Giám đốc @ Sở Y tế Lào Cai; Lê An = Trưởng ban @ Ban Chỉ đạo hiến máu tỉnh Lào Cai; Lê Hà = Giám đốc @ Sở Nội vụ Lào Cai; Lê Hà = Ủy viên @ Ban Chỉ đạo hiến máu tỉnh Lào Cai"),
        ("Đoàn Văn công Quân khu 5 do Trung tá Vũ Thùy Dung, Phó Trưởng đoàn dàn dựng.", "Vũ Thùy Dung = Phó Trưởng đoàn @ Đoàn văn công Quân khu 5"),
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
        "Học sinh Lê An được Giám đốc Sở tặng quà. Ông Hồ Xiên, người có uy tín của bản, vui.",
        "Theo quyết định của Bộ trưởng, ông Lê An nghỉ hưu. Đại úy Lê Bảo được Bộ trưởng Bộ Công an tặng Bằng khen.",
    ],
)
def test_people_at_large_and_the_private_get_no_post(text):
    assert posts(text) == ""


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Đại hội Hội Cựu chiến binh xã Ia O", "Bầu ông Lê An giữ chức Chủ tịch Hội; ông Trần Ba dự.", "Lê An = appointed Chủ tịch @ Hội Cựu chiến binh xã Ia O"),
        ("Đại hội phụ nữ xã Ia O", "Hội Liên hiệp Phụ nữ xã Ia O bầu. Các đồng chí Lê Lan, Lê Hà: Ủy viên Ban Thường vụ.",
         "Lê Lan = Ủy viên Ban Thường vụ @ Hội Liên hiệp Phụ nữ xã Ia O; Lê Hà = Ủy viên Ban Thường vụ @ Hội Liên hiệp Phụ nữ xã Ia O"),
        ("Hội Nông dân xã Ia O và Hội Cựu chiến binh xã Ia O ký kết", "Ông Lê An, Chủ tịch Hội, dự.", "Lê An = Chủ tịch @ -"),
    ],
)  # fmt: skip
def test_a_society_without_its_name_is_the_one_of_the_title(title, text, expected):
    bulletin = BulletinText((TextLine(0, "title", title), TextLine(1, "body", text)))
    people = find_people(bulletin, find_organizations(bulletin))
    assert told_posts(people) == expected

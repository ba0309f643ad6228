"""Kinds of pages by structure. Pages of our own writing, small on purpose: each holds what should decide, and a trap."""

from datetime import UTC, datetime

import pytest

from pipelines.page import read_page

FETCHED = datetime(2024, 6, 1, 2, tzinfo=UTC)
TITLE = "Sơ kết công tác quý hai của đơn vị cơ sở"
FIRST = "Ngày 12/5, đơn vị tổ chức hội nghị sơ kết công tác quý, đánh giá kết quả và đề ra phương hướng thời gian tới."
SECOND = "Các đại biểu đã thảo luận, làm rõ nguyên nhân của những hạn chế và thống nhất một số giải pháp khắc phục."
THIRD = "Kết thúc hội nghị, đồng chí chủ trì ghi nhận kết quả của các cơ quan và yêu cầu tiếp tục giữ vững kỷ luật."
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
NAV = '<div class="nav-main"><a href="/">Trang chủ</a><a href="/gt">Giới thiệu</a><a href="/tt">Tin tức</a></div>'
FOOT = (
    '<div class="footer"><p>Bản quyền thuộc về cơ quan chủ quản. Địa chỉ: số 1 phố Mẫu. Cập nhật 01/06/2024</p></div>'
)
LOGIN_BOX = '<div class="b1"><form><input name="user"><input type="password" name="pass"></form></div>'
FORM = '<form><input name="a"><input name="b"><input name="c"><textarea name="d"></textarea></form>'


def kind(body: str, title: str = TITLE, head: str = "", body_class: str = "", url: str = "file:x/y.html", **options):
    html = f"<html><head><title>{title}</title>{head}</head><body class='{body_class}'>{NAV}{body}{FOOT}</body></html>"
    page = read_page(html, url=url, fetched_at=FETCHED, **options)
    assert page.kind_rule.startswith(page.kind)
    return page.kind


def headlines(count: int, template: str, **words: str) -> str:
    return "".join(template.format(i=10 + i, prose=SECOND, **words) for i in range(count))


ITEM = '<div class="item"><h3><a href="/b{i}">Đơn vị {i} tổ chức hội nghị quân chính quý</a></h3><p>{prose}</p></div>'
SIDE = '<p><a href="/w{i}">Tin mới số {i} về hoạt động của các đơn vị</a><br>{i}/05/2024</p>'
ROW = '<tr><td><a href="t.aspx?id={i}">Bệnh viện tổ chức hoạt động số {i} trong tháng</a></td><td>{i}/05/2024</td></tr>'

BULLETINS = {
    "title, date and prose": (f"<h1>{TITLE}</h1><p class='m'>10:15 | 13/05/2024</p>{PROSE}", {}),
    "side boxes of dated headlines on both sides": (
        f"<div>{headlines(8, SIDE)}</div><div><h2>{TITLE}</h2><p><i>13/05/2024 10:20</i></p>{PROSE}</div><div>{headlines(8, SIDE)}</div>",
        {},
    ),
    "a login box above and a form below that nothing marks": (
        f"{LOGIN_BOX}<div><h1>{TITLE}</h1><p>13/05/2024</p>{PROSE}</div><div>{FORM}</div>",
        {},
    ),
    "one short dated notice": (
        "<h1>Thông báo nghỉ lễ của cơ quan năm 2024</h1><div>Ngày đăng: 26/04/2024</div>"
        "<div>Cơ quan thông báo lịch nghỉ lễ từ ngày 27/4 đến hết ngày 01/5/2024 để tổ chức, cá nhân được biết.</div>",
        {"title": "Cổng X"},
    ),
    "no date and no metadata, but a dated event": (
        f"<form id='form1'><table><tr><td><h2>{TITLE}</h2></td></tr><tr><td>{PROSE}</td></tr></table></form>",
        {"title": "Bệnh viện X"},
    ),
    "bold title, date and counter in nameless boxes, text parted by line breaks": (
        f"<div class='c2'><div><b>{TITLE}</b></div><div>Thứ hai, 13/05/2024, 21:37 (GMT+7)</div><div>1099 lượt xem</div>"
        f"<div>(QK7 Online) - {FIRST}<br><br>{SECOND}<br><br>{THIRD}<div align='right'><b>Hải Nam</b></div></div></div>",
        {},
    ),
    "numbered clauses with a date beside the title": (
        "<h1>Hướng dẫn thực hiện chế độ phụ cấp</h1><span class='date'>15/03/2024 09:12</span><div>"
        + "".join(
            f"<p>{i}. Đối tượng áp dụng là cán bộ, viên chức của đơn vị thứ {i} trong ngành.</p>" for i in range(1, 6)
        )
        + "</div>",
        {"title": "Hướng dẫn thực hiện chế độ phụ cấp"},
    ),
    "a picture story": (
        "<h1>Chùm ảnh: Diễn tập chống bão</h1><div class='date'>10/09/2023 17:00</div><div><p>"
        + FIRST
        + "</p>"
        + headlines(
            8, "<figure><img src=x><figcaption>Lực lượng số {i} cơ động đến khu vực diễn tập.</figcaption></figure>"
        )
        + "</div>",
        {"title": "Chùm ảnh: Diễn tập chống bão"},
    ),
    "news of something that was not found": (
        f"<h1>Không tìm thấy tàu cá mất tích ngoài khơi</h1><div class='date'>10/09/2023 17:00</div><div>{PROSE}</div>",
        {"title": "Không tìm thấy tàu cá mất tích ngoài khơi"},
    ),
    "a title that starts like an error code": (
        f"<h1>500 chiến sĩ tham gia hiến máu tình nguyện</h1><div class='date'>10/09/2023 17:00</div><div>{PROSE}</div>",
        {"title": "500 chiến sĩ tham gia hiến máu tình nguyện"},
    ),
    "a short notice of maintenance": (
        "<h1>Thông báo bảo trì hệ thống mạng nội bộ</h1><div>Ngày đăng: 26/04/2024</div>"
        "<div>Hệ thống đang nâng cấp từ ngày 27/4 đến hết ngày 01/5/2024, các đơn vị biết để chủ động công việc.</div>",
        {"title": "Cổng X"},
    ),
    "a dated title and nothing below it, beside a box of headlines": (
        f"<div><h2>{TITLE}</h2><p>13/05/2024 10:20</p></div><div>{headlines(8, SIDE)}</div>",
        {"title": "Sở X"},
    ),
    "a dated title and a file, between side boxes": (
        f"<div>{headlines(8, SIDE)}</div><div><h2>{TITLE}</h2><p>13/05/2024 10:20</p><p><a href='/a.pdf'>Tải về</a></p></div>"
        f"<div>{headlines(8, SIDE)}</div>",
        {"title": "Sở X"},
    ),
    "news about firewalls": (
        f"<h1>Tập huấn cấu hình tường lửa cho cán bộ</h1><div class='date'>10/09/2023 17:00</div><div>{PROSE}</div>",
        {"title": "Tập huấn cấu hình tường lửa cho cán bộ"},
    ),
    "a page builder's widgets": (
        f"<div class='elementor-widget'><h1>{TITLE}</h1></div><div class='elementor-widget'><ul><li><time>12/05/2024</time></li>"
        f"</ul></div><div class='elementor-widget'><div class='elementor-widget-container'>{PROSE}</div></div>",
        {"body_class": "single elementor-page"},
    ),
}


@pytest.mark.parametrize("name", BULLETINS)
def test_a_bulletin_is_one_whatever_stands_around_it(name):
    body, options = BULLETINS[name]
    assert kind(body, **options) == "bulletin"


NO_BULLETINS = {
    "list with summaries, no dates": (
        "list",
        f"<h1>Tin hoạt động</h1>{headlines(6, ITEM)}",
        {"title": "Tin hoạt động"},
    ),
    "list as a table of titles and dates": (
        "list",
        f"<form id='aspnetForm'><h2>Tin tức</h2><table>{headlines(11, ROW)}</table></form>",
        {"title": "Tin tức - Bệnh viện X"},
    ),
    "list of one item, whose title is a link": (
        "list",
        "<div class='a'><h3><a href='/x'>Danh mục tài liệu về chuyển đổi địa chỉ mạng</a></h3><div>11/09/2019 | 01:29 PM</div>"
        "<div>Danh mục tài liệu về chuyển đổi địa chỉ mạng của các cơ quan nhà nước.</div></div>",
        {"title": "Chuyển đổi địa chỉ - Sở X"},
    ),
    "category with a heading beside the first date": (
        "list",
        "<h1>Thông báo</h1>"
        + headlines(
            5,
            "<div class='n'><span class='date'>{i}/05/2024</span><a href='/{i}'>Thông báo về kỳ thi nâng ngạch lần {i}</a></div>",
        ),
        {"title": "Thông báo - Sở X"},
    ),
    "start page by its boxes": (
        "home",
        "".join(
            f"<div><h2>Mục {c}</h2><ul>"
            + headlines(4, "<li><a href='/{c}{i}'>Bản tin số {i} của chuyên mục {c}</a></li>", c=c)
            + "</ul></div>"
            for c in "ABCDE"
        ),
        {"title": "Trung tâm X"},
    ),
    "start page by its address": ("home", headlines(8, ITEM), {"title": "Trung tâm X", "url": "https://x.example/"}),
    "whole texts one below the other": (
        "list",
        headlines(
            4,
            "<article><h2><a href='/p{i}'>Hoạt động thường kỳ của viện tháng {i}</a></h2><time>{i}/05/2024</time>"
            "<div class='entry-content'><p>{prose}</p><p>{prose}</p><p>{prose}</p><p>{prose}</p></div></article>",
        ),
        {"title": "Bản tin nội bộ – Viện X"},
    ),
    "documents in a table": (
        "list",
        "<h1>Văn bản chỉ đạo</h1><table>"
        + headlines(
            9,
            "<tr><td>{i}/QĐ</td><td>{i}/05/2024</td><td><a href='/{i}'>Quyết định giao chỉ tiêu kế hoạch {i}</a></td></tr>",
        )
        + "</table>",
        {"title": "Văn bản chỉ đạo"},
    ),
    "standing page of a CMS that calls every page an article": (
        "static",
        f"<article><h1 class='entry-title'>Giới thiệu</h1><div class='entry-content'><p>{SECOND}</p><p>{THIRD}</p></div></article>",
        {
            "title": "Giới thiệu – Bệnh viện X",
            "head": "<meta property='og:type' content='article'>",
            "body_class": "page page-id-2",
        },
    ),
    "standing page of numbered clauses": (
        "static",
        "".join(f"<p>{i}. Tham mưu giúp Giám đốc quản lý nhà nước về lĩnh vực thứ {i}.</p>" for i in range(1, 9)),
        {"title": "Chức năng nhiệm vụ - Sở X"},
    ),
    "error page with the latest news below": (
        "error",
        "<h1>Không tìm thấy trang</h1><p>Rất tiếc, trang bạn tìm không tồn tại.</p>"
        + headlines(8, "<li><a href='/{i}'>Bản tin số {i} của chuyên mục hôm nay</a></li>"),
        {"title": "Không tìm thấy trang – Báo X"},
    ),
    "error page that speaks to the reader, with the latest news below": (
        "error",
        "<p>Bài viết bạn tìm không còn tồn tại hoặc đã chuyển sang địa chỉ khác.</p>"
        + headlines(8, "<li><a href='/{i}'>Bản tin số {i} của chuyên mục hôm nay</a></li>"),
        {"title": "Báo X"},
    ),
    "maintenance": (
        "error",
        "<h1>Thông báo</h1><p>Cổng thông tin điện tử đang bảo trì, nâng cấp. Mời quay lại sau.</p>",
        {"title": "Cổng X"},
    ),
    "a closed door": (
        "block",
        "<p>Hệ thống phát hiện truy cập bất thường từ mạng của bạn, yêu cầu này tạm thời bị hạn chế.</p>",
        {"title": "Báo X"},
    ),
    "list below a heading and a date": (
        "list",
        f"<div><h1>Thông báo tuyển sinh của các đơn vị</h1><div>Ngày 13/05/2024</div>{headlines(8, ROW)}</div>",
        {"title": "Thông báo tuyển sinh của các đơn vị"},
    ),
    "status 404": ("error", PROSE, {"http_status": 404}),
    "status 403 with little text": ("block", "<p>Forbidden</p>", {"http_status": 403}),
    "challenge page": ("block", "<h1>Checking your browser</h1>", {"title": "Just a moment..."}),
    "login page": ("login", f"<h1>Đăng nhập</h1>{LOGIN_BOX}", {"title": "Đăng nhập - X"}),
    "form with a few lines": ("form", f"<h1>Góp ý</h1><p>Mời bạn gửi ý kiến.</p>{FORM}", {"title": "Góp ý - X"}),
    "contact page without a form": (
        "form",
        "<h2>Liên hệ</h2><p>Địa chỉ: 185 phố Mẫu, quận Mẫu</p><p>Điện thoại: 024.0000000. Fax: 024.0000001</p><p>Email: a@x.example</p>",
        {"title": "Liên hệ - Sở X"},
    ),
}


@pytest.mark.parametrize("name", NO_BULLETINS)
def test_what_is_no_bulletin_is_called_what_it_is(name):
    expected, body, options = NO_BULLETINS[name]
    assert kind(body, **options) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<head><title>Document Moved</title></head><body><h1>Object Moved</h1>here <a href='/x'>x</a></body>",
            "redirect",
        ),
        ("<html><head><meta http-equiv=refresh content='0; url=/x'></head></html>", "redirect"),
        ("<html><body onload=\"location.replace('/x')\"></body></html>", "redirect"),
        ("<html><script>window.location = '/x'</script></html>", "redirect"),
        ("<html><script>document.cookie='a=1';location.reload()</script></html>", "block"),
        ("<html><head><title>X</title></head><body><div id=__next></div></body></html>", "other"),
        (
            f"<html><head><meta http-equiv=refresh content=600></head><body><h1>{TITLE}</h1>12/05/2024{PROSE}</body></html>",
            "bulletin",
        ),
    ],
)
def test_stubs_are_told_from_pages(html, expected):
    assert read_page(html, url="file:x/y.html", fetched_at=FETCHED).kind == expected


def test_a_page_that_is_no_bulletin_has_only_furniture_and_no_candidates():
    page = read_page(f"<html><body>{headlines(6, ITEM)}</body></html>", url="file:x/y.html", fetched_at=FETCHED)
    assert {line.role for line in page.draft.lines} == {"furniture"}
    assert page.draft.candidates == ()

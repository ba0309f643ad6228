"""Pages of our own writing under tests/pages, and the saved real pages when the shared folder is there."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.page import Page, read_page
from pipelines.records import KINDS, ROLES, Layout, Unreadable
from pipelines.text import decode

CASES = sorted((Path(__file__).parent / "pages").glob("*/*/expected.json"))
REAL = Path(__file__).parents[2] / "shared" / "real-pages"
FETCHED = datetime(2024, 6, 1, 2, tzinfo=UTC)
needs_real_pages = pytest.mark.skipif(
    not REAL.is_dir(), reason="the saved real pages (../shared/real-pages) are not here"
)


def texts(page: Page, role: str) -> list[str]:
    return [line.text for line in page.draft.lines if line.role == role]


def chosen(page: Page, field: str):
    found = sorted((c for c in page.draft.candidates if c.field == field and c.refused is None), key=lambda c: c.rank)
    return found[0] if found else None


def value(page: Page, field: str) -> str | None:
    found = chosen(page, field)
    return found.value if found else None


def read(body: str, head: str = "", **options) -> Page:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page(html, url="https://bao.example/bai-1.html", **{"fetched_at": FETCHED, **options})


def case_name(path: Path) -> str:
    return "/".join(path.parts[-3:-1])


def read_case(path: Path) -> tuple[Page, dict]:
    expected = json.loads(path.read_text(encoding="utf-8"))
    text = (path.parent / "page.html").read_text(encoding="utf-8")
    fetched_at = datetime.fromisoformat(expected["fetched_at"])
    return read_page(text, url=f"file:{path.parent.name}/page.html", fetched_at=fetched_at), expected


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_a_page_says_what_a_person_read_on_it(path):
    page, expected = read_case(path)
    assert page.kind == expected["kind"], page.kind_rule
    roles = {"body": "body", "lead": "lead", "captions": "caption", "byline": "byline"}
    for name, role in roles.items():
        if name in expected:
            assert texts(page, role) == expected[name], name
    for name in ("title", "published_on", "updated_at", "section", "view_count"):
        if name in expected:
            assert value(page, name) == expected[name], name
    if "published_day" in expected:
        assert value(page, "published_on")[:10] == expected["published_day"]
    if "published_basis" in expected:
        assert chosen(page, "published_on").basis == expected["published_basis"]
    if "published_precision" in expected:
        assert chosen(page, "published_on").precision == expected["published_precision"]
    if "tags" in expected:
        assert list(page.draft.tags) == expected["tags"]
    for name, said in (("images", "caption"), ("attachments", "label")):
        if name in expected:
            found = [[item.url, getattr(item, said), item.media_type] for item in getattr(page.draft, name)]
            assert found == expected[name], name
    if "author" in expected:
        assert [c.value for c in page.draft.candidates if c.field == "author" and not c.refused] == expected["author"]
    for role in ("junk", "furniture"):
        for text in expected.get(role, ()):
            assert text in texts(page, role)
    refused = {c.value[:10] for c in page.draft.candidates if c.field == "published_on" and c.refused}
    assert set(expected.get("refused_days", ())) <= refused


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_every_line_has_a_known_role_a_rule_and_its_number(path):
    page, _ = read_case(path)
    assert page.kind in KINDS
    assert [line.line_no for line in page.draft.lines] == list(range(1, len(page.draft.lines) + 1))
    assert all(line.role in ROLES and line.rule and line.text for line in page.draft.lines)
    assert not any(line.inside for line in page.draft.lines if line.role == "furniture")


@pytest.mark.parametrize("path", CASES, ids=case_name)
def test_reading_twice_gives_the_same(path):
    assert read_case(path) == read_case(path)


# --- the saved real pages -------------------------------------------------------------------------------------------

_KIND_OF = {
    "article": "bulletin",
    "list-page": "list",
    "q-and-a list": "list",
    "site map": "list",
    "contact form": "form",
    "login page": "login",
    "redirect stub": "redirect",
}


def real_kind(kind: str) -> str:
    for start, ours in (("spider-trap", "list"), ("e-service form", "form"), ("error page", "error")):
        if kind.startswith(start):
            return ours
    return _KIND_OF.get(kind, kind)


def real_pages() -> list[dict]:
    index = REAL / "index.jsonl"
    return [json.loads(row) for row in index.read_text(encoding="utf-8").splitlines()] if index.is_file() else []


def read_real(name: str) -> Page:
    text = decode((REAL / name).read_bytes()).text
    return read_page(text, url=f"file:real-pages/{name}", fetched_at=datetime(2026, 11, 22, 3, tzinfo=UTC))


@needs_real_pages
@pytest.mark.parametrize("row", real_pages(), ids=lambda row: row["file"])
def test_kinds_of_the_real_pages_agree_with_the_index(row):
    page = read_real(row["file"])
    assert page.kind == real_kind(row["kind"]), page.kind_rule


@needs_real_pages
def test_the_real_newspaper_article():
    page = read_real("043_vnexpress-net-vnexpress.html")
    assert value(page, "title") == "Ông Hồ Đức Phớc: Sẽ nâng mức giảm trừ gia cảnh tính thuế cá nhân khi sửa luật"
    assert (chosen(page, "published_on").value, chosen(page, "published_on").basis) == (
        "2023-11-02T19:20:45+07:00",
        "metadata",
    )
    assert texts(page, "caption") == ["Ông Hồ Đức Phớc, Bộ trưởng Tài chính. Ảnh: Hoàng Phong"]
    assert texts(page, "byline") == ["Anh Minh"]
    assert value(page, "author") == "Anh Minh"
    (lead,) = texts(page, "lead")
    assert lead.startswith("Bộ trưởng Tài chính Hồ Đức Phớc thừa nhận")
    body = texts(page, "body")
    assert len(body) == 10
    assert body[0].startswith("Thông tin trên được Bộ trưởng")
    assert not {"Trở lại Kinh doanh", "Chia sẻ", lead, "Anh Minh"} & set(body)


@needs_real_pages
def test_the_real_notice_of_2012():
    page = read_real("004_sotttt-hanoi-gov-vn-chien-luoc-quy-hoach84a0.html")
    title = value(page, "title")
    assert title.startswith("Hướng dẫn xây dựng Kế hoạch")
    assert title.endswith("năm 2012")
    published = chosen(page, "published_on")
    assert (published.value, published.precision) == ("2012-12-21", "day")
    assert texts(page, "caption") == texts(page, "byline") == []
    assert "admin admin" in texts(page, "junk")
    assert chosen(page, "author") is None
    body = texts(page, "body")
    assert body[0] == "Nội dung:"
    assert {"- Phần 1", "- Phần 2"} <= set(body)
    assert body[-1].startswith("Thông tin trao đổi đề nghị liên hệ")
    assert title not in body


# --- traps ----------------------------------------------------------------------------------------------------------

TITLE = "Sơ kết công tác quý hai của đơn vị cơ sở"
FIRST = "Ngày 12/5, đơn vị tổ chức hội nghị sơ kết công tác quý hai, đánh giá kết quả và đề ra phương hướng."
SECOND = "Các đại biểu đã thảo luận, làm rõ nguyên nhân của những hạn chế và thống nhất giải pháp khắc phục."


def article(head_line: str = "", inside: str = "", after: str = "", **options) -> Page:
    body = f"<h1>{TITLE}</h1>{head_line}<div class='bai'><p>{FIRST}</p><p>{SECOND}</p>{inside}</div>{after}"
    return read(f"<div>{body}</div>", f"<title>{TITLE}</title>", **options)


def test_a_clock_in_the_header_is_refused_even_without_any_other_date():
    clock = "<div class='header'>Thứ bảy Ngày 01 Tháng 06 Năm 2024, 09:00:19</div>"
    page = read(f"{clock}<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>", f"<title>{TITLE}</title>")
    assert page.kind == "bulletin"
    assert chosen(page, "published_on") is None
    assert any(c.refused for c in page.draft.candidates if c.field == "published_on")
    assert "published_on" in page.draft.missing


def test_a_clock_with_seconds_of_the_fetch_day_is_refused_beside_the_title_too():
    assert chosen(article("<div>01/06/2024 08:59:58</div>"), "published_on") is None


def test_a_day_after_the_fetch_is_refused():
    assert chosen(article("<div>Ngày đăng: 02/06/2024</div>"), "published_on") is None


def test_the_day_of_the_fetch_in_vietnam_is_accepted():
    page = article("<div>Ngày đăng: 02/06/2024</div>", fetched_at=datetime(2024, 6, 1, 18, tzinfo=UTC))
    assert value(page, "published_on") == "2024-06-02"


def test_an_update_label_is_no_publication_date():
    page = article("<div>Cập nhật lúc: 13/05/2024 10:20</div>")
    assert chosen(page, "published_on") is None
    assert value(page, "updated_at").startswith("2024-05-13")


def test_dates_of_related_items_and_footers_never_win():
    related = (
        "<div><b>Các tin khác</b><ul><li><a href='/2'>Một bản tin khác của đơn vị</a> (10/05/2024)</li></ul></div>"
    )
    page = article(after=f"{related}<div class='footer'>Giấy phép cấp ngày 01/02/2019</div>")
    assert chosen(page, "published_on") is None


def test_a_label_ranks_before_a_bare_date_line():
    page = article("<div>14/05/2024</div><div>Ngày đăng: 12/05/2024</div>")
    assert value(page, "published_on") == "2024-05-12"


def test_a_clock_above_the_title_that_nothing_marks_is_refused_on_the_day_of_the_fetch():
    page = read(f"<div><p>Thứ bảy, 01/06/2024</p><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert page.kind == "bulletin"
    assert chosen(page, "published_on") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("01/06/2024", "2024-06-01"),
        ("01/06/2024 07:15", "2024-06-01"),
        ("01/06/2024 08:58", None),
        ("Thứ bảy, 01/06/2024 07:15", None),
    ],
)
def test_a_bare_date_of_the_fetch_day_right_above_the_title_in_its_box_is_believed(line, day):
    head = f"<div class='tin'><span class='date'>{line}</span><h1>{TITLE}</h1></div>"
    page = read(f"<div>{head}<div><p>{FIRST}</p><p>{SECOND}</p></div></div>")
    assert (value(page, "published_on") or "")[:10] == (day or "")
    page = read(f"<div class='header-top'>{line}</div><div>{head.replace(line, '')}<p>{FIRST}</p><p>{SECOND}</p></div>")
    assert value(page, "published_on") is None
    page = read(f"<p>{line}</p><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>")
    assert value(page, "published_on") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 10/5/2024, Chủ tịch tỉnh ban hành Quyết định số 123 công bố danh mục thủ tục mới.",
        "Sáng 10/5/2024, đơn vị tổ chức lễ chào cờ.",
        "Đăng ngày 10/5/2024 trên báo điện tử, loạt bài về công tác dân vận đã được nhiều bạn đọc quan tâm theo dõi.",
    ],
)
def test_a_sentence_that_opens_with_a_day_is_no_date_line(sentence):
    html = f"<h1>{TITLE}</h1><div class='update-content'><p>{sentence}</p><p>{FIRST}</p><p>{SECOND}</p></div>"
    page = read(html, f"<title>{TITLE}</title>")
    assert chosen(page, "published_on") is None
    assert sentence in texts(page, "body")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Phòng Tuyên truyền | 13/05/2024", "2024-05-13"),
        ("Ngày đăng: 05/06/2019 08:00 - Số lượt xem: 12 - Số lượt bình luận: 0", "2019-06-05"),
        ("(13/05/2024 10:22)", "2024-05-13"),
        ("10:22 | 13/05/2024", "2024-05-13"),
        ("Thứ tư - 27/03/2024 08:42", "2024-03-27"),
        ("24.11.2023", "2023-11-24"),
    ],
)
def test_date_lines_beside_the_title(stamp, day):
    page = article(f"<div>{stamp}</div>")
    assert value(page, "published_on")[:10] == day
    assert stamp in texts(page, "published")


def test_an_epoch_in_the_metadata_leaves_the_printed_date():
    head = "<meta property='article:published_time' content='1970-01-01T00:00:00Z'>"
    page = read(f"<div><h1>{TITLE}</h1><div>14/03/2023 16:20</div><p>{FIRST}</p><p>{SECOND}</p></div>", head)
    assert value(page, "published_on") == "2023-03-14T16:20+07:00"


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("Views: 1.2K", None),
        ("Lượt xem: 12 nghìn", None),
        ("Lượt xem: 1,2 triệu", None),
        ("1.2K lượt xem", None),
        ("Lượt xem: 1 234", None),
        ("Lượt xem: 3.5", None),
        ("Views: 1532", "1532"),
        ("Lượt xem: 1.234.567", "1234567"),
        ("Số lượt xem (1,532)", "1532"),
        ("1.099 lượt xem", "1099"),
    ],
)
def test_a_rounded_counter_is_no_count(printed, count):
    page = article(f"<div>14/05/2024</div><div>{printed}</div>")
    assert value(page, "view_count") == count
    page = article(f"<div>Ngày đăng: 14/05/2024 - {printed}</div>")
    assert (value(page, "view_count"), value(page, "published_on")) == (count, "2024-05-14")


@pytest.mark.parametrize(
    ("stamp", "day", "count", "author"),
    [
        ("Tác giả: SuperUser Account / Số lượt xem (1532) / Thứ Ba, 14 Tháng Ba 2023", "2023-03-14", "1532", None),
        ("SuperUser Account | 14/03/2023 | 1532 lượt xem", "2023-03-14", "1532", None),
        ("Tác giả: Lê Văn Mai - Lượt xem: 1.532 - 14/03/2023 16:20", "2023-03-14", "1532", "Lê Văn Mai"),
        ("Người đăng: Lê Văn Mai Ngày đăng: 14/03/2023 Lượt xem: 1532", "2023-03-14", "1532", None),
        ("Tác giả: Lê Văn Mai / 1.2K lượt xem / 14/03/2023", "2023-03-14", None, "Lê Văn Mai"),
    ],
)
def test_a_line_of_author_counter_and_date_is_read_part_by_part(stamp, day, count, author):
    page = article(f"<div>{stamp}</div>")
    assert value(page, "published_on")[:10] == day
    assert (value(page, "view_count"), value(page, "author")) == (count, author)
    assert texts(page, "byline") == []


@pytest.mark.parametrize("credit", ["Tác giả: SuperUser Account, Lê Mai", "Tác giả: admin - SuperUser Account"])
def test_an_account_among_the_names_of_a_credit_is_found(credit):
    assert texts(article(inside=f"<p>{credit}</p>"), "byline") == []


THIRD = "Những việc còn lại được giao cho từng cơ quan, có thời hạn và người chịu trách nhiệm cụ thể trong quý sau."


@pytest.mark.parametrize(
    "sentence",
    [
        "Mời bạn đọc cùng chúng tôi trở lại đảo để theo dõi hành trình của các chiến sĩ giữa mùa biển động.",
        "Hôm nay, thứ hai đầu tuần, các đơn vị đồng loạt tổ chức chào cờ và phát động đợt thi đua cao điểm mới.",
        "Từ khóa: đó là hai chữ được nhắc nhiều nhất trong hội nghị, khi nói về kỷ luật và nền nếp chính quy.",
        "Nguồn: Ngân sách quốc phòng được sử dụng đúng mục đích.",
        "Nguồn: ngân sách nhà nước và đóng góp của cán bộ, chiến sĩ",
        "Tác giả: Chúng tôi đã gặp anh trong một ngày mưa ở thao trường.",
    ],
)
def test_no_wording_takes_a_sentence_out_of_the_prose(sentence):
    page = article("<div>14/05/2024</div>", inside=f"<p>{sentence}</p><p>{THIRD}</p>")
    assert texts(page, "body") == [FIRST, SECOND, sentence, THIRD]
    assert texts(page, "byline") == []


@pytest.mark.parametrize(
    "line",
    [
        "* Mời bạn đọc vào chuyên mục Quốc phòng an ninh xem các tin, bài liên quan.",
        "Thư điện tử của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu sao ở bên cạnh ô.",
    ],
)
def test_invitations_after_the_last_paragraph_and_comment_forms_stay_junk(line):
    assert line in texts(article("<div>14/05/2024</div>", inside=f"<p>{line}</p>"), "junk")
    certain = line.startswith("Thư")
    page = article("<div>14/05/2024</div>", inside=f"<p>{line}</p><p>{THIRD}</p>")
    assert (line in texts(page, "junk")) is certain


@pytest.mark.parametrize("credit", ["Nguồn: Báo Quân đội nhân dân.", "Nguồn: TTXVN", "Tác giả: Lê Văn Mai"])
def test_a_credit_label_amid_the_prose_still_names_people_and_offices(credit):
    page = article("<div>14/05/2024</div>", inside=f"<p>{credit}</p><p>{THIRD}</p>")
    assert texts(page, "byline") == [credit]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='tags'>Từ khóa: <a>diễn tập</a><a>chữa cháy</a></div>",
        "<div class='tags'>Từ khóa: <a href='/1'>diễn tập</a> <a href='/2'>chữa cháy</a></div>",
        "<p>Tags: <a href='/1'>#diễn tập</a>, <a href='/2'>#chữa cháy</a></p>",
        "<div class='tags'>Từ khóa: diễn tập; chữa cháy</div>",
        "<div class='tags'>Từ khóa: <a href='/0'><img src='x.png'></a> <a>diễn tập</a><a>chữa cháy</a></div>",
    ],
)
def test_each_link_of_a_tag_block_is_a_tag(box):
    page = article("<div>14/05/2024</div>", after=box)
    assert page.draft.tags == ("diễn tập", "chữa cháy")


def test_a_related_box_that_only_its_type_names_is_junk_and_a_photo_box_is_not():
    related = (
        '<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/x">Bộ đội giúp dân gặt lúa</a>'
        f"<p>{THIRD.replace('Những', 'Mọi')}</p></div>"
    )
    photo = (
        '<div class="VCSortableInPreviewMode" type="Photo"><div><img src="a"></div><div class="PhotoCMS_Caption">'
        "<p>Chiến sĩ trong giờ huấn luyện.</p></div></div>"
    )
    page = article("<div>14/05/2024</div>", inside=f"{related}<p>{THIRD}</p>{photo}<p>./.</p>")
    assert texts(page, "body") == [FIRST, SECOND, THIRD]
    assert texts(page, "caption") == ["Chiến sĩ trong giờ huấn luyện."]
    assert {"related-block", "J32"} <= {line.rule for line in page.draft.lines if line.role == "junk"}


def test_a_notice_that_is_hardly_more_than_a_file_is_read_beside_a_box_of_headlines():
    boxed = "".join(f"<p><a href='/{i}'>Bản tin số {i} của chuyên mục hôm nay</a> 1{i}/05/2024</p>" for i in range(8))
    notice = f"<div><h1>{TITLE}</h1><div>Ngày đăng: 13/05/2024</div><div><p><a href='/a.pdf'>Tệp đính kèm</a></p></div></div>"
    page = read(f"{notice}<div>{boxed}</div>", f"<title>{TITLE}</title>")
    assert (page.kind, value(page, "title"), value(page, "published_on")) == ("bulletin", TITLE, "2024-05-13")
    assert all(line.role == "furniture" for line in page.draft.lines if "Bản tin số" in line.text)


def test_a_short_notice_is_found_beside_a_box_of_more_prose():
    notice = "Điện lực huyện thông báo cắt điện từ 7 giờ đến 11 giờ ngày 15/5 để sửa chữa đường dây."
    title = "Thông báo cắt điện khu vực chợ Mẫu"
    page = read(
        f"<div><h2>{title}</h2><p>Ngày đăng: 13/05/2024</p><p>{notice}</p></div><div><h4>Về huyện</h4><p>{SECOND * 4}</p></div>",
        f"<title>{title}</title>",
    )
    assert texts(page, "body") == [notice]


def test_a_banner_that_repeats_the_sites_title_is_not_the_title():
    site = "Cổng thông tin điện tử huyện Mẫu"
    page = read(
        f"<div><b>{site.upper()}</b></div><div><span class='TieuDe'>{TITLE}</span><br><span class='NgayDang'>(13/05/2024)</span>"
        f"<p>{FIRST}</p><p>{SECOND}</p></div>",
        f"<title>{site}</title>",
    )
    assert value(page, "title") == TITLE


def test_prose_that_opens_like_a_junk_label_stays_body():
    prose = [
        "Đánh giá kết quả 6 tháng đầu năm 2024, hội nghị thống nhất nâng 3 chỉ tiêu về chất lượng khám bệnh.",
        "Chủ đề: năm 2024 là năm dữ liệu số, trong đó mỗi phòng chọn một việc để làm trước tháng 9.",
        "Theo báo cáo của ban tổ chức, có 12 đội với 240 vận động viên tham gia hội thao lần này.",
        "Địa chỉ: Số 5 đường Mẫu là nơi tiếp nhận hồ sơ của người dân trong suốt thời gian sửa chữa trụ sở.",
    ]
    page = article(inside="".join(f"<p>{text}</p>" for text in prose))
    assert texts(page, "body")[2:] == prose


def test_readers_comments_are_furniture_wherever_they_stand():
    page = article(inside="<div class='comment-list'><p>Trần C (0900000000): Bài viết rất hay, cảm ơn.</p></div>")
    (line,) = [line for line in page.draft.lines if "0900000000" in line.text]
    assert (line.role, line.inside) == ("furniture", False)


def test_a_caption_shown_twice_counts_once():
    figure = "<figure><img src=a><figcaption>Quang cảnh hội nghị.</figcaption></figure>"
    page = article(inside=figure + figure)
    assert texts(page, "caption") == ["Quang cảnh hội nghị."]
    assert "repeated-caption" in {line.rule for line in page.draft.lines if line.role == "junk"}


def test_a_paragraph_after_a_picture_is_no_caption():
    told = "Sau hội nghị, các đơn vị đã triển khai ngay những việc được giao. Kết quả bước đầu được ghi nhận."
    page = article(inside=f"<p><img src=a></p><p>{told}</p>")
    assert told in texts(page, "body")


def test_the_title_repeated_before_a_line_break_is_not_body():
    html = f"<h1>{TITLE}</h1><div>12/05/2024</div><div class='bai'><p>{TITLE}<br>Nội dung:</p><p>{FIRST}</p></div>"
    page = read(html, f"<title>{TITLE}</title>")
    assert texts(page, "body") == ["Nội dung:", FIRST]


def test_an_account_of_the_cms_is_neither_byline_nor_author():
    page = article(inside="<p class='author'><b>admin admin</b></p>")
    assert texts(page, "byline") == []
    assert "cms-account" in {line.rule for line in page.draft.lines if line.role == "junk"}


def test_a_page_builders_wrapper_is_no_side_box():
    html = (
        f"<div class='sidebar-layout'><h1>{TITLE}</h1><div>12/05/2024</div>"
        f"<div class='widget share-column'><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    )
    assert texts(read(html, f"<title>{TITLE}</title>"), "body") == [FIRST, SECOND]


# --- layouts --------------------------------------------------------------------------------------------------------

OLD = Layout(valid_until=date(2023, 12, 31), title="h2.cu", body="div.cu")
NEW = Layout(
    valid_from=date(2024, 1, 1),
    title="h1.t",
    body="div.b",
    published="span.d",
    lead="p.l",
    caption="p.c",
    byline="p.by",
    section="a.s",
    view_count="i.v",
    remove=("div.qc",),
)
LAID_OUT = f"""<a class="s" href="/x">Hậu cần</a><h1 class="t">{TITLE}</h1><span class="d">12.05.2024</span> <i class="v">1.234</i>
<p class="l">Lời dẫn của bản tin này.</p><div class="b"><p>{FIRST}</p><p class="c">Một chú thích.</p><div class="qc">Mua ngay!</div>
<p>{SECOND}</p></div><p class="by">Hải Yến</p>"""


def test_the_layout_of_the_day_reads_every_field():
    page = read(LAID_OUT, layouts=(OLD, NEW))
    assert page.kind == "bulletin"
    assert value(page, "title") == TITLE
    assert value(page, "published_on") == "2024-05-12"
    assert value(page, "section") == "Hậu cần"
    assert texts(page, "lead") == ["Lời dẫn của bản tin này."]
    assert texts(page, "body") == [FIRST, SECOND]
    assert texts(page, "caption") == ["Một chú thích."]
    assert texts(page, "byline") == ["Hải Yến"]
    assert "Mua ngay!" in texts(page, "junk")
    assert page.draft.doubts == ()


@pytest.mark.parametrize(("hour", "used"), [(16, False), (17, True)])
def test_a_layout_begins_with_its_day_in_vietnam(hour, used):
    page = read(LAID_OUT, layouts=(NEW,), fetched_at=datetime(2023, 12, 31, hour, tzinfo=UTC))
    assert any(c.method == "layout" for c in page.draft.candidates) is used


def test_an_old_layout_that_fails_on_its_own_days_is_a_doubt():
    page = read(LAID_OUT, layouts=(OLD, NEW), fetched_at=datetime(2023, 12, 31, 16, tzinfo=UTC))
    assert page.kind == "bulletin"
    assert {d.rule for d in page.draft.doubts} >= {"layout-title", "layout-body"}


def test_a_selector_that_matches_twice_reads_nothing_and_the_next_layer_does():
    html = (
        f"<h1>{TITLE}</h1><div>12/05/2024</div><div class='b'><p>{FIRST}</p></div><div class='b'><p>{SECOND}</p></div>"
    )
    page = read(
        f"<main>{html}</main>", f"<title>{TITLE}</title>", layouts=(Layout(title="h1", body="div.b", lead="p"),)
    )
    assert texts(page, "body") == [FIRST, SECOND]
    assert {d.rule for d in page.draft.doubts} >= {"layout-body", "layout-lead"}


def test_a_broken_selector_is_a_doubt_not_a_crash():
    page = article("<div>12/05/2024</div>", layouts=(Layout(title="h1[", body="div..b", caption=":nope("),))
    assert value(page, "title") == TITLE
    assert {d.rule for d in page.draft.doubts} >= {"layout-title", "layout-body"}


# --- hostile pages --------------------------------------------------------------------------------------------------

PROSE = "<p>Ngày 12/5, đơn vị tổ chức hội nghị sơ kết công tác quý.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 199_000 + PROSE,
        "<html><body><h1>Tiêu đề</h1>" + "<b>" * 240 + PROSE * 20 + "</b>" * 240,
        "<html><body>" + "<table><tr><td>" * 80 + PROSE + "</td></tr></table>" * 80,
        "<html><body class='" + "a " * 500_000 + f"'>{PROSE}",
        "<html><body><h1>Tiêu đề bài</h1><p>" + "thứ 1 " * 22 + "x 1/1/2020</p>" + PROSE,
        "<" * 200_000,
        "<p>" + "</p>" * 100_000,
        f"<html><body>\0{PROSE}\0</body>",
        "<html><frameset><frame src=a></frameset></html>",
        "<svg><script>alert(1)</script></svg><p>x",
    ],
    ids=range(10),
)
def test_a_hostile_page_ends_in_a_page_of_a_known_kind(html):
    page = read_page(html, url="https://x.example/", fetched_at=FETCHED)
    assert page.kind in KINDS


def test_sixty_megabytes_are_refused_before_they_are_parsed():
    with pytest.raises(Unreadable):
        read_page("<html>" + "a" * 60_000_000, url="https://x.example/", fetched_at=FETCHED)


def test_hostile_text_passes_through_as_text():
    evil = "'; DROP TABLE bulletin; -- \u202eđảo &lt;script&gt;alert(1)&lt;/script&gt; và còn tiếp tục như thế này nữa."
    page = article(inside=f"<p>{evil}</p>")
    assert any("DROP TABLE" in text and "<script>" in text for text in texts(page, "body"))


def test_a_bulletin_about_a_site_keeps_its_title():
    title = "Cổng thông tin điện tử tỉnh Hà Lâm khai trương giao diện mới"
    page = read(f"<h1>{title}</h1><p class='ngay'>Ngày đăng: 12/05/2024</p><div><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert value(page, "title") == title


def test_a_bulletin_that_opens_with_a_number_of_errors_is_none():
    title = "404 trang thiết bị y tế được trao tặng"
    page = read(f"<h1>{title}</h1><p class='ngay'>Ngày đăng: 12/05/2024</p><div><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert (page.kind, value(page, "title")) == ("bulletin", title)


def test_a_day_whose_weekday_is_that_of_the_month_first_is_refused():
    page = read(
        f"<h1>Khai giảng năm học mới ở xã Đông Lâm</h1><p>T5, 11/04/2021 - 15:20</p><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    assert value(page, "published_on") is None
    refused = [c for c in page.draft.candidates if c.field == "published_on" and c.refused]
    assert refused[0].refused.endswith("month and day may have changed places")


def test_the_head_of_a_calendar_beside_the_title_is_no_publication_date():
    page = read(
        f"<h1>Khai giảng năm học mới ở xã Đông Lâm</h1><p>Tháng 4/2024</p><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    assert value(page, "published_on") is None


def test_a_row_of_boxes_gives_a_line_each_and_prose_in_pieces_stays_whole():
    row = "<div><span class='who'>Vũ Thanh Bình</span><span>Thứ Bảy, 18/11/2023 19:20</span><span>2.310 lượt đọc</span></div>"
    prose = "<p><span>Ngày </span><span>12/5/2023</span><span>, đơn vị tổ chức hội nghị.</span></p>"
    page = read(f"<h1>Cô giáo quân hàm xanh trên dốc núi</h1>{row}<div>{prose}<p>{FIRST}</p><p>{SECOND}</p></div>")
    assert (value(page, "published_on"), value(page, "view_count")) == ("2023-11-18T19:20+07:00", "2310")
    assert texts(page, "byline") == ["Vũ Thanh Bình"]
    assert "Ngày 12/5/2023, đơn vị tổ chức hội nghị." in texts(page, "body")

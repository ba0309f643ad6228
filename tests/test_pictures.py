"""Which pictures and files a page shows as its article's own, and at which addresses. Whole pages: tests/pages."""

import time
from datetime import UTC, datetime

import pytest

from pipelines.caption_lines import captions_of
from pipelines.page import read_page
from pipelines.read import read
from pipelines.records import Attachment, Capture, Image, Layout, Line

FETCHED = datetime(2024, 6, 1, 2, tzinfo=UTC)
URL = "https://bao.example/tin/bai-1.html"
FIRST = (
    "<p>Sáng 8-5, Trung đoàn 9 phát động đợt thi đua trồng 12.000 cây keo lai trong khuôn viên đơn vị và hai xã.</p>"
)
LAST = "<p>Theo kế hoạch, mỗi đại đội nhận chăm sóc một lô rừng, cuối quý có chấm điểm và biểu dương toàn đơn vị.</p>"


def draft(inside="", *, after="", above="", head="", url=URL, **options):
    """The draft of an article with this between its two paragraphs, after them, or above its title."""
    page = read_page(
        f"<html><head><title>Trung đoàn 9 trồng rừng bên sông Vệ</title>{head}</head><body>"
        '<div id="menu"><a href="/">Trang chủ</a><a href="/tin">Tin tức</a></div>'
        f'<div class="trang">{above}<h1>Trung đoàn 9 trồng rừng bên sông Vệ</h1><div class="ngay">08/05/2024</div>'
        f'<div class="article-content">{FIRST}{inside}{LAST}</div>{after}</div>'
        '<div class="footer">Bản quyền thuộc Báo Mẫu</div></body></html>',
        url=url, fetched_at=FETCHED, **options,
    )  # fmt: skip
    assert page.kind == "bulletin", page.kind_rule
    return page.draft


def urls(inside="", **options):
    return [image.url for image in draft(inside, **options).images]


def files(inside="", **options):
    return [file.url for file in draft(inside, **options).attachments]


# --- addresses of pictures


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ('src="/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('src="1.jpg"', "https://bao.example/tin/1.jpg"),
        ('src="//cdn.example/1.jpg#to"', "https://cdn.example/1.jpg"),
        ('src=" /anh/lễ ra quân.jpg "', "https://bao.example/anh/l%E1%BB%85%20ra%20qu%C3%A2n.jpg"),
        ('src="https://bientap:matkhau@bao.example/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('src="data:image/gif;base64,R0lGOD" data-src="/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('src="/images/blank.gif" data-original="/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('src="/anh/mo-30px.jpg" data-lazy-src="/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('data-lazy="true" src="/anh/1.jpg"', "https://bao.example/anh/1.jpg"),
        ('src="/images/loading.gif" data-srcset="/a-300.jpg 300w, /a-900.jpg 900w"', "https://bao.example/a-900.jpg"),
        ('src="" srcset="/a.jpg 1x, /a,b.jpg 2x"', "https://bao.example/a,b.jpg"),
        ('srcset="/chi-mot.jpg"', "https://bao.example/chi-mot.jpg"),
    ],
)
def test_a_picture_has_the_address_of_its_file(printed, address):
    assert urls(f"<p><img {printed}></p>") == [address]


@pytest.mark.parametrize(
    "printed",
    [
        'src="data:image/png;base64,iVBORw0KGgo="', 'src="javascript:alert(1)"', 'src="file:///C:/anh/1.jpg"',
        'src="ftp://bao.example/1.jpg"', 'src="http://[::1/1.jpg"', 'src="http:///1.jpg"', 'src="http://a:b:c/1.jpg"',
        'src="#"', 'src=""', "", 'src="/images/spacer.gif"', 'src="/lazy/placeholder-300x200.png"',
        'src="/anh/1.jpg" width="1" height="1"', 'src="/anh/1.jpg" style="width: 16px; height:16px"',
        'src="/images/icons/dau-cham.png"', 'src="/assets/icon_pdf.png"', 'src="/assets/new.gif"',
        'src="/uploads/emoji/cuoi.png"', 'class="logo" src="/anh/1.jpg"', 'class="hidden" src="/anh/1.jpg"',
        'src="https://www.facebook.com/tr?id=1"',
    ],
)  # fmt: skip
def test_what_is_no_picture_of_the_article_is_left_out(printed):
    assert urls(f"<p><img {printed}></p>") == []


def test_the_copy_for_browsers_without_scripts_gives_the_address_where_nothing_else_does():
    shown = '<p><img src="data:image/gif;base64,R0" class="lazy"><noscript><img src="/anh/1.jpg"></noscript></p>'
    assert urls(shown) == ["https://bao.example/anh/1.jpg"]


def test_an_amp_page_shows_its_pictures_in_elements_of_its_own():
    assert urls('<amp-img src="/anh/1.jpg" width="800" height="500"></amp-img>') == ["https://bao.example/anh/1.jpg"]


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ('<base href="/goc/">', URL, "https://bao.example/goc/1.jpg"),
        ('<base href="http://anh.example/x/y">', URL, "http://anh.example/x/1.jpg"),
        ('<base href="javascript:x">', URL, "https://bao.example/tin/1.jpg"),
        ('<base href="http://[">', URL, "https://bao.example/tin/1.jpg"),
        ("", "file:luu/a.html", "1.jpg"),
        ('<base href="/goc/">', "file:luu/a.html", "1.jpg"),
        ('<base href="http://bao.example/goc/">', "file:luu/a.html", "http://bao.example/goc/1.jpg"),
        ('<link rel="canonical" href="/tin/bai-1.html">', "file:luu/a.html", "1.jpg"),
        ('<link rel="canonical" href="https://bao.example/tin/b">', "file:luu/a.html", "https://bao.example/tin/1.jpg"),
        ('<meta property="og:url" content="http://bao.example/b">', "file:luu/a.html", "http://bao.example/1.jpg"),
    ],
)
def test_what_an_address_is_relative_to(head, url, address):
    assert urls('<p><img src="1.jpg"></p>', head=head, url=url) == [address]


def test_the_address_that_answered_counts_not_the_one_that_was_asked():
    page = f'<html><head><title>Trung đoàn 9 trồng rừng</title></head><body><article><h1>Trung đoàn 9 trồng rừng</h1><p>08/05/2024</p>{FIRST}<img src="1.jpg">{LAST}</article></body></html>'
    capture = Capture("x", URL, FETCHED, page.encode(), "text/html", 200, "https://moi.example/bai/1/")
    assert read(capture).images == (Image("https://moi.example/bai/1/1.jpg", None, "image/jpeg", 4),)


# --- whose picture


def test_a_picture_between_title_and_body_is_the_articles_and_one_beside_the_logo_is_not():
    lead = '<div class="anh-dau"><img src="/anh/dau.jpg"></div>'
    assert urls(above='<img src="/anh/quang-ba.jpg">') == []
    page = draft().lines
    assert page[-1].role == "furniture"
    shown = read_page(
        f'<html><body><div class="t"><h1>Trung đoàn 9 trồng rừng bên sông Vệ</h1><p>08/05/2024</p>{lead}'
        f'<div class="article-content">{FIRST}{LAST}</div></div></body></html>', url=URL, fetched_at=FETCHED,
    )  # fmt: skip
    assert [image.url for image in shown.draft.images] == ["https://bao.example/anh/dau.jpg"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related"><a href="/b"><img src="/anh/b.jpg"></a></div>',
        '<div class="VCSortableInPreviewMode" type="RelatedOneNews"><img src="/anh/b.jpg"></div>',
        '<div class="share-buttons"><img src="/anh/chia-se.jpg"></div>', '<div class="quang-cao"><img src="/q.jpg"></div>',
        '<aside><img src="/anh/b.jpg"></aside>', '<div style="display:none"><img src="/anh/b.jpg"></div>',
        '<div class="tac-gia"><img src="/anh/pv.jpg"> </div>',
        '<p><a href="https://ban-hang.example/"><img src="/anh/banner1.jpg"></a></p>',
        '<p><a href="/tin/bai-khac.html"><img src="/anh/b.jpg"></a></p>',
    ],
)  # fmt: skip
def test_pictures_of_other_boxes_and_links_to_other_pages_are_not_the_articles(box):
    assert urls(box) == []


@pytest.mark.parametrize(
    "link",
    [
        'href="/anh/to.jpg"', 'href="javascript:void(0)"', 'href="#"', 'href="/tin/bai-1.html"',
        'href="/tin/anh-1" rel="attachment wp-att-7"', 'class="lightbox" href="/xem?anh=1"',
    ],
)  # fmt: skip
def test_a_picture_that_opens_itself_is_the_articles(link):
    assert urls(f'<p><a {link}><img src="/anh/1.jpg"></a></p>') == ["https://bao.example/anh/1.jpg"]


def test_thumbnails_of_a_list_that_no_markup_names_are_not_the_articles():
    others = "".join(
        f'<p><img src="/anh/{n}.jpg"><a href="/tin/{n}">Đồn biên phòng tặng quà học sinh nghèo lần {n}</a></p>'
        for n in (1, 2)
    )
    assert urls(f"<p><b>Tin liên quan:</b></p>{others}") == []


def test_what_the_layout_takes_out_shows_no_pictures():
    layout = Layout(body="div.article-content", remove=("div.them",))
    box = '<div class="them"><img src="/anh/b.jpg"></div><p><img src="/anh/1.jpg"></p>'
    assert urls(box, layouts=(layout,)) == ["https://bao.example/anh/1.jpg"]


def test_a_picture_shown_twice_counts_once_with_the_caption_of_either():
    twice = '<p><img src="/1.jpg"></p><p>Đoạn giữa của bài viết.</p><figure><img src="/1.jpg"><figcaption>Trồng cây.</figcaption></figure>'
    found = draft(twice).images
    assert [(image.url, image.caption) for image in found] == [("https://bao.example/1.jpg", "Trồng cây.")]


# --- captions


@pytest.mark.parametrize(
    ("inside", "captions"),
    [
        ('<figure><img src="/1.jpg" alt="IMG_01"><figcaption>Trồng cây./.</figcaption></figure>', ["Trồng cây."]),
        ('<figure><figcaption>Trồng cây.</figcaption><img src="/1.jpg"></figure>', ["Trồng cây."]),
        (
            '<figure><img src="/1.jpg"><img src="/2.jpg"><figcaption>Trồng cây.</figcaption></figure>',
            ["Trồng cây."] * 2,
        ),
        ('<p><img src="/1.jpg" alt="Trồng cây" title="Trồng cây"></p>', [None]),
        (
            '<table class="picture"><tr><td><img src="/1.jpg"></td></tr><tr><td>Trồng cây.</td></tr></table>',
            ["Trồng cây."],
        ),
        (
            '<div class="imgEditor"><img src="/1.jpg"><p>leftcenterrightdel</p><p class="alt_imgEditor">Trồng cây.</p></div>',
            ["Trồng cây."],
        ),
        ('<p><img src="/1.jpg"></p><p><em>Bộ đội trồng cây</em></p>', ["Bộ đội trồng cây"]),
        (
            '<p><img src="/1.jpg"></p><p><img src="/2.jpg"></p><p><em>Bộ đội trồng cây</em></p>',
            [None, "Bộ đội trồng cây"],
        ),
        (
            '<figure><img src="/1.jpg"><figcaption>Trồng cây.</figcaption><p class="caption">Ảnh: Lê Mai</p></figure>',
            ["Trồng cây. Ảnh: Lê Mai"],
        ),
        (
            '<figure class="gallery"><figure><img src="/1.jpg"><figcaption>Một.</figcaption></figure>'
            '<figure><img src="/2.jpg"></figure></figure>',
            ["Một.", None],
        ),
    ],
)
def test_which_caption_belongs_to_a_picture(inside, captions):
    found = draft(inside)
    assert [image.caption for image in found.images] == captions
    printed = [text for _, text in captions_of(found.lines)]
    assert {image.caption for image in found.images} - {None} <= set(printed)


def test_the_line_of_a_picture_is_its_captions_else_the_next_of_the_article_else_none():
    figure = '<figure><img src="/1.jpg"><figcaption>Trồng cây.</figcaption></figure>'
    found = draft(f'{figure}<p><img src="/2.jpg"></p>')
    lines = {line.text: line.line_no for line in found.lines}
    last = next(no for text, no in lines.items() if text.startswith("Theo kế hoạch"))
    assert [image.line_no for image in found.images] == [lines["Trồng cây."], last]
    trailing = read_page(
        f'<html><body><h1>Trung đoàn 9 trồng rừng bên sông Vệ</h1><p>08/05/2024</p><div class="article-content">{FIRST}'
        f'{LAST}<p><img src="/3.jpg"></p></div><div class="footer">Bản quyền</div></body></html>',
        url=URL, fetched_at=FETCHED,
    )  # fmt: skip
    assert [image.line_no for image in trailing.draft.images] == [None]


def test_a_credit_below_a_caption_ends_it_and_one_further_down_does_not():
    def lines(*numbered):
        return [Line(no, "caption", "figcaption", text) for no, text in numbered]

    assert list(captions_of(lines((3, "Trồng cây./."), (4, "Ảnh: Lê Mai")))) == [((3, 4), "Trồng cây. Ảnh: Lê Mai")]
    assert list(captions_of(lines((3, "Trồng cây."), (6, "Ảnh: Lê Mai")))) == [
        ((3,), "Trồng cây."), ((6,), "Ảnh: Lê Mai")
    ]  # fmt: skip


# --- files


@pytest.mark.parametrize(
    ("href", "address", "kind"),
    [
        ("/tep/ke-hoach.PDF", "/tep/ke-hoach.PDF", "application/pdf"),
        ("/tep/a.rar?x=1#trang2", "/tep/a.rar?x=1", "application/vnd.rar"),
        (
            "/documents/10180/33/k%E1%BA%BF.doc/5ad1-77",
            "/documents/10180/33/k%E1%BA%BF.doc/5ad1-77",
            "application/msword",
        ),
        ("/documents/20182/5ad177", "/documents/20182/5ad177", None),
        ("/c/document_library/get_file?uuid=5a&amp;groupId=1", "/c/document_library/get_file?uuid=5a&groupId=1", None),
        ("/LinkClick.aspx?fileticket=a%3d", "/LinkClick.aspx?fileticket=a%3d", None),
        ("/tai-ve.aspx?file=/tep/a.xls", "/tai-ve.aspx?file=/tep/a.xls", "application/vnd.ms-excel"),
        ("/tin/bai-1.html?download=1", "/tin/bai-1.html?download=1", None),
    ],
)
def test_a_link_to_a_file_is_an_attachment(href, address, kind):
    found = draft(f'<p>Xem <a href="{href}"> Kế hoạch\n số 15 </a> của đơn vị.</p>')
    (line_no,) = [line.line_no for line in found.lines if line.text.startswith("Xem")]
    assert found.attachments == (Attachment(f"https://bao.example{address}", "Kế hoạch số 15", kind, line_no),)


@pytest.mark.parametrize(
    "href",
    [
        "/tin/pdf.html", "/tin/ve-pdf", "/anh/1.jpg", "/phim/1.mp4", "/tieng/1.mp3", "/LinkClick.aspx?link=85",
        "/tim?q=a.pdf", "/tin/bai-1.html?download=0", "javascript:tai('a.pdf')", "file:///C:/a.pdf", "mailto:a@b.pdf",
        "https://www.facebook.com/sharer.php?url=https://bao.example/a.pdf", "/documents/", "/van-ban/a.pdf.html",
        "http://[/a.pdf",
    ],
)  # fmt: skip
def test_other_links_are_no_attachments(href):
    assert files(f'<p>Xem <a href="{href}">ở đây</a> để biết thêm về đợt thi đua.</p>') == []


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ('<iframe src="/tep/a.pdf"></iframe>', "https://bao.example/tep/a.pdf"),
        ('<embed src="/xem.aspx?id=3" type="application/pdf">', "https://bao.example/xem.aspx?id=3"),
        ('<object data="/tep/a.pdf"><a href="/tep/a.pdf">Tải</a></object>', "https://bao.example/tep/a.pdf"),
        (
            '<iframe src="https://docs.google.com/gview?url=http%3A%2F%2Fbao.example%2Fa.doc&amp;embedded=true"></iframe>',
            "http://bao.example/a.doc",
        ),
        (
            '<iframe src="https://view.officeapps.live.com/op/embed.aspx?src=https://bao.example/x?id=3"></iframe>',
            "https://bao.example/x?id=3",
        ),
        ('<iframe src="/js/pdfjs/web/viewer.html?file=/tep/a.pdf"></iframe>', "https://bao.example/tep/a.pdf"),
        (
            '<iframe src="/js/pdfjs/web/viewer.html?file=../a%20b.pdf"></iframe>',
            "https://bao.example/js/pdfjs/a%20b.pdf",
        ),
    ],
)
def test_a_document_shown_in_the_page_is_an_attachment(shown, address):
    (found,) = draft(f"<div>{shown}</div>").attachments
    assert found.url == address


@pytest.mark.parametrize(
    "shown",
    [
        '<iframe src="https://www.youtube.com/embed/1"></iframe>', '<embed src="/a.swf">', '<object data="/a.html"></object>',
        '<iframe src="https://drive.google.com/file/d/1aB/preview"></iframe>', "<iframe></iframe>",
        '<iframe src="https://docs.google.com/gview?url=javascript:x"></iframe>',
        '<iframe src="https://docs.google.com/gview?url=/a.pdf"></iframe>',
    ],
)  # fmt: skip
def test_other_frames_are_no_attachments(shown):
    assert files(f"<div>{shown}</div>") == []


def test_a_list_of_files_below_the_body_is_the_articles_by_its_names_or_its_heading():
    link = '<a href="/tep/a.pdf">Kế hoạch số 15</a>'
    for box in (
        f'<div class="file-dinh-kem"><h4>Tệp</h4><ul><li>{link}</li></ul></div>',
        f"<div><p><b>Tài liệu đính kèm:</b></p><p>{link}</p></div>",
        f"<div>File đính kèm: {link}</div>",
    ):
        found = draft(after=box)
        assert [(file.url, file.line_no) for file in found.attachments] == [("https://bao.example/tep/a.pdf", None)], (
            box
        )
        assert not [line for line in found.lines if line.role == "body" and "Kế hoạch số 15" in line.text]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="van-ban"><a href="/tep/a.pdf">Văn bản mới ban hành tuần này</a></div>',
        '<aside><h4>Tài liệu đính kèm</h4><a href="/tep/a.pdf">Kế hoạch</a></aside>',
        '<div class="comments"><p>Đính kèm: <a href="/tep/a.pdf">đơn</a></p></div>',
        '<div class="footer"><p>Tải về</p><a href="/tep/a.pdf">Nội quy</a></div>',
        '<div><h4>Tài liệu đính kèm</h4><p>Không có.</p><p><a href="/tep/a.pdf">Văn bản mới</a></p></div>',
    ],
)
def test_files_of_other_boxes_are_not_the_articles(box):
    assert files(after=box) == []


def test_a_file_that_is_linked_twice_counts_once_under_the_first_text():
    twice = (
        '<p><a href="/a.pdf"><img src="/icon-pdf.png"></a> <a href="/a.pdf">Kế hoạch</a> <a href="/a.pdf">Tải</a></p>'
    )
    (found,) = draft(twice).attachments
    assert found.label == "Kế hoạch"


def test_without_text_a_file_is_called_by_its_name_and_without_either_by_none():
    found = draft(
        '<p><a href="/tep/k%E1%BA%BF ho%E1%BA%A1ch.doc"></a><a href="/documents/20182/5ad1"></a></p>'
    ).attachments
    assert [file.label for file in found] == ["kế hoạch.doc", None]


def test_a_row_of_cells_that_became_one_line_keeps_its_files_in_it():
    table = '<table><tr><td>1</td><td>Kế hoạch</td><td><a href="/a.pdf">Tải về</a></td></tr></table>'
    found = draft(f'{table}<p>Kèm theo <a href="/b.pdf">phụ lục</a> của kế hoạch.</p>')
    numbers = {line.text: line.line_no for line in found.lines}
    assert [file.line_no for file in found.attachments] == [
        numbers["1 | Kế hoạch | Tải về"], numbers["Kèm theo phụ lục của kế hoạch."]
    ]  # fmt: skip


# --- bounds


def rules(found):
    return {doubt.rule: doubt.severity for doubt in found.doubts}


def test_more_pictures_and_files_than_an_article_has_are_cut_off_with_a_doubt():
    found = draft("".join(f'<p><img src="/{n}.jpg"><a href="/{n}.pdf">Tệp {n}</a></p>' for n in range(600)))
    assert (len(found.images), len(found.attachments)) == (500, 200)
    assert rules(found) == {"too-many-images": "warning", "too-many-attachments": "warning"}


def test_an_address_that_is_too_long_is_left_out_with_a_doubt_and_embedded_data_without():
    long = "a" * 2_000
    found = draft(
        f'<p><img src="/{long}.jpg"><img src="data:image/png;base64,{long}"><a href="/{long}.pdf">Tệp</a></p>'
    )
    assert (found.images, found.attachments) == ((), ())
    assert rules(found) == {"media-address-too-long": "info"}


@pytest.mark.parametrize(
    "inside",
    [
        '<p><img src="/1.jpg">' * 30_000,
        "<p>x" + '<img src="/1.jpg">' * 60_000,
        "<div>" * 200 + '<img src="/1.jpg">' * 20_000,
        '<a href="/a.pdf">' * 20_000,
        '<p><a href="/a.pdf">x</a></p>' * 6_000,
        '<iframe src="/a.pdf"></iframe>' * 30_000,
        f'<img srcset="{"/a.jpg 1w, " * 50_000}">',
        f'<img class="{"logo-" * 100_000}" src="/1.jpg">',
        f'<a href="/a.pdf?{"x=1&" * 300}">x</a>' * 500,
        "<table><tr><td>" + "<b></b>" * 60_000 + "</td></tr><tr><td>" + "Một dòng.<br>" * 10_000 + "</td></tr></table>",
        "<picture>" + '<source srcset="/a.webp 1w">' * 20_000 + "<img></picture>",
    ],
    ids=range(11),
)
def test_a_page_full_of_pictures_or_files_is_read_in_bounded_time(inside):
    started = time.process_time()
    page = read_page(f"<html><body><h1>Tin của đơn vị trong ngày</h1><p>08/05/2024</p>{FIRST}{inside}{LAST}</body></html>",
                     url=URL, fetched_at=FETCHED)  # fmt: skip
    assert time.process_time() - started < 10
    assert len(page.draft.images) <= 500 and len(page.draft.attachments) <= 200


def test_a_page_that_is_no_bulletin_has_neither():
    page = read_page(
        '<html><body><h1>Trang chủ</h1><img src="/1.jpg"><a href="/a.pdf">Tải</a></body></html>',
        url=URL,
        fetched_at=FETCHED,
    )
    assert page.kind != "bulletin" and (page.draft.images, page.draft.attachments) == ((), ())

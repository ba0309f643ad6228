"""What is known of CMS families: by what a page is told to be of one, and what each family's pages need."""

from datetime import UTC, date, datetime

import pytest

from pipelines.families import ims
from pipelines.families.known import FAMILIES, NO_FAMILY, evidence_of, recognise
from pipelines.page import Page, read_page
from pipelines.read import read as read_capture
from pipelines.records import Capture, Layout

FETCHED = datetime(2024, 6, 1, 2, tzinfo=UTC)
TITLE = "Ra mắt tổ cấp cứu lưu động trên sông Mẫu"
FIRST = "Sáng 20-5, bệnh viện huyện ra mắt tổ cấp cứu lưu động gồm hai xuồng máy và sáu nhân viên y tế trực ngày đêm."
SECOND = "Trong tuần đầu, tổ đã đưa bốn ca bệnh nặng từ các xã ven sông về tuyến trên, ca nhanh nhất mất 25 phút."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
STAMP = "<div class='date'>21/05/2024 08:15</div>"


def page(inner: str, head: str = "", url: str = "https://bao.example/bai-1.html", **options) -> Page:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body><div id='wrap'>{inner}</div></body></html>"
    return read_page(html, url=url, fetched_at=FETCHED, **options)


def texts(found: Page, role: str) -> list[str]:
    return [line.text for line in found.draft.lines if line.role == role]


def value(found: Page, name: str) -> str | None:
    usable = [c for c in found.draft.candidates if c.field == name and c.refused is None]
    return min(usable, key=lambda c: c.rank).value if usable else None


def refused(found: Page, name: str) -> dict[str, str]:
    return {c.value: c.refused for c in found.draft.candidates if c.field == name and c.refused is not None}


# --- recognition ----------------------------------------------------------------------------------------------------


def test_what_told_the_family_stands_in_the_rule_of_the_kind():
    named = page(f"<h1>{TITLE}</h1>{STAMP}<div class='afcbc-body detail-content'>{BODY}</div>")
    assert named.kind_rule.endswith("; family ims: names afcbc-body")
    tagged = page(f"<h1>{TITLE}</h1>{STAMP}<div>{BODY}</div>", '<meta name="generator" content="NukeViet v4.5">')
    assert tagged.kind_rule.endswith("; family nukeviet: generator 'NukeViet v4.5'")
    told = page(f"<h1>{TITLE}</h1>{STAMP}<div>{BODY}</div>", family="liferay")
    assert told.kind_rule.endswith("; family liferay: named by the source")


def test_a_page_of_no_family_says_nothing_of_one():
    assert "; family" not in page(f"<h1>{TITLE}</h1>{STAMP}<div>{BODY}</div>").kind_rule


def test_families_can_be_switched_off_and_the_source_wins_over_the_page():
    inner = f"<h1 class='title'>{TITLE}</h1>{STAMP}<div class='afcbc-body'>{BODY}</div>"
    assert "; family" not in page(inner, family=NO_FAMILY).kind_rule
    assert page(inner, family="wordpress").kind_rule.endswith("family wordpress: named by the source")


def test_a_family_that_nobody_knows_is_passed_over_for_what_the_page_shows():
    inner = f"<h1>{TITLE}</h1>{STAMP}<div class='afcbc-body'>{BODY}</div>"
    assert "; family ims: names" in page(inner, family="no-such-cms").kind_rule


def test_each_family_has_a_name_of_its_own_and_names_in_lower_case():
    assert len({family.name for family in FAMILIES}) == len(FAMILIES) and NO_FAMILY not in {f.name for f in FAMILIES}
    for family in FAMILIES:
        kinds = ("signs", "body", "title", "published", "updated", "lead", "byline", "caption", "section", "related")
        found = set().union(*(getattr(family, kind) for kind in kinds))
        assert all(name == name.lower() and " " not in name for name in found), family.name
        assert family.generator or family.signs, f"{family.name} can never be recognised"
        told = recognise("", family.signs, None)
        assert told is None or evidence_of(told, "", family.signs, None).startswith("names ")


# --- NukeViet -------------------------------------------------------------------------------------------------------

NUKEVIET = (
    f"<div class='news_column'><div class='panel-body'><h1 class='title'>{TITLE}</h1>{{hidden}}"
    "<span class='h5'>Thứ ba - 21/05/2024 08:15</span>{top}<div id='news-bodyhtml'>" + BODY + "</div></div>"
    "<div class='margin-bottom-lg'>{tail}</div></div>{after}"
)
WRITER = "<p class='h5 text-right'><strong>Tác giả: </strong>Đỗ Quang Mẫn</p>"
SOURCE = "<p class='h5 text-right'><strong>Nguồn tin: </strong>Báo Mẫu</p>"


def nukeviet(hidden: str = "", top: str = "", tail: str = "", after: str = "", **options) -> Page:
    return page(NUKEVIET.format(hidden=hidden, top=top, tail=tail, after=after), **options)


@pytest.mark.parametrize("layouts", [(), (Layout(title="h1", body="#news-bodyhtml", byline="p.h5.text-right"),)])
def test_writer_and_source_below_the_articles_element_are_both_its_byline(layouts):
    found = nukeviet(tail=WRITER + SOURCE, layouts=layouts)
    assert texts(found, "byline") == ["Tác giả: Đỗ Quang Mẫn", "Nguồn tin: Báo Mẫu"]
    assert not found.draft.doubts


def test_a_byline_selector_that_matches_far_apart_is_a_doubt_and_takes_no_strangers():
    stranger = "<div class='box'><p class='h5 text-right'>Bùi Văn Lạ</p></div>"
    layout = Layout(title="h1", body="#news-bodyhtml", byline="p.h5.text-right")
    found = nukeviet(tail=WRITER, after=stranger, layouts=(layout,))
    assert texts(found, "byline") == ["Tác giả: Đỗ Quang Mẫn"]
    assert [d.rule for d in found.draft.doubts] == ["layout-byline"]


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Theo dõi chúng tôi trên mạng xã hội</p>" + WRITER,  # something else came first
        "<p class='text-right'>Đỗ Quang Mẫn</p>",  # no label, and no part of the article
        "<p>Nguồn tin: theo đó, tổ công tác đã làm việc với chính quyền các xã ven sông trong nhiều ngày liền.</p>",
    ],
)
def test_what_stands_below_the_articles_element_is_no_credit_without_label_and_order(tail):
    assert texts(page(NUKEVIET.format(hidden="", top="", tail=tail, after=""), family=NO_FAMILY), "byline") == []


def test_a_caption_as_long_as_a_lead_is_a_caption_and_shown_again_in_a_hidden_box_it_is_junk():
    long = "Tổ cấp cứu lưu động của bệnh viện huyện diễn tập đưa người bệnh lên xuồng máy tại bến Mẫu."
    figure = f"<figure><div><img src='/a.jpg'><figcaption>{long}</figcaption></div></figure>"
    box = f"<div id='imgpreview' style='display:none'><p><img src='/a.jpg'></p><em>{long}</em></div>"
    found = nukeviet(top=f"<div class='hometext'>Hai xuồng máy trực ngày đêm ở bến.</div>{figure}{box}")
    assert texts(found, "lead") == ["Hai xuồng máy trực ngày đêm ở bến."]
    assert texts(found, "caption") == [long]


EDITED = (
    "<span class='hidden' itemprop='datePublished'>{0}</span><span class='hidden' itemprop='dateModified'>{1}</span>"
)


def test_a_machine_date_that_is_the_last_edit_is_refused_on_a_page_of_an_unknown_cms_too():
    edit = "2024-05-30T10:00:00+07:00"
    found = nukeviet(hidden=EDITED.format(edit, edit), family=NO_FAMILY)
    assert value(found, "published_on") == "2024-05-21T08:15+07:00"
    assert refused(found, "published_on")[edit] == "the moment of the last change, and the page prints an earlier day"
    assert value(found, "updated_at") == edit


def test_a_bare_day_beside_the_title_is_too_little_against_the_machine_date():
    edit = "2024-05-30T10:00:00+07:00"
    inner = f"<h1>{TITLE}</h1>{EDITED.format(edit, edit)}<div class='date'>21/05/2024</div><div>{BODY}</div>"
    assert value(page(inner), "published_on") == edit


@pytest.mark.parametrize(
    ("published", "changed"),
    [
        ("2024-05-30T10:00:00+07:00", "2024-05-31T10:00:00+07:00"),  # not the moment of the change
        ("2024-05-21T08:15:20+07:00", "2024-05-21T08:15:20+07:00"),  # never changed: the printed day is the same
        ("2024-05-20T23:50:00+07:00", "2024-05-20T23:50:00+07:00"),  # the printed day is later
    ],
)
def test_any_other_machine_date_is_still_believed(published, changed):
    found = nukeviet(hidden=EDITED.format(published, changed), family=NO_FAMILY)
    assert value(found, "published_on") == published


# --- others ---------------------------------------------------------------------------------------------------------

WORDPRESS = "<article><h1 class='entry-title'>{0}</h1><div class='entry-meta'>{1}</div><div class='entry-content'>{2}</div></article>"


def wordpress(meta: str) -> Page:
    return page(WORDPRESS.format(TITLE, meta, BODY), '<meta name="generator" content="WordPress 6.5">')


def test_the_day_of_the_last_change_beside_that_of_publication_is_no_publication():
    found = wordpress("<time class='updated'>28/05/2024</time><time class='entry-date published'>21/05/2024</time>")
    assert (value(found, "published_on"), value(found, "updated_at")) == ("2024-05-21", "2024-05-28")


@pytest.mark.parametrize("names", ["entry-date updated td-module-date", "published updated", "post-date updated"])
def test_one_element_that_is_both_tells_the_publication(names):
    found = wordpress(f"<time class='{names}'>21/05/2024</time>")
    assert (value(found, "published_on"), value(found, "updated_at")) == ("2024-05-21", None)


def test_a_day_that_links_to_the_page_itself_is_read():
    found = wordpress("<span class='posted-on'><a href='/bai/' rel='bookmark'><time>21/05/2024</time></a></span>")
    assert value(found, "published_on") == "2024-05-21"


def test_a_linked_headline_with_a_day_in_it_is_not_read_as_a_day():
    found = wordpress(
        "<span class='posted-on'><a href='/khac/'>Lịch trực tuần từ ngày 20/05/2024 của các khoa</a></span>"
    )
    assert value(found, "published_on") is None


@pytest.mark.parametrize(
    ("boxes", "moment"),
    [
        (
            "<span class='format_time'>07:55</span> <span class='format_date'>21/05/2024</span>",
            "2024-05-21T07:55+07:00",
        ),
        (
            "<span class='format_date'>21/05/2024</span> <span class='format_time'>07:55</span>",
            "2024-05-21T07:55+07:00",
        ),
        ("<span class='format_date'>21/05/2024</span> <span class='format_time'>27:55</span>", "2024-05-21"),
        (
            "<p><b class='time'>07:55</b></p><p>Lịch phát sóng</p><span class='format_date'>21/05/2024</span>",
            "2024-05-21",
        ),
    ],
)
def test_a_clock_in_its_own_box_belongs_to_the_day_beside_it_and_to_no_other(boxes, moment):
    inner = f"<h1>{TITLE}</h1><div class='info'>{boxes}</div><div class='__MASTERCMS_CONTENT'>{BODY}</div>"
    assert value(page(inner), "published_on") == moment


def test_the_last_part_of_an_id_that_aspnet_made_names_the_element():
    part = "ctl00_ctl30_g_1a2b_33c4_4d5e_ctl00"
    inner = (
        f"<div id='{part}_pnHide'><span>21/05/2024 08:15</span></div><div id='divArticleDescription3'>{TITLE}</div>"
        f"<div id='divArticleDescription2'>{BODY}</div><div id='{part}_pnNguontin'>Phòng Y tế huyện Mẫu</div>"
    )
    found = page(inner)
    assert (texts(found, "title"), value(found, "published_on")) == ([TITLE], "2024-05-21T08:15+07:00")
    assert (texts(found, "body"), texts(found, "byline")) == ([FIRST, SECOND], ["Phòng Y tế huyện Mẫu"])


def test_a_photo_credit_below_its_caption_is_the_end_of_the_caption_and_no_byline():
    picture = (
        "<table class='picture'><tr><td><img src='/a.jpg'></td></tr><tr><td class='caption'>"
        "<p>Xuồng máy rời bến.</p><p class='source'>(Ảnh: MẪN HÙNG)</p></td></tr></table>"
    )
    inner = f"<h1 class='article__title'>{TITLE}</h1>{STAMP}<div class='cms-body'>{picture}{BODY}</div>"
    html = f"<html><head><title>{TITLE}</title></head><body>{inner}</body></html>"
    found = read_capture(Capture("x", "https://bao.example/x.html", FETCHED, html.encode(), "text/html", 200)).bulletin
    assert found is not None
    assert found.captions == ("Xuồng máy rời bến. (Ảnh: MẪN HÙNG)",)
    assert (found.byline, found.photographers) == (None, ("Mẫn Hùng",))


def test_the_moment_in_an_ims_address_tells_a_day():
    assert ims.day_of_id("https://bao.example/tin-102260731091819693.htm") == date(2026, 7, 31)
    assert ims.day_of_id("https://bao.example/tin-20240530174822915.htm") == date(2024, 5, 30)


@pytest.mark.parametrize(
    "number", ["102241331091819693", "102260731991819693", "123456", "10226073109181969", "t34656"]
)
def test_a_number_that_holds_no_moment_tells_no_day(number):
    assert ims.day_of_id(f"https://bao.example/tin-{number}.htm") is None


@pytest.mark.parametrize(("number", "doubts"), [("102240521081522915", []), ("102240517081522915", ["2024-05-17"])])
def test_an_address_made_on_another_day_than_the_page_states_is_a_doubt_and_decides_nothing(number, doubts):
    inner = (
        f"<h1 class='detail-title'>{TITLE}</h1><div class='detail-time'>21/05/2024 08:15</div>"
        f"<div class='detail-content afcbc-body'>{BODY}</div>"
    )
    found = page(inner, url=f"https://bao.example/tin-{number}.htm")
    assert value(found, "published_on") == "2024-05-21T08:15+07:00"
    told = [d for d in found.draft.doubts if d.rule == "publication-date-and-id-differ"]
    assert [d.detail[-10:] for d in told] == doubts


def joomla(categories: str) -> Page:
    inner = f"<div class='item-page'><h1>{TITLE}</h1><dl>{categories}<dd class='published'>21/05/2024</dd></dl>"
    return page(f"{inner}<div class='com-content-article__body'>{BODY}</div></div>", family="joomla")


def test_a_category_that_the_family_names_is_the_section():
    found = joomla("<dd class='category-name'>Chuyên mục: <a href='/tin'>Tin hoạt động</a></dd>")
    assert (value(found, "section"), texts(found, "section")) == ("Tin hoạt động", ["Chuyên mục: Tin hoạt động"])


@pytest.mark.parametrize("categories", ["", "<dd class='category-name'>Tin</dd><dd class='category-name'>Y tế</dd>"])
def test_of_several_categories_none_is_the_section(categories):
    assert value(joomla(categories), "section") is None

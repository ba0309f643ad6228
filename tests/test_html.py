import pytest
from lxml.cssselect import CSSSelector

from pipelines.blocks import page_text
from pipelines.html import MAX_CHARS, every, line, only, parse
from pipelines.records import Unreadable


def lines(body: str) -> list[str]:
    root, _ = parse(f"<html><body>{body}</body></html>")
    return [found.text for found in page_text(root).lines]


def test_inline_elements_neither_stick_nor_break_words():
    assert lines("<p><b>Đồn</b><b> Biên</b> <i>phòng</i> ra<span>o</span></p>") == ["Đồn Biên phòng rao"]


def test_block_elements_and_br_end_a_line():
    assert lines("Một<br>hai<div>ba</div>bốn<p>năm</p>") == ["Một", "hai", "ba", "bốn", "năm"]


def test_a_stray_paragraph_end_ends_a_line_as_in_a_browser():
    assert lines("<div>Tiêu đề</p>Nội dung:</p><p>Hết.</p></div>") == ["Tiêu đề", "Nội dung:", "Hết."]


def test_scripts_styles_templates_and_comments_are_no_text():
    assert lines("a<script>b</script><style>c</style><template>d</template><!-- e --><noscript>f</noscript>") == ["a"]


def test_a_row_of_short_cells_is_one_line():
    assert lines("<table><tr><td>STT</td><td>Tên</td></tr><tr><td>1</td><td>Kho A</td></tr></table>") == [
        "STT | Tên",
        "1 | Kho A",
    ]


def test_a_label_cell_keeps_its_colon():
    assert lines("<table><tr><td>Ngày đăng:</td><td>08/07/2022</td></tr></table>") == ["Ngày đăng: 08/07/2022"]


def test_a_row_that_lays_out_a_page_is_not_joined():
    assert lines("<table><tr><td><p>Menu</p><p>Tin</p></td><td><p>Bài</p></td></tr></table>") == ["Menu", "Tin", "Bài"]


def test_captions_of_a_row_of_pictures_stay_apart():
    pictures = "<tr><td><img src=a></td><td><img src=b></td></tr>"
    assert lines(f"<table>{pictures}<tr><td>Ảnh trái.</td><td>Ảnh phải.</td></tr></table>") == [
        "Ảnh trái.",
        "Ảnh phải.",
    ]


def test_entities_of_the_document_type_are_not_resolved_from_files():
    bomb = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>'
    root, _ = parse(bomb)
    assert "root:" not in line(root)


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->"])
def test_a_text_without_elements_is_refused(text):
    with pytest.raises(Unreadable):
        parse(text)


def test_a_page_beyond_the_size_limit_is_refused_at_once():
    with pytest.raises(Unreadable, match="at most"):
        parse("<p>" + "a" * MAX_CHARS)


def test_a_page_of_too_many_tags_is_refused_at_once():
    with pytest.raises(Unreadable, match="tags"):
        parse("<b>" * 400_001)


def test_a_page_of_too_many_lines_is_refused():
    root, _ = parse("<html><body>" + "<p>x</p>" * 20_001)
    with pytest.raises(Unreadable, match="lines"):
        page_text(root)


def test_nesting_beyond_the_parsers_limit_is_told_as_a_doubt():
    root, doubts = parse("<html><body>" + "<div>" * 100_000 + "x")
    assert [d.rule for d in doubts] == ["page-cut-off"]
    assert page_text(root).lines == []


def test_nul_bytes_do_not_cut_the_page():
    root, _ = parse("<html><body><p>a\0b</p><p>c</p></body></html>")
    assert [found.text for found in page_text(root).lines] == ["ab", "c"]


def test_only_takes_exactly_one_match():
    root, _ = parse("<html><body><h1>a</h1><p>b</p><p>c</p></body></html>")
    assert line(only(root, "h1")) == "a"
    assert len(every(root, "p")) == 2


@pytest.mark.parametrize("selector", ["h2", "p", "p:::", "[", "div >"])
def test_only_refuses_none_several_and_broken_selectors(selector):
    root, _ = parse("<html><body><h1>a</h1><p>b</p><p>c</p></body></html>")
    with pytest.raises(Unreadable):
        only(root, selector)


@pytest.mark.parametrize(
    "selector",
    ["#a", ".b", "#a .b", ".b > p", ".b .b", "p#a", ".b.c", ".c, #a", "#a + .b", ":not(.b)", "div :has(.c)", ".b:first-child",
     "[title=\"*[@id = 'a']/\"]"],
)  # fmt: skip
def test_a_selector_matches_what_it_matches_everywhere(selector: str) -> None:
    root, _ = parse(
        "<div id=a class='x b'><p class=b>1<p id=a class='c\tb'>2<p class=bb>3<b class='b c' title=\"*[@id = 'a']/\">4</b></div>"
        "<div class=b><div class=b id=A><p>5</div></div>"
    )
    assert every(root, selector) == CSSSelector(selector, translator="html")(root)

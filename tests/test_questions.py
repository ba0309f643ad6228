"""The analyst's questions, each with an answer that a reader of the bulletins below knows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.running import bantin
from warehouse.questions import questions

SOURCE = """publisher = "{publisher}"
sphere = "army"
home = "https://{host}/"
hosts = ["{host}"]
status = "believed"
"""

REVIEW = """{title}

Ngày đăng: {day}

{prefix}Sáng 12-3, Bộ Tư lệnh Quân khu 9 tổ chức Hội nghị tổng kết công tác hậu cần năm 2023. Thiếu tướng Lê Minh Quang, Phó Tư lệnh Quân khu 9 chủ trì hội nghị. Dự hội nghị có Đại tá Trần Văn Phúc, Chủ nhiệm Hậu cần Quân khu 9 và Thượng tá Nguyễn Hữu Tường, Trung đoàn trưởng Trung đoàn 320, Sư đoàn 330, Quân khu 9.

Năm 2023, các đơn vị đã thực hiện tốt Nghị quyết số 1658-NQ/QUTW của Quân ủy Trung ương; quân số khỏe đạt 98,8%; tổ chức tăng gia, chăn nuôi đúng quy hoạch, chế biến thực phẩm tập trung, bảo đảm đời sống bộ đội ổn định và từng bước được cải thiện. Công tác huấn luyện hậu cần được tiến hành chặt chẽ, sát đối tượng, sát địa bàn.

Dịp này, Bộ Tư lệnh Quân khu 9 tặng Bằng khen cho 5 tập thể và 12 cá nhân có thành tích xuất sắc.

{credit}
"""
HALF_YEAR = """Quân khu 9 sơ kết công tác hậu cần 6 tháng đầu năm 2024

Ngày đăng: 03/07/2024

QK9 – Chiều 1-7, Bộ Tư lệnh Quân khu 9 tổ chức Hội nghị sơ kết công tác hậu cần 6 tháng đầu năm 2024. Trung tướng Lê Minh Quang, Tư lệnh Quân khu 9 chủ trì hội nghị. Dự hội nghị có Đại tá Nguyễn Hữu Tường, Sư đoàn trưởng Sư đoàn 330, Quân khu 9; Đại tá Trần Văn Phúc, Chủ nhiệm Hậu cần Quân khu 9 và Đại tá Phan Thanh Bình, Chủ nhiệm Chính trị Quân khu 9.

Sáu tháng qua, quân số khỏe đạt 99,1%; các bếp ăn được kiểm tra đều bảo đảm vệ sinh an toàn thực phẩm; việc khai thác, tạo nguồn hậu cần tại chỗ gắn với địa phương có nhiều cách làm mới, được bộ đội đồng tình, ủng hộ và làm theo. Các đơn vị tiếp tục thực hiện Nghị quyết 1658.

Dịp này, Bộ Tư lệnh Quân khu 9 tặng Bằng khen cho 3 tập thể và 4 cá nhân.

Tin, ảnh: HOÀNG LAM
"""
REGION_4 = """Quân khu 4 quán triệt Nghị quyết 1658

Ngày đăng: 20/03/2024

QK4 – Ngày 19-3, Đảng ủy Quân khu 4 tổ chức Hội nghị quán triệt Nghị quyết số 1658-NQ/QUTW của Quân ủy Trung ương. Thiếu tướng Đoàn Xuân Bường, Chính ủy Quân khu 4 chủ trì hội nghị. Các đại biểu được nghe giới thiệu những nội dung cơ bản của nghị quyết, thảo luận và thống nhất biện pháp thực hiện ở từng cấp, từng ngành, bảo đảm thiết thực, hiệu quả.

Tin, ảnh: MINH TUẤN
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers: one with two conferences and a correction of the first, one with a reprint and a story of its own."""
    folder = tmp_path_factory.mktemp("questions")
    home = folder / "h"
    for source_id, publisher, host in (
        ("paper-9", "Báo Quân khu 9", "qk9.example.vn"),
        ("paper-4", "Báo Quân khu 4", "qk4.example.vn"),
    ):
        (home / "sources").mkdir(parents=True, exist_ok=True)
        (home / "sources" / f"{source_id}.toml").write_text(
            SOURCE.format(publisher=publisher, host=host), encoding="utf-8"
        )
    review = REVIEW.format(
        title="Quân khu 9 tổng kết công tác hậu cần năm 2023",
        day="13/03/2024",
        prefix="QK9 – ",
        credit="Tin, ảnh: HOÀNG LAM",
    )
    reprint = REVIEW.format(
        title="Hội nghị tổng kết công tác hậu cần Quân khu 9", day="15/03/2024", prefix="", credit="Theo Báo Quân khu 9"
    )
    papers = (
        ("paper-9", {"a.txt": review, "b.txt": HALF_YEAR}),
        ("paper-4", {"c.txt": reprint, "d.txt": REGION_4}),
        ("paper-9", {"a.txt": review.replace("5 tập thể", "6 tập thể")}),
    )  # fmt: skip
    for source_id, texts in papers:
        pages = folder / source_id
        pages.mkdir(exist_ok=True)
        for name, text in texts.items():
            (pages / name).write_text(text, encoding="utf-8")
        done = bantin(home, "ingest", str(pages), "--source", source_id)
        assert done.returncode == 0, done.stderr
    return home


def answer(home: Path, name: str) -> list[dict[str, str]]:
    told = bantin(home, "ask", name, "--format", "csv")
    assert told.returncode == 0, told.stderr
    return list(csv.DictReader(io.StringIO(told.stdout)))


def only(rows: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_generals_chairing_conferences(home):
    rows = answer(home, "generals_chairing")
    assert only(rows, "quarter", "event_type", "full_name", "rank", "conferences") == [
        ("2024-Q3", "hội nghị sơ kết", "Lê Minh Quang", "Trung tướng", "1"),
        ("2024-Q1", "hội nghị tổng kết", "Lê Minh Quang", "Thiếu tướng", "1"),
        ("2024-Q1", "hội nghị quán triệt", "Đoàn Xuân Bường", "Thiếu tướng", "1"),
    ]


def test_mentions_of_a_document_per_region_and_year(home):
    """The short number of the half-year's bulletin is the numbered resolution of the others."""
    assert only(
        answer(home, "document_by_region"), "document_type", "number", "military_region", "year", "bulletins"
    ) == [
        ("Nghị quyết", "1658-NQ/QUTW", "4", "2024", "1"),
        ("Nghị quyết", "1658-NQ/QUTW", "9", "2024", "3"),
    ]


def test_bulletins_edited_after_publication(home):
    (row,) = answer(home, "edited_after_publication")
    assert (row["source_id"], row["published_on"], row["changed_fields"], row["version"]) == (
        "paper-9",
        "2024-03-13",
        '["body"]',
        "2",
    )


def test_rank_changes(home):
    assert only(answer(home, "rank_changes"), "full_name", "rank_before", "rank", "last_as", "first_as") == [
        ("Lê Minh Quang", "Thiếu tướng", "Trung tướng", "2024-03-15", "2024-07-03"),
        ("Nguyễn Hữu Tường", "Thượng tá", "Đại tá", "2024-03-15", "2024-07-03"),
    ]


def test_holders_of_a_post_over_time(home):
    held = {
        (r["organization"], r["position"]): (r["full_name"], r["first_shown"], r["last_shown"])
        for r in answer(home, "post_holders")
    }
    assert held[("Quân khu 9", "Phó Tư lệnh")] == ("Lê Minh Quang", "2024-03-13", "2024-03-15")
    assert held[("Quân khu 9", "Tư lệnh")] == ("Lê Minh Quang", "2024-07-03", "2024-07-03")
    assert held[("Quân khu 9", "Chủ nhiệm Hậu cần")] == ("Trần Văn Phúc", "2024-03-13", "2024-07-03")
    assert held[("Sư đoàn 330", "Sư đoàn trưởng")] == ("Nguyễn Hữu Tường", "2024-07-03", "2024-07-03")
    assert held[("Quân khu 4", "Chính ủy")] == ("Đoàn Xuân Bường", "2024-03-20", "2024-03-20")


def test_units_under_a_parent_on_all_levels(home):
    below = {(r["above"], r["below"], r["level"]) for r in answer(home, "units_below")}
    assert {
        ("Quân khu 9", "Sư đoàn 330", "1"),
        ("Sư đoàn 330", "Trung đoàn 320", "1"),
        ("Quân khu 9", "Trung đoàn 320", "2"),
    } <= below


def test_awards_per_giver_and_half_year(home):
    """The corrected number counts, and the reprint does not."""
    assert only(answer(home, "awards_by_giver"), "giver", "award", "year", "half", "groups", "persons") == [
        ("Bộ Tư lệnh Quân khu 9", "Bằng khen", "2024", "2", "3", "4"),
        ("Bộ Tư lệnh Quân khu 9", "Bằng khen", "2024", "1", "6", "12"),
    ]


def test_lag_from_event_to_publication(home):
    assert only(answer(home, "event_lag"), "source_id", "bulletins", "median_days", "longest") == [
        ("paper-4", "2", "2.0", "3"),
        ("paper-9", "2", "1.5", "2"),
    ]


def test_first_publisher_of_a_shared_story(home):
    assert only(
        answer(home, "first_publishers"), "first_source", "first_on", "source_id", "published_on", "kind", "days_after"
    ) == [("paper-9", "2024-03-13", "paper-4", "2024-03-15", "reprint", "2")]


def test_one_indicator_over_the_years(home):
    rows = {(r["source_id"], r["year"]): r for r in answer(home, "indicator")}
    assert (rows["paper-9", "2024"]["lowest"], rows["paper-9", "2024"]["highest"]) == ("98.8", "99.1")
    assert rows["paper-4", "2024"]["bulletins"] == "1"


def test_people_at_the_same_events(home):
    pairs = {frozenset((r["one"], r["other"])): r["events"] for r in answer(home, "people_together")}
    assert pairs[frozenset(("Lê Minh Quang", "Trần Văn Phúc"))] == "2"
    assert frozenset(("Lê Minh Quang", "Đoàn Xuân Bường")) not in pairs


def test_quality_per_source_and_reader(home):
    rows = answer(home, "quality")
    assert only(rows, "source_id", "bulletins", "title", "published_on", "with_event") == [
        ("paper-4", "2", "1.0", "1.0", "1.0"),
        ("paper-9", "2", "1.0", "1.0", "1.0"),
    ]


def test_each_question_has_words_and_is_listed(home):
    listed = bantin(home, "ask").stdout
    assert len(questions()) == 12
    for question in questions():
        assert question.words.endswith("?") and question.note and question.words in listed and question.name in listed


def test_the_text_of_a_question_can_be_taken_as_it_is(home):
    text = bantin(home, "ask", "units-below", "--text").stdout
    told = bantin(home, "sql", f"select count(*) as pairs from ({text.rstrip().rstrip(';')})", "--format", "json")
    assert json.loads(told.stdout)[0]["pairs"] >= 3


def test_an_unknown_question_names_those_there_are(home):
    done = bantin(home, "ask", "who killed JFK")
    assert (
        done.returncode == 1 and "expected one of awards_by_giver" in done.stderr and "nothing was asked" in done.stderr
    )

"""Pages of a publisher of our own making, for tests of what is learned from them: each tells something of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from pipelines.read import read_with_places
from pipelines.records import Capture
from pipelines.repetition import Repetition, SeenPage

UNITS = ("Lữ đoàn", "Trung đoàn", "Sư đoàn", "Ban Chỉ huy Quân sự huyện", "Bệnh viện Quân y", "Tiểu đoàn", "Kho")
DEEDS = (
    "tổ chức hội nghị sơ kết công tác hậu cần", "khai mạc hội thi nuôi quân giỏi", "ra quân huấn luyện năm mới",
    "tiếp nhận trang bị kỹ thuật", "thăm và tặng quà các gia đình chính sách", "diễn tập phòng cháy, chữa cháy",
)  # fmt: skip
FIRST_DAY = date(2026, 1, 5)
BOX = '<div class="ban-quyen"><p>Bản quyền của Báo Vùng Cao, xin nêu tên báo khi trích dẫn ở nơi khác.</p></div>'
COPYRIGHT = "Bản quyền của Báo Vùng Cao, xin nêu tên báo khi trích dẫn ở nơi khác."
Part = str | Callable[[int], str]


def told(number: int) -> tuple[str, str, str]:
    """Three paragraphs that no other number tells."""
    unit, deed = f"{UNITS[number % 7]} {100 + number}", DEEDS[number % 6]
    return (
        f"Sáng nay, {unit} {deed} với sự tham gia của {20 + number} cán bộ, chiến sĩ trong toàn đơn vị.",
        f"Kết quả kiểm tra cho thấy {unit} hoàn thành {70 + number % 30}% chỉ tiêu, có {number} tập thể được khen.",
        f"Thời gian tới, {unit} tiếp tục duy trì nền nếp, phấn đấu vượt kế hoạch số {number} trước thời hạn.",
    )


def page(
    number: int,
    *,
    head: Part = "",
    among: Part = "",
    tail: Part = "",
    last: Part = "",
    container: str = "entry-content",
    paragraphs: tuple[str, ...] | None = None,
    day: date | None = None,
) -> str:
    """One page. head, among, tail: markup inside the article, before, between and after its paragraphs; last: after the
    credit line. A callable is given the number."""
    day = day or FIRST_DAY + timedelta(days=2 * number)
    first, *rest = paragraphs or told(number)
    inner = "".join(f"<p>{text}</p>" for text in rest)
    parts = [part(number) if callable(part) else part for part in (head, among, tail, last)]
    return (
        f"<html><head><title>Tin số {number} của đơn vị trong tuần qua</title></head><body><div class='menu'><a href='/'>"
        f"Trang chủ</a></div><main><h1 class='entry-title'>Tin số {number} của đơn vị trong tuần qua</h1>"
        f"<span class='ngay-dang'>Ngày đăng: {day:%d/%m/%Y}</span><div class='{container}'>{parts[0]}<p>{first}</p>"
        f"{parts[1]}{inner}{parts[2]}<p style='text-align:right'><strong>Tin, ảnh: VŨ HẢI</strong></p>{parts[3]}</div>"
        "</main><div class='footer'>Giấy phép số 12/GP</div></body></html>"
    )


def capture(html: str, number: int, at: datetime | None = None) -> Capture:
    moment = at or datetime(2026, 11, 20, 3, tzinfo=UTC) + timedelta(minutes=number)
    return Capture("vung-cao", f"https://vungcao.example/tin-{number}.html", moment, html.encode(), "text/html", 200)


def seen_of(captures: Iterable[Capture]) -> list[SeenPage]:
    """As dagster_project.steps.learning hands them on; a page is a bulletin of its address."""
    found = []
    for one in captures:
        reading, read = read_with_places(one)
        assert read is not None and reading.bulletin is not None and reading.bulletin.published_on is not None, one.url
        day = reading.bulletin.published_on
        found.append(SeenPage(one.url, one.url, one.fetched_at, day, read.layout, read.seen))
    return found


def repetition(pages: Iterable[SeenPage]) -> Repetition:
    seen = Repetition()
    for one in pages:
        seen.add(one)
    return seen

"""What `bantin learn` finds and what it eats, on every kind of newsroom publisher.

    python -m bench.learn [SEED] [PAGES] [--kind KIND …]

Each kind twice, read with its source file and with nothing but the page: as it is, and with lines planted into each
page's article that a site might print there. Columns:

    learned   lines learned of the pages as they are
    eaten     gold paragraphs, captions and the like that these, or those learned of the planted pages, are
    bodies    bulletins whose body is another one with the list than without it, on the pages as they are
    planted   of the six planted lines, those found; formulas: of three planted sentences of bulletins, those taken
    back      planted pages whose body, read with the list, is the body of the page without plants
    learn s   seconds to learn, reading apart; read: pages a CPU-second without and with the list
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from bench.fields import DAYS, PAGES, pages_of
from crawlers.newsroom import Gold, Newsroom
from crawlers.newsroom.kinds import KINDS
from crawlers.newsroom.records import VIETNAM
from crawlers.source_file import source_of
from pipelines.boilerplate import Learned, learn
from pipelines.html import every, parse
from pipelines.read import read, read_with_places
from pipelines.records import Capture, Layout, LearnedLine
from pipelines.repetition import Repetition, SeenPage

SEED, A_DAY = 31_007, 1.2
SITE = {
    "head": '<p class="slogan">Vì nhân dân quên mình</p>',
    "among": '<div class="hop-thu"><p>Đăng ký nhận bản tin điện tử mỗi sáng</p></div>',
    "box": '<div class="ban-quyen"><p>Bản quyền của tòa soạn, xin nêu tên báo khi trích dẫn ở nơi khác.</p></div>',
    "plain": "<p>Quét mã QR để tải ứng dụng của chúng tôi về điện thoại</p>",
    "hotline": "<p>Đường dây nóng của tòa soạn: 0900 000 123</p>",
    "author": '<div class="khung-phu-trach"><span>Trang do Phòng Chính trị phụ trách nội dung</span></div>',
}
"""What a site prints: on every page."""
FORMULAS = {
    "Cùng dự có các đồng chí trong Ban Thường vụ Đảng ủy và cơ quan chức năng.": 1,
    "Chương trình kết thúc thành công tốt đẹp.": 1,
    "Các đại biểu dự hội nghị.": 2,
}
"""What bulletins repeat, in plain paragraphs: on every page, or on each so many-th one."""


def planted(html: str, number: int, selector: str) -> str:
    """A page with the lines in it: formulas as paragraphs like the others, then what the site prints around them."""
    root, _ = parse(html)
    found = every(root, selector)
    if len(found) != 1:
        return html
    body: HtmlElement = found[0]
    told = [p for p in body.iter("p") if len(p.text_content()) > 80]
    with_us, end, shown = FORMULAS
    if told:
        _after(told[-1], f"<p>{end}</p>")
        _after(
            told[0], *([f"<p>{shown}</p>"] if number % FORMULAS[shown] == 0 else ()), f"<p>{with_us}</p>", SITE["among"]
        )
    for text in (SITE["box"], SITE["author"], SITE["plain"], SITE["hotline"]):
        body.append(fragment_fromstring(text))
    body.insert(0, fragment_fromstring(SITE["head"]))
    first, body.text = body.text, None
    body[0].tail = first
    return etree.tostring(root, encoding="unicode", method="html")


def _after(element: HtmlElement, *texts: str) -> None:
    for text in reversed(texts):
        element.addnext(fragment_fromstring(text))


def seen_of(captures: Iterable[Capture], family: str | None, layouts: tuple[Layout, ...]) -> Repetition:
    seen = Repetition()
    for capture in captures:
        reading, page = read_with_places(capture, family=family, layouts=layouts)
        if page is not None and reading.bulletin is not None:
            told = reading.bulletin
            day = told.published_on or told.published_not_before or capture.fetched_at.astimezone(VIETNAM).date()
            seen.add(SeenPage(capture.url, capture.url, capture.fetched_at, day, page.layout, page.seen))
    return seen


def bodies(
    captures: Iterable[Capture], family: str | None, layouts: tuple[Layout, ...], learned: tuple[LearnedLine, ...]
) -> tuple[list[str | None], float]:
    """The body of each page, and pages a CPU-second."""
    started, found = time.process_time(), []
    for capture in captures:
        bulletin = read(capture, family=family, layouts=layouts, learned=learned).bulletin
        found.append(bulletin.body if bulletin else None)
    return found, len(found) / (time.process_time() - started)


def eaten(learned: Learned, golds: Iterable[Gold]) -> set[str]:
    """Lines of bulletins that the list would take."""
    lines = {line.text for line in learned.lines}
    told = {
        text for g in golds for text in (*g.body, *g.captions, g.title, g.lead or "", g.byline or "", g.section or "")
    }
    return lines & told


def measure(kind: str, seed: int, count: int) -> Iterator[str]:
    room = Newsroom(seed, kinds=(kind,), bulletins=count + 40, per_day=A_DAY)
    room.advance(DAYS)
    site = room.sites[0]
    pairs = list(pages_of(room, site, count))
    golds, plain = [gold for gold, _ in pairs], [capture for _, capture in pairs]
    source = source_of(site.site_id, tomllib.loads(site.source_toml(1.0)))
    selector = next((layout.body for layout in source.layouts if layout.body), "[itemprop=articleBody]")
    sown = [
        replace(capture, payload=planted(capture.payload.decode(), number, selector).encode())
        for number, capture in enumerate(plain)
    ]
    texts = {"".join(fragment_fromstring(html).itertext()) for html in SITE.values()}
    for how, family, layouts in (("source", source.family, source.layouts), ("page", None, ())):
        before = learn(seen_of(plain, family, layouts))
        old, slow = bodies(plain, family, layouts, ())
        new, _ = bodies(plain, family, layouts, before.lines)
        seen = seen_of(sown, family, layouts)
        started = time.process_time()
        after = learn(seen)
        took = time.process_time() - started
        clean, fast = bodies(sown, family, layouts, after.lines)
        taken = {line.text for line in after.lines}
        back = sum(_without(body) == told for body, told in zip(clean, old, strict=True))
        lost = eaten(before, golds) | eaten(after, golds)
        moved = sum(a != b for a, b in zip(old, new, strict=True))
        yield (
            f"{kind:<16}{how:<8}{len(before.lines):>8}{len(lost):>7}{moved:>8}"
            f"{len(texts & taken):>9}{len(taken & set(FORMULAS)):>10}{back:>6}/{len(plain)}{took:>9.2f}"
            f"{slow:>7.0f} {fast:.0f}"
        )
        for text in sorted(lost):
            yield f"    eaten: {text}"
        for line in before.lines:
            yield f"    learned: {line.rule} {line.path} {line.text}"
        for text in sorted(texts - taken):
            why = [one.why for one in after.refused if one.text == text]
            yield f"    not found: {text} {why}"


def _without(body: str | None) -> str | None:
    return None if body is None else "\n\n".join(line for line in body.split("\n\n") if line not in FORMULAS)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.learn", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("seed", type=int, nargs="?", default=SEED)
    parser.add_argument("pages", type=int, nargs="?", default=PAGES)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS))
    args = parser.parse_args()
    print(f"seed {args.seed}, {args.pages} pages a kind; {len(SITE)} lines and {len(FORMULAS)} formulas planted")
    print(f"{'kind':<16}{'read by':<8}{'learned':>8}{'eaten':>7}{'bodies':>8}{'planted':>9}{'formulas':>10}{'back':>10}"
          f"{'learn s':>9}   read")  # fmt: skip
    for kind in args.kind or KINDS:
        for row in measure(kind, args.seed, args.pages):
            print(row)


if __name__ == "__main__":
    main()

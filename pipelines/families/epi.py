"""The CMS of Nhân Dân, VietnamPlus, vnanet, SGGP, Tiền Phong, Báo Hà Tĩnh, since 2026 of cand.vn (`-post<id>.html`).

Evidence: selectors of scrapers that read them (shared reference, section 3: ePi/hemera type; the vendor's name is
believed). Machine dates are right where seen. What is not the article's stands inside its body: adverts in
`.sda_middle`, links in `.article-relate` and `.related-news`, boxes of the editors in `.notebox`, and the share bar
`.article__social` in the line of the date. A picture is a `table.picture` of two rows, the second the caption.
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="epi",
    signs=names("cms-body zce-content-body article__sapo article__body"),
    body=names("cms-body zce-content-body article__body"),
    title=names("article__title"),
    published=names("article__meta"),
    lead=names("article__sapo"),
    byline=names("article__author"),
    related=names("sda_middle article-relate article__social related-news notebox"),
)

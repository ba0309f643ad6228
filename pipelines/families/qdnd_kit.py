"""The kit of Báo Quân đội nhân dân, believed that of dangcongsan.vn too.

Evidence: scrapers of qdnd.vn and two stored texts (shared reference, 2.1). A picture is an `.imgEditor` with its
caption in `.alt_imgEditor`; the words of the editor's buttons, `leftcenterrightdel`, stay behind in front of it.
The last line invites to other pages (`* Mời bạn đọc vào chuyên mục …`).
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="qdnd-kit",
    signs=names("imgeditor alt_imgeditor post-subinfo lbpublisheddate"),
    body=names("post-content"),
    title=names("post-title"),
    published=names("post-subinfo lbpublisheddate"),
    lead=names("post-summary"),
    caption=names("alt_imgeditor"),
    related=names("post-tag"),
)

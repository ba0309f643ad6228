"""SharePoint as ministries use it, and DotNetNuke: both on ASP.NET, whose ids carry the path of their containers.

Evidence: XPaths of scrapers of nine ministries, 2021 (shared reference, sections 2.2 and 3). Guids in ids differ from
page to page; only the last part of an id can be trusted (`ctl00_ctl36_g_3f2a…_ctl00_pnHide`). One kit was shared by
three ministries: `#divArticleDescription3` title, `…1` lead, `…2` paragraphs, `pnHide` date, `pnNguontin` source.
Others name their lead `#divArticleDescription`, their paragraphs `#contenttin`, the author `.tacgia`.

Of DotNetNuke no saved article was found: its module frames tell the family and nothing of the article.
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="sharepoint",
    generator=("microsoft sharepoint",),
    signs=names("#contenttin #s4-workspace ms-rtestate-field #divarticledescription2"),
    body=names("#contenttin #divarticledescription2 ms-rtestate-field"),
    title=names("#divarticledescription3"),
    published=names("#pnhide"),
    lead=names("#divarticledescription #divarticledescription1"),
    byline=names("#pnnguontin tacgia"),
)

DNN = Family(
    name="dnn",
    generator=("dotnetnuke", "dnn"),
    signs=names("dnnmodulecontent #dnn_contentpane"),
)

"""All families, and by which signs a page is told to be of one. Names seen in scrapers and saved pages
(shared reference, CMS families); a family with more to say has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.families import liferay, nukeviet
from pipelines.families.family import Family, names

FAMILIES: tuple[Family, ...] = (
    nukeviet.FAMILY,
    Family(
        name="epi",
        signs=names("cms-body zce-content-body article__sapo article__body"),
        body=names("cms-body zce-content-body article__body"),
        title=names("article__title"),
        published=names("article__meta"),
        lead=names("article__sapo"),
        byline=names("article__author"),
        related=names("sda_middle article-relate article__social related-news notebox"),
    ),
    Family(
        name="ims",
        signs=names("afcbc-body detail-sapo"),
        body=names("afcbc-body"),
        title=names("detail-title"),
        published=names("detail-time publishdate"),
        lead=names("detail-sapo"),
        byline=names("detail-author"),
        related=names("vcsortablelinkrelated"),
    ),
    Family(
        name="qdnd-kit",
        signs=names("imgeditor alt_imgeditor post-subinfo"),
        body=names("post-content"),
        title=names("post-title"),
        published=names("post-subinfo"),
        lead=names("post-summary"),
        related=names("post-tag"),
    ),
    Family(
        name="mastercms",
        signs=names("__mastercms_content"),
        body=names("__mastercms_content"),
        published=names("format_date format_time"),
    ),
    Family(
        name="wordpress",
        generator=("wordpress",),
        signs=names("entry-content td-post-content wp-block-post-content"),
        body=names("entry-content td-post-content wp-block-post-content"),
        title=names("entry-title tdb-title-text"),
        published=names("entry-date posted-on"),
        byline=names("td-post-author-name"),
        related=names("yarpp-related jp-relatedposts #respond #comments"),
    ),
    Family(
        name="joomla",
        generator=("joomla",),
        signs=names("com-content-article item-page itemfulltext"),
        body=names("com-content-article__body itemfulltext"),
        title=names("itemtitle"),
        published=names("itemdatecreated published"),
        lead=names("itemintrotext"),
        byline=names("createdby itemauthor"),
    ),
    Family(
        name="sharepoint",
        generator=("microsoft sharepoint",),
        signs=names("#contenttin #s4-workspace ms-rtestate-field"),
        body=names("#contenttin ms-rtestate-field"),
        lead=names("#divarticledescription"),
    ),
    Family(
        name="dnn",
        generator=("dotnetnuke", "dnn"),
        signs=names("dnnmodulecontent #dnn_contentpane"),
    ),
    liferay.FAMILY,
)
"""Most telling first: a Liferay portal may hold pages pasted from anywhere."""

GENERIC_BODY = names(
    "fck_detail detail-content-body detail-content content-detail news-detail-content article-content news-content "
    "#content_detail #content-detail #contentnews #show_content #news-detail #newscontent articlebody article-body "
    "#divnewsdetails contentblogs article-detail-content noidung noi-dung noidungtin "
    "chitiettin post-body single-content"
)

_BY_NAME = {family.name: family for family in FAMILIES}
_SIGNS = {sign: family for family in reversed(FAMILIES) for sign in family.signs}


def recognise(generator: str, page_names: Iterable[str], told: str | None) -> Family | None:
    """The family of a page.

    told        what the source file says; it wins where we know such a family
    page_names  classes, and ids with `#`, of the page's block elements, lower case
    """
    if told in _BY_NAME:
        return _BY_NAME[told]
    start = generator.lower()
    for family in FAMILIES:
        if start and family.generator and start.startswith(family.generator):
            return family
    found = {_SIGNS[name].name for name in page_names if name in _SIGNS}
    return next((family for family in FAMILIES if family.name in found), None)

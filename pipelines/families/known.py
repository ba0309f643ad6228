"""All families, and by which signs a page is told to be of one. Each is a module with the evidence for its names."""

from __future__ import annotations

from collections.abc import Container, Iterable

from pipelines.families import epi, ims, joomla, liferay, mastercms, nukeviet, qdnd_kit, sharepoint, wordpress
from pipelines.families.family import Family, names

FAMILIES: tuple[Family, ...] = (
    nukeviet.FAMILY,
    epi.FAMILY,
    ims.FAMILY,
    qdnd_kit.FAMILY,
    mastercms.FAMILY,
    wordpress.FAMILY,
    joomla.FAMILY,
    sharepoint.FAMILY,
    sharepoint.DNN,
    liferay.FAMILY,
)
"""Most telling first: a Liferay portal may hold pages pasted from anywhere."""

GENERIC_BODY = names(
    "fck_detail detail-content-body detail-content content-detail news-detail-content article-content news-content "
    "#content_detail #content-detail #contentnews #show_content #news-detail #newscontent articlebody article-body "
    "#divnewsdetails contentblogs article-detail-content noidung noi-dung noidungtin "
    "chitiettin post-body single-content"
)

NO_FAMILY = "none"
"""Told in place of a family's name: names of no family are asked, as on the page of an unknown CMS."""

_BY_NAME = {family.name: family for family in FAMILIES}
_SIGNS = {sign: family for family in reversed(FAMILIES) for sign in family.signs}


def recognise(generator: str, page_names: Iterable[str], told: str | None) -> Family | None:
    """The family of a page.

    told        what the source file says, or NO_FAMILY; it wins where we know such a family
    page_names  classes, and ids with `#`, of the page's block elements, lower case
    """
    if told == NO_FAMILY:
        return None
    if told in _BY_NAME:
        return _BY_NAME[told]
    start = generator.lower()
    for family in FAMILIES:
        if start and family.generator and start.startswith(family.generator):
            return family
    found = {_SIGNS[name].name for name in page_names if name in _SIGNS}
    return next((family for family in FAMILIES if family.name in found), None)


def evidence_of(family: Family, generator: str, page_names: Container[str], told: str | None) -> str:
    """By what `recognise` told the family, in words: the source file, the generator tag, or names of the page."""
    if told == family.name:
        return "named by the source"
    if family.generator and generator.lower().startswith(family.generator):
        return f"generator {generator[:40]!r}"
    return "names " + " ".join(sorted(sign for sign in family.signs if sign in page_names)[:3])

"""Liferay portals (asset publisher): ministries, Hanoi, Bắc Giang. Seen: a Hanoi portal, 2022.

The line under the title is date and counter in one text node, its label in either language or missing:
`Ngày đăng 06/01/2016 | 03:30 PM | View count: 426`, `21/12/2012 | 12:00 AM`. `12:00 AM` marks rows brought over from
an older system: a day without a time. `p.view-content-author` prints the account that typed the page in.
"""

from __future__ import annotations

import regex

from pipelines.families.family import Family, names

FAMILY = Family(
    name="liferay",
    generator=("liferay",),
    signs=names("portlet-boundary portlet-asset-publisher lfr-meta-actions portlet-body portlet-dropzone"),
    body=names("journal-content-article contentdetail #contentdetail"),
    title=names("asset-full-content-title wd-tlh3-4 #titledetail text-change-size"),
    published=names("assetpublishdate block_timer time-post wd-date date_time"),
    lead=names("sapo sapo-wrapper #leaddetail"),
    byline=names("view-content-author wd-actor"),
    related=names("related_asset wd-other-news list_detail"),
)

_STAMP = regex.compile(
    r"^(?P<date>(?:(?:Ngày đăng|Ngay dang|Publish date)\s*:?\s*)?\d{1,2}/\d{1,2}/\d{4}\s*\|\s*\d{1,2}:\d{2} [AP]M)"
    r"(?:\s*\|\s*(?:View count|Lượt xem|Số lượt xem)\s*:\s*(?P<views>[\d.,]+))?$",
    regex.IGNORECASE,
)


def stamp(text: str) -> tuple[str, str | None] | None:
    """The date and the view count of a date line, each as printed; None if the text is no such line."""
    match = _STAMP.match(text)
    return (match["date"], match["views"]) if match else None

"""The registry: which kinds of publisher there are. A further one is a file here and a line below."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.newsroom.kinds.afcbc_body import AfcbcBody
from crawlers.newsroom.kinds.army_daily import ArmyDaily
from crawlers.newsroom.kinds.cms_body import CmsBody
from crawlers.newsroom.kinds.hospital import Hospital
from crawlers.newsroom.kinds.kind import Kind
from crawlers.newsroom.kinds.liferay import Liferay
from crawlers.newsroom.kinds.military_region import MilitaryRegion
from crawlers.newsroom.kinds.nukeviet import NukeViet
from crawlers.newsroom.kinds.sharepoint import SharePoint

KINDS: dict[str, Callable[[], Kind]] = {
    "military-region": MilitaryRegion,
    "army-daily": ArmyDaily,
    "hospital": Hospital,
    "nukeviet": NukeViet,
    "liferay": Liferay,
    "sharepoint": SharePoint,
    "cms-body": CmsBody,
    "afcbc-body": AfcbcBody,
}

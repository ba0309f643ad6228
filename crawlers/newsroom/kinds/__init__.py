"""The registry: which kinds of publisher there are. A further one is a file here and a line below."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.newsroom.kinds.army_daily import ArmyDaily
from crawlers.newsroom.kinds.hospital import Hospital
from crawlers.newsroom.kinds.kind import Kind
from crawlers.newsroom.kinds.military_region import MilitaryRegion

KINDS: dict[str, Callable[[], Kind]] = {
    "military-region": MilitaryRegion,
    "army-daily": ArmyDaily,
    "hospital": Hospital,
}

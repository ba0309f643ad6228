"""The CMS of Hải quân online, Thời Đại, Báo Quốc tế (`__MASTERCMS_CONTENT`).

Evidence: scrapers alone (shared reference, section 3: MasterCMS type). Clock and day are printed in a box each,
`.format_time` and `.format_date`, so both make one date line (pipelines.article_lines joins them).
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="mastercms",
    signs=names("__mastercms_content __mb_mastercms_el_3"),
    body=names("__mastercms_content"),
    published=names("format_date format_time"),
)

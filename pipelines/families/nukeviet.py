"""NukeViet: its machine-readable publication date is wrong in two ways, its printed date is right.

Evidence: nukeviet/nukeviet acd4de4. `modules/news/theme.php` 755-756 overwrites the publication time with the edit
time in microdata; `modules/news/funcs/detail.php` 216 prints `article:published_time` with PHP's zone letters in place
of the `T`. The visible `l - d/m/Y H:i` (`Thứ tư - 27/03/2024 08:42`) is the publication time. Themes list the files of
an article in `.news-download-file` below its paragraphs, each with a link that opens a preview (`detail.tpl` of seven
themes on GitHub, 2018 to 2024).
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="nukeviet",
    generator=("nukeviet",),
    signs=names("news_column #news-bodyhtml #nv-block nv-block"),
    body=names("#news-bodyhtml bodytext"),
    title=names("title"),
    published=names("h5"),
    lead=names("hometext"),
    byline=names("text-right"),
    files=names("news-download-file"),
    related=names("detail-related news-related #form3b #idcomment #formcomment"),
    distrusted="NukeViet writes the time of the last edit, or an unreadable one, where machines look",
)

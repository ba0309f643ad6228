"""WordPress, by its core and by the names that most themes share; tagDiv's Newspaper theme has its own.

Evidence: saved pages of Vietnamese sites (shared reference, section 3). A theme prints the day of publication and that
of the last change side by side, told apart by class alone: `time.entry-date.published` and `time.updated`. A post that
was never changed has both on one element, and many themes write `updated` beside their own name for the publication.
Counters come from plugins and are worded by the site. The comment form (`#respond`) is core's.
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="wordpress",
    generator=("wordpress",),
    signs=names("entry-content td-post-content wp-block-post-content"),
    body=names("entry-content td-post-content wp-block-post-content"),
    title=names("entry-title tdb-title-text"),
    published=names("entry-date posted-on post-date date published"),
    updated=names("updated td-module-modified-date"),
    byline=names("td-post-author-name"),
    caption=names("wp-caption-text wp-element-caption"),
    related=names("yarpp-related jp-relatedposts #respond #comments"),
)

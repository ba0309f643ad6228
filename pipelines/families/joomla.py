"""Joomla, by its core (`com-content-article`, `item-page`) and by K2, an extension for news (`itemFullText`).

Evidence: names of the two in their public code; of a Vietnamese site only an address was seen (shared reference,
section 3): its path had lost all accented letters, so a path says nothing of a title. Core prints creation,
publication and change one below the other, `dd.create`, `dd.published`, `dd.modified`.
"""

from __future__ import annotations

from pipelines.families.family import Family, names

FAMILY = Family(
    name="joomla",
    generator=("joomla",),
    signs=names("com-content-article item-page itemfulltext"),
    body=names("com-content-article__body itemfulltext"),
    title=names("itemtitle"),
    published=names("itemdatecreated published"),
    updated=names("modified itemdatemodified"),
    lead=names("itemintrotext"),
    byline=names("createdby itemauthor"),
    section=names("category-name itemcategory"),
)

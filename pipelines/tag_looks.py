"""What the walk over a page asks of a tag: one look into a table for each element."""

from __future__ import annotations

from pipelines.inline_boxes import ICON_TAGS, LIGATURE_TAGS
from pipelines.marks import MARKED_TAGS


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre "
    "search section select summary table tbody td tfoot th thead time tr ul"
)
_UNSEEN = _names(
    "script style template noscript head title meta link svg math iframe object embed applet audio video canvas map "
    "textarea datalist noframes xml"
)
_ARTICLE = _names("article main")
_ANSWERED = _names("br img amp-img form input select time")


Look = tuple[bool, bool, bool, bool, bool, bool, bool, bool, bool]
"""unseen    shows no text
sign      may be drawn as a sign, whose name its text is
block     ends a line
article   a block whose `<header>` holds a title
row       a row of cells
marked    a mark whatever its attributes are
link      may be a link
answered  more than its text
icon      may be an icon, or a box of its own

A bare tuple, which the walk takes apart at once: a named one takes longer to take apart than a tag to answer for.
"""


def _look(tag: str) -> Look:
    return (
        tag in _UNSEEN, tag in LIGATURE_TAGS, tag in _BLOCK, tag in _ARTICLE, tag == "tr", tag in MARKED_TAGS,
        tag == "a", tag in _ANSWERED, tag in ICON_TAGS,
    )  # fmt: skip


LOOKS = {tag: _look(tag) for tag in _UNSEEN | LIGATURE_TAGS | _BLOCK | MARKED_TAGS | _ANSWERED | ICON_TAGS | {"a"}}
"""Of each tag that is anything."""
NO_LOOK = _look("")

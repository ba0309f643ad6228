"""What the walk over a page asks of a tag, as bits of one number: one look for each element in place of seven."""

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
_ANSWERED = _names("br img amp-img form input select time")
ARTICLE = ("article", "main")
"""Block elements whose `<header>` holds a title."""

IS_BLOCK, IS_UNSEEN, IS_LIGATURE, IS_ARTICLE, IS_MARKED, IS_ANSWERED, IS_ICON, IS_LINK, IS_ROW = (
    1 << bit for bit in range(9)
)
"""ends a line; shows no text; may be drawn as a sign; see ARTICLE; is a mark by itself; is more than its text; may be
an icon; is a link; is a row of cells."""
MAY_HIDE = IS_UNSEEN | IS_LIGATURE
_TAGS = (
    (IS_BLOCK, _BLOCK), (IS_UNSEEN, _UNSEEN), (IS_LIGATURE, LIGATURE_TAGS), (IS_ARTICLE, ARTICLE),
    (IS_MARKED, MARKED_TAGS), (IS_ANSWERED, _ANSWERED), (IS_ICON, ICON_TAGS), (IS_LINK, _names("a")),
    (IS_ROW, _names("tr")),
)  # fmt: skip
LOOKS = {tag: sum(bit for bit, tags in _TAGS if tag in tags) for _, named in _TAGS for tag in named}
"""The bits of each tag that has any."""

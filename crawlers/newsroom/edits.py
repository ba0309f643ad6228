"""What an editor changes in a bulletin after it was published; applied in order to its first version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crawlers.newsroom.chance import chance
from crawlers.newsroom.credits import credit
from crawlers.newsroom.manner import Paragraph, Picture, Story
from crawlers.newsroom.slips import with_figure_corrected
from crawlers.newsroom.telling import Teller

EDITS = ("paragraph", "figure", "caption", "byline")
"""And `title`, where the title has a slip."""


@dataclass(frozen=True, slots=True)
class Edit:
    """kind: title, paragraph, figure, caption or byline; what cannot be edited so gets a paragraph more."""

    day: date
    kind: str


def edited(teller: Teller, story: Story, edit: Edit) -> Story:
    """The story after one edit; it always differs from the story before. Facts that it no longer tells are left out."""
    after = _changed(teller, story, edit)
    text = "\n".join((after.title, after.lead or "", *after.paragraphs, *after.captions)).casefold()
    return replace(after, facts=tuple(fact for fact in after.facts if fact.surface.casefold() in text))


def _changed(teller: Teller, story: Story, edit: Edit) -> Story:
    rng = chance(*teller.key, edit.day, edit.kind)
    if edit.kind == "title" and story.title != story.right_title:
        return replace(story, title=story.right_title)
    if edit.kind == "figure" and (corrected := with_figure_corrected(story, rng)):
        return corrected
    pictures = [at for at, block in enumerate(story.blocks) if isinstance(block, Picture)]
    if edit.kind == "caption" and pictures and "Ảnh:" not in " ".join(story.captions):
        at = rng.choice(pictures)
        picture = story.blocks[at]
        assert isinstance(picture, Picture)
        text, facts = teller.other_caption(rng, story)
        return replace(
            story, blocks=(*story.blocks[:at], replace(picture, caption=text), *story.blocks[at + 1 :]), facts=facts
        )
    if edit.kind == "byline" and "Ảnh:" not in " ".join(story.captions):
        made = credit("both-capitals", teller.cast.writers, rng, but=story.authors)
        return replace(story, credits=made.lines, authors=made.authors, photographers=made.photographers)
    text, facts = teller.added(rng, story)
    return replace(story, blocks=(*story.blocks[:-1], Paragraph(text), story.blocks[-1]), facts=facts)

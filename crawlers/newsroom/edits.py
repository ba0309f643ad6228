"""What an editor changes in a bulletin after it was published; applied in order to its first version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.credits import credit
from crawlers.newsroom.manner import Paragraph, Picture, Story
from crawlers.newsroom.records import Fact
from crawlers.newsroom.slips import with_figure_corrected

EDITS = ("paragraph", "figure", "caption", "byline")
"""And `title`, where the title has a slip."""


@dataclass(frozen=True, slots=True)
class Edit:
    """kind: title, paragraph, figure, caption or byline; what cannot be edited so gets a paragraph more."""

    day: date
    kind: str


class Telling(Protocol):
    """Who told a story that is edited: the site itself, or another that it copied. key: of the draws of its edits."""

    key: tuple[object, ...]
    writers: tuple[str, ...]

    def added(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        """A paragraph that a later edit adds, and the facts of the story with it."""

    def other_caption(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        """A caption that the story has not yet, and the facts of the story with it."""


def edited(teller: Telling, story: Story, edit: Edit) -> Story:
    """The story after one edit; it always differs from the story before. Facts that it no longer tells are left out."""
    return still_told(_changed(teller, story, edit))


def still_told(story: Story) -> Story:
    """Without the facts that its text does not tell."""
    text = "\n".join((story.title, story.lead or "", *story.paragraphs, *story.captions)).casefold()
    return replace(story, facts=tuple(fact for fact in story.facts if fact.surface.casefold() in text))


def _changed(teller: Telling, story: Story, edit: Edit) -> Story:
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
        made = credit("both-capitals", teller.writers, rng, but=story.authors)
        return replace(story, credits=made.lines, authors=made.authors, photographers=made.photographers)
    text, facts = teller.added(rng, story)
    return replace(story, blocks=(*story.blocks[:-1], Paragraph(text), story.blocks[-1]), facts=facts)

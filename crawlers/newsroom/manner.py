"""How a site writes: its stories, units, credit lines. And what it wrote: a story in blocks, with its facts."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.newsroom.records import Fact


@dataclass(frozen=True, slots=True)
class Manner:
    """stories: which of data/telling.tsv.  lead_share: of stories with a lead block.  yearly: share of event dates that
    tell the year.  credits: forms of credit lines, repeated as often as they are likely (see credits.py).  guests:
    which rows of data/posts.tsv hold those who come from above.
    """

    stories: tuple[str, ...]
    units_list: str
    parent: str
    sections: tuple[str, ...]
    credits: tuple[str, ...]
    yearly: float = 0.25
    guests: str = "*"
    lead_share: float = 0.0
    prefix: str | None = None
    tagged: bool = False
    end_mark_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """number: of the picture file; an edited caption keeps its picture."""

    caption: str
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """A bulletin as one version of it reads. credits: lines as printed. right_title: where `title` has a slip, what it
    should be, else the title."""

    title: str
    right_title: str
    lead: str | None
    blocks: tuple[Paragraph | Picture, ...]
    credits: tuple[str, ...]
    authors: tuple[str, ...]
    photographers: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    prefix: str | None
    end_mark: bool
    facts: tuple[Fact, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(picture.caption for picture in self.pictures)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))

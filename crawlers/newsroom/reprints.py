"""A story of one house printed by another, whole, edited or its first words; from then on edited as the copier's own.

The scene stays that of the original's teller; the paper that copies prints it in its manner, under its own credits.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.newsroom.cast import Cast
from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.credits import Credit, credit
from crawlers.newsroom.edits import still_told
from crawlers.newsroom.manner import Manner, Paragraph, Picture, Story
from crawlers.newsroom.records import COPIES, Fact
from crawlers.newsroom.telling import Teller, laid_out

_TEASER_WORDS = 40
_HOUSES = ("Báo ", "Cổng ")


@dataclass(frozen=True, slots=True)
class Copy:
    """What a bulletin was taken from.

    kind    of COPIES
    number  of the entry on the site it was taken from
    edits   how many the original had had by then
    """

    kind: str
    site_id: str
    number: int
    edits: int


class Copyist:
    """Prints a story of another house. The same arguments print the same.

    source     who told the original; original: as it read when it was copied
    manner, cast, key  of the paper that prints it
    publisher  of the original
    """

    def __init__(
        self,
        source: Teller,
        original: Story,
        kind: str,
        manner: Manner,
        cast: Cast,
        key: tuple[object, ...],
        publisher: str,
    ) -> None:
        assert kind in COPIES, kind
        self.source, self.original, self.kind = source, original, kind
        self.manner, self.writers, self.key, self.publisher = manner, cast.writers, key, publisher
        self._title, self._right_title, facts = original.title, original.right_title, original.facts
        rng = chance(*key, "retitled")
        if kind != "teaser" and rng.random() < 0.6:
            self._title, facts = source.other_title(rng, original)
            self._right_title = self._title
        self._facts = facts

    def title(self) -> str:
        """The title as it should be; a slip of the original is copied with it."""
        return self._right_title

    def first_title(self) -> str:
        return self._title

    def tell(self) -> Story:
        """The first version."""
        rng = chance(*self.key, "copy")
        lead, texts, facts = self.original.lead, list(self.original.paragraphs), self._facts
        pictures = [
            Picture(picture.caption.partition(" Ảnh: ")[0], rng.randint(1000, 9999))
            for picture in self.original.pictures
            if rng.random() < 0.7
        ]
        if self.kind == "teaser":
            lead, texts, pictures = None, [_first_words(lead, texts)], []
        else:
            if self.kind == "edited":
                lead, texts = self._edited(lead, texts, rng)
                facts = tuple(dict.fromkeys((*facts, *self.source.summary(rng)[1])))
            lead, texts = self._set(lead, texts)
        made = self._credit(rng)
        story = Story(
            title=self._title,
            right_title=self._right_title,
            lead=lead,
            blocks=laid_out([Paragraph(text) for text in texts], pictures[: len(texts) - 1], rng),
            credits=made.lines,
            authors=made.authors,
            photographers=made.photographers,
            section=rng.choice(self.manner.sections),
            tags=self.source.tags(rng) if self.manner.tagged else (),
            prefix=self.manner.prefix,
            end_mark=rng.random() < self.manner.end_mark_share,
            facts=facts,
        )
        return still_told(story)

    def added(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        return self.source.added(rng, story)

    def other_caption(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        return self.source.other_caption(rng, story)

    def _edited(self, lead: str | None, texts: list[str], rng: Chance) -> tuple[str | None, list[str]]:
        """Up to a third of the paragraphs cut, not the first or the last; a summary dropped, or set above the rest."""
        cut = set(rng.sample(range(1, len(texts) - 1), rng.randint(1, max(1, (len(texts) - 2) // 3))))
        kept = [text for at, text in enumerate(texts) if at not in cut]
        summary = self.source.summary(rng)[0]
        if lead == summary:
            return None, kept
        if summary in texts:
            return lead, [text for text in kept if text != summary]
        return summary, kept if lead is None else [lead, *kept]

    def _set(self, lead: str | None, texts: list[str]) -> tuple[str | None, list[str]]:
        """Where this paper prints a lead: always, never, or as it comes."""
        if lead and not self.manner.lead_share:
            return None, [lead, *texts]
        if not lead and self.manner.lead_share == 1:
            return texts[0], texts[1:]
        return lead, texts

    def _credit(self, rng: Chance) -> Credit:
        """A full reprint may be signed as the paper's own."""
        if self.kind == "reprint" and rng.random() < 0.3:
            return credit(rng.choice(self.manner.credits), self.writers, rng)
        return Credit((f"Theo {house(self.publisher)}",))


def house(publisher: str) -> str:
    """What others call the paper of a publisher: an office has a portal."""
    return publisher if publisher.startswith(_HOUSES) else f"Cổng thông tin điện tử {publisher}"


def _first_words(lead: str | None, texts: list[str]) -> str:
    words = " ".join((lead or "", *texts)).split()
    return " ".join(words[:_TEASER_WORDS]).rstrip(" ,;:.") + "…"

"""Slips of the pen: how a title is misspelt, and how a wrong figure is corrected."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from crawlers.newsroom.chance import Chance
from crawlers.newsroom.manner import Paragraph, Story
from crawlers.newsroom.records import Fact


def misspelt(text: str, rng: Chance) -> str:
    """A slip of the pen: one later word in lower case loses the mark of a vowel (`chỉ đạo` → `chỉ đao`)."""
    words = text.split(" ")
    marked = [at for at, word in enumerate(words) if at and word.isalpha() and word.islower() and not word.isascii()]
    rng.shuffle(marked)
    for at in marked:
        slip = unicodedata.normalize("NFC", _without_tone(words[at]))
        if slip != words[at]:
            words[at] = slip
            return " ".join(words)
    return text


def _without_tone(word: str) -> str:
    """The five tone marks go, the letters ă, â, ê, ô, ơ, ư, đ stay."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c not in "\u0300\u0301\u0303\u0309\u0323")


def with_figure_corrected(story: Story, rng: Chance) -> Story | None:
    """One count of the body gets another value; None where the body tells none."""
    counts = [f for f in story.facts if f.kind == "quantity" and f.get("counts") and f.get("value") != "0"]
    rng.shuffle(counts)
    for fact in counts:
        for at, block in enumerate(story.blocks):
            if not isinstance(block, Paragraph) or f" {fact.surface}" not in block.text:
                continue
            old = int(fact.get("value") or 0)
            new = old + rng.randint(1, max(2, old // 10))
            unit = fact.surface.partition(" ")[2]
            surface = f"{new:,}".replace(",", ".") + f" {unit}"
            values = tuple((k, str(new) if k == "value" else v) for k, v in fact.values)
            text = block.text.replace(f" {fact.surface}", f" {surface}", 1)
            facts = tuple(Fact("quantity", surface, values) if f == fact else f for f in story.facts)
            return replace(story, blocks=(*story.blocks[:at], Paragraph(text), *story.blocks[at + 1 :]), facts=facts)
    return None

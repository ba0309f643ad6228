"""Tells the n-th story of a site: who, where, when and what are drawn first, then every sentence follows from them."""

from __future__ import annotations

from datetime import date, timedelta

from crawlers.newsroom.cast import Cast, Person, Unit, organization
from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.credits import credit
from crawlers.newsroom.day_forms import full, when
from crawlers.newsroom.grammar import event_types, expand, templates
from crawlers.newsroom.manner import Manner, Paragraph, Picture, Story
from crawlers.newsroom.records import Fact
from crawlers.newsroom.slips import misspelt
from crawlers.newsroom.words import first_upper, listed

_PARTY = {"party": "Đảng ủy", "members": "Đảng bộ"}


class Teller:
    """One story of one site. The same arguments tell the same story."""

    def __init__(self, manner: Manner, cast: Cast, key: tuple[object, ...], posted_on: date) -> None:
        rng = chance(*key, "scene")
        self.manner, self.cast, self.key, self.posted_on = manner, cast, key, posted_on
        self.writers = cast.writers
        self.story = rng.choice(manner.stories)
        self.units = rng.sample(cast.units, 3)
        unit: Unit = self.units[0]
        self.people: dict[str, Person] = {
            "chair": rng.choice(unit.chairs),
            "speaker": rng.choice(unit.speakers),
            "guest": rng.choice(cast.guests),
        }
        days = 1 if rng.random() < 0.15 else 0
        self.end = posted_on - timedelta(days=rng.choice((0, 0, 0, 1, 1, 2)))
        self.start = self.end - timedelta(days=days)
        self.when = when(self.start, self.end, rng, manner.yearly)
        self.facts: list[Fact] = []
        self._said: dict[str, tuple[str, tuple[Fact, ...]]] = {}
        year = posted_on.year
        number, kind = rng.randint(11, 989), rng.randrange(len(listed("doc_type")))
        self.document = (listed("doc_type")[kind], f"{number}-{listed('doc_suffix')[kind]}")
        self.topic = rng.choice(listed("topic"))
        founded = date(rng.randint(1949, 1978), rng.randint(1, 12), rng.randint(1, 28))
        self.founded = founded
        self.plain = {
            "parent": cast.parent,
            "org2": self.units[1].name,
            "org3": self.units[2].name,
            "place": rng.choice(listed("place")),
            "district": rng.choice(listed("district")),
            "partner": rng.choice(listed("partner")),
            "contest": rng.choice(listed("contest")),
            "therapy": rng.choice(listed("therapy")),
            "level": rng.choice(listed("level")),
            "round": rng.choice(("I", "II", "III")),
            "storm": str(rng.randint(2, 11)),
            "ord": str(rng.randint(2, 7)),
            "years": str(rng.choice((5, 10, 15))),
            "year": str(year),
            "term": f"{year - year % 5}-{year - year % 5 + 5}",
            "span": rng.choice((f"6 tháng đầu năm {year}", f"năm {year}", f"quý {rng.choice(('I', 'II'))}/{year}")),
            "founded": full(founded, rng),
        }
        self._event: tuple[str, ...] = ()
        title = rng.choice(templates(self.story, "title"))
        self._title_event = event_types(self.story, "title", title)
        self._title = expand(title, rng, self.say, self.facts)
        self._of_title = len(self.facts)
        self.slipped = rng.random() < 0.2 and misspelt(self._title, chance(*key, "slip")) != self._title

    def title(self) -> str:
        """The title as it should be; the first version may have a slip in it."""
        return first_upper(self._title)

    def first_title(self) -> str:
        return misspelt(self.title(), chance(*self.key, "slip")) if self.slipped else self.title()

    def say(self, slot: str) -> str:
        """What a slot of a template says; the facts told are noted."""
        if (known := self._said.get(slot)) is None:
            known = self._said[slot] = self._meant(slot)
        self.facts += known[1]
        return known[0]

    def _meant(self, slot: str) -> tuple[str, tuple[Fact, ...]]:
        if slot == "founded":
            days = (("start", self.founded.isoformat()), ("end", self.founded.isoformat()), ("full", "yes"))
            return self.plain[slot], (Fact("date", self.plain[slot], days),)
        if slot in ("parent", "partner"):
            return self.plain[slot], (organization(self.plain[slot], self.plain[slot]),)
        if slot in ("org2", "org3"):
            return self.plain[slot], (self.units[int(slot[-1]) - 1].fact(),)
        if slot == "place":
            return self.plain[slot], (Fact("place", self.plain[slot], (("name", self.plain[slot]),)),)
        if slot in self.plain:
            return self.plain[slot], ()
        if "+" in slot:
            name, _, post = slot.partition("+")
            return self.people[name].holds(post)
        name, _, how = slot.partition(".")
        if name in self.people:
            person = self.people[name]
            surface = person.short if how else person.full
            return surface, person.facts(surface)
        if name == "org":
            unit = self.units[0]
            return unit.party(_PARTY[how]) if how else (unit.name, (unit.fact(),))
        if slot == "doc":
            surface = f"{self.document[0]} số {self.document[1]}"
            return surface, (Fact("document", surface, (("type", self.document[0]), ("number", self.document[1]))),)
        if slot == "When":
            types = dict.fromkeys((*self._event, *self._title_event))
            days = (("start", self.start.isoformat()), ("end", self.end.isoformat()), ("type", self.story))
            told = Fact("event", self.when.text, (*days, ("event_types", "; ".join(types))))
            return self.when.text, (self.when.fact(), told)
        if slot == "topic":
            return self.topic, ()
        raise ValueError(f"data/telling.tsv: no slot {{{slot}}}")

    def tell(self) -> Story:
        """The first version."""
        rng = chance(*self.key, "text")
        del self.facts[self._of_title :]
        own, shared = templates(self.story, "body"), templates("*", "body")
        chosen = rng.choice(templates(self.story, "opening"))
        self._event = event_types(self.story, "opening", chosen)
        opening = self._expand(chosen, rng)
        lead = None
        texts = [opening]
        if rng.random() < self.manner.lead_share:
            lead = self._expand(rng.choice(templates(self.story, "lead")), rng) if rng.random() < 0.6 else texts.pop()
        elif rng.random() < 0.3:
            texts.append(self._expand(templates(self.story, "lead")[0], rng))
        between = rng.sample(shared, rng.randint(2, 5))
        texts += [self._expand(text, rng) for text in (*own[:2], *between, *own[2:])]
        if rng.random() < 0.6:
            texts.append(self._expand(templates(self.story, "award")[0], rng))
        texts.append(self._expand(rng.choice(templates("*", "ending")), rng))
        captions = rng.sample(templates(self.story, "caption"), rng.choice((0, 1, 1, 2, 2, 3)))
        made = credit(rng.choice(self.manner.credits), self.cast.writers, rng)
        photographers = list(made.photographers)
        pictures = []
        for caption in captions:
            text = self._expand(caption, rng)
            if not made.photographers and rng.random() < 0.15:
                who = rng.choice(self.cast.writers)
                photographers.append(who)
                text = f"{text} Ảnh: {who}"
            pictures.append(Picture(text, rng.randint(1000, 9999)))
        return Story(
            title=self.first_title(),
            right_title=self.title(),
            lead=lead,
            blocks=laid_out([Paragraph(text) for text in texts], pictures, rng),
            credits=made.lines,
            authors=made.authors,
            photographers=tuple(dict.fromkeys(photographers)),
            section=rng.choice(self.manner.sections),
            tags=self.tags(rng) if self.manner.tagged else (),
            prefix=self.manner.prefix,
            end_mark=rng.random() < self.manner.end_mark_share,
            facts=tuple(dict.fromkeys(self.facts)),
        )

    def added(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        """A paragraph that a later edit adds, and the facts of the story with it."""
        before = len(self.facts)
        text = self._expand(rng.choice(templates("*", "added")), rng)
        return text, tuple(dict.fromkeys((*story.facts, *self.facts[before:])))

    def other_caption(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        """A caption that the story has not yet, and the facts of the story with it."""
        before = len(self.facts)
        told = [self._expand(text, rng) for text in templates(self.story, "caption")]
        fresh = [text for text in told if text not in story.captions]
        facts = tuple(dict.fromkeys((*story.facts, *self.facts[before:])))
        return (rng.choice(fresh) if fresh else f"{self.people['chair'].full} tại buổi làm việc."), facts

    def other_title(self, rng: Chance, story: Story) -> tuple[str, tuple[Fact, ...]]:
        """A title that another desk gives the story, and the facts of the story with it."""
        before = len(self.facts)
        told = [
            (self._expand(text, rng), event_types(self.story, "title", text)) for text in templates(self.story, "title")
        ]
        title, types = rng.choice([(text, types) for text, types in told if text != story.right_title])
        facts = (_also_called(fact, types) if fact.kind == "event" else fact for fact in story.facts)
        return title, tuple(dict.fromkeys((*facts, *self.facts[before:])))

    def summary(self, rng: Chance) -> tuple[str, tuple[Fact, ...]]:
        """What the story is about, for a lead, and the facts told in it."""
        before = len(self.facts)
        text = self._expand(templates(self.story, "lead")[0], rng)
        return text, tuple(self.facts[before:])

    def _expand(self, template: str, rng: Chance) -> str:
        return first_upper(expand(template, rng, self.say, self.facts))

    def tags(self, rng: Chance) -> tuple[str, ...]:
        return tuple(rng.sample((self.units[0].name, self.cast.parent, self.topic.partition(",")[0]), 2))


def _also_called(event: Fact, types: tuple[str, ...]) -> Fact:
    """Under another title the event may be called so, too."""
    called = dict.fromkeys((*filter(None, (event.get("event_types") or "").split("; ")), *types))
    return event._replace(values=tuple((k, "; ".join(called) if k == "event_types" else v) for k, v in event.values))


def laid_out(paragraphs: list[Paragraph], pictures: list[Picture], rng: Chance) -> tuple[Paragraph | Picture, ...]:
    """Pictures stand below paragraphs, never below the last one."""
    blocks: list[Paragraph | Picture] = []
    below = sorted(rng.sample(range(len(paragraphs) - 1), len(pictures)))
    for at, paragraph in enumerate(paragraphs):
        blocks.append(paragraph)
        if at in below:
            blocks.append(pictures[below.index(at)])
    return tuple(blocks)

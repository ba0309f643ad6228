"""Who acts in a site's bulletins: its units and their officers, invented once from the seed and met again and again."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.records import Fact
from crawlers.newsroom.words import first_lower, listed, rows


@dataclass(frozen=True, slots=True)
class Person:
    """rank: with a degree where there is one (`Thượng tá, BSCKII`)."""

    name: str
    rank: str
    post: str
    organization: str

    @property
    def full(self) -> str:
        return f"{self.short}, {self.post}"

    @property
    def short(self) -> str:
        return f"{self.rank} {self.name}"

    def fact(self, surface: str) -> Fact:
        told = (("post", self.post), ("organization", self.organization)) if surface == self.full else ()
        return Fact("person", surface, (("name", self.name), ("rank", self.rank), *told))


@dataclass(frozen=True, slots=True)
class Unit:
    """name as printed; seats: chair and speaker, each with who holds it."""

    name: str
    parent: str
    chairs: tuple[Person, ...]
    speakers: tuple[Person, ...]

    def fact(self) -> Fact:
        return Fact("organization", self.name, (("name", self.name), ("parent", self.parent)))


def full_name(rng: Chance, female: float = 0.12) -> str:
    """`Nguyễn Khắc Thụ`: surname, middle and given name, a few of women."""
    if rng.random() < female:
        return f"{rng.choice(listed('surname'))} Thị {rng.choice(listed('given_f'))}"
    return f"{rng.choice(listed('surname'))} {rng.choice(listed('middle'))} {rng.choice(listed('given'))}"


class Cast:
    """The units, guests and reporters of one site. units_list: which list of data/cast.tsv; parent: their superior."""

    def __init__(
        self, seed: int, site_id: str, units_list: str, parent: str, writers: int = 9, guests: str = "*"
    ) -> None:
        rng = chance(seed, site_id, "cast")
        self.parent = parent
        self.units = tuple(self._unit(name, rng) for name in listed(units_list))
        self.guests = tuple(p for _ in range(2) for p in self._seated(guests, "guest", parent, rng))
        self.writers = tuple(full_name(rng, female=0.3) for _ in range(writers))

    def _unit(self, name: str, rng: Chance) -> Unit:
        head = next(head for head, *_ in rows("posts") if name.startswith(f"{head} "))
        chairs, speakers = (self._seated(head, seat, name, rng) for seat in ("chair", "speaker"))
        return Unit(name, self.parent, chairs, speakers)

    def _seated(self, head: str, seat: str, unit: str, rng: Chance) -> tuple[Person, ...]:
        found = []
        for its_head, its_seat, rank, post in rows("posts"):
            if its_head == head and its_seat == seat:
                made = post.format(unit=_Name(unit), parent=self.parent)
                owner = self.parent if "{parent}" in post else unit
                found.append(Person(full_name(rng), rank, made, owner))
        return tuple(found)


class _Name(str):
    __slots__ = ()

    @property
    def lower(self) -> str:  # type: ignore[override]  # `{unit.lower}` in data/posts.tsv: `Trưởng phòng …`
        return first_lower(str(self))

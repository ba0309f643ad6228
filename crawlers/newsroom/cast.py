"""Who acts in a site's bulletins: its units and their officers, invented once from the seed and met again and again."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.newsroom.chance import Chance, chance
from crawlers.newsroom.records import Fact
from crawlers.newsroom.words import first_lower, in_full, listed, rows


@dataclass(frozen=True, slots=True)
class Post:
    """One post by itself: `Bí thư`, `Đảng ủy Sư đoàn 391`. organization: '' where the words name none."""

    position: str
    organization: str

    def facts(self, surface: str, name: str) -> tuple[Fact, ...]:
        held = Fact("post", surface, (("name", name), ("position", self.position), ("organization", self.organization)))
        return (held, organization(surface, self.organization, in_post=True)) if self.organization else (held,)


@dataclass(frozen=True, slots=True)
class Person:
    """rank: with a degree where there is one (`Thượng tá, BSCKII`). post: as printed; posts: each by itself."""

    name: str
    rank: str
    post: str
    organization: str
    posts: tuple[Post, ...] = ()

    @property
    def full(self) -> str:
        return f"{self.short}, {self.post}"

    @property
    def short(self) -> str:
        return f"{self.rank} {self.name}"

    def fact(self, surface: str) -> Fact:
        told = (("post", self.post), ("organization", self.organization)) if surface == self.full else ()
        return Fact("person", surface, (("name", self.name), ("rank", self.rank), *told))

    def facts(self, surface: str) -> tuple[Fact, ...]:
        """Of the full form: the person, the posts, and the organizations named in them."""
        posts = self.posts if surface == self.full else ()
        return (self.fact(surface), *(fact for post in posts for fact in post.facts(surface, self.name)))

    def holds(self, post: str) -> tuple[str, tuple[Fact, ...]]:
        """Words and facts of another post, by its seat in data/posts.tsv."""
        words, told = next((words, told) for head, seat, _, words, told in rows("posts") if (head, seat) == ("+", post))
        return words, tuple(fact for held in _posts(told, "", "") for fact in held.facts(words, self.name))


@dataclass(frozen=True, slots=True)
class Unit:
    """name as printed; seats: chair and speaker, each with who holds it."""

    name: str
    parent: str
    chairs: tuple[Person, ...]
    speakers: tuple[Person, ...]

    def fact(self) -> Fact:
        return Fact("organization", self.name, (("name", in_full(self.name)), ("parent", in_full(self.parent))))

    def party(self, kind: str) -> tuple[str, tuple[Fact, ...]]:
        """`Đảng ủy …`, `Đảng bộ …`: the words, and that they name the unit, too."""
        name = f"{kind} {self.name}"
        return name, (self.fact(), organization(name, name))


def organization(surface: str, name: str, in_post: bool = False) -> Fact:
    """in_post: told in a post. A committee told only there may be left out by a reader."""
    return Fact("organization", surface, (("name", in_full(name)), *((("in_post", "yes"),) if in_post else ())))


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
        for its_head, its_seat, rank, post, told in rows("posts"):
            if its_head == head and its_seat == seat:
                made = post.format(unit=_Name(unit), parent=self.parent)
                owner = self.parent if "{parent}" in post else unit
                found.append(Person(full_name(rng), rank, made, owner, _posts(told, unit, self.parent)))
        return tuple(found)


def _posts(told: str, unit: str, parent: str) -> tuple[Post, ...]:
    """`Bí thư @ Đảng ủy {unit}; Chính ủy @ {unit}`"""
    pairs = (one.partition(" @") for one in told.split("; "))
    return tuple(Post(post, in_full(where.strip().format(unit=unit, parent=parent))) for post, _, where in pairs)


class _Name(str):
    __slots__ = ()

    @property
    def lower(self) -> str:  # type: ignore[override]  # `{unit.lower}` in data/posts.tsv: `Trưởng phòng …`
        return first_lower(str(self))

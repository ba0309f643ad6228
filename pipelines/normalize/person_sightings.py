"""A person, and a post, as told at one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.normalize.mentions import OrganizationMention
from pipelines.normalize.person_line import Line
from pipelines.normalize.person_words import Post


@dataclass(slots=True)
class PostSighting:
    """A post told at a place.

    organization  as it is named there, by the words of `office`; unknown: named, but not known
    above         the organization behind an unknown one: `Trưởng phòng 5, Cục X`
    bare          the head word of its organization, told before: `y sĩ của đồn`
    joined_by     the mark before it; also: after `kiêm`; linked: right after `làm`, `được bầu giữ chức`
    """

    post: Post
    status: str
    start: int
    end: int
    organization: OrganizationMention | None = None
    office: tuple[int, int] | None = None
    unknown: bool = False
    joined_by: str = ""
    also: bool = False
    above: OrganizationMention | None = None
    bare: str = ""
    linked: bool = False

    def is_public(self) -> bool:
        """Whether who holds it has a public role: a teacher, a cadet or a soldier if it is told of which organization,
        or for what (`nhân viên y tế thôn bản`)."""
        told = self.organization is not None or self.bare or self.post.position.startswith(("Nhân viên ", "Chiến sĩ "))
        return not self.post.soft or bool(told)


@dataclass(slots=True)
class Sighting:
    """A person, named at a place (words start to end of the line)."""

    line: Line
    start: int
    end: int
    name: str
    words: tuple[str, ...]
    full: bool
    caps: bool
    mark: str = ""  # between it and the item before
    rank: str | None = None
    promoted_to: str | None = None  # from `rank`, in this very text
    titles: list[str] = field(default_factory=list)
    posts: list[PostSighting] = field(default_factory=list)
    public: bool = False  # told as a comrade
    private: bool = False  # a patient, a victim, a suspect
    refused: bool = False  # part of another name
    more: list[tuple[Line, PostSighting]] = field(default_factory=list)  # told in the next sentence: `Ông nguyên là …`

    def told_posts(self) -> list[tuple[Line, PostSighting]]:
        """All posts, with their lines."""
        return [(self.line, post) for post in self.posts] + self.more

    def is_public(self) -> bool:
        """Whether the place itself says that this is somebody in a public role."""
        if self.private or self.refused:
            return False
        return bool(self.rank or self.titles or self.public) or any(post.is_public() for post in self.posts)


@dataclass(slots=True)
class Untold:
    """A post told without a name: `đồng chí Chủ nhiệm TCHC`. addressed: with `đồng chí` before it."""

    line: Line
    start: int
    post: PostSighting
    addressed: bool

"""The analyst's questions that ship with Bantin: queries/question_*.sql, each with its words in the first comment."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from warehouse.errors import Refused

_PREFIX, _SUFFIX = "question_", ".sql"


@dataclass(frozen=True, slots=True)
class Question:
    """name: for `bantin ask`; words: the question; note: what the answer's rows mean; sql: one SELECT."""

    name: str
    words: str
    note: str
    sql: str


def questions() -> tuple[Question, ...]:
    """All of them, by name."""
    folder = files("warehouse") / "queries"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(_PREFIX))
    return tuple(_question(name[len(_PREFIX) : -len(_SUFFIX)], (folder / name).read_text("utf-8")) for name in names)


def question(name: str) -> Question:
    """The one of this name, also written with blanks or hyphens. raises Refused: there is none"""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    for found in questions():
        if found.name == wanted:
            return found
    names = ", ".join(found.name for found in questions())
    raise Refused(f"{name}: expected one of {names}; nothing was asked. `bantin ask` lists them with their words")


def _question(name: str, text: str) -> Question:
    comments = [line[3:] for line in text.splitlines() if line.startswith("-- ")]
    return Question(name, comments[0], " ".join(comments[1:]), text)

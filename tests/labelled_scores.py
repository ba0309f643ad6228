"""How much of the labelled bulletins (tests/labelled/) normalization finds: precision, recall and F1 of each kind.

    python -m tests.labelled_scores [FOLDER …] [--misses]      without FOLDER: tests/labelled/open
    python -m tests.labelled_scores --floors                   today's figures into tests/labelled/floors.json

A case is read as `bantin ingest` would read its file; publisher and sphere are those of its label, as of a source file.
What is compared, and what counts as equal, stands at each `_..._of`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import regex

from pipelines.normalize.awards import distinct_awards
from pipelines.normalize.bulletin import Normalized, normalize
from pipelines.normalize.date_values import VIETNAM
from pipelines.normalize.mentions import ZONES, Award, BulletinText, TextLine
from pipelines.normalize.organization_tables import key as organization_key
from pipelines.normalize.same_person import name_key
from pipelines.read import read
from pipelines.records import Capture
from pipelines.reference import table

LABELLED = Path(__file__).parent / "labelled"
KINDS = (
    "people", "posts", "organizations", "documents", "events", "quantities", "awards", "programmes", "periods", "ranks",
    "parents", "roles",
)  # fmt: skip
_NEVER_LABELLED = frozenset(("award", "sign"))
"""Roles that normalization tells and GUIDE.md does not ask its writers for: neither right nor wrong."""
_OF_LABEL = {"posts": "people", "ranks": "people", "roles": "people", "parents": "organizations"}
"""Part of a label that a kind is told in; a label without it (tests/labelled/features) says nothing of the kind."""
FLOORS = {"people": 0.95, "posts": 0.90, "organizations": 0.90, "documents": 0.98, "events": 0.92}


@dataclass(slots=True)
class Score:
    """found: of those told; wrong: told by nobody."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    text: BulletinText
    label: dict[str, Any]


def cases(folder: Path) -> Iterator[Case]:
    """The labelled bulletins of a folder, by name."""
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text("utf-8"))
        yield Case(path.stem, text_of(path.with_suffix(".txt"), label), label)


def text_of(path: Path, label: dict[str, Any]) -> BulletinText:
    """A plain-text file as the warehouse would hand it to normalization."""
    capture = Capture(
        "local",
        f"file:{path.parent.name}/{path.name}",
        datetime(2026, 11, 1, tzinfo=UTC),
        path.read_bytes(),
        "text/plain",
        origin="file",
    )
    reading = read(capture)
    bulletin = reading.bulletin
    assert bulletin is not None, path
    lines = tuple(TextLine(line.line_no, line.role, line.text) for line in reading.lines if line.role in ZONES)
    return BulletinText(
        lines=lines,
        published_on=bulletin.published_on,
        agency_prefix=bulletin.agency_prefix,
        publisher=label.get("publisher") or "",
        sphere=label.get("sphere"),
        authors=bulletin.authors,
        photographers=bulletin.photographers,
        updated_on=bulletin.updated_at and bulletin.updated_at.astimezone(VIETNAM).date(),
    )


def scores(found: Iterable[tuple[Case, Normalized]], tell: Callable[[str], None] = lambda _: None) -> dict[str, Score]:
    """Scores over all cases added up. tell: is given each miss and each wrong one, in words."""
    added = {kind: Score() for kind in KINDS}
    for case, normalized in found:
        for kind in KINDS:
            if _OF_LABEL.get(kind, kind) not in case.label:
                continue
            told, optional = _told(kind, case.label)
            got = _as_told(kind, _got(kind, normalized), told)
            right, missed, wrong = _compared(kind, told, optional, got)
            added[kind].right += right
            added[kind].missed += len(missed)
            added[kind].wrong += len(wrong)
            for item in missed:
                tell(f"{case.name}: {kind}: missed {item}")
            for item in wrong:
                tell(f"{case.name}: {kind}: wrong {item}")
    return added


def _as_told(kind: str, got: set[Any], told: set[Any]) -> set[Any]:
    """A province's office named without its province (`Sở Y tế`) is the one spoken of: with it is as right."""
    if kind not in ("organizations", "posts"):
        return got
    names = {row if kind == "organizations" else row[2] for row in told}
    bare = sorted(name for name in names if name and regex.match(r"(?:đảng ủy )?sở ", name))

    def shortened(name: str | None) -> str | None:
        if name is None or name in names:
            return name
        return next((short for short in bare if name.startswith(f"{short} ")), name)

    return {shortened(row) if kind == "organizations" else (*row[:2], shortened(row[2])) for row in got}


def _compared(kind: str, told: set[Any], optional: set[Any], got: set[Any]) -> tuple[int, list[Any], list[Any]]:
    """(right, missed, wrong)."""
    if kind == "events":
        return _events_compared(told, optional, got)
    if kind == "posts":
        return _posts_compared(told, got)
    if kind == "parents":  # where the owner is part of the name the label has no parent: any is right
        got = {(name, parent) for name, parent in got if name in {name for name, _ in told}}
    right = told & got
    return len(right), sorted(told - got, key=str), sorted(got - told - optional, key=str)


def _posts_compared(told: set[Any], got: set[Any]) -> tuple[int, list[Any], list[Any]]:
    """Person, post and organization equal; where the label gives no organization, any will do."""
    right, left = 0, set(got)
    missed = []
    for person, post, where in sorted(told, key=str):
        fits = [g for g in left if g[:2] == (person, post) and (where is None or g[2] == where)]
        if fits:
            right += 1
            left.discard(min(fits, key=str))
        else:
            missed.append((person, post, where))
    return right, missed, sorted(left, key=str)


def _events_compared(told: set[Any], optional: set[Any], got: set[Any]) -> tuple[int, list[Any], list[Any]]:
    """Type, or another one the label allows, and first day equal. Optional ones may be found or not."""
    right, left, missed = 0, set(got), []
    for types, day in sorted(told, key=str):
        fits = [g for g in left if g[0] in types and g[1] == day]
        if fits:
            right += 1
            left.discard(min(fits, key=str))
        else:
            missed.append((types, day))
    left -= {(name, day) for types, day in optional for name in types}
    return right, missed, sorted(left, key=str)


def _told(kind: str, label: dict[str, Any]) -> tuple[set[Any], set[Any]]:
    people = label.get("people", [])
    if kind == "people":
        return {name_key(p["name"]) for p in people if _public(p)}, {name_key(p["name"]) for p in people}
    if kind == "ranks":
        return {(name_key(p["name"]), rank) for p in people for rank in p.get("ranks", [])}, set()
    if kind == "posts":
        return {
            (name_key(p["name"]), post_key(post["position"]), _organization_key(post.get("organization")))
            for p in people
            for post in p.get("posts", [])
        }, set()
    if kind == "organizations":
        named = {_organization_key(o["name"]): bool(o.get("optional")) for o in label.get("organizations", [])}
        return {name for name, optional in named.items() if not optional}, {n for n, o in named.items() if o}
    if kind == "parents":
        owned: dict[bool, set[Any]] = {False: set(), True: set()}
        for o in label.get("organizations", []):
            if o.get("parent"):
                owned[bool(o.get("optional"))].add((_organization_key(o["name"]), _organization_key(o["parent"])))
        return owned[False], owned[True]
    if kind == "documents":
        return {
            (_document_type(d["document_type"]), name_key(d["number"] or "")) for d in label.get("documents", [])
        }, set()
    if kind == "events":
        events: dict[bool, set[Any]] = {False: set(), True: set()}
        for e in label.get("events", []):
            types = tuple(sorted({e["event_type"], *e.get("also", [])}))
            events[bool(e.get("optional"))].add((types, e.get("start_date")))
        return events[False], events[True]
    if kind == "roles":
        return {
            (name_key(p["name"]), p["role"])
            for e in label.get("events", [])
            for p in e.get("participants", [])
            if name_key(p["name"]) in {name_key(q["name"]) for q in people}
        }, set()
    if kind == "quantities":
        return {
            (float(q["value"]), q.get("value_max") and float(q["value_max"]), q["qualifier"])
            for q in label.get("quantities", [])
        }, set()
    if kind == "awards":
        return {
            (_award_key(a["award"]), a.get("groups"), a.get("persons"), a["status"]) for a in label.get("awards", [])
        }, set()
    if kind == "programmes":
        return {name_key(p["name"]) for p in label.get("programmes", [])}, set()
    return {name_key(p) for p in label.get("periods", [])}, set()


def _got(kind: str, found: Normalized) -> set[Any]:
    people = found.people
    names = [name_key(person.name) for person in people.found]
    named = {m.index for m in people.mentions if m.kind not in ("author", "photographer")}
    organizations = [_organization_key(o.name) for o in found.organizations.found]
    if kind == "people":
        return {names[index] for index in named}
    if kind == "ranks":
        return {(names[m.index], m.rank) for m in people.mentions if m.rank}
    if kind == "posts":
        return {
            (names[p.index], post_key(p.position), None if p.organization is None else organizations[p.organization])
            for p in people.positions
        }
    if kind == "organizations":
        return {organizations[m.index] for m in found.organizations.mentions}
    if kind == "parents":
        return {(_organization_key(o.name), _organization_key(o.parent)) for o in found.organizations.found if o.parent}
    if kind == "documents":
        return {(name_key(d.document_type), name_key(d.number or "")) for line in found.lines for d in line.documents}
    if kind == "events":
        return {(e.event_type, e.start_date.isoformat() if e.start_date else None) for e in found.events}
    if kind == "roles":
        return {
            (names[p.person], p.role)
            for e in found.events
            for p in e.participants
            if p.person is not None and p.role not in _NEVER_LABELLED
        }
    if kind == "quantities":
        return {(q.value, q.value_max, q.qualifier) for line in found.lines for q in line.quantities}
    if kind == "awards":
        awards = distinct_awards([award for line in found.lines for award in line.awards])
        return _awards_added(awards)
    if kind == "programmes":
        return {name_key(p.name) for line in found.lines for p in line.programmes}
    return {name_key(line.line.text[p.start : p.end]) for line in found.lines for p in line.periods}


def _awards_added(awards: Iterable[Award]) -> set[Any]:
    """A label tells an award once; rows are one for each that gets it by name, so their counts are added."""
    added: dict[tuple[int, int], list[Award]] = {}
    for award in awards:
        added.setdefault((award.line_no, award.start), []).append(award)

    def total(counts: list[int | None]) -> int | None:
        told = [count for count in counts if count is not None]
        return sum(told) if told else None

    return {
        (_award_key(rows[0].award), total([r.groups for r in rows]), total([r.persons for r in rows]), rows[0].status)
        for rows in added.values()
    }


def _public(person: dict[str, Any]) -> bool:
    """Only people in public roles become rows (house rule): a patient or a villager without rank, title and post may be
    found or not."""
    return bool(person.get("ranks") or person.get("titles") or person.get("posts"))


_SHORT_FORMS = (
    ("quân-dân y", "quân dân y"), ("csb", "cảnh sát biển"), ("tp", "thành phố"), ("thcs", "trung học cơ sở"),
    ("thpt", "trung học phổ thông"),
)  # fmt: skip


def _document_type(words: str) -> str:
    """In the words of the users' table: `Chương trình phối hợp` is a Chương trình."""
    known = {row["words"]: row["document_type"] for row in table("document_words")}
    return name_key(known.get(name_key(words), words))


def _award_key(name: str) -> str:
    """`Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”` with and without quotes."""
    return name_key(name.translate(str.maketrans("", "", '“”"')))


def _organization_key(name: str | None) -> str | None:
    """`Hậu cần - Kỹ thuật` and `Hậu cần-Kỹ thuật`, `TNHH` and its words, `Tàu CSB 8004` and its words, are one."""
    if name is None:
        return None
    key = organization_key(name_key(name).replace("trách nhiệm hữu hạn", "tnhh"))
    for short, words in _SHORT_FORMS:
        key = regex.sub(rf"\b{short}\b", words, key)
    return key


def post_key(position: str) -> str:
    """A post in the spelling of reference/vi/positions.tsv, of which variants may be written."""
    key = name_key(position)
    if key.endswith("chủ nhiệm khoa"):  # both stand in the table of the users
        key = key.removesuffix(" khoa")
    for row in table("positions"):
        if key in {name_key(v) for v in (row["position"], *row["variants"].split(";")) if v.strip()}:
            return name_key(row["position"])
    return key


def _write_floors() -> None:
    """F1 of each kind of each set but `sealed`, which tests/test_normalized.py lets only rise."""
    seen = sorted(folder for folder in LABELLED.iterdir() if folder.is_dir() and folder.name != "sealed")
    figures = {}
    for folder in seen:
        found = scores((case, normalize(case.text)) for case in cases(folder))
        figures[folder.name] = {kind: round(score.f1, 3) for kind, score in found.items()}
    (LABELLED / "floors.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def main(arguments: list[str]) -> None:
    if "--floors" in arguments:
        _write_floors()
        return
    misses = "--misses" in arguments
    folders = [Path(a) for a in arguments if not a.startswith("--")] or [LABELLED / "open"]
    for folder in folders:
        if not any(folder.glob("*.json")):
            sys.exit(f"{folder}: no labelled bulletin there (NAME.txt with NAME.json); tests/labelled/ has sets")
        found = [(case, normalize(case.text)) for case in cases(folder)]
        added = scores(found, print if misses else lambda _: None)
        print(f"{folder.name}: {len(found)} bulletins")
        for kind, score in added.items():
            floor = f"  floor {FLOORS[kind]:.2f}" if kind in FLOORS else ""
            print(
                f"  {kind:14} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
                f"  ({score.right} right, {score.missed} missed, {score.wrong} wrong){floor}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])

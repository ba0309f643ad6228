"""How right the reader is on pages that were written without sight of its rules; trafilatura and newspaper4k beside it.

    python -m bench.unseen [SET …] [--json]

tests/unseen/<set>/<case>: a page, and what a person reads on it; a key that two people could answer differently
is left out. A cell is `right/asked`. kind: list, static, form … are told from bulletins; invented, counted: a
day where the page states none. Peers say a kind, captions, bylines and counters of no page: `-`.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.fields import Shown, by_newspaper, by_trafilatura
from pipelines.families.known import NO_FAMILY
from pipelines.read import read
from pipelines.records import Capture

ROOT = Path(__file__).resolve().parents[1] / "tests" / "unseen"
FIELDS = (
    "kind", "title", "published_on", "published_at", "lead", "body", "captions", "byline", "authors", "section",
    "view_count", "images", "attachments",
)  # fmt: skip
_AT_ONCE = ("captions", "images", "attachments", "body", "authors")


@dataclass(frozen=True, slots=True)
class Case:
    """name: set/case.  expected: what a person reads, by field."""

    name: str
    capture: Capture
    expected: dict[str, Any]


@dataclass(slots=True)
class Tally:
    """right, asked: by field.  misread: (case, field, expected, found)"""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    invented: int = 0
    misread: list[tuple[str, str, str, str]] = field(default_factory=list)


def cases(sets: Sequence[str] = ()) -> Iterator[Case]:
    for path in sorted(ROOT.glob("*/*/expected.json")):
        if sets and path.parts[-3] not in sets:
            continue
        expected = json.loads(path.read_text(encoding="utf-8"))
        fetched_at = datetime.fromisoformat(expected["fetched_at"]).astimezone(UTC)
        page = (path.parent / "page.html").read_bytes()
        capture = Capture("unseen", expected["url"], fetched_at, page, "text/html; charset=utf-8", 200)
        yield Case(f"{path.parts[-3]}/{path.parts[-2]}", capture, expected)


def by_bantin(capture: Capture, family: str | None) -> dict[str, Any]:
    """Every field as the page prints it: paragraphs keep their agency prefix and end marks."""
    reading = read(capture, family=family)
    found: dict[str, Any] = {"kind": reading.kind}
    if (bulletin := reading.bulletin) is None:
        return {**dict.fromkeys(FIELDS), **found}
    said = {
        role: [line.text for line in reading.lines if line.role == role]
        for role in ("lead", "body", "caption", "byline")
    }
    return found | {
        "title": bulletin.title, "published_on": bulletin.published_on, "published_at": bulletin.published_at,
        "lead": " ".join(said["lead"]) or None, "body": said["body"], "captions": said["caption"],
        "byline": bulletin.byline, "authors": bulletin.authors, "section": bulletin.section,
        "view_count": bulletin.view_count, "images": [image.url for image in reading.images],
        "attachments": [file.url for file in reading.attachments],
    }  # fmt: skip


def _of_peer(shown: Shown) -> dict[str, Any]:
    told = shown.fields
    found = {"title": told["title"], "published_on": told["on"], "lead": told["lead"], "body": list(shown.body)}
    return found | {name: told[name] for name in ("authors", "section") if name in told}


Reader = Callable[[Capture], dict[str, Any]]


def readers() -> dict[str, Reader]:
    out: dict[str, Reader] = {
        "bantin": lambda capture: by_bantin(capture, None),
        "families off": lambda capture: by_bantin(capture, NO_FAMILY),
        "trafilatura": lambda capture: _of_peer(by_trafilatura(capture)),
    }
    if find_spec("newspaper") is not None:
        out["newspaper4k"] = lambda capture: _of_peer(by_newspaper(capture))
    return out


def _plain(name: str, value: Any) -> Any:
    """A value in the form in which two are compared."""
    if name in _AT_ONCE:
        return [_plain("", each) for each in value or ()]
    if name == "published_at" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if name == "published_on" and value is not None:
        return str(value)
    return unicodedata.normalize("NFC", " ".join(value.split())) if isinstance(value, str) else value


def tally(asked: Sequence[Case], reader: Reader) -> Tally:
    out = Tally()
    for case in asked:
        found, is_bulletin = reader(case.capture), case.expected.get("kind") == "bulletin"
        for name in FIELDS:
            if name not in case.expected or name not in found or (name != "kind" and not is_bulletin):
                continue
            expected, said = _plain(name, case.expected[name]), _plain(name, found[name])
            out.asked[name] += 1
            out.right[name] += expected == said
            out.invented += name == "published_on" and expected is None and said is not None
            if expected != said:
                out.misread.append((case.name, name, str(case.expected[name]), str(found[name])))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.unseen", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="*", help="folders of tests/unseen; all of them if none is named")
    parser.add_argument("--json", action="store_true", help="the counts, and every value that is not a person's")
    args = parser.parse_args()
    asked = list(cases(args.sets))
    found = {name: tally(asked, reader) for name, reader in readers().items()}
    if args.json:
        told = {name: {"right": t.right, "asked": t.asked, "misread": t.misread} for name, t in found.items()}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print(f"{len(asked)} pages; right/asked")
    print(f"{'':<14}" + "".join(f"{name:>14}" for name in (*FIELDS, "invented")))
    for name, t in found.items():
        cells = [f"{t.right[each]}/{t.asked[each]}" if t.asked[each] else "-" for each in FIELDS]
        print(f"{name:<14}" + "".join(f"{cell:>14}" for cell in (*cells, str(t.invented))))


if __name__ == "__main__":
    main()

"""Which upgrades of the reader a person agreed to: decisions.jsonl, written before anything is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dagster_project.steps.holding import decisions_of
from dagster_project.steps.home import Home
from warehouse.reader_changes import Acceptance

ACCEPTED = "reader-accepted"


def acceptances(home: Home) -> list[Acceptance]:
    """In the order they were given. raises HoldError: a line of decisions.jsonl that is none of ours"""
    return decisions_of(home, (ACCEPTED,), _told)


def is_agreed(given: Sequence[Acceptance], source_id: str, from_reader: str, to_reader: str) -> bool:
    """Whether the last word about this source was yes to this very step: then a killed `read` goes on by itself.

    The last only: who went back to an older reader since then did not agree to come forward again.
    """
    of_source = [one for one in given if one.sources is None or source_id in one.sources]
    return bool(of_source) and of_source[-1].covers(source_id, from_reader, to_reader)


def _told(said: dict[str, Any]) -> Acceptance:
    """Decisions from before sources were named were of all sources."""
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("an instant without its zone")
    sources = frozenset(map(str, said["sources"])) if "sources" in said else None
    return Acceptance(at, frozenset(map(str, said["from"])), frozenset(map(str, said["to"])), sources)

"""Batches that wait in `bulletins/_held/` until a person lets them in or drops them.

    bulletins/_held/source=<id>/hold.json                     which batch, why, what it would do
    bulletins/_held/source=<id>/month=<m>/<stem>.parquet      its read results

A source has one batch that waits, at most: what is read of it later joins it, for edits and deletions are a chain. What
was decided stands in decisions.jsonl; `hold.json` of a decided batch is one whose files are not moved yet.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from crawlers.whole_file import write_whole
from dagster_project.steps.home import Home
from pipelines.records import BantinError
from warehouse.judging import TABLE_CHECKS, Effect, Finding
from warehouse.results import results_info

RELEASED, DROPPED = "batch-released", "batch-dropped"
T = TypeVar("T")


class HoldError(BantinError):
    """A batch nobody knows, or records of batches that cannot be read."""


@dataclass(frozen=True, slots=True)
class HeldBatch:
    """What waits of one source.

    since     first instant of what it brought; what its frontier learned from then on waits with it
    segments  stems; none where only the publisher's lists changed
    findings  of all checks of it, when it was held
    effect    what letting it in would do to the source's bulletins, as of the last load
    """

    batch_id: str
    source_id: str
    held_at: datetime
    since: datetime
    segments: tuple[str, ...]
    captures: int
    findings: tuple[Finding, ...]
    effect: Effect

    @property
    def why(self) -> tuple[str, ...]:
        """The checks that hold it, in words."""
        return tuple(finding.words for finding in self.findings if finding.holds)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a batch. segments: stems."""

    what: Literal["batch-released", "batch-dropped"]
    batch_id: str
    source_id: str
    segments: tuple[str, ...]


def held_batches(home: Home) -> list[HeldBatch]:
    """Batches that wait for a decision, by source. raises HoldError"""
    decided = {decision.batch_id for decision in decisions(home)}
    return [batch for batch in on_disk(home) if batch.batch_id not in decided]


def on_disk(home: Home) -> list[HeldBatch]:
    """Batches with a hold.json, those among them that are decided and not moved yet. raises HoldError"""
    return [_read(path) for path in sorted((home.bulletins / "_held").glob("source=*/hold.json"))]


def decisions(home: Home) -> list[Decision]:
    """What was decided of batches, in its order. raises HoldError: a line of decisions.jsonl that is none of ours"""

    def of_a_batch(said: dict[str, Any]) -> Decision:
        return Decision(said["decision"], said["batch_id"], said["source_id"], tuple(said["segments"]))

    return decisions_of(home, (RELEASED, DROPPED), of_a_batch)


def decisions_of(home: Home, what: Collection[str], told: Callable[[dict[str, Any]], T]) -> list[T]:
    """Lines of decisions.jsonl whose `decision` is one of `what`, each as `told` has it, in their order.

    raises  HoldError: a line that is none of ours, or that `told` cannot take (ValueError, KeyError, TypeError)
    """
    if not home.decisions.exists():
        return []
    found = []
    for number, line in enumerate(home.decisions.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
            if said["decision"] in what:
                found.append(told(said))
        except (ValueError, KeyError, TypeError) as error:
            raise HoldError(
                f"{home.decisions}, line {number}: expected a decision as JSON, found {line[:80]!r}. Now: nothing was"
                " changed. Cure: put the file back from a backup, or correct the line."
            ) from error
    return found


def kept_out(home: Home) -> frozenset[str]:
    """Stems of segments that no load takes in: they wait, or were dropped."""
    return dropped_stems(home) | held_stems(home)


def dropped_stems(home: Home) -> frozenset[str]:
    """Stems of segments that were dropped for good."""
    return frozenset(stem for decision in decisions(home) if decision.what == DROPPED for stem in decision.segments)


def held_stems(home: Home) -> frozenset[str]:
    """Stems of segments that wait."""
    return frozenset(stem for batch in held_batches(home) for stem in batch.segments)


def held_files(home: Home, batch: HeldBatch) -> list[Path]:
    """Its results files, sorted; those not read yet are missing."""
    return sorted(_folder(home, batch.source_id).glob("month=*/[!.]*.parquet"))


def hold(
    home: Home, source_id: str, files: Sequence[Path], findings: Iterable[Finding], effect: Effect, at: datetime
) -> HeldBatch:
    """Set a batch aside: first the word of it, then its files; killed in between, the next load goes on (`join`)."""
    batch = HeldBatch(
        batch_id=f"{source_id}-{at.astimezone(UTC):%Y%m%dT%H%M%S%f}",
        source_id=source_id,
        held_at=at,
        since=effect.since or at,
        segments=tuple(sorted(path.stem for path in files)),
        captures=sum(results_info(path).rows for path in files),
        findings=tuple(finding for finding in findings if finding.check not in TABLE_CHECKS),
        effect=effect,
    )
    write(home, batch)
    _move(files, home.bulletins, home.bulletins / "_held")
    return batch


def join(home: Home, results: Sequence[Path], loaded: Collection[str]) -> list[HeldBatch]:
    """What was read since of sources that wait joins their batches. Returns those that grew.

    results  every results file in its place, see `in_place`; loaded: stems in the tables
    """
    grown = []
    for batch in held_batches(home):
        mine = [path for path in results if source_of(path) == batch.source_id and path.stem not in loaded]
        fresh = [path for path in mine if path.stem not in batch.segments]
        if fresh:
            more = replace(
                batch,
                segments=tuple(sorted({*batch.segments, *(path.stem for path in fresh)})),
                captures=batch.captures + sum(results_info(path).rows for path in fresh),
            )
            write(home, more)
            grown.append(more)
        _move(mine, home.bulletins, home.bulletins / "_held")
    return grown


def in_place(home: Home) -> list[Path]:
    """Every results file that does not lie in `_held/`, sorted, whatever was decided of it."""
    return sorted(home.bulletins.glob("source=*/month=*/[!.]*.parquet"))


def source_of(results: Path) -> str:
    """bulletins/source=<id>/month=<m>/<stem>.parquet → id."""
    return results.parent.parent.name.removeprefix("source=")


def give_back(home: Home, batch: HeldBatch) -> None:
    """A released batch: its files go where they belong, then the word of it goes."""
    _move(held_files(home, batch), home.bulletins / "_held", home.bulletins)
    forget(home, batch)


def forget(home: Home, batch: HeldBatch) -> None:
    """Remove what is left of a batch in `_held/`: its results can be read again, its captures stay in raw/."""
    folder = _folder(home, batch.source_id)
    for month in folder.glob("month=*"):
        shutil.rmtree(month)
    (folder / "hold.json").unlink()
    with suppress(OSError):  # something of somebody else's is in it
        folder.rmdir()


def holes(home: Home, findings: Iterable[Finding]) -> list[str]:
    """What a load left out or found wrong, a sentence each; any makes the exit status 3."""
    waiting = [
        f"{'; '.join(batch.why)}: held as {batch.batch_id}; the bulletins of {batch.source_id} are as before."
        f" See `bantin hold list`; then `bantin hold release {batch.batch_id}` or `bantin hold drop {batch.batch_id}`"
        for batch in held_batches(home)
    ]
    tables = [f"{f.words}: the tables are wrong; `bantin rebuild` makes them anew, and report this"
              for f in findings if f.check in TABLE_CHECKS and not f.passed]  # fmt: skip
    return [*waiting, *tables]


def write(home: Home, batch: HeldBatch) -> None:
    """Write hold.json, whole or not at all, on disk before the call returns."""
    said = {**asdict(batch), "effect": batch.effect._asdict()}
    path = _folder(home, batch.source_id) / "hold.json"
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True, default=datetime.isoformat)
    write_whole(path, text.encode())


def _read(path: Path) -> HeldBatch:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        effect = said.pop("effect")
        since = effect.pop("since")
        return HeldBatch(
            **{
                **said,
                "held_at": datetime.fromisoformat(said["held_at"]),
                "since": datetime.fromisoformat(said["since"]),
                "segments": tuple(said["segments"]),
                "findings": tuple(Finding(**finding) for finding in said["findings"]),
                "effect": Effect(since=datetime.fromisoformat(since) if since else None, **effect),
            }
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise HoldError(
            f"{path}: expected the record of a held batch, found: {error}. Now: nothing was changed. Cure: put the file"
            " back from a backup; or remove its folder and run `bantin read` and `bantin load`: the batch is judged"
            " again."
        ) from error


def _folder(home: Home, source_id: str) -> Path:
    return home.bulletins / "_held" / f"source={source_id}"


def _move(files: Sequence[Path], source: Path, target: Path) -> None:
    for path in files:
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        path.replace(there)

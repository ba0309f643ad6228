"""What a run in this process came to, told from Dagster's own events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from dagster_project.assets import SNAPSHOT, TABLES
from dagster_project.capturing import COUNTS, CRAWLED, PREFIX
from dagster_project.steps.crawling import ENDED_TOO_EARLY


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """One run. run_id: Dagster's. sources: those that came through, with counts. problem: why the run itself failed.

    published  a new look at the tables is served; False: nothing new, or `publish_every` keeps it back
    holes      sources that failed, lists that were not walked to their end
    findings   failed checks of the tables
    failed     sources that did not come through
    broken     those of them whose crawling process died: no fault of theirs
    """

    run_id: str
    succeeded: bool
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    removed: int = 0
    published: bool = False
    snapshot: str | None = None
    holes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    problem: str | None = None
    failed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def sum(self, name: str) -> int:
        return sum(counts.get(name, 0) for counts in self.sources.values())


def interrupted(result: dg.ExecuteInProcessResult) -> bool:
    """Dagster swallows Ctrl-C and makes a failed run of it: whoever starts the next one would go on regardless."""
    for event in result.all_events:
        if event.event_type_value == "PIPELINE_FAILURE":
            reason = event.job_failure_data.failure_reason
            if reason is not None and reason.value == "UNEXPECTED_TERMINATION":
                return True
        if event.event_type_value == "STEP_FAILURE" and "Query interrupted" in _innermost(event)[1]:  # DuckDB's word
            return True
    return False


def _innermost(event: dg.DagsterEvent) -> tuple[str | None, str]:
    """(what our code said of the failure, the message of the error that began it) of a failed step."""
    error, data = event.step_failure_data.error, event.step_failure_data.user_failure_data
    while error is not None and error.cause is not None:
        error = error.cause
    return data.description if data is not None else None, error.message if error is not None else ""


def outcome_of(result: dg.ExecuteInProcessResult) -> RunOutcome:
    """Of the run's materializations and checks."""
    came = {
        event.asset_key: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in result.get_asset_materialization_events()
        if event.asset_key is not None
    }
    sources: dict[str, dict[str, int]] = {}
    holes: list[str] = []
    findings: list[str] = []
    failed: list[str] = []
    broken: list[str] = []
    for check in result.get_asset_check_evaluations():
        name = check.asset_key.path[-1]
        if check.asset_key.path[0] == PREFIX and check.check_name == CRAWLED:
            told: Mapping[str, Any] = came.get(check.asset_key) or {k: v.value for k, v in check.metadata.items()}
            sources[name] = {count: int(told.get(count, 0)) for count in COUNTS}
            holes += [f"{name}: {hole}" for hole in told.get("holes") or ()]
            if not check.passed:
                failed.append(name)
                holes.append(f"{name}: {check.description}")
                if ENDED_TOO_EARLY in (check.description or ""):
                    broken.append(name)
        elif not check.passed and check.description:
            findings.append(f"{check.check_name}: {check.description}")
    loaded, shown = came.get(TABLES, {}), came.get(SNAPSHOT, {})
    return RunOutcome(
        run_id=result.run_id,
        succeeded=result.success,
        sources=sources,
        new=loaded.get("new", 0),
        changed=loaded.get("changed", 0),
        removed=loaded.get("removed", 0),
        published=bool(shown),
        snapshot=shown.get("snapshot"),
        holes=tuple(holes),
        findings=tuple(findings),
        problem=_problem(result),
        failed=tuple(failed),
        broken=tuple(broken),
    )


def _problem(result: dg.ExecuteInProcessResult) -> str | None:
    """Why the run failed: the sentence of its first failed step, without Dagster's wrapping."""
    for event in result.all_events:
        if event.event_type_value == "STEP_FAILURE":
            said, message = _innermost(event)
            return f"{event.step_key}: {said or message.partition(': ')[2] or message}".strip()
    return None if result.success else "the run failed; Dagster's UI (`bantin dev`) shows where"

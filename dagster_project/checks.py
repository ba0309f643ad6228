"""Checks of `tables`: what the load's own judgement found, source by source, as Dagster shows it."""

from collections.abc import Sequence

import dagster as dg

from dagster_project.display import visible
from warehouse import judging
from warehouse.judging import Finding

_WORDS = {
    "sums_reconcile": "Each URL that a list showed ends in one named state, and the sums agree by source and month.",
    "month_minimum": "No month has fewer bulletins than the source's file expects, or far fewer than its own history.",
    "required_fields": "New bulletins have the fields that earlier ones had.",
    "date_plausibility": "New bulletins are dated when they can have been published.",
    "duplicate_share": "New bulletins do not mostly repeat each other or older ones.",
    "mass_loss": "No batch takes out half of a source's bulletins.",
}
TABLE_CHECKS = [
    dg.AssetCheckSpec(
        name,
        asset="tables",
        blocking=name in judging.TABLE_CHECKS,
        description=_WORDS[name]
        + (
            ""
            if name in judging.TABLE_CHECKS or name == "month_minimum"
            else " A batch that fails is held: `bantin hold list`."
        ),
    )
    for name in judging.CHECKS
]
"""A blocking one that fails keeps the last snapshot serving. The others need not block: what harms is held already."""


def table_checks(findings: Sequence[Finding]) -> list[dg.AssetCheckResult]:
    """One result a check, over all sources; those that fail are in its table."""
    return [_result(name, [f for f in findings if f.check == name]) for name in judging.CHECKS]


def _result(name: str, findings: Sequence[Finding]) -> dg.AssetCheckResult:
    failed = [finding for finding in findings if not finding.passed]
    blocking = any(finding.blocking for finding in failed)
    columns = [dg.TableColumn(column) for column in ("source", "finding", "figures")]
    records = [
        dg.TableRecord({"source": f.source_id, "finding": visible(f.words), "figures": visible(str(f.figures))})
        for f in failed
    ]
    return dg.AssetCheckResult(
        passed=not failed,
        check_name=name,
        asset_key="tables",
        severity=dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
        description="; ".join(visible(f.words) for f in failed[:5]) or None,
        metadata={
            "sources judged": len({finding.source_id for finding in findings}),
            "failed": dg.MetadataValue.table(records=records, schema=dg.TableSchema(columns=columns)),
        },
    )

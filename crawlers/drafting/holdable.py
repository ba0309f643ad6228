"""What of the findings a source file can hold: each way and rule tried by the strict reader, the others named."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace

from crawlers.drafting.toml_text import Value, table
from crawlers.drafting.writing import named, rule_values
from crawlers.source_file import source_of
from crawlers.source_values import Wrong
from crawlers.survey.findings import Findings, FoundWay
from pipelines.identity import UrlRule

_CURE = "write it by hand: docs/adding-a-source.md"


def holdable(findings: Findings) -> Findings:
    """The findings without what no file can hold; a sentence in `missing` for each."""
    missing: list[str] = []
    hosts = findings.hosts

    def fits(head: str, values: list[tuple[str, Value | None]], what: str) -> bool:
        text = "\n".join([*table("", [("publisher", "x"), ("hosts", hosts)]), *table(head, values)])
        try:
            source_of("x", tomllib.loads(text))
        except Wrong as wrong:
            missing.append(f"{what} was found and left out, no file can hold it: {wrong}; {_CURE}")
            return False
        return True

    def ways(found: Sequence[FoundWay]) -> tuple[FoundWay, ...]:
        return tuple(w for w in found if fits("[[discover]]", named(w.way), f"the {w.way.kind} {w.way.url}"))

    def rules(name: str, found: Sequence[UrlRule]) -> tuple[UrlRule, ...]:
        return tuple(r for r in found if fits(f"[[url.{name}]]", rule_values(r), f"the rule {r.pattern}"))

    url = findings.url
    kept = replace(url, twin=rules("twin", url.twin), key=rules("key", url.key))
    return replace(findings, ways=ways(findings.ways), url=kept, missing=(*findings.missing, *missing))

"""Pictures for Dagster's pages: PNG in Markdown, which its UI shows."""

import base64
import io
from collections.abc import Mapping

import dagster as dg

_COLOURS = ("#2f5d8a", "#c0703c", "#4f8a5b", "#8a4f7d", "#7a6a3a", "#4a8f99", "#a04a4a", "#6b6b6b")
_NAMED = 7


def months_plot(counts: Mapping[str, Mapping[str, int]], title: str) -> dg.MetadataValue:
    """Stacked bars: month → bulletins, a colour for each of the largest sources and one for the rest.

    counts  source → month → count
    """
    if not counts:
        return dg.MetadataValue.md("nothing to show yet")
    from matplotlib.figure import Figure  # not pyplot: no global state, no display

    months = sorted({month for by_month in counts.values() for month in by_month})
    largest = sorted(counts, key=lambda source_id: (-sum(counts[source_id].values()), source_id))
    figure = Figure(figsize=(max(5.0, 0.38 * len(months) + 2), 3.2), dpi=110, layout="constrained")
    axes = figure.add_subplot()
    base = [0] * len(months)
    groups = [(name, [name]) for name in largest[:_NAMED]] + (
        [("others", largest[_NAMED:])] if largest[_NAMED:] else []
    )
    for colour, (label, names) in zip(_COLOURS, groups, strict=False):
        heights = [sum(counts[name].get(month, 0) for name in names) for month in months]
        axes.bar(months, heights, bottom=base, color=colour, label=label.replace("$", r"\$"), width=0.8)
        base = [low + high for low, high in zip(base, heights, strict=True)]
    axes.set_title(title, fontsize=10, loc="left")
    axes.tick_params(axis="x", labelrotation=60, labelsize=7)
    axes.tick_params(axis="y", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=7, frameon=False, ncols=min(4, len(groups)), loc="upper left", bbox_to_anchor=(0, -0.28))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return dg.MetadataValue.md(f"![{title}](data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()})")

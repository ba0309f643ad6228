"""Quantities: every number with what it counts or measures, as Vietnamese offices write it.

`number_words` reads numbers, `counted` and `quantity_amounts` what follows them, `number_cues` what stands before;
`quantity_grammar` has a rule for each form, `quantity_judge` decides. Source: reference/vi README, number_forms.tsv.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.normalize.mentions import Quantity
from pipelines.normalize.quantity_grammar import Grammar
from pipelines.normalize.quantity_scan import starts
from pipelines.normalize.spelling import plain

__all__ = ["Quantity", "find_quantities"]


def find_quantities(text: str, *, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Every quantity of a text, in order of position, never overlapping; its span holds qualifier, number and noun.

    text   any text, e.g. a line of a bulletin
    taken  spans of it that are something else already (dates, documents, names): no number in them is read
    units  percent, VND, USD, kg (also for `tấn`, `tạ`, `yến`), m2, ha, km … (reference/units.tsv), times, ratio,
           ordinal, or the counted noun; '' for a bare number
    changes  `giảm 3 vụ` is -3, change_down. `tăng từ 5% lên 7%` is two levels, both eq. `vượt 15%` is change_up, but
           `vượt 120%` and `vượt 2 tỷ đồng` are gt
    shares   `9/10 tiêu chí` is 9 of 10; `một phần ba`, `một nửa`, `2/3 dân số` are ratios
    left out  dates, times of day and durations; numbers of documents, units (`Tiểu đoàn 4`), phones; scores; names in
           quotes (“Ba khâu đột phá”); `một` as an article; bare whole numbers; what could be two numbers (`1.25.000`,
           `hai trăm ba`)
    """
    spelled = plain(text)
    places = starts(spelled)
    return Grammar(spelled, taken).run(places) if places else []

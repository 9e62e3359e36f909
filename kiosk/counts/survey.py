"""Rounding of the survey: the answers of all questions together, beneath the sum of all smileys.

After each smiley one question is asked at most. So answers, those who gave none and those who were
not asked sum to all smileys, and are drawn beneath the number that is published for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.counts import coarsening
from kiosk.counts.exact import NOT_ASKED, NOT_SAID
from kiosk.counts.rounding import RoundingProgram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.cell import Cell
    from kiosk.counts.rounding import Draw


def round_survey(
    cells: Mapping[Cell, int], smileys: tuple[int, int], draw: Draw
) -> dict[Cell, int]:
    """The answers by question, as far as they are told; `smileys` are all, exact and rounded.

    Raises `DoesNotFit`.
    """
    exact, rounded = smileys
    parts = dict(cells) | {(NOT_ASKED,): exact - sum(cells.values())}
    program = RoundingProgram(draw)
    program.fix("total", {(): exact}, {(): rounded})
    program.add("survey", parts)
    program.constrain_sum("total", (), [("survey", part) for part in parts])
    found = program.solve().of("survey")
    questions = dict.fromkeys(cell[0] for cell in sorted(cells, key=repr))
    shown: dict[Cell, int] = {}
    for question in questions:
        rows = {cell: n for cell, n in found.items() if cell[:1] == (question,) and len(cell) > 1}
        answered = sum(n for cell, n in rows.items() if cell[1] != NOT_SAID)
        if answered >= coarsening.LEAST_ANSWERS and coarsening.has_several(rows):
            shown |= rows
    return shown

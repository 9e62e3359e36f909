from collections import Counter
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.counts.cell import Cell
from kiosk.counts.method import BASE
from kiosk.counts.rounding import DoesNotFit, Draw, RoundingProgram, round_total

Cells = dict[Cell, int]
TABLE: st.SearchStrategy[Cells] = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), st.integers(0, 40), min_size=1
)
KEYS = st.binary(min_size=32, max_size=32)


def margin(cells: Cells, place: int) -> Cells:
    total: Counter[Cell] = Counter()
    for cell, count in cells.items():
        total[cell[place : place + 1]] += count
    return dict(total)


def rounded(cells: Cells, key: bytes) -> dict[str, Cells]:
    """A table with its margins and its total, drawn together."""
    draw, total = Draw(key), sum(cells.values())
    program = RoundingProgram(draw)
    program.fix("total", {(): total}, {(): round_total(total, draw, "total")})
    rows, columns = margin(cells, 0), margin(cells, 1)
    program.add("row", rows, 4)
    program.add("column", columns, 4)
    program.add("cell", cells)
    program.constrain_sum("total", (), [("row", row) for row in rows])
    program.constrain_margins(("row", rows), ("column", columns), cells)
    solution = program.solve()
    return {table: solution.of(table) for table in ("total", "row", "column", "cell")}


@given(TABLE, KEYS)
def test_cells_and_their_sums_go_to_neighbouring_multiples_of_five_and_add_up(
    cells: Cells, key: bytes
) -> None:
    found = rounded(cells, key)
    truth: dict[str, Cells] = {"row": margin(cells, 0), "column": margin(cells, 1), "cell": cells}
    for table, exact in truth.items():
        assert sum(found[table].values()) == found["total"][()]
        for cell, count in exact.items():
            assert found[table][cell] % BASE == 0
            assert abs(found[table][cell] - count) < BASE
            assert count % BASE or found[table][cell] == count  # zero and multiples stay
    for place, table in enumerate(("row", "column")):
        sums = Counter[Cell]()
        for cell, count in found["cell"].items():
            sums[cell[place : place + 1]] += count
        assert sums == Counter(found[table])


@given(TABLE, KEYS)
def test_the_order_of_the_cells_changes_nothing(cells: Cells, key: bytes) -> None:
    assert rounded(cells, key) == rounded(dict(reversed(cells.items())), key)


@pytest.mark.slow
def test_the_expectation_of_every_cell_is_kept() -> None:
    cells: Cells = {
        (a, b): (3 * i + 7 * j) % 13 for i, a in enumerate("abcd") for j, b in enumerate("uvwxyz")
    }
    draws = [rounded(cells, f"key {number}".encode()) for number in range(600)]
    for cell, count in cells.items():
        # Four standard errors, and the 0.5 that costs so random may be off.
        assert abs(fmean(draw["cell"][cell] for draw in draws) - count) < 0.5 + 4 * 2.45 / 600**0.5


def test_one_above_a_multiple_of_five_is_rounded_up_in_at_most_an_eighth_of_draws() -> None:
    """An insider who knows all but one of such a cell is sure of that one where it goes up."""
    draws = [Draw(f"key {number}".encode()) for number in range(2000)]
    ups = fmean(round_total(6, draw, "total") == 10 for draw in draws)
    assert 0.095 < ups < 0.155  # four standard errors
    cells: Cells = {(f"cell {number}",): 6 for number in range(400)}
    program = RoundingProgram(draws[0])
    program.add("cell", cells)
    found = program.solve().of("cell").values()
    assert {*found} == {5, 10}
    assert 0.05 < fmean(count == 10 for count in found) < 0.2


def test_contradicting_counts_are_reported() -> None:
    program = RoundingProgram(Draw(b"key"))
    program.fix("total", {(): 3}, {(): 5})
    program.add("cell", {("a",): 0, ("b",): 0})
    program.constrain_sum("total", (), [("cell", ("a",)), ("cell", ("b",))])
    with pytest.raises(DoesNotFit):
        program.solve()

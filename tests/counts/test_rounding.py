from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.counts.rounding import BASE, round_cells

CELLS = st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 23)), st.integers(0, 400))


@given(CELLS, st.randoms(use_true_random=False))
def test_each_cell_goes_to_a_neighbouring_multiple_of_five(
    cells: dict[tuple[str, int], int], random: Random
) -> None:
    rounded = round_cells(cells, random)
    assert rounded.keys() == cells.keys()
    for key, count in cells.items():
        assert rounded[key] % BASE == 0
        assert abs(rounded[key] - count) < BASE


@given(st.integers(0, 80), st.randoms(use_true_random=False))
def test_zero_and_every_multiple_of_five_stay(times: int, random: Random) -> None:
    assert round_cells({("a",): times * BASE}, random) == {("a",): times * BASE}


def test_the_expectation_of_every_remainder_is_kept() -> None:
    random, draws = Random(20261122), 8000
    for count in range(13):
        total = sum(round_cells({("a",): count}, random)[("a",)] for _ in range(draws))
        # Four standard errors: sqrt(6) is the widest deviation that a remainder of 2 or 3 has.
        assert abs(total / draws - count) < 4 * 6**0.5 / draws**0.5


def test_cells_are_drawn_each_on_its_own() -> None:
    rounded = round_cells({(number,): 2 for number in range(1000)}, Random(7))
    assert 300 < sum(count == BASE for count in rounded.values()) < 500

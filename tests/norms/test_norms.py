"""docs/norms.md is what `script/norms` writes of today's rows, and the cheap rows hold here."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.norms import facts
from tests.norms.page import PAGE, asked
from tests.norms.row import Row, Tally, load_rows
from tests.norms.screens import FIRST, measure_speech

ROWS = load_rows()
SMALLEST, SOME = ("800x480",), ("de", "ar", "pl")
RESULT = re.compile(r"\| (passed|\*\*failed\*\*.*|\*\*not measured\*\*) \|$")


def _line_of(row: Row) -> str:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if asked(row) in line]
    assert len(lines) == 1, f"{row.clause}: run script/norms"
    return lines[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.type} {row.clause}")
def test_the_page_has_every_row_as_it_is_today(row: Row) -> None:
    line = _line_of(row)
    assert row.type != "A" or RESULT.search(line)
    assert row.type == "A" or line.endswith("| no |")
    assert all(f"`{test}`" in line for test in row.tests)


def test_the_score_is_that_of_the_rows() -> None:
    lines = [_line_of(row) for row in ROWS if row.type == "A"]
    passed = sum(line.endswith("| passed |") for line in lines)
    assert f"**{passed} of {len(lines)} rows of type A passed" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.type} {row.clause}")
def test_a_row_says_who_or_what_measures_it(row: Row) -> None:
    assert bool(row.who) == (row.type != "A")
    assert bool(row.measures or row.tests) == (row.type == "A")


def test_no_row_stands_twice() -> None:
    assert max(Counter((row.clause, row.asks) for row in ROWS).values()) == 1


@pytest.mark.parametrize("fact", facts.FACTS, ids=lambda fact: fact.__name__)
def test_what_concerns_no_screen_holds(fact: Callable[[], Tally]) -> None:
    tally = fact()
    assert dict(tally.faults) == {}
    assert tally.passed


def test_everything_shown_is_said_on_every_screen() -> None:
    for name, tally in measure_speech([FIRST], SMALLEST, SOME).items():
        assert dict(tally.faults) == {}, name
        assert tally.passed, name

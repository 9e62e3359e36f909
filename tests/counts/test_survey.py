"""Answers to survey questions: rounded beneath the smileys, told from ten on, with their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.counts import survey_words
from kiosk.counts.close import close_periods
from kiosk.counts.coarsening import LEAST_ANSWERS
from kiosk.counts.exact import NOT_SAID, ExactCounts
from kiosk.counts.ledger_entry import decode_entry, encode_entry, ledger_names
from kiosk.counts.published import round_period
from kiosk.counts.rounding import Draw, round_total
from kiosk.counts.survey import round_survey
from kiosk.domain.feedback import glass_surface
from kiosk.service import citizens, survey, visits
from kiosk.service.office import Office
from tests.surveys import QUARTER, SURVEYED, TREES
from tests.town import MARKET, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.counts.cell import Cell
    from kiosk.store.database import Database

ANSWERS = st.sampled_from(["a", "b", "c", NOT_SAID])
CELLS = st.dictionaries(st.tuples(st.sampled_from(["q", "r"]), ANSWERS), st.integers(0, 60))


@given(CELLS, st.integers(0, 200), st.binary(min_size=32, max_size=32))
def test_each_number_is_a_neighbour_and_all_fit_beneath_the_smileys(
    cells: dict[Cell, int], not_asked: int, key: bytes
) -> None:
    total = sum(cells.values()) + not_asked
    draw = Draw(key)
    rounded = round_total(total, draw, "smileys")
    found = round_survey(cells, (total, rounded), draw)
    for cell, number in found.items():
        assert number % 5 == 0
        assert abs(number - cells[cell]) < 5
    assert sum(found.values()) <= rounded
    for question in {cell[0] for cell in found}:
        told = sum(n for cell, n in found.items() if cell[0] == question and cell[1] != NOT_SAID)
        assert told >= LEAST_ANSWERS


def test_few_answers_are_not_told() -> None:
    cells: dict[Cell, int] = {("q", "a"): 3, ("q", "b"): 2, ("q", NOT_SAID): 30}
    assert round_survey(cells, (50, 50), Draw(b"key")) == {}


def test_a_period_without_a_survey_is_rounded_as_before() -> None:
    visited: dict[Cell, int] = {(MARKET, "2026-11-22"): 0}
    assert round_period(ExactCounts({"visit": visited}), {}, b"key")["survey"] == {}


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, SURVEYED)


def answered(office: Office, clock: TownClock, times: int) -> None:
    """A visit with so many people and smileys, of which every second one was answered."""
    visits.open_visit(office, MARKET, None, clock())
    for number in range(times):
        clock.pass_s(20)
        citizens.take_ticket(office, citizens.TicketRequest("rent", "de"), clock())
        smiley = citizens.give_feedback(
            office, 5, clock(), glass_surface("touch"), with_survey=True
        )
        if number % 2:
            survey.answer_survey(office, smiley.id, QUARTER, TREES, clock())
    visits.close_visit(office, clock(), expected=None)


def test_a_question_that_has_left_the_profile_is_closed_with_its_words(
    office: Office, clock: TownClock
) -> None:
    answered(office, clock, 120)
    emptied = Office(office.database, TOWN)  # the profile was edited before the quarter's end
    visits.open_visit(emptied, MARKET, None, clock())
    visits.close_visit(emptied, clock())
    january = replace(clock(), wall=datetime(2027, 1, 2, 11, tzinfo=UTC))
    with office.database.read() as connection:
        left = survey_words.kept(connection)
    names = ledger_names(TOWN, "rh-1", left_questions=left)
    (entry,) = close_periods(office.database, names, january)
    assert dict(entry.tables["survey"]) == {(QUARTER, TREES): 60, (QUARTER, NOT_SAID): 60}
    read = decode_entry(encode_entry(entry))
    assert read.names.survey[QUARTER].label == "Was fehlt im Viertel?"
    assert read.names.survey[QUARTER].choices[TREES] == "Bäume"
    visits.open_visit(emptied, MARKET, None, clock())
    visits.close_visit(emptied, clock())
    with office.database.read() as connection:
        assert survey_words.kept(connection) == {}

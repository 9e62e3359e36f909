"""What building the page of a desk asks of SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.console.pages.desk_history import SHOWN_STEPS
from kiosk.console.pages.desk_page import DeskPage, desk_page
from kiosk.service import staff, undo_log
from tests.town import FIRST_DESK

if TYPE_CHECKING:
    from tests.console.box import Box

MOST_STATEMENTS = 19


def statements(box: Box) -> list[str]:
    """What SQLite is asked for the page."""
    seen: list[str] = []
    with box.office.database.read() as connection:
        pass
    connection.set_trace_callback(seen.append)
    try:
        page(box)
    finally:
        connection.set_trace_callback(None)
    return seen


def page(box: Box) -> DeskPage:
    return desk_page(box.context, FIRST_DESK)


def test_a_long_queue_costs_no_statement_and_no_row(box: Box) -> None:
    box.open_visit()
    for _ in range(3):
        box.take()
    box.call_next()
    few = statements(box)
    for _ in range(40):
        box.take()
    many = statements(box)
    assert len(few) == len(many) <= MOST_STATEMENTS
    whole = [statement for statement in many if "FROM ticket" in statement]
    assert all("WHERE" in statement for statement in whole)


def test_the_button_undoes_a_step_that_lies_behind_all_those_undone(box: Box) -> None:
    box.open_visit()
    box.take()
    box.call_next()
    for _ in range(SHOWN_STEPS):
        staff.start(box.office, FIRST_DESK, box.clock())
        undo_log.undo(box.office, FIRST_DESK, box.clock())
    history = page(box).history
    assert [step.undone for step in history.steps] == [True] * SHOWN_STEPS
    assert history.undo.step
    assert history.undo.step.words == "A-001 aufgerufen"
    undo_log.undo(box.office, FIRST_DESK, box.clock(), expected=history.undo.step.id)
    assert page(box).history.undo.step is None

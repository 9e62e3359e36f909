"""The survey over HTTP: a program that gives a smiley can ask the question that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.store import survey_answers
from tests.console.box import running_box
from tests.surveys import QUARTER, SURVEYED, TREES
from tests.town import MARKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.store.database import Database
    from tests.console.box import Box
    from tests.town import TownClock


@pytest.fixture
def box(database: Database, clock: TownClock) -> Iterator[Box]:
    office = Office(database, SURVEYED)
    visits.open_visit(office, MARKET, None, clock())
    with running_box(office, clock) as box:
        yield box


def test_a_program_asks_the_question_and_one_answer_counts(box: Box) -> None:
    program = box.program()
    given = program.post("/api/v1/feedback", json={"score": 2, "survey": True})
    assert (given.status_code, given.json()["question"]) == (201, QUARTER)
    answer = {"feedback": given.json()["id"], "question": QUARTER, "answer": TREES}
    answered = [program.post("/api/v1/feedback/survey", json=answer) for _ in range(2)]
    assert [each.json() for each in answered] == [{"counted": True}, {"counted": False}]
    with box.office.database.read() as connection:
        assert survey_answers.counted(connection) == {QUARTER: {TREES: 1}}
    for wrong in ({"answer": "sun"}, {"question": "weather"}, {"feedback": 999}):
        refused = program.post("/api/v1/feedback/survey", json=answer | wrong)
        assert refused.status_code == 422, wrong
    assert box.stranger().post("/api/v1/feedback/survey", json=answer).status_code == 401


def test_a_program_that_asks_nothing_hears_of_no_question(box: Box) -> None:
    given = box.program().post("/api/v1/feedback", json={"score": 2})
    assert given.json().keys() == {"id"}
    answer = {"feedback": given.json()["id"], "question": QUARTER, "answer": TREES}
    assert box.program().post("/api/v1/feedback/survey", json=answer).status_code == 422

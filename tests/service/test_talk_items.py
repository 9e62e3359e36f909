"""Items of a talk that a profile lists: noted beside the outcome, counted each alone."""

from dataclasses import replace

import pytest

from kiosk.counts.ledger_entry import ledger_names
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.talk_item import TalkChoice, TalkItem
from kiosk.export.tables.german import item_labels
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.store.counters import RECORDS, RecordKey
from kiosk.store.database import Database
from tests.town import FIRST_DESK, GERMAN, JOBS, TOWN, TownClock

GRID = TalkItem(
    QuestionId("measure"),
    "Maßnahme",
    (TalkChoice(ChoiceId("form"), "Ausfüllhilfe"), TalkChoice(ChoiceId("course"), "Kurs")),
)
ADVISED = replace(TOWN, talk_items=(GRID,))


def served(office: Office, clock: TownClock, *items: tuple[str, str]) -> None:
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, Record(RESOLVED, items=items), clock())


def test_each_item_is_counted_and_an_unset_one_is_not(database: Database, clock: TownClock) -> None:
    office = Office(database, ADVISED)
    visits.open_visit(office, None, None, clock())
    for items in ([("measure", "form")], [("measure", "form")], [("measure", "course")], []):
        served(office, clock, *items)
    without_number = staff.CountRequest(JOBS, Record(RESOLVED, items=(("measure", "form"),)))
    staff.count(office, FIRST_DESK, without_number, clock())
    visits.close_visit(office, clock())
    with database.read() as connection:
        counted = RECORDS.of(connection, "2026-11")
    found = {key: n for key, n in counted.items() if key.item == "question.measure"}
    assert found == {
        RecordKey("question.measure", "form"): 3,
        RecordKey("question.measure", "course"): 1,
    }
    names = ledger_names(ADVISED, "rh-1").questions
    assert item_labels(names)["question.measure"] == "Maßnahme"
    assert names["measure"].choices["form"] == "Ausfüllhilfe"


def test_an_item_or_a_choice_that_the_profile_lacks_is_refused(
    database: Database, clock: TownClock
) -> None:
    office = Office(database, ADVISED)
    visits.open_visit(office, None, None, clock())
    for unknown in (("mood", "good"), ("measure", "good")):
        with pytest.raises(Unknown):
            served(office, clock, unknown)
        staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())

"""The wish for an interpreter: on every page of staff, and nowhere else."""

import re
from collections.abc import Iterator

import pytest

from kiosk.service import citizens
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.box import Box, running_box
from tests.service.test_desk_answers import HELPFUL, INTERPRETER, YES
from tests.town import FIRST_DESK, TownClock

WISH, DESK = "Dolmetschen gewünscht", f"/staff/desks/{FIRST_DESK}"
VIEW = f"{DESK}/view"


@pytest.fixture
def box(database: Database) -> Iterator[Box]:
    """A console of a service that asks who needs an interpreter, with an open visit."""
    with running_box(Office(database, HELPFUL), TownClock(tick_s=0.02)) as box:
        box.open_visit()
        yield box


def test_staff_see_it_in_the_queue_at_the_desk_and_in_the_dialog(box: Box) -> None:
    clerk, ticket = box.program(), box.take()
    assert WISH not in clerk.get(VIEW).text
    citizens.answer(box.office, ticket.id, INTERPRETER, YES, box.clock())
    row = clerk.get(VIEW).text.partition(f'id="ticket-{ticket.id}"')[2]
    assert WISH in row.partition("</tr>")[0]
    assert WISH in clerk.get(f"{DESK}/dialogs/ticket?ticket={ticket.id}").text
    box.call_next()
    about = clerk.get(VIEW).text.partition('class="about"')[2]
    assert WISH in about.partition("</p>")[0]


def test_a_program_reads_it_in_the_list_of_tickets(box: Box) -> None:
    program = box.program()
    body = {"topic": "jobs", "answers": {"interpreter": "yes", "priority": "yes"}}
    program.post("/api/v1/tickets", json=body)
    box.take()
    listed = program.get("/api/v1/tickets").json()
    assert [ticket["answers"] for ticket in listed] == [{"interpreter": "yes"}, {}]


def test_the_public_learns_nothing_of_it(box: Box) -> None:
    ticket, stranger = box.take(), box.stranger()
    pages = ["/display", "/api/v1/state", f"/t/{ticket.code}"]
    before = [_without_marks(stranger.get(page).text) for page in pages]
    citizens.answer(box.office, ticket.id, INTERPRETER, YES, box.clock())
    assert [_without_marks(stranger.get(page).text) for page in pages] == before


def _without_marks(page: str) -> str:
    """Each visit of a ticket's page has another press id, each state a mark of how new it is."""
    return re.sub(r'name="press" value="[^"]*"|"entry":"[^"]*"', "", page)

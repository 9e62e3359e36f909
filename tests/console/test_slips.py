"""Staff have a slip printed once more, and learn what became of it."""

import pytest

from hardware.trouble import Trouble
from kiosk.service import staff
from kiosk.service.slips import COPIES, MOST_COPIES, SLIPS
from tests.console.box import Box


def path_of(ticket: object) -> str:
    return f"/api/v1/tickets/{ticket}/slip"


def lose_slips(box: Box) -> None:
    """What came out is unknown."""
    while SLIPS.begin(box.office, box.clock()):
        pass
    SLIPS.settle_interrupted(box.office, box.clock())


@pytest.fixture
def ticket(box: Box) -> int:
    """A ticket whose slip has failed."""
    box.open_visit()
    ticket = box.take()
    lose_slips(box)
    return ticket.id


def test_a_slip_is_printed_once_more_and_its_state_is_shown(box: Box, ticket: int) -> None:
    program = box.program()
    wanted = program.post(path_of(ticket))
    assert wanted.status_code == 201
    copy = wanted.json()["id"]
    assert wanted.json() == {"id": copy, "state": "wanted", "trouble": None}
    COPIES.begin(box.office, box.clock())
    COPIES.failed(box.office, copy, Trouble.PAPER_OUT, box.clock())
    assert program.get(path_of(ticket)).json() == {
        "slip": "failed",
        "copies": [{"id": copy, "state": "failed", "trouble": "paper_out"}],
    }


def test_the_same_request_again_prints_nothing_more(box: Box, ticket: int) -> None:
    program = box.program()
    program.headers["Idempotency-Key"] = "click"
    first, second = (program.post(path_of(ticket)) for _ in range(2))
    assert first.json() == second.json()
    other = box.take().id
    lose_slips(box)
    refused = program.post(path_of(other))
    assert refused.status_code == 422
    assert box.problem(refused)["type"] == "urn:radhaus:wish-of-another"


def test_what_comes_already_is_not_asked_for_again(box: Box, ticket: int) -> None:
    program = box.program()
    program.headers["Accept-Language"] = "de"
    program.post(path_of(ticket))
    refused = program.post(path_of(ticket))
    assert refused.status_code == 409
    assert box.problem(refused)["type"] == "urn:radhaus:slip-coming"
    assert "wird gerade gedruckt" in refused.json()["detail"]


def test_not_for_a_ticket_that_has_ended_and_not_without_end(box: Box, ticket: int) -> None:
    program = box.program()
    for _ in range(MOST_COPIES):
        copy = program.post(path_of(ticket)).json()["id"]
        COPIES.begin(box.office, box.clock())
        COPIES.printed(box.office, copy, box.clock())
    refused = program.post(path_of(ticket))
    assert box.problem(refused)["type"] == "urn:radhaus:too-many-copies"
    staff.withdraw(box.office, ticket, box.clock())
    refused = program.post(path_of(ticket))
    assert (refused.status_code, refused.json()["state"]) == (409, "withdrawn")


@pytest.mark.parametrize("name", ["4711", "0", "9" * 30, "-1", "A-001", "1.5"])
def test_a_ticket_that_there_is_not_is_not_known(box: Box, name: str) -> None:
    box.open_visit()
    for method in ("GET", "POST"):
        unknown = box.program().request(method, path_of(name))
        assert unknown.status_code in {400, 404}
        box.problem(unknown)


def test_not_for_strangers_and_not_without_a_visit(box: Box, ticket: int) -> None:
    assert box.stranger().post(path_of(ticket)).status_code == 401
    assert box.stranger().get(path_of(ticket)).status_code == 401
    box.close_visit()
    assert box.program().post(path_of(ticket)).status_code == 409
    assert box.program().get(path_of(ticket)).status_code == 404

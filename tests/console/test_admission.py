"""Staff are answered before a crowd, and a crowd is answered one after the other."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.console.http import admission
from kiosk.console.http.connections import MOST_OF_ONE
from kiosk.console.pages import ticket_page
from tests.console.box import Box
from tests.console.strangers import get, status_of, strangers
from tests.waiting import PATIENCE_S, eventually

LINES = 200


class Held:
    """Holds up requests for a ticket's page, and counts how many come at once."""

    def __init__(self) -> None:
        self.inside = self.most = self.asked = 0
        self.codes: list[str] = []
        self.go_on = threading.Event()

    def __call__(self, *asked: object) -> None:
        self.codes.append(str(asked[3]))
        self.inside += 1
        self.asked += 1
        self.most = max(self.most, self.inside)
        assert self.go_on.wait(PATIENCE_S)
        self.inside -= 1


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Tickets' pages are slow until told otherwise; none is found."""
    slow = Held()
    monkeypatch.setattr(ticket_page, "ticket_status", slow)
    yield slow
    slow.go_on.set()


def test_staff_do_not_wait_for_two_hundred_lines_on_a_page(new_box: Box, held: Held) -> None:
    new_box.open_visit()
    tickets = [new_box.take() for _ in range(3)]
    with strangers(new_box.url) as crowd:
        for n in range(LINES):
            crowd.send(get(f"/t/{tickets[-1].code}/state"), n // 50)
        eventually(lambda: held.inside == 1, "a request of the crowd")
        clerk = new_box.program()
        for ticket in tickets:
            assert clerk.post("/api/v1/desks/1/next").json()["number"] == ticket.number
            assert clerk.post("/api/v1/desks/1/start").status_code == 200
        browser = new_box.stranger()
        held.go_on.set()
        new_box.log_in(browser)
        assert browser.get("/staff/desks/1").status_code == 200
        assert {status_of(line) for line in crowd.lines} == {404}
    assert held.most == 1


def test_an_aborted_request_costs_no_turn(new_box: Box, held: Held) -> None:
    with strangers(new_box.url) as crowd:
        for n in range(LINES):
            crowd.send(get("/t/x/state"), n // 50)
        eventually(lambda: held.inside == 1, "a request of the crowd")
    held.go_on.set()
    assert new_box.stranger().get("/t/x/state").status_code == 404
    assert held.asked < LINES / 2, "the one that was inside, and who was not seen to leave yet"


def test_one_request_waits_for_one_of_each_other_address(new_box: Box, held: Held) -> None:
    with strangers(new_box.url) as crowd:
        for n in range(MOST_OF_ONE):
            crowd.send(get(f"/t/crowd{n}/state"))
        eventually(lambda: held.inside == 1, "a request of the crowd")
        crowd.send(get("/t/phone/state"), 1)
        assert new_box.program().get("/api/v1/queue").status_code == 200, "the phone came before"
        held.go_on.set()
        assert set(crowd.statuses()) == {404}
    assert "phone" in held.codes[:3], held.codes


def test_a_request_that_waited_too_long_gets_retry_after(
    new_box: Box, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "LONGEST_WAIT_S", 0.2)
    with ThreadPoolExecutor(2) as phones:
        first = phones.submit(new_box.stranger().get, "/t/x/state")
        eventually(lambda: held.inside == 1, "the first")
        second = new_box.stranger().get("/t/x/state")
        assert (second.status_code, second.headers["retry-after"]) == (503, "5")
        held.go_on.set()
        assert first.result().status_code == 404


def test_a_browser_that_knows_staff_waits_for_no_stranger(new_box: Box, held: Held) -> None:
    laptop = new_box.stranger()
    new_box.log_in(laptop)
    laptop.cookies.delete("radhaus_staff")
    with ThreadPoolExecutor(1) as phones:
        phone = phones.submit(new_box.stranger().get, "/t/x/state")
        eventually(lambda: held.inside == 1, "the phone")
        assert laptop.get("/staff/login").status_code == 200
        assert laptop.get("/api/v1/state").status_code == 200
        assert not phone.done()
        held.go_on.set()


def test_a_body_that_is_too_large_is_still_refused_as_such(new_box: Box) -> None:
    pin = b"pin=" + b"1" * 70_000
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert new_box.stranger().post("/staff/login", content=pin, headers=form).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield pin[:7_000]

    assert (
        new_box.stranger().post("/staff/login", content=pieces(), headers=form).status_code == 413
    )

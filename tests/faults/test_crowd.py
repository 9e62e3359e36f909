"""Floods of strangers on loopback, of bounded length: staff work on, and what is told of it."""

import socket
from collections.abc import Iterator

import pytest

from kiosk.service.access import MANY_WRONG_PINS
from tests.console.strangers import HALF_SENT, WHOLE, Strangers, status_of, strangers
from tests.faults.conftest import places_of
from tests.faults.fault_reports import Fault, Places
from tests.system.bus import Bus

pytestmark = pytest.mark.slow

FLOOD = 1000
ADDRESSES = 50
TICKETS = 5
GUESSERS = 12
PIN = b"pin=not-it"
GUESS = HALF_SENT.replace(b"GET /staff", b"POST /staff/login")
GUESS += b"Content-Type: application/x-www-form-urlencoded\r\n"
GUESS += b"Content-Length: %d\r\n\r\n%s" % (len(PIN), PIN)


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """A box of its own, whose visit is open."""
    with Bus(tmp_path_factory.mktemp("box") / "data") as bus:
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        yield bus


@pytest.fixture
def places(bus: Bus) -> Iterator[Places]:
    with places_of(bus) as places:
        yield places


@pytest.fixture
def crowd(bus: Bus) -> Iterator[Strangers]:
    with strangers(bus.url) as crowd:
        yield crowd


def test_a_thousand_half_sent_requests(bus: Bus, places: Places, crowd: Strangers) -> None:
    fault = Fault(f"{FLOOD} half-sent requests, from {ADDRESSES} addresses")
    for n in range(FLOOD):
        crowd.send(HALF_SENT, n % ADDRESSES)
    fault.await_report("staff, Next", lambda: called(places))
    newcomer = crowd.send(WHOLE, FLOOD)
    assert fault.await_report("a newcomer", lambda: answer_to(newcomer)) == "answered: 302"
    told = fault.await_report("log of the console", lambda: line_of(bus, "connections were cut"))
    assert told.count("\n") == 0
    assert places.staff_is_well(), "no device has anything to do with it"
    assert not any("Traceback" in said for said in bus.said)
    fault.keep()


def test_strangers_who_connect_anew_over_and_over(places: Places, crowd: Strangers) -> None:
    fault = Fault(f"{FLOOD} whole requests, each on a new connection")
    for n in range(FLOOD):
        crowd.send(WHOLE, n % ADDRESSES)
        if n % (FLOOD // TICKETS) == 0:
            fault.await_report(f"staff, Next amid request {n + 1}", lambda: called(places))
    newcomer = crowd.send(WHOLE, FLOOD)
    assert fault.await_report("a newcomer", lambda: answer_to(newcomer)) == "answered: 302"
    fault.keep()


def test_strangers_who_try_pins(places: Places, crowd: Strangers) -> None:
    fault = Fault(f"{GUESSERS} strangers try PINs")
    for n in range(GUESSERS):
        assert status_of(crowd.send(GUESS, n)) == 403
    fault.await_report("staff page", lambda: places.notice("wrong-pins"))
    told = fault.await_report("/metrics", lambda: places.metric("wrong_pins"))
    assert int(told.split()[1]) >= MANY_WRONG_PINS
    fault.await_report("kiosk doctor", lambda: places.doctor("logins", result="warning"))
    fault.await_report("a browser that staff have used", lambda: logged_in(places))
    fault.keep()


def called(places: Places) -> str:
    """A person takes a number and is called."""
    places.post("/tickets", {"topic": "wohngeld"})
    return f"calls {places.post('/desks/1/next').json()['number']}"


def answer_to(line: socket.socket) -> str:
    return f"answered: {status_of(line)}"


def logged_in(places: Places) -> str:
    places.log_in()
    return "is let in"


def line_of(bus: Bus, words: str) -> str | None:
    return next((said for said in bus.said if words in said), None)

"""Throttle of wrong PINs: what guessing costs, and whom it must not lock out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.console.http import admission
from kiosk.console.http.context import open_context
from kiosk.console.http.known_browsers import COOKIE as BROWSER_COOKIE
from kiosk.console.http.sessions import COOKIE
from kiosk.console.pages import routes
from kiosk.service import visits
from kiosk.service.access import TooManyWrongPins, WrongPin, try_pin
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.box import Box, csrf_of, running, running_box
from tests.town import TownClock
from tests.waiting import PATIENCE_S, eventually

WRONG = "not-it"
HOUR_S = 3600.0


def test_after_ten_wrong_pins_the_right_one_has_to_wait(new_box: Box) -> None:
    client = new_box.stranger()
    assert [new_box.log_in(client, WRONG).status_code for _ in range(10)] == [403] * 10
    refused = new_box.log_in(client)
    assert refused.status_code == 429
    assert "Zu viele falsche PINs." in refused.text
    wait_s = int(refused.headers["Retry-After"])
    assert 25 <= wait_s <= 30
    new_box.clock.pass_s(wait_s)
    assert new_box.log_in(client).status_code == 303


def _wait_s(database: Database, address: str, clock: TownClock) -> int:
    """Seconds that a wrong PIN from there has to wait now."""
    try:
        try_pin(database, WRONG, address, clock())
    except TooManyWrongPins as refusal:
        return refusal.wait_s
    except WrongPin:
        return 0
    raise AssertionError


def test_the_pauses_grow_to_a_quarter_of_an_hour(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    for _ in range(10):
        assert _wait_s(database, "10.0.0.7", clock) == 0
    pauses = []
    for _ in range(8):
        pauses.append(_wait_s(database, "10.0.0.7", clock))
        clock.pass_s(pauses[-1])
        assert _wait_s(database, "10.0.0.7", clock) == 0
    assert pauses == sorted(pauses)
    assert 800 <= pauses[-1] <= 900
    assert _wait_s(database, "10.0.0.8", clock) == 0, "another address need not wait"


def test_many_addresses_together_are_slowed_too(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    waits = [_wait_s(database, f"10.0.{n}.1", clock) for n in range(60)]
    assert waits[:50] == [0] * 50
    assert all(20 <= wait_s <= 60 for wait_s in waits[50:])


def test_guessing_in_parallel_gains_no_tries(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    with ThreadPoolExecutor(20) as guessers:
        # each try is a second later: 25 of them are over before the first pause of 30 s is
        waits = list(guessers.map(lambda _: _wait_s(database, "10.0.0.7", clock), range(25)))
    assert waits.count(0) == 10


def test_a_restart_or_a_power_cut_forgets_no_wrong_pin(new_box: Box) -> None:
    clock = new_box.clock
    for _ in range(11):
        _wait_s(new_box.office.database, "10.0.0.7", clock)
    again = Database.open(new_box.office.database.path)
    assert _wait_s(again, "10.0.0.7", clock) > 20
    clock.cut_power()
    assert _wait_s(again, "10.0.0.7", clock) > 20
    again.close()


def test_an_hour_of_rest_forgives(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    for _ in range(11):
        _wait_s(database, "10.0.0.7", clock)
    clock.pass_s(timedelta(hours=1).total_seconds())
    assert [_wait_s(database, "10.0.0.7", clock) for _ in range(10)] == [0] * 10


def test_the_right_pin_clears_the_address(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    for _ in range(3):
        for _ in range(9):
            assert _wait_s(database, "10.0.0.7", clock) == 0
        try_pin(database, new_box.secrets.staff_pin, "10.0.0.7", clock())


def _strangers_try(box: Box) -> None:
    for n in range(60):
        _wait_s(box.office.database, f"10.0.{n}.1", box.clock)


def test_strangers_lock_no_browser_out_in_which_staff_have_logged_in_before(new_box: Box) -> None:
    laptop, new = new_box.stranger(), new_box.stranger()
    new_box.log_in(laptop)
    laptop.post("/staff/logout", headers={"X-CSRF-Token": csrf_of(laptop)})
    _strangers_try(new_box)
    for _ in range(11):
        _wait_s(new_box.office.database, "127.0.0.1", new_box.clock)  # its own address too
    assert new_box.log_in(new).status_code == 429
    assert new_box.log_in(laptop).status_code == 303
    page = laptop.get("/staff/desks/1").text
    assert "Jemand probiert PINs aus: 50 falsche" in page
    metrics = new_box.program().get("/api/v1/metrics").text
    assert "radhaus_wrong_pins 50" in metrics
    new_box.clock.pass_s(HOUR_S)
    assert "Jemand probiert PINs aus" not in laptop.get("/staff/desks/1/view").text


def test_the_cookie_of_a_browser_opens_nothing_and_gains_no_tries(new_box: Box) -> None:
    thief = new_box.stranger()
    new_box.log_in(thief)
    thief.cookies.delete(COOKIE)
    assert thief.get("/staff/desks/1").status_code == 302
    assert [new_box.log_in(thief, WRONG).status_code for _ in range(11)] == [403] * 10 + [429]
    forged = {"Cookie": f"{BROWSER_COOKIE}={'A' * 100}"}
    _strangers_try(new_box)
    pin = {"pin": new_box.secrets.staff_pin}
    answer = new_box.stranger().post("/staff/login", data=pin, headers=forged)
    assert answer.status_code == 429


def test_a_few_slips_of_the_finger_are_no_news(new_box: Box) -> None:
    clerk = new_box.stranger()
    new_box.log_in(clerk, WRONG)
    new_box.log_in(clerk)
    assert "Jemand probiert PINs aus" not in clerk.get("/staff/desks/1").text


@pytest.mark.slow
def test_forty_logins_at_once_take_the_memory_of_one_hash(
    office: Office, clock: TownClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "LONGEST_WAIT_S", PATIENCE_S)
    with running_box(office, clock) as box, ThreadPoolExecutor(40) as clerks:
        answers = clerks.map(lambda _: box.log_in(box.stranger()).status_code, range(40))
        assert set(answers) == {303}
        assert len(box.context.hashing._threads) == 1  # noqa: SLF001 - each thread keeps 16 MB


def _keeps_address(box: Box) -> bool:
    with box.office.database.read() as connection:
        return "127.0.0.1" in str(
            [tuple(row) for row in connection.execute("SELECT * FROM key_value")]
        )


def test_no_address_outlives_its_hour_without_a_visit_either(
    new_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "FORGOTTEN_AFTER_S", -1.0)
    new_box.log_in(new_box.stranger(), WRONG)
    assert _keeps_address(new_box), "it counts still"
    new_box.clock.pass_s(HOUR_S)
    with running(open_context(new_box.office, new_box.clock)):
        assert not _keeps_address(new_box), "a console that starts looks too"
    monkeypatch.setattr(routes, "FORGOTTEN_AFTER_S", 0.0)
    new_box.log_in(new_box.stranger(), WRONG)
    new_box.clock.pass_s(HOUR_S)
    eventually(lambda: not _keeps_address(new_box), "an end of the address")


def test_no_address_outlives_the_visit_after_its_hour(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    _wait_s(database, "10.0.0.7", clock)
    new_box.open_visit()
    clock.pass_s(HOUR_S)
    visits.close_visit(new_box.office, clock())
    with database.read() as connection:
        stored = str([tuple(row) for row in connection.execute("SELECT * FROM key_value")])
    assert "10.0.0.7" not in stored

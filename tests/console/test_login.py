import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from kiosk.console.http import admission
from kiosk.console.http.context import open_context
from kiosk.console.http.known_browsers import COOKIE as BROWSER_COOKIE
from kiosk.console.http.sessions import COOKIE, IDLE_S, LONGEST_S, Sessions, begin
from kiosk.console.pages import routes
from kiosk.service import access, visits
from kiosk.service.access import TooManyWrongPins, WrongPin, try_pin
from kiosk.store.database import Database
from tests.console.box import Box, running
from tests.town import TownClock
from tests.waiting import PATIENCE_S, eventually

WRONG = "not-it"
HOUR_S = 3600.0


def csrf_of(client: httpx.Client) -> str:
    """The token that the desk's page carries."""
    page = client.get("/staff/desks/1")
    found = re.search(r'<meta name="csrf" content="([^"]+)">', page.text)
    assert found, page.status_code
    return found[1]


def test_staff_pages_lead_to_the_login_and_the_pin_leads_back(new_box: Box) -> None:
    client = new_box.anybody()
    for path, login in (("/staff", "/staff/login"), ("/staff/desks/1", "/staff/login?desk=1")):
        assert client.get(path).headers["location"] == login
    assert "Sie wurden abgemeldet." not in client.get("/staff/login").text
    assert new_box.log_in(client).headers["location"] == "/staff"
    assert client.get("/staff/desks/1").status_code == 200


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(new_box: Box) -> None:
    cookie = new_box.log_in(new_box.anybody()).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    over_tls = new_box.anybody()
    over_tls.headers["X-Forwarded-Proto"] = "https"  # what a proxy on this box says
    assert "Secure" in new_box.log_in(over_tls).headers["set-cookie"]


@pytest.mark.parametrize("desk", ["9", "//evil.example", "../../../display", "1/../2", "\r\nX: 1"])
def test_the_login_leads_to_a_desk_of_this_bus_or_to_the_choice(new_box: Box, desk: str) -> None:
    for wanted, where in (("2", "/staff/desks/2"), (desk, "/staff")):
        form = {"pin": new_box.secrets.staff_pin, "desk": wanted}
        client = new_box.anybody()
        assert client.post("/staff/login", data=form).headers["location"] == where
        again = client.get("/staff/login", params={"desk": wanted})
        assert again.headers["location"] == where


def test_the_desk_is_remembered(new_box: Box) -> None:
    client = new_box.anybody()
    new_box.log_in(client)
    assert client.get("/staff").status_code == 200
    client.get("/staff/desks/2")
    assert client.get("/staff").headers["location"] == "/staff/desks/2"
    assert client.get("/staff?choose=true").status_code == 200


def test_a_session_acts_only_with_its_csrf_token(new_box: Box) -> None:
    client = new_box.anybody()
    new_box.log_in(client)
    refused = client.post("/api/v1/visit/open")
    assert refused.status_code == 403
    assert "X-CSRF-Token" in new_box.problem(refused)["detail"]
    token = {"X-CSRF-Token": csrf_of(client)}
    assert client.post("/api/v1/visit/open", headers=token).status_code == 201


def test_another_site_cannot_send_the_login_form(new_box: Box) -> None:
    client = new_box.anybody()
    client.headers["Origin"] = "http://evil.example"
    assert new_box.log_in(client).status_code == 403
    client.headers["Origin"] = new_box.url
    assert new_box.log_in(client).status_code == 303
    client.headers["Sec-Fetch-Site"] = "cross-site"
    assert new_box.log_in(client).status_code == 403


def test_a_session_outlives_the_process(new_box: Box) -> None:
    client = new_box.anybody()
    new_box.log_in(client)
    another = open_context(new_box.office, new_box.clock)
    with running(another) as url:
        page = client.get(f"{url}/staff/desks/1")
    assert page.status_code == 200


def test_logging_out_ends_every_copy_of_the_cookie_in_every_process(new_box: Box) -> None:
    client = new_box.anybody()
    new_box.log_in(client)
    stolen = client.cookies[COOKIE]
    client.post("/staff/logout", headers={"X-CSRF-Token": csrf_of(client)})
    assert COOKIE not in client.cookies
    thief = {"Cookie": f"{COOKIE}={stolen}"}
    another = open_context(new_box.office, new_box.clock)
    with running(another) as url:
        for address in (new_box.url, url):
            page = httpx.get(f"{address}/staff/desks/1", headers=thief)
            assert page.headers["location"] == "/staff/login?desk=1"


def test_an_idle_session_ends_and_looking_does_not_keep_it(new_box: Box) -> None:
    client = new_box.anybody()
    new_box.log_in(client)
    token = {"X-CSRF-Token": csrf_of(client)}
    new_box.clock.pass_s(IDLE_S - 60)
    assert client.post("/staff/here", headers=token).status_code == 204
    new_box.clock.pass_s(IDLE_S - 60)
    assert client.get("/staff/desks/1/view").status_code == 200
    new_box.clock.pass_s(120)
    assert client.get("/staff/desks/1/view").status_code == 401


def test_a_busy_session_ends_after_twelve_hours(database: Database, clock: TownClock) -> None:
    sessions = Sessions(database, lambda: b"k" * 32)
    session = begin(clock())
    for _ in range(int(LONGEST_S / HOUR_S) * 4 - 1):
        clock.pass_s(HOUR_S / 4)
        session = session.seen_at(clock())
    assert sessions.unseal(sessions.seal(session), clock()) == session
    clock.pass_s(HOUR_S / 4)
    assert sessions.unseal(sessions.seal(session.seen_at(clock())), clock()) is None


def test_a_jump_of_the_wall_clock_logs_nobody_out_and_a_power_cut_does(
    database: Database, clock: TownClock
) -> None:
    sessions = Sessions(database, lambda: b"k" * 32)
    cookie = sessions.seal(begin(clock()))
    for days in (4000, -8000):
        clock.jump(days=days)
        assert sessions.unseal(cookie, clock()) is not None
    clock.cut_power()
    assert sessions.unseal(cookie, clock()) is None


def test_a_forged_cookie_opens_nothing(database: Database, clock: TownClock) -> None:
    sessions = Sessions(database, lambda: b"k" * 32)
    of_another_box = Sessions(database, lambda: b"x" * 32).seal(begin(clock()))
    for cookie in (of_another_box, "", "gAAAA", "ä", sessions.seal(begin(clock()))[:-2]):
        assert sessions.unseal(cookie, clock()) is None


def test_after_ten_wrong_pins_the_right_one_has_to_wait(new_box: Box) -> None:
    client = new_box.anybody()
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
            _wait_s(database, "10.0.0.7", clock)
        try_pin(database, new_box.secrets.staff_pin, "10.0.0.7", clock())


def test_pin_and_token_are_kept_only_as_hashes(new_box: Box) -> None:
    with new_box.office.database.read() as connection:
        stored = str([tuple(row) for row in connection.execute("SELECT * FROM device")])
    assert new_box.secrets.staff_pin not in stored
    assert new_box.secrets.api_token not in stored
    assert len(new_box.context.secrets.session_key()) == 32


def _strangers_try(box: Box) -> None:
    for n in range(60):
        _wait_s(box.office.database, f"10.0.{n}.1", box.clock)


def test_strangers_lock_no_browser_out_in_which_staff_have_logged_in_before(new_box: Box) -> None:
    laptop, new = new_box.anybody(), new_box.anybody()
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
    thief = new_box.anybody()
    new_box.log_in(thief)
    thief.cookies.delete(COOKIE)
    assert thief.get("/staff/desks/1").status_code == 302
    assert [new_box.log_in(thief, WRONG).status_code for _ in range(11)] == [403] * 10 + [429]
    forged = {"Cookie": f"{BROWSER_COOKIE}={'A' * 100}"}
    _strangers_try(new_box)
    pin = {"pin": new_box.secrets.staff_pin}
    answer = new_box.anybody().post("/staff/login", data=pin, headers=forged)
    assert answer.status_code == 429


def test_a_few_slips_of_the_finger_are_no_news(new_box: Box) -> None:
    clerk = new_box.anybody()
    new_box.log_in(clerk, WRONG)
    new_box.log_in(clerk)
    assert "Jemand probiert PINs aus" not in clerk.get("/staff/desks/1").text


def test_forty_logins_at_once_take_the_memory_of_one_hash(
    new_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "LONGEST_WAIT_S", PATIENCE_S)
    with ThreadPoolExecutor(40) as clerks:
        answers = clerks.map(lambda _: new_box.log_in(new_box.anybody()).status_code, range(40))
        assert set(answers) == {303}
    assert len(new_box.context.hashing._threads) == 1  # noqa: SLF001 - each thread keeps 16 MB


def test_new_secrets_end_sessions_streams_and_known_browsers_at_once(new_box: Box) -> None:
    clerk = new_box.anybody()
    new_box.log_in(clerk)
    sealed, program = clerk.cookies[BROWSER_COOKIE], new_box.program()
    with (
        clerk.stream("GET", "/api/v1/events") as of_session,
        program.stream("GET", "/api/v1/events") as of_token,
    ):
        access.set_up(new_box.office.database)
        assert clerk.get("/staff/desks/1/view").status_code == 401
        assert program.get("/api/v1/queue").status_code == 401
        assert new_box.context.known_browsers.id_of(sealed) is None
        for stream in (of_session, of_token):
            assert len(list(stream.iter_lines())) < 20, "it ends"


@pytest.mark.parametrize("form", [{}, {"pin": ""}, {"pin": "x" * 101}, {"pin": "\x00"}, {"x": "1"}])
def test_a_strange_form_is_refused_politely(new_box: Box, form: dict[str, str]) -> None:
    assert 400 <= new_box.anybody().post("/staff/login", data=form).status_code < 500


def _keeps_address(box: Box) -> bool:
    with box.office.database.read() as connection:
        return "127.0.0.1" in str(
            [tuple(row) for row in connection.execute("SELECT * FROM device")]
        )


def test_no_address_outlives_its_hour_without_a_visit_either(
    new_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "FORGOTTEN_AFTER_S", -1.0)
    new_box.log_in(new_box.anybody(), WRONG)
    assert _keeps_address(new_box), "it counts still"
    new_box.clock.pass_s(HOUR_S)
    with running(open_context(new_box.office, new_box.clock)):
        assert not _keeps_address(new_box), "a console that starts looks too"
    monkeypatch.setattr(routes, "FORGOTTEN_AFTER_S", 0.0)
    new_box.log_in(new_box.anybody(), WRONG)
    new_box.clock.pass_s(HOUR_S)
    eventually(lambda: not _keeps_address(new_box), "an end of the address")


def test_no_address_outlives_the_visit_after_its_hour(new_box: Box) -> None:
    database, clock = new_box.office.database, new_box.clock
    _wait_s(database, "10.0.0.7", clock)
    new_box.open_visit()
    clock.pass_s(HOUR_S)
    visits.close_visit(new_box.office, clock())
    with database.read() as connection:
        stored = str([tuple(row) for row in connection.execute("SELECT * FROM device")])
    assert "10.0.0.7" not in stored

import httpx
import pytest

from kiosk.console.http.context import open_context
from kiosk.console.http.known_browsers import COOKIE as BROWSER_COOKIE
from kiosk.console.http.sessions import COOKIE, IDLE_S, LONGEST_S, Sessions, begin
from kiosk.service import access
from kiosk.store.database import Database
from tests.console.box import Box, csrf_of, running
from tests.town import TownClock
from tests.waiting import PATIENCE_S

HOUR_S = 3600.0


def test_staff_pages_lead_to_the_login_and_the_pin_leads_back(new_box: Box) -> None:
    client = new_box.stranger()
    for path, login in (("/staff", "/staff/login"), ("/staff/desks/1", "/staff/login?desk=1")):
        assert client.get(path).headers["location"] == login
    assert "Sie wurden abgemeldet." not in client.get("/staff/login").text
    assert new_box.log_in(client).headers["location"] == "/staff"
    assert client.get("/staff/desks/1").status_code == 200


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(new_box: Box) -> None:
    cookie = new_box.log_in(new_box.stranger()).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    over_tls = new_box.stranger()
    over_tls.headers["X-Forwarded-Proto"] = "https"  # what a proxy on this box says
    assert "Secure" in new_box.log_in(over_tls).headers["set-cookie"]


@pytest.mark.parametrize("desk", ["9", "//evil.example", "../../../display", "1/../2", "\r\nX: 1"])
def test_the_login_leads_to_a_desk_of_this_bus_or_to_the_choice(new_box: Box, desk: str) -> None:
    for wanted, where in (("2", "/staff/desks/2"), (desk, "/staff")):
        form = {"pin": new_box.secrets.staff_pin, "desk": wanted}
        client = new_box.stranger()
        assert client.post("/staff/login", data=form).headers["location"] == where
        again = client.get("/staff/login", params={"desk": wanted})
        assert again.headers["location"] == where


def test_the_desk_is_remembered(new_box: Box) -> None:
    client = new_box.stranger()
    new_box.log_in(client)
    assert client.get("/staff").status_code == 200
    client.get("/staff/desks/2")
    assert client.get("/staff").headers["location"] == "/staff/desks/2"
    assert client.get("/staff?choose=true").status_code == 200


def test_a_session_acts_only_with_its_csrf_token(new_box: Box) -> None:
    client = new_box.stranger()
    new_box.log_in(client)
    refused = client.post("/api/v1/visit/open")
    assert refused.status_code == 403
    assert "X-CSRF-Token" in new_box.problem(refused)["detail"]
    token = {"X-CSRF-Token": csrf_of(client)}
    assert client.post("/api/v1/visit/open", headers=token).status_code == 201


def test_another_site_cannot_send_the_login_form(new_box: Box) -> None:
    client = new_box.stranger()
    client.headers["Origin"] = "http://evil.example"
    assert new_box.log_in(client).status_code == 403
    client.headers["Origin"] = new_box.url
    assert new_box.log_in(client).status_code == 303
    client.headers["Sec-Fetch-Site"] = "cross-site"
    assert new_box.log_in(client).status_code == 403


def test_a_session_outlives_the_process(new_box: Box) -> None:
    client = new_box.stranger()
    new_box.log_in(client)
    another = open_context(new_box.office, new_box.clock)
    with running(another) as url:
        page = client.get(f"{url}/staff/desks/1")
    assert page.status_code == 200


def test_logging_out_ends_every_copy_of_the_cookie_in_every_process(new_box: Box) -> None:
    client = new_box.stranger()
    new_box.log_in(client)
    stolen = client.cookies[COOKIE]
    client.post("/staff/logout", headers={"X-CSRF-Token": csrf_of(client)})
    assert COOKIE not in client.cookies
    thief = {"Cookie": f"{COOKIE}={stolen}"}
    another = open_context(new_box.office, new_box.clock)
    with running(another) as url:
        for address in (new_box.url, url):
            page = httpx.get(f"{address}/staff/desks/1", headers=thief, timeout=PATIENCE_S)
            assert page.headers["location"] == "/staff/login?desk=1"


def test_an_idle_session_ends_and_looking_does_not_keep_it(new_box: Box) -> None:
    client = new_box.stranger()
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


def test_a_clock_jump_keeps_sessions_and_a_power_cut_ends_them(
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


def test_pin_and_token_are_kept_only_as_hashes(new_box: Box) -> None:
    with new_box.office.database.read() as connection:
        stored = str([tuple(row) for row in connection.execute("SELECT * FROM key_value")])
    assert new_box.secrets.staff_pin not in stored
    assert new_box.secrets.api_token not in stored
    assert len(new_box.context.secrets.session_key()) == 32


def test_new_secrets_end_sessions_streams_and_known_browsers_at_once(new_box: Box) -> None:
    clerk = new_box.stranger()
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
    assert 400 <= new_box.stranger().post("/staff/login", data=form).status_code < 500

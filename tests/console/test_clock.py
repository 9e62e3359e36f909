"""Staff set the clock where no network does: offered, compared, confirmed, answered."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, expect

from hardware.trouble import Trouble
from kiosk.console.http.context import Equipment
from kiosk.devices.check_words import CHECKS
from kiosk.devices.kinds import words_of
from kiosk.operate.clock_setting import settle_clock
from kiosk.service.doors import paths_of
from kiosk.system.clock_request import answer_time, asked_time
from tests.console.axe import faults
from tests.console.box import Box, csrf_of, running_box
from tests.console.conftest import log_in
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.service.office import Office
    from tests.town import TownClock

PAGE = "/staff/clock"


@pytest.fixture
def box(office: Office, clock: TownClock) -> Iterator[Box]:
    clock.trusted, clock.tick_s = False, 0.02
    request = paths_of(office).runtime / "clock-request"
    request.parent.mkdir(exist_ok=True)
    with running_box(office, clock, equipment=Equipment(clock_request=request)) as box:
        yield box


@contextmanager
def answering(box: Box) -> Iterator[None]:
    """The unit that may set the clock, here that of the town."""
    paths, ended = paths_of(box.office), threading.Event()

    def set_wall(wall: datetime) -> None:
        box.clock.wall, box.clock.trusted = wall, True

    def run() -> None:
        answered = None
        while not ended.wait(0.02):
            asked = asked_time(paths.runtime / "clock-request")
            if asked and asked != answered:
                what = settle_clock(asked, box.clock(), box.office.database, set_wall)
                answer_time(paths.clock_answer, asked, what)
                answered = asked

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _asked(box: Box, local: str) -> tuple[int, str]:
    client = box.stranger()
    box.log_in(client)
    headers = {"X-CSRF-Token": csrf_of(client), "Accept-Language": "de"}
    answer = client.post(PAGE, json={"local": local}, headers=headers)
    if answer.status_code != 202:
        return answer.status_code, answer.json()["detail"]
    told = eventually(lambda: _answered(client.get(f"{PAGE}/answer").json()))
    return 202, told["refused"]


def _answered(told: dict[str, Any]) -> dict[str, Any] | None:
    return told if told["answered"] else None


def test_a_confirmed_time_is_the_one_of_the_bus_and_counts_from_then_on(box: Box) -> None:
    with answering(box):
        assert _asked(box, "2026-11-30T09:15:00") == (202, "")
    assert box.clock.trusted
    assert box.clock.wall.isoformat() >= "2026-11-30T08:15:00+00:00"
    assert box.clock.wall.isoformat() < "2026-11-30T08:17:00+00:00"
    client = box.stranger()
    box.log_in(client)
    assert "Die Uhr ist gestellt" in client.get(PAGE).text
    status, why = _asked(box, "2026-11-30T10:15:00")
    assert (status, "von selbst gestellt" in why) == (400, True), "only once"


def test_a_wrong_year_is_refused_in_words(box: Box) -> None:
    with answering(box):
        box.clock.trusted = True
        client = box.program()
        client.post("/api/v1/visit/open", json={"stop": "market"})
        box.clock.trusted = False
        status, why = _asked(box, "2025-11-30T09:15:00")
    assert (status, "schon vorbei" in why) == (202, True)
    assert not box.clock.trusted


def test_a_bus_with_a_network_is_not_told_that_it_has_none(box: Box) -> None:
    client = box.stranger()
    box.log_in(client)
    for told in (
        client.get(PAGE).text,
        CHECKS["clock"].todo,
        words_of("board", Trouble.CLOCK_UNKNOWN).remedy,
    ):
        assert "Internet" in told
        assert "Netz" not in told


@pytest.mark.parametrize("local", ["", "heute", "2026-13-01T00:00:00", "2026-11-30"])
def test_what_is_no_time_asks_for_nothing(box: Box, local: str) -> None:
    assert _asked(box, local)[0] == 400
    assert asked_time(paths_of(box.office).runtime / "clock-request") is None


def test_nobody_else_sets_it(box: Box) -> None:
    body = {"local": "2026-11-30T09:15:00"}
    assert box.stranger().post(PAGE, json=body).status_code == 401
    assert box.stranger().get(f"{PAGE}/answer").status_code == 401
    staff = box.stranger()
    box.log_in(staff)
    assert staff.post(PAGE, json=body).status_code == 403, "another site has no token"
    assert box.stranger().get(PAGE).headers["location"] == "/staff/login"
    assert asked_time(paths_of(box.office).runtime / "clock-request") is None


def test_where_the_clock_is_not_theirs_staff_are_told_so(office: Office, clock: TownClock) -> None:
    clock.trusted = False
    with running_box(office, clock) as box:
        client = box.stranger()
        box.log_in(client)
        assert "sobald der Bus Internet hat" in client.get(PAGE).text
        headers = {"X-CSRF-Token": csrf_of(client)}
        body = {"local": "2026-11-30T09:15:00"}
        assert client.post(PAGE, json=body, headers=headers).status_code == 404


@pytest.mark.slow  # a real browser
def test_staff_confirm_what_their_laptop_offers(chromium: Browser, box: Box) -> None:
    with chromium.new_context(base_url=box.url, timezone_id="America/New_York") as context:
        log_in(context, box)
        page = context.new_page()
        page.goto("/staff/timetable")
        page.get_by_role("link", name="Uhr stellen").click()
        for width in (1366, 360):
            page.set_viewport_size({"width": width, "height": 768})
            assert faults(page) == []
        page.clock.set_fixed_time("2026-11-30T08:15:00Z")
        eventually(lambda: page.get_by_label("Uhrzeit").input_value() == "09:15:00")
        with answering(box):
            page.get_by_role("button", name="Diese Zeit ist richtig").click()
            expect(page.get_by_text("Die Uhr ist gestellt: 30.11.2026")).to_be_visible()
    assert timedelta(0) <= box.clock.wall - _utc("2026-11-30T08:15:00") < timedelta(minutes=2)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")

"""The running glass on a full day: codes, sheets, phones, and the end of the numbers."""

import subprocess
from datetime import timedelta

import pytest
import zxingcpp

from hardware.trouble import Trouble
from kiosk.domain.appointment import Booking
from kiosk.service import scans, visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.queue_view import queue_view
from kiosk.service.sheets import SHEETS
from kiosk.wiring.box import Kiosk
from tests.screens.running import RunningGlass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # each starts a glass

CODE = "12345678"
TO_THE_TOPICS = ("start.number", "group.antraege-und-ausweise")
TO_A_NUMBER = (*TO_THE_TOPICS, "topic.wohngeld")


def _expect(kiosk: Kiosk, minutes: float) -> None:
    now, topic = kiosk.now(), kiosk.office.profile.topic("wohngeld").id
    begins = now.wall + timedelta(minutes=minutes)
    import_appointments(kiosk.office, [Booking(begins, topic, None, CODE, "one")], now)


def _ids(glass: RunningGlass) -> set[str]:
    return {element["id"] for element in glass.tree()["elements"]}


def _scanned(glass: RunningGlass, name: str) -> str:
    """What a phone reads from the code on the glass."""
    x, y, width, height = glass.element(name)["bounds_px"]
    found = zxingcpp.read_barcodes(glass.picture().crop((x, y, x + width, y + height)))
    return found[0].text


def test_a_code_typed_on_a_keyboard_leads_to_the_number(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    _expect(open_day, 0)
    eventually(lambda: "start.appointment" in _ids(glass))
    glass.tap("start.appointment")
    window = subprocess.run(
        ["xdotool", "search", "--pid", str(glass.process.pid)],
        env=glass.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[0]
    keys = ["xdotool", "windowfocus", "--sync", window, "key", "--delay", "40"]
    subprocess.run([*keys, *CODE, "9", "BackSpace"], env=glass.environment, check=True)
    eventually(lambda: glass.element("code.typed")["text"].replace("\u00a0", "") == f"{CODE}_")
    subprocess.run([*keys, "Return"], env=glass.environment, check=True)
    eventually(lambda: glass.screen() == "number")
    assert glass.element("number")["text"] == "E-001"
    assert glass.element("number.came")["text"] == "Sie sind pünktlich"


def test_the_scanner_is_answered_on_the_glass(glass: RunningGlass, open_day: Kiosk) -> None:
    scans.check_in_scan(open_day.office, CODE, open_day.now())
    eventually(lambda: glass.screen() == "refused")
    assert glass.element("heading")["text"] == "Diesen Code kennen wir nicht"
    glass.tap("back")
    _expect(open_day, 0)
    scans.check_in_scan(open_day.office, CODE, open_day.now())
    eventually(lambda: glass.screen() == "number")
    assert glass.element("number")["text"] == "E-001"


def test_an_address_for_the_phone_and_on_paper(glass: RunningGlass, open_day: Kiosk) -> None:
    offer = open_day.office.profile.directory[0]
    glass.tap("language.ar", "start.offers", f"need.{offer.needs[0]}", f"offer.{offer.id}")
    assert f"FN:{offer.name}" in _scanned(glass, "offer.code")
    glass.tap("offer.paper")
    assert glass.screen() == "sheet"
    before = glass.element("offer.sheet")["text"]
    SHEETS.give_up(open_day.office, Trouble.PAPER_OUT, open_day.now())
    eventually(lambda: glass.element("offer.sheet")["text"] != before)
    assert f"FN:{offer.name}" in _scanned(glass, "offer.code")


def test_the_ticket_s_page_can_be_taken_along(glass: RunningGlass, open_day: Kiosk) -> None:
    glass.tap(*TO_A_NUMBER, "answer.priority.yes")
    assert glass.element("answer.priority.yes")["state"] == "on"
    (ticket,) = open_day.office.read(queue_view).tickets
    assert ticket.priority
    network = open_day.office.profile.bus_network
    assert _scanned(glass, "number.code") == f"{network}/t/{ticket.code}"


def test_a_citizen_choosing_a_topic_sees_the_end_of_the_intake(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap(*TO_THE_TOPICS)
    visits.set_intake(open_day.office, open_day.now(), intake=False)
    eventually(lambda: glass.screen() == "refused")
    glass.tap("back")
    assert "start.number" not in _ids(glass)
    assert glass.element("no_numbers")["text"] == "Heute gibt es keine neuen Nummern mehr"


def test_a_busy_database_is_reported_and_freezes_nothing(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap(*TO_THE_TOPICS)
    with open_day.office.database.write():
        glass.touch("topic.wohngeld")
        assert glass.screen() == "moment"
    eventually(lambda: glass.screen() == "number")
    assert [ticket.number for ticket in open_day.office.read(queue_view).tickets] == ["E-001"]

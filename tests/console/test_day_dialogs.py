"""The day and the desk: what stands in their dialogs."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.domain.ticket import TicketState
from kiosk.service import visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.queue_view import queue_view
from kiosk.store import journal
from tests.console.at_desk import await_dialog_keys, button, dialog, person, serve, states
from tests.console.box import Box
from tests.console.conftest import open_page
from tests.files.appointments.booked import booking
from tests.town import FIRST_DESK, JOBS, PASSPORT, RENT, SECOND_DESK, TURKISH

pytestmark = pytest.mark.slow  # a real browser


def journal_end(box: Box) -> int:
    with box.office.database.read() as connection:
        return journal.newest(connection)


def test_the_intake_is_closed_and_opened_again(desk: Page, box: Box) -> None:
    dialog(desk, "Einsatz").get_by_role("button", name="Annahme schließen").click()
    expect(desk.get_by_role("heading", name="Annahme geschlossen")).to_be_visible()
    visit = box.office.read(queue_view).visit
    assert visit
    assert visit.open_topics == ()
    dialog(desk, "Einsatz").get_by_role("button", name="Annahme wieder öffnen").click()
    expect(desk.get_by_role("heading", name="Annahme geschlossen")).to_be_hidden()


def test_a_contingent_is_set_seen_and_lifted(desk: Page, box: Box) -> None:
    box.take(RENT)
    opened = dialog(desk, "Einsatz", "Kontingente")
    opened.get_by_label("Anliegen").select_option("Miete")
    opened.get_by_label("Höchstens").fill("3")
    opened.get_by_role("button", name="Festlegen").click()
    expect(opened).to_contain_text("Miete: 1 von 3 vergeben")
    opened.get_by_role("button", name="Aufheben").click()
    expect(opened.get_by_text("Miete: 1 von 3 vergeben")).to_be_hidden()
    visit = box.office.read(queue_view).visit
    assert visit
    assert visit.contingents == {}


def test_other_topics_are_offered_and_none_at_all_is_refused_where_it_is_chosen(
    desk: Page, box: Box
) -> None:
    opened = dialog(desk, "Einsatz", "Angebotene Anliegen")
    for topic in ("Stelle finden", "Schule", "Miete", "Ausweis"):
        opened.get_by_label(topic).uncheck()
    opened.get_by_role("button", name="Übernehmen").click()
    expect(opened.get_by_role("alert").filter(has_text="mindestens ein Anliegen")).to_be_visible()
    opened.get_by_label("Miete").check()
    opened.get_by_role("button", name="Übernehmen").click()
    expect(opened).to_be_hidden()
    visit = box.office.read(queue_view).visit
    assert visit
    assert visit.topics == (RENT,)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("warten noch", TicketState.WAITING), ("sind fertig: Geklärt", TicketState.FINISHED)],
)
def test_a_paper_roll_is_taken_in(desk: Page, box: Box, outcome: str, state: str) -> None:
    opened = dialog(desk, "Einsatz", "Papierrolle nachtragen")
    opened.get_by_label("Erste Nummer").fill("B-003")
    opened.get_by_label("Letzte Nummer").fill("B-002")
    opened.get_by_label("Anliegen").select_option("Miete")
    opened.get_by_label("Diese Personen").select_option(outcome)
    opened.get_by_role("button", name="Nachtragen").click()
    expect(desk.locator("#refused")).to_be_visible()
    opened.get_by_label("Letzte Nummer").fill("B-004")
    opened.get_by_role("button", name="Nachtragen").click()
    expect(opened).to_be_hidden()
    assert states(box) == {"B-003": state, "B-004": state}
    desk.keyboard.press("u")
    expect(desk.get_by_text("Rückgängig gemacht.")).to_be_visible()
    assert states(box) == {}


def test_an_appointment_is_checked_in(desk: Page, box: Box) -> None:
    time = box.clock.wall + timedelta(minutes=30)
    import_appointments(box.office, [booking(time, topic=PASSPORT)], box.clock())
    opened = dialog(desk, "Einsatz", "Termine heute")
    expect(opened).to_contain_text("10:30 Ausweis")
    opened.get_by_role("button", name="Ist da").click()
    expect(opened).to_contain_text("B-001 wartet")
    expect(opened.get_by_text("Gezogen: B-001")).to_be_visible()
    expect(opened.get_by_role("button", name="Ist da")).to_have_count(0)
    assert states(box) == {"B-001": TicketState.WAITING}


def test_who_was_promised_a_call_back_is_listed_and_ticked_off(desk: Page, box: Box) -> None:
    box.take(JOBS, TURKISH)
    box.call_next()
    person(desk, "A-001", "Aufgerufen")
    desk.get_by_role("button", name="Rückruf zugesagt").click()
    expect(desk.get_by_text("Niemand", exact=True)).to_be_visible()
    opened = dialog(desk, "Einsatz", "Rückrufe heute (1)")
    expect(opened).to_contain_text("A-001 Stelle finden · Türkisch")
    opened.get_by_role("button", name="Erledigt").click()
    expect(opened).to_contain_text("erledigt")
    assert box.program().get("/api/v1/call-backs").json()[0]["done"] is True
    opened.get_by_role("button", name="Noch nicht").click()
    expect(opened.get_by_role("button", name="Erledigt")).to_be_visible()
    desk.keyboard.press("Escape")
    closing = dialog(desk, "Einsatz", "Einsatz beenden")
    expect(closing).to_contain_text("1 zugesagter Rückruf ist noch offen")


def test_a_desk_takes_over_other_topics(desk: Page, box: Box) -> None:
    box.take(JOBS)
    opened = dialog(desk, "Platz", "Anliegen dieses Platzes")
    for topic in ("Stelle finden", "Schule"):
        opened.get_by_label(topic).uncheck()
    opened.get_by_role("button", name="Übernehmen").click()
    expect(desk.get_by_text("für Ihren Platz: 0")).to_be_visible()
    expect(desk.get_by_role("banner")).to_contain_text("Wohnen")
    with box.office.snapshot() as snapshot:
        assert snapshot.desk_state(FIRST_DESK).topics == {RENT, PASSPORT}


def test_a_pause_is_made_and_ended(desk: Page, box: Box) -> None:
    box.take()
    desk.keyboard.press("Space")
    expect(desk.locator("#number")).to_be_visible()
    dialog(desk, "Platz").get_by_role("button", name="Pause machen").click()
    expect(desk.get_by_role("heading", name="Pause bis zu Ihrem nächsten Aufruf")).to_be_visible()
    assert not box.office.read(queue_view).desk(FIRST_DESK).at_work
    dialog(desk, "Platz").get_by_role("button", name="Platz besetzen").click()
    expect(desk.get_by_role("heading", name="Pause bis zu Ihrem nächsten Aufruf")).to_be_hidden()
    assert box.office.read(queue_view).desk(FIRST_DESK).at_work


def test_help_is_called_seen_at_other_desks_and_ended_there(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    other = open_page(browser)
    other.goto("/staff/desks/2")
    other.wait_for_load_state("load")
    desk.keyboard.press("h")
    expect(desk.get_by_text("Sie haben um Hilfe gebeten")).to_be_visible()
    banner = other.get_by_text("Platz 1 bittet um Hilfe", exact=True)
    expect(banner).to_be_visible()
    expect(other.locator("#announcement")).to_contain_text("Platz 1 bittet um Hilfe")
    button(other, "Ich komme").click()
    expect(desk.get_by_text("Platz 2 kommt", exact=True)).to_be_visible()
    button(other, "Hilfe ist da").click()
    expect(banner).to_be_hidden()
    expect(desk.get_by_text("Sie haben um Hilfe gebeten")).to_be_hidden()
    assert not box.office.read(queue_view).desk(SECOND_DESK).wants_help


EVERY_DIALOG = [
    ["Einsatz"],
    ["Einsatz", "Kontingente"],
    ["Einsatz", "Termine heute"],
    ["Einsatz", "Angebotene Anliegen"],
    ["Einsatz", "Papierrolle nachtragen"],
    ["Einsatz", "Einsatz beenden"],
    ["Platz"],
    ["Platz", "Anliegen dieses Platzes"],
    ["Nummer für jemanden ziehen"],
    ["Ohne Nummer zählen"],
    ["A-002"],
    ["Weiterleiten"],
    ["Verwiesen"],
]


def test_a_key_too_many_in_a_dialog_that_has_just_opened_changes_nothing(
    desk: Page, box: Box
) -> None:
    time = box.clock.wall + timedelta(minutes=30)
    import_appointments(box.office, [booking(time, topic=PASSPORT)], box.clock())
    visits.limit_topic(box.office, JOBS, 5, box.clock())
    serve(desk, box)
    box.take()
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    before = journal_end(box)
    for ways in EVERY_DIALOG:
        opened = dialog(desk, *ways)
        focused = opened.locator(":focus")
        expect(focused).to_have_count(1)
        harmless = "one => !one.matches('button:not([data-close]), a, [type=checkbox]')"
        assert focused.evaluate(harmless), ways
        for key in ("Space", "Enter"):
            desk.keyboard.press(key)
            desk.wait_for_timeout(200)
        assert journal_end(box) == before, ways
        if opened.is_visible():
            await_dialog_keys(desk)
            opened.locator("[data-close]").first.click()
        expect(opened).to_be_hidden()

"""The day, the desk, and people without a number: what stands in the dialogs."""

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from kiosk.domain.record import Outcome, Record
from kiosk.domain.ticket import TicketState
from kiosk.service import visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.queue_view import queue_view
from kiosk.store import enquiries, journal
from tests.console.at_desk import button, records, serve, states
from tests.console.box import Box
from tests.files.appointments.booked import booking
from tests.town import FIRST_DESK, JOBS, PASSPORT, RENT, SECOND_DESK, TENANTS

pytestmark = pytest.mark.slow  # a real browser


def dialog(page: Page, *ways: str) -> Locator:
    """The dialog to which some buttons lead."""
    opened = page.get_by_role("dialog")
    for way in ways:
        within = opened if way is not ways[0] else page
        within.get_by_role("button", name=way).first.click()
        expect(opened.get_by_role("heading").first).to_be_visible()
    return opened


def counted(box: Box) -> list[tuple[str, Record]]:
    with box.office.database.read() as connection:
        return [(one.topic, one.record) for one in enquiries.everything(connection)]


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


def test_somebody_with_an_appointment_is_checked_in(desk: Page, box: Box) -> None:
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
    serve(desk, box)
    desk.get_by_role("button", name="Rückruf zugesagt").click()
    expect(desk.get_by_text("Niemand", exact=True)).to_be_visible()
    opened = dialog(desk, "Einsatz", "Rückrufe heute (1)")
    expect(opened).to_contain_text("A-001 Stelle finden")
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
    expect(desk.get_by_role("heading", name="nicht besetzt")).to_be_visible()
    assert not box.office.read(queue_view).desk(FIRST_DESK).at_work
    dialog(desk, "Platz").get_by_role("button", name="Platz besetzen").click()
    expect(desk.get_by_role("heading", name="nicht besetzt")).to_be_hidden()
    assert box.office.read(queue_view).desk(FIRST_DESK).at_work


def test_help_is_called_seen_at_other_desks_and_ended_there(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    other = browser.new_page()
    other.goto("/staff/desks/2")
    other.wait_for_load_state("load")
    desk.keyboard.press("h")
    expect(desk.get_by_text("Sie haben um Hilfe gebeten")).to_be_visible()
    banner = other.get_by_text("Platz 1 bittet um Hilfe", exact=True)
    expect(banner).to_be_visible()
    expect(other.locator("#told")).to_contain_text("Platz 1 bittet um Hilfe")
    button(other, "Ich komme").click()
    expect(desk.get_by_text("Platz 2 kommt", exact=True)).to_be_visible()
    button(other, "Hilfe ist da").click()
    expect(banner).to_be_hidden()
    expect(desk.get_by_text("Sie haben um Hilfe gebeten")).to_be_hidden()
    assert not box.office.read(queue_view).desk(SECOND_DESK).wants_help


def test_people_without_a_number_are_counted_in_two_taps_the_usual_topics_first(
    desk: Page, box: Box
) -> None:
    box.take(PASSPORT)
    box.take(PASSPORT)
    box.take(RENT)
    desk.keyboard.press("o")
    opened = desk.get_by_role("dialog", name="Ohne Nummer zählen")
    expect(opened.get_by_role("radio").first).to_have_accessible_name("Ausweis")
    expect(opened.get_by_role("radio").nth(1)).to_have_accessible_name("Miete")
    opened.get_by_role("radio", name="Ausweis").check()
    desk.keyboard.press("1")
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_visible()
    usual = Record(Outcome.RESOLVED)
    assert counted(box) == [(PASSPORT, usual)]
    button(desk, "Rückgängig: Ohne Nummer gezählt").click()
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_hidden()
    assert counted(box) == []


def test_a_count_needs_a_topic_and_takes_a_rare_one_and_a_referral(desk: Page, box: Box) -> None:
    opened = dialog(desk, "Ohne Nummer zählen")
    opened.get_by_role("button", name="Geklärt").click()
    expect(opened.get_by_text("Bitte wählen Sie zuerst ein Anliegen.")).to_be_visible()
    opened.get_by_role("radio", name="Stelle finden").check()
    opened.get_by_label("Anderes Anliegen").select_option("Miete")
    expect(opened.get_by_role("radio", name="Stelle finden")).not_to_be_checked()
    opened.get_by_role("button", name="Eine Person mehr").click()
    opened.get_by_role("button", name="Verwiesen").click()
    opened.get_by_role("button", name="Mieterverein").first.click()
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_visible()
    referred = Record(Outcome.REFERRED, TENANTS, persons=2)
    assert counted(box) == [(RENT, referred)]
    assert records(box) == []


@pytest.mark.parametrize("waiting", [0, 1])
def test_whoever_comes_while_the_end_is_asked_for_is_not_sent_away_unseen(
    desk: Page, box: Box, waiting: int
) -> None:
    for _ in range(waiting):
        box.take()
    opened = dialog(desk, "Einsatz", "Einsatz beenden")
    expect(opened).to_contain_text("1 wartet" if waiting else "Niemand wartet mehr")
    box.take()
    opened.get_by_role("button", name="Einsatz beenden").click()
    told = "2 warten" if waiting else "1 wartet"
    expect(opened.locator("p", has_text=f"Noch nicht fertig: {told}").last).to_be_visible()
    expect(opened.get_by_role("alert").filter(has_text="Noch nicht fertig")).to_be_visible()
    expect(opened.get_by_role("button", name="Abbrechen")).to_be_focused()
    assert len(states(box)) == waiting + 1
    opened.get_by_role("button", name="Einsatz beenden").click()
    expect(desk.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    assert box.office.read(queue_view).visit is None


def test_a_closed_visit_is_told_at_the_other_desk_and_opened_again_there(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    other = browser.new_page()
    other.goto(f"/staff/desks/{SECOND_DESK}")
    other.wait_for_load_state("load")
    serve(desk, box)
    desk.keyboard.press("p")
    box.take()
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    before = states(box)
    opened = dialog(desk, "Einsatz", "Einsatz beenden")
    expect(opened).to_contain_text("Noch nicht fertig: 1 wartet, 1 geparkt.")
    opened.get_by_role("button", name="Einsatz beenden").click()
    told = other.get_by_role("region", name=f"von Platz {FIRST_DESK}: Markt")
    expect(told).to_contain_text("Heute: 2 Nummern")
    expect(told).to_contain_text("lässt sich das zurücknehmen")
    assert states(box) == {}
    other.wait_for_load_state("load")  # the buttons work
    other.keyboard.press("u")
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    assert states(box) == before


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


@pytest.mark.parametrize("ways", EVERY_DIALOG, ids=" > ".join)
def test_a_key_too_many_in_a_dialog_that_has_just_opened_changes_nothing(
    desk: Page, box: Box, ways: list[str]
) -> None:
    time = box.clock.wall + timedelta(minutes=30)
    import_appointments(box.office, [booking(time, topic=PASSPORT)], box.clock())
    visits.limit_topic(box.office, JOBS, 5, box.clock())
    serve(desk, box)
    box.take()
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    before = journal_end(box)
    opened = dialog(desk, *ways)
    focused = opened.locator(":focus")
    expect(focused).to_have_count(1)
    assert focused.evaluate("one => !one.matches('button:not([data-close]), a, [type=checkbox]')")
    for key in ("Space", "Enter"):
        desk.keyboard.press(key)
        desk.wait_for_timeout(200)
    assert journal_end(box) == before


def test_a_visit_does_not_end_by_three_keys(desk: Page, box: Box) -> None:
    box.take()
    for key in ("e", "b", "Space"):
        desk.keyboard.press(key)
        desk.wait_for_timeout(400)  # a dialog hears nothing at first
    assert states(box) == {"A-001": TicketState.WAITING}
    for key in ("e", "b", "Space"):
        desk.keyboard.press(key)
    desk.wait_for_timeout(400)
    assert states(box) == {"A-001": TicketState.WAITING}

"""A slip once more, from the page of a desk."""

import pytest
from playwright.sync_api import Page, expect

from hardware.trouble import Trouble
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket
from kiosk.service import staff
from kiosk.service.slips import COPIES, SLIPS, slips_of
from tests.browser import hold_moment
from tests.console.at_desk import button, person, serve
from tests.console.box import Box
from tests.town import FIRST_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

AGAIN = "Zettel noch einmal drucken"


def lose_slips(box: Box) -> None:
    """The printer was away."""
    SLIPS.give_up(box.office, Trouble.OFFLINE, box.clock())


def print_copy(box: Box) -> None:
    """The printer's part, when a person has asked."""
    job = eventually(lambda: COPIES.begin(box.office, box.clock()), "a copy asked for")
    COPIES.printed(box.office, job.id, box.clock())


def printed(ticket: Ticket) -> str:
    """What staff are told in the end."""
    return f"Der Zettel von {ticket.number} ist gedruckt, als Kopie."


def test_the_person_at_the_desk_gets_the_slip_once_more(desk: Page, box: Box) -> None:
    ticket = serve(desk, box)
    lose_slips(box)
    desk.reload()
    about = desk.locator(".person .about")
    expect(about).to_contain_text("Zettel nicht gedruckt")
    hold_moment(desk)
    button(desk, AGAIN).dblclick()
    expect(desk.locator("#note")).to_have_text(f"Der Zettel von {ticket.number} wird gedruckt.")
    expect(about).to_contain_text("Kopie wird gedruckt")
    print_copy(box)
    expect(desk.locator("#note")).to_have_text(printed(ticket))
    expect(about).to_contain_text("Kopie gedruckt")
    assert len(box.office.read(slips_of, ticket.id).copies) == 1
    person(desk, ticket.number, "Wird bedient")


def test_a_printer_in_trouble_is_shown_and_can_be_tried_again(desk: Page, box: Box) -> None:
    serve(desk, box)
    lose_slips(box)
    desk.keyboard.press("z")
    job = eventually(lambda: COPIES.begin(box.office, box.clock()), "a copy asked for")
    COPIES.failed(box.office, job.id, Trouble.PAPER_OUT, box.clock())
    expect(desk.locator("#refused")).to_contain_text("konnte nicht gedruckt werden")
    expect(desk.locator(".person .about")).to_contain_text(
        "Kopie nicht gedruckt (Drucker: Papier leer)"
    )
    desk.wait_for_timeout(1100)  # a second press within a second is taken for a double click
    desk.keyboard.press("z")
    print_copy(box)
    expect(desk.locator(".person .about")).to_contain_text("Kopie gedruckt")


def test_while_the_slip_is_coming_the_box_says_so(desk: Page, box: Box) -> None:
    ticket = box.take()
    assert SLIPS.begin(box.office, box.clock())
    box.call_next()
    button(desk, AGAIN).click()
    expect(desk.locator("#refused")).to_contain_text(
        f"Der Zettel von {ticket.number} wird gerade gedruckt"
    )


def test_a_waiting_ticket_is_reprinted_from_its_row(desk: Page, box: Box) -> None:
    ticket = box.take()
    lose_slips(box)
    desk.locator("tbody .whose", has_text=ticket.number).click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Zettel nicht gedruckt")
    dialog.get_by_role("button", name=AGAIN).click()
    print_copy(box)
    expect(dialog.locator("#note")).to_have_text(printed(ticket))
    expect(dialog).to_contain_text("Kopie gedruckt")
    expect(dialog).not_to_contain_text("Zettel nicht gedruckt")


def test_no_copy_for_a_ticket_served_meanwhile(desk: Page, box: Box) -> None:
    ticket = box.take()
    lose_slips(box)
    desk.locator("tbody .whose", has_text=ticket.number).click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=AGAIN)).to_be_visible()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    staff.finish(box.office, FIRST_DESK, Record(RESOLVED), box.clock())
    dialog.get_by_role("button", name=AGAIN).click()
    expect(dialog.locator("#refused")).to_contain_text("ist abgeschlossen")

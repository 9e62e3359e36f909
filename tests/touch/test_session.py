"""Between the glass and the office, over a real database."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.trouble import Trouble
from kiosk.domain.paper_events import (
    SheetFailed,
    SheetPrinted,
)
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.service.sheets import SHEETS
from kiosk.settings.texts import Texts
from kiosk.store.counters import REFUSED, RefusedKey
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import TimedOut
from kiosk.touch.flow.state import PaperState, Screen
from kiosk.touch.layout.theme import Pane
from kiosk.touch.session.pending_wish import FORGOTTEN_AFTER_S, PendingWish, WishFile
from kiosk.touch.session.session import GlassSession
from tests.touch.bus import TO_A_NUMBER, TO_THE_TOPICS, Bus, heard, look, tap
from tests.touch.test_flow import Walk
from tests.town import (
    ESTATE,
    FIRST_DESK,
    GERMAN,
    MARKET,
    ONLY_GERMAN,
    RENT,
    SLOW_ON_FOOT,
    TOWN,
    TURKISH,
)
from tests.waiting import eventually


def test_a_number_and_how_many_are_ahead(bus: Bus) -> None:
    citizens.take_ticket(bus.office, citizens.TicketRequest(RENT, "de"), bus.clock())
    glass = bus.glass()
    assert tap(glass, *TO_A_NUMBER) is Screen.NUMBER
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.shown.ahead) == ("B-002", 1)
    assert bus.numbers() == ["B-001", "B-002"]


def test_a_crash_after_the_number_was_given_shows_it_again(bus: Bus) -> None:
    tap(bus.glass(), *TO_A_NUMBER)
    glass = bus.glass()
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.language) == ("B-001", "tr")
    assert bus.numbers() == ["B-001"]


def test_a_crash_before_the_number_was_given_loses_no_touch(bus: Bus) -> None:
    moment = bus.clock().as_text()
    WishFile(bus.wish_file).save(PendingWish("wish-of-before", RENT, "tr", moment))
    glass = bus.glass()
    assert (glass.state.screen, glass.state.topic) == (Screen.NUMBER, RENT)
    assert bus.numbers() == ["B-001"]


def test_a_number_is_not_shown_to_the_next_citizen(bus: Bus) -> None:
    tap(bus.glass(), *TO_A_NUMBER, "number.done")
    assert bus.glass().state.screen is Screen.START


def test_a_language_removed_from_the_profile_loses_no_number(
    bus: Bus,
) -> None:
    glass = bus.glass()
    edited = replace(bus, office=Office(bus.office.database, ONLY_GERMAN))
    assert tap(glass, *TO_A_NUMBER) is Screen.NUMBER
    called = staff.call_next(edited.office, FIRST_DESK, bus.clock())  # the console was restarted
    assert called
    assert (called.number, called.language) == ("B-001", TURKISH)
    after = edited.glass()  # now the glass as well
    assert (after.state.screen, after.state.language) == (Screen.NUMBER, GERMAN)
    setup = GlassSetup(ONLY_GERMAN, Texts.load(), Walk().flow, Pane.of(1280, 800))
    assert present(after.state, setup).element("number")
    glass.handle(TimedOut())
    tap(glass, "start.number")
    assert look(glass) is Screen.TOPICS


@pytest.mark.parametrize("later", ["long after", "after a power cut"])
def test_an_old_wish_is_forgotten(bus: Bus, later: str) -> None:
    tap(bus.glass(), *TO_A_NUMBER)
    if later == "long after":
        bus.clock.pass_s(FORGOTTEN_AFTER_S)
    else:
        bus.clock.cut_power()
    assert bus.glass().state.screen is Screen.START


def test_a_damaged_memory_is_no_memory(bus: Bus) -> None:
    bus.wish_file.parent.mkdir()
    bus.wish_file.write_bytes(b"\0half a wi")
    assert bus.glass().state.screen is Screen.START


def test_a_number_is_given_without_room_for_the_memory(bus: Bus) -> None:
    bus.wish_file.parent.write_text("no folder")
    assert tap(bus.glass(), *TO_A_NUMBER) is Screen.NUMBER


def test_no_visit_is_open(bus: Bus) -> None:
    visits.close_visit(bus.office, bus.clock())
    assert bus.glass().state.screen is Screen.CLOSED


def test_a_visit_that_closed_postponed_shows_closed(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_TOPICS)
    visits.close_visit(bus.office, bus.clock())
    assert tap(glass, "topic.rent") is Screen.CLOSED


def test_a_smiley_is_kept_and_taken_back(bus: Bus) -> None:
    def scores() -> list[int]:
        with bus.office.database.read() as connection:
            return [row[0] for row in connection.execute("SELECT score FROM feedback")]

    glass = bus.glass()
    assert tap(glass, "start.feedback", "smiley.1") is Screen.THANKS
    assert scores() == [1]
    assert tap(glass, "thanks.undo") is Screen.FEEDBACK
    assert scores() == []


def test_low_mobility_reaches_the_desk(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER, "answer.priority.yes")
    assert [ticket.priority for ticket in bus.office.read(queue_view).tickets] == [True]
    assert bus.glass().state.answers == (SLOW_ON_FOOT,), "a crash forgets no answer"
    tap(glass, "answer.priority.yes")
    assert [ticket.priority for ticket in bus.office.read(queue_view).tickets] == [False]


def test_a_returned_number_ends_its_wish(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER, "number.return")
    assert tap(glass, "return.no") is Screen.NUMBER
    assert tap(glass, "number.return", "return.yes") is Screen.RETURNED
    assert bus.office.read(queue_view).tickets[0].state is TicketState.WITHDRAWN
    assert bus.glass().state.screen is Screen.START
    assert tap(glass, "returned.number", "topic.passport") is Screen.NUMBER
    assert bus.numbers() == ["B-001", "B-002"]


def test_a_crash_never_shows_a_number_again_that_was_given_back(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER)
    note = bus.wish_file.read_bytes()
    tap(glass, "number.return", "return.yes")
    bus.wish_file.write_bytes(note)
    assert bus.glass().state.screen is Screen.START
    assert not bus.wish_file.exists()


def test_a_number_that_is_called_can_no_longer_be_given_back(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER)
    staff.call_next(bus.office, FIRST_DESK, bus.clock())
    assert tap(glass, "number.return", "return.yes") is Screen.NUMBER
    assert glass.state.shown
    assert glass.state.shown.punctuality == "called"
    assert bus.office.read(queue_view).tickets[0].state is TicketState.CALLED
    tap(glass, "answer.priority.yes")
    assert glass.state.answers == ()


def test_a_closed_intake_is_heard_and_refused(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_TOPICS)
    visits.set_intake(bus.office, bus.clock(), intake=False)
    assert tap(glass, "topic.rent") is Screen.REFUSED
    assert glass.state.reason is Reason.NO_INTAKE
    assert tap(glass, "back", "start.number") is Screen.START


def test_a_visit_left_open_is_closed_the_next_morning_without_an_event(
    bus: Bus,
) -> None:
    glass = bus.glass()
    bus.clock.pass_s(22 * 3600)
    assert look(glass) is Screen.CLOSED


def test_without_intake_the_next_planned_visit_is_shown(bus: Bus) -> None:
    sunday = PlannedHours(MARKET, "08:00", "10:00", weekday="su")
    monday = PlannedHours(ESTATE, "15:00", "17:00", weekday="mo")
    bus.office = Office(bus.office.database, replace(TOWN, timetable=(sunday, monday)))
    glass = bus.glass()
    visits.set_intake(bus.office, bus.clock(), intake=False)
    look(glass)
    setup = GlassSetup(TOWN, Texts.load(), Walk().flow, Pane.of(1280, 800))
    told = present(glass.state, setup).element("next_visit")
    assert told
    assert told.text == "Das nächste Mal: Montag, 23. November, 15:00 Uhr, Siedlung."
    bus.clock.trusted = False
    look(glass)
    assert not present(glass.state, setup).element("next_visit"), "the clock is not set"


def test_a_used_up_topic_shows_to_the_next_citizen(bus: Bus) -> None:
    visits.limit_topic(bus.office, RENT, 1, bus.clock())
    front, behind = bus.glass(), bus.glass()
    tap(behind, *TO_THE_TOPICS)
    assert tap(front, *TO_A_NUMBER) is Screen.NUMBER
    assert tap(behind, "topic.rent") is Screen.REFUSED
    assert behind.state.reason is Reason.USED_UP
    assert bus.numbers() == ["B-001"]


def test_who_finds_no_numbers_left_is_counted_once_and_by_topic_group_alone(bus: Bus) -> None:
    visits.limit_topic(bus.office, RENT, 1, bus.clock())
    front, behind = bus.glass(), bus.glass()
    tap(behind, *TO_THE_TOPICS)
    tap(front, *TO_A_NUMBER)

    def refused() -> dict[RefusedKey, int]:
        with bus.office.database.read() as connection:
            return REFUSED.of(connection, "2026-11")

    assert refused() == {}
    tap(behind, "topic.rent")
    eventually(lambda: refused() == {RefusedKey("used_up", "home"): 1})
    assert tap(bus.glass(), *TO_A_NUMBER) is Screen.REFUSED
    eventually(lambda: refused() == {RefusedKey("used_up", "home"): 2})


def test_a_sheet_is_requested_once_and_its_paper_state_shown(bus: Bus) -> None:
    glass = bus.glass()
    way = ("language.tr", "start.offers", "offer.tenants", "offer.paper")
    assert tap(glass, *way) is Screen.SHEET
    SHEETS.give_up(bus.office, Trouble.PAPER_OUT, bus.clock())
    heard(bus, glass, SheetFailed)
    assert paper(glass) is PaperState.FAILED
    assert tap(glass, "back", "offer.paper") is Screen.SHEET
    assert paper(glass) is PaperState.UNKNOWN
    second = SHEETS.begin(bus.office, bus.clock())
    assert second
    SHEETS.printed(bus.office, second.id, bus.clock())
    assert heard(bus, glass, SheetPrinted) is Screen.SHEET
    assert tap(glass, "back", "offer.paper") is Screen.SHEET
    assert paper(glass) is PaperState.PRINTED


def test_a_sheet_in_another_language_is_another_wish(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, "language.tr", "start.offers", "offer.tenants", "offer.paper")
    way = ("back", "language", "language.de", "offer.paper")
    assert tap(glass, *way) is Screen.SHEET
    printed = [SHEETS.begin(bus.office, bus.clock()) for _ in range(2)]
    assert [job.sheet.language for job in printed if job] == ["tr", "de"]


def paper(glass: GlassSession) -> PaperState | None:
    return glass.state.sheet.slip if glass.state.sheet else None


def test_a_link_in_place_of_the_note_of_a_wish_leads_nowhere(bus: Bus, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("counts")
    bus.wish_file.parent.mkdir()
    bus.wish_file.with_suffix(".new").symlink_to(precious)
    tap(bus.glass(), *TO_A_NUMBER)
    assert precious.read_text() == "counts"
    assert bus.wish_file.exists()

"""Between the glass and the office, over a real database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from kiosk.domain.events import (
    AppointmentCheckedIn,
    CodeRefused,
    Event,
    OfferChanged,
    SheetFailed,
    SheetPrinted,
)
from kiosk.domain.ids import VisitId
from kiosk.service import front_desk, scan_desk, service_day
from kiosk.service.office import Office
from kiosk.service.paper import PaperTrouble
from kiosk.service.queue_view import queue_view
from kiosk.service.refusals import WORDS
from kiosk.service.sheet_desk import SHEETS
from kiosk.store import journal
from kiosk.store.database import Connection, connect
from kiosk.touch.asking import reason_named
from kiosk.touch.flow import Flow
from kiosk.touch.happenings import Tapped
from kiosk.touch.memory import FORGOTTEN_AFTER_S, Memory, Wish
from kiosk.touch.session import READING_S, Session
from kiosk.touch.state import Reason, Screen, Slip
from tests.appointments.booked import expect
from tests.town import RENT, TOWN, TownClock
from tests.waiting import eventually

TO_THE_CHECK = ("start.number", "language.tr", "group.home", "topic.rent")


@dataclass
class Bus:
    """An office, and a glass that can be started again over it."""

    office: Office
    clock: TownClock
    memory: Path

    def __post_init__(self) -> None:
        self._wishes = count(1)

    def glass(self, at_once_s: float = 60) -> Session:
        """A glass that has just been started."""
        flow = Flow(TOWN, lambda: f"wish-{next(self._wishes)}")
        session = Session(self.office, self.clock, flow, Memory(self.memory), at_once_s)
        session.begin()
        return session

    @contextmanager
    def second_door(self) -> Iterator[Connection]:
        """A connection that can keep everybody else from writing."""
        connection = connect(self.office.database.path)
        yield connection
        connection.close()

    def numbers(self) -> list[str]:
        return [ticket.number for ticket in queue_view(self.office).tickets]


def tap(session: Session, *names: str) -> Screen:
    for name in names:
        session.handle(Tapped(name))
    return session.state.screen


def look(session: Session) -> Screen:
    session.look()
    return session.state.screen


@pytest.fixture
def bus(office: Office, clock: TownClock, tmp_path: Path) -> Bus:
    service_day.open_visit(office, None, None, clock())
    return Bus(office, clock, tmp_path / "run" / "wish.json")


def test_a_number_and_how_many_are_ahead(bus: Bus) -> None:
    front_desk.take_ticket(bus.office, RENT, "de", bus.clock())
    glass = bus.glass()
    assert tap(glass, *TO_THE_CHECK, "check.take") is Screen.NUMBER
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.shown.ahead) == ("B-002", 1)
    assert bus.numbers() == ["B-001", "B-002"]


def test_a_crash_after_the_number_was_given_shows_it_again(bus: Bus) -> None:
    tap(bus.glass(), *TO_THE_CHECK, "check.take")
    glass = bus.glass()
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.language) == ("B-001", "tr")
    assert bus.numbers() == ["B-001"]


def test_a_crash_before_the_number_was_given_asks_for_the_last_touch_again(bus: Bus) -> None:
    moment = bus.clock().as_text()
    Memory(bus.memory).keep(Wish("wish-of-before", RENT, "tr", moment))
    glass = bus.glass()
    assert (glass.state.screen, glass.state.topic) == (Screen.CHECK, RENT)
    assert tap(glass, "check.take") is Screen.NUMBER
    assert bus.numbers() == ["B-001"]


def test_a_number_is_not_shown_to_the_next_citizen(bus: Bus) -> None:
    tap(bus.glass(), *TO_THE_CHECK, "check.take", "number.done")
    assert bus.glass().state.screen is Screen.START


@pytest.mark.parametrize("later", ["long after", "after a power cut"])
def test_an_old_wish_is_forgotten(bus: Bus, later: str) -> None:
    tap(bus.glass(), *TO_THE_CHECK, "check.take")
    if later == "long after":
        bus.clock.pass_s(FORGOTTEN_AFTER_S)
    else:
        bus.clock.cut_power()
    assert bus.glass().state.screen is Screen.START


def test_a_damaged_memory_is_no_memory(bus: Bus) -> None:
    bus.memory.parent.mkdir()
    bus.memory.write_bytes(b"\0half a wi")
    assert bus.glass().state.screen is Screen.START


def test_a_number_is_given_without_room_for_the_memory(bus: Bus) -> None:
    bus.memory.parent.write_text("no folder")
    assert tap(bus.glass(), *TO_THE_CHECK, "check.take") is Screen.NUMBER


def test_no_visit_is_open(bus: Bus) -> None:
    service_day.close_visit(bus.office, bus.clock())
    assert bus.glass().state.screen is Screen.CLOSED


def test_a_visit_that_closed_unheard_shows_closed(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_CHECK)
    service_day.close_visit(bus.office, bus.clock())
    assert tap(glass, "check.take") is Screen.CLOSED


@contextmanager
def failing(office: Office, table: str) -> Iterator[None]:
    """The database fails while the block runs: a table is not where it should be."""
    for before, after in ((table, "elsewhere"), ("elsewhere", table)):
        with office.database.write() as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")
        if after == "elsewhere":
            yield


def test_a_failing_database_is_trouble_until_it_works_again(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_CHECK)
    with failing(bus.office, "ticket"):
        assert tap(glass, "check.take") is Screen.TROUBLE
        bus.clock.pass_s(READING_S)
        assert look(glass) is Screen.TROUBLE
    assert look(glass) is Screen.CHECK
    assert tap(glass, "check.take") is Screen.NUMBER
    assert bus.numbers() == ["B-001"]


def test_a_smiley_is_kept_and_taken_back(bus: Bus) -> None:
    def scores() -> list[int]:
        with bus.office.database.read() as connection:
            return [row[0] for row in connection.execute("SELECT score FROM feedback")]

    glass = bus.glass()
    assert tap(glass, "start.feedback", "smiley.1") is Screen.THANKS
    assert scores() == [1]
    assert tap(glass, "thanks.undo") is Screen.FEEDBACK
    assert scores() == []


@contextmanager
def full_disk(office: Office) -> Iterator[None]:
    """The file cannot grow while the block runs."""

    def pragma(name: str) -> int:
        with office.database.read() as connection:
            pages: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
            return pages

    pragma(f"max_page_count = {pragma('page_count')}")
    yield
    pragma("max_page_count = 1000000")


def until_trouble(glass: Session, *way: str) -> None:
    """One citizen after the other, until there is no room for the wish of the last one."""
    for _ in range(5000):
        if tap(glass, *way) is Screen.TROUBLE:
            return
        tap(glass, "number.done", "thanks.done")
    pytest.fail("The disk was never full.")


def test_a_full_disk_is_told_and_the_same_wish_can_be_tried_again(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    glass = bus.glass()
    with full_disk(bus.office):
        until_trouble(glass, *TO_THE_CHECK, "check.take")
        given, wish = len(bus.numbers()), glass.state.wish
        assert look(glass) is Screen.TROUBLE
        bus.clock.pass_s(READING_S)
        assert look(glass) is Screen.CHECK
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "DiskFull" in caplog.text
    assert glass.state.wish == wish
    assert tap(glass, "check.take") is Screen.NUMBER
    assert len(bus.numbers()) == given + 1


def test_a_smiley_on_a_full_disk_is_told_and_can_be_given_again(bus: Bus) -> None:
    glass = bus.glass()
    with full_disk(bus.office):
        until_trouble(glass, "start.feedback", "smiley.2")
        assert look(glass) is Screen.TROUBLE
        bus.clock.pass_s(READING_S)
        assert look(glass) is Screen.FEEDBACK
    assert tap(glass, "smiley.2") is Screen.THANKS


def test_an_undo_on_a_failing_database_can_be_tried_again(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, "start.feedback", "smiley.2")
    with failing(bus.office, "feedback"):
        assert tap(glass, "thanks.undo") is Screen.TROUBLE
    bus.clock.pass_s(READING_S)
    assert look(glass) is Screen.THANKS
    assert tap(glass, "thanks.undo") is Screen.FEEDBACK


def test_a_locked_database_does_not_freeze_the_glass(bus: Bus) -> None:
    glass = bus.glass(at_once_s=0.05)
    tap(glass, *TO_THE_CHECK)
    with bus.second_door() as other:
        other.execute("BEGIN IMMEDIATE")
        begun_s = time.monotonic()
        assert tap(glass, "check.take", "check.take", "back") is Screen.CHECK
        service_heard(glass)
        assert (glass.state.asking, time.monotonic() - begun_s < 2) == (True, True)
        other.execute("ROLLBACK")
    eventually(lambda: answered(glass))
    assert (glass.state.screen, bus.numbers()) == (Screen.NUMBER, ["B-001"])


def service_heard(glass: Session) -> None:
    """The journal tells of another offer while the office is being asked."""
    glass.hear(OfferChanged(VisitId(1)))


def answered(glass: Session) -> bool:
    glass.collect()
    return not glass.state.asking


def test_low_mobility_reaches_the_desk(bus: Bus) -> None:
    tap(bus.glass(), *TO_THE_CHECK, "check.priority", "check.take")
    assert [ticket.priority for ticket in queue_view(bus.office).tickets] == [True]


def test_a_closed_intake_is_heard_and_refused(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_CHECK)
    service_day.set_intake(bus.office, bus.clock(), intake=False)
    assert tap(glass, "check.take") is Screen.REFUSED
    assert glass.state.reason is Reason.NO_INTAKE
    assert tap(glass, "back", "start.number") is Screen.START


def test_the_last_number_of_a_topic_is_told_to_whoever_comes_next(bus: Bus) -> None:
    service_day.limit_topic(bus.office, RENT, 1, bus.clock())
    front, behind = bus.glass(), bus.glass()
    tap(behind, *TO_THE_CHECK)
    assert tap(front, *TO_THE_CHECK, "check.take") is Screen.NUMBER
    assert tap(behind, "check.take") is Screen.REFUSED
    assert behind.state.reason is Reason.USED_UP
    assert bus.numbers() == ["B-001"]


CODE = "12345678"
TYPED = tuple(f"code.{digit}" for digit in CODE)
TO_THE_PAD = ("start.appointment", "language.tr")


def expect_at(bus: Bus, minutes: float, code: str = CODE) -> None:
    expect(bus.office, bus.clock(), code, bus.clock.wall + timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "came"), [(30, "early"), (-5, "late"), (-60, "too_late")])
def test_a_typed_code_leads_to_the_number_and_says_how_somebody_comes(
    bus: Bus, minutes: float, came: str
) -> None:
    expect_at(bus, minutes)
    glass = bus.glass()
    assert glass.state.expected
    assert tap(glass, *TO_THE_PAD, *TYPED, "code.ok") is Screen.NUMBER
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.shown.punctuality) == ("A-001", came)
    assert len(glass.state.shown.appointment) == len("10:30")


def test_the_same_code_at_another_glass_is_the_same_number(bus: Bus) -> None:
    expect_at(bus, 0)
    first, second = bus.glass(), bus.glass()
    for glass in (first, second):
        tap(glass, *TO_THE_PAD, *TYPED, "code.ok")
    assert second.state.shown
    assert (second.state.shown.number, second.state.shown.punctuality) == ("A-001", "again")
    assert bus.numbers() == ["A-001"]


def test_an_unknown_code_and_one_of_another_day(bus: Bus) -> None:
    expect_at(bus, 60 * 24 * 2)
    glass = bus.glass()
    assert tap(glass, *TO_THE_PAD, *TYPED, "code.ok") is Screen.REFUSED
    assert (glass.state.reason, glass.state.detail[:10]) == (Reason.OTHER_DAY, "2026-11-24")
    assert tap(glass, "back", "code.1", "code.2", "code.3", "code.4", "code.ok") is Screen.REFUSED
    assert glass.state.reason is Reason.UNKNOWN_CODE
    assert bus.numbers() == []


def test_a_crash_after_the_check_in_shows_the_number_again(bus: Bus) -> None:
    expect_at(bus, 0)
    tap(bus.glass(), *TO_THE_PAD, *TYPED, "code.ok")
    glass = bus.glass()
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.language) == ("A-001", "tr")


def test_a_crash_before_the_check_in_begins_anew(bus: Bus) -> None:
    Memory(bus.memory).keep(Wish("wish-of-before", "", "tr", bus.clock().as_text()))
    assert bus.glass().state.screen is Screen.START


def heard(bus: Bus, glass: Session, *kinds: type[Event]) -> Screen:
    """The glass after what the journal tells of these kinds."""
    with bus.office.database.read() as connection:
        entries = journal.since(connection, 0)
    for entry in entries:
        if isinstance(entry.event, kinds):
            glass.hear(entry.event)
    return glass.state.screen


def test_the_glass_shows_what_the_scanner_has_read(bus: Bus) -> None:
    expect_at(bus, 0)
    glass = bus.glass()
    scan_desk.take_scan(bus.office, CODE, bus.clock())
    assert heard(bus, glass, AppointmentCheckedIn) is Screen.NUMBER
    assert (glass.state.shown and glass.state.shown.number, glass.state.passing) == ("A-001", True)
    assert tap(glass, "number.done") is Screen.START
    scan_desk.take_scan(bus.office, None, bus.clock())
    assert heard(bus, glass, CodeRefused) is Screen.REFUSED
    assert glass.state.reason is Reason.NO_CODE


def test_two_who_scan_one_after_the_other_each_see_their_own_number(bus: Bus) -> None:
    codes = {CODE: "A-001", "87654321": "A-002"}
    for minutes, code in enumerate(codes):
        expect_at(bus, minutes, code)
    glass = bus.glass()
    for code, number in codes.items():
        assert _scan(bus, glass, code) is Screen.NUMBER
        assert glass.state.shown
        assert glass.state.shown.number == number
        bus.clock.pass_s(2)
    assert bus.numbers() == ["A-001", "A-002"]


def test_a_refused_scan_hides_no_number_and_a_number_no_refused_scan(bus: Bus) -> None:
    expect_at(bus, 0)
    glass = bus.glass()
    assert _scan(bus, glass, "999999") is Screen.REFUSED
    assert _scan(bus, glass, CODE) is Screen.NUMBER
    assert _scan(bus, glass, "999999") is Screen.REFUSED
    assert glass.state.shown is None


def _scan(bus: Bus, glass: Session, code: str) -> Screen:
    """The glass after what the journal tells of one scan."""
    with bus.office.database.read() as connection:
        before = journal.newest(connection)
    scan_desk.take_scan(bus.office, code, bus.clock())
    with bus.office.database.read() as connection:
        entries = journal.since(connection, before)
    for entry in entries:
        glass.hear(entry.event)
    return glass.state.screen


def test_every_refusal_has_words_of_its_own_but_these() -> None:
    told_as_other = {word for word in WORDS if reason_named(word) is Reason.OTHER}
    assert told_as_other == {"not_offered", "no_visit", "other"}
    assert {*map(reason_named, WORDS)} == {*Reason}


def test_a_sheet_is_asked_for_once_and_its_paper_told(bus: Bus) -> None:
    glass = bus.glass()
    way = ("start.offers", "language.tr", "offer.tenants", "offer.paper")
    assert tap(glass, *way) is Screen.SHEET
    SHEETS.give_up(bus.office, PaperTrouble.PAPER_OUT, bus.clock())
    heard(bus, glass, SheetFailed)
    assert paper(glass) is Slip.FAILED
    assert tap(glass, "back", "offer.paper") is Screen.SHEET
    assert paper(glass) is Slip.UNKNOWN
    second = SHEETS.begin(bus.office, bus.clock())
    assert second
    SHEETS.printed(bus.office, second.id, bus.clock())
    assert heard(bus, glass, SheetPrinted) is Screen.SHEET
    assert tap(glass, "back", "offer.paper") is Screen.SHEET
    assert paper(glass) is Slip.PRINTED


def paper(glass: Session) -> Slip | None:
    return glass.state.sheet.slip if glass.state.sheet else None

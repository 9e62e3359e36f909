"""Between the glass and the office, over a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from kiosk.service import front_desk, service_day
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.touch.flow import Flow
from kiosk.touch.happenings import Tapped
from kiosk.touch.memory import FORGOTTEN_AFTER_S, Memory, Wish
from kiosk.touch.session import READING_S, Session
from kiosk.touch.state import Screen
from tests.town import RENT, TOWN, TownClock

TO_THE_CHECK = ("start.number", "language.tr", "group.home", "topic.rent")


@dataclass
class Bus:
    """An office, and a glass that can be started again over it."""

    office: Office
    clock: TownClock
    memory: Path

    def __post_init__(self) -> None:
        self._wishes = count(1)

    def glass(self) -> Session:
        """A glass that has just been started."""
        flow = Flow(TOWN, lambda: f"wish-{next(self._wishes)}")
        session = Session(self.office, self.clock, flow, Memory(self.memory), at_once_s=60)
        session.begin()
        return session

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

"""The office fails or is slow: the glass says so, and nothing that was wished is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.domain.events import TopicsChanged
from kiosk.domain.ids import VisitId
from kiosk.service.office import Office
from kiosk.touch.flow.machine import MOST_RETRIES
from kiosk.touch.flow.state import Screen
from kiosk.touch.session.session import TROUBLE_SHOWN_S, GlassSession
from tests.touch.bus import TO_A_NUMBER, TO_THE_TOPICS, Bus, look, tap
from tests.waiting import eventually


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
    with failing(bus.office, "ticket"):
        assert tap(glass, *TO_A_NUMBER) is Screen.TROUBLE
        bus.clock.pass_s(TROUBLE_SHOWN_S)
        assert look(glass) is Screen.TROUBLE
    assert look(glass) is Screen.NUMBER, "the touch was acknowledged: no second one is needed"
    assert bus.numbers() == ["B-001"]


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


def until_trouble(glass: GlassSession, *way: str) -> None:
    """One citizen after the other, until there is no room for the wish of the last one."""
    for _ in range(5000):
        if tap(glass, *way) is Screen.TROUBLE:
            return
        tap(glass, "number.done", "thanks.done")
    pytest.fail("The disk was never full.")


def test_a_full_disk_is_trouble_and_the_wish_is_retried_once_there_is_room(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    glass = bus.glass()
    with full_disk(bus.office):
        until_trouble(glass, *TO_A_NUMBER)
        given, wish = len(bus.numbers()), glass.state.wish
        assert look(glass) is Screen.TROUBLE
        bus.clock.pass_s(TROUBLE_SHOWN_S)
        assert look(glass) is Screen.TROUBLE
    assert {record.levelname for record in caplog.records} == {"WARNING"}
    assert "DiskFull" in caplog.text
    assert glass.state.wish == wish
    bus.clock.pass_s(TROUBLE_SHOWN_S)
    assert look(glass) is Screen.NUMBER
    assert len(bus.numbers()) == given + 1


def test_a_wish_that_fails_again_and_again_is_said_not_to_be(bus: Bus) -> None:
    glass = bus.glass()
    with full_disk(bus.office):
        until_trouble(glass, *TO_A_NUMBER)
        given = len(bus.numbers())
        for _ in range(MOST_RETRIES):
            bus.clock.pass_s(TROUBLE_SHOWN_S)
            assert look(glass) is Screen.TROUBLE
        bus.clock.pass_s(TROUBLE_SHOWN_S)
        assert look(glass) is Screen.REFUSED
    assert (look(glass), len(bus.numbers())) == (Screen.REFUSED, given)


def test_a_smiley_on_a_full_disk_is_trouble_and_can_be_given_again(bus: Bus) -> None:
    glass = bus.glass()
    with full_disk(bus.office):
        until_trouble(glass, "start.feedback", "smiley.2")
        assert look(glass) is Screen.TROUBLE
        bus.clock.pass_s(TROUBLE_SHOWN_S)
        assert look(glass) is Screen.FEEDBACK
    assert tap(glass, "smiley.2") is Screen.THANKS


def test_an_undo_on_a_failing_database_can_be_tried_again(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, "start.feedback", "smiley.2")
    with failing(bus.office, "feedback"):
        assert tap(glass, "thanks.undo") is Screen.TROUBLE
    bus.clock.pass_s(TROUBLE_SHOWN_S)
    assert look(glass) is Screen.THANKS
    assert tap(glass, "thanks.undo") is Screen.FEEDBACK


def test_a_locked_database_does_not_freeze_the_glass(bus: Bus) -> None:
    glass = bus.glass(at_once_s=0.05)
    tap(glass, *TO_THE_TOPICS)
    with bus.second_door() as other:
        other.execute("BEGIN IMMEDIATE")
        assert tap(glass, "topic.rent", "topic.rent", "back") is Screen.TOPICS
        service_heard(glass)
        assert glass.state.asking
        other.execute("ROLLBACK")
    eventually(lambda: answered(glass))
    assert (glass.state.screen, bus.numbers()) == (Screen.NUMBER, ["B-001"])


def service_heard(glass: GlassSession) -> None:
    """The journal tells of another offer while the office is being asked."""
    glass.on_event(TopicsChanged(VisitId(1)))


def answered(glass: GlassSession) -> bool:
    glass.collect()
    return not glass.state.asking

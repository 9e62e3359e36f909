"""What a pressed button does: a smiley, a call, a key for the glass, and a lamp that answers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from hardware.buttons.fake import FakeButtons
from hardware.trouble import Trouble
from kiosk.devices.debounce import PressRule, PressTimes
from kiosk.domain.device_condition import READY, Condition
from kiosk.domain.device_events import DeviceChanged, KeyPressed
from kiosk.domain.events import FeedbackGiven, TicketCalled
from kiosk.domain.feedback import Misuse
from kiosk.domain.ids import FeedbackId
from kiosk.domain.keys import Key
from kiosk.panel.button_actions import PRESS_MAX_AGE_S, actions_of
from kiosk.panel.buttons import FELT_S, LIT_WHEN_RECORDED_S, ButtonsDuty
from kiosk.service import citizens, panel_state, smileys, visits, volume
from kiosk.settings.config.devices import ButtonsSettings
from kiosk.store.database import connect
from tests.panel.bus import Bus, Drivers, running
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, TownClock
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.events import Event
    from kiosk.service.office import Office


@dataclass
class Buttons(Bus):
    """A bus with buttons and lamps alone, a clock that goes on, and a finger."""

    now: TownClock = field(default_factory=TownClock)

    def drivers(self) -> Drivers:
        return {"buttons": self.buttons, "lamp": self.lamp}

    @contextmanager
    def running(self) -> Iterator[None]:
        """The panel at work; its buttons listen."""
        heard = len(self.events(DeviceChanged))
        with running(self):
            eventually(lambda: heard or len(self.events(DeviceChanged)) == 2)
            eventually(lambda: self.buttons.plug.is_open)
            yield

    def press(self, name: str) -> None:
        self.buttons.press(name)

    def all_heard(self) -> bool:
        return self.buttons.unread() == 0

    def events(self, kind: type[Event]) -> list[Event]:
        return [entry.event for entry in self.entries() if isinstance(entry.event, kind)]

    def keys(self) -> list[str]:
        return [event.key for event in self.events(KeyPressed) if isinstance(event, KeyPressed)]

    def lit(self, duration_s: float) -> list[str]:
        return [name for name, lit_s in self.lamp.flashes if lit_s == duration_s]


@pytest.fixture
def bus(office: Office) -> Buttons:
    bus = Buttons(office)
    visits.open_visit(office, MARKET, None, bus.now())
    return bus


def test_a_smiley_is_kept_and_answered_twice(bus: Buttons) -> None:
    with bus.running():
        bus.press("smiley.5")
        eventually(lambda: bus.lit(LIT_WHEN_RECORDED_S) == ["smiley.5"])
    assert bus.lit(FELT_S) == ["smiley.5"]
    assert bus.scores() == [5]
    assert bus.events(FeedbackGiven) == [FeedbackGiven(FeedbackId(1), on_button=True)]


def test_a_lamp_answers_every_press_but_stays_on_only_for_what_was_kept(
    bus: Buttons, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    visits.close_visit(bus.office, bus.now())
    with bus.running():
        bus.press("smiley.5")
        bus.press("help")  # there is no such button
        eventually(lambda: bus.lit(FELT_S) == ["smiley.5"])
        eventually(bus.all_heard)
        eventually(lambda: "'smiley.5' did nothing" in caplog.text)
        visits.open_visit(bus.office, MARKET, None, bus.now())
        bus.press("next")
        eventually(lambda: bus.lit(LIT_WHEN_RECORDED_S) == ["next"])
    assert bus.lit(FELT_S) == ["smiley.5", "next"]
    assert bus.scores() == []


def test_a_child_that_drums_is_kept_flagged_and_soon_not_thanked(bus: Buttons) -> None:
    with bus.running():
        for name in ("smiley.1", "smiley.2", "smiley.3", "smiley.4"):
            bus.press(name)
        eventually(lambda: len(bus.scores()) == 4)
        eventually(lambda: len(bus.lit(LIT_WHEN_RECORDED_S)) == 3)
    assert bus.scores() == [1, 2, 3, 4]
    assert bus.office.read(smileys.count_by_misuse) == {None: 1, Misuse.RATTLING: 3}
    assert bus.lit(LIT_WHEN_RECORDED_S) == ["smiley.1", "smiley.2", "smiley.3"]
    assert len(bus.lit(FELT_S)) == 4


def test_presses_that_waited_for_the_disk_are_judged_by_their_own_time(bus: Buttons) -> None:
    bus.now.pass_s(60)
    moment = bus.now()
    actions = actions_of(bus.office, ButtonsSettings(), lambda: moment)
    assert actions["smiley.5"](4.0)
    assert actions["smiley.5"](1.0)
    assert bus.office.read(smileys.count_by_misuse) == {None: 2}


def test_next_calls_for_the_desk_of_the_button(bus: Buttons) -> None:
    ticket = citizens.take_ticket(
        bus.office, citizens.TicketRequest(JOBS, GERMAN), bus.now()
    ).ticket
    with bus.running():
        bus.press("next")
        eventually(lambda: bus.events(TicketCalled))
    assert bus.events(TicketCalled) == [TicketCalled(ticket.id, ticket.number, FIRST_DESK)]


def test_a_button_held_while_the_panel_restarts_counts_once(bus: Buttons) -> None:
    with bus.running():
        bus.buttons.finger.hold("smiley.5")
        eventually(lambda: bus.lit(LIT_WHEN_RECORDED_S) == ["smiley.5"])
    assert bus.scores() == [5]
    with bus.running():
        bus.buttons.finger.let_go("smiley.5")
        eventually(bus.all_heard)
        bus.press("next")
        eventually(lambda: bus.lit(LIT_WHEN_RECORDED_S) == ["smiley.5", "next"])
    assert bus.scores() == [5]


def test_keys_reach_the_journal_and_only_the_last_few_stay(bus: Buttons) -> None:
    with bus.running():
        for key in ("up", "down", "ok", "back"):
            bus.press(f"key.{key}")
        eventually(lambda: len(bus.keys()) == 4)
    assert bus.keys() == ["up", "down", "ok", "back"]
    for _ in range(9):
        panel_state.press_key(bus.office, Key.DOWN, bus.now())
    assert bus.keys() == ["down"] * 8


def test_no_key_outlives_the_visit_in_which_it_was_pressed(bus: Buttons) -> None:
    panel_state.press_key(bus.office, Key.OK, bus.now())
    visits.close_visit(bus.office, bus.now())
    assert bus.keys() == []


def test_two_keys_change_how_loud_the_box_calls(bus: Buttons) -> None:
    before = bus.office.read(volume.percent)
    with bus.running():
        bus.press("key.softer")
        eventually(lambda: bus.office.read(volume.percent) < before)
        bus.press("key.louder")
        eventually(lambda: bus.office.read(volume.percent) == before)
    assert bus.keys() == []


def test_fingers_are_felt_while_the_disk_is_taken_and_nothing_is_lost(bus: Buttons) -> None:
    elsewhere = connect(bus.office.database.path)
    with bus.running():
        elsewhere.execute("BEGIN IMMEDIATE")
        bus.press("smiley.1")
        bus.press("smiley.5")
        eventually(lambda: bus.lit(FELT_S) == ["smiley.1", "smiley.5"])
        assert bus.lit(LIT_WHEN_RECORDED_S) == []
        elsewhere.execute("ROLLBACK")
        eventually(lambda: bus.lit(LIT_WHEN_RECORDED_S) == ["smiley.1", "smiley.5"])
    elsewhere.close()
    assert bus.scores() == [1, 5]


def test_a_call_that_waited_too_long_is_not_made_any_more(bus: Buttons) -> None:
    citizens.take_ticket(bus.office, citizens.TicketRequest(JOBS, GERMAN), bus.now())
    actions = actions_of(bus.office, ButtonsSettings(), bus.now)
    assert not actions["next"](PRESS_MAX_AGE_S + 1)
    assert bus.events(TicketCalled) == []
    assert actions["next"](PRESS_MAX_AGE_S - 1)
    assert len(bus.events(TicketCalled)) == 1


def test_stuck_buttons_are_named_until_they_open() -> None:
    buttons, moment_s = FakeButtons(), PressTimes()
    rule = PressRule(dict.fromkeys(["smiley.1", "smiley.2", "smiley.3"], moment_s))
    pressing = ButtonsDuty(buttons, rule, {}, lambda _name, _duration_s: None)
    for name in ("smiley.1", "smiley.2", "smiley.3"):
        buttons.finger.hold(name)
    pressing.open()
    assert pressing.work() == READY
    rule.begin(buttons.closed(), -1000.0)  # they have been so for long
    told = "all of smiley at once, smiley.1, smiley.2, smiley.3"
    assert pressing.work() == Condition((Trouble.STUCK,), told)
    buttons.finger.let_go("smiley.1")
    eventually(lambda: pressing.work() == Condition((Trouble.STUCK,), "smiley.2, smiley.3"))
    buttons.finger.let_go("smiley.2")
    buttons.finger.let_go("smiley.3")
    eventually(lambda: pressing.work() == READY)

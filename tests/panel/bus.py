"""A bus with every wire, and the panel that works in it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from hardware.buttons.fake import FakeButtons
from hardware.call_display.fake import FakeCallDisplay
from hardware.lamp.fake import FakeLamp
from hardware.printer.fake import FakePrinter
from hardware.speaker.fake import FakeSpeaker, FakeVoice
from kiosk.devices.speaker import SpeakerWithVoice
from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.moment import Moment
from kiosk.domain.paper_events import (
    SheetFailed,
    SheetPrinted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.panel.device_loop import Pauses
from kiosk.panel.duties import PanelContext
from kiosk.panel.panel import Panel
from kiosk.service import citizens, staff
from kiosk.settings.config import Devices
from kiosk.settings.texts import Texts
from kiosk.store import feedback, journal
from tests.town import GERMAN, JOBS, TownClock
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office
    from kiosk.store.journal import Entry

TEXTS = Texts.load()
Drivers: TypeAlias = dict[str, Any]
"""A driver for the name of each device."""

READY_PRINTER = DeviceChanged("printer")


class StillClock(TownClock):
    """Stands until a test lets time pass: the panel looks at it as often as it likes."""

    def __call__(self) -> Moment:
        return Moment(f"boot-{self.boot}", self.boot_s, self.wall, self.trusted)


class HangingPrinter(FakePrinter):
    """Swallows a slip and does not answer until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def print_slip(self, picture: Image) -> None:
        self.asked.set()
        self.may_answer.wait(PATIENCE_S)
        super().print_slip(picture)


@dataclass
class Bus:
    """An open visit with every wire."""

    office: Office
    now: TownClock = field(default_factory=StillClock)
    printer: FakePrinter = field(default_factory=FakePrinter)
    buttons: FakeButtons = field(default_factory=FakeButtons)
    display: FakeCallDisplay = field(default_factory=FakeCallDisplay)
    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    lamp: FakeLamp = field(default_factory=FakeLamp)
    voice: FakeVoice = field(default_factory=FakeVoice)

    def drivers(self) -> Drivers:
        return {
            "printer": self.printer,
            "buttons": self.buttons,
            "call_display": self.display,
            "speaker": SpeakerWithVoice(self.speaker, self.voice),
            "lamp": self.lamp,
        }

    def take(self, topic: str = JOBS) -> Ticket:
        return citizens.take_ticket(
            self.office, citizens.TicketRequest(topic, GERMAN), self.now()
        ).ticket

    def call(self, desk: str = "1") -> Ticket | None:
        return staff.call_next(self.office, desk, self.now())

    def entries(self) -> list[Entry]:
        with self.office.database.read() as connection:
            return journal.since(connection, 0)

    def slips(self) -> list[tuple[str, str]]:
        return [
            (event.number, event.reason if isinstance(event, SlipFailed) else "printed")
            for event in (entry.event for entry in self.entries())
            if isinstance(event, SlipPrinted | SlipFailed)
        ]

    def sheets(self) -> list[str]:
        return [
            event.reason if isinstance(event, SheetFailed) else "printed"
            for event in (entry.event for entry in self.entries())
            if isinstance(event, SheetPrinted | SheetFailed)
        ]

    def scores(self) -> list[int]:
        with self.office.database.read() as connection:
            return [one.score for one in feedback.list_all(connection)]

    def states(self, device: str) -> list[DeviceChanged]:
        events = [entry.event for entry in self.entries()]
        return [e for e in events if isinstance(e, DeviceChanged) and e.device == device]

    def ready(self, device: str) -> list[bool]:
        return [state.condition.ready for state in self.states(device)]


@contextmanager
def running(
    bus: Bus, drivers: Drivers | None = None, settings: Devices | None = None
) -> Iterator[None]:
    """The panel's process, as a thread; ready when every device has said so once."""
    context = PanelContext(bus.office, bus.now, TEXTS, settings or Devices())
    panel = Panel(context, drivers or bus.drivers(), Pauses(first_s=0.01, longest_s=0.05))
    looked = threading.Event()
    thread = threading.Thread(target=panel.run, args=(looked.set,))
    thread.start()
    try:
        assert looked.wait(PATIENCE_S)
        yield
    finally:
        panel.stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()

"""From a pressed contact to its lamp, to the stored smiley and to the thanks on the glass.

The drivers for GPIO run over gpiozero's mock of the pins; database, disk, panel's duty, journal
and glass are real. The contact bounces as `tests/panel/traces` tells of a micro switch.
"""

from __future__ import annotations

import itertools
import os
import statistics
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from gpiozero.pins.mock import MockFactory

from hardware.buttons.gpio import GpioButtons, Wire
from hardware.lamp.gpio import GpioLamp
from kiosk.devices.debounce import PressRule, PressTimes
from kiosk.panel.button_actions import actions_of
from kiosk.panel.buttons import ButtonsDuty
from kiosk.panel.lamp import LampDuty
from kiosk.service import visits
from kiosk.settings.config.devices import ButtonsSettings, Contact
from kiosk.system.paths import Paths
from kiosk.system.virtual_display import start_virtual_display
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.screens.running import RunningGlass
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kiosk.domain.moment import Moment
    from kiosk.panel.buttons import Action

CONTACTS = {f"smiley.{score}": Contact(pin) for score, pin in enumerate((5, 6, 13, 19, 26), 1)}
LAMPS = dict(zip(CONTACTS, (17, 27, 22, 23, 24), strict=True))
BOUNCE_MS = (0.0, 0.2, 0.3, 0.7, 0.9, 1.5)
PAUSE_S = 20.0
"""Told between two presses, so that none looks like drumming."""

PRESSES = 200
THANKS = 15


class Box:
    """Contacts and lamps on pins, and the panel's two duties between them and the office."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.factory = MockFactory()
        self._kiosk, self._presses = kiosk, 0
        self.lit_s: list[float] = []
        self.kept_s: list[float] = []
        buttons = GpioButtons({name: Wire(c.pin) for name, c in CONTACTS.items()}, self._pins)
        self.flashing = LampDuty(GpioLamp(LAMPS, self._pins))
        rule = PressRule(dict.fromkeys(CONTACTS, PressTimes(lock_s=0.02, rest_s=0.0)))
        settings = ButtonsSettings(driver="gpio", contacts=CONTACTS)
        actions = actions_of(kiosk.office, settings, self._later)
        timed = {name: self._timed(action) for name, action in actions.items()}
        self.pressing = ButtonsDuty(buttons, rule, timed, self.flashing.flash)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Both duties in a thread each, as the panel runs them."""
        stopping = threading.Event()
        duties = (self.pressing, self.flashing)
        for duty in duties:
            duty.open()
        for number in LAMPS.values():
            self._watch(number)

        def work(duty: ButtonsDuty | LampDuty) -> None:
            while not stopping.is_set():
                duty.work()

        threads = [threading.Thread(target=work, args=(duty,)) for duty in duties]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stopping.set()
            for thread in threads:
                thread.join()
            for duty in duties:
                duty.close()

    def press(self, name: str) -> float:
        """Close the contact with its bounce, and open it later; when it closed first."""
        pin = self.factory.pin(CONTACTS[name].pin)
        began_s = time.monotonic()
        for move, late_ms in enumerate(BOUNCE_MS[:-1]):
            while time.monotonic() < began_s + late_ms / 1000:
                pass
            (pin.drive_high if move % 2 else pin.drive_low)()
        threading.Timer(0.05, pin.drive_high).start()
        return began_s

    def _later(self) -> Moment:
        self._presses += 1
        now = self._kiosk.now()
        return replace(now, boot_s=now.boot_s + PAUSE_S * self._presses)

    def _pins(self) -> MockFactory:
        return self.factory

    def _timed(self, action: Action) -> Action:
        def timed(ago_s: float) -> bool:
            thanked = action(ago_s)
            self.kept_s.append(time.monotonic())
            return thanked

        return timed

    def _watch(self, number: int) -> None:
        pin = self.factory.pin(number)
        switch = pin._set_state  # noqa: SLF001 - the mock cannot tell when

        def switched(value: float) -> None:
            switch(value)
            if value:
                self.lit_s.append(time.monotonic())

        pin._set_state = switched  # noqa: SLF001 - as above


def measure(data: Path) -> None:
    """Print p50 and p99 of each answer to a press."""
    kiosk = open_kiosk(Paths(data))
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    box = Box(kiosk)
    with box.working():
        lamp_s, kept_s = zip(*(_answers(box, name) for name in _names(PRESSES)), strict=True)
        click.echo(_report("button to its lamp", lamp_s))
        click.echo(_report("button to the stored smiley", kept_s))
        with start_virtual_display("1280x1280") as display:
            glass = RunningGlass(data, {**os.environ, **display.environment})
            glass.start()
            seen_s = [_thanks_s(box, glass, name) for name in _names(THANKS)]
            click.echo(_report("button to the thanks on the glass, looking included", seen_s))
            glass.stop()
    visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    kiosk.office.database.close()


def _names(presses: int) -> Iterator[str]:
    return itertools.islice(itertools.cycle(CONTACTS), presses)


def _answers(box: Box, name: str) -> tuple[float, float]:
    """Seconds from the first edge until the lamp, and until the smiley was kept."""
    box.lit_s.clear()
    box.kept_s.clear()
    began_s = box.press(name)
    eventually(lambda: box.kept_s, "a kept smiley")
    eventually(lambda: box.lit_s, "a lamp")
    time.sleep(0.15)  # until the finger has gone and the contact rests
    return box.lit_s[0] - began_s, box.kept_s[0] - began_s


def _thanks_s(box: Box, glass: RunningGlass, name: str) -> float:
    began_s = box.press(name)
    while glass.screen() != "thanks":
        time.sleep(0.002)
    seconds = time.monotonic() - began_s
    glass.tap("thanks.done")
    eventually(lambda: glass.screen() == "start", "the start")
    time.sleep(0.6)  # a second finger on the glass within half a second is the same one
    return seconds


def _report(what: str, times_s: Sequence[float]) -> str:
    p50 = statistics.median(times_s) * 1000
    p99 = statistics.quantiles(times_s, n=100, method="inclusive")[98] * 1000
    return f"{what}: p50 {p50:.0f} ms, p99 {p99:.0f} ms ({len(times_s)} presses)"

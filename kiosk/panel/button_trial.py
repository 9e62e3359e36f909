"""Lets a technician press every button and read its name."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.panel.press import PressRule, PressTimes
from kiosk.panel.pressing import ON_ITS_WAY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hardware.buttons.port import Buttons
    from kiosk.settings.config.devices import Contact


class NothingPressed(Refused):
    """Nobody pressed anything, or the contacts are broken."""

    def __init__(self, within_s: float) -> None:
        self.within_s = within_s
        super().__init__(f"No button was pressed within {within_s:g} seconds.")


def try_contacts(
    buttons: Buttons, contacts: Mapping[str, Contact], say: Callable[[str], object], within_s: float
) -> str:
    """Say the name of each button as it is pressed, and at the end which ones never were.

    Ends when all `contacts` have been pressed, or after `within_s` in which nothing was. Raises
    `NothingPressed` and the driver's `HardwareError`.
    """
    times = {name: PressTimes(one.bounce_ms / 1000, 0.0, 0.0) for name, one in contacts.items()}
    rule, pressed = PressRule(times), list[str]()
    buttons.open()
    try:
        held = buttons.closed()
        if held:
            say(f"Closed before anybody pressed: {_listed(held)}. Stuck, or a wrong pull?")
        rule.begin(held, time.monotonic())
        for name in _presses(buttons, rule, within_s):
            say(f"The button {name} was pressed.")
            pressed.append(name)
            if set(contacts) <= set(pressed):
                return "Every button was pressed."
    finally:
        buttons.close()
    if not pressed:
        raise NothingPressed(within_s)
    return f"Never pressed: {_listed(name for name in contacts if name not in pressed)}."


def _presses(buttons: Buttons, rule: PressRule, within_s: float) -> Iterator[str]:
    """The names, until nothing has been pressed for that long."""
    ends_s = time.monotonic() + within_s
    while (now_s := time.monotonic()) < ends_s:
        certain_s = rule.next_due_s() + ON_ITS_WAY_S
        edge = buttons.wait(max(0.0, min(certain_s, ends_s) - now_s))
        found = rule.hear(edge) if edge else rule.settle(time.monotonic() - ON_ITS_WAY_S)
        for press in found:
            ends_s = time.monotonic() + within_s
            yield press.name


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))

"""Kind of device: push buttons for smileys, the staff's Next, and use by touch alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.debounce import ON_ITS_WAY_S, PressRule, PressTimes
from kiosk.devices.kind import PRESS_WITHIN_S, DeviceKind, NoInput, opened
from kiosk.devices.staff_words import CALL, ITSELF, UNATTENDED, Words
from kiosk.domain.errors import Unknown
from kiosk.settings.config.devices import ButtonsSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hardware.buttons.port import Buttons
    from kiosk.devices.kind import SelfTestContext
    from kiosk.domain.ids import DeskId
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts


def desk_of_next(profile: Profile, settings: ButtonsSettings) -> DeskId:
    """The desk that the button `next` calls for. Raises `Unknown` where there is none of it."""
    return profile.desk(settings.next_desk or profile.desks[0].id).id


def _misconfigured(settings: ButtonsSettings, profile: Profile, _texts: Texts) -> str | None:
    try:
        desk_of_next(profile, settings)
    except Unknown as fault:
        return f"next_desk: {fault}"
    return None


def try_each_button(
    buttons: Buttons,
    settings: ButtonsSettings,
    context: SelfTestContext,
    within_s: float = PRESS_WITHIN_S,
) -> str:
    """Say the name of each button as it is pressed, and at the end which ones never were.

    Ends when all of them have been pressed, or after `within_s` in which nothing was. Raises
    `NoInput` and the driver's `HardwareError`.
    """
    wired = settings.wired
    times = {name: PressTimes(one.bounce_ms / 1000, 0.0, 0.0) for name, one in wired.items()}
    rule, pressed = PressRule(times), list[str]()
    with opened(buttons):
        held = buttons.closed()
        if held:
            context.say(f"Closed before any press: {_listed(held)}. Stuck, or a wrong pull?")
        rule.begin(held, time.monotonic())
        for name in _presses(buttons, rule, within_s):
            context.say(f"The button {name} was pressed.")
            pressed.append(name)
            if set(wired) <= set(pressed):
                return "Every button was pressed."
    if not pressed:
        raise NoInput("No button was pressed", within_s)
    return f"Never pressed: {_listed(name for name in wired if name not in pressed)}."


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


BUTTONS = DeviceKind(
    settings=ButtonsSettings,
    german="Tasten",
    page="buttons",
    self_test=try_each_button,
    prompt=f"Press each button; {PRESS_WITHIN_S:g} seconds without a press end this.",
    misconfigured=_misconfigured,
    nodes={"gpio": "dev/gpiochip*"},
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Die Tasten zählen nicht.",
            f"Rückmeldungen gehen am Bildschirm. {ITSELF}",
        ),
        Trouble.ABSENT: Words(
            "nicht angeschlossen",
            "Die Tasten sind nicht angeschlossen.",
            f"Rückmeldungen gehen am Bildschirm. {CALL}",
        ),
        Trouble.STUCK: Words(
            "eine klemmt",
            "Eine Taste klemmt oder hat einen Kurzschluss. Die anderen gehen.",
            "Bitte drücken Sie sie ein paar Mal. Hilft das nicht, rufen Sie die Technik.",
        ),
    },
)

"""Lets a technician see, hear or press one device, without a ticket or a call."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.drawing.paper.draw import WIDTH_PX, draw_slip
from kiosk.drawing.paper.slip_words import trial_slip
from kiosk.panel.button_trial import try_contacts
from kiosk.panel.misset import misset
from kiosk.panel.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hardware.board.port import Board, Ignition
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.port import Device
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from hardware.speaker.port import Speaker, Voice
    from kiosk.domain.profile import Profile
    from kiosk.panel.devices import Devices
    from kiosk.settings import config
    from kiosk.settings.config.devices import Speaker as SpeakerSettings
    from kiosk.settings.texts import Texts

TRIAL_NUMBER = "X-000"
FLASH_S = 1.0
PRESS_WITHIN_S = 20.0


class NotConfigured(Refused):
    """The configuration says that this box has no such device."""

    def __init__(self, device: str) -> None:
        self.device = device
        super().__init__(f"There is no {device} here: config.toml says 'none'.")


class SetWrongly(Refused):
    """The device cannot work as config.toml sets it."""

    def __init__(self, device: str, fault: str) -> None:
        self.device = device
        super().__init__(f"The {device} does not work: {fault}")


class NothingScanned(Refused):
    """Nobody held anything under the scanner, or it reads nothing."""

    def __init__(self, within_s: float) -> None:
        self.within_s = within_s
        super().__init__(f"Nothing was scanned within {within_s:g} seconds.")


def try_device(  # noqa: PLR0911, PLR0913 - one for each device, and what they are tried with
    name: str,
    devices: Devices,
    settings: config.Devices,
    profile: Profile,
    texts: Texts,
    *,
    say: Callable[[str], object] = print,
) -> str:
    """Open one device, let it do something, and answer what can be seen or heard now.

    What comes of it meanwhile goes to `say`. Raises `NotConfigured`, `SetWrongly`,
    `NothingPressed`, `NothingScanned` and the driver's `HardwareError`.
    """
    if fault := misset(settings, profile, texts).get(name):
        raise SetWrongly(name, fault)
    match name:
        case "printer" if devices.printer:
            return _print(devices.printer, WIDTH_PX[settings.printer.paper_mm], texts)
        case "buttons" if devices.buttons:
            return try_contacts(devices.buttons, settings.buttons.wired, say, PRESS_WITHIN_S)
        case "call_display" if devices.call_display:
            return _show(devices.call_display, profile.desks[0].id)
        case "speaker" if devices.speaker and devices.voice:
            return _speak(devices.speaker, devices.voice, settings.speaker, texts)
        case "lamp" if devices.lamp:
            return _flash(devices.lamp, settings.lamp.wired)
        case "scanner" if devices.scanner:
            return _scan(devices.scanner, PRESS_WITHIN_S)
        case "board" if devices.board:
            return _look(devices.board, devices.ignition)
    raise NotConfigured(name)


@contextmanager
def _opened(device: Device) -> Iterator[None]:
    device.open()
    try:
        yield
    finally:
        device.close()


def _print(printer: Printer, width_px: int, texts: Texts) -> str:
    with _opened(printer):
        printer.print_slip(draw_slip(trial_slip(TRIAL_NUMBER, GERMAN, texts), width_px))
        told = printer.trouble() or "ready"
        return f"A slip {TRIAL_NUMBER} was printed; the printer says: {told}."


def _look(board: Board, ignition: Ignition | None) -> str:
    with _opened(board):
        told = board.read().sentence
    if ignition is None:
        return f"{told} It has no line from the ignition."
    with _opened(ignition):
        on = ignition.is_on()
    return f"{told} The ignition is {'unknown' if on is None else 'on' if on else 'off'}."


def _scan(scanner: Scanner, within_s: float) -> str:
    with _opened(scanner):
        scan = scanner.wait(within_s)
    if scan is None:
        raise NothingScanned(within_s)
    if scan.digits is None:
        return "Something was scanned that is no code of an appointment."
    return f"A code of {len(scan.digits)} digits was scanned."


def _show(display: CallDisplay, desk: str) -> str:
    with _opened(display):
        display.show(TRIAL_NUMBER, desk)
        return f"The call display shows {TRIAL_NUMBER} for desk {desk}."


def _speak(speaker: Speaker, voice: Voice, settings: SpeakerSettings, texts: Texts) -> str:
    phrases = Phrases(texts, [LanguageCode(code) for code in settings.languages])
    with _opened(speaker):
        for sound in (voice.chime(), *map(voice.speak, phrases.trial())):
            speaker.play(sound.scaled(settings.volume_percent / 100))
    return f"A chime was played, and a sentence in: {', '.join(phrases.languages)}."


def _flash(lamp: Lamp, names: Iterable[str]) -> str:
    with _opened(lamp):
        for name in names:
            lamp.flash(name, FLASH_S)
        time.sleep(FLASH_S)
        return f"These lamps lit up: {', '.join(names)}."

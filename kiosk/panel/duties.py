"""Puts office, texts and settings together with the devices that this box has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from kiosk.devices.board_rule import IgnitionRule
from kiosk.domain.ids import LanguageCode
from kiosk.domain.volume import QuietTime, cap_in_quiet_time
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet, draw_slip
from kiosk.drawing.paper.sheet import information_sheet
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.panel.buttons import actions_of, times_of
from kiosk.panel.calling import Showing
from kiosk.panel.misset import Misset, misset
from kiosk.panel.phrases import Phrases
from kiosk.panel.press import PressRule
from kiosk.panel.pressing import Flashing, Pressing
from kiosk.panel.printing import Printing
from kiosk.panel.scanning import Scanning, ScanRule
from kiosk.panel.shutdown import Shutdown
from kiosk.panel.speaking import Speaking
from kiosk.panel.watching import Watching
from kiosk.service import scans, volume
from kiosk.service.queue_view import latest_calls
from kiosk.service.slips import SlipJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.Image import Image

    from kiosk.devices.duty import Duty
    from kiosk.domain.moment import Moment
    from kiosk.panel.devices import Devices
    from kiosk.panel.printing import Job
    from kiosk.service.office import Office
    from kiosk.settings import config
    from kiosk.settings.config.devices import Speaker
    from kiosk.settings.texts import Texts


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the duties need besides their device. `poweroff` is the file that asks for it."""

    office: Office
    now: Callable[[], Moment]
    texts: Texts
    settings: config.Devices
    poweroff: Path | None = None


@dataclass(frozen=True, slots=True)
class Duties:
    """One of each device that is there."""

    printing: Printing | None
    showing: Showing | None
    speaking: Speaking | None
    flashing: Flashing | None
    pressing: Pressing | None
    scanning: Scanning | None
    watching: Watching | None
    misset: tuple[Misset, ...] = ()

    def __iter__(self) -> Iterator[Duty]:
        duties: tuple[Duty | None, ...] = (
            self.printing,
            self.showing,
            self.speaking,
            self.flashing,
            self.pressing,
            self.scanning,
            self.watching,
            *self.misset,
        )
        return iter([duty for duty in duties if duty])


def duties_of(devices: Devices, around: Surroundings) -> Duties:
    """What each device does in these surroundings."""
    wrong = misset(around.settings, around.office.profile, around.texts)
    devices = replace(devices, **dict.fromkeys(wrong))
    flashing = Flashing(devices.lamp) if devices.lamp else None
    return Duties(
        printing=_printing(devices, around),
        showing=_showing(devices, around),
        speaking=_speaking(devices, around),
        flashing=flashing,
        pressing=_pressing(devices, around, flashing),
        scanning=_scanning(devices, around),
        watching=_watching(devices, around),
        misset=tuple(Misset(device, fault) for device, fault in wrong.items()),
    )


def _printing(devices: Devices, around: Surroundings) -> Printing | None:
    if devices.printer is None:
        return None
    width_px = WIDTH_PX[around.settings.printer.paper_mm]
    profile, texts = around.office.profile, around.texts

    def picture_of(job: Job) -> Image:
        if isinstance(job, SlipJob):
            return draw_slip(ticket_slip(job, profile, texts, around.now()), width_px)
        sheet = information_sheet([job.offer], profile, job.sheet.language, texts)
        return draw_sheet(sheet, width_px)

    return Printing(devices.printer, around.office, around.now, picture_of)


def _showing(devices: Devices, around: Surroundings) -> Showing | None:
    if devices.call_display is None:
        return None
    newest = around.office.read(latest_calls, 1)
    return Showing(devices.call_display, newest[0] if newest else None)


def _speaking(devices: Devices, around: Surroundings) -> Speaking | None:
    if devices.speaker is None or devices.voice is None:
        return None
    settings = around.settings.speaker
    languages = [LanguageCode(code) for code in settings.languages]
    phrases = Phrases(around.texts, languages)
    quiet = quiet_times(settings)

    def percent() -> int:
        return cap_in_quiet_time(around.office.read(volume.percent), quiet, around.now())

    return Speaking(devices.speaker, devices.voice, phrases, around.now, percent)


def quiet_times(speaker: Speaker) -> list[QuietTime]:
    """The quiet times of config.toml."""
    return [
        QuietTime(time.fromisoformat(one.begins), time.fromisoformat(one.ends), one.percent)
        for one in speaker.quiet
    ]


def _pressing(devices: Devices, around: Surroundings, flashing: Flashing | None) -> Pressing | None:
    if devices.buttons is None:
        return None
    answer = flashing.flash if flashing else lambda _name, _duration_s: None
    settings = around.settings.buttons
    actions = actions_of(around.office, settings, around.now)
    return Pressing(devices.buttons, PressRule(times_of(settings)), actions, answer)


def _scanning(devices: Devices, around: Surroundings) -> Scanning | None:
    if devices.scanner is None:
        return None

    def check_in(digits: str | None) -> object:
        return scans.take_scan(around.office, digits, around.now())

    return Scanning(devices.scanner, ScanRule(), check_in)


def _watching(devices: Devices, around: Surroundings) -> Watching | None:
    if devices.board is None:
        return None
    rule = IgnitionRule(around.settings.board.off_after_s)
    shutdown = Shutdown(around.poweroff) if around.poweroff else None
    return Watching(devices.board, devices.ignition, rule, shutdown, around.now)

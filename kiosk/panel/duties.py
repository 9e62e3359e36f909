"""Builds the duty of each device from office, texts and settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.devices.board_rule import IgnitionRule
from kiosk.devices.debounce import PressRule
from kiosk.devices.kinds import misconfigured
from kiosk.devices.speaker import phrases_of, quiet_times
from kiosk.domain.volume import cap_in_quiet_time
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet, draw_slip
from kiosk.drawing.paper.reminder import reminder_picture
from kiosk.drawing.paper.sheet import sheet_of
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.panel.board import BoardDuty
from kiosk.panel.button_actions import actions_of, times_of
from kiosk.panel.buttons import ButtonsDuty
from kiosk.panel.call_display import CallDisplayDuty
from kiosk.panel.lamp import LampDuty
from kiosk.panel.misconfigured import MisconfiguredDuty
from kiosk.panel.printer import PrinterDuty, queues_of
from kiosk.panel.scanner import ScannerDuty, ScanRule
from kiosk.panel.shutdown import Shutdown
from kiosk.panel.speaker import SpeakerDuty
from kiosk.service import scans, volume
from kiosk.service.queue_view import latest_calls
from kiosk.service.reminders import ReminderJob
from kiosk.service.slips import SlipJob
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
    SpeakerSettings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from PIL.Image import Image

    from hardware.buttons.port import Buttons
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from kiosk.devices.board import BoardWithIgnition
    from kiosk.devices.speaker import SpeakerWithVoice
    from kiosk.domain.moment import Moment
    from kiosk.panel.duty import Duty
    from kiosk.panel.printer import Job
    from kiosk.service.office import Office
    from kiosk.settings.config import Devices
    from kiosk.settings.config.section import Section
    from kiosk.settings.texts import Texts


DutyT = TypeVar("DutyT")


@dataclass(frozen=True, slots=True)
class PanelContext:
    """What the duties need besides their device. `poweroff` is the file that asks for it."""

    office: Office
    now: Callable[[], Moment]
    texts: Texts
    settings: Devices
    poweroff: Path | None = None


def duties_of(drivers: Mapping[str, Any], context: PanelContext) -> dict[str, Duty]:
    """What each device does, by its name; the driver of each fulfils the port of its kind."""
    wrong = misconfigured(context.settings, context.office.profile, context.texts)
    factory = _Factory(context, [name for name in drivers if name not in wrong])
    for name, driver in drivers.items():
        bad = wrong.get(name)
        factory.duties[name] = (
            MisconfiguredDuty(bad) if bad else factory.build(context.settings[name], name, driver)
        )
    return factory.duties


def each_of(kind: type[DutyT], duties: Mapping[str, Duty]) -> list[DutyT]:
    return [duty for duty in duties.values() if isinstance(duty, kind)]


class _Factory:
    """Builds the duties of the devices `at_work`, which know of each other what they have to."""

    def __init__(self, context: PanelContext, at_work: Collection[str]) -> None:
        self.duties: dict[str, Duty] = {}
        self._context = context
        self._office, self._now = context.office, context.now
        printers = context.settings.of(PrinterSettings)
        self._printers = {name: one for name, one in printers.items() if name in at_work}

    @singledispatchmethod
    def build(self, section: Section, _name: str, _driver: Any) -> Duty:  # noqa: ANN401 - which port its kind says
        raise LookupError(section.kind)

    @build.register(PrinterSettings)
    def printer(self, section: PrinterSettings, name: str, driver: Printer) -> Duty:
        width_px = WIDTH_PX[section.paper_mm]
        profile, texts = self._office.profile, self._context.texts

        def picture_of(job: Job) -> Image:
            if isinstance(job, SlipJob):
                return draw_slip(ticket_slip(job, profile, texts, self._now()), width_px)
            if isinstance(job, ReminderJob):
                return reminder_picture(job, profile, texts, width_px)
            sheet = sheet_of(job.sheet.offer, profile, job.sheet.language, texts)
            return draw_sheet(sheet, width_px)

        queues = queues_of(name, self._printers, profile)
        return PrinterDuty(driver, self._office, self._now, picture_of, queues)

    @build.register(CallDisplaySettings)
    def call_display(self, _: CallDisplaySettings, _name: str, driver: CallDisplay) -> Duty:
        newest = self._office.read(latest_calls, 1)
        return CallDisplayDuty(driver, newest[0] if newest else None)

    @build.register(SpeakerSettings)
    def speaker(self, section: SpeakerSettings, _name: str, driver: SpeakerWithVoice) -> Duty:
        quiet = quiet_times(section)

        def percent() -> int:
            return cap_in_quiet_time(self._office.read(volume.percent), quiet, self._now())

        return SpeakerDuty(*driver, phrases_of(section, self._context.texts), self._now, percent)

    @build.register(LampSettings)
    def lamp(self, _: LampSettings, _name: str, driver: Lamp) -> Duty:
        return LampDuty(driver)

    @build.register(ButtonsSettings)
    def buttons(self, section: ButtonsSettings, _name: str, driver: Buttons) -> Duty:
        def answer(button: str, duration_s: float) -> None:
            for lamp in each_of(LampDuty, self.duties):
                lamp.flash(button, duration_s)

        actions = actions_of(self._office, section, self._now)
        return ButtonsDuty(driver, PressRule(times_of(section)), actions, answer)

    @build.register(ScannerSettings)
    def scanner(self, _: ScannerSettings, _name: str, driver: Scanner) -> Duty:
        def check_in(digits: str | None) -> object:
            return scans.check_in_scan(self._office, digits, self._now())

        return ScannerDuty(driver, ScanRule(), check_in)

    @build.register(BoardSettings)
    def board(self, section: BoardSettings, _name: str, driver: BoardWithIgnition) -> Duty:
        poweroff = self._context.poweroff
        shutdown = Shutdown(poweroff) if poweroff else None
        return BoardDuty(*driver, IgnitionRule(section.off_after_s), shutdown, self._now)

"""Builds the duty of each device from office, texts and settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kiosk.devices.board_rule import IgnitionRule
from kiosk.devices.debounce import PressRule
from kiosk.devices.kinds import misconfigured
from kiosk.devices.speaker import phrases_of, quiet_times
from kiosk.domain.volume import cap_in_quiet_time
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet, draw_slip
from kiosk.drawing.paper.sheet import information_sheet
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.panel.board import BoardDuty
from kiosk.panel.button_actions import actions_of, times_of
from kiosk.panel.buttons import ButtonsDuty
from kiosk.panel.call_display import CallDisplayDuty
from kiosk.panel.lamp import LampDuty
from kiosk.panel.misconfigured import MisconfiguredDuty
from kiosk.panel.printer import PrinterDuty
from kiosk.panel.scanner import ScannerDuty, ScanRule
from kiosk.panel.shutdown import Shutdown
from kiosk.panel.speaker import SpeakerDuty
from kiosk.service import scans, volume
from kiosk.service.queue_view import latest_calls
from kiosk.service.slips import SlipJob
from kiosk.settings.config import devices as settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PIL.Image import Image

    from hardware.buttons.port import Buttons
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from kiosk.devices.board import BoardWithIgnition
    from kiosk.devices.duty import Duty
    from kiosk.devices.speaker import SpeakerWithVoice
    from kiosk.domain.moment import Moment
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
    duties: dict[str, Duty] = {}

    def answer(button: str, duration_s: float) -> None:
        for lamp in each_of(LampDuty, duties):
            lamp.flash(button, duration_s)

    factories = dict(_FACTORIES) | {settings.Buttons: partial(_buttons, answer)}
    for name, driver in drivers.items():
        section = context.settings[name]
        build = factories[type(section)]
        bad = wrong.get(name)
        duties[name] = MisconfiguredDuty(bad) if bad else build(driver, section, context)
    return duties


def each_of(kind: type[DutyT], duties: Mapping[str, Duty]) -> list[DutyT]:
    """The duties of one kind."""
    return [duty for duty in duties.values() if isinstance(duty, kind)]


def _printer(driver: Printer, section: settings.Printer, context: PanelContext) -> Duty:
    width_px = WIDTH_PX[section.paper_mm]
    profile, texts = context.office.profile, context.texts

    def picture_of(job: Job) -> Image:
        if isinstance(job, SlipJob):
            return draw_slip(ticket_slip(job, profile, texts, context.now()), width_px)
        sheet = information_sheet([job.offer], profile, job.sheet.language, texts)
        return draw_sheet(sheet, width_px)

    return PrinterDuty(driver, context.office, context.now, picture_of)


def _call_display(driver: CallDisplay, _: settings.CallDisplay, context: PanelContext) -> Duty:
    newest = context.office.read(latest_calls, 1)
    return CallDisplayDuty(driver, newest[0] if newest else None)


def _speaker(driver: SpeakerWithVoice, section: settings.Speaker, context: PanelContext) -> Duty:
    quiet = quiet_times(section)

    def percent() -> int:
        return cap_in_quiet_time(context.office.read(volume.percent), quiet, context.now())

    return SpeakerDuty(*driver, phrases_of(section, context.texts), context.now, percent)


def _lamp(driver: Lamp, _: settings.Lamp, _context: PanelContext) -> Duty:
    return LampDuty(driver)


def _buttons(
    answer: Callable[[str, float], None],
    driver: Buttons,
    section: settings.Buttons,
    context: PanelContext,
) -> Duty:
    actions = actions_of(context.office, section, context.now)
    return ButtonsDuty(driver, PressRule(times_of(section)), actions, answer)


def _scanner(driver: Scanner, _: settings.Scanner, context: PanelContext) -> Duty:
    def check_in(digits: str | None) -> object:
        return scans.take_scan(context.office, digits, context.now())

    return ScannerDuty(driver, ScanRule(), check_in)


def _board(driver: BoardWithIgnition, section: settings.Board, context: PanelContext) -> Duty:
    shutdown = Shutdown(context.poweroff) if context.poweroff else None
    return BoardDuty(*driver, IgnitionRule(section.off_after_s), shutdown, context.now)


_FACTORIES: Final[Mapping[type[Section], Callable[[Any, Any, PanelContext], Duty]]] = {
    settings.Printer: _printer,
    settings.Lamp: _lamp,
    settings.CallDisplay: _call_display,
    settings.Speaker: _speaker,
    settings.Scanner: _scanner,
    settings.Board: _board,
}

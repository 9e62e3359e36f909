"""The one place where the parts are put together; the only module that picks concrete drivers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.board.fake import FakeBoard
from hardware.board.linux import LinuxBoard
from hardware.board.ups import UpsIgnition
from hardware.buttons.fake import FakeButtons
from hardware.buttons.keyboard import KeyboardButtons
from hardware.call_display.alpha import AlphaDisplay
from hardware.call_display.ditel import DitelDisplay
from hardware.call_display.fake import FakeCallDisplay
from hardware.call_display.segments import SegmentDisplay
from hardware.errors import HardwareError
from hardware.lamp.fake import FakeLamp
from hardware.printer.fake import FakePrinter
from hardware.printer.file import FilePrinter
from hardware.scanner.fake import FakeScanner
from hardware.scanner.file import FileScanner
from hardware.scanner.serial import SerialScanner
from hardware.serial_line import SerialLine
from hardware.speaker.alsa import AlsaSpeaker
from hardware.speaker.clips import RecordedVoice
from hardware.speaker.fake import FakeSpeaker, FakeVoice
from hardware.speaker.pipewire import PipeWireSpeaker
from hardware.speaker.voice import EspeakVoice
from hardware.speaker.wav import WavSpeaker
from hardware.speaker.waveform import as_wav
from kiosk.panel.devices import Devices
from kiosk.service.office import Office
from kiosk.settings import config, profiles
from kiosk.store.database import Database
from kiosk.system import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.board.port import Board, Ignition, Readings
    from hardware.buttons.port import Buttons
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from hardware.speaker.port import Speaker, Voice
    from kiosk.domain.moment import Moment
    from kiosk.settings.config import Config
    from kiosk.settings.config.devices import CallDisplay as CallDisplaySettings
    from kiosk.settings.config.devices import Printer as PrinterSettings
    from kiosk.system.paths import Paths


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An opened device: its files, its settings, its office and its clock."""

    paths: Paths
    config: Config
    office: Office
    now: Callable[[], Moment]


def open_kiosk(paths: Paths) -> Kiosk:
    """Open a device that `kiosk init` has created. Raises `KioskError` in one sentence."""
    settings = config.load(paths.config)
    profile = profiles.load(settings.profile)
    now = partial(clock.now, trust_always=settings.trust_always)
    return Kiosk(paths, settings, Office(Database.open(paths.database), profile), now)


def devices(settings: config.Devices, paths: Paths) -> Devices:
    """The drivers that the configuration names, not yet opened. Nothing stands in for another."""
    return Devices(
        printer=_printer(settings, paths),
        buttons=_buttons(settings),
        call_display=_call_display(settings),
        speaker=_speaker(settings, paths),
        voice=_voice(settings, paths),
        lamp=_lamp(settings),
        scanner=_scanner(settings, paths),
        board=_board(settings, paths),
        ignition=_ignition(settings),
    )


def board_readings(settings: config.Devices, paths: Paths) -> Readings | None:
    """One look at the computer, for doors beside the panel; None where it tells nothing."""
    board = _board(settings, paths)
    if board is None:
        return None
    try:
        board.open()
        return board.read()
    except HardwareError:
        return None
    finally:
        board.close()


def _board(settings: config.Devices, paths: Paths) -> Board | None:
    match settings.board.driver:
        case "linux":
            return LinuxBoard(Path(settings.board.root), paths.data)
        case "fake":
            return FakeBoard()
        case "none":
            return None


def _ignition(settings: config.Devices) -> Ignition | None:
    board = settings.board
    if board.ignition_pin is not None:
        from hardware.board.gpio import GpioIgnition  # slow to import

        return GpioIgnition(board.ignition_pin, board.off_when)
    if board.driver == "linux" and board.ignition == "ups":
        return UpsIgnition(Path(board.root))
    return None


def _printer(settings: config.Devices, paths: Paths) -> Printer | None:
    match settings.printer.driver:
        case "file":
            return FilePrinter(paths.slips)
        case "fake":
            return FakePrinter()
        case "serial":
            return _serial_printer(settings.printer)
        case "none":
            return None


def _serial_printer(settings: PrinterSettings) -> Printer:
    from hardware.printer.families import families
    from hardware.printer.serial import SerialPrinter  # this and the next bring Pillow
    from kiosk.drawing.paper.draw import WIDTH_PX

    family = families()[settings.family]
    line = SerialLine("printer", settings.port, settings.baud or family.baud)
    return SerialPrinter(line, family, settings.paper_mm, WIDTH_PX[settings.paper_mm])


def _call_display(settings: config.Devices) -> CallDisplay | None:
    match settings.call_display.driver:
        case "alpha":
            return AlphaDisplay(_display_line(settings.call_display), settings.call_display.address)
        case "ditel":
            return DitelDisplay(_display_line(settings.call_display), settings.call_display.address)
        case "segments":
            display = settings.call_display
            line = _display_line(display)
            return SegmentDisplay(
                line, display.address, display.digits, display.ends, letter=display.letter
            )
        case "fake":
            return FakeCallDisplay()
        case "none":
            return None


def _display_line(display: CallDisplaySettings) -> SerialLine:
    return SerialLine("call display", display.port, display.baud, display.framing)


def _speaker(settings: config.Devices, paths: Paths) -> Speaker | None:
    match settings.speaker.driver:
        case "alsa":
            return AlsaSpeaker(settings.speaker.output)
        case "pipewire":
            return PipeWireSpeaker(settings.speaker.output)
        case "wav":
            return WavSpeaker(paths.sounds)
        case "fake":
            return FakeSpeaker()
        case "none":
            return None


def _voice(settings: config.Devices, paths: Paths) -> Voice | None:
    match settings.speaker.driver:
        case "fake":
            return FakeVoice()
        case "none":
            return None
    return recorded_voice(paths)


def recorded_voice(paths: Paths) -> RecordedVoice:
    """What a real box says: the clips of this device, and espeak-ng for what nobody recorded."""
    return RecordedVoice(paths.clips, EspeakVoice())


def chime_wav(paths: Paths) -> bytes:
    """The chime of this box, for the call display in a browser."""
    return as_wav(recorded_voice(paths).chime())


def _lamp(settings: config.Devices) -> Lamp | None:
    match settings.lamp.driver:
        case "gpio":
            from hardware.lamp.gpio import GpioLamp  # slow to import

            return GpioLamp(settings.lamp.pins)
        case "fake":
            return FakeLamp()
        case "none":
            return None


def _scanner(settings: config.Devices, paths: Paths) -> Scanner | None:
    match settings.scanner.driver:
        case "file":
            return FileScanner(paths.scans)
        case "serial":
            scanner = settings.scanner
            return SerialScanner(SerialLine("scanner", scanner.port, scanner.baud))
        case "fake":
            return FakeScanner()
        case "none":
            return None


def _buttons(settings: config.Devices) -> Buttons | None:
    match settings.buttons.driver:
        case "gpio":
            from hardware.buttons.gpio import GpioButtons, Wire  # slow to import

            contacts = settings.buttons.contacts.items()
            return GpioButtons({name: Wire(one.pin, one.pull) for name, one in contacts})
        case "keyboard":
            return KeyboardButtons()
        case "fake":
            return FakeButtons()
        case "none":
            return None

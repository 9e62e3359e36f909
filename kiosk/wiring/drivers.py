"""Picks the driver of each device by the class of its settings."""

from __future__ import annotations

import pwd
from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from hardware.speaker.fake import FakeSpeaker, FakeVoice
from hardware.speaker.pipewire import PipeWireSpeaker
from hardware.speaker.wav import WavSpeaker
from kiosk.devices.board import BoardWithIgnition
from kiosk.devices.speaker import SpeakerWithVoice
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
    SpeakerSettings,
)
from kiosk.wiring.sound import recorded_voice

if TYPE_CHECKING:
    from hardware.board.port import Board, Ignition, Readings
    from hardware.buttons.port import Buttons
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from hardware.speaker.port import Speaker
    from hardware.stick.port import Stick
    from kiosk.settings.config import Devices
    from kiosk.settings.config.section import Section
    from kiosk.system.paths import Paths


def drivers(settings: Devices, paths: Paths) -> dict[str, Any]:
    """The driver of each device that is there, by its name, not yet opened.

    Nothing stands in for another. Which port it fulfils its kind says: `kiosk.devices.kinds`.
    """
    return {
        name: _driver(device, name, paths) for name, device in settings.items() if device.is_there
    }


@singledispatch
def _driver(device: Section, _name: str, _paths: Paths) -> object:
    """The driver of a device, by the class of its settings."""
    raise _no_driver(device)


def _no_driver(device: Section) -> LookupError:
    """A fault of ours: never is it a reason to let something stand in."""
    return LookupError(f"no driver {device.driver!r} of a {device.kind} is wired")


def _own_folder(folder: Path, name: str, device: Section) -> Path:
    """Where the stand-in of a second device of its kind puts its files."""
    return folder if name == device.kind else folder / name


def board_readings(devices: Devices, paths: Paths) -> Readings | None:
    """One look at the computer, for doors beside the panel; None where it tells nothing."""
    device = devices.first(BoardSettings)
    if not device.is_there:
        return None
    board = _board(device, paths)
    try:
        board.open()
        return board.read()
    except HardwareError:
        return None
    finally:
        board.close()


@_driver.register(BoardSettings)
def _board_with_ignition(board: BoardSettings, _name: str, paths: Paths) -> BoardWithIgnition:
    return BoardWithIgnition(_board(board, paths), _ignition(board))


def _board(board: BoardSettings, paths: Paths) -> Board:
    match board.driver:
        case "linux":
            return LinuxBoard(Path(board.root), paths.data)
        case "fake":
            return FakeBoard()
    raise _no_driver(board)


def _ignition(board: BoardSettings) -> Ignition | None:
    if board.ignition_pin is not None:
        from hardware.board.gpio import GpioIgnition  # slow to import

        return GpioIgnition(board.ignition_pin, board.off_when)
    if board.driver == "linux" and board.ignition == "ups":
        return UpsIgnition(Path(board.root))
    return None


def plugged_stick(device: Path, place: Path, user: str, *, read_only: bool = False) -> Stick:
    """The stick of a partition, to be mounted at a place for that user alone."""
    from hardware.stick.linux import LinuxStick

    account = pwd.getpwnam(user)
    return LinuxStick(device, place, uid=account.pw_uid, gid=account.pw_gid, read_only=read_only)


@_driver.register(PrinterSettings)
def _printer(printer: PrinterSettings, name: str, paths: Paths) -> Printer:
    match printer.driver:
        case "serial":
            return _serial_printer(printer)
        case "file":
            return FilePrinter(_own_folder(paths.slips, name, printer))
        case "fake":
            return FakePrinter()
    raise _no_driver(printer)


def _serial_printer(printer: PrinterSettings) -> Printer:
    from hardware.printer.families import families
    from hardware.printer.serial import SerialPrinter  # this and the next bring Pillow
    from kiosk.drawing.paper.draw import WIDTH_PX

    family = families()[printer.family]
    line = SerialLine("printer", printer.port, printer.baud or family.baud)
    return SerialPrinter(line, family, printer.paper_mm, WIDTH_PX[printer.paper_mm])


@_driver.register(CallDisplaySettings)
def _call_display(display: CallDisplaySettings, _name: str, _paths: Paths) -> CallDisplay:
    line = SerialLine("call display", display.port, display.baud, display.framing)
    match display.driver:
        case "alpha":
            return AlphaDisplay(line, display.address)
        case "ditel":
            return DitelDisplay(line, display.address)
        case "segments":
            return SegmentDisplay(
                line, display.address, display.digits, display.ends, letter=display.letter
            )
        case "mqtt":
            from hardware.call_display.mqtt import MqttDisplay  # brings paho

            address = display.broker_address
            return MqttDisplay(*address, display.topic, display.user, display.password)
        case "fake":
            return FakeCallDisplay()
    raise _no_driver(display)


@_driver.register(SpeakerSettings)
def _speaker_with_voice(speaker: SpeakerSettings, name: str, paths: Paths) -> SpeakerWithVoice:
    voice = FakeVoice() if speaker.driver == "fake" else recorded_voice(paths)
    return SpeakerWithVoice(_speaker(speaker, _own_folder(paths.sounds, name, speaker)), voice)


def _speaker(speaker: SpeakerSettings, folder: Path) -> Speaker:
    match speaker.driver:
        case "alsa":
            return AlsaSpeaker(speaker.output)
        case "pipewire":
            return PipeWireSpeaker(speaker.output)
        case "wav":
            return WavSpeaker(folder)
        case "fake":
            return FakeSpeaker()
    raise _no_driver(speaker)


@_driver.register(LampSettings)
def _lamp(lamp: LampSettings, _name: str, _paths: Paths) -> Lamp:
    match lamp.driver:
        case "gpio":
            from hardware.lamp.gpio import GpioLamp  # slow to import

            return GpioLamp(lamp.pins)
        case "fake":
            return FakeLamp()
    raise _no_driver(lamp)


@_driver.register(ScannerSettings)
def _scanner(scanner: ScannerSettings, name: str, paths: Paths) -> Scanner:
    match scanner.driver:
        case "serial":
            return SerialScanner(SerialLine("scanner", scanner.port, scanner.baud))
        case "file":
            return FileScanner(paths.scans.with_name(name))
        case "fake":
            return FakeScanner()
    raise _no_driver(scanner)


@_driver.register(ButtonsSettings)
def _buttons(buttons: ButtonsSettings, _name: str, _paths: Paths) -> Buttons:
    match buttons.driver:
        case "gpio":
            from hardware.buttons.gpio import GpioButtons, Wire  # slow to import

            contacts = buttons.contacts.items()
            return GpioButtons({name: Wire(one.pin, one.pull) for name, one in contacts})
        case "keyboard":
            return KeyboardButtons()
        case "fake":
            return FakeButtons()
    raise _no_driver(buttons)

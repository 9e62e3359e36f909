"""The wires that the configuration names; None for what this box does not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware.board.port import Board, Ignition
    from hardware.buttons.port import Buttons
    from hardware.call_display.port import CallDisplay
    from hardware.lamp.port import Lamp
    from hardware.printer.port import Printer
    from hardware.scanner.port import Scanner
    from hardware.speaker.port import Speaker, Voice


@dataclass(frozen=True, slots=True)
class Devices:
    """One of each kind at most; chosen in `kiosk.wiring`."""

    printer: Printer | None = None
    buttons: Buttons | None = None
    call_display: CallDisplay | None = None
    speaker: Speaker | None = None
    lamp: Lamp | None = None
    scanner: Scanner | None = None
    board: Board | None = None
    ignition: Ignition | None = None
    voice: Voice | None = None

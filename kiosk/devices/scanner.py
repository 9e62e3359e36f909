"""Kind of device: the scanner for the codes of appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.kind import PRESS_WITHIN_S, DeviceKind, NoInput, opened
from kiosk.devices.staff_words import ITSELF, UNATTENDED, Words
from kiosk.settings.config.devices import ScannerSettings

if TYPE_CHECKING:
    from hardware.scanner.port import Scanner
    from kiosk.devices.kind import SelfTestContext


def _scan(scanner: Scanner, _settings: ScannerSettings, _context: SelfTestContext) -> str:
    with opened(scanner):
        scan = scanner.wait(PRESS_WITHIN_S)
    if scan is None:
        raise NoInput("Nothing was scanned", PRESS_WITHIN_S)
    if scan.digits is None:
        return "Something was scanned that is no code of an appointment."
    return f"A code of {len(scan.digits)} digits was scanned."


SCANNER = DeviceKind(
    settings=ScannerSettings,
    german="Scanner",
    page="scanner",
    self_test=_scan,
    prompt=f"Hold a code under the scanner within {PRESS_WITHIN_S:g} seconds.",
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Der Scanner liest keine Codes.",
            f"Codes lassen sich am Bildschirm eintippen. {ITSELF}",
        ),
        Trouble.ABSENT: Words(
            "nicht angeschlossen",
            "Der Scanner ist nicht angeschlossen.",
            "Bitte prüfen Sie das Kabel. Codes lassen sich am Bildschirm eintippen.",
        ),
    },
)

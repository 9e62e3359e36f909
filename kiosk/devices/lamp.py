"""Kind of device: the lamps beside the buttons."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.kind import DeviceKind, opened
from kiosk.devices.staff_words import CALL, Words
from kiosk.settings.config.devices import LampSettings

if TYPE_CHECKING:
    from hardware.lamp.port import Lamp
    from kiosk.devices.kind import SelfTestContext

FLASH_S = 1.0


def _flash(lamp: Lamp, settings: LampSettings, _context: SelfTestContext) -> str:
    with opened(lamp):
        for name in settings.wired:
            lamp.flash(name, FLASH_S)
        time.sleep(FLASH_S)
        return f"These lamps lit up: {', '.join(settings.wired)}."


LAMP = DeviceKind(
    settings=LampSettings,
    german="Lampen",
    page="buttons",
    self_test=_flash,
    nodes={"gpio": "dev/gpiochip*"},
    words={
        Trouble.ABSENT: Words(
            "nicht angeschlossen",
            "Die Lampen sind nicht angeschlossen.",
            f"Die Tasten zählen auch ohne Licht. {CALL}",
        ),
    },
)

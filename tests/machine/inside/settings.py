"""Names the wires of the emulated box in its config.toml: `settings.py CONFIG`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from kiosk.settings import config
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
    SpeakerSettings,
)

OFF_AFTER_S = 20
FAMILY: Literal["epson_tm"] = "epson_tm"
LAMPS = {"smiley.1": 17, "smiley.5": 27}

WIRES = Devices(
    buttons=ButtonsSettings(driver="gpio"),
    lamp=LampSettings(driver="gpio", pins=LAMPS),
    printer=PrinterSettings(
        driver="serial", family=FAMILY, port="/dev/serial/by-id/usb-*_printer-*"
    ),
    scanner=ScannerSettings(driver="serial", port="/dev/serial/by-id/usb-*_scanner-*"),
    call_display=CallDisplaySettings(driver="none"),
    speaker=SpeakerSettings(driver="alsa"),
    board=BoardSettings(driver="linux", ignition="gpio", off_after_s=OFF_AFTER_S),
)


def main(path: Path) -> None:
    settings = replace(config.load_config(path), clock="always trusted", devices=WIRES)
    path.write_text(config.to_toml(settings), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Names the wires of the emulated box, or its server: `settings.py [--upload URL] CONFIG`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from kiosk.settings import config
from kiosk.settings.config import Devices, UploadSettings
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
AUTHORITY = "/etc/kiosk/ca.pem"
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


def main(path: Path, server: str = "") -> None:
    settings = config.load_config(path)
    if server:
        settings = replace(settings, upload=UploadSettings("https", server, ca_file=AUTHORITY))
    else:
        settings = replace(settings, clock="always trusted", devices=WIRES)
    path.write_text(config.to_toml(settings), encoding="utf-8")


if __name__ == "__main__":
    *upload, config_file = sys.argv[1:]
    main(Path(config_file), *upload[1:])

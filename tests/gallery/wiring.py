"""The wiring of a whole box: into var/gallery, and with `--docs` into docs/pictures."""

from pathlib import Path

import click
from msgspec.structs import replace

from kiosk.operate.wiring_diagram.box import draw_wiring
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import (
    CONTACTS,
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    Contact,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
    SpeakerSettings,
)

ROOT = Path(__file__).parents[2]
IN_DOCS = ROOT / "docs" / "pictures" / "wiring.svg"

_KEYS = {"key.up": 16, "key.down": 20, "key.ok": 12, "key.back": 25}
_LAMPS = {"smiley.1": 17, "smiley.2": 27, "smiley.3": 22, "smiley.4": 23, "smiley.5": 18}
_KEY_CONTACTS = {name: Contact(pin) for name, pin in _KEYS.items()}
WHOLE = Devices(
    printer=replace(PrinterSettings(), driver="serial", port="/dev/serial/by-id/usb-*Printer*"),
    buttons=ButtonsSettings(driver="gpio", contacts={**CONTACTS, **_KEY_CONTACTS}),
    lamp=LampSettings(driver="gpio", pins=_LAMPS),
    call_display=CallDisplaySettings(driver="ditel", port="/dev/serial0"),
    speaker=replace(SpeakerSettings(), driver="alsa"),
    scanner=replace(ScannerSettings(), driver="serial", port="/dev/serial/by-id/usb-*Scanner*"),
    board=replace(BoardSettings(), driver="linux", ignition="gpio", off_when="high"),
)
"""A box with everything that can be wired."""


def picture() -> str:
    """What docs/pictures shows."""
    return draw_wiring(WHOLE, "A box with everything")


@click.command()
@click.option("--docs", is_flag=True, help="Renew the picture in docs/pictures too.")
def main(*, docs: bool) -> None:
    """Draw it."""
    folder = ROOT / "var" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for file in (folder / "wiring.svg", *([IN_DOCS] if docs else [])):
        file.write_text(picture(), encoding="utf-8")
        click.echo(f"Drawn: {file}")


if __name__ == "__main__":
    main()

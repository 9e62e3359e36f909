"""Pins in the configuration: what cannot be wired."""

from pathlib import Path

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, Devices
from kiosk.settings.config.devices import (
    BUTTONS,
    BoardSettings,
    ButtonsSettings,
    Contact,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
)
from kiosk.settings.config.validation import device_faults


def wired(**contacts: Contact) -> ButtonsSettings:
    return ButtonsSettings(
        driver="gpio", contacts={f"key.{key}": one for key, one in contacts.items()}
    )


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (
            Devices(buttons=wired(ok=Contact(28))),
            "devices.buttons.contacts.key.ok: there is no GPIO 28, only 0 to 27",
        ),
        (
            Devices(buttons=wired(up=Contact(5), ok=Contact(5))),
            "devices.buttons.contacts.key.ok: GPIO 5 is taken by devices.buttons.contacts.key.up",
        ),
        (
            Devices(buttons=wired(up=Contact(5)), lamp=LampSettings("gpio", {"key.up": 5})),
            "devices.lamp.pins.key.up: GPIO 5 is taken by devices.buttons.contacts.key.up",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(4)), board=BoardSettings("linux", ignition="gpio", pin=4)
            ),
            "devices.buttons.contacts.key.ok: GPIO 4 is taken by devices.board.pin",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(15)), scanner=ScannerSettings("serial", "/dev/serial0")
            ),
            "devices.buttons.contacts.key.ok: GPIO 15 is taken by devices.scanner.port",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(14)), scanner=ScannerSettings("serial", "/dev/ttyAMA[0]")
            ),
            "devices.buttons.contacts.key.ok: GPIO 14 is taken by devices.scanner.port",
        ),
        (
            Devices(buttons=wired(ok=Contact(3, "down"))),
            "devices.buttons.contacts.key.ok: the board itself pulls GPIO 3 up, not down",
        ),
        (
            Devices(buttons=ButtonsSettings(contacts={"smiley.6": Contact(5)})),
            "devices.buttons.contacts: there is no button 'smiley.6'; there are "
            + ", ".join(BUTTONS),
        ),
        (
            Devices(lamp=LampSettings(pins={"door": 5})),
            "devices.lamp.pins: there is no button 'door'; there are " + ", ".join(BUTTONS),
        ),
        (
            Devices(buttons=ButtonsSettings("gpio", {})),
            "devices.buttons.contacts: the driver gpio needs a pin for each button",
        ),
        (
            Devices(lamp=LampSettings("gpio")),
            "devices.lamp.pins: the driver gpio needs a pin for each lamp",
        ),
    ],
)
def test_pin_conflicts_are_reported(devices: Devices, sentence: str) -> None:
    assert device_faults(devices) == [sentence]


def test_a_fault_about_pins_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    devices = Devices(buttons=wired(ok=Contact(28), up=Contact(40)))
    path.write_text(config.to_toml(Config("town", devices=devices)))
    with pytest.raises(ConfigErrors) as refusal:
        config.load_config(path)
    lines = path.read_text().splitlines()
    told = [
        (lines[each.line - 1][:8], each.what.removeprefix("devices.buttons.contacts."))
        for each in refusal.value.faults
    ]
    assert told == [
        ('"key.ok"', "key.ok: there is no GPIO 28, only 0 to 27"),
        ('"key.up"', "key.up: there is no GPIO 40, only 0 to 27"),
    ]


def test_pins_of_absent_devices_are_not_checked() -> None:
    usual = ButtonsSettings(contacts={"next": Contact(99)})
    elsewhere = Devices(
        printer=PrinterSettings("file", port="/dev/serial0"),
        buttons=usual,
        board=BoardSettings(pin=15),
    )
    assert device_faults(elsewhere) == []
    assert device_faults(Devices(buttons=ButtonsSettings("gpio"))) == []

"""What the doctor says of configuration, profile and devices."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.call_display import CALL_DISPLAY
from kiosk.devices.finding import Finding, Result
from kiosk.devices.kind import Checkup
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.settings import configuration, devices, pins, profile
from kiosk.settings import profiles
from kiosk.settings.config import DEVICE_KINDS, Config, Devices, bus_config, to_toml
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    LampSettings,
)
from kiosk.system.paths import ASSETS
from kiosk.wiring.box import open_kiosk
from kiosk.wiring.sound import recorded_voice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profile = "gelsenkirchen"\nprinter = "x"\n', "printer"),
        ('profile = "gelsenkirchen"\n[console]\nport = "x"\n', "port"),
        ('profile = "gelsenkirchen"\n[console]\nport = 99999\n', "port"),
        ("profile = ", "config.toml"),
        ('profile = "\xff', "config.toml"),
    ],
)
def test_an_unreadable_configuration(host: Host, text: str, said: str) -> None:
    host.paths.config.write_bytes(text.encode("latin-1"))
    found = configuration(host)
    assert (found.result, said in found.cause) == (Result.FAILURE, True)


@pytest.mark.parametrize(
    ("mode", "result", "writer"),
    [
        (0o660, Result.WARNING, "every user of its group"),
        (0o646, Result.FAILURE, "every user of this machine"),
        (0o640, Result.OK, ""),
    ],
)
def test_settings_that_others_can_change(
    host: Host, caplog: pytest.LogCaptureFixture, mode: int, result: Result, writer: str
) -> None:
    host.paths.config.chmod(mode)
    found = configuration(host)
    assert found.result is result
    assert writer in found.cause
    open_kiosk(host.paths).office.database.close()
    told = f"can be changed by {writer}" in caplog.text
    assert told == (result is not Result.OK), "it is told at the start too"


def test_the_settings_of_a_desk_do_not_fit_a_bus(appliance: Host) -> None:
    assert "clock" in configuration(appliance).remedy

    text = to_toml(bus_config("gelsenkirchen"))
    appliance.paths.config.write_text(text.replace('host = "0.0.0.0"', 'host = "::1"'))
    assert "host" in configuration(appliance).remedy

    appliance.paths.config.write_text(text)
    assert configuration(appliance).result is Result.OK


def test_a_profile_with_faults_or_missing(host: Host, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.toml"
    faulty.write_text("name = 3\n")
    host.paths.config.write_text(to_toml(Config(str(faulty))))
    assert profile(host).result is Result.FAILURE

    faulty.unlink()
    found = profile(host)
    assert (found.result, "kiosk profile check" in found.remedy) == (Result.FAILURE, True)


def test_stand_ins_are_named(host: Host) -> None:
    host.paths.config.write_text(
        to_toml(Config("gelsenkirchen", devices=Devices(buttons=ButtonsSettings(driver="none"))))
    )
    found = devices(host)
    assert (found.result, "printer (file)" in found.cause) == (Result.WARNING, True)
    assert "buttons" not in found.cause


def test_where_nothing_is_connected_nothing_is_played(host: Host) -> None:
    host.paths.config.write_text(to_toml(Config("gelsenkirchen").without(DEVICE_KINDS)))
    assert devices(host).result is Result.OK


def test_buttons_without_a_gpio_chip(host: Host) -> None:
    assert pins(host).result is Result.OK

    host.paths.config.write_text(
        to_toml(Config("gelsenkirchen", devices=Devices(buttons=ButtonsSettings(driver="gpio"))))
    )
    assert "no GPIO pins" in pins(host).cause

    (host.root / "dev").mkdir(parents=True)
    (host.root / "dev/gpiochip0").touch()
    assert "lgpio" in pins(replace(host, drives_pins=lambda: False)).cause
    assert pins(replace(host, drives_pins=lambda: True)).result is Result.OK


def test_lamps_alone_need_pins_too(host: Host) -> None:
    lamp = LampSettings(driver="gpio", pins={"smiley.5": 17})
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=Devices(lamp=lamp))))
    found = pins(host)
    assert (found.result, "[devices.lamp]" in found.remedy) == (Result.FAILURE, True)


def test_an_unused_ignition_pin_needs_no_gpio_chip(host: Host) -> None:
    board = BoardSettings(driver="none", ignition="gpio")
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=Devices(board=board))))
    assert pins(host).result is Result.OK


def test_pins_that_cannot_be_wired_so_are_a_fault_of_the_configuration(host: Host) -> None:
    lamp = LampSettings(driver="gpio", pins={"smiley.5": 26})
    both = Devices(buttons=ButtonsSettings(driver="gpio"), lamp=lamp)
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=both)))
    found = configuration(host)
    assert found.result is Result.FAILURE
    assert "devices.lamp.pins.smiley.5: GPIO 26 is taken by" in found.cause


def test_a_display_of_digits_cannot_show_two_letters(host: Host) -> None:
    def looked_at() -> Finding | None:
        config = host.settings()
        checkup = Checkup(
            lambda: profiles.load_profile(config.profile),
            lambda: recorded_voice(host.paths),
            lambda: None,
        )
        return CALL_DISPLAY.check(config.devices.first(CallDisplaySettings), checkup)

    assert looked_at() is None

    digits = Devices(call_display=CallDisplaySettings(driver="segments"))
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=digits)))
    found = looked_at()
    assert found
    assert (found.result, "A, B" in found.cause) == (Result.WARNING, True)

    silent = host.paths.config.with_name("silent.toml")
    shipped = (ASSETS / "profiles" / "gelsenkirchen.toml").read_text(encoding="utf-8")
    silent.write_text(f"number_shows_group = false\n{shipped}")
    host.paths.config.write_text(to_toml(Config(str(silent), devices=digits)))
    assert looked_at() is None, "numbers have no letters there"

    letters = Devices(call_display=CallDisplaySettings(driver="segments", letter=True))
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=letters)))
    assert looked_at() is None

    beyond = host.paths.config.with_name("beyond.toml")
    beyond.write_text(shipped.replace('letter = "A"', 'letter = "G"').replace('"B"', '"H"'))
    host.paths.config.write_text(to_toml(Config(str(beyond), devices=letters)))
    found = looked_at()
    assert found
    assert (found.result, "G, H" in found.cause) == (Result.WARNING, True)

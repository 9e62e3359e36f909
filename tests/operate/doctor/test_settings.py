"""What the doctor says of configuration, profile and devices."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.call_display import CALL_DISPLAY
from kiosk.devices.finding import Finding, Result
from kiosk.devices.kind import Checkup
from kiosk.operate.doctor.place import Place
from kiosk.operate.doctor.settings import configuration, devices, pins, profile
from kiosk.settings import profiles
from kiosk.settings.config import DEVICE_KINDS, Config, Devices, bus_config, to_toml
from kiosk.settings.config.devices import Board, Buttons, CallDisplay, Lamp
from kiosk.system.paths import ASSETS
from kiosk.wiring import recorded_voice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profile = "gelsenkirchen"\nprinter = "x"\n', "printer"),
        ('profile = "gelsenkirchen"\n[console]\nport = "x"\n', "port"),
        ("profile = ", "config.toml"),
        ('profile = "\xff', "config.toml"),
    ],
)
def test_a_configuration_that_nobody_understands(place: Place, text: str, said: str) -> None:
    place.paths.config.write_bytes(text.encode("latin-1"))
    found = configuration(place)
    assert (found.result, said in found.cause) == (Result.FAILURE, True)


def test_the_settings_of_a_desk_do_not_fit_a_bus(appliance: Place) -> None:
    assert "clock" in configuration(appliance).remedy

    text = to_toml(bus_config("gelsenkirchen"))
    appliance.paths.config.write_text(text.replace('host = "0.0.0.0"', 'host = "::1"'))
    assert "host" in configuration(appliance).remedy

    appliance.paths.config.write_text(text)
    assert configuration(appliance).result is Result.OK


def test_a_profile_with_faults_or_gone(place: Place, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.toml"
    faulty.write_text("name = 3\n")
    place.paths.config.write_text(to_toml(Config(str(faulty))))
    assert profile(place).result is Result.FAILURE

    faulty.unlink()
    found = profile(place)
    assert (found.result, "kiosk profile check" in found.remedy) == (Result.FAILURE, True)


def test_stand_ins_are_named(place: Place) -> None:
    place.paths.config.write_text(
        to_toml(Config("gelsenkirchen", devices=Devices(buttons=Buttons(driver="none"))))
    )
    found = devices(place)
    assert (found.result, "printer (file)" in found.cause) == (Result.WARNING, True)
    assert "buttons" not in found.cause


def test_where_nothing_is_connected_nothing_is_played(place: Place) -> None:
    place.paths.config.write_text(to_toml(Config("gelsenkirchen").without(DEVICE_KINDS)))
    assert devices(place).result is Result.OK


def test_buttons_on_pins_that_nobody_can_read(place: Place) -> None:
    assert pins(place).result is Result.OK

    place.paths.config.write_text(
        to_toml(Config("gelsenkirchen", devices=Devices(buttons=Buttons(driver="gpio"))))
    )
    assert "no GPIO pins" in pins(place).cause

    (place.root / "dev").mkdir(parents=True)
    (place.root / "dev/gpiochip0").touch()
    assert "lgpio" in pins(replace(place, drives_pins=lambda: False)).cause
    assert pins(replace(place, drives_pins=lambda: True)).result is Result.OK


def test_lamps_alone_need_pins_too(place: Place) -> None:
    lamp = Lamp(driver="gpio", pins={"smiley.5": 17})
    place.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=Devices(lamp=lamp))))
    found = pins(place)
    assert (found.result, "[devices.lamp]" in found.remedy) == (Result.FAILURE, True)


def test_a_pin_of_an_ignition_that_nobody_reads_needs_no_pins(place: Place) -> None:
    board = Board(driver="none", ignition="gpio")
    place.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=Devices(board=board))))
    assert pins(place).result is Result.OK


def test_pins_that_cannot_be_wired_so_are_a_fault_of_the_configuration(place: Place) -> None:
    lamp = Lamp(driver="gpio", pins={"smiley.5": 26})
    both = Devices(buttons=Buttons(driver="gpio"), lamp=lamp)
    place.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=both)))
    found = configuration(place)
    assert found.result is Result.FAILURE
    assert "devices.lamp.pins.smiley.5: GPIO 26 is taken by" in found.cause


def test_a_display_of_digits_cannot_tell_two_letters_apart(place: Place) -> None:
    def looked_at() -> Finding | None:
        config = place.settings()
        checkup = Checkup(
            lambda: profiles.load_profile(config.profile),
            lambda: recorded_voice(place.paths),
            lambda: None,
        )
        return CALL_DISPLAY.check(config.devices.first(CallDisplay), checkup)

    assert looked_at() is None

    digits = Devices(call_display=CallDisplay(driver="segments"))
    place.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=digits)))
    found = looked_at()
    assert found
    assert (found.result, "A, B" in found.cause) == (Result.WARNING, True)

    letters = Devices(call_display=CallDisplay(driver="segments", letter=True))
    place.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=letters)))
    assert looked_at() is None

    shipped = ASSETS / "profiles" / "gelsenkirchen.toml"
    beyond = place.paths.config.with_name("beyond.toml")
    text = shipped.read_text(encoding="utf-8")
    beyond.write_text(text.replace('letter = "A"', 'letter = "G"').replace('"B"', '"H"'))
    place.paths.config.write_text(to_toml(Config(str(beyond), devices=letters)))
    found = looked_at()
    assert found
    assert (found.result, "G, H" in found.cause) == (Result.WARNING, True)

"""Checks of the configuration, the profile and the devices it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.settings import profiles
from kiosk.settings.config import ConfigErrors
from kiosk.settings.config.permissions import writable_by

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config import Config

_OUT_OF_SIGHT = ("/home/", "/root/", "/tmp/")  # noqa: S108 - hidden from the services


def configuration(host: Host) -> Finding:
    """Readable, understood, and fit for a bus where this is one."""
    try:
        settings = host.settings()
    except ConfigErrors as errors:
        return failure(
            "\n".join(errors.lines()),
            "Correct that, or create the device: kiosk init --profile NAME.",
        )
    if others := writable_by(host.paths.config):
        by = failure if "machine" in others else warning
        return by(
            f"{host.paths.config} can be changed by {others}: with it, where counts are sent.",
            f"Run: chmod g-w,o-w {host.paths.config}.",
        )
    if host.is_appliance:
        return _for_a_bus(settings)
    return ok(f"{host.paths.config} is understood.")


def _for_a_bus(settings: Config) -> Finding:
    if settings.trust_always:
        return warning(
            "The clock is trusted from the start, though a Raspberry Pi has none of its own.",
            'Set in config.toml: clock = "trusted when synchronised".',
        )
    if settings.console.for_this_machine_only:
        return warning(
            "Only this machine can open the staff pages.",
            'Set in config.toml under [console]: host = "0.0.0.0".',
        )
    return ok("config.toml is understood and fits a bus.")


def profile(host: Host) -> Finding:
    """Without faults, and where the services can read it."""
    name = host.settings().profile
    try:
        profiles.load_profile(name)
    except profiles.ProfileErrors as error:
        return failure(str(error), f"Correct it, then look again: kiosk profile check {name}.")
    if host.is_appliance and str(Path(name)).startswith(_OUT_OF_SIGHT):
        return failure(
            f"The services cannot see {name}.",
            f"Copy it to {host.paths.data}, and set that path as profile in config.toml.",
        )
    return ok(f"The profile {name} has no faults.")


def devices(host: Host) -> Finding:
    """A stand-in is never silent: buttons that count nothing for a month are the worst bug."""
    named = host.settings().devices
    if named.stand_ins:
        named_drivers = ", ".join(f"{name} ({named[name].driver})" for name in named.stand_ins)
        return warning(
            f"Runs with stand-ins: {named_drivers}.",
            "Name the real drivers under [devices] in config.toml once the devices are connected;"
            ' what this box will never have: driver = "none".',
        )
    return ok("No stand-ins run.")


def pins(host: Host) -> Finding:
    """What hangs on GPIO needs the kernel's pins and the library that drives them."""
    settings = host.settings().devices
    on_pins = [name for name, device in settings.items() if any(device.pin_uses())]
    if not on_pins:
        return ok("Nothing hangs on pins.")
    if not any((host.root / "dev").glob("gpiochip*")):
        sections = ", ".join(f"[devices.{name}]" for name in on_pins)
        return failure(
            "This machine has no GPIO pins.",
            f'Set in config.toml something else than "gpio" under {sections}.',
        )
    if not host.drives_pins():
        return failure(
            "The Python library lgpio is missing or empty.",
            "Set Radhaus up again: rm .venv/setup-stamp, then script/setup.",
        )
    return ok(f"There are pins for: {', '.join(on_pins)}.")

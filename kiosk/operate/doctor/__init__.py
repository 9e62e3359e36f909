"""Health checks of a box: what is wrong, and what to do about it.

A new check is a function from `Host` to `Finding`, and its name in `CHECKS`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from kiosk.devices.finding import Finding, Result, failure, not_looked_at
from kiosk.operate.doctor.appearance import display, fonts, text_shaping, texts
from kiosk.operate.doctor.backups import backup
from kiosk.operate.doctor.certificate import certificate
from kiosk.operate.doctor.counts import closing, lost_numbers, open_visit, visit_profile
from kiosk.operate.doctor.encryption import encryption
from kiosk.operate.doctor.files import data_folder, database, disk, disk_space, ledger
from kiosk.operate.doctor.machine import clock, doors, python, services, sqlite
from kiosk.operate.doctor.network import logins, phones, port, wifi
from kiosk.operate.doctor.pane import pane
from kiosk.operate.doctor.settings import configuration, devices, pins, profile
from kiosk.operate.doctor.updates import update
from kiosk.operate.doctor.upload import upload
from kiosk.operate.doctor.usb import usb
from kiosk.operate.doctor.voice import voice
from kiosk.operate.doctor.wires import device
from kiosk.settings.config import DEVICE_KINDS, ConfigErrors
from kiosk.settings.profiles import ProfileErrors
from kiosk.system.clock import now as clock_now
from kiosk.system.health_report import HealthCheck, HealthReport, save_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.trouble import Trouble
    from kiosk.operate.doctor.host import Host

CHECKS: tuple[Callable[[Host], Finding], ...] = (
    python,
    sqlite,
    data_folder,
    disk,
    disk_space,
    encryption,
    database,
    lost_numbers,
    ledger,
    backup,
    configuration,
    profile,
    texts,
    fonts,
    text_shaping,
    display,
    pane,
    voice,
    devices,
    usb,
    pins,
    clock,
    open_visit,
    visit_profile,
    closing,
    port,
    certificate,
    phones,
    wifi,
    logins,
    upload,
    update,
    services,
    doors,
)
"""In the order in which a technician mends things. A check is called by its function's name.

After `pins` comes each device, by its own name.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """One check with what it found; `kind` is that of a device, the rest as in `Finding`."""

    name: str
    result: Result
    cause: str
    remedy: str
    kind: str
    examined: bool
    variant: str = ""
    troubles: tuple[Trouble, ...] = ()


def run_checks(host: Host) -> list[Report]:
    """Every check, whatever the others found."""
    found: list[Report] = []
    for check in CHECKS:
        found.append(_report(check.__name__, "", check, host))
        if check is pins:
            found += [
                _report(name, kind, partial(device, name=name), host)
                for name, kind in _devices(host).items()
            ]
    return found


def keep_report(host: Host, found: list[Report]) -> None:
    """Keep a report for staff pages and upload, which may not look themselves. Raises `OSError`."""
    now = clock_now(trust_always=False)
    trusted = now.trusted or _trusts_always(host)
    checks = msgspec.convert(found, list[HealthCheck], from_attributes=True)
    save_report(host.paths, HealthReport(replace(now, trusted=trusted).as_text(), checks))


def _trusts_always(host: Host) -> bool:
    try:
        return host.settings().trust_always
    except ConfigErrors:
        return False


def _devices(host: Host) -> Mapping[str, str]:
    """The kind of each by its name."""
    try:
        return {name: section.kind for name, section in host.settings().devices.items()}
    except ConfigErrors:
        return {kind: kind for kind in DEVICE_KINDS}


def _report(name: str, kind: str, check: Callable[[Host], Finding], host: Host) -> Report:
    found = _finding(check, host)
    return Report(
        name,
        found.result,
        found.cause,
        found.remedy,
        kind,
        found.examined,
        found.variant,
        found.troubles,
    )


def _finding(check: Callable[[Host], Finding], host: Host) -> Finding:
    try:
        return check(host)
    except ConfigErrors:
        return not_looked_at("config.toml cannot be read", "Mend the configuration first.")
    except ProfileErrors:
        return not_looked_at("the profile has faults", "Mend the profile first.")
    except FileNotFoundError as error:
        return not_looked_at(f"{error.filename} is missing", "Mend the others first.")
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return Finding(
            Result.FAILURE,
            f"Could not be looked at: {reason}.",
            "Run the doctor as root: sudo kiosk doctor.",
            examined=False,
        )
    except Exception as error:  # noqa: BLE001 - a check that falls over must not hide the others
        return failure(f"The check itself failed: {error!r}.", "Please report this sentence.")

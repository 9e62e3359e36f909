"""Health checks of a box: what is wrong, and what to do about it.

A new check is a function from `Host` to `Finding`, and its name in `CHECKS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, Result, failure, warning
from kiosk.operate.doctor.appearance import display, fonts, text_shaping, texts
from kiosk.operate.doctor.backups import backup
from kiosk.operate.doctor.certificate import certificate
from kiosk.operate.doctor.counts import closing, lost_numbers, open_visit, visit_profile
from kiosk.operate.doctor.files import data_folder, database, disk, disk_space, ledger
from kiosk.operate.doctor.machine import clock, doors, python, services, sqlite
from kiosk.operate.doctor.network import logins, phones, port
from kiosk.operate.doctor.pane import pane
from kiosk.operate.doctor.settings import configuration, devices, pins, profile
from kiosk.operate.doctor.upload import upload
from kiosk.operate.doctor.voice import voice
from kiosk.operate.doctor.wires import device
from kiosk.settings.config import DEVICE_KINDS, ConfigErrors
from kiosk.settings.profiles import ProfileErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kiosk.operate.doctor.host import Host

CHECKS: tuple[Callable[[Host], Finding], ...] = (
    python,
    sqlite,
    data_folder,
    disk,
    disk_space,
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
    pins,
    clock,
    open_visit,
    visit_profile,
    closing,
    port,
    certificate,
    phones,
    logins,
    upload,
    services,
    doors,
)
"""In the order in which a technician mends things. A check is called by its function's name.

After `pins` comes each device, by its own name.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """One check with what it found."""

    name: str
    result: Result
    cause: str
    remedy: str


def run_checks(host: Host) -> list[Report]:
    """Every check, whatever the others found."""
    return [_report(name, check, host) for name, check in _checks(host)]


def _checks(host: Host) -> Iterator[tuple[str, Callable[[Host], Finding]]]:
    for check in CHECKS:
        yield check.__name__, check
        if check is pins:
            yield from ((name, partial(device, name=name)) for name in _devices(host))


def _devices(host: Host) -> Iterable[str]:
    try:
        return host.settings().devices
    except ConfigErrors:
        return DEVICE_KINDS


def _report(name: str, check: Callable[[Host], Finding], host: Host) -> Report:
    finding = _finding(check, host)
    return Report(name, finding.result, finding.cause, finding.remedy)


def _finding(check: Callable[[Host], Finding], host: Host) -> Finding:
    try:
        return check(host)
    except ConfigErrors:
        return warning(
            "Not looked at: config.toml cannot be read.", "Mend the configuration first."
        )
    except ProfileErrors:
        return warning("Not looked at: the profile has faults.", "Mend the profile first.")
    except FileNotFoundError as error:
        return warning(f"Not looked at: {error.filename} is missing.", "Mend the others first.")
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return failure(
            f"Could not be looked at: {reason}.", "Run the doctor as root: sudo kiosk doctor."
        )
    except Exception as error:  # noqa: BLE001 - a check that falls over must not hide the others
        return failure(f"The check itself failed: {error!r}.", "Please report this sentence.")

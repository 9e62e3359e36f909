"""Says what is wrong with a device and what to do about it.

A new check is a function from `Place` to `Finding`, and its name in `CHECKS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.operate.doctor.appearance import display, fonts, text_shaping, texts
from kiosk.operate.doctor.files import data_folder, database, disk, disk_space, ledger
from kiosk.operate.doctor.finding import Finding, Result, failure, warning
from kiosk.operate.doctor.machine import clock, python, services, sqlite
from kiosk.operate.doctor.network import phones, port
from kiosk.operate.doctor.settings import configuration, devices, pins, profile
from kiosk.operate.doctor.wires import (
    board,
    buttons,
    call_display,
    lamp,
    printer,
    scanner,
    speaker,
)
from kiosk.settings.config import ConfigErrors
from kiosk.settings.profiles import ProfileErrors

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.operate.doctor.place import Place

CHECKS: tuple[Callable[[Place], Finding], ...] = (
    python,
    sqlite,
    data_folder,
    disk,
    disk_space,
    database,
    ledger,
    configuration,
    profile,
    texts,
    fonts,
    text_shaping,
    display,
    devices,
    pins,
    printer,
    buttons,
    lamp,
    call_display,
    speaker,
    scanner,
    board,
    clock,
    port,
    phones,
    services,
)
"""In the order in which a technician mends things. A check is called by its function's name."""


@dataclass(frozen=True, slots=True)
class Report:
    """One check with what it found."""

    name: str
    result: Result
    cause: str
    remedy: str


def examine(place: Place) -> list[Report]:
    """Every check, whatever the others found."""
    return [_report(check, place) for check in CHECKS]


def _report(check: Callable[[Place], Finding], place: Place) -> Report:
    finding = _finding(check, place)
    return Report(check.__name__, finding.result, finding.cause, finding.remedy)


def _finding(check: Callable[[Place], Finding], place: Place) -> Finding:
    try:
        return check(place)
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

"""Delivery to a mounted stick: close what is due, write what it has not got yet, read it back.

A backup goes along where the settings say so.
"""

from __future__ import annotations

import errno
import logging
import os
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import KioskError
from kiosk.domain.stick import StickState
from kiosk.export.errors import ExportError
from kiosk.export.package import build_package, closed_periods
from kiosk.export.targets.folder import FolderTarget
from kiosk.export.targets.stick_marker import is_own
from kiosk.export.verification.examination import has_package
from kiosk.operate.backup.backup import back_up
from kiosk.operate.closing import close_if_due
from kiosk.service.sticks import report_stick, stick_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.export.package import Package
    from kiosk.wiring.box import Kiosk

_STATES: Final = {
    errno.ENOSPC: StickState.FULL,
    errno.EDQUOT: StickState.FULL,
    errno.EFBIG: StickState.FULL,
    errno.EROFS: StickState.PROTECTED,
    errno.EACCES: StickState.PROTECTED,
    errno.EPERM: StickState.PROTECTED,
    errno.EIO: StickState.PULLED,
    errno.ENODEV: StickState.PULLED,
    errno.ENXIO: StickState.PULLED,
    errno.ESHUTDOWN: StickState.PULLED,
    errno.EUCLEAN: StickState.BROKEN,
}

log = logging.getLogger(__name__)


class ReadBackDiffers(ExportError):
    """What was written is not what is there."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, "does not hold what was written; use another stick")


def deliver_to_stick(kiosk: Kiosk, folder: Path, report: Callable[[str], None]) -> StickState:
    """Write to a mounted stick. Whatever goes wrong there is an answer; the box goes on."""
    try:
        return _deliver(kiosk, folder, report)
    except ExportError as error:
        report(str(error))
        return stick_state_of(error)
    except KioskError as error:
        report(str(error))
    except Exception:  # the border to a stranger's file system
        log.exception("The stick met an unexpected error.")
    return StickState.FAILED


def _deliver(kiosk: Kiosk, folder: Path, report: Callable[[str], None]) -> StickState:
    if not is_own(folder, stick_code(kiosk.office)):
        return StickState.FOREIGN
    report_stick(kiosk.office, StickState.WRITING, kiosk.now())
    close_if_due(kiosk, report)
    database, target, state = kiosk.office.database, FolderTarget(folder), StickState.NOTHING_CLOSED
    for period in closed_periods(database):
        package = build_package(database, period)
        if has_package(folder, package):
            state = StickState.NOTHING_NEW if state is StickState.NOTHING_CLOSED else state
        else:
            place = target.put(package).place
            _read_back(folder, package)
            report(f"Written: {place}")
            state = StickState.DONE
    backup = kiosk.config.backup
    if backup.to_stick and backup.recipient:
        report(f"Written: {back_up(kiosk, folder, backup.keep)}")
    return state


def _read_back(folder: Path, package: Package) -> None:
    """From the stick itself: what the kernel keeps of it in memory is dropped before."""
    place = folder / package.name
    try:
        for name, content in package.files.items():
            file = os.open(place / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(file, "rb") as stream:
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
                if stream.read(len(content) + 1) != content:
                    raise ReadBackDiffers(place)
    except OSError as error:
        raise ReadBackDiffers(place) from error


def stick_state_of(error: ExportError) -> StickState:
    """The state that staff see of an error."""
    if isinstance(error.__cause__, OSError):
        return _STATES.get(error.__cause__.errno or 0, StickState.FAILED)
    return StickState.BROKEN if isinstance(error, ReadBackDiffers) else StickState.FAILED

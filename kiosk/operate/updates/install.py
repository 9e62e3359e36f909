"""Installation of an update: checked first, written into the slot that does not run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.domain.errors import KioskError, Refused
from kiosk.operate.updates.record import UpdateRecord, UpdateState, read_record, write_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.operate.updates.slots import Slots


class NotNewer(Refused):
    """An older program could not read what a newer one has written."""

    def __init__(self, version: str, running: str) -> None:
        self.version, self.running = version, running
        super().__init__(
            f"The update has version {version}, and {running} runs: only a newer one is installed."
        )


def install_update(
    path: Path, running: str, bundle: Path, slots: Slots, progress: Callable[[str], None]
) -> UpdateRecord:
    """Write the update; the next start tries it. `path` is that of the record.

    Raises `RaucFailed` for what nobody trusted has signed, `NotNewer`.
    """
    version = slots.inspect(bundle).version
    if version_order(version) <= version_order(running):
        raise NotNewer(version, running)
    record = UpdateRecord(version, running, UpdateState.INSTALLING)
    write_record(path, record)
    try:
        slots.install(bundle, progress)
    except KioskError as error:
        write_record(path, replace(record, state=UpdateState.INTERRUPTED, reason=str(error)))
        raise
    waiting = replace(record, state=UpdateState.WAITING)
    write_record(path, waiting)
    return waiting


def install_incoming(
    path: Path, running: str, incoming: Path, slots: Slots, progress: Callable[[str], None]
) -> None:
    """Install what lies in the folder, and empty it whatever came of it; the record says what.

    An update that is not newer is no news: a stick may be plugged twice.
    """
    for bundle in sorted(incoming.glob("*.raucb"), key=lambda file: version_order(file.name)):
        try:
            install_update(path, running, bundle, slots, progress)
        except NotNewer as error:
            progress(str(error))
        except KioskError as error:
            progress(str(error))
            _refuse(path, bundle.name, running, str(error))
        finally:
            bundle.unlink()
    for torn in incoming.glob("*.new"):
        torn.unlink()


def _refuse(path: Path, name: str, running: str, reason: str) -> None:
    """An update that waits already stays the one that is told of."""
    known = read_record(path)
    if known is None or not known.state.is_pending:
        write_record(path, UpdateRecord(name, running, UpdateState.REFUSED, reason=reason))


def version_order(version: str) -> tuple[int, ...]:
    """`0.1.0+20261130.144036` by its numbers."""
    return tuple(map(int, re.findall(r"\d+", version)))

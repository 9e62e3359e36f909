"""Installation of an update: checked first, written into the slot that does not run."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.domain.errors import KioskError, Refused
from kiosk.domain.version import version_order
from kiosk.operate.updates.record import UpdateRecord, UpdateState, read_record, write_record
from kiosk.system.kept_file import delete_file_durably

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
            delete_file_durably(bundle)  # there again, it would be installed again when refused
    for torn in incoming.glob("*.new"):
        torn.unlink()


def adopt_fetched(fetched: Path, incoming: Path) -> None:
    """Move what the upload's user has fetched to where only root may write; raises `OSError`.

    Nothing but a file of its own name alone is taken: its owner could change what it links to.
    """
    incoming.mkdir(exist_ok=True)
    for bundle in fetched.glob("*.raucb"):
        found = bundle.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            bundle.unlink()
            continue
        adopted = incoming / bundle.name
        bundle.replace(adopted)
        os.chown(adopted, os.geteuid(), os.getegid(), follow_symlinks=False)
        adopted.chmod(0o600)


def _refuse(path: Path, name: str, running: str, reason: str) -> None:
    """An update that waits already stays the one that is told of."""
    known = read_record(path)
    if known is None or not known.state.is_pending:
        write_record(path, UpdateRecord(name, running, UpdateState.REFUSED, reason=reason))

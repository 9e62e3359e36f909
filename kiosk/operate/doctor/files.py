"""Checks of the data folder, its disk, the database and the ledger."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from kiosk.counts.ledger import LedgerBroken
from kiosk.counts.ledger import read as read_ledger
from kiosk.counts.signing import SigningKeyDamaged
from kiosk.devices.finding import Finding, failure, not_looked_at, ok, warning
from kiosk.operate.provisioning.data_folder import wrong_permissions_in
from kiosk.store.database import Database
from kiosk.store.errors import StoreError
from kiosk.store.examination import (
    COMFORTABLE_FREE_BYTES,
    COMFORTABLE_FREE_FILES,
    FULL,
    LEAST_FREE_BYTES,
    Examination,
    examine_database,
)

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

_SETGID = 0o2000
_OTHERS = 0o007


def data_folder(host: Host) -> Finding:
    """There, writable by every service, and closed to all other users."""
    folder = host.paths.data
    if not folder.is_dir():
        return failure(f"{folder} does not exist.", "Create the device: kiosk init --profile NAME.")
    if not host.paths.database.exists() and not host.paths.config.exists():
        return failure(f"{folder} is empty.", "Create the device: kiosk init --profile NAME.")
    mode = folder.stat().st_mode
    shared = mode & _SETGID  # as on an appliance; elsewhere the folder is one user's own
    closed = (
        [path for path in wrong_permissions_in(folder) if path != host.paths.config]
        if shared
        else []
    )
    if closed:
        names = ", ".join(path.name for path in closed)
        return failure(f"The services cannot write {names}.", "Run: sudo kiosk provision.")
    if shared and mode & _OTHERS:
        return failure(
            f"All users of the machine can enter {folder}.", "Run: sudo kiosk provision."
        )
    if mode & _OTHERS:
        return warning(
            f"Every user of this machine can enter {folder}.", f"Run: chmod o= {folder}."
        )
    return ok(f"{folder} is open to its owners only.")


def disk(host: Host) -> Finding:
    """A few bytes, written and synced: a worn card takes none, and all else still looks well."""
    folder = host.paths.data
    if folder.is_dir() and host.read_only(folder):
        return failure(
            f"{folder} lies on a disk that is read-only: nothing can be recorded.",
            "Back up the data and replace the card; a worn one turns read-only to save its data.",
        )
    fault = host.write_fault(folder) if folder.is_dir() else None
    if isinstance(fault, PermissionError):
        raise fault
    if fault and fault.errno == errno.ENOSPC:
        return failure(
            f"The disk of {folder} is full: nothing can be recorded.",
            "Free some space at once: delete old exports and backups; nothing was lost.",
        )
    if fault:
        return failure(
            f"The disk of {folder} does not take what is written: {fault.strerror}.",
            "Back up what can be read and replace the card; then: kiosk restore.",
        )
    return ok("The disk takes what is written.")


def disk_space(host: Host) -> Finding:
    """Room for tickets today, and for a year's counts."""
    free = host.free_bytes(host.paths.data)
    cause = f"{free // 1024**2} MB are free for {host.paths.data}."
    if free < LEAST_FREE_BYTES:
        return failure(cause, "Free some space at once: soon no ticket can be written.")
    if free < COMFORTABLE_FREE_BYTES:
        return warning(cause, "Free some space: delete old exports and backups.")
    files = host.free_files(host.paths.data)
    if files is not None and files < COMFORTABLE_FREE_FILES:
        return warning(
            f"Only {files} more files fit on the disk of {host.paths.data}, whatever is free.",
            "Delete files that are many and small: old exports and backups.",
        )
    return ok(cause)


def database(host: Host) -> Finding:
    """It opens, is not damaged, has its tables, and every action reaches the disk."""
    try:
        return examination_finding(examine_database(host.paths.database))
    except StoreError as error:
        return failure(f"{error.path}: {error.reason}.", error.advice)


def examination_finding(found: Examination) -> Finding:
    """The finding for a database that opened."""
    if found.faults:
        return failure(
            f"The database is damaged: {found.faults[0]}.",
            "Keep the file, and put the last backup back: docs/backup.md.",
        )
    if found.pending:
        return warning(
            f"The database is of an older version; missing: {', '.join(found.pending)}.",
            "Start a service or any command: it brings the tables up to date.",
        )
    if found.journal_mode != "wal" or found.synchronous != FULL:
        return failure(
            "The database is not written safely: "
            f"journal {found.journal_mode}, synchronous {found.synchronous}.",
            "Put the data folder on a disk of this machine, not on a network share.",
        )
    return ok("The database is sound; every action is on disk before it is acknowledged.")


def ledger(host: Host) -> Finding:
    """No closed period was changed, exchanged or damaged since."""
    try:
        database = Database.open(host.paths.database)
        try:
            with database.read() as connection:
                entries = len(read_ledger(connection))
        finally:
            database.close()
    except StoreError:
        return not_looked_at("the database cannot be read", "Mend the database first.")
    except LedgerBroken as error:
        return failure(
            f"{error.found}.", "Export nothing; keep the file, and put the last backup back."
        )
    except SigningKeyDamaged:
        return failure(
            "The signing key of this box is damaged.",
            "Export nothing; keep the file, and put the last backup back.",
        )
    return ok(f"The ledger is intact, {entries} entries.")

"""Packages as a city receives them."""

from contextlib import closing
from pathlib import Path

import msgspec

from kiosk.counts import ledger
from kiosk.export.package import build_package, closed_periods
from kiosk.export.targets.folder import FolderTarget
from tests.export.closed import a_period
from tests.prepared import new_database

MONTHS = ("2026-07", "2026-08", "2026-09")
NAME = "stadt-groessenwahn_rh-1_{}"


def write_packages(
    folder: Path, months: tuple[str, ...] = MONTHS, box: str = "box", device: str = "rh-1"
) -> bytes:
    """Packages of a new box with a key of its own, which is returned."""
    with closing(new_database(folder.parent / f"{box}.db")) as database:
        with database.write() as connection:
            for month in months:
                closed = a_period(month)
                names = msgspec.structs.replace(closed.names, device=device)
                ledger.append(connection, msgspec.structs.replace(closed, names=names))
            key = ledger.signing_key(connection).public.pem
        for period in closed_periods(database):
            FolderTarget(folder).put(build_package(database, period))
    return key


def flip_a_byte(package: Path) -> None:
    content = bytearray((package / "demand.csv").read_bytes())
    content[40] ^= 1
    (package / "demand.csv").write_bytes(content)

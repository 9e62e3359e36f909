"""Packages as a city receives them."""

from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kiosk.counts import ledger
from kiosk.export.package import Package, build_package, closed_periods
from kiosk.export.targets.folder import FolderTarget
from tests.export.closed import a_period
from tests.prepared import new_database

MONTHS = ("2026-07", "2026-08", "2026-09")
NAME = "stadt-groessenwahn_rh-1_{}"


def write_packages(
    folder: Path, months: tuple[str, ...] = MONTHS, box: str = "box", device: str = "rh-1"
) -> bytes:
    """Packages of a new box with a key of its own, which is returned; its database lies beside."""
    box_files = _closed_box(months, box, device)
    (folder.parent / f"{box}.db").write_bytes(box_files.database)
    for package in box_files.packages:
        FolderTarget(folder).put(package)
    return box_files.key


@dataclass(frozen=True)
class _Box:
    database: bytes
    packages: list[Package]
    key: bytes


@cache
def _closed_box(months: tuple[str, ...], box: str, device: str) -> _Box:
    """To close, sign and draw packages costs more than a test; each `box` has another key."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{box}.db"
        with closing(new_database(path)) as database:
            with database.write() as connection:
                for month in months:
                    closed = a_period(month)
                    names = msgspec.structs.replace(closed.names, device=device)
                    ledger.append(connection, msgspec.structs.replace(closed, names=names))
                key = ledger.signing_key(connection).public.pem
            packages = [build_package(database, period) for period in closed_periods(database)]
        return _Box(path.read_bytes(), packages, key)


def flip_a_byte(package: Path) -> None:
    content = bytearray((package / "demand.csv").read_bytes())
    content[40] ^= 1
    (package / "demand.csv").write_bytes(content)

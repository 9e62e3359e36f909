"""Builder of export packages: from the ledger to files, the same bytes each time.

One package is one period of one box, numbered and chained in the order in which periods were
closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.domain.errors import Refused
from kiosk.export import csv_files, descriptor, readme
from kiosk.export.contents import PackageContents
from kiosk.export.escaping import slugify
from kiosk.export.manifest import (
    ENTRY,
    MANIFEST,
    PUBLIC_KEY,
    SIGNATURE,
    PackageManifest,
    file_digests,
)
from kiosk.export.report.page import REPORT, make_report
from kiosk.export.tables.builder import build_tables
from kiosk.export.tables.tidy import tidy_table
from kiosk.export.workbook.workbook import WORKBOOK, make_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kiosk.counts.ledger import FrozenEntry
    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.counts.signing import SigningKey
    from kiosk.store.database import Database

    FileMaker = Callable[[PackageContents], Mapping[str, bytes]]


class NothingToExport(Refused):
    """No period has been closed yet."""

    def __init__(self) -> None:
        super().__init__(
            "There is no closed period to export: the box closes each by itself when it is over;"
            " 'kiosk counts show' lists the closed ones."
        )


class UnknownPeriod(Refused):
    """A period that is not closed, or never was one."""

    def __init__(self, period: str, closed: Sequence[str]) -> None:
        self.period = period
        super().__init__(f"There is no closed period {period!r}; closed are {', '.join(closed)}.")


@dataclass(frozen=True, slots=True)
class Package:
    """A folder's name and the files that belong into it."""

    name: str
    files: Mapping[str, bytes]


FILE_MAKERS: tuple[FileMaker, ...] = (
    csv_files.make_tidy,
    csv_files.make_excel,
    descriptor.make_descriptor,
    readme.make_readme,
    lambda contents: {REPORT: make_report([contents.period], contents.closed)},
    lambda contents: {WORKBOOK: make_workbook(contents.period)},
    lambda contents: {PUBLIC_KEY: contents.public_key.pem},
    lambda contents: {ENTRY: contents.entry},
)
"""Who makes the files of a package. A further file is a further maker."""


def closed_periods(database: Database) -> list[str]:
    """The periods of which there is a package, in the order of their sequence numbers.

    Raises `LedgerBroken`.
    """
    return [frozen.entry.period for frozen in _chain(database)]


def build_package(database: Database, period: str) -> Package:
    """The package of a closed period. Raises `NothingToExport`, `UnknownPeriod`, `LedgerBroken`."""
    key, chain = ledger.box_key(database), _chain(database)
    if not chain:
        raise NothingToExport
    for place, frozen in enumerate(chain):
        if frozen.entry.period == period:
            return _package(chain[: place + 1], key)
    raise UnknownPeriod(period, [frozen.entry.period for frozen in chain])


def package_name(period: ClosedPeriod) -> str:
    """The name of its folder."""
    names = period.names
    return "_".join([slugify(names.operator), slugify(names.device), period.period])


def _chain(database: Database) -> list[FrozenEntry]:
    with database.read() as connection:
        return ledger.read_frozen(connection)


def _package(chain: Sequence[FrozenEntry], key: SigningKey) -> Package:
    """The package of the last of a chain."""
    frozen, before = chain[-1], chain[-2] if len(chain) > 1 else None
    period = frozen.entry
    name = package_name(period)
    tables = [tidy_table(table, period) for table in build_tables([period])]
    closed = [each.entry for each in chain]
    contents = PackageContents(name, period, tables, key.public, closed, frozen.body)
    files = {name: body for make in FILE_MAKERS for name, body in make(contents).items()}
    manifest = PackageManifest(
        package=name,
        device=period.names.device,
        period=period.period,
        sequence=frozen.sequence,
        digest=frozen.digest.hex(),
        previous=before.digest.hex() if before else None,
        files=file_digests(files),
    ).encode()
    return Package(name, {**files, MANIFEST: manifest, SIGNATURE: key.sign(manifest)})

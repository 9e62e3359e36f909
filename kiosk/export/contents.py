"""Contents of a package: a closed period, its tables, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.counts.signing import PublicKey
    from kiosk.export.tables.builder import CsvTable


@dataclass(frozen=True, slots=True)
class PackageContents:
    """From this every file is made: the same contents give the same bytes.

    `closed` are the periods of the box until this one, itself included, to compare with; `entry`
    is the period as it stands in the ledger, byte by byte.
    """

    name: str
    period: ClosedPeriod
    tables: Sequence[CsvTable]
    public_key: PublicKey
    closed: Sequence[ClosedPeriod]
    entry: bytes

"""Boxes that close periods and sign packages as real ones do, with the files that an office reads.

A real package has forty files more: `test_real_box.py` delivers some.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec import structs

from kiosk.counts.ledger import entry_digest
from kiosk.counts.ledger_entry import encode_entry
from kiosk.counts.signing import SigningKey
from kiosk.export.manifest import (
    ENTRY,
    MANIFEST,
    PUBLIC_KEY,
    SIGNATURE,
    PackageManifest,
    file_digests,
)
from kiosk.export.package import Package, package_name
from kiosk.fleet import boxes
from kiosk.fleet.boxes import BoxIdentity
from kiosk.fleet.collect import collect_folder
from tests.export.report.quarter import quarter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.fleet.collect import CollectedFolder
    from kiosk.fleet.database import FleetDatabase

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TODAY = date(2026, 11, 29)


@dataclass
class PlayedBox:
    """A box with a key and a chain of packages of its own."""

    device: str
    own_name: str = ""
    key: SigningKey = field(init=False)
    packages: list[Package] = field(default_factory=list)
    last_digest: bytes | None = None

    def __post_init__(self) -> None:
        self.renew_key()

    def renew_key(self, salt: str = "") -> None:
        """Another key, as after the box was set up anew."""
        self.key = SigningKey(hashlib.sha256(f"{self.device}{salt}".encode()).digest())

    @property
    def identity(self) -> BoxIdentity:
        return BoxIdentity(self.device, self.key.public)

    def close(self, unit: str, people: Mapping[str, int], **how: object) -> Package:
        """Close a quarter in which so many people came to each stop."""
        return self.freeze(quarter(unit, people, **how))  # type: ignore[arg-type]

    def freeze(self, period: ClosedPeriod) -> Package:
        """Make the package of a closed period; `device` and its name become the box's."""
        names = structs.replace(period.names, device=self.device, device_name=self.own_name)
        entry = structs.replace(period, names=names)
        sequence, body = len(self.packages) + 1, encode_entry(entry)
        digest = entry_digest(self.last_digest, sequence, body)
        files = {ENTRY: body, PUBLIC_KEY: self.key.public.pem}
        manifest = PackageManifest(
            package=package_name(entry),
            device=self.device,
            period=entry.period,
            sequence=sequence,
            digest=digest.hex(),
            previous=self.last_digest.hex() if self.last_digest else None,
            files=file_digests(files),
        ).encode()
        signed = {**files, MANIFEST: manifest, SIGNATURE: self.key.sign(manifest)}
        self.packages.append(Package(package_name(entry), signed))
        self.last_digest = digest
        return self.packages[-1]


def write(folder: Path, packages: Iterable[Package]) -> Path:
    """Packages on a stick."""
    for package in packages:
        (folder / package.name).mkdir(parents=True)
        for name, content in package.files.items():
            (folder / package.name / name).write_bytes(content)
    return folder


def add(fleet: FleetDatabase, box: PlayedBox, name: str, replaces: str | None = None) -> None:
    with fleet.write() as connection:
        boxes.add_box(connection, box.identity, name, NOW, replaces=replaces)


def collect(fleet: FleetDatabase, folder: Path) -> CollectedFolder:
    return collect_folder(fleet, folder, lambda: NOW, lambda _: None)

"""Intake of packages: each once, of boxes whose key is pinned, and only where the chain holds."""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from kiosk.fleet import findings
from kiosk.fleet.received import ReceivedPackage, UnsoundPackage
from kiosk.fleet.schema import box_keys, boxes, packages, storable
from kiosk.fleet.topic_labels import TopicLabels
from kiosk.fleet.verdict import IntakeResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from kiosk.export.manifest import PackageManifest
    from kiosk.fleet.received import Received

_FORKED: Final = (
    "an old backup was put back, the box was cloned, or one is forged; compare with 'kiosk counts"
    " show' on the box"
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A package of a box that was taken in."""

    sequence: int
    digest: str
    previous: str | None
    period: str


def take_in(connection: Connection, batch: Sequence[Received], now: datetime) -> list[IntakeResult]:
    """Take packages in within one write transaction, or note why not; in their order."""
    intake = _Intake(connection, batch, now)
    results = [intake.take(received) for received in batch]
    intake.finish()
    return results


class _Intake:
    """What was read of boxes, keys and chains for a batch, in three queries for all of it.

    It is read no second time: no other process writes now. `finish` writes the rows.
    """

    def __init__(self, connection: Connection, batch: Sequence[Received], now: datetime) -> None:
        self._connection, self._now = connection, now
        found = [received for received in batch if isinstance(received, ReceivedPackage)]
        devices = {received.manifest.device for received in found}
        fingerprints = {received.key.fingerprint for received in found}
        names = select(boxes.c.device, boxes.c.name).where(boxes.c.device.in_(devices))
        keys = box_keys.c
        owners = select(keys.fingerprint, keys.device).where(keys.fingerprint.in_(fingerprints))
        self._names = {row[0]: row[1] for row in connection.execute(names)}
        self._owners = {row[0]: row[1] for row in connection.execute(owners)}
        self._chains = _chains(connection, [received.manifest for received in found])
        self._labels = TopicLabels(connection)
        self._rows: list[dict[str, object]] = []

    def take(self, received: Received) -> IntakeResult:
        """Take a package in, or note why not."""
        if isinstance(received, UnsoundPackage):
            place, why = received.place, received.reason
            result = IntakeResult(place, received.device, "", Verdict.UNSOUND, why)
            findings.note(self._connection, result, received.name, self._now)
            return result
        verdict, reason = self._verdict(received)
        manifest = received.manifest
        result = IntakeResult(received.place, manifest.device, manifest.period, verdict, reason)
        if verdict is Verdict.TAKEN:
            self._add(received)
        elif verdict.is_refusal:
            subject = f"{manifest.package} {received.key.fingerprint[:16]}"
            findings.note(self._connection, result, subject, self._now)
        return result

    def finish(self) -> None:
        if self._rows:
            self._connection.execute(packages.insert(), self._rows)
            names = [str(row["name"]) for row in self._rows]
            findings.settle(self._connection, names)
        self._rows = []
        self._labels.write()

    def _verdict(self, received: ReceivedPackage) -> tuple[Verdict, str]:
        manifest, fingerprint = received.manifest, received.key.fingerprint
        name = self._names.get(manifest.device)
        if name is None:
            return Verdict.UNKNOWN_BOX, (
                f"{manifest.device} was not added; if its key is {fingerprint}, as 'kiosk counts"
                " key' shows on the box, add it: kiosk office box add --name NAME"
                f" {received.place}"
            )
        if self._owners.get(fingerprint) != manifest.device:
            return Verdict.OTHER_KEY, (
                f"it says to be of {name} and is signed by the key {fingerprint}, which is none of"
                " that box: it is forged, or the box has a new key; compare with 'kiosk counts"
                " key' on the box, and only then: kiosk office box key"
            )
        return _verdict_of_chain(self._chains[manifest.device], received)

    def _add(self, received: ReceivedPackage) -> None:
        manifest, entry = received.manifest, received.entry
        link = _Link(manifest.sequence, manifest.digest, manifest.previous, manifest.period)
        self._chains[manifest.device].append(link)
        self._rows.append(_row(received, self._now))
        self._labels.note(entry)


def _chains(
    connection: Connection, manifests: Sequence[PackageManifest]
) -> defaultdict[str, list[_Link]]:
    """Of each box the packages of these numbers and periods, and the ones beside them."""
    chains: defaultdict[str, list[_Link]] = defaultdict(list)
    if not manifests:
        return chains
    numbers = [manifest.sequence for manifest in manifests]
    columns = packages.c
    near = columns.sequence.between(min(numbers) - 1, max(numbers) + 1)
    same = columns.period.in_({manifest.period for manifest in manifests})
    query = select(
        columns.device, columns.sequence, columns.digest, columns.previous, columns.period
    ).where(columns.device.in_({manifest.device for manifest in manifests}), or_(near, same))
    for device, *link in connection.execute(query.order_by(columns.sequence)):
        chains[device].append(_Link(*link))
    return chains


def _verdict_of_chain(chain: Sequence[_Link], received: ReceivedPackage) -> tuple[Verdict, str]:
    """Held against the same package, the ones beside it, and another one of its period."""
    manifest = received.manifest
    for link in chain:
        if link.sequence == manifest.sequence:
            if link.digest == manifest.digest:
                return Verdict.KNOWN, ""
            return Verdict.FORKED, (
                f"another package of its number {link.sequence}, of {link.period}, was taken in;"
                f" {_FORKED}"
            )
        if link.period == manifest.period:
            return Verdict.PERIOD_TWICE, (
                f"package {link.sequence} of the same period was taken in; {_FORKED}"
            )
        follows = link.sequence + 1 == manifest.sequence and manifest.previous != link.digest
        precedes = link.sequence - 1 == manifest.sequence and link.previous != manifest.digest
        if follows or precedes:
            return Verdict.FORKED, f"it does not fit package {link.sequence} beside it; {_FORKED}"
    return Verdict.TAKEN, ""


def _row(received: ReceivedPackage, now: datetime) -> dict[str, object]:
    manifest, entry = received.manifest, received.entry
    return {
        "name": manifest.package,
        "device": manifest.device,
        "sequence": manifest.sequence,
        "digest": manifest.digest,
        "previous": manifest.previous,
        "period": entry.period,
        "unit": entry.unit,
        "part": entry.part,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
        "joined": " ".join(entry.joined),
        "days_held": sum(day.held for day in entry.days),
        "people": entry.total(),
        "device_name": storable(entry.names.device_name, 120),
        "simulated": entry.names.simulated,
        "received_at": now,
        "place": storable(received.place),
        "entry": zlib.compress(received.body),
        "manifest": zlib.compress(manifest.encode()),
        "signature": received.signature,
    }

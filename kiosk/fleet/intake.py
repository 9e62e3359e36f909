"""Intake of packages: each once, of boxes whose key is pinned, and only where the chain holds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from kiosk.fleet import findings
from kiosk.fleet.received import UnsoundPackage
from kiosk.fleet.schema import box_keys, boxes, packages, storable
from kiosk.fleet.topic_labels import TopicLabels
from kiosk.fleet.verdict import IntakeResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from kiosk.fleet.received import Received, ReceivedPackage

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


class Intake:
    """Takes packages in within one write transaction, whose rows are written by `finish`.

    What it has read of boxes, keys and chains it reads no second time: no other process writes now.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._names: dict[str, str | None] = {}
        self._owners: dict[str, str | None] = {}
        self._chains: dict[str, list[_Link]] = {}
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
        name = self._name(manifest.device)
        if name is None:
            return Verdict.UNKNOWN_BOX, (
                f"{manifest.device} was not added; if its key is {fingerprint}, as 'kiosk counts"
                " key' shows on the box, add it: kiosk office box add --name NAME"
                f" {received.place}"
            )
        if self._owner(fingerprint) != manifest.device:
            return Verdict.OTHER_KEY, (
                f"it says to be of {name} and is signed by the key {fingerprint}, which is none of"
                " that box: it is forged, or the box has a new key; compare with 'kiosk counts"
                " key' on the box, and only then: kiosk office box key"
            )
        return _verdict_of_chain(self._chain(manifest.device), received)

    def _name(self, device: str) -> str | None:
        if device not in self._names:
            query = select(boxes.c.name).where(boxes.c.device == device)
            self._names[device] = self._connection.scalar(query)
        return self._names[device]

    def _owner(self, fingerprint: str) -> str | None:
        if fingerprint not in self._owners:
            query = select(box_keys.c.device).where(box_keys.c.fingerprint == fingerprint)
            self._owners[fingerprint] = self._connection.scalar(query)
        return self._owners[fingerprint]

    def _chain(self, device: str) -> list[_Link]:
        if device not in self._chains:
            rows = self._connection.execute(_CHAIN, {"device": device})
            self._chains[device] = [_Link(*row) for row in rows]
        return self._chains[device]

    def _add(self, received: ReceivedPackage) -> None:
        manifest, entry = received.manifest, received.entry
        link = _Link(manifest.sequence, manifest.digest, manifest.previous, manifest.period)
        self._chain(manifest.device).append(link)
        self._rows.append(_row(received, self._now))
        self._labels.note(entry)


_CHAIN: Final = select(
    packages.c.sequence, packages.c.digest, packages.c.previous, packages.c.period
).where(packages.c.device == bindparam("device"))


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

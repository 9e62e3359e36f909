"""Intake of packages: each once, of boxes whose key is pinned, and only where the chain holds."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from kiosk.fleet import findings, topic_labels
from kiosk.fleet.received import ReceivedPackage, UnsoundPackage
from kiosk.fleet.schema import box_keys, boxes, packages
from kiosk.fleet.verdict import IntakeResult, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from kiosk.fleet.received import Received

_FORKED: Final = (
    "an old backup was put back, the box was cloned, or one is forged; compare with 'kiosk counts"
    " show' on the box"
)


def take_in(connection: Connection, received: Received, now: datetime) -> IntakeResult:
    """Take a package in, or note why not; in a write transaction."""
    if isinstance(received, UnsoundPackage):
        result = IntakeResult(received.place, received.device, "", Verdict.UNSOUND, received.reason)
        findings.note(connection, result, received.name, now)
        return result
    verdict, reason = _verdict(connection, received)
    manifest = received.manifest
    result = IntakeResult(received.place, manifest.device, manifest.period, verdict, reason)
    if verdict is Verdict.TAKEN:
        _store(connection, received, now)
    elif verdict.is_refusal:
        subject = f"{manifest.package} {received.key.fingerprint[:16]}"
        findings.note(connection, result, subject, now)
    return result


def _verdict(connection: Connection, received: ReceivedPackage) -> tuple[Verdict, str]:
    manifest, fingerprint = received.manifest, received.key.fingerprint
    name = connection.scalar(select(boxes.c.name).where(boxes.c.device == manifest.device))
    if name is None:
        return Verdict.UNKNOWN_BOX, (
            f"{manifest.device} was not added; if its key is {fingerprint}, as 'kiosk counts key'"
            f" shows on the box, add it: kiosk office box add --name NAME {received.place}"
        )
    pinned = connection.scalar(
        select(box_keys.c.device).where(box_keys.c.fingerprint == fingerprint)
    )
    if pinned != manifest.device:
        return Verdict.OTHER_KEY, (
            f"it says to be of {name} and is signed by the key {fingerprint}, which is none of that"
            " box: it is forged, or the box has a new key; compare with 'kiosk counts key' on the"
            " box, and only then: kiosk office box key"
        )
    return _verdict_of_chain(connection, received)


def _verdict_of_chain(connection: Connection, received: ReceivedPackage) -> tuple[Verdict, str]:
    """Held against the same package, the ones beside it, and another one of its period."""
    manifest = received.manifest
    near = connection.execute(
        select(packages.c.sequence, packages.c.digest, packages.c.previous, packages.c.period)
        .where(packages.c.device == manifest.device)
        .where(
            or_(
                packages.c.sequence.between(manifest.sequence - 1, manifest.sequence + 1),
                packages.c.period == manifest.period,
            )
        )
    ).all()
    for sequence, digest, previous, period in near:
        if sequence == manifest.sequence:
            if digest == manifest.digest:
                return Verdict.KNOWN, ""
            return Verdict.FORKED, (
                f"another package of its number {sequence}, of {period}, was taken in; {_FORKED}"
            )
        if period == manifest.period:
            return Verdict.PERIOD_TWICE, (
                f"package {sequence} of the same period was taken in; {_FORKED}"
            )
        before = sequence < manifest.sequence
        if manifest.previous != digest if before else previous != manifest.digest:
            return Verdict.FORKED, f"it does not fit package {sequence} beside it; {_FORKED}"
    return Verdict.TAKEN, ""


def _store(connection: Connection, received: ReceivedPackage, now: datetime) -> None:
    manifest, entry = received.manifest, received.entry
    connection.execute(
        packages.insert().values(
            device=manifest.device,
            sequence=manifest.sequence,
            digest=manifest.digest,
            previous=manifest.previous,
            period=entry.period,
            unit=entry.unit,
            part=entry.part,
            first_day=entry.first_day,
            last_day=entry.last_day,
            joined=" ".join(entry.joined),
            days_held=sum(day.held for day in entry.days),
            people=entry.total(),
            device_name=entry.names.device_name[:120],
            simulated=entry.names.simulated,
            received_at=now,
            place=received.place,
            entry=zlib.compress(received.body),
            manifest=zlib.compress(manifest.encode()),
            signature=received.signature,
        )
    )
    topic_labels.note(connection, entry)
    findings.settle(connection, manifest.device, manifest.package)

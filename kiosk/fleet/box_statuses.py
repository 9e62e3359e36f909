"""Statuses that boxes have sent of themselves: believed by the pinned key, the latest of each."""

from __future__ import annotations

import binascii
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec
from sqlalchemy import delete, select

from kiosk.counts.signing import PublicKey
from kiosk.domain.errors import Refused
from kiosk.export.upload.box_status import SIGNED_AS, DeviceStatus
from kiosk.fleet.schema import box_keys, box_statuses, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

_MOST_CHECKS: Final = 200
_LONGEST_NAME: Final = 80
_LONGEST_REASON: Final = 300
_CLOCKS_DIFFER: Final = timedelta(hours=24)
"""A status from further ahead would hide all that come until then."""


class StatusNotBelieved(Refused):
    """Not signed by a pinned key of the box, or not a status of its own."""


class ReceivedStatus(msgspec.Struct, frozen=True):
    """The latest status of a box, and when it came."""

    received_at: datetime
    status: DeviceStatus


def store_status(
    connection: Connection, device: str, body: bytes, signature: str, now: datetime
) -> DeviceStatus:
    """Keep a status in place of an older one; what it says. Raises `StatusNotBelieved`."""
    if not _is_signed(connection, device, body, signature):
        raise StatusNotBelieved(
            f"The status is not signed by a key of {device} that was added here."
        )
    try:
        status = msgspec.json.decode(body, type=DeviceStatus)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise StatusNotBelieved("This is no status that this version knows.") from None
    if status.device != device:
        raise StatusNotBelieved(f"The token is of {device}, the status of another box.")
    if len(status.checks) > _MOST_CHECKS:
        raise StatusNotBelieved("No box has so many checks.")
    if status.sent.tzinfo is None or status.sent > now + _CLOCKS_DIFFER:
        raise StatusNotBelieved("The clock of the box is wrong: its status is from tomorrow.")
    known = latest_statuses(connection).get(device)
    if known and known.status.sent > status.sent:
        return status
    connection.execute(delete(box_statuses).where(box_statuses.c.device == device))
    body = msgspec.json.encode(_bounded(status))
    connection.execute(
        box_statuses.insert().values(device=device, received_at=now, document=body.decode())
    )
    return status


def latest_statuses(connection: Connection) -> Mapping[str, ReceivedStatus]:
    """By the id of the box; one that has sent none is not there."""
    rows = connection.execute(select(box_statuses))
    return {
        row.device: ReceivedStatus(
            row.received_at if row.received_at.tzinfo else row.received_at.replace(tzinfo=UTC),
            msgspec.json.decode(row.document, type=DeviceStatus),
        )
        for row in rows
    }


def _is_signed(connection: Connection, device: str, body: bytes, signature: str) -> bool:
    try:
        given = b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    keys = connection.scalars(select(box_keys.c.pem).where(box_keys.c.device == device))
    return any(PublicKey.from_pem(pem.encode()).verifies(given, SIGNED_AS + body) for pem in keys)


def _bounded(status: DeviceStatus) -> DeviceStatus:
    """Names as the database takes them, none longer than a line."""
    checks = [
        msgspec.structs.replace(
            check,
            name=storable(check.name, _LONGEST_NAME),
            kind=storable(check.kind, _LONGEST_NAME),
        )
        for check in status.checks
    ]
    update = status.update
    if update:
        update = msgspec.structs.replace(
            update,
            running=storable(update.running, _LONGEST_NAME),
            compatible=storable(update.compatible, _LONGEST_NAME),
            version=storable(update.version, _LONGEST_NAME),
            state=storable(update.state, _LONGEST_NAME),
            reason=storable(update.reason, _LONGEST_REASON),
        )
    return msgspec.structs.replace(
        status,
        public_key="",
        update=update,
        name=storable(status.name, _LONGEST_NAME),
        version=storable(status.version, _LONGEST_NAME),
        checks=checks,
    )

"""Awaited boxes: they have a device file with a token; the first status says which they are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, select

from kiosk.counts.signing import PublicKey
from kiosk.export.upload.box_status import DeviceStatus
from kiosk.fleet.box_statuses import StatusNotBelieved
from kiosk.fleet.boxes import BoxIdentity, add_box, set_token, token_digest
from kiosk.fleet.schema import awaited_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class AwaitedBox:
    """A box that has not been heard of. `replaces` is the id of the one whose place it takes."""

    name: str
    replaces: str | None
    prepared_at: datetime


def await_box(connection: Connection, name: str, replaces: str | None, now: datetime) -> str:
    """Await a box under this name, which must be free; the token for its device file."""
    token = secrets.token_hex(32)
    connection.execute(
        awaited_boxes.insert().values(
            name=name, token_digest=token_digest(token), replaces=replaces, prepared_at=now
        )
    )
    return token


def list_awaited(connection: Connection) -> Sequence[AwaitedBox]:
    """Those that have not been heard of, the first prepared first."""
    wanted = (awaited_boxes.c.name, awaited_boxes.c.replaces, awaited_boxes.c.prepared_at)
    order = (awaited_boxes.c.prepared_at, awaited_boxes.c.name)
    return [AwaitedBox(*row) for row in connection.execute(select(*wanted).order_by(*order))]


def awaited_name(connection: Connection, token: str) -> str | None:
    """The name of the awaited box that has this token."""
    digest = token_digest(token)
    return connection.scalar(
        select(awaited_boxes.c.name).where(awaited_boxes.c.token_digest == digest)
    )


def forget_awaited(connection: Connection, name: str) -> bool:
    """Await a box no longer; its token is worth nothing then. False where none is awaited."""
    found = connection.execute(delete(awaited_boxes).where(awaited_boxes.c.name == name))
    return found.rowcount > 0


def admit_box(connection: Connection, token: str, body: bytes, now: datetime) -> str:
    """Add the awaited box of a token, with the key in its status; its id.

    Who signed the status is checked afterwards, as of any box. Raises `Refused`.
    """
    digest = token_digest(token)
    row = connection.execute(
        select(awaited_boxes).where(awaited_boxes.c.token_digest == digest)
    ).first()
    if row is None:
        raise StatusNotBelieved("No box with this token is awaited any more.")
    try:
        status = msgspec.json.decode(body, type=DeviceStatus)
        identity = BoxIdentity(status.device, PublicKey.from_pem(status.public_key.encode()))
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        raise StatusNotBelieved("This status does not say by which key it is signed.") from None
    forget_awaited(connection, row.name)
    add_box(connection, identity, row.name, now, replaces=row.replaces)
    set_token(connection, identity.device, token)
    return identity.device

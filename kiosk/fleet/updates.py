"""Updates that the office offers: to which boxes, in which share, and which a box is given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from kiosk.domain.errors import Refused
from kiosk.domain.version import version_order
from kiosk.export.upload.update_messages import OfferedUpdate
from kiosk.fleet.schema import update_offer_boxes, update_offers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from kiosk.export.upload.update_messages import DeviceUpdate

ALL: Final = 100
"""Percent."""

_FOLDER: Final = "updates"


@dataclass(frozen=True, slots=True)
class UpdateOffer:
    """A bundle, for boxes of that kind: for these and for a share of all, in percent."""

    sha256: str
    version: str
    compatible: str
    size: int
    share: int
    offered_at: datetime
    boxes: frozenset[str] = frozenset()

    def includes(self, device: str) -> bool:
        """Whether it is a box's turn: who was in a smaller share is in each larger one."""
        return device in self.boxes or _place(f"{self.version} {device}") < self.share


class NotOffered(Refused):
    """No such version is offered."""

    def __init__(self, version: str, known: Collection[str]) -> None:
        listed = f"offered: {', '.join(known)}" if known else "none is offered"
        super().__init__(f"Version {version} is not offered; {listed}.")


def bundle_file(data: Path, sha256: str) -> Path:
    """Where the bundle of an offer lies, below the office's data folder."""
    return data / _FOLDER / f"{sha256}.raucb"


def offer_update(connection: Connection, offer: UpdateOffer) -> None:
    """Offer a bundle. One that is offered already gets further boxes, and another share."""
    known = {each.sha256: each for each in list_offers(connection)}
    boxes = offer.boxes | (known[offer.sha256].boxes if offer.sha256 in known else frozenset())
    _forget(connection, offer.sha256)
    connection.execute(
        insert(update_offers).values(
            sha256=offer.sha256,
            version=offer.version,
            compatible=offer.compatible,
            size=offer.size,
            share=offer.share,
            offered_at=offer.offered_at,
        )
    )
    for device in sorted(boxes):
        connection.execute(insert(update_offer_boxes).values(sha256=offer.sha256, device=device))


def withdraw_update(connection: Connection, version: str) -> list[UpdateOffer]:
    """Offer a version no longer; what a box has fetched it keeps. Raises `NotOffered`."""
    offers = list_offers(connection)
    found = [each for each in offers if each.version == version]
    if not found:
        raise NotOffered(version, [each.version for each in offers])
    for each in found:
        _forget(connection, each.sha256)
    return found


def list_offers(connection: Connection) -> Sequence[UpdateOffer]:
    """All offers, the newest version first."""
    boxes: dict[str, set[str]] = {}
    for sha256, device in connection.execute(select(update_offer_boxes)):
        boxes.setdefault(sha256, set()).add(device)
    found = [
        UpdateOffer(
            row.sha256,
            row.version,
            row.compatible,
            row.size,
            row.share,
            row.offered_at,
            frozenset(boxes.get(row.sha256, ())),
        )
        for row in connection.execute(select(update_offers))
    ]
    return sorted(found, key=lambda each: version_order(each.version), reverse=True)


def offer_for(
    connection: Connection, device: str, update: DeviceUpdate | None
) -> OfferedUpdate | None:
    """The newest version for a box, if it is newer than what runs there."""
    if update is None:
        return None
    for each in list_offers(connection):
        newer = version_order(each.version) > version_order(update.running)
        if newer and each.compatible == update.compatible and each.includes(device):
            return OfferedUpdate(each.version, each.size, each.sha256)
    return None


def is_offered(connection: Connection, sha256: str, device: str) -> bool:
    """Whether a box may fetch the bundle with this digest."""
    return any(each.sha256 == sha256 and each.includes(device) for each in list_offers(connection))


def _forget(connection: Connection, sha256: str) -> None:
    for table in (update_offer_boxes, update_offers):
        connection.execute(delete(table).where(table.c.sha256 == sha256))


def _place(name: str) -> int:
    """From 0 to 99, as even as a digest; another order for every version."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % ALL

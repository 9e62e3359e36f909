"""Registry of the boxes: their names, pinned keys and upload tokens, each by an explicit act."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, or_, select, update

from kiosk.domain.errors import Refused
from kiosk.fleet.errors import BoxExists, UnknownBox
from kiosk.fleet.schema import awaited_boxes, box_keys, boxes, findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from kiosk.counts.signing import PublicKey

LONGEST_NAME: Final = 40
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A box that was added. `replaces` is the id of the one whose name it took."""

    device: str
    name: str
    added_at: datetime
    replaces: str | None
    retired_on: date | None
    has_token: bool

    @property
    def in_words(self) -> str:
        """Its name with its id, once: a retired one has it in its name."""
        return self.name if self.device in self.name else f"{self.name} ({self.device})"


@dataclass(frozen=True, slots=True)
class BoxIdentity:
    """What a box shows of itself: its id and its public key."""

    device: str
    key: PublicKey


def add_box(
    connection: Connection,
    identity: BoxIdentity,
    name: str,
    now: datetime,
    *,
    replaces: str | None = None,
) -> None:
    """Pin a box's key. One that replaces another takes its name over. Raises `Refused`."""
    if connection.scalar(select(boxes.c.name).where(boxes.c.device == identity.device)):
        raise BoxExists(
            f"The box {identity.device} is there already; a new key of it goes in with"
            " 'kiosk office box key'."
        )
    if name:
        _check_name(name)
    if replaces is not None:
        old = find_box(connection, replaces)
        replaces, name = old.device, name or old.name.removesuffix(f" ({old.device})")
        retire_box(connection, old.device, now.date())
    name = name or identity.device
    if is_name_taken(connection, name):
        raise BoxExists(
            f"Another box is called {name!r}: choose another --name, or say --replaces {name!r}."
        )
    connection.execute(
        boxes.insert().values(
            device=identity.device, name=name, added_at=now, replaces=replaces, retired_on=None
        )
    )
    _pin(connection, identity, now)


def add_key(connection: Connection, identity: BoxIdentity, now: datetime) -> None:
    """Pin a further key of a box that is there. Raises `Refused`."""
    find_box(connection, identity.device)
    _pin(connection, identity, now)


def _pin(connection: Connection, identity: BoxIdentity, now: datetime) -> None:
    print_ = identity.key.fingerprint
    owner = connection.scalar(select(box_keys.c.device).where(box_keys.c.fingerprint == print_))
    if owner is not None:
        raise BoxExists(f"The key {print_} is pinned already, of the box {owner}.")
    connection.execute(
        box_keys.insert().values(
            fingerprint=print_,
            device=identity.device,
            pem=identity.key.pem.decode(),
            added_at=now,
        )
    )
    solved = findings.c.kind.in_(("unknown_box", "other_key"))
    connection.execute(delete(findings).where(findings.c.device == identity.device, solved))


def retire_box(connection: Connection, box: str, on: date) -> None:
    """No more packages are expected of it; its name is free. Raises `UnknownBox`."""
    found = find_box(connection, box)
    changed: dict[str, object] = {"token_digest": None}
    if not found.retired_on:
        changed |= {"name": f"{found.name} ({found.device})", "retired_on": on}
    connection.execute(update(boxes).where(boxes.c.device == found.device).values(changed))


def rename_box(connection: Connection, box: str, name: str) -> None:
    """Call a box otherwise. Raises `Refused`."""
    found = find_box(connection, box)
    _check_name(name)
    if is_name_taken(connection, name):
        raise BoxExists(f"Another box is called {name!r}.")
    connection.execute(update(boxes).where(boxes.c.device == found.device).values(name=name))


def _check_name(name: str) -> None:
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"A box needs a name of 1 to {LONGEST_NAME} letters in one line.")


def is_name_taken(connection: Connection, name: str) -> bool:
    """Whether a box has this name, or one that is awaited will have it."""
    named = (select(table.c.name).where(table.c.name == name) for table in (boxes, awaited_boxes))
    return any(connection.scalar(each) is not None for each in named)


def new_token(connection: Connection, box: str) -> str:
    """A new token for a box's uploads; the one before is worth nothing any more."""
    token = secrets.token_hex(32)
    set_token(connection, find_box(connection, box).device, token)
    return token


def set_token(connection: Connection, device: str, token: str) -> None:
    """The one token by which a box is known from now on."""
    connection.execute(
        update(boxes).where(boxes.c.device == device).values(token_digest=token_digest(token))
    )


def box_of_token(connection: Connection, token: str) -> str | None:
    """The id of the box that holds a token."""
    # Looked up by its digest: a token of 256 bits cannot be guessed by how long that takes.
    return connection.scalar(
        select(boxes.c.device).where(boxes.c.token_digest == token_digest(token))
    )


def token_digest(token: str) -> str:
    """All that is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_box(connection: Connection, box: str) -> Box:
    """The box of an id or a name. Raises `UnknownBox`."""
    row = connection.execute(
        select(boxes).where(or_(boxes.c.device == box, boxes.c.name == box))
    ).first()
    if row is None:
        known = connection.scalars(select(boxes.c.name).order_by(boxes.c.name).limit(20))
        raise UnknownBox(box, tuple(known))
    return _box(row)


def list_boxes(connection: Connection) -> list[Box]:
    """All boxes by their names, Bus 2 before Bus 10."""
    found = [_box(row) for row in connection.execute(select(boxes))]
    return sorted(found, key=lambda box: natural_order(box.name))


def natural_order(name: str) -> str:
    """A key to sort names by, in which numbers stand by their value."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(_MOST_DIGITS), name.casefold())


def _box(row: Row[tuple[object, ...]]) -> Box:
    found = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return Box(
        device=found["device"],
        name=found["name"],
        added_at=found["added_at"],
        replaces=found["replaces"],
        retired_on=found["retired_on"],
        has_token=found["token_digest"] is not None,
    )


def pinned_keys(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Fingerprints by the id of their box; a box without one is not there."""
    found: dict[str, list[str]] = {}
    for device, fingerprint in connection.execute(
        select(box_keys.c.device, box_keys.c.fingerprint).order_by(box_keys.c.added_at)
    ):
        found.setdefault(device, []).append(fingerprint)
    return found

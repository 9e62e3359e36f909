"""Key of a period's draw: a secret of the box that moves on with each period.

A restored copy of the file draws the same again. Once the period is frozen its key is gone, so that
nobody who opens the box later can draw it again and compare.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final

from kiosk.store import key_values

if TYPE_CHECKING:
    from kiosk.store.database import Connection

_NAME: Final = "counts_key"


def ensure_key(connection: Connection) -> None:
    """Draw the first secret of this box, unless it has one."""
    if key_values.get(connection, _NAME) is None:
        key_values.put(connection, _NAME, secrets.token_hex(32))


def current_key(connection: Connection) -> bytes:
    """The key of the period that is closed next."""
    return _derive(_secret(connection), b"draw")


def destroy_key(connection: Connection) -> None:
    """Go on to the key of the next period; this one cannot be found again."""
    key_values.put(connection, _NAME, _derive(_secret(connection), b"next").hex())


def _secret(connection: Connection) -> bytes:
    return bytes.fromhex(key_values.get(connection, _NAME) or "")


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return hmac.digest(secret, purpose, hashlib.sha256)

"""Password of the office's page: made by the program, so no one is weak, and kept as its digest."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from kiosk.fleet.schema import facts

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAME: Final = "page_password"


def new_password(connection: Connection) -> str:
    """A new password; the one before ends."""
    password = secrets.token_urlsafe(18)
    connection.execute(delete(facts).where(facts.c.name == _NAME))
    connection.execute(facts.insert().values(name=_NAME, value=_digest(password)))
    return password


def is_password(connection: Connection, given: str) -> bool:
    stored = connection.scalar(select(facts.c.value).where(facts.c.name == _NAME))
    return stored is not None and hmac.compare_digest(stored, _digest(given))


def has_password(connection: Connection) -> bool:
    return connection.scalar(select(facts.c.value).where(facts.c.name == _NAME)) is not None


def _digest(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()

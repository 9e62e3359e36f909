"""Passwords of page and metrics: made by the program, so none is weak, and kept as digests."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from kiosk.fleet.schema import facts

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE: Final = "page_password"
METRICS_TOKEN: Final = "metrics_token"  # noqa: S105 - the name of its digest


def new_password(connection: Connection, name: str = PAGE) -> str:
    """A new one for the page, or another door; the one before ends."""
    password = secrets.token_urlsafe(18)
    connection.execute(delete(facts).where(facts.c.name == name))
    connection.execute(facts.insert().values(name=name, value=_digest(password)))
    return password


def is_password(connection: Connection, given: str, name: str = PAGE) -> bool:
    stored = connection.scalar(select(facts.c.value).where(facts.c.name == name))
    return stored is not None and hmac.compare_digest(stored, _digest(given))


def has_password(connection: Connection) -> bool:
    return connection.scalar(select(facts.c.value).where(facts.c.name == PAGE)) is not None


def _digest(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()

"""Staff sessions, sealed in the browser's cookie: they outlive this process and cost no sync.

Ages are told by the boot clock: a wall clock that is set at last ends no session by its jump, and
no session survives a power cut.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from kiosk.domain.moment import Moment
from kiosk.store import key_values
from kiosk.store.errors import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.store.database import Database

LONGEST_S = 12 * 3600.0
IDLE_S = 30 * 60.0
COOKIE = "radhaus_staff"

_ENDED_KEY = "ended_sessions"


class Session(msgspec.Struct, frozen=True):
    """One login. `csrf` must come back in a header with everything that changes something."""

    id: str
    csrf: str
    begun: str
    seen: str

    def seen_at(self, now: Moment) -> Session:
        """The session with its idle time begun anew."""
        return msgspec.structs.replace(self, seen=now.as_text())


@lru_cache(maxsize=2)
def fernet_of(key: bytes) -> Fernet:
    """What seals with a key of 32 bytes; kept, for each request seals and unseals."""
    return Fernet(urlsafe_b64encode(key))


def begin(now: Moment) -> Session:
    moment = now.as_text()
    return Session(secrets.token_urlsafe(16), secrets.token_urlsafe(32), moment, moment)


class Sessions:
    """Seals sessions into cookies and opens them; remembers which were ended by logging out."""

    def __init__(self, database: Database, key: Callable[[], bytes]) -> None:
        """`key` is that of now: another one ends every session at once."""
        self.key = key
        self._database = database
        self._ended = self._load_ended()
        self._seen: dict[str, str] = {}

    def seal(self, session: Session) -> str:
        return self._fernet().encrypt(msgspec.json.encode(session)).decode()

    def unseal(self, cookie: str, now: Moment) -> Session | None:
        """The session, unless it was forged, has ended, is too old or was idle for too long."""
        try:
            session = msgspec.json.decode(self._fernet().decrypt(cookie.encode()), type=Session)
        except (InvalidToken, msgspec.MsgspecError):  # forged, or sealed by another version
            return None
        if self.has_ended(session):
            return None
        young = _within(LONGEST_S, session.begun, now)
        return session if young and _within(IDLE_S, session.seen, now) else None

    def has_ended(self, session: Session) -> bool:
        """Whether it was logged out since it was unsealed."""
        return session.id in self._ended

    def use(self, session: Session, now: Moment) -> Session:
        """The session, renewed by a request; its streams go on."""
        self._seen[session.id] = now.as_text()
        self._seen = {name: seen for name, seen in self._seen.items() if _within(IDLE_S, seen, now)}
        return session.seen_at(now)

    def is_in_use(self, session: Session, now: Moment) -> bool:
        """Whether a stream that this session has opened may go on."""
        if self.has_ended(session) or not _within(LONGEST_S, session.begun, now):
            return False
        return _within(IDLE_S, self._seen.get(session.id, session.seen), now)

    def end(self, session: Session, now: Moment) -> None:
        """Log out: a copy of the cookie opens nothing any more."""
        self._ended[session.id] = session.begun
        self._ended = {
            name: begun for name, begun in self._ended.items() if _within(LONGEST_S, begun, now)
        }
        # Where the disk takes nothing, this process remembers it as long as it runs.
        with suppress(*UNWRITABLE), self._database.write() as connection:
            key_values.put(connection, _ENDED_KEY, msgspec.json.encode(self._ended).decode())

    def _fernet(self) -> Fernet:
        return fernet_of(self.key())

    def _load_ended(self) -> dict[str, str]:
        with self._database.read() as connection:
            stored = key_values.get(connection, _ENDED_KEY) or "{}"
        return msgspec.json.decode(stored, type=dict[str, str])


def _within(seconds: float, moment: str, now: Moment) -> bool:
    """Whether less has passed since then; never when the power went in between."""
    age_s = now.seconds_since(Moment.from_text(moment))
    return age_s is not None and age_s < seconds

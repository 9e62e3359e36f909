"""Device cookies: a browser in which staff have logged in once is not locked out by strangers.

The cookie opens nothing. It gives the browser a throttle of its own, and a place beside the crowd.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from cryptography.fernet import InvalidToken

from kiosk.console.http.sessions import fernet_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.fernet import Fernet

COOKIE: Final = "radhaus_browser"
KEPT_S: Final = 365 * 24 * 3600


class KnownBrowsers:
    """Seals ids of browsers into cookies. `key` is the session key as it is now."""

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    def new(self) -> str:
        """A cookie for one more browser."""
        return self._fernet().encrypt(secrets.token_urlsafe(9).encode()).decode()

    def id_of(self, cookie: str | None) -> str | None:
        """The id of a browser that this box knows."""
        if not cookie:
            return None
        try:
            return self._fernet().decrypt(cookie.encode()).decode()
        except InvalidToken:
            return None

    def _fernet(self) -> Fernet:
        key = hashlib.blake2b(self._key(), digest_size=32, person=b"known browsers").digest()
        return fernet_of(key)

"""Who may act as staff: a PIN for people, a token for programs. Only hashes are stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.store import device

if TYPE_CHECKING:
    from kiosk.store.database import Database

PIN_DIGITS = 6
_SCRYPT_COST = 2**14


@dataclass(frozen=True, slots=True)
class Secrets:
    """What `kiosk init` tells once and nobody can read again."""

    device_id: str
    staff_pin: str
    api_token: str


def set_up(database: Database) -> Secrets:
    """Draw PIN and token, and for a new database the device's id, which then stays for ever."""
    with database.write() as connection:
        drawn = Secrets(
            device_id=device.get(connection, "device_id") or f"rh-{secrets.token_hex(4)}",
            staff_pin="".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS)),
            api_token=secrets.token_urlsafe(32),
        )
        device.put(connection, "device_id", drawn.device_id)
        device.put(connection, "staff_pin", _salted(drawn.staff_pin))
        device.put(connection, "api_token", _digest(drawn.api_token))
        device.put(connection, "session_key", secrets.token_hex(32))
    return drawn


def is_set_up(database: Database) -> bool:
    """Whether the device has drawn its id and secrets."""
    with database.read() as connection:
        return device.get(connection, "device_id") is not None


def device_id(database: Database) -> str:
    """The name under which this device's counts are published."""
    return _value(database, "device_id")


def session_key(database: Database) -> bytes:
    """The 32 bytes that seal the console's session cookies."""
    return bytes.fromhex(_value(database, "session_key"))


def pin_opens(database: Database, pin: str) -> bool:
    """Whether this is the staff PIN. Slow on purpose: some 50 ms."""
    stored = _value(database, "staff_pin")
    salt = stored.partition("$")[0]
    return hmac.compare_digest(stored, _salted(pin, salt))


def token_opens(database: Database, token: str) -> bool:
    """Whether this is the API token."""
    return hmac.compare_digest(_value(database, "api_token"), _digest(token))


def _value(database: Database, key: str) -> str:
    with database.read() as connection:
        value = device.get(connection, key)
    if value is None:
        raise Refused("This device is not set up yet: run 'kiosk init'.")
    return value


def _salted(pin: str, salt: str | None = None) -> str:
    salt = salt or secrets.token_hex(16)
    digest = hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=_SCRYPT_COST, r=8, p=1)
    return f"{salt}${digest.hex()}"


def _digest(token: str) -> str:
    # The token is 32 random bytes: nothing to guess, so a plain digest is enough.
    return hashlib.sha256(token.encode()).hexdigest()

"""Authentication of staff: a PIN for people, a token for programs, both stored as hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.service.throttle import Throttle
from kiosk.store import key_values
from kiosk.store.database import connect
from kiosk.store.errors import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection, Database

PIN_DIGITS = 6
_SCRYPT_COST = 2**14

FORGOTTEN_AFTER_S = 3600.0

UNCOUNTED_PAUSE_S = 1.0
"""A million PINs take eleven days so."""

_one_by_one = threading.Lock()

MANY_WRONG_PINS = 10
"""More than slips of the finger: staff and technicians are told."""

_PER_ADDRESS = Throttle(
    "wrong_pins",
    free=10,
    first_pause_s=30,
    longest_pause_s=900,
    forgotten_after_s=FORGOTTEN_AFTER_S,
)
_PER_BROWSER = replace(_PER_ADDRESS, key="wrong_pins_known")
# Over all addresses the pause stays short: enough against guessing, and staff are not locked out.
_OVERALL = Throttle(
    "wrong_pins_overall",
    free=50,
    first_pause_s=30,
    longest_pause_s=60,
    forgotten_after_s=FORGOTTEN_AFTER_S,
)


class PlainHttpRefused(Refused):
    """A PIN, a session or the token does not go over a line on which strangers can listen."""

    def __init__(self, tls_port: int) -> None:
        self.tls_port = tls_port
        super().__init__(
            "Staff and programs are answered over TLS only: ask the same host over https, port"
            f" {tls_port}. A token that was sent here may have been read: draw a new one."
        )


class WrongPin(Refused):
    """Not the staff PIN."""

    def __init__(self) -> None:
        super().__init__("This is not the staff PIN.")


class TooManyWrongPins(Refused):
    """The pause after wrong PINs is not over."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"Too many wrong PINs: try again in {wait_s} seconds.")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What `kiosk init` shows once; only hashes are kept."""

    device_id: str
    staff_pin: str
    api_token: str


def set_up(database: Database, staff_pin: str | None = None) -> Secrets:
    """Draw PIN and token, and for a new database the box's id, which then stays for ever.

    A PIN that is given is taken over instead of drawn.
    """
    with database.write() as connection:
        drawn = Secrets(
            device_id=key_values.get(connection, "device_id") or f"rh-{secrets.token_hex(4)}",
            staff_pin=staff_pin or _new_pin(),
            api_token=secrets.token_urlsafe(32),
        )
        key_values.put(connection, "device_id", drawn.device_id)
        key_values.put(connection, "staff_pin", _salted(drawn.staff_pin))
        key_values.put(connection, "api_token", _digest(drawn.api_token))
        key_values.put(connection, "session_key", secrets.token_hex(32))
    return drawn


def change_pin(database: Database, staff_pin: str) -> None:
    """Take over another PIN; whoever is logged in stays so. The same one changes nothing."""
    if _pin_opens(database, staff_pin):
        return
    with database.write() as connection:
        key_values.put(connection, "staff_pin", _salted(staff_pin))


def _new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def is_set_up(database: Database) -> bool:
    """Whether the box has drawn its id and secrets."""
    with database.read() as connection:
        return key_values.get(connection, "device_id") is not None


def device_id(database: Database) -> str:
    """The name under which this box's counts are published."""
    return _value(database, "device_id")


def try_pin(
    database: Database, pin: str, address: str, now: Moment, browser: str | None = None
) -> None:
    """Return if this is the staff PIN. Raises `WrongPin`, or `TooManyWrongPins` unseen.

    A try is counted before it is checked: parallel guesses gain nothing. A `browser` in which staff
    have logged in before is counted alone: it waits for no pause of others. Where the disk takes
    nothing, tries come one by one and slowly instead.
    """
    counted = [(_PER_BROWSER, browser)] if browser else [(_PER_ADDRESS, address), (_OVERALL, "")]
    try:
        _count_try(database, counted, now)
    except UNWRITABLE:
        _try_uncounted(database, pin)
        return
    if not _pin_opens(database, pin):
        raise WrongPin
    with suppress(*UNWRITABLE), database.write() as connection:
        for throttle, source in counted:
            if source:
                throttle.forgive(connection, now, source)
            else:
                throttle.take_back(connection, now)


def wrong_pins(connection: Connection, now: Moment) -> int:
    """How many came from browsers that this box does not know, as far as they are not forgiven."""
    return _OVERALL.tries(connection, now)


def _count_try(database: Database, counted: list[tuple[Throttle, str]], now: Moment) -> None:
    with database.read() as connection:  # a flood of them costs the others no write transaction
        _refuse_in_pause(connection, now, counted)
    with database.write() as connection:
        _refuse_in_pause(connection, now, counted)
        for throttle, source in counted:
            throttle.count(connection, now, source)


def _refuse_in_pause(
    connection: Connection, now: Moment, counted: Iterable[tuple[Throttle, str]]
) -> None:
    wait_s = max(throttle.pause_s(connection, now, source) for throttle, source in counted)
    if wait_s > 0:
        raise TooManyWrongPins(wait_s)


def _try_uncounted(database: Database, pin: str) -> None:
    if not _one_by_one.acquire(blocking=False):
        raise TooManyWrongPins(ceil(UNCOUNTED_PAUSE_S))
    try:
        time.sleep(UNCOUNTED_PAUSE_S)
        if not _pin_opens(database, pin):
            raise WrongPin
    finally:
        _one_by_one.release()


def forget_old_tries(connection: Connection, now: Moment) -> None:
    """Delete the addresses from which wrong PINs came an hour ago or earlier."""
    _PER_ADDRESS.forget_old(connection, now)


def forget_old_addresses(database: Database, now: Callable[[], Moment]) -> None:
    """The same in a transaction of its own, for when no visit is closed."""
    with suppress(*UNWRITABLE), database.write() as connection:
        forget_old_tries(connection, now())


def _pin_opens(database: Database, pin: str) -> bool:
    """Whether this is the staff PIN. Slow on purpose: some 50 ms."""
    stored = _value(database, "staff_pin")
    salt = stored.partition("$")[0]
    return hmac.compare_digest(stored, _salted(pin, salt))


def session_key(database: Database) -> bytes:
    """The 32 bytes from which the keys of cookies and event ids are made."""
    return bytes.fromhex(_value(database, "session_key"))


class StoredSecrets:
    """Secrets as they are now, read on a connection of its own: no writer holds it up."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._turn = threading.Lock()

    def token_opens(self, token: str) -> bool:
        """Whether this is the API token. Raises `StoreError`."""
        return hmac.compare_digest(self._read("api_token"), _digest(token))

    def session_key(self) -> bytes:
        """The 32 bytes that seal the console's cookies; new ones end every session."""
        return bytes.fromhex(self._read("session_key"))

    def _read(self, key: str) -> str:
        with self._turn, self._database.translate_errors():
            if self._connection is None:
                self._connection = connect(self._database.path)
            return _known(key_values.get(self._connection, key))

    def close(self) -> None:
        with self._turn:
            if self._connection:
                self._connection.close()
                self._connection = None


def _value(database: Database, key: str) -> str:
    with database.read() as connection:
        return _known(key_values.get(connection, key))


def _known(value: str | None) -> str:
    if value is None:
        raise Refused("This box is not set up yet: run 'kiosk init'.")
    return value


def _salted(pin: str, salt: str | None = None) -> str:
    salt = salt or secrets.token_hex(16)
    digest = hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=_SCRYPT_COST, r=8, p=1)
    return f"{salt}${digest.hex()}"


def _digest(token: str) -> str:
    # The token is 32 random bytes: nothing to guess, so a plain digest is enough.
    return hashlib.sha256(token.encode()).hexdigest()

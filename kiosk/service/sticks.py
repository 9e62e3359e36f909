"""Use cases of the plugged stick: its state for all doors, and the operator's stick code.

A prepared stick carries a random name and its MAC under the stick code. That proves that it was
prepared with the code, not which stick it is: a copied marker counts as well.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING, Final

from kiosk.domain.device_events import StickChanged
from kiosk.domain.errors import Refused
from kiosk.domain.stick import StickState
from kiosk.store import journal, key_values

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Database

SHOWN_FOR_S: Final = 900.0
"""Timeout of a state that a power cut left unfinished."""

_CODE: Final = "stick-code"
_NAME = re.compile(r"[0-9a-f]{16}")
_PURPOSE: Final = b"radhaus stick "


class NoSuchCode(Refused):
    """A stick code has a form, so that a slip of the hand is found."""

    def __init__(self) -> None:
        super().__init__(
            "A stick code has 32 letters from a to f and digits, as 'kiosk stick code' shows it."
        )


def report_stick(office: Office, state: StickState, now: Moment) -> None:
    """Append the state of the stick to the journal."""
    with office.database.write() as connection:
        journal.append(connection, StickChanged(state), now, visit=None)


def stick_state(snapshot: Snapshot, now: Moment) -> StickState:
    """How the plugged stick is doing; `GONE` where none is."""
    last = journal.latest_of(snapshot.connection, StickChanged, most=1)
    if not last or not isinstance(last[0].event, StickChanged):
        return StickState.GONE
    age_s = now.seconds_since(last[0].moment)
    fresh = age_s is not None and age_s <= SHOWN_FOR_S
    return StickState(last[0].event.state) if fresh else StickState.GONE


def stick_code(office: Office) -> str:
    """The secret by which boxes of one operator know their sticks; drawn when first asked for."""
    with office.database.write() as connection:
        code = key_values.get(connection, _CODE)
        if code is None:
            code = secrets.token_hex(16)
            key_values.put(connection, _CODE, code)
    return code


def set_stick_code(office: Office, code: str) -> None:
    """Take over the code of the operator's other boxes. Raises `NoSuchCode`."""
    plain = code.replace("-", "").strip().lower()
    if not re.fullmatch(r"[0-9a-f]{32}", plain):
        raise NoSuchCode
    adopt_stick_code(office.database, plain)


def adopt_stick_code(database: Database, code: str) -> None:
    """The same for a code of the right form, of a box that is being set up."""
    with database.write() as connection:
        key_values.put(connection, _CODE, code)


def new_marker(code: str) -> str:
    """A line that makes a stick one of this operator's."""
    name = secrets.token_hex(8)
    return f"{name} {_mac(code, name)}"


def is_own_marker(code: str, line: str) -> bool:
    """Whether this line was written with the code."""
    name, _, mac = line.strip().partition(" ")
    if not _NAME.fullmatch(name) or not mac.isascii():
        return False
    return hmac.compare_digest(_mac(code, name), mac)


def _mac(code: str, name: str) -> str:
    return hmac.new(bytes.fromhex(code), _PURPOSE + name.encode(), hashlib.sha256).hexdigest()

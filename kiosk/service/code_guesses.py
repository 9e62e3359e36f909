"""Makes guessing codes hopeless: after ten unknown ones each next one costs half a minute.

Counted over glass, scanner and programs together, and kept in the database, so that neither another
door nor a restart helps. Staff at a desk are not held up.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.errors import TooManyCodes
from kiosk.domain.moment import Moment
from kiosk.store import device

if TYPE_CHECKING:
    from kiosk.store.database import Connection

FREE = 10
PAUSE_S = 30.0
FORGOTTEN_AFTER_S = 300.0

_KEY = "unknown_codes"


class _Unknown(msgspec.Struct, frozen=True):
    count: int
    last: str


def check_pause(connection: Connection, now: Moment) -> None:
    """Raise `TooManyCodes` while the pause after too many unknown codes lasts."""
    unknown = _read(connection)
    if unknown is None or unknown.count < FREE:
        return
    left_s = PAUSE_S - _age_s(unknown, now)
    if left_s > 0:
        raise TooManyCodes(ceil(left_s))


def count_unknown(connection: Connection, now: Moment) -> None:
    """Somebody has given a code that no appointment has."""
    unknown = _read(connection)
    fresh = unknown is not None and _age_s(unknown, now) < FORGOTTEN_AFTER_S
    count = unknown.count + 1 if unknown and fresh else 1
    device.put(connection, _KEY, msgspec.json.encode(_Unknown(count, now.as_text())).decode())


def _read(connection: Connection) -> _Unknown | None:
    stored = device.get(connection, _KEY)
    return msgspec.json.decode(stored, type=_Unknown) if stored else None


def _age_s(unknown: _Unknown, now: Moment) -> float:
    """Seconds since the last one; over a power cut, at least since the start."""
    age_s = now.seconds_since(Moment.from_text(unknown.last))
    return now.boot_s if age_s is None else age_s

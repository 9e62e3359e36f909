"""Makes guessing the PIN hopeless: after ten wrong ones the next try has to wait, longer each time.

Wrong tries are counted per address and over all of them, and kept in the database, so that neither
many addresses nor a restart helps. A try is counted before it is checked: parallel guesses gain
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.errors import Refused
from kiosk.domain.moment import Moment
from kiosk.service import access
from kiosk.store import device

if TYPE_CHECKING:
    from kiosk.store.database import Connection, Database

_KEY = "wrong_pins"
_EVERYBODY = "everybody"
_FIRST_PAUSE_S = 30.0
_FORGOTTEN_AFTER_S = 3600.0
_MOST_ADDRESSES = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong PINs are free, and how long the pause grows at most."""

    free: int
    longest_pause_s: float


# Over all addresses the pause stays short: enough against guessing, and staff are not locked out.
_LIMITS = {_EVERYBODY: Limit(free=50, longest_pause_s=60.0)}
_PER_ADDRESS = Limit(free=10, longest_pause_s=900.0)


class WrongPin(Refused):
    """Not the staff PIN."""

    def __init__(self) -> None:
        super().__init__("This is not the staff PIN.")


class TooManyWrongPins(Refused):
    """The pause after wrong PINs is not over."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"Too many wrong PINs: try again in {wait_s} seconds.")


class _Wrong(msgspec.Struct):
    count: int
    last: str


def try_pin(database: Database, pin: str, address: str, now: Moment) -> None:
    """Return if this is the staff PIN. Raises `WrongPin`, or `TooManyWrongPins` unseen."""
    with database.write() as connection:
        wrong = _read(connection, now)
        wait_s = max(_pause_left_s(name, wrong, now) for name in (address, _EVERYBODY))
        if wait_s > 0:
            raise TooManyWrongPins(ceil(wait_s))
        for name in (address, _EVERYBODY):
            _count(wrong, name, 1, now)
        _keep(connection, wrong)
    if not access.pin_opens(database, pin):
        raise WrongPin
    with database.write() as connection:
        wrong = _read(connection, now)
        wrong.pop(address, None)
        _count(wrong, _EVERYBODY, -1, now)
        _keep(connection, wrong)


def _count(wrong: dict[str, _Wrong], name: str, step: int, now: Moment) -> None:
    before = wrong[name].count if name in wrong else 0
    wrong[name] = _Wrong(max(0, before + step), now.as_text())


def _pause_left_s(name: str, wrong: dict[str, _Wrong], now: Moment) -> float:
    limit = _LIMITS.get(name, _PER_ADDRESS)
    if name not in wrong or wrong[name].count < limit.free:
        return 0.0
    doublings = min(wrong[name].count - limit.free, 16)
    pause_s = min(_FIRST_PAUSE_S * (1 << doublings), limit.longest_pause_s)
    return pause_s - _age_s(wrong[name], now)


def _age_s(wrong: _Wrong, now: Moment) -> float:
    """Seconds since the last wrong PIN; over a power cut, at least since the start."""
    age_s = now.seconds_since(Moment.from_text(wrong.last))
    return now.boot_s if age_s is None else age_s


def _read(connection: Connection, now: Moment) -> dict[str, _Wrong]:
    stored = msgspec.json.decode(device.get(connection, _KEY) or "{}", type=dict[str, _Wrong])
    return {name: w for name, w in stored.items() if _age_s(w, now) < _FORGOTTEN_AFTER_S}


def _keep(connection: Connection, wrong: dict[str, _Wrong]) -> None:
    most = sorted(wrong, key=lambda name: wrong[name].count, reverse=True)[:_MOST_ADDRESSES]
    kept = {name: wrong[name] for name in {*most, _EVERYBODY} if name in wrong}
    device.put(connection, _KEY, msgspec.json.encode(kept).decode())

"""Update of an appliance over its upload: what it tells the office of it, and what that offers."""

from __future__ import annotations

from typing import Final

import msgspec

UPDATES: Final = "updates"
"""Below the address of the upload; the name of a file in it is its SHA-256."""


class DeviceUpdate(msgspec.Struct, frozen=True):
    """The version of a box with two slots, and what becomes of the next one.

    `state` is empty where nothing was ever fetched or installed, or as in `UpdateState`, or
    `fetching`; `percent` of `version` is there then. `fetches` is false on a box that takes updates
    from sticks alone. `reason` says why it was refused, or what holds it up.
    """

    running: str
    compatible: str
    version: str = ""
    state: str = ""
    percent: int = 0
    reason: str = ""
    fetches: bool = True


class OfferedUpdate(msgspec.Struct, frozen=True):
    """A bundle that may be fetched, in bytes. Whether it is installed its signature decides."""

    version: str
    size: int
    sha256: str


class StatusAnswer(msgspec.Struct, frozen=True):
    """What an office answers a status with."""

    update: OfferedUpdate | None = None

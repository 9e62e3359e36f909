"""Update of an appliance over its upload: what it tells the office of it, and what that offers."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

UPDATES: Final = "updates"
"""Below the address of the upload; the name of a file in it is its SHA-256."""
SHA256: Final = r"\A[0-9a-f]{64}\Z"


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
    """A bundle that may be fetched, in bytes. Whether it is installed its signature decides.

    The digest names a file on the box, so its form is held.
    """

    version: str
    size: int
    sha256: Annotated[str, msgspec.Meta(pattern=SHA256)]


class StatusAnswer(msgspec.Struct, frozen=True):
    """What an office answers a status with."""

    update: OfferedUpdate | None = None

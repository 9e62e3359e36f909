"""An update on a plugged stick: copied into the box, so that the stick can be pulled out soon.

Whether it may be installed its signature decides, not the stick.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Final

from hardware.stick.port import StickUnusable
from kiosk.domain.stick import StickState
from kiosk.domain.version import version_order
from kiosk.operate.stick_service import wait_until_pulled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.stick.port import Stick

BUNDLES: Final = "radhaus-*.raucb"
_NAME: Final = re.compile(r"radhaus-[0-9A-Za-z.+_~-]{1,100}\.raucb")
ROOM_LEFT_BYTES: Final = 64 << 20
"""For the database, which grows meanwhile."""


def take_update(
    stick: Stick,
    incoming: Path,
    tell: Callable[[StickState], None],
    claim: Callable[[], None],
    wait: Callable[[Stick], None] = wait_until_pulled,
) -> None:
    """Copy the newest update on the stick, if one is there, and say so until it is pulled out.

    `claim` is called once there is one: the stick then fetches no counts. Any other stick, also one
    that cannot be read, is left to whoever serves it otherwise.
    """
    try:
        folder = stick.mount()
    except StickUnusable:
        return
    try:
        found = _newest(folder)
        if found is None:
            return
        claim()
        tell(StickState.READING_UPDATE)
        state = _copied(found, incoming)
    finally:
        stick.unmount()
    tell(state if stick.is_there() else StickState.PULLED)
    wait(stick)
    tell(StickState.GONE)


def _newest(folder: Path) -> Path | None:
    found = [path for path in folder.glob(BUNDLES) if _NAME.fullmatch(path.name) and path.is_file()]
    return max(found, key=lambda path: version_order(path.name), default=None)


def _copied(bundle: Path, incoming: Path) -> StickState:
    """Whole and on the disk under its own name, or not there."""
    unfinished = incoming / f"{bundle.name}.new"
    try:
        incoming.mkdir(exist_ok=True)
        if bundle.stat().st_size + ROOM_LEFT_BYTES > shutil.disk_usage(incoming).free:
            return StickState.UPDATE_TOO_LARGE
        with bundle.open("rb") as source, unfinished.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        unfinished.replace(incoming / bundle.name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        return StickState.BROKEN
    return StickState.UPDATE_READ

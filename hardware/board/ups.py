"""UPS driver of the ignition, over the kernel's power supplies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.board.sysfs import Sysfs
from hardware.errors import CannotOpen, DeviceClosed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUPPLIES = "sys/class/power_supply/*/online"
_MOST = 2  # 1 is online, 2 is online with a voltage that was asked for


class UpsIgnition:
    """On while any supply that is not a battery is online."""

    def __init__(self, root: Path) -> None:
        self._sys = Sysfs(root)
        self._supplies: Sequence[Path] = ()

    def open(self) -> None:
        self._supplies = [
            online
            for online in self._sys.found(SUPPLIES)
            if self._sys.word(online.with_name("type")) != "Battery"
        ]
        if not self._supplies:
            raise CannotOpen("board", f"nothing fits {self._sys.root / SUPPLIES}")

    def close(self) -> None:
        self._supplies = ()

    def is_on(self) -> bool | None:
        if not self._supplies:
            raise DeviceClosed("board")
        read = [self._sys.number(online, 0, _MOST) for online in self._supplies]
        known = [number for number in read if number is not None]
        return any(known) if known else None

"""The appliance as people in and around the bus have it: its screen, its pages, its help desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.machine.appliance import PIN
from tests.machine.laptop import TLS_PORT
from tests.system.bus import GlassAway
from tests.system.glass import Glass, element

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.guest import Guest

AXIS_END = 0x7FFF


class EmulatedBus:
    """Its glass is asked by the inspection socket; fingers go through the virtual touch panel."""

    pin = PIN

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self._seen: Glass = {}
        self.url = f"https://127.0.0.1:{guest.forward(TLS_PORT)}"

    def glass(self, command: str, **more: str) -> Glass:
        """`describe`, or `tap` with an element's `id`: where it was seen last, as a finger does."""
        if command == "tap":
            self._touch(self._seen, more["id"])
        else:
            self._seen = self._describe()
        return self._seen

    def _describe(self) -> Glass:
        try:
            tree: Glass = json.loads(self._guest.run("kiosk glass describe --json"))
        except AssertionError as error:  # the emulated processor is busy
            raise GlassAway from error
        return tree

    def take_picture(self, path: Path) -> None:
        """Of what stands on the screen, whoever has drawn it."""
        self._guest.monitor("screendump", filename=str(path), format="png")

    def _touch(self, tree: Glass, name: str) -> None:
        x, y, width, height = element(tree, name)["bounds_px"]
        middle = (x + width / 2, y + height / 2)
        at = [
            {"type": "abs", "data": {"axis": axis, "value": int(AXIS_END * where / whole)}}
            for axis, where, whole in zip("xy", middle, tree["size_px"], strict=True)
        ]
        for down in (True, False):
            finger = {"type": "btn", "data": {"button": "left", "down": down}}
            self._guest.monitor("input-send-event", events=[*at, finger])

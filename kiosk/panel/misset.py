"""Settings that name a desk or a language that there is none of: they stop that device alone.

The configuration knows neither profile nor texts, so this shows only when all is put together.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.duty import LONGEST_WORK_S
from kiosk.domain.device import Condition
from kiosk.domain.errors import Unknown
from kiosk.panel.buttons import desk_of_next

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.profile import Profile
    from kiosk.settings import config
    from kiosk.settings.texts import Texts


def misset(settings: config.Devices, profile: Profile, texts: Texts) -> Mapping[str, str]:
    """For each device that cannot work as it is set: which setting, and what there is instead."""
    found: dict[str, str] = {}
    for language in settings.speaker.languages:
        if language not in texts.languages:
            fault = Unknown("language", language, tuple(texts.languages))
            found["speaker"] = f"config.toml, devices.speaker.languages: {fault}"
    try:
        desk_of_next(profile, settings.buttons)
    except Unknown as fault:
        found["buttons"] = f"config.toml, devices.buttons.next_desk: {fault}"
    return {name: said for name, said in found.items() if settings.driver_of(name) != "none"}


class Misset:
    """Stands where such a device would work, so that list, log and staff pages tell of it."""

    def __init__(self, device: str, fault: str) -> None:
        self.device = device
        self.wake = threading.Event()
        self._condition = Condition((Trouble.MISCONFIGURED,), fault.rstrip("."))

    def open(self) -> None: ...

    def close(self) -> None: ...

    def work(self) -> Condition:
        self.wake.wait(LONGEST_WORK_S)
        return self._condition

    def give_up(self, _why: Condition) -> None:
        """Nobody waits for it."""

"""List of all kinds of devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kiosk.devices.board import BOARD
from kiosk.devices.buttons import BUTTONS
from kiosk.devices.call_display import CALL_DISPLAY
from kiosk.devices.lamp import LAMP
from kiosk.devices.printer import PRINTER
from kiosk.devices.scanner import SCANNER
from kiosk.devices.speaker import SPEAKER
from kiosk.devices.staff_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.trouble import Trouble
    from kiosk.devices.kind import DeviceKind
    from kiosk.devices.staff_words import Words
    from kiosk.domain.profile import Profile
    from kiosk.settings.config import Devices
    from kiosk.settings.texts import Texts

KINDS: Final[Mapping[str, DeviceKind[Any, Any]]] = {
    kind.name: kind for kind in (PRINTER, BUTTONS, LAMP, CALL_DISPLAY, SPEAKER, SCANNER, BOARD)
}


def staff_name(name: str, kind: str) -> str:
    """`Drucker`, or `Drucker counter` for one that has a name of its own."""
    if kind not in KINDS:
        return name
    return KINDS[kind].german if name == kind else f"{KINDS[kind].german} {name}"


def words_of(kind: str, trouble: Trouble) -> Words:
    """The words for one trouble of a kind of device."""
    own = KINDS[kind].words if kind in KINDS else {}
    return own.get(trouble) or WORDS[trouble]


def misconfigured(settings: Devices, profile: Profile, texts: Texts) -> Mapping[str, str]:
    """For each device that cannot work as it is set: which setting, and what there is instead.

    The configuration knows neither profile nor texts, so this shows only when all is put together.
    """
    found = {}
    for name, device in settings.items():
        find = KINDS[device.kind].misconfigured
        if device.is_there and find and (fault := find(device, profile, texts)):
            found[name] = f"config.toml, devices.{name}.{fault}"
    return found

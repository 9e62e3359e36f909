"""Words for staff about the devices in trouble: name, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.kinds import staff_name, words_of

if TYPE_CHECKING:
    from kiosk.devices.staff_words import Words
    from kiosk.domain.device_events import DeviceChanged


@dataclass(frozen=True, slots=True)
class TroubledDevice:
    """`detail` is in English, for the technician. `kind` and `troubles` are those of a device."""

    name: str
    words: tuple[Words, ...]
    harmless: bool
    urgent: bool
    detail: str
    kind: str = ""
    troubles: tuple[Trouble, ...] = ()

    @property
    def short(self) -> str:
        """`Drucker: Papier leer`, the worst alone."""
        return f"{self.name}: {self.words[0].short}"


def describe_trouble(event: DeviceChanged) -> TroubledDevice:
    """All that staff should know of a device in trouble."""
    condition = event.condition
    return TroubledDevice(
        staff_name(event.device, event.kind),
        tuple(words_of(event.kind, trouble) for trouble in condition.troubles),
        condition.ready,
        Trouble.NO_POWER in condition.troubles,
        condition.detail,
        event.kind,
        condition.troubles,
    )
